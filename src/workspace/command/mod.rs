//! Everything that has a name in the menus, as data: text, tooltip, group, shortcuts, and what it does now.

mod goals;
mod shortcut;

use super::action::New;
use super::{Action, ExportWhat, Screen, Selection, ThemeChoice, TimeRange, Workspace};
use crate::document::edits;
use crate::model::{Cadence, GoalKind};
use crate::storage::templates;
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
    Export,
    ExportAll,
    Quit,

    Undo,
    Redo,
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
    Remove,
    Find,
    ProjectSettings,

    ShowObjective,
    ShowKpi,
    Back,
    Forward,
    Range(TimeRange),
    ToggleInspector,
    Theme(ThemeChoice),
    ZoomIn,
    ZoomOut,
    ZoomReset,
    FullScreen,
}

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    File,
    Edit,
    View,
}

impl Group {
    pub const ALL: [Self; 3] = [Self::File, Self::Edit, Self::View];

    pub fn word(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
        }
    }

    /// Its commands in blocks, between which a menu draws a line.
    pub fn blocks(self) -> &'static [&'static [Command]] {
        use Command as C;
        match self {
            Self::File => &[
                &[C::NewProject, C::NewFromTemplate, C::Open, C::OpenSample, C::ClearRecent],
                &[C::Save, C::SaveAs],
                &[C::Export, C::ExportAll],
                &[C::Quit],
            ],
            Self::Edit => &[
                &[C::Undo, C::Redo],
                &[C::NewObjective, C::NewKeyResult, C::NewInitiative, C::NewMetric, C::NewEvent, C::NewCycle],
                &[C::Rename, C::Duplicate, C::Remove],
                &[C::MoveUp, C::MoveDown, C::Indent, C::Outdent],
                &[C::Contribute, C::Support, C::Postpone, C::Abandon, C::Resume, C::Archive, C::Restore],
                &[C::Find],
                &[C::ProjectSettings],
            ],
            Self::View => &[
                &[C::ShowObjective, C::ShowKpi, C::Back, C::Forward],
                &[
                    C::Range(TimeRange::Months3),
                    C::Range(TimeRange::Months6),
                    C::Range(TimeRange::Year1),
                    C::Range(TimeRange::Cycle),
                    C::Range(TimeRange::All),
                ],
                &[C::ToggleInspector],
                &[C::Theme(ThemeChoice::System), C::Theme(ThemeChoice::Light), C::Theme(ThemeChoice::Dark)],
                &[C::ZoomIn, C::ZoomOut, C::ZoomReset, C::FullScreen],
            ],
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

    /// As the menu shows it; `…` where it asks for more.
    pub fn text(self) -> &'static str {
        match self {
            Self::NewProject => "New project",
            Self::NewFromTemplate => "New from template…",
            Self::Open => "Open…",
            Self::OpenSample => "Open the sample",
            Self::ClearRecent => "Clear recent files",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::Export => "Export…",
            Self::ExportAll => "Export everything…",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::NewObjective => "New objective",
            Self::NewKeyResult => "New key result",
            Self::NewInitiative => "New initiative",
            Self::NewMetric => "New metric",
            Self::NewEvent => "New event",
            Self::NewCycle => "New cycle",
            Self::MoveUp => "Move up",
            Self::MoveDown => "Move down",
            Self::Rename => "Rename",
            Self::Duplicate => "Duplicate",
            Self::Indent => "Move under the goal above",
            Self::Outdent => "Move out of its goal",
            Self::Contribute => "Let it contribute",
            Self::Support => "Let it only support",
            Self::Postpone => "Postpone",
            Self::Abandon => "Abandon",
            Self::Resume => "Resume",
            Self::Archive => "Archive",
            Self::Restore => "Restore from the archive",
            Self::Remove => "Remove",
            Self::Find => "Find",
            Self::ProjectSettings => "Project settings",
            Self::ShowObjective => "Objective",
            Self::ShowKpi => "KPI",
            Self::Back => "Back",
            Self::Forward => "Forward",
            Self::Range(TimeRange::Months3) => "3 months",
            Self::Range(TimeRange::Months6) => "6 months",
            Self::Range(TimeRange::Year1) => "1 year",
            Self::Range(TimeRange::Cycle) => "Current cycle",
            Self::Range(TimeRange::All) => "All time",
            Self::Range(TimeRange::Custom { .. }) => "Custom range",
            Self::ToggleInspector => "Inspector",
            Self::Theme(ThemeChoice::System) => "Theme of the system",
            Self::Theme(ThemeChoice::Light) => "Light theme",
            Self::Theme(ThemeChoice::Dark) => "Dark theme",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Actual size",
            Self::FullScreen => "Full screen",
        }
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

    /// One sentence on what it does.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::NewProject => "Start with an empty project.",
            Self::NewFromTemplate => "Start with the goals and metrics that projects of a kind have.",
            Self::Open => "Open a project file.",
            Self::OpenSample => "Open the project of a made-up company to look around.",
            Self::ClearRecent => "Forget the files that were opened lately.",
            Self::Save => "Write the project to its file.",
            Self::SaveAs => "Write the project to another file and go on with that one.",
            Self::Export => "Save what is shown as PNG, SVG or PDF.",
            Self::ExportAll => "Save every objective and every chart.",
            Self::Quit => "Close Waymark.",
            Self::Undo => "Take the last change back.",
            Self::Redo => "Make the change that was taken back again.",
            Self::NewObjective => "Add an objective under the selected one, or at the top.",
            Self::NewKeyResult => "Add a key result to the objective shown.",
            Self::NewInitiative => "Add an initiative under the selected goal.",
            Self::NewMetric => "Add a metric to the objective shown.",
            Self::NewEvent => "Mark a day on the charts.",
            Self::NewCycle => "Add the current quarter as a cycle.",
            Self::MoveUp => "Move the selected goal above the one before it.",
            Self::MoveDown => "Move the selected goal below the one after it.",
            Self::Rename => "Edit the title of the selected goal in the tree.",
            Self::Duplicate => "Copy the selected goals with what is under them.",
            Self::Indent => "Move the selected goals under the one above them.",
            Self::Outdent => "Move the selected goals to the level of the one that holds them.",
            Self::Contribute => "Count it in the progress of the goal above.",
            Self::Support => "Show it under the goal above, but leave it out of its progress.",
            Self::Postpone => "Take it out of the roll-up for now.",
            Self::Abandon => "Give it up, and take it out of the roll-up.",
            Self::Resume => "Work on it again, and count it in the roll-up.",
            Self::Archive => "Take it out of the tree with what is under it; it stays in the project.",
            Self::Restore => "Put it back where it was in the tree.",
            Self::Remove => "Remove what is selected and everything under it.",
            Self::Find => "Filter the goals by a word.",
            Self::ProjectSettings => "Edit its name and vision, how it counts days, writes numbers and judges statuses.",
            Self::ShowObjective => "What moves this goal?",
            Self::ShowKpi => "What is this number doing, and will it get there?",
            Self::Back => "Go to what was shown before.",
            Self::Forward => "Go to what was shown after this.",
            Self::Range(TimeRange::Months3) => "Show the last three months.",
            Self::Range(TimeRange::Months6) => "Show the last six months.",
            Self::Range(TimeRange::Year1) => "Show the last twelve months.",
            Self::Range(TimeRange::Cycle) => "Show the cycle that runs now.",
            Self::Range(TimeRange::All) => "Show everything there is.",
            Self::Range(TimeRange::Custom { .. }) => "Show the days between two dates.",
            Self::ToggleInspector => "Show or hide the panel that edits what is selected.",
            Self::Theme(ThemeChoice::System) => "Follow the light or dark setting of the system.",
            Self::Theme(ThemeChoice::Light) => "Dark text on light ground.",
            Self::Theme(ThemeChoice::Dark) => "Light text on dark ground.",
            Self::ZoomIn => "Make everything larger.",
            Self::ZoomOut => "Make everything smaller.",
            Self::ZoomReset => "Show everything at 100 %.",
            Self::FullScreen => "Use the whole screen, or the window again.",
        }
    }

    /// Whether a menu shows a tick beside it.
    pub fn is_on(self, workspace: &Workspace) -> bool {
        let view = &workspace.view;
        match self {
            Self::ShowObjective => view.screen == Screen::Objective,
            Self::ShowKpi => view.screen == Screen::Kpi,
            Self::Range(range) => view.range == range,
            Self::ToggleInspector => view.inspector_open,
            Self::Theme(theme) => workspace.preferences.theme == theme,
            _ => false,
        }
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
            Self::Export => shown(workspace).map(Action::ChooseExport).ok_or("There is nothing to export yet"),
            Self::ExportAll => {
                let project = workspace.project();
                let any = !project.goals.is_empty() || !project.metrics.is_empty();
                when(any, Action::ChooseExport(ExportWhat::All), "There is nothing to export yet")
            }
            Self::Quit => Ok(Action::Quit),
            Self::Undo => when(workspace.document.undo_label().is_some(), Action::Undo, "There is nothing to undo"),
            Self::Redo => when(workspace.document.redo_label().is_some(), Action::Redo, "There is nothing to redo"),
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
            Self::NewMetric => {
                let link = view.objective.clone().map(|goal| (goal, crate::model::Role::Driver));
                Ok(Action::Add(New::Metric { link }))
            }
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
            | Self::Restore => goals::action(self, workspace),
            Self::Remove => match workspace.chosen() {
                several if several.len() > 1 => Ok(edits::remove_goals(workspace.project(), &several).into()),
                _ => view.selected.clone().map(Action::Remove).ok_or("Nothing is selected"),
            },
            Self::Find => Ok(Action::FocusFilter),
            Self::ProjectSettings => Ok(Action::EditProject),
            Self::ShowObjective => Ok(Action::Show(Screen::Objective)),
            Self::ShowKpi => {
                let any = !workspace.project().metrics.is_empty() || view.metric.is_some() || selected_key_result(workspace);
                when(any, Action::Show(Screen::Kpi), "There is no metric yet")
            }
            Self::Back => when(view.can_go_back(), Action::Back, "Nothing was shown before"),
            Self::Forward => when(view.can_go_forward(), Action::Forward, "Nothing was shown after this"),
            Self::Range(TimeRange::Cycle) => {
                let running = workspace.project().cycle_on(workspace.as_of()).is_some();
                when(running, Action::SetRange(TimeRange::Cycle), "No cycle runs on this day")
            }
            Self::Range(range) => Ok(Action::SetRange(range)),
            Self::ToggleInspector => Ok(Action::ToggleInspector),
            Self::Theme(theme) => Ok(Action::SetTheme(theme)),
            Self::ZoomIn => Ok(Action::ZoomIn),
            Self::ZoomOut => Ok(Action::ZoomOut),
            Self::ZoomReset => Ok(Action::ZoomReset),
            Self::FullScreen => Ok(Action::ToggleFullScreen),
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

fn selected_key_result(workspace: &Workspace) -> bool {
    selected_goal(workspace).is_ok_and(|g| g.as_key_result().is_some())
}

/// The goal itself, or the one above an initiative.
fn holder_of_initiatives(workspace: &Workspace, goal: &crate::model::GoalId) -> Option<crate::model::GoalId> {
    let goal = workspace.project().goal(goal)?;
    match goal.kind {
        GoalKind::Objective(_) | GoalKind::KeyResult(_) => Some(goal.id.clone()),
        GoalKind::Initiative(_) => goal.parent.clone(),
    }
}

/// What the screen shows, as a page: the chart of the KPI view, the page of the objective view.
fn shown(workspace: &Workspace) -> Option<ExportWhat> {
    let view = &workspace.view;
    match view.screen {
        Screen::Objective => view.objective.clone().map(ExportWhat::Objective),
        Screen::Kpi => match (&view.metric, &view.selected) {
            (Some(metric), _) => Some(ExportWhat::Chart(metric.clone())),
            (None, Some(Selection::Goal(goal))) => Some(ExportWhat::Objective(goal.clone())),
            (None, _) => None,
        },
    }
}
