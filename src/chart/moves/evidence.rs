//! Drivers against outcomes: which pairs are looked at, and what can be said of each.

use crate::analysis::Unsuited;
use crate::analysis::lead_lag::MetricLeadLag;
use crate::model::{Cadence, Goal, Locale, Metric, MetricId, Project, Role};

/// A driver that is expected to move an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub driver: MetricId,
    pub outcome: MetricId,
    pub expected_lag_days: Option<u32>,
}

/// What is known of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub driver: MetricId,
    pub outcome: MetricId,
    pub is_found: bool,
    /// In periods of the coarser cadence; `None` where nothing was found.
    pub lag: Option<usize>,
    /// "Activation rate moves before MAU, by 2 months (r = 0.61)".
    pub sentence: String,
    /// What it rests on, or why nothing can be said.
    pub note: String,
}

/// The drivers linked to goals, each with what the same goal is measured by: the metric of a key result, the outcomes linked to it. An
/// outcome's own segments and inputs move with it by arithmetic and are left out, both ways.
pub fn pairs(project: &Project, goals: &[&Goal]) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    for goal in goals {
        let linked = project.linked_metrics(&goal.id);
        let mut outcomes: Vec<&MetricId> = goal.as_key_result().and_then(|k| k.metric.as_ref()).into_iter().collect();
        outcomes.extend(linked.iter().filter(|(_, link)| link.role == Role::Outcome).map(|(m, _)| &m.id));
        for (driver, link) in linked.iter().filter(|(_, link)| link.role == Role::Driver) {
            for outcome in outcomes.iter().copied().filter_map(|id| project.metric(id)) {
                let is_new = !found.iter().any(|p| p.driver == driver.id && p.outcome == outcome.id);
                if is_new && !is_arithmetic(project, driver, outcome) {
                    let pair = Pair { driver: driver.id.clone(), outcome: outcome.id.clone(), expected_lag_days: link.expected_lag_days };
                    found.push(pair);
                }
            }
        }
    }
    found
}

/// Whether one is worked out from the other, or a part of it.
pub(in crate::chart) fn is_arithmetic(project: &Project, a: &Metric, b: &Metric) -> bool {
    let is_part = |part: &Metric, whole: &Metric| part.segment.as_ref().is_some_and(|s| s.whole == whole.id);
    a.id == b.id || is_part(a, b) || is_part(b, a) || rests_on(project, a, b) || rests_on(project, b, a)
}

fn rests_on(project: &Project, computed: &Metric, input: &Metric) -> bool {
    let mut seen: Vec<MetricId> = Vec::new();
    let mut open = vec![computed.id.clone()];
    while let Some(next) = open.pop() {
        let Some(metric) = project.metric(&next) else { continue };
        for id in project.formula_inputs(metric) {
            if id == input.id {
                return true;
            }
            if !seen.contains(&id) {
                seen.push(id.clone());
                open.push(id);
            }
        }
    }
    false
}

/// In words. `pairs` were looked at together.
pub fn evidence(project: &Project, pair: &Pair, pairs: usize, found: &Result<MetricLeadLag, Unsuited>) -> Option<Evidence> {
    let (driver, outcome) = (project.metric(&pair.driver)?, project.metric(&pair.outcome)?);
    let (from, to) = (driver.short_name(), outcome.short_name());
    let locale = project.settings.locale;
    let expected = pair.expected_lag_days.map(|days| format!("; {days} days were expected")).unwrap_or_default();
    let (sentence, note, lag) = match found {
        Err(why) => (format!("Not enough evidence on {from} and {to}"), too_little(*why), None),
        Ok(MetricLeadLag { cadence, result }) if result.is_found => {
            let r = locale.fixed(result.correlation, 2);
            let way = if result.correlation < 0.0 { " the other way" } else { "" };
            let sentence = match result.lag {
                0 => format!("{from} moves{way} together with {to}, in the same {} (r = {r})", cadence.period_word()),
                lag => format!("{from} moves{way} before {to}, by {} (r = {r})", counted(*cadence, lag)),
            };
            (sentence, format!("{}{expected}", tested(locale, found, pairs)), Some(result.lag))
        }
        Ok(MetricLeadLag { cadence, result }) => {
            let sentence = format!("No lead of {from} over {to} found in {}", counted(*cadence, result.pairs + result.lag));
            let r = locale.fixed(result.correlation, 2);
            let best = match result.lag {
                0 => format!("best in the same {}", cadence.period_word()),
                lag => format!("best at {}", counted(*cadence, lag)),
            };
            (sentence, format!("Not enough evidence: {best}, r = {r}, {}{expected}", tested(locale, found, pairs)), None)
        }
    };
    Some(Evidence { driver: pair.driver.clone(), outcome: pair.outcome.clone(), is_found: lag.is_some(), lag, sentence, note })
}

fn too_little(why: Unsuited) -> String {
    match why {
        Unsuited::TooFew { have, need } => format!("They have {have} values in common so far; this needs at least {need}"),
        why => format!("Of one of them, {why}"),
    }
}

/// "2 months".
pub(in crate::chart) fn counted(cadence: Cadence, periods: usize) -> String {
    let noun = if cadence == Cadence::Hourly { Cadence::Daily.period_word() } else { cadence.period_word() };
    format!("{periods} {noun}{}", if periods == 1 { "" } else { "s" })
}

/// What the correlation had to pass.
fn tested(locale: Locale, found: &Result<MetricLeadLag, Unsuited>, pairs: usize) -> String {
    let Ok(MetricLeadLag { cadence, result }) = found else { return String::new() };
    let p = if result.p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {}", locale.fixed(result.p, 3)) };
    let lags = result.correlations.len();
    let tried = if pairs > 1 { format!("{lags} lags × {pairs} pairs tried") } else { format!("{lags} lags tried") };
    let halves = result.halves.map(|r| locale.fixed(r, 2));
    format!(
        "{p} after {tried}, over {}, without season and momentum; r = {} and {} in the two halves",
        counted(*cadence, result.pairs),
        halves[0],
        halves[1]
    )
}
