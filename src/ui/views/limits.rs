//! What the limits of an XmR chart come from, taken on the chart: days from which there are new limits, and the span of the baseline.

use egui::Ui;

use crate::analysis::xmr::{Choice, MetricXmr};
use crate::chart::ValueFormat;
use crate::document::edits;
use crate::model::{Date, Metric, MetricId, Period, Stamp, date_words, period_words};
use crate::ui::chart::{ChartResponse, Handle, HandleMove, HandlePlace, Part};
use crate::ui::scene::Scene;
use crate::ui::theme::stroke;
use crate::ui::widgets;
use crate::workspace::Action;

/// What a handle moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// The first day of new limits, by its place in the list.
    Divider(usize),
    BaselineFrom,
    /// Where the baseline ends. At the last value, with all values before it, nothing is locked.
    BaselineTo,
}

fn days(date: Date) -> f64 {
    Stamp::from_date(date).days()
}

fn date(days: f64) -> Date {
    Stamp::from_seconds((days.round() * 86_400.0) as i64).date()
}

/// The limits that hold now: "limits 8.1 M to 9.2 M".
fn answer(scene: &Scene<'_>, metric: &Metric, xmr: &MetricXmr) -> String {
    if xmr.chart.baseline_too_short {
        return "fewer than 6 values, not used".to_owned();
    }
    let format = ValueFormat::of(scene.project, Some(metric));
    let Some(band) = xmr.chart.band() else { return "too few values for limits".to_owned() };
    let band = band.within(metric.bounds);
    format!("limits {} to {}", format.value(band.lower), format.value(band.upper))
}

/// Periods of the chart, and the days of events between them: where something may have changed for good.
fn divider_stops(scene: &Scene<'_>, metric: &Metric, periods: &[Period]) -> Vec<f64> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Vec::new() };
    let events = scene.project.events.values().filter(|e| e.metrics.is_empty() || e.metrics.contains(&metric.id)).map(|e| e.date);
    let mut stops: Vec<Date> = periods.iter().skip(1).map(|p| p.first).collect();
    stops.extend(events.chain(metric.xmr.dividers.iter().copied()).filter(|day| first.last < *day && *day <= last.last));
    stops.sort_unstable();
    stops.dedup();
    stops.into_iter().map(days).collect()
}

/// What can be dragged on the XmR chart of a metric.
pub(super) fn handles(scene: &Scene<'_>, metric: &MetricId, choice: Choice) -> Vec<(Edge, Handle)> {
    let Some(metric) = scene.project.metric(metric) else { return Vec::new() };
    let found = scene.memos.xmr(scene.document, scene.as_of, &metric.id, choice);
    let Ok(xmr) = found.as_ref() else { return Vec::new() };
    let (Some(first), Some(last)) = (xmr.periods.first(), xmr.periods.last()) else { return Vec::new() };
    let answer = Some(answer(scene, metric, xmr));
    let dividers = &metric.xmr.dividers;
    let stops = divider_stops(scene, metric, &xmr.periods);
    let mut handles = Vec::new();
    for (index, &day) in dividers.iter().enumerate() {
        let name = if dividers.len() == 1 { "New limits from".to_owned() } else { format!("New limits {} from", index + 1) };
        let after = index.checked_sub(1).map_or(days(first.last), |before| days(dividers[before])) + 1.0;
        let before = dividers.get(index + 1).map_or(days(last.last), |next| days(*next) - 1.0);
        let (value, stops, answer) = (days(day), stops.clone(), answer.clone());
        let limits = (after.min(value), before.max(value));
        handles.push((Edge::Divider(index), Handle { name, place: HandlePlace::Upright(Part::Body), value, limits, answer, stops }));
    }
    let (from, to) = metric.xmr.baseline.unwrap_or((first.first, last.last));
    let mut edge = |edge: Edge, name: &str, value: f64, limits: (f64, f64), stops: Vec<f64>| {
        let answer = answer.clone();
        let limits = (limits.0.min(value), limits.1.max(value));
        let place = HandlePlace::Upright(Part::Foot);
        handles.push((edge, Handle { name: name.to_owned(), place, value, limits, answer, stops }));
    };
    if metric.xmr.baseline.is_some() {
        let stops = xmr.periods.iter().map(|p| days(p.first)).collect();
        // A value stands on the last day of its period: before the first there is nothing to see.
        edge(Edge::BaselineFrom, "Baseline from", days(from).max(days(first.last)), (days(first.first), days(to) - 1.0), stops);
    }
    let stops = xmr.periods.iter().map(|p| days(p.last)).collect();
    edge(Edge::BaselineTo, "Baseline to", days(to), (days(from) + 1.0, days(last.last)), stops);
    handles
}

