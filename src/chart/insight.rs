//! What the numbers of a metric say beyond its chart: where it is going, how likely its target is, trend, season, changes of level, values
//! that stand out, signals. Each with its arithmetic.

use std::sync::Arc;

use super::{Fact, ValueFormat};
use crate::analysis::change_points::change_points;
use crate::analysis::decompose::{Season, season};
use crate::analysis::forecast::{BottomUp, Calibration, Likelihood, MetricForecast, chance};
use crate::analysis::outliers::outliers;
use crate::analysis::trend::trend;
use crate::analysis::xmr::MetricXmr;
use crate::analysis::{PeriodValue, Regrained, metric_values};
use crate::model::{Aim, Cadence, Date, Metric, Period, Project, capitalised, date_words, period_words, within_period_words};

/// What is known of a metric on a day.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub project: &'a Project,
    pub metric: &'a Metric,
    pub as_of: Date,
    /// The forecast, or why there is none.
    pub forecast: Result<&'a MetricForecast, &'a str>,
    pub calibration: Option<&'a Calibration>,
    /// Of the key result that pursues the metric.
    pub likelihood: Option<&'a Likelihood>,
    pub aim: Option<&'a Aim>,
    pub bottom_up: Option<&'a BottomUp>,
    pub xmr: Option<&'a MetricXmr>,
}

/// Values in more periods than this are looked at in longer ones: the search for levels takes time by the square of their number.
const MOST_PERIODS: usize = 400;
/// Listed by name; the rest is counted.
const LISTED: usize = 3;

/// From what matters most for the target to what describes the series.
pub fn insights(known: &Known<'_>) -> Vec<Fact> {
    let format = ValueFormat::of(known.project, Some(known.metric));
    let mut facts = Vec::new();
    facts.extend(to_come(known, &format));
    if let Some(likelihood) = known.likelihood {
        facts.extend(on_the_target(known, likelihood, &format));
    }
    facts.extend(from_below(known, &format));
    let values = values(known);
    let series: Vec<Option<f64>> = values.values.iter().map(|v| v.value.filter(|_| v.complete)).collect();
    let looked = Looked { known, format: &format, values: &values, series: &series };
    facts.extend(looked.trend());
    facts.extend(looked.season());
    facts.extend(looked.levels());
    facts.extend(looked.outliers());
    facts.extend(signals(known, &format));
    facts
}

/// In the metric's own periods, or in longer ones where those are too many.
fn values(known: &Known<'_>) -> Arc<Regrained> {
    let own = if known.metric.cadence == Cadence::Hourly { Cadence::Daily } else { known.metric.cadence };
    let found = metric_values(known.project, known.metric, own, known.as_of);
    if found.values.len() <= MOST_PERIODS {
        return found;
    }
    let weekly = metric_values(known.project, known.metric, own.max(Cadence::Weekly), known.as_of);
    if weekly.values.len() <= MOST_PERIODS {
        weekly
    } else {
        metric_values(known.project, known.metric, own.max(Cadence::Monthly), known.as_of)
    }
}

fn fact(label: &str, value: impl Into<String>, note: impl Into<String>, why: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), value: value.into(), note: note.into(), why: why.into() }
}

fn to_come(known: &Known<'_>, format: &ValueFormat) -> Option<Fact> {
    let forecast = match known.forecast {
        Ok(forecast) => forecast,
        Err(why) => return Some(fact("Forecast", "–", capitalised(why), "")),
    };
    let until = known.likelihood.map_or(1, |l| forecast.ahead(l.period.first).unwrap_or(1));
    let coming = forecast.steps(until).pop()?;
    let when = within_period_words(&known.project.settings.calendar, forecast.cadence, coming.period);
    let step = coming.step;
    let between = format!("in 8 of 10 cases {} to {}", format.value(step.p10), format.value(step.p90));
    let look = known.calibration.map(|c| format!(" {}", c.words(&format.locale))).unwrap_or_default();
    Some(fact("Forecast", format!("{} {when}", format.value(step.p50)), between, format!("{}{look}", forecast.how(known.project))))
}

fn on_the_target(known: &Known<'_>, found: &Likelihood, format: &ValueFormat) -> Vec<Fact> {
    let mut facts = Vec::new();
    let any = known
        .forecast
        .ok()
        .and_then(|f| found.at_any_time(f))
        .map(|share| format!("; {} at any time by then", chance(&format.locale, share)))
        .unwrap_or_default();
    facts.push(fact("Target met", format!("{}{any}", chance(&format.locale, found.probability)), found.words.clone(), found.how.clone()));
    if found.target.is_some() && found.kept.is_none() {
        let (value, note) = match found.likely_date {
            Some(date) => (date_words(date), "the first day on which it is as likely as not"),
            None => ("not in sight".to_owned(), "on none of the days looked at is it as likely as not"),
        };
        facts.push(fact("Target by", value, note, found.how.clone()));
    }
    if let (Some(even), Some(likely)) = (found.advice_50, found.advice_70) {
        let value = format!("{}, {}", format.value(even), format.value(likely));
        facts.push(fact("Likely targets", value, "as likely as not, and 70 % likely, by the due date", found.how.clone()));
    }
    facts
}

