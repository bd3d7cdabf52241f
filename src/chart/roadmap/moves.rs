//! What pulling a bar does to its dates, and what is said of it.

use chrono::Days;

use super::axis::{day_number, day_of};
use crate::model::{Cadence, Calendar, Date, Goal, GoalState, Project, Span, TargetStage, date_words, day_words};

/// What of a bar is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grip {
    Whole,
    Start,
    Due,
}

/// The days that a pulled edge falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snap {
    Day,
    /// Starts on the first day of a week, ends on the last; a whole bar moves by weeks.
    Week,
}

/// Days that attract a pulled edge: those on which cycles, or the goal above, begin and end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    pub starts: Vec<Date>,
    pub ends: Vec<Date>,
}

impl Edges {
    pub fn of(project: &Project, goal: &Goal) -> Self {
        let mut edges = Self::default();
        for cycle in project.cycles.values() {
            edges.starts.push(cycle.start);
            edges.ends.push(cycle.end);
        }
        if let Some(above) = goal.parent.as_ref().and_then(|id| project.goal(id)) {
            let Span { start, due } = project.span(above);
            edges.starts.extend(start);
            edges.ends.extend(due);
        }
        edges
    }
}

/// How far a bar is pulled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    pub grip: Grip,
    /// Later is positive.
    pub days: f64,
    pub snap: Snap,
    /// An edge within so many days of one of [`Edges`] falls on it.
    pub reach_days: f64,
}

/// The dates of a bar that is pulled; what it lacks it keeps lacking. A start never passes the due date, nor the other way round.
pub fn pulled(calendar: &Calendar, span: Span, pull: Pull, edges: &Edges) -> Span {
    let Pull { grip, days, snap, reach_days } = pull;
    let near = |date: Option<Date>, attracting: &[Date]| {
        let wanted = day_number(date?) + days;
        let gap = |day: &&Date| (day_number(**day) - wanted).abs();
        attracting.iter().filter(|day| gap(day) <= reach_days).min_by(|a, b| gap(a).total_cmp(&gap(b))).copied()
    };
    let (start, due) = (near(span.start, &edges.starts), near(span.due, &edges.ends));
    match grip {
        Grip::Whole => {
            let by = |from: Option<Date>, to: Option<Date>| Some((to? - from?).num_days());
            let attracted = [by(span.start, start), by(span.due, due)].into_iter().flatten();
            let step = match snap {
                Snap::Day => days.round() as i64,
                Snap::Week => (days / 7.0).round() as i64 * 7,
            };
            moved(span, grip, attracted.min_by_key(|to| (*to as f64 - days).abs() as i64).unwrap_or(step))
        }
        Grip::Start => {
            let Some(from) = span.start else { return span };
            let to = start.unwrap_or_else(|| match snap {
                Snap::Day => plus(from, days.round() as i64),
                Snap::Week => week_edge(*calendar, from, days).0,
            });
            moved(span, grip, (to - from).num_days())
        }
        Grip::Due => {
            let Some(from) = span.due else { return span };
            let to = due.unwrap_or_else(|| match snap {
                Snap::Day => plus(from, days.round() as i64),
                Snap::Week => week_edge(*calendar, from, days).1,
            });
            moved(span, grip, (to - from).num_days())
        }
    }
}

/// The first day of a week and the last day of a week that are nearest.
fn week_edge(calendar: Calendar, from: Date, days: f64) -> (Date, Date) {
    let wanted = plus(from, days.round() as i64);
    let week = calendar.period_of(Cadence::Weekly, wanted);
    let next = calendar.next(Cadence::Weekly, week);
    let before = calendar.previous(Cadence::Weekly, week);
    let near = |a: Date, b: Date| if (wanted - a).num_days().abs() <= (b - wanted).num_days().abs() { a } else { b };
    (near(week.first, next.first), near(before.last, week.last))
}

/// The dates after a move by whole days.
pub fn moved(span: Span, grip: Grip, days: i64) -> Span {
    let Span { start, due } = span;
    let later = |date: Option<Date>| date.map(|d| plus(d, days));
    match grip {
        Grip::Whole => Span { start: later(start), due: later(due) },
        Grip::Start => Span { start: later(start).map(|s| due.map_or(s, |d| s.min(d))), due },
        Grip::Due => Span { start, due: later(due).map(|d| start.map_or(d, |s| d.max(s))) },
    }
}

fn plus(date: Date, days: i64) -> Date {
    let moved = if days < 0 {
        date.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        date.checked_add_days(Days::new(days.unsigned_abs()))
    };
    // As far as a date can be typed.
    let (first, last) = (Date::from_ymd_opt(1900, 1, 1).unwrap_or(Date::MIN), Date::from_ymd_opt(2200, 12, 31).unwrap_or(Date::MAX));
    moved.unwrap_or(date).clamp(first.min(date), last.max(date))
}

/// The dates that a goal says itself when its span becomes another one: what it inherits and keeps stays inherited.
pub fn own_dates(project: &Project, goal: &Goal, to: Span) -> (Option<Date>, Option<Date>) {
    let now = project.span(goal);
    (if to.start == now.start { goal.start } else { to.start }, if to.due == now.due { goal.due } else { to.due })
}

