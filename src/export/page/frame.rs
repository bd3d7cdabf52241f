use egui::{Align, Label, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::model::{Date, Project, date_words};
use crate::ui::theme::{TextSize, Theme, space};

/// The margins of a page never take more than this share of its width.
const MOST_MARGIN: f32 = 0.06;

/// What is around the content of every page: margins and a footer with project, data cut-off and page.
pub(super) struct Frame<'a> {
    pub(super) project: &'a Project,
    pub(super) as_of: Date,
    pub(super) theme: &'a Theme,
    pub(super) size: Vec2,
    pub(super) number: usize,
    pub(super) of: usize,
}

impl Frame<'_> {
    pub(super) fn show(&self, ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
        let page = Rect::from_min_size(pos2(0.0, 0.0), self.size);
        ui.scope_builder(UiBuilder::new().id_salt("content").max_rect(content_area(self.theme, self.size)), content);
        let margin = margin(self.theme, self.size);
        let line = self.theme.type_of(TextSize::Caption).line_height;
        let footer = Rect::from_min_max(pos2(margin, page.bottom() - margin * 0.6 - line), pos2(page.right() - margin, page.bottom()));
        ui.scope_builder(UiBuilder::new().id_salt("footer").max_rect(footer), |ui| self.footer(ui));
    }

    fn footer(&self, ui: &mut Ui) {
        let Self { project, as_of, theme, number, of, .. } = self;
        let line = vec2(ui.available_width(), theme.type_of(TextSize::Caption).line_height);
        ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
            if *of > 1 {
                ui.label(theme.muted(format!("Page {number} of {of}"), TextSize::Caption));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = format!("{} · as of {}", project.name, date_words(*as_of));
                ui.add(Label::new(theme.muted(words, TextSize::Caption)).truncate());
            });
        });
    }
}

/// Where the content of a page goes.
pub(super) fn content_area(theme: &Theme, size: Vec2) -> Rect {
    let margin = margin(theme, size);
    let footer = theme.type_of(TextSize::Caption).line_height + theme.px(space::L);
    let area = Rect::from_min_size(pos2(0.0, 0.0), size).shrink(margin);
    Rect::from_min_max(area.min, pos2(area.max.x, (area.max.y + 0.4 * margin - footer).max(area.min.y)))
}

fn margin(theme: &Theme, size: Vec2) -> f32 {
    theme.px(space::XXL).min(MOST_MARGIN * size.x).min(MOST_MARGIN * 2.0 * size.y).round()
}
