//! What each period of a metric is held against: the pace of a key result that holds then, else the metric's own target.
//!
//! A period is judged on its last day (SEMANTICS, "Pace and expectation"). Periods longer than those of the metric are held against what
//! was expected of the parts together: a sum of a quarter against the sum of its months' paces.

use crate::analysis::Study;
use crate::model::{
    Aggregation, Aim, Cadence, Calendar, Date, Formula, Goal, GoalId, GoalState, Horizon, Limit, Metric, Operator, Period, Project,
    Recording,
};

use super::measure::{accumulates, kept_limit};
use super::pace::Path;
use super::regrain::PeriodValue;
use super::status::{ASPIRATIONAL_SHARE, TOLERANCE};
use super::then::Then;
use super::values::own_cadence;

/// How a complete period did against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodVerdict {
    Met,
    /// Behind by no more than the project calls behind; of a limit to be kept, missed once.
    Short,
    /// Behind by more; of a limit to be kept, missed twice in a row.
    FarShort,
}

/// What was to be reached in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodTarget {
    pub limit: Limit,
    /// The key result whose pace it is; `None` for the metric's own target.
    pub goal: Option<GoalId>,
    way: Option<Way>,
}

/// The way of which a shortfall is a share.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    /// The value at which progress is 0.
    base: f64,
    /// From there to 100 %, signed.
    length: f64,
    /// Of an aspirational goal this share is good.
    judged_at: f64,
}

/// A value against its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// Value − target; 0 within a band.
    pub gap: f64,
    pub verdict: PeriodVerdict,
    /// How far behind, as a share of the way from start to target; negative is ahead. `None` for a limit to be kept.
    pub behind: Option<f64>,
}

struct Promise<'a> {
    goal: &'a Goal,
    start: Option<Date>,
    due: Option<Date>,
    /// Set aside or closed since.
    ended: Option<Date>,
    kind: Kind,
}

enum Kind {
    Kept(Limit),
    Way { path: Path, from: f64, to: f64, accumulates: bool },
}

/// The targets of a metric's periods as of a day.
pub struct PeriodTargets<'a> {
    metric: &'a Metric,
    calendar: Calendar,
    /// The grain that key results are judged in.
    own: Cadence,
    /// A formula whose value is as large over a longer period.
    is_even: bool,
    /// From this shortfall on a goal is at risk.
    at_risk: f64,
    promises: Vec<Promise<'a>>,
}

