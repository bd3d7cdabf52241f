//! What moved the numbers, and what people thought of them: contributions, leads, bets, sensitivity and confidence, for programs and people.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::Supports;
use crate::analysis::Study;
use crate::analysis::bet::{self, MetricBet};
use crate::analysis::confidence::calibration;
use crate::analysis::contributions::{Contribution, Parts, WhyNoParts, parts_since};
use crate::analysis::effort::Work;
use crate::analysis::lead_lag::{MetricLeadLag, Pair, of_metrics, pairs_of, pairs_tried};
use crate::analysis::sensitivity::{SHARE, Sensitivity, sensitivity};
use crate::analysis::{Evaluation, Forecasts, Outlook, Unsuited, metric_values};
use crate::model::{Aim, Date, DeclaredEffect, Goal, GoalKind, GoalState, Metric, MetricId, date_words, within_period_words};

/// Inputs that a sentence names.
const NAMED: usize = 3;

/// Per goal: `lead_lag` of the drivers linked to it, and of an initiative the `bets` declared.
pub(super) fn goal_keys(project: Study<'_>, goal: &Goal, as_of: Date, pairs_tried: usize) -> [(String, Value); 2] {
    let leads = leads(project, goal, as_of, pairs_tried);
    let leads: Vec<Value> = leads.iter().map(|(pair, found)| lead_entry(pair, found.as_ref())).collect();
    let bets: Vec<Value> = effects(goal).iter().filter_map(|effect| bet_entry(project, effect, as_of)).collect();
    [("lead_lag".to_owned(), json!(leads)), ("bets".to_owned(), json!(bets))]
}

/// What is known of the drivers linked to a goal.
fn leads(project: Study<'_>, goal: &Goal, as_of: Date, pairs_tried: usize) -> Vec<(Pair, Result<MetricLeadLag, Unsuited>)> {
    let of = |pair: Pair| {
        let (driver, outcome) = project.metric(&pair.driver).zip(project.metric(&pair.outcome))?;
        let found = of_metrics(project, driver, outcome, as_of, pairs_tried);
        Some((pair, found))
    };
    pairs_of(project, [goal]).into_iter().filter_map(of).collect()
}

fn lead_entry(pair: &Pair, found: Result<&MetricLeadLag, &Unsuited>) -> Value {
    let reason = found.err().map(ToString::to_string);
    let found = found.ok();
    json!({
        "driver": pair.driver.as_str(),
        "outcome": pair.outcome.as_str(),
        "found": found.is_some_and(|f| f.result.is_found),
        "lag": found.map(|f| f.result.lag),
        "cadence": found.map(|f| f.cadence.word()),
        "correlation": found.map(|f| f.result.correlation),
        "p": found.map(|f| f.result.p),
        "pairs": found.map(|f| f.result.pairs),
        "reason": reason,
    })
}

fn effects(goal: &Goal) -> &[DeclaredEffect] {
    if let GoalKind::Initiative(initiative) = &goal.kind { &initiative.effects } else { &[] }
}

fn bet_entry(project: Study<'_>, effect: &DeclaredEffect, as_of: Date) -> Option<Value> {
    let found = bet::of_effect(project, effect, as_of)?;
    let bet = found.as_ref().ok().map(|found| &found.bet);
    Some(json!({
        "metric": effect.metric.as_str(),
        "from": effect.from.to_string(),
        "declared": effect.change,
        "relative": effect.relative,
        "predicted": bet.and_then(|b| b.predicted),
        "observed": bet.map(|b| b.observed),
        "expected": bet.map(|b| b.expected),
        "effect": bet.map(|b| b.effect),
        "interval": bet.map(|b| [b.interval.0, b.interval.1]),
        "verdict": bet.map(|b| b.verdict.code()),
        "reason": found.as_ref().err().map(ToString::to_string),
    }))
}

