//! What to look at today: what changed since the last check-in, or since a day. One sentence each, with its number, the most pressing first.
//!
//! Signals, statuses that changed, forecasts that flipped, guardrails tripped, overdue check-ins, and numbers that stopped coming. The list
//! is kept by goal and by metric, so that after an edit only what it reached is worked out again ([`Attention::renewed`]). Not here: what
//! would make a goal better (`lint`).

mod goals;
mod metrics;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Cadence, CheckIn, Date, Goal, GoalId, Metric, MetricId, Place, Project, Status, StatusPreset, Tree};

use super::forecasts::{Forecasts, NewForecasts, Outlook};
use super::leaf::leaf_of;
use super::result::Evaluation;
use super::unsuited::Unsuited;
use super::xmr::{MetricXmr, of_metric};

pub use metrics::signal_words;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NewsKind {
    Guardrail,
    Status,
    Forecast,
    Signal,
    Overdue,
    Gap,
}

impl NewsKind {
    /// As reports spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Guardrail => "guardrail",
            Self::Status => "status",
            Self::Forecast => "forecast",
            Self::Signal => "signal",
            Self::Overdue => "overdue",
            Self::Gap => "gap",
        }
    }
}

/// Whether news is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    Worse,
    Neither,
    Better,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub kind: NewsKind,
    pub tone: Tone,
    /// The goal or the metric it is about.
    pub place: Place,
    /// The day it is dated, where it has one.
    pub on: Option<Date>,
    /// The number it is about, as written: "31 %", "3 weeks".
    pub number: String,
    pub sentence: String,
    /// Among news of the same kind and tone: how large.
    pub size: f64,
}

impl News {
    /// Smaller comes first: what got worse, from the most to the least binding; what nobody looked at; what is neither; what got better.
    fn urgency(&self) -> u8 {
        match (self.tone, self.kind) {
            (_, NewsKind::Guardrail) => 0,
            (Tone::Worse, NewsKind::Status) => 1,
            (Tone::Worse, NewsKind::Forecast) => 2,
            (Tone::Worse, NewsKind::Signal) => 3,
            (_, NewsKind::Overdue) => 4,
            (_, NewsKind::Gap) => 5,
            (Tone::Neither, _) => 6,
            (Tone::Better, NewsKind::Status) => 7,
            (Tone::Better, NewsKind::Forecast) => 8,
            (Tone::Better, NewsKind::Signal) => 9,
        }
    }

    /// The most pressing first, then the largest; no two that differ are equal.
    fn by_rank(&self, other: &Self) -> Ordering {
        let Self { kind, tone, place, on, number, sentence, size } = self;
        let by_size = || other.size.total_cmp(size);
        let urgency = self.urgency().cmp(&other.urgency());
        let rest = || {
            (place, sentence, kind, tone, on, number).cmp(&(
                &other.place,
                &other.sentence,
                &other.kind,
                &other.tone,
                &other.on,
                &other.number,
            ))
        };
        urgency.then_with(by_size).then_with(rest)
    }
}

/// Since when things are news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Since {
    /// Each goal's last check-in, each metric's last one of the goals it supports. Without one: for goals the end of the check-in period
    /// before the present one, for metrics of their own period before the last.
    LastCheckIn,
    Day(Date),
}

/// A metric's chart, kept or made, or why it has none.
pub type SignalsOf<'a> = dyn Fn(&Metric) -> Arc<Result<MetricXmr, Unsuited>> + 'a;
/// A goal's status as it was computed on a day; `None` where that is not known yet.
pub type StatusOn<'a> = dyn Fn(&Goal, Date) -> Option<Status> + 'a;
/// The chance of a goal's target, 0…1, as it was on a day and as it is.
pub type Chances<'a> = dyn Fn(&Goal, Date) -> Option<(f64, f64)> + 'a;

/// Where the news comes from. Each source may keep what it worked out.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub signals: &'a SignalsOf<'a>,
    pub status_on: &'a StatusOn<'a>,
    pub chances: &'a Chances<'a>,
}

/// What everything is looked at with.
struct Desk<'a> {
    project: &'a Project,
    evaluation: &'a Evaluation,
    since: Since,
    sources: Sources<'a>,
    last_check_ins: BTreeMap<&'a GoalId, &'a CheckIn>,
}

/// All news: in order, and by what it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attention {
    goals: BTreeMap<GoalId, Arc<[Arc<News>]>>,
    metrics: BTreeMap<MetricId, Arc<[Arc<News>]>>,
    /// The most pressing first.
    ranked: Vec<Arc<News>>,
}

/// The list as of the day of the evaluation, the most pressing first, with everything worked out here.
pub fn attention(project: &Project, tree: &Tree, evaluation: &Evaluation, since: Since) -> Attention {
    let signals = |metric: &Metric| Arc::new(of_metric(project, metric, evaluation.as_of));
    let past = std::cell::RefCell::new(BTreeMap::<Date, Evaluation>::new());
    let status_on = |goal: &Goal, day: Date| {
        let mut past = past.borrow_mut();
        let then = past.entry(day).or_insert_with(|| {
            if project.settings.status.preset == StatusPreset::Likelihood {
                return super::evaluate(project, tree, day);
            }
            super::evaluate_with(project, tree, day, |goal| {
                Arc::new(leaf_of(project, goal, &project.check_ins_of(&goal.id, day), day, &NotNeeded))
            })
        });
        then.goal(&goal.id).map(|r| r.computed)
    };
    let chances = |goal: &Goal, day: Date| {
        let now = evaluation.goal(&goal.id)?.likelihood.as_ref()?.judged;
        let then = leaf_of(project, goal, &[], day, &NewForecasts::new(project, day)).likelihood?.judged;
        Some((then, now))
    };
    let sources = Sources { signals: &signals, status_on: &status_on, chances: &chances };
    Attention::of(project, evaluation, since, sources)
}

