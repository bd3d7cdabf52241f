//! The interface can be seen in tests that run without a graphics card.

#[path = "support/renderer.rs"]
mod renderer;

use egui::{Color32, RichText, vec2};
use egui_kittest::kittest::Queryable as _;
use renderer::TestRenderer;
use waymark::ui::theme::Theme;

#[test]
fn a_harness_is_rendered_by_the_exporter() {
    let clicks = std::cell::Cell::new(0);
    let mut harness = egui_kittest::Harness::builder()
        .with_size(vec2(200.0, 100.0))
        .with_pixels_per_point(2.0)
        .with_render_cursor(false)
        .with_context_setup(|context| Theme::light().install(context))
        .renderer(TestRenderer::default())
        .build_ui(|ui| {
            ui.label(RichText::new("Monthly active users").color(Color32::RED));
            if ui.button("Count").clicked() {
                clicks.set(clicks.get() + 1);
            }
        });
    harness.run();
    let before = harness.render().unwrap();
    assert_eq!(before.dimensions(), (400, 200));
    let red = before.pixels().filter(|pixel| pixel.0 == [255, 0, 0, 255]).count();
    assert!(red > 100, "the label is drawn in its colour: {red} pixels");

    harness.get_by_label("Count").click();
    harness.run();
    assert_eq!(clicks.get(), 1);
    assert_eq!(harness.render().unwrap().dimensions(), before.dimensions());
}
