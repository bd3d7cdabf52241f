//! The application: one frame after the other.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use egui::{Context, Ui, Vec2, ViewportCommand};

use super::effects::{Purpose, preferences_path};
use super::frame_log::{self, FrameLog};
use super::keeper::{self, Keeper};
use super::presenting::Presenting;
use super::start::FirstFrame;
use super::watching::Watching;
use super::{FileAnswer, JobMode, Services, Start, importing, preferences, shortcuts};
use crate::model::{Project, ProjectId};
use crate::storage;
use crate::ui::fonts;
use crate::ui::frame::{self, PathAnswer, PathDraft};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::Theme;
use crate::ui::widgets;
use crate::workspace::jobs::Jobs;
use crate::workspace::safekeeping::UnsavedNow;
use crate::workspace::{Action, Effect, IdSource, Pointer, Preferences, SafekeepingAction, ThemeChoice, Workspace};

/// How long the program waits, when it ends, for files that are being written.
const LAST_WRITES: Duration = Duration::from_secs(30);

/// The window. Needs an [`egui::Context`] only while it draws, so that tests and benches run it without a window.
pub struct WaymarkApp {
    pub(super) workspace: Workspace,
    pub(super) services: Services,
    pub(super) jobs: Jobs,
    pub(super) scratch: Scratch,
    pub(super) presenting: Presenting,
    watching: Watching,
    /// The window had the keyboard in the last frame.
    had_focus: bool,
    pub(super) theme: Theme,
    /// What egui's style was last made from.
    installed: Option<ThemeChoice>,
    /// The theme that the command line asks for.
    pub(super) theme_of_this_run: Option<ThemeChoice>,
    pub(super) answers: Sender<(Purpose, PathDraft, FileAnswer)>,
    pub(super) dialog_answers: Receiver<(Purpose, PathDraft, FileAnswer)>,
    /// The path that somebody types because there is no dialog.
    pub(super) typed_path: Option<(Purpose, PathDraft)>,
    /// The window may close: nothing would be lost.
    pub(super) closing: bool,
    pub(super) preferences_written: u64,
    pub(super) newest_preferences: Arc<Mutex<u64>>,
    pub(super) writing: Vec<JoinHandle<()>>,
    /// Whose drafts the scratch holds.
    drafts_of: ProjectId,
    /// Found out before there was a frame to start it in.
    waiting: Vec<Effect>,
    /// Puts unsaved changes by; `None` where the system names no folder for it.
    pub(super) keeper: Option<Arc<Keeper>>,
    /// Counts what it was asked for.
    pub(super) last_safekeeping: u64,
    /// Whether a panic has the unsaved changes of this window put by.
    pub(super) guards_panics: bool,
    /// The unsaved state that a panic would put by.
    pub(super) guarded: Option<UnsavedNow>,
    first_frame: FirstFrame,
    frame_log: Option<FrameLog>,
    frame_started: Instant,
    /// Of the window while it was neither maximised nor on the whole screen.
    size: Option<Vec2>,
}

impl WaymarkApp {
    /// Opens on `start`, with the preferences of this user.
    pub fn open(services: Services, start: Start) -> Self {
        let mut preferences = stored_preferences(&services);
        preferences.recent.retain(|path| services.files.exists(path));
        let mut ids = IdSource::seeded(services.seed);
        let project = match start {
            Start::Sample => storage::sample(),
            Start::File(_) => Project::empty(ids.project(), ""),
        };
        let workspace = Workspace::new(project, (services.today)(), ids, preferences);
        let mut app = Self::new(services, workspace);
        if let Start::File(path) = start {
            // Read while the window is being made.
            let (load, other): (Vec<_>, Vec<_>) =
                app.workspace.apply(Action::OpenPath(path)).into_iter().partition(|effect| matches!(effect, Effect::Load { .. }));
            app.run_effects(&Context::default(), load);
            app.waiting = other;
        }
        // What another window left behind is looked for meanwhile.
        let find = app.workspace.apply(Action::Safekeeping(SafekeepingAction::FindUnsaved));
        let (find, other): (Vec<_>, Vec<_>) = find.into_iter().partition(|effect| matches!(effect, Effect::Safekeeping(_)));
        app.run_effects(&Context::default(), find);
        app.waiting.extend(other);
        app
    }

    /// Shows a workspace as it is.
    pub fn new(mut services: Services, workspace: Workspace) -> Self {
        let (answers, dialog_answers) = channel();
        if services.jobs == JobMode::Background {
            workspace.memos.work_in_background();
        }
        let keeper = services.folders.recovery().map(|(recovery, locks)| {
            let now = Arc::clone(&services.now);
            Arc::new(Keeper::new(recovery, locks, now, services.seed))
        });
        Self {
            jobs: services.new_jobs(),
            watching: Watching::start(&mut services),
            had_focus: true,
            drafts_of: workspace.project().id.clone(),
            workspace,
            services,
            scratch: Scratch::default(),
            presenting: Presenting::default(),
            theme: Theme::light(),
            installed: None,
            theme_of_this_run: None,
            answers,
            dialog_answers,
            typed_path: None,
            closing: false,
            preferences_written: 0,
            newest_preferences: Arc::default(),
            writing: Vec::new(),
            waiting: Vec::new(),
            keeper,
            last_safekeeping: 0,
            guards_panics: false,
            guarded: None,
            first_frame: FirstFrame::default(),
            frame_log: None,
            frame_started: Instant::now(),
            size: None,
        }
    }

