//! The KPI view: what is this number doing, and will it get there?

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use super::chart_card::{ChartCard, chart_card_ui, pass_cursor_on};
use super::{page_ui, time_range, variation};
use crate::model::MetricId;
use crate::ui::chart::heading_ui;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, Fact};
use crate::workspace::{Action, ChartOf, KpiMode, Selection, Sheet};

/// Of the height of an XmR chart: the steps below the values.
const STEPS_SHARE: f32 = 0.32;
/// Widths of the columns of what the numbers say.
const INSIGHT_NAME: f32 = 136.0;
const INSIGHT_VALUE: f32 = 176.0;
const LEAST_CHART: f32 = 300.0;
const FACT_HEIGHT: f32 = 112.0;
const FOUR_FACTS_FROM: f32 = 560.0;

/// What the view is about: the metric, as the measure of the key result that is selected; or a key result without a metric.
pub(super) fn chart_of(scene: &Scene<'_>) -> Option<ChartOf> {
    let goal = match &scene.view.selected {
        Some(Selection::Goal(id)) => scene.project.goal(id),
        Some(Selection::Metric(_)) | None => None,
    };
    match &scene.view.metric {
        Some(metric) if scene.project.metric(metric).is_some() => {
            let measured = goal.filter(|g| g.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(metric)));
            Some(ChartOf::Metric(metric.clone(), measured.map(|g| g.id.clone())))
        }
        _ => goal.filter(|g| g.as_key_result().is_some_and(|k| k.metric.is_none())).map(|g| ChartOf::Goal(g.id.clone())),
    }
}

pub fn kpi_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, medium: Medium, actions: &mut Vec<Action>) {
    let Some(of) = chart_of(scene) else {
        empty_ui(ui, scene, actions);
        return;
    };
    let (of, steps) = match (of, scene.view.kpi_mode) {
        (ChartOf::Metric(metric, _), KpiMode::Variation(choice)) => {
            (ChartOf::Variation(metric.clone(), choice), Some(ChartOf::Steps(metric, choice)))
        }
        (of, _) => (of, None),
    };
    let theme = scene.theme;
    let chart = scene.memos.chart(scene.document, scene.as_of, &of);
    let height = ui.available_height();
    page_ui(ui, scene, medium, "KPI view", |ui| {
        let range = time_range::shown(scene, scratch, chart.fit_x);
        let top = ui.cursor().top();
        if let Some(goal) = heading_ui(ui, theme, &chart, Some(range), medium) {
            actions.push(Action::Visit(Selection::Goal(goal)));
        }
        let facts = scene.memos.facts(scene.document, scene.as_of, &of);
        let used = ui.cursor().top() - top;
        let facts_height = if facts.is_empty() { 0.0 } else { theme.px(FACT_HEIGHT) + theme.px(space::M) };
        let rest =
            height - used - facts_height - 2.0 * theme.px(space::XL) - theme.px(space::M) - theme.px(size::ROW) - 2.0 * theme.px(space::L);
        widgets::card_ui(ui, theme, |ui| {
            if medium.is_screen() {
                tools_ui(ui, scene, scratch, &of, actions);
            }
            let whole = rest.max(theme.px(LEAST_CHART));
            let below = if steps.is_some() { whole * STEPS_SHARE } else { 0.0 };
            let size = vec2(ui.available_width(), whole - below);
            chart_card_ui(ui, scene, scratch, &ChartCard { of: &of, medium, range, size, caption: true }, actions);
            if let Some(steps) = &steps {
                let drawn = scene.memos.chart(scene.document, scene.as_of, steps);
                ui.label(theme.muted(&drawn.name, TextSize::Small));
                let size = vec2(ui.available_width(), below - theme.px(size::ROW));
                chart_card_ui(ui, scene, scratch, &ChartCard { of: steps, medium, range, size, caption: false }, actions);
            }
        });
        facts_ui(ui, scene, &facts);
        if medium.is_screen() {
            insights_ui(ui, scene, &of);
        }
        pass_cursor_on(ui, scratch);
    });
}

