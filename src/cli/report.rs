//! `waymark report`.

use clap::{Args, ValueEnum};

use super::args::{Source, parse_date};
use super::console::{Console, Failure, Outcome};
use crate::analysis::effort::{TooMuch, fair_share};
use crate::analysis::{Notes, Study, evaluate};
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
    /// Write it however long that takes: a report that takes far longer than what is recorded in the file explains is refused otherwise
    #[arg(long)]
    patient: bool,
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
    let notes = if args.patient { Notes::of(&project) } else { Notes::within(&project, fair_share(&project)) };
    let text = written((&notes).into(), as_of, args.format);
    notes.enough().map_err(|too_much| refused(&args.source, too_much))?;
    console.out.write_all(&text)?;
    Ok(())
}

fn written(project: Study<'_>, as_of: Date, format: Format) -> Vec<u8> {
    let tree = Tree::of(&project);
    let evaluation = evaluate(project, &tree, as_of);
    match format {
        Format::Text => report::text(project, &tree, &evaluation).into_bytes(),
        Format::Md => report::markdown(project, &tree, &evaluation, None).into_bytes(),
        Format::Json => report::json_text(project, &tree, &evaluation),
    }
}

fn refused(source: &Source, too_much: TooMuch) -> Failure {
    let name = source.name();
    Failure::bad(format!(
        "{name}: this report takes far longer than what is recorded in the file explains: {too_much}. To wait for it, say --patient"
    ))
}
