//! The menu at the top left, made of the commands, and the list of their keys.

use egui::{Align, Button, Layout, Modal, Popup, PopupCloseBehavior, ScrollArea, Ui, vec2};

use super::{dialog_frame, system_of};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::command::{Command, Group};
use crate::workspace::{Action, Workspace};

/// Whether the list of keys is open.
#[derive(Clone, Copy, Debug, Default)]
struct KeysShown(bool);

/// The height of the list of keys, and what stands around it.
const KEYS_MOST: f32 = 420.0;
const KEYS_AROUND: f32 = 144.0;

fn keys_id() -> egui::Id {
    egui::Id::unique("keyboard shortcuts")
}

pub(super) fn main_menu_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let response = widgets::icon_button_ui(ui, scene.theme, icons::MENU, "Menu");
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
        ui.set_min_width(160.0);
        for group in Group::ALL.into_iter().filter(|g| *g != Group::Help) {
            ui.menu_button(group.word(), |ui| group_ui(ui, group, workspace, actions));
        }
        ui.menu_button(Group::Help.word(), |ui| {
            group_ui(ui, Group::Help, workspace, actions);
            if ui.add(item("Keyboard shortcuts").shortcut_text("F1")).clicked() {
                scratch.of::<KeysShown>(keys_id()).0 = true;
            }
            ui.separator();
            ui.label(scene.theme.muted(format!("Waymark {}", env!("CARGO_PKG_VERSION")), TextSize::Small));
        });
    });
}

fn item(text: &str) -> Button<'_> {
    Button::new(text).min_size(vec2(200.0, size::ROW))
}

fn group_ui(ui: &mut Ui, group: Group, workspace: &Workspace, actions: &mut Vec<Action>) {
    ui.set_min_width(240.0);
    for (index, block) in group.blocks().iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for command in *block {
            command_ui(ui, *command, workspace, actions);
            if *command == Command::Open {
                recent_ui(ui, workspace, actions);
            }
        }
    }
}

pub(super) fn command_ui(ui: &mut Ui, command: Command, workspace: &Workspace, actions: &mut Vec<Action>) {
    let action = command.action(workspace);
    let text = command.text_now(workspace);
    let mut button = item(&text);
    if command.is_on(workspace) {
        button = button.selected(true);
    }
    if let Some(keys) = keys(ui, command) {
        button = button.shortcut_text(keys);
    }
    let response = ui.add_enabled(action.is_ok(), button);
    match action {
        Ok(action) => {
            if response.on_hover_text(command.tooltip()).clicked() {
                actions.push(action);
            }
        }
        Err(reason) => drop(response.on_disabled_hover_text(reason)),
    }
}

fn recent_ui(ui: &mut Ui, workspace: &Workspace, actions: &mut Vec<Action>) {
    let recent = &workspace.preferences.recent;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            ui.set_min_width(240.0);
            for path in recent {
                let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
                if ui.add(item(&name)).on_hover_text(path.display().to_string()).clicked() {
                    actions.push(Action::OpenPath(path.clone()));
                }
            }
        })
    });
}

/// The keys of a command as this keyboard writes them.
fn keys(ui: &Ui, command: Command) -> Option<String> {
    let system = system_of(ui.ctx().os());
    command.shortcuts(system).first().map(|shortcut| shortcut.words(system))
}

/// Words with the keys of a command behind them: "Undo (Ctrl+Z)".
pub(super) fn with_keys(ui: &Ui, command: Command, words: &str) -> String {
    keys(ui, command).map_or_else(|| words.to_owned(), |keys| format!("{words} ({keys})"))
}

/// Every key there is, opened by F1 or `?`, or from the Help menu.
pub(super) fn keys_ui(ui: &Ui, theme: &Theme, scratch: &mut Scratch) {
    let shown = &mut scratch.of::<KeysShown>(keys_id()).0;
    let ctx = ui.ctx();
    let none = egui::Modifiers::NONE;
    let asked = ctx.input_mut(|i| i.consume_key(none, egui::Key::F1))
        || (!ctx.text_edit_focused() && ctx.input_mut(|i| i.consume_key(none, egui::Key::Questionmark)));
    if asked {
        *shown = !*shown;
    }
    if !*shown {
        return;
    }
    let frame = dialog_frame(theme);
    let mut close = false;
    let modal = Modal::new(keys_id()).frame(frame).show(ctx, |ui| {
        ui.set_width(size::DIALOG - 2.0 * space::XL);
        ui.label(theme.rich("Keyboard shortcuts", TextSize::Section));
        ui.add_space(space::S);
        let most = (ctx.content_rect().height() - KEYS_AROUND).clamp(size::ROW, KEYS_MOST);
        ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            // The scroll bar lies over what stands at the right.
            ui.set_width(ui.available_width() - space::L);
            for group in Group::ALL {
                ui.label(theme.strong(group.word(), TextSize::Small));
                for command in group.blocks().iter().copied().flatten() {
                    let Some(keys) = keys(ui, *command) else { continue };
                    ui.horizontal(|ui| {
                        ui.label(theme.rich(command.text().trim_end_matches('…'), TextSize::Body));
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(theme.muted(keys, TextSize::Body)));
                    });
                }
                ui.add_space(space::S);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| close = widgets::button_ui(ui, theme, "Close").clicked());
    });
    if close || modal.should_close() {
        *shown = false;
    }
}
