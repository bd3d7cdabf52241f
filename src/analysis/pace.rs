//! What should have been reached by a day (SEMANTICS, "Pace and expectation"): a share that runs from 0 at the start to 1 at the due date.

use chrono::Days;

use crate::analysis::Study;
use crate::model::{Aggregation, Aim, Calendar, Date, Goal, GoalKind, Pace, Period, Span, TargetStage};

use super::season::{Form, Season};
use super::then::{Then, steps_done};
use super::values::metric_values;

/// Why nothing can be expected of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPace {
    NoStart,
    NoDue,
}

/// The promised way of one key result or initiative.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    start: Date,
    due: Date,
    /// Values at the start and at the due date; 0 and the number of steps for milestones.
    from: f64,
    to: f64,
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Linear,
    /// `ratio` is target ÷ start, positive and not 1.
    Compound {
        ratio: f64,
    },
    SCurve,
    /// Nothing before the due date, everything on it.
    AtOnce,
    /// "Stay" aims: everything, always.
    Always,
    Holding(Vec<TargetStage>),
    Through(Vec<TargetStage>),
    SeasonalTotal(Season, Calendar),
    SeasonalLevel(Season, Calendar),
}

impl Path {
    /// The path of a key result or an initiative as promised in `then`; objectives have none of their own.
    pub(super) fn of(project: Study<'_>, goal: &Goal, then: &Then) -> Result<Self, NoPace> {
        let Span { start, due } = then.span;
        let due = due.ok_or(NoPace::NoDue)?;
        let steps = steps_done(goal, due).map(|(_, all)| all);
        let one_shot = steps.is_some_and(|all| all <= 1);
        let maintain = then.aim.as_ref().is_some_and(Aim::is_maintain);
        // What is all or nothing needs no start.
        let start = if one_shot || maintain { start.unwrap_or(due) } else { start.ok_or(NoPace::NoStart)? };
        let (from, to) = match (&then.aim, steps) {
            (_, Some(all)) => (0.0, all as f64),
            (Some(aim), None) => (aim.start().unwrap_or(0.0), aim.target().unwrap_or(1.0)),
            (None, None) => (0.0, 1.0),
        };
        let shape = if one_shot {
            Shape::AtOnce
        } else if maintain {
            Shape::Always
        } else if steps.is_some() {
            Shape::Linear
        } else {
            Shape::of(project, goal, start, from, to)
        };
        Ok(Self { start, due, from, to, shape })
    }

    /// Expected progress e on a day.
    pub(super) fn share(&self, on: Date) -> f64 {
        let Self { start, due, from, to, shape } = self;
        if matches!(shape, Shape::Always) || on >= *due {
            return 1.0;
        }
        if on <= *start {
            return 0.0;
        }
        let elapsed = elapsed_share(*start, *due, on);
        let of_value = |value: f64| if from == to { elapsed } else { (value - from) / (to - from) };
        match shape {
            Shape::Linear | Shape::Always => elapsed,
            Shape::Compound { ratio } => (ratio.powf(elapsed) - 1.0) / (ratio - 1.0),
            Shape::SCurve => elapsed * elapsed * (3.0 - 2.0 * elapsed),
            Shape::AtOnce => 0.0,
            Shape::Holding(stages) => stages.iter().rev().find(|s| s.by <= on).map_or(0.0, |s| of_value(s.value)),
            Shape::Through(stages) => of_value(between_stages(*start, *from, stages, *due, *to, on)),
            Shape::SeasonalTotal(season, calendar) => {
                let all = weight(season, *calendar, *start, *due);
                if all > 0.0 { weight(season, *calendar, *start, on) / all } else { elapsed }
            }
            Shape::SeasonalLevel(season, calendar) => {
                let at = |date| season.at(*calendar, calendar.period_of(season.cadence(), date));
                of_value((1.0 - elapsed) * (from - at(*start)) + elapsed * (to - at(*due)) + at(on))
            }
        }
    }

    /// The pace as a value of the metric.
    pub(super) fn value(&self, on: Date) -> f64 {
        self.from + self.share(on) * (self.to - self.from)
    }

    /// Whether a season shapes it.
    pub(super) fn follows_a_season(&self) -> bool {
        matches!(self.shape, Shape::SeasonalTotal(..) | Shape::SeasonalLevel(..))
    }

