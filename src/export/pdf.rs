use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::ExportError;
use super::paint::SvgPage;
use super::raster::tree;
use crate::model::Date;

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
pub fn pdf(pages: &[SvgPage], meta: &PdfMeta) -> Result<Vec<u8>, ExportError> {
    let mut document = krilla::Document::new();
    let mut outline = Outline::new();
    for (number, page) in pages.iter().enumerate() {
        let bad_size = || ExportError::Size { width: page.size.x, height: page.size.y };
        let size = Size::from_wh(page.size.x, page.size.y).ok_or_else(bad_size)?;
        let tree = tree(page)?;
        let mut sheet = document.start_page_with(PageSettings::new(size));
        let mut surface = sheet.surface();
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(bad_size)?;
        surface.finish();
        sheet.finish();
        outline.push_child(OutlineNode::new(page.title.clone(), XyzDestination::new(number, Point::from_xy(0.0, 0.0))));
    }
    if pages.len() > 1 {
        document.set_outline(outline);
    }
    document.set_metadata(metadata(meta));
    document.finish().map_err(|error| ExportError::Drawing(format!("{error:?}")))
}

fn metadata(meta: &PdfMeta) -> Metadata {
    let PdfMeta { title, author, language, as_of } = meta;
    let mut out = Metadata::new().title(title.clone()).creator("Waymark".to_owned());
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
