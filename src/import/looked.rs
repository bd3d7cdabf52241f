//! A table that was read, with what it seems to be and the recipe that fits it.

use super::choices::fits;
use super::guess::{Column, Holds, columns_of, is_date_name, is_value_name, names_of};
use super::names::{NameColumns, together};
use super::{Choices, Guess, ImportError, ReadHints, RecipeChoice, Table, TableSource, guess, read_table};
use crate::model::{ImportRecipe, Project, TableShape};

/// A table, before anything is wanted of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    pub table: Table,
    /// How it was read: what was said, and what the recipe says.
    pub hints: ReadHints,
    /// The recipe that is used.
    pub recipe: Option<ImportRecipe>,
    /// What its columns hold.
    pub columns: Vec<Column>,
    /// What it seems to be, or why it seems to be nothing.
    pub guess: Result<Guess, ImportError>,
}

/// The three shapes, to choose among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    Long,
    Wide,
    Tall,
}

impl ShapeKind {
    pub const ALL: [Self; 3] = [Self::Long, Self::Wide, Self::Tall];

    pub fn of(shape: &TableShape) -> Self {
        match shape {
            TableShape::Long { .. } => Self::Long,
            TableShape::Wide { .. } => Self::Wide,
            TableShape::Tall { .. } => Self::Tall,
        }
    }
}

/// More pairs of columns are not offered.
const PAIRS: usize = 12;

/// Files up to here are read again to see whether a recipe fits that reads them otherwise.
const READ_AGAIN: usize = 4 << 20;

/// Reads a table and looks at all of it.
pub fn look(bytes: &[u8], choices: &Choices, project: &Project) -> Result<Looked, ImportError> {
    let said = &choices.hints;
    let recipe = match &choices.recipe {
        RecipeChoice::This(id) => Some(project.recipes.get(id).ok_or_else(|| ImportError::NoRecipe(id.to_string()))?.clone()),
        RecipeChoice::None | RecipeChoice::Fitting => None,
    };
    let hints = recipe.as_ref().map_or_else(|| said.clone(), |recipe| merged(said, recipe));
    let read = read_table(bytes, &hints);
    if choices.recipe != RecipeChoice::Fitting || project.recipes.is_empty() {
        return Ok(Looked::of(read?, hints, recipe, project));
    }
    let as_it_is = read.as_ref().ok().and_then(|table| fitting(project, table));
    let Some(recipe) = as_it_is else {
        let again = project.recipes.values().filter(|_| bytes.len() <= READ_AGAIN).find_map(|recipe| {
            let with = merged(said, recipe);
            let table = (with != hints).then(|| read_table(bytes, &with).ok())??;
            fits(&recipe.shape, &recipe.filters, &table).then(|| Looked::of(table, with, Some(recipe.clone()), project))
        });
        return again.map_or_else(|| Ok(Looked::of(read?, hints, None, project)), Ok);
    };
    let with = merged(said, recipe);
    match (with == hints, read_table(bytes, &with)) {
        (false, Ok(table)) if fits(&recipe.shape, &recipe.filters, &table) => Ok(Looked::of(table, with, Some(recipe.clone()), project)),
        _ => Ok(Looked::of(read?, hints, Some(recipe.clone()), project)),
    }
}

/// What was said, and beside it what the recipe says.
fn merged(said: &ReadHints, recipe: &ImportRecipe) -> ReadHints {
    let kept = ReadHints::from(recipe);
    ReadHints {
        delimiter: said.delimiter.or(kept.delimiter),
        encoding: said.encoding.clone().or(kept.encoding),
        sheet: said.sheet.clone().or(kept.sheet),
        skip_rows: said.skip_rows.or(kept.skip_rows),
        has_header: said.has_header.or(kept.has_header),
    }
}

/// The recipe whose columns are all in the table; of several the one with the most.
fn fitting<'a>(project: &'a Project, table: &Table) -> Option<&'a ImportRecipe> {
    let columns = |recipe: &ImportRecipe| match &recipe.shape {
        TableShape::Long { .. } => 2,
        TableShape::Wide { columns, .. } => 1 + columns.len(),
        TableShape::Tall { .. } => 3,
    };
    let fit = project.recipes.values().filter(|recipe| fits(&recipe.shape, &recipe.filters, table));
    // `max_by_key` takes the last of equals, and the first one is to be taken.
    fit.rev().max_by_key(|recipe| columns(recipe) + recipe.filters.len())
}

impl Looked {
    fn of(table: Table, hints: ReadHints, recipe: Option<ImportRecipe>, project: &Project) -> Self {
        let guess = guess(&table, project);
        let columns = guess.as_ref().map_or_else(|_| columns_of(&table, project), |guess| guess.columns.clone());
        Self { table, hints, recipe, columns, guess }
    }

    /// The same table for a project that has changed meanwhile.
    #[must_use]
    pub fn for_project(&self, project: &Project) -> Self {
        Self { guess: guess(&self.table, project), ..self.clone() }
    }

