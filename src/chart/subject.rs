//! What a figure is about: a metric with its values, as the measure of a goal, over some days.

use std::sync::Arc;

use super::hover::date_of;
use super::{Context, Supports, ValueFormat};
use crate::analysis::{PeriodValue, Regrained};
use crate::model::{Aim, Date, GoalId, Limit, Metric, month_word, period_words};

/// Everything that a figure of one metric is made of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub context: Context<'a>,
    pub metric: &'a Metric,
    /// Where it matters as the measure of a goal.
    pub goal: Option<&'a GoalId>,
    /// In the metric's own grain, hourly ones by day.
    pub values: &'a Regrained,
    /// The days shown, both included.
    pub days: (Date, Date),
    /// Other metrics in the picture, in the order of their choice.
    pub with: &'a [Other<'a>],
}

/// Another metric with its values, in its own grain.
#[derive(Clone, Debug)]
pub struct Other<'a> {
    pub metric: &'a Metric,
    pub values: Arc<Regrained>,
}

impl<'a> Subject<'a> {
    pub(super) fn format(&self) -> ValueFormat {
        ValueFormat::of(self.context.project, Some(self.metric))
    }

    pub(super) fn supports(&self) -> Vec<Supports> {
        let pursuit = self.context.pursuit(self.metric, self.goal);
        self.context.supports(self.metric, self.goal.or(pursuit.map(|p| &p.goal.id)))
    }

    /// The values that stand on one of the days shown.
    pub(super) fn shown(&self) -> &'a [PeriodValue] {
        let values = &self.values.values;
        let from = values.partition_point(|v| v.period.last < self.days.0);
        let to = values.partition_point(|v| v.period.last <= self.days.1);
        // The unfinished period stands on the last day that it covers.
        let to = to + usize::from(values.get(to).is_some_and(|v| v.data_to.is_some_and(|d| self.days.0 <= d && d <= self.days.1)));
        &values[from.min(to)..to]
    }

    /// Those of them that are whole.
    pub fn complete(&self) -> impl DoubleEndedIterator<Item = (&'a PeriodValue, f64)> + Clone {
        self.shown().iter().filter(|v| v.complete).filter_map(|v| Some((v, v.value?)))
    }

    /// What is to be kept or reached on the as-of day: of the goal that the metric measures, else the metric's own target.
    pub(super) fn target(&self) -> Option<Limit> {
        if let Some(pursuit) = self.context.pursuit(self.metric, self.goal) {
            let target = pursuit.target();
            return match &pursuit.key_result.aim {
                Aim::Increase { .. } | Aim::AtLeast { .. } | Aim::Milestone { .. } => target.map(Limit::AtLeast),
                Aim::Decrease { .. } | Aim::AtMost { .. } => target.map(Limit::AtMost),
                Aim::Between { low, high, .. } => Some(Limit::Within { low: *low, high: *high }),
                Aim::Baseline { .. } => None,
            };
        }
        self.metric.target_on(self.context.as_of())
    }

    /// "Oct 2026": a period in words.
    pub(super) fn period_words(&self, value: &PeriodValue) -> String {
        period_words(&self.context.project.settings.calendar, self.values.cadence, value.period)
    }

    /// "month", "months".
    pub(super) fn periods(&self, count: usize) -> String {
        let word = self.values.cadence.period_word();
        if count == 1 { word.to_owned() } else { format!("{word}s") }
    }

    /// "Monthly active users, millions, Nov 2025 – Oct 2026", of values that are about so large.
    pub(super) fn subtitle(&self, title: &str, largest: f64, first_and_last: Option<(Date, Date)>) -> String {
        let unit = self.format().unit_words(crate::model::Magnitude::of(largest.abs()));
        let name = Some(self.metric.name.clone()).filter(|name| name != title);
        let segment = self.metric.segment.as_ref().map(|s| format!("{}: {}", s.dimension, s.value));
        let when = first_and_last.map(|(first, last)| span_words(first, last));
        let parts = [name, unit, segment, when];
        crate::model::capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// "Jan 2023 – Nov 2026", or the month alone.
pub(super) fn span_words(first: Date, last: Date) -> String {
    use chrono::Datelike as _;
    let word = |date: Date| format!("{} {}", month_word(date), date.year());
    let (a, b) = (word(first), word(last));
    if a == b { a } else { format!("{a} – {b}") }
}

impl super::Chart {
    /// The days of a range of this chart, both included.
    pub fn days_of(range: (f64, f64)) -> (Date, Date) {
        let first = date_of(range.0.floor());
        (first, date_of((range.1.ceil() - 1.0).max(range.0.floor())))
    }
}
