use std::sync::Arc;

use egui::emath::Rot2;
use egui::epaint::TextShape;
use egui::text::{Galley, LayoutJob, PlacedRow, TextFormat};
use egui::{Color32, Pos2, Rect, Stroke};
use unicode_segmentation::UnicodeSegmentation as _;

use super::canvas::{Area, Canvas, Escaped, Fill, Line, Number, write_to};
use super::fontbook::FaceStyle;
use super::shapes::rotation;

/// Characters of one row that are set alike: one format, one colour, one face. Shaped as one piece.
struct Run {
    /// First glyph, counted in the row; a row has one glyph for every character.
    start: usize,
    end: usize,
    text: String,
    section: usize,
    colour: Color32,
    face: Arc<FaceStyle>,
}

/// One character of a row.
#[derive(Clone, Copy)]
struct Letter {
    character: char,
    section: usize,
}

impl Canvas<'_> {
    /// One `<text>` a row, one `<tspan>` a run. The characters are those of the text that was laid out, in their order,
    /// so that what is found, copied or read aloud is what was written.
    pub(super) fn text(&mut self, clip: Rect, shape: &TextShape) {
        let TextShape { pos, galley, underline, fallback_color: _, override_text_color: _, opacity_factor, angle } = shape;
        if galley.is_empty() || *opacity_factor <= 0.0 {
            return;
        }
        let turn = rotation(*angle, *pos);
        for (row, letters) in galley.rows.iter().zip(letters_of_rows(galley)) {
            // Ink and background, without the white space around it.
            let ink = row.visuals.mesh_bounds;
            if !ink.is_positive() {
                continue;
            }
            let row_at = *pos + row.pos.to_vec2();
            let seen = if *angle == 0.0 {
                ink.translate(row_at.to_vec2())
            } else {
                ink.translate(row.pos.to_vec2()).rotate_bb(Rot2::from_angle(*angle)).translate(pos.to_vec2())
            };
            if !self.place(clip, seen) {
                continue;
            }
            let shown = if *angle == 0.0 { shown_glyphs(row, &letters, row_at, clip) } else { 0..letters.len() };
            let runs = self.runs(shape, row, &letters, shown);
            self.backgrounds(shape, row, &runs, row_at, &turn);
            self.row_text(shape, row, &runs, row_at, &turn);
            self.strokes(shape, row, &runs, row_at, &turn);
            if *underline != Stroke::NONE {
                let line = Stroke::new(underline.width, resolved(shape, underline.color));
                write_rule(self.body(), row_at + ink.left_bottom().to_vec2(), ink.width(), line, &turn);
            }
        }
    }

    /// Cuts the shown part of a row wherever format, colour or face change, and where egui sets a width of its own.
    fn runs(&mut self, shape: &TextShape, row: &PlacedRow, letters: &[Letter], shown: std::ops::Range<usize>) -> Vec<Run> {
        let job = &shape.galley.job;
        let justified = job.justify && job.wrap.max_width.is_finite();
        let row_text: String = letters.iter().map(|letter| letter.character).collect();
        let mut runs: Vec<Run> = Vec::new();
        let mut index = 0;
        let mut own_width_before = false;
        for cluster in row_text.graphemes(true) {
            let start = index;
            index += cluster.chars().count();
            let (Some(letter), Some(first)) = (letters.get(start), cluster.chars().next()) else { continue };
            if start < shown.start || start >= shown.end {
                continue;
            }
            let Some(section) = job.sections.get(letter.section) else { continue };
            let last = runs.last();
            let drawn = glyph_colour(shape, row, start);
            let colour = drawn
                .or_else(|| last.filter(|run| run.section == letter.section).map(|run| run.colour))
                .unwrap_or_else(|| glyph_default(shape, &section.format));
            let face = if first.is_control() { last.map(|run| Arc::clone(&run.face)) } else { None }
                .or_else(|| self.fontbook.face(self.context, &section.format.font_id.family, first));
            let Some(face) = face else { continue };
            let joins = last.is_some_and(|run| {
                run.end == start && run.section == letter.section && run.colour == colour && run.face == face && !own_width_before
            });
            match runs.last_mut().filter(|_| joins) {
                Some(run) => {
                    run.text.push_str(cluster);
                    run.end = index;
                }
                None => runs.push(Run { start, end: index, text: cluster.to_owned(), section: letter.section, colour, face }),
            }
            own_width_before = matches!(first, '\t' | '\u{2009}' | '\u{202f}') || (justified && first == ' ');
        }
        runs
    }

    fn row_text(&mut self, shape: &TextShape, row: &PlacedRow, runs: &[Run], row_at: Pos2, turn: &str) {
        let job = &shape.galley.job;
        let visible = |run: &&Run| run.colour != Color32::TRANSPARENT && !run.text.trim().is_empty();
        // Slanted text needs a transform of its own; all other runs share one element.
        let (slanted, upright): (Vec<&Run>, Vec<&Run>) =
            runs.iter().filter(visible).partition(|run| job.sections.get(run.section).is_some_and(|section| section.format.italics));
        if !upright.is_empty() {
            write_to(self.body(), format_args!("<text xml:space=\"preserve\"{turn}>"));
            for run in upright {
                let at = row_at + baseline(row, run, job).to_vec2();
                let attributes = run_attributes(run, job);
                let body = self.body();
                write_to(body, format_args!("<tspan x=\"{}\" y=\"{}\" {attributes}>", Number(at.x), Number(at.y)));
                write_to(body, format_args!("{}</tspan>", Escaped(&run.text)));
            }
            self.body().push_str("</text>\n");
        }
        for run in slanted {
            let at = row_at + baseline(row, run, job).to_vec2();
            let attributes = run_attributes(run, job);
            write_to(
                self.body(),
                format_args!(
                    "<g{turn}><text xml:space=\"preserve\" transform=\"translate({} {}) skewX(-14)\" {attributes}>{}</text></g>\n",
                    Number(at.x),
                    Number(at.y),
                    Escaped(&run.text)
                ),
            );
        }
    }

    fn backgrounds(&mut self, shape: &TextShape, row: &PlacedRow, runs: &[Run], row_at: Pos2, turn: &str) {
        for (run, format) in with_formats(shape, runs) {
            if format.background != Color32::TRANSPARENT
                && let Some(area) = extent(row, run)
            {
                let area = area.expand(format.expand_bg).translate(row_at.to_vec2());
                write_to(self.body(), format_args!("<rect{}{}{turn}/>\n", Area(area), Fill(resolved(shape, format.background))));
            }
        }
    }

    fn strokes(&mut self, shape: &TextShape, row: &PlacedRow, runs: &[Run], row_at: Pos2, turn: &str) {
        for (run, format) in with_formats(shape, runs) {
            let Some(area) = extent(row, run) else { continue };
            for (stroke, y) in [(format.underline, area.bottom()), (format.strikethrough, area.center().y)] {
                if !stroke.is_empty() {
                    let line = Stroke::new(stroke.width, resolved(shape, stroke.color));
                    write_rule(self.body(), row_at + egui::vec2(area.left(), y), area.width(), line, turn);
                }
            }
        }
    }
}

