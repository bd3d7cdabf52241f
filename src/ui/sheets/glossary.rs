//! The glossary: every word of the trade and what it means here.

use egui::accesskit::Role;
use egui::{Align2, CursorIcon, Id, Rect, RichText, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::sheet_ui;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::workspace::glossary::Term;
use crate::workspace::{Action, Sheet};

/// Lines of some 80 characters.
const WIDTH: f32 = 560.0;

/// What the glossary remembers while it is open.
#[derive(Clone, Default)]
struct Kept {
    filter: String,
    /// What it was opened for in the frame before: its place has been gone to.
    opened: Opened,
}

/// Lets a label that is drawn at `rect` be asked what its words mean, where the glossary has them: hover says it, a click opens the
/// glossary there. It takes no place in the order of the Tab key: the glossary has a command of its own.
pub fn gloss_ui(ui: &Ui, rect: Rect, words: &str, actions: &mut Vec<Action>) {
    let Some(term) = Term::of_label(words) else { return };
    let response = ui.interact(rect, ui.scope_id().with(("gloss", words)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("What is “{}”?", term.word())));
    if response.clicked() {
        actions.push(Action::OpenSheet(Sheet::Glossary(Some(term))));
    }
    response.on_hover_cursor(CursorIcon::Help).on_hover_text(term.meaning());
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Opened {
    #[default]
    No,
    At(Term),
    Whole,
}

/// The words of a label that can be asked what they mean: a click opens the glossary there.
pub fn term_ui(ui: &mut Ui, words: RichText, term: Term, actions: &mut Vec<Action>) -> egui::Response {
    let response = ui.add(egui::Label::new(words).sense(Sense::click()));
    let response = response.on_hover_cursor(CursorIcon::Help).on_hover_text(term.meaning());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("What is “{}”?", term.word())));
    if response.clicked() {
        actions.push(Action::OpenSheet(Sheet::Glossary(Some(term))));
    }
    response
}

pub(super) fn glossary_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, term: Option<Term>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = Id::unique("glossary");
    let mut kept: Kept = scratch.take(id);
    let opened = term.map_or(Opened::Whole, Opened::At);
    let first = kept.opened != opened;
    let close = sheet_ui(ui, theme, "Glossary", WIDTH, |ui| {
        let field = TextEdit::singleline(&mut kept.filter).hint_text("Find a word").align(Align2::LEFT_CENTER).desired_width(f32::INFINITY);
        let field = ui.add(field.font(theme.font(TextSize::Body)).min_size(vec2(0.0, theme.px(size::CONTROL))));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find a word"));
        if first {
            field.request_focus();
        }
        ui.add_space(space::XS);
        let wanted = kept.filter.to_lowercase();
        let mut none = true;
        for of in
            Term::ALL.into_iter().filter(|t| t.word().to_lowercase().contains(&wanted) || t.meaning().to_lowercase().contains(&wanted))
        {
            none = false;
            let heading = entry_ui(ui, theme, of, term == Some(of));
            if term == Some(of) && first {
                heading.scroll_to_me(Some(egui::Align::TOP));
            }
        }
        if none {
            ui.label(theme.muted("No word of the glossary has this in it.", TextSize::Body));
        }
        false
    });
    kept.opened = opened;
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

fn entry_ui(ui: &mut Ui, theme: &Theme, term: Term, asked: bool) -> egui::Response {
    let colour = if asked { theme.accent.accent } else { theme.text.strong };
    let heading = ui.label(theme.strong(term.word(), TextSize::Body).color(colour));
    ui.label(theme.rich(term.meaning(), TextSize::Body));
    ui.add_space(space::S);
    heading
}
