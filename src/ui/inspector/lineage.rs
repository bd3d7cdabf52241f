//! Where a goal comes from and where it went: how the goal before it ended beside how this one stands, and what can follow when a key
//! result is reached.

use egui::{Frame, Id, Margin, Ui};

use super::desk::Desk;
use super::live::Measure;
use crate::analysis::{GoalResult, ScoreBand};
use crate::document::edits::{self, ClosedGoal, FollowUps};
use crate::model::{Aim, Goal, GoalState};
use crate::ui::icons;
use crate::ui::sheets::band_ui;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, CarrySource, CycleAction, Selection, Sheet};

/// The goal that this one carries on, compared with it, and the goals that carry this one on.
pub(super) fn lineage_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let project = desk.scene.project;
    let before = goal.predecessor.as_ref().and_then(|id| project.goal(id));
    let after = desk.scene.memos.successors(desk.scene.document, &goal.id);
    let after: Vec<&Goal> = after.iter().filter_map(|id| project.goal(id)).collect();
    if before.is_none() && after.is_empty() {
        return;
    }
    desk.section(ui, "Over the cycles", None);
    if let Some(before) = before {
        link_ui(desk, ui, "Carries on", before);
        standing_ui(desk, ui, "Then", before);
        standing_ui(desk, ui, "Now", goal);
    }
    for next in after {
        link_ui(desk, ui, "Carried on in", next);
        if before.is_none() {
            standing_ui(desk, ui, "Next", next);
        }
    }
}

/// "Carries on “X” (Q3 2026)", which leads there.
fn link_ui(desk: &mut Desk<'_>, ui: &mut Ui, words: &str, goal: &Goal) {
    let theme = desk.scene.theme;
    let cycle = desk.scene.project.cycle_of(goal).map_or_else(String::new, |c| format!(" ({})", c.name));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(theme.muted(words, TextSize::Small));
        if widgets::link_ui(ui, theme, &format!("{}{cycle}", goal.title), TextSize::Small).clicked() {
            desk.act(Action::Visit(Selection::Goal(goal.id.clone())));
        }
    });
}

/// Start → target, progress or final score, and status of one of the two goals.
fn standing_ui(desk: &mut Desk<'_>, ui: &mut Ui, name: &str, goal: &Goal) {
    let theme = desk.scene.theme;
    let locale = desk.scene.project.settings.locale;
    let evaluation = std::sync::Arc::clone(&desk.scene.evaluation);
    let Some(result) = evaluation.goal(&goal.id) else { return };
    let measure = Measure::of(desk, goal);
    let way = match (result.start, result.target) {
        (Some(start), Some(target)) => Some(format!("{} → {}", measure.value(start), measure.value(target))),
        (None, Some(target)) => Some(format!("→ {}", measure.value(target))),
        (_, None) => None,
    };
    desk.row(ui, name, |desk, ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XXS;
            ui.horizontal(|ui| {
                widgets::status_pill_ui(ui, theme, result.status);
                if let GoalState::Closed(closing) = &goal.state {
                    ui.label(theme.number(locale.fixed(closing.score, 2), TextSize::Small));
                    band_ui(ui, theme, ScoreBand::of(closing.score, goal.horizon), goal.horizon);
                } else {
                    let words = result.progress.map_or_else(|| "no progress yet".to_owned(), |p| locale.percent(p, 0));
                    ui.label(theme.number(words, TextSize::Small));
                }
            });
            if let Some(way) = way {
                desk.note(ui, way);
            }
        });
    });
}

/// A card that asks what next, while a key result is reached and nothing follows on it yet.
pub(super) fn what_next_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, result: &GoalResult) {
    let Some(FollowUps { raise_to, keep, close_with }) = edits::follow_ups(desk.scene.project, goal, result) else { return };
    let hidden = Id::unique(("what next is hidden", goal.id.as_str()));
    if ui.data(|data| data.get_temp::<bool>(hidden)).unwrap_or_default() {
        return;
    }
    let theme = desk.scene.theme;
    let measure = Measure::of(desk, goal);
    let as_of = desk.scene.as_of;
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(radius::WINDOW)
        .inner_margin(Margin::same(space::S as i8));
    ui.add_space(space::XS);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::section_header_ui(ui, theme, "Reached. What next?", |ui| {
            if widgets::icon_button_ui(ui, theme, icons::X, "Not now").clicked() {
                ui.data_mut(|data| data.insert_temp(hidden, true));
            }
        });
        ui.horizontal_wrapped(|ui| {
            if let Some(target) = raise_to
                && widgets::button_ui(ui, theme, &format!("Raise the target to {}", measure.value(target)))
                    .on_hover_text("The same growth again; the ledger keeps the target before")
                    .clicked()
            {
                desk.act(edits::raise_target(goal, target, as_of));
            }
            if let Some(aim) = keep {
                let (side, value) = match aim {
                    Aim::AtMost { threshold, .. } => ("below", threshold),
                    _ => ("above", aim.target().unwrap_or_default()),
                };
                let words = format!("Keep it at or {side} {}", measure.value(value));
                if widgets::button_ui(ui, theme, &words).on_hover_text("Add a key result that stays there").clicked() {
                    desk.act(Action::Cycles(CycleAction::KeepLevel { goal: goal.id.clone(), aim }));
                }
            }
            if widgets::button_ui(ui, theme, "Carry over…").on_hover_text("Go on in the next cycle").clicked() {
                let from = CarrySource::Goals(vec![goal.id.clone()]);
                desk.act(Action::OpenSheet(Sheet::CarryOver { from, into: None }));
            }
            if let Some(score) = close_with {
                let words = format!("Close with {}", desk.scene.project.settings.locale.fixed(score, 1));
                if widgets::button_ui(ui, theme, &words).on_hover_text("“Close…” in the menu of the goal asks for score and note").clicked()
                {
                    let closed = ClosedGoal { goal: goal.id.clone(), score, suggested: Some(score), note: String::new() };
                    desk.act(edits::close_goals(desk.scene.project, &[closed], as_of));
                }
            }
        });
    });
}
