//! The steps of a milestone or an initiative, and what an initiative is worth.

use egui::{Align, Layout, Ui};

use super::desk::Desk;
use super::effects;
use crate::document::edits;
use crate::model::{Goal, Initiative, Step, date_words};
use crate::ui::icons;
use crate::ui::theme::{size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Sheet};

pub(super) fn initiative_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, initiative: &Initiative) {
    steps_ui(desk, ui, goal, &initiative.steps);
    desk.section(ui, "Worth", None);
    if let Some(value) = desk.choice(ui, "Value", &initiative.value, &ratings()) {
        desk.act(edits::set_rating(goal, value, initiative.effort));
    }
    if let Some(effort) = desk.choice(ui, "Effort", &initiative.effort, &ratings()) {
        desk.act(edits::set_rating(goal, initiative.value, effort));
    }
    desk.row(ui, "", |desk, ui| {
        if widgets::quiet_button_ui(ui, desk.scene.theme, "Compare…")
            .on_hover_text("See it beside the others by value and effort")
            .clicked()
        {
            desk.act(Action::OpenSheet(Sheet::Initiatives(None)));
        }
    });
    effects::effects_ui(desk, ui, goal, initiative);
}

pub(in crate::ui) fn ratings() -> Vec<(Option<u8>, String)> {
    let word = |rating: u8| match rating {
        1 => "1, little".to_owned(),
        5 => "5, much".to_owned(),
        other => other.to_string(),
    };
    std::iter::once((None, "–".to_owned())).chain((1..=5).map(|rating| (Some(rating), word(rating)))).collect()
}

pub(super) fn steps_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, steps: &[Step]) {
    let done = steps.iter().filter(|step| step.done_on.is_some()).count();
    if desk.section(ui, &format!("Steps · {done} of {} done", steps.len()), Some("Add a step")) {
        let new = Step { title: format!("Step {}", steps.len() + 1), done_on: None };
        desk.act(edits::set_steps(goal, steps.iter().cloned().chain([new]).collect()));
    }
    for (index, step) in steps.iter().enumerate() {
        step_ui(desk, ui, goal, steps, index, step);
    }
}

fn step_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, steps: &[Step], index: usize, step: &Step) {
    let theme = desk.scene.theme;
    let number = index + 1;
    ui.horizontal_top(|ui| {
        let mut done = step.done_on.is_some();
        let response = ui.checkbox(&mut done, "");
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::CheckBox, true, step.done_on.is_some(), format!("Done: {}", step.title))
        });
        if response.changed() {
            desk.act(edits::set_step_done(goal, index, done.then_some(desk.scene.as_of)));
        }
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let many = steps.len() > 1;
            let button = ui
                .add_enabled_ui(many, |ui| widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove the step {}", step.title)));
            if button.inner.clicked() {
                let mut left = steps.to_vec();
                left.remove(index);
                desk.act(edits::set_steps(goal, left));
            }
            let name = format!("Step {number}");
            let field = desk.text_field(&name, &step.title).required("A step needs a title").width(ui.available_width());
            if let Some(title) = desk.show_text(ui, field) {
                let mut changed = steps.to_vec();
                changed[index].title = title;
                desk.act(edits::set_steps(goal, changed));
            }
        });
    });
    if let Some(done_on) = step.done_on {
        ui.horizontal_top(|ui| {
            ui.add_space(size::CONTROL + space::S);
            let name = format!("Step {number} done on");
            let field = desk.date_field(&name, Some(done_on)).hint("not done");
            // An emptied field takes the tick away.
            if let Some(done_on) = desk.show_date(ui, field).committed {
                desk.act(edits::set_step_done(goal, index, done_on));
            }
            if done_on > desk.scene.as_of {
                desk.note(ui, format!("after {}", date_words(desk.scene.as_of)));
            }
        });
    }
}
