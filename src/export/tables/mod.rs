//! What an export shows as tables: for spreadsheets ([`xlsx`]), programs ([`csv`]) and text ([`markdown`]).
//!
//! The numbers are those of the charts and views, in full and as of the same day; the other modules say which, one view each. Shares (progress,
//! likelihood) are of one. Not here: what the numbers are (`chart`, `analysis`) and where files go (`files`).

mod csv;
mod goals;
mod markdown;
mod meetings;
mod roadmap;
mod scorecard;
mod series;
mod sheet;
#[cfg(test)]
mod tests;
mod xlsx;

use sheet::Sheet;

use super::{ExportError, ExportedFile, Stage, Watch};
use crate::model::{GoalId, Metric, Project};
use crate::ui::theme::Theme;
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, KpiMode, Screen, file_stem};

/// The share of the work that is done when every table is filled.
const FILLED: f32 = 0.7;

/// The files of an export in a format that holds tables.
pub(super) fn files(
    project: &Project,
    request: &ExportRequest,
    as_of: crate::model::Date,
    watch: &mut Watch<'_>,
) -> Result<Vec<ExportedFile>, ExportError> {
    let view = request.seen();
    let stage = Stage::new(project, &view, Theme::light(), as_of);
    let sheets = sheets(&stage, &request.what, watch)?;
    let name = request.suggested_name(project);
    match request.format {
        ExportFormat::Xlsx => Ok(vec![ExportedFile { name, bytes: xlsx::workbook(&sheets, &project.name, &stage)? }]),
        _ => Ok(match sheets.as_slice() {
            [only] if request.is_one_file() => vec![ExportedFile { name, bytes: csv::text(only)?.into_bytes() }],
            several => {
                let digits = several.len().to_string().len().max(2);
                let file = |(index, sheet): (usize, &Sheet)| {
                    let name = format!("{:0digits$}-{}.csv", index + 1, file_stem(&sheet.name));
                    Ok(ExportedFile { name, bytes: csv::text(sheet)?.into_bytes() })
                };
                several.iter().enumerate().map(file).collect::<Result<_, ExportError>>()?
            }
        }),
    }
}

/// The tables of an export in Markdown.
pub(super) fn as_markdown(stage: &Stage<'_>, what: &ExportWhat, watch: &mut Watch<'_>) -> Result<String, ExportError> {
    Ok(markdown::page(&sheets(stage, what, watch)?, &stage.document.project().name, stage.as_of))
}

/// The values of a metric in a mode of the KPI view as a section of Markdown; nothing where there are none.
pub(super) fn values_as_markdown(stage: &Stage<'_>, metric: &Metric, mode: KpiMode) -> String {
    let sheet = series::of_mode(stage, metric, mode);
    if sheet.rows.is_empty() { String::new() } else { markdown::sections(&[Sheet { name: "Values".to_owned(), ..sheet }]) }
}

/// The tables that show something, in reading order; at least one.
fn sheets(stage: &Stage<'_>, what: &ExportWhat, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, ExportError> {
    let project = stage.document.project();
    let known = |metric| project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()));
    let found = match what {
        ExportWhat::Chart(metric) => vec![series::of_metric(stage, known(metric)?)],
        ExportWhat::Kpi(metric, mode) => vec![series::of_mode(stage, known(metric)?, *mode)],
        ExportWhat::Objective(goal) => vec![goals::sheet(stage, &goals_under(stage, goal)?)],
        ExportWhat::View(Screen::Scorecard) => vec![scorecard::sheet(stage)],
        ExportWhat::View(Screen::Roadmap) => roadmap::sheets(stage),
        ExportWhat::View(Screen::Review) => vec![meetings::agenda(stage), meetings::log(stage)],
        ExportWhat::View(Screen::Board | Screen::Map) => vec![goals::sheet(stage, &goals_shown(stage))],
        ExportWhat::View(Screen::Objective | Screen::Kpi) | ExportWhat::All => everything(stage, watch)?,
        ExportWhat::Deck | ExportWhat::Slide(_) => return Err(ExportError::Nothing),
    };
    let found: Vec<Sheet> = found.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    if found.is_empty() { Err(ExportError::NoRows) } else { Ok(found) }
}

/// Goals, scorecard, what meetings left, and each metric.
fn everything(stage: &Stage<'_>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, ExportError> {
    let mut sheets = vec![goals::sheet(stage, &goals_shown(stage)), scorecard::sheet(stage), meetings::log(stage)];
    let mut metrics: Vec<&Metric> = stage.document.project().metrics.values().map(AsRef::as_ref).collect();
    metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    for (index, metric) in metrics.iter().enumerate() {
        sheets.push(series::of_metric(stage, metric));
        if watch(FILLED * (index + 1) as f32 / metrics.len() as f32).is_break() {
            return Err(ExportError::Cancelled);
        }
    }
    Ok(sheets)
}

/// A goal of a table and how deep it lies, from 1.
type Placed = (GoalId, usize);

/// What the tree lists: of the cycle that is switched to, without what is archived.
fn goals_shown(stage: &Stage<'_>) -> Vec<Placed> {
    let (project, tree) = (stage.document.project(), stage.memos.tree(&stage.document));
    let cycle = stage.view.goals_of_cycle(project, &tree);
    let mut hidden_to = 0;
    let mut shown = Vec::new();
    for (index, seat) in tree.seats().iter().enumerate() {
        if index < hidden_to {
            continue;
        }
        let archived = project.goal(&seat.goal).is_none_or(|goal| goal.archived);
        if archived || cycle.as_ref().is_some_and(|cycle| !cycle.shows(&seat.goal)) {
            hidden_to = seat.end;
        } else {
            shown.push((seat.goal.clone(), seat.depth + 1));
        }
    }
    shown
}

/// A goal and what is under it.
fn goals_under(stage: &Stage<'_>, goal: &GoalId) -> Result<Vec<Placed>, ExportError> {
    let project = stage.document.project();
    let root = project.goal(goal).ok_or_else(|| ExportError::NoGoal(goal.to_string()))?;
    let tree = stage.memos.tree(&stage.document);
    let visits = tree.subtree(&root.id).into_iter();
    let shown = visits.filter(|visit| visit.goal == goal || project.goal(visit.goal).is_some_and(|goal| !goal.archived));
    Ok(shown.map(|visit| (visit.goal.clone(), visit.depth + 1)).collect())
}
