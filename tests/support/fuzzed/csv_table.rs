//! Bytes as a table in a text file.

use waymark::document;
use waymark::import::{Attach, DateOrder, Destination, ImportError, Preview, Request, Table, preview, read_table};
use waymark::model::{Project, ProjectId, Unit};
use waymark::storage::{read_project, write_project};

/// Every row is accounted for, and what is taken in makes a project that is sound and can be saved.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(table) = read_table(bytes) else { return };
    assert!(!table.rows.is_empty() && table.rows.is_sorted_by_key(|row| row.line));
    let project = Project::empty(ProjectId::from_random(1), "Fuzzed");
    let names = [0, table.header.len().saturating_sub(1)].map(|index| table.header[index].clone());
    for unit in [Unit::Count, Unit::Percent] {
        let [date, value] = names.clone();
        let request = Request::new(date, value, Destination::New { name: "New".to_owned(), unit });
        if let Ok(found) = decided(&table, request, &project) {
            take_in(&table, found, &project);
        }
    }
}

/// Answers what is asked: which comes first, the day or the month, and what the decimal mark is.
fn decided(table: &Table, mut request: Request, project: &Project) -> Result<Preview, ImportError> {
    for _ in 0..3 {
        match preview(table, &request, project) {
            Err(ImportError::AmbiguousDates { .. }) => request.date_order = Some(DateOrder::DayFirst),
            Err(ImportError::AmbiguousNumbers { .. }) => request.decimal_mark = Some('.'),
            Err(ImportError::CadenceUnknown) => request.cadence = Some(waymark::model::Cadence::Daily),
            other => return other,
        }
    }
    preview(table, &request, project)
}

fn take_in(table: &Table, found: Preview, project: &Project) {
    let reading = &found.reading;
    let counted = reading.points.len() + reading.without_value.len() + reading.rejected.len() + reading.left_out;
    assert_eq!(counted, table.rows.len(), "a row is neither taken nor accounted for");
    let points = reading.points.len();
    let as_of = project.as_of(reading.points[0].at.date());
    let attach = Attach { target: Some(10.0), objective: Some("Grow".to_owned()), as_of };
    let mut bits = 0;
    let mut ids = || {
        bits += 1;
        bits
    };
    let Ok(planned) = found.into_edit(project, &attach, &mut ids) else { return };
    let mut project = project.clone();
    if document::apply(&mut project, planned.edit).is_err() {
        return;
    }
    assert_eq!(project.validate(), []);
    assert_eq!(project.metric(&planned.metric).map(|metric| metric.series.len()), Some(points));
    let text = write_project(&project);
    assert_eq!(read_project(text.as_bytes()).as_ref(), Ok(&project), "{text}");
}
