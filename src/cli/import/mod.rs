//! `waymark import`.

mod arguments;
mod options;
pub(super) mod telling;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;

use super::args::new_ids;
use super::console::{Console, Failure, Outcome};
use crate::document;
use crate::import::{
    Attach, Destination, Differs, ImportError, MAX_BYTES, Match, Planned, Preview, RandomBits, ReadHints, Request, Sure, Table, Take,
    WayTo, differs, guess, names_in, preview, read_table, recipe_named, series_of,
};
use crate::model::{Date, Project, Role, TableShape, Unit};
use crate::storage;
use arguments::{DestinationArgs, DoingArgs, ReadingArgs};
pub(super) use arguments::{ImportArgs, SaidAs};
use options::{DecimalMark, ShapeWord};

impl ImportArgs {
    fn hints(&self, request: &Recipe) -> ReadHints {
        let ReadingArgs { sheet, delimiter, encoding, skip_rows, no_header, .. } = &self.reading;
        let kept = request.hints.clone();
        ReadHints {
            sheet: sheet.clone().or(kept.sheet),
            delimiter: delimiter.or(kept.delimiter),
            encoding: encoding.clone().or(kept.encoding),
            skip_rows: skip_rows.or(kept.skip_rows),
            has_header: if *no_header { Some(false) } else { kept.has_header },
        }
    }

    /// What is wanted of the table, and why its shape is what it is, where that was found.
    fn request(&self, table: &Table, recipe: Recipe, project: &Project) -> Result<(Request, Option<String>), Failure> {
        let refused = |problem: ImportError| refusal(&self.from, &problem);
        let base = recipe.request;
        let (shape, because) = if let Some(shape) = self.named_shape(base.as_ref().map(|request| &request.shape)) {
            (shape, None)
        } else {
            let found = guess(table, project).map_err(refused)?;
            let shape = self.with_names(found.shape.clone(), table, project)?;
            let because = (shape == found.shape).then_some(found.because);
            (shape, because)
        };
        let ReadingArgs { date_order, date_format, start, decimal, percent, on_duplicate, mode, .. } = &self.reading;
        let base = base.unwrap_or_else(|| Request::of_shape(shape.clone()));
        let filters = if self.filters.is_empty() { base.filters } else { self.filters.clone() };
        let takes = self.takes(table, &shape, &filters, project)?;
        let of_all = percent.iter().rev().find(|said| said.of.is_none()).map(|said| said.form.into());
        let mut percent_of = if of_all.is_some() { BTreeMap::new() } else { base.percent_of };
        for said in percent {
            let Some(of) = &said.of else { continue };
            // A name that no series has would be said in vain.
            if !takes.iter().any(|take| take.from.trim() == of) {
                let names: Vec<&str> = takes.iter().take(8).map(|take| take.from.as_str()).collect();
                return Err(Failure::Misuse(format!("--percent: no series that is taken is named {of:?}; they are {}", names.join(", "))));
            }
            percent_of.insert(of.clone(), said.form.into());
        }
        let request = Request {
            shape,
            takes,
            filters,
            date_order: date_order.map(Into::into).or(base.date_order),
            date_format: date_format.clone().or(base.date_format).filter(|_| date_order.is_none()),
            start: start.or(base.start),
            decimal_mark: decimal.map(DecimalMark::character).or(base.decimal_mark),
            percent: of_all.or(base.percent),
            percent_of,
            on_duplicate: on_duplicate.map_or(base.on_duplicate, Into::into),
            mode: mode.map_or(base.mode, Into::into),
        };
        Ok((request, because))
    }

    /// The shape, where the arguments say all of it.
    fn named_shape(&self, of_recipe: Option<&TableShape>) -> Option<TableShape> {
        let Some(date) = &self.date else { return of_recipe.filter(|_| self.values.is_empty() && self.names.is_none()).cloned() };
        let date = date.clone();
        match (&self.values[..], &self.names) {
            ([value], Some(metric)) => Some(TableShape::Tall { date, metric: metric.clone(), value: value.clone() }),
            ([value], None) if self.shape.is_none_or(|shape| shape == ShapeWord::Long) => {
                Some(TableShape::Long { date, value: value.clone() })
            }
            ([_, ..], None) if self.shape.is_none_or(|shape| shape == ShapeWord::Wide) => {
                Some(TableShape::Wide { date, columns: self.values.clone() })
            }
            _ => None,
        }
    }

