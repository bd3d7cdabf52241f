//! What is aimed at on a chart, taken by its line, its last day or the stages on the way: every move is one step of a change that undo
//! takes back whole, and afterwards the chart asks why, without waiting for an answer.

use egui::{Id, Ui};

use crate::analysis::forecast::chance;
use crate::chart::{Chart, LineId};
use crate::document::edits;
use crate::model::{Aim, Date, Goal, GoalId, LedgerChange, LedgerEntry, Stamp, date_words};
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
    /// The day by which it is aimed at.
    Due,
    /// A stage on the way, by its place in the list.
    Stage(usize),
}

/// The key result whose target a chart draws, where it can be changed there: not while an earlier day is looked at, whose target it
/// was then.
pub(in crate::ui) fn changeable<'a>(scene: &Scene<'a>, chart: &Chart) -> Option<&'a Goal> {
    let goal = scene.project.goal(chart.pursued.as_ref()?)?;
    let of_the_day = scene.evaluation.goal(&goal.id).and_then(|r| r.target);
    let now = goal.as_key_result()?.aim.target();
    (of_the_day.is_none() || of_the_day == now).then_some(goal)
}

/// What a change of the aim leads to: "28 % likely", else the status.
pub(in crate::ui) fn answer(scene: &Scene<'_>, goal: &Goal) -> Option<String> {
    let result = scene.evaluation.goal(&goal.id)?;
    let likely = result.likelihood.as_ref().map(|l| format!("{} likely", chance(&scene.project.settings.locale, l.probability)));
    Some(likely.unwrap_or_else(|| result.status.word().to_lowercase()))
}

/// The due date at the end of the target's line, and the stages inside the span.
pub(in crate::ui) fn way_handles(scene: &Scene<'_>, goal: &Goal, chart: &Chart) -> Vec<(End, Handle)> {
    // The sheet of stages has its own.
    if scene.view.sheet.is_some() {
        return Vec::new();
    }
    let span = scene.project.span(goal);
    let (Some(key_result), Some(due)) = (goal.as_key_result(), span.due) else { return Vec::new() };
    let was = scene.evaluation.goal(&goal.id).and_then(|r| r.span.due);
    let Some(end) = chart.lines.iter().find(|l| l.id == LineId::Target).and_then(crate::chart::Line::end) else { return Vec::new() };
    // Another day is looked at, with the due date of then.
    if was.is_some_and(|was| was != due) {
        return Vec::new();
    }
    let day = |date: Date| Stamp::from_date(date).days();
    let answer = answer(scene, goal);
    let inside = |by: Date| by < due && span.start.is_none_or(|start| start < by);
    let stages = key_result.stages.iter().enumerate().filter(|(_, stage)| inside(stage.by));
    let bounds = (chart.bounds.lower.unwrap_or(f64::NEG_INFINITY), chart.bounds.upper.unwrap_or(f64::INFINITY));
    let mut found: Vec<(End, Handle)> = stages
        .map(|(index, stage)| {
            let name = format!("Stage of {}", date_words(stage.by));
            let limits = (bounds.0.min(stage.value), bounds.1.max(stage.value));
            let answer = answer.clone();
            (
                End::Stage(index),
                Handle { name, place: HandlePlace::Point(day(stage.by)), value: stage.value, limits, answer, stops: Vec::new() },
            )
        })
        .collect();
    let stages = key_result.stages.iter().filter(|stage| inside(stage.by)).map(|stage| stage.by);
    let first = span.start.into_iter().chain(stages).max().map_or(f64::NEG_INFINITY, |after| day(after) + 1.0);
    let limits = (first.min(day(due)), f64::INFINITY);
    let place = HandlePlace::Day { height: end[1] };
    found.push((End::Due, Handle { name: "Due".to_owned(), place, value: day(due), limits, answer, stops: Vec::new() }));
    found
}

