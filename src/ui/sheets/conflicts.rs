//! What was changed both here and in the file: which of the two stays, one by one.

use egui::{Align, Id, Key, Layout, Modifiers, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::sheet_ui;
use crate::document::merge::{Conflict, Side};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, MergeAction, Merging, Workspace};

const WIDTH: f32 = 720.0;
/// Of a text that somebody wrote; the whole of it is in the tooltip.
const MOST_CHARS: usize = 240;

#[derive(Clone, Default)]
struct Kept {
    is_open: bool,
    /// The conflict, by its place in the list, whose sides get the keyboard; past the last one it is the button.
    next: Option<usize>,
}

pub(super) fn conflicts_ui(
    ui: &Ui,
    workspace: &Workspace,
    merging: &Merging,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("conflicts sheet");
    let mut kept: Kept = scratch.take(id);
    if !kept.is_open {
        kept = Kept { is_open: true, next: Some(0) };
    }
    let name = workspace.file.name().unwrap_or_default();
    let title = match merging.conflicts.len() {
        1 => format!("1 thing was changed both here and in {name}"),
        n => format!("{n} things were changed both here and in {name}"),
    };
    let closed = sheet_ui(ui, scene.theme, &title, WIDTH, |ui| body_ui(ui, scene.theme, merging, &mut kept, actions));
    if closed {
        actions.push(MergeAction::Cancel.into());
    }
    scratch.put(id, kept);
}

/// Nobody is choosing: the next time begins at the top.
pub(super) fn forget(scratch: &mut Scratch) {
    scratch.put(Id::unique("conflicts sheet"), Kept::default());
}

fn body_ui(ui: &mut Ui, theme: &Theme, merging: &Merging, kept: &mut Kept, actions: &mut Vec<Action>) -> bool {
    ui.label(theme.muted(
        "Choose what stays. All else of both is kept anyway. Nothing is changed before you merge, and undo takes the merge back as one step.",
        TextSize::Small,
    ));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        for (side, words) in [(Side::Ours, "Use all mine"), (Side::Theirs, "Use all theirs")] {
            if widgets::button_ui(ui, theme, words).clicked() {
                actions.push(MergeAction::ChooseAll(side).into());
                kept.next = Some(merging.conflicts.len());
            }
        }
        let chosen = merging.conflicts.iter().filter(|c| merging.chosen.contains_key(&c.id)).count();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme.muted(format!("{chosen} of {} chosen", merging.conflicts.len()), TextSize::Small));
        });
    });
    let wanted = kept.next.take();
    for (index, conflict) in merging.conflicts.iter().enumerate() {
        let now = merging.chosen.get(&conflict.id).copied();
        if let Some((side, by_key)) = conflict_ui(ui, theme, conflict, now, wanted == Some(index)) {
            actions.push(MergeAction::Choose(conflict.id.clone(), side).into());
            if by_key {
                let is_open = |c: &Conflict| c.id != conflict.id && !merging.chosen.contains_key(&c.id);
                let after = merging.conflicts.iter().enumerate().skip(index + 1).find(|(_, c)| is_open(c)).map(|(at, _)| at);
                let any = merging.conflicts.iter().position(is_open);
                kept.next = after.or(any).or(Some(merging.conflicts.len()));
            }
        }
    }
    ui.add_space(space::XS);
    ui.label(theme.muted("M takes mine, T takes theirs, and goes on to the next.", TextSize::Caption));
    let is_decided = merging.is_decided();
    let to_button = wanted == Some(merging.conflicts.len());
    if to_button && !is_decided {
        // What was chosen counts from the next frame on.
        kept.next = wanted;
    }
    let mut closed = false;
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let merge = ui.add_enabled_ui(is_decided, |ui| widgets::primary_button_ui(ui, theme, "Merge")).inner;
        let merge = merge.on_disabled_hover_text("Choose in each of them first");
        if to_button && is_decided {
            merge.request_focus();
        }
        if merge.clicked() {
            actions.push(MergeAction::Finish.into());
        }
        closed = widgets::button_ui(ui, theme, "Cancel").clicked();
    });
    closed
}

