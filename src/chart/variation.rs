//! Signal and noise: the values of a metric around their mean, between the limits of routine variation, and the steps between them.

use std::sync::Arc;

use super::context::Context;
use super::trend::{assemble, empty};
use super::values::{Values, day};
use super::words::{self, few_words};
use super::{Chart, Label, LabelKind, Line, LineId, LineStyle, ValueFormat, aims::Aims, events};
use crate::analysis::metric_values;
use crate::analysis::xmr::{Band, Form, MetricXmr, Rule, Signal, Variation, Warning};
use crate::model::{Bounds, Limit, Metric, MetricId, Unit, date_words, period_words};

/// The XmR chart of a metric, or an empty one that says why there is none. Sources: Wheeler, *Understanding Variation*; the rules and
/// limits are those of [`crate::analysis::xmr`].
pub fn variation(context: &Context<'_>, metric: &MetricId, xmr: Result<&MetricXmr, String>) -> Chart {
    let Some(metric) = context.project.metric(metric) else {
        return empty(context, metric.as_str(), "This KPI is no longer in the project");
    };
    let xmr = match xmr {
        Ok(xmr) => xmr,
        Err(why) => return empty(context, &metric.name, &format!("No XmR chart yet: {why}")),
    };
    let format = ValueFormat::of(context.project, Some(metric));
    let values = Values::of_regrained(&metric_values(context.project, metric, xmr.cadence, context.as_of()), context.as_of());
    let mut aims = Aims { lines: limit_lines(xmr, metric.bounds, &format), ..Aims::default() };
    let first = values.all.first().map_or_else(|| day(context.as_of()), |p| p[0]);
    let last = values.all.last().map_or(first, |p| p[0]);
    if let Some(target) = xmr.target {
        aims.lines.extend(target_lines(target, (first, last), &format));
    }
    let mut chart = assemble(context, &metric.name, format, values, aims, (first, last));
    chart.supports = context.supports(metric, None);
    chart.bounds = metric.bounds;
    chart.marks = events::marks(context.project, Some(&metric.id), chart.x, context.as_of(), chart.cadence);
    chart.bands.extend(events::bands(&chart.marks));
    chart.variations = xmr.chart.points.iter().map(|p| p.variation).collect();
    chart.labels.extend(last_label(&chart));
    chart.title = finding(&chart, metric, xmr);
    chart.remarks = remarks(&chart, metric, xmr);
    finish(&mut chart);
    let said = said(&chart, xmr);
    chart.summary.push_str(&said);
    chart
}

/// Values named one by one for those who cannot see the chart; the rest is counted.
const NAMED: usize = 5;

/// For screen readers: the limits that hold now, and which values are no routine, and what the limits rest on.
fn said(chart: &Chart, xmr: &MetricXmr) -> String {
    let mut said = String::new();
    if let Some(Band { centre, lower, upper }) = xmr.chart.band().map(|band| band.within(chart.bounds)) {
        let [centre, lower, upper] = [centre, lower, upper].map(|v| chart.format.value(v));
        said = format!(" Routine is now {lower} to {upper}, around {centre}.");
    }
    let unusual: Vec<String> = xmr
        .chart
        .points
        .iter()
        .zip(&xmr.periods)
        .filter(|(point, _)| !point.rules.is_empty())
        .map(|(point, period)| {
            let word = match point.variation {
                Variation::Improving => " for the better",
                Variation::Concerning => " for the worse",
                Variation::Common | Variation::Neither => "",
            };
            format!("{}{word}", period_words(&chart.calendar, xmr.cadence, *period))
        })
        .collect();
    let (named, count) = (unusual.iter().rev().take(NAMED).cloned().collect::<Vec<_>>().join(", "), unusual.len());
    let all = xmr.chart.points.len();
    let signals = match count {
        0 => format!(" None of {all} values is a signal."),
        1 => format!(" One of {all} values is a signal: {named}."),
        n if n > NAMED => format!(" {n} of {all} values are signals, the latest {named}."),
        n => format!(" {n} of {all} values are signals: {named}."),
    };
    let remarks = chart.remarks.iter().map(|remark| format!(" {remark}."));
    said + &signals + &remarks.collect::<String>()
}

