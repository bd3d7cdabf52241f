//! Which key means what while slides are shown.

use egui::{Event, Key, Modifiers, Popup, Ui};

use super::Stage;
use crate::model::MeetingEntryKind;
use crate::workspace::Action;
use crate::workspace::presentation::{Blank, Capture, PresentAction, Presentation};

/// What each key does, in the words of the list of keys.
pub(super) const KEYS: [(&str, &str); 20] = [
    ("→ ↓ PgDn Space Enter N", "Next slide"),
    ("← ↑ PgUp P Backspace", "Slide before"),
    ("Home, End", "First slide, last slide"),
    ("Digits, then Enter", "To the slide of that number"),
    ("B or .", "Black screen, and back"),
    ("W", "White screen, and back"),
    ("O", "All slides"),
    ("D", "Write down a decision, an action or a note"),
    ("M", "Chart: trend or XmR"),
    ("R", "Chart: more or fewer days"),
    ("F", "Chart: with or without its forecast"),
    ("Click on a goal or KPI", "Open it; Esc comes back"),
    ("Click on a decision", "Change its owner, due date and outcome"),
    ("V", "Presenter window with notes and clock"),
    ("X", "Swap displays"),
    ("Ctrl+Z", "Undo"),
    ("F11", "Whole screen or window"),
    ("F1", "This list"),
    ("Esc", "Clear what lies over the slide, then end"),
    ("Tab to it, then ← →", "Read the values of a chart; Esc leaves it"),
];

/// Whether something else is to be answered first.
fn is_covered(stage: &Stage<'_, '_>, ui: &Ui) -> bool {
    let workspace = stage.workspace;
    workspace.view.sheet.is_some()
        || workspace.question.is_some()
        || workspace.merging.is_some()
        || workspace.export_draft.is_some()
        || workspace.redaction_draft.is_some()
        || workspace.template_draft.is_some()
        || Popup::is_any_open(ui.ctx())
        || ui.ctx().text_edit_focused()
}

/// Takes the keys of a presentation; what has the keyboard keeps those that it needs.
pub(super) fn take_keys(ui: &Ui, stage: &Stage<'_, '_>, actions: &mut Vec<Action>) {
    if is_covered(stage, ui) {
        return;
    }
    let presentation = stage.presentation;
    let focused = ui.memory(egui::Memory::focused);
    let mut asked = Vec::new();
    let mut leave_focus = false;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            if modifiers.command || modifiers.ctrl || modifiers.alt {
                return true;
            }
            let over = presentation.overview || presentation.capture.is_some() || presentation.line.is_some();
            if focused.is_some() && *key == Key::Escape && !over {
                leave_focus = true;
                return false;
            }
            if focused.is_some() && belongs_to_widget(*key) {
                return true;
            }
            match meaning(*key, *modifiers, presentation) {
                Some(action) => {
                    asked.push(action);
                    false
                }
                None => true,
            }
        });
        if !asked.is_empty() {
            // The letter itself is for nobody else.
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
    });
    if let Some(id) = focused.filter(|_| leave_focus) {
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    actions.extend(asked.into_iter().map(Action::Present));
}

/// Keys that work a button, a chart or a thumbnail.
fn belongs_to_widget(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home | Key::End | Key::Enter | Key::Space | Key::Backspace
    )
}

fn meaning(key: Key, held: Modifiers, presentation: &Presentation) -> Option<PresentAction> {
    use PresentAction as P;
    let everywhere = match key {
        Key::Escape => Some(P::Escape),
        Key::F1 | Key::Questionmark => Some(P::ToggleKeys),
        Key::V => Some(P::TogglePresenter),
        Key::X => Some(P::SwapDisplays),
        _ => None,
    };
    let writes = presentation.capture.is_some() || presentation.line.is_some();
    if everywhere.is_some() || writes {
        return everywhere.filter(|action| !writes || *action == P::Escape);
    }
    if presentation.overview {
        return (key == Key::O).then_some(P::ToggleOverview);
    }
    let anywhere = match key {
        Key::PageDown => Some(P::Next),
        Key::PageUp => Some(P::Back),
        Key::B | Key::Period => Some(P::Blank(Blank::Black)),
        Key::W => Some(P::Blank(Blank::White)),
        Key::O => Some(P::ToggleOverview),
        Key::D => Some(P::Capture(Some(Capture::of(MeetingEntryKind::Decision)))),
        _ => None,
    };
    // What was opened from a slide has keys of its own.
    if anywhere.is_some() || !presentation.drilled.is_empty() && presentation.blank.is_none() {
        return anywhere;
    }
    Some(match key {
        Key::Space if held.shift => P::Back,
        Key::ArrowRight | Key::ArrowDown | Key::Space | Key::N => P::Next,
        Key::ArrowLeft | Key::ArrowUp | Key::P => P::Back,
        Key::Enter => P::Enter,
        Key::Backspace => P::Erase,
        Key::Home => P::First,
        Key::End => P::Last,
        Key::M => P::NextMode,
        Key::R => P::NextRange,
        Key::F => P::ToggleForecast,
        Key::Num0 => P::Digit(0),
        Key::Num1 => P::Digit(1),
        Key::Num2 => P::Digit(2),
        Key::Num3 => P::Digit(3),
        Key::Num4 => P::Digit(4),
        Key::Num5 => P::Digit(5),
        Key::Num6 => P::Digit(6),
        Key::Num7 => P::Digit(7),
        Key::Num8 => P::Digit(8),
        Key::Num9 => P::Digit(9),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage;
    use crate::workspace::{BeginAt, IdSource, Preferences, Workspace};

    fn presentation() -> Presentation {
        let mut workspace = Workspace::new(storage::sample(), "2026-11-21".parse().unwrap(), IdSource::seeded(1), Preferences::default());
        workspace.apply(Action::Present(PresentAction::Begin(BeginAt::First)));
        workspace.presentation.unwrap()
    }

    #[test]
    fn what_remotes_send_is_understood() {
        let presentation = presentation();
        let of = |key| meaning(key, Modifiers::NONE, &presentation);
        assert_eq!(of(Key::PageDown), Some(PresentAction::Next));
        assert_eq!(of(Key::PageUp), Some(PresentAction::Back));
        assert_eq!(of(Key::Escape), Some(PresentAction::Escape));
        assert_eq!(of(Key::Period), Some(PresentAction::Blank(Blank::Black)));
        assert_eq!(of(Key::F5), None, "it runs already");
    }

    #[test]
    fn a_line_that_is_written_keeps_every_key_but_esc() {
        let mut presentation = presentation();
        presentation.capture = Some(Capture::of(MeetingEntryKind::Note));
        for key in Key::ALL {
            let wanted = (*key == Key::Escape).then_some(PresentAction::Escape);
            assert_eq!(meaning(*key, Modifiers::NONE, &presentation), wanted, "{key:?}");
        }
    }
}
