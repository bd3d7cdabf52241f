use std::path::Path;

use waymark::storage;
use waymark::workspace::{ExportFormat, ExportWhat, Screen};

use super::{exported, hostile, program, said, skipped};

/// `VNU_JAR` names the jar of the checker of the W3C (Nu HTML Checker).
fn check(file: &Path) {
    let Some(jar) = std::env::var_os("VNU_JAR") else {
        skipped("VNU_JAR names no HTML checker");
        return;
    };
    let jar = jar.to_string_lossy().into_owned();
    if let Some(answer) = program("java", &["-jar", &jar, "--errors-only"], &[file]) {
        assert!(answer.status.success(), "{}", said(&answer));
    }
}

#[test]
fn the_html_checker_finds_no_error_in_a_deck_or_a_view_of_good_and_of_hostile_projects() {
    for (name, project) in [("sample", storage::sample()), ("hostile", hostile::project())] {
        for (what, size) in [(ExportWhat::Deck, "slide"), (ExportWhat::View(Screen::Board), "wide")] {
            let folder = tempfile::tempdir().unwrap();
            let files = exported(&project, what.clone(), ExportFormat::Html, size, folder.path());
            assert_eq!(files.len(), 1, "{name}");
            check(&files[0]);
        }
    }
}

#[test]
fn a_browser_shows_the_deck_on_a_desk_and_in_a_hand() {
    let folder = tempfile::tempdir().unwrap();
    let files = exported(&storage::sample(), ExportWhat::Deck, ExportFormat::Html, "slide", folder.path());
    for window in ["1280,900", "500,900"] {
        let picture = folder.path().join(format!("{window}.png"));
        let (size, to) = (format!("--window-size={window}"), format!("--screenshot={}", picture.display()));
        let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
        let arguments: Vec<&str> = quiet.into_iter().chain([size.as_str(), to.as_str()]).collect();
        // The policy in the file is what turns scripts off.
        let Some(answer) = program("chromium", &arguments, &[&files[0]]) else { return };
        assert!(picture.exists(), "{}", said(&answer));
        let shown = image::open(&picture).unwrap().into_rgb8();
        let colours: std::collections::BTreeSet<_> = shown.pixels().map(|pixel| pixel.0).collect();
        assert!(colours.len() > 40, "{window}: {} colours", colours.len());
    }
}

#[test]
fn an_xml_parser_reads_every_svg() {
    for project in [storage::sample(), hostile::project()] {
        let folder = tempfile::tempdir().unwrap();
        let files = exported(&project, ExportWhat::Deck, ExportFormat::Svg, "slide", folder.path());
        let files: Vec<&Path> = files.iter().map(std::path::PathBuf::as_path).collect();
        let Some(answer) = program("xmllint", &["--noout", "--nonet"], &files) else { return };
        assert!(answer.status.success(), "{}", said(&answer));
    }
}
