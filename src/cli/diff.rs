//! `waymark diff`.

use std::path::PathBuf;

use clap::Args;

use super::console::{Console, Failure, Outcome};
use crate::document::difference::differences;
use crate::storage;

/// Say what is different between two project files, a line for each thing
///
/// Order and layout of the text do not count. Exit code 0, whether or not there is a difference.
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The earlier project file
    old: PathBuf,
    /// The later project file
    new: PathBuf,
}

pub(super) fn run(args: &DiffArgs, console: &mut Console<'_>) -> Outcome {
    let (old, new) = (storage::load(&args.old).map_err(Failure::bad)?, storage::load(&args.new).map_err(Failure::bad)?);
    let differences = differences(&old.project, &new.project);
    if differences.is_empty() {
        writeln!(console.out, "no difference")?;
    }
    for difference in differences {
        writeln!(console.out, "{}", difference.line())?;
    }
    Ok(())
}
