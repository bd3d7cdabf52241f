//! A card at every size: all that it says, its glyph and title, its glyph, a speck.

use std::cell::RefCell;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, CornerRadius, FontId, Galley, Painter, Rect, StrokeKind, Vec2, pos2, vec2};

use super::camera::{FULL, TITLED};
use super::lines::{paint_mark, role_colour};
use super::wraps::{self, Wraps};
use crate::chart::Spark;
use crate::chart::map::{Card, Node, Tie};
use crate::model::{GoalKind, Status};
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, Theme, stroke};
use crate::ui::widgets::{Bullet, paint_bullet, paint_sparkline, paint_status_glyph};

const PADDING: f32 = 12.0;
const RADIUS: f32 = 8.0;
/// Words on a screen are never smaller, in points; where they have no room they are left out.
const LEAST_TYPE: f32 = 9.0;

/// What is special about a card now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) selected: bool,
    pub(super) hovered: bool,
    pub(super) ring: Ring,
}

/// What is around a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ring {
    #[default]
    Plain,
    /// It belongs to what is pointed at or selected.
    Lit,
    /// It is that, or has the keyboard.
    Chosen,
}

/// Everything that a card is drawn with.
pub(super) struct Brush<'a> {
    pub(super) painter: &'a Painter,
    /// On the scale of a screen; the zoom makes it larger.
    pub(super) theme: &'a Theme,
    pub(super) zoom: f32,
    pub(super) medium: Medium,
    pub(super) wraps: &'a RefCell<Wraps>,
}

