//! The paper of a slide: places in points of 1920 × 1080, words that stay in their boxes, and parts that can be clicked.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, CornerRadius, CursorIcon, FontId, Galley, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::PAPER;
use crate::chart::deck::unbroken;
use crate::model::Status;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, Theme, radius, stroke};
use crate::ui::widgets::paint_status_glyph;
use crate::workspace::{Action, Selection};

/// Left and right of everything.
pub(super) const MARGIN: f32 = 96.0;
/// What is between the margins.
pub(super) const WIDTH: f32 = PAPER.x - 2.0 * MARGIN;
/// Where the body begins and ends.
pub(super) const TOP: f32 = 232.0;
pub(super) const BOTTOM: f32 = 984.0;
/// Words of rows: the least that reads from the back row, as a share of the body size.
pub(super) const ROW: f32 = 0.9;
/// Smaller letters on the glass, in points, are left out: nobody could read them.
const LEAST_LETTERS: f32 = 3.2;
/// How finely a size is sought that fits.
const STEP: f32 = 0.04;

/// Where a slide is drawn, and with what.
pub(super) struct Paper<'a, 's> {
    pub(super) scene: &'a Scene<'s>,
    /// Of slides, zoomed.
    pub(super) theme: Theme,
    pub(super) place: Rect,
    pub(super) medium: Medium,
}

/// How words are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    size: TextSize,
    face: Face,
    colour: Color32,
    anchor: Align2,
    rows: usize,
    /// From the largest to the least share of the size that may be set to make them fit.
    shares: (f32, f32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Words,
    Strong,
    Numbers,
    StrongNumbers,
}

impl Style {
    pub(super) fn strong(self) -> Self {
        Self { face: Face::Strong, ..self }
    }

    pub(super) fn numbers(self) -> Self {
        Self { face: if self.face == Face::Strong { Face::StrongNumbers } else { Face::Numbers }, ..self }
    }

    pub(super) fn colour(self, colour: Color32) -> Self {
        Self { colour, ..self }
    }

    pub(super) fn at(self, anchor: Align2) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// Set at this share of the size.
    pub(super) fn share(self, share: f32) -> Self {
        Self { shares: (share, share), ..self }
    }

    /// Made smaller to fit, down to this share of the size.
    pub(super) fn down_to(self, least: f32) -> Self {
        Self { shares: (self.shares.0, least.min(self.shares.0)), ..self }
    }
}

impl Paper<'_, '_> {
    pub(super) fn zoom(&self) -> f32 {
        self.place.width() / PAPER.x
    }

    pub(super) fn at(&self, x: f32, y: f32) -> Pos2 {
        self.place.min + vec2(x, y) * self.zoom()
    }

    pub(super) fn rect(&self, x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(self.at(x, y), vec2(width, height) * self.zoom())
    }

    /// The whole width of the body from one height to another.
    pub(super) fn band(&self, top: f32, bottom: f32) -> Rect {
        self.rect(MARGIN, top, WIDTH, bottom - top)
    }

    /// Points of the paper of a length on the glass.
    pub(super) fn points(&self, length: f32) -> f32 {
        length / self.zoom()
    }

    pub(super) fn is_live(&self) -> bool {
        self.medium.is_screen()
    }

    pub(super) fn style(&self, size: TextSize) -> Style {
        let (face, colour) = match size {
            TextSize::Section | TextSize::Title => (Face::Strong, self.theme.text.strong),
            TextSize::Kpi => (Face::StrongNumbers, self.theme.text.strong),
            TextSize::Page => (Face::Words, self.theme.text.strong),
            _ => (Face::Words, self.theme.text.default),
        };
        Style { size, face, colour, anchor: Align2::LEFT_TOP, rows: 1, shares: (1.0, 1.0) }
    }

    pub(super) fn muted(&self, size: TextSize) -> Style {
        self.style(size).colour(self.theme.text.muted)
    }

    /// The words as they will be set in so much room, in points of the glass.
    pub(super) fn lay(&self, ui: &Ui, room: Vec2, words: &str, style: Style) -> Arc<Galley> {
        let words = one_paragraph(words);
        let words = if style.rows > 1 { unbroken(&words) } else { words };
        let (most, least) = style.shares;
        let mut share = most;
        loop {
            let galley = self.galley(ui, room, &words, style, share);
            if share <= least || (!galley.elided && galley.size().y <= room.y * 1.02) {
                return galley;
            }
            share = (share - STEP).max(least);
        }
    }

