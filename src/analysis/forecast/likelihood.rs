//! How likely a key result is to be reached, from the forecast of its metric.

use crate::analysis::Study;
use crate::analysis::effort::Work;
use crate::analysis::measure::{Measure, kept_limit};
use crate::analysis::result::Current;
use crate::analysis::status::LIKELY_POINTS;
use crate::analysis::then::Then;
use crate::model::{Aim, Date, Goal, GoalState, Horizon, Limit, Metric, Period};

use super::metric::{MetricForecast, Source};
use super::paths::{PATHS, quantile_of, sorted};
use super::words;

/// The chance of a key result, and what would have a better one.
#[derive(Clone, Debug, PartialEq)]
pub struct Likelihood {
    pub basis: Basis,
    /// The target that `probability` is of; none for a band.
    pub target: Option<f64>,
    /// Chance of the target by the due date, 0…1.
    pub probability: f64,
    /// Chance that status is decided by: of aspirational goals that of start + 0.7·(target − start), else [`Self::probability`].
    pub judged: f64,
    /// Of a value to be reached: which way, and whether it is met now. See [`Self::at_any_time`].
    reach: Option<Reach>,
    /// The period that decides: the last that ends on or before the due date.
    pub period: Period,
    /// The value of that period; of totals the total on the due date.
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    /// The first day on which the present target has a chance of 50 %: the last of a period. None where that lies further ahead than history
    /// reaches back, and for "stay" aims.
    pub likely_date: Option<Date>,
    /// Targets that have a chance of 50 % and of 70 % by the date; none for a band.
    pub advice_50: Option<f64>,
    pub advice_70: Option<f64>,
    /// For "stay" aims.
    pub kept: Option<Kept>,
    /// Values that the forecast rests on.
    pub observed: usize,
    /// One sentence with the numbers.
    pub words: String,
    /// One sentence: how it was computed.
    pub how: String,
}

/// What the chance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The value of the final period, by the normal distribution of the forecast.
    OnTheDate,
    /// The total over the span: what came so far plus simulated periods.
    Total,
    /// The share of periods that keep to a limit: those so far plus simulated ones.
    Share,
}

/// How a limit was kept so far and may be in the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    pub met: usize,
    pub of: usize,
    /// Periods still to come.
    pub to_come: usize,
    /// Share of periods required, 0…1.
    pub required: f64,
    /// Expected share in the end.
    pub expected: f64,
}

/// As aspirational goals are judged (SEMANTICS, "Status").
const ASPIRATION: f64 = 0.7;

/// A date is looked for as far ahead as history reaches back, at least so many periods.
const LEAST_SEARCH: usize = 12;
const MOST_SEARCH: usize = 400;

/// The likelihood of a key result on a day. `forecast` is that of its metric on the same day ([`super::of_metric`]). `None` where there is
/// nothing left to ask: no metric or another one, no due date, milestones and baselines, goals set aside, and when the final value is in.
pub fn likelihood<'a>(project: impl Into<Study<'a>>, goal: &Goal, as_of: Date, forecast: &MetricForecast) -> Option<Likelihood> {
    let project = project.into();
    let then = Then::of(&project, goal, as_of);
    let measure = Measure::of(project, goal, &then, &[], as_of);
    likelihood_of(project, goal, &then, &measure, as_of, forecast)
}

