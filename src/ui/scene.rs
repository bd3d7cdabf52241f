//! What a view is given: an unchanging picture of the project and the view's own scratch paper.

use std::sync::Arc;

use egui::util::IdTypeMap;

use super::theme::Theme;
use crate::analysis::Evaluation;
use crate::document::Document;
use crate::model::{Date, Project, Tree};
use crate::workspace::{FailingLinks, Memos, OutsideLinks, View};

/// Everything a view may read. Nothing in it changes while a frame is drawn; what shall change is pushed as an
/// [`Action`](crate::workspace::Action). An export builds a scene of its own.
#[derive(Clone)]
pub struct Scene<'a> {
    /// For memos, which are keyed by its revisions.
    pub document: &'a Document,
    pub project: &'a Arc<Project>,
    pub view: &'a View,
    pub theme: &'a Theme,
    /// Results computed once and shared by every view.
    pub memos: &'a Memos,
    /// Files that metrics follow and that this window could not take in.
    pub failing: &'a FailingLinks,
    /// Files outside the project's folder that metrics follow.
    pub outside: &'a OutsideLinks,
    /// The day that "now" means.
    pub as_of: Date,
    pub evaluation: Arc<Evaluation>,
    pub tree: Arc<Tree>,
}

/// Where a view is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// A window: controls, scrolling, hover.
    Screen,
    /// A page of an export: no controls, no scrolling; long things continue on the next page.
    Page,
}

impl Medium {
    pub fn is_screen(self) -> bool {
        self == Self::Screen
    }
}

/// Text drafts, drags in hand, plot gestures and scroll positions: one for each window or page, never anything the project or the
/// view state knows. Each widget keeps a type of its own under its id, so that no view needs to know the others'.
#[derive(Clone, Default)]
pub struct Scratch {
    kept: IdTypeMap,
}

impl Scratch {
    /// The scratch of type `T` under `id`, made on first use.
    pub fn of<T: 'static + Clone + Default + Send + Sync>(&mut self, id: egui::Id) -> &mut T {
        self.kept.get_temp_mut_or_default(id)
    }

    /// Takes the scratch out, to draw with it while another one is needed; [`put`](Self::put) gives it back.
    pub fn take<T: 'static + Clone + Default + Send + Sync>(&mut self, id: egui::Id) -> T {
        std::mem::take(self.of::<T>(id))
    }

    pub fn put<T: 'static + Clone + Default + Send + Sync>(&mut self, id: egui::Id, value: T) {
        self.kept.insert_temp(id, value);
    }

    /// Another project was opened: nothing written here belongs to it.
    pub fn clear(&mut self) {
        self.kept = IdTypeMap::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scratch_keeps_each_type_under_its_id_until_cleared() {
        let mut scratch = Scratch::default();
        let (here, there) = (egui::Id::unique("here"), egui::Id::unique("there"));
        "draft".clone_into(scratch.of::<String>(here));
        *scratch.of::<u32>(here) = 7;
        assert_eq!(scratch.of::<String>(here), "draft");
        assert_eq!(*scratch.of::<u32>(here), 7);
        assert_eq!(scratch.of::<String>(there), "");
        scratch.clear();
        assert_eq!(scratch.of::<String>(here), "");
    }
}
