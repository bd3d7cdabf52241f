//! Every value of the look, and nothing else: colours for light and dark under the same names, type, space, lines.
//!
//! A colour literal or a size of its own anywhere else is a defect.

use egui::Color32;

use super::{Accent, Backgrounds, Lines, StatusColours, TextColours, Type, Xmr};

/// The colours of one mode.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Palette {
    pub(super) bg: Backgrounds,
    pub(super) text: TextColours,
    pub(super) line: Lines,
    pub(super) accent: Accent,
    pub(super) on_track: StatusColours,
    pub(super) behind: StatusColours,
    pub(super) at_risk: StatusColours,
    pub(super) achieved: StatusColours,
    pub(super) missed: StatusColours,
    pub(super) not_started: StatusColours,
    pub(super) no_data: StatusColours,
    pub(super) paused: StatusColours,
    pub(super) xmr: Xmr,
    pub(super) cat: [Color32; 8],
    pub(super) bullet: [Color32; 3],
    pub(super) shadow: Color32,
}

#[expect(clippy::disallowed_methods, reason = "the one place where colours are written down")]
const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// Text, mark, tint: "#RRGGBB" as numbers.
const fn status(text: u32, mark: u32, tint: u32) -> StatusColours {
    StatusColours { text: hex(text), mark: hex(mark), tint: Some(hex(tint)) }
}

pub(super) const LIGHT: Palette = Palette {
    bg: Backgrounds {
        window: hex(0xF1_F3_F6),
        panel: hex(0xF6_F7_F9),
        surface: hex(0xFF_FF_FF),
        hover: hex(0xE9_EC_F1),
        selected: hex(0xDF_E8_FB),
    },
    text: TextColours {
        strong: hex(0x12_16_1C),
        default: hex(0x2A_31_3B),
        muted: hex(0x54_5D_6A),
        disabled: hex(0x8A_93_A0),
        on_accent: hex(0xFF_FF_FF),
    },
    line: Lines {
        hairline: hex(0xDD_E1_E7),
        grid: hex(0xE5_E8_ED),
        axis: hex(0x7B_84_92),
        control: hex(0x78_81_8F),
        context_series: hex(0x86_8F_9C),
    },
    accent: Accent { accent: hex(0x1F_54_CC), hover: hex(0x19_45_AA), fill: hex(0x1F_54_CC), fill_hover: hex(0x19_45_AA) },
    on_track: status(0x0B_73_63, 0x0B_73_63, 0xDC_F2_EC),
    behind: status(0x85_5C_00, 0xA3_72_00, 0xFB_EB_C8),
    at_risk: status(0x9A_1F_06, 0x9A_1F_06, 0xFC_E4_DB),
    achieved: status(0x0A_4F_8F, 0x0A_4F_8F, 0xD9_E8_F8),
    missed: status(0x5E_0A_2A, 0x5E_0A_2A, 0xF6_DC_E2),
    not_started: status(0x54_5D_6A, 0x78_81_8F, 0xE6_E9_EE),
    no_data: StatusColours { text: hex(0x54_5D_6A), mark: hex(0x78_81_8F), tint: None },
    paused: status(0x5B_4B_8A, 0x5B_4B_8A, 0xE8_E3_F4),
    xmr: Xmr { improve: hex(0x00_62_B8), concern: hex(0x9A_1F_06), common: hex(0x86_8F_9C) },
    cat: [
        hex(0x28_68_E4),
        hex(0xBA_4C_0C),
        hex(0x20_74_5F),
        hex(0x9D_56_8F),
        hex(0x3D_40_00),
        hex(0x61_09_B0),
        hex(0x53_37_35),
        hex(0x00_48_5B),
    ],
    bullet: [hex(0xC9_CF_D8), hex(0xDC_E0_E6), hex(0xEC_EE_F2)],
    shadow: Color32::from_black_alpha(36),
};

pub(super) const DARK: Palette = Palette {
    bg: Backgrounds {
        window: hex(0x10_13_17),
        panel: hex(0x15_19_1E),
        surface: hex(0x1B_20_26),
        hover: hex(0x26_2C_35),
        selected: hex(0x1F_2F_4F),
    },
    text: TextColours {
        strong: hex(0xF4_F6_F9),
        default: hex(0xD6_DB_E3),
        muted: hex(0xA0_A9_B6),
        disabled: hex(0x66_70_7E),
        on_accent: hex(0xFF_FF_FF),
    },
    line: Lines {
        hairline: hex(0x2B_32_3B),
        grid: hex(0x27_2E_37),
        axis: hex(0x73_7D_8C),
        control: hex(0x7A_84_93),
        context_series: hex(0x66_70_80),
    },
    accent: Accent { accent: hex(0x82_AA_FF), hover: hex(0xA5_C2_FF), fill: hex(0x2F_62_D9), fill_hover: hex(0x1F_54_CC) },
    on_track: status(0x56_CD_B4, 0x56_CD_B4, 0x14_33_2B),
    behind: status(0xF8_CF_52, 0xF8_CF_52, 0x39_2D_12),
    at_risk: status(0xFF_9A_73, 0xFF_9A_73, 0x40_22_18),
    achieved: status(0x7D_B8_FF, 0x7D_B8_FF, 0x16_30_4F),
    missed: status(0xFF_6A_8F, 0xFF_6A_8F, 0x42_17_22),
    not_started: status(0xA0_A9_B6, 0x7A_84_93, 0x2A_30_38),
    no_data: StatusColours { text: hex(0xA0_A9_B6), mark: hex(0x7A_84_93), tint: None },
    paused: status(0xB9_A8_F0, 0xB9_A8_F0, 0x2C_27_42),
    xmr: Xmr { improve: hex(0x6F_B6_FF), concern: hex(0xFF_9A_73), common: hex(0x66_70_80) },
    cat: [
        hex(0x53_8F_EA),
        hex(0xE4_76_2C),
        hex(0x4C_D7_A9),
        hex(0xDB_8D_B8),
        hex(0xE9_D6_45),
        hex(0xBF_B5_FE),
        hex(0xA0_8A_81),
        hex(0xB4_E0_EE),
    ],
    bullet: [hex(0x4A_53_61), hex(0x38_40_4B), hex(0x2A_30_38)],
    shadow: Color32::from_black_alpha(140),
};

