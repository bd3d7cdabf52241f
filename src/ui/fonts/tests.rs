use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use egui::{Color32, Context, FontId, RawInput};

use super::*;
use crate::ui::icons;

fn with_fonts<R>(ask: impl FnOnce(&mut egui::epaint::text::FontsView<'_>) -> R) -> R {
    let ctx = Context::default();
    ctx.set_fonts(definitions());
    ctx.run_ui(RawInput::default(), |_| {}).drop_without_applying_deltas();
    ctx.fonts_mut(ask)
}

fn text_families() -> [FontFamily; 6] {
    [FontFamily::Proportional, FontFamily::Monospace, medium(), semibold(), numbers(), numbers_semibold()]
}

fn missing(texts: impl IntoIterator<Item = char>) -> BTreeSet<char> {
    let drawn: BTreeSet<char> = texts.into_iter().filter(|c| !c.is_control() && *c != '\u{feff}').collect();
    with_fonts(|fonts| {
        drawn.into_iter().filter(|c| !text_families().iter().all(|f| fonts.has_glyph(&FontId::new(13.0, f.clone()), *c))).collect()
    })
}

#[test]
fn every_face_draws_outlines() {
    with_fonts(|fonts| {
        for face in faces() {
            let sample = if face.family == ICONS { icons::TARGET.code_point() } else { 'g' };
            let font = FontId::new(24.0, FontFamily::Name(face.family.into()));
            let galley = fonts.layout_no_wrap(sample.to_string(), font, Color32::WHITE);
            let glyph = &galley.rows[0].glyphs[0];
            assert!(!glyph.uv_rect.is_nothing(), "{} draws nothing", face.family);
            assert!(glyph.uv_rect.size.x > 5.0 && glyph.uv_rect.size.y > 8.0, "{}: {:?}", face.family, glyph.uv_rect.size);
        }
    });
}

#[test]
fn digits_are_equally_wide_in_the_faces_for_numbers_only() {
    let widths = |family: FontFamily| {
        let font = FontId::new(100.0, family);
        with_fonts(|fonts| ('0'..='9').map(|digit| fonts.glyph_width(&font, digit)).collect::<Vec<_>>())
    };
    let spread = |widths: &[f32]| widths.iter().copied().fold(f32::MIN, f32::max) - widths.iter().copied().fold(f32::MAX, f32::min);
    for family in [numbers(), numbers_semibold()] {
        assert!(spread(&widths(family)) < 0.2);
    }
    assert!(spread(&widths(FontFamily::Proportional)) > 10.0);
}

#[test]
fn fontdb_finds_each_face_by_the_name_an_svg_uses() {
    let mut db = fontdb::Database::new();
    for face in faces() {
        db.load_font_data(face.bytes.to_vec());
    }
    for face in faces() {
        let query = fontdb::Query {
            families: &[fontdb::Family::Name(face.css_family)],
            weight: fontdb::Weight(face.weight),
            ..fontdb::Query::default()
        };
        let id = db.query(&query).unwrap_or_else(|| panic!("{} is not found", face.css_family));
        let same = db.with_face_data(id, |bytes, _| bytes == face.bytes).unwrap();
        assert!(same, "{} {} finds another face", face.css_family, face.weight);
    }
}

#[test]
fn the_signs_of_the_interface_are_in_every_text_face() {
    let signs = "→←↑↓≥≤−×±≈·✗✓●▼▲◆○■‖–—…€£¥’‘“”Δ⌘⇧⌥⌃½\u{a0}\u{202f}\u{2009}äöüßéèñçøåÄÖÜ";
    assert_eq!(missing(signs.chars()), BTreeSet::new());
}

#[test]
fn every_icon_is_in_the_icon_face() {
    let font = FontId::new(16.0, icons());
    with_fonts(|fonts| {
        for icon in icons::ALL {
            assert!(fonts.has_glyph(&font, icon.code_point()), "{icon:?}");
        }
    });
}

#[test]
fn the_bundled_faces_stay_small() {
    let bytes: usize = faces().iter().map(|face| face.bytes.len()).sum();
    assert!(bytes < 4 << 20, "{bytes} bytes");
}

/// Every character of every text the interface can show is drawn by a bundled face: one that is missing blocks a frame while
/// the fonts of the system are listed.
#[test]
fn every_literal_of_the_interface_can_be_drawn() {
    // `report` is not among the rooms: what it writes goes to terminals and files, in whatever face those have.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for room in ["ui", "chart", "workspace", "analysis", "shell", "document"] {
        rust_files(&root.join(room), &mut files);
    }
    files.extend(["number.rs", "unit.rs", "status.rs", "record.rs"].map(|words| root.join("model").join(words)));
    assert!(files.len() > 20, "the sources are not where this test looks");
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        // Tests may hold anything.
        let shown = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lacking = missing(literals(shown).chars());
        assert!(lacking.is_empty(), "{}: no bundled face has {lacking:?}", file.display());
    }
}

#[test]
fn the_scan_sees_strings_and_characters_but_no_comments() {
    let source = r##"// a ☃ in a comment, and "☃" too
        let a = "✓ \"→\" \u{2260} // no comment"; let life: &'static str = r#"a "≥" raw"#; let c = '−'; let n = '\n'; /* ☃ */"##;
    let seen: String = literals(source).chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(seen, "✓→≠≥−");
}

/// Sources that are never part of the program.
const ONLY_FOR_TESTS: [&str; 4] = ["tests.rs", "arbitrary.rs", "laws.rs", "fixture.rs"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !ONLY_FOR_TESTS.iter().any(|name| path.ends_with(name)) {
            found.push(path);
        }
    }
}

/// The texts of all string and character literals, run together.
fn literals(source: &str) -> String {
    let mut found = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some((text, after)) = raw_string(rest) {
            found.push_str(text);
            rest = after;
        } else if c == '"' {
            rest = quoted(&rest[1..], '"', &mut found);
        } else if c == '\'' && is_character(&rest[1..]) {
            rest = quoted(&rest[1..], '\'', &mut found);
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

/// Not a lifetime: `'x'` or `'\…'`.
fn is_character(after_quote: &str) -> bool {
    after_quote.starts_with('\\') || after_quote.chars().nth(1) == Some('\'')
}

fn raw_string(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    body.split_once(&format!("\"{}", "#".repeat(hashes)))
}

/// Takes the literal up to its end, with `\u{…}` turned into its character; returns what follows.
fn quoted<'s>(text: &'s str, end: char, found: &mut String) -> &'s str {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == end {
            return &rest[1..];
        }
        if let Some((code, after)) = rest.strip_prefix("\\u{").and_then(|r| r.split_once('}')) {
            found.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            rest = after;
        } else if c == '\\' {
            let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
            rest = &rest[1 + escaped..];
        } else {
            found.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    rest
}
