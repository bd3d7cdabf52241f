//! What an import says of what it does, in lines and as JSON.

use crate::cli::args::counted;
use crate::cli::console::{Console, Outcome};
use crate::import::{Attached, AttachedGoal, DateReading, Part, Preview, Table, TableSource};
use crate::model::{Date, Limit, Metric, Project, TableShape};

/// What the table was taken for, where that was found and not said.
pub(super) fn tell_shape(console: &mut Console<'_>, shape: &TableShape, because: Option<&str>) -> Outcome {
    let Some(because) = because else { return Ok(()) };
    writeln!(console.out, "Read as {}: {because}", shape_word(shape))?;
    Ok(())
}

/// Which way the table lies, where that is not the usual one.
pub(super) fn tell_turned(console: &mut Console<'_>, table: &Table) -> Outcome {
    let Some(turned) = &table.turned else { return Ok(()) };
    writeln!(console.out, "Periods stand across the top, and “{}” names the metrics: lines count the columns of the file", turned.names)?;
    if !turned.left_out.is_empty() {
        writeln!(console.out, "Not read: column {}", turned.left_out.join(", "))?;
    }
    Ok(())
}

fn shape_word(shape: &TableShape) -> &'static str {
    match shape {
        TableShape::Long { .. } => "long",
        TableShape::Wide { .. } => "wide",
        TableShape::Tall { .. } => "tall",
    }
}

/// What is said of the rows of one series.
pub(in crate::cli) fn tell_part(console: &mut Console<'_>, part: &Part, id: &str) -> Outcome {
    let Part { reading, known, name, unit, cadence, added, changed, unchanged, removed, .. } = part;
    let id = match (known.is_none(), id) {
        (true, "") => "new".to_owned(),
        (true, id) => format!("{id}, new"),
        (false, id) => id.to_owned(),
    };
    writeln!(console.out, "Metric “{name}” ({id}), {}, {}", cadence.word(), unit.code())?;
    if let (Some(first), Some(last)) = (reading.points.first(), reading.points.last()) {
        let gone = if *removed > 0 { format!(", {removed} removed") } else { String::new() };
        writeln!(
            console.out,
            "{} from {} to {}: {added} new, {changed} changed, {unchanged} as before{gone}",
            counted(reading.points.len(), "point"),
            first.at,
            last.at
        )?;
    }
    if reading.left_out > 0 {
        writeln!(console.out, "{} left out by the filter", counted(reading.left_out, "row"))?;
    }
    if reading.joined > 0 {
        let rows = counted(reading.joined + reading.repeated, "row");
        writeln!(console.out, "{rows} joined into {}, since dates repeat", counted(reading.repeated, "point"))?;
    }
    if !reading.without_value.is_empty() {
        let rows = counted(reading.without_value.len(), "row");
        writeln!(console.out, "{rows} without a value: {}", line_list(&reading.without_value))?;
    }
    if !reading.rejected.is_empty() {
        writeln!(console.out, "{} not taken, listed on standard error", counted(reading.rejected.len(), "row"))?;
    }
    if part.numbers.shares {
        writeln!(console.out, "Numbers were read as shares: 0.45 is 45 %")?;
    }
    if reading.fiscal {
        writeln!(console.out, "Quarters and years are those of the project's fiscal year")?;
    }
    Ok(())
}

/// What is said of the dates of all series.
pub(in crate::cli) fn tell_dates(console: &mut Console<'_>, dates: DateReading) -> Outcome {
    if dates.is_serial {
        writeln!(console.out, "Numbers of days were read as dates, as spreadsheets count them")?;
    }
    if dates.is_counted {
        writeln!(console.out, "The table names no days: its rows were put on days that are only assumed; say --start and --cadence")?;
    }
    Ok(())
}

/// Lines, cut where they are many.
fn line_list(lines: &[usize]) -> String {
    const SHOWN: usize = 20;
    let mut numbers = lines.iter().take(SHOWN).map(usize::to_string).collect::<Vec<_>>().join(", ");
    if lines.len() > SHOWN {
        numbers = format!("{numbers} and {} more", lines.len() - SHOWN);
    }
    if lines.len() == 1 { format!("line {numbers}") } else { format!("lines {numbers}") }
}

pub(super) fn tell_attached(console: &mut Console<'_>, project: &Project, metric: &Metric, attached: &Attached, as_of: Date) -> Outcome {
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

/// What an import finds and would change.
pub(in crate::cli) fn as_json(read: Option<(&Table, &TableShape, Option<&str>)>, preview: &Preview) -> serde_json::Value {
    let source = read.map(|(table, ..)| match &table.source {
        TableSource::Text { delimiter, encoding } => serde_json::json!({ "delimiter": delimiter, "encoding": encoding }),
        TableSource::Sheet { name, from_1904, .. } => serde_json::json!({ "sheet": name, "days_from_1904": from_1904 }),
    });
    let part = |part: &Part| {
        let Part { from, reading, numbers, known, name, unit, cadence, added, changed, unchanged, removed, .. } = part;
        let ends =
            |point: Option<crate::import::ReadPoint>| point.map(|p| serde_json::json!({ "date": p.at.to_string(), "value": p.value }));
        serde_json::json!({
            "from": from,
            "metric": known.as_ref().map(ToString::to_string),
            "name": name,
            "unit": unit.code(),
            "cadence": cadence.word(),
            "decimal_mark": numbers.decimal_mark,
            "shares": numbers.shares,
            "points": reading.points.len(),
            "first": ends(reading.points.first()),
            "last": ends(reading.points.last()),
            "added": added,
            "changed": changed,
            "unchanged": unchanged,
            "removed": removed,
            "without_value": reading.without_value,
            "left_out": reading.left_out,
            "repeated_dates": reading.repeated,
            "rejected": reading.rejected.iter().map(|r| serde_json::json!({ "line": r.line, "column": r.column, "reason": r.reason })).collect::<Vec<_>>(),
        })
    };
    let refused =
        |(from, problem): &(String, crate::import::ImportError)| serde_json::json!({ "from": from, "reason": problem.to_string() });
    let shape = read.map(|(_, shape, because)| match shape {
        TableShape::Long { date, value } => serde_json::json!({ "is": "long", "date": date, "value": value, "because": because }),
        TableShape::Wide { date, columns } => serde_json::json!({ "is": "wide", "date": date, "values": columns, "because": because }),
        TableShape::Tall { date, metric, value } => {
            serde_json::json!({ "is": "tall", "date": date, "names": metric, "value": value, "because": because })
        }
    });
    serde_json::json!({
        "source": source,
        "shape": shape,
        "days_assumed": preview.dates.is_counted,
        "series": preview.parts.iter().map(part).collect::<Vec<_>>(),
        "refused": preview.refused.iter().map(refused).collect::<Vec<_>>(),
    })
}
