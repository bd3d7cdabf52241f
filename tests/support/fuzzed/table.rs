//! A file as a table that is taken in with what is guessed of it.

use waymark::document;
use waymark::import::{
    Attach, DateOrder, ImportError, MAX_COLUMNS, Part, Preview, ReadHints, Request, Table, guess, preview, read_table, series_of,
};
use waymark::model::{Cadence, ImportMode, Metric, MetricId, OnDuplicate, Project, ProjectId, Role};
use waymark::storage::{read_project, write_project};

/// Every row is accounted for, and what is taken in makes a project that is sound and can be saved.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(table) = read_table(bytes, &ReadHints::default()) else { return };
    assert!(!table.is_empty() && (1..=MAX_COLUMNS).contains(&table.header.len()));
    assert!((1..table.len()).all(|row| table.line(row - 1) < table.line(row)));
    let mut project = Project::empty(ProjectId::from_random(1), "Fuzzed");
    let known = Metric::new(MetricId::from_random(1), "value");
    project.metrics.insert(known.id.clone(), known.into());
    let Ok(guessed) = guess(&table, &project) else { return };
    assert_eq!(guessed.columns.len(), table.header.len());
    // Columns of one name cannot be told apart.
    if let Ok(series) = series_of(&table, &guessed.shape, &[], &project) {
        assert_eq!(series, guessed.matches);
    }
    let takes: Vec<_> = guessed.matches.into_iter().map(|found| found.take).collect();
    for (mode, on_duplicate) in [(ImportMode::default(), OnDuplicate::Reject), (ImportMode::Replace, OnDuplicate::Mean)] {
        let request = Request { takes: takes.clone(), mode, on_duplicate, ..Request::of_shape(guessed.shape.clone()) };
        if let Ok(found) = decided(&table, request, &project) {
            found.parts.iter().for_each(|part| accounted_for(&table, part));
            take_in(found, &project);
        }
    }
}

/// Answers what is asked: which comes first, the day or the month, what the decimal mark is, and how often it is recorded.
fn decided(table: &Table, mut request: Request, project: &Project) -> Result<Preview, ImportError> {
    for _ in 0..4 {
        match preview(table, &request, project) {
            Err(ImportError::AmbiguousDates { .. } | ImportError::ShortYears { .. }) => request.date_order = Some(DateOrder::DayFirst),
            Err(ImportError::AmbiguousNumbers { .. }) => request.decimal_mark = Some('.'),
            Err(ImportError::AmbiguousPercent { .. }) => request.percent = Some(waymark::model::PercentForm::Share),
            Err(ImportError::CadenceUnknown) => request.takes.iter_mut().for_each(|take| take.cadence = Some(Cadence::Yearly)),
            other => return other,
        }
    }
    preview(table, &request, project)
}

fn accounted_for(table: &Table, part: &Part) {
    let reading = &part.reading;
    let rows =
        reading.points.len() + reading.joined + reading.without_value.len() + reading.rejected.len() + reading.left_out + reading.of_others;
    assert_eq!(rows, table.len(), "a row of {:?} is neither taken nor accounted for", part.from);
    assert!(reading.points.times().is_sorted_by(|a, b| a < b) && reading.points.iter().all(|point| point.value.is_finite()));
    assert_eq!(part.added + part.changed + part.unchanged, reading.points.len());
}

fn take_in(mut found: Preview, project: &Project) {
    found.refused.clear();
    let expect: Vec<usize> = found.parts.iter().map(|part| part.reading.points.len()).collect();
    let Some(first) = found.parts.first().and_then(|part| part.reading.points.first()) else { return };
    let attach = Attach { target: Some(10.0), objective: None, role: Role::Outcome, as_of: project.as_of(first.at.date()) };
    let mut bits = 1;
    let mut ids = || {
        bits += 1;
        bits
    };
    let Ok(planned) = found.into_edit(project, &attach, &mut ids) else { return };
    let mut after = project.clone();
    let Ok(inverse) = document::apply(&mut after, planned.edit) else { return };
    assert_eq!(after.validate(), []);
    let points: Vec<usize> = planned.metrics.iter().map(|id| after.metric(id).map_or(0, |metric| metric.series.len())).collect();
    assert_eq!(points, expect);
    let text = write_project(&after);
    assert_eq!(read_project(text.as_bytes()).as_ref(), Ok(&after), "{text}");
    document::apply(&mut after, inverse).expect("a step back");
    assert_eq!(after, *project);
}
