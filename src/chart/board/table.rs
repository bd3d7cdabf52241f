//! The board for a spreadsheet.

use std::fmt::Write as _;

use super::Row;
use crate::model::{Date, Locale};

const HEADS: [&str; 18] = [
    "Goal",
    "Kind",
    "Under",
    "Status",
    "Progress",
    "Expected",
    "Now",
    "Target",
    "Change",
    "Now → target",
    "Likelihood",
    "Forecast P10",
    "Forecast P50",
    "Forecast P90",
    "Confidence",
    "Owner",
    "Last check-in",
    "Overdue",
];

/// Rows as tab-separated lines with a line of heads, numbers in full and shares in percent, so that a spreadsheet reads them as numbers.
pub fn tab_separated<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let mut text = HEADS.join("\t");
    text.push('\n');
    for row in rows {
        let locale = row.locale();
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| plain(locale, v));
        let share = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{}%", plain(locale, (v * 1e6).round() / 1e4)));
        let day = |date: Option<Date>| date.map_or_else(String::new, |d| d.to_string());
        let change = row.moved.change;
        let moved = match change.and_then(|c| c.value) {
            Some(value) => plain(locale, value),
            None => share(change.and_then(|c| c.progress)),
        };
        let [p10, p50, p90] = row.forecast.map_or([None; 3], |f| f.map(Some));
        let cells = [
            one_line(&row.title),
            row.kind.to_owned(),
            one_line(&row.path),
            row.status.word().to_owned(),
            share(row.progress),
            share(row.expected),
            number(row.current),
            number(row.target),
            moved,
            one_line(&row.now),
            share(row.likelihood),
            number(p10),
            number(p50),
            number(p90),
            row.confidence.map_or_else(String::new, |c| c.to_string()),
            one_line(&row.owner),
            day(row.check_in.last),
            if row.check_in.overdue > 0 { row.check_in.overdue.to_string() } else { String::new() },
        ];
        // Writing to a string cannot fail.
        writeln!(text, "{}", cells.join("\t")).unwrap_or_default();
    }
    text
}

/// A number as a spreadsheet of that locale reads it: no groups, and a minus that is one.
pub(in crate::chart) fn plain(locale: Locale, value: f64) -> String {
    let rounded: f64 = format!("{value:.9e}").parse().unwrap_or(value);
    rounded.to_string().replace('.', &locale.decimal_mark.to_string())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
