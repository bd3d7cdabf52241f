//! Progress against expectation in one bar (after Stephen Few's bullet graph).

use egui::{Painter, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::model::Locale;
use crate::ui::theme::{Theme, size, stroke};

/// Where the darker and the middle grey end: 70 % and 90 % of the way.
const BANDS: [f32; 3] = [0.7, 0.9, 1.0];

/// Shares of one; progress may be below zero and above one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bullet {
    pub progress: Option<f64>,
    pub expected: Option<f64>,
}

impl Bullet {
    /// "Progress 62 %, expected 58 %".
    pub fn words(&self) -> String {
        let locale = Locale::default();
        let Self { progress, expected } = *self;
        match (progress, expected) {
            (Some(progress), Some(expected)) => {
                format!("Progress {}, expected {}", locale.percent(progress, 0), locale.percent(expected, 0))
            }
            (Some(progress), None) => format!("Progress {}", locale.percent(progress, 0)),
            (None, Some(expected)) => format!("No progress known, expected {}", locale.percent(expected, 0)),
            (None, None) => "No progress known".to_owned(),
        }
    }
}

/// Three grey bands, an ink bar from zero, an accent tick where progress should be. Progress outside 0 … 100 % is cut at the
/// edge and says so by an arrow head; unknown progress is a dashed frame.
pub fn paint_bullet(painter: &Painter, theme: &Theme, rect: Rect, bullet: Bullet) {
    let arrow = rect.height() * 0.4;
    // Room for the arrow heads on both sides, always, so that bars of a column share their zero.
    let scale = Rect::from_min_max(pos2(rect.left() + arrow, rect.top()), pos2(rect.right() - arrow, rect.bottom()));
    let x = |share: f64| scale.left() + scale.width() * share.clamp(0.0, 1.0) as f32;
    let Bullet { progress, expected } = bullet;

    let Some(progress) = progress.filter(|p| p.is_finite()) else {
        let outline = [scale.left_top(), scale.right_top(), scale.right_bottom(), scale.left_bottom(), scale.left_top()];
        let line = theme.stroke(stroke::HAIRLINE, theme.line.axis);
        painter.extend(Shape::dashed_line(&outline, line, theme.px(3.0), theme.px(3.0)));
        paint_expected(painter, theme, scale, expected.map(x));
        return;
    };

    let mut from = scale.left();
    for (share, colour) in BANDS.into_iter().zip(theme.bullet) {
        let to = x(f64::from(share));
        painter.rect_filled(Rect::from_min_max(pos2(from, scale.top()), pos2(to, scale.bottom())), 0.0, colour);
        from = to;
    }
    let half = scale.height() * 0.19;
    let middle = scale.center().y;
    let ink = theme.text.strong;
    if progress > 0.0 {
        painter.rect_filled(Rect::from_min_max(pos2(scale.left(), middle - half), pos2(x(progress), middle + half)), 0.0, ink);
    }
    let head = |tip: f32, base: f32| {
        let points = vec![pos2(tip, middle), pos2(base, middle - arrow), pos2(base, middle + arrow)];
        painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
    };
    if progress > 1.0005 {
        head(rect.right(), scale.right());
    } else if progress < -0.0005 {
        head(rect.left(), scale.left());
    }
    if scale.width() < 1.0 {
        painter.rect_stroke(scale, 0.0, theme.stroke(stroke::HAIRLINE, theme.line.axis), StrokeKind::Inside);
    }
    paint_expected(painter, theme, scale, expected.map(x));
}

fn paint_expected(painter: &Painter, theme: &Theme, scale: Rect, x: Option<f32>) {
    if let Some(x) = x {
        // A tick on the very edge stays whole.
        let width = theme.px(2.0);
        let x = x.clamp(scale.left() + width / 2.0, scale.right() - width / 2.0);
        painter.rect_filled(Rect::from_center_size(pos2(x, scale.center().y), vec2(width, scale.height())), 0.0, theme.accent.accent);
    }
}

/// A bullet of `width` points (160 suits a table); hover and screen readers get its numbers.
pub fn bullet_ui(ui: &mut Ui, theme: &Theme, bullet: Bullet, width: f32) -> Response {
    bullet_plain_ui(ui, theme, bullet, width).on_hover_text(bullet.words())
}

/// As [`bullet_ui`], for who says more on hover than its numbers.
pub fn bullet_plain_ui(ui: &mut Ui, theme: &Theme, bullet: Bullet, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, theme.px(size::BULLET_HEIGHT)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, bullet.words()));
    if ui.is_rect_visible(rect) {
        paint_bullet(ui.painter(), theme, rect, bullet);
    }
    response
}