/// What initiatives are declared to bring, and what nobody has an idea for yet.
fn from_below(known: &Known<'_>, format: &ValueFormat) -> Option<Fact> {
    let hoped = known.bottom_up.filter(|b| !b.contributions.is_empty())?;
    let end = hoped.with_initiatives.last()?;
    let expected: f64 = hoped.contributions.iter().map(|c| c.expected).sum();
    let gap = known.aim.and_then(|aim| hoped.gap(aim, end.period.last)).filter(|gap| *gap != 0.0);
    let note = gap
        .map_or_else(|| "nothing is missing to the target".to_owned(), |gap| format!("{} still without an idea", format.difference(gap)));
    let parts: Vec<String> = hoped
        .contributions
        .iter()
        .map(|c| {
            let title = known.project.goal(&c.initiative).map_or("an initiative", |g| g.title.as_str());
            format!(
                "{title}: {} × {} = {}",
                format.difference(c.full),
                format.locale.percent(c.confidence, 0),
                format.difference(c.expected)
            )
        })
        .collect();
    let value = format!("{} ({} by initiatives)", format.value(end.step.p50), format.difference(expected));
    Some(fact("With initiatives", value, note, parts.join("; ")))
}

struct Looked<'a> {
    known: &'a Known<'a>,
    format: &'a ValueFormat,
    values: &'a Regrained,
    series: &'a [Option<f64>],
}

impl Looked<'_> {
    fn when(&self, period: Period) -> String {
        period_words(&self.known.project.settings.calendar, self.values.cadence, period)
    }

    fn noun(&self) -> &'static str {
        self.values.cadence.period_word()
    }

    fn trend(&self) -> Option<Fact> {
        let found = trend(self.series).ok()?;
        let p = if found.p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {}", self.format.locale.fixed(found.p, 3)) };
        let why = format!("Mann–Kendall test, τ = {}, {p}; Sen's slope", self.format.locale.fixed(found.tau, 2));
        let value = if found.is_significant() && found.slope != 0.0 {
            format!("{} a {}", self.format.difference(found.slope), self.noun())
        } else {
            "none beyond chance".to_owned()
        };
        Some(fact("Trend", value, format!("over {} {}s", self.series.iter().flatten().count(), self.noun()), why))
    }

    fn cycle(&self) -> Option<usize> {
        self.values.cadence.season_length()
    }

    fn season(&self) -> Option<Fact> {
        let found = season(self.series, self.cycle()?).ok()?;
        let strength = self.format.locale.fixed(found.strength, 2);
        let value = if found.is_strong() {
            "strong"
        } else if found.strength >= 0.3 {
            "weak"
        } else {
            "none"
        };
        Some(fact("Season", value, format!("strength {strength} of 1"), format!("STL over a cycle of {} {}s", found.cycle, self.noun())))
    }

    fn levels(&self) -> Option<Fact> {
        let adjusted: Vec<Option<f64>> = match self.cycle().and_then(|c| season(self.series, c).ok()).filter(Season::is_strong) {
            Some(season) => self.series.iter().enumerate().map(|(i, v)| v.map(|v| season.adjusted(i, v))).collect(),
            None => self.series.to_vec(),
        };
        let found = change_points(&adjusted).ok()?;
        let why = "least-squares segmentation; each break has to pay for itself (BIC)";
        if found.is_rather_a_line || found.found.is_empty() {
            let note =
                if found.found.is_empty() { "one level explains the series" } else { "a straight line explains it better than steps" };
            return Some(fact("Changes of level", "none", note, why));
        }
        let words: Vec<String> = found
            .found
            .iter()
            .rev()
            .take(LISTED)
            .map(|c| {
                let when = self.values.values.get(c.at).map(|v| self.when(v.period)).unwrap_or_default();
                format!("{when}: {} → {}", self.format.value(c.before), self.format.value(c.after))
            })
            .collect();
        Some(fact("Changes of level", found.found.len().to_string(), words.join("; "), why))
    }

    fn outliers(&self) -> Option<Fact> {
        let found = outliers(self.series, self.cycle()).ok()?;
        let why = "three interquartile ranges beyond the quartiles of what a smooth line leaves; set aside in the forecast, never removed";
        if found.is_empty() {
            return Some(fact("Values that stand out", "none", "", why));
        }
        let words: Vec<String> = found
            .iter()
            .rev()
            .take(LISTED)
            .map(|o| {
                let calendar = &self.known.project.settings.calendar;
                let within = |v: &PeriodValue| within_period_words(calendar, self.values.cadence, v.period);
                let when = self.values.values.get(o.at).map(within).unwrap_or_default();
                format!("{} {when}, expected {}", self.format.value(o.value), self.format.value(o.expected))
            })
            .collect();
        Some(fact("Values that stand out", found.len().to_string(), words.join("; "), why))
    }
}

fn signals(known: &Known<'_>, format: &ValueFormat) -> Option<Fact> {
    let xmr = known.xmr?;
    let band = xmr.chart.band()?.within(known.metric.bounds);
    let routine = format!("{} to {}", format.value(band.lower), format.value(band.upper));
    let value = match xmr.chart.signals.len() {
        0 => "none".to_owned(),
        n => n.to_string(),
    };
    let assured = xmr.assurance.map(|a| format!("; its target {}", a.words())).unwrap_or_default();
    Some(fact("Signals", value, format!("routine is {routine} now{assured}"), "XmR chart in the advised form; see XmR above the chart"))
}
