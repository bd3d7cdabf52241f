//! Slides drawn small. A thumbnail is laid out once and painted from what that gave, until what it shows changes: a table of forty slides costs no
//! more than its shapes.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::layers::ShapeIdx;
use egui::{Rect, Ui, UiBuilder, ViewportId};

use crate::chart::deck::{Entry, Slide, SlideId};
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::slides;
use crate::ui::theme::{TextSize, radius, stroke};
use crate::workspace::presentation::{Forecast, SlideLook};

/// Laid out anew in one frame, at most; the others wait for the next. Each takes a good millisecond.
const MOST_NEW: usize = 2;
/// Kept, at most.
const MOST_KEPT: usize = 400;

/// What a slide shows, looked at in a way.
pub(super) fn slide_of(scene: &Scene<'_>, entry: &Entry, look: SlideLook) -> Arc<Slide> {
    scene.memos.slide_looked(scene.document, scene.as_of, entry, look)
}

/// What of a look the slide itself does not say.
pub(super) fn look_of(look: SlideLook) -> slides::SlideLook {
    slides::SlideLook { mode: None, range: None, hide_forecast: look.forecast == Forecast::Hidden }
}

/// The thumbnails of one window.
#[derive(Clone, Default)]
pub(super) struct Thumbs {
    kept: HashMap<(ViewportId, SlideId), Thumb>,
    scratch: Scratch,
    /// How full the face's picture of letters was: when that shrinks, it was begun anew and nothing kept can be painted.
    fill: f32,
    frame: u64,
    new: usize,
}

#[derive(Clone)]
struct Thumb {
    slide: Arc<Slide>,
    number: usize,
    place: Rect,
    dark: bool,
    pixels: f32,
    shapes: Vec<ClippedShape>,
}

impl Thumbs {
    /// Paints a slide into a place, which has the proportions of a slide.
    pub(super) fn paint(&mut self, ui: &mut Ui, scene: &Scene<'_>, slide: &Arc<Slide>, look: SlideLook, number: usize, place: Rect) {
        if !ui.is_rect_visible(place) {
            return;
        }
        self.begin(ui);
        let key = (ui.ctx().viewport_id(), slide.id.clone());
        let (dark, pixels) = (scene.theme.is_dark(), ui.ctx().pixels_per_point());
        let fits = |thumb: &Thumb| {
            Arc::ptr_eq(&thumb.slide, slide)
                && thumb.number == number
                && thumb.dark == dark
                && thumb.pixels == pixels
                && (thumb.place.size() - place.size()).length() < 0.01
        };
        if let Some(thumb) = self.kept.get(&key).filter(|thumb| fits(thumb)) {
            let by = place.min - thumb.place.min;
            let clip = ui.clip_rect();
            ui.ctx().graphics_mut(|graphics| {
                let list = graphics.entry(ui.layer_id());
                for kept in &thumb.shapes {
                    let mut shape = kept.shape.clone();
                    shape.translate(by);
                    list.add(kept.clip_rect.translate(by).intersect(clip), shape);
                }
            });
            return;
        }
        if self.new >= MOST_NEW {
            Self::wait(ui, scene, place);
            return;
        }
        self.new += 1;
        let shapes = self.draw(ui, scene, slide, look, number, place);
        if self.kept.len() >= MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(key, Thumb { slide: Arc::clone(slide), number, place, dark, pixels, shapes });
    }

    fn begin(&mut self, ui: &Ui) {
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is too narrow in its lifetime")]
        let fill = ui.ctx().fonts(|fonts| fonts.font_atlas_fill_ratio());
        if fill < self.fill {
            self.kept.clear();
        }
        self.fill = fill;
        let frame = ui.ctx().cumulative_frame_nr();
        if frame != self.frame {
            (self.frame, self.new) = (frame, 0);
        }
    }

    /// Its paper, until there is time for the rest.
    fn wait(ui: &Ui, scene: &Scene<'_>, place: Rect) {
        ui.painter().rect_filled(place, 0.0, scene.theme.bg.surface);
        ui.ctx().request_repaint();
    }

    fn draw(&mut self, ui: &mut Ui, scene: &Scene<'_>, slide: &Slide, look: SlideLook, number: usize, place: Rect) -> Vec<ClippedShape> {
        let (layer, outer) = (ui.layer_id(), ui.clip_rect());
        let first = ui.ctx().graphics_mut(|graphics| graphics.entry(layer).next_idx()).0;
        let builder = UiBuilder::new().max_rect(place).id_salt(("thumbnail", &slide.id)).disabled();
        let mut child = ui.new_child(builder);
        // Whole, also where a list cuts it off now.
        child.set_clip_rect(place);
        child.set_opacity(1.0);
        let mut nothing = Vec::new();
        slides::slide_with_ui(&mut child, scene, slide, number, place, Medium::Page, &look_of(look), &mut self.scratch, &mut nothing);
        ui.ctx().graphics_mut(|graphics| {
            let list = graphics.entry(layer);
            let shapes: Vec<ClippedShape> = list.all_entries().skip(first).cloned().collect();
            for index in first..first + shapes.len() {
                list.mutate_shape(ShapeIdx(index), |shape| shape.clip_rect = shape.clip_rect.intersect(outer));
            }
            shapes
        })
    }
}

/// Whether a slide is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ThumbLook {
    Plain,
    /// Left out, or covered.
    Faded,
}

/// The frame of a thumbnail, and what fades it.
pub(super) fn framed(ui: &Ui, scene: &Scene<'_>, place: Rect, look: ThumbLook, chosen: bool) {
    let theme = scene.theme;
    if look == ThumbLook::Faded {
        ui.painter().rect_filled(place, 0.0, theme.bg.window.gamma_multiply(0.62));
    }
    let line =
        if chosen { theme.stroke(stroke::FOCUS_RING, theme.accent.accent) } else { theme.stroke(stroke::HAIRLINE, theme.line.hairline) };
    ui.painter().rect_stroke(place, f32::from(radius::CONTROL) / 2.0, line, egui::StrokeKind::Outside);
}

/// As wide as it can be and still be read as a caption.
pub(super) fn caption(ui: &Ui, scene: &Scene<'_>, words: &str, width: f32) -> Arc<egui::Galley> {
    let theme = scene.theme;
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), theme.font(TextSize::Small), theme.text.default);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}