    /// What was found, with what the arguments say put in its place.
    fn with_names(&self, found: TableShape, table: &Table, project: &Project) -> Result<TableShape, Failure> {
        let (found_date, found_values, found_names) = match found {
            TableShape::Long { date, value } => (date, vec![value], None),
            TableShape::Wide { date, columns } => (date, columns, None),
            TableShape::Tall { date, metric, value } => (date, vec![value], Some(metric)),
        };
        let date = self.date.clone().unwrap_or(found_date);
        let mut values = if self.values.is_empty() { found_values } else { self.values.clone() };
        values.retain(|value| *value != date || self.values.contains(value));
        let names = self.names.clone().or(found_names.filter(|_| self.values.len() < 2));
        let names = names.or_else(|| names_in(table, &date, project).filter(|_| self.shape == Some(ShapeWord::Tall)));
        let first =
            || values.first().cloned().ok_or_else(|| refusal(&self.from, &ImportError::NoNumbers { columns: table.header.clone() }));
        Ok(match (self.shape, names) {
            (Some(ShapeWord::Tall), None) => {
                return Err(Failure::Misuse("say --names COLUMN: the column with the metrics' names".to_owned()));
            }
            (None | Some(ShapeWord::Tall), Some(metric)) => TableShape::Tall { date, metric, value: first()? },
            (Some(ShapeWord::Long), _) => TableShape::Long { date, value: first()? },
            (None, None) if values.len() == 1 => TableShape::Long { date, value: first()? },
            (None | Some(ShapeWord::Wide), _) => TableShape::Wide { date, columns: values },
        })
    }

    fn takes(&self, table: &Table, shape: &TableShape, filters: &[(String, String)], project: &Project) -> Result<Vec<Take>, Failure> {
        let refused = |problem: ImportError| refusal(&self.from, &problem);
        let DestinationArgs { metric, new, unit, create } = &self.destination;
        let single = match (metric, new) {
            (Some(metric), _) => Some(Destination::Metric(metric.clone())),
            (None, Some(name)) => Some(Destination::New { name: name.clone(), unit: unit.clone().unwrap_or(Unit::Count) }),
            (None, None) => None,
        };
        let found = match (&single, shape) {
            (Some(_), TableShape::Long { value, .. }) => {
                vec![Match { take: Take::new(&**value, Destination::Metric(String::new())), sure: Sure::Certain }]
            }
            _ => series_of(table, shape, filters, project).map_err(refused)?,
        };
        let with = |take: Take| Take { cadence: self.cadence.map(Into::into), direction: self.direction.map(Into::into), ..take };
        if let Some(to) = single {
            return match <[Match; 1]>::try_from(found) {
                Ok([found]) => Ok(vec![with(Take { to, ..found.take })]),
                Err(found) => Err(Failure::Misuse(format!(
                    "the table has {} series ({}), but one metric is named; say which with --value, --names or --filter, or leave --metric and --new out",
                    found.len(),
                    found.iter().take(8).map(|m| m.take.from.as_str()).collect::<Vec<_>>().join(", "),
                ))),
            };
        }
        let unknown: Vec<&str> =
            found.iter().filter(|m| matches!(m.take.to, Destination::New { .. })).map(|m| m.take.from.as_str()).collect();
        if !create && unknown.len() == found.len() {
            return Err(Failure::Misuse(format!(
                "no metric of the project is named {}; say --metric ID-OR-NAME, --new NAME with --unit UNIT, or --create to make them",
                unknown.iter().take(8).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or ")
            )));
        }
        let wanted = found.into_iter().map(|m| m.take).filter(|take| *create || matches!(take.to, Destination::Metric(_)));
        let in_unit = |take: Take| match (take.to, unit) {
            (Destination::New { name, .. }, Some(unit)) => Take { to: Destination::New { name, unit: unit.clone() }, ..take },
            (to, _) => Take { to, ..take },
        };
        Ok(wanted.map(in_unit).map(with).collect())
    }
}

/// A recipe of the project as it is used here; empty without one.
struct Recipe {
    request: Option<Request>,
    hints: ReadHints,
}

impl Recipe {
    fn find(project: &Project, name: Option<&str>) -> Result<Self, Failure> {
        let Some(name) = name else { return Ok(Self { request: None, hints: ReadHints::default() }) };
        let names = || project.recipes.values().map(|recipe| format!("{:?}", recipe.name)).collect::<Vec<_>>().join(", ");
        let recipe = recipe_named(project, name).ok_or_else(|| {
            let there = if project.recipes.is_empty() { "it has none".to_owned() } else { format!("its recipes are {}", names()) };
            Failure::Bad(format!("there is no recipe {name:?} in the project; {there}"))
        })?;
        Ok(Self { request: Some(Request::of_recipe(recipe)), hints: ReadHints::from(recipe) })
    }
}

