//! What every part of the inspector works with: rows of a name and a field, sections, and the way to answer.

use egui::{Align, Align2, Id, Label, Layout, Response, Sense, Ui, vec2};

use super::check_ins::CheckInsKept;
use super::metric::{GrainsKept, SegmentsKept, SourceKept};
use super::points::PointsKept;
use crate::model::{Date, Role, Status, Unit};
use crate::ui::scene::Scene;
use crate::ui::sheets::gloss_ui;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, Drafts, Entered, NumberField, TextField};
use crate::workspace::Action;

/// Where the fields of a row begin.
const NAME_WIDTH: f32 = 96.0;

/// What the inspector remembers between frames.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// Of what was edited last.
    pub(super) key: Option<Id>,
    pub(super) about: super::About,
    pub(super) drafts: Drafts,
    /// The role that the next link gets.
    pub(super) role: Option<Role>,
    pub(super) points: PointsKept,
    pub(super) check_ins: CheckInsKept,
    pub(super) segments: SegmentsKept,
    pub(super) grains: GrainsKept,
    pub(super) source: SourceKept,
}

/// The scene, and what is written down while it is edited.
pub(super) struct Desk<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) kept: &'a mut Kept,
    pub(super) actions: &'a mut Vec<Action>,
    /// Of what is edited: its fields are no others' fields.
    pub(super) key: Id,
}

