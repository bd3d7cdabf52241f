//! What is worth mending, with the way to mend it where there is one; the key questions of an objective; the rules that are off.

use egui::{Role, Ui, WidgetInfo};

use super::desk::Desk;
use crate::analysis::lint::{Finding, KEY_QUESTIONS, Rule, answers};
use crate::document::edits;
use crate::document::repair::repair;
use crate::model::{Goal, Objective, Place};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;

/// The findings about one thing; nothing where there are none.
pub(super) fn findings_ui(desk: &mut Desk<'_>, ui: &mut Ui, place: &Place) {
    let scene = desk.scene;
    let all = scene.memos.findings(scene.document, scene.as_of);
    let Some(findings) = all.get(place) else { return };
    desk.section(ui, &format!("Worth mending · {}", findings.len()), None);
    for finding in findings.iter() {
        finding_ui(desk, ui, finding);
        ui.add_space(space::S);
    }
}

fn finding_ui(desk: &mut Desk<'_>, ui: &mut Ui, finding: &Finding) {
    let theme = desk.scene.theme;
    let Finding { rule, why, suggestion, .. } = finding;
    ui.add(egui::Label::new(theme.strong(rule.word(), TextSize::Body)).wrap());
    desk.note(ui, why.as_str());
    if let Some(suggestion) = suggestion {
        desk.note(ui, suggestion.as_str());
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(change) = repair(desk.scene.project, finding, desk.scene.as_of)
            && link_ui(desk, ui, "Mend", &format!("Mend: {}", rule.word()), &change.label)
        {
            desk.act(change);
        }
        let name = format!("Turn this rule off: {}", rule.word());
        if link_ui(desk, ui, "Turn this rule off", &name, "For the whole project; its page turns it on again") {
            desk.act(edits::toggle_lint_rule(&desk.scene.project.settings, rule.id()));
        }
    });
}

/// A link that screen readers know by its own name.
fn link_ui(desk: &Desk<'_>, ui: &mut Ui, words: &str, name: &str, explained: &str) -> bool {
    let response = widgets::link_ui(ui, desk.scene.theme, words, TextSize::Small).on_hover_text(explained);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    response.clicked()
}

/// What only people can answer of an objective.
pub(super) fn questions_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, objective: &Objective) {
    let yes = answers(objective).filter(|(_, yes)| *yes).count();
    desk.section(ui, &format!("Key questions · {yes} of {} yes", KEY_QUESTIONS.len()), None);
    let theme = desk.scene.theme;
    for (question, yes) in answers(objective) {
        let mut answer = yes;
        if ui.checkbox(&mut answer, theme.rich(question.question, TextSize::Small)).changed()
            && let Some(change) = edits::toggle_answer(goal, question.id)
        {
            desk.act(change);
        }
    }
}

/// The rules that the project turned off, each with the way back.
pub(super) fn rules_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let scene = desk.scene;
    let found: usize = scene.memos.findings(scene.document, scene.as_of).values().map(|found| found.len()).sum();
    let off: Vec<Rule> = Rule::ALL.into_iter().filter(|rule| scene.project.settings.lint_off.contains(rule.id())).collect();
    desk.section(ui, "Goal lint", None);
    let on = Rule::ALL.len() - off.len();
    desk.note(ui, format!("{on} of {} rules are on; worth mending: {found}.", Rule::ALL.len()));
    for rule in off {
        ui.horizontal_wrapped(|ui| {
            ui.label(scene.theme.rich(rule.word(), TextSize::Small));
            if link_ui(desk, ui, "Turn on", &format!("Turn this rule on: {}", rule.word()), rule.id()) {
                desk.act(edits::toggle_lint_rule(&scene.project.settings, rule.id()));
            }
        });
    }
}
