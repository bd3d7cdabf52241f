use std::collections::BTreeSet;
use std::path::Path;

use waymark::document::redacted;
use waymark::workspace::{ExportFormat, ExportWhat, Screen};

use super::secrets::{Secrets, telling_project};
use super::{exported, program, said};

/// The words of the pages, the titles of the document and its bookmarks.
#[test]
fn a_pdf_of_a_redacted_copy_says_nothing_of_the_original() {
    let project = telling_project();
    let copy = redacted::copy(&project, &BTreeSet::new());
    let secrets = Secrets::of(&project).apart_from(&copy);
    for (what, size) in [(ExportWhat::Deck, "slide"), (ExportWhat::All, "wide"), (ExportWhat::View(Screen::Board), "a4")] {
        let folder = tempfile::tempdir().unwrap();
        let files = exported(&copy, what.clone(), ExportFormat::Pdf, size, folder.path());
        let dash = Path::new("-");
        let runs: [(&str, &[&str], &[&Path]); 3] = [
            ("pdftotext", &["-raw", "-enc", "UTF-8"], &[&files[0], dash]),
            ("pdfinfo", &["-struct-text"], &[&files[0]]),
            ("qpdf", &["--json", "--json-key=outlines"], &[&files[0]]),
        ];
        for (name, arguments, paths) in runs {
            let Some(answer) = program(name, arguments, paths) else { return };
            let text = said(&answer);
            // One page has no bookmarks.
            assert!(name == "qpdf" || text.len() > 100, "{name} says {text:?}");
            secrets.look_for(&format!("{what:?} read by {name}"), &text, false);
        }
    }
}