impl<'a> PeriodTargets<'a> {
    /// `goals` are key results that the metric measures; where several hold in a period, the first of them counts.
    pub fn of(project: impl Into<Study<'a>>, metric: &'a Metric, goals: &[&'a Goal], as_of: Date) -> Self {
        let project = project.into();
        let calendar = project.settings.calendar;
        let promises = goals.iter().filter_map(|goal| promise(project, metric, goal, as_of)).collect();
        let own = own_cadence(project, metric).max(Cadence::Daily);
        let at_risk = project.settings.status.points_behind_at_risk;
        Self { metric, calendar, own, is_even: metric.formula().is_some_and(|f| is_even(&project, f)), at_risk, promises }
    }

    /// The first of the key results wants a total over its span, which no single period is held against.
    pub fn is_of_a_total(&self) -> bool {
        matches!(self.promises.first(), Some(Promise { kind: Kind::Way { accumulates: true, .. }, .. }))
    }

    /// The target of a period of a cadence, which is not finer than the metric's own.
    pub fn on(&self, period: Period, cadence: Cadence) -> Option<PeriodTarget> {
        self.promises.iter().find_map(|promise| self.promised(promise, period, cadence)).or_else(|| {
            let limit = self.metric.target_on(period.last)?;
            Some(PeriodTarget { limit: self.over_parts(limit, period, cadence)?, goal: None, way: None })
        })
    }

    fn promised(&self, promise: &Promise<'_>, period: Period, cadence: Cadence) -> Option<PeriodTarget> {
        if promise.due.is_some_and(|due| period.last > due) || promise.ended.is_some_and(|on| period.last > on) {
            return None;
        }
        let goal = Some(promise.goal.id.clone());
        match &promise.kind {
            Kind::Kept(limit) => {
                let inside = promise.start.is_none_or(|start| start <= period.first);
                let limit = self.over_parts(*limit, period, cadence).filter(|_| inside)?;
                Some(PeriodTarget { limit, goal, way: None })
            }
            Kind::Way { path, from, to, accumulates } => {
                let start = promise.start?;
                let (value, base, parts) = if *accumulates && self.metric.recording == Recording::Increments {
                    self.increment(path, start, period, cadence)?
                } else {
                    self.level(path, *from, start, period, cadence)?
                };
                let judged_at = if promise.goal.horizon == Horizon::Aspirational { ASPIRATIONAL_SHARE } else { 1.0 };
                let way = Way { base, length: (to - from) * parts, judged_at };
                let limit = if to >= from { Limit::AtLeast(value) } else { Limit::AtMost(value) };
                value.is_finite().then_some(PeriodTarget { limit, goal, way: Some(way) })
            }
        }
    }

    /// What a total over a span is expected to grow by: value, base, and that it is one part.
    fn increment(&self, path: &Path, start: Date, period: Period, cadence: Cadence) -> Option<(f64, f64, f64)> {
        let sums = if self.metric.formula().is_some() { cadence <= self.own } else { self.metric.aggregation == Aggregation::Sum };
        if !sums || start > period.first {
            return None;
        }
        let before = period.first.pred_opt().map_or(start, |day| day.max(start));
        Some((path.value(period.last) - path.value(before), 0.0, 1.0))
    }

    /// The pace of a level: value, base, and of how many parts that is a sum.
    fn level(&self, path: &Path, from: f64, start: Date, period: Period, cadence: Cadence) -> Option<(f64, f64, f64)> {
        let at_the_end = (period.last > start).then(|| (path.value(period.last), from, 1.0));
        if cadence <= self.own {
            return at_the_end;
        }
        if self.metric.formula().is_some() {
            return at_the_end.filter(|_| self.is_even);
        }
        let parts = || self.parts(period).map(|part| part.last).filter(|day| *day <= period.last);
        match self.metric.aggregation {
            Aggregation::Last => at_the_end,
            _ if parts().any(|day| day <= start) => None,
            Aggregation::Sum => {
                let count = parts().count() as f64;
                Some((parts().map(|day| path.value(day)).sum(), count * from, count))
            }
            Aggregation::Mean => {
                let count = parts().count().max(1) as f64;
                Some((parts().map(|day| path.value(day)).sum::<f64>() / count, from, 1.0))
            }
            Aggregation::Min => Some((parts().map(|day| path.value(day)).fold(f64::INFINITY, f64::min), from, 1.0)),
            Aggregation::Max => Some((parts().map(|day| path.value(day)).fold(f64::NEG_INFINITY, f64::max), from, 1.0)),
        }
    }

    /// A limit on each of the metric's own periods, as one on a longer period. `None` where nothing follows for that.
    fn over_parts(&self, limit: Limit, period: Period, cadence: Cadence) -> Option<Limit> {
        if cadence <= self.own {
            return Some(limit);
        }
        if self.metric.formula().is_some() {
            return self.is_even.then_some(limit);
        }
        let times = if self.metric.aggregation == Aggregation::Sum { self.parts(period).count() as f64 } else { 1.0 };
        Some(match limit {
            Limit::AtLeast(v) => Limit::AtLeast(v * times),
            Limit::AtMost(v) => Limit::AtMost(v * times),
            Limit::Within { low, high } => Limit::Within { low: low * times, high: high * times },
        })
    }

    /// The metric's own periods that begin in a longer one.
    fn parts(&self, period: Period) -> impl Iterator<Item = Period> {
        let (calendar, own) = (self.calendar, self.own);
        let first = calendar.period_of(own, period.first);
        let first = if first.first < period.first { calendar.next(own, first) } else { first };
        std::iter::successors(Some(first), move |part| Some(calendar.next(own, *part)).filter(|next| next.first > part.first))
            .take_while(move |part| part.first <= period.last)
    }

    /// Target and judgement of each of some neighbouring periods, oldest first. Only complete ones are judged.
    pub fn judge(&self, values: &[PeriodValue], cadence: Cadence) -> Vec<(Option<PeriodTarget>, Option<Judgement>)> {
        let mut missed_before = false;
        let judged = |value: &PeriodValue| {
            let target = self.on(value.period, cadence);
            let known = value.value.filter(|_| value.complete);
            let found = target.as_ref().zip(known).map(|(target, value)| target.judge(value, self.at_risk, missed_before));
            missed_before = found.is_some_and(|j| j.behind.is_none() && j.verdict != PeriodVerdict::Met);
            (target, found)
        };
        values.iter().map(judged).collect()
    }
}

impl PeriodTarget {
    /// A limit that every period should keep, not a stage on the way to somewhere.
    pub fn is_kept(&self) -> bool {
        self.way.is_none()
    }

