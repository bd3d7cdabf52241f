//! What is said of a cycle that has no goals yet: where to get some from.

use egui::Ui;

use crate::analysis::ScoreBand;
use crate::model::{Cycle, CycleId, Goal, GoalState};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::{Action, CarrySource, CycleAction, New, Selection, Sheet};

/// A cycle whose open goals could go on in the one that is shown.
pub struct CarryOffer<'a> {
    pub from: &'a Cycle,
    into: CycleId,
}

impl CarryOffer<'_> {
    /// Opens the sheet.
    pub fn action(&self) -> Action {
        Action::OpenSheet(Sheet::CarryOver { from: CarrySource::Cycle(self.from.id.clone()), into: Some(self.into.clone()) })
    }
}

/// The latest cycle that is over when the shown one begins and has open goals.
pub fn carry_offer<'a>(scene: &Scene<'a>) -> Option<CarryOffer<'a>> {
    let shown = scene.project.cycles.get(scene.view.cycle.as_ref()?)?;
    let has_open = |cycle: &&Cycle| !CarrySource::Cycle(cycle.id.clone()).goals(scene.project, &scene.tree).is_empty();
    let from = scene.project.cycles_in_order().into_iter().rev().filter(|c| c.end < shown.start).find(has_open)?;
    Some(CarryOffer { from, into: shown.id.clone() })
}

/// "No goal is in Q1 2027 yet", where a cycle without goals is shown.
pub fn empty_cycle_words(scene: &Scene<'_>) -> Option<String> {
    let cycle = scene.project.cycles.get(scene.view.cycle.as_ref()?)?;
    let none = scene.project.goals_of_cycle(&scene.tree, &cycle.id).members.is_empty();
    none.then(|| format!("No goal is in {} yet", cycle.name))
}

/// In place of the view, where there is nothing to show in the cycle. True when it stands there.
pub(super) fn empty_cycle_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) -> bool {
    let Some(words) = empty_cycle_words(scene) else { return false };
    if let Some(offer) = carry_offer(scene) {
        let why = format!("Goals that are still open in {} can go on here from where they stand, or new ones begin.", offer.from.name);
        let action = format!("Carry over from {}…", offer.from.name);
        if widgets::empty_state_ui(ui, scene.theme, icons::TARGET, &words, &why, Some(&action)) {
            actions.push(offer.action());
        }
    } else {
        let why = "What shall be different by its end? An objective that is added now belongs to this cycle.";
        if widgets::empty_state_ui(ui, scene.theme, icons::TARGET, &words, why, Some("Add an objective")) {
            actions.push(Action::Add(New::Objective { parent: None }));
        }
    }
    ui.vertical_centered(|ui| {
        if widgets::link_ui(ui, scene.theme, "Show all cycles", TextSize::Body).clicked() {
            actions.push(Action::Cycles(CycleAction::Switch(None)));
        }
    });
    true
}

/// "Carries on “X” (Q3 2026), closed with 0.8, partial": one quiet line in the head of a goal, and one for each goal that carries it on.
pub(super) fn lineage_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, medium: Medium, actions: &mut Vec<Action>) {
    let before = goal.predecessor.as_ref().and_then(|id| scene.project.goal(id)).map(|g| ("Carries on", g));
    let after = scene.memos.successors(scene.document, &goal.id);
    let after = after.iter().filter_map(|id| scene.project.goal(id)).map(|g| ("Carried on in", g));
    for (words, other) in before.into_iter().chain(after) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = scene.theme.px(space::XS);
            ui.label(scene.theme.muted(words, TextSize::Small));
            if medium.is_screen() {
                if widgets::link_ui(ui, scene.theme, &other.title, TextSize::Small).clicked() {
                    actions.push(Action::Visit(Selection::Goal(other.id.clone())));
                }
            } else {
                ui.label(scene.theme.rich(&other.title, TextSize::Small));
            }
            ui.label(scene.theme.muted(ended_words(scene, other), TextSize::Small));
        });
    }
}

/// "in Q3 2026, closed with 0.8, partial".
fn ended_words(scene: &Scene<'_>, goal: &Goal) -> String {
    let locale = scene.project.settings.locale;
    let mut parts: Vec<String> = scene.project.cycle_of(goal).map(|c| format!("in {}", c.name)).into_iter().collect();
    match (&goal.state, scene.evaluation.goal(&goal.id)) {
        (GoalState::Closed(closing), _) => {
            parts.push(format!("closed with {}", locale.fixed(closing.score, 1)));
            parts.push(ScoreBand::of(closing.score, goal.horizon).word().to_lowercase());
        }
        (_, Some(result)) => {
            parts.push(result.status.word().to_lowercase());
            parts.extend(result.progress.map(|p| locale.percent(p, 0)));
        }
        (_, None) => {}
    }
    parts.join(", ")
}
