//! The map: what supports what? The whole tree of goals and its KPIs on a canvas that is moved, zoomed, folded and searched.
//!
//! What stands where is [`crate::chart::map`]'s; here it is drawn as large as the window onto it asks for, and answers to pointer and
//! keys. Nothing moves by itself but a flight to what was asked for, and that ends.

mod bar;
mod camera;
mod cards;
mod keys;
mod lines;
mod overview;
mod page;
mod place;
mod relink;
mod shown;
mod wraps;

use std::sync::Arc;

use egui::{Align2, Id, Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use self::bar::{Search, Wish};
use self::camera::Camera;
use self::keys::Asks;
use self::lines::Lines;
use self::place::{Flight, fit, fly, gestures, keep_place, zoom};
use self::relink::{Asked, Held};
use self::shown::{Marked, cards_ui, hover_words_ui};
use super::cycle::empty_cycle_ui;
use crate::chart;
use crate::chart::map::{CardOf, HEADING, Lit, Map, summary};
use crate::model::{GoalKind, Status};
use crate::ui::arrival;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, New, Selection};

pub use page::{MapPage, map_page_ui, map_pages};

/// More cards than this answer to the pointer by their place, not each as a widget.
const MOST_WIDGETS: usize = 400;

/// What the map keeps between frames.
#[derive(Clone, Default)]
struct Kept {
    camera: Option<Camera>,
    view: Option<Rect>,
    /// The whole map was asked for and nothing moved since.
    fitted: bool,
    map: Option<Arc<Map>>,
    /// The selection that was last brought into view.
    seen: Option<Selection>,
    /// What is to stay where it is when the map changes.
    anchor: Option<CardOf>,
    flight: Option<Flight>,
    /// This card takes the keyboard as soon as it is drawn at rest.
    wants_focus: Option<CardOf>,
    focused_card: Option<Id>,
    held: Option<Held>,
    asked: Option<Asked>,
    lit: Option<(Arc<Map>, usize, Arc<Lit>)>,
    search: Search,
    wraps: wraps::Wraps,
}

fn canvas_id() -> Id {
    Id::unique("map canvas")
}

fn card_id(subject: &CardOf) -> Id {
    match subject {
        CardOf::Goal(id) => Id::unique(("map card", id.as_str())),
        CardOf::Metric(id) => Id::unique(("map card", id.as_str())),
    }
}

fn subject_of(selection: &Selection) -> CardOf {
    match selection {
        Selection::Goal(id) => CardOf::Goal(id.clone()),
        Selection::Metric(id) => CardOf::Metric(id.clone()),
    }
}

fn selection_of(subject: &CardOf) -> Selection {
    match subject {
        CardOf::Goal(id) => Selection::Goal(id.clone()),
        CardOf::Metric(id) => Selection::Metric(id.clone()),
    }
}

/// The whole view.
pub fn map_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, medium: Medium, actions: &mut Vec<Action>) {
    let map = scene.memos.map(scene.document, scene.view);
    if !medium.is_screen() {
        map_page_ui(ui, scene, &map);
        return;
    }
    if empty_cycle_ui(ui, scene, actions) {
        return;
    }
    if map.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    let mut kept: Kept = scratch.take(canvas_id());
    let strip = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), bar::HEIGHT));
    let wish = ui.scope_builder(UiBuilder::new().max_rect(strip), |ui| bar::bar_ui(ui, scene, &map, &mut kept, actions)).inner;
    let view = Rect::from_min_max(strip.left_bottom(), ui.max_rect().max);
    ui.painter().hline(view.x_range(), view.top(), scene.theme.stroke(stroke::HAIRLINE, scene.theme.line.hairline));
    ui.scope_builder(UiBuilder::new().max_rect(view), |ui| {
        ui.shrink_clip_rect(view);
        canvas_ui(ui, scene, &map, &mut kept, wish, actions);
    });
    scratch.put(canvas_id(), kept);
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "The map shows how goals and KPIs interlock: each objective with what supports it, from left to right. Press C to say a \
               goal in one sentence.";
    if widgets::empty_state_ui(ui, scene.theme, icons::NETWORK, "Nothing on the map yet", why, Some("Add an objective")) {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
}

