//! `waymark check`.

use clap::Args;

use super::args::{Source, counted};
use super::console::{Console, Outcome};

/// Say what is wrong with a project file, line by line
///
/// Problems are written to standard error as `FILE:LINE:COLUMN: message`. Exit code 0 where there are none, else 1.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    source: Source,
}

pub(super) fn run(args: &CheckArgs, console: &mut Console<'_>) -> Outcome {
    let project = args.source.load()?;
    let points = project.metrics.values().map(|m| m.series.len()).sum();
    let (goals, metrics) = (counted(project.goals.len(), "goal"), counted(project.metrics.len(), "metric"));
    writeln!(console.out, "{}: no problems ({goals}, {metrics}, {})", args.source.name(), counted(points, "point"))?;
    Ok(())
}
