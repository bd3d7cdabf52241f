//! What is written into cells, under heads and above the table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cell, ColumnState, Columns, Row};
use crate::analysis::{PeriodVerdict, gap_to};
use crate::chart::ValueFormat;
use crate::model::{Limit, MetricId, Unit, date_words, period_words};

/// One of the numbers of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    #[default]
    Actual,
    Target,
    /// Actual less target.
    Variance,
    /// From the period before.
    Change,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Actual, Self::Target, Self::Variance, Self::Change];

    pub fn word(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Target => "Target",
            Self::Variance => "Variance",
            Self::Change => "Change",
        }
    }
}

/// "≥ 99.9 %", "≤ 2 %", "28 – 36".
pub(super) fn limit(limit: Limit, format: &ValueFormat) -> String {
    match limit {
        Limit::AtLeast(low) => format!("≥ {}", format.value(low)),
        Limit::AtMost(high) => format!("≤ {}", format.value(high)),
        Limit::Within { low, high } => format!("{} – {}", format.locale.trimmed(low, format.decimals), format.value(high)),
    }
}

/// Without a unit that is a word: it stands beside the name.
fn in_a_cell(format: &ValueFormat) -> ValueFormat {
    let unit = if matches!(format.unit, Unit::Custom(_)) { Unit::Count } else { format.unit.clone() };
    ValueFormat { unit, ..*format }
}

impl Cell {
    /// The number of a part; none for what is missing or not compared.
    pub fn number(&self, part: Part) -> Option<f64> {
        match part {
            Part::Actual => self.actual,
            Part::Target => self.target.and_then(|t| t.values().next()),
            Part::Variance => self.judgement.map(|j| j.gap),
            Part::Change => self.change,
        }
    }
}

impl Row {
    /// The unit where it is a word of the project's own: said once beside the name.
    pub fn unit_word(&self) -> Option<&str> {
        if let Unit::Custom(word) = &self.format.unit { Some(word) } else { None }
    }

    /// What a part of a cell says; empty where there is nothing.
    pub fn text(&self, column: usize, part: Part) -> String {
        let Some(cell) = self.cells.get(column) else { return String::new() };
        let format = in_a_cell(&self.format);
        match part {
            Part::Actual => cell.actual.map(|v| format.value(v)),
            Part::Target => cell.target.map(|target| match target {
                Limit::AtLeast(v) | Limit::AtMost(v) if !cell.is_kept => format.value(v),
                Limit::Within { low, high } => {
                    format!("{} – {}", format.locale.short(low, format.decimals), format.locale.short(high, format.decimals))
                }
                kept => limit(kept, &format),
            }),
            Part::Variance => cell.judgement.map(|j| {
                let is_within = j.gap == 0.0 && matches!(cell.target, Some(Limit::Within { .. }));
                if is_within { "within".to_owned() } else { format.difference(j.gap) }
            }),
            Part::Change => cell.change.map(|c| format.difference(c)),
        }
        .unwrap_or_default()
    }

    /// All of a cell in words: "Oct 2026: 9.1 M, target 9.56 M, −465 k, behind; +120 k on the month before".
    pub fn cell_words(&self, columns: &Columns, column: usize) -> String {
        let (Some(cell), Some(head)) = (self.cells.get(column), columns.list.get(column)) else { return String::new() };
        let when = cell.period.map_or_else(|| head.words.clone(), |p| period_words(&self.calendar, self.cadence, p));
        let format = &self.format;
        let mut parts = Vec::new();
        match (cell.actual, cell.data_to) {
            (Some(value), None) => parts.push(format.value(value)),
            (Some(value), Some(day)) => parts.push(format!("{} to {}, not over and not compared", format.value(value), date_words(day))),
            (None, _) if cell.period.is_none() => return format!("{when}: part of a longer {}", self.cadence.period_word()),
            (None, _) if head.state == ColumnState::Over => parts.push("no value".to_owned()),
            (None, _) => parts.push("no value yet".to_owned()),
        }
        if cell.has_gaps && cell.data_to.is_none() {
            parts.push("some of it is missing".to_owned());
        }
        if let Some(forecast) = cell.forecast {
            parts.push(format!("forecast {}", format.value(forecast)));
        }
        if let Some(target) = cell.target {
            let words = match target {
                Limit::AtLeast(v) | Limit::AtMost(v) if !cell.is_kept => format!("expected {}", format.value(v)),
                kept => format!("target {}", limit(kept, format)),
            };
            parts.push(words);
        }
        if let Some(judgement) = cell.judgement {
            let word = verdict_word(judgement.verdict);
            let gap = cell.actual.zip(cell.target).map_or(0.0, |(v, t)| gap_to(t, v));
            parts.push(if gap == 0.0 { word.to_owned() } else { format!("{}, {word}", format.difference(gap)) });
        }
        if let Some(change) = cell.change {
            parts.push(format!("{} on the {} before", format.difference(change), self.cadence.period_word()));
        }
        format!("{when}: {}", parts.join(", "))
    }

