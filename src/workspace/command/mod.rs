//! Everything that has a name in the menus, as data: text, tooltip, group, shortcuts, and what it does now.

mod check_ins;
mod cycles;
mod day;
mod exports;
mod goals;
mod metrics;
mod shortcut;
mod words;

use super::action::New;
use super::{
    Action, BeginAt, CompareWith, ImportAction, KpiMode, PresentAction, RedactionDraft, RefreshAction, SafekeepingAction, Screen,
    SeasonForm, Selection, Sheet, ThemeChoice, TimeRange, Workspace, can_refresh,
};
use crate::document::edits;
use crate::model::{Cadence, GoalKind};
use crate::storage::templates;
pub use day::DayStep;
pub use shortcut::{Key, Modifier, Shortcut, System};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    NewProject,
    NewFromTemplate,
    Open,
    OpenSample,
    ClearRecent,
    Save,
    SaveAs,
    Versions,
    Unsaved,
    RefreshLinked,
    RedactedCopy,
    Export,
    ExportSlides,
    ExportAll,
    ExportAgain,
    ImportData,
    Quit,

    Undo,
    Redo,
    QuickEntry,
    NewObjective,
    NewKeyResult,
    NewInitiative,
    NewMetric,
    NewEvent,
    NewCycle,
    Rename,
    Duplicate,
    MoveUp,
    MoveDown,
    Indent,
    Outdent,
    Contribute,
    Support,
    Postpone,
    Abandon,
    Resume,
    Archive,
    Restore,
    CloseGoals,
    CarryOver,
    Remove,
    PlanStages,
    CheckIn,
    CheckInDue,
    CompareInitiatives,
    Events,
    HoldMeeting,
    CopyPicture,
    CopySvg,
    CopyReport,
    Find,
    Palette,
    ProjectSettings,

    Show(Screen),
    Kpi(KpiMode),
    DataTable,
    CopyTable,
    PresentFromStart,
    PresentFromHere,
    Slides,
    Back,
    Forward,
    Range(TimeRange),
    AllCycles,
    EarlierCycle,
    LaterCycle,
    Cycles,
    Day(DayStep),
    Why,
    ToggleInspector,
    Theme(ThemeChoice),
    ZoomIn,
    ZoomOut,
    ZoomReset,
    FullScreen,

    Glossary,
}

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    File,
    Edit,
    View,
    Kpi,
    Help,
}

