//! A word-sized line: the shape of a series, its last point and, beside it, its last value.

use egui::{Color32, Painter, Rect, Response, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::chart::Spark;
use crate::ui::theme::{TextSize, Theme, size, space, stroke};

/// Paints the runs into `rect` on their own scale; a run of one point is a dot, and so is the last value.
pub fn paint_sparkline(painter: &Painter, theme: &Theme, rect: Rect, spark: &Spark) {
    let dot = theme.px(2.5);
    let inner = rect.shrink(dot);
    let place = |[x, y]: [f32; 2]| pos2(inner.left() + inner.width() * x, inner.bottom() - inner.height() * y);
    let line = theme.stroke(stroke::SPARKLINE, theme.text.muted);
    for run in &spark.runs {
        match run.as_slice() {
            [] => {}
            [alone] => {
                painter.circle_filled(place(*alone), line.width, line.color);
            }
            points => {
                painter.add(Shape::line(points.iter().copied().map(place).collect(), line));
            }
        }
    }
    if let Some(last) = spark.last {
        painter.circle_filled(place(last), dot, theme.text.strong);
    }
}

/// The line in a box of `width` points, with the last value after it if `value_width` is given.
pub fn sparkline_ui(ui: &mut Ui, theme: &Theme, spark: &Spark, width: f32, value_width: Option<f32>) -> Response {
    let gap = theme.px(space::XS);
    let whole = width + value_width.map_or(0.0, |value| gap + value);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(whole, theme.px(size::SPARK_HEIGHT)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spark.summary));
    if ui.is_rect_visible(rect) {
        paint_sparkline(ui.painter(), theme, Rect::from_min_size(rect.min, vec2(width, rect.height())), spark);
        if value_width.is_some() {
            let galley = ui.painter().layout_no_wrap(spark.value.clone(), theme.number_font(TextSize::Small), theme.text.default);
            let place = pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(place, galley, Color32::PLACEHOLDER);
        }
    }
    if spark.summary.is_empty() { response } else { response.on_hover_text(&spark.summary) }
}