fn with_formats<'a>(shape: &'a TextShape, runs: &'a [Run]) -> impl Iterator<Item = (&'a Run, &'a TextFormat)> {
    runs.iter().filter_map(|run| shape.galley.job.sections.get(run.section).map(|section| (run, &section.format)))
}

fn write_rule(out: &mut String, from: Pos2, width: f32, stroke: Stroke, turn: &str) {
    let (x, y) = (Number(from.x), Number(from.y));
    write_to(out, format_args!("<path fill=\"none\"{}{turn} d=\"M{x} {y}h{}\"/>\n", Line(stroke), Number(width)));
}

fn run_attributes(run: &Run, job: &LayoutJob) -> String {
    let Some(section) = job.sections.get(run.section) else { return String::new() };
    let TextFormat { font_id, extra_letter_spacing, .. } = &section.format;
    let mut out = format!("{} font-size=\"{}\"{}", run.face.attributes, Number(run.face.size(font_id.size)), Fill(run.colour));
    if *extra_letter_spacing != 0.0 {
        write_to(&mut out, format_args!(" letter-spacing=\"{}\"", Number(*extra_letter_spacing)));
    }
    out
}

/// Where a run starts, in its row.
fn baseline(row: &PlacedRow, run: &Run, job: &LayoutJob) -> Pos2 {
    let Some(glyph) = row.glyphs.get(run.start) else { return Pos2::ZERO };
    let size = job.sections.get(run.section).map_or(0.0, |section| section.format.font_id.size);
    glyph.pos + egui::vec2(0.0, run.face.shift(size))
}

