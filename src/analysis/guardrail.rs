//! Guardrails: metrics that must not get worse while a goal is pursued.

use crate::analysis::Study;
use crate::model::{Date, Limit, Metric, Period, Project, within_period_words};

use super::measure::{is_stale, latest};
use super::regrain::Regrained;
use super::values::metric_values;
use super::xmr::{self, Rule};

/// Why a guardrail is tripped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trip {
    /// The latest complete value breaches a threshold: its index among the metric's.
    Threshold { index: usize, value: f64, period: Period },
    /// A signal to the bad side (XmR) since the goal began, by the period that completed it.
    Signal { rule: Rule, value: f64, period: Period },
}

/// Whether a guardrail is tripped as of a day, for a goal that began on another. A threshold goes before a signal; without a start only
/// thresholds count.
pub fn trip<'a>(project: impl Into<Study<'a>>, metric: &Metric, since: Option<Date>, as_of: Date) -> Option<Trip> {
    let project = project.into();
    let values = metric_values(project, metric, metric.cadence, as_of);
    breach(project, metric, &values, as_of).or_else(|| signal(project, metric, &values, since?, as_of))
}

fn breach(project: Study<'_>, metric: &Metric, values: &Regrained, as_of: Date) -> Option<Trip> {
    let fresh = latest(values, as_of).filter(|c| !is_stale(project.settings.calendar, values.cadence, c.period, as_of))?;
    let index = metric.thresholds.iter().position(|t| !t.limit.is_met_by(fresh.value))?;
    Some(Trip::Threshold { index, value: fresh.value, period: fresh.period })
}

fn signal(project: Study<'_>, metric: &Metric, values: &Regrained, since: Date, as_of: Date) -> Option<Trip> {
    // Nothing of the time since is over.
    values.complete().next_back().filter(|(v, _)| v.period.first >= since)?;
    let found = xmr::shared_of_metric(project, metric, as_of);
    let found = found.as_ref().as_ref().ok()?;
    let signal = found.turned_bad_since(since)?;
    let value = found.chart.points[signal.detected].value;
    Some(Trip::Signal { rule: signal.rule, value, period: found.periods[signal.detected] })
}

impl Trip {
    /// "82 in Oct 2026 breaches “ceiling” (at most 80)", "82 in Oct 2026 was a signal: outside the limits".
    pub fn words(&self, project: &Project, metric: &Metric) -> String {
        let locale = &project.settings.locale;
        let shown = |v: f64| locale.value(v, &metric.unit, metric.decimals);
        let when = |p: Period| within_period_words(&project.settings.calendar, metric.cadence, p);
        match *self {
            Self::Threshold { index, value, period } => {
                let threshold = metric.thresholds.get(index);
                let limit = threshold.map_or_else(String::new, |t| match t.limit {
                    Limit::AtLeast(low) => format!("at least {}", shown(low)),
                    Limit::AtMost(high) => format!("at most {}", shown(high)),
                    Limit::Within { low, high } => format!("{} to {}", shown(low), shown(high)),
                });
                let label = threshold.map(|t| t.label.trim()).filter(|l| !l.is_empty());
                let line = label.map_or_else(|| format!("the threshold of {limit}"), |label| format!("“{label}” ({limit})"));
                format!("{} {} breaches {line}", shown(value), when(period))
            }
            Self::Signal { rule, value, period } => format!("{} {} was a signal: {}", shown(value), when(period), rule.words()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::{Aggregation, Direction, Role, Threshold};

    #[test]
    fn a_signal_to_the_bad_side_since_the_start_trips_too() {
        let mut f = Fixture::new();
        let mut data: Vec<f64> = (0..24).map(|i| 50.0 + f64::from(i % 3)).collect();
        data[4] = 70.0;
        data[20] = 75.0;
        let tickets = f.monthly("Tickets", Aggregation::Sum, "2025-01-01", &data);
        f.edit_metric(&tickets, |m| m.direction = Direction::Down);
        let of = |f: &Fixture, since: &str, as_of: &str| trip(&f.project, f.metric(&tickets), Some(day(since)), day(as_of));
        // September 2026 is outside; May 2025 was before the start.
        let found = of(&f, "2026-01-01", "2026-12-31").unwrap();
        assert_eq!(found.words(&f.project, f.metric(&tickets)), "75 in Sep 2026 was a signal: outside the limits");
        assert_eq!(of(&f, "2026-01-01", "2026-08-31"), None);
        assert_eq!(of(&f, "2026-10-01", "2026-12-31"), None);
        assert_eq!(trip(&f.project, f.metric(&tickets), None, day("2026-12-31")), None);
        // To the good side nothing trips.
        f.edit_metric(&tickets, |m| m.direction = Direction::Up);
        assert_eq!(of(&f, "2026-09-01", "2026-12-31"), None);
        f.edit_metric(&tickets, |m| {
            m.direction = Direction::Down;
            m.thresholds = vec![Threshold { label: "ceiling".to_owned(), limit: Limit::AtMost(51.0) }];
        });
        assert_eq!(
            of(&f, "2026-01-01", "2026-12-31").unwrap().words(&f.project, f.metric(&tickets)),
            "52 in Dec 2026 breaches “ceiling” (at most 51)"
        );
        let root = f.root.clone();
        f.edit_metric(&tickets, |m| m.thresholds.clear());
        f.edit_goal(&root, |g| g.start = Some(day("2026-01-01")));
        f.link(&root, &tickets, Role::Guardrail);
        assert_eq!(f.result(&root, "2026-12-31").guardrails_tripped, [tickets]);
        assert!(f.result(&root, "2026-08-31").guardrails_tripped.is_empty());
    }
}
