//! Formula metrics: `[m-users] * [m-arpu]`. References are ids in brackets, so that renaming a metric changes nothing; people read
//! and type them by name ([`Formula::read_named`]).

mod named;
mod names;
mod parse;

use std::fmt;

pub use named::{Definition, FormulaProblem};

use super::MetricId;

/// A parsed formula. `Display` prints text that parses back to the same tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// Finite and not negative (a sign is [`Formula::Negate`]).
    Number(f64),
    Metric(MetricId),
    Negate(Box<Self>),
    Binary {
        operator: Operator,
        left: Box<Self>,
        right: Box<Self>,
    },
    /// `prev(x)`: the value of the period before.
    Previous(Box<Self>),
    /// `growth(x)`: x / prev(x) − 1.
    Growth(Box<Self>),
    /// `segments([m-…])`: the sum of the segments of a metric.
    Segments(MetricId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }

    fn binding(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
        }
    }
}

/// Why a text is no formula. Columns count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    #[error("expected {expected} at column {column} of the formula, but found {found}")]
    Unexpected { expected: &'static str, found: String, column: usize },
    #[error("{message} at column {column} of the formula")]
    Reference { message: String, column: usize },
    #[error("the formula is nested deeper than {} levels or longer than {} characters", Formula::MAX_DEPTH, Formula::MAX_LENGTH)]
    TooLarge,
}

impl Formula {
    pub const MAX_DEPTH: usize = 64;
    pub const MAX_LENGTH: usize = 4_000;

    /// Reads `+ - * / ( )`, numbers, `[m-id]`, `prev(…)`, `growth(…)` and `segments([m-id])`; `− × ÷` are taken too.
    /// `*` and `/` bind tighter than `+` and `-`; all are left-associative; a sign binds tightest.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        if text.chars().count() > Self::MAX_LENGTH {
            return Err(FormulaError::TooLarge);
        }
        Ok(parse::read(text, &parse::Ids)?)
    }

    /// Every metric id in the text, with repetition.
    pub fn inputs(&self) -> Vec<&MetricId> {
        let (mut metrics, mut segmented) = (Vec::new(), Vec::new());
        self.collect(&mut metrics, &mut segmented);
        metrics.append(&mut segmented);
        metrics
    }

    /// The metrics whose values enter directly, with repetition.
    pub fn metrics(&self) -> Vec<&MetricId> {
        let mut metrics = Vec::new();
        self.collect(&mut metrics, &mut Vec::new());
        metrics
    }

    /// The metrics whose segments are summed, with repetition.
    pub fn segmented(&self) -> Vec<&MetricId> {
        let mut segmented = Vec::new();
        self.collect(&mut Vec::new(), &mut segmented);
        segmented
    }

    fn collect<'a>(&'a self, metrics: &mut Vec<&'a MetricId>, segmented: &mut Vec<&'a MetricId>) {
        match self {
            Self::Number(_) => {}
            Self::Metric(id) => metrics.push(id),
            Self::Segments(id) => segmented.push(id),
            Self::Negate(x) | Self::Previous(x) | Self::Growth(x) => x.collect(metrics, segmented),
            Self::Binary { left, right, .. } => {
                left.collect(metrics, segmented);
                right.collect(metrics, segmented);
            }
        }
    }

    fn binding(&self) -> u8 {
        match self {
            Self::Binary { operator, .. } => operator.binding(),
            Self::Negate(_) => 3,
            _ => 4,
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |f: &mut fmt::Formatter<'_>, x: &Self, at_least: u8| {
            if x.binding() < at_least { write!(f, "({x})") } else { write!(f, "{x}") }
        };
        match self {
            Self::Number(value) => write!(f, "{value}"),
            Self::Metric(id) => write!(f, "[{id}]"),
            Self::Segments(id) => write!(f, "segments([{id}])"),
            Self::Previous(x) => write!(f, "prev({x})"),
            Self::Growth(x) => write!(f, "growth({x})"),
            Self::Negate(x) => {
                f.write_str("-")?;
                part(f, x, 3)
            }
            Self::Binary { operator, left, right } => {
                part(f, left, operator.binding())?;
                write!(f, " {} ", operator.sign())?;
                part(f, right, operator.binding() + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests;
