use super::Source;
use super::frame::content_area;
use super::plan::ViewPage;
use crate::ui::views::{roadmap_page_ui, roadmap_parts};
use crate::workspace::Screen;

/// The pages of the roadmap: as many lanes on each as fit.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    let parts = roadmap_parts(&source.scene, content_area(source.scene.theme, source.size).size());
    parts
        .into_iter()
        .map(|part| ViewPage {
            title: Screen::Roadmap.word().to_owned(),
            description: part.description(&source.scene),
            draw: Box::new(move |ui, source, scratch| roadmap_page_ui(ui, &source.scene, scratch, &part)),
        })
        .collect()
}
