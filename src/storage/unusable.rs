//! Snapshots that cannot be used: why, and what can still be told of them. They stay where they are.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::damage::Damage;
use super::fs::Fs;
use super::load::{ContentHash, io_words};
use super::read::read_project;
use super::recovery::{ENDING, TIME, TITLE, unescaped};

/// A snapshot that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} cannot be recovered: {why}", path.display())]
pub struct Unusable {
    pub path: PathBuf,
    /// In plain words, from "it" on.
    pub why: String,
    /// When it was made, by what it says, or else when its file was written.
    pub at: Option<NaiveDateTime>,
    /// The file that the changes belong to.
    pub file: Option<PathBuf>,
    /// The name of the project.
    pub name: Option<String>,
}

impl Unusable {
    /// Of a file that cannot even be read.
    pub(super) fn unread(fs: &dyn Fs, path: &Path, error: &io::Error) -> Self {
        let why = format!("it cannot be read: {}", io_words(error));
        Self { path: path.to_owned(), why, at: written(fs, path), file: None, name: None }
    }

    /// Of a file with these bytes that is no whole snapshot.
    pub(super) fn of(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.find("\n(").map_or((&*text, ""), |at| text.split_at(at + 1));
        let said = |name: &str| head.lines().find_map(|line| line.strip_prefix("// ")?.strip_prefix(name)?.strip_prefix(": "));
        let made = said("made").and_then(|made| NaiveDateTime::parse_from_str(made, TIME).ok());
        Self {
            path: path.to_owned(),
            why: why(bytes, head, body),
            at: made.or_else(|| written(fs, path)),
            file: said("file").and_then(unescaped).filter(|file| !file.as_os_str().is_empty()),
            name: name_in(&text),
        }
    }
}

/// Looks at a file that is not named like a snapshot.
pub(super) fn look_at(fs: &dyn Fs, path: &Path, limit: u64) -> Option<Unusable> {
    let is_named_like_a_project = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
    let bytes = match fs.read(path, limit) {
        Ok(bytes) => bytes,
        Err(error) => return is_named_like_a_project.then(|| Unusable::unread(fs, path, &error)),
    };
    if !is_named_like_a_project && !bytes.starts_with(unversioned().as_bytes()) {
        return None;
    }
    let found = Unusable::of(fs, path, &bytes);
    if read_project(&bytes).is_err() {
        return Some(found);
    }
    let why = "its name is none that Waymark gives to unsaved changes. It is a whole project: open it as a file to see what it holds";
    Some(Unusable { why: why.to_owned(), ..found })
}

/// The first line without its version.
fn unversioned() -> &'static str {
    TITLE.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn why(bytes: &[u8], head: &str, body: &str) -> String {
    if let Some(damage @ (Damage::Empty | Damage::Zeros)) = Damage::of(bytes) {
        return damage.to_string();
    }
    let title = head.lines().next().unwrap_or_default();
    let Some(version) = title.strip_prefix(unversioned()) else {
        // A first line that was cut off is the beginning of the whole one.
        return if TITLE.starts_with(title) { CUT_OFF } else { NO_HEAD }.to_owned();
    };
    if let Ok(version) = version.parse::<u32>()
        && title != TITLE
    {
        let own = TITLE.trim_start_matches(unversioned());
        return format!(
            "another version of Waymark wrote it, in version {version} of such files, where this one reads version {own}; start that one to \
             recover it"
        );
    }
    if body.is_empty() {
        return CUT_OFF.to_owned();
    }
    match read_project(body.as_bytes()) {
        // A newer Waymark may have written a newer project.
        Err(_) if Damage::of(body.as_bytes()) == Some(Damage::CutOff) => CUT_OFF.to_owned(),
        Err(problems) => {
            let first = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            format!("it holds no sound project: {first}")
        }
        Ok(_) => {
            let holds = format!("// holds: {}", ContentHash::of(body.as_bytes()));
            let what = if head.lines().any(|line| line == holds) { "the lines before its project were" } else { "it was" };
            format!("{what} changed after Waymark wrote it. It is a whole project still: open it as a file to see what it holds")
        }
    }
}

const CUT_OFF: &str = "the file ends in the middle: the rest of it is missing, as a crash of the computer or a full disk can leave it";
const NO_HEAD: &str = "it does not begin as Waymark writes unsaved changes";

/// The name of the project in what is left of its text.
fn name_in(text: &str) -> Option<String> {
    let rest = text.split("\n  name: \"").nth(1)?;
    let mut name = String::new();
    let mut signs = rest.chars();
    loop {
        match signs.next()? {
            '"' => break,
            '\\' => name.push(signs.next()?),
            sign => name.push(sign),
        }
    }
    let name: String = name.trim().chars().take(200).collect();
    (!name.is_empty()).then_some(name)
}

/// When a file was written, by the clock on the wall.
fn written(fs: &dyn Fs, path: &Path) -> Option<NaiveDateTime> {
    let modified = fs.about(path).ok()??.modified?;
    Some(chrono::DateTime::<chrono::Local>::from(modified).naive_local())
}
