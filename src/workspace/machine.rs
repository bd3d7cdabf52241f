//! The workspace: one action after the other.

use super::file_state::FileState;
use super::files::Discard;
use super::jobs::{Jobs, RequestId};
use super::outside::Merging;
use super::presentation::{MeetingHeld, Presentation};
use super::{
    Action, Effect, ExportRequest, IdSource, Importing, Links, Memos, Preferences, Question, Redaction, RedactionDraft, Safekeeping,
    Severity, Toast, ToastId, View,
};
use crate::analysis::Evaluation;
use crate::document::Document;
use crate::model::{Date, Project, Tree, as_seen};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The state of the window.
#[derive(Debug)]
pub struct Workspace {
    pub document: Document,
    pub view: View,
    pub preferences: Preferences,
    pub file: FileState,
    pub toasts: Vec<Toast>,
    /// The slides, while they are shown to people.
    pub presentation: Option<Presentation>,
    /// What is offered after a presentation in which something was written down.
    pub meeting_held: Option<MeetingHeld>,
    /// What both here and in the file was changed, while somebody chooses.
    pub merging: Option<Merging>,
    /// A table that is looked at before it is imported.
    pub importing: Option<Importing>,
    /// Has to be answered before anything else.
    pub question: Option<Question>,
    /// What the export dialog shows, while it is open.
    pub export_draft: Option<ExportRequest>,
    /// What the dialog about a redacted copy shows, while it is open.
    pub redaction_draft: Option<RedactionDraft>,
    /// The template that the chooser has in hand, while it is open.
    pub template_draft: Option<&'static str>,
    /// Exports that have not ended.
    pub exporting: BTreeMap<RequestId, ExportRequest>,
    /// The last one that ended well: what, how and where to.
    pub exported: Option<ExportRequest>,
    /// What is made for the clipboard.
    pub(super) copying: BTreeSet<RequestId>,
    /// Redacted copies that are being written.
    pub(super) redacting: BTreeMap<RequestId, Redaction>,
    pub memos: Memos,
    pub safekeeping: Safekeeping,
    /// The files that metrics follow.
    pub links: Links,
    /// The forecasts that are being worked out.
    pub(super) forecasting: Option<RequestId>,
    pub(super) today: Date,
    pub(super) ids: IdSource,
    /// Seconds, as of the last [`Self::begin_frame`].
    pub(super) now: f64,
    pub(super) last_request: u64,
    pub(super) last_toast: u64,
    /// What to go on with when the save that was asked for has ended.
    pub(super) after_save: Option<Action>,
    /// Changes that somebody agreed to lose.
    pub(super) discard: Option<Discard>,
    told_title: String,
    told_presenting: bool,
    told_preferences: Preferences,
}

/// Whether a mouse button is down, or was released since the last frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Held,
    Idle,
}

/// How long somebody has to see that a step can be undone.
const SECONDS_TO_UNDO: f64 = 10.0;
/// How long a frame may take over finished jobs.
const DRAIN: Duration = Duration::from_millis(10);

impl Workspace {
    /// Shows a project that is in no file.
    pub fn new(project: Project, today: Date, ids: IdSource, preferences: Preferences) -> Self {
        let mut workspace = Self {
            document: Document::new(project),
            view: View::default(),
            told_preferences: preferences.clone(),
            preferences,
            file: FileState::default(),
            toasts: Vec::new(),
            presentation: None,
            meeting_held: None,
            merging: None,
            importing: None,
            question: None,
            export_draft: None,
            redaction_draft: None,
            template_draft: None,
            exporting: BTreeMap::new(),
            exported: None,
            copying: BTreeSet::new(),
            redacting: BTreeMap::new(),
            memos: Memos::default(),
            safekeeping: Safekeeping::default(),
            links: Links::default(),
            forecasting: None,
            today,
            ids,
            now: 0.0,
            last_request: 0,
            last_toast: 0,
            after_save: None,
            discard: None,
            told_title: String::new(),
            told_presenting: false,
        };
        workspace.look_at_first_goal();
        workspace.look_where_there_is_data();
        workspace
    }

    pub fn project(&self) -> &Arc<Project> {
        self.document.project()
    }

    /// The day that "now" means: chosen in the window, else pinned by the project, else today.
    pub fn as_of(&self) -> Date {
        self.view.as_of.unwrap_or_else(|| self.project().as_of(self.today))
    }

    pub fn today(&self) -> Date {
        self.today
    }

    pub fn tree(&self) -> Arc<Tree> {
        self.memos.tree(&self.document)
    }

    pub fn evaluation(&self) -> Arc<Evaluation> {
        self.memos.evaluation(&self.document, self.as_of())
    }

    /// "● Name – Waymark", the dot while there are unsaved changes.
    pub fn title(&self) -> String {
        let dot = if self.document.is_dirty() { "● " } else { "" };
        let name = as_seen(self.project().name.trim());
        let name = Some(name.as_str()).filter(|n| !n.is_empty()).unwrap_or("Untitled");
        format!("{dot}{name} – Waymark")
    }

