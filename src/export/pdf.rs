use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::ExportError;
use super::paint::{Escaped, SvgPage};
use super::raster::tree;
use crate::model::{Date, as_seen};

/// Of the width of paper, beside pages on it.
const MARGIN: f32 = 0.06;

/// What a PDF says about itself.
#[derive(Debug, Clone, Default)]
pub struct PdfMeta {
    /// The title that a reader shows in its window.
    pub title: String,
    /// Who it is from; empty for nobody.
    pub author: String,
    /// BCP 47, such as `en`.
    pub language: String,
    /// The day the numbers stand for. It is the creation date too: the same project gives the same bytes.
    pub as_of: Option<Date>,
}

/// One page of the same size for each page, with real text, its fonts embedded as far as they are used.
///
/// It is tagged: a page is a section with a heading, where its title is drawn as it is, and a figure described in words. It makes no claim
/// to PDF/UA: the text in a drawing is read in the words of its description, not tagged row by row.
pub fn pdf(pages: &[SvgPage], meta: &PdfMeta) -> Result<Vec<u8>, ExportError> {
    bound(pages, &|page| Sheet { size: page.size, places: vec![egui::Rect::from_min_size(egui::Pos2::ZERO, page.size)] }, meta)
}

/// Pages that are wider than high on upright paper, as many under each other as it has room for, to be read by the one who holds it.
pub(super) fn handout(pages: &[SvgPage], paper: egui::Vec2, meta: &PdfMeta) -> Result<Vec<u8>, ExportError> {
    bound(pages, &|page| Sheet::of_paper(paper, page.size), meta)
}

/// A sheet and the places of pages on it.
struct Sheet {
    size: egui::Vec2,
    places: Vec<egui::Rect>,
}

impl Sheet {
    /// Places of some proportions from margin to margin, with the same distance between all of them and the edges.
    fn of_paper(size: egui::Vec2, page: egui::Vec2) -> Self {
        let margin = size.x * MARGIN;
        let width = size.x - 2.0 * margin;
        let place = egui::vec2(width, width * page.y / page.x);
        let count = ((size.y - margin) / (place.y + margin)).floor().max(1.0);
        let gap = ((size.y - count * place.y) / (count + 1.0)).max(0.0);
        let top = |index: usize| gap + index as f32 * (place.y + gap);
        let places = (0..count as usize).map(|index| egui::Rect::from_min_size(egui::pos2(margin, top(index)), place)).collect();
        Self { size, places }
    }
}

/// Where a page is: the number of its sheet and its place there.
type Spot = (usize, egui::Rect);

fn bound(pages: &[SvgPage], sheet_of: &dyn Fn(&SvgPage) -> Sheet, meta: &PdfMeta) -> Result<Vec<u8>, ExportError> {
    let mut document = krilla::Document::new();
    let mut tags = TagTree::new().with_lang(Some(meta.language.clone()).filter(|language| !language.is_empty()));
    let mut spots: Vec<Spot> = Vec::with_capacity(pages.len());
    let mut left = pages;
    let mut number = 0;
    while let Some(first) = left.first() {
        let Sheet { size, places } = sheet_of(first);
        let (here, after) = left.split_at(places.len().clamp(1, left.len()));
        left = after;
        let bad_size = || ExportError::Size { width: size.x, height: size.y };
        let settings = PageSettings::new(Size::from_wh(size.x, size.y).ok_or_else(bad_size)?);
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for (page, place) in here.iter().zip(places) {
            tags.push(section(&mut surface, page, (number, place))?);
            spots.push((number, place));
        }
        surface.finish();
        sheet.finish();
        number += 1;
    }
    document.set_tag_tree(tags);
    if pages.len() > 1 {
        document.set_outline(outline(pages, &spots));
    }
    document.set_metadata(metadata(meta));
    document.finish().map_err(|error| ExportError::Drawing(format!("{error:?}")))
}

