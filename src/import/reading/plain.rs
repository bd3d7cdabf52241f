//! The way that most tables take: full days and plain numbers, of which nothing is to be decided. It gives what the longer way gives, in one
//! look at each cell, and leaves everything else to that.

use std::ops::Range;

use super::{DateCell, Dated, Dates};
use crate::import::dates::{self, IsoDays, ReadDate, of_day};
use crate::import::numbers::read_plain;
use crate::import::parallel::{close_up, each, ranges, slices, threads};
use crate::import::points::Points;
use crate::import::table::Table;
use crate::model::{Cadence, Stamp, Unit};

/// Rows from which on several threads read them.
const MANY: usize = 50_000;

/// Seconds since 1970 of the years 0 to 9999, which a project file can hold.
const YEARS: Range<i64> = -62_167_219_200..253_402_300_800;

pub(super) fn can_be_held(at: Stamp) -> bool {
    YEARS.contains(&at.seconds())
}

/// The dates of a column where each cell is a full day such as `2026-03-01`, in days since 1970.
pub(super) fn iso_days(table: &Table, column: usize) -> Option<Vec<i32>> {
    let parts: Vec<_> = ranges(table.len(), threads(table.len(), MANY)).collect();
    let mut days = vec![0; table.len()];
    let work = slices(&mut days, parts.iter().map(Range::len)).into_iter().zip(parts);
    let read = |(days, rows): (&mut [i32], Range<usize>)| {
        let mut iso = IsoDays::default();
        days.iter_mut().zip(table.rows(rows)).try_for_each(|(day, row)| {
            *day = iso.read(row.cell(column))?;
            Some(())
        })
    };
    each(work, read).into_iter().collect::<Option<()>>().map(|()| days)
}

/// What was read of a column, in the order of the rows.
pub(super) struct PlainSeries {
    pub(super) points: Points,
    /// Lines without a value.
    pub(super) without_value: Vec<usize>,
    pub(super) decimals: u8,
    pub(super) fiscal: bool,
}

/// A part of the rows, with the columns that it is read into.
struct Stretch<'a> {
    rows: Range<usize>,
    seconds: &'a mut [i64],
    values: &'a mut [f64],
    lines: &'a mut [u32],
}

/// What was found in a part.
#[derive(Default)]
struct Found {
    points: usize,
    without_value: Vec<usize>,
    grains: Vec<Option<Cadence>>,
    decimals: u8,
    fiscal: bool,
}

/// All rows as one series, where each has a date and a plain number or nothing.
pub(super) fn series(dated: &Dated<'_>, column: usize, unit: &Unit) -> Option<PlainSeries> {
    let Dated { table, request, date_columns, passes, names, .. } = dated;
    let is_open = *unit == Unit::Percent || !matches!(request.decimal_mark, None | Some('.'));
    if is_open || names.is_some() || !passes.is_empty() {
        return None;
    }
    let least = date_columns.iter().chain([&column]).max()? + 1;
    let parts: Vec<_> = ranges(table.len(), threads(table.len(), MANY)).collect();
    // Zeros that nobody touches take no memory.
    let (mut seconds, mut values, mut lines) = (vec![0; table.len()], vec![0.0; table.len()], vec![0; table.len()]);
    let columns = slices(&mut seconds, parts.iter().map(Range::len))
        .into_iter()
        .zip(slices(&mut values, parts.iter().map(Range::len)))
        .zip(slices(&mut lines, parts.iter().map(Range::len)));
    let work = columns.zip(parts.iter().cloned()).map(|(((seconds, values), lines), rows)| Stretch { rows, seconds, values, lines });
    let found: Vec<Found> = each(work, |part| part.read(dated, column, least)).into_iter().collect::<Option<_>>()?;
    let used = || parts.iter().map(Range::len).zip(found.iter().map(|part| part.points));
    close_up(&mut seconds, used());
    close_up(&mut values, used());
    close_up(&mut lines, used());
    if seconds.is_empty() {
        return None;
    }
    let times = seconds.into_iter().map(Stamp::from_seconds).collect();
    Some(PlainSeries {
        points: Points::of_columns(times, values, lines, found.iter().flat_map(|part| &part.grains).copied().collect()),
        without_value: found.iter().flat_map(|part| &part.without_value).copied().collect(),
        decimals: found.iter().map(|part| part.decimals).max().unwrap_or(0),
        fiscal: found.iter().any(|part| part.fiscal),
    })
}

impl Stretch<'_> {
    /// `None` where a row is to be looked at more closely. `least` is how wide every row must be.
    fn read(self, dated: &Dated<'_>, column: usize, least: usize) -> Option<Found> {
        let Dated { table, calendar, dates, .. } = dated;
        let mut found = Found::default();
        let widths = least..=table.header.len();
        for (row, cells) in self.rows.clone().zip(table.rows(self.rows)) {
            let (at, grain) = match dates {
                Dates::Days(days) => (of_day(days[row]), None),
                Dates::Cells(cells) => match cells[row] {
                    DateCell::Read(ReadDate { at, grain }) if can_be_held(at) => (at, grain),
                    DateCell::Read(_) | DateCell::Blank | DateCell::Bad => return None,
                },
            };
            if !widths.contains(&cells.width()) {
                return None;
            }
            let cell = cells.cell(column);
            if cell.is_empty() {
                found.without_value.push(table.line(row));
                continue;
            }
            let number = read_plain(cell)?;
            found.decimals = found.decimals.max(number.decimals);
            if let Dates::Cells(_) = dates {
                found.fiscal |= dates::is_fiscal(grain, *calendar);
                found.grains.push(grain);
            }
            self.seconds[found.points] = at.seconds();
            self.values[found.points] = number.value;
            self.lines[found.points] = u32::try_from(table.line(row)).unwrap_or(u32::MAX);
            found.points += 1;
        }
        Some(found)
    }
}
