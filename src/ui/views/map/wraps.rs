//! The width at which a text was laid out. While a map is zoomed the room of a text is another one in every frame, but its rows rarely
//! are: asking for the width of the frame before finds the text where it was laid out already.

use std::collections::BTreeMap;

use egui::epaint::text::Row;
use egui::{FontId, Galley};

/// A text that is cut with "…" is laid out for one of so many widths, in points: what stays free is less than a letter.
const CUT: f32 = 4.0;
/// Rounding in how wide glyphs are.
const SLACK: f32 = 0.5;
/// More texts than are ever seen at once.
const MOST: usize = 8_192;
/// From the radicals of CJK on a line breaks between any two signs.
const FIRST_OF_EAST_ASIA: u32 = 0x2E80;

/// What was asked for, by text, font and number of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Wraps {
    known: BTreeMap<u64, Wrap>,
}

/// The widths from `least` to `most` break a text as the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Wrap {
    asked: f32,
    least: f32,
    most: f32,
    is_cut: bool,
}

/// A text as it is laid out but for its width and colour.
pub(super) fn key(text: &str, font: &FontId, rows: usize) -> u64 {
    egui::util::hash((text, font, rows))
}

impl Wraps {
    /// The width to lay a text out at that has so much room.
    pub(super) fn width(&self, key: u64, room: f32) -> f32 {
        match self.known.get(&key) {
            Some(wrap) if (wrap.least..=wrap.most).contains(&room) => wrap.asked,
            Some(wrap) if wrap.is_cut => {
                // Not all texts change in the same frame.
                let phase = CUT * (key % 16) as f32 / 16.0;
                (((room - phase) / CUT).floor() * CUT + phase).max(room - CUT)
            }
            _ => room,
        }
    }

    /// Remembers how a text was broken at a width.
    pub(super) fn learn(&mut self, key: u64, asked: f32, galley: &Galley) {
        if self.known.get(&key).is_some_and(|wrap| wrap.asked == asked) {
            return;
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let (least, most) = (least(galley).min(asked), most(galley).max(asked));
        let cut = Wrap { asked, least: asked, most: most.min(asked + CUT), is_cut: true };
        self.known.insert(key, if galley.elided { cut } else { Wrap { asked, least, most, is_cut: false } });
    }
}

/// The least width that every row still fits.
fn least(galley: &Galley) -> f32 {
    galley.rows.iter().map(|row| row.size.x).fold(0.0, f32::max)
}

/// The width up to which no row takes a word from the next one.
fn most(galley: &Galley) -> f32 {
    let taking = galley.rows.windows(2).map(|rows| rows[0].size.x + taken_at_once(&rows[0], &rows[1]) - SLACK);
    taking.fold(f32::INFINITY, f32::min)
}

/// At least how much wider a row must be to take something from the next one.
fn taken_at_once(row: &Row, next: &Row) -> f32 {
    // Ideographs break anywhere, and so does a word that is longer than a row.
    let is_whole = row.glyphs.last().is_some_and(|glyph| glyph.chr.is_whitespace());
    let is_inside = |chr: char| is_whole && chr.is_alphanumeric() && u32::from(chr) < FIRST_OF_EAST_ASIA;
    let glyphs = next.glyphs.iter().enumerate().take_while(|(at, glyph)| *at == 0 || is_inside(glyph.chr));
    glyphs.last().map_or(0.0, |(_, glyph)| glyph.max_x())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::text::{LayoutJob, TextFormat, TextWrapping};
    use egui::{Color32, Context};

    use super::*;

    const TEXTS: [&str; 5] = [
        "Grow",
        "Key result number 5,017",
        "Make the first week of every new team so good that it stays for a year, in each of the five regions we sell to",
        "Wiederverwendbarkeitsnachweis der Ersteinrichtung",
        "利用者の継続率を高める well-known API/SDK",
    ];

    fn layout(context: &Context, text: &str, rows: usize, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(FontId::proportional(9.0), Color32::WHITE));
        job.wrap = TextWrapping { max_width: width, max_rows: rows, break_anywhere: rows == 1, ..TextWrapping::default() };
        context.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn said(galley: &Galley) -> Vec<String> {
        galley.rows.iter().map(|row| row.glyphs.iter().map(|glyph| glyph.chr).collect()).collect()
    }

    #[test]
    fn rows_are_those_of_the_room_that_there_is() {
        let context = Context::default();
        let output = context.run_ui(egui::RawInput::default(), |ui| {
            let context = ui.ctx();
            for text in TEXTS {
                for rows in 1..=3 {
                    let (mut wraps, mut asked_for) = (Wraps::default(), std::collections::BTreeSet::new());
                    // To and fro, as a wheel zooms.
                    let widths = (0..400_u16).chain((0..400).rev()).map(|step| 20.0 + 0.35 * f32::from(step));
                    for room in widths.clone() {
                        let at = key(text, &FontId::proportional(9.0), rows);
                        let asked = wraps.width(at, room);
                        asked_for.insert(asked.to_bits());
                        let galley = layout(context, text, rows, asked);
                        wraps.learn(at, asked, &galley);
                        if galley.elided {
                            assert!(layout(context, text, rows, room - CUT).elided, "{text} in {rows} rows of {room}, cut at {asked}");
                        } else {
                            let wanted = layout(context, text, rows, room);
                            assert_eq!(said(&galley), said(&wanted), "{rows} rows of {room}, laid out at {asked}");
                        }
                        assert!(galley.size().x <= room + SLACK || galley.rows.iter().all(|row| row.glyphs.len() < 2), "{text}");
                    }
                    assert!(asked_for.len() < widths.count() / 4, "{text} was laid out {} times", asked_for.len());
                }
            }
        });
        output.drop_without_applying_deltas();
    }
}
