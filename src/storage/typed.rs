//! Texts that stand in fields and are not entered yet, as a snapshot of unsaved changes keeps them.

use std::ffi::OsStr;

use super::recovery::{escaped, unescaped};

/// What was being typed, and where the window was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub texts: Vec<TypedText>,
    /// What the window showed, in its own words.
    pub place: String,
}

/// A text in a field that is not left yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedText {
    /// Names the field for the window.
    pub field: String,
    /// Names it for people.
    pub name: String,
    pub text: String,
    /// It had the keyboard.
    pub focused: bool,
}

/// The most that is kept: all texts together, in bytes. Those that come later are left out.
const MAX_BYTES: usize = 1 << 20;

impl Typed {
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The lines of a snapshot's head, each a name and a value.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        if self.is_empty() {
            return Vec::new();
        }
        let part = |text: &str| escaped(OsStr::new(text));
        let mut room = MAX_BYTES;
        let fits = |typed: &&TypedText| {
            let size = 3 * (typed.field.len() + typed.name.len() + typed.text.len()) + 8;
            room.checked_sub(size).inspect(|left| room = *left).is_some()
        };
        // A tab inside a part is written as %09.
        let line = |typed: &TypedText| {
            let focused = if typed.focused { "1" } else { "0" };
            ("typed", format!("{focused}\t{}\t{}\t{}", part(&typed.field), part(&typed.name), part(&typed.text)))
        };
        let texts = self.texts.iter().filter(fits).map(line);
        texts.chain([("place", part(&self.place))]).collect()
    }

    /// Takes one of [`Self::lines`] in; `None` where it is none.
    pub(super) fn take_line(&mut self, name: &str, value: &str) -> Option<()> {
        let part = |text: &str| unescaped(text)?.into_os_string().into_string().ok();
        match name {
            "place" => self.place = part(value)?,
            "typed" => {
                let mut parts = value.split('\t');
                let focused = parts.next()? == "1";
                let (field, name, text) = (part(parts.next()?)?, part(parts.next()?)?, part(parts.next()?)?);
                self.texts.push(TypedText { field, name, text, focused });
            }
            _ => return None,
        }
        Some(())
    }
}
