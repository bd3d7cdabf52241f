//! A typed path, where the desktop has no file dialog to show.

use std::path::PathBuf;

use egui::{Align, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Ui};

use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets::{button_ui, primary_button_ui};

/// What was typed so far.
#[derive(Clone, Debug, Default)]
pub struct PathDraft {
    pub title: String,
    /// The word on the button that goes on: "Open", "Save".
    pub verb: String,
    pub text: String,
    focused: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathAnswer {
    Given(PathBuf),
    Cancelled,
}

impl PathDraft {
    pub fn new(title: &str, verb: &str, text: String) -> Self {
        Self { title: title.to_owned(), verb: verb.to_owned(), text, focused: false }
    }
}

/// Asks until it is answered.
pub fn path_dialog_ui(ui: &Ui, theme: &Theme, draft: &mut PathDraft) -> Option<PathAnswer> {
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(space::XL as i8));
    let mut answer = None;
    let modal = Modal::new(Id::unique("path dialog")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(size::DIALOG - 2.0 * space::XL);
        ui.spacing_mut().item_spacing.y = space::M;
        ui.label(theme.rich(&draft.title, TextSize::Section));
        let label = ui.label(theme.muted("This desktop has no file dialog. Type the path of the file:", TextSize::Body));
        let field = ui.add(egui::TextEdit::singleline(&mut draft.text).desired_width(f32::INFINITY)).labelled_by(label.id);
        if !draft.focused {
            field.request_focus();
            draft.focused = true;
        }
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        let typed = draft.text.trim();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let go = ui.add_enabled_ui(!typed.is_empty(), |ui| primary_button_ui(ui, theme, &draft.verb)).inner;
            if (go.clicked() || entered) && !typed.is_empty() {
                answer = Some(PathAnswer::Given(expanded(typed)));
            }
            if button_ui(ui, theme, "Cancel").clicked() {
                answer = Some(PathAnswer::Cancelled);
            }
        });
    });
    if answer.is_none() && modal.should_close() { Some(PathAnswer::Cancelled) } else { answer }
}

/// `~/` means the home folder, as in a terminal.
fn expanded(typed: &str) -> PathBuf {
    let home = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    match typed.strip_prefix("~/").and_then(|rest| Some(home()?.join(rest))) {
        Some(path) => path,
        None => PathBuf::from(typed),
    }
}
