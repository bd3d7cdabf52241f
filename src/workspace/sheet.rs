//! A task that has a screen of its own over the view; at most one is open.

use super::glossary::Term;
use crate::model::Project;

#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// What the words mean, beginning at one of them.
    Glossary(Option<Term>),
}

impl Sheet {
    /// Whether everything that it is about is in the project; else it is closed.
    pub(super) fn is_about_something(&self, _project: &Project) -> bool {
        match self {
            Self::Glossary(_) => true,
        }
    }
}