/// Per metric with a formula or segments: `contributions` of those since the last check-in, and the `sensitivity` to each input; else why not.
pub(super) fn metric_keys(
    project: Study<'_>,
    metric: &Metric,
    evaluation: &Evaluation,
    supports: &Supports<'_>,
    forecasts: &dyn Forecasts,
) -> [(&'static str, Result<Value, String>); 2] {
    let moved = moved(project, metric, supports, evaluation.as_of).map(|found| move_entry(&found)).map_err(|e| e.to_string());
    let swings = swings(project, metric, evaluation, supports, forecasts).map(|found| sensitivity_entry(&found)).map_err(|e| e.to_string());
    [("contributions", moved), ("sensitivity", swings)]
}

/// Since the last check-in of any goal that the metric measures; without one since the period before.
fn moved(project: Study<'_>, metric: &Metric, supports: &Supports<'_>, as_of: Date) -> Result<Parts, WhyNoParts> {
    parts_since(project, metric, supports.last_check_in(&metric.id), as_of)
}

fn move_entry(parts: &Parts) -> Value {
    fn part(found: &Contribution) -> Value {
        json!({
            "metric": found.input.as_str(),
            "lag": found.lag,
            "before": found.before,
            "after": found.after,
            "amount": found.amount,
            "parts": found.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }
    let found = parts.moved();
    json!({
        "from": found.from.first.to_string(),
        "to": found.to.first.to_string(),
        "before": found.before,
        "after": found.after,
        "dimension": if let Parts::Segments(by) = parts { Some(&by.dimension) } else { None },
        "rest": parts.rest(),
        "parts": found.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

/// With the chance of the target of the first key result that the metric measures and that is under way, its level moved as a whole.
fn swings(
    project: Study<'_>,
    metric: &Metric,
    evaluation: &Evaluation,
    supports: &Supports<'_>,
    forecasts: &dyn Forecasts,
) -> Result<Sensitivity, WhyNoParts> {
    let likely = supports.measured(&metric.id).iter().find_map(|goal| {
        let key_result = goal.as_key_result()?;
        let found = evaluation.goal(&goal.id)?.likelihood.clone()?;
        let up = match key_result.aim {
            Aim::Increase { .. } => true,
            Aim::Decrease { .. } => false,
            _ => return None,
        };
        Some((found.target?, found.period.first, up))
    });
    let forecast = likely.and_then(|_| if let Outlook::Known(forecast) = forecasts.outlook(metric) { Some(forecast) } else { None });
    let values = metric_values(project, metric, metric.cadence, evaluation.as_of);
    let now = values.complete().next_back().map(|(_, value)| value);
    sensitivity(project, metric, SHARE, evaluation.as_of, |value| {
        let (target, on, up) = likely?;
        let forecast = forecast.as_ref()?;
        if !project.spend(Work::Forecasts, forecast.steps_to_tell(forecast.ahead(on)?)) {
            return None;
        }
        let below = forecast.chance_at_most(target - (value - now?), on)?;
        Some(if up { 1.0 - below } else { below })
    })
}

fn sensitivity_entry(found: &Sensitivity) -> Value {
    let side = |o: &crate::analysis::sensitivity::Outcome| json!({ "value": o.value, "change": o.change, "likelihood": o.likelihood });
    json!({
        "date": found.period.first.to_string(),
        "value": found.value,
        "share": found.share,
        "swings": found.swings.iter().map(|s| json!({ "metric": s.driver.as_str(), "value": s.value, "low": side(&s.low), "high": side(&s.high) })).collect::<Vec<_>>(),
    })
}

/// The confidences of check-ins against what became of the goals; `null` where nothing is known of any.
pub(super) fn confidence_key(project: Study<'_>, evaluation: &Evaluation) -> Value {
    let found = calibration(&project, evaluation);
    found.map_or(Value::Null, |found| {
        json!({
            "count": found.count,
            "brier": found.brier,
            "base_rate": found.base_rate,
            "skill": found.skill(),
            "steps": found.by_confidence.iter().map(|s| json!({ "confidence": s.confidence, "count": s.count, "reached": s.reached })).collect::<Vec<_>>(),
        })
    })
}

/// The same in sentences, only where there is something to say.
pub(super) fn lines(project: Study<'_>, evaluation: &Evaluation) -> Vec<String> {
    let as_of = evaluation.as_of;
    let pursued: Vec<&Goal> =
        project.goals.values().map(AsRef::as_ref).filter(|g: &&Goal| !g.archived && g.state == GoalState::Active).collect();
    let mut metrics: BTreeMap<&MetricId, &Metric> = BTreeMap::new();
    for goal in &pursued {
        let measure = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        metrics.extend(measure.map(|metric| (&metric.id, metric)));
    }
    let supports = Supports::of(project.project(), evaluation);
    let mut lines: Vec<String> = metrics.values().filter_map(|metric| moved_line(project, metric, &supports, as_of)).collect();
    lines.extend(metrics.values().filter_map(|metric| swing_line(project, metric, as_of)));
    let tried = pairs_tried(project);
    let leads = pursued.iter().flat_map(|goal| leads(project, goal, as_of, tried));
    lines.extend(leads.filter_map(|(pair, found)| lead_line(project, &pair, &found.ok()?)));
    lines.extend(pursued.iter().flat_map(|goal| effects(goal).iter().filter_map(|effect| bet_line(project, goal, effect, as_of))));
    lines.extend(confidence_line(project, evaluation));
    lines
}

/// "MRR went from 1.1 M to 1.2 M, Sep 2026 to Oct 2026: customers +80 k, price +20 k."
fn moved_line(project: Study<'_>, metric: &Metric, supports: &Supports<'_>, as_of: Date) -> Option<String> {
    let parts = moved(project, metric, supports, as_of).ok()?;
    let found = Some(parts.moved()).filter(|found| found.before != found.after)?;
    let locale = &project.settings.locale;
    let value = |v: f64| locale.value(v, &metric.unit, metric.decimals);
    let when = |period| within_period_words(&project.settings.calendar, found.cadence, period);
    let named = found.parts.iter().filter(|part| part.amount != 0.0).take(NAMED).map(|part| {
        let name = project.metric(&part.input).map_or("an input", Metric::short_name);
        format!("{name} {}", locale.difference(part.amount, &metric.unit, metric.decimals))
    });
    let named: Vec<String> = named.collect();
    let span = format!("from {} {} to {} {}", value(found.before), when(found.from), value(found.after), when(found.to));
    (!named.is_empty()).then(|| format!("{} went {span}: {}.", metric.short_name(), named.join(", ")))
}

/// "Customers weigh most in MRR: 10 % more of it would be +120 k."
fn swing_line(project: Study<'_>, metric: &Metric, as_of: Date) -> Option<String> {
    let found = sensitivity(project, metric, SHARE, as_of, |_| None).ok().filter(|found| found.swings.len() > 1)?;
    let most = found.swings.first().filter(|swing| swing.span() > 0.0)?;
    let locale = &project.settings.locale;
    let name = project.metric(&most.driver).map_or("an input", Metric::short_name);
    let change = locale.difference(most.high.change, &metric.unit, metric.decimals);
    Some(format!("Of the inputs of {}, most hangs on {name}: {} more of it means {change}.", metric.short_name(), locale.percent(SHARE, 0)))
}

/// "Activation rate moves before MAU, by 2 months (r = 0.61)."
fn lead_line(project: Study<'_>, pair: &Pair, found: &MetricLeadLag) -> Option<String> {
    let found = Some(found).filter(|found| found.result.is_found)?;
    let [driver, outcome] = [&pair.driver, &pair.outcome].map(|id| project.metric(id).map_or("a metric", Metric::short_name));
    let noun = if found.cadence == crate::model::Cadence::Hourly { "day" } else { found.cadence.period_word() };
    let r = project.settings.locale.fixed(found.result.correlation, 2);
    Some(match found.result.lag {
        0 => format!("{driver} moves together with {outcome} (r = {r})."),
        1 => format!("{driver} moves before {outcome}, by 1 {noun} (r = {r})."),
        lag => format!("{driver} moves before {outcome}, by {lag} {noun}s (r = {r})."),
    })
}

/// "“Invite flow” was to bring MAU +400 k from 10 Mar 2026 on; it moved by +520 k (95 %: +300 k to +740 k): as predicted."
fn bet_line(project: Study<'_>, goal: &Goal, effect: &DeclaredEffect, as_of: Date) -> Option<String> {
    let metric = project.metric(&effect.metric)?;
    let found: Result<MetricBet, Unsuited> = bet::of_effect(project, effect, as_of).filter(|_| effect.from <= as_of)?;
    let bet = found.ok()?.bet;
    let locale = &project.settings.locale;
    let change = |v: f64| locale.difference(v, &metric.unit, metric.decimals);
    let (low, high) = (change(bet.interval.0), change(bet.interval.1));
    Some(format!(
        "“{}” was to bring {} {} from {} on; it moved by {} (95 %: {low} to {high}): {}.",
        goal.title,
        metric.short_name(),
        change(bet.predicted?),
        date_words(effect.from),
        change(bet.effect),
        bet.verdict.words()
    ))
}

/// "Confidences so far, of 14 check-ins: a Brier score of 0.18, against 0.24 for always stating the share that was reached (60 %)."
fn confidence_line(project: Study<'_>, evaluation: &Evaluation) -> Option<String> {
    let found = calibration(&project, evaluation)?;
    let locale = &project.settings.locale;
    let noun = if found.count == 1 { "check-in" } else { "check-ins" };
    Some(format!(
        "Confidence so far, over {} {noun} of goals that ended: a Brier score of {}, against {} for always stating the share reached ({}).",
        found.count,
        locale.fixed(found.brier, 2),
        locale.fixed(found.brier_of_base_rate, 2),
        locale.percent(found.base_rate, 0)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, GoalId, Initiative, MissingInput, Role, Tree};
    use crate::report::{json, text};
    use std::sync::Arc;

    /// Profit = visits × rate; an initiative that was to bring 50 visits; a driver that visits follow.
    fn project() -> (Fixture, MetricId, GoalId) {
        let mut f = Fixture::new();
        let mut noise = crate::analysis::noise::Noise::new(5);
        let ads: Vec<f64> = (0..60).map(|_| 100.0 + 10.0 * noise.normal()).collect();
        let visits: Vec<f64> =
            (0..60_usize).map(|i| 2.0 * ads[i.saturating_sub(2)] + noise.normal() + if i >= 50 { 50.0 } else { 0.0 }).collect();
        let rates: Vec<f64> = (0..60).map(|i| 0.5 + f64::from(i % 2) * 0.01).collect();
        let ads = f.monthly("Ads", Aggregation::Sum, "2021-01-01", &ads);
        let visits = f.monthly("Visits", Aggregation::Sum, "2021-01-01", &visits);
        let rate = f.monthly("Rate", Aggregation::Mean, "2021-01-01", &rates);
        let profit = f.formula("Profit", &format!("[{visits}] * [{rate}]"), MissingInput::Missing);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 140.0 }, Some(&profit), "2025-01-01", "2026-12-31");
        let reach = f.key_result(Aim::Increase { start: 200.0, target: 300.0 }, Some(&visits), "2025-01-01", "2026-12-31");
        f.link(&reach, &ads, Role::Driver);
        let id = GoalId::from_random(77);
        let effect = DeclaredEffect { metric: visits, from: day("2025-03-01"), change: 50.0, relative: false, confidence: 0.8 };
        let initiative = Initiative { effects: vec![effect], ..Initiative::default() };
        f.project.goals.insert(id.clone(), Arc::new(Goal::initiative(id, reach.clone(), "Search ads", initiative)));
        (f, profit, goal)
    }

    #[test]
    fn every_analysis_has_its_key() {
        let (f, profit, _) = project();
        let evaluation = f.evaluate("2025-12-31");
        let report = json(&f.project, &Tree::of(&f.project), &evaluation);
        let goals = report["goals"].as_array().unwrap();
        let lead = goals.iter().find_map(|g| g["lead_lag"].as_array()?.first()).unwrap();
        assert_eq!((&lead["found"], &lead["lag"], &lead["cadence"]), (&json!(true), &json!(2), &json!("monthly")), "{lead}");
        let bet = goals.iter().find_map(|g| g["bets"].as_array()?.first()).unwrap();
        assert_eq!((&bet["verdict"], &bet["predicted"]), (&json!("as_predicted"), &json!(50.0)), "{bet}");
        assert!(bet["interval"][0].as_f64().unwrap() < 50.0 && bet["interval"][1].as_f64().unwrap() > 50.0);
        let metric = report["metrics"].as_array().unwrap().iter().find(|m| m["id"] == profit.as_str()).unwrap();
        let moved = &metric["contributions"];
        let sum: f64 = moved["parts"].as_array().unwrap().iter().map(|p| p["amount"].as_f64().unwrap()).sum();
        assert!((sum - (moved["after"].as_f64().unwrap() - moved["before"].as_f64().unwrap())).abs() < 1e-9, "{moved}");
        assert_eq!(moved["to"], json!("2025-12-01"));
        let swings = metric["sensitivity"]["swings"].as_array().unwrap();
        assert_eq!(swings.len(), 2);
        let chance = |side: &str| swings[0][side]["likelihood"].as_f64().unwrap();
        assert!(chance("low") < chance("high"), "{swings:?}");
        let recorded = report["metrics"].as_array().unwrap().iter().find(|m| m["name"] == "Ads").unwrap();
        assert_eq!(recorded["contributions"], Value::Null);
        assert_eq!(recorded["reasons"]["sensitivity"], json!("it is recorded, not computed from other metrics"));
        assert_eq!(report["confidence"], Value::Null);
        assert!(report["attention"].is_array());
    }

    #[test]
    fn the_briefing_says_what_moved() {
        let (mut f, _, goal) = project();
        let said = f.check_in(&goal, "2025-10-15", 120.0);
        f.project.check_ins.get_mut(&said).unwrap().confidence = Some(8);
        let evaluation = f.evaluate("2025-12-31");
        let lines = lines((&f.project).into(), &evaluation);
        let starts: Vec<&str> = lines.iter().map(|l| l.split_whitespace().next().unwrap()).collect();
        assert_eq!(starts, ["Profit", "Of", "Ads", "“Search"], "{lines:#?}");
        assert!(lines[0].contains("in Sep 2025 to ") && lines[0].contains(": Visits ") || lines[0].contains(", Visits "), "{lines:#?}");
        assert!(lines[2].starts_with("Ads moves before Visits, by 2 months (r = 0."), "{lines:#?}");
        assert!(lines[3].ends_with(": as predicted."), "{lines:#?}");
        let page = text(&f.project, &Tree::of(&f.project), &evaluation);
        assert!(page.contains("What moved"), "{page}");
        f.edit_goal(&goal, |g| {
            g.state = GoalState::Closed(crate::model::Closing { on: day("2025-11-30"), score: 1.0, suggested: None, note: String::new() });
        });
        let closed = f.evaluate("2025-12-31");
        assert_eq!(confidence_key((&f.project).into(), &closed)["brier"].as_f64().map(|b| (b * 100.0).round()), Some(4.0));
        let found = confidence_line((&f.project).into(), &closed).unwrap();
        assert!(found.starts_with("Confidence so far, over 1 check-in of goals that ended: a Brier score of 0.04"), "{found}");
    }
}