/// The chart of the steps from one value to the next, below the one of the values.
pub fn moving_ranges(context: &Context<'_>, metric: &MetricId, xmr: Result<&MetricXmr, String>) -> Chart {
    let (Some(metric), Ok(xmr)) = (context.project.metric(metric), xmr) else {
        return empty(context, metric.as_str(), "No moving ranges yet");
    };
    let format = ValueFormat { unit: step_unit(&metric.unit), ..ValueFormat::of(context.project, Some(metric)) };
    let ranges = xmr.chart.points.iter().zip(&xmr.periods).filter_map(|(p, period)| Some(([day(period.last), p.range?], p)));
    let values = Values { cadence: Some(xmr.cadence), ..Values::of_points(ranges.clone().map(|(at, _)| at)) };
    let mut lines = Vec::new();
    for (index, segment) in xmr.chart.segments.iter().enumerate() {
        let Some(limits) = &segment.limits else { continue };
        let (Some(from), Some(to)) = (xmr.periods.get(segment.points.start), xmr.periods.get(segment.points.end.wrapping_sub(1))) else {
            continue;
        };
        let last = index + 1 == xmr.chart.segments.len();
        let span = (day(from.last), day(to.last));
        let level = |id, name: &str, style, value: f64| Line {
            id,
            name: name.to_owned(),
            runs: vec![Arc::from([[span.0, value], [span.1, value]])],
            style,
            end_label: last.then(|| format!("{name} {}", format.value(value))),
            show_points: false,
        };
        lines.push(level(LineId::Centre(index), "Mean step", LineStyle::Centre, limits.mr_mean));
        lines.push(level(LineId::UpperLimit(index), "Limit", LineStyle::Control, limits.mr_limit));
    }
    let x = xmr.periods.first().zip(xmr.periods.last()).map_or((0.0, 0.0), |(a, b)| (day(a.last), day(b.last)));
    let name = "Steps from value to value".to_owned();
    let mut chart = assemble(context, &name, format, values, Aims { lines, ..Aims::default() }, x);
    chart.bounds = Bounds { lower: Some(0.0), upper: None };
    chart.variations = ranges.map(|(_, p)| if p.rules.contains(&Rule::Range) { Variation::Neither } else { Variation::Common }).collect();
    let unusual = chart.variations.iter().filter(|v| **v != Variation::Common).count();
    chart.title = match unusual {
        0 => "No step was unusually large".to_owned(),
        1 => "One step was unusually large".to_owned(),
        n => format!("{n} steps were unusually large"),
    };
    finish(&mut chart);
    chart
}

/// The difference of two shares is in points, which [`ValueFormat`] writes for differences only.
fn step_unit(unit: &Unit) -> Unit {
    if *unit == Unit::Percent { Unit::Custom("pts".to_owned()) } else { unit.clone() }
}

fn finish(chart: &mut Chart) {
    chart.subtitle = chart.subtitle_in(chart.fit_x);
    chart.caption = words::caption(chart);
    chart.summary = words::summary(chart);
}

/// Mean and limits of every stretch; drawn no further than values can go.
fn limit_lines(xmr: &MetricXmr, bounds: Bounds, format: &ValueFormat) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, segment) in xmr.chart.segments.iter().enumerate() {
        let points = segment.points.clone();
        let bands: Vec<_> = xmr.chart.points[points.clone()]
            .iter()
            .zip(&xmr.periods[points])
            .filter_map(|(point, period)| Some((day(period.last), point.band?.within(bounds))))
            .collect();
        let Some((_, end)) = bands.last().copied() else { continue };
        let is_last = index + 1 == xmr.chart.segments.len();
        let mut line = |id, name: &str, style, height: &dyn Fn(&crate::analysis::xmr::Band) -> f64| {
            lines.push(Line {
                id,
                name: name.to_owned(),
                runs: vec![bands.iter().map(|(x, band)| [*x, height(band)]).collect()],
                style,
                end_label: is_last.then(|| format!("{name} {}", format.value(height(&end)))),
                show_points: false,
            });
        };
        line(LineId::Centre(index), "Mean", LineStyle::Centre, &|b| b.centre);
        line(LineId::LowerLimit(index), "Lower limit", LineStyle::Control, &|b| b.lower);
        line(LineId::UpperLimit(index), "Upper limit", LineStyle::Control, &|b| b.upper);
    }
    lines
}

