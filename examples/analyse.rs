//! What analysis says of any series: `analyse DATA.csv --date COLUMN --value COLUMN`.
//!
//! Reads the table as `waymark import` does, with the cadence that its dates show, and prints one JSON object with the keys that a metric has in
//! `waymark report --format json`: `forecast`, `xmr`, `trend`, `season`, `change_points`, `outliers`, and `reasons` for what there is none of.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use serde_json::json;
use waymark::analysis::NewForecasts;
use waymark::import::{Destination, ReadHints, Request, preview, read_table};
use waymark::model::{Aggregation, Date, Metric, MetricId, Point, Project, ProjectId, Series, Unit};
use waymark::report;

#[derive(Parser)]
struct Arguments {
    /// The table; its first row names the columns.
    data: PathBuf,
    /// The column with the dates.
    #[arg(long)]
    date: String,
    /// The column with the values.
    #[arg(long)]
    value: String,
    /// The day from which it is looked at; later values are left out [default: the last day that there is a value for].
    #[arg(long)]
    as_of: Option<Date>,
    /// Forecast up to this day [default: one season, or 12 periods].
    #[arg(long)]
    until: Option<Date>,
    /// Values of a coarser period are summed and not averaged.
    #[arg(long)]
    sum: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { data, date, value, as_of, until, sum } = Arguments::parse();
    let table = read_table(&std::fs::read(&data)?, &ReadHints::default())?;
    let project = Project::empty(ProjectId::from_random(1), "Series");
    let request = Request::new(date, value.clone(), Destination::New { name: value, unit: Unit::Count });
    let found = preview(&table, &request, &project)?;
    let part = found.parts.first().ok_or("nothing was read")?;
    let points: Vec<Point> = part.reading.points.iter().map(|p| Point::new(p.at, p.value)).collect();
    let last = points.last().ok_or("no row has a value")?.at.date();
    let metric = Metric {
        cadence: part.cadence,
        aggregation: if sum { Aggregation::Sum } else { Aggregation::Mean },
        decimals: part.reading.decimals,
        series: Arc::new(Series::from_points(points)?),
        ..Metric::new(MetricId::from_random(1), &*part.name)
    };
    let as_of = as_of.unwrap_or_else(|| project.settings.calendar.period_of(metric.cadence, last).last);
    let mut project = project;
    project.metrics.insert(metric.id.clone(), Arc::new(metric.clone()));
    let mut entry = report::series((&project).into(), &metric, as_of, until, &NewForecasts::new(&project, as_of));
    entry.insert("name".to_owned(), json!(metric.name));
    entry.insert("cadence".to_owned(), json!(metric.cadence.word()));
    entry.insert("points".to_owned(), json!(metric.series.len_up_to(as_of)));
    entry.insert("as_of".to_owned(), json!(as_of.to_string()));
    entry.insert("rejected".to_owned(), json!(part.reading.rejected.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&entry)?)?;
    Ok(())
}
