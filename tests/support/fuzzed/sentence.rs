//! Bytes as a sentence of the quick entry.

use std::sync::LazyLock;

use chrono::NaiveDate;
use waymark::document;
use waymark::import::sentence::{Context, MAX_CHARS, Under, read};
use waymark::model::{GoalId, Project, ProjectId};
use waymark::storage::{read_project, write_project};

/// The sample with few points: a sentence is read in the time that a fuzzer has.
const FULL_TEXT: &[u8] = include_bytes!("../../../fuzz/corpus/project_file/sample.ron");

static FULL: LazyLock<Project> = LazyLock::new(|| read_project(FULL_TEXT).expect("a project"));
static EMPTY: LazyLock<Project> = LazyLock::new(|| Project::empty(ProjectId::from_random(1), "Empty"));

/// A sentence is refused with a reason, or its goal is made in one step that leaves the project sound; that step can be undone.
pub(crate) fn check(bytes: &[u8]) {
    let line = String::from_utf8_lossy(bytes);
    for project in [&*EMPTY, &*FULL] {
        let as_of = project.as_of(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day"));
        let context = Context { project, as_of, cycle: None };
        let reading = match read(&line, &context) {
            Ok(reading) => reading,
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                continue;
            }
        };
        assert!(line.trim().chars().count() <= MAX_CHARS && !reading.title.is_empty());
        assert_eq!(read(&line, &context).as_ref(), Ok(&reading), "the same line gives the same reading");
        for chip in &reading.chips {
            assert!(line.get(chip.span.clone()).is_some(), "{chip:?} is not a part of {line:?}");
        }
        let objective: Option<GoalId> = project.goals.values().find(|goal| goal.is_objective()).map(|goal| goal.id.clone());
        let places = [Under::Top, Under::NewObjective("Grow".to_owned())].into_iter().chain(objective.map(Under::Goal));
        for under in places {
            let mut bits = 0;
            let mut ids = || {
                bits += 1;
                bits
            };
            let Ok(planned) = reading.into_edit_under(&context, &under, &mut ids) else { continue };
            let mut after = project.clone();
            let Ok(inverse) = document::apply(&mut after, planned.edit) else { continue };
            assert_eq!(after.validate(), [], "{line:?}");
            if project.goals.is_empty() {
                let text = write_project(&after);
                assert_eq!(read_project(text.as_bytes()).as_ref(), Ok(&after), "{text}");
            }
            document::apply(&mut after, inverse).expect("a step back");
            assert_eq!(after, *project);
        }
    }
}
