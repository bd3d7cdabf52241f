//! The points of a metric in a table that only lays out the rows in sight, newest first.

use std::collections::BTreeSet;

use egui::{Align, Color32, Layout, Stroke, TextWrapMode, Ui, vec2};
use egui_extras::{Column, TableBuilder, TableRow};

use super::desk::Desk;
use crate::document::edits;
use crate::model::{Cadence, Calendar, Date, Metric, MetricId, Origin, Stamp, date_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, NumberField, TextField};
use crate::workspace::{Action, Sheet};

const DATE_WIDTH: f32 = 96.0;
const VALUE_WIDTH: f32 = 88.0;
/// Rows in sight before the table scrolls.
const MOST_ROWS: f32 = 10.0;
/// What a reason under a field needs.
const PROBLEM_HEIGHT: f32 = 52.0;

/// What the table remembers between frames.
#[derive(Clone, Default)]
pub(super) struct PointsKept {
    metric: Option<MetricId>,
    /// The day of the point to add, where somebody chose one.
    new_on: Option<Date>,
    /// Points with a field that cannot be read: their rows are higher.
    wrong: BTreeSet<Stamp>,
}

pub(super) fn points_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let locale = desk.scene.project.settings.locale;
    let count = metric.series.len();
    desk.section(ui, &format!("Points · {}", locale.trimmed(count as f64, 0)), None);
    if matches!(metric.origin, Origin::Computed { .. }) {
        desk.note(ui, "Its values are computed by its formula; it has no points of its own.");
        return;
    }
    if desk.kept.points.metric.as_ref() != Some(&metric.id) {
        desk.kept.points = PointsKept { metric: Some(metric.id.clone()), ..PointsKept::default() };
    }
    if widgets::quiet_button_ui(ui, desk.scene.theme, "Open the data table…").on_hover_text("Paste, fill and sort many values").clicked()
    {
        desk.act(Action::OpenSheet(Sheet::Data(metric.id.clone())));
    }
    add_ui(desk, ui, metric);
    if count == 0 {
        desk.note(ui, "No values yet. Type the first one here, or paste columns from a spreadsheet in the data table.");
    } else {
        desk.note(ui, "The next point above; then the newest first. A changed date moves a point.");
        table_ui(desk, ui, metric);
    }
}

/// The first day after the last point that a new one of this cadence would stand for.
fn next_day(metric: &Metric, calendar: Calendar, as_of: Date) -> Date {
    metric.series.last().map_or(as_of, |(at, _)| calendar.next(metric.cadence, calendar.period_of(metric.cadence, at.date())).first)
}

/// A day and a value: entering the value adds the point.
fn add_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let scene = desk.scene;
    let settings = &scene.project.settings;
    let on = desk.kept.points.new_on.unwrap_or_else(|| next_day(metric, settings.calendar, scene.as_of));
    let at = match metric.series.last() {
        // The hour after the last one, unless somebody chose another day.
        Some((last, _)) if metric.cadence == Cadence::Hourly && desk.kept.points.new_on.is_none() => {
            Stamp::from_seconds(last.seconds() + 3_600)
        }
        _ => Stamp::from_date(on),
    };
    ui.horizontal_top(|ui| {
        let field = desk.date_field("Day of the new point", Some(at.date())).required();
        if let Some(Some(day)) = desk.show_date(ui, field).committed {
            desk.kept.points.new_on = Some(day);
        }
        let field = desk.number_field("Value of the new point", None, &metric.unit).hint("Value").width(ui.available_width());
        let entered = desk.show_number(ui, field);
        if let Some(Some(value)) = entered.committed {
            desk.act(edits::put_value(metric, at, value));
            desk.kept.points.new_on = None;
            // The next value can be typed at once.
            if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                entered.response.request_focus();
            }
        }
    });
    if let Some(there) = metric.series.get(at) {
        desk.note(
            ui,
            format!("There is {} on this day; a new value replaces it.", settings.locale.value(there.value, &metric.unit, metric.decimals)),
        );
    }
}

