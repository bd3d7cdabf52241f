//! How a metric reads by week, month, quarter and year: what its aggregation makes of the same points.

use std::sync::Arc;

use egui::{Align, Grid, Layout, Ui};

use super::super::desk::Desk;
use crate::analysis::{PeriodValue, Regrained, regrain};
use crate::document::{Revision, edits};
use crate::model::{Aggregation, Cadence, Date, Metric, MetricId, day_words, period_words};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;

/// Periods shown of each grain.
const LAST: usize = 3;
const CELL_WIDTH: f32 = 68.0;

/// An aggregation that is tried out, and what it made of the points.
#[derive(Clone, Default)]
pub(in crate::ui::inspector) struct GrainsKept {
    tried: Option<Aggregation>,
    made: Option<(MadeOf, Vec<Arc<Regrained>>)>,
}

type MadeOf = (MetricId, Aggregation, Date, Revision, Revision);

const SHORT: [(Aggregation, &str); 5] = [
    (Aggregation::Sum, "Sum"),
    (Aggregation::Mean, "Mean"),
    (Aggregation::Last, "Last"),
    (Aggregation::Min, "Min"),
    (Aggregation::Max, "Max"),
];

pub(super) fn grains_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let computed = metric.formula().is_some();
    desk.section(ui, "As longer periods", None);
    if !computed && metric.series.is_empty() {
        desk.note(ui, "With values, this shows how they read by week, month, quarter and year.");
        return;
    }
    let tried = desk.kept.grains.tried.filter(|_| !computed).unwrap_or(metric.aggregation);
    if computed {
        desk.note(ui, "Its inputs are brought to the period first, each by its own aggregation.");
    } else if let Some(choice) = widgets::segmented_ui(ui, desk.scene.theme, "Aggregation to try", tried, &SHORT) {
        desk.kept.grains.tried = (choice != metric.aggregation).then_some(choice);
    }
    let scene = desk.scene;
    let grains = Cadence::ALL.into_iter().filter(|c| *c >= metric.cadence.max(Cadence::Daily));
    let rows: Vec<Arc<Regrained>> = if tried == metric.aggregation {
        // A formula of coarser inputs has no finer grain.
        let of = |cadence| scene.memos.regrained(scene.document, &metric.id, cadence, scene.as_of).filter(|v| v.cadence == cadence);
        grains.filter_map(of).collect()
    } else {
        let document = scene.document;
        let key = (metric.id.clone(), tried, scene.as_of, document.values_revision(&metric.id), document.settings_revision());
        if desk.kept.grains.made.as_ref().is_none_or(|(of, _)| *of != key) {
            let calendar = &scene.project.settings.calendar;
            let of = |cadence| Arc::new(regrain(&metric.series, metric.cadence, cadence, tried, calendar, scene.as_of));
            desk.kept.grains.made = Some((key, grains.map(of).collect()));
        }
        desk.kept.grains.made.as_ref().map(|(_, rows)| rows.clone()).unwrap_or_default()
    };
    let mut notes = Marks::default();
    Grid::new("grains").num_columns(LAST + 1).min_col_width(0.0).spacing([space::XS, space::XXS]).show(ui, |ui| {
        for values in &rows {
            row_ui(desk, ui, metric, values, &mut notes);
        }
    });
    if tried != metric.aggregation {
        let word = SHORT.iter().find(|(a, _)| *a == tried).map_or("", |(_, word)| *word);
        ui.horizontal(|ui| {
            desk.note(ui, "Only tried out.");
            if widgets::quiet_button_ui(ui, scene.theme, &format!("Use {}", word.to_lowercase())).clicked() {
                desk.act(edits::set_aggregation(metric, tried));
                desk.kept.grains.tried = None;
            }
        });
    }
    if let Some(words) = notes.words() {
        desk.note(ui, words);
    }
}

/// Which signs were drawn, to be explained once.
#[derive(Default)]
struct Marks {
    unfinished: Option<String>,
    gaps: bool,
}

impl Marks {
    fn words(&self) -> Option<String> {
        let unfinished = self.unfinished.as_ref().map(|until| format!("… not over: data to {until}."));
        let gaps = self.gaps.then(|| "* parts of it are missing.".to_owned());
        let words: Vec<String> = unfinished.into_iter().chain(gaps).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

fn row_ui(desk: &Desk<'_>, ui: &mut Ui, metric: &Metric, values: &Regrained, marks: &mut Marks) {
    let theme = desk.scene.theme;
    let settings = &desk.scene.project.settings;
    ui.label(theme.muted(values.cadence.period_word(), TextSize::Small));
    let last = values.values.len().saturating_sub(LAST);
    for value in &values.values[last..] {
        let words = cell_words(desk, metric, value, marks);
        let text = theme.number(&words, TextSize::Small);
        let text = if value.complete { text } else { text.color(theme.text.muted) };
        let response = ui
            .allocate_ui_with_layout(
                egui::vec2(CELL_WIDTH, theme.type_of(TextSize::Small).line_height),
                Layout::right_to_left(Align::Center),
                |ui| {
                    ui.set_min_width(CELL_WIDTH);
                    widgets::truncated_ui(ui, text)
                },
            )
            .inner;
        let period = period_words(&settings.calendar, values.cadence, value.period);
        let exact = value.value.map_or_else(|| "no value".to_owned(), |v| settings.locale.exact(v, &metric.unit, metric.decimals));
        response.on_hover_text(format!("{period}: {exact}"));
    }
    ui.end_row();
}

/// "8.1 M", "8.2 M …" of a period that is not over, "120*" where parts are missing.
fn cell_words(desk: &Desk<'_>, metric: &Metric, value: &PeriodValue, marks: &mut Marks) -> String {
    let Some(number) = value.value else { return "–".to_owned() };
    let mut words = desk.scene.project.settings.locale.value(number, &metric.unit, metric.decimals);
    if value.gaps {
        marks.gaps = true;
        words.push('*');
    }
    if !value.complete {
        marks.unfinished = value.data_to.map(day_words).or_else(|| marks.unfinished.clone());
        words.push_str(" …");
    }
    words
}
