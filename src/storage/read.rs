//! From the bytes of a file to a project.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};

use super::locate::Index;
use super::problem::{FileProblem, Lines};
use super::{v1, words};
use crate::model::Project;

/// The largest file that is read.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// The most problems that are told at once.
const MAX_PROBLEMS: usize = 50;

/// Reads a project file. On failure every problem that could be found at once, at least one, ordered by line.
pub fn read_project(bytes: &[u8]) -> Result<Project, Vec<FileProblem>> {
    let text = as_text(bytes).map_err(|problem| vec![problem])?;
    let version = version(text).map_err(|problem| or_conflicts(text, problem))?;
    match version {
        v1::VERSION => read_v1(text),
        newer => Err(vec![newer_version(text, newer)]),
    }
}

fn read_v1(text: &str) -> Result<Project, Vec<FileProblem>> {
    let file: v1::File = ron::from_str(text).map_err(|error| or_conflicts(text, words::problem(text, &error)))?;
    let (project, faults) = file.into_project();
    let problems = project.validate();
    if faults.is_empty() && problems.is_empty() {
        return Ok(project);
    }
    let index = Index::of(text);
    let mut found: Vec<_> = faults.iter().map(|fault| index.fault(fault)).collect();
    found.extend(problems.iter().map(|problem| index.problem(problem)));
    found.sort();
    found.dedup();
    found.truncate(MAX_PROBLEMS);
    Err(index.placed(found))
}

/// The text of a file, without a byte order mark.
fn as_text(bytes: &[u8]) -> Result<&str, FileProblem> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(FileProblem::at_start(too_large(bytes.len() as u64)));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FileProblem::at_start("this file is in the encoding UTF-16; save it as UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let place = |offset: usize, message: &str| {
        // Up to the offset it is text: what is not is the first thing that is wrong.
        let before = String::from_utf8_lossy(&bytes[..offset]);
        Lines::of(&before).problem(before.len(), message)
    };
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        if begins_otherwise(bytes) {
            return Err(FileProblem::at_start(no_project()));
        }
        return Err(place(offset, "expected text, but found a NUL byte: the file is damaged, so go back to a copy of it"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        place(error.valid_up_to(), "expected text in the encoding UTF-8, but found bytes that are none; save the file as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(FileProblem::at_start("this file is empty, so it holds no project"));
    }
    Ok(text)
}

/// What is said of a file that is larger than [`MAX_FILE_BYTES`].
pub(super) fn too_large(bytes: u64) -> String {
    format!(
        "this file has {} MB, but project files of more than {} MB are not read",
        bytes.div_ceil(1024 * 1024),
        MAX_FILE_BYTES / (1024 * 1024)
    )
}

fn no_project() -> String {
    format!("this is no Waymark project: one begins with (format: \"{}\", version: {}, …)", v1::FORMAT, v1::VERSION)
}

/// Whether the first sign shows that this never was a project: a picture or a workbook, say. A block of zeros may have been anything.
pub(super) fn begins_otherwise(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| !matches!(byte, 0 | b'(' | b'/' | b'#'))
}

/// The version that the first two fields of the file say. Reads no further.
fn version(text: &str) -> Result<u64, FileProblem> {
    let header = Header::default();
    // The error that ends the reading says nothing: what was read before it does.
    if let Ok(mut deserializer) = ron::Deserializer::from_str(text) {
        header.deserialize(&mut deserializer).unwrap_or_default();
    }
    let not_waymark = |header: &Header| match header.format.take() {
        Some(format) => format!("this is no Waymark project: its format is {format:?}, not \"{}\"", v1::FORMAT),
        None => no_project(),
    };
    match header.version.get() {
        Some(version) if header.is_waymark.get() => Ok(version),
        _ if header.is_waymark.get() => Err(FileProblem::at_start(format!(
            "expected the version of the format after format: \"{}\", as in version: {}",
            v1::FORMAT,
            v1::VERSION
        ))),
        _ => Err(FileProblem::at_start(not_waymark(&header))),
    }
}

fn newer_version(text: &str, version: u64) -> FileProblem {
    let offset = text.find("version").unwrap_or(0);
    let message = if version > v1::VERSION {
        format!(
            "this file has version {version} of the project format, but this Waymark reads only up to version {}; open it with a newer Waymark",
            v1::VERSION
        )
    } else {
        format!("this file has version {version} of the project format, but the first one is {}", v1::VERSION)
    };
    Lines::of(text).problem(offset, message)
}

/// A file with conflict markers cannot be read either way: then those are the problem.
fn or_conflicts(text: &str, problem: FileProblem) -> Vec<FileProblem> {
    let conflicts: Vec<FileProblem> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("<<<<<<<"))
        .map(|(index, _)| FileProblem {
            line: index + 1,
            column: 1,
            message: "a merge left a conflict here: choose one of the two sides and take the lines with <<<<<<<, ======= and >>>>>>> away"
                .to_owned(),
        })
        .take(MAX_PROBLEMS)
        .collect();
    if conflicts.is_empty() { vec![problem] } else { conflicts }
}

/// The first two fields of the file, whatever follows.
#[derive(Default)]
struct Header {
    is_waymark: Cell<bool>,
    format: Cell<Option<String>>,
    version: Cell<Option<u64>>,
}

impl<'de> DeserializeSeed<'de> for &Header {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Project", &["format", "version"], self)
    }
}

impl<'de> Visitor<'de> for &Header {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a project")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        for _ in 0..2 {
            match map.next_key_seed(Name)?.as_deref() {
                Some("format") => {
                    let format: String = map.next_value()?;
                    self.is_waymark.set(format == v1::FORMAT);
                    self.format.set(Some(format.chars().take(60).collect()));
                }
                Some("version") => self.version.set(Some(map.next_value()?)),
                _ => return Err(A::Error::custom("another field")),
            }
        }
        // What follows is not read, so the deserializer will miss the end: the caller does not mind.
        Ok(())
    }
}

/// The name of a field, whichever.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }
}
