//! The bundled faces: Inter for words, Inter Numbers (equal-width digits) for figures, Lucide for icons.
//!
//! Each face has one name for egui. An SVG must name it by `css_family` and `weight`, since fontdb knows Inter Medium and
//! Inter `SemiBold` as weights 500 and 600 of one family "Inter": `font-family="Inter" font-weight="600"`.

mod system;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};
pub use system::SystemFaces;

/// A bundled face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// In egui: the key of the font data and the name of a family.
    pub family: &'static str,
    /// In SVG, CSS and fontdb.
    pub css_family: &'static str,
    /// In SVG, CSS and fontdb: 400, 500 or 600.
    pub weight: u16,
    pub bytes: &'static [u8],
}

pub const REGULAR: &str = "Inter";
pub const MEDIUM: &str = "Inter Medium";
pub const SEMIBOLD: &str = "Inter SemiBold";
pub const NUMBERS: &str = "Inter Numbers";
pub const NUMBERS_SEMIBOLD: &str = "Inter Numbers SemiBold";
pub const ICONS: &str = "Lucide";

static FACES: [Face; 6] = [
    Face { family: REGULAR, css_family: "Inter", weight: 400, bytes: include_bytes!("../../assets/fonts/Inter-Regular.otf") },
    Face { family: MEDIUM, css_family: "Inter", weight: 500, bytes: include_bytes!("../../assets/fonts/Inter-Medium.otf") },
    Face { family: SEMIBOLD, css_family: "Inter", weight: 600, bytes: include_bytes!("../../assets/fonts/Inter-SemiBold.otf") },
    Face {
        family: NUMBERS,
        css_family: "Inter Numbers",
        weight: 400,
        bytes: include_bytes!("../../assets/fonts/InterNumbers-Regular.otf"),
    },
    Face {
        family: NUMBERS_SEMIBOLD,
        css_family: "Inter Numbers",
        weight: 600,
        bytes: include_bytes!("../../assets/fonts/InterNumbers-SemiBold.otf"),
    },
    Face { family: ICONS, css_family: "lucide", weight: 400, bytes: include_bytes!("../../assets/fonts/Lucide.ttf") },
];

/// Every bundled face; the exporter hands the same bytes to fontdb.
pub fn faces() -> &'static [Face] {
    &FACES
}

pub fn medium() -> FontFamily {
    FontFamily::Name(MEDIUM.into())
}

pub fn semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

pub fn numbers() -> FontFamily {
    FontFamily::Name(NUMBERS.into())
}

pub fn numbers_semibold() -> FontFamily {
    FontFamily::Name(NUMBERS_SEMIBOLD.into())
}

pub fn icons() -> FontFamily {
    FontFamily::Name(ICONS.into())
}

/// The faces as egui wants them: each a family of its own; proportional is Inter, monospace is Inter Numbers. Icons stand in
/// for what a text face lacks, so that a label may hold one.
pub fn definitions() -> FontDefinitions {
    let font_data = FACES.iter().map(|face| (face.family.to_owned(), Arc::new(FontData::from_static(face.bytes)))).collect();
    let with_icons = |name: &str| if name == ICONS { vec![ICONS.to_owned()] } else { vec![name.to_owned(), ICONS.to_owned()] };
    let mut families: BTreeMap<FontFamily, Vec<String>> =
        FACES.iter().map(|face| (FontFamily::Name(face.family.into()), with_icons(face.family))).collect();
    families.insert(FontFamily::Proportional, with_icons(REGULAR));
    families.insert(FontFamily::Monospace, with_icons(NUMBERS));
    FontDefinitions { font_data, families }
}

#[cfg(test)]
mod tests;
