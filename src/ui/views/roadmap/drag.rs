//! A bar in hand: its dates follow the pointer as one change that is committed when it is let go, and taken back by Esc.

use egui::{Area, CornerRadius, CursorIcon, Frame, Id, Key, Margin, Modifiers, Order, Response, Ui, vec2};

use super::Kept;
use super::canvas::Canvas;
use crate::chart::roadmap::{Edges, Grip, Pull, Snap, between, own_dates, preview, pulled, stage_moved};
use crate::document::edits::{self, Change};
use crate::model::{Goal, GoalId, Span, date_words};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::workspace::{Action, Selection};

/// Why a bar cannot be moved.
pub(super) const WHY_FIXED: &str = "It is closed, or its dates were others on this day";

/// From so many points a day on, single days can be told apart: nearer than this, bars move by weeks.
const DAYS_FROM: f64 = 4.0;
/// Edges of cycles attract from this far away, in points.
const ATTRACTED: f64 = 5.0;

/// From so near to the edge of the chart on, in points, the days move under what is held,
const EDGE: f32 = 24.0;
/// by so many points in a second, and by so many more for each point beyond,
const EDGE_SPEED: f32 = 160.0;
const EDGE_HASTE: f32 = 8.0;
/// but no faster than this.
const MOST_SPEED: f32 = 1_600.0;

/// What is held of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeldPart {
    Bar(Grip),
    /// A stage of the target.
    Stage(usize),
    /// Dates that are drawn across a lane without any.
    New,
}

/// A drag in hand.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// As it was when it was taken.
    pub(super) goal: Goal,
    part: HeldPart,
    from_x: f32,
    from_day: f64,
    px_per_day: f64,
    /// The days that were shown: they stand still, whatever there is to see now, but where the pointer goes beyond them.
    pub(super) range: (f64, f64),
    /// By how many days they moved since.
    moved_by: f64,
    before: Span,
    now: Option<Change>,
    words: Vec<String>,
}

/// Takes hold where a drag of `response` begins.
#[expect(clippy::too_many_arguments, reason = "what is held, of which goal, and where")]
pub(super) fn begin(
    ui: &Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    canvas: &Canvas,
    goal: &Goal,
    before: Span,
    part: HeldPart,
    response: &Response,
    actions: &mut Vec<Action>,
) {
    if !response.drag_started() || kept.held.is_some() {
        return;
    }
    let Some(origin) = ui.input(|i| i.pointer.press_origin()) else { return };
    ui.memory_mut(|m| m.request_focus(super::lane::lane_id(&goal.id)));
    actions.push(Action::Select(Selection::Goal(goal.id.clone())));
    let label = match part {
        HeldPart::Stage(_) => edits::move_stages(goal, Vec::new()).label,
        HeldPart::Bar(_) | HeldPart::New => edits::set_dates(goal, None, None, scene.as_of, "").label,
    };
    actions.push(Action::BeginDrag { label });
    kept.held = Some(Held {
        goal: goal.clone(),
        part,
        from_x: origin.x,
        from_day: canvas.day(origin.x),
        px_per_day: canvas.px_per_day(),
        range: canvas.range,
        moved_by: 0.0,
        before,
        now: None,
        words: Vec::new(),
    });
}

/// To be called once in a frame, after the lanes.
pub(super) fn drag_ui(ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, canvas: &Canvas, actions: &mut Vec<Action>) {
    let Some(held) = kept.held.as_mut() else { return };
    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) || scene.project.goal(&held.goal.id).is_none() {
        ui.ctx().stop_dragging();
        kept.held = None;
        actions.push(Action::AbortDrag);
        return;
    }
    let (pointer, single_days) = ui.input(|i| (i.pointer.latest_pos(), i.modifiers.alt));
    if let Some(pointer) = pointer {
        let snap = if single_days || held.px_per_day >= DAYS_FROM { Snap::Day } else { Snap::Week };
        let days = f64::from(pointer.x - held.from_x) / held.px_per_day + held.moved_by;
        let (change, words) = held.pulled_to(scene, canvas.day(pointer.x), days, snap);
        held.words = words;
        if held.now.as_ref() != Some(&change) {
            actions.push(change.clone().into());
            held.now = Some(change);
        }
        held.go_on(ui, canvas, pointer.x);
    }
    if !ui.input(|i| i.pointer.any_down()) {
        kept.left_at = (held.moved_by != 0.0).then_some(held.range);
        kept.held = None;
        actions.push(Action::CommitDrag);
        return;
    }
    ui.set_cursor_icon(match held.part {
        HeldPart::Bar(Grip::Whole) => CursorIcon::Grabbing,
        HeldPart::Bar(Grip::Start | Grip::Due) | HeldPart::Stage(_) | HeldPart::New => CursorIcon::ResizeHorizontal,
    });
    if let Some(pointer) = pointer {
        words_ui(ui, scene, pointer, &held.words);
    }
}

