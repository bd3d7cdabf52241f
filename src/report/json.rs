//! The report for programs: one JSON object. Keys are added, never renamed.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};

use super::meetings::meeting_entries;
use super::moves::{confidence_key, goal_keys, metric_keys};
use super::series::{last_due, series};
use crate::analysis::Study;
use crate::analysis::attention::{News, Since, Tone, attention};
use crate::analysis::lead_lag::pairs_tried;
use crate::analysis::lint::lint;
use crate::analysis::{CheckIns, Evaluation, Forecasts, GoalResult, NewForecasts, Outlook, check_ins, metric_values};
use crate::model::{Aim, Date, Goal, GoalId, GoalState, Metric, MetricId, Place, Project, Role, Stamp, Tree};

/// Goals in the order of the tree, metrics by id. Unknown numbers are `null`; a progress, score or weight of 1.0 is 100 %.
///
/// `required_rate` is what each of the `periods_left` has to bring in the metric's unit, `required_growth` the same as a share of the
/// period before; `required_cadence` says how long a period is. `likelihood` is the chance of the target by the due date, `likely_date` the first
/// day on which it is even; in 1, 5 and 9 of 10 cases the value (or the total) on the due date stays below `due_p10`, `due_p50` and `due_p90`; where there is no likelihood, `likelihood_reason` says why. What a metric has besides, [`series`] says.
///
/// `lead_lag` of a goal holds its drivers against its outcomes (`lag` in periods of the `cadence`), `bets` of an initiative what was declared
/// against what was observed. A metric with a formula has `contributions` of its inputs since the last check-in, one with segments those of its
/// segments along a `dimension`; with the `rest` that no part accounts for they add up to the change. A formula has a `sensitivity` to a tenth
/// less and more of each input. `attention` lists what is news, the most pressing first; `confidence` is how good the
/// confidences of check-ins turned out to be.
pub fn json<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation) -> Value {
    let project = project.into();
    // Everything in it is a number, a text, a list or an object with texts as keys.
    serde_json::to_value(Briefing { project, tree, evaluation }).unwrap_or_default()
}

/// As [`json()`], written out entry by entry: what was said of one goal or metric is forgotten before the next.
pub fn json_text<'a>(project: impl Into<Study<'a>>, tree: &Tree, evaluation: &Evaluation) -> Vec<u8> {
    let project = project.into();
    let mut text = Vec::new();
    // Memory takes everything.
    let _always = serde_json::to_writer_pretty(&mut text, &Briefing { project, tree, evaluation });
    text.push(b'\n');
    text
}

struct Briefing<'a> {
    project: Study<'a>,
    tree: &'a Tree,
    evaluation: &'a Evaluation,
}

/// Keys in the order of the alphabet, as in the objects inside.
impl Serialize for Briefing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { project, tree, evaluation } = *self;
        let forecasts = NewForecasts::new(project, evaluation.as_of);
        let supports = Supports::of(project.project(), evaluation);
        let mut object = serializer.serialize_map(Some(8))?;
        object.serialize_entry("as_of", &evaluation.as_of.to_string())?;
        let news = attention(project, tree, evaluation, Since::LastCheckIn);
        object.serialize_entry("attention", &Each(|| news.ranked().iter().map(|news| news_entry(news))))?;
        object.serialize_entry("confidence", &confidence_key(project, evaluation))?;
        let goals = Goals::of(project, tree, evaluation, &forecasts);
        let walk = || tree.walk().into_iter().filter_map(|visit| project.goal(visit.goal));
        object.serialize_entry("goals", &Each(|| walk().map(|goal| goals.entry(goal))))?;
        object.serialize_entry("last_meeting", &project.deck.last_meeting.map(|day| day.to_string()))?;
        object.serialize_entry("meeting_log", &meeting_entries(&project, evaluation.as_of))?;
        let metrics = || project.metrics.values().map(|metric| metric_entry(project, metric, evaluation, &supports, &forecasts));
        object.serialize_entry("metrics", &Each(metrics))?;
        object.serialize_entry("project", &project.name)?;
        object.end()
    }
}

