//! What a metric is a part of, and the parts it has: by country, plan, platform or whatever else.

use egui::{Id, Key, TextEdit, Ui, WidgetInfo, vec2};

use super::super::desk::Desk;
use super::super::kpis::title_link_ui;
use crate::document::edits;
use crate::model::{Formula, Metric, MetricId, MissingInput, SegmentOf};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, New, Selection};

/// The segment that is being added.
#[derive(Clone, Default)]
pub(in crate::ui::inspector) struct SegmentsKept {
    adding: bool,
    dimension: String,
    value: String,
}

pub(super) fn segments_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    if desk.section(ui, "Segments", Some("Add a segment…")) {
        desk.kept.segments.adding = !desk.kept.segments.adding;
    }
    restore(desk, ui, metric);
    let project = std::sync::Arc::clone(desk.scene.project);
    let segments: Vec<&Metric> = project.segments_of(&metric.id).collect();
    if segments.is_empty() && metric.segment.is_none() && !desk.kept.segments.adding {
        desk.note(ui, "Parts of it by country, plan or platform. Add one, and its values stand beside the whole.");
    }
    if desk.kept.segments.adding {
        add_ui(desk, ui, metric, &segments);
    }
    for segment in &segments {
        let words = segment.segment.as_ref().map_or_else(String::new, |s| format!("{} · {}", s.dimension, s.value));
        let spark = desk.scene.memos.sparkline(desk.scene.document, desk.scene.as_of, &segment.id);
        let width = ui.available_width();
        desk.cell(ui, width, |desk, ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                widgets::sparkline_ui(ui, desk.scene.theme, &spark, 56.0, Some(56.0));
                title_link_ui(desk, ui, &words, Selection::Metric(segment.id.clone()));
            });
        });
    }
    if !segments.is_empty() {
        sum_ui(desk, ui, metric);
    }
    part_of_ui(desk, ui, metric);
}

/// Names a word of the segment that is being added.
fn word_id(metric: &Metric, word: &str) -> Id {
    Id::unique(("new segment", metric.id.as_str(), word))
}

/// A segment that was being added before a crash, or before something else was looked at, is there again.
fn restore(desk: &mut Desk<'_>, ui: &Ui, metric: &Metric) {
    let kept = &mut desk.kept.segments;
    for (word, text) in [("dimension", &mut kept.dimension), ("value", &mut kept.value)] {
        if let Some(restored) = widgets::take_text(ui.ctx(), word_id(metric, word)) {
            *text = restored.text;
            kept.adding = true;
        }
    }
}

/// A way to compute the whole from its parts.
fn sum_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let sum = Formula::Segments(metric.id.clone());
    if metric.formula() == Some(&sum) {
        desk.note(ui, "It is computed as the sum of these.");
        return;
    }
    if widgets::quiet_button_ui(ui, desk.scene.theme, "Compute it as the sum of its segments").clicked() {
        desk.act(Action::Add(New::Formula { metric: metric.id.clone(), formula: sum, missing: MissingInput::Missing }));
    }
    if !metric.series.is_empty() {
        desk.note(ui, format!("Its points would move to a new metric, “{}”.", edits::kept_name(metric)));
    }
}

/// The two words that a new segment needs.
fn add_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, segments: &[&Metric]) {
    let theme = desk.scene.theme;
    let usual = segments.iter().filter_map(|s| s.segment.as_ref()).map(|s| s.dimension.as_str()).next_back().unwrap_or("country");
    let mut enter = false;
    let mut field = |ui: &mut Ui, name: &str, hint: &str, text: &mut String| {
        let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY).font(theme.font(TextSize::Body));
        let response = ui.add(edit.min_size(vec2(0.0, size::CONTROL)));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, name));
        enter |= response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    };
    let mut kept = std::mem::take(&mut desk.kept.segments);
    desk.row(ui, "By", |_, ui| field(ui, "Dimension of the new segment", usual, &mut kept.dimension));
    desk.row(ui, "Segment", |_, ui| field(ui, "Value of the new segment", "Austria, Pro, iOS…", &mut kept.value));
    for (word, name, text) in
        [("dimension", "Dimension of the new segment", &kept.dimension), ("value", "Value of the new segment", &kept.value)]
    {
        if !text.trim().is_empty() {
            widgets::tell_text(ui.ctx(), word_id(metric, word), name, text);
        }
    }
    let dimension = if kept.dimension.trim().is_empty() { usual } else { kept.dimension.trim() }.to_owned();
    let value = kept.value.trim().to_owned();
    let there = segments.iter().any(|s| s.segment.as_ref().is_some_and(|s| s.dimension == dimension && s.value == value));
    let (mut add, mut cancel) = (enter, false);
    ui.horizontal(|ui| {
        ui.add_enabled_ui(!value.is_empty() && !there, |ui| add |= widgets::button_ui(ui, theme, "Add this segment").clicked());
        cancel = widgets::quiet_button_ui(ui, theme, "Cancel").clicked();
    });
    if there {
        desk.note(ui, format!("There is a segment {dimension} · {value} already."));
    } else if add && !value.is_empty() {
        desk.act(Action::Add(New::Segment { whole: metric.id.clone(), dimension, value }));
        // The next one is likely of the same kind.
        kept.value.clear();
    }
    if cancel {
        kept = SegmentsKept::default();
    }
    desk.kept.segments = kept;
    ui.add_space(space::XS);
}

/// What it is a part of.
fn part_of_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let mut wholes: Vec<(Option<MetricId>, String)> =
        desk.scene.project.metrics.values().filter(|m| m.id != metric.id).map(|m| (Some(m.id.clone()), m.name.clone())).collect();
    if wholes.is_empty() {
        return;
    }
    wholes.sort_by(|a, b| a.1.cmp(&b.1));
    wholes.insert(0, (None, "–".to_owned()));
    let present = metric.segment.as_ref();
    if let Some(whole) = desk.choice(ui, "Segment of", &present.map(|s| s.whole.clone()), &wholes) {
        let segment = whole.map(|whole| match present {
            Some(segment) => SegmentOf { whole, ..segment.clone() },
            None => SegmentOf { whole, dimension: "country".to_owned(), value: metric.name.clone() },
        });
        desk.act(edits::set_segment(metric, segment));
    }
    let Some(segment) = present else { return };
    if let Some(dimension) = desk.text(ui, "By", &segment.dimension) {
        desk.act(edits::set_segment(metric, Some(SegmentOf { dimension, ..segment.clone() })));
    }
    if let Some(value) = desk.text(ui, "This one is", &segment.value) {
        desk.act(edits::set_segment(metric, Some(SegmentOf { value, ..segment.clone() })));
    }
}
