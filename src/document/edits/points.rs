//! The points of a metric: one at a time, and many at once as a table is filled.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, shortened};
use crate::document::Edit;
use crate::model::{Cadence, Calendar, Date, Metric, Point, Stamp, date_words};

/// Sets one value; the note and the cut-off date of a point that is there stay.
pub fn put_value(metric: &Metric, at: Stamp, value: f64) -> Change {
    let point = Point { value, ..metric.series.get(at).unwrap_or_else(|| Point::new(at, value)) };
    put_point(metric, point)
}

pub fn put_point(metric: &Metric, point: Point) -> Change {
    let verb = if metric.series.get(point.at).is_some() { "Change" } else { "Add" };
    let label = format!("{verb} {} of {}", point.at, shortened(metric.short_name()));
    Change::new(label, points(metric, vec![(point.at, Some(point))]))
}

/// A note on a point that is there; an empty one is no note.
pub fn set_note(metric: &Metric, at: Stamp, note: &str) -> Option<Change> {
    let note = Some(note.trim().to_owned()).filter(|n| !n.is_empty());
    let point = Point { note, ..metric.series.get(at)? };
    Some(Change::new(format!("Change note at {at} of {}", shortened(metric.short_name())), points(metric, vec![(at, Some(point))])))
}

/// Moves a point in time; one that is at the new time is replaced.
pub fn move_point(metric: &Metric, from: Stamp, to: Stamp) -> Option<Change> {
    let point = Point { at: to, ..metric.series.get(from)? };
    let label = format!("Move {from} of {} to {to}", shortened(metric.short_name()));
    Some(Change::new(label, points(metric, vec![(from, None), (to, Some(point))])))
}

pub fn remove_points(metric: &Metric, at: &[Stamp]) -> Change {
    let label = match at {
        [one] => format!("Remove {one} of {}", shortened(metric.short_name())),
        many => format!("Remove {} points of {}", many.len(), shortened(metric.short_name())),
    };
    Change::new(label, points(metric, at.iter().map(|at| (*at, None)).collect()))
}

/// The last day that a point covers, where its period was not over then; `None` takes the mark away.
pub fn set_data_to(metric: &Metric, at: Stamp, data_to: Option<Date>) -> Option<Change> {
    let point = Point { data_to, ..metric.series.get(at)? };
    Some(Change::new(format!("Change cut-off of {at} of {}", shortened(metric.short_name())), points(metric, vec![(at, Some(point))])))
}

/// Takes the notes of these points away, in one step. `None` where there are none.
pub fn clear_notes(metric: &Metric, at: &[Stamp]) -> Option<Change> {
    clear(metric, at, "note", |point| point.note.take().is_some())
}

/// Takes the "data to" marks of these points away, in one step. `None` where there are none.
pub fn clear_data_to(metric: &Metric, at: &[Stamp]) -> Option<Change> {
    clear(metric, at, "cut-off", |point| point.data_to.take().is_some())
}

fn clear(metric: &Metric, at: &[Stamp], what: &str, take: impl Fn(&mut Point) -> bool) -> Option<Change> {
    let cleared = |at: &Stamp| metric.series.get(*at).and_then(|mut point| take(&mut point).then_some((*at, Some(point))));
    let changes: Vec<_> = at.iter().filter_map(cleared).collect();
    let what = if changes.len() == 1 { format!("a {what}") } else { format!("{} {what}s", changes.len()) };
    (!changes.is_empty()).then(|| Change::new(format!("Clear {what} of {}", shortened(metric.short_name())), points(metric, changes)))
}

/// Values from elsewhere. A point that is there keeps the note and cut-off that the new one does not say.
pub fn paste_points(metric: &Metric, new: Vec<Point>) -> Change {
    let label = format!("Paste {} of {}", counted(new.len()), shortened(metric.short_name()));
    let kept = |point: Point| {
        let there = metric.series.get(point.at);
        let note = point.note.or_else(|| there.as_ref()?.note.clone());
        let data_to = point.data_to.or_else(|| there.as_ref()?.data_to);
        (point.at, Some(Point { note, data_to, ..point }))
    };
    Change::new(label, points(metric, new.into_iter().map(kept).collect()))
}

