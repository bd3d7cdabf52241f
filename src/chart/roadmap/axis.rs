//! The head of the time axis: years, quarters, months or weeks, and the cycles over them.

use chrono::Datelike as _;

use crate::model::{Cadence, Calendar, CycleId, CyclePattern, Date, Period, Project, Stamp, month_word, period_words};

/// A stretch of the axis with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Days since 1970; the end is not part of it.
    pub from: f64,
    pub to: f64,
    pub label: String,
    /// The cycle that it is.
    pub cycle: Option<CycleId>,
    /// Whether it contains the as-of day.
    pub is_now: bool,
}

/// Rows of cells, as they stand above each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AxisHead {
    /// Cycles that are no cell of [`Self::units`], each row without overlap, the longest on top.
    pub cycles: Vec<Vec<Cell>>,
    /// Years, quarters or months.
    pub units: Vec<Cell>,
    /// What they are made of.
    pub parts: Vec<Cell>,
}

/// How much is shown without scrolling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The fiscal quarter of the as-of day.
    Quarter,
    /// The fiscal half-year of the as-of day.
    Half,
    /// The fiscal year of the as-of day; where there is room for more than four quarters, those after it too.
    Year { quarters: u32 },
}

/// The first day, and the day after the last.
pub fn window(calendar: &Calendar, as_of: Date, reach: Reach) -> (f64, f64) {
    let days = |period: Period| (day_number(period.first), day_number(period.last) + 1.0);
    match reach {
        Reach::Quarter => days(CyclePattern::Quarters.period_of(calendar, as_of)),
        Reach::Half => days(CyclePattern::Halves.period_of(calendar, as_of)),
        Reach::Year { quarters } => {
            let year = CyclePattern::Years.period_of(calendar, as_of);
            let mut last = year;
            for _ in 4..quarters {
                last = calendar.next(Cadence::Quarterly, last);
            }
            (day_number(year.first), day_number(last.last) + 1.0)
        }
    }
}

/// Days since 1970.
pub fn day_number(date: Date) -> f64 {
    Stamp::from_date(date).days()
}

pub(super) fn day_of(number: f64) -> Date {
    Stamp::from_seconds((number.floor() * 86_400.0) as i64).date()
}

/// The least width of a part with a label, in points.
const LEAST_PART_PX: f64 = 25.0;
/// More rows of cycles than this are not drawn.
const MOST_CYCLE_ROWS: usize = 3;

/// The head over a range of days, drawn `px_per_day` wide each.
pub fn axis_head(project: &Project, range: (f64, f64), px_per_day: f64, as_of: Date) -> AxisHead {
    let calendar = &project.settings.calendar;
    let fits = |days: f64| days * px_per_day >= LEAST_PART_PX;
    let now = day_number(as_of);
    let row = |cadence: Cadence, label: &dyn Fn(Period) -> String| -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut period = calendar.period_of(cadence, day_of(range.0));
        while day_number(period.first) < range.1 {
            let (from, to) = (day_number(period.first), day_number(period.last) + 1.0);
            cells.push(Cell { from, to, label: label(period), cycle: None, is_now: from <= now && now < to });
            let next = calendar.next(cadence, period);
            if next == period {
                break;
            }
            period = next;
        }
        cells
    };
    let whole = |cadence: Cadence| move |period: Period| period_words(calendar, cadence, period);
    let (mut units, parts) = if fits(7.0) {
        (row(Cadence::Monthly, &whole(Cadence::Monthly)), row(Cadence::Weekly, &|p| p.first.day().to_string()))
    } else if fits(30.0) {
        (row(Cadence::Quarterly, &whole(Cadence::Quarterly)), row(Cadence::Monthly, &|p| month_word(p.first).to_owned()))
    } else if fits(91.0) {
        let quarter = |p: Period| format!("Q{}", calendar.fiscal_quarter(p.first));
        (row(Cadence::Yearly, &whole(Cadence::Yearly)), row(Cadence::Quarterly, &quarter))
    } else {
        let every = (LEAST_PART_PX * 2.0 / (365.25 * px_per_day).max(1e-6)).ceil().max(1.0) as i32;
        let year = |p: Period| {
            let year = calendar.fiscal_year(p.first);
            if year % every == 0 { period_words(calendar, Cadence::Yearly, p) } else { String::new() }
        };
        (row(Cadence::Yearly, &year), Vec::new())
    };
    let cycles = cycles(project, range, now, &mut units);
    AxisHead { cycles, units, parts }
}

/// Names the units that are cycles themselves, and packs the other cycles into rows.
fn cycles(project: &Project, range: (f64, f64), now: f64, units: &mut [Cell]) -> Vec<Vec<Cell>> {
    let mut rest = Vec::new();
    for cycle in project.cycles_in_order() {
        let (from, to) = (day_number(cycle.start), day_number(cycle.end) + 1.0);
        if to <= range.0 || from >= range.1 {
            continue;
        }
        let same = units.iter_mut().find(|unit| (unit.from, unit.to) == (from, to) && unit.cycle.is_none());
        if let Some(unit) = same {
            unit.cycle = Some(cycle.id.clone());
            unit.label.clone_from(&cycle.name);
        } else {
            let is_now = from <= now && now < to;
            rest.push(Cell { from, to, label: cycle.name.clone(), cycle: Some(cycle.id.clone()), is_now });
        }
    }
    // Longest first, so that what lies within another stands under it.
    rest.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)).then(a.from.total_cmp(&b.from)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for cell in rest {
        let free = rows.iter().position(|row| row.iter().all(|other| other.to <= cell.from || cell.to <= other.from));
        match free {
            Some(row) => rows[row].push(cell),
            None if rows.len() < MOST_CYCLE_ROWS => rows.push(vec![cell]),
            None => {}
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    rows
}
