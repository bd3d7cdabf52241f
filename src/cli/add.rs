//! `waymark add`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::args::{new_ids, parse_date};
use super::console::{Console, Failure, Outcome};
use super::saving::save_over;
use crate::document;
use crate::import::sentence::{Context, Kind, Measure, Planned, Reading, read};
use crate::model::{Date, Goal, GoalId, Project, Unit, date_words};
use crate::storage;

/// Make a goal of one sentence
///
/// "Bring MAU to 10 million by Q4 2027" becomes a key result with its metric, target and due date, "Improve user experience" an
/// objective. What was understood and what is missing is said; a metric that the project does not have is made. The start value,
/// where the sentence has none, is the metric's present one, and without data the baseline comes first.
#[derive(Args, Debug)]
pub(super) struct AddArgs {
    /// The project file to change
    file: PathBuf,
    /// The goal in one line, such as "Reduce page load time by 20% within the next six months"
    sentence: String,
    /// The goal to put it under [default: the only objective; an objective goes to the top]
    #[arg(long, value_name = "GOAL")]
    parent: Option<String>,
    /// The day that "next quarter" is counted from [default: the one that the project pins, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    /// Only say what is understood; the file stays as it is
    #[arg(long)]
    dry_run: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: one object
    Json,
}

pub(super) fn run(args: &AddArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let storage::Loaded { mut project, hash } = storage::load(&args.file).map_err(Failure::bad)?;
    let as_of = args.as_of.unwrap_or_else(|| project.as_of(today));
    let context = Context { project: &project, as_of, cycle: None };
    let reading = read(&args.sentence, &context).map_err(|refusal| Failure::Misuse(format!("not understood: {refusal}")))?;
    let planned = if args.dry_run {
        None
    } else {
        let parent = parent(&project, &reading, args.parent.as_deref())?;
        let mut ids = new_ids()?;
        let planned = reading.into_edit(&context, parent.as_ref(), &mut || ids.next_bits());
        Some(planned.map_err(|problem| Failure::Misuse(problem.to_string()))?)
    };
    let answer = match args.format {
        Format::Text => text(&reading, &project),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&as_json(&reading)).map_err(Failure::bad)?),
    };
    // A file that cannot be saved says so before anything is said to be done.
    if let Some(planned) = &planned {
        document::apply(&mut project, planned.edit.clone()).map_err(Failure::bad)?;
        save_over(console, &project, &args.file, storage::Expected::Content(hash))?;
    }
    write!(console.out, "{answer}")?;
    if let Some(planned) = planned.filter(|_| args.format == Format::Text) {
        tell(console, &project, &planned)?;
        writeln!(console.out, "Saved {}", args.file.display())?;
    }
    Ok(())
}

/// The goal that was named, else the only objective; an objective needs none.
fn parent(project: &Project, reading: &Reading, named: Option<&str>) -> Result<Option<GoalId>, Failure> {
    if let Some(named) = named {
        let goal = project.find_goal(named);
        let missing = || Failure::Bad(format!("there is no goal {named:?}; ids and titles must match exactly"));
        return Ok(Some(goal.ok_or_else(missing)?.id.clone()));
    }
    if reading.kind == Kind::Objective {
        return Ok(None);
    }
    let objectives: Vec<&Goal> = project.goals.values().map(AsRef::as_ref).filter(|g| g.is_objective() && !g.archived).collect();
    match objectives[..] {
        [only] => Ok(Some(only.id.clone())),
        [] => Err(Failure::Misuse(
            "a key result needs an objective above it, and the project has none; add one first, such as \"Be easy to start with\""
                .to_owned(),
        )),
        _ => {
            let list: Vec<String> = objectives.iter().map(|g| format!("  {}  {}", g.id, g.title)).collect();
            Err(Failure::Misuse(format!("several objectives could hold it; say which with --parent:\n{}", list.join("\n"))))
        }
    }
}

/// Whole numbers without a fraction.
fn number(value: Option<f64>) -> Value {
    match value {
        Some(v) if v.fract() == 0.0 && v.abs() < 1e15 => json!(v as i64),
        Some(v) => json!(v),
        None => Value::Null,
    }
}

