//! What a paste would set, before it does.

use egui::{ScrollArea, Ui};

use super::rows::Marked;
use super::{Follow, Kept, Table, keys};
use crate::document::{Revision, edits};
use crate::import::{DateOrder, ImportError, Paste, PasteHints, read_paste};
use crate::model::Stamp;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::Action;

/// A pasted text that is not taken yet.
#[derive(Clone)]
pub(super) struct Pasting {
    text: String,
    /// Where values without dates begin.
    start: Stamp,
    hints: PasteHints,
    read: Option<(ReadFrom, Result<Paste, ImportError>)>,
    fresh: bool,
}

/// What a reading depends on, beside the text: values, settings and hints.
type ReadFrom = (Revision, Revision, PasteHints);

/// Takes a text from the clipboard: one cell is typed into the cell under the cursor, more is looked at first.
pub(super) fn paste(table: &Table<'_>, kept: &mut Kept, text: String) {
    let one = text.trim_end_matches(['\r', '\n']);
    if one.trim().is_empty() {
        kept.said = Some("There is no text to paste".to_owned());
        return;
    }
    if !one.contains(['\t', '\n', '\r']) {
        let one = one.trim().to_owned();
        keys::begin(kept, Some(one));
        return;
    }
    let start = table.stamp(kept, kept.marked.rows().0);
    kept.paste = Some(Pasting { text, start, hints: PasteHints::default(), read: None, fresh: true });
}

pub(super) fn preview_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, height: f32, actions: &mut Vec<Action>) {
    let theme = table.scene.theme;
    let Some(mut pasting) = kept.paste.take() else { return };
    let document = table.scene.document;
    let key = (document.values_revision(&table.metric.id), document.settings_revision(), pasting.hints);
    if pasting.read.as_ref().is_none_or(|(of, _)| *of != key) {
        let read = read_paste(&pasting.text, table.metric, pasting.start, &table.scene.project.settings, pasting.hints);
        pasting.read = Some((key, read));
    }
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.label(theme.strong("Paste", TextSize::Body));
    let mut hints = pasting.hints;
    let Some((_, read)) = &pasting.read else { return };
    let mut done = None;
    match read {
        Err(error) => {
            ui.label(theme.rich(sentence(error), TextSize::Body).color(theme.error()));
            if matches!(error, ImportError::AmbiguousDates { .. } | ImportError::MixedDates { .. }) {
                dates_ui(ui, table, &mut hints);
            }
            if matches!(error, ImportError::MixedNumbers { .. }) {
                marks_ui(ui, table, &mut hints, None);
            }
            ui.horizontal(|ui| {
                if widgets::button_ui(ui, theme, "Cancel").clicked() {
                    done = Some(false);
                }
            });
        }
        Ok(paste) => {
            ui.label(theme.rich(summary(table, paste), TextSize::Body));
            if !paste.has_dates {
                let from = table.words(pasting.start);
                ui.label(
                    theme.muted(format!("Without dates: from {from} on, a {} apart.", table.metric.cadence.period_word()), TextSize::Small),
                );
            }
            if pasting.hints.date_order.is_some() {
                dates_ui(ui, table, &mut hints);
            }
            if paste.mark_assumed || pasting.hints.decimal_mark.is_some() {
                marks_ui(ui, table, &mut hints, Some(paste.decimal_mark));
            }
            let count = paste.added() + paste.changed();
            ui.horizontal(|ui| {
                let words = if count == 1 { "Set 1 point".to_owned() } else { format!("Set {count} points") };
                ui.add_enabled_ui(count > 0, |ui| {
                    let set = widgets::primary_button_ui(ui, theme, &words);
                    if pasting.fresh {
                        set.request_focus();
                    }
                    if set.clicked() {
                        done = Some(true);
                    }
                });
                if widgets::button_ui(ui, theme, "Cancel").clicked() {
                    done = Some(false);
                }
            });
            lines_ui(ui, table, paste, height);
        }
    }
    match done {
        None => {
            pasting.fresh = hints != pasting.hints;
            pasting.hints = hints;
            kept.paste = Some(pasting);
        }
        Some(take) => {
            kept.focus = true;
            if let Some((_, Ok(paste))) = pasting.read.filter(|_| take) {
                let points: Vec<_> = paste.rows.into_iter().map(|row| row.point).collect();
                if let Some(last) = points.iter().map(|p| p.at).max() {
                    kept.follow = Some(Follow::Point(last));
                    kept.marked = Marked::one(kept.marked.cursor);
                }
                actions.push(edits::paste_points(table.metric, points).into());
            }
        }
    }
}