/// For statuses that no forecast decides.
struct NotNeeded;

impl Forecasts for NotNeeded {
    fn outlook(&self, _: &Metric) -> Outlook {
        Outlook::Pending
    }
}

impl Attention {
    /// Everything, as of the day of the evaluation.
    pub fn of(project: &Project, evaluation: &Evaluation, since: Since, sources: Sources<'_>) -> Self {
        let goals: Vec<&GoalId> = evaluation.goals.keys().collect();
        let metrics: Vec<&MetricId> = project.metrics.keys().collect();
        let mut found = Self::default();
        let desk = Desk { project, evaluation, since, sources, last_check_ins: last_check_ins(project, evaluation.as_of, None) };
        found.look(&desk, &goals, &metrics);
        found
    }

    /// The list of the same day after an edit that left every goal under its parent: only goals whose result is another (or new) since
    /// `before`, and the given metrics with the goals that they measure or guard, are looked at again.
    #[must_use]
    pub fn renewed(
        &self,
        project: &Project,
        before: &Evaluation,
        evaluation: &Evaluation,
        changed_metrics: &[MetricId],
        since: Since,
        sources: Sources<'_>,
    ) -> Self {
        let mut found = self.clone();
        found.metrics.retain(|id, _| project.metrics.contains_key(id));
        let mut earlier = before.goals.iter().peekable();
        let mut goals: BTreeSet<&GoalId> = BTreeSet::new();
        for (id, result) in &evaluation.goals {
            while let Some((gone, _)) = earlier.next_if(|(old, _)| *old < id) {
                found.goals.remove(gone);
            }
            match earlier.next_if(|(old, _)| *old == id) {
                Some((_, was)) if Arc::ptr_eq(was, result) => {}
                _ => {
                    goals.insert(id);
                }
            }
        }
        for (gone, _) in earlier {
            found.goals.remove(gone);
        }
        let mut metrics: BTreeSet<&MetricId> = changed_metrics.iter().collect();
        // A check-in makes older signals old news.
        metrics.extend(goals.iter().filter_map(|id| project.goal(id)?.as_key_result()?.metric.as_ref()));
        let (goals, metrics): (Vec<_>, Vec<_>) = (goals.into_iter().collect(), metrics.into_iter().collect());
        let last_check_ins = last_check_ins(project, evaluation.as_of, (metrics.is_empty()).then_some(&goals));
        let desk = Desk { project, evaluation, since, sources, last_check_ins };
        found.look(&desk, &goals, &metrics);
        found
    }

    fn look(&mut self, desk: &Desk<'_>, goals: &[&GoalId], metrics: &[&MetricId]) {
        for id in goals {
            let news = desk.project.goal(id).map(|goal| desk.of_goal(goal)).unwrap_or_default();
            let news: Vec<Arc<News>> = news.into_iter().map(Arc::new).collect();
            if news.is_empty() {
                self.goals.remove(*id)
            } else {
                self.goals.insert(GoalId::clone(id), news.into())
            };
        }
        let checked = desk.check_ins_of_metrics(metrics);
        for id in metrics {
            let news = desk.project.metric(id).map(|metric| desk.of_metric(metric, checked.get(id).copied().flatten()));
            let news = news.unwrap_or_default();
            let news: Vec<Arc<News>> = news.into_iter().map(Arc::new).collect();
            if news.is_empty() {
                self.metrics.remove(*id)
            } else {
                self.metrics.insert(MetricId::clone(id), news.into())
            };
        }
        self.ranked = self.goals.values().chain(self.metrics.values()).flat_map(|news| news.iter().map(Arc::clone)).collect();
        self.ranked.sort_by(|a, b| a.by_rank(b));
    }

    /// The most pressing first.
    pub fn ranked(&self) -> &[Arc<News>] {
        &self.ranked
    }

    pub fn of_goal(&self, goal: &GoalId) -> &[Arc<News>] {
        self.goals.get(goal).map_or(&[], AsRef::as_ref)
    }

    pub fn of_metric(&self, metric: &MetricId) -> &[Arc<News>] {
        self.metrics.get(metric).map_or(&[], AsRef::as_ref)
    }
}

/// The latest check-in of each goal up to a day, or of some goals only.
fn last_check_ins<'a>(project: &'a Project, as_of: Date, only: Option<&Vec<&GoalId>>) -> BTreeMap<&'a GoalId, &'a CheckIn> {
    let mut last: BTreeMap<&GoalId, &CheckIn> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        if only.is_none_or(|some| some.binary_search(&&check_in.goal).is_ok()) {
            let known = last.entry(&check_in.goal).or_insert(check_in);
            if known.date <= check_in.date {
                *known = check_in;
            }
        }
    }
    last
}

impl Desk<'_> {
    fn as_of(&self) -> Date {
        self.evaluation.as_of
    }

    /// Since when things are news for what was checked in on last on a day. What never was is looked at back to the end of a period,
    /// `periods` before the present one.
    fn since(&self, last_check_in: Option<Date>, cadence: Cadence, periods: usize) -> Date {
        let calendar = self.project.settings.calendar;
        match (self.since, last_check_in) {
            (Since::Day(day), _) | (Since::LastCheckIn, Some(day)) => day,
            (Since::LastCheckIn, None) => {
                let present = calendar.period_of(cadence, self.as_of());
                (0..periods).fold(present, |period, _| calendar.previous(cadence, period)).last
            }
        }
    }
}
