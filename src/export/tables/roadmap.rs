//! Goals with their dates, as the roadmap is arranged, and the days on the way.

use super::sheet::{Sheet, Value};
use crate::chart::roadmap::{Lane, MarkKind, bar};
use crate::export::Stage;
use crate::ui::views::roadmap_shown;

const HEADS: [&str; 11] = ["Group", "Level", "Kind", "Goal", "Under", "Owner", "Start", "Due", "Status", "Progress", "Expected"];
const MARK_HEADS: [&str; 4] = ["Date", "Goal", "Kind", "What"];

pub(super) fn sheets(stage: &Stage<'_>) -> Vec<Sheet> {
    let scene = stage.scene();
    let (project, document) = (scene.project, &stage.document);
    let mut group = String::new();
    let (mut rows, mut marks) = (Vec::new(), Vec::new());
    let roadmap = roadmap_shown(&scene);
    for lane in &roadmap.lanes {
        let (id, depth) = match lane {
            Lane::Group { title, .. } => {
                group.clone_from(title);
                continue;
            }
            Lane::Goal { goal, depth, .. } => (goal, *depth),
        };
        let Some(bar) = bar(project, &scene.tree, &scene.evaluation, id) else { continue };
        let Some(row) = stage.memos.board_row(document, stage.as_of, id) else { continue };
        for mark in &bar.marks {
            let kind = match mark.kind {
                MarkKind::Stage(_) => "Stage",
                MarkKind::StepDone => "Step done",
                MarkKind::Milestone => "Milestone",
                MarkKind::Effect => "Effect",
            };
            marks.push(vec![Value::Day(mark.on), Value::text(&row.title), Value::text(kind), Value::text(&mark.words)]);
        }
        rows.push(vec![
            Value::text(&group),
            Value::count(depth as u32 + 1),
            Value::text(row.kind),
            Value::text(&row.title),
            Value::text(&row.path),
            Value::text(&row.owner),
            Value::day(bar.span.start),
            Value::day(bar.span.due),
            Value::text(row.status.word()),
            Value::share(row.progress),
            Value::share(row.expected),
        ]);
    }
    let heads = |heads: &[&str]| heads.iter().map(|head| (*head).to_owned()).collect();
    vec![
        Sheet { name: "Roadmap".to_owned(), heads: heads(&HEADS), rows, frozen: 4, drawn: None },
        Sheet { name: "On the way".to_owned(), heads: heads(&MARK_HEADS), rows: marks, frozen: 2, drawn: None },
    ]
}
