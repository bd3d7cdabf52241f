//! Words for a terminal: no name in a project, a table or a path may steer it, or turn around what is written beside it.

use std::io::{self, Write};

use crate::model::turns_text;

/// A stream that control characters become spaces in, but for the ends of lines and tabs.
pub(super) struct Plain<'a> {
    pub(super) to: &'a mut dyn Write,
    /// Nothing is changed after all.
    pub(super) exact: bool,
}

fn steers(c: char) -> bool {
    turns_text(c) || (c.is_control() && !matches!(c, '\n' | '\t'))
}

impl Write for Plain<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        if self.exact || !text.contains(steers) {
            self.to.write_all(bytes)
        } else {
            self.to.write_all(text.replace(steers, " ").as_bytes())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut out = Vec::new();
        write!(Plain { to: &mut out, exact: false }, "{text}").unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain("\u{1b}[31mred\u{7}\r\u{9b}2J\u{0}\u{7f}"), " [31mred   2J  ");
        assert_eq!(plain("a\u{202e}zero\u{2066}b"), "a zero b");
    }

    #[test]
    fn what_people_write_stays() {
        let text = "– 1\tשלום، 💥 👩‍👩‍👧\nZür\u{301}ich\n";
        assert_eq!(plain(text), text);
    }
}
