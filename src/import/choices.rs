//! What somebody says of a table where a guess is wrong or open. What is not said is as the recipe has it, else as it was guessed.

use std::collections::BTreeMap;

use super::guess::{is_value_name, matches};
use super::looked::Looked;
use super::names::{NameColumns, names_that_pass};
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
    /// How its percentages without a % sign are written.
    pub percent: Option<PercentForm>,
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
        has_columns(shape, table)?;
        let found = matches(table, &with_all_columns(shape, looked), |index| looked.columns[index].unit.clone(), project)?;
        let rows_of = names_that_pass(table, shape, self.filters(looked))?;
        let found: Vec<Match> =
            found.into_iter().filter(|m| rows_of.as_ref().is_none_or(|names| names.contains(m.take.from.as_str()))).collect();
        let usual = usual(&found, shape, looked, project);
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
        // What is said of all is said anew; what is said of one goes before it.
        let mut percent_of = if self.percent.is_some() { BTreeMap::new() } else { base.percent_of };
        percent_of.extend(self.series.iter().filter_map(|(from, said)| Some((from.trim().to_owned(), said.percent?))));
        Ok(Request {
            shape,
            takes,
            filters: self.filters(looked).to_vec(),
            date_order: self.date_order,
            date_format: format.filter(|f| !f.trim().is_empty()),
            start: self.start,
            decimal_mark: self.decimal_mark.or(base.decimal_mark),
            percent: self.percent.or(base.percent),
            percent_of,
            on_duplicate: self.on_duplicate.unwrap_or(base.on_duplicate),
            mode: self.mode.unwrap_or(base.mode),
        })
    }

    /// Column and value that rows must have.
    pub fn filters<'a>(&'a self, looked: &'a Looked) -> &'a [(String, String)] {
        let of_recipe = || looked.recipe.as_ref().map_or(&[][..], |recipe| &recipe.filters);
        self.filters.as_deref().unwrap_or_else(of_recipe)
    }

    /// What is said of one series, to say more.
    pub fn of_series(&mut self, from: &str) -> &mut SeriesChoice {
        self.series.entry(from.to_owned()).or_default()
    }

    /// Says how all percentages are written, whatever was said of one series.
    pub fn write_percent(&mut self, form: Option<PercentForm>) {
        self.percent = form;
        for said in self.series.values_mut() {
            said.percent = None;
        }
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

/// Fails where a table lacks a column that a shape names beside that of the dates.
fn has_columns(shape: &TableShape, table: &Table) -> Result<(), ImportError> {
    match shape {
        TableShape::Long { value, .. } => table.column(value).map(drop),
        TableShape::Wide { columns, .. } => columns.iter().try_for_each(|name| table.column(name).map(drop)),
        TableShape::Tall { metric, value, .. } => NameColumns::find(table, metric).and_then(|_| table.column(value)).map(drop),
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
fn usual(found: &[Match], shape: &TableShape, looked: &Looked, project: &Project) -> Vec<bool> {
    let metric = |m: &Match| match &m.take.to {
        Destination::Metric(id) => project.find_metric(id),
        Destination::New { .. } => None,
    };
    let is_known = |m: &Match| metric(m).is_some();
    // A formula gives its values: points would be refused.
    let is_computed = |m: &Match| metric(m).is_some_and(|metric| metric.formula().is_some());
    let any_known = found.iter().any(is_known);
    let of_shape = |m: &Match| match (shape, &looked.recipe) {
        (TableShape::Wide { columns, .. }, Some(_)) => Some(columns.contains(&m.take.from)),
        _ => None,
    };
    let by_number = |m: &Match| if any_known && found.len() > MANY { is_known(m) } else { found.len() <= VERY_MANY };
    found.iter().map(|m| !is_computed(m) && of_shape(m).unwrap_or_else(|| by_number(m))).collect()
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
    dated && has_columns(shape, table).is_ok() && filters.iter().all(|(column, _)| has(column))
}

#[cfg(test)]
mod tests {
    use super::super::{ShapeKind, look};
    use super::*;
    use crate::model::{Formula, Metric, MetricId, MissingInput, Origin, ProjectId, Unit};

    const WIDE: &str = "month;mau;churn;visits\n2026-01;10;1;100\n2026-02;11;2;110\n";
    const TALL: &str = "day,site,kpi,value\n2026-01-01,N,Calls,1\n2026-01-01,S,Waits,2\n2026-01-02,N,Calls,3\n2026-01-02,S,Waits,4\n";

    fn project() -> Project {
        let mut project = Project::empty(ProjectId::from_random(1), "Trial");
        for (bits, name) in [(1, "MAU"), (2, "Churn")] {
            let metric = Metric::new(MetricId::from_random(bits), name);
            project.metrics.insert(metric.id.clone(), metric.into());
        }
        project
    }

    /// The project with the recipe that these choices about a table are.
    fn with_recipe(text: &str, choices: &Choices) -> Project {
        let mut project = project();
        let looked = look(text.as_bytes(), choices, &project).unwrap();
        let request = choices.request(&looked, &choices.listed(&looked, &project, "").unwrap()).unwrap();
        let recipe = request.to_recipe(RecipeId::from_random(3), "Kept", &looked.hints);
        project.recipes.insert(recipe.id.clone(), recipe);
        project
    }

    fn listed(text: &str, choices: &Choices, project: &Project) -> Vec<(String, String, bool)> {
        let looked = look(text.as_bytes(), choices, project).unwrap();
        let to = |l: &Listed| match &l.take.to {
            Destination::Metric(id) => project.find_metric(id).unwrap().name.clone(),
            Destination::New { name, unit } => format!("new {name} {}", unit.code()),
        };
        choices.listed(&looked, project, "Export").unwrap().iter().map(|l| (l.take.from.clone(), to(l), l.taken)).collect()
    }

    fn rows(rows: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
        rows.iter().map(|(from, to, taken)| ((*from).to_owned(), (*to).to_owned(), *taken)).collect()
    }

    #[test]
    fn what_is_said_of_a_series_takes_the_place_of_the_guess() {
        let (project, mut choices) = (project(), Choices::default());
        let guessed = [("mau", "MAU", true), ("churn", "Churn", true), ("visits", "new visits count", true)];
        assert_eq!(listed(WIDE, &choices, &project), rows(&guessed));
        choices.of_series("visits").to = Some(Destination::New { name: "Site visits".to_owned(), unit: Unit::Score });
        choices.of_series("churn").taken = Some(false);
        let said = [("mau", "MAU", true), ("churn", "Churn", false), ("visits", "new Site visits score", true)];
        assert_eq!(listed(WIDE, &choices, &project), rows(&said));
        choices.take_others(Others::LeftOut);
        assert!(listed(WIDE, &choices, &project).iter().all(|(_, _, taken)| !taken));
        assert_eq!(listed(WIDE, &choices, &project)[2].1, "new Site visits score", "what is not taken keeps what was said of it");
        choices.read_as(ReadHints { delimiter: Some(','), ..ReadHints::default() });
        assert_eq!((choices.series.len(), choices.others), (0, None), "other columns are other series");
    }

    #[test]
    fn what_is_left_out_is_no_part_of_the_request() {
        let (project, mut choices) = (project(), Choices::default());
        choices.of_series("churn").taken = Some(false);
        let looked = look(WIDE.as_bytes(), &choices, &project).unwrap();
        let request = choices.request(&looked, &choices.listed(&looked, &project, "").unwrap()).unwrap();
        assert_eq!(request.shape, TableShape::Wide { date: "month".to_owned(), columns: vec!["mau".to_owned(), "visits".to_owned()] });
    }

    #[test]
    fn a_metric_that_a_formula_gives_is_left_out_and_many_new_ones_too_where_some_are_known() {
        let mut project = project();
        let churn = project.find_metric("Churn").unwrap().clone();
        let origin = Origin::Computed { formula: Formula::Number(1.0), missing: MissingInput::Zero };
        project.metrics.insert(churn.id.clone(), Metric { origin, ..churn }.into());
        assert_eq!(listed(WIDE, &Choices::default(), &project)[1], ("churn".to_owned(), "Churn".to_owned(), false));
        let names: Vec<String> = (1..=MANY).map(|n| format!("c{n}")).collect();
        let text = format!("month;mau;{}\n2026-01;1;{}\n2026-02;2;{}\n", names.join(";"), ["1"; MANY].join(";"), ["2"; MANY].join(";"));
        let taken: Vec<String> =
            listed(&text, &Choices::default(), &project).into_iter().filter(|(_, _, taken)| *taken).map(|(from, ..)| from).collect();
        assert_eq!(taken, ["mau"]);
    }

    #[test]
    fn a_column_of_values_is_named_after_its_file() {
        let text = "month;value\n2026-01;1\n2026-02;2\n";
        assert_eq!(listed(text, &Choices::default(), &project()), rows(&[("value", "new Export count", true)]));
    }

    #[test]
    fn filters_leave_names_out_that_no_row_has() {
        let choices = Choices { filters: Some(vec![("site".to_owned(), "N".to_owned())]), ..Choices::default() };
        assert_eq!(listed(TALL, &Choices::default(), &project()).len(), 2);
        assert_eq!(listed(TALL, &choices, &project()), rows(&[("Calls", "new Calls count", true)]));
    }

    #[test]
    fn a_recipe_whose_columns_fit_is_used_unless_somebody_says_otherwise() {
        let mut kept = Choices { decimal_mark: Some(','), mode: Some(ImportMode::Replace), ..Choices::default() };
        kept.of_series("churn").taken = Some(false);
        let project = with_recipe(WIDE, &kept);
        let next = "month;mau;churn;visits;new\n2026-03;1,5;1;1;7\n2026-04;2;2;2;8\n";
        let looked = look(next.as_bytes(), &Choices::default(), &project).unwrap();
        assert_eq!(looked.recipe.as_ref().map(|recipe| recipe.name.as_str()), Some("Kept"));
        let request = Choices::default().request(&looked, &[]).unwrap();
        assert_eq!((request.decimal_mark, request.mode), (Some(','), ImportMode::Replace));
        let taken = [("mau", true), ("visits", true), ("churn", false), ("new", false)];
        let found = listed(next, &Choices::default(), &project);
        assert_eq!(found.iter().map(|(from, _, taken)| (from.as_str(), *taken)).collect::<Vec<_>>(), taken);
        let without = Choices { recipe: RecipeChoice::None, ..Choices::default() };
        assert_eq!(look(next.as_bytes(), &without, &project).unwrap().recipe, None);
        assert_eq!(look(b"week;mau\n2026-W01;1\n2026-W02;1\n", &Choices::default(), &project).unwrap().recipe, None);
    }

    #[test]
    fn a_recipe_that_reads_a_file_otherwise_is_found_too() {
        let odd = "a-month~mau\n2026-01~10\n2026-02~11\n";
        let kept = Choices { hints: ReadHints { delimiter: Some('~'), ..ReadHints::default() }, ..Choices::default() };
        let project = with_recipe(odd, &kept);
        let looked = look(odd.as_bytes(), &Choices::default(), &project).unwrap();
        assert_eq!((looked.recipe.map(|recipe| recipe.name), looked.table.header.len()), (Some("Kept".to_owned()), 2));
    }

    #[test]
    fn a_table_can_be_read_in_each_shape_that_its_columns_allow() {
        let project = project();
        let looked = look(TALL.as_bytes(), &Choices::default(), &project).unwrap();
        let shapes = ShapeKind::ALL.map(|kind| looked.in_shape(kind, "day"));
        let text = |text: &str| text.to_owned();
        assert_eq!(
            shapes,
            [
                Some(TableShape::Long { date: text("day"), value: text("value") }),
                Some(TableShape::Wide { date: text("day"), columns: vec![text("value")] }),
                Some(TableShape::Tall { date: text("day"), metric: text("kpi"), value: text("value") }),
            ]
        );
        assert_eq!(looked.date_choices().first(), Some(&text("day")));
    }
}