fn canvas_ui(ui: &Ui, scene: &Scene<'_>, map: &Arc<Map>, kept: &mut Kept, wish: Option<Wish>, actions: &mut Vec<Action>) {
    let view = ui.max_rect();
    let canvas = ui.interact(view, canvas_id(), Sense::click_and_drag());
    canvas.widget_info(|| {
        let context = chart::Context { project: scene.project, evaluation: &scene.evaluation };
        let said = WidgetInfo::labeled(Role::Canvas, true, format!("Map. {}", summary(&context, map)));
        // Cards that are too small to be told one by one are told as arrows come to them.
        let chosen = scene.view.selected.as_ref().map(subject_of).and_then(|s| map.place_of(&s));
        WidgetInfo { current_text_value: chosen.map(|at| shown::told(scene, map, at).words.clone()), ..said }
    });
    let selected = scene.view.selected.as_ref().map(subject_of);
    keep_place(ui, scene, map, kept, view, selected.as_ref(), actions);
    if scene.view.sheet.is_none()
        && let Some(asks) = keys::asked(ui, selected.as_ref(), kept.focused_card)
    {
        answer(ui, scene, map, kept, view, asks, actions);
    }
    match wish {
        Some(Wish::Fit) => fit(ui, map, kept, view),
        Some(Wish::Zoom(factor)) => zoom(map, kept, view, view.center(), factor),
        Some(Wish::Whole) => {
            let now = kept.camera.map_or(1.0, |c| c.zoom);
            zoom(map, kept, view, view.center(), 1.0 / now);
        }
        Some(Wish::FlyTo(subject)) => {
            kept.seen = None;
            actions.push(Action::Select(selection_of(&subject)));
        }
        None => {}
    }
    gestures(ui, map, kept, &canvas, view);
    fly(ui, kept);
    let Some(mut camera) = kept.camera else { return };

    let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| canvas.contains_pointer());
    let over = pointer.map(|p| camera.at(view, p)).and_then(|p| map.at(p.x, p.y));
    let lit = lit(map, kept, over.or_else(|| selected.as_ref().and_then(|s| map.place_of(s))));
    let statuses = scene.memos.map_statuses(scene.document, scene.as_of, map);
    let seen: Vec<usize> = map.in_area(camera.area(view)).collect();
    let painter = ui.painter().clone();
    headings(ui, scene, map, &camera, view);
    let lines = Lines { painter: &painter, theme: scene.theme, view, camera, map, lit: lit.as_deref() };
    lines.paint_stems();
    lines.paint_links(&seen);
    arrival::offer(ui, canvas.id);
    if canvas.clicked() {
        canvas.request_focus();
    }
    if seen.len() <= MOST_WIDGETS {
        cards_ui(
            ui,
            scene,
            map,
            kept,
            view,
            &seen,
            &Marked { selected: selected.as_ref(), lit: lit.as_deref(), over, statuses: &statuses },
            actions,
        );
    } else {
        painter.add(overview::specks(scene.theme, view, &camera, map, &statuses, &seen));
        let chosen = selected.as_ref().and_then(|s| map.place_of(s));
        for at in chosen.into_iter().chain(over) {
            let ring = camera.rect(view, &map.nodes[at]).expand(2.0);
            painter.rect_stroke(ring, 2.0, scene.theme.stroke(stroke::FOCUS_RING, scene.theme.accent.accent), egui::StrokeKind::Outside);
        }
        if let Some(at) = over {
            let subject = &map.nodes[at].subject;
            if canvas.clicked() {
                actions.push(Action::Select(selection_of(subject)));
            }
            if canvas.double_clicked() {
                actions.push(Action::Visit(selection_of(subject)));
            }
            canvas.clone().on_hover_ui_at_pointer(|ui| hover_words_ui(ui, scene, map, at));
        }
        kept.focused_card = None;
    }
    if kept.held.is_some() {
        ring(ui, scene, map, &camera, view, over, kept.held.as_ref());
    }
    relink::drag_ui(ui, scene, map, over, &mut kept.held, &mut kept.asked, actions);
    relink::asked_ui(ui, scene, &mut kept.asked, actions);
    corners(ui, scene, map, kept, view, &mut camera, &statuses);
    kept.view = Some(view);
    kept.map = Some(Arc::clone(map));
}