fn target_lines(target: Limit, (from, to): (f64, f64), format: &ValueFormat) -> Vec<Line> {
    let words = match target {
        Limit::AtLeast(_) => ["Target ≥", ""],
        Limit::AtMost(_) => ["Target ≤", ""],
        Limit::Within { .. } => ["Target from", "Target to"],
    };
    let ids = [LineId::Target, LineId::TargetHigh];
    let line = |((value, word), id): ((f64, &str), LineId)| Line {
        id,
        name: "Target".to_owned(),
        runs: vec![Arc::from([[from, value], [to, value]])],
        style: LineStyle::Target,
        end_label: Some(format!("{word} {}", format.value(value))),
        show_points: false,
    };
    target.values().zip(words).zip(ids).map(line).collect()
}

fn last_label(chart: &Chart) -> Option<Label> {
    let index = chart.complete().len().checked_sub(1)?;
    let at = chart.complete()[index];
    let text = format!("{} {}", chart.format.value(at[1]), chart.within_words(index));
    Some(Label { kind: LabelKind::Last, at, text, line: LineId::Actual })
}

/// Whether something changed, front-loaded: the newest signal, else that there is none.
fn finding(chart: &Chart, metric: &Metric, xmr: &MetricXmr) -> String {
    let name = metric.short_name();
    let newest = xmr.chart.signals.iter().max_by_key(|s| (s.points.last(), std::cmp::Reverse(s.rule)));
    let drafts = match newest {
        None => vec![format!("{name} moves within routine variation"), "Only routine variation".to_owned()],
        Some(signal) => {
            let verb = match signal.variation(xmr.chart.direction) {
                Variation::Improving => "signals a change for the better",
                Variation::Concerning => "signals a change for the worse",
                Variation::Common | Variation::Neither => "signals a change",
            };
            let when = signal.points.last().map(|&at| chart.within_words(at)).unwrap_or_default();
            vec![format!("{name} {verb} {when}: {}", rule_words(signal)), format!("{name} {verb} {when}"), format!("{name} {verb}")]
        }
    };
    drafts.into_iter().find(|d| few_words(d)).unwrap_or_else(|| metric.name.clone())
}

fn rule_words(signal: &Signal) -> String {
    match signal.rule {
        Rule::Run => format!("{} in a row on one side of the mean", signal.points.len()),
        rule => rule.words().to_owned(),
    }
}

/// How the limits came about and what they say of the target.
fn remarks(chart: &Chart, metric: &Metric, xmr: &MetricXmr) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some((from, to)) = metric.xmr.baseline.filter(|_| xmr.chart.segments.iter().any(|s| s.is_locked)) {
        remarks.push(format!("Limits locked to values from {} to {}", date_words(from), date_words(to)));
    }
    if let Some(limits) = xmr.chart.limits() {
        if limits.is_trial() {
            remarks.push(format!("Trial limits from {} values; they are firm from 12", limits.basis));
        }
        remarks.push(match xmr.chart.form {
            Form::Plain => format!("Routine steps of {}", chart.format.distance(limits.mr_mean)),
            Form::Trended => "The limits follow the trend".to_owned(),
            Form::Deseasonalised => "The limits follow the season".to_owned(),
            Form::DeseasonalisedTrended => "The limits follow season and trend".to_owned(),
        });
    }
    if let (Some(assurance), Some(target)) = (xmr.assurance, xmr.target) {
        let target: Vec<String> = target.values().map(|v| chart.format.value(v)).collect();
        remarks.push(format!("The target of {} {}", target.join(" to "), assured(assurance)));
    }
    match xmr.warning {
        Some(Warning::Trending { p }) => {
            remarks.push(format!("The values have a trend (p = {}): this form signals too often", chart.format.locale.trimmed(p, 3)));
        }
        Some(Warning::Autocorrelated { r }) => remarks.push(format!(
            "Each value resembles the one before (correlation {}): some signals are false alarms",
            chart.format.locale.trimmed(r, 2)
        )),
        None => {}
    }
    if xmr.chart.baseline_too_short {
        remarks.push("The baseline holds fewer than 6 values and is not used".to_owned());
    }
    remarks
}