pub(super) fn run(args: &ImportArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let storage::Loaded { mut project, hash } = storage::load(&args.file).map_err(Failure::bad)?;
    let recipe = Recipe::find(&project, args.doing.recipe.as_deref())?;
    let bytes = read_limited(&args.from).map_err(|reason| Failure::Bad(format!("{} cannot be read: {reason}", args.from.display())))?;
    let refused = |problem: ImportError| refusal(&args.from, &problem);
    let hints = args.hints(&recipe);
    let table = read_table(&bytes, &hints).map_err(refused)?;
    let (request, because) = args.request(&table, recipe, &project)?;
    let asked = Asked { table: &table, request: &request, project: &project, path: &args.from };
    if request.takes.len() > 1 && args.target.is_some() {
        return Err(Failure::Misuse("--target is of one metric, but the table has several; import them one at a time".to_owned()));
    }
    let preview = preview(&table, &request, &project).map_err(|problem| asked.refusal(&problem))?;
    let attach = Attach { target: args.target, objective: args.objective.clone(), role: Role::Outcome, as_of: project.as_of(today) };
    tell_rejected(console, &args.from, &preview)?;
    let mut ids = new_ids()?;
    if args.doing.dry_run {
        if args.doing.format == SaidAs::Json {
            writeln!(console.out, "{:#}", telling::as_json(Some((&table, &request.shape, because.as_deref())), &preview))?;
            return Ok(());
        }
        telling::tell_turned(console, &table)?;
        telling::tell_shape(console, &request.shape, because.as_deref())?;
        for part in &preview.parts {
            telling::tell_part(console, part, &part.known.as_ref().map(ToString::to_string).unwrap_or_default())?;
        }
        telling::tell_dates(console, preview.dates)?;
        writeln!(console.out, "Nothing was changed")?;
        return asked.refuse_if(&preview);
    }
    asked.refuse_if(&preview)?;
    let mut planned = preview.clone().into_edit(&project, &attach, &mut || ids.next_bits()).map_err(refused)?;
    args.keep(&mut planned, &request, &hints, &project, today, &mut || ids.next_bits())?;
    document::apply(&mut project, planned.edit.clone()).map_err(Failure::bad)?;
    super::saving::save_over(console, &project, &args.file, storage::Expected::Content(hash))?;
    if args.doing.format == SaidAs::Json {
        writeln!(console.out, "{:#}", telling::as_json(Some((&table, &request.shape, because.as_deref())), &preview))?;
        return Ok(());
    }
    telling::tell_turned(console, &table)?;
    telling::tell_shape(console, &request.shape, because.as_deref())?;
    for ((part, id), attached) in preview.parts.iter().zip(&planned.metrics).zip(&planned.attached) {
        telling::tell_part(console, part, &id.to_string())?;
        let metric = project.metric(id).ok_or_else(|| Failure::Bad("the metric was not made".to_owned()))?;
        telling::tell_attached(console, &project, metric, attached, attach.as_of)?;
    }
    telling::tell_dates(console, preview.dates)?;
    writeln!(console.out, "Saved {}", args.file.display())?;
    if args.doing.link && way_to(&args.file, &args.from)?.is_outside {
        let from = args.from.display();
        writeln!(
            console.out,
            "{from} is outside the project's folder: it is read again where you allow it, with “waymark refresh --allow {from}” or in the window"
        )?;
    }
    Ok(())
}

impl ImportArgs {
    /// Adds the recipe that is to be kept to what is done, and has the metrics follow the file.
    fn keep(
        &self,
        planned: &mut Planned,
        request: &Request,
        hints: &ReadHints,
        project: &Project,
        today: Date,
        ids: RandomBits<'_>,
    ) -> Outcome {
        let DoingArgs { recipe, save_recipe, link, .. } = &self.doing;
        // A metric that follows a file needs to know how it is read.
        let of_file = || self.from.file_name().map(|name| name.to_string_lossy().into_owned()).filter(|_| *link && recipe.is_none());
        let kept = match save_recipe.clone().or_else(of_file) {
            Some(name) => Some(planned.keep_recipe(&name, request, hints, project, ids).map_err(|p| Failure::Misuse(p.to_string()))?),
            None => recipe.as_ref().and_then(|name| recipe_named(project, name)).map(|recipe| recipe.id.clone()),
        };
        match kept.filter(|_| *link) {
            Some(recipe) => planned.follow(&way_to(&self.file, &self.from)?.path, &recipe, project, today).map_err(Failure::bad),
            None => Ok(()),
        }
    }
}

