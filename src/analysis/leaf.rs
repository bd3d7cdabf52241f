//! The numbers that a goal has by itself: everything for key results and initiatives; dates, check-ins and guardrails for objectives.

use std::sync::Arc;

use crate::analysis::Study;
use crate::model::{
    Aim, CheckIn, Date, Goal, GoalKind, GoalState, Metric, MetricId, Project, Role, Status, StatusPreset, date_words, period_words_after,
    within_period_words,
};

use super::effort::Work;
use super::forecast::{Likelihood, likelihood_of};
use super::forecasts::{Forecasts, NewForecasts, Outlook};
use super::guardrail::trip;
use super::measure::{Measure, kept_limit, last_period_by};
use super::pace::{NoPace, Path};
use super::result::{Current, GoalResult, RequiredRate, Said};
use super::status::{Facts, Foresight, TOLERANCE, Verdict, Way, decide};
use super::then::{Then, steps_done};

/// The numbers that a goal has by itself, as of a day. For objectives these are dates, check-ins and guardrails; the rest comes from
/// the roll-up.
pub fn leaf<'a>(project: impl Into<Study<'a>>, goal: &Goal, as_of: Date) -> GoalResult {
    let project = project.into();
    leaf_of(project, goal, &project.check_ins_of(&goal.id, as_of), as_of, &NewForecasts::new(project, as_of))
}

/// As [`leaf`], with the goal's check-ins up to the day, oldest first, and the forecasts of that day.
pub fn leaf_of<'a>(
    project: impl Into<Study<'a>>,
    goal: &Goal,
    check_ins: &[&CheckIn],
    as_of: Date,
    forecasts: &dyn Forecasts,
) -> GoalResult {
    let project = project.into();
    let may_judge = project.spend(Work::Goals, 100 + goal.ledger.len());
    let then = Then::of(&project, goal, as_of);
    let mut result = GoalResult {
        span: then.span,
        progress: None,
        expected: None,
        status: Status::NoData,
        computed: Status::NoData,
        reason: String::new(),
        current: None,
        start: then.aim.as_ref().and_then(Aim::start),
        target: then.aim.as_ref().and_then(Aim::target),
        original_target: then.original_target,
        measured: None,
        weight_share: None,
        required_rate: None,
        likelihood: None,
        pending: false,
        awaits_likelihood: false,
        provisional: false,
        maintain: None,
        overridden: None,
        said: check_ins.last().and_then(|c| said(c)),
        guardrails_tripped: tripped(project, goal, then.span.start, as_of),
        score: None,
        score_original: None,
    };
    match &goal.kind {
        GoalKind::Objective(_) => {
            if let GoalState::Closed(closing) = &then.state {
                result.score = Some(closing.score);
            }
        }
        GoalKind::KeyResult(_) | GoalKind::Initiative(_) if !may_judge => {}
        GoalKind::KeyResult(_) | GoalKind::Initiative(_) => judge(project, goal, &then, check_ins, as_of, forecasts, &mut result),
    }
    result
}

fn judge(
    project: Study<'_>,
    goal: &Goal,
    then: &Then,
    check_ins: &[&CheckIn],
    as_of: Date,
    forecasts: &dyn Forecasts,
    result: &mut GoalResult,
) {
    // A goal that was set aside keeps the numbers of that day.
    let as_of = then.state.since().map_or(as_of, |since| since.min(as_of));
    let known = check_ins.partition_point(|c| c.date <= as_of);
    let check_ins = &check_ins[..known];
    let has_started = then.span.start.is_none_or(|start| start <= as_of);
    let measure = Measure::of(project, goal, then, check_ins, as_of);
    let path = Path::of(project, goal, then);
    let steps = steps_done(goal, measure.current.map_or(as_of, |c| c.judged_on));
    let progress_to = |target: Option<f64>| match (steps, &then.aim) {
        (Some((done, all)), _) => (all > 0).then(|| done as f64 / all as f64),
        (None, Some(aim)) => progress(aim, target, &measure),
        (None, None) => None,
    };
    let progress = progress_to(result.target).filter(|_| has_started);
    let expected = path.as_ref().ok().zip(measure.current).filter(|_| has_started && progress.is_some());
    let expected = expected.map(|(path, current)| path.share(current.judged_on));
    if let Some((_, all)) = steps {
        (result.start, result.target) = (Some(0.0), Some(all as f64));
    }
    let way = match (measure.maintain, then.aim.as_ref().and_then(kept_limit)) {
        (Some(maintain), Some((_, required_share))) => Way::Keep { maintain, required_share },
        _ => Way::Reach,
    };
    let words = Words { project, goal, then, measure: &measure };
    let foreseen = foresee(project, goal, then, &measure, as_of, forecasts);
    let Verdict { status, reason, provisional } = decide(
        &project,
        &Facts {
            as_of,
            span: then.span,
            state: &then.state,
            horizon: goal.horizon,
            progress,
            expected,
            judged_on: measure.current.map(|c| c.judged_on),
            no_data: &words.no_data(as_of),
            no_pace: match path {
                Err(NoPace::NoDue) => "There is no due date to judge it by.",
                Err(NoPace::NoStart) => "There is no start date to judge it by.",
                Ok(_) => "Nothing can be expected of it yet.",
            },
            standing: &words.standing(result.target),
            history: measure.history,
            is_final: measure.is_final,
            foresight: foreseen.foresight(),
            way,
        },
    );
    result.progress = progress;
    result.expected = expected;
    result.current = measure.current;
    result.maintain = measure.maintain;
    result.provisional = provisional;
    result.likelihood = foreseen.likelihood().cloned();
    result.awaits_likelihood = matches!(foreseen, Foreseen::Rough { .. } | Foreseen::Pending);
    result.pending = project.settings.status.preset == StatusPreset::Likelihood && result.awaits_likelihood;
    result.required_rate = required_rate(&project, &measure, result, then, as_of);
    result.score = progress.map(|p| p.clamp(0.0, 1.0));
    if let GoalState::Closed(closing) = &then.state {
        result.score = Some(closing.score);
    }
    result.score_original = then.original_target.and_then(|t| progress_to(Some(t))).filter(|_| has_started).map(|p| p.clamp(0.0, 1.0));
    // A name in it may be long.
    let reason = if project.spend(Work::Goals, reason.len()) { reason } else { String::new() };
    conclude(result, status, reason);
}