    fn points(&self) -> Vec<(Date, f64)> {
        let Self { start, due, shape, .. } = self;
        let inside = |date: &Date| start < date && date < due;
        let mut days: Vec<Date> = match shape {
            Shape::Linear | Shape::Always => Vec::new(),
            Shape::AtOnce => vec![due.pred_opt().unwrap_or(*due)],
            Shape::Compound { .. } | Shape::SCurve => {
                let parts = (*due - *start).num_days().clamp(1, 48);
                (1..parts).map(|i| *start + Days::new(((*due - *start).num_days() * i / parts).unsigned_abs())).collect()
            }
            // A step is upright: the day before it still holds the stage before.
            Shape::Holding(stages) => stages.iter().flat_map(|s| [s.by.pred_opt(), Some(s.by)]).flatten().chain(due.pred_opt()).collect(),
            Shape::Through(stages) => stages.iter().map(|s| s.by).collect(),
            Shape::SeasonalTotal(season, calendar) | Shape::SeasonalLevel(season, calendar) => {
                let mut period = calendar.period_of(season.cadence(), *start);
                let mut days = Vec::new();
                while period.last < *due {
                    days.push(period.last);
                    period = calendar.next(season.cadence(), period);
                }
                days
            }
        };
        days.retain(inside);
        days.insert(0, *start);
        days.push(*due);
        days.dedup();
        days.into_iter().map(|on| (on, self.value(on))).collect()
    }
}

impl Shape {
    fn of(project: Study<'_>, goal: &Goal, start: Date, from: f64, to: f64) -> Self {
        let Some(key_result) = goal.as_key_result() else { return Self::Linear };
        match key_result.pace {
            Pace::Compound if from * to > 0.0 && from != to => Self::Compound { ratio: to / from },
            Pace::Linear | Pace::Compound => Self::Linear,
            Pace::SCurve => Self::SCurve,
            Pace::Steps => Self::Holding(key_result.stages.clone()),
            Pace::Points => Self::Through(key_result.stages.clone()),
            Pace::Seasonal => {
                let calendar = project.settings.calendar;
                let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
                // Only what was known before the start shapes the promise.
                let known = metric.zip(start.pred_opt()).map(|(m, before)| (m, metric_values(project, m, m.cadence, before)));
                let Some((metric, history)) = known else { return Self::Linear };
                let total = metric.aggregation == Aggregation::Sum && from == 0.0;
                let form = if total { Form::Multiplicative } else { Form::Additive };
                match Season::of(project, &history, form) {
                    Some(season) if total => Self::SeasonalTotal(season, calendar),
                    Some(season) => Self::SeasonalLevel(season, calendar),
                    None => Self::Linear,
                }
            }
        }
    }
}

/// τ: 0 on the start day, 1 on the due day.
pub(super) fn elapsed_share(start: Date, due: Date, on: Date) -> f64 {
    let whole = (due - start).num_days();
    if whole <= 0 {
        return if on >= due { 1.0 } else { 0.0 };
    }
    ((on - start).num_days() as f64 / whole as f64).clamp(0.0, 1.0)
}

fn between_stages(start: Date, from: f64, stages: &[TargetStage], due: Date, to: f64, on: Date) -> f64 {
    let corners = std::iter::once((start, from))
        .chain(stages.iter().map(|s| (s.by, s.value)).filter(|(by, _)| start < *by && *by < due))
        .chain(std::iter::once((due, to)));
    let mut before = (start, from);
    for corner in corners {
        if corner.0 >= on {
            return before.1 + (corner.1 - before.1) * elapsed_share(before.0, corner.0, on);
        }
        before = corner;
    }
    to
}

/// The seasonal weight of the days after `start` up to `on`: each period spreads its factor evenly over its days.
fn weight(season: &Season, calendar: Calendar, start: Date, on: Date) -> f64 {
    let mut sum = 0.0;
    let mut period: Period = calendar.period_of(season.cadence(), start);
    while period.first <= on {
        let from = period.first.max(start.succ_opt().unwrap_or(start));
        let days = (period.last.min(on) - from).num_days() + 1;
        if days > 0 {
            sum += season.at(calendar, period) * days as f64 / period.days() as f64;
        }
        let next = calendar.next(season.cadence(), period);
        if next.first <= period.first {
            break;
        }
        period = next;
    }
    sum
}

