//! Where a command writes, and how it ends.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// The two streams of a command.
pub struct Console<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// What clap has to say: help and version, too.
    Usage(clap::Error),
    /// The arguments parse, but cannot be meant.
    Misuse(String),
    /// Said as it is: a place in a file begins it.
    Bad(String),
    Output(io::Error),
}

impl Failure {
    pub(super) fn bad(reason: impl fmt::Display) -> Self {
        Self::Bad(reason.to_string())
    }
}

impl From<clap::Error> for Failure {
    fn from(problem: clap::Error) -> Self {
        Self::Usage(problem)
    }
}

impl From<io::Error> for Failure {
    fn from(problem: io::Error) -> Self {
        Self::Output(problem)
    }
}

pub(super) type Outcome = Result<(), Failure>;

impl Console<'_> {
    /// Says what went wrong and gives the exit code. A reader that hung up wants no more, and that is no error.
    pub(super) fn finish(&mut self, outcome: Outcome) -> ExitCode {
        let outcome = outcome.and_then(|()| Ok(self.out.flush()?));
        let (code, said) = match outcome {
            Ok(()) => return ExitCode::SUCCESS,
            Err(Failure::Usage(problem)) if problem.use_stderr() => (2, write!(self.err, "{}", problem.render())),
            Err(Failure::Usage(help)) => (0, write!(self.out, "{}", help.render()).and_then(|()| self.out.flush())),
            Err(Failure::Misuse(reason)) => (2, writeln!(self.err, "{reason}")),
            Err(Failure::Bad(reason)) => (1, writeln!(self.err, "{}", reason.trim_end())),
            Err(Failure::Output(problem)) if problem.kind() == io::ErrorKind::BrokenPipe => (0, Ok(())),
            Err(Failure::Output(problem)) => (1, writeln!(self.err, "the output could not be written: {problem}")),
        };
        match said {
            Err(problem) if problem.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
            _ => ExitCode::from(code),
        }
    }
}
