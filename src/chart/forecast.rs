//! Where a metric is going: the median of its forecast, where eight and five of ten futures lie, and what initiatives are hoped to add.

use std::sync::Arc;

use super::aims::Aims;
use super::context::Pursuit;
use super::values::{Values, day};
use super::{Band, BandId, Label, LabelKind, Line, LineId, LineStyle, ValueFormat};
use crate::analysis::forecast::{BottomUp, Coming, Likelihood, MetricForecast};
use crate::model::{Cadence, Date, Metric};

/// What is known of the future of a metric.
#[derive(Clone, Copy, Debug)]
pub struct Prospect<'a> {
    pub forecast: &'a MetricForecast,
    /// With the declared effects of initiatives, where there are any.
    pub bottom_up: Option<&'a BottomUp>,
    /// Of the key result that the chart is about.
    pub likelihood: Option<&'a Likelihood>,
}

impl Prospect<'_> {
    /// How far a forecast is drawn: to the due date, else a season; never further than history reaches back.
    fn horizon(&self, due: Option<Date>) -> usize {
        let usual = match self.forecast.cadence {
            Cadence::Hourly | Cadence::Daily => 28,
            Cadence::Weekly => 13,
            Cadence::Monthly => 6,
            Cadence::Quarterly => 4,
            Cadence::Yearly => 2,
        };
        let asked = due.and_then(|due| self.forecast.ahead(due)).unwrap_or(usual);
        asked.min(self.forecast.observed().max(1))
    }
}

/// A point of the fan: day, tenth, quarter, median, three quarters, nine tenths.
type Rib = [f64; 6];

fn rib(coming: &Coming) -> Rib {
    let step = coming.step;
    [day(coming.period.last), step.p10, step.p25, step.p50, step.p75, step.p90]
}

impl Aims {
    /// Draws on from the last complete value. For totals over the span of a goal: to the total on its due date.
    pub(super) fn outlook(
        &mut self,
        outlook: &Prospect<'_>,
        metric: &Metric,
        pursuit: Option<&Pursuit<'_>>,
        values: &Values,
        total: bool,
        format: &ValueFormat,
    ) {
        let Some(&[from, last]) = (if total { values.all.last() } else { values.complete().last() }) else { return };
        let due = pursuit.and_then(|p| p.result.and_then(|r| r.span.due));
        let ribs: Vec<Rib> = if total {
            let Some((found, due)) = outlook.likelihood.zip(due).filter(|(_, due)| day(*due) > from) else { return };
            // A total is known on its last day only; between the quartiles it is not drawn.
            vec![[day(due), found.p10, f64::NAN, found.p50, f64::NAN, found.p90]]
        } else {
            outlook.forecast.steps(outlook.horizon(due)).iter().map(rib).collect()
        };
        let ribs: Vec<Rib> = ribs.into_iter().filter(|r| r[0] > from).collect();
        let Some(end) = ribs.last().copied() else { return };
        let mut band = |level: u8, low: usize, high: usize| {
            if end[low].is_nan() {
                return;
            }
            let points = std::iter::once([from, last, last]).chain(ribs.iter().map(|r| [r[0], r[low], r[high]]));
            self.bands.push(Band { id: BandId::Forecast(level), name: format!("{level} % of what may come"), points: points.collect() });
            let at = [end[0], end[high]];
            self.labels.push(Label { kind: LabelKind::Along, at, text: format!("{level} %"), line: LineId::Forecast });
        };
        band(80, 1, 5);
        band(50, 2, 4);
        let run: Arc<[[f64; 2]]> = std::iter::once([from, last]).chain(ribs.iter().map(|r| [r[0], r[3]])).collect();
        let line = |id, name: &str, style, run: Arc<[[f64; 2]]>, end: f64| Line {
            id,
            name: name.to_owned(),
            runs: vec![run],
            style,
            end_label: Some(format!("{name} {}", format.value(end))),
            show_points: false,
        };
        self.lines.push(line(LineId::Forecast, "Forecast", LineStyle::Forecast, run, end[3]));
        if let Some(hoped) = outlook.bottom_up.filter(|b| !total && !b.contributions.is_empty()) {
            let run: Arc<[[f64; 2]]> =
                std::iter::once([from, last]).chain(hoped.with_initiatives.iter().map(|c| [day(c.period.last), c.step.p50])).collect();
            if let Some(end) = run.last().map(|p| p[1]).filter(|_| run.len() > 1) {
                self.lines.push(line(LineId::WithInitiatives, "With initiatives", LineStyle::Hope, run, end));
            }
        }
        debug_assert!(metric.id == outlook.forecast.metric, "the forecast of another metric");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluate;
    use crate::analysis::fixture::Fixture;
    use crate::analysis::forecast::of_metric;
    use crate::chart::{Chart, Context, trend_with};
    use crate::model::{Aggregation, Aim, Tree};

    /// Two years of growth by about 5 a month, a target for the end of the third.
    fn chart() -> (Chart, MetricForecast) {
        let mut f = Fixture::new();
        let values: Vec<f64> = (0..24).map(|i| 100.0 + 5.0 * f64::from(i) + [0.0, 3.0, -2.0, 1.0][i as usize % 4]).collect();
        let id = f.monthly("Teams", Aggregation::Last, "2024-01-01", &values);
        let goal = f.key_result(Aim::Increase { start: 215.0, target: 300.0 }, Some(&id), "2026-01-01", "2026-12-31");
        let as_of = "2026-01-03".parse().unwrap();
        let evaluation = evaluate(&f.project, &Tree::of(&f.project), as_of);
        let forecast = of_metric(&f.project, f.project.metric(&id).unwrap(), as_of, None).unwrap();
        let likelihood = evaluation.goal(&goal).and_then(|r| r.likelihood.clone());
        let prospect = Prospect { forecast: &forecast, bottom_up: None, likelihood: likelihood.as_deref() };
        (trend_with(&Context { project: &f.project, evaluation: &evaluation }, &id, Some(&goal), Some(&prospect)), forecast)
    }

    #[test]
    fn the_fan_goes_from_the_last_whole_value_to_the_due_date() {
        let (chart, forecast) = chart();
        let line = chart.lines.iter().find(|l| l.id == LineId::Forecast).unwrap();
        assert_eq!(line.start().unwrap(), *chart.complete().last().unwrap());
        let end = line.end().unwrap();
        assert_eq!(end[0], day("2026-12-31".parse().unwrap()));
        assert_eq!(end[1], forecast.steps(12).pop().unwrap().step.p50);
        let band = |level| chart.bands.iter().find(|b| b.id == BandId::Forecast(level)).unwrap();
        for (outer, inner) in band(80).points.iter().zip(band(50).points.iter()) {
            assert!(outer[1] <= inner[1] && inner[1] <= inner[2] && inner[2] <= outer[2], "{outer:?} {inner:?}");
        }
        assert!(chart.summary.contains("Forecast "), "{}", chart.summary);
        let (low, high) = chart.y_domain(chart.fit_x);
        assert!(low <= end[1] && end[1] <= high);
    }
}