fn assured(assurance: crate::analysis::xmr::Assurance) -> &'static str {
    use crate::analysis::xmr::Assurance;
    match assurance {
        Assurance::PassesConsistently => "is met consistently",
        Assurance::HitAndMiss => "is hit and miss: routine variation decides",
        Assurance::FailsConsistently => "will not be met without a change",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::analysis::xmr::of_metric;
    use crate::model::{Aggregation, Date, MetricId, Project};

    /// A year of routine values and a thirteenth far above them; the target is below all of them.
    fn project() -> (Project, MetricId, Date) {
        let mut f = Fixture::new();
        let values = [50.0, 52.0, 49.0, 51.0, 48.0, 50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 51.0, 70.0];
        let id = f.monthly("Tickets", Aggregation::Sum, "2025-01-01", &values);
        let mut metric = f.project.metric(&id).unwrap().clone();
        metric.targets = vec![crate::model::DatedTarget { from: "2025-01-01".parse().unwrap(), limit: Limit::AtLeast(20.0) }];
        f.project.metrics.insert(id.clone(), Arc::new(metric));
        (f.project, id, "2026-02-03".parse().unwrap())
    }

    #[test]
    fn a_signal_is_the_title_and_each_point_has_its_meaning() {
        let (project, id, as_of) = project();
        let evaluation = crate::analysis::evaluate(&project, &crate::model::Tree::of(&project), as_of);
        let context = Context { project: &project, evaluation: &evaluation };
        let xmr = of_metric(&project, project.metric(&id).unwrap(), as_of).unwrap();
        let chart = variation(&context, &id, Ok(&xmr));
        assert_eq!(chart.title, "Tickets signals a change for the better in Jan: outside the limits");
        assert_eq!(chart.variations.len(), chart.complete().len());
        assert_eq!(chart.variations.last(), Some(&Variation::Improving));
        assert!(chart.variations[..12].iter().all(|v| *v == Variation::Common), "{:?}", chart.variations);
        assert_eq!(chart.remarks.last().unwrap(), "The target of 20 is met consistently");
        let upper = chart.lines.iter().find(|l| l.id == LineId::UpperLimit(0)).unwrap();
        let limits = xmr.chart.limits().unwrap();
        assert!((upper.end().unwrap()[1] - limits.upper_at(12)).abs() < 1e-9);
        let (low, high) = chart.y_domain(chart.fit_x);
        assert!(low <= 20.0 && high >= 70.0, "{low} {high}: target and signal are in sight");

        let steps = moving_ranges(&context, &id, Ok(&xmr));
        assert_eq!(steps.title, "One step was unusually large");
        // From 51 to 70.
        assert_eq!(steps.values.last().unwrap()[1], 19.0);
        assert_eq!((steps.values.len(), steps.variations.len()), (12, 12));
    }

    #[test]
    fn too_few_values_say_so() {
        let (project, id, _) = project();
        let as_of = "2025-04-02".parse().unwrap();
        let evaluation = crate::analysis::evaluate(&project, &crate::model::Tree::of(&project), as_of);
        let context = Context { project: &project, evaluation: &evaluation };
        let why = of_metric(&project, project.metric(&id).unwrap(), as_of).unwrap_err().to_string();
        let chart = variation(&context, &id, Err(why));
        assert_eq!(chart.empty.as_deref(), Some("No XmR chart yet: it has 3 complete values so far; this needs at least 6"));
    }
}
