//! The few numbers beside a chart, each with its arithmetic.

use crate::analysis::forecast::Likelihood;
use crate::analysis::{Current, Evaluation, GoalResult, expected_value_as_of, metric_values};
use crate::model::{Aim, Date, Goal, GoalId, Limit, Metric, MetricId, Project, date_words, within_period_words};

use super::ValueFormat;

/// A number that a card shows: "Gap to target", "−1.8 M", "needs +0.9 M a month".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub note: String,
    /// The formula with the numbers put in.
    pub why: String,
}

impl Fact {
    fn new(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>, why: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), note: note.into(), why: why.into() }
    }
}

/// Four facts or fewer: about a metric as the measure of a goal, or about a metric by itself, or about a goal without a metric.
pub fn facts(project: &Project, evaluation: &Evaluation, metric: Option<&MetricId>, goal: Option<&GoalId>) -> Vec<Fact> {
    let metric = metric.and_then(|id| project.metric(id));
    let goal =
        goal.and_then(|id| project.goal(id)).filter(|g| g.as_key_result().is_some_and(|k| k.metric.as_ref() == metric.map(|m| &m.id)));
    match (metric, goal.and_then(|g| Some((g, evaluation.goal(&g.id)?)))) {
        (metric, Some((goal, result))) => goal_facts(project, evaluation.as_of, goal, result, metric),
        (Some(metric), None) => metric_facts(project, metric, evaluation),
        (None, None) => Vec::new(),
    }
}

fn goal_facts(project: &Project, as_of: Date, goal: &Goal, result: &GoalResult, metric: Option<&Metric>) -> Vec<Fact> {
    let format = ValueFormat::of(project, metric);
    let Some(key_result) = goal.as_key_result() else { return Vec::new() };
    let mut facts = Vec::new();
    if let Some(current) = &result.current
        && !matches!(key_result.aim, Aim::Milestone { .. })
    {
        facts.push(now(project, metric, current, key_result.accumulating, &format));
    }
    match &key_result.aim {
        Aim::AtLeast { threshold, .. } => facts.extend(limit_gap(result, Limit::AtLeast(*threshold), &format)),
        Aim::AtMost { threshold, .. } => facts.extend(limit_gap(result, Limit::AtMost(*threshold), &format)),
        Aim::Between { low, high, .. } => facts.extend(limit_gap(result, Limit::Within { low: *low, high: *high }, &format)),
        Aim::Increase { .. } | Aim::Decrease { .. } => {
            facts.extend(gap_to_target(result, &format));
            facts.extend(against_pace(project, as_of, goal, result, &format));
        }
        Aim::Milestone { steps } => {
            let done = steps.iter().filter(|s| s.done_on.is_some_and(|d| result.current.is_none_or(|c| d <= c.judged_on))).count();
            facts.push(Fact::new(
                "Steps done",
                format!("{done} of {}", steps.len()),
                due_words(result),
                format!("{done} steps are done of {}", steps.len()),
            ));
        }
        Aim::Baseline { .. } => {
            let why = "the start value is not set, so there is nothing to measure progress from";
            facts.push(Fact::new("Baseline", "Not set", "set the start value in the inspector", why));
        }
    }
    if let Some(maintain) = &result.maintain {
        let share = maintain.met as f64 / maintain.of.max(1) as f64;
        let words = maintain.words();
        let why = format!("{} met ÷ {} complete = {}", maintain.met, maintain.of, format.locale.percent(share, 0));
        facts.push(Fact::new("Kept", format!("{} of {}", maintain.met, maintain.of), words, why));
    }
    if let Some(found) = result.likelihood.as_deref() {
        facts.push(likelihood(found, &format));
    } else if result.awaits_likelihood {
        facts.push(Fact::new("Likelihood", "…", "being worked out", "The forecast is being worked out."));
    } else if let Some(progress) = result.progress {
        let shown = format.locale.percent(progress, 0);
        let note = result
            .expected
            .map_or_else(|| "no expectation without a due date".to_owned(), |e| format!("expected {}", format.locale.percent(e, 0)));
        facts.push(Fact::new("Progress", shown, note, progress_why(result, key_result.accumulating, &format)));
    }
    facts
}

