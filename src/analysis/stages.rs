//! Stage targets: a long ambition broken into parts, and the growth that each part needs (SEMANTICS, "Pace and expectation").

use crate::model::{Aim, Cadence, Calendar, Date, Goal, GoalKind, Metric, Pace, Project, Span, TargetStage};

use super::leaf::leaf;
use super::pace::{NoPace, Path};
use super::then::Then;

/// Why an ambition cannot be broken into parts like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStages {
    /// Not an aim that leads from one value to another.
    NoWay,
    NoStart,
    NoDue,
    /// Compound growth needs a start value and a target on one side of zero.
    Signs,
    /// No metric, or less than two whole seasons of it before the start.
    NoSeason,
    /// No period of the rhythm ends between start and due.
    TooShort,
}

impl NoStages {
    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoWay => "Only a way from a start value to a target can be broken into parts",
            Self::NoStart => "Give it a start date or a cycle first",
            Self::NoDue => "Give it a due date or a cycle first",
            Self::Signs => "Growth by the same factor needs a start value and a target on the same side of zero",
            Self::NoSeason => "Needs two whole seasons of the metric before the start",
            Self::TooShort => "No such period ends between start and due",
        }
    }
}

/// The rhythms that parts may have.
pub const RHYTHMS: [Cadence; 3] = [Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly];

/// One part of the way: from the stage before (or the start) to a stage (or the target).
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub from: Date,
    pub by: Date,
    /// The value at its beginning, and the one to have reached at its end.
    pub before: f64,
    pub value: f64,
    /// value − before.
    pub change: f64,
    /// value ÷ before − 1, for levels of one sign.
    pub share: Option<f64>,
    /// Periods of the metric's cadence that end in the part; at least one.
    pub periods: u32,
    pub cadence: Cadence,
    /// (T − y)/n
    pub per_period: f64,
    /// (T/y)^{1/n} − 1, for levels of one sign.
    pub compound: Option<f64>,
    /// What was known to be reached at its end, once that is over.
    pub reached: Option<f64>,
    /// Whether that is enough.
    pub met: Option<bool>,
}

/// The ends of the periods of a rhythm that lie between start and due, both left out.
pub fn stage_ends(calendar: &Calendar, rhythm: Cadence, start: Date, due: Date) -> Vec<Date> {
    let mut ends = Vec::new();
    let mut period = calendar.period_of(rhythm, start);
    while period.last < due {
        if period.last > start {
            ends.push(period.last);
        }
        let next = calendar.next(rhythm, period);
        if next.last <= period.last {
            break;
        }
        period = next;
    }
    ends
}

/// The rhythm that a span of this length is usually broken into.
pub fn usual_rhythm(start: Date, due: Date) -> Cadence {
    match (due - start).num_days() {
        ..=300 => Cadence::Monthly,
        301..=1_100 => Cadence::Quarterly,
        _ => Cadence::Yearly,
    }
}

/// The rhythm that stages have, where they stand at the ends of all its periods.
pub fn rhythm_of(project: &Project, goal: &Goal) -> Option<Cadence> {
    let stages = &goal.as_key_result()?.stages;
    let Span { start, due } = project.span(goal);
    let (start, due) = (start?, due?);
    let stand_at = |rhythm: &Cadence| {
        let ends = stage_ends(&project.settings.calendar, *rhythm, start, due);
        !ends.is_empty() && stages.iter().map(|s| s.by).eq(ends)
    };
    RHYTHMS.into_iter().find(stand_at)
}

/// The stages of a key result along a shape, one at the end of each period of a rhythm, rounded to what the metric writes (and finer
/// where that would blur the shape). [`Pace::Steps`] and [`Pace::Points`] follow the stages that it has.
///
/// # Errors
/// Says why there are none.
pub fn staged(project: &Project, goal: &Goal, pace: Pace, rhythm: Cadence) -> Result<Vec<TargetStage>, NoStages> {
    let Way { path, start, due, from, to } = Way::of(project, goal, pace)?;
    let ends = stage_ends(&project.settings.calendar, rhythm, start, due);
    if ends.is_empty() {
        return Err(NoStages::TooShort);
    }
    let decimals = metric_of(project, goal).map_or(2, |m| m.decimals);
    let mut unit = 10f64.powi(-i32::from(decimals));
    while unit > (to - from).abs() / (20 * (ends.len() + 1)) as f64 && unit > 1e-9 {
        unit /= 10.0;
    }
    let rounded = |value: f64| {
        if unit < 1.0 {
            let parts = (1.0 / unit).round();
            (value * parts).round() / parts
        } else {
            (value / unit).round() * unit
        }
    };
    Ok(ends.into_iter().map(|by| TargetStage { by, value: rounded(path.value(by)) }).collect())
}