impl Brush<'_> {
    fn px(&self, length: f32) -> f32 {
        length * self.zoom
    }

    /// Type is set in whole points on a screen: each size is drawn into a texture once.
    fn font(&self, font: FontId) -> FontId {
        let size = font.size * self.zoom;
        FontId { size: if self.medium.is_screen() { size.round().max(LEAST_TYPE) } else { size }, ..font }
    }

    fn text(&self, words: &str, font: FontId, colour: Color32, width: f32, rows: usize) -> Arc<Galley> {
        let font = self.font(font);
        let key = wraps::key(words, &font, rows);
        let room = width.max(8.0);
        // A page is laid out once, exactly.
        let max_width = if self.medium.is_screen() { self.wraps.borrow().width(key, room) } else { room };
        let mut job = LayoutJob::single_section(words.to_owned(), TextFormat::simple(font, colour));
        job.wrap = TextWrapping { max_width, max_rows: rows, break_anywhere: rows == 1, ..TextWrapping::default() };
        let galley = self.painter.fonts_mut(|fonts| fonts.layout_job(job));
        self.wraps.borrow_mut().learn(key, max_width, &galley);
        galley
    }

    /// The ground of a card and what is special about it.
    fn ground(&self, rect: Rect, node: &Node, look: Look) {
        let theme = self.theme;
        let corner = CornerRadius::same(self.px(RADIUS).clamp(1.0, 24.0) as u8);
        if node.folded == Some(true) {
            // Something lies under it.
            let under = rect.translate(Vec2::splat(self.px(4.0)));
            self.painter.rect(under, corner, theme.bg.panel, theme.stroke(stroke::HAIRLINE, theme.line.axis), StrokeKind::Inside);
        }
        let fill = if look.selected {
            theme.bg.selected
        } else if look.hovered {
            theme.bg.hover
        } else {
            theme.bg.surface
        };
        let line = match look.ring {
            Ring::Chosen => theme.stroke(stroke::FOCUS_RING, theme.accent.accent),
            Ring::Lit => theme.stroke(stroke::CONTEXT, theme.accent.accent),
            Ring::Plain => theme.stroke(stroke::HAIRLINE, theme.line.axis.gamma_multiply(0.7)),
        };
        self.painter.rect(rect, corner, fill, line, StrokeKind::Inside);
    }

    /// The card of a goal or KPI in a rectangle. `kind` is that of its goal.
    pub(super) fn card(&self, rect: Rect, node: &Node, card: &Card, kind: Option<&GoalKind>, spark: Option<&Spark>, look: Look) {
        self.ground(rect, node, look);
        if self.zoom < TITLED {
            self.glyph_only(rect, node, card.status);
        } else if self.zoom < FULL {
            self.glyph_and_title(rect, node, card, kind);
        } else if let Some(status) = card.status {
            self.goal(rect, node, card, status, kind);
        } else {
            self.metric(rect, node, card, spark);
        }
    }

    fn title_font(&self, kind: Option<&GoalKind>) -> FontId {
        match kind {
            Some(GoalKind::Objective(_)) => self.theme.strong_font(TextSize::Body),
            _ => self.theme.medium_font(TextSize::Body),
        }
    }

    fn title_colour(&self, node: &Node) -> Color32 {
        if node.muted { self.theme.text.muted } else { self.theme.text.strong }
    }

    fn glyph(&self, centre: egui::Pos2, size: f32, tie: Tie, status: Option<Status>) {
        match status {
            Some(status) => paint_status_glyph(self.painter, self.theme, Rect::from_center_size(centre, Vec2::splat(size)), status),
            None if tie == Tie::Top => {
                self.painter.circle_stroke(centre, size * 0.3, self.theme.stroke(stroke::CONTEXT, self.theme.line.axis));
            }
            None => paint_mark(self.painter, self.theme, centre, size * 0.38, tie),
        }
    }

    fn glyph_only(&self, rect: Rect, node: &Node, status: Option<Status>) {
        self.glyph(rect.center(), (rect.height() * 0.6).min(12.0), node.tie, status);
    }

    fn glyph_and_title(&self, rect: Rect, node: &Node, card: &Card, kind: Option<&GoalKind>) {
        let inner = rect.shrink2(vec2(self.px(PADDING).max(4.0), self.px(6.0)));
        let glyph = (14.0 * self.zoom.max(0.5)).min(inner.height());
        // Larger than in proportion: this is read from afar.
        let larger = (0.62 / self.zoom).clamp(1.0, 1.5);
        let font = self.title_font(kind);
        let font = FontId { size: font.size * larger, ..font };
        let width = inner.width() - glyph - 4.0;
        let line = self.font(font.clone()).size * 1.3;
        let rows = ((inner.height() / line) as usize).clamp(1, 3);
        let galley = self.text(&card.title, font, self.title_colour(node), width, rows);
        let top = inner.center().y - galley.size().y / 2.0;
        self.glyph(pos2(inner.left() + glyph / 2.0, inner.center().y.min(top + line / 2.0)), glyph, node.tie, card.status);
        self.painter.with_clip_rect(self.painter.clip_rect().intersect(rect)).galley(
            pos2(inner.left() + glyph + 4.0, top),
            galley,
            Color32::PLACEHOLDER,
        );
    }

    fn goal(&self, rect: Rect, node: &Node, card: &Card, status: Status, kind: Option<&GoalKind>) {
        let (theme, px) = (self.theme, |length| self.px(length));
        let inner = rect.shrink2(vec2(px(PADDING), 0.0));
        let row = inner.top() + px(18.0);
        let glyph = px(12.0);
        self.glyph(pos2(inner.left() + glyph / 2.0, row), glyph, node.tie, Some(status));
        let kind_words = self.text(card.kind, theme.font(TextSize::Caption), theme.text.muted, inner.width() / 2.0, 1);
        let words_left = inner.left() + glyph + px(6.0);
        let words_right = inner.right() - kind_words.size().x - px(8.0);
        let words = self.text(status.word(), theme.strong_font(TextSize::Small), theme.status(status).text, words_right - words_left, 1);
        self.painter.galley(pos2(words_left, row - words.size().y / 2.0), words, Color32::PLACEHOLDER);
        self.painter.galley(pos2(inner.right() - kind_words.size().x, row - kind_words.size().y / 2.0), kind_words, Color32::PLACEHOLDER);

        let title = self.text(&card.title, self.title_font(kind), self.title_colour(node), inner.width(), 2);
        // One line stands in the middle of the room for two.
        let middle = inner.top() + px(48.0);
        self.painter.galley(pos2(inner.left(), middle - title.size().y / 2.0), title, Color32::PLACEHOLDER);

        let row = inner.bottom() - px(17.0);
        let now = self.text(&card.now, theme.number_font(TextSize::Small), theme.text.default, inner.width() - px(56.0), 1);
        let bar = (inner.width() - now.size().x - px(10.0)).min(px(104.0));
        self.painter.galley(pos2(inner.right() - now.size().x, row - now.size().y / 2.0), now, Color32::PLACEHOLDER);
        let place = Rect::from_min_size(pos2(inner.left(), row - px(6.0)), vec2(bar, px(12.0)));
        paint_bullet(self.painter, theme, place, Bullet { progress: card.progress, expected: card.expected });
    }

    fn metric(&self, rect: Rect, node: &Node, card: &Card, spark: Option<&Spark>) {
        let (theme, px) = (self.theme, |length| self.px(length));
        let inner = rect.shrink2(vec2(px(PADDING), 0.0));
        let row = inner.top() + px(17.0);
        let (role, colour) = match card.role {
            Some(_) if card.tripped => ("guardrail, breached", theme.error()),
            Some(role) => (role.word(), role_colour(theme, role)),
            None if card.is_input => ("part of a formula", theme.text.muted),
            None => ("no goal", theme.text.muted),
        };
        let role = self.text(role, theme.medium_font(TextSize::Caption), colour, inner.width() / 2.0, 1);
        let width = inner.width() - role.size().x - px(8.0);
        self.painter.galley(pos2(inner.right() - role.size().x, row - role.size().y / 2.0), role, Color32::PLACEHOLDER);
        let title = self.text(&card.title, theme.medium_font(TextSize::Body), self.title_colour(node), width, 1);
        self.painter.galley(pos2(inner.left(), row - title.size().y / 2.0), title, Color32::PLACEHOLDER);
        let row = inner.bottom() - px(18.0);
        let value = self.text(&card.now, theme.strong_number_font(TextSize::Section), theme.text.strong, inner.width() * 0.55, 1);
        let place = Rect::from_min_max(
            pos2(inner.left(), row - px(11.0)),
            pos2(inner.right() - value.size().x.max(px(72.0)) - px(10.0), row + px(11.0)),
        );
        if let Some(spark) = spark {
            paint_sparkline(self.painter, theme, place, spark);
        }
        self.painter.galley(pos2(inner.right() - value.size().x, row - value.size().y / 2.0), value, Color32::PLACEHOLDER);
    }

    /// How much is folded away under a card, or the sign that folds it.
    pub(super) fn knob(&self, rect: Rect, node: &Node, active: bool) {
        let theme = self.theme;
        let words = if node.folded == Some(true) { format!("+{}", node.hidden) } else { "−".to_owned() };
        let (fill, colour) = if active { (theme.bg.hover, theme.accent.accent) } else { (theme.bg.surface, theme.text.default) };
        let round = CornerRadius::same((rect.height() / 2.0).min(127.0) as u8);
        self.painter.rect(rect, round, fill, theme.stroke(stroke::CONTROL, theme.line.control), StrokeKind::Inside);
        let font = self.font(theme.strong_number_font(TextSize::Caption));
        self.painter.text(rect.center(), Align2::CENTER_CENTER, words, font, colour);
    }

    /// Where that is, on the right edge of the card.
    pub(super) fn knob_place(&self, card: Rect, node: &Node) -> Option<Rect> {
        let folded = node.folded?;
        let height = (18.0 * self.zoom).clamp(14.0, 24.0);
        let width = if folded { height * 0.55 * (2.0 + (node.hidden.max(1) as f32).log10().floor()) + 4.0 } else { height };
        Some(Rect::from_center_size(card.right_center(), vec2(width.max(height), height)))
    }
}
