//! `waymark redact`.

use std::path::PathBuf;

use clap::Args;

use super::args::{Source, counted};
use super::console::{Console, Failure, Outcome};
use super::saving::save_over;
use crate::document::redacted;
use crate::storage;

/// Make a copy that may be shown: values indexed to 100, people and notes left out
///
/// Charts, progress and statuses keep their shape. Titles stay, without the numbers in them; dates stay.
#[derive(Args, Debug)]
pub(super) struct RedactArgs {
    #[command(flatten)]
    source: Source,
    /// The file to make (name.waymark.ron)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A goal to leave out with all under it, and with the metrics that nothing else uses; may be given several times
    #[arg(long, value_name = "GOAL")]
    without: Vec<String>,
    /// Replace a file that is there
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(args: &RedactArgs, console: &mut Console<'_>) -> Outcome {
    let project = args.source.load()?;
    let without = args.source.goals(&project, &args.without)?;
    if args.source.is_file(&args.out) {
        return Err(Failure::Misuse(format!("{} is the project itself; choose another name for the copy", args.out.display())));
    }
    let copy = redacted::copy(&project, &without);
    if args.overwrite {
        save_over(console, &copy, &args.out, storage::Expected::Anything)?;
    } else {
        storage::create(&copy, &args.out).map_err(Failure::bad)?;
    }
    let goals = project.goals.len() - copy.goals.len();
    let left_out = if goals > 0 { format!(", without {}", counted(goals, "goal")) } else { String::new() };
    writeln!(console.out, "Made {}{left_out}", args.out.display())?;
    Ok(())
}
