//! The look by meaning: colours, type, space and lines for a mode (light, dark) and a scale (screen, page, slide).
//!
//! All values live in [`tokens`]; [`install`](Theme::install) gives them to egui, so that none of its own greys remain.
//! Not here: widgets, and anything that knows a project.

mod style;
pub mod tokens;

#[cfg(test)]
mod tests;

use egui::{Color32, FontFamily, FontId, RichText, Stroke};

use crate::model::Status;

use super::fonts;
use tokens::{DARK, LIGHT, PAGE_FACTOR, PAGE_TYPE, Palette, SCREEN_TYPE, SLIDE_FACTOR, SLIDE_TYPE, TypeScale};
pub use tokens::{dash, radius, size, space, stroke};

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    Light,
    Dark,
}

/// What it is drawn for: type, space and lines grow with the distance of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    Screen,
    /// An exported page of about 1200 × 675 points.
    Page,
    /// A slide of 1920 × 1080 points.
    Slide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backgrounds {
    pub window: Color32,
    pub panel: Color32,
    pub surface: Color32,
    pub hover: Color32,
    pub selected: Color32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextColours {
    pub strong: Color32,
    pub default: Color32,
    pub muted: Color32,
    pub disabled: Color32,
    /// On [`Accent::fill`].
    pub on_accent: Color32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    pub hairline: Color32,
    pub grid: Color32,
    pub axis: Color32,
    /// The frame of fields and buttons.
    pub control: Color32,
    /// Series that only give context.
    pub context_series: Color32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// Links, ticks, the focus ring.
    pub accent: Color32,
    pub hover: Color32,
    /// Behind white text.
    pub fill: Color32,
    pub fill_hover: Color32,
}

/// The colours of a status. The tint is for backgrounds only; "no data" has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusColours {
    pub text: Color32,
    pub mark: Color32,
    pub tint: Option<Color32>,
}

/// Marks of a process behaviour chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xmr {
    pub improve: Color32,
    pub concern: Color32,
    pub common: Color32,
}

/// Size and line height of a piece of text, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    pub size: f32,
    pub line_height: f32,
}

/// The steps of the type scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextSize {
    /// Notes, footers, column heads.
    Caption,
    Small,
    /// Axes and labels in charts.
    Label,
    Body,
    /// Under a title.
    Subtitle,
    /// Semibold.
    Section,
    Page,
    /// Semibold.
    Title,
    /// The one big number of a card. Semibold.
    Kpi,
}

impl TextSize {
    pub const ALL: [Self; 9] =
        [Self::Caption, Self::Small, Self::Label, Self::Body, Self::Subtitle, Self::Section, Self::Page, Self::Title, Self::Kpi];
}

/// Every colour, size and face a view may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub mode: Mode,
    pub scale: Scale,
    /// Everything of the scale is so many times as large: a slide on a window of another size.
    zoom: f32,
    pub bg: Backgrounds,
    pub text: TextColours,
    pub line: Lines,
    pub accent: Accent,
    pub xmr: Xmr,
    /// Progress bands, from dark to light.
    pub bullet: [Color32; 3],
    palette: &'static Palette,
}

impl Theme {
    pub fn new(mode: Mode, scale: Scale) -> Self {
        let palette = match mode {
            Mode::Light => &LIGHT,
            Mode::Dark => &DARK,
        };
        Self {
            mode,
            scale,
            zoom: 1.0,
            bg: palette.bg,
            text: palette.text,
            line: palette.line,
            accent: palette.accent,
            xmr: palette.xmr,
            bullet: palette.bullet,
            palette,
        }
    }

    pub fn light() -> Self {
        Self::new(Mode::Light, Scale::Screen)
    }

    pub fn dark() -> Self {
        Self::new(Mode::Dark, Scale::Screen)
    }

    /// The same colours for another reader.
    #[must_use]
    pub fn scaled(&self, scale: Scale) -> Self {
        Self { scale, ..self.clone() }
    }

    /// The same on paper or glass so many times as large.
    #[must_use]
    pub fn zoomed(&self, zoom: f32) -> Self {
        Self { zoom, ..self.clone() }
    }

    pub fn is_dark(&self) -> bool {
        self.mode == Mode::Dark
    }

    pub fn status(&self, status: Status) -> StatusColours {
        let palette = self.palette;
        match status {
            Status::OnTrack => palette.on_track,
            Status::Behind => palette.behind,
            Status::AtRisk => palette.at_risk,
            Status::Achieved => palette.achieved,
            Status::Missed => palette.missed,
            Status::TooEarly | Status::NotStarted => palette.not_started,
            Status::NoData => palette.no_data,
            Status::Postponed | Status::Abandoned | Status::Closed => palette.paused,
        }
    }

