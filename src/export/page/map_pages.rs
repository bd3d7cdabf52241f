use egui::Vec2;

use super::Source;
use super::frame::content_area;
use super::plan::{Content, ViewPage};
use crate::ui::views;
use crate::workspace::Screen;

/// The pages of the map: one with all of it as large as it must be to be read, or several where that would be no sheet of paper.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<Content<'a>> {
    let around: Vec2 = source.size - content_area(source.scene.theme, source.size).size();
    let maps = views::map_pages(&source.scene, source.size, around);
    let of = maps.len();
    let page = |(number, page): (usize, views::MapPage)| {
        let views::MapPage { map, size, description } = page;
        let title = if of > 1 { format!("{}, part {}", Screen::Map.word(), number + 1) } else { Screen::Map.word().to_owned() };
        let draw: Box<super::plan::Draw<'a>> = Box::new(move |ui, source, _| views::map_page_ui(ui, &source.scene, &map));
        Content::Poster { page: ViewPage { title, description, draw }, size }
    };
    maps.into_iter().enumerate().map(page).collect()
}
