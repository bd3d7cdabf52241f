//! `waymark import`.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::{counted, new_ids, parse_filter, parse_number, unchanged_since};
use super::console::{Console, Failure, Outcome};
use crate::document;
use crate::import::{
    Attach, Attached, AttachedGoal, DateOrder, Destination, ImportError, MAX_BYTES, Preview, Reading, Request, preview, read_table,
};
use crate::model::{Cadence, Date, Direction, Limit, Metric, Project, Unit};
use crate::storage;

/// Take points of a metric in from a CSV file
///
/// Every row is accounted for: taken, left out by a filter, without a value, or listed with the reason why it was not taken.
/// Dates are written as 2026-03-01, 2026-03, 2026-Q1, 2026-W14, 2026 or in another form that can be read in one way only.
#[derive(Args, Debug)]
#[command(override_usage = "waymark import [OPTIONS] <FILE> --csv <DATA.csv> --date <COLUMN> --value <COLUMN> \
                            (--metric <ID-OR-NAME> | --new <NAME> --unit <UNIT>)")]
pub(super) struct ImportArgs {
    /// The project file to change
    file: PathBuf,
    /// The table: CSV, or text with semicolons, tabs or bars between the columns; its first row names them
    #[arg(long, value_name = "DATA.csv")]
    csv: PathBuf,
    /// The column with the dates
    #[arg(long, value_name = "COLUMN")]
    date: String,
    /// The column with the values
    #[arg(long, value_name = "COLUMN")]
    value: String,
    #[command(flatten)]
    destination: DestinationArgs,
    /// Take only rows whose column holds the value; may be given several times
    #[arg(long = "filter", value_name = "COLUMN=VALUE", value_parser = parse_filter)]
    filters: Vec<(String, String)>,
    /// How often the metric is recorded [default: as the dates show it; a known metric keeps its own]
    #[arg(long, value_enum)]
    cadence: Option<CadenceWord>,
    /// Which way is better [default: up; a known metric keeps its own]
    #[arg(long, value_enum)]
    direction: Option<DirectionWord>,
    /// The metric's target: at least this, or at most where down is better
    #[arg(long, value_name = "NUMBER", value_parser = parse_number, allow_negative_numbers = true)]
    target: Option<f64>,
    /// The objective that the metric supports, made where there is none of this title; with --target also makes the key result, from
    /// the first point to the end of the current cycle
    #[arg(long, value_name = "GOAL")]
    objective: Option<String>,
    /// Order of day and month in dates such as 03/04/2026, where the column leaves it open
    #[arg(long, value_enum)]
    date_order: Option<DateOrderWord>,
    /// Decimal mark, where the column leaves it open
    #[arg(long, value_enum)]
    decimal_mark: Option<DecimalMark>,
}

