//! Tables as Markdown, for what the briefing has no words for.

use std::fmt::Write as _;

use super::sheet::{Sheet, Value};
use crate::model::{Date, date_words};
use crate::report::markdown_text;

/// A page of its own, with the project above its tables.
pub(super) fn page(sheets: &[Sheet], project: &str, as_of: Date) -> String {
    let mut page = format!("# {}\n\nAs of {}\n", markdown_text(project), date_words(as_of));
    page.push_str(&sections(sheets));
    page
}

/// A section for each table.
pub(super) fn sections(sheets: &[Sheet]) -> String {
    let mut page = String::new();
    for sheet in sheets {
        let line = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
        let heads = line(&mut sheet.heads.iter().map(|head| markdown_text(head)));
        let rule = line(&mut sheet.heads.iter().map(|_| "---".to_owned()));
        // A String takes everything.
        let _always = writeln!(page, "\n## {}\n\n{heads}\n{rule}", markdown_text(&sheet.name));
        for row in &sheet.rows {
            let _always = writeln!(page, "{}", line(&mut row.iter().map(cell)));
        }
    }
    page
}

fn cell(value: &Value) -> String {
    match value {
        Value::None => String::new(),
        Value::Text(text) => markdown_text(text),
        Value::Number(number, form) if form.as_ref() == "0%" => format!("{} %", super::csv::plain((number * 100.0).round())),
        Value::Number(number, _) => super::csv::plain((number * 1e6).round() / 1e6),
        Value::Day(date) => date.to_string(),
        Value::Moment(stamp) => stamp.to_string(),
    }
}
