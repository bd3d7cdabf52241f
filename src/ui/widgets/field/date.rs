//! A field for a day, with a calendar to pick it from.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use egui::{Align2, CornerRadius, Id, Popup, PopupCloseBehavior, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::model::{Date, date_words, month_word};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets::icon_button_ui;

use super::{DraftEdit, Drafts, Entered};

/// Edits a day: "21 Nov 2026" is shown; that, "2026-11-21" and "21.11.2026" are read.
#[derive(Clone, Debug)]
pub struct DateField<'a> {
    id: Id,
    name: &'a str,
    value: Option<Date>,
    /// Where the calendar opens without a value.
    around: Date,
    hint: &'a str,
    first_weekday: Weekday,
    width: f32,
    required: bool,
    has_calendar: bool,
    is_kept: bool,
    of_sheet: Option<bool>,
}

impl<'a> DateField<'a> {
    /// `id` is that of the thing and its field; the calendar opens at `around` (today, say) when there is no value.
    pub fn new(id: impl egui::AsIdSalt, name: &'a str, value: Option<Date>, around: Date) -> Self {
        Self {
            id: Id::unique("date field").with(id),
            name,
            value,
            around,
            hint: "–",
            first_weekday: Weekday::Mon,
            width: 104.0,
            required: false,
            has_calendar: true,
            is_kept: true,
            of_sheet: None,
        }
    }

    /// What holds while the field is empty.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Only the text, for the cells of a table.
    #[must_use]
    pub fn without_calendar(self) -> Self {
        Self { has_calendar: false, ..self }
    }

    #[must_use]
    pub fn first_weekday(self, first_weekday: Weekday) -> Self {
        Self { first_weekday, ..self }
    }

    /// Of the text, in points; the calendar button comes after it.
    #[must_use]
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Refuses an empty field; else it means "none".
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// It belongs to no project: what is typed is put by nowhere.
    #[must_use]
    pub fn passing(self) -> Self {
        Self { is_kept: false, ..self }
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

    pub fn show(self, ui: &mut Ui, theme: &Theme, drafts: &mut Drafts) -> Entered<Option<Date>> {
        let Self { id, name, value, around, hint, first_weekday, width, required, has_calendar, is_kept, of_sheet } = self;
        let edit = DraftEdit {
            id,
            name,
            shown: value.map_or_else(String::new, date_words),
            hint,
            prefix: String::new(),
            suffix: String::new(),
            width,
            rows: 1,
            numbers: true,
            is_told: false,
            is_kept,
            of_sheet,
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme.px(space::XXS);
            let mut entered = edit.show(ui, theme, drafts, &value, |text| match read_date(text) {
                None if text.trim().is_empty() && !required => Ok(None),
                None if text.trim().is_empty() => Err("Enter a date, such as 21 Nov 2026".to_owned()),
                None => Err(format!("“{}” is not a date; write it like 21 Nov 2026", text.trim().chars().take(40).collect::<String>())),
                Some(date) => Ok(Some(date)),
            });
            if !has_calendar {
                return entered;
            }
            let button = icon_button_ui(ui, theme, icons::CALENDAR, &format!("{name}: open the calendar"));
            if button.clicked() {
                drafts.months.insert(id, value.unwrap_or(around));
            }
            let picked = Popup::from_toggle_button_response(&button)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .accessible_name(format!("{name}: calendar"))
                .show(|ui| {
                    let month = drafts.months.entry(id).or_insert(value.unwrap_or(around));
                    let picked = calendar_ui(ui, theme, month, value, first_weekday);
                    if picked.is_some() {
                        ui.close();
                    }
                    picked
                })
                .and_then(|popup| popup.inner);
            if let Some(date) = picked {
                drafts.open.remove(&id);
                entered.committed = (Some(date) != value).then_some(Some(date));
            }
            entered
        })
        .inner
    }
}

/// A day in one of the ways people write it.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    ["%Y-%m-%d", "%d %B %Y", "%d.%m.%Y", "%B %d, %Y"]
        .into_iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        // "21.11.26" is not the year 26.
        .filter(|date| (1900..=2200).contains(&date.year()))
}

/// One month of days. Returns the day that was picked.
fn calendar_ui(ui: &mut Ui, theme: &Theme, month: &mut Date, value: Option<Date>, first_weekday: Weekday) -> Option<Date> {
    let cell = vec2(theme.px(30.0), theme.px(size::ROW));
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ui.horizontal(|ui| {
        if icon_button_ui(ui, theme, icons::CHEVRON_LEFT, "Month before").clicked() {
            *month = month.checked_sub_months(Months::new(1)).unwrap_or(*month);
        }
        let words = format!("{} {}", month_word(*month), month.year());
        let room = 7.0 * cell.x - 2.0 * theme.px(size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(vec2(room, theme.px(size::CONTROL)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, &words, theme.strong_font(TextSize::Body), theme.text.strong);
        if icon_button_ui(ui, theme, icons::CHEVRON_RIGHT, "Month after").clicked() {
            *month = month.checked_add_months(Months::new(1)).unwrap_or(*month);
        }
    });
    let first = month.with_day(1).unwrap_or(*month);
    let lead = first.weekday().days_since(first_weekday);
    ui.horizontal(|ui| {
        let mut weekday = first_weekday;
        for _ in 0..7 {
            let (rect, _) = ui.allocate_exact_size(cell, Sense::hover());
            let word = weekday_word(weekday);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, word, theme.font(TextSize::Caption), theme.text.muted);
            weekday = weekday.succ();
        }
    });
    let start = first.checked_sub_days(Days::new(u64::from(lead))).unwrap_or(first);
    let mut picked = None;
    for week in 0..6 {
        ui.horizontal(|ui| {
            for day in 0..7 {
                let Some(date) = start.checked_add_days(Days::new(week * 7 + day)) else { continue };
                if day_ui(ui, theme, date, date.month() == month.month(), value == Some(date), cell) {
                    picked = Some(date);
                }
            }
        });
    }
    picked
}

fn weekday_word(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mo",
        Weekday::Tue => "Tu",
        Weekday::Wed => "We",
        Weekday::Thu => "Th",
        Weekday::Fri => "Fr",
        Weekday::Sat => "Sa",
        Weekday::Sun => "Su",
    }
}

#[expect(clippy::fn_params_excessive_bools, reason = "two independent facts of a cell, private to the calendar")]
fn day_ui(ui: &mut Ui, theme: &Theme, date: Date, in_month: bool, selected: bool, cell: egui::Vec2) -> bool {
    let (rect, response) = ui.allocate_exact_size(cell, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, date_words(date)));
    let corner = CornerRadius::same(radius::CONTROL);
    let inner = rect.shrink(1.0);
    if selected {
        ui.painter().rect_filled(inner, corner, theme.accent.fill);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, corner, theme.bg.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(inner, corner, Stroke::new(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Inside);
    }
    let colour = match (selected, in_month) {
        (true, _) => theme.text.on_accent,
        (false, true) => theme.text.default,
        (false, false) => theme.text.muted,
    };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, date.day(), theme.number_font(TextSize::Small), colour);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21);
        for text in ["2026-11-21", "21 Nov 2026", " 21 november 2026 ", "21.11.2026", "Nov 21, 2026"] {
            assert_eq!(read_date(text), day, "{text}");
        }
        for text in ["", "soon", "31 Feb 2026", "21.11.26", "2026"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
