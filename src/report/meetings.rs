//! What meetings left: decisions since the last one, and the actions that are still open.

use serde_json::{Value, json};

use super::page::Page;
use crate::model::{Date, GoalId, MeetingEntry, MeetingEntryKind, MetricId, Project, date_words};

/// More lines of a kind than these are for the screen.
const MOST: usize = 12;

/// The section of the briefing; nothing where there is nothing to say.
pub(super) fn meeting_lines(page: &mut Page<'_>, project: &Project, as_of: Date) {
    let last = project.deck.last_meeting.filter(|day| *day <= as_of);
    let (decisions, actions) = decisions_and_actions(project, as_of);
    if decisions.is_empty() && actions.is_empty() {
        return;
    }
    page.title("Decisions and open actions");
    if let Some(day) = last {
        page.line(&format!("The last meeting was on {}.", date_words(day)));
    }
    let mut list = |entries: &[&MeetingEntry]| {
        for entry in entries.iter().take(MOST) {
            page.paragraph("– ", 2, &sentence(entry, as_of));
        }
        match entries.len().saturating_sub(MOST) {
            0 => {}
            1 => page.line("– 1 more."),
            more => page.line(&format!("– {more} more.")),
        }
    };
    list(&decisions);
    list(&actions);
}

/// Decisions since the last meeting, the latest first, and actions that are open, the next due first.
pub(super) fn decisions_and_actions(project: &Project, as_of: Date) -> (Vec<&MeetingEntry>, Vec<&MeetingEntry>) {
    let last = project.deck.last_meeting.filter(|day| *day <= as_of);
    let (mut decisions, mut actions) = (Vec::new(), Vec::new());
    for entry in up_to(project, as_of) {
        match entry.kind {
            // What the last meeting itself decided is its news.
            MeetingEntryKind::Decision if last.is_none_or(|day| entry.date >= day) => decisions.push(entry),
            MeetingEntryKind::Action if entry.is_open(as_of) => actions.push(entry),
            MeetingEntryKind::Decision | MeetingEntryKind::Action | MeetingEntryKind::Note => {}
        }
    }
    decisions.sort_by(|a, b| (b.date, &b.text).cmp(&(a.date, &a.text)));
    actions.sort_by_key(|e| (e.due.is_none(), e.due, e.date, &e.text));
    (decisions, actions)
}

fn up_to(project: &Project, as_of: Date) -> impl Iterator<Item = &MeetingEntry> {
    project.meeting_log.values().filter(move |e| e.date <= as_of)
}

/// "Decided on 9 Feb 2026 with Support: No night shift. Target changed the same day."
pub(super) fn sentence(entry: &MeetingEntry, as_of: Date) -> String {
    let with = if entry.owner.is_empty() { String::new() } else { format!(" with {}", entry.owner) };
    let ended = |text: &str| if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") };
    let mut words = match (entry.kind, entry.due) {
        (MeetingEntryKind::Action, Some(due)) if entry.is_overdue(as_of) => {
            format!("Overdue since {}{with}: {}", date_words(due), ended(entry.text.trim()))
        }
        (MeetingEntryKind::Action, Some(due)) => format!("Due on {}{with}: {}", date_words(due), ended(entry.text.trim())),
        (MeetingEntryKind::Action, None) => format!("Open since {}{with}: {}", date_words(entry.date), ended(entry.text.trim())),
        _ => format!("Decided on {}{with}: {}", date_words(entry.date), ended(entry.text.trim())),
    };
    if !entry.outcome.trim().is_empty() {
        words.push(' ');
        words.push_str(&ended(entry.outcome.trim()));
    }
    words
}

/// The lines of the log up to a day, the oldest first. `open` says whether something is still awaited of a line on that day.
pub(super) fn meeting_entries(project: &Project, as_of: Date) -> Vec<Value> {
    let mut entries: Vec<&MeetingEntry> = up_to(project, as_of).collect();
    entries.sort_by_key(|e| (e.date, &e.id));
    let day = |date: Option<Date>| date.map(|d| d.to_string());
    let entry = |e: &MeetingEntry| {
        let MeetingEntry { id, date, kind, text, owner, due, done_on, outcome, goal, metric } = e;
        json!({
            "id": id.as_str(),
            "date": date.to_string(),
            "kind": kind.code(),
            "text": text,
            "owner": owner,
            "due": day(*due),
            "done_on": day(done_on.filter(|done| *done <= as_of)),
            "outcome": outcome,
            "goal": goal.as_ref().map(GoalId::as_str),
            "metric": metric.as_ref().map(MetricId::as_str),
            "open": e.is_open(as_of),
        })
    };
    entries.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage;

    fn lines(project: &Project, as_of: &str) -> String {
        let mut page = Page::of(project.into());
        meeting_lines(&mut page, project, as_of.parse().unwrap());
        page.text
    }

    #[test]
    fn the_sample_has_one_open_action_and_no_decision_since_its_last_meeting() {
        assert_eq!(
            lines(&storage::sample(), "2026-11-21"),
            "
Decisions and open actions
──────────────────────────
The last meeting was on 7 Nov 2026.
– Due on 27 Nov 2026 with Mobile: Fix the crashes of version 5.2 on older tablets before anything
  else.
"
        );
    }

    #[test]
    fn without_a_last_meeting_every_decision_counts_and_what_is_late_says_so() {
        let mut project = storage::sample();
        project.deck.last_meeting = None;
        let text = lines(&project, "2026-12-04");
        let decided = "– Decided on 9 Feb 2026 with Support: No night shift: first response is aimed at 4 hours instead of";
        assert!(text.contains(decided) && text.contains("3. Target changed the same day."), "{text}");
        assert!(text.contains("– Overdue since 27 Nov 2026 with Mobile: Fix the crashes"), "{text}");
    }

    #[test]
    fn a_day_knows_nothing_of_later_ones() {
        // The certificates were agreed on 16 October and done on 3 November.
        let project = storage::sample();
        let text = lines(&project, "2026-11-02");
        assert!(text.contains("– Due on 6 Nov 2026 with Platform: Watch every certificate") && !text.contains("tablets"), "{text}");
        assert_eq!(lines(&project, "2026-01-01"), "");
        let entries = meeting_entries(&project, "2026-11-02".parse().unwrap());
        let certificates = entries.iter().find(|e| e["id"] == "n-certificates").unwrap();
        assert_eq!(
            (&certificates["open"], &certificates["done_on"], &certificates["kind"]),
            (&json!(true), &Value::Null, &json!("action"))
        );
        assert_eq!(entries.len(), 2);
    }
}