/// As [`likelihood`], with what the goal promised and how it stood on that day.
pub(in crate::analysis) fn likelihood_of(
    project: Study<'_>,
    goal: &Goal,
    then: &Then,
    measure: &Measure,
    as_of: Date,
    forecast: &MetricForecast,
) -> Option<Likelihood> {
    let key_result = goal.as_key_result()?;
    let metric = key_result.metric.as_ref().filter(|id| **id == forecast.metric).and_then(|id| project.metric(id))?;
    let aim = then.aim.as_ref()?;
    let due = then.span.due?;
    if then.state != GoalState::Active {
        return None;
    }
    // The days on which it may be reached are searched for.
    if !project.spend(Work::Forecasts, 1_000 + 50 * forecast.observed().clamp(LEAST_SEARCH, MOST_SEARCH)) {
        return None;
    }
    let question = Question { project, goal, metric, forecast, start: then.span.start, due, as_of };
    if measure.is_final || (measure.accumulates && as_of >= due) {
        return None;
    }
    match (aim, kept_limit(aim)) {
        (Aim::Increase { .. } | Aim::Decrease { .. }, _) if measure.accumulates => question.total(aim, measure.current),
        (Aim::Increase { .. } | Aim::Decrease { .. }, _) => question.on_the_date(aim, measure.current, measure.final_period?),
        (_, Some((limit, required))) => {
            let (met, of) = measure.maintain.map_or((0, 0), |kept| (kept.met, kept.of));
            question.share(aim, limit, required, (met, of), measure.final_period?)
        }
        _ => None,
    }
}

struct Question<'a> {
    project: Study<'a>,
    goal: &'a Goal,
    metric: &'a Metric,
    forecast: &'a MetricForecast,
    start: Option<Date>,
    due: Date,
    as_of: Date,
}

impl Likelihood {
    /// Whether it rests on enough values to judge a goal by.
    pub fn is_well_founded(&self) -> bool {
        self.observed >= LIKELY_POINTS
    }

    /// Chance that the value meets the target in at least one period by the due date; for totals and for "stay" aims none. Simulated, so
    /// that it is worked out only where it is told; never less than the chance on the last day itself.
    pub fn at_any_time(&self, forecast: &MetricForecast) -> Option<f64> {
        let (Reach { way, met }, target) = self.reach.zip(self.target)?;
        let paths = forecast.paths(forecast.ahead(self.period.first)?);
        let hits = paths.iter().filter(|path| met || path.iter().any(|value| way.reached(*value, target))).count();
        Some((hits as f64 / paths.iter().count().max(1) as f64).max(self.probability))
    }
}

/// How a target is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reach {
    way: Way,
    /// It is met now.
    met: bool,
}

/// Which way a target is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Up,
    Down,
}

impl Way {
    fn of(aim: &Aim) -> Option<(Self, f64, f64)> {
        match *aim {
            Aim::Increase { start, target } => Some((Self::Up, start, target)),
            Aim::Decrease { start, target } => Some((Self::Down, start, target)),
            _ => None,
        }
    }

    fn reached(self, value: f64, target: f64) -> bool {
        match self {
            Self::Up => value >= target,
            Self::Down => value <= target,
        }
    }

    /// The quantile that has this chance of being reached.
    fn share(self, chance: f64) -> f64 {
        match self {
            Self::Up => 1.0 - chance,
            Self::Down => chance,
        }
    }
}

