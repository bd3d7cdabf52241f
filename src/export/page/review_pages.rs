use super::Source;
use super::frame::content_area;
use super::plan::ViewPage;
use crate::ui::views::{review_part_ui, review_parts};

/// The pages of the review: its agenda with every sentence, then what meetings left.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    let room = content_area(source.scene.theme, source.size).size();
    let page = |part: crate::ui::views::ReviewPart| ViewPage {
        title: part.title(),
        description: part.description(),
        draw: Box::new(move |ui, source, _| review_part_ui(ui, &source.scene, &part)),
    };
    review_parts(&source.scene, room).into_iter().map(page).collect()
}
