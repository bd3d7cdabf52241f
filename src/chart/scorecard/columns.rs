use chrono::Datelike as _;

use crate::model::{Cadence, Calendar, Date, Period, day_words, month_word, period_words};

/// The grains that can be chosen.
pub const GRAINS: [Cadence; 4] = [Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly];

/// More periods than these are left out, the oldest first: two years of weeks.
const MOST: usize = 104;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnState {
    /// Its last day has come.
    Over,
    /// The as-of day lies in it.
    UnderWay,
    /// It begins later.
    Ahead,
}

/// One period of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub period: Period,
    pub state: ColumnState,
    /// "Oct", "16 Nov", "Q4", "2026".
    pub head: String,
    /// Under it: the year, or how far a period under way reaches.
    pub note: String,
    /// "Oct 2026", "week of 16 Nov 2026".
    pub words: String,
}

/// The periods of the table, oldest first, none left out between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub grain: Cadence,
    pub list: Vec<Column>,
    /// How many older ones the range holds.
    pub left_out: usize,
}

impl Columns {
    /// All periods of a grain that a range reaches into.
    pub fn of(calendar: &Calendar, grain: Cadence, (from, to): (Date, Date), as_of: Date) -> Self {
        let mut left_out = usize::try_from(calendar.periods_between(grain, from, to) + 1).unwrap_or(0).saturating_sub(MOST);
        let mut period = calendar.period_of(grain, to);
        let mut list = Vec::new();
        while period.last >= from && list.len() < MOST {
            list.push(column(*calendar, grain, period, as_of));
            let before = calendar.previous(grain, period);
            if before.first >= period.first {
                left_out = 0;
                break;
            }
            period = before;
        }
        list.reverse();
        // The year is said where it begins.
        let mut year = None;
        for column in &mut list {
            let this = column.note.clone();
            if column.state != ColumnState::UnderWay && year.as_ref() == Some(&this) {
                column.note.clear();
            }
            year = Some(this);
            if column.state == ColumnState::UnderWay {
                column.note = format!("to {}", day_words(as_of));
            }
        }
        Self { grain, list, left_out }
    }

    /// The place of the period that contains a day.
    pub fn place(&self, day: Date) -> Option<usize> {
        let place = self.list.partition_point(|c| c.period.last < day);
        self.list.get(place).filter(|c| c.period.contains(day)).map(|_| place)
    }

    /// The place of the latest period that is over.
    pub fn latest_over(&self) -> Option<usize> {
        self.list.iter().rposition(|c| c.state == ColumnState::Over)
    }
}

fn column(calendar: Calendar, grain: Cadence, period: Period, as_of: Date) -> Column {
    let state = if period.last <= as_of {
        ColumnState::Over
    } else if period.first <= as_of {
        ColumnState::UnderWay
    } else {
        ColumnState::Ahead
    };
    let words = period_words(&calendar, grain, period);
    let year = period.first.year().to_string();
    let (head, note) = match grain {
        Cadence::Hourly | Cadence::Daily | Cadence::Weekly => (day_words(period.first), year),
        Cadence::Monthly => (month_word(period.first).to_owned(), year),
        Cadence::Quarterly => {
            let (quarter, year) = words.split_once(' ').unwrap_or((&words, ""));
            (quarter.to_owned(), year.to_owned())
        }
        Cadence::Yearly => (words.clone(), String::new()),
    };
    Column { period, state, head, note, words }
}
