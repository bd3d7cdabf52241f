//! Fields edit a draft: nothing is changed while typing. Enter or leaving the field commits once, Esc restores (or, where nothing was
//! typed, leaves the field and what is around it), and what cannot be read stays in the field with the reason under it.

mod date;
mod number;
mod text;

pub use date::{DateField, read_date};
pub use number::NumberField;
pub use text::TextField;

use std::collections::HashMap;

use egui::{Align2, Context, EventFilter, Id, Key, Margin, Modifiers, Response, RichText, TextEdit, Ui, vec2};

use super::{take_text, tell_text};
use crate::model::Date;
use crate::ui::theme::{TextSize, Theme, size, space};

/// What is being typed, by field; one per window, never part of a project.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    open: HashMap<Id, Draft>,
    /// The month each open calendar shows.
    months: HashMap<Id, Date>,
    /// The fields are left in this frame, whoever has the focus.
    leaving: bool,
}

#[derive(Clone, Debug, Default)]
struct Draft {
    text: String,
    problem: Option<String>,
}

impl Drafts {
    /// Whether any field holds something that is not committed yet.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// What is wrong with what is typed into a field.
    pub fn problem(&self, field: Id) -> Option<&str> {
        self.open.get(&field)?.problem.as_deref()
    }

    /// What is drawn from now on commits what is typed there, as when its field is left.
    pub fn leave(&mut self) {
        self.leaving = true;
    }

    /// What is wrong with what is typed.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.open.values().filter_map(|draft| draft.problem.as_deref())
    }

    /// What is typed into a field.
    pub fn text(&self, field: Id) -> Option<&str> {
        self.open.get(&field).map(|draft| draft.text.as_str())
    }

    /// Throws away everything that is not committed.
    pub fn clear(&mut self) {
        self.open.clear();
        self.months.clear();
    }
}

/// What a field answers in a frame.
#[derive(Clone, Debug)]
pub struct Entered<T> {
    pub response: Response,
    /// The new value, in the one frame in which it was committed; never the old one. Where somebody [keeps](keep_typed) what is typed,
    /// also in each frame in which more was typed into a field for long texts.
    pub committed: Option<T>,
}

/// What came of a field for long texts in a frame, for whoever keeps what is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typed {
    /// What was committed is not meant yet: it is only what the field holds so far.
    SoFar,
    /// What was typed is thrown away, or is what there was before.
    #[default]
    Gone,
}

/// From now on fields for long texts tell what they hold while something is typed: [`take_typed`] must follow in each frame.
pub fn keep_typed(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(Id::NULL.with("typed is kept"), true));
}

/// What was told in this frame.
pub fn take_typed(ctx: &Context) -> Option<Typed> {
    ctx.data_mut(|data| data.remove_temp(Id::NULL.with("typed")))
}

/// Says whether somebody listens.
fn tell_typed(ctx: &Context, typed: Typed) -> bool {
    ctx.data_mut(|data| {
        let is_kept = data.get_temp(Id::NULL.with("typed is kept")).unwrap_or(false);
        if is_kept {
            data.insert_temp(Id::NULL.with("typed"), typed);
        }
        is_kept
    })
}

/// What the three kinds of field share.
struct DraftEdit<'a> {
    id: Id,
    name: &'a str,
    /// What the field shows when nothing is being typed.
    shown: String,
    hint: &'a str,
    prefix: String,
    suffix: String,
    width: f32,
    rows: usize,
    numbers: bool,
    /// For long texts: what is typed is told before the field is left.
    is_told: bool,
    /// What is typed is put by for the case of a crash; else whoever shows the field does that.
    is_kept: bool,
    /// What is entered is held by a sheet and no part of the project before the sheet is answered: whether the sheet holds something.
    of_sheet: Option<bool>,
}

