//! One to four columns from a spreadsheet, pasted into the points of a metric: value; date and value; then a note and the day that the
//! data reaches. What would be set is known before it is, and what is refused says why.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::dates::{DateColumn, ReadDate};
use super::numbers::{NumberColumn, ReadNumber};
use super::reading::{in_unit, shortened};
use super::source::LineCounter;
use super::{DateOrder, ImportError, MAX_ROWS, Rejection};
use crate::model::{Cadence, Calendar, Locale, Metric, Point, Settings, Stamp, date_words};

/// How to read what can be read in two ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PasteHints {
    pub date_order: Option<DateOrder>,
    pub decimal_mark: Option<char>,
}

/// A row that would become a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PastedRow {
    /// Of the pasted text, from 1.
    pub line: usize,
    pub point: Point,
    /// The value that is there now.
    pub before: Option<f64>,
    /// Another point of the same period, where the pasted one would be its second.
    pub beside: Option<Stamp>,
}

/// A pasted text, read. Every line is in one of the lists, but for a header and blank lines at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Paste {
    /// Ascending by line.
    pub rows: Vec<PastedRow>,
    /// Lines that say that nothing was recorded.
    pub without_value: Vec<usize>,
    pub rejected: Vec<Rejection>,
    pub decimal_mark: char,
    /// Its numbers could be read either way; the project's decimal mark was taken.
    pub mark_assumed: bool,
    /// Whether the text has days at all; else they follow from where it is pasted.
    pub has_dates: bool,
}

impl Paste {
    pub fn added(&self) -> usize {
        self.rows.iter().filter(|row| row.before.is_none()).count()
    }

    pub fn changed(&self) -> usize {
        self.rows.iter().filter(|row| row.before.is_some_and(|before| before != row.point.value)).count()
    }

    pub fn unchanged(&self) -> usize {
        self.rows.len() - self.added() - self.changed()
    }
}

const DATE: &str = "date";
const VALUE: &str = "value";
const CELLS: usize = 4;

struct Lines {
    rows: Vec<(usize, Vec<String>)>,
    delimiter: char,
}

/// Reads a text for a metric. Values without dates go to the points from `start` on, and then a period apart. Fails where a column
/// cannot be decided, and where there is nothing in it.
pub fn read_paste(text: &str, metric: &Metric, start: Stamp, settings: &Settings, hints: PasteHints) -> Result<Paste, ImportError> {
    let Settings { calendar, locale, .. } = settings;
    let mut lines = split(text, *calendar)?;
    let has_dates = lines.rows.iter().any(|(_, cells)| cells.len() > 1);
    let value_column = usize::from(has_dates);
    drop_header(&mut lines, has_dates, value_column, *calendar)?;
    let column = |index: usize| lines.rows.iter().map(move |(line, cells)| (*line, cells.get(index).map_or("", String::as_str)));
    let dates = DateColumn::decide(DATE, column(0).take(if has_dates { usize::MAX } else { 0 }), hints.date_order, *calendar)?;
    let (numbers, decimal_mark, mark_assumed) = numbers(column(value_column), hints.decimal_mark, lines.delimiter, *locale)?;
    let reader = Reader { metric, calendar: *calendar, dates, numbers };
    let mut paste = Paste { rows: Vec::new(), without_value: Vec::new(), rejected: Vec::new(), decimal_mark, mark_assumed, has_dates };
    let mut places = Places::new(metric, start);
    let mut seen: BTreeMap<Stamp, usize> = BTreeMap::new();
    for (line, cells) in &lines.rows {
        let place = if has_dates { None } else { Some(places.next()) };
        match reader.row(cells, place) {
            Ok(Some(point)) => {
                if let Some(first) = seen.get(&point.at) {
                    let reason = format!("{} stands on line {first} already", date_words(point.at.date()));
                    paste.rejected.push(Rejection { line: *line, column: DATE.to_owned(), reason });
                    continue;
                }
                seen.insert(point.at, *line);
                let before = metric.series.get(point.at).map(|p| p.value);
                let beside = if before.is_none() { reader.beside(point.at) } else { None };
                paste.rows.push(PastedRow { line: *line, point, before, beside });
            }
            Ok(None) => paste.without_value.push(*line),
            Err((column, reason)) => paste.rejected.push(Rejection { line: *line, column: column.to_owned(), reason }),
        }
    }
    Ok(paste)
}

