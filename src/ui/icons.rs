//! Named icons of the bundled Lucide face: the ones in use or soon to be.
//!
//! An icon never stands alone as the only name of an action: buttons carry a tooltip and an accessible name.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, RichText};

use super::fonts;

/// One icon of the bundled face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Icon {
    code_point: char,
}

impl Icon {
    pub fn code_point(self) -> char {
        self.code_point
    }

    /// As text, `size` points wide and high; the colour is that of the widget unless `.color(..)` is called.
    pub fn text(self, size: f32) -> RichText {
        RichText::new(self.code_point).font(FontId::new(size, fonts::icons()))
    }

    /// Painted in the middle of `centre`.
    pub fn paint(self, painter: &Painter, centre: Pos2, size: f32, colour: Color32) -> Rect {
        painter.text(centre, Align2::CENTER_CENTER, self.code_point, FontId::new(size, fonts::icons()), colour)
    }
}

/// Declares the icons and the list of all of them.
macro_rules! icons {
    ($($name:ident = $code_point:literal,)*) => {
        $(pub const $name: Icon = Icon { code_point: $code_point };)*

        /// Every icon above.
        pub const ALL: &[Icon] = &[$($name),*];
    };
}

icons! {
    ACTIVITY = '\u{e038}',
    TARGET = '\u{e180}',
    MILESTONE = '\u{e298}',
    FLAG = '\u{e0d1}',
    GOAL = '\u{e4a5}',
    TRENDING_UP = '\u{e191}',
    TRENDING_DOWN = '\u{e190}',
    CHART_LINE = '\u{e2a5}',
    CHART_SPLINE = '\u{e60d}',
    GAUGE = '\u{e1bf}',
    TABLE_2 = '\u{e2f9}',
    LAYOUT_DASHBOARD = '\u{e1c1}',
    LIST_TREE = '\u{e408}',
    NETWORK = '\u{e125}',
    MAP = '\u{e110}',
    COMPASS = '\u{e09b}',
    PRESENTATION = '\u{e4ae}',
    CHEVRON_RIGHT = '\u{e06f}',
    CHEVRON_DOWN = '\u{e06d}',
    CHEVRON_UP = '\u{e070}',
    CHEVRON_LEFT = '\u{e06e}',
    CHEVRONS_UP_DOWN = '\u{e211}',
    ARROW_LEFT = '\u{e048}',
    ARROW_RIGHT = '\u{e049}',
    ARROW_UP = '\u{e04a}',
    ARROW_DOWN = '\u{e042}',
    CORNER_DOWN_RIGHT = '\u{e0a2}',
    PLUS = '\u{e13d}',
    MINUS = '\u{e11c}',
    X = '\u{e1b2}',
    CHECK = '\u{e06c}',
    SEARCH = '\u{e151}',
    FUNNEL = '\u{e0dc}',
    SETTINGS = '\u{e154}',
    SLIDERS_HORIZONTAL = '\u{e29a}',
    ELLIPSIS = '\u{e0b6}',
    MENU = '\u{e115}',
    GRIP_VERTICAL = '\u{e0eb}',
    PANEL_LEFT = '\u{e12a}',
    PANEL_RIGHT = '\u{e431}',
    FOLD_VERTICAL = '\u{e43c}',
    UNFOLD_VERTICAL = '\u{e43e}',
    MAXIMIZE = '\u{e112}',
    MINIMIZE = '\u{e11a}',
    ZOOM_IN = '\u{e1b6}',
    ZOOM_OUT = '\u{e1b7}',
    MOVE_HORIZONTAL = '\u{e1c6}',
    SCAN = '\u{e257}',
    FOLDER = '\u{e0d7}',
    FOLDER_OPEN = '\u{e247}',
    FILE_PLUS = '\u{e0c9}',
    FILE_TEXT = '\u{e0cc}',
    FILE_IMAGE = '\u{e31c}',
    SAVE = '\u{e14d}',
    DOWNLOAD = '\u{e0b2}',
    UPLOAD = '\u{e19e}',
    PRINTER = '\u{e141}',
    IMAGE = '\u{e0f6}',
    UNDO_2 = '\u{e2a1}',
    REDO_2 = '\u{e2a0}',
    HISTORY = '\u{e1f5}',
    ROTATE_CCW = '\u{e148}',
    REFRESH_CW = '\u{e145}',
    TRASH_2 = '\u{e18e}',
    PENCIL = '\u{e1f9}',
    COPY = '\u{e09e}',
    CLIPBOARD = '\u{e085}',
    LINK_2 = '\u{e103}',
    UNLINK = '\u{e19c}',
    EXTERNAL_LINK = '\u{e0b9}',
    CALENDAR = '\u{e063}',
    CALENDAR_DAYS = '\u{e2b9}',
    CLOCK = '\u{e087}',
    HOURGLASS = '\u{e296}',
    INFO = '\u{e0f9}',
    CIRCLE_HELP = '\u{e082}',
    TRIANGLE_ALERT = '\u{e193}',
    CIRCLE_ALERT = '\u{e077}',
    CIRCLE_X = '\u{e084}',
    CIRCLE_CHECK = '\u{e226}',
    SUN = '\u{e178}',
    MOON = '\u{e11e}',
    MONITOR = '\u{e11d}',
    PLAY = '\u{e13c}',
    EYE = '\u{e0ba}',
    EYE_OFF = '\u{e0bb}',
    LOCK = '\u{e10b}',
    USER = '\u{e19f}',
    USERS = '\u{e1a4}',
    MESSAGE_SQUARE = '\u{e117}',
    STAR = '\u{e176}',
    INBOX = '\u{e0f7}',
    KEYBOARD = '\u{e284}',
    SHIELD_CHECK = '\u{e1ff}',
    LOG_OUT = '\u{e10e}',
    COMMAND = '\u{e09a}',
}