/// Whether a shape can be had, whatever the rhythm.
///
/// # Errors
/// Says why not.
pub fn can_follow(project: &Project, goal: &Goal, pace: Pace) -> Result<(), NoStages> {
    Way::of(project, goal, pace).map(drop)
}

/// The parts that stages break the way into, the last of them up to the target. Stages outside start and due are left out.
///
/// # Errors
/// Says why there are none.
pub fn parts(project: &Project, goal: &Goal, stages: &[TargetStage], as_of: Date) -> Result<Vec<Part>, NoStages> {
    let Way { start, due, from, to, .. } = Way::of(project, goal, Pace::Linear)?;
    let cadence = match metric_of(project, goal).map(|m| m.cadence) {
        Some(Cadence::Hourly) => Cadence::Daily,
        Some(cadence) => cadence,
        None => Cadence::Monthly,
    };
    let ends = stages.iter().filter(|s| start < s.by && s.by < due).map(|s| (s.by, s.value)).chain([(due, to)]);
    let mut before = (start, from);
    let mut parts = Vec::new();
    for (by, value) in ends {
        let periods = ends_between(project.settings.calendar, cadence, before.0, by).max(1);
        let ratio = (value * before.1 > 0.0).then(|| value / before.1);
        let reached = (by <= as_of).then(|| leaf(project, goal, by).current.map(|c| c.value)).flatten();
        parts.push(Part {
            from: before.0,
            by,
            before: before.1,
            value,
            change: value - before.1,
            share: ratio.map(|r| r - 1.0),
            periods,
            cadence,
            per_period: (value - before.1) / f64::from(periods),
            compound: ratio.map(|r| r.powf(1.0 / f64::from(periods)) - 1.0),
            reached,
            met: reached.map(|r| if to > from { r >= value } else { r <= value }),
        });
        before = (by, value);
    }
    Ok(parts)
}

fn metric_of<'a>(project: &'a Project, goal: &Goal) -> Option<&'a Metric> {
    project.metric(goal.as_key_result()?.metric.as_ref()?)
}

/// How many periods end after one day and up to another.
fn ends_between(calendar: Calendar, cadence: Cadence, after: Date, to: Date) -> u32 {
    let index = |date: Date| {
        let period = calendar.period_of(cadence, date);
        // The last period that has ended by then.
        let ended = if period.last <= date { period } else { calendar.previous(cadence, period) };
        ended.first
    };
    u32::try_from(calendar.periods_between(cadence, index(after), index(to))).unwrap_or(0)
}

/// A way from one value to another, along a shape.
struct Way {
    path: Path,
    start: Date,
    due: Date,
    from: f64,
    to: f64,
}

