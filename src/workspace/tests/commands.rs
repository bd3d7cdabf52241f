//! Commands have keys that do not clash, and each does something.

use std::path::PathBuf;
use std::sync::Arc;

use super::{day, goal, rename, texts, workspace};
use crate::workspace::command::{Command, System};
use crate::workspace::*;

#[test]
fn no_two_commands_share_a_key_on_any_system() {
    for system in System::ALL {
        let keys: Vec<_> = Command::all().flat_map(|c| c.shortcuts(system).into_iter().map(move |s| (s, c))).collect();
        for (index, (shortcut, command)) in keys.iter().enumerate() {
            assert!(shortcut.modifiers.is_sorted(), "{command:?}: modifiers out of order never match");
            for (other, clash) in &keys[index + 1..] {
                assert!(shortcut != other, "{command:?} and {clash:?} share {} on {system:?}", shortcut.words(system));
            }
        }
    }
}

#[test]
fn shortcuts_read_as_each_system_writes_them() {
    let words = |command: Command| System::ALL.map(|s| command.shortcuts(s)[0].words(s));
    assert_eq!(words(Command::SaveAs), ["Ctrl+Shift+S", "Ctrl+Shift+S", "⇧⌘S"]);
    assert_eq!(words(Command::FullScreen), ["F11", "F11", "⌃⌘F"]);
    assert_eq!(words(Command::QuickEntry), ["C", "C", "C"]);
}

#[test]
fn every_enabled_command_does_something() {
    let mut base = workspace();
    base.preferences.recent.push(PathBuf::from("a.waymark.ron"));
    for command in Command::all() {
        assert!(!command.text().is_empty() && command.tooltip().ends_with(['.', '?']), "{command:?}");
        let mut workspace = workspace();
        workspace.preferences.recent = base.preferences.recent.clone();
        workspace.preferences.theme = ThemeChoice::Dark;
        workspace.preferences.zoom = 1.1;
        workspace.apply(Action::Select(goal("nps")));
        workspace.apply(Action::SetRange(TimeRange::Custom { from: day("2026-01-01"), to: day("2026-02-01") }));
        rename(&mut workspace, "Grow more");
        let before = (workspace.view.clone(), Arc::clone(workspace.project()), workspace.preferences.clone());
        let Ok(action) = command.action(&workspace) else { continue };
        // A move that the rules of the tree forbid says so.
        let asked = |w: &Workspace| {
            w.question.is_some()
                || w.redaction_draft.is_some()
                || w.export_draft.is_some()
                || w.template_draft.is_some()
                || texts(w).iter().any(|t| t.contains("stand"))
        };
        let effects = workspace.apply(action);
        let after = (workspace.view.clone(), Arc::clone(workspace.project()), workspace.preferences.clone());
        let shows_already = command.is_on(&workspace);
        assert!(before != after || !effects.is_empty() || asked(&workspace) || shows_already, "{command:?} does nothing");
    }
}
