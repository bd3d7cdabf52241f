//! The series of a table: which are taken, where they go, and what that changes.

use egui::{Align2, CornerRadius, Rect, Role, ScrollArea, Sense, TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{Desk, counts_words};
use crate::import::{Destination, Listed, Others, Sure};
use crate::ui::icons;
use crate::ui::theme::{TextSize, radius, size, space};
use crate::ui::widgets;

const CHECK: f32 = 32.0;
/// Longer lists can be searched.
const SEARCHED: usize = 8;
const ROW: f32 = 26.0;
/// What it changes takes no more than this share of a row.
const OUTCOME: f32 = 0.4;

/// "MAU" or "new: Signups".
pub(super) fn goes_to(desk: &Desk<'_>, listed: &Listed) -> String {
    match &listed.take.to {
        Destination::Metric(id) => desk.scene.project.find_metric(id).map_or_else(|| id.clone(), |metric| metric.name.clone()),
        Destination::New { name, .. } => format!("new: {name}"),
    }
}

/// Of all of it.
pub(super) fn height(desk: &Desk<'_>) -> f32 {
    let listed = desk.found.listed.len();
    let tools = if listed > 1 { size::CONTROL + space::XS } else { 0.0 };
    tools + ROW * listed.max(1) as f32
}

pub(super) fn series_ui(desk: &mut Desk<'_>, ui: &mut Ui, room: Vec2) {
    let theme = desk.scene.theme;
    let found = desk.found;
    let several = found.listed.len() > 1;
    if several {
        tools_ui(desk, ui);
    }
    let wanted = desk.kept.search.trim().to_lowercase();
    let fits = |l: &&Listed| {
        wanted.is_empty() || l.take.from.to_lowercase().contains(&wanted) || goes_to(desk, l).to_lowercase().contains(&wanted)
    };
    let listed: Vec<&Listed> = found.listed.iter().filter(fits).collect();
    if listed.is_empty() {
        let words = if found.listed.is_empty() {
            "No series is found. Choose at the left what the table holds."
        } else {
            "No series has that name."
        };
        ui.label(theme.muted(words, TextSize::Body));
        return;
    }
    let used = if several { size::CONTROL + space::XS } else { 0.0 };
    let area = ScrollArea::vertical().id_salt("series").max_height(room.y - used).auto_shrink([false, false]);
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW, listed.len(), |ui, range| {
        for listed in &listed[range] {
            ui.push_id(&listed.take.from, |ui| row_ui(desk, ui, listed));
        }
    });
}

fn tools_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if widgets::quiet_button_ui(ui, theme, "Take all").clicked() {
            desk.choices().take_others(Others::Taken);
        }
        if widgets::quiet_button_ui(ui, theme, "Take none").clicked() {
            desk.choices().take_others(Others::LeftOut);
        }
        if desk.found.listed.len() > SEARCHED {
            let field = TextEdit::singleline(&mut desk.kept.search)
                .hint_text("Find a series")
                .font(theme.font(TextSize::Body))
                .align(Align2::LEFT_CENTER)
                .min_size(vec2(0.0, size::CONTROL))
                .desired_width(ui.available_width());
            ui.add(field).accessible_name("Find a series");
        }
    });
}

/// The series that is looked at.
pub(super) fn shown<'a>(desk: &Desk<'a>) -> Option<&'a Listed> {
    let found = desk.found;
    let wanted = desk.wanted.shown.as_ref();
    let named = wanted.and_then(|from| found.listed.iter().find(|l| l.take.from == *from));
    named.or_else(|| found.listed.iter().find(|l| l.taken)).or(found.listed.first())
}

fn row_ui(desk: &mut Desk<'_>, ui: &mut Ui, listed: &Listed) {
    let theme = desk.scene.theme;
    let from = &listed.take.from;
    let (rect, row) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let is_shown = shown(desk).is_some_and(|shown| shown.take.from == *from);
    let to = goes_to(desk, listed);
    let (words, is_problem) = outcome(desk, listed);
    let name = format!("{from} → {to}, {words}");
    row.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_shown, &name));
    let fill = match (is_shown, row.hovered()) {
        (true, _) => Some(theme.bg.selected),
        (false, true) => Some(theme.bg.hover),
        _ => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    }
    if row.has_focus() {
        let line = theme.stroke(crate::ui::theme::stroke::FOCUS_RING, theme.accent.accent);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), line, egui::StrokeKind::Inside);
    }
    if row.clicked() {
        desk.wanted.shown = Some(from.clone());
    }
    let check = Rect::from_min_size(rect.min + vec2(space::S, 0.0), vec2(CHECK - space::S, ROW));
    let mut on = listed.taken;
    let response = ui.put(check, egui::Checkbox::without_text(&mut on));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Take {from}")));
    if on != listed.taken {
        desk.choices().of_series(from).taken = Some(on);
        desk.wanted.shown = Some(from.clone());
    }
    let inner = Rect::from_min_max(pos2(rect.left() + CHECK, rect.top()), pos2(rect.right() - space::S, rect.bottom()));
    let first = inner.width() * 0.3;
    let colour = if listed.taken { theme.text.default } else { theme.text.muted };
    let said = if is_problem { theme.error() } else { theme.text.muted };
    let mark = if is_problem { space::L } else { 0.0 };
    // What it changes is short where it can be taken; where it goes has the rest.
    let galley = widgets::one_line(ui, &words, theme.number_font(TextSize::Small), said, inner.width() * OUTCOME - mark);
    let second = inner.width() - first - galley.size().x - mark - space::S;
    let left = |x: f32, words: &str, width: f32| {
        let galley = widgets::one_line(ui, words, theme.font(TextSize::Body), colour, width - space::S);
        ui.painter().galley(pos2(x, inner.center().y - galley.size().y / 2.0), galley, colour);
    };
    left(inner.left(), from, first);
    let sure = if listed.sure == Sure::Certain { String::new() } else { format!(" ({})", listed.sure.word()) };
    left(inner.left() + first, &format!("→ {to}{sure}"), second);
    let x = inner.right() - galley.size().x;
    if is_problem {
        icons::TRIANGLE_ALERT.paint(ui.painter(), pos2(x - space::S, inner.center().y), 12.0, theme.error());
    }
    ui.painter().galley(pos2(x, inner.center().y - galley.size().y / 2.0), galley, said);
    if is_problem {
        row.on_hover_text(words);
    }
}

/// Whether it goes to a metric whose values a formula gives.
pub(super) fn is_computed(desk: &Desk<'_>, listed: &Listed) -> bool {
    match &listed.take.to {
        Destination::Metric(id) => desk.scene.project.find_metric(id).is_some_and(|metric| metric.formula().is_some()),
        Destination::New { .. } => false,
    }
}

/// What taking it would change, or why it cannot be taken.
fn outcome(desk: &Desk<'_>, listed: &Listed) -> (String, bool) {
    let from = &listed.take.from;
    if !listed.taken {
        return (if is_computed(desk, listed) { "computed by a formula" } else { "left out" }.to_owned(), false);
    }
    match (desk.found.part(from), desk.found.problem(from)) {
        (Some(part), _) => {
            let counts = [(part.added, "new"), (part.changed, "changed"), (part.unchanged, "as before"), (part.removed, "removed")];
            (counts_words(desk, &counts), false)
        }
        (None, Some(_)) if desk.found.waits(from) => ("waits for an answer".to_owned(), false),
        (None, Some(problem)) => (super::sentence(&problem.to_string()), true),
        (None, None) => (String::new(), false),
    }
}