/// The small map and what the marks mean, in the lower corners.
fn corners(ui: &Ui, scene: &Scene<'_>, map: &Map, kept: &mut Kept, view: Rect, camera: &mut Camera, statuses: &[Option<Status>]) {
    let theme = scene.theme;
    let at = pos2(view.left() + space::M, view.bottom() - space::M - 12.0);
    overview::legend_ui(ui, theme, at, true);
    let whole = Rect::from_min_max(camera.point(view, Pos2::ZERO), camera.point(view, pos2(map.width, map.height)));
    if !view.expand(2.0).contains_rect(whole) && overview::minimap_ui(ui, theme, view, camera, map, statuses) {
        kept.camera = Some(*camera);
        (kept.fitted, kept.flight) = (false, None);
        ui.ctx().request_repaint();
    }
}

/// What the keyboard asked for.
fn answer(ui: &Ui, scene: &Scene<'_>, map: &Map, kept: &mut Kept, view: Rect, asks: Asks, actions: &mut Vec<Action>) {
    let selected = scene.view.selected.as_ref().map(subject_of);
    let at = selected.as_ref().and_then(|s| map.place_of(s));
    match asks {
        Asks::Fit => fit(ui, map, kept, view),
        Asks::Zoom(nearer) => zoom(map, kept, view, view.center(), if nearer { 1.25 } else { 0.8 }),
        Asks::Find => {}
        Asks::Open => actions.extend(scene.view.selected.clone().map(Action::Visit)),
        Asks::Fold => {
            if let Some(subject) = selected.filter(|_| at.is_some_and(|at| map.nodes[at].folded.is_some())) {
                toggle(scene, kept, &subject, actions);
            }
        }
        Asks::Go(step) => {
            let next = match at {
                Some(at) if step == chart::map::Step::Child && map.nodes[at].folded == Some(true) => {
                    toggle(scene, kept, &map.nodes[at].subject, actions);
                    None
                }
                Some(at) => map.step(at, step),
                None => Some(0),
            };
            if let Some(next) = next {
                ui.memory_mut(|m| m.request_focus(canvas_id()));
                kept.wants_focus = Some(map.nodes[next].subject.clone());
                actions.push(Action::Select(selection_of(&map.nodes[next].subject)));
            }
        }
    }
}

/// Folds or unfolds a card, which stays where it is.
fn toggle(scene: &Scene<'_>, kept: &mut Kept, subject: &CardOf, actions: &mut Vec<Action>) {
    kept.anchor = Some(subject.clone());
    actions.push(Action::Arrange(Arrangement::Map(scene.view.arranged.map.toggled(subject))));
}

/// What belongs to a card, kept while it is the same one.
fn lit(map: &Arc<Map>, kept: &mut Kept, node: Option<usize>) -> Option<Arc<Lit>> {
    let node = node?;
    if let Some((of, at, lit)) = &kept.lit
        && Arc::ptr_eq(of, map)
        && *at == node
    {
        return Some(Arc::clone(lit));
    }
    let lit = Arc::new(map.lit(node));
    kept.lit = Some((Arc::clone(map), node, Arc::clone(&lit)));
    Some(lit)
}

/// "KPIs without a goal" above them.
fn headings(ui: &Ui, scene: &Scene<'_>, map: &Map, camera: &Camera, view: Rect) {
    let theme = scene.theme;
    for block in map.blocks.iter().filter(|block| block.loose) {
        let at = camera.point(view, pos2(block.left, block.top + HEADING / 2.0 - 6.0));
        let font = theme.strong_font(TextSize::Body);
        let size = (font.size * camera.zoom).round();
        if size >= 7.0 && view.contains(pos2(view.center().x, at.y)) {
            let words = format!("KPIs without a goal: {}", block.end - block.first);
            ui.painter().text(at, Align2::LEFT_CENTER, words, egui::FontId { size: size.max(9.0), ..font }, theme.text.muted);
        }
    }
}

/// The card that would take what is dragged.
fn ring(ui: &Ui, scene: &Scene<'_>, map: &Map, camera: &Camera, view: Rect, over: Option<usize>, held: Option<&Held>) {
    let Some(at) = over.filter(|&at| held.is_some_and(|held| !held.holds(&map.nodes[at].subject))) else { return };
    let rect = camera.rect(view, &map.nodes[at]).expand(3.0);
    ui.painter().rect_stroke(rect, 8.0, scene.theme.stroke(stroke::FOCUS, scene.theme.accent.accent), egui::StrokeKind::Outside);
}

/// The kind of the goal of a card.
fn kind_of<'a>(scene: &Scene<'a>, subject: &CardOf) -> Option<&'a GoalKind> {
    match subject {
        CardOf::Goal(id) => scene.project.goals.get(id).map(|g| &g.kind),
        CardOf::Metric(_) => None,
    }
}