    fn judge(&self, value: f64, at_risk: f64, missed_before: bool) -> Judgement {
        let gap = gap_to(self.limit, value);
        let Some(Way { base, length, judged_at }) = self.way else {
            let verdict = match (self.limit.is_met_by(value), missed_before) {
                (true, _) => PeriodVerdict::Met,
                (false, false) => PeriodVerdict::Short,
                (false, true) => PeriodVerdict::FarShort,
            };
            return Judgement { gap, verdict, behind: None };
        };
        // Expected less reached progress, as for the goal itself.
        let expected = (value - gap - base) / length;
        let behind = expected - (value - base) / length / judged_at;
        let verdict = if behind <= TOLERANCE {
            PeriodVerdict::Met
        } else if behind <= at_risk + TOLERANCE {
            PeriodVerdict::Short
        } else {
            PeriodVerdict::FarShort
        };
        Judgement { gap, verdict, behind: Some(behind).filter(|b| b.is_finite()) }
    }
}

/// How far a value is from a limit: value − limit, 0 within a band.
pub fn gap_to(limit: Limit, value: f64) -> f64 {
    match limit {
        Limit::AtLeast(target) | Limit::AtMost(target) => value - target,
        Limit::Within { low, high } => {
            if value < low {
                value - low
            } else {
                (value - high).max(0.0)
            }
        }
    }
}

fn promise<'a>(project: Study<'_>, metric: &Metric, goal: &'a Goal, as_of: Date) -> Option<Promise<'a>> {
    let then = Then::of(&project, goal, as_of);
    let key_result = goal.as_key_result()?;
    let aim = then.aim.as_ref()?;
    let ended = match &then.state {
        GoalState::Active => None,
        state => state.since(),
    };
    let kind = match aim {
        Aim::Increase { start, target } | Aim::Decrease { start, target } => Kind::Way {
            path: Path::of(project, goal, &then).ok()?,
            from: *start,
            to: *target,
            accumulates: accumulates(key_result, metric, aim, then.span, project.settings.calendar),
        },
        _ => Kind::Kept(kept_limit(aim)?.0),
    };
    Some(Promise { goal, start: then.span.start, due: then.span.due, ended, kind })
}

/// A quotient of recorded values that become longer periods in the same way: a quarter's is as large as a month's. The mean of one over the
/// last of another is not, where they grow.
fn is_even(project: &Project, formula: &Formula) -> bool {
    let inputs: Vec<Option<&Metric>> = formula.metrics().into_iter().map(|id| project.metric(id)).collect();
    let ways: Vec<Option<Aggregation>> = inputs.iter().map(|m| m.filter(|m| m.formula().is_none()).map(|m| m.aggregation)).collect();
    is_ratio(formula) && ways.iter().all(|way| way.is_some() && *way == ways[0])
}

/// A quotient of values, scaled by a number or not.
fn is_ratio(formula: &Formula) -> bool {
    let number = |f: &Formula| matches!(f, Formula::Number(_));
    match formula {
        Formula::Negate(inner) => is_ratio(inner),
        Formula::Binary { operator: Operator::Divide, left, right } => {
            if number(right) {
                is_ratio(left)
            } else {
                !number(left)
            }
        }
        Formula::Binary { operator: Operator::Multiply, left, right } => {
            (number(right) && is_ratio(left)) || (number(left) && is_ratio(right))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::metric_values;
    use crate::model::{DatedTarget, GoalKind, MetricId, MissingInput};

    fn judged(f: &Fixture, metric: &MetricId, goals: &[&GoalId], cadence: Cadence, as_of: &str) -> Vec<(Option<f64>, Option<Judgement>)> {
        let goals: Vec<&Goal> = goals.iter().map(|id| f.project.goal(id).unwrap()).collect();
        let values = metric_values(&f.project, f.metric(metric), cadence, day(as_of));
        let targets = PeriodTargets::of(&f.project, f.metric(metric), &goals, day(as_of));
        let rounded = |limit: Limit| (limit.values().next().unwrap() * 1e6).round() / 1e6;
        targets.judge(&values.values, values.cadence).into_iter().map(|(t, j)| (t.map(|t| rounded(t.limit)), j)).collect()
    }

    #[test]
    fn a_month_is_held_against_the_pace_on_its_last_day() {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2025-12-01", &[100.0, 110.0, 112.0, 90.0, 140.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2026-01-01", "2026-04-11");
        let found = judged(&f, &users, &[&goal], Cadence::Monthly, "2026-04-05");
        // Of 100 days 30 are gone on 31 January, 58 on 28 February, 89 on 31 March; April ends after the due date.
        assert_eq!(found.iter().map(|(t, _)| *t).collect::<Vec<_>>(), [None, Some(130.0), Some(158.0), Some(189.0), None]);
        let verdicts: Vec<_> = found.iter().map(|(_, j)| j.map(|j| j.verdict)).collect();
        // 20, 46 and 99 points behind: more than 25 is far.
        assert_eq!(verdicts, [None, Some(PeriodVerdict::Short), Some(PeriodVerdict::FarShort), Some(PeriodVerdict::FarShort), None]);
        assert_eq!(found[1].1.unwrap().gap, -20.0);
    }

    #[test]
    fn less_is_better_where_the_target_is_lower() {
        let mut f = Fixture::new();
        let minutes = f.monthly("Minutes", Aggregation::Mean, "2026-01-01", &[9.0, 6.0]);
        let goal = f.key_result(Aim::Decrease { start: 10.0, target: 5.0 }, Some(&minutes), "2025-12-31", "2026-04-10");
        let found = judged(&f, &minutes, &[&goal], Cadence::Monthly, "2026-03-01");
        // 31 and 59 of 100 days: 8.45 and 7.05.
        assert_eq!(found.iter().map(|(t, _)| t.unwrap()).collect::<Vec<_>>(), [8.45, 7.05]);
        assert_eq!(found.iter().map(|(_, j)| j.unwrap().verdict).collect::<Vec<_>>(), [PeriodVerdict::Short, PeriodVerdict::Met]);
    }

    #[test]
    fn a_total_is_held_against_what_the_pace_grows_by() {
        let mut f = Fixture::new();
        let sales = f.monthly("Sales", Aggregation::Sum, "2026-10-01", &[30.0, 33.0, 20.0]);
        let goal = f.key_result(Aim::Increase { start: 0.0, target: 91.0 }, Some(&sales), "2026-10-01", "2026-12-31");
        f.edit_goal(&goal, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.accumulating = true;
            }
        });
        let found = judged(&f, &sales, &[&goal], Cadence::Monthly, "2027-01-01");
        // One a day after 1 October: 30 in October, 30 in November, 31 in December.
        assert_eq!(found.iter().map(|(t, _)| t.unwrap()).collect::<Vec<_>>(), [30.0, 30.0, 31.0]);
        assert_eq!(judged(&f, &sales, &[&goal], Cadence::Quarterly, "2027-01-01")[0].0, Some(91.0));
    }

