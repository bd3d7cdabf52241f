//! The lanes of the roadmap, kept.

use std::sync::Arc;

use super::Memos;
use crate::chart::roadmap::{Arranged, Roadmap, roadmap};
use crate::document::{Document, Revision};
use crate::model::Date;

/// Of all that is evaluated: goals, their dates and the tree.
pub(super) type Key = (Revision, Date, Arranged);

impl Memos {
    /// The lanes of the roadmap as of a day.
    pub fn roadmap(&self, document: &Document, as_of: Date, arranged: &Arranged) -> Arc<Roadmap> {
        self.roadmaps.get((document.evaluation_revision(), as_of, arranged.clone()), || {
            Arc::new(roadmap(document.project(), &self.tree(document), &self.evaluation(document, as_of), arranged))
        })
    }
}
