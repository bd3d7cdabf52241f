//! The title of a goal, edited in its row.

use egui::text::{CCursor, CCursorRange};
use egui::{Rect, TextEdit, Ui, UiBuilder};

use super::{TreeScratch, row_id};
use crate::document::edits;
use crate::model::Goal;
use crate::ui::scene::Scene;
use crate::ui::widgets::TextField;
use crate::workspace::{Action, Selection};

/// Enter or leaving the field changes the title, Esc leaves it.
pub(super) fn rename_ui(ui: &mut Ui, scene: &Scene<'_>, place: Rect, goal: &Goal, kept: &mut TreeScratch, actions: &mut Vec<Action>) {
    let field = TextField::new(("rename", goal.id.as_str()), "Title in the tree", &goal.title).required("A goal needs a title");
    let id = field.id();
    let begins = kept.renaming.as_ref() != Some(&goal.id);
    if begins {
        kept.drafts.clear();
        kept.renaming = Some(goal.id.clone());
        ui.memory_mut(|m| m.request_focus(id));
    }
    let entered = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| field.show(ui, scene.theme, &mut kept.drafts)).inner;
    if begins {
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(goal.title.chars().count()));
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), id);
    }
    if let Some(title) = entered.committed {
        actions.push(edits::rename_goal(goal, title).into());
    }
    if !ui.memory(|m| m.has_focus(id)) {
        kept.renaming = None;
        kept.drafts.clear();
        actions.push(Action::Rename(None));
        // By Enter or Esc; a click elsewhere has put the focus there.
        if ui.memory(egui::Memory::focused).is_none() {
            ui.memory_mut(|m| m.request_focus(row_id(&Selection::Goal(goal.id.clone()))));
        }
    }
}
