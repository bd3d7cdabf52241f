use std::collections::BTreeSet;
use std::sync::Arc;

use waymark::storage;
use waymark::workspace::{ExportFormat, ExportWhat, Screen};

use super::{exported, hostile, program, said};

#[test]
fn a_deck_is_a_sound_tagged_pdf_with_title_and_bookmarks() {
    let folder = tempfile::tempdir().unwrap();
    let files = exported(&storage::sample(), ExportWhat::Deck, ExportFormat::Pdf, "slide", folder.path());
    if let Some(answer) = program("qpdf", &["--check"], &[&files[0]]) {
        assert!(answer.status.success(), "{}", said(&answer));
    }
    if let Some(answer) = program("pdfinfo", &[], &[&files[0]]) {
        let told = said(&answer).split_whitespace().collect::<Vec<_>>().join(" ");
        for words in ["Title: Fieldnote: Q4 review", "Tagged: yes", "JavaScript: no", "Page size: 1920 x 1080 pts"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
    if let Some(answer) = program("pdfinfo", &["-struct"], &[&files[0]]) {
        let told = said(&answer);
        assert!(told.contains("Figure") && told.contains("H1") && told.contains("Sect"), "{told}");
    }
    if let Some(answer) = program("qpdf", &["--json", "--json-key=outlines"], &[&files[0]]) {
        let told: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
        let bookmarks = told["outlines"].as_array().unwrap();
        let is_objective =
            |mark: &&serde_json::Value| mark["title"].as_str().is_some_and(|title| title.starts_with("Become the daily habit"));
        let objective = bookmarks.iter().find(is_objective).unwrap();
        assert!(objective["kids"].as_array().is_some_and(|kpis| !kpis.is_empty()), "{objective}");
    }
}

#[test]
fn a_report_on_paper_has_the_size_of_the_paper() {
    for (size, words) in [("a4", "595 x 842 pts (A4)"), ("letter-landscape", "792 x 612 pts (letter)")] {
        let folder = tempfile::tempdir().unwrap();
        let files = exported(&storage::sample(), ExportWhat::View(Screen::Board), ExportFormat::Pdf, size, folder.path());
        let Some(answer) = program("pdfinfo", &[], &[&files[0]]) else { return };
        let told = said(&answer).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(&format!("Page size: {words}")), "{told}");
    }
}

/// A sign that no font of this computer has is drawn as a box, and a box alone has no text in a PDF.
fn signs_without_a_font() -> BTreeSet<char> {
    let signs: BTreeSet<char> = hostile::TEXTS.iter().flat_map(|text| text.chars()).filter(|c| !c.is_ascii()).collect();
    let has_font = |c: &char| {
        let charset = format!(":charset={:x}", u32::from(*c));
        program("fc-list", &[&charset], &[]).is_some_and(|answer| !said(&answer).trim().is_empty())
    };
    signs.into_iter().filter(|c| !has_font(c)).collect()
}

#[test]
fn hostile_titles_are_in_the_text_of_the_pdf_in_the_order_they_were_written() {
    let mut project = storage::sample();
    let id = project.goals.values().find(|goal| goal.is_objective()).unwrap().id.clone();
    let strange = signs_without_a_font();
    // Signs of direction and marks without a letter are the reader's to show or not.
    for title in hostile::TEXTS.into_iter().filter(|title| !title.contains(['\u{202e}', '\u{0}', '\u{2028}'])) {
        Arc::make_mut(project.goals.get_mut(&id).unwrap()).title = title.to_owned();
        let folder = tempfile::tempdir().unwrap();
        let files = exported(&project, ExportWhat::Objective(id.clone()), ExportFormat::Pdf, "wide", folder.path());
        // As a reader lays it out, where tall signs can pull a neighbour between the words, and as it is written.
        let arguments = ["-enc", "UTF-8", "-f", "1", "-l", "1"];
        let Some(laid_out) = program("pdftotext", &arguments, &[&files[0], "-".as_ref()]) else { return };
        let raw = program("pdftotext", &["-raw", "-enc", "UTF-8", "-l", "1"], &[&files[0], "-".as_ref()]);
        let both = said(&laid_out) + &raw.map_or_else(String::new, |raw| said(&raw));
        let is_ink = |c: &char| {
            !c.is_whitespace()
                && !strange.contains(c)
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{fe0f}' | '\u{2066}'..='\u{2069}')
        };
        let text: String = both.chars().filter(is_ink).collect();
        // Cut where it is too long for the page.
        let start: String = title.chars().filter(is_ink).take(40).collect();
        assert!(text.contains(&start), "{start} is not in {text}");
    }
}
