//! What can be asked of the workspace, and what it asks of the world.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::command::Command;
use super::files::file_name;
use super::jobs::{Opened, Outcome, Picture, RequestId};
use super::refreshing::outside_words;
use super::safekeeping::{counts_words, holder_words, time_words};
use super::{
    Arrangement, CopyAs, CycleAction, ExportRequest, ExportWhat, ImportAction, KpiMode, MergeAction, OutsideEffect, PresentAction,
    QuickGoal, Redaction, RedactionDraft, RefreshAction, Refusal, SafekeepingAction, SafekeepingEffect, SaveWay, Screen, Seen, Selection,
    Severity, Sheet, Stored, ThemeChoice, TimeRange, ToastId,
};
use crate::document::edits::{NewCheckIn, NewEntry};
use crate::document::merge::{ConflictId, Side};
use crate::document::{Change, Edit, EditError, SavePoint};
use crate::model::{Date, Formula, GoalId, MetricId, MissingInput, Project, Role};
use crate::storage::templates::LibraryMetric;
use crate::storage::{Damage, Found, Holder, OutsideFile};

/// Everything that can happen. Views answer with these; they are applied in order at the end of a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    // What is looked at.
    /// Selects, and stays on the screen where that can show it.
    Select(Selection),
    /// Selects several goals, and looks at one of them.
    Mark {
        goals: BTreeSet<GoalId>,
        lead: GoalId,
    },
    /// Selects, and goes to the screen that is about it.
    Visit(Selection),
    /// Selects nothing, so that the inspector, which opens, edits the project itself.
    EditProject,
    Show(Screen),
    Back,
    Forward,
    SetRange(TimeRange),
    Cycles(CycleAction),
    SetKpiMode(KpiMode),
    /// Goes to the KPI view, in this mode.
    ShowKpi(KpiMode),
    Arrange(Arrangement),
    SetFilter(String),
    FocusFilter,
    ToggleCollapsed(GoalId),
    ToggleArchive,
    /// Edits the title of this goal in the tree; `None` ends that.
    Rename(Option<GoalId>),
    ToggleInspector,
    /// Opens or closes the card that explains a number.
    ToggleWhy,
    SetAsOf(Option<Date>),
    /// Slides, shown to people.
    Present(PresentAction),
    /// The question whether this was the last meeting is not asked any more.
    ForgetMeetingHeld,
    /// Opens a sheet over the view, in the place of one that is open.
    OpenSheet(Sheet),
    CloseSheet,
    /// A command was chosen by its name: it is offered first from now on.
    Remember(Command),

    // Changes of the project.
    Edit {
        label: String,
        edit: Edit,
    },
    /// A change that could not even be worded; said in a toast.
    Refused(String),
    BeginDrag {
        label: String,
    },
    CommitDrag,
    AbortDrag,
    Undo,
    Redo,
    /// Adds something with a new id and selects it.
    Add(New),
    /// Copies goals with everything under them and selects the copies.
    Duplicate(Vec<GoalId>),
    /// A goal goes with everything under it.
    Remove(Selection),
    /// Writes down what is said of goals, as one step.
    CheckIn(Vec<NewCheckIn>),
    /// Who checks in from now on.
    SetUserName(String),

    // Files.
    New,
    /// The template that the chooser has in hand, by name; `None` closes it.
    SetTemplateDraft(Option<&'static str>),
    /// A new project from a template.
    NewFromTemplate(&'static str),
    Open,
    OpenPath(PathBuf),
    OpenSample,
    ClearRecent,
    Save,
    SaveAs,
    /// Saves to a path; asks before it replaces another file.
    SavePath(PathBuf),
    /// Saves to a path that the dialog has already asked about.
    SaveOver(PathBuf),
    /// The file was looked at.
    FileSeen(PathBuf, Seen),
    /// What others did to the file.
    Merge(MergeAction),
    /// A table that is to be imported.
    Import(ImportAction),
    /// Files that metrics follow.
    Refresh(RefreshAction),
    /// What the dialog about a redacted copy shows now; `None` closes it.
    SetRedactionDraft(Option<RedactionDraft>),
    /// Asks where a redacted copy goes.
    SaveRedacted(Redaction),
    /// Writes a redacted copy; unless it was asked about, it asks before it replaces a file.
    RedactTo {
        path: PathBuf,
        redaction: Redaction,
        overwrite: bool,
    },
    /// Goes on to the export dialog.
    ExportRedacted(RedactionDraft),
    /// A file dialog was closed without a choice.
    DialogCancelled,
    /// Opens the export dialog for this.
    ChooseExport(ExportWhat),
    /// What the export dialog shows now; `None` closes it.
    SetExportDraft(Option<ExportRequest>),
    Export(ExportRequest),
    /// The last export once more, to where it went.
    ExportAgain,
    CancelExport(RequestId),
    /// Puts it on the clipboard.
    Copy(ExportWhat, CopyAs),
    CopyText(String),
    /// Copies the table behind what is shown.
    CopyTable,
    JobDone(Outcome),
    /// Shows a project that was loaded or made.
    Adopt(Opened),
    Confirmed(Question, Answer),
    Quit,
    /// Unsaved changes that were put by, earlier versions, and who has the file.
    Safekeeping(SafekeepingAction),

    // The window.
    SetTheme(ThemeChoice),
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleFullScreen,
    ShowToast(Severity, String),
    DismissToast(ToastId),
    /// Midnight passed.
    DayChanged(Date),
}

/// What [`Action::Add`] adds.
#[derive(Clone, Debug, PartialEq)]
pub enum New {
    /// A goal of one sentence, with its metric, its initiative and its objective where they are new.
    Sentence(Box<QuickGoal>),
    Objective {
        parent: Option<GoalId>,
    },
    KeyResult {
        objective: GoalId,
        metric: Option<MetricId>,
    },
    Initiative {
        parent: GoalId,
    },
    Metric {
        link: Option<(GoalId, Role)>,
    },
    /// A metric of the library; computed from others, those that the project lacks come with it.
    FromLibrary {
        metric: &'static LibraryMetric,
        origin: LibraryOrigin,
        link: Option<(GoalId, Role)>,
    },
    /// A metric that counts a part of another one.
    Segment {
        whole: MetricId,
        dimension: String,
        value: String,
    },
    /// A formula in the place of points, which go to a metric of their own.
    Formula {
        metric: MetricId,
        formula: Formula,
        missing: MissingInput,
    },
    Event {
        date: Date,
        metrics: Vec<MetricId>,
    },
    Cycle {
        start: Date,
        end: Date,
    },
    /// A line of the meeting log.
    Entry(NewEntry),
}

/// Where the values of a metric of the library come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibraryOrigin {
    Recorded,
    Computed,
}