impl Question<'_> {
    fn may_take(&self, steps: usize) -> bool {
        self.project.spend(Work::Forecasts, steps)
    }

    fn drawn(&self, horizon: usize) -> Option<super::paths::Paths> {
        self.may_take(self.forecast.steps_to_draw(horizon)).then(|| self.forecast.paths(horizon))
    }

    /// The target that decides the status.
    fn judged_target(&self, start: f64, target: f64) -> f64 {
        match self.goal.horizon {
            Horizon::Committed => target,
            Horizon::Aspirational => start + ASPIRATION * (target - start),
        }
    }

    fn on_the_date(&self, aim: &Aim, current: Option<Current>, period: Period) -> Option<Likelihood> {
        let (way, start, target) = Way::of(aim)?;
        let ahead = self.forecast.ahead(period.first)?;
        let search = self.forecast.observed().clamp(LEAST_SEARCH, MOST_SEARCH).max(ahead);
        if !self.may_take(self.forecast.steps_to_tell(ahead) + self.forecast.steps_to_tell(search)) {
            return None;
        }
        let (value, medians) = self.forecast.value_and_medians(ahead, search)?;
        let chance = |target: f64| {
            let below = value.chance_at_most(target)?;
            Some(match way {
                Way::Up => 1.0 - below,
                Way::Down => below,
            })
        };
        let at = |share: f64| value.quantile(share);
        let probability = chance(target)?;
        let met = current.is_some_and(|c| way.reached(c.value, target));
        let likely = medians.iter().position(|median| way.reached(*median, target));
        let likely = likely.and_then(|at| self.forecast.periods(at + 1).pop());
        let mut found = Likelihood {
            basis: Basis::OnTheDate,
            target: Some(target),
            probability,
            judged: chance(self.judged_target(start, target))?,
            reach: Some(Reach { way, met }),
            period,
            p10: at(0.1)?,
            p50: at(0.5)?,
            p90: at(0.9)?,
            likely_date: likely.map(|period| period.last),
            advice_50: at(way.share(0.5)),
            advice_70: at(way.share(0.7)),
            kept: None,
            observed: self.forecast.observed(),
            words: String::new(),
            how: words::how(&self.project, self.forecast, matches!(self.forecast.source, Source::Simulated(_))),
        };
        found.words = words::sentence(&self.project, self.metric, self.forecast, self.due, &found);
        Some(found)
    }

    fn share(&self, aim: &Aim, limit: Limit, required: f64, (met, of): (usize, usize), period: Period) -> Option<Likelihood> {
        let to_come = self.forecast.ahead(period.first)?;
        // Periods before the start are forecast too, where the goal has not begun, but do not count.
        let counts: Vec<bool> =
            self.forecast.periods(to_come).iter().map(|p| self.start.is_none_or(|start| start <= p.first) && p.last <= self.due).collect();
        let counting = counts.iter().filter(|c| **c).count();
        let all = (of + counting) as f64;
        if counting == 0 {
            return None;
        }
        let paths = self.drawn(to_come)?;
        let kept = |path: &[f64]| path.iter().zip(&counts).filter(|(value, counts)| **counts && limit.is_met_by(**value)).count();
        let shares: Vec<f64> = paths.iter().map(|path| (met + kept(path)) as f64 / all).collect();
        // As periods come whole, rounding must not decide.
        let enough = |share: &&f64| **share >= required - 1e-9;
        let probability = shares.iter().filter(enough).count() as f64 / shares.len().max(1) as f64;
        let advice = self.limit_advice(aim, required, &counts);
        let sorted = paths.sorted_at(to_come - 1);
        let mut found = Likelihood {
            basis: Basis::Share,
            target: aim.target(),
            probability,
            judged: probability,
            reach: None,
            period,
            p10: quantile_of(&sorted, 0.1)?,
            p50: quantile_of(&sorted, 0.5)?,
            p90: quantile_of(&sorted, 0.9)?,
            likely_date: None,
            advice_50: advice.map(|(fifty, _)| fifty),
            advice_70: advice.map(|(_, seventy)| seventy),
            kept: Some(Kept { met, of, to_come: counting, required, expected: shares.iter().sum::<f64>() / shares.len().max(1) as f64 }),
            observed: self.forecast.observed(),
            words: String::new(),
            how: words::how(&self.project, self.forecast, true),
        };
        found.words = words::sentence(&self.project, self.metric, self.forecast, self.due, &found);
        Some(found)
    }

    /// The limits that would be kept often enough with a chance of 50 % and of 70 %: on each path the strictest that holds in the required
    /// share of all periods, past ones included.
    fn limit_advice(&self, aim: &Aim, required: f64, counts: &[bool]) -> Option<(f64, f64)> {
        let way = match aim {
            Aim::AtLeast { .. } => Way::Up,
            Aim::AtMost { .. } => Way::Down,
            _ => return None,
        };
        let values = crate::analysis::metric_values(self.project, self.metric, self.metric.cadence, self.as_of);
        let inside = |p: Period| self.start.is_none_or(|start| start <= p.first) && p.last <= self.due.min(self.as_of);
        let past: Vec<f64> = values.complete().filter(|(v, _)| inside(v.period)).map(|(_, value)| value).collect();
        // Each path is sorted together with what was.
        if !self.may_take(5 * PATHS * (past.len() + counts.len())) {
            return None;
        }
        let strictest = |path: &[f64]| {
            let mut all: Vec<f64> = past.clone();
            all.extend(path.iter().zip(counts).filter(|(_, counts)| **counts).map(|(value, _)| *value));
            all.sort_unstable_by(f64::total_cmp);
            let needed = ((required * all.len() as f64) - 1e-9).ceil().clamp(1.0, all.len() as f64) as usize;
            match way {
                Way::Up => all[all.len() - needed],
                Way::Down => all[needed - 1],
            }
        };
        let limits = sorted(self.drawn(counts.len())?.iter().map(strictest));
        Some((quantile_of(&limits, way.share(0.5))?, quantile_of(&limits, way.share(0.7))?))
    }

    fn total(&self, aim: &Aim, current: Option<Current>) -> Option<Likelihood> {
        let (way, start, target) = Way::of(aim)?;
        let so_far = current.map_or(0.0, |c| c.value);
        // The day before the first that is still to come.
        let covered = match (current, self.start) {
            (Some(current), _) => current.period.last,
            (None, Some(start)) => start.pred_opt()?,
            (None, None) => self.as_of,
        };
        let end = self.forecast.ahead(self.due)?;
        let search = self.forecast.observed().clamp(LEAST_SEARCH, MOST_SEARCH).max(end);
        let periods = self.forecast.periods(search);
        // The part of each period that is still to come.
        let weight = |p: &Period, until: Date| {
            let first = p.first.max(covered.succ_opt().unwrap_or(covered));
            ((p.last.min(until) - first).num_days() + 1).max(0) as f64 / p.days() as f64
        };
        let by_due: Vec<f64> = periods[..end].iter().map(|p| weight(p, self.due)).collect();
        let whole: Vec<f64> = periods.iter().map(|p| weight(p, Date::MAX)).collect();
        let paths = match (&self.forecast.increments, self.metric.recording) {
            (Some(increments), _) => increments.paths(search),
            (None, crate::model::Recording::Increments) => self.drawn(search)?,
            (None, crate::model::Recording::RunningTotals) => return None,
        };
        let total = |path: &[f64]| so_far + path.iter().zip(&by_due).map(|(value, weight)| value * weight).sum::<f64>();
        let totals = sorted(paths.iter().map(total));
        let chance = |target: f64| totals.iter().filter(|total| way.reached(**total, target)).count() as f64 / totals.len() as f64;
        // On each path the period in which the total gets there; the middle one of them is likely.
        let reaching = |path: &[f64]| {
            let mut sum = so_far;
            let found = path.iter().zip(&whole).position(|(value, weight)| {
                sum += value * weight;
                way.reached(sum, target)
            });
            found.map_or(f64::INFINITY, |at| at as f64)
        };
        let mut reached: Vec<f64> = paths.iter().map(reaching).collect();
        reached.sort_unstable_by(f64::total_cmp);
        let likely = reached.get(reached.len().saturating_sub(1) / 2).filter(|at| at.is_finite()).map(|at| periods[*at as usize].last);
        let mut found = Likelihood {
            basis: Basis::Total,
            target: Some(target),
            probability: chance(target),
            judged: chance(self.judged_target(start, target)),
            reach: None,
            period: periods[end - 1],
            p10: quantile_of(&totals, 0.1)?,
            p50: quantile_of(&totals, 0.5)?,
            p90: quantile_of(&totals, 0.9)?,
            likely_date: likely,
            advice_50: quantile_of(&totals, way.share(0.5)),
            advice_70: quantile_of(&totals, way.share(0.7)),
            kept: None,
            observed: self.forecast.observed(),
            words: String::new(),
            how: words::how(&self.project, self.forecast, true),
        };
        found.words = words::sentence(&self.project, self.metric, self.forecast, self.due, &found);
        Some(found)
    }
}

#[cfg(test)]
mod tests;