/// The way from the project's folder to a file.
fn way_to(project: &Path, file: &Path) -> Result<WayTo, Failure> {
    let whole = |path: &Path| path.canonicalize().map_err(|problem| Failure::Bad(format!("{}: {problem}", path.display())));
    let (project, file) = (whole(project)?, whole(file)?);
    WayTo::new(project.parent().unwrap_or(&project), &file).map_err(Failure::bad)
}

/// Each row that is not taken, on the error stream. A row that no series could take is said once.
pub(super) fn tell_rejected(console: &mut Console<'_>, table: &Path, preview: &Preview) -> Outcome {
    // There may be millions of them.
    let mut err = BufWriter::new(&mut *console.err);
    let mut said = BTreeSet::new();
    for rejection in preview.parts.iter().flat_map(|part| &part.reading.rejected) {
        let line = format!("{}: {rejection}", table.display());
        if preview.parts.len() == 1 {
            writeln!(err, "{line}")?;
        } else if !said.contains(&line) {
            writeln!(err, "{line}")?;
            said.insert(line);
        }
    }
    Ok(err.flush()?)
}

/// The whole file, or as much as shows that it is too large.
fn read_limited(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|problem| storage::io_words(&problem))
}

/// A table that is read as it is wanted, to say what helps where it cannot be.
struct Asked<'a> {
    table: &'a Table,
    request: &'a Request,
    project: &'a Project,
    path: &'a Path,
}

impl Asked<'_> {
    fn refuse_if(&self, preview: &Preview) -> Outcome {
        if preview.refused.is_empty() {
            return Ok(());
        }
        let Self { path, .. } = self;
        let reason = |(from, problem): &(String, ImportError)| format!("{from:?}: {}", with_hint(problem));
        let mut reasons: Vec<String> = preview.refused.iter().map(reason).collect();
        if preview.refused.iter().any(|(_, problem)| matches!(problem, ImportError::DuplicateDates { .. })) {
            reasons.extend(self.rows_hint());
        }
        Err(Failure::Bad(format!("{}: {}", path.display(), reasons.join(&format!("\n{}: ", path.display())))))
    }

    fn refusal(&self, problem: &ImportError) -> Failure {
        let hint = matches!(problem, ImportError::DuplicateDates { .. }).then(|| self.rows_hint()).flatten();
        match (refusal(self.path, problem), hint) {
            (Failure::Bad(words), Some(hint)) => Failure::Bad(format!("{words}\n{}: {hint}", self.path.display())),
            (failure, _) => failure,
        }
    }

    /// What rows of one date differ in, and the options that choose among them.
    fn rows_hint(&self) -> Option<String> {
        const SHOWN: usize = 8;
        let Differs { column, values, each } = differs(self.table, self.request, self.project)?;
        let shown: Vec<String> = values.iter().take(SHOWN).map(|(value, rows)| format!("{value} ({rows})")).collect();
        let more = if values.len() > SHOWN { format!(" and {} more", values.len() - SHOWN) } else { String::new() };
        let first = values.first().map_or("", |(value, _)| value.as_str());
        let each = match each {
            Some(TableShape::Tall { metric, .. }) => format!(", --names {metric:?} to have a metric of each"),
            _ => String::new(),
        };
        Some(format!(
            "the rows of one date differ in {column:?}, whose values (with their rows) are {}{more}: use --filter \"{column}={first}\" to take those of one{each}, \
             or --on-duplicate sum or mean to join them",
            shown.join(", "),
        ))
    }
}

/// What is wrong with the table, which rows, and the option that helps.
fn refusal(path: &Path, problem: &ImportError) -> Failure {
    let mut text = format!("{}: {}", path.display(), with_hint(problem));
    if let ImportError::NothingToImport { rejected } = problem {
        for rejection in rejected {
            text = format!("{text}\n{}: {rejection}", path.display());
        }
    }
    Failure::Bad(text)
}

fn with_hint(problem: &ImportError) -> String {
    let hint = match problem {
        ImportError::AmbiguousDates { .. } | ImportError::ShortYears { .. } => "use --date-order dmy or --date-order mdy",
        ImportError::AmbiguousNumbers { .. } => "use --decimal point or --decimal comma",
        ImportError::AmbiguousPercent { .. } => {
            "use --percent share or --percent hundredths, or --percent \"COLUMN=share\" for one of several"
        }
        ImportError::DuplicateDates { .. } => "or use --on-duplicate last, sum or mean",
        ImportError::CadenceUnknown => "use --cadence, such as --cadence monthly",
        ImportError::NoMetric(_) => "use --new NAME --unit UNIT to make a metric",
        ImportError::MetricExists { .. } => "use --metric to add to it",
        ImportError::NoSheet { .. } => "use --sheet",
        _ => return problem.to_string(),
    };
    format!("{problem} ({hint})")
}
