//! Why a number is what it is: under the pointer as a tooltip, and with `W` as a card that stays.
//!
//! A view calls [`why_hover_ui`] for each number that it draws; the words are `chart::why`'s.

use egui::{Area, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect, Response, ScrollArea, Ui, pos2};

use super::scene::{Scene, Scratch};
use super::theme::{TextSize, Theme, radius, size, space, stroke};
use super::views::{CellOf, cell_why};
use super::widgets;
use crate::chart::{Why, WhyOf, why, whys};
use crate::workspace::{Action, ChartOf, Selection};

const WIDTH: f32 = 380.0;
const MOST_HEIGHT: f32 = 460.0;

/// What can be asked why.
#[derive(Clone, Debug)]
enum Asked {
    Goal(WhyOf),
    Cell(CellOf),
}

/// The number that the pointer or the keyboard is at, and in which pass that was.
#[derive(Clone, Debug)]
struct Pointed {
    of: Asked,
    at: Pos2,
    pass: u64,
}

fn pointed_id() -> Id {
    Id::unique("number pointed at")
}

/// Lets a number be asked why: hover explains it, and `W` keeps the answer open while the pointer or the keyboard is at it.
#[expect(clippy::needless_pass_by_value, reason = "it is said once, where the number is drawn")]
pub fn why_hover_ui(response: Response, scene: &Scene<'_>, of: WhyOf) -> Response {
    let answer = || why(scene.project, &scene.tree, &scene.evaluation, &of);
    asked_ui(response, scene, || Asked::Goal(of.clone()), answer)
}

/// The same for a cell of the scorecard, whose table knows the answer.
pub(super) fn why_cell_hover_ui(response: Response, scene: &Scene<'_>, of: &CellOf, answer: impl FnOnce() -> Why) -> Response {
    asked_ui(response, scene, || Asked::Cell(of.clone()), answer)
}

/// The cell that the keyboard is at; one that the pointer is at goes before it.
pub(super) fn point_at_cell(ui: &Ui, rect: Rect, of: CellOf) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.ctx().data_mut(|data| {
        let earlier: Option<Pointed> = data.get_temp(pointed_id());
        if earlier.is_none_or(|pointed| pointed.pass != pass) {
            data.insert_temp(pointed_id(), Pointed { of: Asked::Cell(of), at: rect.left_bottom(), pass });
        }
    });
}

fn asked_ui(response: Response, scene: &Scene<'_>, of: impl FnOnce() -> Asked, answer: impl FnOnce() -> Why) -> Response {
    if response.contains_pointer() || response.has_focus() {
        let pointed = Pointed { of: of(), at: response.rect.left_bottom(), pass: response.ctx.cumulative_pass_nr() };
        response.ctx.data_mut(|data| data.insert_temp(pointed_id(), pointed));
    }
    // The card says it already.
    if scene.view.why_open {
        return response;
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(WIDTH);
        let Why { title, lines } = answer();
        answer_ui(ui, scene.theme, &title, &lines);
        ui.label(scene.theme.muted("W keeps this open", TextSize::Caption));
    })
}

fn answer_ui(ui: &mut Ui, theme: &Theme, title: &str, lines: &[String]) {
    ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
    ui.label(theme.strong(title, TextSize::Body));
    for line in lines {
        ui.label(theme.number(line, TextSize::Small));
    }
}

/// What the open card is about.
#[derive(Clone, Default)]
struct Kept {
    open: bool,
    number: Option<Asked>,
    at: Option<Pos2>,
}

/// The card, while it is open: the number pointed at, else every number of what is selected.
pub(super) fn why_card_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let id = Id::unique("why card");
    let mut kept: Kept = scratch.take(id);
    if !scene.view.why_open {
        scratch.put(id, Kept::default());
        return;
    }
    if !kept.open {
        let now = ui.ctx().cumulative_pass_nr();
        let pointed: Option<Pointed> = ui.ctx().data(|data| data.get_temp(pointed_id()));
        // Seen in the last frame or two, or it is nowhere any more.
        let pointed = pointed.filter(|p| now.saturating_sub(p.pass) <= 4);
        kept = Kept { open: true, at: pointed.as_ref().map(|p| p.at), number: pointed.map(|p| p.of) };
    }
    let theme = scene.theme;
    let answers = answers(scene, scratch, kept.number.as_ref());
    let window = ui.ctx().content_rect();
    let at = kept.at.unwrap_or_else(|| pos2(window.center().x - WIDTH / 2.0, window.top() + 2.0 * size::TOP_BAR));
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.control))
        .corner_radius(CornerRadius::same(radius::WINDOW))
        .inner_margin(Margin::same(space::M as i8));
    let mut close = false;
    let area = Area::new(id).order(Order::Foreground).default_pos(at).constrain(true).movable(true);
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.horizontal(|ui| {
                let room = ui.available_width() - size::CONTROL - space::S;
                ui.scope(|ui| {
                    ui.set_width(room);
                    widgets::truncated_ui(ui, theme.rich(heading(scene, kept.number.as_ref()), TextSize::Section));
                });
                close |= widgets::icon_button_ui(ui, theme, super::icons::X, "Close the explanation").clicked();
            });
            ScrollArea::vertical().max_height(MOST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
                for (index, Why { title, lines }) in answers.iter().enumerate() {
                    if index > 0 {
                        ui.add_space(space::S);
                    }
                    answer_ui(ui, theme, title, lines);
                }
                if answers.is_empty() {
                    ui.label(theme.muted("Point at a number, or select a goal or a metric, and press W.", TextSize::Body));
                }
            });
        });
    });
    let outside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(|pointer| !shown.response.rect.contains(pointer));
    let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if close || escaped || outside {
        actions.push(Action::ToggleWhy);
    }
    scratch.put(id, kept);
}

/// Whose numbers they are.
fn heading(scene: &Scene<'_>, number: Option<&Asked>) -> String {
    let goal = |id| scene.project.goal(id).map(|g| g.title.clone());
    let metric = |id| scene.project.metric(id).map(|m| m.name.clone());
    let named = match (number, &scene.view.selected) {
        (Some(Asked::Goal(of)), _) => goal(&of.goal),
        (Some(Asked::Cell(of)), _) => metric(&of.metric),
        (None, Some(Selection::Goal(id))) => goal(id),
        (None, Some(Selection::Metric(id))) => metric(id),
        (None, None) => None,
    };
    named.unwrap_or_else(|| "Why?".to_owned())
}

fn answers(scene: &Scene<'_>, scratch: &mut Scratch, number: Option<&Asked>) -> Vec<Why> {
    match (number, &scene.view.selected) {
        (Some(Asked::Goal(of)), _) => vec![why(scene.project, &scene.tree, &scene.evaluation, of)],
        (Some(Asked::Cell(of)), _) => cell_why(scene, scratch, of).into_iter().collect(),
        (None, Some(Selection::Goal(goal))) => whys(scene.project, &scene.tree, &scene.evaluation, goal),
        (None, Some(Selection::Metric(metric))) => {
            let facts = scene.memos.facts(scene.document, scene.as_of, &ChartOf::Metric(metric.clone(), None));
            let told = |fact: &crate::chart::Fact| Why { title: format!("{}: {}", fact.label, fact.value), lines: vec![fact.why.clone()] };
            facts.iter().map(told).collect()
        }
        (None, None) => Vec::new(),
    }
}