/// What has to be answered before anything else; drawn as a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Save, discard or cancel, before something takes the project's place.
    UnsavedChanges { then: Box<Action> },
    /// Something stands in fields and is not entered: leave it, or go back to it.
    NotEntered { then: Box<Action>, words: String },
    /// Replace the file or cancel.
    Overwrite { path: PathBuf, then: Box<Action> },
    /// A save was refused: how to go on.
    NotSaved { path: PathBuf, way: SaveWay, refusal: Refusal },
    /// Whether unsaved changes that were found may go.
    DiscardUnsaved { id: Found, name: String },
    /// A file that was to be opened is damaged: whether a version of it is opened instead.
    Damaged { damage: Damage, until: Option<NaiveDateTime>, version: Opened },
    /// Another window has the file that was to be saved.
    HeldElsewhere(Holder),
    /// Whether a file outside the project's folder, which the project calls `path`, may be read.
    ReadOutside { path: String, file: OutsideFile },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Save,
    Discard,
    Overwrite,
    /// With what others did.
    Merge,
    /// To a file of another name.
    SaveCopy,
    /// In spite of what was said.
    Anyway,
    /// The same once more.
    Again,
    /// The version that is offered.
    OpenVersion,
    TakeOver,
    Allow,
    Cancel,
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Action::OpenPath`] or [`Action::DialogCancelled`].
    AskOpenPath,
    /// Answered by [`Action::SavePath`], [`Action::SaveOver`] or [`Action::DialogCancelled`].
    AskSavePath {
        suggested: String,
    },
    /// Answered by [`Action::RedactTo`] or [`Action::DialogCancelled`].
    AskRedactedPath {
        suggested: String,
        redaction: Redaction,
    },
    /// Answered by [`Action::Export`] with a path, or [`Action::DialogCancelled`].
    AskExportPath {
        suggested: String,
        request: ExportRequest,
    },
    Load {
        request: RequestId,
        path: PathBuf,
    },
    LoadSample {
        request: RequestId,
    },
    Save {
        request: RequestId,
        project: Arc<Project>,
        path: PathBuf,
        save_point: SavePoint,
        way: SaveWay,
    },
    /// Brings what the file holds together with the project ([`super::bring_together`]); the file is read where `theirs` is not there.
    Bring {
        request: RequestId,
        path: PathBuf,
        base: Arc<Project>,
        mine: Arc<Project>,
        theirs: Option<Stored>,
        chosen: BTreeMap<ConflictId, Side>,
    },
    /// Reads the files that metrics follow ([`super::read_linked`]). Answered by [`Done::Refreshed`](super::jobs::Done::Refreshed).
    Refresh {
        request: RequestId,
        project: Arc<Project>,
        /// Of the project, in whose folder they lie.
        path: PathBuf,
        today: Date,
    },
    /// Answered by [`Done::Outside`](super::jobs::Done::Outside).
    Outside {
        request: RequestId,
        effect: OutsideEffect,
    },
    /// Writes a redacted copy of the project. Answered by [`Done::Exported`](super::jobs::Done::Exported).
    Redact {
        request: RequestId,
        project: Arc<Project>,
        redaction: Redaction,
        path: PathBuf,
        overwrite: bool,
    },
    Export {
        request: RequestId,
        project: Arc<Project>,
        export: ExportRequest,
        as_of: Date,
    },
    /// Makes what the clipboard is to hold of something. Answered by [`Done::Copied`](super::jobs::Done::Copied).
    Copy {
        request: RequestId,
        project: Arc<Project>,
        export: ExportRequest,
        as_of: Date,
    },
    /// Answered by [`Action::Import`] with a file, or [`Action::DialogCancelled`].
    AskImportPath,
    /// Looks at a table ([`super::importing::find`]); a file is read first. Answered by [`Done::Imported`](super::jobs::Done::Imported).
    Import {
        request: RequestId,
        ask: Box<super::importing::Ask>,
    },
    /// Answered by forecasts ([`super::work_out`]).
    Forecast {
        request: RequestId,
        project: Arc<Project>,
        wanted: super::Wanted,
    },
    Safekeeping(SafekeepingEffect),
    CancelJob(RequestId),
    CopyText(String),
    CopyPicture(Picture),
    SetTheme(ThemeChoice),
    SetZoom(f32),
    ToggleFullScreen,
    /// The slides have the whole screen, until [`Self::EndPresenting`].
    BeginPresenting,
    /// The window is as it was before.
    EndPresenting,
    /// The slides go to the next display, the presenter's window to where they were.
    SwapDisplays,
    SetTitle(String),
    FocusFilter,
    SavePreferences,
    CloseWindow,
    /// Another frame is needed.
    Wake,
}

/// When something has to be decided.
fn before_words(then: &Action) -> &'static str {
    match then {
        Action::Quit => "before Waymark closes",
        Action::New | Action::NewFromTemplate(_) => "before a new project is made",
        _ => "before another project is opened",
    }
}

impl Question {
    pub fn title(&self) -> &'static str {
        match self {
            Self::UnsavedChanges { .. } => "Unsaved changes",
            Self::NotEntered { .. } => "Typed and not entered",
            Self::Overwrite { .. } => "Replace the file?",
            Self::NotSaved { refusal, .. } => refusal.title(),
            Self::DiscardUnsaved { .. } => "Discard unsaved changes?",
            Self::Damaged { .. } => "The file is damaged",
            Self::HeldElsewhere(_) => "Open in another window",
            Self::ReadOutside { .. } => "Read a file outside the project's folder?",
        }
    }

    /// What is asked, in one or two sentences.
    pub fn text(&self, project_name: &str) -> String {
        match self {
            Self::UnsavedChanges { then } => {
                format!("Save the changes to “{project_name}” {}? Otherwise they are lost.", before_words(then))
            }
            Self::NotEntered { then, words } => {
                format!("Enter it {}, or it is lost. It is no part of “{project_name}” yet: {words}.", before_words(then))
            }
            Self::Overwrite { path, .. } => format!("“{}” is already there. Replace it?", file_name(path)),
            Self::NotSaved { path, refusal, .. } => refusal.text(path),
            Self::DiscardUnsaved { name, .. } => format!("The unsaved changes to “{name}” are deleted and cannot be brought back."),
            Self::Damaged { damage, until, version } => {
                let name = version.path.as_deref().map(file_name).unwrap_or_default();
                let when = until.map_or_else(String::new, |until| format!(" of {}", time_words(until)));
                let counts = counts_words(&version.project);
                format!(
                    "“{name}” cannot be opened: {damage}. A version{when} was kept when it was last saved ({counts}). Opened, it replaces \
                     the damaged file only when you save."
                )
            }
            Self::HeldElsewhere(holder) => {
                format!("{}. Taken over, both windows can save; the second one is asked to merge.", holder_words(*holder))
            }
            Self::ReadOutside { path, file } => outside_words(path, file, project_name),
        }
    }

    /// The answers in the order of their buttons, each with its word; the first is the safe and usual one.
    pub fn answers(&self) -> &'static [(Answer, &'static str)] {
        match self {
            Self::UnsavedChanges { .. } => &[(Answer::Save, "Save"), (Answer::Discard, "Discard changes"), (Answer::Cancel, "Cancel")],
            Self::NotEntered { .. } => &[(Answer::Cancel, "Go back to it"), (Answer::Discard, "Discard it")],
            Self::Overwrite { .. } => &[(Answer::Cancel, "Cancel"), (Answer::Overwrite, "Replace")],
            Self::NotSaved { refusal, .. } => refusal.answers(),
            Self::DiscardUnsaved { .. } => &[(Answer::Cancel, "Keep"), (Answer::Discard, "Discard")],
            Self::Damaged { .. } => &[(Answer::OpenVersion, "Open that version"), (Answer::Cancel, "Cancel")],
            Self::HeldElsewhere(_) => {
                &[(Answer::SaveCopy, "Save a copy…"), (Answer::TakeOver, "Take over and save"), (Answer::Cancel, "Cancel")]
            }
            Self::ReadOutside { .. } => &[(Answer::Cancel, "Not now"), (Answer::Allow, "Allow reading it")],
        }
    }
}

impl Action {
    /// Whether a drag in hand goes on: any other action aborts it.
    pub(super) fn belongs_to_drag(&self) -> bool {
        matches!(
            self,
            Self::Edit { .. }
                | Self::Refused(_)
                | Self::CommitDrag
                | Self::AbortDrag
                | Self::JobDone(_)
                | Self::FileSeen(..)
                | Self::ShowToast(..)
                | Self::DismissToast(_)
                | Self::DayChanged(_)
        )
    }
}

impl From<Change> for Action {
    fn from(Change { label, edit }: Change) -> Self {
        Self::Edit { label, edit }
    }
}

impl From<Result<Change, EditError>> for Action {
    fn from(change: Result<Change, EditError>) -> Self {
        change.map_or_else(|error| Self::Refused(super::editing::sentence(&error.to_string())), Self::from)
    }
}
