use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::html::{Cover, html};
use super::page::{LANGUAGE, PageStyle, pages};
use super::pdf::handout;
use super::pptx::pptx;
use super::{Existing, ExportError, ExportedFile, PdfMeta, SvgPage, markdown, pdf, png, tables, write};
use crate::document::redacted;
use crate::model::{Date, Project, date_words};
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, Screen, file_stem};

/// Hears which share of an export is done, 0…1, and says whether to go on.
pub type Watch<'a> = dyn FnMut(f32) -> ControlFlow<()> + 'a;

/// For who waits without looking.
pub fn unwatched(_share: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Laying out takes this share of the time of an export, drawing the pixels the rest.
pub(super) const LAID_OUT: f32 = 0.3;

pub(super) fn style_of(request: &ExportRequest) -> PageStyle {
    PageStyle { size: egui::vec2(request.size.0 as f32, request.size.1 as f32), theme: request.theme }
}

/// Makes the files of an export, in memory. The same project and request give the same bytes.
pub fn render(project: &Project, request: &ExportRequest, today: Date) -> Result<Vec<ExportedFile>, ExportError> {
    render_watched(project, request, today, &mut unwatched)
}

fn render_watched(
    project: &Project,
    request: &ExportRequest,
    today: Date,
    watch: &mut Watch<'_>,
) -> Result<Vec<ExportedFile>, ExportError> {
    let project = &*shown(project, request);
    let as_of = request.as_of.unwrap_or_else(|| project.as_of(today));
    if !request.what.formats().contains(&request.format) {
        return Err(combination(request));
    }
    if request.format.is_drawn() && !ExportRequest::has_room(request.size) {
        return Err(ExportError::TooSmall { size: request.size, least: ExportRequest::LEAST_SIZE });
    }
    if matches!(request.format, ExportFormat::Xlsx | ExportFormat::Csv) {
        return tables::files(project, request, as_of, watch);
    }
    if request.format == ExportFormat::Md {
        return Ok(vec![markdown::file(project, request, as_of, watch)?]);
    }
    let view = request.seen();
    if request.format == ExportFormat::Pptx {
        let bytes = pptx(project, request, as_of, &view, watch)?;
        return Ok(vec![ExportedFile { name: request.suggested_name(project), bytes }]);
    }
    let paper = handout_of(request);
    let style = if paper.is_some() { PageStyle { size: crate::ui::slides::PAPER, ..style_of(request) } } else { style_of(request) };
    let pages = pages(project, &request.what, style, as_of, &view, &mut |share| watch(share * LAID_OUT))?;
    match request.format {
        ExportFormat::Html => {
            let title = document_title(project, request, &pages);
            let subtitle = format!("{} · as of {}", project.name, date_words(as_of));
            let subtitle = if title == project.name { format!("As of {}", date_words(as_of)) } else { subtitle };
            let theme = style_of(request).theme();
            let cover = Cover { title: &title, subtitle: &subtitle, language: LANGUAGE, theme: &theme };
            Ok(vec![ExportedFile { name: request.suggested_name(project), bytes: html(&pages, &cover)? }])
        }
        ExportFormat::Pptx | ExportFormat::Xlsx | ExportFormat::Csv | ExportFormat::Md => Err(combination(request)),
        ExportFormat::Pdf => {
            let title = document_title(project, request, &pages);
            let meta = PdfMeta { title, author: String::new(), language: LANGUAGE.to_owned(), as_of: Some(as_of) };
            let bytes = paper.map_or_else(|| pdf(&pages, &meta), |paper| handout(&pages, paper, &meta))?;
            Ok(vec![ExportedFile { name: request.suggested_name(project), bytes }])
        }
        ExportFormat::Svg => files(project, request, &pages, watch, |page| Ok(page.svg.clone().into_bytes())),
        ExportFormat::Png => files(project, request, &pages, watch, |page| png(page, request.scale)),
    }
}

/// The paper on which several slides of a deck stand under each other: a slide alone would leave most of it empty.
fn handout_of(request: &ExportRequest) -> Option<egui::Vec2> {
    let size = style_of(request).size;
    let is_handout = request.what == ExportWhat::Deck && request.format == ExportFormat::Pdf && size.y > size.x;
    is_handout.then_some(size)
}

/// The project as the export may show it.
fn shown<'a>(project: &'a Project, request: &ExportRequest) -> Cow<'a, Project> {
    match &request.redacted {
        Some(redaction) => Cow::Owned(redacted::redact(project, &redaction.without)),
        None => Cow::Borrowed(project),
    }
}

