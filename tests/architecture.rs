//! The rules of the house, read from the sources: who may use whom, what the pure rooms never touch, and where colours live.
//!
//! Each rule is tried on text that breaks it, so that a rule that no longer bites is noticed.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// The map of the house, from the top down: a room may use those before it, never those after it.
const ROOMS: [&str; 12] =
    ["model", "analysis", "document", "storage", "import", "report", "chart", "workspace", "ui", "export", "shell", "cli"];

/// Crates of the `gui` feature; rooms above `ui` are built without them.
const GUI_CRATES: [&str; 19] = [
    "clap",
    "directories",
    "ecolor",
    "eframe",
    "egui",
    "egui_extras",
    "egui_plot",
    "egui_system_font_provider",
    "emath",
    "env_logger",
    "epaint",
    "fontdb",
    "image",
    "krilla",
    "krilla_svg",
    "notify",
    "resvg",
    "rfd",
    "usvg",
];

/// Where colours are written down.
const COLOUR_FILE: &str = "ui/theme/tokens.rs";

/// Where drawn colours are multiplied by tints, white is the number one and no colour.
const TINTS: &str = "export/paint/";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// The text between the quotes.
    Text(String),
    Sign(char),
}

/// Tokens with their lines, without comments.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut line, mut found) = (0, 1, Vec::new());
    while i < chars.len() {
        let start = i;
        match chars[i] {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            // A raw string, r"…" or r#"…"#; not a raw word such as r#type.
            'r' if at(i + 1) == '"' || (at(i + 1) == '#' && matches!(at(i + 2), '"' | '#')) => {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                i += hashes + 2;
                let from = i;
                while i < chars.len() && !chars[i..].starts_with(&end) {
                    i += 1;
                }
                found.push((line, Token::Text(chars[from..i].iter().collect())));
                i += end.len();
            }
            '"' => {
                i += 1;
                while i < chars.len() && chars[i] != '"' {
                    i += if chars[i] == '\\' { 2 } else { 1 };
                }
                found.push((line, Token::Text(chars[start + 1..i.min(chars.len())].iter().collect())));
                i += 1;
            }
            // A character; a quote that nothing closes is a lifetime.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && chars[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            c if c.is_alphanumeric() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                found.push((line, Token::Word(chars[start..i].iter().collect())));
            }
            c => {
                if !c.is_whitespace() {
                    found.push((line, Token::Sign(c)));
                }
                i += 1;
            }
        }
        line += chars[start..i.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    found
}

/// A path such as `std::fs::File`, groups written out, `super` resolved to `crate` where it leads to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mention {
    line: usize,
    path: Vec<String>,
    in_test: bool,
}

/// One source file.
struct Source {
    /// Below `src`, with `/`.
    name: String,
    tokens: Vec<(usize, Token)>,
    /// For each token, whether it stands in a module that is built for tests only, and how deep its module lies below the root.
    surroundings: Vec<(bool, usize)>,
}

impl Source {
    fn new(name: &str, text: &str, is_test: bool) -> Self {
        let tokens = tokens(text);
        let mut surroundings = Vec::with_capacity(tokens.len());
        // Open braces: whether they are a module's, and whether that is a test.
        let mut open: Vec<(bool, bool)> = Vec::new();
        for (i, (_, token)) in tokens.iter().enumerate() {
            let in_test = is_test || open.iter().any(|(_, test)| *test);
            let depth = depth_of_file(name) + open.iter().filter(|(module, _)| *module).count();
            surroundings.push((in_test, depth));
            match token {
                Token::Sign('{') => {
                    let module = i >= 2 && tokens[i - 2].1 == Token::Word("mod".to_owned());
                    open.push((module, module && is_cfg_test(&tokens[..i - 2])));
                }
                Token::Sign('}') => {
                    open.pop();
                }
                _ => {}
            }
        }
        Self { name: name.to_owned(), tokens, surroundings }
    }

    fn room(&self) -> Option<&str> {
        let first = self.name.split('/').next()?;
        ROOMS.into_iter().find(|room| *room == first || format!("{room}.rs") == first)
    }

