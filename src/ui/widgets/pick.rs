//! A field with a list under it: letters narrow the list, the arrow keys go through it, Enter takes what is lit up. The keyboard stays in
//! the field.

use egui::{
    Align2, Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{TextSize, Theme, radius, size, space};

/// What is typed, and which row is lit up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PickState {
    pub text: String,
    pub at: usize,
}

/// A row of the list.
#[derive(Clone, Debug, Default)]
pub struct PickRow<'a> {
    /// Stands above the first row of its group.
    pub group: &'a str,
    pub words: String,
    /// At the right: keys, a kind, the reason why not.
    pub note: String,
    /// Cannot be taken.
    pub disabled: bool,
}

/// What was pressed in the field.
#[derive(Clone, Debug)]
pub struct PickKeys {
    pub response: Response,
    pub enter: bool,
    pub escape: bool,
}

/// The field. The state's `at` may lie behind the last row afterwards; [`pick_rows_ui`] mends that.
pub fn pick_field_ui(ui: &mut Ui, theme: &Theme, id: Id, name: &str, hint: &str, state: &mut PickState, focus: bool) -> PickKeys {
    let here = ui.memory(|m| m.has_focus(id));
    let mut moved = 0_isize;
    if here {
        ui.input_mut(|input| {
            moved += isize::try_from(input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown)).unwrap_or(0);
            moved -= isize::try_from(input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp)).unwrap_or(0);
        });
    }
    let field = TextEdit::singleline(&mut state.text)
        .id(id)
        .hint_text(hint)
        .align(Align2::LEFT_CENTER)
        .font(theme.font(TextSize::Body))
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, theme.px(size::CONTROL)))
        .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: true });
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    if focus {
        response.request_focus();
    }
    if response.changed() {
        state.at = 0;
    }
    state.at = state.at.saturating_add_signed(moved);
    let enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let escape = response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    PickKeys { response, enter, escape }
}

/// The list. Answers with the row that was clicked, or with the lit one on `enter`; never with one that cannot be taken.
pub fn pick_rows_ui(ui: &mut Ui, theme: &Theme, rows: &[PickRow<'_>], state: &mut PickState, enter: bool) -> Option<usize> {
    let moved = ui.data(|d| d.get_temp::<usize>(ui.scope_id().with("lit"))) != Some(state.at);
    state.at = state.at.min(rows.len().saturating_sub(1));
    ui.data_mut(|d| d.insert_temp(ui.scope_id().with("lit"), state.at));
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut taken = enter.then_some(state.at).filter(|at| rows.get(*at).is_some_and(|r| !r.disabled));
    let mut group = "";
    for (index, row) in rows.iter().enumerate() {
        if row.group != group {
            group = row.group;
            ui.add_space(theme.px(space::XS));
            ui.label(theme.muted(group, TextSize::Small));
        }
        let response = row_ui(ui, theme, row, index == state.at);
        if response.clicked() && !row.disabled {
            taken = Some(index);
        }
        if index == state.at && moved {
            response.scroll_to_me(None);
        }
    }
    taken
}

fn row_ui(ui: &mut Ui, theme: &Theme, row: &PickRow<'_>, lit: bool) -> Response {
    let height = theme.px(size::ROW);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::Button, !row.disabled, lit, &row.words));
    if !row.note.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(row.note.as_str()));
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let fill = match (lit, response.hovered()) {
        (true, _) => theme.bg.selected,
        (false, true) => theme.bg.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    let inner = rect.shrink2(vec2(theme.px(space::S), 0.0));
    let note = ui.painter().layout(row.note.clone(), theme.font(TextSize::Small), theme.text.muted, inner.width() * 0.6);
    let note_width = note.size().x;
    let colour = match (row.disabled, lit) {
        (true, _) => theme.text.muted,
        (false, true) => theme.text.strong,
        (false, false) => theme.text.default,
    };
    let room = inner.width() - note_width - theme.px(space::M);
    let mut words = egui::text::LayoutJob::simple_singleline(row.words.clone(), theme.font(TextSize::Body), colour);
    words.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let words = ui.painter().layout_job(words);
    let centred = |galley: &egui::Galley, x: f32| pos2(x, inner.center().y - galley.size().y / 2.0);
    let clip = ui.painter().with_clip_rect(Rect::intersect(ui.clip_rect(), rect));
    clip.galley(centred(&words, inner.left()), words, colour);
    clip.galley(centred(&note, inner.right() - note_width), note, theme.text.muted);
    response
}
