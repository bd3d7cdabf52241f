//! Tables with their periods across the top and a row for each metric, as finance keeps them: read as if they lay the other way.

use super::heading::Looks;
use super::source::MAX_COLUMNS;
use super::table::{Cells, Table};

/// Rows looked at to tell names from values.
const LOOKED_AT: usize = 60;

/// How a table was turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The column that names the metrics.
    pub names: String,
    /// Columns that are neither that nor a period, which are not read.
    pub left_out: Vec<String>,
}

/// The table turned by a quarter, where its header holds periods and no column does. Rows of what comes of it are columns of the file, and
/// so are their lines.
pub(super) fn turned(table: &Table, looks: &Looks) -> Option<Table> {
    if table.header_line.is_none() || table.len() >= MAX_COLUMNS || table.header.len() < 3 {
        return None;
    }
    let is_period = |name: &str| looks.is_date(name) || is_year(name);
    let first = table.header.iter().position(|name| is_period(name)).filter(|first| *first > 0)?;
    let periods = table.header[first..].iter().filter(|name| is_period(name)).count();
    let looked = || 0..table.len().min(LOOKED_AT);
    let is_anything_else = periods < 2
        || periods * 3 < (table.header.len() - first) * 2
        || looked().any(|row| (0..table.width(row)).any(|column| looks.is_date(table.cell(row, column))));
    if is_anything_else {
        return None;
    }
    // Groups of metrics repeat, their names do not.
    let names = (0..first).find(|column| {
        let cells: Vec<&str> = looked().map(|row| table.cell(row, *column).trim()).filter(|cell| !cell.is_empty()).collect();
        let is_unlike_others = |(index, cell): (usize, &&str)| !cells[..index].contains(cell);
        !cells.is_empty() && cells.iter().all(|cell| !looks.is_number(cell)) && cells.iter().enumerate().all(is_unlike_others)
    })?;
    let mut header: Vec<String> = (0..table.len())
        .map(|row| match table.cell(row, names).trim() {
            "" => format!("Row {}", table.line(row)),
            name => name.to_owned(),
        })
        .collect();
    let period = ["Period", "Date", "Month"].into_iter().find(|name| !header.iter().any(|taken| taken.eq_ignore_ascii_case(name)));
    header.insert(0, period.unwrap_or("Period of the table").to_owned());
    let mut cells = Cells::builder(0);
    for (column, name) in table.header.iter().enumerate().filter(|(_, name)| is_period(name)) {
        cells.push(name);
        (0..table.len()).for_each(|row| cells.push(table.cell(row, column)));
        cells.end_row(column + 1);
    }
    let others = table.header.iter().enumerate().filter(|(column, name)| *column != names && !is_period(name));
    let left_out = others.map(|(_, name)| name.clone()).collect();
    let turned = Turned { names: table.header[names].clone(), left_out };
    let mut table = Table::new(header, table.header_line, table.skipped, table.source.clone(), cells.build()?);
    table.turned = Some(turned);
    Some(table)
}

/// 2026, which is a number elsewhere.
fn is_year(name: &str) -> bool {
    let name = name.trim();
    name.len() == 4 && name.parse().is_ok_and(|year: u16| (1900..=2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::super::{ReadHints, read_table};
    use super::*;

    fn read(text: &str) -> Table {
        read_table(text.as_bytes(), &ReadHints::default()).unwrap()
    }

    #[test]
    fn periods_across_the_top_become_rows() {
        let table = read(
            "Board pack\n\nArea,KPI,Unit,Jan 26,Feb 26,Total\nGrowth,MAU,k,1,2,3\nGrowth,Churn,%,5%,,n/a\n,,,,,\nMoney,MRR,€,7,8,15\n",
        );
        assert_eq!(table.header, ["Period", "MAU", "Churn", "MRR"]);
        let left_out = ["Area", "Unit", "Total"].map(str::to_owned).to_vec();
        assert_eq!(table.turned, Some(Turned { names: "KPI".to_owned(), left_out }));
        let rows: Vec<(usize, Vec<&str>)> =
            (0..table.len()).map(|row| (table.line(row), (0..table.width(row)).map(|column| table.cell(row, column)).collect())).collect();
        assert_eq!(rows, [(4, vec!["Jan 26", "1", "5%", "7"]), (5, vec!["Feb 26", "2", "", "8"])]);
    }

    #[test]
    fn years_may_stand_there_and_rows_may_end_early() {
        let table = read("Figure;2024;2025;2026\nRevenue;1;2;3\nPeriod;4;5\n");
        assert_eq!(table.header, ["Date", "Revenue", "Period"]);
        assert_eq!((table.len(), table.cell(2, 0), table.cell(2, 1), table.cell(2, 2)), (3, "2026", "3", ""));
    }

    #[test]
    fn tables_with_dates_of_their_own_stay_as_they_are() {
        for text in [
            "Month;2025;2026\n2026-01;1;2\n2026-02;3;4\n",
            "name,from,2025,2026\na,2026-01-01,1,2\n",
            "1949,1950,1951\n1,2,3\n",
            "id,2025,2026\n1,2,3\n2,4,5\n",
            "name,2026\na,1\nb,2\n",
            "date,metric,value\n2026-01,MAU,1\n",
        ] {
            assert_eq!(read(text).turned, None, "{text}");
        }
    }
}