fn likelihood(found: &Likelihood, format: &ValueFormat) -> Fact {
    let note = match (found.kept, found.likely_date) {
        (Some(kept), _) => format!("{} of periods expected to keep it", format.locale.percent(kept.expected, 0)),
        (None, Some(date)) => format!("as likely as not by {}", date_words(date)),
        (None, None) => format!("forecast {} to {}", format.value(found.p10), format.value(found.p90)),
    };
    // Short enough for the large type of a card.
    let share = match found.probability {
        p if p < 0.01 => format!("< {}", format.locale.percent(0.01, 0)),
        p if p > 0.99 => format!("> {}", format.locale.percent(0.99, 0)),
        p => format.locale.percent(p, 0),
    };
    Fact::new("Likelihood", share, note, format!("{} {}", found.words, found.how))
}

fn due_words(result: &GoalResult) -> String {
    result.span.due.map_or_else(|| "no due date".to_owned(), |due| format!("due {}", date_words(due)))
}

fn now(project: &Project, metric: Option<&Metric>, current: &Current, accumulating: bool, format: &ValueFormat) -> Fact {
    let when = match metric {
        Some(_) if accumulating => format!("to {}", date_words(current.period.last)),
        Some(metric) => within_period_words(&project.settings.calendar, metric.cadence, current.period),
        None => format!("on {}", date_words(current.judged_on)),
    };
    let note = current.previous.map_or_else(|| when.clone(), |before| format!("{} {when}", format.difference(current.value - before)));
    let why = match current.previous {
        Some(before) => format!("{} {when}; the value before was {}", format.exact(current.value), format.exact(before)),
        None => format!("{} {when}", format.exact(current.value)),
    };
    Fact::new("Now", format.value(current.value), note, why)
}

fn gap_to_target(result: &GoalResult, format: &ValueFormat) -> Option<Fact> {
    let (current, target) = (result.current?, result.target?);
    let gap = current.value - target;
    let note = result
        .required_rate
        .map_or_else(|| due_words(result), |rate| format!("needs {} a {}", format.difference(rate.per_period), rate.cadence.period_word()));
    let rest = result.required_rate.map_or_else(String::new, |rate| {
        format!("; {} over {} {}s left", format.difference(-gap), rate.periods_left, rate.cadence.period_word())
    });
    let why = format!("{} − {} = {}{rest}", format.exact(current.value), format.exact(target), format.difference(gap));
    Some(Fact::new("Gap to target", format.difference(gap), note, why))
}

fn limit_gap(result: &GoalResult, limit: Limit, format: &ValueFormat) -> Option<Fact> {
    let value = result.current?.value;
    let (gap, words) = match limit {
        Limit::AtLeast(low) => (value - low, format!("limit ≥ {}", format.value(low))),
        Limit::AtMost(high) => (value - high, format!("limit ≤ {}", format.value(high))),
        Limit::Within { low, high } => {
            let gap = if value < low { value - low } else { (value - high).max(0.0) };
            (gap, format!("limits {}", format.span(low, high, " to ")))
        }
    };
    let why = format!("{} against the {words}", format.exact(value));
    Some(Fact::new("Against the limit", if gap == 0.0 { "within".to_owned() } else { format.difference(gap) }, words, why))
}

fn against_pace(project: &Project, as_of: Date, goal: &Goal, result: &GoalResult, format: &ValueFormat) -> Option<Fact> {
    let current = result.current?;
    let expected = expected_value_as_of(project, goal, current.judged_on, as_of)?;
    let gap = current.value - expected;
    let note = format!("expected {} on {}", format.value(expected), date_words(current.judged_on));
    let why = format!("{} − {} = {}", format.exact(current.value), format.exact(expected), format.difference(gap));
    Some(Fact::new("Against pace", format.difference(gap), note, why))
}

fn progress_why(result: &GoalResult, accumulating: bool, format: &ValueFormat) -> String {
    let Some(progress) = result.progress else { return String::new() };
    match (result.current, result.start, result.target, &result.maintain) {
        (Some(current), Some(start), Some(target), None) => {
            let total = if accumulating { "the total so far " } else { "" };
            let [now, start, target] = [current.value, start, target].map(|v| format.exact(v));
            format!("({total}{now} − {start}) ÷ ({target} − {start}) = {}", format.locale.percent(progress, 1))
        }
        (_, _, _, Some(maintain)) => format!("{} met ÷ {} complete = {}", maintain.met, maintain.of, format.locale.percent(progress, 1)),
        _ => result.reason.clone(),
    }
}

