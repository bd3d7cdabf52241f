//! Choosing among initiatives: a grid of value and effort, and the list beside it.

mod grid;

use egui::{Align, Id, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::sheet_ui;
use crate::analysis::{quadrant, worth_order};
use crate::document::edits;
use crate::model::{Goal, GoalId, GoalKind, Initiative, Tree};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, New, Selection, Sheet};

const WIDTH: f32 = 1040.0;
const GRID: f32 = 432.0;
const RATING: f32 = 84.0;
/// For the link behind a title.
const SHOW_ALL: f32 = 176.0;
/// Kept free for the scroll bar.
const BAR: f32 = 12.0;

/// One of the initiatives that are compared; the number stays its own whatever it is worth.
struct Item<'a> {
    number: usize,
    goal: &'a Goal,
    initiative: &'a Initiative,
}

pub(super) fn initiatives_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, under: Option<&GoalId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let items = items(scene, under);
    let id = Id::unique("comparison of initiatives");
    let mut grid: grid::Kept = scratch.take(id);
    let close = sheet_ui(ui, theme, "Initiatives by value and effort", WIDTH, |ui| {
        scope_ui(ui, scene, under, actions);
        if items.is_empty() {
            empty_ui(ui, scene, under, actions);
            return false;
        }
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme.px(GRID)));
        let side = theme.px(GRID);
        let left = egui::Rect::from_min_size(rect.min, vec2(side, side));
        ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("grid"), |ui| grid::grid_ui(ui, scene, &mut grid, &items, actions));
        let right = egui::Rect::from_min_max(egui::pos2(left.right() + theme.px(space::XL), rect.top()), rect.max);
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("list"), |ui| list_ui(ui, scene, &items, under, actions));
        false
    });
    if close {
        actions.push(Action::CloseSheet);
        grid = grid::Kept::default();
    }
    scratch.put(id, grid);
}

/// In the order of the tree, without what is archived or over.
fn items<'a>(scene: &Scene<'a>, under: Option<&GoalId>) -> Vec<Item<'a>> {
    let project: &'a crate::model::Project = scene.project;
    let below = |goal: &Goal| under.is_none_or(|under| Tree::path(project, &goal.id).iter().any(|g| &g.id == under));
    let in_sight = |goal: &Goal| !Tree::path(project, &goal.id).iter().any(|g| g.archived);
    let mut found: Vec<(&'a Goal, &'a Initiative)> = project
        .goals
        .values()
        .filter_map(|goal| match &goal.kind {
            GoalKind::Initiative(initiative) => Some((goal.as_ref(), initiative)),
            GoalKind::Objective(_) | GoalKind::KeyResult(_) => None,
        })
        .filter(|(goal, _)| below(goal) && in_sight(goal))
        .collect();
    found.sort_by_cached_key(|(goal, _)| Tree::path(project, &goal.id).iter().map(|g| (g.order.clone(), g.id.clone())).collect::<Vec<_>>());
    found.into_iter().enumerate().map(|(index, (goal, initiative))| Item { number: index + 1, goal, initiative }).collect()
}

/// Which ones are compared.
fn scope_ui(ui: &mut Ui, scene: &Scene<'_>, under: Option<&GoalId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let Some(goal) = under.and_then(|id| scene.project.goal(id)) else {
        ui.label(theme.muted("All initiatives of the project", TextSize::Body));
        return;
    };
    ui.horizontal(|ui| {
        ui.label(theme.muted("Under", TextSize::Body));
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - theme.px(SHOW_ALL));
            widgets::truncated_ui(ui, theme.strong(&goal.title, TextSize::Body));
        });
        if widgets::link_ui(ui, theme, "Show all of the project", TextSize::Body).clicked() {
            actions.push(Action::OpenSheet(Sheet::Initiatives(None)));
        }
    });
}