    /// The colour of series number `index`, from 0; starts again after eight.
    pub fn cat(&self, index: usize) -> Color32 {
        self.palette.cat[index % self.palette.cat.len()]
    }

    /// What is wrong with a field, as text.
    pub fn error(&self) -> Color32 {
        self.palette.at_risk.text
    }

    /// Under popups, menus and dialogs.
    pub fn shadow(&self) -> Color32 {
        self.palette.shadow
    }

    fn types(&self) -> &'static TypeScale {
        match self.scale {
            Scale::Screen => &SCREEN_TYPE,
            Scale::Page => &PAGE_TYPE,
            Scale::Slide => &SLIDE_TYPE,
        }
    }

    /// Size and line height of a step on this scale, in points.
    pub fn type_of(&self, text: TextSize) -> Type {
        let types = self.types();
        let at_scale = match text {
            TextSize::Caption => types.caption,
            TextSize::Small => types.small,
            TextSize::Label => types.label,
            TextSize::Body => types.body,
            TextSize::Subtitle => types.subtitle,
            TextSize::Section => types.section,
            TextSize::Page => types.page,
            TextSize::Title => types.title,
            TextSize::Kpi => types.kpi,
        };
        Type { size: at_scale.size * self.zoom, line_height: at_scale.line_height * self.zoom }
    }

    /// The face of words at a step: semibold where the step is a heading.
    pub fn font(&self, text: TextSize) -> FontId {
        let family = match text {
            TextSize::Section | TextSize::Title => fonts::semibold(),
            TextSize::Kpi => fonts::numbers_semibold(),
            _ => FontFamily::Proportional,
        };
        FontId::new(self.type_of(text).size, family)
    }

    pub fn medium_font(&self, text: TextSize) -> FontId {
        FontId::new(self.type_of(text).size, fonts::medium())
    }

    pub fn strong_font(&self, text: TextSize) -> FontId {
        FontId::new(self.type_of(text).size, fonts::semibold())
    }

    /// Digits of equal width: tables, axes, cards.
    pub fn number_font(&self, text: TextSize) -> FontId {
        let family = if text == TextSize::Kpi { fonts::numbers_semibold() } else { fonts::numbers() };
        FontId::new(self.type_of(text).size, family)
    }

    pub fn strong_number_font(&self, text: TextSize) -> FontId {
        FontId::new(self.type_of(text).size, fonts::numbers_semibold())
    }

    /// Words at a step, with its line height. Headings take the strong colour, all else the default one; `.color(..)` changes it.
    pub fn rich(&self, words: impl Into<String>, text: TextSize) -> RichText {
        let colour = match text {
            TextSize::Section | TextSize::Page | TextSize::Title | TextSize::Kpi => self.text.strong,
            _ => self.text.default,
        };
        RichText::new(words).font(self.font(text)).line_height(Some(self.type_of(text).line_height)).color(colour)
    }

    /// Quiet words: captions, units, dates.
    pub fn muted(&self, words: impl Into<String>, text: TextSize) -> RichText {
        self.rich(words, text).color(self.text.muted)
    }

    pub fn strong(&self, words: impl Into<String>, text: TextSize) -> RichText {
        self.rich(words, text).font(self.strong_font(text)).color(self.text.strong)
    }

    /// A number at a step, its digits of equal width.
    pub fn number(&self, number: impl Into<String>, text: TextSize) -> RichText {
        self.rich(number, text).font(self.number_font(text))
    }

    /// How much larger space is than on the screen.
    pub fn factor(&self) -> f32 {
        let of_scale = match self.scale {
            Scale::Screen => 1.0,
            Scale::Page => PAGE_FACTOR,
            Scale::Slide => SLIDE_FACTOR,
        };
        of_scale * self.zoom
    }

    /// A length of [`space`] or [`size`] on this scale.
    pub fn px(&self, at_100_percent: f32) -> f32 {
        at_100_percent * self.factor()
    }

    /// A line of a width of [`stroke`] on this scale.
    pub fn stroke(&self, width: f32, colour: Color32) -> Stroke {
        Stroke::new(self.px(width), colour)
    }

    /// Makes egui look like this and keeps it so: both of its styles are ours, since the mode is chosen here and not by egui's
    /// idea of the system.
    pub fn install(&self, ctx: &egui::Context) {
        ctx.set_fonts(fonts::definitions());
        let style = std::sync::Arc::new(self.style());
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            ctx.set_style_of(theme, std::sync::Arc::clone(&style));
        }
        ctx.set_theme(match self.mode {
            Mode::Light => egui::Theme::Light,
            Mode::Dark => egui::Theme::Dark,
        });
    }
}
