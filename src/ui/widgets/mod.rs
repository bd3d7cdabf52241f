//! Small things every view is made of: glyphs, pills, bars, buttons, fields. They take plain values, draw, and answer with a
//! [`egui::Response`] or with what was entered; none knows a project or changes one.

mod badge;
mod bullet;
mod button;
mod card;
mod choice;
mod combo;
mod confidence;
mod empty_state;
mod field;
mod glyph;
mod label;
mod number_text;
mod pick;
mod question;
mod sparkline;
mod toast;
mod typed;

pub use badge::{badge_ui, role_badge_ui};
pub use bullet::{Bullet, bullet_plain_ui, bullet_ui, paint_bullet};
pub use button::{button_ui, icon_button_ui, icon_toggle_ui, link_ui, primary_button_ui, quiet_button_ui};
pub use card::{Fact, card_ui, fact_card_ui, key_value_ui, section_header_ui, separator_ui};
pub use choice::{segmented_ui, segmented_width, tabs_ui, tabs_width};
pub use combo::combo_ui;
pub use confidence::{confidence_line_ui, parse_confidence};
pub use empty_state::{empty_state_button_ui, empty_state_ui};
pub use field::{DateField, Drafts, Entered, NumberField, TextField, Typed, keep_typed, read_date, take_typed};
pub use glyph::{paint_status_glyph, paint_status_pill, status_glyph_ui, status_pill_ui};
pub use label::{explained, one_line, truncated_ui, whole_on_hover};
pub use number_text::{NumberTextError, editable_number, parse_number};
pub use pick::{PickRow, PickState, pick_field_ui, pick_rows_ui};
pub use question::{QuestionAnswer, QuestionButton, question_ui};
pub use sparkline::{paint_sparkline, sparkline_ui};
pub use toast::{ToastAnswer, ToastView, Tone, toasts_ui};
pub use typed::{
    ToldSoFar, all_texts, begin_texts, end_texts, forget_waiting_texts, let_told_pass, restore_texts, settle_part, settle_text,
    settle_told, take_part, take_text, tell_part, tell_text, text_had_focus, texts_forgotten, told_so_far, waiting_texts,
};

#[cfg(test)]
mod tests;