    fn word(&self, i: usize) -> Option<&str> {
        match self.tokens.get(i) {
            Some((_, Token::Word(word))) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, i: usize, sign: char) -> bool {
        matches!(self.tokens.get(i), Some((_, Token::Sign(c))) if *c == sign)
    }

    fn separator(&self, i: usize) -> bool {
        self.sign(i, ':') && self.sign(i + 1, ':')
    }

    fn mentions(&self) -> Vec<Mention> {
        let (mut i, mut found) = (0, Vec::new());
        while i < self.tokens.len() {
            if self.word(i).is_none() || !self.separator(i + 1) {
                i += 1;
                continue;
            }
            let mut paths = Vec::new();
            let after = self.expand(i, &mut Vec::new(), &mut paths);
            let (in_test, depth) = self.surroundings[i];
            let line = self.tokens[i].0;
            found.extend(paths.into_iter().map(|path| Mention { line, path: resolved(path, depth), in_test }));
            i = after;
        }
        found
    }

    /// Reads a path from token `i` on, and gives the token after it.
    fn expand(&self, i: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
        let length = prefix.len();
        let mut i = i;
        while let Some(word) = self.word(i) {
            prefix.push(word.to_owned());
            i += 1;
            if !self.separator(i) {
                break;
            }
            i += 2;
        }
        if self.sign(i, '{') && i >= 2 && self.separator(i - 2) {
            i += 1;
            while i < self.tokens.len() && !self.sign(i, '}') {
                let next = self.expand(i, prefix, found);
                i = if self.sign(next, ',') || next == i { next + 1 } else { next };
            }
            i += 1;
        } else {
            found.push(prefix.clone());
        }
        // `x as y`
        if self.word(i) == Some("as") {
            i += 2;
        }
        prefix.truncate(length);
        i
    }
}

fn depth_of_file(name: &str) -> usize {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.last() {
        Some(&("mod.rs" | "lib.rs" | "main.rs")) => parts.len() - 1,
        _ => parts.len(),
    }
}

/// `super::super::model` from two modules deep is `crate::model`.
fn resolved(path: Vec<String>, depth: usize) -> Vec<String> {
    let ups = path.iter().take_while(|p| *p == "super").count();
    if ups > 0 && ups == depth { std::iter::once("crate".to_owned()).chain(path.into_iter().skip(ups)).collect() } else { path }
}

/// Whether the tokens end in `#[cfg(test)]`, a `pub` aside.
fn is_cfg_test(before: &[(usize, Token)]) -> bool {
    let words: Vec<String> = before
        .iter()
        .rev()
        .take(12)
        .map(|(_, token)| match token {
            Token::Word(word) => word.clone(),
            Token::Text(_) => "\"".to_owned(),
            Token::Sign(c) => c.to_string(),
        })
        .collect();
    words.iter().rev().cloned().collect::<String>().trim_end_matches("pub").ends_with("#[cfg(test)]")
}

/// Modules declared as `#[cfg(test)] mod name;`.
fn test_modules(source: &Source) -> Vec<String> {
    let at = |i: usize| source.word(i).filter(|_| i >= 1 && source.word(i - 1) == Some("mod") && source.sign(i + 1, ';'));
    (0..source.tokens.len()).filter_map(|i| at(i).filter(|_| is_cfg_test(&source.tokens[..i - 1])).map(str::to_owned)).collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Breach {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{}: {}", self.file, self.line, self.what)
    }
}

fn place(room: &str) -> usize {
    ROOMS.iter().position(|r| *r == room).unwrap_or(ROOMS.len())
}

/// Rules that are about paths: given a room and what it mentions, what is wrong.
type PathRule = fn(room: &str, mention: &Mention) -> Option<String>;

fn arrows_point_up(room: &str, mention: &Mention) -> Option<String> {
    let [root, target, ..] = &mention.path[..] else { return None };
    let wrong = (root == "crate" || root == "waymark") && ROOMS.contains(&target.as_str()) && place(target) > place(room);
    wrong.then(|| format!("{room} uses {target}, which lies below it"))
}

fn the_pure_rooms_touch_nothing(room: &str, mention: &Mention) -> Option<String> {
    const OUTSIDE: [&[&str]; 10] = [
        &["std", "env"],
        &["std", "fs"],
        &["std", "io"],
        &["std", "net"],
        &["std", "process"],
        &["std", "thread"],
        &["chrono", "Local"],
        &["chrono", "Utc"],
        &["Local", "now"],
        &["Utc", "now"],
    ];
    let path: Vec<&str> = mention.path.iter().map(String::as_str).collect();
    let clock = path.iter().any(|p| matches!(*p, "SystemTime" | "Instant"));
    let wrong = clock || OUTSIDE.iter().any(|outside| path.starts_with(outside)) || path.contains(&"getrandom");
    (matches!(room, "model" | "analysis") && wrong).then(|| format!("{room} reaches outside its arguments: {}", path.join("::")))
}

fn no_window_above_ui(room: &str, mention: &Mention) -> Option<String> {
    let crate_name = mention.path.first()?;
    let wrong = place(room) < place("ui") && GUI_CRATES.contains(&crate_name.as_str());
    wrong.then(|| format!("{room} lies above ui and uses {crate_name}"))
}

fn no_serde_in_the_model(room: &str, mention: &Mention) -> Option<String> {
    let crate_name = mention.path.first()?;
    (room == "model" && matches!(crate_name.as_str(), "serde" | "serde_json" | "ron")).then(|| format!("model uses {crate_name}"))
}

fn colours_come_from_tokens(_: &str, mention: &Mention) -> Option<String> {
    let path: Vec<&str> = mention.path.iter().map(String::as_str).collect();
    let place = path.iter().position(|p| matches!(*p, "Color32" | "Rgba" | "Hsva"))?;
    let made = *path.get(place + 1)?;
    let constant = made.chars().all(|c| c.is_uppercase() || c == '_') && !matches!(made, "TRANSPARENT" | "PLACEHOLDER");
    let built = matches!(made, "from_rgb" | "from_rgb_additive" | "from_gray" | "from_black_alpha" | "from_white_alpha" | "from_hex");
    (!mention.in_test && (constant || built)).then(|| format!("a colour of its own: {}", path.join("::")))
}

const PATH_RULES: [PathRule; 5] =
    [arrows_point_up, the_pure_rooms_touch_nothing, no_window_above_ui, no_serde_in_the_model, colours_come_from_tokens];

/// `document.apply(…)`, `document().apply(…)` and `Document::apply`: everyone but `workspace` sends it an action.
fn document_is_applied_by_workspace(source: &Source) -> Vec<Breach> {
    if matches!(source.room(), Some("document" | "workspace")) {
        return Vec::new();
    }
    let applies = |i: usize| {
        let by_name = source.word(i) == Some("Document") && source.separator(i + 1) && source.word(i + 3) == Some("apply");
        let called = if source.sign(i + 1, '(') && source.sign(i + 2, ')') { i + 3 } else { i + 1 };
        let by_value = source.word(i) == Some("document") && source.sign(called, '.') && source.word(called + 1) == Some("apply");
        by_name || by_value
    };
    let breach =
        |i: usize| Breach { file: source.name.clone(), line: source.tokens[i].0, what: "applies an edit to a document".to_owned() };
    (0..source.tokens.len()).filter(|&i| applies(i)).map(breach).collect()
}

/// What `model` and `analysis` remember lies in what they are handed, never beside it: `thread_local!`, locks, atomics.
fn the_pure_rooms_hide_no_state(source: &Source) -> Vec<Breach> {
    const HIDING: [&str; 7] = ["thread_local", "LocalKey", "OnceLock", "LazyLock", "LazyCell", "Mutex", "RwLock"];
    if !matches!(source.room(), Some("model" | "analysis")) {
        return Vec::new();
    }
    let hides = |i: &usize| source.word(*i).is_some_and(|word| HIDING.contains(&word) || word.starts_with("Atomic"));
    let breach =
        |i: usize| Breach { file: source.name.clone(), line: source.tokens[i].0, what: "remembers beside its arguments".to_owned() };
    (0..source.tokens.len()).filter(hides).map(breach).collect()
}

/// `"#1F54CC"` and `hex_color!`.
fn colours_are_not_spelled_out(source: &Source) -> Vec<Breach> {
    let hex = |text: &str| {
        let digits = text.strip_prefix('#').unwrap_or("");
        matches!(digits.len(), 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
    };
    let wrong = |(_, token): &(usize, Token)| match token {
        Token::Text(text) => hex(text),
        Token::Word(word) => word == "hex_color",
        Token::Sign(_) => false,
    };
    source
        .tokens
        .iter()
        .zip(&source.surroundings)
        .filter(|(token, (in_test, _))| !in_test && wrong(token))
        .map(|((line, _), _)| Breach { file: source.name.clone(), line: *line, what: "spells a colour out".to_owned() })
        .collect()
}

fn breaches(source: &Source) -> Vec<Breach> {
    let mut found = document_is_applied_by_workspace(source);
    found.extend(the_pure_rooms_hide_no_state(source));
    if let Some(room) = source.room() {
        for mention in source.mentions() {
            let broken = PATH_RULES.iter().filter_map(|rule| rule(room, &mention));
            found.extend(broken.map(|what| Breach { file: source.name.clone(), line: mention.line, what }));
        }
    }
    found.extend(colours_are_not_spelled_out(source));
    if source.name == COLOUR_FILE {
        found.retain(|breach| !breach.what.contains("colour"));
    }
    if source.name.starts_with(TINTS) {
        found.retain(|breach| !breach.what.ends_with("Color32::WHITE"));
    }
    // A group names the same room several times.
    found.dedup();
    found
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn house() -> Vec<Source> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    rust_files(&src, &mut paths);
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let mut for_tests = BTreeSet::new();
    for (name, text) in &texts {
        let folder = if depth_of_file(name) == name.split('/').count() {
            name.trim_end_matches(".rs")
        } else {
            name.rsplit_once('/').map_or("", |(f, _)| f)
        };
        for module in test_modules(&Source::new(name, text, false)) {
            for file in [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")] {
                for_tests.insert(file.trim_start_matches('/').to_owned());
            }
        }
    }
    texts.iter().map(|(name, text)| Source::new(name, text, for_tests.contains(name))).collect()
}

#[test]
fn the_house_keeps_its_rules() {
    let house = house();
    assert!(house.len() > ROOMS.len(), "the sources were found");
    let found: Vec<String> = house.iter().flat_map(breaches).map(|b| b.to_string()).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_map_in_the_library_is_the_one_that_is_checked() {
    let library = house().into_iter().find(|s| s.name == "lib.rs").unwrap();
    let declared: Vec<&str> =
        (1..library.tokens.len()).filter(|&i| library.word(i - 1) == Some("mod")).filter_map(|i| library.word(i)).collect();
    assert_eq!(declared, ROOMS);
}

#[test]
fn the_file_of_colours_is_there() {
    assert!(house().iter().any(|s| s.name == COLOUR_FILE), "{COLOUR_FILE} holds the colours");
}

/// What is wrong with one file of the given text.
fn check(name: &str, text: &str) -> Vec<String> {
    breaches(&Source::new(name, text, false)).into_iter().map(|b| format!("{}: {}", b.line, b.what)).collect()
}

#[test]
fn an_arrow_down_is_found_however_it_is_written() {
    for text in [
        "use crate::storage::load;",
        "use crate::{model::Date, storage::{self, load}};",
        "fn f() { crate::storage::sample(); }",
        "use super::super::storage;",
        "mod tests { use super::super::super::storage::load; }",
        "#[cfg(test)] mod tests { use crate::storage; }",
        "use waymark::storage;",
    ] {
        assert_eq!(check("analysis/pace.rs", text), ["1: analysis uses storage, which lies below it"], "{text}");
    }
    assert_eq!(check("document/mod.rs", "\n\nuse super::storage;"), ["3: document uses storage, which lies below it"]);
}

#[test]
fn arrows_up_and_words_in_passing_are_left_alone() {
    for text in [
        "use crate::model::{Date, Metric};",
        "use super::storage::x;",
        "// crate::storage\n/* crate::shell /* nested */ crate::cli */",
        "const TEXT: &str = \"crate::storage\"; const RAW: &str = r#\"crate::\"storage\"#;",
        "fn f<'a>(x: &'a str) -> char { '\\'' }",
        "use crate::model as storage;",
    ] {
        assert!(check("analysis/pace.rs", text).is_empty(), "{text}");
    }
}

#[test]
fn the_pure_rooms_are_caught_reaching_out() {
    for text in [
        "use std::fs::File;",
        "use std::{collections::BTreeMap, env};",
        "fn f() { std::thread::sleep(d); }",
        "use std::time::{Duration, Instant};",
        "fn f() { Local::now(); }",
        "fn f() { chrono::Utc::now(); }",
        "fn f() { getrandom::u64(); }",
    ] {
        let found = check("model/series.rs", text);
        assert!(matches!(&found[..], [one] if one.contains("reaches outside its arguments")), "{text}: {found:?}");
    }
    assert!(check("storage/save.rs", "use std::fs::File;").is_empty());
}

#[test]
fn the_pure_rooms_are_caught_remembering() {
    for text in [
        "thread_local! { static KNOWN: Cell<u64> = const { Cell::new(0) }; }",
        "static KNOWN: Mutex<Vec<u8>> = Mutex::new(Vec::new());",
        "static COUNT: AtomicU64 = AtomicU64::new(0);",
    ] {
        let found = check("analysis/effort.rs", text);
        assert!(matches!(&found[..], [one, ..] if one.contains("remembers beside its arguments")), "{text}: {found:?}");
        assert!(check("cli/guard.rs", text).is_empty());
    }
    assert!(check("analysis/study.rs", "struct Notes { known: RefCell<u64> }").is_empty());
}

#[test]
fn a_window_above_ui_and_serde_in_the_model_are_caught() {
    assert_eq!(check("chart/mod.rs", "use egui::Pos2;"), ["1: chart lies above ui and uses egui"]);
    assert_eq!(check("workspace/mod.rs", "fn f() -> epaint::Color32 {}"), ["1: workspace lies above ui and uses epaint"]);
    assert!(check("ui/chart.rs", "use egui::Pos2;").is_empty());
    assert_eq!(check("model/goal.rs", "#[derive(serde::Serialize)] struct S;"), ["1: model uses serde"]);
    assert!(check("storage/v1.rs", "use serde::Serialize;").is_empty());
}

#[test]
fn only_workspace_applies_edits_to_the_document() {
    for text in [
        "fn f() { self.workspace.document.apply(\"x\", edit); }",
        "fn f() { Document::apply(&mut d, \"x\", edit); }",
        "fn f() { w.document().apply(l, e); }",
    ] {
        assert_eq!(check("ui/tree.rs", text), ["1: applies an edit to a document"], "{text}");
        assert!(check("workspace/mod.rs", text).is_empty());
    }
    assert!(check("cli/import.rs", "fn f() { document::apply(&mut project, edit); }").is_empty());
}

#[test]
fn a_colour_outside_the_theme_is_caught() {
    for text in ["fn f() { egui::Color32::from_rgb(1, 2, 3); }", "fn f() { Color32::RED; }", "fn f() { ecolor::Color32::from_gray(1); }"] {
        assert_eq!(check("ui/tree.rs", text).len(), 1, "{text}");
    }
    assert_eq!(check("export/page.rs", "const INK: &str = \"#12161C\";"), ["1: spells a colour out"]);
    assert!(check("ui/tree.rs", "#[cfg(test)]\nmod tests { fn f() { Color32::RED; } const C: &str = \"#123456\"; }").is_empty());
    assert!(check("ui/tree.rs", "fn f() { Color32::TRANSPARENT; let id = \"#12\"; }").is_empty());
    assert!(check(COLOUR_FILE, "const INK: &str = \"#12161C\"; fn f() { Color32::from_rgb(1, 2, 3); }").is_empty());
}
