//! `waymark check`.

use clap::Args;

use super::args::{Source, counted};
use super::console::{Console, Outcome};
use crate::analysis::effort::fair_share;
use crate::analysis::lint::lint;
use crate::analysis::{Notes, evaluate};
use crate::model::{Date, Tree};
use crate::report::warning_lines;

/// Say what is wrong with a project file, line by line
///
/// Problems are written to standard error as `FILE:LINE:COLUMN: message`. Exit code 0 where there are none, else 1. A file without
/// problems may have goals worth mending: those are written there as `FILE:LINE:COLUMN: warning: message [rule]`.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    source: Source,
}

pub(super) fn run(args: &CheckArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let (project, text) = args.source.load_with_text().map_err(|failure| args.source.with_damage(failure))?;
    let points = project.metrics.values().map(|m| m.series.len()).sum();
    let (goals, metrics) = (counted(project.goals.len(), "goal"), counted(project.metrics.len(), "metric"));
    writeln!(console.out, "{}: no problems ({goals}, {metrics}, {})", args.source.name(), counted(points, "point"))?;
    let (notes, tree) = (Notes::within(&project, fair_share(&project)), Tree::of(&project));
    let findings = lint(&notes, &tree, &evaluate(&notes, &tree, project.as_of(today)));
    match notes.enough() {
        Ok(()) => write!(console.err, "{}", warning_lines(args.source.name().as_ref(), &text, &project, &findings))?,
        Err(too_much) => {
            let name = args.source.name();
            writeln!(
                console.err,
                "{name}: what is worth mending was not looked for, as that takes far longer than what is recorded in the file explains: {too_much}"
            )?;
        }
    }
    Ok(())
}