/// A list whose entries are made one after the other.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item = Value>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// What the entries of goals are made from.
struct Goals<'a> {
    project: Study<'a>,
    evaluation: &'a Evaluation,
    forecasts: &'a NewForecasts<'a>,
    findings: BTreeMap<GoalId, Vec<&'static str>>,
    check_ins: BTreeMap<GoalId, CheckIns>,
    pairs_tried: usize,
}

impl<'a> Goals<'a> {
    fn of(project: Study<'a>, tree: &Tree, evaluation: &'a Evaluation, forecasts: &'a NewForecasts<'a>) -> Self {
        let mut findings: BTreeMap<GoalId, Vec<&'static str>> = BTreeMap::new();
        for finding in lint(project, tree, evaluation) {
            if let Place::Goal(goal) = finding.place {
                findings.entry(goal).or_default().push(finding.rule.id());
            }
        }
        let check_ins = check_ins(&project, tree, evaluation);
        Self { project, evaluation, forecasts, findings, check_ins, pairs_tried: pairs_tried(project) }
    }

    fn entry(&self, goal: &Goal) -> Value {
        let Self { project, evaluation, forecasts, findings, check_ins, pairs_tried } = self;
        let project = *project;
        let mut entry = goal_entry(goal, evaluation, findings.get(&goal.id).map_or(&[], Vec::as_slice));
        if let Some(entry) = entry.as_object_mut() {
            if let Some(result) = evaluation.goal(&goal.id) {
                entry.extend(likelihood_keys(project, goal, result, *forecasts, evaluation.as_of));
            }
            entry.extend(goal_keys(project, goal, evaluation.as_of, *pairs_tried));
            entry.extend(check_ins.get(&goal.id).into_iter().flat_map(check_in_keys));
        }
        entry
    }
}

/// What hangs on each metric, gathered once.
pub(super) struct Supports<'a> {
    /// As [`Project::supported_goals`].
    goals: BTreeMap<&'a MetricId, BTreeMap<&'a GoalId, Role>>,
    /// The key results that it measures, by id.
    measured: BTreeMap<&'a MetricId, Vec<&'a Goal>>,
    /// The latest check-in of any of those, up to the day.
    last_check_in: BTreeMap<&'a MetricId, Date>,
}

impl<'a> Supports<'a> {
    pub(super) fn of(project: &'a Project, evaluation: &Evaluation) -> Self {
        let mut found = Self { goals: BTreeMap::new(), measured: BTreeMap::new(), last_check_in: BTreeMap::new() };
        let metric_of = |goal: &'a Goal| goal.as_key_result()?.metric.as_ref();
        for goal in project.goals.values() {
            if let Some(metric) = metric_of(goal) {
                found.goals.entry(metric).or_default().insert(&goal.id, Role::Outcome);
                found.measured.entry(metric).or_default().push(goal);
            }
        }
        for link in project.links.values() {
            found.goals.entry(&link.metric).or_default().entry(&link.goal).or_insert(link.role);
        }
        for check_in in project.check_ins.values().filter(|c| c.date <= evaluation.as_of) {
            if let Some(metric) = project.goal(&check_in.goal).and_then(metric_of) {
                let last = found.last_check_in.entry(metric).or_insert(check_in.date);
                *last = check_in.date.max(*last);
            }
        }
        found
    }

    pub(super) fn measured(&self, metric: &MetricId) -> &[&'a Goal] {
        self.measured.get(metric).map_or(&[], Vec::as_slice)
    }

    pub(super) fn last_check_in(&self, metric: &MetricId) -> Option<Date> {
        self.last_check_in.get(metric).copied()
    }

    fn entries(&self, project: Study<'_>, metric: &MetricId) -> Vec<Value> {
        let goals = self.goals.get(metric).into_iter().flatten().filter(|(goal, _)| project.goal(goal).is_some());
        goals.map(|(goal, role)| json!({ "goal": goal.as_str(), "role": role.word() })).collect()
    }
}

