//! Both dates of a goal, typed: a small card under its lane, and one step for the two.

use egui::{CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Rect, Ui, pos2};

use super::Kept;
use crate::chart::roadmap::{own_dates, preview, suggested};
use crate::document::edits;
use crate::model::{Goal, GoalId, Span};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::Action;

const WIDTH: f32 = 300.0;
const NAME: f32 = 48.0;

/// Dates that are being typed.
#[derive(Clone, Default)]
pub(super) struct DatesKept {
    goal: Option<GoalId>,
    span: Span,
    drafts: Drafts,
    /// The first field takes the keyboard.
    fresh: bool,
}

/// Opens the card with what is known, and a proposal for what is not.
pub(super) fn open(scene: &Scene<'_>, kept: &mut Kept, goal: &Goal) {
    let span = suggested(scene.project, goal, scene.as_of);
    kept.dates = DatesKept { goal: Some(goal.id.clone()), span, drafts: Drafts::default(), fresh: true };
}

/// The card, where it is open for this goal.
pub(super) fn dates_ui(ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, goal: &Goal, lane: Rect, actions: &mut Vec<Action>) {
    let dates = &mut kept.dates;
    if dates.goal.as_ref() != Some(&goal.id) {
        return;
    }
    let theme = scene.theme;
    let at = pos2(lane.left() + theme.px(super::canvas::QUARTER), lane.bottom() + 2.0);
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.control))
        .corner_radius(CornerRadius::same(radius::WINDOW))
        .inner_margin(Margin::same(space::M as i8));
    let area = egui::Area::new(Id::unique("roadmap dates")).order(Order::Foreground).fixed_pos(at).constrain(true);
    let mut close = false;
    let from = widgets::told_so_far(ui.ctx());
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = space::S;
            widgets::truncated_ui(ui, theme.strong(format!("Dates of “{}”", goal.title), TextSize::Body));
            for (name, date) in [("Start", &mut dates.span.start), ("Due", &mut dates.span.due)] {
                ui.horizontal(|ui| {
                    ui.add_sized([NAME, 20.0], egui::Label::new(theme.muted(name, TextSize::Body)));
                    let label = format!("{name} of the goal");
                    let field = DateField::new((goal.id.as_str(), name), &label, *date, scene.as_of).without_calendar().width(140.0);
                    if dates.fresh {
                        ui.memory_mut(|m| m.request_focus(field.id()));
                        dates.fresh = false;
                    }
                    if let Some(entered) = field.show(ui, theme, &mut dates.drafts).committed {
                        *date = entered;
                    }
                });
            }
            let wrong = matches!((dates.span.start, dates.span.due), (Some(start), Some(due)) if start > due);
            let before = scene.project.span(goal);
            let said = preview(scene.project, goal, before, dates.span);
            if wrong {
                ui.label(theme.rich("It would be due before it starts.", TextSize::Small).color(theme.error()));
            } else {
                for line in said {
                    ui.label(theme.muted(line, TextSize::Small));
                }
            }
            ui.horizontal(|ui| {
                let set = ui.add_enabled_ui(!wrong && dates.span != before, |ui| widgets::primary_button_ui(ui, theme, "Set dates")).inner;
                if set.clicked() {
                    let (start, due) = own_dates(scene.project, goal, dates.span);
                    actions.push(edits::set_dates(goal, start, due, scene.as_of, "").into());
                    close = true;
                }
                close |= widgets::button_ui(ui, theme, "Cancel").clicked();
            });
        });
    });
    let pressed_outside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(|pointer| !shown.response.rect.contains(pointer));
    // A field that is being edited takes Esc first.
    let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if close || escaped || pressed_outside && dates.drafts.is_empty() {
        widgets::settle_told(ui.ctx(), from);
        kept.dates = DatesKept::default();
        ui.memory_mut(|m| m.request_focus(super::lane::lane_id(&goal.id)));
    }
}