/// The goal that a new initiative is for.
fn parent(scene: &Scene<'_>, under: Option<&GoalId>) -> Option<GoalId> {
    let selected = match &scene.view.selected {
        Some(Selection::Goal(goal)) => scene.project.goal(goal),
        _ => None,
    };
    let holder = selected.and_then(|goal| match goal.kind {
        GoalKind::Objective(_) | GoalKind::KeyResult(_) => Some(goal.id.clone()),
        GoalKind::Initiative(_) => goal.parent.clone(),
    });
    under.cloned().or(holder).or_else(|| scene.view.objective.clone())
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, under: Option<&GoalId>, actions: &mut Vec<Action>) {
    let parent = parent(scene, under);
    let why = match parent {
        Some(_) => "An initiative is work meant to move a key result. Rate what each is worth and what it takes, and compare them here.",
        None => {
            "An initiative is work meant to move a key result. Begin with an objective: close this and press C to say it in one sentence."
        }
    };
    let button = parent.as_ref().map(|_| "Add an initiative");
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), scene.theme.px(GRID) / 2.0));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        if widgets::empty_state_ui(ui, scene.theme, icons::TARGET, "No initiative yet", why, button)
            && let Some(parent) = parent
        {
            actions.push(Action::Add(New::Initiative { parent }));
        }
    });
}

/// What is worth most for its effort first.
fn list_ui(ui: &mut Ui, scene: &Scene<'_>, items: &[Item<'_>], under: Option<&GoalId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::XS));
    let mut sorted: Vec<&Item<'_>> = items.iter().collect();
    sorted.sort_by_key(|item| (worth_order(item.initiative), item.number));
    let heads = vec2(ui.available_width(), theme.px(size::ROW_DENSE));
    ui.allocate_ui_with_layout(heads, Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(theme.px(BAR));
        for words in ["Effort", "Value"] {
            ui.allocate_ui_with_layout(vec2(theme.px(RATING), theme.px(size::ROW_DENSE)), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(theme.px(RATING));
                ui.label(theme.muted(words, TextSize::Small));
            });
        }
    });
    let most = ui.available_height() - theme.px(size::ROW_ROOMY);
    ScrollArea::vertical().id_salt("initiatives").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        for item in sorted {
            ui.push_id(&item.goal.id, |ui| row_ui(ui, scene, item, actions));
        }
    });
    if let Some(parent) = parent(scene, under)
        && widgets::quiet_button_ui(ui, theme, "Add an initiative").clicked()
    {
        actions.push(Action::Add(New::Initiative { parent }));
    }
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, item: &Item<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let Item { number, goal, initiative } = item;
    let (_, mut rect) = ui.allocate_space(vec2(ui.available_width(), theme.px(40.0)));
    rect.max.x -= theme.px(BAR);
    let mut row = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)));
    let ratings = crate::ui::inspector::ratings();
    let width = theme.px(RATING);
    if let Some(effort) = widgets::combo_ui(&mut row, theme, &format!("Effort of {}", goal.title), &initiative.effort, &ratings, width) {
        actions.push(edits::set_rating(goal, initiative.value, effort).into());
    }
    if let Some(value) = widgets::combo_ui(&mut row, theme, &format!("Value of {}", goal.title), &initiative.value, &ratings, width) {
        actions.push(edits::set_rating(goal, value, initiative.effort).into());
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.label(theme.number(number.to_string(), TextSize::Body).color(theme.text.muted));
        if let Some(result) = scene.evaluation.goal(&goal.id) {
            widgets::status_glyph_ui(ui, theme, result.status);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            let link = egui::Link::new(theme.rich(&goal.title, TextSize::Body));
            let response = ui.add(link);
            let response = widgets::whole_on_hover(ui, response, &goal.title, theme.font(TextSize::Body));
            if response.on_hover_text("Show it in the inspector").clicked() {
                actions.push(Action::CloseSheet);
                actions.push(Action::Select(Selection::Goal(goal.id.clone())));
            }
            let worth = quadrant(initiative).map_or("Not rated yet", crate::analysis::Quadrant::word);
            ui.label(theme.muted(worth, TextSize::Small));
        });
    });
}
