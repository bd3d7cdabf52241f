//! The end of goals: the score that progress suggests, the one that is given, and what happens to the goals under them.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Id, ScrollArea, Ui};

use super::parts::{BAND_WIDTH, SCORE_WIDTH, buttons_ui, cell_ui, entered, heads_ui, is_to_be_done, score_ui, title_ui};
use super::sheet_ui;
use crate::analysis::suggested_score;
use crate::document::edits::{self, ClosedGoal};
use crate::model::{Goal, GoalId};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{self, Drafts, TextField};
use crate::workspace::Action;

const WIDTH: f32 = 640.0;
const TITLE_WIDTH: f32 = 360.0;
const SUGGESTED_WIDTH: f32 = 80.0;
const MOST_ROWS_HEIGHT: f32 = 320.0;

#[derive(Clone, Default)]
struct Kept {
    goals: Option<Vec<GoalId>>,
    drafts: Drafts,
    /// What was typed in place of the suggestion.
    scores: BTreeMap<GoalId, Option<f64>>,
    note: String,
    leave_children: bool,
    to_button: bool,
    waiting: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Children {
    Close,
    Leave,
}

pub(super) fn close_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, goals: &[GoalId], actions: &mut Vec<Action>) {
    let id = Id::unique("close sheet");
    let mut kept: Kept = scratch.take(id);
    let first = kept.goals.as_deref() != Some(goals);
    if first {
        kept = Kept { goals: Some(goals.to_vec()), ..Kept::default() };
    }
    let open = edits::open_goals(scene.project, &scene.tree, goals);
    let asked: BTreeSet<&GoalId> = goals.iter().collect();
    let title = match &open[..] {
        [(goal, _), ..] if goals.len() == 1 => format!("Close “{}”", goal.title),
        _ => format!("Close {} goals", goals.len()),
    };
    let (from, mut answered) = (widgets::told_so_far(ui.ctx()), false);
    let close = sheet_ui(ui, scene.theme, &title, WIDTH, |ui| {
        answered = body_ui(ui, scene, &mut kept, &open, &asked, first, actions);
        answered
    });
    if answered {
        widgets::settle_told(ui.ctx(), from);
    }
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

fn body_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    open: &[(&Goal, usize)],
    asked: &BTreeSet<&GoalId>,
    first: bool,
    actions: &mut Vec<Action>,
) -> bool {
    let theme = scene.theme;
    if open.is_empty() {
        ui.label(theme.muted("Nothing is open here any more.", TextSize::Body));
        return false;
    }
    ui.label(theme.muted("The score is suggested from progress; say otherwise where it tells less than you know.", TextSize::Small));
    let under = open.iter().filter(|(goal, _)| !asked.contains(&goal.id)).count();
    if under > 0 {
        ui.horizontal(|ui| {
            let words = if under == 1 { "The open goal under it:".to_owned() } else { format!("The {under} open goals under it:") };
            ui.label(theme.rich(words, TextSize::Body));
            let now = if kept.leave_children { Children::Leave } else { Children::Close };
            let options = [(Children::Close, "Close too"), (Children::Leave, "Leave open")];
            if let Some(chosen) = widgets::segmented_ui(ui, theme, "Goals under it", now, &options) {
                kept.leave_children = chosen == Children::Leave;
            }
        });
    }
    heads_ui(ui, theme, &[("Goal", TITLE_WIDTH), ("Suggested", SUGGESTED_WIDTH), ("Score", SCORE_WIDTH), ("", BAND_WIDTH)]);
    let mut closed: Vec<ClosedGoal> = Vec::new();
    let mut problem = None;
    ScrollArea::vertical().id_salt("goals to close").max_height(MOST_ROWS_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        let shown = open.iter().filter(|(goal, _)| !kept.leave_children || asked.contains(&goal.id));
        for (index, (goal, depth)) in shown.enumerate() {
            let suggested = scene.evaluation.goal(&goal.id).and_then(|r| r.score).map(suggested_score);
            let mut score = kept.scores.get(&goal.id).copied().unwrap_or(suggested);
            ui.horizontal_top(|ui| {
                title_ui(ui, theme, &goal.title, *depth, asked.contains(&goal.id), TITLE_WIDTH);
                cell_ui(ui, SUGGESTED_WIDTH, |ui| {
                    let words = suggested.map_or_else(|| "–".to_owned(), |s| scene.project.settings.locale.fixed(s, 2));
                    let hover = if suggested.is_none() { "It has no progress to suggest a score from." } else { "From its progress." };
                    ui.label(theme.number(words, TextSize::Body)).on_hover_text(hover);
                });
                let field = score_ui(ui, scene, &mut kept.drafts, goal, suggested, &mut score);
                if first && index == 0 {
                    field.request_focus();
                }
                kept.to_button |= entered(ui, &field);
            });
            if score == suggested {
                kept.scores.remove(&goal.id);
            } else {
                kept.scores.insert(goal.id.clone(), score);
            }
            let is_asked = asked.contains(&goal.id);
            match score {
                Some(score) if (0.0..=1.0).contains(&score) => {
                    let note = if is_asked { kept.note.clone() } else { String::new() };
                    closed.push(ClosedGoal { goal: goal.id.clone(), score, suggested, note });
                }
                Some(_) => problem = Some("A score lies between 0.0 and 1.0."),
                None if is_asked => problem = Some("Give it a score."),
                // What has no score stays open.
                None => {}
            }
        }
    });
    let shown = open.iter().filter(|(goal, _)| !kept.leave_children || asked.contains(&goal.id)).count();
    if problem.is_none() && closed.len() < shown {
        ui.label(theme.muted("What has no score stays open.", TextSize::Small));
    }
    ui.add_space(space::XS);
    let hint = if kept.scores.is_empty() { "Note: what came of it" } else { "Note: why the score differs from the suggested one" };
    let own = egui::Id::unique("closing note as typed");
    if let Some(restored) = widgets::take_text(ui.ctx(), own) {
        kept.note = restored.text;
    }
    let field = TextField::new("closing note", "Note", &kept.note).hint(hint).rows(2).of_dialog();
    let field_id = field.id();
    let note = field.kept_outside().show(ui, theme, &mut kept.drafts).committed;
    let typed = kept.drafts.text(field_id).unwrap_or(&kept.note);
    if !typed.trim().is_empty() {
        widgets::tell_text(ui.ctx(), own, "Note of the close", typed);
    }
    if let Some(note) = note {
        for closed in closed.iter_mut().filter(|c| asked.contains(&c.goal)) {
            closed.note.clone_from(&note);
        }
        kept.note = note;
    }
    let words = if closed.len() > 1 { format!("Close {} goals", closed.len()) } else { "Close the goal".to_owned() };
    let to_button = std::mem::take(&mut kept.to_button);
    let answer = buttons_ui(ui, theme, &words, problem, to_button);
    if is_to_be_done(ui, &kept.drafts, answer == Some(true), &mut kept.waiting) && problem.is_none() {
        actions.push(edits::close_goals(scene.project, &closed, scene.as_of).into());
        return true;
    }
    answer == Some(false)
}
