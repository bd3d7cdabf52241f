use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::faces::Faces;
use super::write;
use crate::export::ExportError;
use crate::export::paint::SvgPage;

/// Writes the SVG of a page as a part of an HTML document: its ids with a prefix, as ids are unique in a document; its faces as classes;
/// as wide as there is room.
pub(super) fn svg(out: &mut String, page: &SvgPage, prefix: &str, faces: &mut Faces) -> Result<(), ExportError> {
    let mut reader = Reader::from_str(&page.svg);
    // Browsers show the title of an element that the mouse is over: those of the page stand in a group where no mouse gets.
    let mut about = About::Before;
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => match (tag.name().as_ref(), about) {
                ("svg", _) => root(out, &tag, prefix)?,
                ("title", About::Before) => {
                    out.push_str("<g>");
                    element(out, &tag, prefix, faces)?;
                    about = About::Within;
                }
                _ => element(out, &tag, prefix, faces)?,
            },
            Event::Empty(tag) => {
                element(out, &tag, prefix, faces)?;
                out.pop();
                out.push_str("/>");
            }
            Event::End(tag) => {
                write(out, format_args!("</{}>", tag.name().as_ref()));
                if about == About::Within && tag.name().as_ref() == "desc" {
                    out.push_str("</g>");
                    about = About::After;
                }
            }
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(name) => write(out, format_args!("&{};", &*name)),
            Event::Eof => return Ok(()),
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Whether the title and the description of the page have been met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Before,
    Within,
    After,
}

/// The outermost tag: its size is the reader's, its proportions are the page's.
fn root(out: &mut String, tag: &BytesStart<'_>, prefix: &str) -> Result<(), ExportError> {
    out.push_str("<svg");
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(broken)?;
        match attribute.key.as_ref() {
            "viewBox" | "role" => write(out, format_args!(" {}=\"{}\"", attribute.key.as_ref(), attribute.value)),
            _ => {}
        }
    }
    write(out, format_args!(" aria-labelledby=\"{prefix}title\" aria-describedby=\"{prefix}desc\">"));
    Ok(())
}

fn element(out: &mut String, tag: &BytesStart<'_>, prefix: &str, faces: &mut Faces) -> Result<(), ExportError> {
    write(out, format_args!("<{}", tag.name().as_ref()));
    let mut families = None;
    let mut weight = None;
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(broken)?;
        let value = &attribute.value;
        match attribute.key.as_ref() {
            "font-family" => families = Some(value.clone()),
            "font-weight" => weight = Some(value.clone()),
            "id" => write(out, format_args!(" id=\"{prefix}{value}\"")),
            // White space is kept by the style of the document.
            "xml:space" => {}
            name => match value.strip_prefix("url(#") {
                Some(rest) => write(out, format_args!(" {name}=\"url(#{prefix}{rest}\"")),
                None => write(out, format_args!(" {name}=\"{value}\"")),
            },
        }
    }
    if let Some(families) = families {
        write(out, format_args!(" class=\"{}\"", faces.class(&families, weight.as_deref().unwrap_or("400"))));
    }
    out.push('>');
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> ExportError {
    ExportError::Drawing(error.to_string())
}