/// A page in its place, with its heading where that stands on it in its own words.
fn section(surface: &mut Surface<'_>, page: &SvgPage, (number, place): Spot) -> Result<TagGroup, ExportError> {
    let mut section = TagGroup::new(Tag::Section);
    let (heading, drawing) = match split(page) {
        Some((heading, drawing)) => (Some(heading), drawing),
        None => (None, page.clone()),
    };
    // The drawing begins with the paper, so the heading is drawn over it; it is read first.
    let drawn = draw(surface, &drawing, place, ContentTag::Other)?;
    if let Some(heading) = heading {
        let level = NonZeroU16::MIN.saturating_add(u16::from(page.level));
        let drawn = draw(surface, &heading, place, ContentTag::Span(SpanTag::empty()))?;
        section.push(TagGroup::with_children(Tag::Hn(level, Some(page.title.clone())), vec![Node::Leaf(drawn)]));
    }
    let words = if page.description.is_empty() { &page.title } else { &page.description };
    let whole = Rect::from_xywh(place.left(), place.top(), place.width(), place.height()).map(|rect| BBox::new(number, rect));
    section.push(TagGroup::with_children(Tag::Figure(Some(words.clone())).with_bbox(whole), vec![Node::Leaf(drawn)]));
    Ok(section)
}

fn draw(surface: &mut Surface<'_>, page: &SvgPage, place: egui::Rect, tag: ContentTag<'_>) -> Result<Identifier, ExportError> {
    let tree = tree(page)?;
    let bad_size = || ExportError::Size { width: place.width(), height: place.height() };
    let size = Size::from_wh(place.width(), place.height()).ok_or_else(bad_size)?;
    let is_moved = place.min != egui::Pos2::ZERO;
    if is_moved {
        surface.push_transform(&Transform::from_translate(place.left(), place.top()));
    }
    let identifier = surface.start_tagged(tag);
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.end_tagged();
    if is_moved {
        surface.pop();
    }
    drawn.map(|()| identifier).ok_or_else(bad_size)
}

/// Bookmarks: each page that does not go on with the one before it, those of a lower level under the one above them.
fn outline(pages: &[SvgPage], spots: &[Spot]) -> Outline {
    let mut chapters: Vec<OutlineNode> = Vec::new();
    let mut outline = Outline::new();
    let mut before = "";
    for (page, (number, place)) in pages.iter().zip(spots) {
        if page.title != before {
            let node = OutlineNode::new(page.title.clone(), XyzDestination::new(*number, Point::from_xy(0.0, place.top())));
            match chapters.last_mut().filter(|_| page.level > 0) {
                Some(chapter) => chapter.push_child(node),
                None => chapters.push(node),
            }
        }
        before = &page.title;
    }
    for chapter in chapters {
        outline.push_child(chapter);
    }
    outline
}

/// The rows of the page's title and the rest of it as two drawings, where the title stands on the page in its own words and no clip.
fn split(page: &SvgPage) -> Option<(SvgPage, SvgPage)> {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let wanted = squeezed(&Escaped(&page.title).to_string());
    let mut missing = wanted.as_str();
    let (mut heading, mut rest) = (String::new(), String::with_capacity(page.svg.len()));
    let mut depth = 0;
    for (number, line) in page.svg.lines().enumerate() {
        depth += usize::from(line.starts_with("<g ") && !line.ends_with("</g>"));
        depth -= usize::from(line == "</g>").min(depth);
        let is_row = depth == 0 && line.starts_with("<text ") && !missing.is_empty();
        let row = if is_row { squeezed(&without_tags(line)) } else { String::new() };
        let into = match missing.strip_prefix(&row).filter(|_| !row.is_empty()) {
            Some(after) => {
                missing = after;
                &mut heading
            }
            None if missing.len() < wanted.len() && !missing.is_empty() && is_row => return None,
            None => &mut rest,
        };
        into.push_str(line);
        into.push('\n');
        if number == 0 {
            heading.push_str(line);
            heading.push('\n');
        }
    }
    if wanted.is_empty() || !missing.is_empty() {
        return None;
    }
    heading.push_str("</svg>\n");
    Some((SvgPage { svg: heading, ..page.clone() }, SvgPage { svg: rest, ..page.clone() }))
}

fn without_tags(row: &str) -> String {
    row.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect()
}

