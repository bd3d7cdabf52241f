//! Which template a new project begins with.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Id, Layout, Modal, Response, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use super::dialog_frame;
use crate::storage::templates::{self, Template};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Workspace};

/// Most sentences fit on a line.
const WIDTH: f32 = 640.0;
/// What stands above and below the list, and the air around the dialog.
const AROUND_LIST: f32 = 220.0;

pub(super) fn template_dialog_ui(ui: &Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(chosen) = workspace.template_draft else { return };
    let most = (ui.ctx().content_rect().height() - AROUND_LIST).max(size::ROW);
    let mut answer = None;
    let modal = Modal::new(Id::unique("templates")).frame(dialog_frame(theme)).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::M;
        ui.label(theme.rich("New project from a template", TextSize::Section));
        ui.label(theme.muted("Goals, metrics and cycles to begin with. Everything can be changed or removed.", TextSize::Body));
        let mut chosen_row = None;
        let mut has_keyboard = false;
        ScrollArea::vertical().min_scrolled_height(most).max_height(most).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XXS;
            for template in templates::list() {
                let row = row_ui(ui, theme, template, template.name == chosen);
                has_keyboard |= row.has_focus();
                if row.clicked() {
                    answer = Some(Action::NewFromTemplate(template.name));
                } else if row.has_focus() && template.name != chosen && answer.is_none() {
                    row.scroll_to_me(None);
                    answer = Some(Action::SetTemplateDraft(Some(template.name)));
                }
                if template.name == chosen {
                    chosen_row = Some(row);
                }
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let cancel = widgets::button_ui(ui, theme, "Cancel");
            has_keyboard |= cancel.has_focus();
            if cancel.clicked() {
                answer = Some(Action::SetTemplateDraft(None));
            }
        });
        // The keyboard begins at the chosen row, whatever had it before.
        if let Some(row) = chosen_row.filter(|_| !has_keyboard) {
            row.request_focus();
        }
    });
    if answer.is_none() && modal.should_close() {
        answer = Some(Action::SetTemplateDraft(None));
    }
    actions.extend(answer);
}

/// A title and its sentence, as one thing to click.
fn row_ui(ui: &mut Ui, theme: &Theme, template: Template, chosen: bool) -> Response {
    let Template { name: _, title, sentence } = template;
    let width = ui.available_width();
    let inner = width - 2.0 * space::M;
    let title_galley = ui.painter().layout_no_wrap(title.to_owned(), theme.strong_font(TextSize::Body), theme.text.strong);
    let sentence_galley = ui.painter().layout(sentence.to_owned(), theme.font(TextSize::Small), theme.text.muted, inner);
    let height = 2.0 * space::S + title_galley.size().y + space::XXS + sentence_galley.size().y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(sentence));
    if ui.is_rect_visible(rect) {
        let corners = CornerRadius::same(radius::CONTROL);
        let fill = match (chosen, response.hovered()) {
            (true, _) => theme.bg.selected,
            (false, true) => theme.bg.hover,
            (false, false) => theme.bg.surface,
        };
        ui.painter().rect_filled(rect, corners, fill);
        if response.has_focus() {
            ui.painter().rect_stroke(rect, corners, theme.stroke(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Inside);
        }
        let place = rect.min + vec2(space::M, space::S);
        let below = place + vec2(0.0, title_galley.size().y + space::XXS);
        ui.painter().galley(place, title_galley, theme.text.strong);
        ui.painter().galley(below, sentence_galley, theme.text.muted);
    }
    response
}
