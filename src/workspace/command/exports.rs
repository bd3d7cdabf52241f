//! What leaves the window.

use super::Command;
use crate::workspace::{Action, CopyAs, ExportFormat, ExportWhat, Screen, Selection, Workspace};

const NOTHING: &str = "There is nothing to export yet";

pub(super) fn action(command: Command, workspace: &Workspace) -> Result<Action, &'static str> {
    let project = workspace.project();
    let any = !project.goals.is_empty() || !project.metrics.is_empty();
    let all = |what: ExportWhat| if any { Ok(Action::ChooseExport(what)) } else { Err(NOTHING) };
    match command {
        Command::ExportAll => all(ExportWhat::All),
        Command::ExportSlides => all(ExportWhat::Deck),
        Command::ExportAgain => match &workspace.exported {
            Some(_) => Ok(Action::ExportAgain),
            None => Err("Nothing was exported yet"),
        },
        Command::CopyPicture => shown(workspace).map(|what| Action::Copy(what, CopyAs::Picture)).ok_or("There is nothing to copy yet"),
        Command::CopySvg => shown(workspace).map(|what| Action::Copy(what, CopyAs::Svg)).ok_or("There is nothing to copy yet"),
        Command::CopyReport => {
            let of_one =
                shown(workspace).filter(|what| matches!(what, ExportWhat::Objective(_)) && what.formats().contains(&ExportFormat::Md));
            if any { Ok(Action::Copy(of_one.unwrap_or(ExportWhat::All), CopyAs::Report)) } else { Err("There is nothing to report yet") }
        }
        _ => shown(workspace).map(Action::ChooseExport).ok_or(NOTHING),
    }
}

/// What the screen shows, as a page: the chart of the KPI view, the page of the objective view.
fn shown(workspace: &Workspace) -> Option<ExportWhat> {
    let view = &workspace.view;
    match view.screen {
        Screen::Objective => view.objective.clone().map(ExportWhat::Objective),
        Screen::Kpi => match (&view.metric, &view.selected) {
            (Some(metric), _) => Some(ExportWhat::Kpi(metric.clone(), view.kpi_mode)),
            (None, Some(Selection::Goal(goal))) => Some(ExportWhat::Objective(goal.clone())),
            (None, _) => None,
        },
        Screen::Board | Screen::Map | Screen::Scorecard | Screen::Roadmap | Screen::Review => Some(ExportWhat::View(view.screen)),
    }
}
