//! The offer at the start: changes that a window could not save before it ended.

use egui::{Align, Label, Layout, Response, Ui, vec2};

use super::sheet_ui;
use crate::storage::{Found, Unusable};
use crate::ui::scene::Scratch;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::safekeeping::{Unsaved, UnsavedState, time_words, typed_line};
use crate::workspace::{Action, SafekeepingAction, Workspace};

const WIDTH: f32 = 640.0;
/// Lines of what differs, before they are counted.
const MOST_LINES: usize = 5;

#[derive(Clone, Default)]
struct Kept {
    /// Shown in the frame before: the keyboard is where somebody put it.
    is_open: bool,
    /// Which offers show all that differs.
    unfolded: Vec<Found>,
}

pub(super) fn unsaved_ui(ui: &Ui, workspace: &Workspace, theme: &Theme, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let kept = scratch.of::<Kept>(egui::Id::unique("unsaved changes"));
    let Some(offered) = &workspace.safekeeping.snapshots.offered else {
        kept.is_open = false;
        return;
    };
    let take_keyboard = !std::mem::replace(&mut kept.is_open, true);
    let mut later = false;
    let away = sheet_ui(ui, theme, "Unsaved changes were found", WIDTH, |ui| {
        let words = if offered.iter().any(|unsaved| matches!(unsaved.state, UnsavedState::Whole { .. })) {
            "A window ended before these were saved. Recovered, they open as unsaved changes: no file is touched until you save."
        } else {
            "A window ended before these were saved, and what it put by cannot be read."
        };
        ui.label(theme.muted(words, TextSize::Body));
        for (index, unsaved) in offered.iter().enumerate() {
            ui.push_id(&unsaved.id, |ui| {
                widgets::card_ui(ui, theme, |ui| {
                    let recover = offer_ui(ui, theme, unsaved, index == 0, &mut kept.unfolded, actions);
                    if let Some(recover) = recover.filter(|_| index == 0 && take_keyboard) {
                        recover.request_focus();
                    }
                });
            });
        }
        ui.allocate_ui_with_layout(vec2(ui.available_width(), theme.px(size::CONTROL)), Layout::right_to_left(Align::Center), |ui| {
            later = widgets::button_ui(ui, theme, "Later").on_hover_text("They are offered again at the next start").clicked();
        });
        false
    });
    if (later || away) && workspace.question.is_none() {
        actions.push(Action::Safekeeping(SafekeepingAction::Later));
    }
}

/// Answers with the button that recovers.
fn offer_ui(
    ui: &mut Ui,
    theme: &Theme,
    unsaved: &Unsaved,
    first: bool,
    unfolded: &mut Vec<Found>,
    actions: &mut Vec<Action>,
) -> Option<Response> {
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    match &unsaved.state {
        UnsavedState::Whole { project, at, path, lines, note, typed, .. } => {
            let name = Some(project.name.trim()).filter(|name| !name.is_empty()).unwrap_or("Untitled");
            widgets::truncated_ui(ui, theme.strong(name, TextSize::Body));
            let place = path.as_ref().map_or_else(|| "not saved in a file yet".to_owned(), |path| path.display().to_string());
            widgets::truncated_ui(ui, theme.muted(format!("{} · {place}", time_words(*at)), TextSize::Small)).on_hover_text(place);
            lines_ui(ui, theme, lines, unfolded.contains(&unsaved.id), || unfolded.push(unsaved.id.clone()));
            for text in &typed.texts {
                ui.label(theme.rich(format!("•  typed and not entered: {}", typed_line(text)), TextSize::Small));
            }
            if let Some(note) = note {
                ui.label(theme.rich(*note, TextSize::Small));
            }
        }
        UnsavedState::Broken(broken) => broken_ui(ui, theme, broken),
    }
    let mut button = None;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), theme.px(size::CONTROL)), Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if matches!(unsaved.state, UnsavedState::Whole { .. }) {
            let recover = if first { widgets::primary_button_ui(ui, theme, "Recover") } else { widgets::button_ui(ui, theme, "Recover") };
            if recover.clicked() {
                actions.push(Action::Safekeeping(SafekeepingAction::Recover(unsaved.id.clone())));
            }
            button = Some(recover);
        }
        if widgets::button_ui(ui, theme, "Discard…").clicked() {
            actions.push(Action::Safekeeping(SafekeepingAction::Discard(unsaved.id.clone())));
        }
        if let UnsavedState::Broken(Unusable { path, .. }) = &unsaved.state
            && widgets::button_ui(ui, theme, "Copy the path").clicked()
        {
            actions.push(Action::CopyText(path.display().to_string()));
        }
    });
    button
}

/// What is known of changes that cannot be read, why not, and where they lie.
fn broken_ui(ui: &mut Ui, theme: &Theme, broken: &Unusable) {
    let Unusable { path, why, at, file, name } = broken;
    let title = name.as_ref().map_or_else(|| "Cannot be recovered".to_owned(), |name| format!("{name}: cannot be recovered"));
    widgets::truncated_ui(ui, theme.strong(title, TextSize::Body));
    let when = at.map_or_else(|| "from an unknown time".to_owned(), time_words);
    let of = file.as_ref().map_or_else(|| "of an unknown file".to_owned(), |file| file.display().to_string());
    widgets::truncated_ui(ui, theme.muted(format!("{when} · {of}"), TextSize::Small)).on_hover_text(of);
    ui.add(Label::new(theme.rich(format!("{}.", sentence(why)), TextSize::Small)).wrap());
    ui.add(Label::new(theme.rich("The file stays where it is until you discard it:", TextSize::Small)).wrap());
    ui.add(Label::new(theme.muted(path.display().to_string(), TextSize::Small)).wrap().selectable(true));
}

/// With a capital letter.
fn sentence(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// What differs, a line each; many are counted until somebody asks.
pub(super) fn lines_ui(ui: &mut Ui, theme: &Theme, lines: &[String], all: bool, unfold: impl FnOnce()) {
    let shown = if all || lines.len() <= MOST_LINES + 1 { lines.len() } else { MOST_LINES };
    for line in &lines[..shown] {
        ui.label(theme.rich(format!("•  {line}"), TextSize::Small));
    }
    if shown < lines.len() && widgets::link_ui(ui, theme, &format!("Show {} more", lines.len() - shown), TextSize::Small).clicked() {
        unfold();
    }
}
