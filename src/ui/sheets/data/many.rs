//! What is done to all marked points at once: filling, dating, clearing and copying.

use egui::{Ui, ViewportCommand};

use super::rows::Column;
use super::{Kept, Table};
use crate::document::edits;
use crate::model::Stamp;
use crate::ui::icons;
use crate::ui::widgets;
use crate::workspace::Action;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    /// The first value for all of them.
    Down,
    Line,
    Gaps,
    Dates,
    /// Points go; of the columns beside them only what is in the cells.
    Clear,
}

impl Many {
    const FILLS: [Self; 4] = [Self::Down, Self::Line, Self::Gaps, Self::Dates];

    fn words(self) -> &'static str {
        match self {
            Self::Down => "Copy the first value down",
            Self::Line => "Straight line from the first to the last",
            Self::Gaps => "Missing periods in between",
            Self::Dates => "Dates by cadence from the first",
            Self::Clear => "Remove",
        }
    }

    fn explained(self) -> &'static str {
        match self {
            Self::Down => "Every marked point gets the value of the first one (Ctrl+D).",
            Self::Line => {
                "The values between the first and the last marked point are put on the line between them, and noted as interpolated."
            }
            Self::Gaps => {
                "Periods without a point between the marked ones get one on the line between their neighbours, noted as interpolated."
            }
            Self::Dates => "The first marked point keeps its date, each next one comes a period later.",
            Self::Clear => "Remove the marked points, or what is in the marked notes (Delete).",
        }
    }
}

/// Does it, or says why it cannot be done.
pub(super) fn act(what: Many, table: &Table<'_>, kept: &mut Kept, actions: &mut Vec<Action>) {
    let metric = table.metric;
    let at = kept.marked.stamps(&table.rows, &metric.series);
    let ends = at.iter().min().copied().zip(at.iter().max().copied());
    let calendar = table.scene.project.settings.calendar;
    let change = match what {
        Many::Down => edits::fill_down(metric, &at).ok_or("Mark two rows or more to copy the first value down"),
        Many::Line => ends
            .and_then(|(from, to)| edits::interpolate(metric, from, to, calendar))
            .ok_or("Mark a first and a last row with others between them"),
        Many::Gaps => {
            ends.and_then(|(from, to)| edits::fill_gaps(metric, from, to, calendar)).ok_or("Between the marked rows no period is missing")
        }
        Many::Dates => match edits::date_by_cadence(metric, &at) {
            Ok(change) => Ok(change),
            Err(refused) => {
                kept.said = Some(refused.to_string());
                return;
            }
        },
        Many::Clear => {
            let columns: Vec<Column> = kept.marked.columns().collect();
            match columns[..] {
                [Column::Note] => edits::clear_notes(metric, &at).ok_or("There is no note here"),
                [Column::DataTo] => edits::clear_data_to(metric, &at).ok_or("There is no cut-off day here"),
                _ if at.is_empty() => Err("No point is marked"),
                _ => Ok(edits::remove_points(metric, &at)),
            }
        }
    };
    match change {
        Ok(change) => {
            if what == Many::Clear {
                kept.marked.from = kept.marked.cursor;
            }
            kept.said = None;
            actions.push(change.into());
        }
        Err(why) => kept.said = Some(why.to_owned()),
    }
}

pub(super) fn toolbar_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, actions: &mut Vec<Action>) {
    let theme = table.scene.theme;
    ui.horizontal(|ui| {
        let fill = ui.menu_button("Fill", |ui| {
            for fill in Many::FILLS {
                if ui.button(fill.words()).on_hover_text(fill.explained()).clicked() {
                    act(fill, table, kept, actions);
                    kept.focus = true;
                }
            }
        });
        fill.response.on_hover_text("Fill the marked rows");
        let marked = kept.marked.stamps(&table.rows, &table.metric.series).len();
        let words = match marked {
            0 => "Remove".to_owned(),
            1 => "Remove point".to_owned(),
            several => format!("Remove {several} points"),
        };
        ui.add_enabled_ui(marked > 0, |ui| {
            if widgets::button_ui(ui, theme, &words).on_hover_text(Many::Clear.explained()).clicked() {
                // The button says points, wherever the cursor is.
                actions.push(edits::remove_points(table.metric, &kept.marked.stamps(&table.rows, &table.metric.series)).into());
                kept.marked.from = kept.marked.cursor;
                kept.focus = true;
            }
        });
        if widgets::icon_button_ui(ui, theme, icons::COPY, "Copy the marked cells").clicked() {
            actions.push(Action::CopyText(copied(table, kept)));
            kept.focus = true;
        }
        if widgets::icon_button_ui(ui, theme, icons::CLIPBOARD, "Paste from the clipboard").clicked() {
            ui.send_viewport_cmd(ViewportCommand::RequestPaste);
            kept.focus = true;
        }
    });
}

/// The marked cells as a spreadsheet takes them: days as ISO dates, numbers without groups in the project's decimal mark.
pub(super) fn copied(table: &Table<'_>, kept: &Kept) -> String {
    let columns: Vec<Column> = kept.marked.columns().collect();
    let at = kept.marked.stamps(&table.rows, &table.metric.series);
    let mark = table.scene.project.settings.locale.decimal_mark;
    let cell = |column: Column, at: Stamp| {
        let Some(point) = table.metric.series.get(at) else { return String::new() };
        match column {
            Column::Date => at.to_string().replace('T', " "),
            Column::Value => point.value.to_string().replace('.', &mark.to_string()),
            Column::Note => quoted(point.note.unwrap_or_default()),
            Column::DataTo => point.data_to.map_or_else(String::new, |day| day.to_string()),
        }
    };
    let line = |at: &Stamp| columns.iter().map(|column| cell(*column, *at)).collect::<Vec<_>>().join("\t");
    at.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A text with tabs or ends of lines in it stands between quotation marks.
fn quoted(text: String) -> String {
    if text.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// "22 points", or what the marked ones come to.
pub(super) fn sums(table: &Table<'_>, kept: &Kept) -> String {
    let (metric, locale) = (table.metric, table.scene.project.settings.locale);
    let (first, last) = kept.marked.rows();
    if first == last {
        let count = metric.series.len();
        return format!("{} {}", locale.trimmed(count as f64, 0), if count == 1 { "point" } else { "points" });
    }
    let values: Vec<f64> = (first..=last).filter_map(|row| table.rows.place(row)).map(|place| metric.series.values()[place]).collect();
    let shown = |value: f64| locale.value(value, &metric.unit, metric.decimals.max(1));
    let sum: f64 = values.iter().sum();
    let (least, most) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
    if values.is_empty() {
        return String::new();
    }
    let mean = sum / values.len() as f64;
    let count = locale.trimmed(values.len() as f64, 0);
    format!("{count} marked · sum {} · mean {} · {} to {}", shown(sum), shown(mean), shown(least), shown(most))
}
