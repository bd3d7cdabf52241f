//! Text for a terminal or a mail: paragraphs of a set width.

use crate::analysis::Study;
use crate::analysis::effort::Work;

/// No line is longer, counted in characters.
pub const WIDTH: usize = 100;

/// The words of a text, a number and its unit as one: "99.5 %", "9.1 M".
fn together(words: &str) -> Vec<String> {
    const UNITS: [&str; 9] = ["%", "k", "M", "B", "T", "pts", "min", "h", "d"];
    let mut found: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let is_unit = UNITS.contains(&word.trim_end_matches([',', '.', ';', ':', ')']));
        match found.last_mut().filter(|before| is_unit && before.ends_with(|c: char| c.is_ascii_digit())) {
            Some(before) => {
                before.push(' ');
                before.push_str(word);
            }
            None => found.push(word.to_owned()),
        }
    }
    found
}

/// Lines of at most [`WIDTH`] characters.
pub(super) struct Page<'a> {
    project: Study<'a>,
    pub(super) text: String,
}

impl<'a> Page<'a> {
    pub(super) fn of(project: Study<'a>) -> Self {
        Self { project, text: String::new() }
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Words wrapped with a first and a further indent.
    pub(super) fn paragraph(&mut self, first: &str, indent: usize, words: &str) {
        if !self.project.spend(Work::Goals, words.len()) {
            return;
        }
        let mut line = first.to_owned();
        let mut has_words = false;
        for word in together(words) {
            let mut word = word.as_str();
            loop {
                let gap = usize::from(has_words);
                let room = WIDTH.saturating_sub(line.chars().count() + gap);
                if word.chars().count() <= room {
                    line.push_str(&" ".repeat(gap));
                    line.push_str(word);
                    has_words = true;
                    break;
                }
                if !has_words {
                    // A word longer than a line is cut, so that the width holds.
                    let at = word.char_indices().nth(room.max(1)).map_or(word.len(), |(i, _)| i);
                    line.push_str(&word[..at]);
                    word = &word[at..];
                }
                self.line(&line);
                line = " ".repeat(indent);
                has_words = false;
            }
        }
        if has_words {
            self.line(&line);
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(super) fn title(&mut self, title: &str) {
        self.blank();
        self.line(title);
        self.line(&"─".repeat(title.chars().count()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(
            together("in 8 of 10 cases, 99.5 % (9.1 M), not k"),
            ["in", "8", "of", "10", "cases,", "99.5 %", "(9.1 M),", "not", "k"]
        );
    }
}
