//! Short messages at the edge of the window.

use crate::document::{Document, SavePoint};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ToastId(pub(super) u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Success,
    Warning,
    Error,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub id: ToastId,
    pub severity: Severity,
    /// What happened, what was kept and what to do; errors of a file have a line each.
    pub text: String,
    /// The time at which it goes by itself, in the seconds of [`super::Workspace::begin_frame`]. Errors stay until they are dismissed.
    pub until: Option<f64>,
    /// The step that it tells of: it offers to undo it as long as nothing else was done.
    pub(super) of_step: Option<SavePoint>,
}

impl Severity {
    /// How long a toast stays, in seconds.
    pub(super) fn seconds(self) -> Option<f64> {
        match self {
            Self::Info | Self::Success => Some(4.0),
            Self::Warning => Some(8.0),
            Self::Error => None,
        }
    }
}

impl Toast {
    /// How many are shown; older ones give way.
    pub const MOST: usize = 5;

    /// Whether undoing takes back what it tells of.
    pub fn offers_undo(&self, document: &Document) -> bool {
        self.of_step.is_some_and(|step| step == document.save_point())
    }
}
