//! The columns of a tall table whose cells name the metric of a row: one, or several that name it together.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{ImportError, Table};
use crate::model::TableShape;

/// Stands between the parts of a name.
const BETWEEN: &str = " – ";

/// Where the names of the metrics are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameColumns {
    columns: Vec<usize>,
}

impl NameColumns {
    /// The column of this name, or the columns between whose names stands a plus: "kpi + site".
    pub(super) fn find(table: &Table, name: &str) -> Result<Self, ImportError> {
        let columns = match table.column(name) {
            Ok(column) => vec![column],
            Err(problem) if !name.contains('+') => return Err(problem),
            Err(_) => name.split('+').map(|part| table.column(part.trim())).collect::<Result<_, _>>()?,
        };
        Ok(Self { columns })
    }

    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The name of a row's metric: "Calls", or "Calls – North".
    pub(super) fn of<'a>(&self, table: &'a Table, row: usize) -> Cow<'a, str> {
        let parts = || self.columns.iter().map(|column| table.cell(row, *column).trim());
        match &self.columns[..] {
            [column] => Cow::Borrowed(table.cell(row, *column).trim()),
            _ => Cow::Owned(parts().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN)),
        }
    }
}

/// The names of a tall table of which a row passes the filters; `None` where there is nothing to leave out.
pub(super) fn names_that_pass<'a>(
    table: &'a Table,
    shape: &TableShape,
    filters: &[(String, String)],
) -> Result<Option<BTreeSet<Cow<'a, str>>>, ImportError> {
    let TableShape::Tall { metric, .. } = shape else { return Ok(None) };
    if filters.is_empty() {
        return Ok(None);
    }
    let names = NameColumns::find(table, metric)?;
    let filters: Vec<(usize, &str)> =
        filters.iter().map(|(column, value)| Ok((table.column(column)?, value.trim()))).collect::<Result<_, ImportError>>()?;
    let passes = |row: &usize| filters.iter().all(|&(column, wanted)| table.cell(*row, column).trim() == wanted);
    Ok(Some((0..table.len()).filter(passes).map(|row| names.of(table, row)).collect()))
}

/// How a shape says that several columns name a metric together.
pub(super) fn together(names: &[&str]) -> String {
    names.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::super::{ReadHints, read_table};
    use super::*;

    #[test]
    fn two_columns_name_a_metric_together() {
        let table =
            read_table(b"day,kpi,site,a+b,value\n2026-01-01,Calls,North,x,1\n2026-01-02,Calls,,y,2\n", &ReadHints::default()).unwrap();
        let names = |column: &str| NameColumns::find(&table, column).map(|found| [0, 1].map(|row| found.of(&table, row).into_owned()));
        assert_eq!(names("kpi"), Ok(["Calls", "Calls"].map(str::to_owned)));
        assert_eq!(names("kpi + site"), Ok(["Calls – North", "Calls"].map(str::to_owned)));
        assert_eq!(names("a+b"), Ok(["x", "y"].map(str::to_owned)), "a column may have a plus in its name");
        assert!(names("kpi + region").unwrap_err().to_string().starts_with("there is no column \"region\""));
    }
}