/// The way to the values behind the chart.
fn data_button_ui(ui: &mut Ui, scene: &Scene<'_>, id: &MetricId, actions: &mut Vec<Action>) {
    if scene.project.metric(id).is_none_or(|m| m.formula().is_some()) {
        return;
    }
    if widgets::quiet_button_ui(ui, scene.theme, "Data table…").clicked() {
        actions.push(Action::OpenSheet(Sheet::Data(id.clone())));
    }
}

/// What kind of chart, how it is made, and the days it shows.
fn tools_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, of: &ChartOf, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let row = vec2(ui.available_width(), theme.px(size::ROW));
    let whole = egui::Rect::from_min_size(ui.cursor().min, row);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| time_range::buttons_ui(ui, scene, actions));
    let Some(metric) = of.metric() else { return };
    ui.scope_builder(UiBuilder::new().max_rect(whole).layout(Layout::left_to_right(Align::Center)).id_salt("kind of chart"), |ui| {
        variation::mode_ui(ui, scene, actions);
        data_button_ui(ui, scene, metric, actions);
    });
    if let ChartOf::Variation(_, choice) = of {
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            let id = egui::Id::unique("limits of the XmR chart");
            let mut kept = scratch.take(id);
            variation::tools_ui(ui, scene, &mut kept, metric, *choice, actions);
            scratch.put(id, kept);
        });
    }
}

/// What the numbers say, line by line, each with its arithmetic under the pointer.
fn insights_ui(ui: &mut Ui, scene: &Scene<'_>, of: &ChartOf) {
    let theme = scene.theme;
    let insights = scene.memos.insights(scene.document, scene.as_of, of);
    if insights.is_empty() {
        return;
    }
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.label(theme.rich("What the numbers say", TextSize::Section));
        let (name, value) = (theme.px(INSIGHT_NAME), theme.px(INSIGHT_VALUE));
        for fact in insights.iter() {
            let row = ui.horizontal_top(|ui| {
                let cell = |ui: &mut Ui, width: f32, text: egui::RichText| {
                    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(width);
                        ui.add(egui::Label::new(text).wrap());
                    });
                };
                cell(ui, name, theme.muted(&fact.label, TextSize::Body));
                cell(ui, value, theme.number(&fact.value, TextSize::Body).color(theme.text.strong));
                cell(ui, ui.available_width(), theme.rich(&fact.note, TextSize::Body));
            });
            if !fact.why.is_empty() {
                let response = ui.interact(row.response.rect, ui.scope_id().with(("insight", &fact.label)), egui::Sense::hover());
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{}: {}. {}", fact.label, fact.value, fact.note))
                });
                let _explained = widgets::explained(response, theme, &fact.label, std::slice::from_ref(&fact.why));
            }
        }
    });
}

/// Cards of equal width: four in a row, or two by two.
fn facts_ui(ui: &mut Ui, scene: &Scene<'_>, facts: &[crate::chart::Fact]) {
    let theme = scene.theme;
    let gap = theme.px(space::M);
    let width = ui.available_width();
    let columns = if width >= theme.px(FOUR_FACTS_FROM) { facts.len().clamp(1, 4) } else { 2 };
    let card = vec2((width - gap * (columns - 1) as f32) / columns as f32, theme.px(FACT_HEIGHT));
    for row in facts.chunks(columns) {
        let (_, rect) = ui.allocate_space(vec2(width, card.y));
        for (column, fact) in row.iter().enumerate() {
            let place = egui::Rect::from_min_size(rect.min + vec2(column as f32 * (card.x + gap), 0.0), card);
            ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(("fact", column)), |ui| {
                let shown = Fact { name: &fact.label, value: &fact.value, note: &fact.note };
                let response = widgets::fact_card_ui(ui, theme, shown);
                let _explained = widgets::explained(response, theme, &fact.label, std::slice::from_ref(&fact.why));
            });
        }
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "A metric is anything measured over time. Import a table with “waymark import”, or add one and type its values.";
    if widgets::empty_state_ui(ui, scene.theme, icons::ACTIVITY, "No metric to show", why, Some("Add a metric")) {
        actions.push(Action::OpenSheet(Sheet::MetricLibrary { goal: None }));
    }
}
