//! Drivers against outcomes: what can be said of each pair.

use crate::analysis::Unsuited;
use crate::analysis::lead_lag::{MetricLeadLag, Pair};
use crate::model::{Cadence, Locale, MetricId, Project};

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
