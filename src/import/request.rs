//! What is wanted of a table: its shape, which of its series go where, and how what is open is to be read.

use std::collections::BTreeMap;

use super::{DateOrder, ReadHints};
use crate::model::{Cadence, Date, Direction, ImportMode, ImportRecipe, OnDuplicate, PercentForm, RecipeId, TableShape, Unit};

/// Where the points of a series go.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    /// The metric with this id or exactly this name.
    Metric(String),
    New {
        name: String,
        unit: Unit,
    },
}

/// One series of a table and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The value column, or in a tall table the name in its metric column.
    pub from: String,
    pub to: Destination,
    /// Where missing, a new metric's is inferred from its dates and a known metric keeps its own.
    pub cadence: Option<Cadence>,
    /// Where missing, up for a new metric, and a known metric keeps its own.
    pub direction: Option<Direction>,
}

impl Take {
    pub fn new(from: impl Into<String>, to: Destination) -> Self {
        Self { from: from.into(), to, cadence: None, direction: None }
    }
}

/// What is wanted of a table. What is `None` is decided over whole columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub shape: TableShape,
    /// For [`TableShape::Long`] one, from the value column.
    pub takes: Vec<Take>,
    /// Column and value; only rows that have all of them are taken.
    pub filters: Vec<(String, String)>,
    pub date_order: Option<DateOrder>,
    /// A strftime pattern, such as `%d/%m/%y`.
    pub date_format: Option<String>,
    /// The day of the first row where rows are only counted; a cadence lies between two.
    pub start: Option<Date>,
    /// `.` or `,`.
    pub decimal_mark: Option<char>,
    /// How percentages without a % sign are written.
    pub percent: Option<PercentForm>,
    /// Of series that write them otherwise, by their name in the table.
    pub percent_of: BTreeMap<String, PercentForm>,
    pub on_duplicate: OnDuplicate,
    pub mode: ImportMode,
}

impl Request {
    /// A date and a value column for one metric.
    pub fn new(date: impl Into<String>, value: impl Into<String>, to: Destination) -> Self {
        let (date, value) = (date.into(), value.into());
        let take = Take::new(&*value, to);
        Self { takes: vec![take], ..Self::of_shape(TableShape::Long { date, value }) }
    }

    /// Nothing is taken yet.
    pub fn of_shape(shape: TableShape) -> Self {
        Self {
            shape,
            takes: Vec::new(),
            filters: Vec::new(),
            date_order: None,
            date_format: None,
            start: None,
            decimal_mark: None,
            percent: None,
            percent_of: BTreeMap::new(),
            on_duplicate: OnDuplicate::default(),
            mode: ImportMode::default(),
        }
    }

    /// As a recipe says. What is taken is still to be said.
    pub fn of_recipe(recipe: &ImportRecipe) -> Self {
        Self {
            filters: recipe.filters.clone(),
            date_format: recipe.date_format.clone(),
            date_order: recipe.date_order,
            start: recipe.start,
            decimal_mark: recipe.decimal_mark,
            percent: Some(recipe.percent),
            percent_of: recipe.percent_of.clone(),
            on_duplicate: recipe.on_duplicate,
            mode: recipe.mode,
            ..Self::of_shape(recipe.shape.clone())
        }
    }

    /// How to do the same again with the next file. `decimal_mark` and `date_format` are best those that were found.
    pub fn to_recipe(&self, id: RecipeId, name: impl Into<String>, hints: &ReadHints) -> ImportRecipe {
        ImportRecipe {
            id,
            name: name.into(),
            shape: self.shape.clone(),
            delimiter: hints.delimiter,
            encoding: hints.encoding.clone(),
            decimal_mark: self.decimal_mark,
            date_format: self.date_format.clone(),
            date_order: self.date_order,
            start: self.start,
            sheet: hints.sheet.clone(),
            skip_rows: hints.skip_rows.and_then(|rows| u32::try_from(rows).ok()).unwrap_or(0),
            has_header: hints.has_header,
            filters: self.filters.clone(),
            percent: self.percent.unwrap_or_default(),
            percent_of: self.percent_of.clone(),
            on_duplicate: self.on_duplicate,
            mode: self.mode,
        }
    }

    /// How the percentages of a series are written, where that is said.
    pub(super) fn percent_for(&self, from: &str) -> Option<PercentForm> {
        self.percent_of.get(from.trim()).copied().or(self.percent)
    }

    /// The column with the dates; empty where rows are only counted, two names with a plus where dates are in two columns: "year + quarter".
    pub fn date(&self) -> &str {
        match &self.shape {
            TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. } => date,
        }
    }
}
