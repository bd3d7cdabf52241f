//! The windows of a presentation: slides on the whole screen, notes on another display, and everything as before when it ends.

use egui::{Context, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId, vec2};

use std::time::Duration;

use super::WaymarkApp;
use super::app::scene_of;
use crate::ui::present::{Clock, presenter_ui};
use crate::ui::scene::Scratch;
use crate::workspace::presentation::PresentAction;
use crate::workspace::{Action, Severity};

/// The displays of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Displays {
    pub count: usize,
    /// The one that the window is on.
    pub window_on: usize,
}

impl Default for Displays {
    fn default() -> Self {
        Self { count: 1, window_on: 0 }
    }
}

impl Displays {
    pub(super) fn of_window(frame: &eframe::Frame) -> Self {
        let Some(window) = frame.winit_window() else { return Self::default() };
        let current = window.current_monitor();
        let all: Vec<_> = window.available_monitors().collect();
        let window_on = all.iter().position(|monitor| Some(monitor) == current.as_ref()).unwrap_or_default();
        Self { count: all.len(), window_on }
    }
}

/// What the windows of a presentation are to do when the displays are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Begin,
    Swap,
}

/// Where the windows of a presentation are.
#[derive(Default)]
pub(super) struct Presenting {
    wanted: Option<Wanted>,
    /// Whether the window had the whole screen before.
    full_before: bool,
    slides_on: Option<usize>,
    presenter_on: Option<usize>,
    scratch: Scratch,
}

fn presenter_id() -> ViewportId {
    ViewportId::from_hash_of("presenter")
}

impl Presenting {
    pub(super) fn begin(&mut self, ctx: &Context) {
        self.full_before = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
        (self.slides_on, self.presenter_on) = (None, None);
        self.wanted = Some(Wanted::Begin);
        ctx.request_repaint();
    }

    pub(super) fn end(&mut self, ctx: &Context) {
        self.wanted = None;
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.full_before));
        self.forget_drafts();
    }

    pub(super) fn swap(&mut self, ctx: &Context) {
        self.wanted = Some(Wanted::Swap);
        ctx.request_repaint();
    }

    pub(super) fn forget_drafts(&mut self) {
        self.scratch.clear();
    }
}

impl WaymarkApp {
    /// Moves the windows of a presentation to where they were asked to be.
    pub(super) fn place_windows(&mut self, ctx: &Context, window: &eframe::Frame) {
        let Some(wanted) = self.presenting.wanted.take() else { return };
        let displays = (self.services.displays)(window);
        let on = self.presenting.slides_on.unwrap_or(displays.window_on);
        if displays.count < 2 {
            match wanted {
                Wanted::Begin => ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true)),
                Wanted::Swap => self.act(ctx, Action::ShowToast(Severity::Info, "There is only one display.".to_owned())),
            }
            return;
        }
        // The audience looks at the other display; the laptop keeps the notes.
        let to = (on + 1) % displays.count;
        (self.presenting.slides_on, self.presenting.presenter_on) = (Some(to), Some(on));
        ctx.send_viewport_cmd(ViewportCommand::SetMonitor(to));
        let open = self.workspace.presentation.as_ref().is_some_and(|p| p.presenter);
        if open {
            ctx.send_viewport_cmd_to(presenter_id(), ViewportCommand::SetMonitor(on));
        } else if wanted == Wanted::Begin {
            self.act(ctx, Action::Present(PresentAction::TogglePresenter));
        }
    }

    /// The presenter's own window, while it is open. Its clock is the one reason for frames without a cause.
    pub(super) fn presenter_window_ui(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let Self { workspace, services, theme, presenting, .. } = self;
        let Some(presentation) = workspace.presentation.as_ref().filter(|p| p.presenter) else { return };
        let scene = scene_of(workspace, theme);
        let mut builder = ViewportBuilder::default().with_title("Presenter – Waymark").with_inner_size(vec2(1120.0, 720.0));
        if let Some(display) = presenting.presenter_on {
            builder = builder.with_monitor(display);
        }
        let seconds = (ctx.input(|i| i.time) - presentation.since).max(0.0);
        let clock = Clock { now: (services.time)().format("%H:%M").to_string(), seconds: seconds as u64 };
        let scratch = &mut presenting.scratch;
        ctx.show_viewport_immediate(presenter_id(), builder, |ui, class| {
            if class == ViewportClass::EmbeddedWindow {
                ui.set_min_size(vec2(720.0, 440.0));
            } else if ui.input(|i| i.viewport().close_requested()) {
                actions.push(Action::Present(PresentAction::TogglePresenter));
            }
            presenter_ui(ui, workspace, presentation, &scene, &clock, scratch, actions);
            // To the next full second.
            ui.ctx().request_repaint_after(Duration::from_secs_f64(1.0 - seconds.fract()));
        });
    }
}