/// What came of asking for the forecast of a key result.
enum Foreseen {
    Chance {
        likelihood: Arc<Likelihood>,
        values: usize,
    },
    /// To judge by, not to tell.
    Rough {
        likelihood: Box<Likelihood>,
        values: usize,
    },
    Pending,
    /// Why not.
    Nothing(String),
}

impl Foreseen {
    fn likelihood(&self) -> Option<&Arc<Likelihood>> {
        match self {
            Self::Chance { likelihood, .. } => Some(likelihood),
            Self::Rough { .. } | Self::Pending | Self::Nothing(_) => None,
        }
    }

    fn foresight(&self) -> Foresight<'_> {
        match self {
            Self::Chance { likelihood, values } => Foresight::Chance { likelihood, values: *values },
            Self::Rough { likelihood, values } => Foresight::Rough { likelihood, values: *values },
            Self::Pending => Foresight::Pending,
            Self::Nothing(why) => Foresight::Nothing(why),
        }
    }
}

/// The likelihood of a key result that is under way. A metric is forecast only where there is something to ask.
fn foresee(project: Study<'_>, goal: &Goal, then: &Then, measure: &Measure, as_of: Date, forecasts: &dyn Forecasts) -> Foreseen {
    let nothing = |why: &str| Foreseen::Nothing(why.to_owned());
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let is_asked = then.aim.as_ref().is_some_and(|aim| !matches!(aim, Aim::Milestone { .. } | Aim::Baseline { .. }));
    let is_under_way = then.state == GoalState::Active && then.span.start.is_none_or(|start| start <= as_of) && then.span.due.is_some();
    let Some(metric) = metric.filter(|_| is_asked && is_under_way) else { return nothing("there is no forecast") };
    if measure.is_final {
        return nothing("the final value is in");
    }
    match forecasts.outlook(metric) {
        Outlook::Pending => Foreseen::Pending,
        Outlook::Unknown(reason) => Foreseen::Nothing(reason.to_string()),
        Outlook::Known(forecast) => match likelihood_of(project, goal, then, measure, as_of, &forecast) {
            Some(found) => Foreseen::Chance { likelihood: Arc::new(found), values: forecast.observed() },
            None => nothing("the forecast does not reach that far"),
        },
        Outlook::Rough(forecast) => match likelihood_of(project, goal, then, measure, as_of, &forecast) {
            Some(found) => Foreseen::Rough { likelihood: Box::new(found), values: forecast.observed() },
            None => nothing("the forecast does not reach that far"),
        },
    }
}

/// Puts the computed status in place, and over it the one that the latest check-in set, while it holds.
pub(super) fn conclude(result: &mut GoalResult, status: Status, reason: String) {
    result.computed = status;
    result.reason = reason;
    match &result.said {
        Some(said) if said.computed == status => {
            result.status = said.status;
            result.overridden = Some(said.check_in.clone());
        }
        _ => {
            result.status = status;
            result.overridden = None;
        }
    }
}

/// Raw progress, unclamped: (current − start) ÷ (target − start), or the share of periods kept.
fn progress(aim: &Aim, target: Option<f64>, measure: &Measure) -> Option<f64> {
    match aim {
        Aim::Increase { start, .. } | Aim::Decrease { start, .. } => {
            let way = target? - start;
            (way != 0.0).then_some((measure.current?.value - start) / way)
        }
        Aim::AtLeast { .. } | Aim::AtMost { .. } | Aim::Between { .. } => {
            let maintain = measure.maintain?;
            (maintain.of > 0).then(|| maintain.met as f64 / maintain.of as f64)
        }
        Aim::Milestone { .. } | Aim::Baseline { .. } => None,
    }
}

