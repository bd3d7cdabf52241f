use std::sync::Arc;

use egui::emath::Rot2;
use egui::epaint::TextShape;
use egui::epaint::text::{Glyph, PlacedRow, TextFormat};
use egui::{Color32, Pos2, Rect, Stroke};
use unicode_segmentation::UnicodeSegmentation as _;

use super::canvas::{Area, Canvas, Escaped, Fill, Line, Number, write_to};
use super::direction::leftward;
use super::fontbook::{Choice, FaceStyle};
use super::letters::{Letter, letters_of_rows};
use super::shapes::rotation;

/// Characters of one row that are set alike: one format, one colour, one face. Shaped as one piece.
struct Run {
    text: String,
    /// Its glyphs, by their place in the row.
    glyphs: Vec<usize>,
    section: usize,
    colour: Color32,
    face: Arc<FaceStyle>,
    /// No face has its one cluster of characters: egui draws one box, whatever the number of characters.
    is_box: bool,
    /// It runs from right to left.
    is_leftward: bool,
}

impl Run {
    /// Where its characters start: all characters of a cluster that is a box have the same place, or each would get a box of its own.
    fn columns(&self, x: f32) -> String {
        let column = Number(x).to_string();
        let count = if self.is_box { self.text.encode_utf16().count() } else { 1 };
        vec![column; count.max(1)].join(" ")
    }
}

/// Where a row is drawn.
struct Place<'a> {
    row: &'a PlacedRow,
    /// Upper left corner on the page.
    at: Pos2,
    /// A canvas that is zoomed scales what is painted of a text, not what was laid out.
    zoom: f32,
    /// A rotation, as an attribute.
    turn: &'a str,
}

