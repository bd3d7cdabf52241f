//! Small tables as people have them, each with the series it must give or the words it must be refused with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a test says how much it looked at, and what it skips")]

#[path = "import_tables/back_again.rs"]
mod back_again;
#[path = "import_tables/cases.rs"]
mod cases;
#[path = "import_tables/other_writers.rs"]
mod other_writers;
#[path = "import_tables/reference.rs"]
mod reference;
#[path = "import_tables/workbooks.rs"]
mod workbooks;

use std::fmt::Write as _;

use waymark::import::{Destination, ReadHints, Request, Take, guess, preview, read_table};
use waymark::model::{Project, ProjectId, Unit};

/// What is known of a table beforehand, where something is.
#[derive(Default)]
pub struct Known {
    pub hints: ReadHints,
    pub change: Option<fn(&mut Request)>,
    pub unit: Option<Unit>,
    pub fiscal_start_month: Option<u32>,
}

/// Reads a table with what is guessed of it, as the window and the command line do.
///
/// A line for each series: `name: date=value date=value | blank 4 | line 5, column "x": reason`; or the words of a refusal.
pub fn read(bytes: &[u8], known: &Known) -> String {
    let mut project = Project::empty(ProjectId::from_random(1), "Tables");
    if let Some(month) = known.fiscal_start_month {
        project.settings.calendar.fiscal_start_month = month;
    }
    match said(bytes, known, &project) {
        Ok(text) => text,
        Err(problem) => format!("refused: {problem}"),
    }
}

fn said(bytes: &[u8], known: &Known, project: &Project) -> Result<String, waymark::import::ImportError> {
    let table = read_table(bytes, &known.hints)?;
    let guessed = guess(&table, project)?;
    let own_unit = |take: Take| match (take.to, &known.unit) {
        (Destination::New { name, .. }, Some(unit)) => Take { to: Destination::New { name, unit: unit.clone() }, ..take },
        (to, _) => Take { to, ..take },
    };
    let takes = guessed.matches.into_iter().map(|found| own_unit(found.take)).collect();
    let mut request = Request { takes, ..Request::of_shape(guessed.shape) };
    if let Some(change) = known.change {
        change(&mut request);
    }
    let found = preview(&table, &request, project)?;
    let mut lines: Vec<String> = Vec::new();
    for part in &found.parts {
        let reading = &part.reading;
        let rows = reading.points.len()
            + reading.joined
            + reading.without_value.len()
            + reading.rejected.len()
            + reading.left_out
            + reading.of_others;
        assert_eq!(rows, table.len(), "every row is accounted for");
        let mut line = format!("{}:", part.name);
        for point in reading.points.iter() {
            write!(line, " {}={}", point.at, point.value).unwrap();
        }
        if !reading.without_value.is_empty() {
            let blank: Vec<String> = reading.without_value.iter().map(usize::to_string).collect();
            write!(line, " | blank {}", blank.join(",")).unwrap();
        }
        for rejection in &reading.rejected {
            write!(line, " | {rejection}").unwrap();
        }
        lines.push(line);
    }
    lines.extend(found.refused.iter().map(|(from, problem)| format!("{from}: refused: {problem}")));
    Ok(lines.join("\n"))
}