    /// The columns of the dates by their name in a request.
    pub fn date_columns(&self, date: &str) -> Vec<usize> {
        let column = |name: &str| self.table.column(name.trim()).ok();
        match (column(date), date.split_once('+')) {
            _ if date.is_empty() => Vec::new(),
            (Some(whole), _) => vec![whole],
            (None, Some((year, part))) => column(year).into_iter().chain(column(part)).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// The columns of the metrics' names by their name in a request.
    pub fn name_columns(&self, metric: &str) -> Vec<usize> {
        NameColumns::find(&self.table, metric).map(|names| names.columns().to_vec()).unwrap_or_default()
    }

    /// Ways to say where the names of a tall table are: each column, words first, and two of words together.
    pub fn name_choices(&self, date: &str, value: &str) -> Vec<String> {
        let header = &self.table.header;
        let dates = self.date_columns(date);
        let free = |i: &usize| !dates.contains(i) && header[*i] != value && self.table.column(&header[*i]).is_ok();
        let (words, others): (Vec<usize>, Vec<usize>) =
            (0..header.len()).filter(free).partition(|i| self.columns[*i].holds == Holds::Words);
        let pairs = words.iter().flat_map(|one| words.iter().filter(move |other| *other != one).map(move |other| [*one, *other]));
        let pairs: Vec<String> = pairs.map(|pair| together(&pair.map(|i| header[i].as_str()))).take(PAIRS).collect();
        words.iter().chain(&others).map(|i| header[*i].clone()).chain(pairs).collect()
    }

    /// Every column with numbers is a metric of its own.
    pub(super) fn wide(&self, date: &str) -> TableShape {
        let dates = self.date_columns(date);
        let names = (0..self.columns.len())
            .filter(|i| self.columns[*i].holds == Holds::Numbers && !dates.contains(i))
            .filter(|i| self.table.column(&self.table.header[*i]).is_ok())
            .map(|i| self.table.header[i].clone());
        TableShape::Wide { date: date.to_owned(), columns: names.collect() }
    }

    /// The table in a shape of this kind, with the columns that suit it best. `None` where no column does.
    pub fn in_shape(&self, kind: ShapeKind, date: &str) -> Option<TableShape> {
        let TableShape::Wide { columns: numbers, .. } = self.wide(date) else { return None };
        let dates = self.date_columns(date);
        let value = || numbers.iter().find(|name| is_value_name(name)).or(numbers.first()).cloned();
        let date = date.to_owned();
        match kind {
            ShapeKind::Long => Some(TableShape::Long { date, value: value()? }),
            ShapeKind::Wide => Some(TableShape::Wide { date, columns: numbers }).filter(|_| !self.columns.is_empty()),
            ShapeKind::Tall => {
                if let Ok(Guess { shape: shape @ TableShape::Tall { date: guessed, .. }, .. }) = &self.guess
                    && *guessed == date
                {
                    return Some(shape.clone());
                }
                let mut words = (0..self.columns.len()).filter(|i| self.columns[*i].holds == Holds::Words && !dates.contains(i));
                let found = names_of(&self.table, &dates, &self.columns, None).map(|names| names.metric);
                let metric = found.or_else(|| words.next()).map(|i| self.table.header[i].clone()).or_else(|| numbers.first().cloned())?;
                let value = numbers.iter().find(|name| is_value_name(name)).or(numbers.iter().find(|name| **name != metric)).cloned()?;
                Some(TableShape::Tall { date, metric, value })
            }
        }
    }

    /// The same shape with its dates in another column.
    pub fn dated(&self, shape: &TableShape, date: &str) -> TableShape {
        match shape {
            TableShape::Long { value, .. } if value != date => TableShape::Long { date: date.to_owned(), value: value.clone() },
            TableShape::Long { .. } => self.in_shape(ShapeKind::Long, date).unwrap_or_else(|| shape.clone()),
            TableShape::Wide { .. } => self.wide(date),
            TableShape::Tall { metric, value, .. } => {
                TableShape::Tall { date: date.to_owned(), metric: metric.clone(), value: value.clone() }
            }
        }
    }

    /// Ways to say where the dates are: each column, best first, two columns of a year and a part of it, and that rows are only counted.
    pub fn date_choices(&self) -> Vec<String> {
        let header = &self.table.header;
        let mut names: Vec<usize> = (0..header.len()).filter(|i| self.table.column(&header[*i]).is_ok()).collect();
        names.sort_by_key(|i| (self.columns[*i].holds != Holds::Dates, !is_date_name(&header[*i])));
        let guessed = self.guess.as_ref().ok().map(|guess| match &guess.shape {
            TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. } => date.clone(),
        });
        let whole: Vec<String> = names.into_iter().map(|i| header[i].clone()).collect();
        let joined = guessed.filter(|date| !date.is_empty() && !whole.contains(date));
        joined.into_iter().chain(whole).chain([String::new()]).collect()
    }

    /// Where the table was read from: `None` for a sheet.
    pub fn encoding(&self) -> Option<&'static str> {
        match self.table.source {
            TableSource::Text { encoding, .. } => Some(encoding),
            TableSource::Sheet { .. } => None,
        }
    }
}