/// The side that was chosen, and whether by a key that goes on to the next.
fn conflict_ui(ui: &mut Ui, theme: &Theme, conflict: &Conflict, now: Option<Side>, take_keyboard: bool) -> Option<(Side, bool)> {
    let name = if conflict.id.field.is_empty() { conflict.name.clone() } else { format!("{}, {}", conflict.name, conflict.id.field) };
    let mut chosen = None;
    widgets::separator_ui(ui, theme);
    widgets::truncated_ui(ui, theme.strong(&name, TextSize::Body));
    ui.push_id(conflict.id.place.to_string(), |ui| {
        ui.push_id(&conflict.id.field, |ui| {
            let responses = sides_ui(ui, theme, conflict, &name, now);
            let has_keyboard = responses.iter().any(|(_, response)| response.has_focus());
            chosen = responses.iter().find(|(_, response)| response.clicked()).map(|(side, _)| (*side, false));
            for (key, side) in [(Key::M, Side::Ours), (Key::T, Side::Theirs)] {
                if has_keyboard && ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                    chosen = Some((side, true));
                }
            }
            if take_keyboard && let [(_, first), _] = &responses {
                first.request_focus();
                first.scroll_to_me(None);
            }
        });
    });
    chosen
}

/// Both sides beside each other, equally high: a circle that is filled in the chosen one, whose it is, and what it says.
fn sides_ui(ui: &mut Ui, theme: &Theme, conflict: &Conflict, of: &str, now: Option<Side>) -> [(Side, Response); 2] {
    let gap = theme.px(space::S);
    let width = (ui.available_width() - gap) / 2.0;
    let (pad, circle) = (theme.px(space::S), theme.px(size::GLYPH));
    let room = width - 3.0 * pad - circle;
    let sides = [(Side::Ours, "Mine", &conflict.ours), (Side::Theirs, "Theirs", &conflict.theirs)].map(|(side, word, value)| {
        let shown = shortened(value);
        let head = ui.painter().layout_no_wrap(word.to_owned(), theme.font(TextSize::Caption), theme.text.muted);
        let body = ui.painter().layout(shown.clone(), theme.font(TextSize::Body), theme.text.default, room);
        (side, word, value, shown, head, body)
    });
    let height = sides.iter().map(|(.., head, body)| head.size().y + body.size().y).fold(0.0, f32::max) + 2.0 * pad;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        sides.map(|(side, word, value, shown, head, body)| {
            let is_chosen = now == Some(side);
            let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
            let name = format!("{word} of {of}: {shown}");
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, &name));
            let fill = match (is_chosen, response.hovered()) {
                (true, _) => theme.bg.selected,
                (false, true) => theme.bg.hover,
                (false, false) => theme.bg.surface,
            };
            let line = if response.has_focus() {
                theme.stroke(stroke::FOCUS_RING, theme.text.strong)
            } else if is_chosen {
                theme.stroke(stroke::FOCUS_RING, theme.accent.accent)
            } else {
                theme.stroke(stroke::CONTROL, theme.line.control)
            };
            let painter = ui.painter();
            painter.rect(rect, radius::WINDOW, fill, line, StrokeKind::Inside);
            let at = pos2(rect.left() + pad + circle / 2.0, rect.top() + pad + head.size().y / 2.0);
            painter.circle_stroke(at, circle / 2.0 - 1.0, theme.stroke(stroke::CONTEXT, theme.text.muted));
            if is_chosen {
                painter.circle_filled(at, circle / 4.0, theme.accent.accent);
            }
            let left = rect.left() + 2.0 * pad + circle;
            let below = rect.top() + pad + head.size().y;
            painter.galley(pos2(left, rect.top() + pad), head, theme.text.muted);
            painter.galley(pos2(left, below), body, theme.text.default);
            let response = if shown == *value { response } else { response.on_hover_text(value) };
            (side, response)
        })
    })
    .inner
}

/// As much of a text as shows what it is.
fn shortened(value: &str) -> String {
    if value.chars().count() <= MOST_CHARS { value.to_owned() } else { value.chars().take(MOST_CHARS - 1).chain(['…']).collect() }
}
