//! What the clipboard holds of something: its first page as pixels or as text, or what it says.

use super::page::pages;
use super::run::{LAID_OUT, style_of};
use super::{ExportError, Watch, image, markdown};
use crate::model::{Date, Project};
use crate::workspace::jobs::{Clip, Picture};
use crate::workspace::{ExportFormat, ExportRequest};

/// With how many pages there are.
pub fn clip(project: &Project, request: &ExportRequest, today: Date, watch: &mut Watch<'_>) -> Result<(Clip, usize), ExportError> {
    let as_of = request.as_of.unwrap_or_else(|| project.as_of(today));
    if request.format == ExportFormat::Md {
        let file = markdown::file(project, request, as_of, watch)?;
        return Ok((Clip::Text(String::from_utf8_lossy(&file.bytes).into_owned()), 1));
    }
    let view = request.seen();
    let pages = pages(project, &request.what, style_of(request), as_of, &view, &mut |share| watch(share * LAID_OUT))?;
    let first = pages.first().ok_or(ExportError::Nothing)?;
    let clip = if request.format == ExportFormat::Svg {
        Clip::Text(first.svg.clone())
    } else {
        let pixels = image(first, request.scale)?;
        let (width, height) = (pixels.width() as usize, pixels.height() as usize);
        Clip::Picture(Picture { width, height, rgba: pixels.into_raw().into() })
    };
    Ok((clip, pages.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture;
    use crate::export::unwatched;
    use crate::workspace::{CopyAs, ExportWhat};

    fn copied(form: CopyAs) -> (Clip, usize) {
        let request =
            ExportRequest { size: (600, 400), ..ExportRequest::of(ExportWhat::Chart(fixture::metric_id("m-mau")), form.format()) };
        clip(&fixture::project(), &request, fixture::date("2030-01-01"), &mut unwatched).unwrap()
    }

    #[test]
    fn a_chart_is_copied_as_pixels_text_or_words() {
        let (Clip::Picture(picture), 1) = copied(CopyAs::Picture) else { panic!("a picture") };
        assert_eq!((picture.width, picture.height, picture.rgba.len()), (1200, 800, 1200 * 800 * 4));
        assert!(picture.rgba.chunks(4).any(|pixel| pixel != &picture.rgba[..4]), "something is drawn");
        let (Clip::Text(svg), 1) = copied(CopyAs::Svg) else { panic!("text") };
        assert!(svg.contains("<svg") && svg.ends_with("</svg>") || svg.trim_end().ends_with("</svg>"));
        let (Clip::Text(report), _) = copied(CopyAs::Report) else { panic!("text") };
        assert!(report.starts_with("# "));
    }
}