    #[test]
    fn a_sum_of_a_quarter_is_held_against_the_sum_of_its_months() {
        let mut f = Fixture::new();
        let sales = f.monthly("Sales", Aggregation::Sum, "2026-01-01", &[10.0, 20.0, 30.0]);
        let goal = f.key_result(Aim::Increase { start: 10.0, target: 110.0 }, Some(&sales), "2025-12-31", "2026-04-10");
        let found = judged(&f, &sales, &[&goal], Cadence::Quarterly, "2026-04-01");
        // 10 + 31, 10 + 59, 10 + 90.
        assert_eq!(found[0].0, Some(41.0 + 69.0 + 100.0));
        // 150 of 300 points behind.
        assert!((found[0].1.unwrap().behind.unwrap() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn limits_missed_twice_in_a_row_are_far_short_and_scale_with_sums() {
        let mut f = Fixture::new();
        let tickets = f.monthly("Tickets", Aggregation::Sum, "2026-01-01", &[90.0, 120.0, 130.0, 80.0]);
        f.edit_metric(&tickets, |m| m.targets = vec![DatedTarget { from: day("2026-01-01"), limit: Limit::AtMost(100.0) }]);
        let found = judged(&f, &tickets, &[], Cadence::Monthly, "2026-05-01");
        let verdicts: Vec<_> = found.iter().map(|(_, j)| j.unwrap().verdict).collect();
        assert_eq!(verdicts, [PeriodVerdict::Met, PeriodVerdict::Short, PeriodVerdict::FarShort, PeriodVerdict::Met]);
        let quarter = judged(&f, &tickets, &[], Cadence::Quarterly, "2026-05-01");
        assert_eq!((quarter[0].0, quarter[0].1.unwrap().gap), (Some(300.0), 40.0));
        assert_eq!(quarter[1].1, None, "a quarter under way is not judged");
    }

    #[test]
    fn a_quotient_keeps_its_target_only_where_its_parts_are_gathered_alike() {
        let mut f = Fixture::new();
        let orders = f.monthly("orders", Aggregation::Sum, "2026-01-01", &[10.0, 20.0, 30.0]);
        let visits = f.monthly("visits", Aggregation::Sum, "2026-01-01", &[100.0, 100.0, 100.0]);
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[50.0, 60.0, 70.0]);
        let limit = Limit::AtLeast(0.1);
        let mut ratio = |of: &MetricId| {
            let metric = f.formula("ratio", &format!("[{orders}] / [{of}]"), MissingInput::Missing);
            f.edit_metric(&metric, |m| m.targets = vec![DatedTarget { from: day("2026-01-01"), limit }]);
            judged(&f, &metric, &[], Cadence::Quarterly, "2026-04-01")[0].0
        };
        assert_eq!(ratio(&visits), Some(0.1));
        assert_eq!(ratio(&users), None, "three months of orders over one count of users");
    }

    #[test]
    fn an_aspirational_goal_is_judged_at_seven_tenths_of_the_way() {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[122.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2025-12-31", "2026-04-10");
        f.edit_goal(&goal, |g| g.horizon = Horizon::Aspirational);
        let found = judged(&f, &users, &[&goal], Cadence::Monthly, "2026-02-01");
        // Expected 131; 0.31 × 0.7 of the way are 121.7.
        assert_eq!((found[0].0, found[0].1.unwrap().verdict, found[0].1.unwrap().gap), (Some(131.0), PeriodVerdict::Met, -9.0));
    }
}
