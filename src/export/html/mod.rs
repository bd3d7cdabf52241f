//! Pages as one HTML file: nothing to load, nothing that runs.
//!
//! Every page is an inline SVG under a heading, with its words below it where a screen is too small to read the drawing; before them an outline.
//! The text keeps its faces: subsets of them are in the file (`faces`). Not here: what is on a page (`page`) and how it is drawn (`paint`).

mod faces;
mod inline;

use std::fmt::Write as _;

use base64::Engine as _;
use egui::Color32;
use sha2::{Digest as _, Sha256};

use super::ExportError;
use super::paint::{Escaped, SvgPage};
use crate::ui::theme::Theme;
use faces::Faces;

/// What stands around the pages.
pub(super) struct Cover<'a> {
    pub(super) title: &'a str,
    /// Below the title: the day of the data.
    pub(super) subtitle: &'a str,
    /// BCP 47.
    pub(super) language: &'a str,
    pub(super) theme: &'a Theme,
}

const STYLE: &str = include_str!("style.css");

/// The whole file. The same pages give the same bytes.
pub(super) fn html(pages: &[SvgPage], cover: &Cover<'_>) -> Result<Vec<u8>, ExportError> {
    let mut faces = Faces::default();
    let mut sections = String::new();
    for (index, page) in pages.iter().enumerate() {
        section(&mut sections, page, index + 1, pages, &mut faces)?;
    }
    let style = [colours(cover.theme), STYLE.to_owned(), sheets(pages), faces.rules()].concat();
    // Only this very style applies, whatever a text on a page looks like.
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    let Cover { title, subtitle, language, .. } = cover;
    let (title, subtitle) = (Escaped(title), Escaped(subtitle));
    let mut out = String::with_capacity(sections.len() + style.len() + 4096);
    write(
        &mut out,
        format_args!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; \
             font-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Waymark\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n\
             <style>{style}</style>\n</head>\n<body>\n<header>\n<h1><bdi>{title}</bdi></h1>\n<p><bdi>{subtitle}</bdi></p>\n</header>\n",
            Escaped(language)
        ),
    );
    outline(&mut out, pages);
    write(&mut out, format_args!("<main>\n{sections}</main>\n</body>\n</html>\n"));
    Ok(out.into_bytes())
}

/// A page: its number and title, its drawing, its words.
fn section(out: &mut String, page: &SvgPage, number: usize, pages: &[SvgPage], faces: &mut Faces) -> Result<(), ExportError> {
    let title = Escaped(&page.title);
    let sheet = sheet_number(pages, page);
    write(out, format_args!("<section id=\"page-{number}\" class=\"s{sheet}\" aria-labelledby=\"page-{number}-name\">\n"));
    if pages.len() > 1 {
        write(out, format_args!("<h2 id=\"page-{number}-name\"><span>{number}</span> <bdi>{title}</bdi></h2>\n"));
    } else {
        write(out, format_args!("<h2 id=\"page-{number}-name\"><bdi>{title}</bdi></h2>\n"));
    }
    inline::svg(out, page, &format!("p{number}-"), faces)?;
    let mut lines = page.description.lines().filter(|line| !line.trim().is_empty()).peekable();
    if lines.peek().is_some() {
        out.push_str("<div class=\"words\">\n");
        for line in lines {
            write(out, format_args!("<p dir=\"auto\">{}</p>\n", Escaped(line)));
        }
        out.push_str("</div>\n");
    }
    out.push_str("</section>\n");
    Ok(())
}

/// Links to the pages. Those that go on with the one before them have no line of their own.
fn outline(out: &mut String, pages: &[SvgPage]) {
    if pages.len() < 2 {
        return;
    }
    out.push_str("<nav aria-label=\"Contents\">\n<details open>\n<summary>Contents</summary>\n<ol>\n");
    let mut before = "";
    for (index, page) in pages.iter().enumerate() {
        if page.title != before {
            let number = index + 1;
            let deep = if page.level > 0 { " class=\"deep\"" } else { "" };
            let title = Escaped(&page.title);
            write(out, format_args!("<li{deep}><a href=\"#page-{number}\"><span>{number}</span> <bdi>{title}</bdi></a></li>\n"));
        }
        before = &page.title;
    }
    out.push_str("</ol>\n</details>\n</nav>\n");
}

/// The colours that the style names, from the theme.
fn colours(theme: &Theme) -> String {
    let scheme = if theme.is_dark() { "dark" } else { "light" };
    let mut out = format!("\n:root{{color-scheme:{scheme}");
    let named = [
        ("window", theme.bg.window),
        ("surface", theme.bg.surface),
        ("hover", theme.bg.hover),
        ("strong", theme.text.strong),
        ("text", theme.text.default),
        ("muted", theme.text.muted),
        ("line", theme.line.hairline),
        ("accent", theme.accent.accent),
    ];
    for (name, colour) in named {
        write(&mut out, format_args!(";--{name}:{}", css(colour)));
    }
    out.push_str("}\n");
    out
}

fn css(colour: Color32) -> String {
    let [red, green, blue, _] = colour.to_array();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// On paper each page is a sheet of its own size.
fn sheets(pages: &[SvgPage]) -> String {
    let mut out = String::new();
    for (number, size) in sizes(pages).into_iter().enumerate() {
        let [width, height] = size;
        write(
            &mut out,
            format_args!("@page s{number}{{size:{width}px {height}px;margin:0}}\n.s{number}{{page:s{number};--wide:{width}px}}\n"),
        );
    }
    out
}

/// The sizes that pages have, in points, each once.
fn sizes(pages: &[SvgPage]) -> Vec<[i64; 2]> {
    let mut found: Vec<[i64; 2]> = Vec::new();
    for page in pages {
        let size = size(page);
        if !found.contains(&size) {
            found.push(size);
        }
    }
    found
}

fn size(page: &SvgPage) -> [i64; 2] {
    [page.size.x, page.size.y].map(|side| side.ceil() as i64)
}

fn sheet_number(pages: &[SvgPage], page: &SvgPage) -> usize {
    let wanted = size(page);
    sizes(pages).iter().position(|size| *size == wanted).unwrap_or(0)
}

/// Appends to a string, which cannot fail.
fn write(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).unwrap_or_default();
}

#[cfg(test)]
mod tests;
