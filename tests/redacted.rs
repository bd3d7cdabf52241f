//! What a redacted copy and redacted exports say, in every format: none of the original values, notes, owners and names of people.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/secrets.rs"]
mod secrets;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use secrets::Secrets;
use waymark::analysis::evaluate;
use waymark::document::redacted;
use waymark::model::{Project, Tree};
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat, Redaction, Screen};
use waymark::{export, report, storage};

/// What XML says to people: what stands between its tags, and the words of attributes that are read out.
fn said(xml: &str) -> String {
    let mut text = String::new();
    for piece in xml.split('<').skip(1) {
        let (tag, between) = piece.split_once('>').unwrap_or((piece, ""));
        for name in ["descr=\"", "title=\"", "aria-label=\"", "alt=\"", "name=\"", "content=\"", "href=\"", "id=\""] {
            text.extend(tag.split(name).skip(1).filter_map(|value| value.split('"').next()).flat_map(|value| [value, "\n"]));
        }
        text.push_str(between);
        text.push('\n');
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text, |text, (escaped, sign)| text.replace(escaped, sign))
}

/// Every part of a file: its name, its text, and whether days are numbers in it.
fn parts(name: &str, bytes: &[u8]) -> Vec<(String, String, bool)> {
    let days = name.contains(".xlsx") || name.contains("/charts/");
    if !bytes.starts_with(b"PK\x03\x04") {
        if bytes.starts_with(b"\x89PNG") {
            return vec![(name.to_owned(), beside_the_pixels(bytes), days)];
        }
        let text = String::from_utf8_lossy(bytes);
        let is_marked_up = text.trim_start().starts_with('<');
        return vec![(name.to_owned(), if is_marked_up { said(&text) } else { text.into_owned() }, days)];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let inside = format!("{name}/{}", file.name().unwrap());
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        drop(file);
        // Fixed by the formats, and full of numbers of their own.
        let is_form =
            ["theme", "slideMaster", "slideLayout", "styles.xml", "presProps", "docProps/app"].iter().any(|part| inside.contains(part));
        if !is_form {
            found.extend(parts(&inside, &content));
        }
    }
    found
}

fn request(what: ExportWhat, format: ExportFormat) -> ExportRequest {
    ExportRequest { scale: 0.25, redacted: Some(Redaction::default()), ..ExportRequest::of(what, format) }
}

/// All of a PNG but its pixels: a page has no text there.
fn beside_the_pixels(png: &[u8]) -> String {
    let mut rest = &png[8..];
    let mut text = String::new();
    while let [a, b, c, d, kind @ ..] = rest {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        if !kind.starts_with(b"IDAT") {
            text.push_str(&String::from_utf8_lossy(&kind[..4 + length]));
        }
        rest = &rest[12 + length..];
    }
    text
}

/// The words of a PDF are packed; `tests/outside` reads them. Of the pictures a few pages are enough: all are made alike.
fn is_read(what: &ExportWhat, format: ExportFormat) -> bool {
    match format {
        ExportFormat::Pdf => false,
        ExportFormat::Png => *what == ExportWhat::View(Screen::Board),
        _ => true,
    }
}

fn look_everywhere(project: &Project) {
    let copy = redacted::copy(project, &BTreeSet::new());
    assert_eq!(copy.validate(), []);
    let secrets = Secrets::of(project).apart_from(&copy);
    assert!(secrets.texts.len() > 20 && secrets.numbers.len() > 200 && secrets.amounts.len() > 5);
    secrets.look_for("the file", &storage::write_project(&copy), false);
    for id in project.goals.keys().map(waymark::model::GoalId::as_str).chain(project.metrics.keys().map(waymark::model::MetricId::as_str)) {
        assert!(!storage::write_project(&copy).contains(&format!("\"{id}\"")), "{id}");
    }
    let (tree, as_of) = (Tree::of(&copy), project.settings.as_of.unwrap());
    let evaluation = evaluate(&copy, &tree, as_of);
    secrets.look_for("the briefing", &report::text(&copy, &tree, &evaluation), false);
    secrets.look_for("the briefing as JSON", &report::json(&copy, &tree, &evaluation).to_string(), false);
    let views = [Screen::Board, Screen::Map, Screen::Scorecard, Screen::Roadmap, Screen::Review].map(ExportWhat::View);
    let mut read = 0;
    for what in [ExportWhat::Deck, ExportWhat::All].into_iter().chain(views) {
        for format in what.formats().iter().copied().filter(|format| is_read(&what, *format)) {
            let request = request(what.clone(), format);
            for file in export::render(project, &request, as_of).unwrap() {
                for (name, text, days) in parts(&file.name, &file.bytes) {
                    secrets.look_for(&format!("{what:?} as {format:?}, {name}"), &text, days);
                    read += text.len();
                }
            }
        }
    }
    assert!(read > 100_000, "{read} bytes were read");
}

#[test]
fn nothing_of_the_sample_is_found_in_its_redacted_copy_and_exports() {
    look_everywhere(&storage::sample());
}

#[test]
fn nothing_of_a_project_that_says_something_everywhere_is_found_in_its_redacted_copy_and_exports() {
    look_everywhere(&secrets::telling_project());
}

#[test]
fn nothing_of_a_hostile_project_is_found_in_its_redacted_copy_and_exports() {
    look_everywhere(&hostile::project());
}

/// What is looked for is there where nothing is redacted.
#[test]
fn the_search_finds_what_is_not_redacted() {
    let project = storage::sample();
    let secrets = Secrets::of(&project);
    let file = storage::write_project(&project);
    assert!(secrets.texts.iter().filter(|text| file.contains(text.as_str())).count() > 20);
    let plain = ExportRequest { redacted: None, ..request(ExportWhat::Deck, ExportFormat::Svg) };
    let pages = export::render(&project, &plain, project.settings.as_of.unwrap()).unwrap();
    let text: String = pages.iter().flat_map(|page| parts(&page.name, &page.bytes)).map(|(_, text, _)| text).collect();
    assert!(secrets.amounts.iter().filter(|amount| text.contains(amount.as_str())).count() > 5, "{text}");
    let found = std::panic::catch_unwind(|| secrets.look_for("the deck", &text, false));
    assert!(found.is_err());
}