/// Whether the dates on screen, `shown`, can be moved: not those of an earlier day that are others now, nor of a goal that is closed.
pub fn is_movable(project: &Project, goal: &Goal, shown: Span) -> bool {
    shown == project.span(goal) && !matches!(goal.state, GoalState::Closed(_)) && !goal.archived
}

/// What is said of a bar in hand: the dates, what they were, and what speaks against them.
pub fn preview(project: &Project, goal: &Goal, before: Span, after: Span) -> Vec<String> {
    let mut lines = vec![span_words(after)];
    if before != after {
        let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
        let inherited = (goal.start.is_none() && before.start.is_some() && before.start != after.start)
            || (goal.due.is_none() && before.due.is_some() && before.due != after.due);
        let whose = cycle.filter(|_| inherited).map_or_else(String::new, |c| format!(", from the cycle {}", c.name));
        match (before.start, before.due) {
            (None, None) => {}
            _ => lines.push(format!("was {}{whose}", span_words(Span { ..before }))),
        }
    }
    let above = goal.parent.as_ref().and_then(|id| project.goal(id)).map(|g| (format!("“{}”", g.title), project.span(g)));
    let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
    let cycle = cycle.map(|c| (format!("its cycle {}", c.name), Span { start: Some(c.start), due: Some(c.end) }));
    for (name, holds) in above.into_iter().chain(cycle) {
        if let Some((due, end)) = after.due.zip(holds.due).filter(|(due, end)| due > end) {
            let days = (due - end).num_days();
            lines.push(format!("Ends {} after {name} ({})", days_words(days), date_words(end)));
            break;
        }
        if let Some((_, begin)) = after.start.zip(holds.start).filter(|(start, begin)| start < begin) {
            lines.push(format!("Starts before {name} ({})", date_words(begin)));
            break;
        }
    }
    lines
}

/// "1 Oct – 31 Dec 2026 · 13 weeks".
fn span_words(span: Span) -> String {
    use chrono::Datelike as _;
    match (span.start, span.due) {
        (Some(start), Some(due)) => {
            let first = if start.year() == due.year() { day_words(start) } else { date_words(start) };
            format!("{first} – {} · {}", date_words(due), days_words((due - start).num_days() + 1))
        }
        (Some(start), None) => format!("from {}", date_words(start)),
        (None, Some(due)) => format!("due {}", date_words(due)),
        (None, None) => "no dates".to_owned(),
    }
}

/// "5 days", "13 weeks".
fn days_words(days: i64) -> String {
    match days {
        1 => "1 day".to_owned(),
        ..14 => format!("{days} days"),
        _ => format!("{} weeks", (days as f64 / 7.0).round() as i64),
    }
}

/// The stages of a key result with one of them on another day: between its neighbours, inside the dates of the goal.
pub fn stage_moved(stages: &[TargetStage], index: usize, days: f64, span: Span) -> Vec<TargetStage> {
    let mut moved = stages.to_vec();
    let Some(stage) = stages.get(index) else { return moved };
    let least = index.checked_sub(1).and_then(|before| stages.get(before)).map(|s| plus(s.by, 1)).or(span.start.map(|s| plus(s, 1)));
    let most = stages.get(index + 1).map(|s| plus(s.by, -1)).or(span.due);
    let mut by = plus(stage.by, days.round() as i64);
    by = most.map_or(by, |most| by.min(most));
    by = least.map_or(by, |least| by.max(least));
    moved[index].by = by;
    moved
}

/// Dates for a goal that has none yet: those of the goal above, of its cycle, else the quarter of the as-of day.
pub fn suggested(project: &Project, goal: &Goal, as_of: Date) -> Span {
    let own = project.span(goal);
    let above = goal.parent.as_ref().and_then(|id| project.goal(id)).map(|g| project.span(g)).unwrap_or_default();
    let cycle = project.cycle_of(goal).or_else(|| project.cycle_on(as_of));
    let quarter = project.settings.calendar.period_of(Cadence::Quarterly, as_of);
    let start = own.start.or(above.start).or(cycle.map(|c| c.start)).unwrap_or(quarter.first);
    let due = own.due.or(above.due).or(cycle.map(|c| c.end)).unwrap_or(quarter.last);
    // What is known already is not turned around by what is added.
    let start = if own.start.is_none() { start.min(due) } else { start };
    Span { start: Some(start), due: Some(due.max(start)) }
}

/// The days between two places on the axis, in order, on week edges or single days.
pub fn between(calendar: &Calendar, a: f64, b: f64, snap: Snap) -> Span {
    let (first, last) = (day_of(a.min(b)), day_of(a.max(b)));
    match snap {
        Snap::Day => Span { start: Some(first), due: Some(last) },
        Snap::Week => {
            let week = |date| calendar.period_of(Cadence::Weekly, date);
            Span { start: Some(week(first).first), due: Some(week(last).last) }
        }
    }
}
