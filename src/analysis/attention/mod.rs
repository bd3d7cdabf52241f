//! What to look at today: what changed since the last check-in, or since a day. One sentence each, with its number, the most pressing first.
//!
//! Signals, statuses that changed, forecasts that flipped, guardrails tripped, overdue check-ins, and numbers that stopped coming. The list
//! is kept by goal and by metric, so that after an edit only what it reached is worked out again ([`Attention::renew`]). Not here: what
//! would make a goal better (`lint`).

mod goals;
mod metrics;
mod past;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::Study;
use crate::model::{Cadence, CheckIn, Date, Goal, GoalId, Metric, MetricId, Place, Project, Status, Tree};

use super::check_ins::is_away;
use super::effort::Work;
use super::leaf::leaf_of;
use super::result::Evaluation;
use super::unsuited::Unsuited;
use super::xmr::{MetricXmr, shared_of_metric};
use past::Past;

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

/// The latest check-in of a goal up to the day.
pub type LastCheckIn<'a> = dyn Fn(&GoalId) -> Option<&'a CheckIn> + 'a;
/// The day of the latest check-in, up to the day, of any goal that a metric measures or is linked to.
pub type LastLook<'a> = dyn Fn(&MetricId) -> Option<Date> + 'a;

/// Where the news comes from. Each source may keep what it worked out.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub signals: &'a SignalsOf<'a>,
    pub status_on: &'a StatusOn<'a>,
    pub chances: &'a Chances<'a>,
    pub last_check_in: &'a LastCheckIn<'a>,
    pub last_look: &'a LastLook<'a>,
}

/// What everything is looked at with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub project: Study<'a>,
    pub evaluation: &'a Evaluation,
    pub since: Since,
    pub sources: Sources<'a>,
}

/// All news: in order, and by what it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attention {
    goals: BTreeMap<GoalId, Arc<[Arc<News>]>>,
    metrics: BTreeMap<MetricId, Arc<[Arc<News>]>>,
    /// The most pressing first.
    ranked: Vec<Arc<News>>,
    /// Goals that were put away themselves.
    away: BTreeSet<GoalId>,
}

/// The list as of the day of the evaluation, the most pressing first, with everything worked out here.
pub fn attention<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation, since: Since) -> Attention {
    let project = project.into();
    let as_of = evaluation.as_of;
    let signals = |metric: &Metric| shared_of_metric(project, metric, as_of);
    let past = Past::of(project, tree);
    let status_on = |goal: &Goal, day: Date| past.status_on(goal, day);
    let chances = |goal: &Goal, day: Date| {
        let now = evaluation.goal(&goal.id)?.likelihood.as_ref()?.judged;
        let then = leaf_of(project, goal, &[], day, &*past.forecasts(day)).likelihood?.judged;
        Some((then, now))
    };
    let last = last_check_ins(&project, as_of);
    let last_check_in = |goal: &GoalId| last.get(goal).copied();
    let looks = last_looks(&project, &last);
    let last_look = |metric: &MetricId| looks.get(metric).copied();
    let sources =
        Sources { signals: &signals, status_on: &status_on, chances: &chances, last_check_in: &last_check_in, last_look: &last_look };
    Attention::of(Desk { project, evaluation, since, sources })
}

/// What there was about a thing, and what there is now.
#[derive(Default)]
struct Exchange {
    gone: Vec<Arc<News>>,
    come: Vec<Arc<News>>,
}

impl Exchange {
    fn put<K: Ord + Clone>(&mut self, all: &mut BTreeMap<K, Arc<[Arc<News>]>>, about: &K, news: Vec<News>) {
        let known = all.get(about).map_or(&[][..], |known| known);
        if known.iter().map(Arc::as_ref).eq(&news) {
            return;
        }
        self.gone.extend_from_slice(known);
        let news: Arc<[Arc<News>]> = news.into_iter().map(Arc::new).collect();
        self.come.extend_from_slice(&news);
        if news.is_empty() {
            all.remove(about);
        } else {
            all.insert(about.clone(), news);
        }
    }
}

impl Attention {
    /// Everything, as of the day of the evaluation.
    pub fn of(desk: Desk<'_>) -> Self {
        let mut found = Self::default();
        let goals: BTreeSet<&GoalId> = desk.evaluation.goals.keys().collect();
        let away = |id: &&GoalId| desk.project.goal(id).is_some_and(|goal| is_away(goal, desk.as_of()));
        found.away = goals.iter().copied().filter(away).cloned().collect();
        found.look(&desk, &goals, desk.project.metrics.keys());
        found
    }

