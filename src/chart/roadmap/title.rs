//! The finding over the roadmap.

use crate::analysis::Evaluation;
use crate::model::{Cadence, Date, Goal, GoalId, GoalState, Project, Status, date_words, day_words};

/// What is due next, in one sentence of at most 15 words; for the goals given.
pub fn title(project: &Project, evaluation: &Evaluation, goals: &[GoalId]) -> String {
    let open = |goal: &Goal| goal.state == GoalState::Active;
    let mut coming: Vec<(Date, Status)> = Vec::new();
    let (mut overdue, mut dated) = (0, false);
    let as_of = evaluation.as_of;
    for id in goals {
        let Some((goal, result)) = project.goal(id).zip(evaluation.goal(id)) else { continue };
        let Some(due) = result.span.due else { continue };
        dated = true;
        if !open(goal) {
            continue;
        }
        if due >= as_of {
            coming.push((due, result.status));
        } else if !matches!(result.status, Status::Achieved | Status::Missed) {
            overdue += 1;
        }
    }
    if !dated {
        return "No goal has a date yet".to_owned();
    }
    let quarter = project.settings.calendar.period_of(Cadence::Quarterly, as_of).last;
    let soon: Vec<Status> = coming.iter().filter(|(due, _)| *due <= quarter).map(|(_, status)| *status).collect();
    let off = soon.iter().filter(|s| matches!(s, Status::Behind | Status::AtRisk)).count();
    let goals = |count: usize| if count == 1 { "1 goal is".to_owned() } else { format!("{count} goals are") };
    match (soon.len(), off) {
        (0, _) => match coming.iter().map(|(due, _)| *due).min() {
            Some(next) => format!("Nothing is due this quarter; next is {}", date_words(next)),
            None if overdue > 0 => format!("Nothing is ahead; {} past the due date", goals(overdue)),
            None => "Nothing is ahead".to_owned(),
        },
        (due, 0) => format!("{} due by {}, none behind", goals(due), day_words(quarter)),
        (due, off) => format!("{} due by {}; {off} of them behind or at risk", goals(due), day_words(quarter)),
    }
}
