//! Everything around a view: top bar and menus, goal tree, status bar, dialogs and messages; and which view is in the middle.
//!
//! Not here: what a view shows (`views`), the panel that edits (`inspector`), and what an action does (`workspace`).

mod banner;
mod cycle_switch;
mod day;
mod export_dialog;
mod held;
mod linked;
mod menu;
mod outside;
mod path_dialog;
mod questions;
mod redaction_dialog;
mod status_bar;
mod template_dialog;
mod top_bar;
mod tree;
mod typed;

use egui::os::OperatingSystem;
use egui::{CentralPanel, CornerRadius, Frame, Id, LayerId, Margin, Panel, PointerState, Ui};

pub(in crate::ui) use top_bar::shortened;

pub use path_dialog::{PathAnswer, PathDraft, path_dialog_ui};

use super::scene::{Medium, Scene, Scratch};
use super::theme::{TextSize, Theme, radius, size, space, stroke};
use super::{arrival, inspector, present, sheets, views};
use crate::workspace::command::System;
use crate::workspace::jobs::Jobs;
use crate::workspace::{Action, ImportSource, Screen, Workspace};

/// The field that filters the goal tree, to put the cursor into.
pub fn filter_id() -> Id {
    tree::filter_id()
}

/// The whole window, but for what the shell itself asks.
pub fn frame_ui(ui: &mut Ui, workspace: &Workspace, jobs: &Jobs, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    close_tooltips_under_a_dialog(ui, scratch);
    match &workspace.presentation {
        Some(presentation) => present::present_ui(ui, workspace, presentation, scene, scratch, actions),
        None => desk_ui(ui, workspace, jobs, scene, scratch, actions),
    }
    export_dialog::export_dialog_ui(ui, workspace, scene, actions);
    redaction_dialog::redaction_dialog_ui(ui, workspace, scene, actions);
    template_dialog::template_dialog_ui(ui, workspace, scene.theme, actions);
    sheets::sheets_ui(ui, workspace, jobs, scene, scratch, actions);
    super::why::why_card_ui(ui, scene, scratch, actions);
    if workspace.presentation.is_none() {
        menu::keys_ui(ui, scene.theme, scratch);
    }
    questions::open_question_ui(ui, workspace, scene.theme, actions);
    questions::messages_ui(ui, workspace, scene.theme, actions);
}

/// A tooltip of what a dialog now covers would stay over it for as long as the pointer rests: where the pointer is does not count from the
/// moment a dialog opens until it moves.
fn close_tooltips_under_a_dialog(ui: &Ui, scratch: &mut Scratch) {
    let on_top = ui.memory(egui::Memory::top_modal_layer);
    let before = std::mem::replace(scratch.of::<Option<LayerId>>(Id::unique("dialog on top")), on_top);
    if on_top.is_some() && on_top != before {
        ui.input_mut(|i| i.pointer = PointerState::default());
    }
}

/// The views with what is around them.
fn desk_ui(ui: &mut Ui, workspace: &Workspace, jobs: &Jobs, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    top_bar::top_bar_ui(ui, workspace, scene, scratch, actions);
    present::meeting_offer_ui(ui, workspace, scene, actions);
    held::banner_ui(ui, workspace, scene, actions);
    outside::outside_banner_ui(ui, workspace, scene, actions);
    linked::linked_banner_ui(ui, workspace, scene, actions);
    typed::typed_banner_ui(ui, workspace, scene, actions);
    day::banner_ui(ui, workspace, scene, actions);
    status_bar::status_bar_ui(ui, workspace, jobs, scene, actions);
    // Where not all fits, the inspector has the tree's place, and so has the agenda of a review; finding a goal brings the tree back.
    let inspects = scene.view.shows_inspector();
    let beside = ui.available_width() - size::TREE_MIN - if inspects { size::INSPECTOR } else { 0.0 };
    let needs = if scene.view.screen == Screen::Review { size::REVIEW_MIN } else { size::VIEW_MIN };
    let steps_back = beside < needs && (inspects || scene.view.screen == Screen::Review);
    let finding = ui.memory(|memory| memory.has_focus(filter_id()));
    if !steps_back || finding {
        tree::tree_panel_ui(ui, workspace, scene, scratch, actions);
    }
    if inspects && !(steps_back && finding) {
        let frame = Frame::new().fill(scene.theme.bg.panel);
        Panel::right("inspector").resizable(false).exact_size(size::INSPECTOR).frame(frame).show(ui, |ui| {
            inspector::inspector_ui(ui, scene, scratch, actions);
        });
    }
    CentralPanel::no_frame().frame(Frame::new().fill(scene.theme.bg.window)).show(ui, |ui| match scene.view.screen {
        Screen::Board => views::board_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Objective => views::objective_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Kpi => views::kpi_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Map => views::map_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Scorecard => views::scorecard_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Roadmap => views::roadmap_ui(ui, scene, scratch, Medium::Screen, actions),
        Screen::Review => views::review_ui(ui, workspace, scene, scratch, actions),
    });
    arrival::arrive(ui, scene.view, scratch);
}

/// Says what letting go of a file would do, while one is held over the window.
pub fn hovering_file_ui(ctx: &egui::Context, theme: &Theme) {
    if ctx.input(|i| i.raw.hovered_files.is_empty()) {
        return;
    }
    let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("hovering file"));
    let painter = ctx.layer_painter(layer);
    let window = ctx.content_rect();
    painter.rect_filled(window, 0.0, theme.bg.window.gamma_multiply(0.85));
    painter.rect_stroke(window.shrink(space::S), radius::CARD, theme.stroke(stroke::FOCUS, theme.accent.accent), egui::StrokeKind::Inside);
    let tables = ctx.input(|i| {
        let mut paths = i.raw.hovered_files.iter().filter_map(|file| file.path.as_deref()).peekable();
        paths.peek().is_some() && paths.all(ImportSource::is_table)
    });
    let words = if tables { "Drop the table to import it" } else { "Drop the file to open it" };
    painter.text(window.center(), egui::Align2::CENTER_CENTER, words, theme.font(TextSize::Title), theme.text.strong);
}

/// The keyboard that people have in front of them.
pub fn system_of(os: OperatingSystem) -> System {
    match os {
        OperatingSystem::Mac | OperatingSystem::IOS => System::MacOs,
        OperatingSystem::Windows => System::Windows,
        _ => System::Linux,
    }
}

/// The ground of a dialog.
pub(in crate::ui) fn dialog_frame(theme: &Theme) -> Frame {
    Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(space::XL as i8))
}
