//! One table: heads, cells, and what may be drawn of it.

use std::sync::Arc;

use crate::chart::{LineStyle, ValueFormat};
use crate::model::{Date, Stamp, Unit, is_unseen};

/// How a spreadsheet writes a number: a format code of ECMA-376, part 1, 18.8.31.
pub(super) type Form = Arc<str>;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    None,
    /// Never a formula.
    Text(String),
    Number(f64, Form),
    Day(Date),
    Moment(Stamp),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    /// As people wrote it: neither legal as a name of a sheet nor unique.
    pub(super) name: String,
    pub(super) heads: Vec<String>,
    /// Each as long as the heads.
    pub(super) rows: Vec<Vec<Value>>,
    /// Columns that stay in sight beside the heads.
    pub(super) frozen: u16,
    pub(super) drawn: Option<Drawn>,
}

/// A line chart of some columns over the first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) title: String,
    /// For those who cannot see it.
    pub(super) summary: String,
    pub(super) form: Form,
    /// Column and look.
    pub(super) lines: Vec<(u16, LineStyle)>,
    /// So many rows from the first come before one that is not finished; none where all are.
    pub(super) complete: Option<usize>,
}

impl Value {
    /// Nothing for an empty text.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        let text = clean(text.as_ref());
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }

    pub(super) fn number(value: Option<f64>, form: &Form) -> Self {
        value.filter(|v| v.is_finite()).map_or(Self::None, |v| Self::Number(v, Arc::clone(form)))
    }

    /// Of one, written in per cent.
    pub(super) fn share(value: Option<f64>) -> Self {
        Self::number(value, &Form::from("0%"))
    }

    pub(super) fn count(count: impl Into<f64>) -> Self {
        Self::Number(count.into(), whole())
    }

    pub(super) fn day(date: Option<Date>) -> Self {
        date.map_or(Self::None, Self::Day)
    }
}

pub(super) fn whole() -> Form {
    Form::from("0")
}

/// How values of a metric are written.
pub(super) fn form_of(format: &ValueFormat) -> Form {
    form(&format.unit.prefix(), &format.unit.suffix(), format.decimals)
}

/// How differences of them are.
pub(super) fn form_of_difference(format: &ValueFormat) -> Form {
    form(&format.unit.prefix(), &format.unit.difference_suffix(), format.decimals)
}

/// Longer units stand in the heads only: a code holds 255 characters.
const LONGEST_UNIT: usize = 40;

fn form(prefix: &str, suffix: &str, decimals: u8) -> Form {
    let quoted = |text: &str| {
        let text = clean(text).replace(['"', '\n'], " ");
        if text.is_empty() || text.chars().count() > LONGEST_UNIT { String::new() } else { format!("\"{text}\"") }
    };
    let point = if decimals > 0 { "." } else { "" };
    Form::from(format!("{}#,##0{point}{}{}", quoted(prefix), "0".repeat(decimals.into()), quoted(suffix)))
}

/// What values are counted in, beside a head: "Actual, %", "Actual, €"; nothing for plain numbers.
pub(super) fn with_unit(head: &str, unit: &Unit) -> String {
    let (prefix, suffix) = (unit.prefix(), unit.suffix());
    let sign = clean(if prefix.is_empty() { suffix.trim() } else { prefix.trim() });
    if sign.is_empty() { head.to_owned() } else { format!("{head}, {sign}") }
}

/// Without what no file may hold: control characters other than line ends and tabs, what turns a text around, and halves of pairs that XML
/// does not know.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_unseen(*c) || matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}