    /// Comes first in every frame: toasts go when their time is over, and a drag whose button is up is aborted.
    pub fn begin_frame(&mut self, now: f64, pointer: Pointer) {
        self.now = now;
        self.memos.begin_frame();
        self.toasts.retain(|t| t.until.is_none_or(|until| until > now));
        if pointer == Pointer::Idle && self.document.in_transaction() {
            self.abort_drag();
        }
    }

    /// The time at which the next toast goes or changes are put by, in the seconds of [`Self::begin_frame`]: a frame is needed then.
    pub fn next_deadline(&self) -> Option<f64> {
        self.toasts.iter().filter_map(|t| t.until).chain(self.safekeeping.snapshots.deadline()).min_by(f64::total_cmp)
    }

    /// Takes the outcomes of finished jobs over, in order, for at most 10 ms; what is left comes with the next frame.
    pub fn finish_jobs(&mut self, jobs: &mut Jobs) -> Vec<Effect> {
        let start = Instant::now();
        let mut effects = Vec::new();
        while let Some(outcome) = jobs.next_outcome() {
            effects.extend(self.apply(Action::JobDone(outcome)));
            if start.elapsed() >= DRAIN {
                jobs.wake();
                break;
            }
        }
        effects
    }

    /// Comes last in every frame: has what the frame would have liked to forecast worked out. One job at a time, and none during a drag.
    pub fn start_forecasts(&mut self) -> Vec<Effect> {
        if self.forecasting.is_some() || self.document.in_transaction() {
            return Vec::new();
        }
        let wanted = self.memos.start_forecasts(&self.document);
        if wanted.outlooks.is_empty() {
            return Vec::new();
        }
        let request = self.next_request();
        self.forecasting = Some(request);
        vec![Effect::Forecast { request, project: Arc::clone(self.project()), wanted }]
    }

