//! `waymark report`.

use clap::{Args, ValueEnum};

use super::args::{Source, parse_date};
use super::console::{Console, Failure, Outcome};
use crate::analysis::evaluate;
use crate::model::{Date, Tree};
use crate::report;

/// Say where every goal stands
#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    source: Source,
    /// The day to report of [default: the one that the project pins, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For a chat, a page or a pull request: Markdown
    Md,
    /// For programs: one object
    Json,
}

pub(super) fn run(args: &ReportArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let project = args.source.load()?;
    let as_of = args.as_of.unwrap_or_else(|| project.as_of(today));
    let tree = Tree::of(&project);
    let evaluation = evaluate(&project, &tree, as_of);
    match args.format {
        Format::Text => write!(console.out, "{}", report::text(&project, &tree, &evaluation))?,
        Format::Md => write!(console.out, "{}", report::markdown(&project, &tree, &evaluation, None))?,
        Format::Json => {
            let text = serde_json::to_string_pretty(&report::json(&project, &tree, &evaluation)).map_err(Failure::bad)?;
            writeln!(console.out, "{text}")?;
        }
    }
    Ok(())
}