/// A bar along the foot of the plot, over the values that the limits are locked to.
pub(super) fn paint_baseline(ui: &Ui, scene: &Scene<'_>, metric: &MetricId, drawn: &ChartResponse) {
    let Some((from, to)) = scene.project.metric(metric).and_then(|m| m.xmr.baseline) else { return };
    let theme = scene.theme;
    let place = |day: Date| drawn.transform.position_from_point_x(days(day)).clamp(drawn.plot.left(), drawn.plot.right());
    let (left, right) = (place(from), place(to));
    if left < right {
        ui.painter().hline(left..=right, drawn.plot.bottom() - theme.px(stroke::FOCUS), theme.stroke(stroke::TARGET, theme.line.axis));
    }
}

/// The metric with an edge elsewhere.
fn change(scene: &Scene<'_>, metric: &Metric, choice: Choice, edge: Edge, to: f64) -> Option<edits::Change> {
    let day = date(to);
    if let Edge::Divider(index) = edge {
        let moved = metric.xmr.dividers.iter().enumerate().map(|(i, d)| if i == index { day } else { *d });
        return Some(edits::set_dividers(metric, moved));
    }
    let found = scene.memos.xmr(scene.document, scene.as_of, &metric.id, choice);
    let xmr = found.as_ref().as_ref().ok()?;
    let (first, last) = (xmr.periods.first()?.first, xmr.periods.last()?.last);
    let (from, until) = metric.xmr.baseline.unwrap_or((first, last));
    let (from, until) = if edge == Edge::BaselineFrom { (day, until) } else { (from, day) };
    let is_all = from <= first && until >= last;
    Some(edits::set_baseline_span(metric, (!is_all).then_some((from, until))))
}

/// Does what a move asks for.
pub(super) fn moved(scene: &Scene<'_>, metric: &MetricId, choice: Choice, edge: Edge, what: HandleMove, actions: &mut Vec<Action>) {
    let Some(metric) = scene.project.metric(metric) else { return };
    match what {
        HandleMove::Began => actions.push(Action::BeginDrag {
            label: match edge {
                Edge::Divider(_) => edits::set_dividers(metric, metric.xmr.dividers.iter().copied()).label,
                Edge::BaselineFrom | Edge::BaselineTo => edits::set_baseline_span(metric, metric.xmr.baseline).label,
            },
        }),
        HandleMove::To(to) | HandleMove::Set(to) => actions.extend(change(scene, metric, choice, edge, to).map(Action::from)),
        HandleMove::Released => actions.push(Action::CommitDrag),
        HandleMove::Aborted => actions.push(Action::AbortDrag),
    }
}

/// Of the menu of an XmR chart: new limits from the period that was pointed at, the ones there are, and the baseline. `at` is in days since
/// 1970.
pub(super) fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, metric: &MetricId, choice: Choice, at: Option<f64>, actions: &mut Vec<Action>) {
    let Some(metric) = scene.project.metric(metric) else { return };
    let found = scene.memos.xmr(scene.document, scene.as_of, &metric.id, choice);
    let Ok(xmr) = found.as_ref() else { return };
    let dividers = &metric.xmr.dividers;
    // The value that stands nearest.
    let near = |p: &&Period| at.map_or(0.0, |at| (days(p.last) - at).abs());
    let pointed = xmr.periods.iter().min_by(|a, b| near(a).total_cmp(&near(b))).filter(|_| at.is_some());
    let mut asked = |ui: &mut Ui, words: String, why_not: Option<&str>, change: edits::Change| {
        let button = ui.add_enabled(why_not.is_none(), egui::Button::new(words));
        if button.on_disabled_hover_text(why_not.unwrap_or_default()).clicked() {
            actions.push(change.into());
        }
    };
    if let (Some(period), Some(first)) = (pointed, xmr.periods.first()) {
        let words = period_words(&scene.project.settings.calendar, xmr.cadence, *period);
        let why_not = if period == first {
            Some("The limits begin there anyway")
        } else if dividers.contains(&period.first) {
            Some("New limits begin there already")
        } else if dividers.len() >= edits::MOST_DIVIDERS {
            Some("Three are the most")
        } else {
            None
        };
        let change = edits::set_dividers(metric, dividers.iter().copied().chain([period.first]));
        asked(ui, format!("New limits from {words}"), why_not, change);
        let count = xmr.periods.iter().filter(|p| p.last <= period.last).count();
        let why_not = (count < crate::analysis::xmr::FEWEST).then_some("A baseline needs at least six values");
        let change = edits::set_baseline_span(metric, Some((first.first, period.last)));
        asked(ui, format!("Lock limits to values up to {words}"), why_not, change);
    }
    for day in dividers {
        let change = edits::set_dividers(metric, dividers.iter().copied().filter(|other| other != day));
        asked(ui, format!("Remove new limits from {}", date_words(*day)), None, change);
    }
    if metric.xmr.baseline.is_some() {
        asked(ui, "Use all values for limits".to_owned(), None, edits::set_baseline_span(metric, None));
    }
    widgets::separator_ui(ui, scene.theme);
}
