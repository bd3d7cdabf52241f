//! Where a metric has several rows of one date: the column that they differ in, and the ways to have one row of each.

use super::guess::{Holds, columns_of, telling};
use super::names::{NameColumns, together};
use super::{Column, MAX_COLUMNS, Request, Table};
use crate::model::{Project, TableShape};

/// What rows of one date and metric differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct Differs {
    pub column: String,
    /// Its values with the rows that have them; what looks like a total first, then the most frequent ones.
    pub values: Vec<(String, usize)>,
    /// With it, each of its values is a metric of its own. `None` where the shape does not allow that.
    pub each: Option<TableShape>,
}

/// The column that rows differ in. `None` where no column of few values tells them apart.
pub fn differs(table: &Table, request: &Request, project: &Project) -> Option<Differs> {
    differing(table, &columns_of(table, project), request)
}

/// The same, where the columns have been looked at.
pub(super) fn differing(table: &Table, columns: &[Column], request: &Request) -> Option<Differs> {
    let dates: Vec<usize> = match table.column(request.date()) {
        Ok(column) => vec![column],
        Err(_) => request.date().split('+').filter_map(|name| table.column(name.trim()).ok()).collect(),
    };
    let (named, values): (Vec<usize>, Vec<&String>) = match &request.shape {
        TableShape::Tall { metric, value, .. } => (NameColumns::find(table, metric).ok()?.columns().to_vec(), vec![value]),
        TableShape::Wide { columns, .. } => (Vec::new(), columns.iter().collect()),
        TableShape::Long { value, .. } => (Vec::new(), vec![value]),
    };
    let filters: Vec<(usize, &str)> =
        request.filters.iter().map(|(column, value)| Some((table.column(column).ok()?, value.trim()))).collect::<Option<_>>()?;
    let rows: Vec<usize> =
        (0..table.len()).filter(|row| filters.iter().all(|(column, value)| table.cell(*row, *column).trim() == *value)).collect();
    let keys: Vec<usize> = dates.iter().chain(&named).copied().collect();
    let is_free = |column: usize| !keys.contains(&column) && !values.iter().any(|value| **value == table.header[column]);
    // Whole numbers may name groups; others are values that are not taken.
    let is_group = |column: &Column| match column.holds {
        Holds::Words => true,
        Holds::Numbers => column.examples.iter().all(|example| example.bytes().all(|byte| byte.is_ascii_digit())),
        Holds::Dates | Holds::Nothing => false,
    };
    let candidates = (0..columns.len()).filter(|column| is_free(*column) && is_group(&columns[*column]));
    let found = telling(table, &rows, &keys, candidates, columns, None)?;
    let found = found.columns.first()?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for row in rows {
        let cell = table.cell(row, found.column).trim();
        let at = *seen.entry(cell).or_insert_with(|| {
            counts.push((cell.to_owned(), 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
    }
    counts.retain(|(value, _)| !value.is_empty());
    counts.sort_by_key(|(value, count)| (!is_total(value), usize::MAX - count));
    let column = table.header[found.column].clone();
    let is_few = found.values <= MAX_COLUMNS && (named.is_empty() || found.values <= EACH);
    let each = match &request.shape {
        _ if !is_few || column.contains('+') || table.column(&column).is_err() => None,
        TableShape::Tall { date, metric, value } => {
            Some(TableShape::Tall { date: date.clone(), metric: together(&[metric, &column]), value: value.clone() })
        }
        TableShape::Long { date, value } => Some(TableShape::Tall { date: date.clone(), metric: column.clone(), value: value.clone() }),
        TableShape::Wide { .. } => None,
    };
    Some(Differs { column, values: counts, each })
}

/// More groups of each metric are hardly wanted as metrics of their own.
const EACH: usize = 50;

fn is_total(value: &str) -> bool {
    const WORDS: [&str; 12] = ["total", "all", "overall", "any", "sum", "gesamt", "alle", "insgesamt", "tous", "toutes", "todos", "global"];
    WORDS.contains(&value.to_lowercase().as_str())
}