fn as_json(reading: &Reading) -> Value {
    let metric = match &reading.metric {
        Some(Measure::Known(id)) => json!(id.as_str()),
        Some(Measure::New { name, .. }) => json!(name),
        None => Value::Null,
    };
    let target = match (reading.target, reading.upper) {
        (Some(low), Some(high)) => json!([number(Some(low)), number(Some(high))]),
        (target, _) => number(target),
    };
    let date = |date: Option<Date>| date.map_or(Value::Null, |d| json!(d.to_string()));
    let fields = [
        ("kind", json!(reading.kind.code())),
        ("title", json!(reading.title)),
        ("metric", metric),
        ("unit", reading.unit.as_ref().map_or(Value::Null, |u| json!(u.code()))),
        ("start", number(reading.start)),
        ("target", target),
        ("relative", json!(reading.relative)),
        ("amount", number(reading.amount)),
        ("starts", date(reading.starts)),
        ("due", date(reading.due)),
        ("missing", reading.missing.iter().map(|m| m.code()).collect()),
    ];
    let taken = reading.taken.as_ref().map(|taken| ("taken", json!(taken.words())));
    Value::Object(fields.into_iter().chain(taken).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn text(reading: &Reading, project: &Project) -> String {
    let locale = &project.settings.locale;
    let unit = reading.unit.clone().unwrap_or(Unit::Count);
    let value = |v: f64| locale.value(v, &unit, reading.decimals.max(2));
    let kind = reading.kind;
    let mut lines = vec![format!("{}: {}", kind.word(), reading.title)];
    let mut line = |name: &str, words: String| lines.push(format!("  {name:<12}{words}"));
    match &reading.metric {
        Some(Measure::Known(id)) => line("metric", project.metric(id).map_or_else(|| id.to_string(), |m| format!("{} ({id})", m.name))),
        Some(Measure::New { name, abbreviation }) if abbreviation.is_empty() => line("metric", format!("{name}, new")),
        Some(Measure::New { name, abbreviation }) => line("metric", format!("{name} ({abbreviation}), new")),
        None => {}
    }
    if let Some(start) = reading.start {
        line("start", value(start));
    }
    match (reading.target, reading.upper) {
        (Some(low), Some(high)) => line("target", format!("{} to {}", value(low), value(high))),
        (Some(steps), None) if kind == Kind::Milestone => line("steps", locale.value(steps, &Unit::Count, 0)),
        (Some(target), None) => line("target", value(target)),
        (None, _) => {}
    }
    if let Some(amount) = reading.amount {
        let side = if kind == Kind::Decrease { "below" } else { "above" };
        let words = if reading.relative { locale.value(amount, &Unit::Percent, 2) } else { value(amount) };
        line("amount", format!("{words} {side} the start"));
    }
    if let Some(starts) = reading.starts {
        line("starts", date_words(starts));
    }
    if let Some(due) = reading.due {
        line("due", date_words(due));
    }
    if let Some(initiative) = &reading.initiative {
        line("initiative", initiative.clone());
    }
    if let Some(taken) = &reading.taken {
        line("read", taken.words());
    }
    for missing in &reading.missing {
        line("missing", format!("{} ({})", missing.question(), missing.code()));
    }
    lines.join("\n") + "\n"
}

fn tell(console: &mut Console<'_>, project: &Project, planned: &Planned) -> Outcome {
    let Planned { label: _, edit: _, goal, metric, metric_is_new, initiative, notes } = planned;
    for note in notes {
        writeln!(console.out, "{note}")?;
    }
    if let Some(added) = project.goal(goal) {
        let above = added.parent.as_ref().and_then(|p| project.goal(p)).map_or_else(String::new, |p| format!(" under “{}”", p.title));
        writeln!(console.out, "Added {} “{}” ({goal}){above}", added.kind.word().to_lowercase(), added.title)?;
    }
    if let Some(metric) = metric.as_ref().filter(|_| *metric_is_new).and_then(|id| project.metric(id)) {
        writeln!(console.out, "Added metric “{}” ({}), {}, {}", metric.name, metric.id, metric.cadence.word(), metric.unit.code())?;
    }
    if let Some(work) = initiative.as_ref().and_then(|id| project.goal(id)) {
        writeln!(console.out, "Added initiative “{}” ({})", work.title, work.id)?;
    }
    Ok(())
}