fn table_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let theme = desk.scene.theme;
    let count = metric.series.len();
    let wrong: BTreeSet<usize> = desk.kept.points.wrong.iter().filter_map(|at| row_of(metric, *at)).collect();
    let unit = format!("{}{}", metric.unit.prefix(), metric.unit.suffix());
    let value_head = if unit.trim().is_empty() { "Value".to_owned() } else { format!("Value, {}", unit.trim()) };
    let mut still_wrong = BTreeSet::new();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, 0.0);
        // A frame only around what is edited or under the pointer.
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
        ui.visuals_mut().text_edit_bg_color = Some(Color32::TRANSPARENT);
        TableBuilder::new(ui)
            .id_salt(desk.key)
            .column(Column::exact(DATE_WIDTH))
            .column(Column::exact(VALUE_WIDTH))
            .column(Column::remainder().clip(true))
            .column(Column::exact(size::CONTROL))
            .cell_layout(Layout::left_to_right(Align::Min))
            .max_scroll_height(MOST_ROWS * size::ROW)
            .min_scrolled_height(0.0)
            .auto_shrink([false, true])
            .header(size::ROW_DENSE, |mut header| {
                for words in ["Date", &value_head, "Note", ""] {
                    header.col(|ui| {
                        ui.add_space(space::XS);
                        widgets::truncated_ui(ui, theme.muted(words, TextSize::Caption));
                    });
                }
            })
            .body(|body| {
                let mut show = |row: TableRow<'_, '_>| point_ui(desk, row, metric, &mut still_wrong);
                if wrong.is_empty() {
                    body.rows(size::ROW, count, &mut show);
                } else {
                    let height = |row| if wrong.contains(&row) { size::ROW + PROBLEM_HEIGHT } else { size::ROW };
                    body.heterogeneous_rows((0..count).map(height), &mut show);
                }
            });
    });
    if desk.kept.points.wrong != still_wrong {
        desk.kept.points.wrong = still_wrong;
        ui.request_repaint();
    }
}

/// Where a point stands in the table.
fn row_of(metric: &Metric, at: Stamp) -> Option<usize> {
    let index = metric.series.times().binary_search(&at).ok()?;
    Some(metric.series.len() - 1 - index)
}

fn point_ui(desk: &mut Desk<'_>, mut row: TableRow<'_, '_>, metric: &Metric, wrong: &mut BTreeSet<Stamp>) {
    let theme = desk.scene.theme;
    let index = metric.series.len() - 1 - row.index();
    let (Some(&at), Some(&value)) = (metric.series.times().get(index), metric.series.values().get(index)) else { return };
    let day = if metric.cadence == Cadence::Hourly { at.to_string().replace('T', " ") } else { date_words(at.date()) };
    let key = (desk.key, at.seconds());
    let names = [format!("Date, {day}"), format!("Value, {day}"), format!("Note, {day}")];

    let date = DateField::new((key, "date"), &names[0], Some(at.date()), at.date()).width(DATE_WIDTH).required().without_calendar();
    let date_id = date.id();
    row.col(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        if let Some(Some(new)) = desk.show_date(ui, date).committed {
            // The time of day stays.
            let to = Stamp::from_seconds(at.seconds() + (new - at.date()).num_days() * 86_400);
            if let Some(change) = edits::move_point(metric, at, to) {
                desk.act(change);
            }
        }
    });
    let locale = desk.scene.project.settings.locale;
    let number = NumberField::new((key, "value"), &names[1], Some(value), &metric.unit, locale).width(VALUE_WIDTH).required().plain();
    let number_id = number.id();
    row.col(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        if let Some(Some(value)) = desk.show_number(ui, number).committed {
            desk.act(edits::put_value(metric, at, value));
        }
    });
    let note = metric.series.note(at).unwrap_or_default();
    row.col(|ui| {
        let entered = TextField::new((key, "note"), &names[2], note).show(ui, theme, &mut desk.kept.drafts);
        if !note.is_empty() {
            entered.response.on_hover_text(note);
        }
        if let Some(note) = entered.committed
            && let Some(change) = edits::set_note(metric, at, &note)
        {
            desk.act(change);
        }
    });
    row.col(|ui| {
        if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove the point of {day}")).clicked() {
            desk.act(edits::remove_points(metric, &[at]));
        }
    });
    if [date_id, number_id].into_iter().any(|field| desk.kept.drafts.problem(field).is_some()) {
        wrong.insert(at);
    }
}