fn numbers<'a>(
    cells: impl Iterator<Item = (usize, &'a str)> + Clone,
    given: Option<char>,
    delimiter: char,
    locale: Locale,
) -> Result<(NumberColumn, char, bool), ImportError> {
    match NumberColumn::decide(VALUE, cells.clone(), given, delimiter) {
        Ok(numbers) => Ok((numbers, numbers.decimal_mark(), false)),
        // The project says how its numbers are written.
        Err(ImportError::AmbiguousNumbers { .. }) => {
            let numbers = NumberColumn::decide(VALUE, cells, Some(locale.decimal_mark), delimiter)?;
            Ok((numbers, locale.decimal_mark, true))
        }
        Err(other) => Err(other),
    }
}

/// The lines of a text in cells: by tabs, as a spreadsheet gives them; else by semicolons, or by commas after a date.
fn split(text: &str, calendar: Calendar) -> Result<Lines, ImportError> {
    // The reader ends a row, but counts no line, at a lone carriage return, and two at one that a line feed follows.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end_matches('\n');
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let all = |test: &dyn Fn(&str) -> bool| text.lines().filter(|line| !line.trim().is_empty()).all(test);
    let dated = |line: &str| {
        let known = DateColumn::decide(DATE, [], Some(DateOrder::DayFirst), calendar);
        line.split_once(',').is_some_and(|(day, _)| known.is_ok_and(|dates| dates.read(day).is_some()))
    };
    let delimiter = if text.contains('\t') {
        '\t'
    } else if all(&|line| line.contains(';')) {
        ';'
    } else if text.lines().skip(1).any(dated) && all(&|line| line.contains(',')) || all(&dated) {
        ','
    } else {
        // An empty line of a single column is an empty cell, which keeps its place.
        let rows: Vec<_> = text.lines().enumerate().map(|(index, line)| (index + 1, vec![line.trim().to_owned()])).collect();
        return if rows.len() > MAX_ROWS { Err(ImportError::TooManyRows { limit: MAX_ROWS }) } else { Ok(Lines { rows, delimiter: '\t' }) };
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut lines = LineCounter::new(text.as_bytes(), 1);
    let (mut rows, mut record) = (Vec::new(), csv::StringRecord::new());
    loop {
        let line = lines.of_record_at(usize::try_from(reader.position().byte()).unwrap_or(usize::MAX));
        if !reader.read_record(&mut record).map_err(|error| ImportError::Unreadable { line, reason: error.to_string() })? {
            break;
        }
        if rows.len() == MAX_ROWS {
            return Err(ImportError::TooManyRows { limit: MAX_ROWS });
        }
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    if rows.is_empty() { Err(ImportError::Empty) } else { Ok(Lines { rows, delimiter }) }
}

/// A first line in which nothing can be read, above others, is a header.
fn drop_header(lines: &mut Lines, has_dates: bool, value_column: usize, calendar: Calendar) -> Result<(), ImportError> {
    let Some((_, first)) = lines.rows.first().filter(|_| lines.rows.len() > 1) else { return Ok(()) };
    let dates = DateColumn::decide(DATE, [], Some(DateOrder::DayFirst), calendar)?;
    let is_date = has_dates && first.first().is_some_and(|cell| dates.read(cell).is_some() || cell.chars().any(|c| c.is_ascii_digit()));
    let value = first.get(value_column).map_or("", String::as_str);
    let is_word = !value.is_empty() && !value.chars().any(|c| c.is_ascii_digit());
    let is_blank = ['.', ',']
        .iter()
        .any(|mark| NumberColumn::decide(VALUE, [], Some(*mark), '\t').is_ok_and(|numbers| numbers.read(value) == Some(ReadNumber::Blank)));
    if !is_date && is_word && !is_blank {
        lines.rows.remove(0);
    }
    Ok(())
}

/// The times for values that have none of their own.
struct Places<'a> {
    left: &'a [Stamp],
    /// The time, and how many periods after it the next place is.
    after: (Stamp, u32),
    cadence: Cadence,
}

impl<'a> Places<'a> {
    fn new(metric: &'a Metric, start: Stamp) -> Self {
        let times = metric.series.times();
        let left = &times[metric.series.index_at_or_after(start)..];
        let after = left.last().map_or((start, 0), |last| (*last, 1));
        Self { left, after, cadence: metric.cadence }
    }

    fn next(&mut self) -> Stamp {
        if let Some((first, rest)) = self.left.split_first() {
            self.left = rest;
            return *first;
        }
        let (last, periods) = self.after;
        self.after.1 += 1;
        last.later_by(self.cadence, periods)
    }
}

struct Reader<'a> {
    metric: &'a Metric,
    calendar: Calendar,
    dates: DateColumn,
    numbers: NumberColumn,
}

