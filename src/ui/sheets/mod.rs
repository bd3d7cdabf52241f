//! Tasks that take the whole attention for a while: each a sheet over the view, with a title and a way out.
//!
//! What is typed there and not yet committed is kept in the [`Scratch`]. A sheet closes by Esc, by its button and by a click beside it;
//! what was committed stays. Not here: dialogs that something else waits for (`frame`), and what the answers do (`workspace`).

mod carry_over;
mod check_ins;
mod close;
mod conflicts;
mod cycles;
mod data;
mod events;
mod glossary;
mod import;
mod initiatives;
mod library;
mod palette;
mod parts;
mod plan;
mod quick_entry;
mod refresh;
mod unsaved;
mod versions;

use egui::{Align, Id, Layout, Modal, ScrollArea, Ui};

pub(in crate::ui) use check_ins::{BY_HAND, check_in_row_ui};
pub use glossary::{gloss_ui, term_ui};

pub(in crate::ui) use parts::band_ui;

use super::frame::dialog_frame;
use super::icons;
use super::scene::{Scene, Scratch};
use super::theme::{TextSize, Theme, size, space};
use super::widgets;
use crate::workspace::jobs::Jobs;
use crate::workspace::{Action, Sheet, Workspace};

/// The sheet that is open, if one is.
pub fn sheets_ui(ui: &Ui, workspace: &Workspace, jobs: &Jobs, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    match &workspace.merging {
        Some(merging) => return conflicts::conflicts_ui(ui, workspace, merging, scene, scratch, actions),
        None => conflicts::forget(scratch),
    }
    if let Some(importing) = &workspace.importing {
        return import::import_ui(ui, workspace, importing, jobs, scene, scratch, actions);
    }
    match &scene.view.sheet {
        None => {}
        Some(Sheet::Initiatives(under)) => initiatives::initiatives_ui(ui, scene, scratch, under.as_ref(), actions),
        Some(Sheet::Plan(goal)) => plan::plan_ui(ui, scene, scratch, goal, actions),
        Some(Sheet::CheckIns(on)) => check_ins::check_ins_ui(ui, workspace, scene, scratch, on, actions),
        Some(Sheet::Slides) => super::present::slides_sheet_ui(ui, workspace, scene, scratch, actions),
        Some(Sheet::Refresh) => refresh::refresh_ui(ui, workspace, scene, scratch, actions),
        Some(Sheet::Versions) => versions::versions_ui(ui, workspace, scene.theme, scratch, actions),
        Some(Sheet::Cycles) => cycles::cycles_ui(ui, scene, scratch, actions),
        Some(Sheet::Events(event)) => events::events_ui(ui, scene, scratch, event.as_ref(), actions),
        Some(Sheet::Close(goals)) => close::close_ui(ui, scene, scratch, goals, actions),
        Some(Sheet::CarryOver { from, into }) => carry_over::carry_over_ui(ui, scene, scratch, from, into.as_ref(), actions),
        Some(Sheet::Glossary(term)) => glossary::glossary_ui(ui, scene, scratch, *term, actions),
        Some(Sheet::QuickEntry { line }) => quick_entry::quick_entry_ui(ui, workspace, scene, scratch, line, actions),
        Some(Sheet::MetricLibrary { goal }) => library::library_ui(ui, scene, scratch, goal.as_ref(), actions),
        Some(Sheet::Palette) => palette::palette_ui(ui, workspace, scene, scratch, actions),
        Some(Sheet::Data(metric)) => data::data_ui(ui, scene, scratch, metric, actions),
    }
    unsaved::unsaved_ui(ui, workspace, scene.theme, scratch, actions);
}

/// What stands above and below the body of a sheet, and the air around it.
const AROUND: f32 = 140.0;

/// Draws a sheet with its title, its close button and a body that scrolls where it does not fit; `width` in points at 100 %. True when it
/// is to be closed, or when `body` says so.
pub(in crate::ui) fn sheet_ui(ui: &Ui, theme: &Theme, title: &str, width: f32, body: impl FnOnce(&mut Ui) -> bool) -> bool {
    let window = ui.ctx().content_rect();
    let most = (window.height() - theme.px(AROUND)).max(theme.px(size::ROW));
    let width = theme.px(width).min(window.width() - 2.0 * theme.px(space::XL) - 2.0 * theme.px(space::XL));
    let mut close = false;
    let modal = Modal::new(Id::unique(("sheet", title))).frame(dialog_frame(theme)).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            // A long title leaves room for the button.
            let room = ui.available_width() - theme.px(size::CONTROL + space::S);
            ui.scope(|ui| {
                ui.set_max_width(room);
                widgets::truncated_ui(ui, theme.rich(title, TextSize::Section));
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                close |= widgets::icon_button_ui(ui, theme, icons::X, "Close").clicked();
            });
        });
        ScrollArea::vertical()
            .id_salt("sheet body")
            .min_scrolled_height(most)
            .max_height(most)
            .auto_shrink([false, true])
            .show(ui, |ui| close |= body(ui));
    });
    close || modal.should_close()
}