fn news_entry(news: &News) -> Value {
    let News { kind, tone, place, on, number, sentence, size: _ } = news;
    let id = match place {
        Place::Goal(goal) => Some(goal.as_str()),
        Place::Metric(metric) => Some(metric.as_str()),
        _ => None,
    };
    json!({
        "kind": kind.code(),
        "tone": match tone { Tone::Worse => "worse", Tone::Neither => "neither", Tone::Better => "better" },
        "about": id,
        "date": on.map(|d| d.to_string()),
        "number": number,
        "sentence": sentence,
    })
}

fn goal_entry(goal: &Goal, evaluation: &Evaluation, findings: &[&str]) -> Value {
    let result = evaluation.goal(&goal.id);
    json!({
        "id": goal.id.as_str(),
        "title": goal.title,
        "kind": goal.kind.code(),
        "parent": goal.parent.as_ref().map(GoalId::as_str),
        "progress": result.and_then(|r| r.progress),
        "expected": result.and_then(|r| r.expected),
        "status": result.map(|r| r.status.code()),
        "findings": findings,
        "weight_share": result.and_then(|r| r.weight_share),
        "measured": result.and_then(|r| r.measured).map(|(measured, of)| format!("{measured} of {of}")),
        "start": result.and_then(|r| r.start),
        "current": result.and_then(|r| r.current).map(|c| c.value),
        "target": result.and_then(|r| r.target),
        "target_band": target_band(goal),
        "original_target": result.and_then(|r| r.original_target),
        "score": result.and_then(|r| r.score),
        "score_original": result.and_then(|r| r.score_original),
        "required_rate": result.and_then(|r| r.required_rate).map(|rate| rate.per_period),
        "required_growth": result.and_then(|r| r.required_rate).and_then(|rate| rate.compound),
        "required_cadence": result.and_then(|r| r.required_rate).map(|rate| rate.cadence.word()),
        "periods_left": result.and_then(|r| r.required_rate).map(|rate| rate.periods_left),
        "provisional": result.is_some_and(|r| r.provisional),
        "predecessor": goal.predecessor.as_ref().map(GoalId::as_str),
    })
}

/// The two ends of an aim to stay within, which has no one target.
fn target_band(goal: &Goal) -> Option<[f64; 2]> {
    match goal.as_key_result()?.aim {
        Aim::Between { low, high, .. } => Some([low, high]),
        _ => None,
    }
}

/// Whether somebody looks after the goal. `check_ins_overdue` counts periods of the check-in cadence.
fn check_in_keys(check_ins: &CheckIns) -> [(String, Value); 4] {
    let CheckIns { last, confidence, due, overdue, cadence: _, is_due: _ } = check_ins;
    let day = |date: &Option<Date>| date.map(|d| d.to_string());
    [
        ("last_check_in".to_owned(), json!(day(last))),
        ("confidence".to_owned(), json!(confidence)),
        ("check_in_due".to_owned(), json!(day(due))),
        ("check_ins_overdue".to_owned(), json!(overdue)),
    ]
}

/// For a formula metric the points are its periods with a value, each dated on its first day.
fn metric_entry(project: Study<'_>, metric: &Metric, evaluation: &Evaluation, supports: &Supports<'_>, forecasts: &dyn Forecasts) -> Value {
    let as_of = evaluation.as_of;
    let (points, last): (usize, Option<(Stamp, f64)>) = if metric.formula().is_some() {
        let values = metric_values(project, metric, metric.cadence, as_of);
        let last = values.present().next_back().map(|(v, value)| (Stamp::from_date(v.period.first), value));
        (values.present().count(), last)
    } else {
        let visible = metric.series.len_up_to(as_of);
        let last = visible.checked_sub(1).map(|i| (metric.series.times()[i], metric.series.values()[i]));
        (visible, last)
    };
    let mut entry = json!({
        "id": metric.id.as_str(),
        "name": metric.name,
        "unit": metric.unit.code(),
        "points": points,
        "last": last.map(|(at, value)| json!({ "date": at.to_string(), "value": value })),
        "supports": supports.entries(project, &metric.id),
    });
    if let Some(entry) = entry.as_object_mut() {
        entry.extend(series(project, metric, as_of, last_due(supports.measured(&metric.id), evaluation), forecasts));
        for (key, found) in metric_keys(project, metric, evaluation, supports, forecasts) {
            if let (Err(why), Some(reasons)) = (&found, entry.get_mut("reasons").and_then(Value::as_object_mut)) {
                reasons.insert(key.to_owned(), json!(why));
            }
            entry.insert(key.to_owned(), found.unwrap_or(Value::Null));
        }
    }
    entry
}