/// Gives the points at these times the value of the first of them. `None` where there are fewer than two.
pub fn fill_down(metric: &Metric, at: &[Stamp]) -> Option<Change> {
    let (first, rest) = at.split_first()?;
    let value = metric.series.get(*first)?.value;
    let changes: Vec<_> = rest.iter().filter_map(|at| Some((*at, Some(Point { value, ..metric.series.get(*at)? })))).collect();
    let label = format!("Fill {} of {}", counted(changes.len()), shortened(metric.short_name()));
    (!changes.is_empty()).then(|| Change::new(label, points(metric, changes)))
}

/// What the note of a value says that was put between two others.
pub const INTERPOLATED: &str = "Interpolated";

/// Puts the points between two onto the straight line from one to the other; each says so in its note, unless it has one. `None` where
/// nothing lies between.
pub fn interpolate(metric: &Metric, from: Stamp, to: Stamp, calendar: Calendar) -> Option<Change> {
    let (a, b) = (metric.series.get(from)?, metric.series.get(to)?);
    let changes: Vec<_> = metric
        .series
        .points()
        .filter(|p| a.at < p.at && p.at < b.at)
        .map(|p| {
            let note = p.note.clone().or_else(|| Some(INTERPOLATED.to_owned()));
            (p.at, Some(Point { value: between(metric.cadence, calendar, &a, &b, p.at), note, ..p }))
        })
        .collect();
    let label = format!("Interpolate {} of {}", counted(changes.len()), shortened(metric.short_name()));
    (!changes.is_empty()).then(|| Change::new(label, points(metric, changes)))
}

/// Adds a point for every period between two that has none, on the straight line between its neighbours. What is there stays.
/// `None` where no period is missing.
pub fn fill_gaps(metric: &Metric, from: Stamp, to: Stamp, calendar: Calendar) -> Option<Change> {
    let cadence = metric.cadence;
    let there: Vec<Point> = metric.series.points().filter(|p| from <= p.at && p.at <= to).collect();
    let mut changes = Vec::new();
    for pair in there.windows(2) {
        let [a, b] = pair else { continue };
        for step in 1.. {
            let at = a.at.later_by(cadence, step);
            if at >= b.at || same_period(cadence, calendar, at, b.at) {
                break;
            }
            if same_period(cadence, calendar, at, a.at) {
                continue;
            }
            let value = between(cadence, calendar, a, b, at);
            changes.push((at, Some(Point { note: Some(INTERPOLATED.to_owned()), ..Point::new(at, value) })));
        }
    }
    let label = format!("Fill {} of {}", gaps_counted(changes.len()), shortened(metric.short_name()));
    (!changes.is_empty()).then(|| Change::new(label, points(metric, changes)))
}

fn same_period(cadence: Cadence, calendar: Calendar, a: Stamp, b: Stamp) -> bool {
    if cadence == Cadence::Hourly {
        return a.seconds().div_euclid(3_600) == b.seconds().div_euclid(3_600);
    }
    calendar.period_of(cadence, a.date()) == calendar.period_of(cadence, b.date())
}

/// The value at a time between two points: by periods, so that months of 28 and 31 days are steps of one height; by the clock below a week.
fn between(cadence: Cadence, calendar: Calendar, a: &Point, b: &Point, at: Stamp) -> f64 {
    let distance = |from: Stamp, to: Stamp| match cadence {
        Cadence::Hourly | Cadence::Daily => (to.seconds() - from.seconds()) as f64,
        _ => calendar.periods_between(cadence, from.date(), to.date()) as f64,
    };
    let whole = distance(a.at, b.at);
    let share = if whole > 0.0 { distance(a.at, at) / whole } else { 0.0 };
    // Of two weights, so that no difference can be beyond all numbers.
    let value = a.value * (1.0 - share) + b.value * share;
    // 0.1 + 0.2 should read 0.3 in a table.
    let rounded = format!("{value:.12e}").parse().unwrap_or(value);
    if f64::is_finite(rounded) { rounded } else { value }
}

/// Why points cannot be moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefused {
    #[error("There is a point on {0} already")]
    Taken(String),
    #[error("Mark two points or more")]
    TooFew,
}

/// "1 Oct 2026", with the time where there is one.
pub fn stamp_words(at: Stamp) -> String {
    let time = at.date_time().time();
    if time == chrono::NaiveTime::MIN { date_words(at.date()) } else { format!("{} {}", date_words(at.date()), time.format("%H:%M")) }
}

/// Moves a point to a time that has none; its note stays with it.
pub fn move_point_to_free(metric: &Metric, from: Stamp, to: Stamp) -> Result<Change, MoveRefused> {
    if from != to && metric.series.get(to).is_some() {
        return Err(MoveRefused::Taken(stamp_words(to)));
    }
    move_point(metric, from, to).ok_or(MoveRefused::TooFew)
}

