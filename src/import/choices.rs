//! What somebody says of a table where a guess is wrong or open. What is not said is as the recipe has it, else as it was guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::guess::{is_value_name, matches};
use super::looked::Looked;
use super::{DateOrder, Destination, ImportError, Match, ReadHints, Request, Sure, Table, Take};
use crate::model::{Cadence, Date, Direction, ImportMode, OnDuplicate, PercentForm, Project, RecipeId, TableShape};

/// What is said. By default nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    pub hints: ReadHints,
    pub recipe: RecipeChoice,
    pub shape: Option<TableShape>,
    pub date_order: Option<DateOrder>,
    /// A strftime pattern.
    pub date_format: Option<String>,
    /// The day of the first row where rows are only counted.
    pub start: Option<Date>,
    pub decimal_mark: Option<char>,
    pub percent: Option<PercentForm>,
    pub on_duplicate: Option<OnDuplicate>,
    pub mode: Option<ImportMode>,
    pub filters: Option<Vec<(String, String)>>,
    /// Of series, by the name that the table has for them.
    pub series: BTreeMap<String, SeriesChoice>,
    /// Whether series are taken of which nothing is said.
    pub others: Option<Others>,
}

/// Which of the project's recipes is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecipeChoice {
    /// The one whose columns fit, where one does.
    #[default]
    Fitting,
    None,
    This(RecipeId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Taken,
    LeftOut,
}

/// What is said of one series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesChoice {
    pub taken: Option<bool>,
    pub to: Option<Destination>,
    pub cadence: Option<Cadence>,
    pub direction: Option<Direction>,
}

/// One series of a table, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub take: Take,
    pub taken: bool,
    /// Of the metric that it goes to.
    pub sure: Sure,
}

/// More series than these are not all taken unless somebody says so, where some of them are known.
const MANY: usize = 12;
/// More series than these are taken only when somebody says so.
const VERY_MANY: usize = 100;

impl Choices {
    /// The shape as far as it is said; else that of the recipe, else the guessed one.
    pub fn shape<'a>(&'a self, looked: &'a Looked) -> Result<&'a TableShape, ImportError> {
        let of_recipe = looked.recipe.as_ref().map(|recipe| &recipe.shape);
        match (self.shape.as_ref().or(of_recipe), &looked.guess) {
            (Some(shape), _) => Ok(shape),
            (None, Ok(guess)) => Ok(&guess.shape),
            (None, Err(problem)) => Err(problem.clone()),
        }
    }

    /// All series of the table in its shape. A series whose name says nothing ("value") is named `fallback`.
    pub fn listed(&self, looked: &Looked, project: &Project, fallback: &str) -> Result<Vec<Listed>, ImportError> {
        let shape = self.shape(looked)?;
        let table = &looked.table;
        for name in named_columns(shape) {
            table.column(name)?;
        }
        let found = matches(table, &with_all_columns(shape, looked), |index| looked.columns[index].unit.clone(), project)?;
        let rows_of = self.names_that_pass(shape, looked)?;
        let found: Vec<Match> =
            found.into_iter().filter(|m| rows_of.as_ref().is_none_or(|names| names.contains(m.take.from.as_str()))).collect();
        let usual = usual(&found, shape, looked);
        let listed = |found: Match, usual: bool| {
            let said = self.series.get(&found.take.from);
            let taken = said.and_then(|s| s.taken).unwrap_or(match self.others {
                Some(others) => others == Others::Taken,
                None => usual,
            });
            let to = said.and_then(|s| s.to.clone());
            let sure = if to.is_some() { Sure::Certain } else { found.sure };
            let to = to.unwrap_or_else(|| named(found.take.to, shape, fallback));
            let take = Take { from: found.take.from, to, cadence: said.and_then(|s| s.cadence), direction: said.and_then(|s| s.direction) };
            Listed { take, taken, sure }
        };
        Ok(found.into_iter().zip(usual).map(|(found, usual)| listed(found, usual)).collect())
    }

    /// What is wanted of the table.
    pub fn request(&self, looked: &Looked, listed: &[Listed]) -> Result<Request, ImportError> {
        let takes: Vec<Take> = listed.iter().filter(|l| l.taken).map(|l| l.take.clone()).collect();
        let shape = match self.shape(looked)?.clone() {
            // What is left out is no part of it.
            TableShape::Wide { date, .. } => TableShape::Wide { date, columns: takes.iter().map(|t| t.from.clone()).collect() },
            shape => shape,
        };
        let base = looked.recipe.as_ref().map_or_else(|| Request::of_shape(shape.clone()), Request::of_recipe);
        let format = self.date_format.clone().or_else(|| base.date_format.clone().filter(|_| self.date_order.is_none()));
        Ok(Request {
            shape,
            takes,
            filters: self.filters(looked).to_vec(),
            date_order: self.date_order,
            date_format: format.filter(|f| !f.trim().is_empty()),
            start: self.start,
            decimal_mark: self.decimal_mark.or(base.decimal_mark),
            percent: self.percent.or(base.percent),
            on_duplicate: self.on_duplicate.unwrap_or(base.on_duplicate),
            mode: self.mode.unwrap_or(base.mode),
        })
    }