    /// A theme for this run, whatever the preference.
    #[must_use]
    pub fn with_theme(mut self, theme: Option<ThemeChoice>) -> Self {
        self.theme_of_this_run = theme;
        self
    }

    pub(super) fn with_first_frame(mut self, first_frame: FirstFrame) -> Self {
        self.first_frame = first_frame;
        self
    }

    /// A panic of the program has the unsaved changes of this window put by.
    pub(super) fn guarding_panics(mut self) -> Self {
        self.guards_panics = true;
        self
    }

    pub(super) fn with_frame_log(mut self, log: Option<FrameLog>) -> Self {
        self.frame_log = log;
        self
    }

    /// The state of the window, to look at.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Does something as if a view had asked for it.
    pub fn act(&mut self, ctx: &Context, action: Action) {
        let effects = self.workspace.apply(action);
        self.run_effects(ctx, effects);
        ctx.request_repaint();
    }

    /// What happens once a frame, whatever is drawn.
    fn begin_frame(&mut self, ctx: &Context) {
        self.frame_started = Instant::now();
        self.install_theme(ctx);
        widgets::keep_typed(ctx);
        let waiting = std::mem::take(&mut self.waiting);
        self.run_effects(ctx, waiting);

        let (now, pointer) = ctx.input(|i| {
            let held = i.pointer.any_down() || i.pointer.any_released();
            (i.time, if held { Pointer::Held } else { Pointer::Idle })
        });
        self.workspace.begin_frame(now, pointer);
        let effects = self.workspace.finish_jobs(&mut self.jobs);
        self.run_effects(ctx, effects);
        self.keep_safe(ctx);

        self.size = ctx.input(|i| {
            let viewport = i.viewport();
            let own = !viewport.fullscreen.unwrap_or(false) && !viewport.maximized.unwrap_or(false);
            viewport.inner_rect.filter(|_| own).map(|rect| rect.size()).or(self.size)
        });
        let mut actions = self.take_answers();
        self.watching.follow(&self.workspace.file);
        self.watching.follow_links(&self.workspace.project().id, &self.workspace.links.files);
        let has_focus = ctx.input(|i| i.focused);
        if has_focus && !self.had_focus {
            // Not every file system tells of changes.
            self.watching.look();
        }
        self.had_focus = has_focus;
        actions.extend(self.watching.take_seen());
        let today = (self.services.today)();
        if today != self.workspace.today() {
            actions.push(Action::DayChanged(today));
        }
        actions.extend(importing::dropped(ctx));
        for action in actions {
            self.act(ctx, action);
        }
        self.answer_close_request(ctx);
        if self.workspace.project().id != self.drafts_of {
            self.drafts_of = self.workspace.project().id.clone();
            self.scratch.clear();
            // What was recovered belongs to the project that is open now.
            if !self.workspace.is_restoring_texts() {
                widgets::restore_texts(ctx, Vec::new());
            }
            self.presenting.forget_drafts();
        }
    }

    /// Has put by what is unsaved; also while nothing is drawn.
    fn keep_safe(&mut self, ctx: &Context) {
        let effects = self.workspace.keep_safe();
        if !effects.is_empty() {
            self.run_effects(ctx, effects);
            ctx.request_repaint();
        }
        self.guard_unsaved();
    }