    /// Does what an action asks for.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.document.in_transaction() && !action.belongs_to_drag() {
            self.abort_drag();
        }
        self.perform(action, &mut effects);
        self.settle_presentation();
        self.settle_file(&mut effects);
        self.settle_import(&mut effects);
        self.settle_links(&mut effects);
        self.tell_changes(&mut effects);
        effects
    }

    /// One action inside another.
    pub(super) fn perform(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Select(selection) => self.select(&selection),
            Action::Mark { goals, lead } => self.mark(goals, lead),
            Action::EditProject => self.edit_project(),
            Action::Visit(selection) => {
                self.visit(&selection);
                self.drill(&selection);
            }
            Action::Present(action) => self.present(action, effects),
            Action::ForgetMeetingHeld => self.meeting_held = None,
            Action::Show(screen) => self.show(screen),
            Action::Back => self.go_back(),
            Action::Forward => self.go_forward(),
            Action::SetRange(range) => match self.presented_chart() {
                Some(presentation) => presentation.look_over(range),
                None => self.view.range = range,
            },
            Action::Cycles(action) => self.act_on_cycles(action),
            Action::SetKpiMode(mode) => match self.presented_chart() {
                Some(presentation) => presentation.look_in(mode),
                None => self.view.kpi_mode = mode,
            },
            Action::ShowKpi(mode) => {
                self.show(super::Screen::Kpi);
                self.view.kpi_mode = mode;
            }
            Action::Arrange(arrangement) => self.view.arranged.set(arrangement),
            Action::SetFilter(filter) => self.view.filter = filter,
            Action::FocusFilter => effects.push(Effect::FocusFilter),
            Action::ToggleCollapsed(goal) => self.toggle_collapsed(goal),
            Action::ToggleArchive => self.view.archive_open = !self.view.archive_open,
            Action::Rename(goal) => self.rename(goal),
            Action::ToggleInspector => self.view.set_inspector(!self.view.shows_inspector()),
            Action::SetAsOf(date) => {
                self.view.as_of = date;
                // Another day has another agenda.
                self.view.arranged.review = self.view.arranged.review.started_over();
            }
            Action::ToggleWhy => self.view.why_open = !self.view.why_open,
            Action::OpenSheet(sheet) => self.open_sheet(sheet),
            Action::CloseSheet => self.view.sheet = None,
            Action::Remember(command) => self.preferences.remember_command(command),

            Action::Edit { label, edit } => self.edit(&label, edit),
            Action::Refused(message) => self.toast(Severity::Warning, message),
            Action::BeginDrag { label } => self.document.begin(&label),
            Action::CommitDrag => self.document.commit(),
            Action::AbortDrag => self.abort_drag(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Add(new) => self.add(new),
            Action::Duplicate(goals) => self.duplicate(&goals),
            Action::Remove(selection) => self.remove(&selection),
            Action::CheckIn(said) => self.check_in(said),
            Action::SetUserName(name) => self.preferences.user_name = name,

            Action::New => self.new_project(effects),
            Action::SetTemplateDraft(draft) => self.template_draft = draft,
            Action::NewFromTemplate(name) => self.new_from_template(name, effects),
            Action::Open => self.open(effects),
            Action::OpenPath(path) => self.open_path(path, effects),
            Action::OpenSample => self.open_sample(effects),
            Action::ClearRecent => self.preferences.recent.clear(),
            Action::Save => self.save(effects),
            Action::SaveAs => self.save_as(effects),
            Action::SavePath(path) => self.save_path(path, effects),
            Action::SaveOver(path) => self.save_over(path, effects),
            Action::SetRedactionDraft(draft) => self.redaction_draft = draft,
            Action::SaveRedacted(redaction) => self.save_redacted(redaction, effects),
            Action::ExportRedacted(draft) => self.export_redacted(draft),
            Action::RedactTo { path, redaction, overwrite } => self.redact_to(path, redaction, overwrite, effects),
            Action::DialogCancelled => self.dialog_cancelled(),
            Action::ChooseExport(what) => self.choose_export(what),
            Action::SetExportDraft(draft) => self.export_draft = draft,
            Action::Export(request) => self.export(request, effects),
            Action::ExportAgain => self.export_again(effects),
            Action::Copy(what, form) => self.copy(what, form, effects),
            Action::CancelExport(request) => effects.push(Effect::CancelJob(request)),
            Action::CopyText(text) => {
                effects.push(Effect::CopyText(text));
                self.toast(Severity::Info, "Copied".to_owned());
            }
            Action::CopyTable => self.copy_table(effects),
            Action::Merge(action) => self.act_on_merge(action, effects),
            Action::Import(action) => self.act_on_import(action, effects),
            Action::Refresh(action) => self.act_on_refresh(action, effects),
            Action::FileSeen(path, seen) => self.file_seen(&path, seen),
            Action::JobDone(outcome) => self.job_done(outcome, effects),
            Action::Adopt(opened) => self.adopt(opened),
            Action::Confirmed(question, answer) => self.answer(question, answer, effects),
            Action::Quit => self.quit(effects),
            Action::Safekeeping(action) => self.act_safely(action, effects),

            Action::SetTheme(theme) => {
                self.preferences.theme = theme;
                effects.push(Effect::SetTheme(theme));
            }
            Action::ZoomIn => self.zoom(Preferences::zoom_in, effects),
            Action::ZoomOut => self.zoom(Preferences::zoom_out, effects),
            Action::ZoomReset => self.zoom(|p| p.zoom = 1.0, effects),
            Action::ToggleFullScreen => effects.push(Effect::ToggleFullScreen),
            Action::ShowToast(severity, text) => self.toast(severity, text),
            Action::DismissToast(id) => self.toasts.retain(|t| t.id != id),
            Action::DayChanged(today) => self.today = today,
        }
    }

    fn zoom(&mut self, change: impl FnOnce(&mut Preferences), effects: &mut Vec<Effect>) {
        change(&mut self.preferences);
        effects.push(Effect::SetZoom(self.preferences.zoom));
    }

    fn tell_changes(&mut self, effects: &mut Vec<Effect>) {
        let presenting = self.presentation.is_some();
        if presenting != self.told_presenting {
            self.told_presenting = presenting;
            effects.push(if presenting { Effect::BeginPresenting } else { Effect::EndPresenting });
        }
        let title = self.title();
        if title != self.told_title {
            self.told_title.clone_from(&title);
            effects.push(Effect::SetTitle(title));
        }
        if self.preferences != self.told_preferences {
            self.told_preferences = self.preferences.clone();
            effects.push(Effect::SavePreferences);
        }
    }

    /// Says something; what is said already is not said twice.
    pub(super) fn toast(&mut self, severity: Severity, text: String) {
        self.toast_until(severity, text, severity.seconds().map(|seconds| self.now + seconds));
    }

    /// Says what the step that was just done did, and offers to undo it.
    pub(super) fn toast_with_undo(&mut self, text: String) {
        self.toast_for(Severity::Success, text, SECONDS_TO_UNDO);
        let step = self.document.save_point();
        if let Some(toast) = self.toasts.last_mut() {
            toast.of_step = Some(step);
        }
    }

    /// As [`Self::toast`], for as many seconds.
    pub(super) fn toast_for(&mut self, severity: Severity, text: String, seconds: f64) {
        self.toast_until(severity, text, Some(self.now + seconds));
    }

    fn toast_until(&mut self, severity: Severity, text: String, until: Option<f64>) {
        self.toasts.retain(|t| t.text != text);
        self.last_toast += 1;
        self.toasts.push(Toast { id: ToastId(self.last_toast), severity, text, until, of_step: None });
        if self.toasts.len() > Toast::MOST {
            self.toasts.remove(0);
        }
    }

    pub(super) fn next_request(&mut self) -> RequestId {
        self.last_request += 1;
        RequestId(self.last_request)
    }
}