/// Of key results only.
fn likelihood_keys(project: Study<'_>, goal: &Goal, result: &GoalResult, forecasts: &dyn Forecasts, as_of: Date) -> Vec<(String, Value)> {
    if goal.as_key_result().is_none() {
        return Vec::new();
    }
    let found = result.likelihood.as_deref();
    let why = if found.is_some() { None } else { Some(why_no_likelihood(project, goal, result, forecasts, as_of)) };
    vec![
        ("likelihood".to_owned(), json!(found.map(|l| l.probability))),
        ("likely_date".to_owned(), json!(found.and_then(|l| l.likely_date).map(|d| d.to_string()))),
        ("due_p10".to_owned(), json!(found.map(|l| l.p10))),
        ("due_p50".to_owned(), json!(found.map(|l| l.p50))),
        ("due_p90".to_owned(), json!(found.map(|l| l.p90))),
        ("likelihood_reason".to_owned(), json!(why)),
    ]
}

fn why_no_likelihood(project: Study<'_>, goal: &Goal, result: &GoalResult, forecasts: &dyn Forecasts, as_of: Date) -> String {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let is_forecast = goal.as_key_result().is_some_and(|k| !matches!(k.aim, Aim::Milestone { .. } | Aim::Baseline { .. }));
    let why = match metric.filter(|_| is_forecast) {
        None => "only what a metric measures is forecast",
        Some(_) if goal.state != GoalState::Active => "it was set aside or closed",
        Some(_) if result.span.start.is_some_and(|start| start > as_of) => "it has not begun",
        Some(_) if result.span.due.is_none() => "it has no due date",
        Some(metric) => match forecasts.outlook(metric) {
            Outlook::Unknown(reason) => return reason.to_string(),
            Outlook::Known(_) | Outlook::Rough(_) | Outlook::Pending => "its final value is in",
        },
    };
    why.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Aggregation, Aim};

    const DETAILS: [&str; 22] = [
        "lead_lag",
        "bets",
        "likelihood",
        "likely_date",
        "due_p10",
        "due_p50",
        "due_p90",
        "likelihood_reason",
        "weight_share",
        "measured",
        "start",
        "current",
        "target",
        "target_band",
        "original_target",
        "score",
        "score_original",
        "required_rate",
        "required_growth",
        "required_cadence",
        "periods_left",
        "provisional",
    ];

    /// Worked out in `series`.
    const SERIES: [&str; 9] =
        ["forecast", "xmr", "trend", "season", "change_points", "outliers", "reasons", "contributions", "sensitivity"];

    #[test]
    fn every_number_under_its_key() {
        let mut f = Fixture::new();
        let users = f.monthly("Users", Aggregation::Last, "2026-01-01", &[110.0, 115.0, 130.0]);
        let goal = f.key_result(Aim::Increase { start: 100.0, target: 200.0 }, Some(&users), "2025-12-31", "2026-04-10");
        let root = f.root.clone();
        f.link(&root, &users, Role::Driver);
        let report = json(&f.project, &Tree::of(&f.project), &f.evaluate("2026-03-10"));
        // February's 115 is 15 % of the way, the 59th of 100 days; March is still open but it is the last point.
        let mut report = report;
        report.as_object_mut().unwrap().remove("attention");
        // The keys of progress in detail are worked out in `worked_examples`.
        for goal in report["goals"].as_array_mut().unwrap() {
            goal.as_object_mut().unwrap().retain(|key, _| !DETAILS.contains(&key.as_str()));
        }
        for metric in report["metrics"].as_array_mut().unwrap() {
            metric.as_object_mut().unwrap().retain(|key, _| !SERIES.contains(&key.as_str()));
        }
        assert_eq!(
            report,
            json!({
                "project": "Test",
                "as_of": "2026-03-10",
                "confidence": null,
                "goals": [
                    { "id": root.as_str(), "title": "Root", "kind": "objective", "parent": null, "progress": 0.15, "expected": 0.59, "status": "at_risk", "findings": ["no-dates", "no-owner"], "predecessor": null,
                      "last_check_in": null, "confidence": null, "check_in_due": null, "check_ins_overdue": 0 },
                    { "id": goal.as_str(), "title": "Key result", "kind": "increase", "parent": root.as_str(), "progress": 0.15, "expected": 0.59, "status": "at_risk", "findings": ["no-owner", "no-check-in"], "predecessor": null,
                      "last_check_in": null, "confidence": null, "check_in_due": "2026-01-04", "check_ins_overdue": 10 },
                ],
                "metrics": [{
                    "id": users.as_str(), "name": "Users", "unit": "count", "points": 3,
                    "last": { "date": "2026-03-01", "value": 130.0 },
                    "supports": [{ "goal": root.as_str(), "role": "driver" }, { "goal": goal.as_str(), "role": "outcome" }],
                }],
                "last_meeting": null,
                "meeting_log": [],
            })
        );
    }

    #[test]
    fn key_results_say_how_likely_they_are() {
        let mut f = Fixture::new();
        let values: Vec<f64> = (0..18).map(|i| 100.0 + 10.0 * f64::from(i) + [2.0, -3.0, 1.0][i as usize % 3]).collect();
        let users = f.monthly("Users", Aggregation::Last, "2025-01-01", &values);
        let few = f.monthly("Few", Aggregation::Last, "2026-05-01", &[1.0, 2.0]);
        let aim = |target| Aim::Increase { start: 100.0, target };
        let near = f.key_result(aim(300.0), Some(&users), "2026-01-01", "2026-12-31");
        let new = f.key_result(aim(300.0), Some(&few), "2026-01-01", "2026-12-31");
        let done = f.milestone(&[None], "2026-01-01", "2026-12-31");
        let evaluation = f.evaluate("2026-06-30");
        let report = json(&f.project, &Tree::of(&f.project), &evaluation);
        let of = |goal: &GoalId| report["goals"].as_array().unwrap().iter().find(|g| g["id"] == goal.as_str()).unwrap().clone();
        let expected = evaluation.goal(&near).unwrap().likelihood.clone().unwrap();
        let found = of(&near);
        assert_eq!(found["likelihood"], json!(expected.probability));
        assert_eq!(found["likely_date"], json!(expected.likely_date.unwrap().to_string()));
        assert_eq!(
            [&found["due_p10"], &found["due_p50"], &found["due_p90"]],
            [expected.p10, expected.p50, expected.p90].map(|p| json!(p)).each_ref()
        );
        assert_eq!(found["likelihood_reason"], Value::Null);
        // Its metric is forecast as far as it is due.
        let users = report["metrics"].as_array().unwrap().iter().find(|m| m["id"] == users.as_str()).unwrap();
        assert_eq!(users["forecast"]["dates"][5], json!("2026-12-01"));
        assert_eq!(users["forecast"]["horizon"], json!(6));
        assert_eq!(of(&new)["likelihood"], Value::Null);
        assert_eq!(of(&new)["likelihood_reason"], json!("a forecast needs at least 4 values, and there are 2"));
        assert_eq!(of(&done)["likelihood_reason"], json!("only what a metric measures is forecast"));
        assert_eq!(of(&f.root).get("likelihood"), None);
    }

    #[test]
    fn what_is_unknown_is_null() {
        let mut f = Fixture::new();
        f.monthly("Users", Aggregation::Last, "2026-01-01", &[110.0]);
        let report = json(&f.project, &Tree::of(&f.project), &f.evaluate("2025-12-31"));
        assert_eq!(report["metrics"][0]["last"], Value::Null);
        assert_eq!((&report["goals"][0]["progress"], &report["goals"][0]["expected"]), (&Value::Null, &Value::Null));
    }
}
