//! A field for words.

use egui::{Id, Ui};

use crate::ui::theme::Theme;

use super::{DraftEdit, Drafts, Entered};

/// Edits a text. Space around it is cut on commit.
#[derive(Clone, Debug)]
pub struct TextField<'a> {
    id: Id,
    name: &'a str,
    value: &'a str,
    hint: &'a str,
    width: f32,
    rows: usize,
    required: Option<&'a str>,
    check: Check,
    is_told: bool,
    is_kept: bool,
    of_sheet: Option<bool>,
}

/// What is wrong with a text, if anything.
type Check = fn(&str) -> Option<String>;

impl<'a> TextField<'a> {
    /// `id` is that of the thing and its field, the same wherever it is shown; `name` is for screen readers.
    pub fn new(id: impl egui::AsIdSalt, name: &'a str, value: &'a str) -> Self {
        Self {
            id: Id::unique("text field").with(id),
            name,
            value,
            hint: "",
            width: f32::INFINITY,
            rows: 1,
            required: None,
            check: |_| None,
            is_told: false,
            is_kept: true,
            of_sheet: None,
        }
    }

    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// In points; without it, all there is.
    #[must_use]
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// More than one row: Enter starts a new line, leaving the field commits. What is typed meanwhile is not lost in a crash.
    #[must_use]
    pub fn rows(self, rows: usize) -> Self {
        Self { rows, is_told: rows > 1, ..self }
    }

    /// Of one row, and still for texts that are typed for long: see [`Self::rows`].
    #[must_use]
    pub fn told(self) -> Self {
        Self { is_told: true, ..self }
    }

    /// Tells nothing before it is left: its text belongs to a dialog that may be cancelled.
    #[must_use]
    pub fn of_dialog(self) -> Self {
        Self { is_told: false, ..self }
    }

    /// Whoever shows the field puts by what is typed into it, with what was committed before.
    #[must_use]
    pub fn kept_outside(self) -> Self {
        Self { is_kept: false, ..self }
    }

    /// Refuses an empty text with this sentence.
    #[must_use]
    pub fn required(self, problem: &'a str) -> Self {
        Self { required: Some(problem), ..self }
    }

    /// Refuses a text with the sentence that `check` gives for it, where it gives one.
    #[must_use]
    pub fn check(self, check: Check) -> Self {
        Self { check, ..self }
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

    pub fn show(self, ui: &mut Ui, theme: &Theme, drafts: &mut Drafts) -> Entered<String> {
        let Self { id, name, value, hint, width, rows, required, check, is_told, is_kept, of_sheet } = self;
        let edit = DraftEdit {
            id,
            name,
            shown: value.to_owned(),
            hint,
            prefix: String::new(),
            suffix: String::new(),
            width,
            rows,
            numbers: false,
            is_told,
            is_kept,
            of_sheet,
        };
        edit.show(ui, theme, drafts, &value.to_owned(), |text| match (text.trim(), required) {
            ("", Some(problem)) => Err(problem.to_owned()),
            (trimmed, _) => check(trimmed).map_or_else(|| Ok(trimmed.to_owned()), Err),
        })
    }
}