impl Place<'_> {
    /// A box of the row's layout, on the page.
    fn on_page(&self, area: Rect) -> Rect {
        Rect::from_min_max(self.at + area.min.to_vec2() * self.zoom, self.at + area.max.to_vec2() * self.zoom)
    }

    /// Where a run starts, on the page.
    fn baseline(&self, run: &Run, format: &TextFormat) -> Pos2 {
        let leftmost = self.glyphs(run).map(|glyph| glyph.pos).reduce(|a, b| if b.x < a.x { b } else { a });
        let shift = egui::vec2(0.0, run.face.shift(format.font_id.size));
        self.at + (leftmost.unwrap_or_default().to_vec2() + shift) * self.zoom
    }

    fn glyphs(&self, run: &Run) -> impl Iterator<Item = &Glyph> {
        run.glyphs.iter().filter_map(|index| self.row.glyphs.get(*index))
    }

    /// The box of a run's characters, on the page.
    fn extent(&self, run: &Run) -> Option<Rect> {
        self.glyphs(run).map(Glyph::logical_rect).reduce(|a, b| a | b).map(|area| self.on_page(area))
    }
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
            let zoom = zoom(row);
            let shown = if *angle == 0.0 { shown_letters(row, &letters, row_at, zoom, clip) } else { letters.as_slice() };
            let runs = self.runs(shape, row, shown);
            let place = Place { row, at: row_at, zoom, turn: &turn };
            self.backgrounds(shape, &place, &runs);
            self.row_text(shape, &place, &runs);
            self.strokes(shape, &place, &runs);
            if *underline != Stroke::NONE {
                let line = Stroke::new(underline.width, resolved(shape, underline.color));
                write_rule(self.body(), row_at + ink.left_bottom().to_vec2(), ink.width(), line, &turn);
            }
        }
    }

    /// Cuts the shown part of a row wherever format, colour or face change, and where egui sets a width of its own.
    fn runs(&mut self, shape: &TextShape, row: &PlacedRow, letters: &[Letter]) -> Vec<Run> {
        let job = &shape.galley.job;
        let justified = job.justify && job.wrap.max_width.is_finite();
        let text: String = letters.iter().map(|letter| letter.character).collect();
        let mut runs: Vec<Run> = Vec::new();
        let mut end = 0;
        let mut own_width_before = false;
        let mut unplaced = String::new();
        let clusters: Vec<&str> = text.graphemes(true).collect();
        for (cluster, is_leftward) in clusters.iter().copied().zip(leftward(&clusters)) {
            let start = end;
            end += cluster.chars().count();
            let (Some([letter, more @ ..]), Some(first)) = (letters.get(start..end), cluster.chars().next()) else { continue };
            let Some(section) = job.sections.get(letter.section) else { continue };
            if letter.glyph.is_none() {
                // A direction mark or a joiner: nothing to place, but part of the text.
                runs.last_mut().map_or(&mut unplaced, |run| &mut run.text).push_str(cluster);
                continue;
            }
            let glyphs = [*letter].into_iter().chain(more.iter().copied()).filter_map(|letter| letter.glyph);
            let last = runs.last().filter(|run| run.section == letter.section);
            let painted = letter.glyph.and_then(|glyph| glyph_colour(shape, row, glyph));
            let colour = painted.or_else(|| last.map(|run| run.colour)).unwrap_or_else(|| letter_colour(shape, section.format.color));
            let family = &section.format.font_id.family;
            let Some(Choice { face, is_missing }) = self.fontbook.face(self.context, family, first) else { continue };
            let is_box = is_missing || is_never_drawn(first);
            // Between two words that run from right to left, a space is of their run.
            let leftward_face = last.filter(|run| is_leftward && run.is_leftward).map(|run| &run.face);
            let face = leftward_face.filter(|its| self.fontbook.has(self.context, family, its, first)).cloned().unwrap_or(face);
            let joins = last.is_some_and(|run| run.colour == colour && run.face == face && !run.is_box) && !own_width_before && !is_box;
            match runs.last_mut().filter(|_| joins) {
                Some(run) => {
                    run.text.push_str(cluster);
                    run.glyphs.extend(glyphs);
                }
                None => runs.push(Run {
                    text: std::mem::take(&mut unplaced) + cluster,
                    glyphs: glyphs.collect(),
                    section: letter.section,
                    colour,
                    face,
                    is_box,
                    is_leftward,
                }),
            }
            own_width_before = matches!(first, '\t' | '\u{2009}' | '\u{202f}') || (justified && first == ' ');
        }
        runs
    }

    fn row_text(&mut self, shape: &TextShape, place: &Place<'_>, runs: &[Run]) {
        // White space stays: without it, words would run together for who searches or copies them.
        let seen = with_formats(shape, runs).filter(|(run, _)| run.colour != Color32::TRANSPARENT && !run.glyphs.is_empty());
        // Slanted text needs a transform of its own; all other runs share one element.
        let (slanted, upright): (Vec<_>, Vec<_>) = seen.partition(|(_, format)| format.italics);
        let turn = place.turn;
        if !upright.is_empty() {
            let body = self.body();
            write_to(body, format_args!("<text xml:space=\"preserve\"{turn}>"));
            for (run, format) in upright {
                let at = place.baseline(run, format);
                let attributes = run_attributes(run, format, place.zoom);
                write_to(body, format_args!("<tspan x=\"{}\" y=\"{}\" {attributes}>", run.columns(at.x), Number(at.y)));
                write_to(body, format_args!("{}</tspan>", Escaped(&run.text)));
            }
            body.push_str("</text>\n");
        }
        for (run, format) in slanted {
            let at = place.baseline(run, format);
            let attributes = run_attributes(run, format, place.zoom);
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

    fn backgrounds(&mut self, shape: &TextShape, place: &Place<'_>, runs: &[Run]) {
        for (run, format) in with_formats(shape, runs) {
            if format.background != Color32::TRANSPARENT
                && let Some(area) = place.extent(run)
            {
                let area = area.expand(format.expand_bg * place.zoom);
                let turn = place.turn;
                write_to(self.body(), format_args!("<rect{}{}{turn}/>\n", Area(area), Fill(resolved(shape, format.background))));
            }
        }
    }

    fn strokes(&mut self, shape: &TextShape, place: &Place<'_>, runs: &[Run]) {
        for (run, format) in with_formats(shape, runs) {
            let Some(area) = place.extent(run) else { continue };
            for (stroke, y) in [(format.underline, area.bottom()), (format.strikethrough, area.center().y)] {
                if !stroke.is_empty() {
                    let line = Stroke::new(stroke.width * place.zoom, resolved(shape, stroke.color));
                    write_rule(self.body(), egui::pos2(area.left(), y), area.width(), line, place.turn);
                }
            }
        }
    }
}

/// Signs for machines: whatever a face may have for one, egui draws a box.
fn is_never_drawn(character: char) -> bool {
    (character.is_control() && character != '\t') || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn with_formats<'a>(shape: &'a TextShape, runs: &'a [Run]) -> impl Iterator<Item = (&'a Run, &'a TextFormat)> {
    runs.iter().filter_map(|run| shape.galley.job.sections.get(run.section).map(|section| (run, &section.format)))
}

fn write_rule(out: &mut String, from: Pos2, width: f32, stroke: Stroke, turn: &str) {
    let (x, y) = (Number(from.x), Number(from.y));
    write_to(out, format_args!("<path fill=\"none\"{}{turn} d=\"M{x} {y}h{}\"/>\n", Line(stroke), Number(width)));
}

fn run_attributes(run: &Run, format: &TextFormat, zoom: f32) -> String {
    let TextFormat { font_id, extra_letter_spacing, .. } = format;
    let size = Number(run.face.size(font_id.size) * zoom);
    let mut out = format!("{} font-size=\"{size}\"{}", run.face.attributes, Fill(run.colour));
    if *extra_letter_spacing != 0.0 {
        write_to(&mut out, format_args!(" letter-spacing=\"{}\"", Number(*extra_letter_spacing * zoom)));
    }
    out
}

/// How much larger a row is painted than it was laid out: seen on the first glyph that has ink.
fn zoom(row: &PlacedRow) -> f32 {
    let scale = row.glyphs.iter().find(|glyph| !glyph.uv_rect.is_nothing()).and_then(|glyph| {
        let vertices = &row.visuals.mesh.vertices;
        let first = glyph.first_vertex as usize;
        let (left, right) = (vertices.get(first)?.pos.x, vertices.get(first + 1)?.pos.x);
        Some((right - left) / glyph.uv_rect.size.x)
    });
    scale.filter(|scale| scale.is_finite() && (scale - 1.0).abs() > 1e-4 && *scale > 0.0).unwrap_or(1.0)
}

/// The colour a glyph is painted in; `None` when it has no ink.
fn glyph_colour(shape: &TextShape, row: &PlacedRow, index: usize) -> Option<Color32> {
    let glyph = row.glyphs.get(index).filter(|glyph| !glyph.uv_rect.is_nothing())?;
    let vertex = row.visuals.mesh.vertices.get(glyph.first_vertex as usize)?;
    Some(letter_colour(shape, vertex.color))
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

/// The letters of a row that show, cut at the ends: what a clip hides must not be in the file either.
fn shown_letters<'a>(row: &PlacedRow, letters: &'a [Letter], row_at: Pos2, zoom: f32, clip: Rect) -> &'a [Letter] {
    let shows = |letter: &Letter| {
        let glyph = letter.glyph.and_then(|index| row.glyphs.get(index));
        glyph.is_some_and(|glyph| row_at.x + glyph.max_x() * zoom > clip.left() && row_at.x + glyph.pos.x * zoom < clip.right())
    };
    let start = letters.iter().position(shows).unwrap_or(letters.len());
    let end = letters.iter().rposition(shows).map_or(start, |last| last + 1);
    letters.get(start..end).unwrap_or_default()
}
