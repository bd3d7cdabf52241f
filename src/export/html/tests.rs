use std::collections::BTreeSet;

use egui::vec2;

use super::{Cover, html};
use crate::chart::fixture;
use crate::export::page::{PageStyle, pages};
use crate::export::{SvgPage, render, unwatched};
use crate::model::Project;
use crate::storage;
use crate::ui::{fonts, icons, theme::Theme};
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, PageTheme, Screen, View};

fn export(project: &Project, what: ExportWhat, theme: PageTheme) -> String {
    let request = ExportRequest { scale: 1.0, theme, ..ExportRequest::of(what, ExportFormat::Html) };
    let files = render(project, &request, fixture::date("2026-11-21")).unwrap();
    let [file] = &files[..] else { panic!("one file") };
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// What stands between quotes after ` name="`.
fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_deck_is_one_file_with_an_outline_of_its_slides_and_nothing_to_load_or_run() {
    let html = export(&storage::sample(), ExportWhat::Deck, PageTheme::Light);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    assert!(html.contains("<title>Fieldnote: Q4 review</title>") && html.contains("Fieldnote · as of 21 Nov 2026"));
    assert!(html.contains("default-src 'none'; style-src 'sha256-") && html.contains("name=\"viewport\""));
    assert!(!html.contains("<script") && !html.contains(" style=\"") && !html.contains("http://") && !html.contains("https://"));
    let slides = html.matches("<section ").count();
    assert!(slides > 8, "{slides}");
    assert_eq!(html.matches("<svg ").count(), slides);
    assert_eq!(html.matches(" role=\"img\"").count(), slides);
    let links: Vec<&str> = values(&html, "href").into_iter().filter(|to| to.starts_with('#')).collect();
    assert!(links.len() > 8 && links.iter().all(|to| html.contains(&format!("<section id=\"{}\"", &to[1..]))), "{links:?}");
    assert!(html.contains("<li class=\"deep\">"), "KPIs stand under their objective");
    assert!(!html.contains("Start with the outage"), "notes of the presenter stay with the presenter");
}

#[test]
fn ids_are_there_once_and_what_refers_to_them_finds_them() {
    for what in [ExportWhat::Deck, ExportWhat::All, ExportWhat::View(Screen::Map), ExportWhat::View(Screen::Board)] {
        let html = export(&storage::sample(), what, PageTheme::Light);
        let ids = values(&html, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len());
        let labels = ["aria-labelledby", "aria-describedby"].into_iter().flat_map(|name| values(&html, name));
        let parts = html.split("=\"url(#").skip(1).filter_map(|rest| rest.split(')').next());
        for wanted in labels.chain(parts) {
            assert!(once.contains(wanted), "{wanted}");
        }
    }
}

#[test]
fn the_style_is_the_one_that_the_policy_allows() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let html = export(&fixture::project(), ExportWhat::All, PageTheme::Light);
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style.as_bytes()));
    assert!(html.contains(&format!("style-src 'sha256-{hash}'")));
    assert!(html.split_once("</style>").unwrap().1.find("<style").is_none());
}

#[test]
fn text_is_set_in_faces_that_are_in_the_file() {
    let html = export(&storage::sample(), ExportWhat::Deck, PageTheme::Light);
    let first_families: BTreeSet<&str> = html.split("{font-family:'").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
    let faces: BTreeSet<&str> = html.split("@font-face{font-family:'").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
    assert!(faces.len() >= 2 && faces.is_superset(&first_families), "{faces:?} for {first_families:?}");
    let classes: BTreeSet<&str> = values(&html, "class").into_iter().filter(|class| class.starts_with('f')).collect();
    for class in classes {
        assert!(html.contains(&format!("\n.{class}{{font-family:")), "{class}");
    }
    assert!(!html.contains("font-family=\""), "said once, not for every run");
    for family in first_families {
        assert!(fonts::faces().iter().any(|face| face.family == family), "{family}");
    }
}

#[test]
fn light_and_dark_are_as_asked_for() {
    let project = fixture::project();
    let (light, dark) = (export(&project, ExportWhat::All, PageTheme::Light), export(&project, ExportWhat::All, PageTheme::Dark));
    assert!(light.contains(":root{color-scheme:light") && dark.contains(":root{color-scheme:dark"));
    assert!(light.contains(&super::css(Theme::light().bg.surface)) && dark.contains(&super::css(Theme::dark().bg.surface)));
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let project = storage::sample();
    for what in [ExportWhat::Deck, ExportWhat::View(Screen::Scorecard)] {
        assert_eq!(export(&project, what.clone(), PageTheme::Light), export(&project, what, PageTheme::Light));
    }
}

#[test]
fn every_page_is_a_sheet_of_its_own_size() {
    let html = export(&storage::sample(), ExportWhat::Deck, PageTheme::Light);
    assert!(html.contains("@page s0{size:1920px 1080px;margin:0}") && !html.contains("@page s1"));
    let page = |size| SvgPage { size, ..one_page() };
    let theme = Theme::light();
    let cover = Cover { title: "Two", subtitle: "sizes", language: "en", theme: &theme };
    let html = String::from_utf8(html_of(&[page(vec2(400.0, 300.0)), page(vec2(500.5, 300.0))], &cover)).unwrap();
    assert!(html.contains("@page s0{size:400px 300px") && html.contains("@page s1{size:501px 300px") && html.contains("class=\"s1\""));
}

fn html_of(pages: &[SvgPage], cover: &Cover<'_>) -> Vec<u8> {
    html(pages, cover).unwrap()
}

fn one_page() -> SvgPage {
    let what = ExportWhat::Chart(fixture::metric_id("m-mau"));
    let view = View::default();
    let drawn = pages(&fixture::project(), &what, PageStyle::default(), fixture::date("2026-11-21"), &view, &mut unwatched);
    drawn.unwrap().swap_remove(0)
}

#[test]
fn hostile_titles_are_text_in_heading_and_outline() {
    let theme = Theme::light();
    let words = "</title></h2><script>alert(1)</script> & \"quoted\" \u{7} ]]> <!--";
    let page = SvgPage { title: words.to_owned(), description: format!("{words}\n{words}"), ..one_page() };
    let cover = Cover { title: words, subtitle: words, language: "en\"><script>", theme: &theme };
    let html = String::from_utf8(html_of(&[page.clone(), page], &cover)).unwrap();
    assert!(!html.contains("<script") && !html.contains("<!--") && !html.contains('\u{7}'));
    assert_eq!(
        html.matches("&lt;script&gt;").count(),
        11,
        "language, title and heading, subtitle, outline once; each page's title and two lines"
    );
}

/// What the subsets have is what `make_web.py` was told; that every icon is among it must not be forgotten when one is added.
#[test]
fn every_icon_is_in_the_subset() {
    let named: BTreeSet<u32> = icons::ALL.iter().map(|icon| u32::from(icon.code_point())).collect();
    let script = include_str!("../../../assets/fonts/web/Lucide.txt");
    let made: BTreeSet<u32> = script.split_whitespace().map(|code| u32::from_str_radix(code, 16).unwrap()).collect();
    assert!(made.is_superset(&named), "run assets/fonts/make_web.py: {:x?} are missing", named.difference(&made).collect::<Vec<_>>());
}
