//! What a crash, a full disk or a broken transfer does to files, told apart from what people write by mistake.

use std::fmt;

use super::read::{begins_otherwise, read_project};
use super::v1;

/// What happened to a file that gives no project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It holds nothing.
    Empty,
    /// It holds zeros in the place of text.
    Zeros,
    /// It begins like a project and ends in the middle.
    CutOff,
}

impl Damage {
    /// What happened to a file of these bytes; `None` where it can be read, or where something else is wrong with it.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Some(Self::Empty);
        }
        let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        if bytes.contains(&0) && !is_utf16 && !begins_otherwise(bytes) {
            return Some(Self::Zeros);
        }
        (is_cut_off(bytes) && read_project(bytes).is_err()).then_some(Self::CutOff)
    }
}

/// One sentence.
impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::Zeros => "the file holds zeros in the place of text, as a crash of the computer or a full disk can leave it",
            Self::CutOff => "the file ends in the middle of the project: the rest of it is missing",
        })
    }
}

/// Whether a text begins like a project and ends before the bracket that it began with is closed. A bracket that somebody forgot leaves
/// the last one in its line.
fn is_cut_off(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // In the middle of a sign.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = format!("(\n  format: \"{}\"", v1::FORMAT);
    let begins = head.starts_with(text) || text.contains(&format!("\"{}\"", v1::FORMAT));
    begins && text.lines().next_back() != Some(")") && ends_inside(text)
}

/// Whether a text ends inside a bracket, a quoted text or a comment.
fn ends_inside(text: &str) -> bool {
    let mut depth = 0_i64;
    let mut rest = text;
    while let Some(at) = rest.find(['(', ')', '[', ']', '{', '}', '"', '/']) {
        let (sign, after) = rest[at..].split_at(1);
        rest = after;
        match sign {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "\"" => match end_of_quoted(rest) {
                Some(end) => rest = &rest[end..],
                None => return true,
            },
            _ if rest.starts_with('/') => rest = rest.find('\n').map_or("", |end| &rest[end..]),
            _ if rest.starts_with('*') => match rest.find("*/") {
                Some(end) => rest = &rest[end + 2..],
                None => return true,
            },
            _ => {}
        }
    }
    depth > 0
}

/// Behind the closing mark of a text whose opening one is behind.
fn end_of_quoted(text: &str) -> Option<usize> {
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return Some(at + 1),
            '\\' => drop(signs.next()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Project, ProjectId};
    use crate::storage::{SAMPLE_TEXT, sample, write_project};

    #[test]
    fn a_file_cut_off_anywhere_is_known_as_that() {
        let mut project = Project::empty(ProjectId::from_random(7), "Übung “A”");
        project.vision = "Ende →".to_owned();
        project.goals = sample().goals.into_iter().filter(|(_, goal)| goal.parent.is_none()).take(1).collect();
        let text = write_project(&project).into_bytes();
        let whole = text.iter().rposition(|&b| b == b')').unwrap() + 1;
        assert_eq!(Damage::of(&text), None);
        let missed: Vec<usize> = (1..whole).filter(|&length| Damage::of(&text[..length]) != Some(Damage::CutOff)).collect();
        assert_eq!(missed, [] as [usize; 0], "{}", String::from_utf8_lossy(&text[..missed.first().copied().unwrap_or(0)]));
    }

    #[test]
    fn a_long_file_cut_off_is_known_as_that() {
        let lengths = (1..20).map(|part| SAMPLE_TEXT.len() * part / 20);
        for length in lengths {
            assert_eq!(Damage::of(&SAMPLE_TEXT.as_bytes()[..length]), Some(Damage::CutOff), "cut at {length}");
        }
    }

    #[test]
    fn zeros_and_nothing_are_damage_and_mistakes_are_not() {
        let mut torn = SAMPLE_TEXT.as_bytes().to_vec();
        torn[4096..].fill(0);
        for (bytes, expected) in [
            (&b""[..], Some(Damage::Empty)),
            (b" \n\n", Some(Damage::Empty)),
            (&[0; 4096], Some(Damage::Zeros)),
            (&torn, Some(Damage::Zeros)),
            (b"\xff\xfe(\0\n\0", None),
            (b"%PDF-1.7", None),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
            (b"PK\x03\x04\x14\0", None),
            (b"(\n  format: \"waymark\",\n  version: 2,\n)", None),
            (b"(\n  format: \"waymark\",\n  version: 1,\n  goals: [oops],\n)", None),
            (b"(\n  format: \"waymark\",\n  version: 1,\n  goals: [(id: \"g-1\"],\n)\n", None),
            (SAMPLE_TEXT.as_bytes(), None),
        ] {
            assert_eq!(Damage::of(bytes), expected, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
        }
    }
}
