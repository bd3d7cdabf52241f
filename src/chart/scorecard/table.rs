//! The table as text that a spreadsheet takes: cells divided by tabs, numbers plain.

use super::{Part, Row, Scorecard};

/// A number as every spreadsheet reads it, with all its digits.
fn plain(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// Nothing in a cell may end it.
fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// All rows with heads: group, KPI, owner, unit, status, target, the part, then one column a period. Of several parts each has a line.
pub fn table_text(scorecard: &Scorecard, parts: &[Part]) -> String {
    let heads = ["Group", "KPI", "Owner", "Unit", "Status", "Target", "Number"].map(str::to_owned);
    let mut text = line(heads.into_iter().chain(scorecard.columns.list.iter().map(|c| c.words.clone())));
    for group in &scorecard.groups {
        for row in &scorecard.rows[group.rows.clone()] {
            let target = row.target.and_then(|t| t.values().next());
            for part in parts {
                let about = [
                    cell(&group.title),
                    cell(&row.name),
                    cell(&row.owner),
                    cell(&row.format.unit.code()),
                    row.standing.word.clone(),
                    plain(target),
                    part.word().to_owned(),
                ];
                let numbers = row.cells.iter().map(|c| plain(c.number(*part)));
                text.push_str(&line(about.into_iter().chain(numbers)));
            }
        }
    }
    text
}

/// The numbers of some rows between two columns, both included, without heads.
pub fn block_text<'a>(rows: impl IntoIterator<Item = &'a Row>, columns: std::ops::RangeInclusive<usize>, parts: &[Part]) -> String {
    let mut lines = Vec::new();
    for row in rows {
        for part in parts {
            let numbers = columns.clone().map(|column| plain(row.cells.get(column).and_then(|c| c.number(*part))));
            lines.push(numbers.collect::<Vec<_>>().join("\t"));
        }
    }
    lines.join("\n")
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut text = cells.collect::<Vec<_>>().join("\t");
    text.push('\n');
    text
}