/// The path of a goal that is drawn: of key results that lead somewhere, not of objectives, initiatives or bands.
fn drawn(project: Study<'_>, goal: &Goal, as_of: Date) -> Option<Path> {
    let GoalKind::KeyResult(_) = &goal.kind else { return None };
    let then = Then::of(&project, goal, as_of);
    let is_number = matches!(then.aim, Some(Aim::Milestone { .. })) || then.aim.as_ref().is_some_and(|a| a.target().is_some());
    let is_set = !matches!(then.aim, Some(Aim::Baseline { .. }));
    if is_number && is_set { Path::of(project, goal, &then).ok() } else { None }
}

/// The pace of a key result as a value of its metric on a day (steps done for a milestone, the threshold for a "stay" aim), by what
/// was promised on the day `as_of`. `None` without dates, for bands and before a baseline is set.
pub fn expected_value_as_of<'a>(project: impl Into<Study<'a>>, goal: &Goal, on: Date, as_of: Date) -> Option<f64> {
    Some(drawn(project.into(), goal, as_of)?.value(on))
}

/// The pace of a key result as a line from start to due, by what was promised on the day `as_of`. Empty where
/// [`expected_value_as_of`] is `None`.
pub fn pace_points_as_of<'a>(project: impl Into<Study<'a>>, goal: &Goal, as_of: Date) -> Vec<(Date, f64)> {
    drawn(project.into(), goal, as_of).map(|path| path.points()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::Cadence;
    use crate::model::Project;

    const START: &str = "2026-01-01";
    const DUE: &str = "2026-04-11"; // 100 days later

    fn on(days: u64) -> Date {
        day(START) + Days::new(days)
    }

    fn paced(from: f64, to: f64, pace: Pace, stages: &[(u64, f64)]) -> (Project, Goal) {
        let mut f = Fixture::new();
        let aim = if to > from { Aim::Increase { start: from, target: to } } else { Aim::Decrease { start: from, target: to } };
        let id = f.key_result(aim, None, START, DUE);
        f.edit_goal(&id, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.pace = pace;
                k.stages = stages.iter().map(|&(d, value)| TargetStage { by: on(d), value }).collect();
            }
        });
        let goal = f.project.goal(&id).unwrap().clone();
        (f.project, goal)
    }

    fn value(of: &(Project, Goal), days: u64) -> f64 {
        (expected_value_as_of(&of.0, &of.1, on(days), Date::MAX).unwrap() * 1e6).round() / 1e6
    }

    #[test]
    fn linear_is_the_elapsed_share() {
        let goal = paced(200.0, 100.0, Pace::Linear, &[]);
        // 200 − 100·25/100
        assert_eq!([value(&goal, 0), value(&goal, 25), value(&goal, 100), value(&goal, 120)], [200.0, 175.0, 100.0, 100.0]);
        assert_eq!(pace_points_as_of(&goal.0, &goal.1, Date::MAX), [(on(0), 200.0), (on(100), 100.0)]);
    }

    #[test]
    fn compound_grows_by_the_same_factor_every_day() {
        let goal = paced(100.0, 400.0, Pace::Compound, &[]);
        // Fourfold over the span: twofold at half, 4^0.25 = √2 at a quarter.
        assert_eq!([value(&goal, 50), value(&goal, 25)], [200.0, 141.421_356]);
    }

    #[test]
    fn steps_hold_the_last_stage_passed() {
        let goal = paced(0.0, 100.0, Pace::Steps, &[(20, 10.0), (60, 70.0)]);
        assert_eq!(
            [value(&goal, 19), value(&goal, 20), value(&goal, 59), value(&goal, 60), value(&goal, 99)],
            [0.0, 10.0, 10.0, 70.0, 70.0]
        );
        assert_eq!(value(&goal, 100), 100.0);
        let corners = [(0, 0.0), (19, 0.0), (20, 10.0), (59, 10.0), (60, 70.0), (99, 70.0), (100, 100.0)];
        assert_eq!(pace_points_as_of(&goal.0, &goal.1, Date::MAX), corners.map(|(d, v)| (on(d), v)));
    }

    #[test]
    fn own_points_are_joined_by_straight_lines() {
        let goal = paced(0.0, 100.0, Pace::Points, &[(20, 10.0), (60, 70.0)]);
        // Half of 10; 10 + 60·10/40; 70 + 30·20/40
        assert_eq!([value(&goal, 10), value(&goal, 30), value(&goal, 80)], [5.0, 25.0, 85.0]);
    }

    #[test]
    fn an_s_curve_starts_and_ends_slowly() {
        let goal = paced(0.0, 1.0, Pace::SCurve, &[]);
        // 3·0.04 − 2·0.008; 3·0.25 − 2·0.125; 3·0.64 − 2·0.512
        assert_eq!([value(&goal, 20), value(&goal, 50), value(&goal, 80)], [0.104, 0.5, 0.896]);
    }

    #[test]
    fn totals_follow_the_seasonal_factors() {
        let mut f = Fixture::new();
        // Quarterly factors 0.4, 0.8, 1.2, 1.6 around a flat level of 100, for three years.
        let values: Vec<f64> = (0..12).map(|i| [40.0, 80.0, 120.0, 160.0][i % 4]).collect();
        let sales = f.every("sales", Cadence::Quarterly, Aggregation::Sum, "2023-01-01", &values);
        let id = f.key_result(Aim::Increase { start: 0.0, target: 400.0 }, Some(&sales), "2026-01-01", "2026-12-31");
        f.edit_goal(&id, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                (k.pace, k.accumulating) = (Pace::Seasonal, true);
            }
        });
        let goal = f.project.goal(&id).unwrap();
        let at = |on: &str| expected_value_as_of(&f.project, goal, day(on), Date::MAX).unwrap();
        // The first day counts as day 0: of the first quarter 89 of 90 days lie after it. Weights 0.4·89/90, 0.8, 1.2, 1.6.
        let first = 0.4 * 89.0 / 90.0;
        let all = first + 3.6;
        assert!((at("2026-03-31") - 400.0 * first / all).abs() < 1e-9);
        assert!((at("2026-06-30") - 400.0 * (first + 0.8) / all).abs() < 1e-9);
        assert!((at("2026-12-31") - 400.0).abs() < 1e-9);
        // Linear would expect 179/364 of 400 = 197 at mid-year; the season expects 131.
        assert!(at("2026-06-30") < 135.0);
    }

    #[test]
    fn levels_are_linear_plus_season() {
        let mut f = Fixture::new();
        // Level 100 with offsets −10, 10, −10, 10.
        let values: Vec<f64> = (0..12).map(|i| [90.0, 110.0][i % 2]).collect();
        let users = f.every("users", Cadence::Quarterly, Aggregation::Last, "2023-01-01", &values);
        let id = f.key_result(Aim::Increase { start: 90.0, target: 150.0 }, Some(&users), "2026-01-01", "2026-12-31");
        f.edit_goal(&id, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.pace = Pace::Seasonal;
            }
        });
        let goal = f.project.goal(&id).unwrap();
        let at = |on: &str| expected_value_as_of(&f.project, goal, day(on), Date::MAX).unwrap();
        // Without season the way goes from 90 + 10 = 100 to 150 − 10 = 140; 30 September is day 272 of 364, an odd quarter (−10).
        assert!((at("2026-09-30") - (100.0 + 40.0 * 272.0 / 364.0 - 10.0)).abs() < 1e-9);
        assert_eq!((at("2026-01-01"), at("2026-12-31")), (90.0, 150.0));
    }

    #[test]
    fn without_two_years_of_history_a_season_is_linear() {
        let mut f = Fixture::new();
        let users = f.every("users", Cadence::Quarterly, Aggregation::Last, "2025-01-01", &[1.0, 2.0, 3.0, 4.0]);
        let id = f.key_result(Aim::Increase { start: 0.0, target: 100.0 }, Some(&users), START, DUE);
        f.edit_goal(&id, |g| {
            if let GoalKind::KeyResult(k) = &mut g.kind {
                k.pace = Pace::Seasonal;
            }
        });
        assert_eq!(expected_value_as_of(&f.project, f.project.goal(&id).unwrap(), on(30), Date::MAX), Some(30.0));
    }
}
