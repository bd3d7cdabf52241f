use std::collections::BTreeSet;

use crate::chart::map::CardOf;

/// How the map is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapView {
    /// Cards of which everything that hangs on them is folded away.
    pub folded: BTreeSet<CardOf>,
}

impl MapView {
    /// With one card folded, or unfolded if it is.
    #[must_use]
    pub fn toggled(&self, subject: &CardOf) -> Self {
        let mut folded = self.folded.clone();
        if !folded.remove(subject) {
            folded.insert(subject.clone());
        }
        Self { folded }
    }
}