impl Desk<'_> {
    pub(super) fn act(&mut self, action: impl Into<Action>) {
        self.actions.push(action.into());
    }

    /// A name and, beside it, what belongs to it. The name is only painted: the field carries it for screen readers.
    pub(super) fn row<R>(&mut self, ui: &mut Ui, name: &str, add: impl FnOnce(&mut Self, &mut Ui) -> R) -> R {
        let theme = self.scene.theme;
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(NAME_WIDTH, size::CONTROL), Sense::hover());
            ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, name, theme.font(TextSize::Small), theme.text.muted);
            gloss_ui(ui, rect, name, self.actions);
            add(self, ui)
        })
        .inner
    }

    /// A place in a row as high as a field, with what is in it half-way up.
    pub(super) fn cell<R>(&mut self, ui: &mut Ui, width: f32, add: impl FnOnce(&mut Self, &mut Ui) -> R) -> R {
        ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::CONTROL);
            add(self, ui)
        })
        .inner
    }

    /// A status at the head of a row.
    pub(super) fn glyph(&mut self, ui: &mut Ui, status: Status) {
        self.cell(ui, size::GLYPH, |desk, ui| widgets::status_glyph_ui(ui, desk.scene.theme, status));
    }

    /// A name over the whole width, in the largest field there is.
    pub(super) fn title(&mut self, ui: &mut Ui, name: &str, value: &str, required: &str) -> Option<String> {
        let field = self.text_field(name, value).required(required);
        self.show_text(ui, field)
    }

    /// A result that is shown and not edited.
    pub(super) fn fact(&mut self, ui: &mut Ui, name: &str, words: &str) {
        let theme = self.scene.theme;
        let text = theme.number(words, TextSize::Body).line_height(Some(size::CONTROL - space::XXS));
        let row = widgets::key_value_ui(ui, theme, name, NAME_WIDTH, |ui| ui.add(Label::new(text).wrap()));
        gloss_ui(ui, row.response.rect.with_max_x(row.inner.rect.left()), name, self.actions);
    }

    pub(super) fn note(&self, ui: &mut Ui, words: impl Into<String>) -> Response {
        ui.add(Label::new(self.scene.theme.muted(words, TextSize::Small)).wrap())
    }

    /// A new part, under a hairline; true when what stands at the right of its head was asked for.
    pub(super) fn section(&mut self, ui: &mut Ui, words: &str, add: Option<&str>) -> bool {
        let theme = self.scene.theme;
        ui.add_space(space::S);
        widgets::separator_ui(ui, theme);
        ui.add_space(space::XXS);
        let head = widgets::section_header_ui(ui, theme, words, |ui| {
            add.is_some_and(|add| widgets::icon_button_ui(ui, theme, crate::ui::icons::PLUS, add).clicked())
        });
        let (inner, mut rect) = (head.inner, head.response.rect);
        if add.is_some() {
            // The button at the right keeps its clicks.
            rect.max.x -= 2.0 * size::CONTROL;
        }
        gloss_ui(ui, rect, words, self.actions);
        inner
    }

    /// What is edited of one of many, whose names may be alike.
    pub(super) fn of<R>(&mut self, part: impl egui::AsIdSalt, add: impl FnOnce(&mut Self) -> R) -> R {
        let whole = self.key;
        self.key = whole.with(part);
        let answer = add(self);
        self.key = whole;
        answer
    }

    fn salt<'n>(&self, name: &'n str) -> (Id, &'n str) {
        (self.key, name)
    }

    pub(super) fn show_text(&mut self, ui: &mut Ui, field: TextField<'_>) -> Option<String> {
        field.show(ui, self.scene.theme, &mut self.kept.drafts).committed
    }

    pub(super) fn text_field<'n>(&self, name: &'n str, value: &'n str) -> TextField<'n> {
        TextField::new(self.salt(name), name, value)
    }

    /// A row with a text.
    pub(super) fn text(&mut self, ui: &mut Ui, name: &str, value: &str) -> Option<String> {
        self.row(ui, name, |desk, ui| {
            let field = desk.text_field(name, value).hint("–");
            desk.show_text(ui, field)
        })
    }

    pub(super) fn number_field<'n>(&self, name: &'n str, value: Option<f64>, unit: &'n Unit) -> NumberField<'n> {
        NumberField::new(self.salt(name), name, value, unit, self.scene.project.settings.locale)
    }

    pub(super) fn show_number(&mut self, ui: &mut Ui, field: NumberField<'_>) -> Entered<Option<f64>> {
        field.show(ui, self.scene.theme, &mut self.kept.drafts)
    }

    /// A row with a number that may be missing.
    pub(super) fn number(&mut self, ui: &mut Ui, name: &str, value: Option<f64>, unit: &Unit) -> Entered<Option<f64>> {
        self.row(ui, name, |desk, ui| {
            let field = desk.number_field(name, value, unit);
            desk.show_number(ui, field)
        })
    }

    /// A row with a number that has to be there.
    pub(super) fn required_number(&mut self, ui: &mut Ui, name: &str, value: Option<f64>, unit: &Unit) -> Option<f64> {
        self.row(ui, name, |desk, ui| {
            let field = desk.number_field(name, value, unit).required();
            desk.show_number(ui, field).committed.flatten()
        })
    }

    pub(super) fn date_field<'n>(&self, name: &'n str, value: Option<Date>) -> DateField<'n> {
        let first_weekday = self.scene.project.settings.calendar.first_weekday;
        DateField::new(self.salt(name), name, value, self.scene.as_of).first_weekday(first_weekday)
    }

    pub(super) fn show_date(&mut self, ui: &mut Ui, field: DateField<'_>) -> Entered<Option<Date>> {
        field.show(ui, self.scene.theme, &mut self.kept.drafts)
    }

    /// A row with a day that may be missing; `hint` says what holds then.
    pub(super) fn date(&mut self, ui: &mut Ui, name: &str, value: Option<Date>, hint: &str) -> Entered<Option<Date>> {
        self.row(ui, name, |desk, ui| {
            let field = desk.date_field(name, value).hint(hint).width(144.0);
            desk.show_date(ui, field)
        })
    }

    /// A row with a day that has to be there.
    pub(super) fn required_date(&mut self, ui: &mut Ui, name: &str, value: Date) -> Option<Date> {
        self.row(ui, name, |desk, ui| {
            let field = desk.date_field(name, Some(value)).required();
            desk.show_date(ui, field).committed.flatten()
        })
    }

    /// One of a list, `width` points wide.
    pub(super) fn combo<T: Clone + PartialEq>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        current: &T,
        options: &[(T, String)],
        width: f32,
    ) -> Option<T> {
        self.cell(ui, width, |desk, ui| {
            ui.push_id(desk.key, |ui| widgets::combo_ui(ui, desk.scene.theme, name, current, options, width)).inner
        })
    }

    /// A row with one of a list.
    pub(super) fn choice<T: Clone + PartialEq>(&mut self, ui: &mut Ui, name: &str, current: &T, options: &[(T, String)]) -> Option<T> {
        self.row(ui, name, |desk, ui| {
            let width = ui.available_width();
            desk.combo(ui, name, current, options, width)
        })
    }
}
