//! What an initiative is expected to do to metrics.

use egui::Ui;

use super::desk::Desk;
use crate::document::edits;
use crate::model::{DeclaredEffect, Goal, Initiative, MetricId, Unit};
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets;

pub(super) fn effects_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, initiative: &Initiative) {
    let project = desk.scene.project;
    let mut metrics: Vec<_> = project.metrics.values().collect();
    metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let choices: Vec<(MetricId, String)> = metrics.into_iter().map(|m| (m.id.clone(), m.name.clone())).collect();
    let add = (!choices.is_empty()).then_some("Add an effect");
    if desk.section(ui, "Effects", add)
        && let Some(metric) = measured_above(desk, goal).or_else(|| choices.first().map(|(id, _)| id.clone()))
    {
        let from = project.span(goal).due.unwrap_or(desk.scene.as_of);
        let new = DeclaredEffect { metric, from, change: 0.05, relative: true, confidence: 0.5 };
        desk.act(edits::set_effects(goal, initiative.effects.iter().cloned().chain([new]).collect()));
    }
    if initiative.effects.is_empty() {
        let words = if choices.is_empty() {
            "An effect is on a metric; there is none yet."
        } else {
            "Say which metric this work will move, and by how much."
        };
        desk.note(ui, words);
    }
    for (index, effect) in initiative.effects.iter().enumerate() {
        if index > 0 {
            ui.add_space(space::S);
        }
        ui.push_id(("effect", index), |ui| effect_ui(desk, ui, goal, initiative, (index, effect), &choices));
    }
}

/// The metric that the goal above is measured by.
fn measured_above(desk: &Desk<'_>, goal: &Goal) -> Option<MetricId> {
    let above = desk.scene.project.goal(goal.parent.as_ref()?)?;
    let own = above.as_key_result().and_then(|k| k.metric.clone());
    own.or_else(|| desk.scene.project.linked_metrics(&above.id).first().map(|(m, _)| m.id.clone()))
}

fn effect_ui(
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    goal: &Goal,
    initiative: &Initiative,
    (index, effect): (usize, &DeclaredEffect),
    choices: &[(MetricId, String)],
) {
    let theme = desk.scene.theme;
    let number = index + 1;
    let with = |effect: DeclaredEffect| {
        let mut effects = initiative.effects.clone();
        effects[index] = effect;
        edits::set_effects(goal, effects)
    };
    let unit = desk.scene.project.metric(&effect.metric).map_or(Unit::Ratio, |m| m.unit.clone());
    desk.row(ui, "Metric", |desk, ui| {
        let width = ui.available_width() - 32.0;
        if let Some(metric) = desk.combo(ui, &format!("Metric of effect {number}"), &effect.metric, choices, width) {
            desk.act(with(DeclaredEffect { metric, ..effect.clone() }));
        }
        if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove effect {number}")).clicked() {
            let mut effects = initiative.effects.clone();
            effects.remove(index);
            desk.act(edits::set_effects(goal, effects));
        }
    });
    desk.row(ui, "From", |desk, ui| {
        let name = format!("Effect {number} from");
        let field = desk.date_field(&name, Some(effect.from)).required().width(144.0);
        if let Some(Some(from)) = desk.show_date(ui, field).committed {
            desk.act(with(DeclaredEffect { from, ..effect.clone() }));
        }
    });
    desk.row(ui, "Change", |desk, ui| {
        let name = format!("Change of effect {number}");
        let percent = Unit::Percent;
        let (shown, shown_unit) = if effect.relative { ((effect.change * 1e8).round() / 1e6, &percent) } else { (effect.change, &unit) };
        let field = desk.number_field(&name, Some(shown), shown_unit).required().width(88.0);
        if let Some(Some(entered)) = desk.show_number(ui, field).committed {
            let change = if effect.relative { entered / 100.0 } else { entered };
            desk.act(with(DeclaredEffect { change, ..effect.clone() }));
        }
        let ways = [(true, "of it".to_owned()), (false, "added".to_owned())];
        let width = ui.available_width();
        if let Some(relative) = desk.combo(ui, &format!("Way of effect {number}"), &effect.relative, &ways, width) {
            desk.act(with(DeclaredEffect { relative, ..effect.clone() }));
        }
    });
    desk.row(ui, "Confidence", |desk, ui| {
        let name = format!("Confidence of effect {number}");
        let field = desk.number_field(&name, Some((effect.confidence * 1e8).round() / 1e6), &Unit::Percent).required().width(88.0);
        if let Some(Some(percent)) = desk.show_number(ui, field).committed {
            desk.act(with(DeclaredEffect { confidence: percent / 100.0, ..effect.clone() }));
        }
    });
}
