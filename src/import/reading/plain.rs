//! The way that most tables take: full days and plain numbers, of which nothing is to be decided. It gives what the longer way gives, in one
//! look at each cell, and leaves everything else to that.

use std::ops::Range;
use std::thread::{self, Builder};

use super::{DateCell, Dated, ReadPoint};
use crate::import::dates::{self, ReadDate, iso_stamp};
use crate::import::numbers::read_plain;
use crate::import::table::Table;
use crate::model::{Stamp, Unit};

/// Rows from which on several threads read them.
const MANY: usize = 50_000;
/// More would wait for each other's memory.
const MOST_THREADS: usize = 4;

/// Seconds since 1970 of the years 0 to 9999, which a project file can hold.
const YEARS: Range<i64> = -62_167_219_200..253_402_300_800;

pub(super) fn can_be_held(at: Stamp) -> bool {
    YEARS.contains(&at.seconds())
}

/// The dates of a column where each cell is a full day such as `2026-03-01`.
pub(super) fn iso_dates(table: &Table, column: usize) -> Option<Vec<DateCell>> {
    let part = |rows: Range<usize>, room: usize| {
        let mut dates = Vec::with_capacity(room);
        for row in rows {
            dates.push(DateCell::Read(ReadDate { at: iso_stamp(table.cell(row, column).as_bytes())?, grain: None }));
        }
        Some(dates)
    };
    in_parts(table.len(), part)?.into_iter().reduce(|mut all, part| {
        all.extend(part);
        all
    })
}

/// What was read of a column.
pub(super) struct PlainSeries {
    /// In the order of the rows.
    pub(super) points: Vec<ReadPoint>,
    /// Lines without a value.
    pub(super) without_value: Vec<usize>,
    pub(super) decimals: u8,
    pub(super) fiscal: bool,
}

/// All rows as one series, where each has a date and a plain number or nothing.
pub(super) fn series(dated: &Dated<'_>, column: usize, unit: &Unit) -> Option<PlainSeries> {
    let Dated { table, request, calendar, date_columns, dates, passes, names, .. } = dated;
    let is_open = *unit == Unit::Percent || !matches!(request.decimal_mark, None | Some('.'));
    if is_open || names.is_some() || !passes.is_empty() {
        return None;
    }
    let least = date_columns.iter().chain([&column]).max()? + 1;
    let widths = least..=table.header.len();
    let part = |rows: Range<usize>, room: usize| {
        let mut found = PlainSeries { points: Vec::with_capacity(room), without_value: Vec::new(), decimals: 0, fiscal: false };
        for row in rows {
            let DateCell::Read(ReadDate { at, grain }) = dates[row] else { return None };
            if !widths.contains(&table.width(row)) || !can_be_held(at) {
                return None;
            }
            let (cell, line) = (table.cell(row, column), table.line(row));
            if cell.is_empty() {
                found.without_value.push(line);
                continue;
            }
            let number = read_plain(cell)?;
            found.decimals = found.decimals.max(number.decimals);
            found.fiscal |= dates::is_fiscal(grain, *calendar);
            found.points.push(ReadPoint { at, value: number.value, line, grain });
        }
        Some(found)
    };
    in_parts(table.len(), part)?
        .into_iter()
        .reduce(|mut all, part| {
            all.points.extend(part.points);
            all.without_value.extend(part.without_value);
            all.decimals = all.decimals.max(part.decimals);
            all.fiscal |= part.fiscal;
            all
        })
        .filter(|found| !found.points.is_empty())
}

/// Does the parts of many rows at the same time; `part` is also told for how many rows there should be room, which for the first are all.
/// `None` where a part gives that.
fn in_parts<T: Send>(rows: usize, part: impl Fn(Range<usize>, usize) -> Option<T> + Sync) -> Option<Vec<T>> {
    let threads = if rows < MANY { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS) };
    let range = |index: usize| rows * index / threads..rows * (index + 1) / threads;
    let part = &part;
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|index| {
                let work = move || part(range(index), range(index).len());
                (index, Builder::new().name("import".to_owned()).spawn_scoped(scope, work))
            })
            .collect();
        let mut found = vec![part(range(0), rows)];
        for (index, other) in others {
            found.push(match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(done)) => done,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // Without another thread it is done here.
                Err(_) => part(range(index), range(index).len()),
            });
        }
        found.into_iter().collect()
    })
}