impl Way {
    /// By what is promised now.
    fn of(project: &Project, goal: &Goal, pace: Pace) -> Result<Self, NoStages> {
        let Some(Aim::Increase { start: from, target: to } | Aim::Decrease { start: from, target: to }) =
            goal.as_key_result().map(|k| &k.aim)
        else {
            return Err(NoStages::NoWay);
        };
        let mut shaped = goal.clone();
        if let GoalKind::KeyResult(key_result) = &mut shaped.kind {
            key_result.pace = pace;
        }
        let path = Path::of(project.into(), &shaped, &Then::of(project, &shaped, Date::MAX)).map_err(|why| match why {
            NoPace::NoStart => NoStages::NoStart,
            NoPace::NoDue => NoStages::NoDue,
        })?;
        if pace == Pace::Compound && from * to <= 0.0 {
            return Err(NoStages::Signs);
        }
        if pace == Pace::Seasonal && !path.follows_a_season() {
            return Err(NoStages::NoSeason);
        }
        let Span { start, due } = project.span(goal);
        let (start, due) = (start.ok_or(NoStages::NoStart)?, due.ok_or(NoStages::NoDue)?);
        Ok(Self { path, start, due, from: *from, to: *to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, day};
    use crate::model::Aggregation;

    fn goal_of(aim: Aim, start: &str, due: &str) -> (Fixture, Goal) {
        let mut f = Fixture::new();
        let users = f.monthly("users", Aggregation::Last, "2026-01-01", &[110.0, 120.0, 130.0, 135.0]);
        let id = f.key_result(aim, Some(&users), start, due);
        let goal = f.project.goal(&id).unwrap().clone();
        (f, goal)
    }

    fn values(stages: &[TargetStage]) -> Vec<(String, f64)> {
        stages.iter().map(|s| (s.by.to_string(), s.value)).collect()
    }

    fn expected(values: &[(&str, f64)]) -> Vec<(String, f64)> {
        values.iter().map(|(by, value)| ((*by).to_owned(), *value)).collect()
    }

    #[test]
    fn quarters_of_a_year_along_each_shape() {
        // 364 days from start to due: 31 March is day 89, 30 June 180, 30 September 272.
        let (f, goal) = goal_of(Aim::Increase { start: 1000.0, target: 4640.0 }, "2026-01-01", "2026-12-31");
        let stages = |pace| staged(&f.project, &goal, pace, Cadence::Quarterly).unwrap();
        // 1000 + 3640·day/364: ten a day.
        assert_eq!(values(&stages(Pace::Linear)), expected(&[("2026-03-31", 1890.0), ("2026-06-30", 2800.0), ("2026-09-30", 3720.0)]));
        // 1000·4.64^(89/364) = 1455.4, 4.64^(180/364) → 2136.0, 4.64^(272/364) → 3148.3
        assert_eq!(values(&stages(Pace::Compound)), expected(&[("2026-03-31", 1455.0), ("2026-06-30", 2136.0), ("2026-09-30", 3148.0)]));
        // τ = 0.244505: 3τ² − 2τ³ = 0.150115 → 1546.4; τ = 0.494505: 0.491758 → 2790.0; τ = 0.747253: 0.840656 → 4060.0
        assert_eq!(values(&stages(Pace::SCurve)), expected(&[("2026-03-31", 1546.0), ("2026-06-30", 2790.0), ("2026-09-30", 4060.0)]));
    }

    #[test]
    fn each_part_says_its_growth_whole_and_per_period() {
        let (f, goal) = goal_of(Aim::Increase { start: 100.0, target: 800.0 }, "2026-01-01", "2026-12-31");
        let stages = [("2026-03-31", 200.0), ("2026-09-30", 400.0)].map(|(by, value)| TargetStage { by: day(by), value });
        let parts = parts(&f.project, &goal, &stages, day("2026-04-30")).unwrap();
        let close = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 1e-6;
        assert_eq!(parts.len(), 3);
        let [first, second, last] = [&parts[0], &parts[1], &parts[2]];
        // Three month ends; 100/3 a month; 2^(1/3) − 1.
        assert_eq!((first.periods, first.change, first.share), (3, 100.0, Some(1.0)));
        assert!(close(Some(first.per_period), 100.0 / 3.0) && close(first.compound, 0.259_921_050));
        // Six month ends; 2^(1/6) − 1.
        assert_eq!((second.periods, second.change), (6, 200.0));
        assert!(close(second.compound, 0.122_462_048));
        assert_eq!((last.by, last.value, last.periods), (day("2026-12-31"), 800.0, 3));
        // March brought 130 of 200; September is not over.
        assert_eq!((first.reached, first.met, second.reached), (Some(130.0), Some(false), None));
    }

    #[test]
    fn a_way_down_through_zero_has_no_growth_in_per_cent() {
        let (f, goal) = goal_of(Aim::Decrease { start: 10.0, target: -10.0 }, "2026-01-01", "2026-03-31");
        assert_eq!(staged(&f.project, &goal, Pace::Compound, Cadence::Monthly), Err(NoStages::Signs));
        let stages = staged(&f.project, &goal, Pace::Linear, Cadence::Monthly).unwrap();
        // 89 days: day 30 and day 58; 20 in three parts is finer than ones.
        assert_eq!(values(&stages), expected(&[("2026-01-31", 3.3), ("2026-02-28", -3.0)]));
        let parts = parts(&f.project, &goal, &stages, day("2026-01-15")).unwrap();
        assert_eq!((parts[1].share, parts[1].compound), (None, None));
        assert!((parts[1].per_period + 6.3).abs() < 1e-9);
    }

    #[test]
    fn own_points_are_followed_at_another_rhythm() {
        let (f, mut goal) = goal_of(Aim::Increase { start: 0.0, target: 1000.0 }, "2026-01-01", "2026-12-31");
        if let GoalKind::KeyResult(k) = &mut goal.kind {
            k.stages = vec![TargetStage { by: day("2026-06-30"), value: 200.0 }];
        }
        let stages = staged(&f.project, &goal, Pace::Points, Cadence::Quarterly).unwrap();
        // 200·89/180 and 200 + 800·92/184
        assert_eq!(values(&stages), expected(&[("2026-03-31", 99.0), ("2026-06-30", 200.0), ("2026-09-30", 600.0)]));
    }

    #[test]
    fn fiscal_quarters_and_what_is_too_short() {
        let (mut f, goal) = goal_of(Aim::Increase { start: 0.0, target: 100.0 }, "2026-01-20", "2026-05-31");
        f.project.settings.calendar.fiscal_start_month = 2;
        let quarters = staged(&f.project, &goal, Pace::Linear, Cadence::Quarterly).unwrap();
        assert_eq!(quarters.iter().map(|s| s.by).collect::<Vec<_>>(), [day("2026-01-31"), day("2026-04-30")]);
        f.project.settings.calendar.fiscal_start_month = 7;
        assert_eq!(staged(&f.project, &goal, Pace::Linear, Cadence::Yearly), Err(NoStages::TooShort));
    }

    #[test]
    fn a_season_needs_its_history_and_a_way_needs_its_dates() {
        let (f, goal) = goal_of(Aim::Increase { start: 0.0, target: 100.0 }, "2026-01-01", "2026-12-31");
        assert_eq!(can_follow(&f.project, &goal, Pace::Seasonal), Err(NoStages::NoSeason));
        let undated = Goal { due: None, ..goal.clone() };
        assert_eq!(can_follow(&f.project, &undated, Pace::Linear), Err(NoStages::NoDue));
        let (f, kept) = goal_of(Aim::AtLeast { threshold: 1.0, required_share: 0.9 }, "2026-01-01", "2026-12-31");
        assert_eq!(can_follow(&f.project, &kept, Pace::Linear), Err(NoStages::NoWay));
    }

    #[test]
    fn totals_follow_their_season() {
        let mut f = Fixture::new();
        // Factors 0.4, 0.8, 1.2, 1.6 (as in the pace): at mid-year (0.4·89/90 + 0.8) of (0.4·89/90 + 3.6) of 4000 = 1198.
        let sales: Vec<f64> = (0..12).map(|i| [40.0, 80.0, 120.0, 160.0][i % 4]).collect();
        let sales = f.every("sales", Cadence::Quarterly, Aggregation::Sum, "2023-01-01", &sales);
        let id = f.key_result(Aim::Increase { start: 0.0, target: 4000.0 }, Some(&sales), "2026-01-01", "2026-12-31");
        let goal = f.project.goal(&id).unwrap();
        let stages = staged(&f.project, goal, Pace::Seasonal, Cadence::Quarterly).unwrap();
        assert_eq!(stages[1].value, (4000.0f64 * (0.4 * 89.0 / 90.0 + 0.8) / (0.4 * 89.0 / 90.0 + 3.6)).round());
    }

    #[test]
    fn the_rhythm_is_read_off_the_stages() {
        let (f, mut goal) = goal_of(Aim::Increase { start: 0.0, target: 100.0 }, "2026-01-01", "2026-12-31");
        for rhythm in [Cadence::Monthly, Cadence::Quarterly] {
            let stages = staged(&f.project, &goal, Pace::Linear, rhythm).unwrap();
            if let GoalKind::KeyResult(k) = &mut goal.kind {
                k.stages = stages;
            }
            assert_eq!(rhythm_of(&f.project, &goal), Some(rhythm));
        }
        if let GoalKind::KeyResult(k) = &mut goal.kind {
            k.stages.remove(1);
        }
        assert_eq!(rhythm_of(&f.project, &goal), None);
    }
}