impl Group {
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Kpi, Self::Help];

    pub fn word(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Kpi => "KPI",
            Self::Help => "Help",
        }
    }

    /// Its commands in blocks, between which a menu draws a line.
    pub fn blocks(self) -> &'static [&'static [Command]] {
        use Command as C;
        match self {
            Self::File => &[
                &[C::NewProject, C::NewFromTemplate, C::Open, C::OpenSample, C::ClearRecent],
                &[C::Save, C::SaveAs, C::Versions, C::Unsaved, C::RedactedCopy],
                &[C::ImportData, C::RefreshLinked],
                &[C::Export, C::ExportSlides, C::ExportAll, C::ExportAgain],
                &[C::Quit],
            ],
            Self::Edit => &[
                &[C::Undo, C::Redo],
                &[C::QuickEntry, C::NewObjective, C::NewKeyResult, C::NewInitiative, C::NewMetric, C::NewEvent, C::NewCycle],
                &[C::Rename, C::Duplicate, C::Remove],
                &[C::MoveUp, C::MoveDown, C::Indent, C::Outdent],
                &[C::CloseGoals, C::CarryOver],
                &[C::Contribute, C::Support, C::Postpone, C::Abandon, C::Resume, C::Archive, C::Restore],
                &[C::PlanStages, C::CompareInitiatives, C::Events],
                &[C::CheckIn, C::CheckInDue, C::HoldMeeting],
                &[C::CopyPicture, C::CopySvg, C::CopyReport],
                &[C::Find, C::Palette],
                &[C::ProjectSettings],
            ],
            Self::View => &[
                &[
                    C::Show(Screen::Board),
                    C::Show(Screen::Objective),
                    C::Show(Screen::Kpi),
                    C::Show(Screen::Map),
                    C::Show(Screen::Scorecard),
                    C::Show(Screen::Roadmap),
                    C::Show(Screen::Review),
                ],
                &[C::PresentFromStart, C::PresentFromHere, C::Slides],
                &[C::DataTable, C::CopyTable, C::Back, C::Forward],
                &[
                    C::Range(TimeRange::Months3),
                    C::Range(TimeRange::Months6),
                    C::Range(TimeRange::Year1),
                    C::Range(TimeRange::Cycle),
                    C::Range(TimeRange::All),
                ],
                &[C::AllCycles, C::EarlierCycle, C::LaterCycle, C::Cycles],
                &[
                    C::Day(DayStep::DayEarlier),
                    C::Day(DayStep::DayLater),
                    C::Day(DayStep::WeekEarlier),
                    C::Day(DayStep::WeekLater),
                    C::Day(DayStep::Back),
                ],
                &[C::Why, C::ToggleInspector],
                &[C::Theme(ThemeChoice::System), C::Theme(ThemeChoice::Light), C::Theme(ThemeChoice::Dark)],
                &[C::ZoomIn, C::ZoomOut, C::ZoomReset, C::FullScreen],
            ],
            Self::Kpi => &[&[
                C::Kpi(KpiMode::Trend),
                C::Kpi(KpiMode::XMR),
                C::Kpi(KpiMode::Season(SeasonForm::Years)),
                C::Kpi(KpiMode::Compare(CompareWith::Earlier)),
                C::Kpi(KpiMode::Distribution),
                C::Kpi(KpiMode::Contributions),
                C::Kpi(KpiMode::Relation),
                C::Kpi(KpiMode::Table),
            ]],
            Self::Help => &[&[C::Glossary]],
        }
    }
}

impl Command {
    /// Every command, menu by menu.
    pub fn all() -> impl Iterator<Item = Self> {
        Group::ALL.into_iter().flat_map(|g| g.blocks().iter().copied().flatten().copied())
    }

    pub fn group(self) -> Group {
        Group::ALL.into_iter().find(|g| g.blocks().iter().any(|b| b.contains(&self))).unwrap_or(Group::View)
    }

    /// The text with what it would do now: "Undo change target of MAU".
    pub fn text_now(self, workspace: &Workspace) -> String {
        let label = match self {
            Self::Undo => workspace.document.undo_label(),
            Self::Redo => workspace.document.redo_label(),
            _ => None,
        };
        match label {
            Some(label) => {
                let mut chars = label.chars();
                let first: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
                format!("{} {first}{}", self.text(), chars.as_str())
            }
            None => self.text().to_owned(),
        }
    }

    /// Whether a menu shows a tick beside it.
    pub fn is_on(self, workspace: &Workspace) -> bool {
        let view = &workspace.view;
        match self {
            Self::Show(screen) => view.screen == screen,
            Self::Kpi(mode) => view.screen == Screen::Kpi && view.kpi_mode.is_like(mode),
            Self::Range(range) => view.range == range,
            Self::AllCycles => view.cycle.is_none(),
            Self::ToggleInspector => view.shows_inspector(),
            Self::Why => view.why_open,
            Self::Theme(theme) => workspace.preferences.theme == theme,
            _ => false,
        }
    }

    /// Whether its keys mean it while a sheet is open: what does not touch the goal or metric that the sheet covers.
    pub fn works_over_a_sheet(self) -> bool {
        matches!(
            self,
            Self::Undo
                | Self::Redo
                | Self::Save
                | Self::SaveAs
                | Self::Quit
                | Self::Theme(_)
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomReset
                | Self::FullScreen
        )
    }

