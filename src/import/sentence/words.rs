//! A line as words with their places.

use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) lower: String,
    pub(super) span: Range<usize>,
}

impl Word {
    fn new(line: &str, span: Range<usize>) -> Self {
        let text = line.get(span.clone()).unwrap_or_default().to_owned();
        let lower = text.to_lowercase().replace('’', "'");
        Self { text, lower, span }
    }

    /// A comma, a bracket: nothing that is read aloud.
    pub(super) fn is_mark(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }
}

/// Marks that stand alone: brackets, the comma, arrows and the dash between numbers.
fn stands_alone(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '!' | '?' | '→' | '–' | '—' | '"' | '“' | '”' | '„')
}

/// Splits at white space and at marks. A comma, point or colon inside a number belongs to it.
pub(super) fn split(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begun: Option<usize> = None;
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let digit = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|(_, c)| c.is_ascii_digit());
    for (index, &(at, c)) in chars.iter().enumerate() {
        let in_number = digit(index.checked_sub(1)) && digit(Some(index + 1));
        let arrow = c == '-' && chars.get(index + 1).is_some_and(|(_, n)| *n == '>');
        let splits = c.is_whitespace()
            || c.is_control()
            || arrow
            || (stands_alone(c) && !(c == ',' && in_number))
            || (c == '.' && chars.get(index + 1).is_none_or(|(_, n)| n.is_whitespace() || stands_alone(*n)));
        if splits {
            words.extend(begun.take().map(|from| Word::new(line, from..at)));
            if stands_alone(c) {
                words.push(Word::new(line, at..at + c.len_utf8()));
            } else if arrow {
                words.push(Word::new(line, at..at + 2));
            }
        } else if c == '>' && index > 0 && chars[index - 1].1 == '-' {
            // The other half of an arrow.
        } else if begun.is_none() {
            begun = Some(at);
        }
    }
    words.extend(begun.map(|from| Word::new(line, from..line.len())));
    words
}

/// The words from a place on, lower case; "" past the end.
pub(super) fn at(words: &[Word], index: usize) -> &str {
    words.get(index).map_or("", |w| w.lower.as_str())
}

/// Whether the words from a place on are those of a phrase; gives the place after it.
pub(super) fn phrase(words: &[Word], index: usize, phrase: &str) -> Option<usize> {
    let mut place = index;
    for part in phrase.split(' ') {
        if at(words, place) != part {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// The longest of several phrases that the words begin with.
pub(super) fn any_phrase(words: &[Word], index: usize, phrases: &[&str]) -> Option<usize> {
    phrases.iter().filter_map(|p| phrase(words, index, p)).max()
}
