//! The cells of one goal.

use super::{Column, Source};
use crate::analysis::change::Change;
use crate::analysis::forecast::{Likelihood, chance};
use crate::analysis::{CheckIns, GoalResult};
use crate::chart::{ValueFormat, leading_metric, now_to_target};
use crate::model::{Date, Goal, GoalId, MetricId, Project, Status, Tree, Unit, date_words};
use crate::report::check_in_words;

/// What a goal's row shows. Shares (progress, expectation, chances) are of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub goal: GoalId,
    pub title: String,
    /// "Objective", "Key result", "Initiative".
    pub kind: &'static str,
    pub is_objective: bool,
    /// The titles above it: "Become the daily habit › Bring MAU to 10 M".
    pub path: String,
    pub status: Status,
    /// Why, in a sentence; then what else is to be known of it: set by hand, provisional, guardrails.
    pub reason: String,
    pub remarks: Vec<String>,
    pub guardrails_tripped: usize,
    pub progress: Option<f64>,
    pub expected: Option<f64>,
    pub current: Option<f64>,
    pub target: Option<f64>,
    /// "8.2 M → 10 M".
    pub now: String,
    pub moved: Moved,
    /// The metric whose line is drawn.
    pub metric: Option<MetricId>,
    pub owner: String,
    pub check_in: CheckInCell,
    pub likelihood: Option<f64>,
    /// It is being worked out.
    pub awaits_likelihood: bool,
    /// The value on the due date that 1, 5 and 9 of 10 cases stay below.
    pub forecast: Option<[f64; 3]>,
    pub forecast_words: String,
    /// The chance in a sentence, and how it was computed.
    pub likelihood_why: Vec<String>,
    /// 0…10.
    pub confidence: Option<u8>,
    format: ValueFormat,
}

/// How it moved since it was last talked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub change: Option<Change>,
    /// "+0.1 M", "+6 pts", "–".
    pub text: String,
    /// "from 9.02 M, known at the check-in on 26 Oct 2026".
    pub why: String,
}

/// When somebody last said something of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckInCell {
    pub last: Option<Date>,
    pub days: Option<i64>,
    pub due: Option<Date>,
    /// Periods that went by without one.
    pub overdue: u32,
    /// "6 d", "none" where there should be one, "–".
    pub text: String,
    /// "Last check-in on 19 Oct 2026, confidence 3 of 10; the next is 3 weeks overdue."
    pub why: String,
}

const NOTHING: &str = "–";
/// In place of a number that is being worked out.
const SOON: &str = "…";

/// There is none, or not yet.
fn not_known(is_awaited: bool) -> String {
    if is_awaited { SOON } else { NOTHING }.to_owned()
}

impl Row {
    /// `None` for a goal that is not there.
    pub fn of(source: &Source<'_>, goal: &GoalId) -> Option<Self> {
        let Source { project, evaluation, check_ins, .. } = *source;
        let as_of = evaluation.as_of;
        let goal = project.goal(goal)?;
        let result = evaluation.goal(&goal.id)?;
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        let format = ValueFormat::of(project, metric);
        let above: Vec<&str> = Tree::path(project, &goal.id).iter().filter(|g| g.id != goal.id).map(|g| g.title.as_str()).collect();
        let likelihood = result.likelihood.as_deref();
        Some(Self {
            goal: goal.id.clone(),
            title: goal.title.clone(),
            kind: goal.kind.word(),
            is_objective: goal.is_objective(),
            path: above.join(" › "),
            status: result.status,
            reason: result.reason.clone(),
            remarks: remarks(project, result),
            guardrails_tripped: result.guardrails_tripped.len(),
            progress: result.progress,
            expected: result.expected,
            current: result.current.map(|c| c.value),
            target: result.target,
            now: now_to_target(project, as_of, goal, result),
            moved: moved((source.change)(goal), goal, &format),
            metric: leading_metric(project, &goal.id),
            owner: goal.owner.trim().to_owned(),
            check_in: check_in(check_ins.get(&goal.id), result, as_of),
            likelihood: likelihood.map(|l| l.probability),
            forecast: likelihood.map(|l| [l.p10, l.p50, l.p90]),
            forecast_words: likelihood.map_or_else(|| not_known(result.awaits_likelihood), |l| forecast_words(l, &format)),
            likelihood_why: match likelihood {
                Some(l) => vec![l.words.clone(), l.how.clone()],
                None if result.awaits_likelihood => vec!["The forecast is being worked out.".to_owned()],
                None => Vec::new(),
            },
            awaits_likelihood: result.awaits_likelihood,
            confidence: check_ins.get(&goal.id).and_then(|c| c.confidence),
            format,
        })
    }

    /// What a cell shows in words; of a picture, what it says.
    pub fn text(&self, column: Column) -> String {
        let locale = self.format.locale;
        match column {
            Column::Name => self.title.clone(),
            Column::Status => self.status.word().to_owned(),
            Column::Progress => self.progress_words(),
            Column::Now => self.now.clone(),
            Column::Change => self.moved.text.clone(),
            Column::Kpi => String::new(),
            Column::Owner => self.owner.clone(),
            Column::CheckIn => self.check_in.text.clone(),
            Column::Likelihood => {
                self.likelihood.map_or_else(|| not_known(self.awaits_likelihood), |p| short_chance(p, &chance(&locale, p)))
            }
            Column::Forecast => self.forecast_words.clone(),
            Column::Confidence => self.confidence.map_or_else(|| NOTHING.to_owned(), |c| format!("{c} of 10")),
        }
    }