    /// Brings the list of the same day up to date after an edit that left every goal under its parent. Looked at again are `goals`, which are
    /// those that changed, whose check-ins, links or metrics did, or whose result is another, as of the day or an earlier one, with all above
    /// them; and `metrics`, whose values or fields changed, or on which a check-in of a goal bears.
    pub fn renew(&mut self, desk: Desk<'_>, tree: &Tree, goals: &BTreeSet<GoalId>, metrics: &BTreeSet<MetricId>) {
        let mut again: BTreeSet<&GoalId> = goals.iter().collect();
        for id in goals {
            let is_away = desk.project.goal(id).is_some_and(|goal| is_away(goal, desk.as_of()));
            let turned = if is_away { self.away.insert(id.clone()) } else { self.away.remove(id) };
            if turned {
                again.extend(tree.subtree(id).into_iter().map(|visit| visit.goal));
            }
        }
        self.look(&desk, &again, metrics.iter());
    }

    fn look<'a>(&mut self, desk: &Desk<'_>, goals: &BTreeSet<&GoalId>, metrics: impl Iterator<Item = &'a MetricId>) {
        let mut exchange = Exchange::default();
        for id in goals {
            let mut news = desk.project.goal(id).map(|goal| desk.of_goal(goal)).unwrap_or_default();
            news.retain(|news| desk.project.spend(Work::Goals, 50 + news.sentence.len()));
            exchange.put(&mut self.goals, *id, news);
        }
        for id in metrics {
            let news = desk.project.metric(id).map(|metric| desk.of_metric(metric)).unwrap_or_default();
            exchange.put(&mut self.metrics, id, news);
        }
        self.rank(exchange);
    }

    /// In one pass over the list: what went is left out, and what came put in its place.
    fn rank(&mut self, exchange: Exchange) {
        let Exchange { gone, mut come } = exchange;
        if gone.is_empty() && come.is_empty() {
            return;
        }
        let mut out: Vec<usize> = gone.iter().filter_map(|news| self.ranked.binary_search_by(|n| n.by_rank(news)).ok()).collect();
        out.sort_unstable();
        come.sort_unstable_by(|a, b| a.by_rank(b));
        let before: Vec<usize> = come.iter().map(|news| self.ranked.partition_point(|n| n.by_rank(news).is_lt())).collect();
        let mut ranked = Vec::with_capacity(self.ranked.len() + come.len());
        let (mut out, mut come) = (out.into_iter().peekable(), before.into_iter().zip(come).peekable());
        for (at, news) in std::mem::take(&mut self.ranked).into_iter().enumerate() {
            while let Some((_, next)) = come.next_if(|(before, _)| *before == at) {
                ranked.push(next);
            }
            if out.next_if_eq(&at).is_none() {
                ranked.push(news);
            }
        }
        ranked.extend(come.map(|(_, next)| next));
        self.ranked = ranked;
    }

    /// The most pressing first.
    pub fn ranked(&self) -> &[Arc<News>] {
        &self.ranked
    }

    pub fn of_goal(&self, goal: &GoalId) -> &[Arc<News>] {
        self.goals.get(goal).map_or(&[], AsRef::as_ref)
    }

    /// The metrics that there is news about.
    pub fn metrics(&self) -> impl Iterator<Item = &MetricId> {
        self.metrics.keys()
    }

    pub fn of_metric(&self, metric: &MetricId) -> &[Arc<News>] {
        self.metrics.get(metric).map_or(&[], AsRef::as_ref)
    }
}

/// The latest check-in of each goal up to a day.
fn last_check_ins(project: &Project, as_of: Date) -> BTreeMap<&GoalId, &CheckIn> {
    let mut last: BTreeMap<&GoalId, &CheckIn> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        let known = last.entry(&check_in.goal).or_insert(check_in);
        if known.date <= check_in.date {
            *known = check_in;
        }
    }
    last
}

fn last_looks<'a>(project: &'a Project, last: &BTreeMap<&GoalId, &CheckIn>) -> BTreeMap<&'a MetricId, Date> {
    let measured = last.values().filter_map(|c| Some((c.date, project.goal(&c.goal)?.as_key_result()?.metric.as_ref()?)));
    let linked = project.links.values().filter_map(|l| Some((last.get(&l.goal)?.date, &l.metric)));
    let mut looks: BTreeMap<&MetricId, Date> = BTreeMap::new();
    for (date, metric) in measured.chain(linked) {
        let known = looks.entry(metric).or_insert(date);
        *known = date.max(*known);
    }
    looks
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
