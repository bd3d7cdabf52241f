//! Initiatives as bars and events as flags on the time axis that the charts of a goal share.

use crate::analysis::Evaluation;
use crate::model::{Goal, GoalId, MetricId, Project, Stamp, Status, date_words};

/// An initiative from its start to its due date.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneBar {
    pub goal: GoalId,
    pub title: String,
    pub status: Option<Status>,
    /// Days since 1970, the last one to its end; `from` is infinite where it has no start, `to` where it has no due date.
    pub from: f64,
    pub to: f64,
    /// The share that is done, 0…1.
    pub done: Option<f64>,
    /// "Ship quick capture on mobile: at risk, 67 % done, 12 Jan 2026 – 18 Dec 2026".
    pub words: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneFlag {
    pub at: f64,
    /// The end of the last day, where it lasted.
    pub until: Option<f64>,
    pub title: String,
    /// "Sync outage, 14 Oct 2026".
    pub words: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// By start.
    pub bars: Vec<LaneBar>,
    /// By day.
    pub flags: Vec<LaneFlag>,
}

impl Lane {
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty() && self.flags.is_empty()
    }

    /// What there is to see in a range.
    pub fn within(&self, (from, to): (f64, f64)) -> (Vec<&LaneBar>, Vec<&LaneFlag>) {
        let bars = self.bars.iter().filter(|b| b.from <= to && b.to >= from);
        let flags = self.flags.iter().filter(|f| f.at <= to && f.until.unwrap_or(f.at) >= from);
        (bars.collect(), flags.collect())
    }
}

/// Initiatives among `goals` that have a date, and the events up to the day of the evaluation of the metrics drawn beside them.
pub fn lane(project: &Project, evaluation: &Evaluation, goals: &[&Goal], metrics: &[&MetricId]) -> Lane {
    let day = |date| Stamp::from_date(date).days();
    let mut bars: Vec<LaneBar> = Vec::new();
    for goal in goals.iter().filter(|g| matches!(g.kind, crate::model::GoalKind::Initiative(_))) {
        let span = project.span(goal);
        if span.start.is_none() && span.due.is_none() {
            continue;
        }
        let result = evaluation.goal(&goal.id);
        let status = result.map(|r| r.status);
        let done = result.and_then(|r| r.progress);
        let mut words = vec![status.map_or_else(|| "no status".to_owned(), |s| s.word().to_lowercase())];
        words.extend(done.map(|d| format!("{} done", project.settings.locale.percent(d, 0))));
        words.push(match (span.start, span.due) {
            (Some(start), Some(due)) => format!("{} – {}", date_words(start), date_words(due)),
            (Some(start), None) => format!("since {}, no due date", date_words(start)),
            (None, Some(due)) => format!("due {}", date_words(due)),
            (None, None) => String::new(),
        });
        bars.push(LaneBar {
            goal: goal.id.clone(),
            title: goal.title.clone(),
            status,
            from: span.start.map_or(f64::NEG_INFINITY, day),
            to: span.due.map_or(f64::INFINITY, |due| day(due) + 1.0),
            done,
            words: format!("{}: {}", goal.title, words.join(", ")),
        });
    }
    bars.sort_by(|a, b| a.from.total_cmp(&b.from).then_with(|| a.to.total_cmp(&b.to)).then_with(|| a.title.cmp(&b.title)));
    let touches = |of: &[MetricId]| of.is_empty() || of.iter().any(|id| metrics.contains(&id));
    let known = project.events.values().filter(|e| e.date <= evaluation.as_of && touches(&e.metrics));
    let mut flags: Vec<LaneFlag> = known
        .map(|event| {
            let when = match event.until.filter(|u| *u > event.date) {
                Some(until) => format!("{} – {}", date_words(event.date), date_words(until)),
                None => date_words(event.date),
            };
            let until = event.until.filter(|u| *u > event.date).map(|u| day(u) + 1.0);
            LaneFlag { at: day(event.date), until, title: event.title.clone(), words: format!("{}, {when}", event.title) }
        })
        .collect();
    flags.sort_by(|a, b| a.at.total_cmp(&b.at).then_with(|| a.title.cmp(&b.title)));
    Lane { bars, flags }
}