fn sentence(error: &ImportError) -> String {
    let words = error.to_string();
    let mut chars = words.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// "3 new, 1 changed, 2 as before, 1 refused".
fn summary(table: &Table<'_>, paste: &Paste) -> String {
    let locale = table.scene.project.settings.locale;
    let parts = [
        (paste.added(), "new"),
        (paste.changed(), "changed"),
        (paste.unchanged(), "as before"),
        (paste.without_value.len(), "without a value"),
        (paste.rejected.len(), "refused"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", locale.trimmed(n as f64, 0))).collect();
    if parts.is_empty() { "Nothing in it can be read.".to_owned() } else { parts.join(", ") }
}

fn dates_ui(ui: &mut Ui, table: &Table<'_>, hints: &mut PasteHints) {
    let orders = [(Some(DateOrder::DayFirst), "Day first"), (Some(DateOrder::MonthFirst), "Month first")];
    if let Some(order) = widgets::segmented_ui(ui, table.scene.theme, "Order of day and month", hints.date_order, &orders) {
        hints.date_order = order;
    }
}

fn marks_ui(ui: &mut Ui, table: &Table<'_>, hints: &mut PasteHints, taken: Option<char>) {
    let marks = [(Some('.'), "Decimal point"), (Some(','), "Decimal comma")];
    if let Some(mark) = widgets::segmented_ui(ui, table.scene.theme, "Decimal mark", hints.decimal_mark.or(taken), &marks) {
        hints.decimal_mark = mark;
    }
    if hints.decimal_mark.is_none() && taken.is_some() {
        ui.label(table.scene.theme.muted("The numbers could be read either way; this is the project's mark.", TextSize::Small));
    }
}

/// What is refused, then what is set, line by line; only those in sight are laid out.
fn lines_ui(ui: &mut Ui, table: &Table<'_>, paste: &Paste, height: f32) {
    let theme = table.scene.theme;
    let settings = &table.scene.project.settings;
    let shown = |value: f64| settings.locale.exact(value, &table.metric.unit, table.metric.decimals);
    let count = paste.rejected.len() + paste.rows.len();
    let most = (height - 7.0 * size::ROW).max(3.0 * size::ROW);
    ScrollArea::vertical().id_salt("pasted").max_height(most).auto_shrink([false, true]).show_rows(
        ui,
        size::ROW_DENSE,
        count,
        |ui, range| {
            for index in range {
                if let Some(rejected) = paste.rejected.get(index) {
                    let words = format!("Line {}: {}", rejected.line, rejected.reason);
                    widgets::truncated_ui(ui, theme.rich(&words, TextSize::Small).color(theme.error()));
                    continue;
                }
                let Some(row) = paste.rows.get(index - paste.rejected.len()) else { continue };
                let change = match row.before {
                    None => format!("{}, new", shown(row.point.value)),
                    Some(before) if before == row.point.value => format!("{}, as before", shown(before)),
                    Some(before) => format!("{} → {}", shown(before), shown(row.point.value)),
                };
                let beside = row.beside.map_or_else(String::new, |at| format!("; this period has a point on {} too", table.words(at)));
                let words = format!("{}: {change}{beside}", table.words(row.point.at));
                widgets::truncated_ui(ui, theme.number(&words, TextSize::Small));
            }
        },
    );
}
