//! The meeting log, day by day.

use crate::model::{Date, GoalId, MeetingEntry, MeetingEntryId, MeetingEntryKind, MetricId, Project, date_words};

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogState {
    /// Nothing is awaited of it.
    Said,
    Open,
    Overdue,
    Done,
}

/// A line of the log, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub id: MeetingEntryId,
    pub kind: MeetingEntryKind,
    pub text: String,
    /// The goal or metric that it is about.
    pub about: Option<String>,
    /// "Mobile · due 27 Nov 2026".
    pub facts: String,
    pub outcome: String,
    pub state: LogState,
}

/// What one meeting left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogDay {
    pub date: Date,
    /// "9 Nov 2026, 12 days ago".
    pub heading: String,
    pub lines: Vec<LogLine>,
}

/// What is awaited of a line, in several lengths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWords {
    /// "Action · Mobile · due 27 Nov 2026".
    pub label: String,
    /// "in 6 days", "2 days late", "–".
    pub number: String,
    /// "Agreed on 9 Nov 2026 with Mobile and due on 27 Nov 2026, in 6 days."
    pub sentence: String,
}

/// The lines up to a day, the latest day first; of one goal or metric, or all.
pub fn log_days(project: &Project, as_of: Date, of: Option<(Option<&GoalId>, Option<&MetricId>)>) -> Vec<LogDay> {
    let concerned = |entry: &&MeetingEntry| match of {
        None => true,
        Some((goal, metric)) => {
            goal.is_some_and(|g| entry.goal.as_ref() == Some(g)) || metric.is_some_and(|m| entry.metric.as_ref() == Some(m))
        }
    };
    let mut entries: Vec<&MeetingEntry> = project.meeting_log.values().filter(|e| e.date <= as_of).filter(concerned).collect();
    entries.sort_by_key(|e| (std::cmp::Reverse(e.date), log_order(e)));
    let mut days: Vec<LogDay> = Vec::new();
    for entry in entries {
        if days.last().is_none_or(|day| day.date != entry.date) {
            let heading = format!("{}, {}", date_words(entry.date), ago(entry.date, as_of));
            days.push(LogDay { date: entry.date, heading, lines: Vec::new() });
        }
        if let Some(day) = days.last_mut() {
            day.lines.push(line(project, entry, as_of));
        }
    }
    days
}

/// Of a day: decisions, then actions, then notes, each by what it says.
pub(super) fn log_order(entry: &MeetingEntry) -> (usize, &str, &MeetingEntryId) {
    let kind = MeetingEntryKind::ALL.iter().position(|k| *k == entry.kind).unwrap_or_default();
    (kind, &entry.text, &entry.id)
}

pub(in crate::chart) fn line(project: &Project, entry: &MeetingEntry, as_of: Date) -> LogLine {
    let MeetingEntry { id, kind, text, owner, due, done_on, outcome, .. } = entry;
    let mut facts = Vec::new();
    if !owner.is_empty() {
        facts.push(owner.clone());
    }
    match (done_on.filter(|_| entry.is_done(as_of)), due) {
        (Some(done), _) => facts.push(format!("done on {}", date_words(done))),
        (None, Some(due)) => facts.push(format!("due {}", date_words(*due))),
        (None, None) => {}
    }
    if entry.is_overdue(as_of)
        && let Some(due) = due
    {
        facts.push(late(*due, as_of));
    }
    let state = match (entry.is_done(as_of), entry.is_overdue(as_of), entry.is_open(as_of)) {
        (true, ..) => LogState::Done,
        (_, true, _) => LogState::Overdue,
        (.., true) => LogState::Open,
        _ => LogState::Said,
    };
    LogLine {
        id: id.clone(),
        kind: *kind,
        text: text.clone(),
        about: about_words(project, entry),
        facts: facts.join(" · "),
        outcome: outcome.clone(),
        state,
    }
}

/// The goal or metric that a line is about.
pub(super) fn about_words(project: &Project, entry: &MeetingEntry) -> Option<String> {
    let goal = entry.goal.as_ref().and_then(|id| project.goal(id)).map(|g| g.title.clone());
    goal.or_else(|| entry.metric.as_ref().and_then(|id| project.metric(id)).map(|m| m.name.clone()))
}

pub fn open_words(entry: &MeetingEntry, as_of: Date) -> OpenWords {
    let mut label = vec![entry.kind.word().to_owned()];
    if !entry.owner.is_empty() {
        label.push(entry.owner.clone());
    }
    let with = if entry.owner.is_empty() { String::new() } else { format!(" with {}", entry.owner) };
    let said = match entry.kind {
        MeetingEntryKind::Decision => format!("Decided on {}{with}", date_words(entry.date)),
        MeetingEntryKind::Action => format!("Agreed on {}{with}", date_words(entry.date)),
        MeetingEntryKind::Note => format!("Noted on {}", date_words(entry.date)),
    };
    let number = entry.due.map_or_else(|| "–".to_owned(), |due| late(due, as_of));
    let mut sentence = match entry.due {
        Some(due) => {
            label.push(format!("due {}", date_words(due)));
            format!("{said} and due on {}, {number}.", date_words(due))
        }
        None if entry.kind == MeetingEntryKind::Action => format!("{said}, without a date."),
        None => format!("{said}."),
    };
    if entry.kind == MeetingEntryKind::Decision && entry.is_open(as_of) {
        sentence.push_str(" What came of it is not written down yet.");
    }
    OpenWords { label: label.join(" · "), number, sentence }
}

/// "in 6 days", "today", "2 days late".
fn late(due: Date, as_of: Date) -> String {
    match (due - as_of).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "1 day late".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days late", -days),
    }
}

/// "today", "yesterday", "12 days ago".
fn ago(date: Date, as_of: Date) -> String {
    match (as_of - date).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}