/// The lines that can be dragged to another target.
pub(in crate::ui) fn handles(scene: &Scene<'_>, goal: &Goal, chart: &Chart) -> Vec<(End, Handle)> {
    let answer = answer(scene, goal);
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
        Some((end, Handle { name: name.to_owned(), place, value, limits, answer: answer.clone(), stops: Vec::new() }))
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

/// The goal with another aim.
fn change(goal: &Goal, end: End, to: f64, on: Date) -> edits::Change {
    match (goal.as_key_result().map(|k| &k.aim), end) {
        (_, End::Due) => edits::set_due(goal, Some(Stamp::from_seconds((to.round() * 86_400.0) as i64).date()), on, ""),
        (_, End::Stage(index)) => {
            let mut stages = goal.as_key_result().map(|k| k.stages.clone()).unwrap_or_default();
            if let Some(stage) = stages.get_mut(index) {
                stage.value = to;
            }
            edits::move_stages(goal, stages)
        }
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
            ask_why(scratch, goal, end, scene.as_of);
        }
        HandleMove::Released => {
            actions.push(Action::CommitDrag);
            ask_why(scratch, goal, end, scene.as_of);
        }
        HandleMove::Aborted => actions.push(Action::AbortDrag),
    }
}

/// A change that was made on a chart and not explained yet.
#[derive(Clone, Default)]
struct Asked {
    of: Option<(GoalId, Date)>,
    /// The date and not the target.
    is_due: bool,
    drafts: Drafts,
}

fn asked_id() -> Id {
    Id::unique("why the target changed")
}

/// Stages are no promise that the ledger keeps.
fn ask_why(scratch: &mut Scratch, goal: &Goal, end: End, on: Date) {
    if !matches!(end, End::Stage(_)) {
        *scratch.of(asked_id()) = Asked { of: Some((goal.id.clone(), on)), is_due: end == End::Due, drafts: Drafts::default() };
    }
}

/// Over the chart that the target was changed on: what changed, and a field for the reason. It goes when the reason is given, when it
/// is closed, and with the change itself.
pub(in crate::ui) fn why_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, goal: &Goal, chart: &Chart, actions: &mut Vec<Action>) {
    let mut asked: Asked = scratch.take(asked_id());
    let open = asked.of.as_ref().filter(|(of, _)| *of == goal.id);
    let entry = open.and_then(|(_, on)| {
        let words = |e: &LedgerEntry| match e.change {
            LedgerChange::Target { old, new } if !asked.is_due => {
                Some(format!("Target {} → {}", chart.format.value(old), chart.format.value(new)))
            }
            LedgerChange::Due { old, new } if asked.is_due => {
                let day = |date: Option<Date>| date.map_or_else(|| "the cycle’s end".to_owned(), date_words);
                Some(format!("Due {} → {}", day(old), day(new)))
            }
            _ => None,
        };
        let mut entries = goal.ledger.iter().enumerate().filter(|(_, e)| e.on == *on && e.why.is_empty());
        entries.find_map(|(index, e)| Some((index, words(e)?)))
    });
    if let Some((index, words)) = entry {
        let theme = scene.theme;
        ui.horizontal(|ui| {
            ui.set_min_height(theme.px(size::CONTROL));
            ui.spacing_mut().item_spacing.x = theme.px(space::S);
            ui.label(theme.number(&words, TextSize::Small).color(theme.text.strong));
            let name = if asked.is_due { "Why did the due date change?" } else { "Why did the target change?" };
            let width = (ui.available_width() - theme.px(size::CONTROL + space::M)).clamp(80.0, 320.0);
            let field = TextField::new((goal.id.as_str(), "why"), name, "").hint(name).width(width);
            let from = widgets::told_so_far(ui.ctx());
            if let Some(why) = field.show(ui, theme, &mut asked.drafts).committed {
                actions.push(edits::explain_change(goal, index, why).into());
            }
            if widgets::icon_button_ui(ui, theme, icons::X, "Not now").clicked() {
                widgets::settle_told(ui.ctx(), from);
                asked.of = None;
            }
        });
    }
    scratch.put(asked_id(), asked);
}
