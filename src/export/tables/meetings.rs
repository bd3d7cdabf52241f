//! What the review looks at, and what meetings left.

use super::sheet::{Sheet, Value};
use crate::export::Stage;
use crate::model::MeetingEntry;

const AGENDA: [&str; 6] = ["Section", "What", "Status", "Number", "Sentence", "Sign"];
const LOG: [&str; 9] = ["Date", "Kind", "Text", "About", "Owner", "Due", "Done on", "Open", "Outcome"];

/// A row a sentence, in the order of the agenda.
pub(super) fn agenda(stage: &Stage<'_>) -> Sheet {
    use crate::analysis::attention::Tone;
    let agenda = stage.memos.agenda(&stage.document, stage.as_of, stage.view);
    let mut rows = Vec::new();
    for item in &agenda.items {
        for said in &item.sentences {
            let sign = match said.tone {
                Tone::Worse => "worse",
                Tone::Neither => "",
                Tone::Better => "better",
            };
            rows.push(vec![
                Value::text(item.section.word()),
                Value::text(&item.title),
                item.status.map_or(Value::None, |status| Value::text(status.word())),
                Value::text(&said.number),
                Value::text(&said.text),
                Value::text(sign),
            ]);
        }
    }
    Sheet { name: "Agenda".to_owned(), heads: AGENDA.map(str::to_owned).to_vec(), rows, frozen: 2, drawn: None }
}

/// The lines up to the day, the latest first.
pub(super) fn log(stage: &Stage<'_>) -> Sheet {
    let project = stage.document.project();
    let mut entries: Vec<&MeetingEntry> = project.meeting_log.values().filter(|entry| entry.date <= stage.as_of).collect();
    entries.sort_by(|a, b| (b.date, a.kind as u8, &a.id).cmp(&(a.date, b.kind as u8, &b.id)));
    let row = |entry: &&MeetingEntry| {
        let goal = entry.goal.as_ref().and_then(|id| project.goal(id)).map(|goal| goal.title.as_str());
        let metric = entry.metric.as_ref().and_then(|id| project.metric(id)).map(|metric| metric.name.as_str());
        vec![
            Value::Day(entry.date),
            Value::text(entry.kind.word()),
            Value::text(&entry.text),
            Value::text(goal.or(metric).unwrap_or_default()),
            Value::text(&entry.owner),
            Value::day(entry.due),
            Value::day(entry.done_on.filter(|done| *done <= stage.as_of)),
            if entry.is_open(stage.as_of) { Value::text("yes") } else { Value::None },
            Value::text(&entry.outcome),
        ]
    };
    Sheet {
        name: "Meeting log".to_owned(),
        heads: LOG.map(str::to_owned).to_vec(),
        rows: entries.iter().map(row).collect(),
        frozen: 1,
        drawn: None,
    }
}
