//! What is typed into a cell: read, refused with a reason, or made an edit.

use chrono::NaiveTime;

use egui::{Context, Id};

use super::rows::{Cell, Column, Marked};
use super::{Follow, Kept, Table};
use crate::document::edits;
use crate::model::{Cadence, MetricId, Stamp};
use crate::ui::widgets;
use crate::workspace::Action;

/// The row of the next point, which has no time yet.
const NEXT: &str = "next";

/// A cell that is being typed into.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) cell: Cell,
    pub(super) text: String,
    /// Why it could not be taken.
    pub(super) problem: Option<String>,
    /// It is new, and wants the keyboard.
    pub(super) fresh: bool,
}

/// "21 Nov 2026", for hourly metrics with a time: "21 Nov 2026 14:00".
fn read_stamp(text: &str, cadence: Cadence) -> Result<Stamp, String> {
    let text = text.trim();
    let (day, time) = match text.rsplit_once([' ', 'T']).filter(|(_, time)| time.contains(':')) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let date = widgets::read_date(day).ok_or_else(|| {
        let example = if cadence == Cadence::Hourly { "21 Nov 2026 14:00" } else { "21 Nov 2026" };
        format!("“{}” is not a date; write it like {example}", text.chars().take(40).collect::<String>())
    })?;
    let Some(time) = time else { return Ok(Stamp::from_date(date)) };
    if cadence != Cadence::Hourly {
        return Err(format!("A {} metric has no times of day", cadence.word()));
    }
    let read = |format: &str| NaiveTime::parse_from_str(time, format).ok();
    let time = read("%H:%M").or_else(|| read("%H:%M:%S")).ok_or_else(|| format!("“{time}” is not a time; write it like 14:00"))?;
    Ok(Stamp::from_date_time(date.and_time(time)))
}

/// Names the cells of a metric.
fn cells_id(metric: &MetricId) -> Id {
    Id::unique(("cells of the data sheet", metric.as_str()))
}

/// Names the day that was chosen for the next point.
fn day_id(metric: &MetricId) -> Id {
    Id::unique(("day of the next point", metric.as_str()))
}