/// Size and line height of each step of the type scale, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TypeScale {
    pub(super) caption: Type,
    pub(super) small: Type,
    pub(super) label: Type,
    pub(super) body: Type,
    pub(super) subtitle: Type,
    pub(super) section: Type,
    pub(super) page: Type,
    pub(super) title: Type,
    pub(super) kpi: Type,
}

const fn of(size: f32, line_height: f32) -> Type {
    Type { size, line_height }
}

/// The application at 100 %.
pub(super) const SCREEN_TYPE: TypeScale = TypeScale {
    caption: of(11.0, 16.0),
    small: of(12.0, 16.0),
    label: of(12.0, 16.0),
    body: of(13.0, 20.0),
    subtitle: of(13.0, 20.0),
    section: of(15.0, 20.0),
    page: of(18.0, 24.0),
    title: of(24.0, 30.0),
    kpi: of(28.0, 32.0),
};

/// An exported page, 1200 × 675.
pub(super) const PAGE_TYPE: TypeScale = TypeScale {
    caption: of(15.0, 20.0),
    small: of(15.0, 20.0),
    label: of(18.0, 24.0),
    body: of(18.0, 26.0),
    subtitle: of(20.0, 28.0),
    section: of(20.0, 28.0),
    page: of(24.0, 32.0),
    title: of(30.0, 38.0),
    kpi: of(40.0, 46.0),
};

/// A slide, 1920 × 1080.
pub(super) const SLIDE_TYPE: TypeScale = TypeScale {
    caption: of(24.0, 32.0),
    small: of(28.0, 36.0),
    label: of(28.0, 36.0),
    body: of(40.0, 52.0),
    subtitle: of(32.0, 42.0),
    section: of(40.0, 52.0),
    page: of(44.0, 56.0),
    title: of(56.0, 68.0),
    kpi: of(120.0, 132.0),
};

/// Gaps and margins at 100 %, in points: 2 4 8 12 16 24 32 48.
pub mod space {
    pub const XXS: f32 = 2.0;
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
    pub const XXL: f32 = 32.0;
    pub const XXXL: f32 = 48.0;
}

/// Corner radii, in points.
pub mod radius {
    pub const CONTROL: u8 = 4;
    pub const WINDOW: u8 = 6;
    pub const CARD: u8 = 12;
}

/// Widths of lines at 100 %, in points. [`super::Theme::stroke`] makes them heavier on pages and slides.
pub mod stroke {
    pub const HAIRLINE: f32 = 1.0;
    pub const GRID: f32 = 1.0;
    pub const AXIS: f32 = 1.0;
    pub const CONTROL: f32 = 1.0;
    pub const SERIES: f32 = 2.0;
    pub const FOCUS: f32 = 2.5;
    pub const CONTEXT: f32 = 1.5;
    pub const TARGET: f32 = 1.5;
    pub const SPARKLINE: f32 = 1.5;
    /// The ring around what has the keyboard.
    pub const FOCUS_RING: f32 = 2.0;
}

/// Fixed sizes at 100 %, in points.
pub mod size {
    pub const ROW: f32 = 24.0;
    pub const ROW_DENSE: f32 = 20.0;
    pub const ROW_ROOMY: f32 = 32.0;
    pub const CONTROL: f32 = 24.0;
    pub const TOP_BAR: f32 = 44.0;
    pub const TREE_MIN: f32 = 216.0;
    pub const TREE: f32 = 248.0;
    pub const TREE_MAX: f32 = 280.0;
    pub const INSPECTOR: f32 = 320.0;
    /// The least that a view keeps beside tree and inspector.
    pub const VIEW_MIN: f32 = 320.0;
    /// The same for the review, which has a list of its own.
    pub const REVIEW_MIN: f32 = 480.0;
    pub const GLYPH: f32 = 12.0;
    pub const ICON: f32 = 16.0;
    pub const POINT_RADIUS: f32 = 3.5;
    pub const BULLET_WIDTH: f32 = 160.0;
    pub const BULLET_HEIGHT: f32 = 14.0;
    pub const SPARK_WIDTH: f32 = 104.0;
    pub const SPARK_HEIGHT: f32 = 20.0;
    pub const DIALOG: f32 = 440.0;
    pub const TOAST: f32 = 360.0;
    pub const EMPTY_STATE: f32 = 360.0;
}

/// A screen that shows nothing.
pub const BLACK_SCREEN: Color32 = Color32::BLACK;
pub const WHITE_SCREEN: Color32 = Color32::WHITE;

/// Dash and gap of dashed lines at 100 %, in points.
pub mod dash {
    pub const PACE: [f32; 2] = [6.0, 4.0];
    pub const UNFINISHED: [f32; 2] = [3.0, 3.0];
}

/// How much heavier space and lines are on a page and on a slide.
pub(super) const PAGE_FACTOR: f32 = 1.5;
pub(super) const SLIDE_FACTOR: f32 = 2.0;