/// What a file of pages is called where it is opened.
fn document_title(project: &Project, request: &ExportRequest, pages: &[SvgPage]) -> String {
    let deck = project.deck.title.trim();
    match pages {
        [only] => format!("{} · {}", only.title, project.name),
        _ if request.what.is_slides() && !deck.is_empty() => deck.to_owned(),
        _ => project.name.clone(),
    }
}

fn combination(request: &ExportRequest) -> ExportError {
    let what = match request.what {
        ExportWhat::Deck => "A deck",
        ExportWhat::Slide(_) => "A slide",
        ExportWhat::View(Screen::Map) => "The map",
        ExportWhat::Chart(_) | ExportWhat::Kpi(..) => "A chart",
        _ => "This",
    };
    let instead: Vec<&str> = request.what.formats().iter().map(|format| format.word()).collect();
    ExportError::Combination { what, format: request.format.word(), instead: instead.join(", ") }
}

/// Makes and writes an export to the path of the request, or to the suggested name where it has none. Answers with the files.
pub fn run(project: &Project, request: &ExportRequest, today: Date) -> Result<Vec<PathBuf>, ExportError> {
    run_watched(project, request, today, &mut unwatched)
}

/// [`run`], telling how far it is and stopping where told to; nothing is written before everything is drawn.
pub fn run_watched(project: &Project, request: &ExportRequest, today: Date, watch: &mut Watch<'_>) -> Result<Vec<PathBuf>, ExportError> {
    let files = render_watched(project, request, today, watch)?;
    let path = request.path.clone().unwrap_or_else(|| PathBuf::from(request.suggested_name(&shown(project, request))));
    let existing = if request.overwrite { Existing::Replace } else { Existing::Keep };
    let path = if files.len() > 1 { folder_of_several(&path, request.format) } else { file_of_one(path, request.format) };
    write(&files, &path, existing)
}

/// A file that is one page says what it is: "goals" becomes "goals.png", unless there is a folder of that name.
fn file_of_one(path: PathBuf, format: ExportFormat) -> PathBuf {
    if path.extension().is_some() || path.is_dir() { path } else { path.with_added_extension(format.extension()) }
}

/// Several pages need a folder: "goals.png" becomes "goals", unless there is a folder of that very name.
fn folder_of_several(path: &Path, format: ExportFormat) -> PathBuf {
    let says_file = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(format.extension()));
    if says_file && !path.is_dir() { path.with_extension("") } else { path.to_owned() }
}

/// One file a page; several are numbered in reading order.
fn files(
    project: &Project,
    request: &ExportRequest,
    pages: &[SvgPage],
    watch: &mut Watch<'_>,
    bytes: impl Fn(&SvgPage) -> Result<Vec<u8>, ExportError>,
) -> Result<Vec<ExportedFile>, ExportError> {
    let digits = pages.len().to_string().len().max(2);
    let mut files = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let name = match pages {
            [_] if request.is_one_file() => request.suggested_name(project),
            _ => format!("{:0digits$}-{}.{}", index + 1, file_stem(&page.title), request.format.extension()),
        };
        files.push(ExportedFile { name, bytes: bytes(page)? });
        let share = (index + 1) as f32 / pages.len() as f32;
        if watch(LAID_OUT + (1.0 - LAID_OUT) * share).is_break() {
            return Err(ExportError::Cancelled);
        }
    }
    Ok(files)
}