impl DraftEdit<'_> {
    fn show<T: PartialEq>(
        self,
        ui: &mut Ui,
        theme: &Theme,
        drafts: &mut Drafts,
        current: &T,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Entered<T> {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
            self.show_column(ui, theme, drafts, current, read)
        })
        .inner
    }

    fn show_column<T: PartialEq>(
        self,
        ui: &mut Ui,
        theme: &Theme,
        drafts: &mut Drafts,
        current: &T,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Entered<T> {
        let Self { id, name, shown, hint, prefix, suffix, width, rows, numbers, is_told, is_kept, of_sheet } = self;
        let one_line = rows <= 1;
        let restored = if is_kept { take_text(ui.ctx(), id) } else { None };
        let is_restored = restored.is_some();
        let takes_keyboard = restored.as_ref().is_some_and(|restored| restored.focused);
        if let Some(restored) = restored {
            // Why it was not entered is said again.
            let problem = if takes_keyboard { None } else { read(&restored.text).err() };
            drafts.open.entry(id).or_insert(Draft { text: restored.text, problem });
        }
        let draft = drafts.open.get(&id);
        let mut text = draft.map_or_else(|| shown.clone(), |draft| draft.text.clone());
        let has_problem = draft.is_some_and(|draft| draft.problem.is_some());

        let edit = if one_line { TextEdit::singleline(&mut text) } else { TextEdit::multiline(&mut text).desired_rows(rows) };
        let font = if numbers { theme.number_font(TextSize::Body) } else { theme.font(TextSize::Body) };
        let mut edit = edit
            .id(id)
            .font(font)
            .desired_width(width)
            .min_size(vec2(0.0, theme.px(size::CONTROL)))
            .align(if one_line { Align2::LEFT_CENTER } else { Align2::LEFT_TOP })
            .hint_text(RichText::new(hint).font(theme.font(TextSize::Body)))
            // Esc is ours: it restores, and does not reach a dialog around the field while something is typed.
            .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: true });
        if !one_line {
            edit = edit.margin(Margin::symmetric(space::S as i8, space::XS as i8));
        }
        if !prefix.is_empty() {
            edit = edit.prefix(prefix);
        }
        if !suffix.is_empty() {
            edit = edit.suffix(suffix);
        }
        let response = ui
            .scope(|ui| {
                if has_problem {
                    let widgets = &mut ui.visuals_mut().widgets;
                    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
                        state.bg_stroke.color = theme.error();
                    }
                }
                edit.show(ui).response.response
            })
            .inner
            .accessible_name(name);

        if takes_keyboard {
            response.request_focus();
        }
        if response.changed() {
            drafts.open.insert(id, Draft { text: text.clone(), problem: None });
        }
        if response.has_focus() && ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Escape)) {
            if drafts.open.remove(&id).is_some() {
                tell_typed(ui.ctx(), Typed::Gone);
                ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            }
            response.surrender_focus();
            return Entered { response, committed: None };
        }

        let mut committed = None;
        // A screen reader sets text without focus.
        let is_set = response.changed() && !response.has_focus();
        // What the sheet held before is held again.
        let is_held_again = is_restored && !takes_keyboard && of_sheet.is_some();
        let is_done = response.lost_focus() || is_set || is_held_again || drafts.leaving;
        if is_done && let Some(draft) = drafts.open.get_mut(&id) {
            match read(&text) {
                Ok(value) => {
                    drafts.open.remove(&id);
                    if value != *current {
                        committed = Some(value);
                    } else if is_told {
                        tell_typed(ui.ctx(), Typed::Gone);
                    }
                }
                Err(problem) => {
                    draft.problem = Some(problem);
                    if one_line && ui.input(|input| input.key_pressed(Key::Enter)) {
                        response.request_focus();
                    }
                }
            }
        }
        if is_told && !is_done && response.changed() {
            let so_far = read(&text).ok().filter(|value| value != current);
            let typed = if so_far.is_some() { Typed::SoFar } else { Typed::Gone };
            committed = so_far.filter(|_| tell_typed(ui.ctx(), typed));
        }
        if let Some(problem) = drafts.open.get(&id).and_then(|draft| draft.problem.as_ref()) {
            ui.label(theme.rich(problem, TextSize::Caption).color(theme.error()));
        }
        // What is told as a change of the project is kept as that.
        let is_open = drafts.open.contains_key(&id) && !(is_told && read(&text).is_ok());
        let is_held = of_sheet.is_some_and(|holds| holds || committed.is_some() || is_restored);
        if is_kept && (is_open || is_held) {
            tell_text(ui.ctx(), id, name, &text);
        }
        Entered { response, committed }
    }
}