impl Reader<'_> {
    /// One row; its time comes from `place` where it has no date of its own. The error names the column.
    fn row(&self, cells: &[String], place: Option<Stamp>) -> Result<Option<Point>, (&'static str, String)> {
        let cell = |index: usize| cells.get(index).map_or("", String::as_str);
        if cells.len() > CELLS {
            return Err(("", format!("has {} cells; a date, a value, a note and a cut-off day are the most", cells.len())));
        }
        let value_cell = cell(usize::from(place.is_none()));
        let number = self.numbers.read(value_cell).ok_or_else(|| (VALUE, format!("{:?} is no number", shortened(value_cell))))?;
        let ReadNumber::Value { value, percent, decimals } = number else { return Ok(None) };
        let (value, _) = in_unit(value, percent, decimals, &self.metric.unit, value_cell).map_err(|reason| (VALUE, reason))?;
        let at = match place {
            Some(place) => place,
            None => self.time(cell(0))?,
        };
        let note = Some(cell(2).to_owned()).filter(|note| !note.is_empty() && place.is_none());
        let data_to = match cell(3) {
            "" => None,
            words => Some(self.dates.read(words).ok_or_else(|| ("data to", format!("{:?} is no date", shortened(words))))?.at.date()),
        };
        Ok(Some(Point { at, value, note, data_to }))
    }

    fn time(&self, cell: &str) -> Result<Stamp, (&'static str, String)> {
        if cell.is_empty() {
            return Err((DATE, "the date is missing".to_owned()));
        }
        let ReadDate { at, grain } =
            self.dates.read(cell).ok_or_else(|| (DATE, format!("{:?} is no date; write it as 2026-03-01", shortened(cell))))?;
        let cadence = self.metric.cadence;
        if let Some(grain) = grain.filter(|grain| *grain > cadence.max(Cadence::Daily)) {
            return Err((DATE, format!("{:?} is a whole {}, but the metric is {}", shortened(cell), grain.period_word(), cadence.word())));
        }
        if cadence != Cadence::Hourly && at.date_time().time() != NaiveTime::MIN {
            return Err((DATE, format!("{:?} has a time of day, but the metric is {}", shortened(cell), cadence.word())));
        }
        Ok(at)
    }

    /// A point that stands for the same period at another time.
    fn beside(&self, at: Stamp) -> Option<Stamp> {
        if self.metric.cadence <= Cadence::Daily {
            return None;
        }
        let period = self.calendar.period_of(self.metric.cadence, at.date());
        let index = self.metric.series.index_at_or_after(Stamp::from_date(period.first));
        self.metric.series.times().get(index).copied().filter(|there| period.contains(there.date()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{MetricId, Series, Unit};

    fn at(text: &str) -> Stamp {
        Stamp::from_date(text.parse().unwrap())
    }

    fn monthly() -> Metric {
        let points = [("2026-08-01", 59.0), ("2026-09-01", 60.0), ("2026-10-01", 61.0)];
        let series = Series::from_points(points.map(|(day, value)| Point::new(at(day), value))).unwrap();
        Metric { series: Arc::new(series), ..Metric::new(MetricId::parse("m-a").unwrap(), "A") }
    }

    fn read(text: &str, hints: PasteHints) -> Result<Paste, ImportError> {
        read_paste(text, &monthly(), at("2026-09-01"), &Settings::default(), hints)
    }

    fn set(paste: &Paste) -> Vec<(String, f64)> {
        paste.rows.iter().map(|row| (row.point.at.to_string(), row.point.value)).collect()
    }

    fn pairs(expected: &[(&str, f64)]) -> Vec<(String, f64)> {
        expected.iter().map(|(day, value)| ((*day).to_owned(), *value)).collect()
    }

    #[test]
    fn two_columns_of_a_spreadsheet_with_their_header() {
        let paste = read("Month\tTickets\r\n01/10/2026\t1.234,5\r\n13/11/2026\t12\r\n01/12/2026\tn/a\r\n\tmany\r\n", PasteHints::default())
            .unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-10-01", 1234.5), ("2026-11-13", 12.0)]));
        assert_eq!((paste.added(), paste.changed(), paste.unchanged()), (1, 1, 0));
        assert_eq!((paste.rows[0].before, paste.decimal_mark, paste.mark_assumed), (Some(61.0), ',', false));
        assert_eq!(paste.without_value, [4]);
        assert_eq!(paste.rejected[0].to_string(), "line 5, column \"value\": \"many\" is no number");
    }

    #[test]
    fn every_kind_of_line_end_begins_a_line_of_its_own() {
        let paste = read("2026-08-01\t1\r2026-09-01\t2\r\n2026-10-01\t3\n\n2026-11-01\t4\r", PasteHints::default()).unwrap();
        assert_eq!(paste.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 3, 5]);
        let paste = read("7\r8\r\r9\r", PasteHints::default()).unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-09-01", 7.0), ("2026-10-01", 8.0), ("2026-12-01", 9.0)]));
    }

    #[test]
    fn the_order_of_day_and_month_is_asked_for_where_nothing_decides_it() {
        let open = "03/04/2026\t1\n05/06/2026\t2\n";
        assert!(matches!(read(open, PasteHints::default()), Err(ImportError::AmbiguousDates { line: 1, .. })));
        let paste = read(open, PasteHints { date_order: Some(DateOrder::MonthFirst), ..PasteHints::default() }).unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-03-04", 1.0), ("2026-05-06", 2.0)]));
    }

    #[test]
    fn values_alone_go_on_from_the_cursor_and_an_empty_cell_keeps_its_place() {
        let paste = read("7\n\n8\n9\n10\n", PasteHints::default()).unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-09-01", 7.0), ("2026-11-01", 8.0), ("2026-12-01", 9.0), ("2027-01-01", 10.0)]));
        assert_eq!((paste.has_dates, paste.without_value.clone()), (false, vec![2]));
    }

    #[test]
    fn numbers_that_can_be_read_either_way_take_the_mark_of_the_project_and_say_so() {
        let paste = read("1.234\n2.345\n", PasteHints::default()).unwrap();
        assert_eq!((paste.rows[0].point.value, paste.mark_assumed), (1.234, true));
        let paste = read("1.234\n2.345\n", PasteHints { decimal_mark: Some(','), ..PasteHints::default() }).unwrap();
        assert_eq!((paste.rows[0].point.value, paste.mark_assumed), (1234.0, false));
    }

    #[test]
    fn what_does_not_fit_the_metric_is_refused_with_its_reason() {
        let paste =
            read("2026-11-01 08:00\t1\n2026-Q4\t2\n2026-11-01\t3\n2026-11-01\t4\n2026-12-01\t5 %\n2026-10-31\t6\n", PasteHints::default())
                .unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-11-01", 3.0), ("2026-10-31", 6.0)]));
        let reasons: Vec<String> = paste.rejected.iter().map(|r| r.reason.clone()).collect();
        assert_eq!(
            reasons,
            [
                "\"2026-11-01 08:00\" has a time of day, but the metric is monthly",
                "\"2026-Q4\" is a whole quarter, but the metric is monthly",
                "1 Nov 2026 stands on line 3 already",
                "\"5 %\" is a percentage, but the metric's unit is count",
            ]
        );
        assert_eq!(paste.rows[1].beside, Some(at("2026-10-01")), "October has a point already");
    }

    #[test]
    fn notes_and_cut_off_days_come_along_and_commas_separate_after_a_date() {
        let paste = read("2026-11-01\t3\tlaunch\t2026-11-14\n", PasteHints::default()).unwrap();
        assert_eq!(paste.rows[0].point.note.as_deref(), Some("launch"));
        assert_eq!(paste.rows[0].point.data_to, "2026-11-14".parse().ok());
        assert_eq!(
            set(&read("date,value\n2026-11,1.5\n2026-12,2.5\n", PasteHints::default()).unwrap()),
            pairs(&[("2026-11-01", 1.5), ("2026-12-01", 2.5)])
        );
        assert_eq!(set(&read("1,5\n2,5\n", PasteHints::default()).unwrap()), pairs(&[("2026-09-01", 1.5), ("2026-10-01", 2.5)]));
        assert_eq!(read(" \n", PasteHints::default()), Err(ImportError::Empty));
    }

    #[test]
    fn hours_are_read_for_hourly_metrics() {
        let hourly = Metric { cadence: Cadence::Hourly, unit: Unit::Ratio, ..Metric::new(MetricId::parse("m-h").unwrap(), "H") };
        let paste = read_paste("2026-11-01 08:00\t45 %\n", &hourly, at("2026-11-01"), &Settings::default(), PasteHints::default()).unwrap();
        assert_eq!(set(&paste), pairs(&[("2026-11-01T08:00:00", 0.45)]));
    }
}
