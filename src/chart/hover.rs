//! What a chart says about one of its points.

use super::{Chart, LineId, LineStyle};
use crate::model::{Date, Stamp, day_words, period_words};

/// A point that is read: its period in words and the rows of the tooltip.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// The place in [`Chart::values`].
    pub index: usize,
    pub x: f64,
    pub y: f64,
    /// "Oct 2026"; an unfinished one says to which day.
    pub title: String,
    /// Value, target, expected, difference: those there are.
    pub rows: Vec<HoverRow>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct HoverRow {
    /// The line it reads; none for a difference.
    pub line: Option<LineId>,
    pub name: String,
    pub value: String,
}

impl Hover {
    /// One sentence for screen readers: "Oct 2026: value 8.2 M, expected 9.0 M, difference −0.8 M".
    pub fn sentence(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| format!("{} {}", row.name.to_lowercase(), row.value)).collect();
        let note = self.note.as_deref().map(|n| format!(". Note: {n}")).unwrap_or_default();
        format!("{}: {}{note}", self.title, rows.join(", "))
    }
}

/// The calendar day of an x.
pub(super) fn date_of(x: f64) -> Date {
    Stamp::from_seconds((x * 86_400.0).round() as i64).date()
}

impl super::Line {
    /// Its height at an x that it covers; what is aimed at and limits hold theirs from point to point.
    pub fn at(&self, x: f64) -> Option<f64> {
        match self.style {
            LineStyle::Target | LineStyle::Ghost | LineStyle::Limit | LineStyle::Reference => step_at(self, x),
            _ => self.runs.iter().find_map(|run| interpolate(run, x)),
        }
    }
}

impl Chart {
    /// The place in [`Chart::values`] nearest to an x.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        if x.is_nan() {
            return None;
        }
        let after = self.values.partition_point(|p| p[0] < x);
        let before = after.checked_sub(1);
        let distance = |index: usize| self.values.get(index).map(|p| (p[0] - x).abs());
        match (before, self.values.get(after)) {
            (None, None) => None,
            (Some(before), None) => Some(before),
            (None, Some(_)) => Some(after),
            (Some(before), Some(_)) => Some(if distance(before) <= distance(after) { before } else { after }),
        }
    }

    /// The point nearest to an x, read out.
    pub fn hover(&self, x: f64) -> Option<Hover> {
        self.hover_at(self.nearest(x)?)
    }

    /// The point at a place in [`Chart::values`], read out.
    pub fn hover_at(&self, index: usize) -> Option<Hover> {
        let [x, y] = *self.values.get(index)?;
        let format = &self.format;
        let unfinished = self.unfinished.filter(|u| u.x == x);
        let mut rows = vec![HoverRow {
            line: Some(if unfinished.is_some() { LineId::Unfinished } else { LineId::Actual }),
            name: "Value".to_owned(),
            value: format.exact(y),
        }];
        for line in &self.lines {
            if line.style == LineStyle::Target
                && let Some(value) = step_at(line, x)
            {
                rows.push(HoverRow { line: Some(line.id), name: line.name.clone(), value: format.value(value) });
            }
        }
        if let Some(expected) = self.expected_at(x) {
            rows.push(HoverRow { line: Some(LineId::Pace), name: "Expected".to_owned(), value: format.value(expected) });
            // An unfinished period is not held against what is expected of a whole one.
            if unfinished.is_none() {
                rows.push(HoverRow { line: None, name: "Difference".to_owned(), value: format.difference(y - expected) });
            }
        }
        let note = self.notes.iter().find(|n| n.at[0] == x).map(|n| n.text.clone());
        Some(Hover { index, x, y, title: self.when(index), rows, note })
    }

    /// What the pace asks for at an x; none outside the goal's span.
    pub fn expected_at(&self, x: f64) -> Option<f64> {
        let run = self.lines.iter().find(|l| l.id == LineId::Pace)?.runs.first()?;
        interpolate(run, x)
    }

    /// The period or moment of a value in words: "Oct 2026", "Nov 2026, to 21 Nov", "21 Nov 2026, 14:00".
    pub fn when(&self, index: usize) -> String {
        let Some([x, _]) = self.values.get(index) else { return String::new() };
        let stamp = Stamp::from_seconds((x * 86_400.0).round() as i64);
        let words = period_words(&self.calendar, self.cadence, self.calendar.period_of(self.cadence, stamp.date()));
        if let Some(unfinished) = self.unfinished.filter(|u| u.x == *x) {
            return format!("{words}, to {}", day_words(unfinished.data_to));
        }
        if stamp == Stamp::from_date(stamp.date()) { words } else { format!("{words}, {}", stamp.date_time().format("%H:%M")) }
    }

    /// The value of a line of the chart at an x, where its runs cover it; lines of targets hold their value between points.
    pub fn target_at(&self, x: f64) -> Option<f64> {
        self.lines.iter().filter(|l| l.id == LineId::Target).find_map(|l| step_at(l, x))
    }

    /// Rows for a table of the values: period, value, expected.
    pub fn table_row(&self, index: usize) -> Option<[String; 3]> {
        let [x, y] = *self.values.get(index)?;
        let expected = self.expected_at(x).map_or_else(|| "–".to_owned(), |e| self.format.exact(e));
        Some([self.when(index), self.format.exact(y), expected])
    }
}

/// The height of a line at an x that it covers. Where it jumps, the later height holds.
pub(super) fn interpolate(run: &[[f64; 2]], x: f64) -> Option<f64> {
    let after = run.partition_point(|p| p[0] <= x);
    let left = run.get(after.checked_sub(1)?)?;
    if left[0] == x {
        return Some(left[1]);
    }
    let right = run.get(after)?;
    Some(left[1] + (x - left[0]) / (right[0] - left[0]) * (right[1] - left[1]))
}

/// The value of a stepwise line at an x.
fn step_at(line: &super::Line, x: f64) -> Option<f64> {
    line.runs.iter().find_map(|run| {
        let inside = run.first()?[0] <= x && x <= run.last()?[0];
        let at = run.partition_point(|p| p[0] <= x);
        inside.then(|| run[at.saturating_sub(1)][1])
    })
}
