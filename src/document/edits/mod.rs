//! The changes that people make, each as one edit with the words for it. They read the present state and never touch it.

/// An edit with the words that undo shows for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub label: String,
    pub edit: super::Edit,
}