fn metadata(meta: &PdfMeta) -> Metadata {
    let PdfMeta { title, author, language, as_of } = meta;
    let mut out = Metadata::new().title(as_seen(title)).creator("Waymark".to_owned());
    if !language.is_empty() {
        out = out.language(language.clone());
    }
    if !author.is_empty() {
        out = out.authors(vec![author.clone()]);
    }
    if let Some(date) = as_of {
        use chrono::Datelike as _;
        let day = krilla::metadata::DateTime::new(date.year().clamp(0, 9999) as u16).month(date.month() as u8).day(date.day() as u8);
        out = out.creation_date(day);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture;
    use crate::export::page::{PageStyle, pages};
    use crate::export::unwatched;
    use crate::workspace::{ExportWhat, View};

    #[test]
    fn upright_paper_has_room_for_two_slides_between_even_margins() {
        let sheet = Sheet::of_paper(egui::vec2(595.0, 842.0), egui::vec2(1920.0, 1080.0));
        let [above, below] = sheet.places[..] else { panic!("{:?}", sheet.places) };
        assert!((above.aspect_ratio() - 16.0 / 9.0).abs() < 0.001 && above.size() == below.size());
        assert!((above.left() + above.right() - 595.0).abs() < 0.01);
        let gaps = [above.top(), below.top() - above.bottom(), 842.0 - below.bottom()];
        assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < 0.01 && *gap > 36.0), "{gaps:?}");
    }

    #[test]
    fn the_title_of_a_slide_is_its_heading_and_all_else_its_figure() {
        let style = PageStyle { size: egui::vec2(1920.0, 1080.0), ..PageStyle::default() };
        let project = crate::storage::sample();
        let day = fixture::date("2026-11-21");
        let slides = pages(&project, &ExportWhat::Deck, style, day, &View::default(), &mut unwatched).unwrap();
        let mut split_up = 0;
        for slide in &slides {
            let Some((heading, drawing)) = split(slide) else { continue };
            split_up += 1;
            let rows = |svg: &str| svg.lines().filter(|line| line.starts_with("<text ")).map(without_tags).collect::<Vec<_>>();
            let told: String = rows(&heading.svg).concat();
            assert_eq!(told.replace(' ', ""), Escaped(&slide.title).to_string().replace(' ', ""));
            assert_eq!(rows(&heading.svg).len() + rows(&drawing.svg).len(), rows(&slide.svg).len());
            tree(&heading).unwrap();
            tree(&drawing).unwrap();
        }
        assert!(split_up * 2 > slides.len(), "{split_up} of {}", slides.len());
    }

    #[test]
    fn a_title_that_is_not_drawn_as_it_is_stays_in_the_figure() {
        let project = fixture::project();
        let chart = ExportWhat::Chart(fixture::metric_id("m-mau"));
        let day = fixture::date("2026-11-21");
        let page = pages(&project, &chart, PageStyle::default(), day, &View::default(), &mut unwatched).unwrap().swap_remove(0);
        assert!(split(&SvgPage { title: "Nowhere on the page".to_owned(), ..page.clone() }).is_none());
        assert!(split(&SvgPage { title: String::new(), ..page }).is_none());
    }

    #[test]
    fn a_pdf_is_tagged_and_its_kpis_stand_under_their_objective() {
        let what = ExportWhat::Chart(fixture::metric_id("m-mau"));
        let day = fixture::date("2026-11-21");
        let page = pages(&fixture::project(), &what, PageStyle::default(), day, &View::default(), &mut unwatched).unwrap().swap_remove(0);
        let named = |title: &str, level| SvgPage { title: title.to_owned(), level, ..page.clone() };
        let three = [named("Objective", 0), named("First KPI", 1), named("Objective two", 0)];
        let bytes = pdf(&three, &PdfMeta { title: "Deck".to_owned(), language: "en".to_owned(), ..PdfMeta::default() }).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for words in ["/StructTreeRoot", "/MarkInfo", "/S/Figure", "/S/Sect", "/Lang(en)", "/Outlines"] {
            assert!(text.replace(' ', "").contains(words), "{words}");
        }
        // The first chapter is open to one below it.
        assert!(text.replace(' ', "").contains("/Count1") || text.replace(' ', "").contains("/Count-1"), "a bookmark under a bookmark");
    }
}
