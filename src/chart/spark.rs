//! A metric in the size of a word.

use super::Spark;
use crate::analysis::metric_values;
use crate::model::{Date, Metric, Project, within_period_words};

/// Periods shown: enough for two and a half years of months or a year of weeks.
const PERIODS: usize = 60;

/// The last complete values of a metric, on a scale of their own.
pub fn sparkline(project: &Project, metric: &Metric, as_of: Date) -> Spark {
    let regrained = metric_values(project, metric, metric.cadence, as_of);
    let periods: Vec<_> = regrained.values.iter().filter(|v| v.complete).collect();
    let recent = &periods[periods.len().saturating_sub(PERIODS)..];
    let known = recent.iter().enumerate().filter_map(|(i, v)| Some((i, v.value?)));
    let (low, high) = known.clone().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), (_, y)| (lo.min(y), hi.max(y)));
    let (Some((first, from)), Some((last, to))) = (known.clone().next(), known.clone().next_back()) else {
        return Spark { value: "–".to_owned(), summary: format!("{}: no values yet", metric.name), ..Spark::default() };
    };
    let width = (recent.len() - 1).max(1) as f32;
    // A constant runs through the middle.
    let place = |index: usize, y: f64| [index as f32 / width, if high > low { ((y - low) / (high - low)) as f32 } else { 0.5 }];
    let mut runs: Vec<Vec<[f32; 2]>> = Vec::new();
    let mut before = None;
    for (index, y) in known {
        match runs.last_mut() {
            Some(run) if before == Some(index.wrapping_sub(1)) => run.push(place(index, y)),
            _ => runs.push(vec![place(index, y)]),
        }
        before = Some(index);
    }
    let locale = project.settings.locale;
    let write = |y: f64| locale.value(y, &metric.unit, metric.decimals);
    let when = |index: usize| within_period_words(&project.settings.calendar, regrained.cadence, recent[index].period);
    let summary = if first == last {
        format!("{}: {} {}", metric.name, write(to), when(last))
    } else {
        format!("{}: from {} {} to {} {}", metric.name, write(from), when(first), write(to), when(last))
    };
    Spark { runs, last: Some(place(last, to)), value: write(to), summary }
}
