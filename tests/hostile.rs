//! Texts that harm who trusts them come out of every drawn format as what they are: text.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

#[path = "support/hostile.rs"]
mod hostile;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use waymark::export;
use waymark::model::Project;
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat, Screen};

/// All that is drawn: the deck, every page of goals and metrics, every view.
fn everything() -> Vec<ExportWhat> {
    let views = [Screen::Board, Screen::Map, Screen::Scorecard, Screen::Roadmap, Screen::Review];
    [ExportWhat::Deck, ExportWhat::All].into_iter().chain(views.map(ExportWhat::View)).collect()
}

fn drawn(project: &Project, what: ExportWhat, format: ExportFormat) -> Vec<Vec<u8>> {
    let request = ExportRequest { scale: 0.25, ..ExportRequest::of(what, format) };
    let files = export::render(project, &request, project.settings.as_of.unwrap_or_default()).unwrap();
    files.into_iter().map(|file| file.bytes).collect()
}

/// What an SVG consists of.
#[derive(Default)]
struct Parts {
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
    /// Values that lead somewhere.
    leads: Vec<String>,
    /// Characters between the tags of `<text>` and `<title>`, each piece once.
    texts: Vec<String>,
}

/// Reads well-formed XML; anything else fails the test.
fn parts(xml: &str) -> Parts {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found = Parts::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                found.elements.insert(tag.name().as_ref().to_owned());
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let (name, value) = (attribute.key.as_ref().to_owned(), attribute.value.into_owned());
                    if name.ends_with("href") || name == "style" || value.contains("url(") {
                        found.leads.push(value);
                    }
                    found.attributes.insert(name);
                }
            }
            Event::Text(text) => found.texts.push(text.to_string()),
            Event::GeneralRef(_) | Event::End(_) => {}
            Event::Eof => return found,
            other => panic!("neither tag nor text: {other:?}"),
        }
    }
}

#[test]
fn no_text_becomes_markup_in_an_svg() {
    let project = hostile::project();
    let known = [
        "circle",
        "clipPath",
        "defs",
        "desc",
        "ellipse",
        "feGaussianBlur",
        "filter",
        "g",
        "image",
        "path",
        "rect",
        "svg",
        "text",
        "title",
        "tspan",
    ];
    for what in everything() {
        for bytes in drawn(&project, what, ExportFormat::Svg) {
            let svg = String::from_utf8(bytes).unwrap();
            assert!(svg.chars().all(|c| !c.is_control() || c == '\n'), "a control character");
            let Parts { elements, attributes, leads, texts } = parts(&svg);
            let strange: Vec<_> = elements.iter().filter(|name| !known.contains(&name.as_str())).collect();
            assert!(strange.is_empty(), "{strange:?}");
            assert!(attributes.iter().all(|name| !name.starts_with("on")), "{attributes:?}");
            let leads_out = leads.iter().find(|lead| !lead.starts_with("data:image/png;base64,") && !lead.starts_with("url(#"));
            assert_eq!(leads_out, None);
            assert!(!texts.is_empty());
        }
    }
}

/// What is drawn of a page, row by row, without the white space, which may be where a row was broken.
fn drawn_text(svg: &str) -> String {
    let drawn = svg.split("<text ").skip(1).filter_map(|rest| rest.split_once("</text>"));
    let rows = drawn.flat_map(|(row, _)| row.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text));
    let text: String = rows.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a character hides, or turns around what follows it: none of these is drawn.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// How a text is written where characters are no longer commands.
fn tamed(text: &str) -> String {
    let tame = |c: char| match c {
        '\t' | '\n' | '\r' => None,
        '\u{fffe}' | '\u{ffff}' => Some('\u{fffd}'),
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c).filter(|c| !c.is_whitespace() && !is_unseen(*c)),
    };
    text.chars().filter_map(tame).collect()
}

#[test]
fn every_text_is_on_its_page_whole_and_in_the_order_it_was_written() {
    let mut project = waymark::storage::sample();
    let id = project.goals.values().find(|goal| goal.is_objective()).unwrap().id.clone();
    for text in hostile::TEXTS {
        std::sync::Arc::make_mut(project.goals.get_mut(&id).unwrap()).title = text.to_owned();
        let pages = drawn(&project, ExportWhat::Objective(id.clone()), ExportFormat::Svg);
        let svg = String::from_utf8(pages[0].clone()).unwrap();
        let (found, wanted) = (drawn_text(&svg), tamed(text));
        // A title that is too long for its place may be cut, where a reader sees that it is.
        let start: String = wanted.chars().take(60).collect();
        assert!(found.contains(&wanted) || (found.contains(&start) && svg.contains('…')), "{wanted} is not in {found}");
        assert!(!svg.contains(is_unseen), "{wanted}");
        let title = svg.split_once("<title id=\"title\">").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!title.contains(['<', '>']), "{title}");
    }
}

#[test]
fn pictures_and_pdfs_of_every_page_can_be_made_and_hold_nothing_that_runs() {
    let project = hostile::project();
    for what in everything() {
        for bytes in drawn(&project, what.clone(), ExportFormat::Png) {
            assert!(image::load_from_memory(&bytes).unwrap().width() >= 300);
        }
        let [bytes] = &drawn(&project, what, ExportFormat::Pdf)[..] else { panic!("one file") };
        assert!(bytes.starts_with(b"%PDF-"));
        for word in ["/JavaScript", "/JS", "/Launch", "/URI", "/OpenAction", "/EmbeddedFile"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
    }
}
