//! The board: how are we doing? The sentence on top, how many goals there are of each status, the table, and what to look at first.
//!
//! What is listed and what the cells say is [`crate::chart::board`]; here it is only drawn.

mod columns;
mod head;
mod keys;
mod news;
mod row;
mod table;
mod tools;

use std::sync::Arc;

use egui::{Id, Ui};

use super::cycle::empty_cycle_ui;
use super::import_offer::import_offer_ui;
use super::page_ui;
use crate::chart::board::{Board, Row, Wanted};
use crate::model::GoalId;
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::space;
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, BoardView, New};

pub use head::page_head_height;
pub use news::{NewsRow, news_rows, page_news_height, page_news_rows, shown_news};
pub use table::{page_line_height, page_table_head};

/// What the board keeps between frames.
#[derive(Clone, Default)]
struct Kept {
    /// What was selected in the last frame: a new selection is scrolled to.
    seen: Option<GoalId>,
    /// The list of what to look at first is scrolled to in the next frame.
    to_news: bool,
}

pub fn board_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, medium: Medium, actions: &mut Vec<Action>) {
    if scene.tree.roots().is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    if empty_cycle_ui(ui, scene, actions) {
        return;
    }
    let board = scene.memos.board(scene.document, scene.as_of, scene.view);
    let news = news_rows(scene);
    let id = Id::unique("board");
    let mut kept: Kept = scratch.take(id);
    page_ui(ui, scene, medium, "board", |ui| {
        head::head_ui(ui, scene, &board, news.len(), &mut kept, medium, actions);
        ui.add_space(space::XS);
        tools::tools_ui(ui, scene, &board, actions);
        table::table_ui(ui, scene, &board, &mut kept, actions);
        ui.add_space(space::XS);
        news::news_ui(ui, scene, &news, &mut kept, actions);
    });
    scratch.put(id, kept);
}

/// A part of the board that fits on a page.
pub struct BoardPart<'a> {
    pub board: &'a Board,
    /// The lines of [`Board::lines`] that are on it.
    pub lines: std::ops::Range<usize>,
    pub news: &'a [NewsRow],
    /// Page 2 and on.
    pub continued: bool,
}

/// A page of the board: no controls, no scrolling.
pub fn board_page_ui(ui: &mut Ui, scene: &Scene<'_>, part: &BoardPart<'_>) {
    let BoardPart { board, lines, news, continued } = part;
    let theme = scene.theme;
    page_ui(ui, scene, Medium::Page, "board", |ui| {
        head::page_head_ui(ui, scene, board, *continued);
        if !lines.is_empty() {
            table::page_table_ui(ui, scene, board, lines.clone());
        }
        if !news.is_empty() {
            if !lines.is_empty() {
                ui.add_space(theme.px(space::XS));
            }
            news::page_news_ui(ui, scene, news);
        }
    });
}

fn row_of(scene: &Scene<'_>, goal: &GoalId) -> Option<Arc<Row>> {
    scene.memos.board_row(scene.document, scene.as_of, goal)
}

fn wanted<'a>(scene: &Scene<'a>) -> &'a Wanted {
    &scene.view.arranged.board.wanted
}

/// The board asked for in another way.
fn arrange(scene: &Scene<'_>, change: impl FnOnce(&mut BoardView)) -> Action {
    let mut view = scene.view.arranged.board.clone();
    change(&mut view);
    Action::Arrange(Arrangement::Board(view))
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "The board shows how every objective and its key results are doing. An objective says where you want to go; press C to say \
               one in one sentence.";
    if widgets::empty_state_ui(ui, scene.theme, icons::TARGET, "No objective yet", why, Some("Add an objective")) {
        actions.push(Action::Add(New::Objective { parent: None }));
    }
    import_offer_ui(ui, scene.theme, actions);
}