    /// The row without its cells, for a screen reader: "Monthly active users, behind, target 10 M, owner Growth".
    pub fn words(&self) -> String {
        let target = (!self.target_words.is_empty()).then(|| format!("target {}", self.target_words));
        let owner = (!self.owner.is_empty()).then(|| format!("owner {}", self.owner));
        let parts = [Some(self.name.clone()), Some(self.standing.word.to_lowercase()), target, owner];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

pub(super) fn verdict_word(verdict: PeriodVerdict) -> &'static str {
    match verdict {
        PeriodVerdict::Met => "on target",
        PeriodVerdict::Short => "behind",
        PeriodVerdict::FarShort => "far behind",
    }
}

/// "7 of 12 KPIs met their target in Oct 2026".
pub(super) fn title(rows: &[Arc<Row>], columns: &Columns, latest: Option<usize>) -> String {
    let mut verdicts: BTreeMap<&MetricId, PeriodVerdict> = BTreeMap::new();
    for row in rows {
        if let Some(verdict) = latest.and_then(|latest| row.verdict(latest)) {
            verdicts.entry(&row.subject.metric).or_insert(verdict);
        }
    }
    let when = latest.and_then(|latest| columns.list.get(latest)).map(|c| c.words.as_str()).unwrap_or_default();
    // "in week of 16 Nov" is no English.
    let when = if when.starts_with("week") { format!("in the {when}") } else { format!("in {when}") };
    let met = verdicts.values().filter(|v| **v == PeriodVerdict::Met).count();
    match (met, verdicts.len()) {
        (_, 0) => {
            let noun = columns.grain.period_word();
            let count = rows.iter().map(|row| &row.subject.metric).collect::<std::collections::BTreeSet<_>>().len();
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} KPI{plural}, {noun} by {noun}")
        }
        (1, 1) => format!("The one KPI with a target met it {when}"),
        (0, 1) => format!("The one KPI with a target missed it {when}"),
        (0, of) => format!("None of {of} KPIs met its target {when}"),
        (met, of) if met == of => format!("All {of} KPIs met their target {when}"),
        (1, of) => format!("1 of {of} KPIs met its target {when}"),
        (met, of) => format!("{met} of {of} KPIs met their target {when}"),
    }
}

/// "Month by month, Nov 2025 – Nov 2026; Nov 2026 is not over".
pub(super) fn subtitle(columns: &Columns) -> String {
    let noun = columns.grain.period_word();
    let (Some(first), Some(last)) = (columns.list.first(), columns.list.last()) else { return String::new() };
    let days = if first == last { first.words.clone() } else { format!("{} – {}", first.words, last.words) };
    let mut text = crate::model::capitalised(&format!("{noun} by {noun}, {days}"));
    if let Some(open) = columns.list.iter().find(|c| c.state == ColumnState::UnderWay) {
        text = format!("{text}; {} is not over", open.words);
    }
    if columns.left_out > 0 {
        text = format!("{text}; {} earlier {noun}s left out", columns.left_out);
    }
    text
}