    /// Column and value that rows must have.
    pub fn filters<'a>(&'a self, looked: &'a Looked) -> &'a [(String, String)] {
        let of_recipe = || looked.recipe.as_ref().map_or(&[][..], |recipe| &recipe.filters);
        self.filters.as_deref().unwrap_or_else(of_recipe)
    }

    /// The names of a tall table of which a row passes the filters; `None` where there is nothing to leave out.
    fn names_that_pass<'a>(&self, shape: &TableShape, looked: &'a Looked) -> Result<Option<BTreeSet<&'a str>>, ImportError> {
        let TableShape::Tall { metric, .. } = shape else { return Ok(None) };
        let filters = self.filters(looked);
        if filters.is_empty() {
            return Ok(None);
        }
        let table = &looked.table;
        let name = table.column(metric)?;
        let filters: Vec<(usize, &str)> =
            filters.iter().map(|(column, value)| Ok((table.column(column)?, value.trim()))).collect::<Result<_, ImportError>>()?;
        let passes = |row: &usize| filters.iter().all(|&(column, wanted)| table.cell(*row, column).trim() == wanted);
        Ok(Some((0..table.len()).filter(passes).map(|row| table.cell(row, name).trim()).collect()))
    }

    /// What is said of one series, to say more.
    pub fn of_series(&mut self, from: &str) -> &mut SeriesChoice {
        self.series.entry(from.to_owned()).or_default()
    }

    /// Takes every series, or none.
    pub fn take_others(&mut self, others: Others) {
        self.others = Some(others);
        for said in self.series.values_mut() {
            said.taken = None;
        }
    }

    /// Reads the file otherwise: its columns may be others, so that what was said of them is forgotten.
    pub fn read_as(&mut self, hints: ReadHints) {
        if self.hints != hints {
            *self = Self { hints, recipe: self.recipe.clone(), mode: self.mode, ..Self::default() };
        }
    }

    /// Uses another recipe, or none: what it says counts.
    pub fn use_recipe(&mut self, recipe: RecipeChoice) {
        *self = Self { hints: self.hints.clone(), recipe, ..Self::default() };
    }

    /// Reads the table in another shape: what was said of its series is forgotten.
    pub fn read_in_shape(&mut self, shape: TableShape) {
        self.shape = Some(shape);
        self.series.clear();
        self.others = None;
    }
}

/// The columns that a shape names beside that of the dates.
fn named_columns(shape: &TableShape) -> Vec<&str> {
    match shape {
        TableShape::Long { value, .. } => vec![value],
        TableShape::Wide { columns, .. } => columns.iter().map(String::as_str).collect(),
        TableShape::Tall { metric, value, .. } => vec![metric, value],
    }
}

/// Of a wide table all columns with numbers can be taken, whatever a recipe takes.
fn with_all_columns(shape: &TableShape, looked: &Looked) -> TableShape {
    match shape {
        TableShape::Wide { date, columns } => {
            let wide = looked.wide(date);
            let TableShape::Wide { columns: all, .. } = &wide else { return shape.clone() };
            let others = all.iter().filter(|column| !columns.contains(column)).cloned();
            TableShape::Wide { date: date.clone(), columns: columns.iter().cloned().chain(others).collect() }
        }
        shape => shape.clone(),
    }
}

/// Which of the series are taken before somebody says so.
fn usual(found: &[Match], shape: &TableShape, looked: &Looked) -> Vec<bool> {
    let is_known = |m: &Match| matches!(m.take.to, Destination::Metric(_));
    let any_known = found.iter().any(is_known);
    let of_shape = |m: &Match| match (shape, &looked.recipe) {
        (TableShape::Wide { columns, .. }, Some(_)) => Some(columns.contains(&m.take.from)),
        _ => None,
    };
    let by_number = |m: &Match| if any_known && found.len() > MANY { is_known(m) } else { found.len() <= VERY_MANY };
    found.iter().map(|m| of_shape(m).unwrap_or_else(|| by_number(m))).collect()
}

/// A column named "value" says nothing of a metric.
fn named(to: Destination, shape: &TableShape, fallback: &str) -> Destination {
    match (to, shape) {
        (Destination::New { name, unit }, TableShape::Long { value, .. }) if is_value_name(value) && !fallback.trim().is_empty() => {
            drop(name);
            Destination::New { name: fallback.trim().to_owned(), unit }
        }
        (to, _) => to,
    }
}

/// Whether a table has all columns that a shape and filters name.
pub(super) fn fits(shape: &TableShape, filters: &[(String, String)], table: &Table) -> bool {
    let has = |name: &str| table.column(name).is_ok();
    let (TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. }) = shape;
    let dated = date.is_empty() || has(date) || date.split_once('+').is_some_and(|(year, part)| has(year.trim()) && has(part.trim()));
    dated && named_columns(shape).into_iter().all(has) && filters.iter().all(|(column, _)| has(column))
}
