//! The values of a metric as points: one a period, on the last day that it covers.

use std::sync::Arc;

use super::context::Pursuit;
use super::{Line, LineId, LineStyle, Unfinished};
use crate::analysis::{Regrained, metric_values};
use crate::model::{Aggregation, Cadence, Date, Metric, Project, Recording, Stamp};

/// Points to draw and what was found while gathering them.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    pub(super) cadence: Option<Cadence>,
    /// Complete values, a gap starts a new run.
    pub(super) runs: Vec<Arc<[[f64; 2]]>>,
    pub(super) unfinished: Option<Unfinished>,
    /// All of it in one list, the unfinished one last.
    pub(super) all: Arc<[[f64; 2]]>,
}

/// Longer lists of points are not marked point by point.
const SPARSE: usize = 40;

pub(super) fn day(date: Date) -> f64 {
    Stamp::from_date(date).days()
}

impl Values {
    /// The values of a metric in its own grain up to a day; hourly ones as they were recorded.
    pub(super) fn of_metric(project: &Project, metric: &Metric, as_of: Date) -> Self {
        if metric.cadence == Cadence::Hourly && metric.formula().is_none() {
            return Self::hourly(metric, as_of);
        }
        Self::of_regrained(&metric_values(project, metric, metric.cadence, as_of), as_of)
    }

    /// Periods as they are.
    pub(super) fn of_regrained(regrained: &Regrained, as_of: Date) -> Self {
        let mut gather = Gather::default();
        for value in &regrained.values {
            match value.value {
                None => gather.gap(),
                Some(y) if value.complete => gather.point([day(value.period.last), y]),
                Some(y) => {
                    let data_to = value.data_to.unwrap_or(as_of).clamp(value.period.first, value.period.last);
                    gather.unfinished = Some(Unfinished { x: day(data_to), value: y, data_to });
                }
            }
        }
        gather.finish(regrained.cadence)
    }

    fn hourly(metric: &Metric, as_of: Date) -> Self {
        let series = &metric.series;
        let shown = series.len_up_to(as_of);
        let times = &series.times()[..shown];
        let mut steps: Vec<i64> = times.windows(2).map(|w| w[1].seconds() - w[0].seconds()).collect();
        // A gap is more than one and a half times the usual distance: 1.5 hours, or what the data itself keeps to.
        let usual = if steps.is_empty() {
            3600
        } else {
            let middle = steps.len() / 2;
            *steps.select_nth_unstable(middle).1
        };
        let mut gather = Gather::default();
        let mut before: Option<Stamp> = None;
        for (&at, &value) in times.iter().zip(series.values()) {
            if before.is_some_and(|b| (at.seconds() - b.seconds()) * 2 > usual * 3) {
                gather.gap();
            }
            gather.point([at.days(), value]);
            before = Some(at);
        }
        gather.finish(Cadence::Hourly)
    }

    /// The running total of a metric over a goal's span: every recorded day counts.
    pub(super) fn accumulated(project: &Project, metric: &Metric, (start, due): (Date, Date), as_of: Date) -> Self {
        let end = due.min(as_of);
        let mut gather = Gather::default();
        let mut total = 0.0;
        let mut put = |on: Date, value: f64| {
            total = match metric.recording {
                Recording::Increments => total + value,
                Recording::RunningTotals => value,
            };
            let at = project.settings.calendar.period_of(metric.cadence, on).last.min(end);
            gather.replace([day(at), total]);
        };
        if metric.formula().is_some() {
            for &value in &metric_values(project, metric, metric.cadence, as_of).values {
                if start <= value.period.first
                    && value.period.first <= end
                    && let Some(y) = value.value
                {
                    put(value.period.first, y);
                }
            }
        } else {
            for (at, y) in metric.series.iter().filter(|(at, _)| start <= at.date() && at.date() <= end) {
                put(at.date(), y);
            }
        }
        gather.finish(metric.cadence)
    }

    /// Points as they are, without periods (check-ins, steps done).
    pub(super) fn of_points(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut gather = Gather::default();
        for point in points {
            gather.replace(point);
        }
        gather.finish(Cadence::Daily)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The complete values in order.
    pub(super) fn complete(&self) -> &[[f64; 2]] {
        let complete = self.all.len() - usize::from(self.unfinished.is_some());
        &self.all[..complete]
    }

    pub(super) fn lines(&self, name: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(unfinished) = self.unfinished {
            let from = self.complete().last().copied();
            let run: Arc<[[f64; 2]]> = from.into_iter().chain([[unfinished.x, unfinished.value]]).collect();
            lines.push(Line {
                id: LineId::Unfinished,
                name: "Unfinished period".to_owned(),
                runs: vec![run],
                style: LineStyle::Unfinished,
                end_label: None,
                show_points: true,
            });
        }
        lines.push(Line {
            id: LineId::Actual,
            name: name.to_owned(),
            runs: self.runs.clone(),
            style: LineStyle::Solid,
            end_label: None,
            show_points: self.all.len() <= SPARSE,
        });
        lines
    }
}

/// Whether a metric's values are summed over time, so that a total over a span means something.
pub(super) fn accumulates(metric: &Metric, pursuit: Option<Pursuit<'_>>) -> bool {
    pursuit.is_some_and(|p| p.key_result.accumulating)
        && (metric.aggregation == Aggregation::Sum || metric.recording == Recording::RunningTotals)
}

#[derive(Default)]
struct Gather {
    runs: Vec<Vec<[f64; 2]>>,
    broken: bool,
    unfinished: Option<Unfinished>,
}

impl Gather {
    fn gap(&mut self) {
        self.broken = true;
    }

    fn point(&mut self, point: [f64; 2]) {
        match self.runs.last_mut() {
            Some(run) if !self.broken => run.push(point),
            _ => self.runs.push(vec![point]),
        }
        self.broken = false;
    }

    /// Two points of one day are one: the later counts.
    fn replace(&mut self, point: [f64; 2]) {
        match self.runs.last_mut().and_then(|run| run.last_mut()) {
            Some(last) if last[0] == point[0] => *last = point,
            _ => self.point(point),
        }
    }

    fn finish(self, cadence: Cadence) -> Values {
        let Self { runs, broken: _, unfinished } = self;
        let runs: Vec<Arc<[[f64; 2]]>> = runs.into_iter().map(Arc::from).collect();
        let last = unfinished.map(|u| [u.x, u.value]);
        // One run without an unfinished end is the whole: no copy of a million points.
        let all = match (runs.as_slice(), last) {
            ([one], None) => Arc::clone(one),
            _ => runs.iter().flat_map(|run| run.iter().copied()).chain(last).collect(),
        };
        Values { cadence: Some(cadence), runs, unfinished, all }
    }
}
