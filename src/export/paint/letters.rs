use egui::epaint::text::{Galley, PlacedRow};
use unicode_segmentation::UnicodeSegmentation as _;

use super::direction::is_right_to_left;

/// One character of a laid out text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letter {
    pub(super) character: char,
    /// Of [`egui::text::LayoutJob::sections`].
    pub(super) section: usize,
    /// Its glyph in the row; `None` for a mark or a joiner that has none of its own.
    pub(super) glyph: Option<usize>,
}

/// The characters of every row, in the order they were written.
///
/// A glyph remembers a character, but glyphs run from left to right, a ligature has one for several characters, and an
/// elided row ends in a sign that is not in the text. So characters come from the text and are matched to glyphs.
pub(super) fn letters_of_rows(galley: &Galley) -> Vec<Vec<Letter>> {
    let letters = letters(galley);
    let glyphs: usize = galley.rows.iter().map(|row| row.glyphs.len() + usize::from(row.ends_with_newline)).sum();
    let one_each = galley.elided || glyphs == letters.len();
    let mut rows = if one_each && !letters.iter().any(|letter| is_right_to_left(letter.character)) {
        by_count(galley, &letters)
    } else {
        by_character(galley, &letters)
    };
    if galley.elided {
        add_overflow_sign(galley, &mut rows);
    }
    rows
}

fn letters(galley: &Galley) -> Vec<Letter> {
    let job = &galley.job;
    let mut section = 0;
    let letter = |(byte, character)| {
        while job.sections.get(section).is_some_and(|it| it.byte_range.end.0 <= byte) && section + 1 < job.sections.len() {
            section += 1;
        }
        Letter { character, section, glyph: None }
    };
    job.text.char_indices().map(letter).collect()
}

/// One glyph a character: egui promises that, and keeps it for text that runs from left to right.
fn by_count(galley: &Galley, mut rest: &[Letter]) -> Vec<Vec<Letter>> {
    let mut rows = Vec::with_capacity(galley.rows.len());
    for row in &galley.rows {
        let (line, after) = rest.split_at(row.glyphs.len().min(rest.len()));
        rows.push(line.iter().enumerate().map(|(index, letter)| Letter { glyph: Some(index), ..*letter }).collect());
        rest = after.get(usize::from(row.ends_with_newline)..).unwrap_or_default();
    }
    rows
}

/// Finds for each cluster of characters a glyph that says it is one of them. Glyphs without width or ink are left
/// aside: right-to-left runs have too many.
fn by_character(galley: &Galley, letters: &[Letter]) -> Vec<Vec<Letter>> {
    let text: String = letters.iter().map(|letter| letter.character).collect();
    let mut clusters = text.graphemes(true).peekable();
    let mut position = 0;
    let mut rows = Vec::with_capacity(galley.rows.len());
    for (number, row) in galley.rows.iter().enumerate() {
        let is_last = number + 1 == galley.rows.len() && !galley.elided;
        let mut free = drawn_glyphs(row);
        let mut line = Vec::new();
        while let Some(cluster) = clusters.peek().copied() {
            if row.ends_with_newline && cluster.ends_with('\n') {
                clusters.next();
                position += cluster.chars().count();
                break;
            }
            let found = free.iter().position(|index| row.glyphs.get(*index).is_some_and(|glyph| cluster.contains(glyph.chr)));
            let has_no_glyph = cluster.chars().all(is_joiner_or_mark);
            if !is_last && (free.is_empty() || (found.is_none() && !has_no_glyph)) {
                break;
            }
            let glyph = found.map(|at| free.remove(at));
            let count = cluster.chars().count();
            for (index, letter) in letters.iter().skip(position).take(count).enumerate() {
                line.push(Letter { glyph: glyph.filter(|_| index == 0), ..*letter });
            }
            position += count;
            clusters.next();
        }
        rows.push(line);
    }
    rows
}

fn drawn_glyphs(row: &PlacedRow) -> Vec<usize> {
    let drawn = row.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.advance_width > 0.0 || !glyph.uv_rect.is_nothing());
    drawn.map(|(index, _)| index).collect()
}

fn add_overflow_sign(galley: &Galley, rows: &mut [Vec<Letter>]) {
    let (Some(sign), Some(row), Some(line)) = (galley.job.wrap.overflow_character, galley.rows.last(), rows.last_mut()) else { return };
    let Some(last) = row.glyphs.len().checked_sub(1).filter(|last| row.glyphs.get(*last).is_some_and(|glyph| glyph.chr == sign)) else {
        return;
    };
    let section = line.last().map_or(0, |letter| letter.section);
    line.retain(|letter| letter.glyph != Some(last));
    line.push(Letter { character: sign, section, glyph: Some(last) });
}

fn is_joiner_or_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
