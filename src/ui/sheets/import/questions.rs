//! What only somebody who knows the table can say: asked above everything else.

use egui::{CornerRadius, Frame, Label, Margin, Ui};

use super::Desk;
use crate::ui::icons;
use crate::ui::theme::{TextSize, radius, size, space};
use crate::ui::widgets;

/// Where the keyboard is led: the first question, else the button at the end once it can be pressed.
pub(super) fn lead(desk: &Desk<'_>) -> Option<String> {
    if desk.importing.working().is_some() {
        return None;
    }
    match desk.found.open.asked.first() {
        Some(asked) => Some(asked.question.clone()),
        None => desk.importing.refusal().is_none().then(|| "import".to_owned()),
    }
}

pub(super) fn questions_ui(desk: &mut Desk<'_>, ui: &mut Ui, led: bool) {
    let theme = desk.scene.theme;
    let found = desk.found;
    let all: Vec<String> = found.listed.iter().filter(|l| l.taken).map(|l| l.take.from.clone()).collect();
    for (index, asked) in found.open.asked.iter().enumerate() {
        let frame = Frame::new()
            .fill(theme.bg.selected)
            .corner_radius(CornerRadius::same(radius::WINDOW))
            .inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let mut given = None;
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(icons::CIRCLE_HELP.text(theme.px(size::ICON)).color(theme.error()));
                let of = match asked.of.len() {
                    0 | 1 => String::new(),
                    2 => " The same goes for one other series.".to_owned(),
                    all => format!(" The same goes for {} other series.", all - 1),
                };
                ui.add(Label::new(theme.strong(format!("{}{of}", asked.question), TextSize::Body)).wrap());
                for (at, (answer, words)) in asked.answers.iter().enumerate() {
                    let button = widgets::button_ui(ui, theme, words);
                    if led && index == 0 && at == 0 {
                        button.request_focus();
                    }
                    if button.clicked() {
                        given = Some(answer.clone());
                    }
                }
            });
        });
        if let Some(answer) = given {
            desk.choices().answer(answer, &asked.of, &all);
        }
    }
}
