//! What an export shows: one chart, the page of an objective, or all of them, each on pages of their own size with title, chart,
//! caption and footer.
//!
//! The parts are those of the window, drawn with [`Medium::Page`]: no controls, no scrolling. What
//! does not fit goes on on the next page. Not here: how a page becomes a file.

mod board_pages;
mod chart_page;
mod frame;
mod kpi_pages;
mod map_pages;
mod objective_page;
mod objective_parts;
mod plan;
mod review_pages;
mod roadmap_pages;
mod ruler;
mod scorecard_pages;

#[cfg(test)]
mod tests;

use egui::Vec2;

use super::paint::{Press, Sheet, SvgPage};
use super::{ExportError, Stage, Watch};
use crate::model::{Date, Project};
use crate::ui::chart::PlotScratch;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::slides;
use crate::ui::theme::{Mode, Scale, Theme};
use crate::workspace::{ExportWhat, NamedSize, PageTheme, View};
use frame::Frame;
use plan::Content;
use ruler::Ruler;

/// Type and lines of a page grow with its width: below the first it is set like a window, from the second on like a slide.
const PAGE_FROM: f32 = 900.0;
const SLIDE_FROM: f32 = 1800.0;

/// The language of what Waymark says, BCP 47; its dates are British. A project has marks of numbers, but no language of its own.
pub(super) const LANGUAGE: &str = "en-GB";

/// How pages look, whatever is on them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageStyle {
    /// Width and height in points.
    pub size: Vec2,
    pub theme: PageTheme,
}

impl Default for PageStyle {
    fn default() -> Self {
        Self { size: Vec2::new(1200.0, 675.0), theme: PageTheme::Light }
    }
}

impl PageStyle {
    pub(super) fn theme(self) -> Theme {
        let mode = match self.theme {
            PageTheme::Light => Mode::Light,
            PageTheme::Dark => Mode::Dark,
        };
        let scale = match self.laid_out().x {
            width if width >= SLIDE_FROM => Scale::Slide,
            width if width >= PAGE_FROM => Scale::Page,
            _ => Scale::Screen,
        };
        Theme::new(mode, scale)
    }

    /// How much smaller than it is laid out a page is printed: paper is read from nearer than a screen.
    fn reduction(self) -> f32 {
        let is_paper = |sheet: &NamedSize| sheet.is_paper && self.size == egui::vec2(sheet.size.0 as f32, sheet.size.1 as f32);
        if NamedSize::ALL.iter().any(is_paper) { PAPER_REDUCTION } else { 1.0 }
    }

    /// Width and height that a page is laid out on, in points.
    fn laid_out(self) -> Vec2 {
        self.size * self.reduction()
    }
}

/// Body text of 13 points is a good 8½ on paper.
const PAPER_REDUCTION: f32 = 1.5;

/// What every page of an export is drawn from: a scene of its own, and the size of a page.
struct Source<'a> {
    scene: Scene<'a>,
    size: Vec2,
    ruler: Ruler,
}

/// Draws the pages that show `what` as it stood on a day, arranged as in `view`. `watch` hears after each page which share of them is drawn.
pub fn pages(
    project: &Project,
    what: &ExportWhat,
    style: PageStyle,
    as_of: Date,
    view: &View,
    watch: &mut Watch<'_>,
) -> Result<Vec<SvgPage>, ExportError> {
    let stage = Stage::new(project, view, style.theme(), as_of);
    let theme = &stage.theme;
    let source = Source { scene: stage.scene(), size: style.laid_out(), ruler: Ruler::default() };
    let contents = plan::contents(&source, what)?;
    let of = contents.len();
    let mut press = Press::new(theme);
    let mut printed = Vec::with_capacity(of);
    for content in &contents {
        let number = printed.len() + 1;
        let page = print(&mut press, &source, content, number, of);
        let size = page.size / style.reduction();
        printed.push(page.resized(size));
        if watch(number as f32 / of as f32).is_break() {
            return Err(ExportError::Cancelled);
        }
    }
    Ok(printed)
}

fn print(press: &mut Press, source: &Source<'_>, content: &Content<'_>, number: usize, of: usize) -> SvgPage {
    let scene = &source.scene;
    let (title, description, size) = (content.title(), content.description(source), content.size(source));
    let sheet = Sheet { size, title: &title, description: &description, language: LANGUAGE, paper: scene.theme.bg.surface };
    let frame = Frame { project: scene.project, as_of: scene.as_of, theme: scene.theme, size, number, of };
    // The passes over one page share what the plots remember.
    let mut scratch = Scratch::default();
    let mut plot = PlotScratch::default();
    let page = press.print(&sheet, |ui| {
        if let Content::Slide(page) = content {
            let area = slides::place(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
            slides::slide_ui(ui, scene, &page.slide, page.number, area, Medium::Page, &mut scratch, &mut Vec::new());
            return;
        }
        frame.show(ui, |ui| match content {
            Content::Slide(_) => {}
            Content::Chart { chart, range } => chart_page::show(ui, scene.theme, chart, *range, &mut plot),
            Content::Objective(part) => part.show(ui, source),
            Content::View(page) | Content::Poster { page, .. } => (page.draw)(ui, source, &mut scratch),
            Content::Charts { goal, items } => objective_page::charts(ui, source, goal, items, &mut scratch),
        });
    });
    SvgPage { level: content.level(), ..page }
}