impl Held {
    /// Shows earlier or later days in the next frame where the pointer was taken to that edge of the chart, or beyond.
    fn go_on(&mut self, ui: &Ui, canvas: &Canvas, x: f32) {
        let (before, after) = (canvas.x.min + EDGE - x, x - (canvas.x.max - EDGE));
        let beyond = match (before > 0.0 && x < self.from_x, after > 0.0 && x > self.from_x) {
            (true, _) => -before,
            (_, true) => after,
            _ => return,
        };
        if !ui.input(|i| i.pointer.any_down()) {
            return;
        }
        let speed = (EDGE_SPEED + EDGE_HASTE * (beyond.abs() - EDGE).max(0.0)).min(MOST_SPEED);
        let days = f64::from(speed.copysign(beyond) * ui.input(|i| i.stable_dt).min(0.1)) / self.px_per_day;
        if (self.moved_by + days).abs() > super::MOST_DAYS {
            return;
        }
        self.moved_by += days;
        self.range = (self.range.0 + days, self.range.1 + days);
        ui.ctx().request_repaint();
    }

    /// The change that letting go here would make, always from where the drag began, and what is said of it.
    fn pulled_to(&self, scene: &Scene<'_>, day: f64, days: f64, snap: Snap) -> (Change, Vec<String>) {
        let (project, calendar) = (scene.project, &scene.project.settings.calendar);
        let after = match self.part {
            HeldPart::Bar(grip) => {
                let pull = Pull { grip, days, snap, reach_days: ATTRACTED / self.px_per_day };
                // Where the pointer came back to, the dates are again what they were.
                if days.abs() * self.px_per_day < 1.0 {
                    self.before
                } else {
                    pulled(calendar, self.before, pull, &Edges::of(project, &self.goal))
                }
            }
            HeldPart::New => {
                let drawn = between(calendar, self.from_day, day, snap);
                Span { start: self.before.start.or(drawn.start), due: self.before.due.or(drawn.due) }
            }
            HeldPart::Stage(index) => {
                let stages = self.goal.as_key_result().map(|k| k.stages.clone()).unwrap_or_default();
                let moved = stage_moved(&stages, index, days, self.before);
                let words = moved.get(index).zip(stages.get(index)).map(|(now, was)| {
                    let mut words = vec![format!("Stage by {}", date_words(now.by))];
                    if now.by != was.by {
                        words.push(format!("was {}", date_words(was.by)));
                    }
                    words
                });
                return (edits::move_stages(&self.goal, moved), words.unwrap_or_default());
            }
        };
        // What was known already may turn around what is drawn.
        let after = match (after.start, after.due) {
            (Some(start), Some(due)) if start > due && self.before.due.is_some() => Span { start: Some(due), due: Some(due) },
            (Some(start), Some(due)) if start > due => Span { start: Some(start), due: Some(start) },
            _ => after,
        };
        let (start, due) = own_dates(project, &self.goal, after);
        (edits::set_dates(&self.goal, start, due, scene.as_of, ""), preview(project, &self.goal, self.before, after))
    }
}

/// The dates beside the pointer, what they were, and what speaks against them.
fn words_ui(ui: &Ui, scene: &Scene<'_>, pointer: egui::Pos2, words: &[String]) {
    let theme = scene.theme;
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.control))
        .corner_radius(CornerRadius::same(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::S as i8, space::XS as i8));
    let area = Area::new(Id::unique("roadmap drag")).order(Order::Tooltip).interactable(false).fixed_pos(pointer + vec2(16.0, 20.0));
    area.show(ui.ctx(), |ui| {
        ui.set_max_width(360.0);
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, line) in words.iter().enumerate() {
                ui.label(if index == 0 {
                    theme.number(line, TextSize::Body).color(theme.text.strong)
                } else {
                    theme.muted(line, TextSize::Small)
                });
            }
        });
    });
}

/// The goal whose bar is in hand.
pub(super) fn held_goal(kept: &Kept) -> Option<&GoalId> {
    kept.held.as_ref().map(|held| &held.goal.id)
}
