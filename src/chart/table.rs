//! Numbers as a table: to be read, sorted and copied into a spreadsheet.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::ValueFormat;

/// Columns and rows of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    /// Each as long as [`Self::columns`].
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Words(String),
    /// A number with how it is written; copied as a plain one.
    Number(f64, String),
    /// Something with an order of its own, such as a period; copied as `plain`.
    Ordered {
        place: f64,
        shown: String,
        plain: String,
    },
    None,
}

impl Cell {
    pub fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::None } else { Self::Words(words) }
    }

    pub fn exact(value: Option<f64>, format: &ValueFormat) -> Self {
        value.map_or(Self::None, |v| Self::Number(v, format.exact(v)))
    }

    pub fn difference(value: Option<f64>, format: &ValueFormat) -> Self {
        value.map_or(Self::None, |v| Self::Number(v, format.difference(v)))
    }

    pub fn count(count: usize) -> Self {
        Self::Number(count as f64, count.to_string())
    }

    /// As the table shows it: "–" for nothing.
    pub fn shown(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Number(_, shown) | Self::Ordered { shown, .. } => shown,
            Self::None => "–",
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(..))
    }

    /// As a spreadsheet takes it.
    fn plain(&self) -> String {
        match self {
            // Neither tabs nor line ends may break the table.
            Self::Words(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(value, _) => value.to_string(),
            Self::Ordered { plain, .. } => plain.clone(),
            Self::None => String::new(),
        }
    }

    /// Numbers by size, words by letters; nothing comes last, whichever way is sorted.
    fn order(&self, other: &Self, down: bool) -> Ordering {
        let turned = |order: Ordering| if down { order.reverse() } else { order };
        let number = |cell: &Self| match cell {
            Self::Number(value, _) | Self::Ordered { place: value, .. } => Some(*value),
            Self::Words(_) | Self::None => None,
        };
        match (self, other) {
            (Self::None, Self::None) => Ordering::Equal,
            (Self::None, _) => Ordering::Greater,
            (_, Self::None) => Ordering::Less,
            (Self::Words(a), Self::Words(b)) => turned(a.to_lowercase().cmp(&b.to_lowercase())),
            (a, b) => turned(number(a).unwrap_or(f64::INFINITY).total_cmp(&number(b).unwrap_or(f64::INFINITY))),
        }
    }
}

impl Table {
    /// The rows in the order of a column; equal ones stay as they are.
    #[must_use]
    pub fn sorted(&self, column: usize, down: bool) -> Self {
        let mut rows = self.rows.clone();
        rows.sort_by(|a, b| match (a.get(column), b.get(column)) {
            (Some(a), Some(b)) => a.order(b, down),
            _ => Ordering::Equal,
        });
        Self { columns: self.columns.clone(), rows }
    }

    /// Tab-separated, with plain numbers and ISO dates.
    pub fn as_text(&self) -> String {
        let mut text = format!("{}\n", self.columns.join("\t"));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Cell::plain).collect();
            // A String takes everything.
            let _always = writeln!(text, "{}", cells.join("\t"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_last_and_a_copy_has_plain_numbers() {
        let number = |v: f64| Cell::Number(v, format!("{v} M"));
        let rows = vec![vec![Cell::words("b\tc"), number(2.0)], vec![Cell::words("a"), Cell::None], vec![Cell::words("c"), number(-1.5)]];
        let table = Table { columns: vec!["Name".to_owned(), "Value".to_owned()], rows };
        let names = |t: Table| t.rows.iter().map(|r| r[0].shown().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(table.sorted(1, false)), ["c", "b\tc", "a"]);
        assert_eq!(names(table.sorted(1, true)), ["b\tc", "c", "a"]);
        assert_eq!(names(table.sorted(0, true)), ["c", "b\tc", "a"]);
        assert_eq!(table.as_text(), "Name\tValue\nb c\t2\na\t\nc\t-1.5\n");
    }
}
