//! The objective view: what moves this goal?

use egui::{Align, CornerRadius, Layout, Margin, Ui, UiBuilder, vec2};

use super::chart_card::{ChartCard, chart_card_ui, pass_cursor_on};
use super::cycle::empty_cycle_ui;
use super::goal_header::goal_header_ui;
use super::import_offer::import_offer_ui;
use super::key_results::goal_rows_ui;
use super::moves::{bets_ui, evidence_listed, evidence_ui, lane_ui, moved_ui, moves_of};
use super::{page_ui, time_range};
use crate::chart::ValueScale;
use crate::chart::now_to_target;
use crate::model::{Goal, GoalId, GoalKind, MetricId, Role};
use crate::ui::chart::Margins;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, ChartOf, New, Selection};

/// One chart of the view: a key result with its measure, or a linked KPI with its role.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartItem {
    pub of: ChartOf,
    /// The key result; `None` for a KPI that is only linked.
    pub key_result: Option<GoalId>,
    pub role: Role,
}

/// What is charted for a goal: each key result under it (itself, for a key result), then each linked KPI that is not drawn yet,
/// outcomes first.
pub fn chart_items(scene: &Scene<'_>, goal: &Goal) -> Vec<ChartItem> {
    let mut goals: Vec<&Goal> = vec![goal];
    goals.extend(scene.tree.children(&goal.id).iter().filter_map(|id| scene.project.goal(id)).filter(|g| !g.archived && !g.is_objective()));
    let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
    goals.retain(|g| g.id == goal.id || cycle.as_ref().is_none_or(|c| c.shows(&g.id)));
    let mut items: Vec<ChartItem> = Vec::new();
    let mut drawn: Vec<&MetricId> = Vec::new();
    for goal in &goals {
        let Some(key_result) = goal.as_key_result() else { continue };
        let of = match &key_result.metric {
            Some(metric) => {
                drawn.push(metric);
                ChartOf::Metric(metric.clone(), Some(goal.id.clone()))
            }
            None => ChartOf::Goal(goal.id.clone()),
        };
        items.push(ChartItem { of, key_result: Some(goal.id.clone()), role: Role::Outcome });
    }
    let mut linked: Vec<_> = goals.iter().flat_map(|g| scene.project.linked_metrics(&g.id)).collect();
    linked.sort_by_key(|(_, link)| link.role);
    for (metric, link) in linked {
        if !drawn.contains(&&metric.id) {
            drawn.push(&metric.id);
            items.push(ChartItem { of: ChartOf::Metric(metric.id.clone(), Some(goal.id.clone())), key_result: None, role: link.role });
        }
    }
    items
}

/// The whole view.
pub fn objective_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, medium: Medium, actions: &mut Vec<Action>) {
    let Some(goal) = scene.view.objective.as_ref().and_then(|id| scene.project.goal(id)) else {
        empty_ui(ui, scene, actions);
        return;
    };
    if medium.is_screen() && empty_cycle_ui(ui, scene, actions) {
        return;
    }
    page_ui(ui, scene, medium, "objective view", |ui| {
        objective_head_ui(ui, scene, goal, medium, actions);
        let moves = moves_of(scene, goal);
        moved_ui(ui, scene, &moves.moved, medium, actions);
        let items = chart_items(scene, goal);
        if items.is_empty() {
            if medium.is_screen() {
                no_key_results_ui(ui, scene, goal, actions);
            }
            return;
        }
        let data = common_span(scene, &items);
        let range = time_range::shown(scene, scratch, data);
        if medium.is_screen() {
            ui.add_space(space::S);
            widgets::section_header_ui(ui, scene.theme, "Key results and KPIs", |ui| time_range::buttons_ui(ui, scene, actions));
        }
        let lane = scene.memos.lane(scene.document, scene.as_of, &goal.id, scene.view.cycle.as_ref());
        if let Some(first) = items.first().filter(|_| !lane.is_empty()) {
            let chart = scene.memos.chart(scene.document, scene.as_of, &first.of);
            lane_ui(ui, scene, &lane, &chart, range, medium, actions);
        }
        objective_charts_ui(ui, scene, scratch, &items, range, medium, actions);
        evidence_ui(ui, scene, &moves.evidence, 0..evidence_listed(&moves.evidence), medium, actions);
        bets_ui(ui, scene, &moves.bets, medium, actions);
        pass_cursor_on(ui, scratch);
    });
}

/// Title, status sentence and the rows of the goals under it.
fn objective_head_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, medium: Medium, actions: &mut Vec<Action>) {
    ui.scope(|ui| goal_header_ui(ui, scene, goal, medium, actions));
    let children = goals_under(scene, goal);
    if !children.is_empty() {
        goal_rows_ui(ui, scene, &children, medium, actions);
    }
}

/// The goals right under a goal that are shown: not the archived ones, nor those outside the cycle that is looked at.
pub fn goals_under<'a>(scene: &Scene<'a>, goal: &Goal) -> Vec<&'a Goal> {
    let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
    let shown = |g: &&Goal| !g.archived && cycle.as_ref().is_none_or(|c| c.shows(&g.id));
    scene.tree.children(&goal.id).iter().filter_map(|id| scene.project.goal(id)).filter(shown).collect()
}

