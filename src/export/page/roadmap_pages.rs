use super::Source;
use super::plan::ViewPage;
use crate::ui::scene::Medium;
use crate::ui::views;
use crate::workspace::Screen;

/// The pages of the roadmap.
pub(super) fn pages<'a>(_source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    vec![ViewPage {
        title: Screen::Roadmap.word().to_owned(),
        description: String::new(),
        draw: Box::new(|ui, source, scratch| views::roadmap_ui(ui, &source.scene, scratch, Medium::Page, &mut Vec::new())),
    }]
}
