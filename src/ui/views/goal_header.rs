//! The head of a goal: where it hangs, its title, its status in a sentence, and its dates.

use chrono::Datelike as _;
use egui::{Align, Layout, Ui};

use super::check_in_button::check_in_button_ui;
use super::moves::{guardrails_ui, moves_of};
use crate::analysis::GoalResult;
use crate::chart::{WhyNumber, WhyOf};
use crate::model::{Goal, GoalState, Horizon, Tree, date_words, day_words};
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, space};
use crate::ui::why::why_hover_ui;
use crate::ui::widgets::{self, Bullet};
use crate::workspace::{Action, Selection};

/// From this width on, status, progress and the check-in stand in one line.
const ONE_LINE_FROM: f32 = 620.0;

/// Path, title, status with progress against expectation, why, dates and owner.
pub fn goal_header_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    path_ui(ui, scene, goal, medium, actions);
    ui.label(theme.rich(&goal.title, TextSize::Title));
    let Some(result) = scene.evaluation.goal(&goal.id) else { return };
    let why = |response, number| why_hover_ui(response, scene, WhyOf::new(&goal.id, number));
    let progress_ui = |ui: &mut Ui| {
        let width = theme.px(crate::ui::theme::size::BULLET_WIDTH);
        let bullet = Bullet { progress: result.progress, expected: result.expected };
        why(widgets::bullet_plain_ui(ui, theme, bullet, width), WhyNumber::Progress);
        let number = if result.expected.is_some() { WhyNumber::Expected } else { WhyNumber::Progress };
        why(ui.label(theme.number(progress_words(scene, result), TextSize::Body)), number);
    };
    let is_wide = ui.available_width() >= theme.px(ONE_LINE_FROM);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::M);
        why(widgets::status_pill_ui(ui, theme, result.status), WhyNumber::Status);
        if is_wide {
            progress_ui(ui);
        }
        if medium.is_screen() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| check_in_button_ui(ui, scene, goal, actions));
        }
    });
    if !is_wide {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.px(space::M);
            progress_ui(ui);
        });
    }
    ui.label(theme.rich(&result.reason, TextSize::Body));
    ui.label(theme.muted(facts_of(scene, goal, result).join("  ·  "), TextSize::Small));
    if !goal.description.is_empty() {
        ui.label(theme.muted(&goal.description, TextSize::Body));
    }
    super::cycle::lineage_ui(ui, scene, goal, medium, actions);
    guardrails_ui(ui, scene, &moves_of(scene, goal).guardrails, medium, actions);
}

/// "Fieldnote › Become the daily habit ›", for goals below the top.
fn path_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, medium: Medium, actions: &mut Vec<Action>) {
    let path = Tree::path(scene.project, &goal.id);
    let Some((_, above)) = path.split_last().filter(|(_, above)| !above.is_empty()) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = scene.theme.px(space::XS);
        for ancestor in above {
            if medium.is_screen() {
                if widgets::link_ui(ui, scene.theme, &ancestor.title, TextSize::Small).clicked() {
                    actions.push(Action::Visit(Selection::Goal(ancestor.id.clone())));
                }
            } else {
                ui.label(scene.theme.muted(&ancestor.title, TextSize::Small));
            }
            ui.label(scene.theme.muted("›", TextSize::Small));
        }
    });
}

/// "52 %, expected 58 %".
pub(super) fn progress_words(scene: &Scene<'_>, result: &GoalResult) -> String {
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| scene.project.settings.locale.percent(s, 0));
    match result.expected {
        Some(_) => format!("{}, expected {}", percent(result.progress), percent(result.expected)),
        None => percent(result.progress),
    }
}

/// Owner, dates, cycle, how much of it is measured: what stands in one quiet line.
fn facts_of(scene: &Scene<'_>, goal: &Goal, result: &GoalResult) -> Vec<String> {
    let mut facts = Vec::new();
    if !goal.owner.is_empty() {
        facts.push(goal.owner.clone());
    }
    match (result.span.start, result.span.due) {
        (Some(start), Some(due)) if start.year() == due.year() => facts.push(format!("{} – {}", day_words(start), date_words(due))),
        (Some(start), Some(due)) => facts.push(format!("{} – {}", date_words(start), date_words(due))),
        (None, Some(due)) => facts.push(format!("due {}", date_words(due))),
        (Some(start), None) => facts.push(format!("since {}, no due date", date_words(start))),
        (None, None) => facts.push("no dates".to_owned()),
    }
    if let Some(cycle) = goal.cycle.as_ref().and_then(|id| scene.project.cycles.get(id)) {
        facts.push(cycle.name.clone());
    }
    if let Some((measured, of)) = result.measured {
        facts.push(format!("{measured} of {of} measured"));
    }
    if goal.horizon == Horizon::Aspirational {
        facts.push("aspirational".to_owned());
    }
    if let GoalState::Closed(closing) = &goal.state {
        facts.push(format!("closed with {}", scene.project.settings.locale.fixed(closing.score, 1)));
    }
    if result.provisional {
        facts.push("provisional until the final value is in".to_owned());
    }
    facts
}