/// Dates the points at these times anew: the first keeps its date, each next one comes a period later.
pub fn date_by_cadence(metric: &Metric, at: &[Stamp]) -> Result<Change, MoveRefused> {
    let Some((&first, _)) = at.split_first().filter(|(_, rest)| !rest.is_empty()) else { return Err(MoveRefused::TooFew) };
    let moved: BTreeSet<Stamp> = at.iter().copied().collect();
    let mut changes: BTreeMap<Stamp, Option<Point>> = moved.iter().map(|at| (*at, None)).collect();
    for (step, from) in at.iter().enumerate() {
        let Some(point) = metric.series.get(*from) else { continue };
        let to = first.later_by(metric.cadence, u32::try_from(step).unwrap_or(u32::MAX));
        if !moved.contains(&to) && metric.series.get(to).is_some() {
            return Err(MoveRefused::Taken(stamp_words(to)));
        }
        changes.insert(to, Some(Point { at: to, ..point }));
    }
    let label = format!("Date {} of {} anew", counted(at.len()), shortened(metric.short_name()));
    Ok(Change::new(label, points(metric, changes.into_iter().collect())))
}

fn counted(count: usize) -> String {
    if count == 1 { "a point".to_owned() } else { format!("{count} points") }
}

fn gaps_counted(count: usize) -> String {
    if count == 1 { "a gap".to_owned() } else { format!("{count} gaps") }
}

