//! Where the guardrails stand, under the header.

use egui::Ui;

use crate::chart::moves::{GuardrailLine, GuardrailState};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::{Action, Selection};

/// A line for each guardrail: tripped ones in the colour of errors, the others quiet. Its name leads to the KPI.
pub(in crate::ui::views) fn guardrails_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    lines: &[GuardrailLine],
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    for line in lines {
        let (icon, ink) = match line.state {
            GuardrailState::Tripped => (icons::TRIANGLE_ALERT, theme.error()),
            GuardrailState::Unknown => (icons::CIRCLE_HELP, theme.text.muted),
            GuardrailState::Holds => (icons::SHIELD_CHECK, theme.text.muted),
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme.px(space::XS);
            ui.label(icon.text(theme.type_of(TextSize::Body).size).color(ink));
            ui.label(theme.rich(format!("Guardrail {}:", line.state.word()), TextSize::Body).color(ink));
            if medium.is_screen() {
                if widgets::link_ui(ui, theme, &line.name, TextSize::Body).clicked() {
                    actions.push(Action::Visit(Selection::Metric(line.metric.clone())));
                }
            } else {
                ui.label(theme.strong(&line.name, TextSize::Body));
            }
            let words = theme.rich(&line.words, TextSize::Body);
            let words = if line.state == GuardrailState::Tripped { words.color(ink) } else { words.color(theme.text.muted) };
            ui.label(words);
        });
    }
}