    /// Whether its keys mean it while slides are shown: what the keys of a presentation leave.
    pub fn works_while_presenting(self) -> bool {
        matches!(self, Self::Undo | Self::Redo | Self::Save | Self::SaveAs | Self::Quit | Self::Theme(_) | Self::FullScreen)
    }

    /// Whether it can be used now, else why not.
    pub fn is_enabled(self, workspace: &Workspace) -> Result<(), &'static str> {
        self.action(workspace).map(drop)
    }

    /// What it does now, else why it cannot.
    pub fn action(self, workspace: &Workspace) -> Result<Action, &'static str> {
        let view = &workspace.view;
        let when = |holds: bool, action: Action, reason: &'static str| if holds { Ok(action) } else { Err(reason) };
        match self {
            Self::NewProject => Ok(Action::New),
            Self::NewFromTemplate => {
                templates::names().next().map(|first| Action::SetTemplateDraft(Some(first))).ok_or("There is no template")
            }
            Self::Open => Ok(Action::Open),
            Self::OpenSample => Ok(Action::OpenSample),
            Self::ClearRecent => when(!workspace.preferences.recent.is_empty(), Action::ClearRecent, "No file was opened lately"),
            Self::Save => {
                let needed = workspace.document.is_dirty() || workspace.file.path.is_none();
                when(needed, Action::Save, "Everything is saved")
            }
            Self::SaveAs => Ok(Action::SaveAs),
            Self::Versions => {
                let action = Action::Safekeeping(SafekeepingAction::ShowVersions);
                when(workspace.file.path.is_some(), action, "The project is not saved in a file yet")
            }
            Self::Unsaved => Ok(Action::Safekeeping(SafekeepingAction::AskForUnsaved)),
            Self::RefreshLinked => can_refresh(workspace.project(), workspace.file.path.as_deref()).map(|()| RefreshAction::Begin.into()),
            Self::RedactedCopy => Ok(Action::SetRedactionDraft(Some(RedactionDraft::default()))),
            Self::Export
            | Self::ExportSlides
            | Self::ExportAll
            | Self::ExportAgain
            | Self::CopyPicture
            | Self::CopySvg
            | Self::CopyReport => exports::action(self, workspace),
            Self::ImportData => Ok(ImportAction::Begin.into()),
            Self::Quit => Ok(Action::Quit),
            Self::Undo => when(workspace.document.undo_label().is_some(), Action::Undo, "There is nothing to undo"),
            Self::Redo => when(workspace.document.redo_label().is_some(), Action::Redo, "There is nothing to redo"),
            Self::QuickEntry => Ok(Action::OpenSheet(Sheet::QuickEntry { line: String::new() })),
            Self::NewObjective => Ok(Action::Add(New::Objective { parent: selected_objective(workspace) })),
            Self::NewKeyResult => {
                let objective = view.objective.clone().ok_or("Add an objective first")?;
                Ok(Action::Add(New::KeyResult { objective, metric: None }))
            }
            Self::NewInitiative => {
                let parent = match &view.selected {
                    Some(Selection::Goal(goal)) => holder_of_initiatives(workspace, goal),
                    _ => view.objective.clone(),
                };
                Ok(Action::Add(New::Initiative { parent: parent.ok_or("Select an objective or a key result first")? }))
            }
            Self::NewMetric => Ok(Action::OpenSheet(Sheet::MetricLibrary { goal: view.objective.clone() })),
            Self::NewEvent => Ok(Action::Add(New::Event { date: workspace.as_of(), metrics: Vec::new() })),
            Self::NewCycle => {
                let quarter = workspace.project().settings.calendar.period_of(Cadence::Quarterly, workspace.as_of());
                let there = workspace.project().cycles.values().any(|c| c.start == quarter.first && c.end == quarter.last);
                when(!there, Action::Add(New::Cycle { start: quarter.first, end: quarter.last }), "The current quarter is a cycle already")
            }
            Self::Rename
            | Self::Duplicate
            | Self::MoveUp
            | Self::MoveDown
            | Self::Indent
            | Self::Outdent
            | Self::Contribute
            | Self::Support
            | Self::Postpone
            | Self::Abandon
            | Self::Resume
            | Self::Archive
            | Self::Restore
            | Self::PlanStages => goals::action(self, workspace),
            Self::CloseGoals | Self::CarryOver | Self::AllCycles | Self::EarlierCycle | Self::LaterCycle | Self::Cycles => {
                cycles::action(self, workspace)
            }
            Self::Remove => match workspace.chosen() {
                several if several.len() > 1 => Ok(edits::remove_goals(workspace.project(), &several).into()),
                _ => view.selected.clone().map(Action::Remove).ok_or("Nothing is selected"),
            },
            Self::CheckIn | Self::CheckInDue => check_ins::action(self, workspace),
            Self::Events => Ok(Action::OpenSheet(Sheet::Events(None))),
            Self::HoldMeeting => {
                let today = Some(workspace.as_of());
                let held = workspace.project().deck.last_meeting == today;
                when(!held, edits::set_last_meeting(workspace.project(), today).into(), "It is the last meeting already")
            }
            Self::Find => Ok(Action::FocusFilter),
            Self::Palette => Ok(Action::OpenSheet(Sheet::Palette)),
            Self::ProjectSettings => Ok(Action::EditProject),
            Self::Show(screen) => Ok(Action::Show(screen)),
            Self::Kpi(mode) => metrics::show_mode(workspace, mode),
            Self::DataTable => metrics::data_table(workspace),
            Self::CopyTable => workspace.has_table().map(|()| Action::CopyTable),
            Self::PresentFromStart => Ok(Action::Present(PresentAction::Begin(BeginAt::First))),
            Self::PresentFromHere => Ok(Action::Present(PresentAction::Begin(BeginAt::Here))),
            Self::Slides => Ok(Action::OpenSheet(Sheet::Slides)),
            Self::Back => when(view.can_go_back(), Action::Back, "Nothing was shown before"),
            Self::Forward => when(view.can_go_forward(), Action::Forward, "Nothing was shown after this"),
            Self::Range(TimeRange::Cycle) => {
                let running = view.cycle_in_range(workspace.project(), workspace.as_of()).is_some();
                when(running, Action::SetRange(TimeRange::Cycle), "No cycle runs on this day")
            }
            Self::Range(range) => Ok(Action::SetRange(range)),
            Self::Day(step) => day::action(step, workspace),
            Self::Why => Ok(Action::ToggleWhy),
            Self::ToggleInspector => Ok(Action::ToggleInspector),
            Self::Theme(theme) => Ok(Action::SetTheme(theme)),
            Self::ZoomIn => Ok(Action::ZoomIn),
            Self::ZoomOut => Ok(Action::ZoomOut),
            Self::ZoomReset => Ok(Action::ZoomReset),
            Self::FullScreen => Ok(Action::ToggleFullScreen),
            Self::CompareInitiatives => Ok(goals::compare_initiatives(workspace)),
            Self::Glossary => Ok(Action::OpenSheet(Sheet::Glossary(None))),
        }
    }
}

fn selected_goal(workspace: &Workspace) -> Result<&crate::model::Goal, &'static str> {
    match &workspace.view.selected {
        Some(Selection::Goal(goal)) => workspace.project().goal(goal).ok_or("No goal is selected"),
        _ => Err("No goal is selected"),
    }
}

fn selected_objective(workspace: &Workspace) -> Option<crate::model::GoalId> {
    selected_goal(workspace).ok().filter(|g| g.is_objective()).map(|g| g.id.clone())
}

/// The goal itself, or the one above an initiative.
fn holder_of_initiatives(workspace: &Workspace, goal: &crate::model::GoalId) -> Option<crate::model::GoalId> {
    let goal = workspace.project().goal(goal)?;
    match goal.kind {
        GoalKind::Objective(_) | GoalKind::KeyResult(_) => Some(goal.id.clone()),
        GoalKind::Initiative(_) => goal.parent.clone(),
    }
}
