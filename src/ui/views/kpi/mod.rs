//! The KPI view: what is this number doing, and will it get there?
//!
//! One metric in one of the [`KpiMode`]s: a chart over time, or a figure ([`figure`]). What each shows is stated in `chart`.

mod compare;
mod facts;
mod figure;
mod linked;
mod moves;
mod table;
mod tools;
mod variation;

use egui::{Ui, vec2};

use super::chart_card::{ChartCard, chart_card_ui, margins_of, pass_cursor_on};
use super::import_offer::import_offer_ui;
use super::{page_ui, time_range};
use crate::chart::ValueScale;
use crate::model::MetricId;
use crate::ui::chart::{Margins, heading_ui};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, ChartOf, KpiMode, Selection, Sheet};
pub(super) use facts::facts_ui;
pub use figure::figure_of;
pub use table::{rows_a_page, table_page_ui};

/// Of the height of an XmR chart: the steps below the values.
const STEPS_SHARE: f32 = 0.32;
const LEAST_CHART: f32 = 300.0;
/// Of a chart and the steps under it.
const LEAST_WITH_STEPS: f32 = 400.0;

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
    let height = ui.available_height();
    page_ui(ui, scene, medium, "KPI view", |ui| {
        let room = Room { height, top: ui.cursor().top() };
        if medium.is_screen()
            && let Some(metric) = of.metric().filter(|metric| linked::is_failing(scene, metric))
        {
            linked::linked_ui(ui, scene, metric, actions);
        }
        match (&of, scene.view.kpi_mode) {
            (ChartOf::Metric(metric, _), KpiMode::Variation(choice)) => {
                let (values, steps) = (ChartOf::Variation(metric.clone(), choice), ChartOf::Steps(metric.clone(), choice));
                charts_ui(ui, scene, scratch, medium, &room, &values, Some(&steps), actions);
            }
            (ChartOf::Metric(metric, goal), mode) if mode.is_figure() => {
                let subject = (metric, goal.as_ref());
                figure::figure_card_ui(ui, scene, scratch, medium, &room, subject, actions);
            }
            _ => charts_ui(ui, scene, scratch, medium, &room, &of, None, actions),
        }
        if medium.is_screen() {
            if let Some(metric) = of.metric().filter(|metric| !linked::is_failing(scene, metric)) {
                linked::linked_ui(ui, scene, metric, actions);
            }
            facts::insights_ui(ui, scene, &of);
            moves::sensitivity_ui(ui, scene, &of);
        }
        pass_cursor_on(ui, scratch);
    });
}

/// The room that the view has, and where it begins.
struct Room {
    height: f32,
    top: f32,
}

impl Room {
    /// What is left for the picture under a heading that ends here, over so many fact cards.
    fn left(&self, ui: &Ui, scene: &Scene<'_>, metric: Option<&MetricId>, facts: usize) -> f32 {
        let theme = scene.theme;
        let used = ui.cursor().top() - self.top;
        let facts = if facts == 0 { 0.0 } else { theme.px(facts::FACT_HEIGHT) + theme.px(space::M) };
        let tools = tools::rows(scene.view.kpi_mode, metric) as f32 * (theme.px(size::CONTROL) + theme.px(space::M));
        let left = self.height - used - facts - 2.0 * theme.px(space::XL) - tools - 2.0 * theme.px(space::L);
        left.max(theme.px(LEAST_CHART))
    }
}

/// A metric over time, with the steps from value to value under it where there are any.
#[expect(clippy::too_many_arguments, reason = "what a view function gets, and what it shows")]
fn charts_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    medium: Medium,
    room: &Room,
    of: &ChartOf,
    steps: Option<&ChartOf>,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let chart = scene.memos.chart(scene.document, scene.as_of, of);
    let range = time_range::shown(scene, scratch, chart.fit_x);
    if let Some(goal) = heading_ui(ui, theme, &chart, Some(range), medium) {
        actions.push(Action::Visit(Selection::Goal(goal)));
    }
    let scale = if matches!(of, ChartOf::Metric(..)) { scene.view.arranged.kpi.scale } else { ValueScale::Auto };
    let facts = scene.memos.facts(scene.document, scene.as_of, of);
    let least = if steps.is_some() { LEAST_WITH_STEPS } else { 0.0 };
    let whole = room.left(ui, scene, of.metric(), facts.len()).max(theme.px(least));
    widgets::card_ui(ui, theme, |ui| {
        if medium.is_screen() {
            tools::tools_ui(ui, scene, scratch, of.metric(), actions);
        }
        let below = if steps.is_some() { whole * STEPS_SHARE } else { 0.0 };
        let size = vec2(ui.available_width(), whole - below);
        let mut card = ChartCard { of, medium, range, size, caption: true, scale, margins: Margins::default() };
        let mut under = steps.map(|steps| {
            let size = vec2(ui.available_width(), below - theme.px(size::ROW) - 2.0 * ui.spacing().item_spacing.y);
            ChartCard { of: steps, size, caption: false, ..card }
        });
        if let Some(under) = &mut under {
            // One above the other: a step stands under its values.
            card.margins = margins_of(ui, scene, scratch, &card).max(margins_of(ui, scene, scratch, under));
            under.margins = card.margins;
        }
        chart_card_ui(ui, scene, scratch, &card, actions);
        if let Some(under) = under {
            let drawn = scene.memos.chart(scene.document, scene.as_of, under.of);
            ui.label(theme.muted(&drawn.name, TextSize::Small));
            chart_card_ui(ui, scene, scratch, &under, actions);
        }
    });
    facts::facts_ui(ui, scene, &facts);
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let goal = match &scene.view.selected {
        Some(Selection::Goal(id)) if !scene.project.metrics.is_empty() => scene.project.goal(id),
        _ => None,
    };
    let (title, why) = match goal {
        Some(goal) => (
            "Nothing is measured here yet".to_owned(),
            format!("“{}” has no key result with a metric and no KPI. Add a metric, or link one in the inspector.", goal.title),
        ),
        None => (
            "No metric to show".to_owned(),
            "A metric is anything measured over time. Add one and type its values, or bring in a table.".to_owned(),
        ),
    };
    if widgets::empty_state_ui(ui, scene.theme, icons::ACTIVITY, &title, &why, Some("Add a metric")) {
        actions.push(Action::OpenSheet(Sheet::MetricLibrary { goal: goal.map(|g| g.id.clone()) }));
    }
    import_offer_ui(ui, scene.theme, actions);
}
