//! Why a cell of the scorecard says what it says.

use super::words::{limit, verdict_word};
use super::{Cell, ColumnState, Columns, Marks, Row};
use crate::analysis::xmr::{Band, MetricXmr};
use crate::analysis::{PeriodVerdict, Unsuited, gap_to};
use crate::chart::Why;
use crate::model::{Aggregation, Limit, Metric, Project, date_words, period_words};

impl Row {
    /// A cell with the numbers put in: what the value is of, where the target comes from, the variance, the verdict and the change.
    pub fn why(&self, project: &Project, columns: &Columns, column: usize) -> Why {
        let head = columns.list.get(column);
        let cell = self.cells.get(column).copied().unwrap_or_default();
        let calendar = &self.calendar;
        let when = cell.period.map(|p| period_words(calendar, self.cadence, p)).or_else(|| head.map(|h| h.words.clone()));
        let exact = |v: f64| self.format.exact(v);
        let is_over = head.is_some_and(|h| h.state == ColumnState::Over);
        let value = match (cell.actual, cell.forecast) {
            (Some(actual), _) => self.format.value(actual),
            (None, Some(forecast)) => format!("forecast {}", self.format.value(forecast)),
            (None, None) if cell.period.is_none() => format!("part of a longer {}", self.cadence.period_word()),
            (None, None) if is_over => "no value".to_owned(),
            (None, None) => "no value yet".to_owned(),
        };
        let mut lines = Vec::new();
        if let Some(actual) = cell.actual {
            let how = project.metric(&self.subject.metric).map(|m| self.value_of(m)).unwrap_or_default();
            lines.push(format!("Actual {}: {how}", exact(actual)));
        } else if cell.forecast.is_some() {
            lines.push("The median of the forecast: half of what may come is higher, half lower.".to_owned());
        }
        if let Some(to) = cell.data_to {
            lines.push(format!("The {} is not over: data up to {}, compared with nothing.", self.cadence.period_word(), date_words(to)));
        }
        if cell.has_gaps {
            lines.push("Some of it is missing.".to_owned());
        }
        lines.extend(cell.target.map(|target| self.target_of(project, &cell, target)));
        if let Some((actual, target)) = cell.actual.filter(|_| cell.data_to.is_none()).zip(cell.target) {
            lines.push(self.variance(actual, target));
            lines.extend(self.rule(project, &cell));
        }
        if let Some((change, now)) = cell.change.zip(cell.actual) {
            let difference = self.format.difference(change);
            lines.push(format!("Change: {} − {} of the {} before = {difference}", exact(now), exact(now - change), self.noun()));
        }
        Why { title: format!("{}, {}: {value}", self.name, when.unwrap_or_default()), lines }
    }

    /// What the signs of signal and noise rest on.
    pub fn why_marks(&self, xmr: Result<&MetricXmr, &Unsuited>) -> Why {
        let mut lines = vec![Marks::of(self, xmr).words];
        if let Ok(xmr) = xmr
            && let (Some(limits), Some(Band { centre, lower, upper })) = (xmr.chart.limits(), xmr.chart.band())
        {
            let [centre, lower, upper] = [centre, lower, upper].map(|v| self.format.exact(v));
            lines.push(format!("Routine is {lower} to {upper}, around {centre}."));
            let spread = self.format.exact(limits.spread);
            let steps = self.format.exact(limits.mr_mean);
            let noun = xmr.cadence.period_word();
            lines.push(format!("From {} {noun}s: centre ± {spread}, of usual steps of {steps}.", limits.basis));
        }
        Why { title: format!("{}: signal or noise", self.name), lines }
    }

    fn noun(&self) -> &'static str {
        self.cadence.period_word()
    }

    /// How the value of a period comes about.
    fn value_of(&self, metric: &Metric) -> String {
        let noun = self.noun();
        if metric.formula().is_some() {
            return "computed by its formula".to_owned();
        }
        if metric.cadence == self.cadence {
            return format!("as recorded for the {noun}");
        }
        match metric.aggregation {
            Aggregation::Sum => format!("the sum of the {noun}"),
            Aggregation::Mean => format!("the mean of the {noun}"),
            Aggregation::Last => format!("the last value of the {noun}"),
            Aggregation::Min => format!("the lowest of the {noun}"),
            Aggregation::Max => format!("the highest of the {noun}"),
        }
    }

    fn target_of(&self, project: &Project, cell: &Cell, target: Limit) -> String {
        let goal = self.subject.goals.first().and_then(|id| project.goal(id));
        let whose = goal.map_or_else(|| "its own target".to_owned(), |g| format!("“{}”", g.title));
        match target {
            Limit::AtLeast(v) | Limit::AtMost(v) if !cell.is_kept => format!("Expected {}: on the way of {whose}", self.format.exact(v)),
            kept => format!("Target {}: to be kept, {whose}", limit(kept, &self.format)),
        }
    }

    fn variance(&self, actual: f64, target: Limit) -> String {
        let gap = gap_to(target, actual);
        let [now, aimed] = [actual, actual - gap].map(|v| self.format.exact(v));
        match target {
            Limit::Within { .. } if gap == 0.0 => format!("Variance: {now} lies within the target"),
            _ => format!("Variance: {now} − {aimed} = {}", self.format.difference(gap)),
        }
    }

    /// Why the variance is on target, behind or far behind.
    fn rule(&self, project: &Project, cell: &Cell) -> Option<String> {
        let judgement = cell.judgement?;
        let word = verdict_word(judgement.verdict);
        let locale = &self.format.locale;
        Some(match judgement.behind {
            Some(behind) => {
                let most = locale.trimmed(project.settings.status.points_behind_at_risk * 100.0, 1);
                let points = locale.fixed(behind * 100.0, 1);
                format!("Rule: {points} points of the way behind; up to 0 on target, up to {most} behind, more far behind: {word}.")
            }
            None if judgement.verdict == PeriodVerdict::FarShort => format!("Rule: missed twice in a row: {word}."),
            None => format!("Rule: a {} that keeps the target is on target, one missed is behind: {word}.", self.noun()),
        })
    }
}