/// The days since 1970 over which any of the charts has something to see.
pub fn common_span(scene: &Scene<'_>, items: &[ChartItem]) -> (f64, f64) {
    items
        .iter()
        .map(|item| scene.memos.chart(scene.document, scene.as_of, &item.of).fit_x)
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        .unwrap_or((0.0, 1.0))
}

const CARD_HEIGHT: f32 = 268.0;
const TWO_COLUMNS_FROM: f32 = 840.0;

/// The charts in one or two columns. Cards outside what is visible cost nothing.
pub(super) fn objective_charts_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    items: &[ChartItem],
    range: (f64, f64),
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let gap = theme.px(space::M);
    let width = ui.available_width();
    let columns = if width >= theme.px(TWO_COLUMNS_FROM) && items.len() > 1 { 2 } else { 1 };
    let card = vec2((width - gap * (columns - 1) as f32) / columns as f32, theme.px(CARD_HEIGHT));
    for row in items.chunks(columns) {
        let (_, rect) = ui.allocate_space(vec2(width, card.y));
        if !ui.is_rect_visible(rect) {
            continue;
        }
        for (column, item) in row.iter().enumerate() {
            let place = egui::Rect::from_min_size(rect.min + vec2(column as f32 * (card.x + gap), 0.0), card);
            ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(format!("{:?}", item.of)), |ui| {
                chart_item_ui(ui, scene, scratch, item, range, medium, actions);
            });
        }
    }
}

/// A card that fills the room: what is measured, its status and role, the message, the chart.
pub fn chart_item_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    item: &ChartItem,
    range: (f64, f64),
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let chart = scene.memos.chart(scene.document, scene.as_of, &item.of);
    let frame = egui::Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(theme.px(f32::from(radius::CARD)) as u8))
        .inner_margin(Margin::symmetric(theme.px(space::L) as i8, theme.px(space::M) as i8));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        let goal = item.key_result.as_ref().and_then(|id| scene.project.goal(id));
        let result = goal.and_then(|g| scene.evaluation.goal(&g.id));
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                widgets::role_badge_ui(ui, theme, item.role);
                if let (Some(goal), Some(result)) = (goal, result) {
                    ui.label(theme.number(now_to_target(scene.project, scene.as_of, goal, result), TextSize::Small));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    if let Some(result) = result {
                        widgets::status_glyph_ui(ui, theme, result.status);
                    }
                    name_ui(ui, scene, goal.map_or(&chart.name, |g| &g.title), item, medium, actions);
                });
            });
        });
        let message =
            if chart.title == chart.name || goal.is_some_and(|g| g.title == chart.title) { &chart.subtitle } else { &chart.title };
        widgets::truncated_ui(ui, theme.muted(message, TextSize::Small));
        let card = ChartCard {
            of: &item.of,
            medium,
            range,
            size: ui.available_size(),
            caption: !medium.is_screen(),
            scale: ValueScale::Auto,
            margins: Margins::default(),
        };
        chart_card_ui(ui, scene, scratch, &card, actions);
    });
}

/// The title of a card: on a screen it leads to the KPI.
fn name_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, item: &ChartItem, medium: Medium, actions: &mut Vec<Action>) {
    if !medium.is_screen() {
        widgets::truncated_ui(ui, scene.theme.strong(name, TextSize::Body));
        return;
    }
    let link = egui::Link::new(scene.theme.strong(name, TextSize::Body));
    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
    let response = ui.add(link);
    let response = widgets::whole_on_hover(ui, response, name, scene.theme.strong_font(TextSize::Body));
    if response.on_hover_text("Open the chart").clicked() {
        let selection = match (&item.key_result, &item.of) {
            (Some(goal), _) | (None, ChartOf::Goal(goal)) => Selection::Goal(goal.clone()),
            (None, ChartOf::Metric(metric, _) | ChartOf::Variation(metric, _) | ChartOf::Steps(metric, _)) => {
                Selection::Metric(metric.clone())
            }
        };
        actions.push(Action::Visit(selection));
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "An objective says where you want to go. Key results under it make it measurable, and KPIs show how far you \
               have come. Press C to say a goal in one sentence.";
    if widgets::empty_state_ui(ui, scene.theme, icons::TARGET, "No objective yet", why, Some("Add an objective")) {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
    import_offer_ui(ui, scene.theme, actions);
}

fn no_key_results_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, actions: &mut Vec<Action>) {
    if !matches!(goal.kind, GoalKind::Objective(_)) {
        return;
    }
    let why = "A key result says by how much and by when. With a metric, its chart appears here. Press C to say one in one sentence.";
    if widgets::empty_state_ui(ui, scene.theme, icons::ACTIVITY, "No key results yet", why, Some("Add a key result")) {
        actions.push(Action::Add(New::KeyResult { objective: goal.id.clone(), metric: None }));
    }
    import_offer_ui(ui, scene.theme, actions);
}