    /// What stands behind a cell: the rule, the arithmetic, the day. Empty where the cell says all.
    pub fn why(&self, column: Column) -> Vec<String> {
        let some = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
        match column {
            Column::Name => some(&self.path),
            Column::Status => some(&self.reason).into_iter().chain(self.remarks.iter().cloned()).collect(),
            Column::Progress => std::iter::once(self.progress_words()).chain(some(&self.reason)).collect(),
            Column::Change => some(&self.moved.why),
            Column::CheckIn => some(&self.check_in.why),
            Column::Likelihood | Column::Forecast => self.likelihood_why.clone(),
            Column::Now | Column::Kpi | Column::Owner | Column::Confidence => Vec::new(),
        }
    }

    /// "65 % done, 83 % expected".
    fn progress_words(&self) -> String {
        let percent = |share| self.format.locale.percent(share, 0);
        match (self.progress, self.expected) {
            (Some(progress), Some(expected)) => format!("{} done, {} expected", percent(progress), percent(expected)),
            (Some(progress), None) => format!("{} done", percent(progress)),
            (None, Some(expected)) => format!("no progress known, {} expected", percent(expected)),
            (None, None) => "no progress known".to_owned(),
        }
    }

    /// The whole row, for a screen reader and for the description of a page.
    pub fn words(&self) -> String {
        let mut parts = vec![self.progress_words()];
        if self.now != NOTHING {
            parts.push(self.now.clone());
        }
        if self.moved.text != NOTHING {
            parts.push(format!("change {}", self.moved.text));
        }
        parts.extend(self.likelihood.map(|_| format!("{} likely", self.text(Column::Likelihood))));
        parts.extend((!self.owner.is_empty()).then(|| self.owner.clone()));
        let mut words = parts.join(", ");
        for more in std::iter::once(&self.check_in.why).chain(&self.remarks).filter(|w| !w.is_empty()) {
            words.push_str(". ");
            words.push_str(more.trim_end_matches('.'));
        }
        words
    }

    pub(super) fn locale(&self) -> crate::model::Locale {
        self.format.locale
    }
}

/// As narrow as a column wants it: "< 1 %".
fn short_chance(share: f64, words: &str) -> String {
    let sign = if share < 0.5 { "< " } else { "> " };
    words.strip_prefix("under ").or_else(|| words.strip_prefix("over ")).map_or_else(|| words.to_owned(), |w| format!("{sign}{w}"))
}

fn forecast_words(found: &Likelihood, format: &ValueFormat) -> String {
    format.span(found.p10, found.p90, " to ")
}

/// What else is to be known of a status: set by hand, provisional, guardrails.
pub(in crate::chart) fn remarks(project: &Project, result: &GoalResult) -> Vec<String> {
    let mut remarks = Vec::new();
    if result.overridden.is_some()
        && let Some(said) = &result.said
    {
        let by = if said.by.trim().is_empty() { String::new() } else { format!(" by {}", said.by.trim()) };
        let why = if said.why.trim().is_empty() { String::new() } else { format!(": {}", said.why.trim()) };
        remarks.push(format!("Set by hand{by} on {}{why}. Computed is {}.", date_words(said.on), result.computed.word().to_lowercase()));
    }
    if result.provisional {
        remarks.push("Provisional until the final value is in.".to_owned());
    }
    let names: Vec<&str> = result.guardrails_tripped.iter().filter_map(|id| project.metric(id)).map(|m| m.name.as_str()).collect();
    match &names[..] {
        [] => {}
        [name] => remarks.push(format!("Its guardrail {name} is tripped.")),
        names => remarks.push(format!("Its guardrails {} are tripped.", names.join(", "))),
    }
    remarks
}

/// In words.
pub(in crate::chart) fn moved(change: Option<Change>, goal: &Goal, format: &ValueFormat) -> Moved {
    let Some(change) = change else {
        return Moved { change, text: NOTHING.to_owned(), why: "There is nothing to compare with yet.".to_owned() };
    };
    let since = |before: String| match change.since {
        Some(day) => format!("from {before}, known at the check-in on {}", date_words(day)),
        None => format!("from {before}, the value before"),
    };
    match (change.value.zip(change.before), change.progress) {
        (Some((value, before)), _) if goal.has_steps() => {
            let noun = if value.abs() == 1.0 { "step" } else { "steps" };
            let text = format!("{} {noun}", format.locale.difference(value, &Unit::Count, 0));
            Moved { change: Some(change), text, why: since(format!("{} done", format.locale.trimmed(before, 0))) }
        }
        (Some((value, before)), _) => Moved { change: Some(change), text: format.difference(value), why: since(format.exact(before)) },
        (None, Some(progress)) => Moved {
            change: Some(change),
            text: format.locale.difference(100.0 * progress, &Unit::Percent, 0),
            why: "Progress in percentage points: the weighted mean of what its parts moved since their last check-ins.".to_owned(),
        },
        (None, None) => Moved { change: Some(change), text: NOTHING.to_owned(), why: String::new() },
    }
}

fn check_in(stand: Option<&CheckIns>, result: &GoalResult, as_of: Date) -> CheckInCell {
    let days = stand.and_then(|s| s.last).map(|last| (as_of - last).num_days());
    let overdue = stand.map_or(0, |s| s.overdue);
    let text = match days {
        Some(days) => format!("{days} d"),
        None if overdue > 0 => "none".to_owned(),
        None => NOTHING.to_owned(),
    };
    let why = stand.and_then(|s| check_in_words(s, result)).unwrap_or_default();
    CheckInCell { last: stand.and_then(|s| s.last), days, due: stand.and_then(|s| s.due), overdue, text, why }
}
