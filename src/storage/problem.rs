//! What is wrong with a file, and where.

use std::fmt;

/// A problem of a project file. Line and column count from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    pub line: usize,
    pub column: usize,
    /// What is wrong and what was expected, in plain words.
    pub message: String,
}

impl FileProblem {
    pub(super) fn at_start(message: impl Into<String>) -> Self {
        Self { line: 1, column: 1, message: message.into() }
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for FileProblem {}

/// Where the lines of a text begin: turns byte offsets into lines and columns and back.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub(super) fn problem(&self, offset: usize, message: impl Into<String>) -> FileProblem {
        let line = self.line(offset);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or_default();
        FileProblem { line, column: before.chars().count() + 1, message: message.into() }
    }

    /// Lines and columns of byte offsets, in their order. Goes over the text once, however long its lines are.
    pub(super) fn places(&self, offsets: &[usize]) -> Vec<(usize, usize)> {
        let mut order: Vec<usize> = (0..offsets.len()).collect();
        order.sort_by_key(|&index| offsets[index]);
        let mut places = vec![(1, 1); offsets.len()];
        // Where the last one was, so that the next one of its line counts on from there.
        let (mut line, mut column, mut from) = (0, 1, 0);
        for index in order {
            let offset = offsets[index];
            let its_line = self.line(offset);
            if its_line != line {
                (line, column, from) = (its_line, 1, self.starts[its_line - 1]);
            }
            column += self.text.get(from..offset).unwrap_or_default().chars().count();
            from = offset;
            places[index] = (line, column);
        }
        places
    }

    /// The line of a byte offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The byte offset of a line and column, both from 1; the end of the text where there is none.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let Some(&start) = self.starts.get(line.saturating_sub(1)) else { return self.text.len() };
        self.text[start..].char_indices().nth(column.saturating_sub(1)).map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_in_whatever_order_they_are_asked_for() {
        let text = "one\nzwölf\n\nx";
        let lines = Lines::of(text);
        let offsets: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).rev().collect();
        let one_by_one = |offset: &usize| {
            let FileProblem { line, column, .. } = lines.problem(*offset, "");
            (line, column)
        };
        assert_eq!(lines.places(&offsets), offsets.iter().map(one_by_one).collect::<Vec<_>>());
        assert_eq!(lines.places(&[8, 8, 0]), [(2, 4), (2, 4), (1, 1)]);
    }
}
