//! Colours and faces of a deck: those of Waymark's theme, by the names that a presentation gives them, so that who restyles the
//! presentation restyles the slides.

use egui::Color32;

use super::xml::Xml;
use crate::ui::theme::Theme;

/// A face that every system has, or one of the same widths: nothing is embedded, and text breaks where it was meant to.
pub(super) const FACE: &str = "Arial";

/// What something is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Strong text.
    Text,
    Muted,
    /// The paper.
    Paper,
    /// Panels, heads of tables.
    Panel,
    /// The colour of a series, from 0.
    Accent(u8),
    Exact(Color32),
    /// That colour, so many hundredths opaque.
    Veil(Color32, u8),
}

impl Ink {
    /// Series beyond the six that a presentation names have colours of their own.
    pub(super) fn series(theme: &Theme, index: usize) -> Self {
        if index < 6 { Self::Accent(index as u8) } else { Self::Exact(theme.cat(index)) }
    }

    /// `<a:solidFill>`.
    pub(super) fn fill(self, xml: &mut Xml) {
        xml.within("a:solidFill", &[], |xml| self.colour(xml));
    }

    /// The colour itself.
    pub(super) fn colour(self, xml: &mut Xml) {
        match self {
            Self::Text => xml.val("a:schemeClr", "tx1"),
            Self::Muted => xml.val("a:schemeClr", "tx2"),
            Self::Paper => xml.val("a:schemeClr", "bg1"),
            Self::Panel => xml.val("a:schemeClr", "bg2"),
            Self::Accent(index) => xml.val("a:schemeClr", format!("accent{}", index + 1)),
            Self::Exact(colour) => xml.val("a:srgbClr", hex(colour)),
            Self::Veil(colour, share) => {
                xml.within("a:srgbClr", &[("val", &hex(colour))], |xml| xml.val("a:alpha", u32::from(share) * 1000));
            }
        }
    }
}

/// "1F54CC".
pub(super) fn hex(colour: Color32) -> String {
    format!("{:02X}{:02X}{:02X}", colour.r(), colour.g(), colour.b())
}
