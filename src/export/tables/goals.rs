//! Goals in the order of the tree, each with where it stands.

use super::Placed;
use super::sheet::{Sheet, Value, clean, form_of};
use crate::chart::ValueFormat;
use crate::export::Stage;
use crate::model::{Aim, Goal};

const HEADS: [&str; 18] = [
    "Level",
    "Kind",
    "Goal",
    "Under",
    "Owner",
    "Status",
    "Progress",
    "Expected",
    "Current",
    "Target",
    "Unit",
    "Start",
    "Due",
    "Likelihood",
    "Confidence",
    "Last check-in",
    "Cycle",
    "Why",
];

pub(super) fn sheet(stage: &Stage<'_>, goals: &[Placed]) -> Sheet {
    let rows = goals.iter().filter_map(|placed| row(stage, placed)).collect();
    Sheet { name: "Goals".to_owned(), heads: HEADS.map(str::to_owned).to_vec(), rows, frozen: 3, drawn: None }
}

fn row(stage: &Stage<'_>, (id, level): &Placed) -> Option<Vec<Value>> {
    let Stage { document, memos, as_of, .. } = stage;
    let project = document.project();
    let goal = project.goal(id)?;
    let row = memos.board_row(document, *as_of, id)?;
    let evaluation = memos.evaluation(document, *as_of);
    let result = evaluation.goal(id)?;
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let format = ValueFormat::of(project, metric);
    let form = form_of(&format);
    let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
    Some(vec![
        Value::count(*level as u32),
        Value::text(row.kind),
        Value::text(&row.title),
        Value::text(&row.path),
        Value::text(&row.owner),
        Value::text(row.status.word()),
        Value::share(row.progress),
        Value::share(row.expected),
        Value::number(row.current, &form),
        match band(goal) {
            Some((low, high)) => Value::text(format!("{} to {}", format.exact(low), format.exact(high))),
            None => Value::number(row.target, &form),
        },
        metric.map_or(Value::None, |metric| Value::text(clean(&metric.unit.words()))),
        Value::day(result.span.start),
        Value::day(result.span.due),
        Value::share(row.likelihood),
        row.confidence.map_or(Value::None, Value::count),
        Value::day(row.check_in.last),
        cycle.map_or(Value::None, |cycle| Value::text(&cycle.name)),
        Value::text(&row.reason),
    ])
}

/// The two ends of an aim to stay within.
fn band(goal: &Goal) -> Option<(f64, f64)> {
    match goal.as_key_result()?.aim {
        Aim::Between { low, high, .. } => Some((low, high)),
        _ => None,
    }
}
