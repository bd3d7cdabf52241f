use std::cell::OnceCell;

use egui::{Context, RawInput, Rect, Ui, UiBuilder, Vec2, ViewportId, ViewportInfo};

use crate::export::paint::{PIXELS_PER_POINT, Press};
use crate::ui::theme::Theme;

/// More than any part of a page needs: nothing is left out for being out of sight.
const TALL: f32 = 100_000.0;

/// Says how much room a part of a page takes, before pages are made of the parts.
#[derive(Default)]
pub(super) struct Ruler(OnceCell<Context>);

impl Ruler {
    /// Height in points of what `draw` puts into a column of some width.
    pub(super) fn height(&self, theme: &Theme, width: f32, draw: impl FnOnce(&mut Ui)) -> f32 {
        let context = self.0.get_or_init(|| Press::new(theme).context().clone());
        let area = Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(width, TALL));
        let viewport = ViewportInfo { native_pixels_per_point: Some(PIXELS_PER_POINT), ..ViewportInfo::default() };
        let input = RawInput {
            viewports: std::iter::once((ViewportId::ROOT, viewport)).collect(),
            screen_rect: Some(area),
            time: Some(0.0),
            focused: false,
            ..RawInput::default()
        };
        let mut draw = Some(draw);
        let mut height = 0.0;
        let output = context.run_ui(input, |ui| {
            // Another pass of the same frame would measure the same.
            let Some(draw) = draw.take() else { return };
            height = ui.scope_builder(UiBuilder::new().max_rect(area), draw).response.rect.height();
        });
        output.drop_without_applying_deltas();
        height
    }
}
