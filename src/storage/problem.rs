//! What is wrong with a file, and where.

use std::fmt;

/// A problem of a project file. Line and column count from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    pub line: usize,
    pub column: usize,
    /// What is wrong and what was expected, in plain words.
    pub message: String,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for FileProblem {}
