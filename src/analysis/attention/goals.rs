//! News of goals: statuses, chances, guardrails and check-ins.

use crate::model::{Cadence, Date, Goal, GoalState, Place, Role, Status, Tree, date_words};

use super::{Desk, News, NewsKind, Tone};
use crate::analysis::check_ins::{is_away, stand_of_open};
use crate::analysis::guardrail::{Trip, trip};
use crate::analysis::result::GoalResult;

impl Desk<'_> {
    pub(super) fn of_goal(&self, goal: &Goal) -> Vec<News> {
        let Some(result) = self.evaluation.goal(&goal.id) else { return Vec::new() };
        // What was put away, or lies under what was, is nobody's concern.
        if goal.state != GoalState::Active && goal.state.since().is_none_or(|since| since <= self.as_of())
            || Tree::path(&self.project, &goal.id).into_iter().any(|g| is_away(g, self.as_of()))
        {
            return Vec::new();
        }
        let cadence = goal.check_in_cadence.unwrap_or(self.project.settings.check_in_cadence);
        let since = self.since((self.sources.last_check_in)(&goal.id).map(|c| c.date), cadence, 1);
        let mut found = Vec::new();
        found.extend(self.status(goal, result, since));
        found.extend(self.chance(goal, since));
        found.extend(self.guardrails(goal, result));
        found.extend(self.overdue(goal, result));
        found
    }

    fn news(kind: NewsKind, tone: Tone, goal: &Goal, size: f64) -> News {
        let place = Place::Goal(goal.id.clone());
        News { kind, tone, place, on: None, number: String::new(), sentence: String::new(), size }
    }

    fn status(&self, goal: &Goal, result: &GoalResult, since: Date) -> Option<News> {
        if since >= self.as_of() || result.pending {
            return None;
        }
        let now = result.computed;
        let before = (self.sources.status_on)(goal, since).filter(|b| *b != now)?;
        let (tone, size) = turn(before, now)?;
        let sentence = format!(
            "“{}” went from {} to {} since {}: {}{}",
            goal.title,
            before.word().to_lowercase(),
            now.word().to_lowercase(),
            date_words(since),
            result.reason,
            self.variation(goal, since),
        );
        Some(News { number: now.word().to_owned(), sentence, ..Self::news(NewsKind::Status, tone, goal, size) })
    }

    /// Whether the metric of a key result signalled since a day, or moved within routine variation.
    fn variation(&self, goal: &Goal, since: Date) -> String {
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| self.project.metric(id));
        let Some(metric) = metric else { return String::new() };
        (self.sources.signals)(metric).as_ref().as_ref().map_or_else(
            |_| String::new(),
            |chart| {
                if chart.signals_after(since).next().is_some() {
                    format!(" {} signalled.", metric.short_name())
                } else {
                    format!(" {} moved within routine variation.", metric.short_name())
                }
            },
        )
    }

    fn chance(&self, goal: &Goal, since: Date) -> Option<News> {
        let (before, now) = (self.sources.chances)(goal, since).filter(|(a, b)| a.is_finite() && b.is_finite())?;
        let rules = &self.project.settings.status;
        let step = |p: f64| u8::from(p >= rules.likelihood_at_risk) + u8::from(p >= rules.likelihood_on_track);
        if step(before) == step(now) {
            return None;
        }
        let percent = |p: f64| self.project.settings.locale.percent(p, 0);
        let (tone, verb) = if now < before { (Tone::Worse, "fell") } else { (Tone::Better, "rose") };
        let sentence =
            format!("The chance of “{}” {verb} from {} to {} since {}.", goal.title, percent(before), percent(now), date_words(since));
        Some(News { number: percent(now), sentence, ..Self::news(NewsKind::Forecast, tone, goal, (now - before).abs()) })
    }

    fn guardrails(&self, goal: &Goal, result: &GoalResult) -> Vec<News> {
        let mut found = Vec::new();
        for (metric, link) in self.project.linked_metrics(&goal.id) {
            if link.role != Role::Guardrail || !result.guardrails_tripped.contains(&metric.id) {
                continue;
            }
            let Some(why) = trip(self.project, metric, result.span.start, self.as_of()) else { continue };
            let (Trip::Threshold { value, period, .. } | Trip::Signal { value, period, .. }) = why;
            let sentence = format!("The guardrail {} of “{}” is tripped: {}.", metric.name, goal.title, why.words(&self.project, metric));
            let number = self.project.settings.locale.value(value, &metric.unit, metric.decimals);
            // Of an objective that counts as reached it matters most.
            let size = if result.status == Status::Achieved { 2.0 } else { 1.0 };
            found.push(News { on: Some(period.last), number, sentence, ..Self::news(NewsKind::Guardrail, Tone::Worse, goal, size) });
        }
        found
    }

    fn overdue(&self, goal: &Goal, result: &GoalResult) -> Option<News> {
        let last = (self.sources.last_check_in)(&goal.id);
        let stand = stand_of_open(&self.project, goal, result, last.as_slice(), self.as_of());
        let due = stand.due.filter(|_| stand.overdue > 0)?;
        let noun = if stand.cadence == Cadence::Hourly { Cadence::Daily } else { stand.cadence }.period_word();
        let number = format!("{} {noun}{}", stand.overdue, if stand.overdue == 1 { "" } else { "s" });
        let said = last.map_or_else(|| "nobody has checked in yet".to_owned(), |c| format!("the last was on {}", date_words(c.date)));
        let sentence = format!("The check-in of “{}” is {number} overdue; {said}.", goal.title);
        Some(News { on: Some(due), number, sentence, ..Self::news(NewsKind::Overdue, Tone::Neither, goal, f64::from(stand.overdue)) })
    }
}

/// How bad a status is that says how a goal does.
fn badness(status: Status) -> Option<i32> {
    match status {
        Status::Achieved => Some(0),
        Status::OnTrack => Some(1),
        Status::Behind => Some(2),
        Status::AtRisk => Some(3),
        Status::Missed => Some(4),
        Status::TooEarly | Status::NoData | Status::NotStarted | Status::Postponed | Status::Abandoned | Status::Closed => None,
    }
}

/// What a change of status means. `None` where there is nothing to look at: it began, or people changed its state themselves.
fn turn(before: Status, now: Status) -> Option<(Tone, f64)> {
    match (badness(before), badness(now)) {
        (Some(a), Some(b)) => Some((if b > a { Tone::Worse } else { Tone::Better }, f64::from((b - a).abs()))),
        (None, Some(b)) => Some((if b > 1 { Tone::Worse } else { Tone::Better }, f64::from((b - 1).abs()))),
        (Some(_), None) if now == Status::NoData => Some((Tone::Worse, 1.0)),
        _ => None,
    }
}