    fn galley(&self, ui: &Ui, room: Vec2, words: &str, style: Style, share: f32) -> Arc<Galley> {
        let step = self.theme.type_of(style.size);
        let font = match style.face {
            Face::Words => self.theme.font(style.size),
            Face::Strong => self.theme.strong_font(style.size),
            Face::Numbers => self.theme.number_font(style.size),
            Face::StrongNumbers => self.theme.strong_number_font(style.size),
        };
        let format = TextFormat {
            font_id: FontId::new(font.size * share, font.family),
            color: style.colour,
            line_height: Some(step.line_height * share),
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(words.to_owned(), format);
        job.wrap =
            TextWrapping { max_width: room.x.max(1.0), max_rows: style.rows, break_anywhere: style.rows == 1, ..TextWrapping::default() };
        job.halign = style.anchor.x();
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// Sets words in a box and answers with where they stand. What does not fit ends with "…".
    pub(super) fn write(&self, ui: &Ui, room: Rect, words: &str, style: Style) -> Rect {
        if words.is_empty() {
            return Rect::from_min_size(room.min, Vec2::ZERO);
        }
        let galley = self.lay(ui, room.size(), words, style);
        place_galley(ui, room, galley, style)
    }

    /// The glyph of a status in a square box of the paper.
    pub(super) fn glyph(&self, ui: &Ui, middle: Pos2, size: f32, status: Status) {
        paint_status_glyph(ui.painter(), &self.theme, Rect::from_center_size(middle, Vec2::splat(size * self.zoom())), status);
    }

    /// Glyph and word of a status.
    pub(super) fn status(&self, ui: &Ui, room: Rect, status: Status, size: TextSize) {
        let glyph = self.theme.type_of(size).size * 0.8;
        self.glyph(ui, pos2(room.left() + glyph / 2.0, room.center().y), self.points(glyph), status);
        let style = self.style(size).strong().colour(self.theme.status(status).text).at(Align2::LEFT_CENTER).down_to(0.8);
        let words = Rect::from_min_max(pos2(room.left() + glyph * 1.4, room.top()), room.max);
        self.write(ui, words, status.word(), style);
    }

    pub(super) fn hairline(&self, ui: &Ui, y: f32) {
        let line = self.theme.stroke(stroke::HAIRLINE, self.theme.line.hairline);
        ui.painter().hline(self.band(y, y).x_range(), self.at(0.0, y).y, line);
    }

    /// What a screen reader finds here.
    pub(super) fn say(&self, ui: &Ui, room: Rect, salt: impl std::hash::Hash + std::fmt::Debug, role: Role, words: &str) {
        if self.is_live() && !words.is_empty() {
            let response = ui.interact(room, ui.scope_id().with(salt), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(role, true, words));
        }
    }

    /// A part that leads somewhere when it is clicked on a screen; `words` say all of it. To be called before what stands on it is painted.
    pub(super) fn link(&self, ui: &Ui, room: Rect, words: &str, to: Option<Selection>, actions: &mut Vec<Action>) {
        let Some(to) = to.filter(|_| self.is_live()) else {
            self.say(ui, room, ("row", words, room.top() as i32, room.left() as i32), Role::Label, words);
            return;
        };
        let id = ui.scope_id().with(("leads to", words, room.top() as i32, room.left() as i32));
        let response = ui.interact(room, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
        let around = room.expand2(vec2(self.theme.px(6.0), 0.0));
        let corner = CornerRadius::same(self.theme.px(f32::from(radius::CONTROL)) as u8);
        if response.hovered() {
            ui.painter().rect_filled(around, corner, self.theme.bg.hover);
        }
        if response.has_focus() {
            let line = self.theme.stroke(stroke::CONTROL, self.theme.accent.accent);
            ui.painter().rect_stroke(around, corner, line, egui::StrokeKind::Inside);
        }
        if response.clicked() {
            actions.push(Action::Visit(to));
        }
    }
}

/// Paints words that were laid for this box.
pub(super) fn place_galley(ui: &Ui, room: Rect, galley: Arc<Galley>, style: Style) -> Rect {
    let at = style.anchor.pos_in_rect(&room);
    let drawn = style.anchor.anchor_size(at, galley.size());
    if galley.job.sections.first().is_some_and(|s| s.format.font_id.size < LEAST_LETTERS) {
        return drawn;
    }
    // A galley that is aligned to the right or the middle is drawn from there.
    let from = pos2(style.anchor.x().to_factor() * drawn.width() + drawn.left(), drawn.top());
    ui.painter().galley(from, galley, style.colour);
    drawn
}

/// Where a row about a goal or a metric leads: to the goal first.
pub(super) fn target(goal: Option<&crate::model::GoalId>, metric: Option<&crate::model::MetricId>) -> Option<Selection> {
    goal.cloned().map(Selection::Goal).or_else(|| metric.cloned().map(Selection::Metric))
}

/// Line breaks and what cannot be seen become spaces.
fn one_paragraph(words: &str) -> String {
    words.chars().map(|c| if c.is_control() || matches!(u32::from(c), 0x2028 | 0x2029) { ' ' } else { c }).collect()
}