#[derive(Args, Debug)]
struct DestinationArgs {
    /// The metric to add to
    #[arg(long, value_name = "ID-OR-NAME", conflicts_with = "new", required_unless_present = "new")]
    metric: Option<String>,
    /// Make a metric of this name
    #[arg(long, value_name = "NAME", requires = "unit")]
    new: Option<String>,
    /// Unit of the new metric: count, percent, currency:EUR, seconds, minutes, hours, days, ratio, score or custom:LABEL
    #[arg(long, requires = "new", conflicts_with = "metric", value_parser = |text: &str| Unit::parse(text))]
    unit: Option<Unit>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CadenceWord {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl From<CadenceWord> for Cadence {
    fn from(word: CadenceWord) -> Self {
        match word {
            CadenceWord::Hourly => Self::Hourly,
            CadenceWord::Daily => Self::Daily,
            CadenceWord::Weekly => Self::Weekly,
            CadenceWord::Monthly => Self::Monthly,
            CadenceWord::Quarterly => Self::Quarterly,
            CadenceWord::Yearly => Self::Yearly,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DirectionWord {
    Up,
    Down,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DateOrderWord {
    /// 3 April is 03/04/2026
    Dmy,
    /// 3 April is 04/03/2026
    Mdy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DecimalMark {
    /// One and a half is 1.5
    Point,
    /// One and a half is 1,5
    Comma,
}

impl ImportArgs {
    fn request(&self) -> Result<Request, Failure> {
        let destination = match &self.destination {
            DestinationArgs { metric: Some(metric), new: None, unit: None } => Destination::Metric(metric.clone()),
            DestinationArgs { metric: None, new: Some(name), unit: Some(unit) } => {
                Destination::New { name: name.clone(), unit: unit.clone() }
            }
            _ => return Err(Failure::Misuse("say --metric ID-OR-NAME, or --new NAME with --unit UNIT".to_owned())),
        };
        Ok(Request {
            filters: self.filters.clone(),
            cadence: self.cadence.map(Cadence::from),
            direction: self.direction.map(|word| match word {
                DirectionWord::Up => Direction::Up,
                DirectionWord::Down => Direction::Down,
            }),
            date_order: self.date_order.map(|word| match word {
                DateOrderWord::Dmy => DateOrder::DayFirst,
                DateOrderWord::Mdy => DateOrder::MonthFirst,
            }),
            decimal_mark: self.decimal_mark.map(|word| match word {
                DecimalMark::Point => '.',
                DecimalMark::Comma => ',',
            }),
            ..Request::new(&*self.date, &*self.value, destination)
        })
    }
}

pub(super) fn run(args: &ImportArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let request = args.request()?;
    let storage::Loaded { mut project, hash } = storage::load(&args.file).map_err(Failure::bad)?;
    let bytes = read_limited(&args.csv)?;
    let refused = |problem: ImportError| refusal(&args.csv, &problem);
    let table = read_table(&bytes).map_err(refused)?;
    let preview = preview(&table, &request, &project).map_err(refused)?;
    let attach = Attach { target: args.target, objective: args.objective.clone(), as_of: project.as_of(today) };
    let words = Words::of(&preview);
    let mut ids = new_ids()?;
    for rejection in &preview.reading.rejected {
        writeln!(console.err, "{}: {rejection}", args.csv.display())?;
    }
    let planned = preview.into_edit(&project, &attach, &mut || ids.next_bits()).map_err(refused)?;
    document::apply(&mut project, planned.edit).map_err(Failure::bad)?;
    storage::save_over(&project, &args.file, &unchanged_since(hash)).map_err(Failure::bad)?;
    let metric = project.metric(&planned.metric).ok_or_else(|| Failure::Bad("the metric was not made".to_owned()))?;
    words.tell(console, metric)?;
    tell_attached(console, &project, metric, &planned.attached, attach.as_of)?;
    writeln!(console.out, "Saved {}", args.file.display())?;
    Ok(())
}

/// The whole file, or as much as shows that it is too large.
fn read_limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(problem) => Err(Failure::Bad(format!("{} cannot be read: {}", path.display(), storage::io_words(&problem)))),
    }
}

/// What is wrong with the table, which rows, and the option that helps.
fn refusal(path: &Path, problem: &ImportError) -> Failure {
    let mut text = format!("{}: {problem}", path.display());
    let hint = match problem {
        ImportError::AmbiguousDates { .. } => "use --date-order dmy or --date-order mdy",
        ImportError::AmbiguousNumbers { .. } => "use --decimal-mark point or --decimal-mark comma",
        ImportError::CadenceUnknown => "use --cadence, such as --cadence monthly",
        ImportError::NoMetric(_) => "use --new NAME --unit UNIT to make a metric",
        ImportError::MetricExists { .. } => "use --metric to add to it",
        _ => "",
    };
    if !hint.is_empty() {
        text = format!("{text} ({hint})");
    }
    if let ImportError::NothingToImport { rejected } = problem {
        for rejection in rejected {
            text = format!("{text}\n{}: {rejection}", path.display());
        }
    }
    Failure::Bad(text)
}

/// What is said of the points, kept from before the preview becomes an edit.
struct Words {
    is_new: bool,
    cadence: Cadence,
    added: usize,
    changed: usize,
    unchanged: usize,
    reading: Reading,
}

impl Words {
    fn of(preview: &Preview) -> Self {
        let Preview { reading, known, name: _, unit: _, cadence, direction: _, added, changed, unchanged } = preview;
        Self {
            is_new: known.is_none(),
            cadence: *cadence,
            added: *added,
            changed: *changed,
            unchanged: *unchanged,
            reading: reading.clone(),
        }
    }

    fn tell(&self, console: &mut Console<'_>, metric: &Metric) -> Outcome {
        let Self { is_new, cadence, added, changed, unchanged, reading } = self;
        let made = if *is_new { ", new" } else { "" };
        writeln!(console.out, "Metric “{}” ({}{made}), {}, {}", metric.name, metric.id, cadence.word(), metric.unit.code())?;
        let (first, last) = (reading.points.first(), reading.points.last());
        if let (Some(first), Some(last)) = (first, last) {
            writeln!(
                console.out,
                "{} from {} to {}: {added} new, {changed} changed, {unchanged} as before",
                counted(reading.points.len(), "point"),
                first.at,
                last.at
            )?;
        }
        if reading.left_out > 0 {
            writeln!(console.out, "{} left out by the filter", counted(reading.left_out, "row"))?;
        }
        if !reading.without_value.is_empty() {
            let rows = counted(reading.without_value.len(), "row");
            writeln!(console.out, "{rows} without a value: {}", line_list(&reading.without_value))?;
        }
        if !reading.rejected.is_empty() {
            writeln!(console.out, "{} not taken, listed on standard error", counted(reading.rejected.len(), "row"))?;
        }
        if reading.fiscal {
            writeln!(console.out, "Quarters and years are those of the project's fiscal year")?;
        }
        Ok(())
    }
}

fn line_list(lines: &[usize]) -> String {
    let numbers = lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    if lines.len() == 1 { format!("line {numbers}") } else { format!("lines {numbers}") }
}

fn tell_attached(console: &mut Console<'_>, project: &Project, metric: &Metric, attached: &Attached, as_of: Date) -> Outcome {
    let Attached { target, objective, key_result, span, new_cycle } = attached;
    let goal = |kind: &str, goal: &AttachedGoal| {
        let made = if goal.is_new { ", new" } else { "" };
        format!("{kind} “{}” ({}{made})", goal.title, goal.id)
    };
    if let Some(limit) = target {
        let value = |v: f64| project.settings.locale.value(v, &metric.unit, metric.decimals.max(2));
        let words = match *limit {
            Limit::AtLeast(v) => format!("at least {}", value(v)),
            Limit::AtMost(v) => format!("at most {}", value(v)),
            Limit::Within { low, high } => format!("{} to {}", value(low), value(high)),
        };
        writeln!(console.out, "Target: {words}")?;
    }
    if let Some(objective) = objective {
        writeln!(console.out, "{}", goal("Objective", objective))?;
    }
    if let Some(key_result) = key_result {
        let days = match (span.start, span.due) {
            (Some(start), Some(due)) => format!(", {start} to {due}"),
            _ => String::new(),
        };
        writeln!(console.out, "{}{days}", goal("Key result", key_result))?;
    }
    if let Some(cycle) = new_cycle {
        writeln!(console.out, "Cycle “{}” ({} to {}) was made, since no cycle contained {as_of}", cycle.name, cycle.start, cycle.end)?;
    }
    Ok(())
}
