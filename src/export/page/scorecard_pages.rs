use super::Source;
use super::frame::content_area;
use super::plan::ViewPage;
use crate::ui::views::{scorecard_page_ui, scorecard_pages};

/// The pages of the scorecard: its rows, as many as fit on each, under the heads.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    let area = content_area(source.scene.theme, source.size);
    let pages = scorecard_pages(&source.scene, area.size()).into_iter();
    pages
        .map(|page| ViewPage {
            title: page.title(),
            description: page.description(),
            draw: Box::new(move |ui, source, _| scorecard_page_ui(ui, &source.scene, &page)),
        })
        .collect()
}
