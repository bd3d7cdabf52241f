//! An objective from its children (SEMANTICS, "Progress": the weighted mean over the contributing children that have progress).

use crate::model::{Date, Goal, GoalState, ObjectiveStatus, Project, Status, Weight};

use super::leaf::conclude;
use super::result::GoalResult;
use super::status::{Facts, Foresight, Verdict, Way, decide};
use super::then::Then;

/// A child that takes part in the roll-up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child<'a> {
    pub(super) goal: &'a Goal,
    pub(super) result: &'a GoalResult,
    /// Share of the parent, 0…1.
    pub(super) share: f64,
}

/// The shown shares of siblings that roll up: pinned ones keep theirs, the others divide what is left in proportion to their weight.
/// Where pinned shares alone do not make a whole, they are renormalised; a total of zero gives no shares.
pub(super) fn weight_shares(weights: impl ExactSizeIterator<Item = Weight> + Clone) -> Vec<Option<f64>> {
    let (mut pinned, mut free) = (0.0, 0.0);
    for weight in weights.clone() {
        match weight {
            Weight::Pinned(share) => pinned += share,
            Weight::Free(weight) => free += weight,
        }
    }
    let rest = if free > 0.0 { (1.0_f64 - pinned).max(0.0) } else { 0.0 };
    let total = pinned + rest;
    weights
        .map(|weight| {
            let raw = match weight {
                Weight::Pinned(share) => share,
                Weight::Free(weight) if free > 0.0 => rest * weight / free,
                Weight::Free(_) => 0.0,
            };
            (total > 0.0).then(|| raw / total)
        })
        .collect()
}

/// A child's progress as it counts: clamped, or the final score where it is closed.
fn counted_progress(child: &Child<'_>, cap: f64) -> Option<f64> {
    let result = child.result;
    if result.computed == Status::Closed {
        return result.score;
    }
    result.progress.map(|p| p.clamp(0.0, cap.max(1.0)))
}

/// What was expected of a child: of a closed one, everything.
fn counted_expectation(child: &Child<'_>) -> Option<f64> {
    if child.result.computed == Status::Closed { Some(1.0) } else { child.result.expected }
}

/// The whole result of an objective. `own` is its leaf.
pub(super) fn roll_up(project: &Project, goal: &Goal, own: &GoalResult, children: &[Child<'_>], as_of: Date) -> GoalResult {
    let mut result = own.clone();
    let settings = &project.settings;
    let weighing = || children.iter().filter(|c| c.share > 0.0);
    let (mut count, mut of) = (0, 0);
    let (mut weight, mut done, mut hoped) = (0.0, 0.0, Some(0.0));
    let mut without_pace = 0;
    let mut is_final = true;
    for child in weighing() {
        of += 1;
        let Some(progress) = counted_progress(child, settings.roll_up_cap) else { continue };
        count += 1;
        weight += child.share;
        done += child.share * progress;
        let expectation = counted_expectation(child);
        without_pace += usize::from(expectation.is_none());
        hoped = hoped.zip(expectation).map(|(sum, e)| sum + child.share * e);
        is_final &= !child.result.provisional;
    }
    let then = Then::of(project, goal, as_of);
    let has_started = then.span.start.is_none_or(|start| start <= as_of);
    let is_measured = has_started && weight > 0.0;
    result.progress = is_measured.then(|| done / weight);
    result.expected = hoped.filter(|_| is_measured).map(|sum| sum / weight);
    result.measured = Some((count, of));
    result.pending = children.iter().any(|c| c.result.pending);
    let way = match settings.status.objective {
        ObjectiveStatus::OwnProgress => Way::Own,
        ObjectiveStatus::WorstChild => Way::Worst(worst(weighing()).map(|c| (c.goal.title.as_str(), c.result.status))),
    };
    let Verdict { status, mut reason, provisional } = decide(
        project,
        &Facts {
            as_of,
            span: then.span,
            state: &then.state,
            horizon: goal.horizon,
            progress: result.progress,
            expected: result.expected,
            judged_on: None,
            no_data: &no_data_words(of),
            no_pace: &no_pace_words(without_pace),
            standing: "",
            history: None,
            is_final,
            foresight: Foresight::NotAsked,
            way,
        },
    );
    if count < of && count > 0 {
        reason = format!("{reason} {count} of {of} parts are measured.");
    }
    if status == Status::Achieved
        && let Some(metric) = result.guardrails_tripped.first().and_then(|id| project.metric(id))
    {
        reason = format!("{reason} But its guardrail {} is tripped.", metric.name);
    }
    result.provisional = provisional;
    result.score = match &then.state {
        GoalState::Closed(closing) => Some(closing.score),
        _ => result.progress.map(|p| p.clamp(0.0, 1.0)),
    };
    conclude(&mut result, status, reason);
    result
}

/// The worst child by what is shown of it. Those that nothing can be said of do not count.
fn worst<'a, 'b: 'a>(children: impl Iterator<Item = &'a Child<'b>>) -> Option<&'a Child<'b>> {
    let badness = |status: Status| match status {
        Status::Missed => Some(4),
        Status::AtRisk => Some(3),
        Status::Behind => Some(2),
        Status::OnTrack => Some(1),
        Status::Achieved => Some(0),
        Status::TooEarly | Status::NoData | Status::NotStarted | Status::Postponed | Status::Abandoned | Status::Closed => None,
    };
    // The first of equals, so that the sentence names the upper one.
    let rated = children.filter_map(|c| Some((badness(c.result.status)?, c)));
    rated.fold(None, |best: Option<(u8, &Child<'_>)>, next| if best.is_none_or(|b| next.0 > b.0) { Some(next) } else { best }).map(|b| b.1)
}

fn no_data_words(parts: usize) -> String {
    match parts {
        0 => "Nothing rolls up into it yet: it has no key results that count.".to_owned(),
        1 => "Its only part has no progress yet.".to_owned(),
        n => format!("None of its {n} parts has progress yet."),
    }
}

fn no_pace_words(without: usize) -> String {
    let (noun, verb) = if without == 1 { ("part", "has") } else { ("parts", "have") };
    format!("{without} {noun} {verb} no start or due date, so nothing can be expected by a day.")
}