/// The box of a run's characters, in its row.
fn extent(row: &PlacedRow, run: &Run) -> Option<Rect> {
    let glyphs = row.glyphs.get(run.start..run.end.min(row.glyphs.len()))?;
    glyphs.iter().map(egui::epaint::text::Glyph::logical_rect).reduce(|a, b| a | b)
}

/// The colour a glyph is painted in; `None` when it has no ink.
fn glyph_colour(shape: &TextShape, row: &PlacedRow, index: usize) -> Option<Color32> {
    let glyph = row.glyphs.get(index).filter(|glyph| !glyph.uv_rect.is_nothing())?;
    let vertex = row.visuals.mesh.vertices.get(glyph.first_vertex as usize)?;
    Some(letter_colour(shape, vertex.color))
}

fn glyph_default(shape: &TextShape, format: &TextFormat) -> Color32 {
    letter_colour(shape, format.color)
}

fn letter_colour(shape: &TextShape, own: Color32) -> Color32 {
    let colour = shape.override_text_color.unwrap_or(if own == Color32::PLACEHOLDER { shape.fallback_color } else { own });
    faded(shape, colour)
}

/// A colour that is not a letter's: an override does not reach it.
fn resolved(shape: &TextShape, own: Color32) -> Color32 {
    faded(shape, if own == Color32::PLACEHOLDER { shape.fallback_color } else { own })
}

fn faded(shape: &TextShape, colour: Color32) -> Color32 {
    if shape.opacity_factor < 1.0 { colour.gamma_multiply(shape.opacity_factor) } else { colour }
}

/// The characters of every row with the section each belongs to.
fn letters_of_rows(galley: &Galley) -> Vec<Vec<Letter>> {
    let job = &galley.job;
    let mut section = 0;
    let mut letters = job.text.char_indices().map(|(byte, character)| {
        while job.sections.get(section).is_some_and(|it| it.byte_range.end.0 <= byte) && section + 1 < job.sections.len() {
            section += 1;
        }
        Letter { character, section }
    });
    let rows = galley.rows.len();
    let mut out = Vec::with_capacity(rows);
    for (index, row) in galley.rows.iter().enumerate() {
        let mut line: Vec<Letter> = letters.by_ref().take(row.glyphs.len()).collect();
        if row.ends_with_newline {
            letters.next();
        }
        if galley.elided
            && index + 1 == rows
            && let (Some(sign), Some(glyph), Some(last)) = (job.wrap.overflow_character, row.glyphs.last(), line.last_mut())
            && glyph.chr == sign
        {
            last.character = sign;
        }
        out.push(line);
    }
    // A script that needs more glyphs than characters would leave a rest: text is never lost.
    if !galley.elided
        && let Some(last) = out.last_mut()
    {
        last.extend(letters);
    }
    out
}

/// The glyphs of a row that show, cut at the ends: what a clip hides must not be in the file either.
fn shown_glyphs(row: &PlacedRow, letters: &[Letter], row_at: Pos2, clip: Rect) -> std::ops::Range<usize> {
    let all = 0..letters.len();
    if letters.iter().any(|letter| is_right_to_left(letter.character)) {
        return all;
    }
    let shows = |index: usize| {
        row.glyphs.get(index).is_none_or(|glyph| row_at.x + glyph.max_x() > clip.left() && row_at.x + glyph.pos.x < clip.right())
    };
    let start = all.clone().find(|index| shows(*index)).unwrap_or(0);
    let end = all.clone().rev().find(|index| shows(*index)).map_or(0, |last| last + 1);
    start..end.max(start)
}

fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}')
}
