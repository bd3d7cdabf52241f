//! Which cycle is looked at: the switch in the top bar, and what the tree says of a cycle without goals.

use egui::{Button, Role, Ui, WidgetInfo, vec2};

use super::menu::command_ui;
use super::top_bar::drop_down_ui;
use crate::model::date_words;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::views;
use crate::ui::widgets;
use crate::workspace::command::Command;
use crate::workspace::{Action, CycleAction, New, Workspace};

const WIDTH: f32 = 260.0;

/// What the switch says.
pub(super) fn words(scene: &Scene<'_>) -> String {
    let shown = scene.view.cycle.as_ref().and_then(|id| scene.project.cycles.get(id));
    shown.map_or_else(|| "All cycles".to_owned(), |cycle| super::top_bar::shortened_to(&cycle.name, 14))
}

pub(super) fn cycle_switch_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let shown = scene.view.cycle.as_ref().and_then(|id| scene.project.cycles.get(id));
    drop_down_ui(ui, scene, &format!("Cycle: {}", shown.map_or("all", |c| c.name.as_str())), &words(scene), |ui| {
        ui.set_min_width(WIDTH);
        command_ui(ui, Command::AllCycles, workspace, actions);
        let running = scene.project.cycle_on(scene.as_of).map(|c| &c.id);
        for cycle in scene.project.cycles_in_order() {
            let now = if running == Some(&cycle.id) { " · now" } else { "" };
            let is_shown = scene.view.cycle.as_ref() == Some(&cycle.id);
            let item = Button::selectable(is_shown, format!("{}{now}", cycle.name)).min_size(vec2(WIDTH, size::ROW));
            let span = format!("{} – {}", date_words(cycle.start), date_words(cycle.end));
            let response = ui.add(item.shortcut_text(span));
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_shown, &cycle.name));
            if response.clicked() {
                actions.push(Action::Cycles(CycleAction::Switch(Some(cycle.id.clone()))));
                ui.close();
            }
        }
        ui.separator();
        for command in [Command::EarlierCycle, Command::LaterCycle, Command::Cycles] {
            command_ui(ui, command, workspace, actions);
        }
    });
}

/// In the place of the rows: the shown cycle has no goals.
pub(super) fn empty_tree_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let Some(words) = views::empty_cycle_words(scene) else { return };
    ui.label(theme.strong(words, TextSize::Body));
    if let Some(offer) = views::carry_offer(scene) {
        ui.label(theme.muted(format!("{} has open goals.", offer.from.name), TextSize::Small));
        if widgets::button_ui(ui, theme, "Carry goals over…").clicked() {
            actions.push(offer.action());
        }
    }
    if widgets::button_ui(ui, theme, "Add an objective to it").clicked() {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
    ui.add_space(space::XS);
}
