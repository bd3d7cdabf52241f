//! The way from a goal to its check-in, with how that stands.

use egui::Ui;

use crate::model::{Goal, GoalState, Status};
use crate::ui::scene::Scene;
use crate::ui::theme::TextSize;
use crate::ui::widgets;
use crate::workspace::{Action, CheckInsOn, Sheet};

/// A button, and before it "3 weeks overdue" where something is asked for. For a layout from right to left. Nothing for a goal that is
/// closed or archived.
pub(super) fn check_in_button_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, actions: &mut Vec<Action>) {
    if goal.archived || matches!(goal.state, GoalState::Closed(_)) {
        return;
    }
    let theme = scene.theme;
    if widgets::button_ui(ui, theme, "Check in").on_hover_text("Say how it stands: value, confidence, status and a note.").clicked() {
        actions.push(Action::OpenSheet(Sheet::CheckIns(CheckInsOn::Goals(vec![goal.id.clone()]))));
    }
    let stands = scene.memos.check_ins(scene.document, scene.as_of);
    if let Some((stand, words)) = stands.get(&goal.id).and_then(|c| Some((c, c.due_words()?))) {
        let words = theme.muted(format!("Check-in {words}"), TextSize::Small);
        ui.label(if stand.overdue > 0 { words.color(theme.status(Status::AtRisk).text) } else { words });
        return;
    }
    let under = scene.tree.subtree(&goal.id).into_iter().filter(|visit| stands.get(visit.goal).is_some_and(|c| c.is_due)).count();
    if goal.is_objective() && under > 0 {
        ui.label(theme.muted(format!("{under} due under it"), TextSize::Small));
    }
}
