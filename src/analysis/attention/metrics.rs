//! News of metrics: signals, and numbers that stopped coming.

use crate::model::{Cadence, Date, Metric, Origin, Place, Project, date_words, period_words_after, within_period_words};

use super::{Desk, News, NewsKind, Since, Tone};
use crate::analysis::measure::is_stale;
use crate::analysis::xmr::{MetricXmr, Rule, Side, Signal, Variation};

impl Desk<'_> {
    pub(super) fn of_metric(&self, metric: &Metric) -> Vec<News> {
        let mut found = Vec::new();
        let checked = if self.since == Since::LastCheckIn { (self.sources.last_look)(&metric.id) } else { None };
        let cadence = metric.cadence.max(self.project.settings.check_in_cadence);
        found.extend(self.signal(metric, self.since(checked, cadence, 2)));
        found.extend(self.gap(metric));
        found
    }

    /// The most telling of the new signals: one to the bad side before others, then the latest.
    fn signal(&self, metric: &Metric, since: Date) -> Option<News> {
        let chart = (self.sources.signals)(metric);
        let chart = chart.as_ref().as_ref().ok()?;
        let direction = chart.chart.direction;
        let telling =
            |s: &&Signal| (s.variation(direction) == Variation::Concerning, s.side.is_some(), s.detected, s.rule != Rule::NearLimit);
        let signal = chart.signals_after(since).max_by_key(telling)?;
        let tone = match signal.variation(direction) {
            Variation::Concerning => Tone::Worse,
            Variation::Improving => Tone::Better,
            Variation::Common | Variation::Neither => Tone::Neither,
        };
        let at = signal.points.last().copied().unwrap_or(signal.detected);
        let point = &chart.chart.points[at];
        let spread = point.band.map_or(0.0, |b| b.upper - b.centre);
        let away = point.band.map_or(0.0, |b| (point.value - b.centre).abs());
        Some(News {
            kind: NewsKind::Signal,
            tone,
            place: Place::Metric(metric.id.clone()),
            on: Some(chart.periods[signal.detected].last),
            number: self.project.settings.locale.value(point.value, &metric.unit, metric.decimals),
            sentence: signal_words(&self.project, metric, chart, signal),
            size: if spread > 0.0 { away / spread } else { 0.0 },
        })
    }

    fn gap(&self, metric: &Metric) -> Option<News> {
        let news = |number: String, sentence: String, on: Date, size: f64| News {
            kind: NewsKind::Gap,
            tone: Tone::Neither,
            place: Place::Metric(metric.id.clone()),
            on: Some(on),
            number,
            sentence,
            size,
        };
        if let Origin::Linked(source) = &metric.origin
            && let Some((since, why)) = source.failing.as_ref().filter(|(since, _)| *since <= self.as_of())
        {
            let sentence = format!("{} has not been renewed from its file since {}: {}", metric.name, date_words(*since), why.trim());
            return Some(news(date_words(*since), sentence, *since, 100.0));
        }
        let calendar = self.project.settings.calendar;
        // Computed ones wait for their inputs, which say so themselves.
        let last = metric.series.times().get(metric.series.len_up_to(self.as_of()).checked_sub(1)?)?.date();
        let period = calendar.period_of(metric.cadence, last);
        if !is_stale(calendar, metric.cadence, period, self.as_of()) {
            return None;
        }
        let missing = calendar.periods_between(metric.cadence, period.first, self.as_of()) - 1;
        let noun = noun(metric.cadence);
        let number = format!("{missing} {noun}{}", if missing == 1 { "" } else { "s" });
        let sentence = format!(
            "{} has had no value for {number}; the last is for {}.",
            metric.name,
            period_words_after(&calendar, metric.cadence, period)
        );
        Some(news(number, sentence, period.last, missing as f64))
    }
}

fn noun(cadence: Cadence) -> &'static str {
    if cadence == Cadence::Hourly { Cadence::Daily } else { cadence }.period_word()
}

/// One sentence about a signal, with its numbers. Limits are shown within what the metric can be.
pub fn signal_words(project: &Project, metric: &Metric, chart: &MetricXmr, signal: &Signal) -> String {
    let locale = &project.settings.locale;
    let shown = |v: f64| locale.value(v, &metric.unit, metric.decimals);
    let at = signal.points.last().copied().unwrap_or(signal.detected);
    let (Some(point), Some(period)) = (chart.chart.points.get(at), chart.periods.get(at)) else { return String::new() };
    let (name, value, when) =
        (metric.short_name(), shown(point.value), within_period_words(&project.settings.calendar, chart.cadence, *period));
    let band = point.band.map(|b| b.within(metric.bounds));
    let noun = noun(chart.cadence);
    match (signal.rule, band) {
        (Rule::Outside, Some(band)) => {
            format!("{name} was {value} {when}, outside what is routine ({} to {}).", shown(band.lower), shown(band.upper))
        }
        (Rule::Run, Some(band)) => {
            let side = if signal.side == Some(Side::Above) { "above" } else { "below" };
            let count = signal.points.len();
            format!("{name} has been {side} its usual {} for {count} {noun}s in a row, {value} {when}.", shown(band.centre))
        }
        (Rule::NearLimit, Some(band)) => {
            let side = if signal.side == Some(Side::Above) { "high" } else { "low" };
            format!("{name} has been unusually {side} in three of four {noun}s, {value} {when}; {} is usual.", shown(band.centre))
        }
        _ => {
            let before = at.checked_sub(1).and_then(|b| chart.chart.points.get(b)).map_or(point.value, |b| b.value);
            let step = locale.difference(point.value - before, &metric.unit, metric.decimals);
            format!("{name} changed by {step} to {value} {when}, an unusually large step.")
        }
    }
}