fn metric_facts(project: &Project, metric: &Metric, evaluation: &Evaluation) -> Vec<Fact> {
    let format = ValueFormat::of(project, Some(metric));
    let calendar = &project.settings.calendar;
    let values = &metric_values(project, metric, metric.cadence, evaluation.as_of).values;
    let complete: Vec<_> = values.iter().filter(|v| v.complete).filter_map(|v| Some((v.period, v.value?))).collect();
    let Some(&(period, value)) = complete.last() else { return Vec::new() };
    let when = within_period_words(calendar, metric.cadence, period);
    let mut facts = vec![Fact::new("Now", format.value(value), when.clone(), format!("{} {when}", format.exact(value)))];
    let mut against = |label: &str, earlier: Option<&(crate::model::Period, f64)>| {
        if let Some(&(then, before)) = earlier {
            let words = within_period_words(calendar, metric.cadence, then);
            let why = format!("{} − {} = {}", format.exact(value), format.exact(before), format.difference(value - before));
            facts.push(Fact::new(label, format.difference(value - before), format!("from {} {words}", format.value(before)), why));
        }
    };
    against("Change", complete.len().checked_sub(2).and_then(|i| complete.get(i)));
    if let Some(season) = metric.cadence.season_length().filter(|&s| s > 7) {
        let year_ago =
            complete.iter().rev().find(|(then, _)| calendar.periods_between(metric.cadence, then.first, period.first) == season as i64);
        against("Against a year ago", year_ago);
    }
    if let Some(limit) = metric.target_on(period.last) {
        let (sign, target) = match limit {
            Limit::AtLeast(v) => ("≥ ", v),
            Limit::AtMost(v) => ("≤ ", v),
            Limit::Within { low, high } => ("within ", if value < low { low } else { high }),
        };
        let met = if limit.is_met_by(value) { "met" } else { "not met" };
        let why = format!("{} against the target {sign}{}: {met}", format.exact(value), format.exact(target));
        facts.push(Fact::new(
            "Against target",
            format.difference(value - target),
            format!("target {sign}{}, {met}", format.value(target)),
            why,
        ));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluate;
    use crate::model::{Cadence, Date, KeyResult, Point, ProjectId, Series, Stamp, Tree};
    use std::sync::Arc;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// A monthly metric of 100, 110, 120 in July to September 2026 and a key result from 100 to 200 over the second half-year.
    fn project() -> Project {
        let mut project = Project::empty(ProjectId::from_random(1), "Test");
        let months = ["2026-07-01", "2026-08-01", "2026-09-01"];
        let points = months.iter().zip([100.0, 110.0, 120.0]).map(|(d, v)| Point::new(Stamp::from_date(day(d)), v));
        let series = Arc::new(Series::from_points(points).unwrap());
        let metric = Metric { series, cadence: Cadence::Monthly, ..Metric::new(MetricId::from_random(1), "Sign-ups") };
        let objective = Goal::objective(GoalId::from_random(1), None, "Grow");
        let key_result = KeyResult::new(Aim::Increase { start: 100.0, target: 200.0 }, Some(metric.id.clone()));
        let mut goal = Goal::key_result(GoalId::from_random(2), objective.id.clone(), "Double sign-ups", key_result);
        (goal.start, goal.due) = (Some(day("2026-07-01")), Some(day("2026-12-31")));
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
        for goal in [objective, goal] {
            project.goals.insert(goal.id.clone(), Arc::new(goal));
        }
        project
    }

    #[test]
    fn a_key_result_shows_its_gaps_with_their_arithmetic() {
        let project = project();
        let evaluation = evaluate(&project, &Tree::of(&project), day("2026-10-10"));
        let facts = facts(&project, &evaluation, Some(&MetricId::from_random(1)), Some(&GoalId::from_random(2)));
        let shown: Vec<_> = facts.iter().map(|f| format!("{}: {} ({})", f.label, f.value, f.note)).collect();
        // 91 of 183 days from 1 July to 30 September are gone: 100 + 100 × 91/183 = 149.7, so −29.7 against it, expected 50 %.
        // 80 are left for October to December: 26.7 a month.
        assert_eq!(
            shown,
            [
                "Now: 120 (+10 in Sep 2026)",
                "Gap to target: −80 (needs +27 a month)",
                "Against pace: −30 (expected 150 on 30 Sep 2026)",
                "Progress: 20 % (expected 50 %)"
            ]
        );
        assert_eq!(facts[1].why, "120 − 200 = −80; +80 over 3 months left");
        assert_eq!(facts[3].why, "(120 − 100) ÷ (200 − 100) = 20.0 %");
    }

    #[test]
    fn a_metric_by_itself_shows_its_change() {
        let project = project();
        let evaluation = evaluate(&project, &Tree::of(&project), day("2026-10-10"));
        let shown: Vec<_> =
            facts(&project, &evaluation, Some(&MetricId::from_random(1)), None).into_iter().map(|f| f.label + " " + &f.value).collect();
        assert_eq!(shown, ["Now 120", "Change +10"]);
    }
}
