//! Where the keyboard goes when another view comes up: what had it is often gone with the view before.

use egui::{Event, Id, Ui};

use super::scene::Scratch;
use crate::workspace::{KpiMode, Screen, View};

/// The widget that a view is worked in, and the pass in which the view named it.
#[derive(Clone, Copy, Debug)]
struct Offered {
    id: Id,
    pass: u64,
}

fn offered_id() -> Id {
    Id::unique("what a view is worked in")
}

/// To be called by a view while it is drawn: the widget that arrow keys move in. The first one named counts.
pub(super) fn offer(ui: &Ui, id: Id) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.ctx().data_mut(|data| {
        let earlier: Option<Offered> = data.get_temp(offered_id());
        if earlier.is_none_or(|offered| offered.pass != pass) {
            data.insert_temp(offered_id(), Offered { id, pass });
        }
    });
}

#[derive(Clone, Copy, Default)]
struct Kept {
    /// The view, of the KPI view the picture, and whether a sheet covers it.
    at: Option<(Screen, KpiMode, bool)>,
    /// A key was pressed in the frame before.
    keyed: bool,
    /// Frames in which the view may still take the keyboard: that a widget is gone is noticed only a frame later.
    left: u8,
}

const FRAMES: u8 = 3;

/// To be called when the view is drawn. A view that was gone to by key, or from which a sheet was taken, takes the keyboard, unless something that is still there has it:
/// who walks through the tree goes on walking.
pub(super) fn arrive(ui: &Ui, view: &View, scratch: &mut Scratch) {
    let id = Id::unique("arrival at a view");
    let mut kept: Kept = scratch.take(id);
    // Keys that were shortcuts are taken out of the events by now.
    let keyed = ui.input(|i| i.raw.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
    let at = (view.screen, if view.screen == Screen::Kpi { view.kpi_mode } else { KpiMode::Trend }, view.sheet.is_some());
    if kept.at != Some(at) {
        kept.left = if kept.at.is_some() && (kept.keyed || keyed) { FRAMES } else { 0 };
        kept.at = Some(at);
    }
    kept.keyed = keyed;
    if view.sheet.is_some() {
        kept.left = 0;
    }
    if kept.left > 0 {
        kept.left -= 1;
        let pass = ui.ctx().cumulative_pass_nr();
        let offered: Option<Offered> = ui.ctx().data(|data| data.get_temp(offered_id()));
        let offered = offered.filter(|offered| offered.pass == pass && ui.memory(|m| m.focused().is_none()));
        if let Some(Offered { id, .. }) = offered {
            ui.memory_mut(|m| m.request_focus(id));
            kept.left = 0;
        }
        ui.ctx().request_repaint();
    }
    scratch.put(id, kept);
}
