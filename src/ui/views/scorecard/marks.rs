//! Signal and noise in two shapes: what the latest value is, and what the limits say of the target.

use egui::{Color32, Painter, Pos2, Shape, Stroke, pos2, vec2};

use crate::analysis::xmr::{Assurance, Variation};
use crate::ui::theme::Theme;

/// ▲ better, ▼ worse, ◆ neither, ● routine; 12 points at a scale of 1.
pub(super) fn paint_variation(painter: &Painter, theme: &Theme, centre: Pos2, scale: f32, variation: Variation) {
    let at = |x: f32, y: f32| centre + vec2(x, y) * scale;
    let polygon = |points: Vec<Pos2>, colour: Color32| {
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    };
    match variation {
        Variation::Improving => polygon(vec![at(-5.25, 4.0), at(0.0, -5.0), at(5.25, 4.0)], theme.xmr.improve),
        Variation::Concerning => polygon(vec![at(-5.25, -4.0), at(5.25, -4.0), at(0.0, 5.0)], theme.xmr.concern),
        Variation::Neither => polygon(vec![at(0.0, -5.0), at(5.0, 0.0), at(0.0, 5.0), at(-5.0, 0.0)], theme.text.muted),
        Variation::Common => {
            painter.circle_filled(centre, 3.0 * scale, theme.xmr.common);
        }
    }
}

/// A ring with ✓, × or a wave: met by routine variation, missed by it, or now the one and now the other.
pub(super) fn paint_assurance(painter: &Painter, theme: &Theme, centre: Pos2, scale: f32, assurance: Assurance) {
    let at = |x: f32, y: f32| centre + vec2(x, y) * scale;
    let colour = match assurance {
        Assurance::PassesConsistently => theme.xmr.improve,
        Assurance::FailsConsistently => theme.xmr.concern,
        Assurance::HitAndMiss => theme.text.muted,
    };
    let line = Stroke::new(1.4 * scale, colour);
    painter.circle_stroke(centre, 6.5 * scale, line);
    match assurance {
        Assurance::PassesConsistently => {
            painter.add(Shape::line(vec![at(-2.8, 0.2), at(-0.8, 2.3), at(2.9, -2.1)], line));
        }
        Assurance::FailsConsistently => {
            painter.line_segment([at(-2.3, -2.3), at(2.3, 2.3)], line);
            painter.line_segment([at(-2.3, 2.3), at(2.3, -2.3)], line);
        }
        Assurance::HitAndMiss => {
            let wave = (0..=12).map(|step| {
                let x = -3.4 + 6.8 * step as f32 / 12.0;
                at(x, -1.7 * (x * std::f32::consts::TAU / 6.8).sin())
            });
            painter.add(Shape::line(wave.collect(), line));
        }
    }
}

/// ▲ up or ▼ down, in the colour of what that means.
pub(super) fn paint_arrow(painter: &Painter, centre: Pos2, scale: f32, is_up: bool, colour: Color32) {
    let y = if is_up { 1.0 } else { -1.0 };
    let at = |x: f32, dy: f32| pos2(centre.x + x * scale, centre.y + dy * y * scale);
    painter.add(Shape::convex_polygon(vec![at(-3.2, 2.4), at(0.0, -3.0), at(3.2, 2.4)], colour, Stroke::NONE));
}
