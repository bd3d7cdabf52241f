//! Bytes as a text that is pasted into the points of a metric.

use std::sync::Arc;

use waymark::document::{self, edits};
use waymark::import::{DateOrder, ImportError, Paste, PasteHints, read_paste};
use waymark::model::{Cadence, Metric, MetricId, Point, Project, ProjectId, Series, Settings, Stamp};
use waymark::storage::{read_project, write_project};

/// Every line of the text is accounted for once, and what is taken makes a project that is sound and can be saved.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for cadence in [Cadence::Hourly, Cadence::Monthly] {
        let metric = metric(cadence);
        let start = metric.series.times()[1];
        if let Ok(paste) = decided(&text, &metric, start) {
            take_in(&text, &paste, metric);
        }
    }
}

fn metric(cadence: Cadence) -> Metric {
    let day = |text: &str| Stamp::from_date(text.parse().expect("a day"));
    let points = [("2026-08-01", 59.0), ("2026-09-01", 60.0), ("2026-10-01", 61.0)];
    let series = Series::from_points(points.map(|(at, value)| Point::new(day(at), value))).expect("ascending");
    Metric { cadence, series: Arc::new(series), ..Metric::new(MetricId::from_random(1), "Users") }
}

fn decided(text: &str, metric: &Metric, start: Stamp) -> Result<Paste, ImportError> {
    let (settings, mut hints) = (Settings::default(), PasteHints::default());
    for _ in 0..2 {
        match read_paste(text, metric, start, &settings, hints) {
            Err(ImportError::AmbiguousDates { .. }) => hints.date_order = Some(DateOrder::MonthFirst),
            Err(ImportError::AmbiguousNumbers { .. }) => hints.decimal_mark = Some(','),
            other => return other,
        }
    }
    read_paste(text, metric, start, &settings, hints)
}

fn take_in(text: &str, paste: &Paste, metric: Metric) {
    let Paste { rows, without_value, rejected, .. } = paste;
    let mut lines: Vec<usize> = rows.iter().map(|row| row.line).chain(without_value.iter().copied()).collect();
    lines.extend(rejected.iter().map(|rejection| rejection.line));
    let told = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), told, "a line is told twice: {text:?}");
    assert!(lines.last().is_none_or(|last| *last <= text.split(['\n', '\r']).count()), "{lines:?}: {text:?}");
    assert_eq!(paste.added() + paste.changed() + paste.unchanged(), rows.len());

    let change = edits::paste_points(&metric, rows.iter().map(|row| row.point.clone()).collect());
    let mut project = Project::empty(ProjectId::from_random(1), "Fuzzed");
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    if document::apply(&mut project, change.edit).is_err() {
        return;
    }
    assert_eq!(project.validate(), []);
    let written = write_project(&project);
    assert_eq!(read_project(written.as_bytes()).as_ref(), Ok(&project), "{written}");
}
