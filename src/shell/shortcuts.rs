//! Keys pressed in this frame, as the commands they stand for.

use egui::{Context, Event, Modifiers};

use crate::ui::frame::system_of;
use crate::workspace::command::{Command, Key, Modifier, Shortcut, System};
use crate::workspace::{Action, Severity, Workspace};

/// Consumes the keys that mean a command. Called before text fields are laid out, so that they do not take those keys; what a text
/// field needs itself is left to it. A field that is being edited is left, so that what was typed there counts before the commands
/// do: to be followed by [`actions`] when the frame's own actions are done. Under an open sheet, keys of what the sheet covers are the
/// sheet's own; while slides are shown, a presentation has keys of its own.
pub(super) fn pressed(ctx: &Context, workspace: &Workspace) -> Vec<Command> {
    let (sheet_open, presenting) = (workspace.view.sheet.is_some(), workspace.presentation.is_some());
    let works = |c: Command| (!sheet_open || c.works_over_a_sheet()) && (!presenting || c.works_while_presenting());
    let system = system_of(ctx.os());
    let editing = ctx.text_edit_focused();
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = Command::all().filter(|c| works(*c)).find_map(|command| {
                let matching = command.shortcuts(system).into_iter().find(|shortcut| is_pressed(*shortcut, *key, *modifiers, system))?;
                Some((command, matching))
            });
            match found {
                Some((command, shortcut)) if !(editing && shortcut.yields_to_text()) => {
                    commands.push(command);
                    false
                }
                _ => true,
            }
        });
    });
    if editing && commands.iter().any(|command| counts_what_is_typed(*command)) {
        ctx.memory_mut(|memory| {
            if let Some(field) = memory.focused() {
                memory.surrender_focus(field);
            }
        });
    }
    commands
}

/// Whether a command is about the project as it is now, or goes elsewhere.
fn counts_what_is_typed(command: Command) -> bool {
    !matches!(command, Command::ZoomIn | Command::ZoomOut | Command::ZoomReset | Command::FullScreen | Command::Theme(_))
}

/// What the commands do now.
pub(super) fn actions(commands: Vec<Command>, workspace: &Workspace) -> Vec<Action> {
    let action = |command: Command| match command.action(workspace) {
        Ok(action) => action,
        Err(reason) => Action::ShowToast(Severity::Info, format!("{}: {reason}.", command.text().trim_end_matches('…'))),
    };
    commands.into_iter().map(action).collect()
}

fn is_pressed(shortcut: Shortcut, key: egui::Key, held: Modifiers, system: System) -> bool {
    let Shortcut { modifiers, key: wanted } = shortcut;
    let wants = |modifier| modifiers.contains(&modifier);
    // Signs sit on other keys with and without shift from one keyboard to the next.
    let is_sign = matches!(wanted, Key::Char(sign) if !sign.is_ascii_alphanumeric());
    let control = match system {
        System::MacOs => held.ctrl == wants(Modifier::Control),
        System::Linux | System::Windows => true,
    };
    key_of(wanted) == Some(key)
        && held.command == wants(Modifier::Command)
        && held.alt == wants(Modifier::Alt)
        && (is_sign || held.shift == wants(Modifier::Shift))
        && control
}

fn key_of(key: Key) -> Option<egui::Key> {
    match key {
        Key::Char(sign) => egui::Key::from_name(&sign.to_string()),
        Key::Function(number) => egui::Key::from_name(&format!("F{number}")),
        Key::Delete => Some(egui::Key::Delete),
        Key::Backspace => Some(egui::Key::Backspace),
        Key::Enter => Some(egui::Key::Enter),
        Key::ArrowUp => Some(egui::Key::ArrowUp),
        Key::ArrowDown => Some(egui::Key::ArrowDown),
        Key::ArrowLeft => Some(egui::Key::ArrowLeft),
        Key::ArrowRight => Some(egui::Key::ArrowRight),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_is_a_key_that_egui_knows() {
        for system in System::ALL {
            for shortcut in Command::all().flat_map(|command| command.shortcuts(system)) {
                assert!(key_of(shortcut.key).is_some(), "{}", shortcut.words(system));
            }
        }
    }

    #[test]
    fn shift_decides_between_save_and_save_as() {
        let of = |held: Modifiers| {
            Command::all()
                .find(|command| command.shortcuts(System::Linux).into_iter().any(|s| is_pressed(s, egui::Key::S, held, System::Linux)))
        };
        assert_eq!(of(Modifiers::COMMAND), Some(Command::Save));
        assert_eq!(of(Modifiers::COMMAND | Modifiers::SHIFT), Some(Command::SaveAs));
        assert_eq!(of(Modifiers::NONE), None);
    }

    #[test]
    fn zooming_in_works_with_and_without_shift() {
        let plus = |key, held| Command::ZoomIn.shortcuts(System::Linux).into_iter().any(|s| is_pressed(s, key, held, System::Linux));
        assert!(plus(egui::Key::Plus, Modifiers::COMMAND));
        assert!(plus(egui::Key::Plus, Modifiers::COMMAND | Modifiers::SHIFT));
        assert!(plus(egui::Key::Equals, Modifiers::COMMAND));
    }
}
