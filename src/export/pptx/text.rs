//! Runs of text in paragraphs.

use super::ink::Ink;
use super::place::type_size;
use super::xml::{Xml, clean};
use crate::export::page::LANGUAGE;

/// Sizes of type on a slide, in the units of the layout.
pub(super) mod size {
    pub(crate) const COVER: f32 = 88.0;
    pub(crate) const MESSAGE: f32 = 52.0;
    pub(crate) const SUBTITLE: f32 = 40.0;
    pub(crate) const BODY: f32 = 38.0;
    pub(crate) const SMALL: f32 = 34.0;
    pub(crate) const CAPTION: f32 = 27.0;
    /// No text is smaller, however long it is.
    pub(crate) const LEAST: f32 = 20.0;
}

/// The width of a letter, as a share of the size of type: the mean of Arial, on the safe side.
const LETTER: f32 = 0.53;
/// Of one line, as a share of the size of type.
pub(super) const LEADING: f32 = 1.2;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Left,
    Right,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Top,
    Middle,
    Bottom,
}

impl Anchor {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Top => "t",
            Self::Middle => "ctr",
            Self::Bottom => "b",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) words: String,
    pub(super) size: f32,
    pub(super) ink: Ink,
    pub(super) strong: bool,
}

impl Run {
    pub(super) fn new(words: impl Into<String>, size: f32, ink: Ink) -> Self {
        Self { words: words.into(), size, ink, strong: false }
    }

    /// On one line of thought, as small as it must be to fit into a place, and cut where it does not fit even then.
    pub(super) fn fitted(words: &str, wanted: f32, width: f32, height: f32, ink: Ink) -> Self {
        let words: String = words.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
        let mut size = fitting(words.chars().count(), wanted, width, height);
        while size > self::size::LEAST && cut(words.clone(), size, width, height) != words {
            size = (size - 2.0).max(self::size::LEAST);
        }
        Self::new(cut(words, size, width, height), size, ink)
    }

    #[must_use]
    pub(super) fn strong(self) -> Self {
        Self { strong: true, ..self }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub(super) runs: Vec<Run>,
    pub(super) align: Align,
    /// Space above, in the units of the layout.
    pub(super) above: f32,
}

impl From<Run> for Paragraph {
    fn from(run: Run) -> Self {
        Self { runs: vec![run], ..Self::default() }
    }
}

impl Paragraph {
    #[must_use]
    pub(super) fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    #[must_use]
    pub(super) fn below(self, above: f32) -> Self {
        Self { above, ..self }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        let mirrored = self.runs.iter().find_map(|run| is_mirrored(&run.words)).unwrap_or(false);
        xml.within("a:p", &[], |xml| {
            let align = match (self.align, mirrored) {
                (Align::Left, false) | (Align::Right, true) => "l",
                (Align::Right, false) | (Align::Left, true) => "r",
            };
            let right_to_left = u8::from(mirrored);
            xml.within("a:pPr", &[("algn", &align), ("rtl", &right_to_left)], |xml| {
                if self.above > 0.0 {
                    xml.within("a:spcBef", &[], |xml| xml.val("a:spcPts", type_size(self.above)));
                }
            });
            for run in &self.runs {
                for (index, line) in clean(&run.words).split('\n').enumerate() {
                    if index > 0 {
                        xml.empty("a:br", &[]);
                    }
                    xml.within("a:r", &[], |xml| {
                        properties(xml, "a:rPr", run);
                        xml.words("a:t", &[], line);
                    });
                }
            }
        });
    }
}

/// How a run looks, under the name that the place wants.
pub(super) fn properties(xml: &mut Xml, name: &str, run: &Run) {
    let (size, bold) = (type_size(run.size), u8::from(run.strong));
    xml.within(name, &[("lang", &LANGUAGE), ("sz", &size), ("b", &bold), ("dirty", &0)], |xml| {
        run.ink.fill(xml);
        for (name, face) in [("a:latin", "+mn-lt"), ("a:ea", "+mn-ea"), ("a:cs", "+mn-cs")] {
            xml.empty(name, &[("typeface", &face)]);
        }
    });
}

/// A text box holds a paragraph at least.
pub(super) fn paragraphs(xml: &mut Xml, paragraphs: &[Paragraph]) {
    if paragraphs.is_empty() {
        xml.within("a:p", &[], |xml| xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]));
    }
    for paragraph in paragraphs {
        paragraph.write(xml);
    }
}

/// The size of type, at most `wanted`, at which words of so many letters fit into a place, as far as can be told without measuring.
pub(super) fn fitting(letters: usize, wanted: f32, width: f32, height: f32) -> f32 {
    let fits = |size: f32| {
        let lines = (letters as f32 * LETTER * size / width).ceil().max(1.0);
        // A line is rarely full.
        let lines = if lines > 1.0 { lines * 1.06 } else { lines };
        lines * size * LEADING <= height
    };
    let mut size = wanted;
    while size > self::size::LEAST && !fits(size) {
        size -= 2.0;
    }
    size.max(self::size::LEAST.min(wanted))
}

/// Words that take no more than a place has, which ends with "…" where some are left out.
pub(super) fn cut(words: String, size: f32, width: f32, height: f32) -> String {
    let lines = (height / (size * LEADING)).floor().max(1.0);
    // A line is rarely full; the last ends in the sign of what is missing.
    let room = if lines > 1.0 { lines / 1.06 } else { 1.0 } * width / size;
    let wide = |c: char| match c {
        'M' | 'W' | 'm' | 'w' | '@' | '%' => 0.95,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'.. => 1.0,
        c if c.is_uppercase() => 0.68,
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | '\'' | '|' => 0.32,
        _ => LETTER,
    };
    if words.chars().map(wide).sum::<f32>() <= room {
        return words;
    }
    let mut used = 1.0;
    let kept: String = words
        .chars()
        .take_while(|c| {
            used += wide(*c);
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// Whether a text reads from right to left: by its first strong character (UAX #9, P2); none where it has no letter.
fn is_mirrored(words: &str) -> Option<bool> {
    words.chars().find(|c| c.is_alphabetic()).map(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_set_smaller_and_never_unreadable() {
        assert_eq!(fitting(40, 52.0, 1728.0, 112.0), 52.0);
        let long = fitting(300, 52.0, 1728.0, 112.0);
        assert!((20.0..30.0).contains(&long), "{long}");
        assert_eq!(fitting(9000, 52.0, 1728.0, 112.0), 20.0);
    }

    #[test]
    fn what_does_not_fit_even_small_is_cut() {
        let one = |words: &str| Run::fitted(words, 28.0, 500.0, 60.0, Ink::Text);
        assert_eq!((one("Keep uptime at 99.9 %").words.as_str(), one("Keep uptime at 99.9 %").size), ("Keep uptime at 99.9 %", 28.0));
        assert_eq!(one("two\nlines").words, "two lines");
        let long = one(&"A title that goes on ".repeat(15));
        assert!(long.size == size::LEAST && long.words.ends_with('…') && (60..120).contains(&long.words.chars().count()), "{long:?}");
        // Wide letters take more room than others.
        assert!(one(&"W".repeat(300)).words.chars().count() < 60);
    }

    #[test]
    fn a_paragraph_reads_as_its_first_letter_does() {
        assert_eq!(is_mirrored("1 שלום"), Some(true));
        assert_eq!(is_mirrored("مرحبا MAU"), Some(true));
        assert_eq!(is_mirrored("MAU שלום"), Some(false));
        assert_eq!(is_mirrored("8.2 – 9"), None);
    }
}
