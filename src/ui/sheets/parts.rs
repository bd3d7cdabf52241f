//! What the rows of the sheets on cycles and closing are made of.

use egui::{Align, Layout, Response, Role, Ui, WidgetInfo, vec2};

use crate::analysis::ScoreBand;
use crate::model::{Goal, Horizon, Unit};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets::{self, Drafts, NumberField};

/// A place in a row as wide as its column, with what is in it half-way up.
pub(super) fn cell_ui<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        ui.set_min_height(size::CONTROL);
        add(ui)
    })
    .inner
}

/// The names over the columns, each of its width.
pub(super) fn heads_ui(ui: &mut Ui, theme: &Theme, columns: &[(&str, f32)]) {
    ui.horizontal(|ui| {
        for (name, width) in columns {
            ui.allocate_ui_with_layout(vec2(*width, 16.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(*width);
                ui.label(theme.muted(*name, TextSize::Caption));
            });
        }
    });
    widgets::separator_ui(ui, theme);
}

/// A box to tick with words beside it; without words, `name` is only its accessible name.
pub(super) fn check_ui(ui: &mut Ui, theme: &Theme, on: &mut bool, words: &str, name: &str) -> Response {
    let response = ui.add(egui::Checkbox::new(on, theme.rich(words, TextSize::Body)));
    let now = *on;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), now, name));
    response
}

/// A title moved to the right by its depth, in the width of its column.
pub(super) fn title_ui(ui: &mut Ui, theme: &Theme, title: &str, depth: usize, strong: bool, width: f32) {
    cell_ui(ui, width, |ui| {
        ui.add_space(space::M * depth.min(5) as f32);
        let words = if strong { theme.strong(title, TextSize::Body) } else { theme.rich(title, TextSize::Body) };
        widgets::truncated_ui(ui, words);
    });
}

pub(super) const SCORE_WIDTH: f32 = 64.0;
pub(super) const BAND_WIDTH: f32 = 88.0;

/// The score field of a goal and the band that it falls into; what is entered in the place of what is suggested is kept in `score`.
pub(super) fn score_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    drafts: &mut Drafts,
    goal: &Goal,
    suggested: Option<f64>,
    score: &mut Option<f64>,
) -> Response {
    let theme = scene.theme;
    let (name, horizon) = (format!("Score of {}", goal.title), goal.horizon);
    let field = NumberField::new(("score", goal.id.as_str()), &name, *score, &Unit::Score, scene.project.settings.locale)
        .width(SCORE_WIDTH - 8.0)
        .of_sheet(*score != suggested);
    let response = cell_ui(ui, SCORE_WIDTH, |ui| {
        let entered = field.show(ui, theme, drafts);
        if let Some(new) = entered.committed {
            *score = new;
        }
        entered.response
    });
    cell_ui(ui, BAND_WIDTH, |ui| match score {
        Some(value) if !(0.0..=1.0).contains(value) => {
            ui.label(theme.rich("0.0 to 1.0", TextSize::Small).color(theme.error()));
        }
        Some(value) => band_ui(ui, theme, ScoreBand::of(*value, horizon), horizon),
        None => {
            ui.label(theme.muted("no score", TextSize::Small));
        }
    });
    response
}

/// Glyph and word of a band; hover says what it means for the goal.
pub(in crate::ui) fn band_ui(ui: &mut Ui, theme: &Theme, band: ScoreBand, horizon: Horizon) {
    let colours = theme.status(band.status());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::XS);
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(theme.px(size::GLYPH)), egui::Sense::hover());
        widgets::paint_status_glyph(ui.painter(), theme, rect, band.status());
        ui.label(theme.strong(band.word(), TextSize::Small).color(colours.text)).on_hover_text(band.sentence(horizon));
    });
}

/// The buttons at the end of a sheet, from right to left: the one thing to do, and the way out. `Some(true)` is the first.
pub(super) fn buttons_ui(ui: &mut Ui, theme: &Theme, action: &str, problem: Option<&str>, take_keyboard: bool) -> Option<bool> {
    let mut answer = None;
    ui.add_space(space::XS);
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let button = ui.add_enabled_ui(problem.is_none(), |ui| widgets::primary_button_ui(ui, theme, action)).inner;
        if take_keyboard && problem.is_none() {
            button.request_focus();
        }
        if button.clicked() {
            answer = Some(true);
        }
        if widgets::button_ui(ui, theme, "Cancel").clicked() {
            answer = Some(false);
        }
        if let Some(problem) = problem {
            ui.label(theme.rich(problem, TextSize::Small).color(theme.error()));
        }
    });
    answer
}

/// Whether what a sheet is for is to be done now. A field that is still being edited is left first, so that what was typed there
/// counts; `waiting` remembers that for the next frame.
pub(super) fn is_to_be_done(ui: &Ui, drafts: &Drafts, pressed: bool, waiting: &mut bool) -> bool {
    if pressed && !drafts.is_empty() {
        *waiting = true;
        ui.memory_mut(|memory| {
            if let Some(field) = memory.focused() {
                memory.surrender_focus(field);
            }
        });
        ui.ctx().request_repaint();
        return false;
    }
    // What could not be read stays in its field, with the reason.
    pressed || std::mem::take(waiting) && drafts.is_empty()
}

/// Whether a field was just left with Enter.
pub(super) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter))
}
