//! The target on a chart, taken by its line: every move is one step of a change that undo takes back whole, and afterwards the chart
//! asks why, without waiting for an answer.

use egui::{Id, Ui};

use crate::chart::{Chart, LineId};
use crate::document::edits;
use crate::model::{Aim, Date, Goal, GoalId, LedgerChange};
use crate::ui::chart::{Handle, HandleMove, HandlePlace};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, Drafts, TextField};
use crate::workspace::Action;

/// Which end of what is aimed at a handle moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum End {
    /// The target, the threshold, or the low end of a band.
    Target,
    /// The high end of a band.
    High,
}

/// The key result whose target a chart draws, where it can be changed there: not while an earlier day is looked at, whose target it
/// was then.
pub(in crate::ui) fn changeable<'a>(scene: &Scene<'a>, chart: &Chart) -> Option<&'a Goal> {
    let goal = scene.project.goal(chart.pursued.as_ref()?)?;
    let of_the_day = scene.evaluation.goal(&goal.id).and_then(|r| r.target);
    let now = goal.as_key_result()?.aim.target();
    (of_the_day.is_none() || of_the_day == now).then_some(goal)
}

/// The lines that can be dragged to another target.
pub(in crate::ui) fn handles(goal: &Goal, chart: &Chart) -> Vec<(End, Handle)> {
    let Some(key_result) = goal.as_key_result() else { return Vec::new() };
    let line = |id: LineId| {
        let line = chart.lines.iter().find(|l| l.id == id)?;
        let (start, end) = (line.start()?, line.end()?);
        Some((HandlePlace::Line { from: start[0], to: end[0] }, end[1]))
    };
    let least = 10f64.powi(-i32::from(chart.format.decimals));
    let bounds = (chart.bounds.lower.unwrap_or(f64::NEG_INFINITY), chart.bounds.upper.unwrap_or(f64::INFINITY));
    let handle = |end: End, id: LineId, name: &str, low: f64, high: f64| {
        let (place, value) = line(id)?;
        let limits = (low.max(bounds.0).min(value), high.min(bounds.1).max(value));
        Some((end, Handle { name: name.to_owned(), place, value, limits }))
    };
    let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
    let found = match key_result.aim {
        Aim::Increase { start, .. } => [handle(End::Target, LineId::Target, "Target", start + least, high), None],
        Aim::Decrease { start, .. } => [handle(End::Target, LineId::Target, "Target", low, start - least), None],
        Aim::AtLeast { .. } | Aim::AtMost { .. } => [handle(End::Target, LineId::Target, "Threshold", low, high), None],
        Aim::Baseline { .. } => [handle(End::Target, LineId::Target, "Target", low, high), None],
        Aim::Between { low: from, high: to, .. } => [
            handle(End::Target, LineId::Target, "At least", low, to - least),
            handle(End::High, LineId::TargetHigh, "At most", from + least, high),
        ],
        Aim::Milestone { .. } => [None, None],
    };
    found.into_iter().flatten().collect()
}

/// The goal at another target.
fn change(goal: &Goal, end: End, to: f64, on: Date) -> edits::Change {
    match (goal.as_key_result().map(|k| &k.aim), end) {
        (Some(&Aim::Between { high, required_share, .. }), End::Target) => {
            edits::set_aim(goal, Aim::Between { low: to, high, required_share }, on, "")
        }
        (Some(&Aim::Between { low, required_share, .. }), End::High) => {
            edits::set_aim(goal, Aim::Between { low, high: to, required_share }, on, "")
        }
        _ => edits::set_target(goal, to, on, ""),
    }
}

/// Does what a move asks for.
pub(in crate::ui) fn moved(scene: &Scene<'_>, scratch: &mut Scratch, goal: &Goal, end: End, what: HandleMove, actions: &mut Vec<Action>) {
    match what {
        HandleMove::Began => {
            let label = change(goal, end, 0.0, scene.as_of).label;
            actions.push(Action::BeginDrag { label });
        }
        HandleMove::To(to) => actions.push(change(goal, end, to, scene.as_of).into()),
        HandleMove::Set(to) => {
            actions.push(change(goal, end, to, scene.as_of).into());
            ask_why(scratch, goal, scene.as_of);
        }
        HandleMove::Released => {
            actions.push(Action::CommitDrag);
            ask_why(scratch, goal, scene.as_of);
        }
        HandleMove::Aborted => actions.push(Action::AbortDrag),
    }
}

/// A change that was made on a chart and not explained yet.
#[derive(Clone, Default)]
struct Asked {
    of: Option<(GoalId, Date)>,
    drafts: Drafts,
}

fn asked_id() -> Id {
    Id::unique("why the target changed")
}

fn ask_why(scratch: &mut Scratch, goal: &Goal, on: Date) {
    *scratch.of(asked_id()) = Asked { of: Some((goal.id.clone(), on)), drafts: Drafts::default() };
}

/// Over the chart that the target was changed on: what changed, and a field for the reason. It goes when the reason is given, when it
/// is closed, and with the change itself.
pub(in crate::ui) fn why_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, goal: &Goal, chart: &Chart, actions: &mut Vec<Action>) {
    let mut asked: Asked = scratch.take(asked_id());
    let open = asked.of.as_ref().filter(|(of, _)| *of == goal.id);
    let entry = open.and_then(|(_, on)| {
        let is_it = |e: &crate::model::LedgerEntry| e.on == *on && e.why.is_empty() && matches!(e.change, LedgerChange::Target { .. });
        let index = goal.ledger.iter().position(is_it)?;
        let LedgerChange::Target { old, new } = goal.ledger[index].change else { return None };
        Some((index, old, new))
    });
    if let Some((index, old, new)) = entry {
        let theme = scene.theme;
        ui.horizontal(|ui| {
            ui.set_min_height(theme.px(size::CONTROL));
            ui.spacing_mut().item_spacing.x = theme.px(space::S);
            let words = format!("Target {} → {}", chart.format.value(old), chart.format.value(new));
            ui.label(theme.number(&words, TextSize::Small).color(theme.text.strong));
            let name = "Why did the target change?";
            let width = (ui.available_width() - theme.px(size::CONTROL + space::M)).clamp(80.0, 320.0);
            let field = TextField::new((goal.id.as_str(), "why"), name, "").hint(name).width(width);
            if let Some(why) = field.show(ui, theme, &mut asked.drafts).committed {
                actions.push(edits::explain_change(goal, index, why).into());
            }
            if widgets::icon_button_ui(ui, theme, icons::X, "Not now").clicked() {
                asked.of = None;
            }
        });
    }
    scratch.put(asked_id(), asked);
}