impl Table<'_> {
    /// Names a cell, wherever it stands: "Value 1790812800", "Note next".
    fn part(&self, cell: Cell) -> String {
        let at = self.rows.stamp(&self.metric.series, cell.row);
        format!("{} {}", cell.column.word(), at.map_or_else(|| NEXT.to_owned(), |at| at.seconds().to_string()))
    }

    /// The cell of such a name. Where its point is gone, that of the next one.
    fn cell_of(&self, part: &str) -> Cell {
        let (column, at) = part.rsplit_once(' ').unwrap_or((part, NEXT));
        let column = Column::ALL.into_iter().find(|known| known.word() == column).unwrap_or(Column::Note);
        let at = at.parse().ok().map(Stamp::from_seconds);
        let row = at.and_then(|at| self.rows.row_of(&self.metric.series, at)).unwrap_or(self.rows.new_row());
        Cell { row, column }
    }

    /// Has what is typed put by, for the case of a crash and for when the table is opened again.
    pub(super) fn tell(&self, ctx: &Context, kept: &Kept) {
        let name = &self.metric.name;
        if let Some(at) = kept.new_at {
            widgets::tell_text(ctx, day_id(&self.metric.id), &format!("Date of the next point, {name}"), &self.words(at));
        }
        let Some(entry) = kept.entry.as_ref() else { return };
        if entry.text == self.text(kept, entry.cell) {
            return self.settle(ctx, entry.cell);
        }
        let at = self.rows.stamp(&self.metric.series, entry.cell.row).map_or_else(|| "the next point".to_owned(), |at| self.words(at));
        let name = format!("{} of {at}, {name}", entry.cell.column.word());
        widgets::tell_part(ctx, cells_id(&self.metric.id), &self.part(entry.cell), &name, &entry.text);
    }

    /// What was typed into a cell was entered or thrown away.
    pub(super) fn settle(&self, ctx: &Context, cell: Cell) {
        widgets::settle_part(ctx, cells_id(&self.metric.id), &self.part(cell));
    }

    /// What was typed before a crash, or before the table was closed, stands in its cell again: one after the other, where there are several.
    pub(super) fn restore(&self, ctx: &Context, kept: &mut Kept) {
        if let Some(day) = widgets::take_text(ctx, day_id(&self.metric.id)) {
            kept.new_at = read_stamp(&day.text, self.metric.cadence).ok();
        }
        if kept.entry.is_some() || kept.paste.is_some() {
            return;
        }
        let Some((part, typed)) = widgets::take_part(ctx, cells_id(&self.metric.id)) else { return };
        let cell = self.cell_of(&part);
        kept.marked = Marked::one(cell);
        kept.follow = None;
        (kept.scroll, kept.focus) = (true, false);
        let entry = Entry { cell, text: typed.text, problem: None, fresh: true };
        // Why it was not taken is said again; what it would change is for the next Enter.
        let problem = self.read(&entry, &mut kept.clone()).err();
        kept.entry = Some(Entry { problem, ..entry });
    }

    /// What a cell says, as it is edited.
    pub(super) fn text(&self, kept: &Kept, cell: Cell) -> String {
        let at = self.stamp(kept, cell.row);
        let series = &self.metric.series;
        let point = self.rows.place(cell.row);
        match (cell.column, point) {
            (Column::Date, _) => self.words(at),
            (_, None) => String::new(),
            (Column::Value, Some(place)) => widgets::editable_number(series.values()[place], self.scene.project.settings.locale),
            (Column::Note, Some(_)) => series.note(at).unwrap_or_default().to_owned(),
            (Column::DataTo, Some(_)) => series.data_to(at).map_or_else(String::new, crate::model::date_words),
        }
    }

    /// The edit that an entry asks for, if it changes anything; else what is wrong with it. The cursor will follow.
    pub(super) fn read(&self, entry: &Entry, kept: &mut Kept) -> Result<Option<Action>, String> {
        let Entry { cell, text, .. } = entry;
        let metric = self.metric;
        let there = self.rows.stamp(&metric.series, cell.row);
        match (cell.column, there) {
            (Column::Date, Some(at)) => {
                let to = read_stamp(text, metric.cadence)?;
                if to == at {
                    return Ok(None);
                }
                let change = edits::move_point_to_free(metric, at, to).map_err(|refused| refused.to_string())?;
                kept.follow = Some(Follow::Point(to));
                Ok(Some(change.into()))
            }
            (Column::Date, None) => {
                let at = read_stamp(text, metric.cadence)?;
                if metric.series.get(at).is_some() {
                    return Err(format!("There is a point on {} already", self.words(at)));
                }
                kept.new_at = Some(at);
                Ok(None)
            }
            (Column::Value, there) => {
                if text.trim().is_empty() {
                    return if there.is_some() { Err("Enter a number; Delete removes the point".to_owned()) } else { Ok(None) };
                }
                let value = widgets::parse_number(text, self.scene.project.settings.locale, &metric.unit).map_err(|e| e.to_string())?;
                let at = there.unwrap_or_else(|| self.new_at(kept));
                if there.is_none() {
                    kept.new_at = None;
                    kept.follow = Some(Follow::Point(at));
                }
                let same = metric.series.get(at).is_some_and(|point| point.value == value);
                Ok((!same).then(|| edits::put_value(metric, at, value).into()))
            }
            (Column::Note | Column::DataTo, None) if text.trim().is_empty() => Ok(None),
            (Column::Note | Column::DataTo, None) => Err("Enter the value first".to_owned()),
            (Column::Note, Some(at)) => {
                let same = metric.series.note(at).unwrap_or_default() == text.trim();
                Ok(edits::set_note(metric, at, text).filter(|_| !same).map(Action::from))
            }
            (Column::DataTo, Some(at)) => {
                let day = if text.trim().is_empty() { None } else { Some(read_stamp(text, Cadence::Daily)?.date()) };
                let period = self.scene.project.settings.calendar.period_of(metric.cadence, at.date());
                if let Some(day) = day.filter(|day| !period.contains(*day)) {
                    let words = crate::model::date_words;
                    return Err(format!(
                        "{} lies outside the period, which is {} to {}",
                        words(day),
                        words(period.first),
                        words(period.last)
                    ));
                }
                let same = metric.series.data_to(at) == day;
                Ok(edits::set_data_to(metric, at, day).filter(|_| !same).map(Action::from))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_for_hourly_metrics_only() {
        let read = |text, cadence| read_stamp(text, cadence).map(|at| at.to_string());
        assert_eq!(read("21 Nov 2026 14:00", Cadence::Hourly), Ok("2026-11-21T14:00:00".to_owned()));
        assert_eq!(read("2026-11-21T14:30:05", Cadence::Hourly), Ok("2026-11-21T14:30:05".to_owned()));
        assert_eq!(read(" 21 Nov 2026 ", Cadence::Monthly), Ok("2026-11-21".to_owned()));
        assert_eq!(read("21 Nov 2026 14:00", Cadence::Daily), Err("A daily metric has no times of day".to_owned()));
        assert_eq!(read("21 Nov 2026 25:00", Cadence::Hourly), Err("“25:00” is not a time; write it like 14:00".to_owned()));
        assert_eq!(read("soon", Cadence::Monthly), Err("“soon” is not a date; write it like 21 Nov 2026".to_owned()));
    }
}