fn said(check_in: &CheckIn) -> Option<Said> {
    let set = check_in.status.as_ref()?;
    Some(Said {
        check_in: check_in.id.clone(),
        status: set.status,
        computed: set.computed,
        on: check_in.date,
        by: check_in.by.clone(),
        why: set.why.clone(),
    })
}

/// Guardrails of a goal that are tripped: by a threshold, or by a signal to the bad side since the goal began.
fn tripped(project: Study<'_>, goal: &Goal, since: Option<Date>, as_of: Date) -> Vec<MetricId> {
    let guardrails = project.linked_metrics(&goal.id).into_iter().filter(|(_, link)| link.role == Role::Guardrail);
    guardrails.filter(|(metric, _)| trip(project, metric, since, as_of).is_some()).map(|(metric, _)| metric.id.clone()).collect()
}

/// (target − current) ÷ periods left, for what leads somewhere and is not there yet.
fn required_rate(project: &Project, measure: &Measure, result: &GoalResult, then: &Then, as_of: Date) -> Option<RequiredRate> {
    let calendar = project.settings.calendar;
    let Some(Aim::Increase { .. } | Aim::Decrease { .. }) = then.aim else { return None };
    let (target, current, due) = (result.target?, measure.current?, result.span.due?);
    let is_reached = result.progress? >= 1.0 - TOLERANCE;
    if is_reached || as_of > due {
        return None;
    }
    let cadence = measure.cadence;
    // Totals can still grow in the period that is under way; levels are read at the end of each period.
    let left = if measure.accumulates {
        let next_day = current.judged_on.succ_opt()?;
        if next_day > due { 0 } else { calendar.periods_between(cadence, next_day, due) + 1 }
    } else {
        calendar.periods_between(cadence, current.judged_on, last_period_by(calendar, cadence, due).last)
    };
    let periods_left = u32::try_from(left).ok().filter(|&n| n > 0)?;
    let ratio = target / current.value;
    let compound = (!measure.accumulates && ratio.is_finite() && ratio > 0.0).then(|| ratio.powf(1.0 / f64::from(periods_left)) - 1.0);
    Some(RequiredRate { per_period: (target - current.value) / f64::from(periods_left), compound, periods_left, cadence })
}

struct Words<'a> {
    project: Study<'a>,
    goal: &'a Goal,
    then: &'a Then,
    measure: &'a Measure,
}

impl Words<'_> {
    fn metric(&self) -> Option<&Metric> {
        self.goal.as_key_result()?.metric.as_ref().and_then(|id| self.project.metric(id))
    }

    fn value(&self, value: f64) -> String {
        let locale = &self.project.settings.locale;
        self.metric().map_or_else(|| locale.short(value, 2), |m| locale.value(value, &m.unit, m.decimals))
    }

    fn when(&self, current: &Current) -> String {
        match self.metric() {
            Some(_) if self.measure.accumulates => format!("by {}", date_words(current.judged_on)),
            Some(_) => within_period_words(&self.project.settings.calendar, self.measure.cadence, current.period),
            None => format!("on {}", date_words(current.judged_on)),
        }
    }

    /// "8.2 M in Oct 2026, the target is 10 M".
    fn standing(&self, target: Option<f64>) -> String {
        let Some(current) = &self.measure.current else { return String::new() };
        if let Some((done, all)) = steps_done(self.goal, current.judged_on) {
            return if all == 1 {
                if done == 1 { "It is done".to_owned() } else { format!("It was not done by {}", date_words(current.judged_on)) }
            } else {
                format!("{done} of {all} steps are done")
            };
        }
        let target = target.map(|t| format!(", the target is {}", self.value(t))).unwrap_or_default();
        format!("{} {}{target}", self.value(current.value), self.when(current))
    }

    fn no_data(&self, as_of: Date) -> String {
        let Self { then, measure, goal, .. } = self;
        if let Some(Aim::Baseline { .. }) = then.aim {
            return "The baseline is not set yet, so there is no progress to measure.".to_owned();
        }
        if let Some(old) = &measure.stale {
            let when = if measure.accumulates {
                date_words(old.judged_on)
            } else {
                period_words_after(&self.project.settings.calendar, measure.cadence, old.period)
            };
            return format!("The last value is for {when}, which is too old to judge by.");
        }
        if measure.current.is_some() && measure.maintain.is_some() {
            let noun = measure.cadence.period_word();
            return format!("No whole {noun} of its span is over yet.");
        }
        let is_over = then.span.due.is_some_and(|due| as_of > due);
        match self.metric() {
            Some(metric) if is_over && measure.final_period.is_none() => {
                format!("No {} ends within its dates, so {} cannot judge it.", measure.cadence.period_word(), metric.short_name())
            }
            Some(metric) if is_over => format!("{} has no value for the time of this goal.", metric.short_name()),
            Some(metric) => format!("{} has no complete {} with a value yet.", metric.short_name(), measure.cadence.period_word()),
            None if matches!(goal.kind, GoalKind::Initiative(_)) => "It has no steps yet.".to_owned(),
            None => "No check-in has given a value yet.".to_owned(),
        }
    }
}