    /// The window closes unless something would be lost.
    fn answer_close_request(&mut self, ctx: &Context) {
        if self.closing || !ctx.input(|i| i.viewport().close_requested()) {
            return;
        }
        let effects = self.workspace.apply(Action::Quit);
        let (closes, others): (Vec<_>, Vec<_>) = effects.into_iter().partition(|effect| *effect == Effect::CloseWindow);
        self.run_effects(ctx, others);
        if closes.is_empty() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            ctx.request_repaint();
        } else {
            self.closing = true;
        }
    }

    /// Gives egui our style when the choice has changed, and follows the system where that is the choice.
    fn install_theme(&mut self, ctx: &Context) {
        let choice = self.theme_of_this_run.unwrap_or(self.workspace.preferences.theme);
        if self.installed.is_none() {
            ctx.set_fonts(fonts::definitions());
            ctx.set_style_of(egui::Theme::Light, Theme::light().style());
            ctx.set_style_of(egui::Theme::Dark, Theme::dark().style());
            ctx.options_mut(|options| {
                options.fallback_theme = egui::Theme::Light;
                // Our own commands, which remember the choice.
                options.zoom_with_keyboard = false;
            });
            ctx.set_zoom_factor(self.workspace.preferences.zoom);
            ctx.send_viewport_cmd(ViewportCommand::Title(self.workspace.title()));
        }
        if self.installed != Some(choice) {
            self.installed = Some(choice);
            ctx.set_theme(match choice {
                ThemeChoice::System => egui::ThemePreference::System,
                ThemeChoice::Light => egui::ThemePreference::Light,
                ThemeChoice::Dark => egui::ThemePreference::Dark,
            });
        }
        let dark = ctx.theme() == egui::Theme::Dark;
        if self.theme.is_dark() != dark {
            self.theme = if dark { Theme::dark() } else { Theme::light() };
        }
    }

    /// Whether something covers the window that wants every key for itself.
    fn is_asking(&self) -> bool {
        let Workspace { question, merging, importing, export_draft, redaction_draft, template_draft, safekeeping, .. } = &self.workspace;
        let offers = safekeeping.snapshots.offered.is_some();
        offers
            || self.typed_path.is_some()
            || question.is_some()
            || merging.is_some()
            || importing.is_some()
            || export_draft.is_some()
            || redaction_draft.is_some()
            || template_draft.is_some()
    }

    fn typed_path_ui(&mut self, ui: &Ui, actions: &mut Vec<Action>) {
        let Some((purpose, mut draft)) = self.typed_path.take() else { return };
        match frame::path_dialog_ui(ui, &self.theme, &mut draft) {
            None => self.typed_path = Some((purpose, draft)),
            Some(PathAnswer::Given(path)) => actions.push(purpose.typed(path)),
            Some(PathAnswer::Cancelled) => actions.push(Action::DialogCancelled),
        }
    }

    fn log_frame(&mut self, ctx: &Context) {
        if let Some(log) = &mut self.frame_log
            && !ctx.will_discard()
        {
            log.line(self.frame_started.elapsed(), &frame_log::cause(ctx));
        }
    }
}

impl eframe::App for WaymarkApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        // Egui may lay a frame out twice; this is for the first time only.
        if ctx.current_pass_index() == 0 {
            self.begin_frame(ctx);
        }
    }

    fn ui(&mut self, ui: &mut Ui, window: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut actions = Vec::new();
        widgets::begin_texts(&ctx);
        // Before any text field sees the keys.
        let commands = if self.is_asking() { Vec::new() } else { shortcuts::pressed(&ctx, &self.workspace) };
        if !self.is_asking() {
            actions.extend(importing::pasted(&ctx, &self.workspace));
        }
        {
            let Self { workspace, jobs, scratch, theme, .. } = self;
            let scene = scene_of(workspace, theme);
            frame::frame_ui(ui, workspace, jobs, &scene, scratch, &mut actions);
        }
        self.presenter_window_ui(&ctx, &mut actions);
        frame::hovering_file_ui(&ctx, &self.theme);
        self.typed_path_ui(ui, &mut actions);
        super::safekeeping::hold_typed(&ctx, &mut actions);
        widgets::end_texts(&ctx);
        self.workspace.hold_texts(widgets::all_texts(&ctx), widgets::waiting_texts(&ctx));
        let changed = !(actions.is_empty() && commands.is_empty());
        for action in actions {
            let effects = self.workspace.apply(action);
            self.run_effects(&ctx, effects);
        }
        for action in shortcuts::actions(commands, &self.workspace) {
            let effects = self.workspace.apply(action);
            self.run_effects(&ctx, effects);
        }
        self.place_windows(&ctx, window);
        let forecasts = self.workspace.start_forecasts();
        self.run_effects(&ctx, forecasts);
        self.keep_safe(&ctx);
        if changed {
            ctx.request_repaint();
        }
        if let Some(deadline) = self.workspace.next_deadline() {
            let wait = (deadline - ctx.input(|i| i.time)).max(0.0);
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
        }
        self.log_frame(&ctx);
        self.first_frame.store(true, std::sync::atomic::Ordering::SeqCst);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.theme.bg.window.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let deadline = Instant::now() + LAST_WRITES;
        while self.jobs.running().iter().any(|job| job.name == "save" || job.name == "export") && Instant::now() < deadline {
            if self.jobs.next_outcome().is_none() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        if let Some(size) = self.size {
            let kept = &mut self.workspace.preferences.window_size;
            if *kept != (size.x, size.y) {
                *kept = (size.x, size.y);
                self.save_preferences();
            }
        }
        if self.guards_panics {
            keeper::guard(None);
        }
        for handle in self.writing.drain(..) {
            if handle.join().is_err() {
                log::error!("the last writing panicked");
            }
        }
    }
}

/// What the window's views are drawn from.
pub(super) fn scene_of<'a>(workspace: &'a Workspace, theme: &'a Theme) -> Scene<'a> {
    Scene {
        document: &workspace.document,
        project: workspace.project(),
        view: &workspace.view,
        theme,
        memos: &workspace.memos,
        failing: &workspace.links.failing,
        outside: &workspace.links.outside,
        as_of: workspace.as_of(),
        evaluation: workspace.evaluation(),
        tree: workspace.tree(),
    }
}

fn stored_preferences(services: &Services) -> Preferences {
    let read = preferences_path(&services.folders).and_then(|path| services.files.read(&path).ok());
    read.map_or_else(Preferences::default, |bytes| preferences::parse(&bytes))
}
