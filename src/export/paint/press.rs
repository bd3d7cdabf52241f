use std::sync::Arc;

use egui::{Color32, Context, RawInput, Rect, Ui, UiBuilder, Vec2, ViewportId, ViewportInfo};

use super::{Fontbook, SvgPage, Textures, shapes_to_svg};
use crate::ui::fonts::SystemFaces;
use crate::ui::theme::Theme;

/// egui rounds glyphs to physical pixels, so pages are laid out on a fine grid: a quarter of a point.
pub const PIXELS_PER_POINT: f32 = 4.0;

/// A drawing that asks for another frame this often never settles (an animation); its last frame is used.
const MOST_FRAMES: usize = 8;
/// `egui_plot` sizes its axes from the frame before.
const FEWEST_FRAMES: usize = 2;

/// What a page is, apart from its drawing.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Width and height in points.
    pub size: Vec2,
    /// Read out first by a screen reader, and the name of the page in a PDF.
    pub title: &'a str,
    /// What the page shows, in a sentence or two, for who cannot see it. May be empty.
    pub description: &'a str,
    /// BCP 47, such as `en`.
    pub language: &'a str,
    /// Fills the page; transparent for none.
    pub paper: Color32,
}

/// Prints pages: one headless context and one set of fonts for a whole export.
pub struct Press {
    context: Context,
    fontbook: Fontbook,
    textures: Textures,
    printed: u64,
}

impl Press {
    /// A press in the colours and faces of `theme`.
    pub fn new(theme: &Theme) -> Self {
        let context = Context::default();
        theme.install(&context);
        context.add_font_provider(Arc::new(SystemFaces));
        context.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.visuals.text_cursor.blink = false;
            #[cfg(debug_assertions)]
            {
                style.debug = egui::style::DebugOptions::default();
                style.debug.show_unaligned = false;
            }
        });
        context.options_mut(|options| options.warn_on_id_clash = false);
        Self { context, fontbook: Fontbook::default(), textures: Textures::default(), printed: 0 }
    }

    /// The context that pages are laid out in, to measure text before it is drawn.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs `draw` until it settles and writes what it painted. Pages share nothing but fonts: `draw` gets its own
    /// namespace of ids each time, so no page remembers a scroll offset or an axis width of another.
    pub fn print(&mut self, sheet: &Sheet<'_>, mut draw: impl FnMut(&mut Ui)) -> SvgPage {
        let Self { context, fontbook, textures, printed } = self;
        *printed += 1;
        let salt = ("page", *printed);
        let area = Rect::from_min_size(egui::Pos2::ZERO, sheet.size);
        let mut shapes = Vec::new();
        for frame in 1..=MOST_FRAMES {
            let mut output = context.run_ui(still_input(area), |ui| {
                ui.scope_builder(UiBuilder::new().id_salt(salt).max_rect(area), |ui| draw(ui));
            });
            textures.take_in(&output.textures_delta);
            shapes = std::mem::take(&mut output.shapes);
            let settled = output.viewport_output.get(&ViewportId::ROOT).is_none_or(|root| root.repaint_delay == std::time::Duration::MAX);
            output.drop_without_applying_deltas();
            if settled && frame >= FEWEST_FRAMES {
                break;
            }
        }
        shapes_to_svg(context, &shapes, sheet, fontbook, textures)
    }
}

/// One drawing as one page, with `theme`'s paper under it.
pub fn svg(size: Vec2, theme: &Theme, title: &str, draw: impl FnMut(&mut Ui)) -> SvgPage {
    Press::new(theme).print(&Sheet { size, title, description: "", language: "en", paper: theme.bg.surface }, draw)
}

/// The same moment in every frame, with nobody at the mouse.
fn still_input(area: Rect) -> RawInput {
    let viewport = ViewportInfo { native_pixels_per_point: Some(PIXELS_PER_POINT), ..ViewportInfo::default() };
    RawInput {
        viewports: std::iter::once((ViewportId::ROOT, viewport)).collect(),
        screen_rect: Some(area),
        max_texture_side: Some(16 * 1024),
        time: Some(0.0),
        focused: false,
        ..RawInput::default()
    }
}
