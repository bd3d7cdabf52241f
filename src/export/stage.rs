use crate::document::Document;
use crate::model::{Date, Project};
use crate::ui::scene::Scene;
use crate::ui::theme::Theme;
use crate::workspace::{FailingLinks, Memos, OutsideLinks, View};

/// What an export works from: the project as it is, with results of its own, as it stood on a day.
pub(super) struct Stage<'a> {
    pub(super) document: Document,
    pub(super) memos: Memos,
    pub(super) view: &'a View,
    pub(super) theme: Theme,
    pub(super) as_of: Date,
}

impl<'a> Stage<'a> {
    pub(super) fn new(project: &Project, view: &'a View, theme: Theme, as_of: Date) -> Self {
        Self { document: Document::new(project.clone()), memos: Memos::default(), view, theme, as_of }
    }

    pub(super) fn scene(&self) -> Scene<'_> {
        let Self { document, memos, view, theme, as_of } = self;
        let (evaluation, tree) = (memos.evaluation(document, *as_of), memos.tree(document));
        Scene {
            document,
            project: document.project(),
            view,
            theme,
            memos,
            failing: FailingLinks::NONE,
            outside: OutsideLinks::NONE,
            as_of: *as_of,
            evaluation,
            tree,
        }
    }
}