fn points(metric: &Metric, changes: Vec<(Stamp, Option<Point>)>) -> Edit {
    Edit::Points { metric: metric.id.clone(), changes }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Document, apply};
    use crate::model::{MetricId, Project, ProjectId, Series};
    use proptest::prelude::*;

    fn at(text: &str) -> Stamp {
        Stamp::from_date(text.parse().unwrap())
    }

    fn metric(cadence: Cadence, points: &[(&str, f64)]) -> Metric {
        let series = Series::from_points(points.iter().map(|(day, value)| Point::new(at(day), *value))).unwrap();
        Metric { cadence, series: Arc::new(series), ..Metric::new(MetricId::parse("m-a").unwrap(), "A") }
    }

    fn after(metric: &Metric, change: Change) -> Vec<(String, f64)> {
        let mut project = Project::empty(ProjectId::parse("p-a").unwrap(), "P");
        project.metrics.insert(metric.id.clone(), Arc::new(metric.clone()));
        apply(&mut project, change.edit).unwrap();
        project.metrics[&metric.id].series.iter().map(|(at, value)| (at.to_string(), value)).collect()
    }

    fn pairs(expected: &[(&str, f64)]) -> Vec<(String, f64)> {
        expected.iter().map(|(day, value)| ((*day).to_owned(), *value)).collect()
    }

    #[test]
    fn missing_months_are_filled_in_equal_steps_at_the_end_of_the_month_where_the_others_are() {
        let metric = metric(Cadence::Monthly, &[("2026-01-31", 10.0), ("2026-02-28", 20.0), ("2026-06-30", 60.0)]);
        let change = fill_gaps(&metric, at("2026-01-31"), at("2026-06-30"), Calendar::default()).unwrap();
        assert_eq!(change.label, "Fill 3 gaps of A");
        let expected = [
            ("2026-01-31", 10.0),
            ("2026-02-28", 20.0),
            ("2026-03-31", 30.0),
            ("2026-04-30", 40.0),
            ("2026-05-31", 50.0),
            ("2026-06-30", 60.0),
        ];
        assert_eq!(after(&metric, change), pairs(&expected));
        assert_eq!(fill_gaps(&metric, at("2026-01-31"), at("2026-02-28"), Calendar::default()), None, "nothing is missing");
    }

    #[test]
    fn values_between_two_marked_ones_lie_on_the_line_and_say_so() {
        let metric = metric(Cadence::Weekly, &[("2026-11-02", 1.0), ("2026-11-09", 7.0), ("2026-11-16", 2.0)]);
        let change = interpolate(&metric, at("2026-11-02"), at("2026-11-16"), Calendar::default()).unwrap();
        let Edit::Points { changes, .. } = &change.edit else { panic!("{change:?}") };
        assert_eq!(changes[0].1.as_ref().unwrap().note.as_deref(), Some(INTERPOLATED));
        assert_eq!(after(&metric, change), pairs(&[("2026-11-02", 1.0), ("2026-11-09", 1.5), ("2026-11-16", 2.0)]));
    }

    #[test]
    fn points_are_dated_by_cadence_from_the_first_unless_another_is_in_the_way() {
        let metric = metric(Cadence::Monthly, &[("2026-01-15", 1.0), ("2026-01-16", 2.0), ("2026-01-17", 3.0), ("2026-05-01", 9.0)]);
        let marked = [at("2026-01-15"), at("2026-01-16"), at("2026-01-17")];
        let change = date_by_cadence(&metric, &marked).unwrap();
        assert_eq!(after(&metric, change), pairs(&[("2026-01-15", 1.0), ("2026-02-15", 2.0), ("2026-03-15", 3.0), ("2026-05-01", 9.0)]));
        assert_eq!(date_by_cadence(&metric, &marked[..1]), Err(MoveRefused::TooFew));
        let refused = move_point_to_free(&metric, marked[0], at("2026-05-01"));
        assert_eq!(refused.unwrap_err().to_string(), "There is a point on 1 May 2026 already");
    }

    #[test]
    fn a_paste_keeps_what_it_does_not_say() {
        let mut metric = metric(Cadence::Monthly, &[("2026-01-01", 1.0)]);
        let noted = Point { note: Some("launch".to_owned()), ..Point::new(at("2026-01-01"), 1.0) };
        metric.series = Arc::new(Series::from_points([noted]).unwrap());
        let change = paste_points(&metric, vec![Point::new(at("2026-01-01"), 5.0), Point::new(at("2026-02-01"), 6.0)]);
        assert_eq!(change.label, "Paste 2 points of A");
        let Edit::Points { changes, .. } = change.edit else { panic!() };
        assert_eq!(changes[0].1.as_ref().unwrap().note.as_deref(), Some("launch"));
    }

    /// One of the things that a table does to many points.
    fn change(metric: &Metric, kind: u8, from: usize, to: usize, values: &[f64]) -> Option<Change> {
        let times = metric.series.times();
        let marked: Vec<Stamp> = times.iter().copied().skip(from.min(to)).take(from.abs_diff(to) + 1).collect();
        let (first, last) = (*marked.first()?, *marked.last()?);
        let calendar = Calendar::default();
        match kind {
            0 => {
                let at = |step: usize| first.later_by(metric.cadence, u32::try_from(step).unwrap());
                Some(paste_points(metric, values.iter().enumerate().map(|(step, value)| Point::new(at(step), *value)).collect()))
            }
            1 => fill_down(metric, &marked),
            2 => interpolate(metric, first, last, calendar),
            3 => fill_gaps(metric, first, last, calendar),
            4 => date_by_cadence(metric, &marked).ok(),
            _ => Some(remove_points(metric, &marked)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn whatever_is_done_to_many_points_is_one_step_that_undo_takes_back(
            days in proptest::collection::btree_map(0i64..4_000, (-1e9f64..1e9, proptest::option::of("[a-z]{1,5}")), 1..60),
            cadence in proptest::sample::select(vec![Cadence::Daily, Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly]),
            steps in proptest::collection::vec((0u8..6, 0usize..70, 0usize..70, proptest::collection::vec(-1e6f64..1e6, 1..20)), 1..8),
        ) {
            let points = days.iter().map(|(day, (value, note))| Point { note: note.clone(), ..Point::new(Stamp::from_seconds(day * 86_400), *value) });
            let id = MetricId::parse("m-a").unwrap();
            let metric = Metric { cadence, series: Arc::new(Series::from_points(points).unwrap()), ..Metric::new(id.clone(), "A") };
            let mut project = Project::empty(ProjectId::parse("p-a").unwrap(), "P");
            project.metrics.insert(id.clone(), Arc::new(metric));
            let mut document = Document::new(project);
            for (kind, from, to, values) in steps {
                let before = Arc::clone(document.project());
                let Some(change) = change(before.metric(&id).unwrap(), kind, from, to, &values) else { continue };
                document.apply(&change.label, change.edit).unwrap();
                prop_assert_eq!(document.project().validate(), vec![]);
                if *document.project() == before {
                    continue;
                }
                let done = Arc::clone(document.project());
                prop_assert_eq!(document.undo(), Some(change.label));
                prop_assert_eq!(document.project(), &before);
                document.redo();
                prop_assert_eq!(document.project(), &done);
            }
        }
    }
}
