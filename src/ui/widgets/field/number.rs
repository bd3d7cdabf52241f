//! A field for a value of a metric.

use egui::{Id, Ui};

use crate::model::{Locale, Unit};
use crate::ui::theme::Theme;
use crate::ui::widgets::number_text::{editable_number, parse_number};

use super::{DraftEdit, Drafts, Entered};

/// Edits a number in the project's locale; the unit stands beside it and may be typed too.
#[derive(Clone, Debug)]
pub struct NumberField<'a> {
    id: Id,
    name: &'a str,
    value: Option<f64>,
    unit: &'a Unit,
    locale: Locale,
    width: f32,
    required: bool,
    plain: bool,
    hint: &'a str,
    of_sheet: Option<bool>,
}

impl<'a> NumberField<'a> {
    /// `id` is that of the thing and its field; `name` is for screen readers.
    pub fn new(id: impl egui::AsIdSalt, name: &'a str, value: Option<f64>, unit: &'a Unit, locale: Locale) -> Self {
        Self {
            id: Id::unique("number field").with(id),
            name,
            value,
            unit,
            locale,
            width: 120.0,
            required: false,
            plain: false,
            hint: "–",
            of_sheet: None,
        }
    }

    /// In points.
    #[must_use]
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Refuses an empty field; else it means "none".
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// What an empty field says of itself.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Leaves the unit out of sight, where a heading says it; it may still be typed.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { plain: true, ..self }
    }

    /// What is entered goes into a sheet first, which `holds` something of it: that is put by until the sheet is answered.
    #[must_use]
    pub fn of_sheet(self, holds: bool) -> Self {
        Self { of_sheet: Some(holds), ..self }
    }

    /// The id of the text edit, for `request_focus`.
    pub fn id(&self) -> Id {
        self.id
    }

    pub fn show(self, ui: &mut Ui, theme: &Theme, drafts: &mut Drafts) -> Entered<Option<f64>> {
        let Self { id, name, value, unit, locale, width, required, plain, hint, of_sheet } = self;
        let edit = DraftEdit {
            id,
            name,
            shown: value.map_or_else(String::new, |value| editable_number(value, locale)),
            hint,
            prefix: if plain { String::new() } else { unit.prefix().trim().to_owned() },
            suffix: if plain { String::new() } else { unit.suffix().trim().to_owned() },
            width,
            rows: 1,
            numbers: true,
            is_told: false,
            is_kept: true,
            of_sheet,
        };
        edit.show(ui, theme, drafts, &value, |text| {
            if text.trim().is_empty() && !required {
                return Ok(None);
            }
            parse_number(text, locale, unit).map(Some).map_err(|problem| problem.to_string())
        })
    }
}
