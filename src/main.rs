//! The program: everything is in the library; here the world comes in.

use std::io;
use std::process::ExitCode;

use waymark::cli;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the one place where the commands learn what day it is")]
    let today = chrono::Local::now().date_naive();
    // Not locked: the window's other threads write to standard error as well.
    let (mut out, mut err) = (io::BufWriter::new(io::stdout()), io::stderr());
    cli::run(std::env::args_os(), &mut cli::Console { out: &mut out, err: &mut err }, today)
}
