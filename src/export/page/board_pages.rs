use std::ops::Range;
use std::sync::Arc;

use super::Source;
use super::frame::content_area;
use super::plan::ViewPage;
use crate::chart::board::{Board, Line};
use crate::ui::theme::space;
use crate::ui::views::board::{
    BoardPart, NewsRow, board_page_ui, news_rows, page_head_height, page_line_height, page_news_height, page_news_rows, page_table_head,
    shown_news,
};

/// What is on one page.
struct Part {
    lines: Range<usize>,
    news: Range<usize>,
}

/// The pages of the board: the table as long as it is, then what to look at first, where there is room for it or on a page of its own.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    let scene = &source.scene;
    if scene.tree.roots().is_empty() {
        return Vec::new();
    }
    let board = scene.memos.board(scene.document, scene.as_of, scene.view);
    let news: Arc<[NewsRow]> = shown_news(scene, news_rows(scene)).into();
    let parts = parts(source, &board, &news);
    let page = |(number, part): (usize, Part)| {
        let (board, news) = (Arc::clone(&board), Arc::clone(&news));
        ViewPage {
            title: board.title.clone(),
            description: description(source, &board, &news, &part, number == 0),
            draw: Box::new(move |ui, source, _| {
                let Part { lines, news: told } = &part;
                let part = BoardPart { board: &board, lines: lines.clone(), news: &news[told.clone()], continued: number > 0 };
                board_page_ui(ui, &source.scene, &part);
            }),
        }
    };
    parts.into_iter().enumerate().map(page).collect()
}

/// Lines and news, page by page; each page has at least one.
fn parts(source: &Source<'_>, board: &Board, news: &[NewsRow]) -> Vec<Part> {
    let theme = source.scene.theme;
    let area = content_area(theme, source.size);
    let height = area.height();
    let mut rows = Vec::new();
    source.ruler.height(theme, area.width(), |ui| rows = page_news_rows(ui, theme, news));
    let gap = theme.px(space::M);
    let mut parts: Vec<Part> = Vec::new();
    let (mut next, mut told) = (0, 0);
    loop {
        let mut room = height - page_head_height(theme, !parts.is_empty()) - gap;
        let first = next;
        if next < board.lines.len() {
            room -= page_table_head(theme);
            while next < board.lines.len() && (next == first || page_line_height(theme, &board.lines[next]) <= room) {
                room -= page_line_height(theme, &board.lines[next]);
                next += 1;
            }
            room -= gap + theme.px(space::XS);
        }
        let told_before = told;
        if next == board.lines.len() && told < news.len() {
            // All on one page, if need be one of its own; a list longer than a page goes on.
            let fits = (told..news.len()).take_while(|last| page_news_height(theme, &rows[told..=*last]) <= room).count();
            let is_own_page = first == next;
            if fits == news.len() - told || is_own_page {
                told += fits.max(1);
            }
        }
        parts.push(Part { lines: first..next, news: told_before..told });
        if next == board.lines.len() && told >= news.len() {
            return parts;
        }
    }
}

/// For who cannot see the page: each row in words.
fn description(source: &Source<'_>, board: &Board, news: &[NewsRow], part: &Part, is_first: bool) -> String {
    let scene = &source.scene;
    let mut told: Vec<String> = Vec::new();
    if is_first {
        told.push(format!("{}.", board.title));
    }
    for line in &board.lines[part.lines.clone()] {
        match line {
            Line::Group { name, .. } => told.push(format!("{name}:")),
            Line::Goal { id, .. } => {
                let row = scene.memos.board_row(scene.document, scene.as_of, id);
                told.extend(row.map(|row| format!("{}: {}, {}.", row.title, row.status.word().to_lowercase(), row.words())));
            }
        }
    }
    told.extend(news[part.news.clone()].iter().map(|news| news.sentence.clone()));
    told.join(" ")
}
