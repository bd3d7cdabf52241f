//! One goal of the grid: what it is about, its cells, and a way to write it down by mouse.

use egui::{Align, Align2, Button, EventFilter, Id, Label, Layout, Popup, Response, TextEdit, Ui, vec2};

use super::facts::{EnteredValue, RowFacts, ValueFacts};
use super::keys::{cell_id, needs_why};
use super::reading::{BY_HAND, Column, Draft, GoesTo, Reading};
use crate::model::Status;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;

/// Widths of the columns, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    pub(super) goal: f32,
    cells: [f32; 5],
    mark: f32,
    pub(super) gap: f32,
}

impl Widths {
    pub(super) fn of(theme: &Theme, room: f32) -> Self {
        let (gap, mark) = (theme.px(space::S), theme.px(size::CONTROL));
        let rest = (room - mark - 6.0 * gap).max(300.0);
        let share = |of: f32| (rest * of).floor();
        Self { goal: share(0.27), cells: [share(0.17), share(0.09), share(0.14), share(0.13), share(0.20)], mark, gap }
    }

    pub(super) fn of_column(self, column: Column) -> f32 {
        self.cells[column as usize]
    }
}

/// What is drawn.
pub(super) struct Row<'a> {
    pub(super) facts: &'a RowFacts,
    pub(super) reading: &'a Reading,
    /// Somebody tried to write it down: what is missing is said too.
    pub(super) tried: bool,
    pub(super) widths: Widths,
}

impl Row<'_> {
    /// True when it is to be written down.
    pub(super) fn show(&self, ui: &mut Ui, theme: &Theme, draft: &mut Draft) -> bool {
        let Self { facts, reading, widths, .. } = self;
        draft.is_unrecorded = matches!(reading, Reading::Ready(_) | Reading::Wrong(_));
        draft.came_back &= draft.is_unrecorded;
        let came_back = draft.came_back;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = widths.gap;
            column_ui(ui, widths.goal, |ui| goal_ui(ui, theme, facts, came_back));
            for column in Column::ALL {
                let width = widths.of_column(column);
                column_ui(ui, width, |ui| self.cell_ui(ui, theme, draft, column, width));
            }
            column_ui(ui, widths.mark, |ui| mark_ui(ui, theme, facts, reading)).unwrap_or(false)
        })
        .inner
    }

    fn cell_ui(&self, ui: &mut Ui, theme: &Theme, draft: &mut Draft, column: Column, width: f32) -> Option<bool> {
        let facts = self.facts;
        if let (Column::Value, ValueFacts::ReadOnly(why)) = (column, &facts.value) {
            ui.add_space(theme.px(space::XS));
            ui.add(Label::new(theme.muted(why, TextSize::Small)).wrap());
            return None;
        }
        if column == Column::Why && !needs_why(draft) {
            return None;
        }
        let id = cell_id(&facts.goal, column);
        let restored = widgets::take_text(ui.ctx(), id);
        let is_restored = restored.is_some();
        if let Some(restored) = restored {
            *draft.cell_mut(column) = restored.text;
            (draft.is_unrecorded, draft.came_back) = (true, true);
        }
        let problem = match self.reading {
            Reading::Wrong(wrong) => wrong.iter().find(|(at, _)| *at == column).map(|(_, problem)| problem.as_str()),
            _ => None,
        };
        // Nothing is blamed while it is being typed, or before somebody came to it.
        let has_focus = ui.memory(|m| m.has_focus(id));
        let problem = problem.filter(|_| self.tried || (!has_focus && !draft.cell(column).trim().is_empty()));
        let name = format!("{}, {}", column.word(), facts.title);
        let hint = hint_of(facts, column);
        match column {
            Column::Status => {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    let room = width - theme.px(size::CONTROL);
                    edit_ui(
                        ui,
                        theme,
                        &Field { id, name: &name, hint: &hint, width: room, wrong: problem.is_some() },
                        draft.cell_mut(column),
                    );
                    choose_status_ui(ui, theme, facts, draft);
                });
            }
            _ => {
                edit_ui(ui, theme, &Field { id, name: &name, hint: &hint, width, wrong: problem.is_some() }, draft.cell_mut(column));
            }
        }
        let is_unrecorded = is_restored || matches!(self.reading, Reading::Ready(_) | Reading::Wrong(_));
        if is_unrecorded && !draft.cell(column).trim().is_empty() {
            widgets::tell_text(ui.ctx(), id, &name, draft.cell(column));
        }
        match problem {
            Some(problem) => {
                ui.add(Label::new(theme.rich(problem, TextSize::Caption).color(theme.error())).wrap());
            }
            None => below_ui(ui, theme, facts, draft, column),
        }
        None
    }
}

fn column_ui<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> Option<R>) -> Option<R> {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 1.0;
        add(ui)
    })
    .inner
}

fn goal_ui(ui: &mut Ui, theme: &Theme, facts: &RowFacts, came_back: bool) -> Option<()> {
    ui.horizontal(|ui| {
        ui.set_height(theme.px(size::CONTROL));
        ui.spacing_mut().item_spacing.x = theme.px(6.0);
        widgets::status_glyph_ui(ui, theme, facts.computed);
        widgets::truncated_ui(ui, theme.strong(&facts.title, TextSize::Body));
    });
    let due = theme.muted(&facts.due, TextSize::Caption);
    let due = if facts.is_overdue { due.color(theme.status(Status::AtRisk).text) } else { due };
    ui.add(Label::new(due).wrap());
    if came_back {
        ui.add(Label::new(theme.rich("typed before, not recorded yet", TextSize::Caption).color(theme.status(Status::Behind).text)).wrap());
    }
    None
}

fn hint_of(facts: &RowFacts, column: Column) -> String {
    match column {
        Column::Value => match &facts.value {
            ValueFacts::Entered(entered) => {
                entered.last.map_or_else(|| "no value yet".to_owned(), |last| format!("last {}", entered.write(last)))
            }
            ValueFacts::ReadOnly(_) => String::new(),
        },
        Column::Confidence => facts.confidence.map_or_else(|| "0–10".to_owned(), |c| format!("last {c}")),
        Column::Status => facts.computed.word().to_owned(),
        Column::Why => "Why".to_owned(),
        Column::Note => "What happened".to_owned(),
    }
}

struct Field<'a> {
    id: Id,
    name: &'a str,
    hint: &'a str,
    width: f32,
    wrong: bool,
}

fn edit_ui(ui: &mut Ui, theme: &Theme, field: &Field<'_>, text: &mut String) -> Response {
    let Field { id, name, hint, width, wrong } = *field;
    ui.scope(|ui| {
        if wrong {
            let widgets = &mut ui.visuals_mut().widgets;
            for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
                state.bg_stroke.color = theme.error();
            }
        }
        let edit = TextEdit::singleline(text)
            .id(id)
            .font(theme.number_font(TextSize::Body))
            .desired_width(width)
            .min_size(vec2(0.0, theme.px(size::CONTROL)))
            .align(Align2::LEFT_CENTER)
            .hint_text(hint.to_owned())
            // The grid moves between cells itself.
            .event_filter(EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false });
        ui.add(edit)
    })
    .inner
    .accessible_name(name)
}

/// What stands under a cell: what is expected and where the value goes, or what is computed.
fn below_ui(ui: &mut Ui, theme: &Theme, facts: &RowFacts, draft: &mut Draft, column: Column) {
    match (column, &facts.value) {
        (Column::Value, ValueFacts::Entered(entered)) => value_notes_ui(ui, theme, facts, entered, draft),
        (Column::Status, _) if !draft.cell(Column::Status).trim().is_empty() => {
            ui.label(theme.muted(format!("computed: {}", facts.computed.word().to_lowercase()), TextSize::Caption));
        }
        _ => {}
    }
}

fn value_notes_ui(ui: &mut Ui, theme: &Theme, facts: &RowFacts, entered: &EnteredValue, draft: &mut Draft) {
    if let Some(words) = draft.slip(facts) {
        ui.add(Label::new(theme.rich(words, TextSize::Caption).color(theme.status(Status::Behind).text)).wrap());
    }
    let place = draft.place(entered);
    let expected = place.map_or(entered.expected.as_ref(), |p| p.expected.as_ref());
    if let Some(expected) = expected {
        ui.label(theme.muted(format!("expected {expected}"), TextSize::Caption));
    }
    let Some(metric) = &entered.metric else { return };
    let words = match place {
        Some(place) => {
            let replaces = place.replaces.as_ref().map_or_else(String::new, |r| format!(", {r}"));
            format!("→ {}{replaces}", place.words)
        }
        None => "→ only in the check-in".to_owned(),
    };
    let link = widgets::link_ui(ui, theme, &words, TextSize::Caption);
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Where the value of {} goes: {words}", facts.title)));
    let name = &metric.name;
    let link = link.on_hover_text(format!("The value is also recorded as a point of {name}. Choose its period, or none."));
    Popup::menu(&link).show(|ui| {
        ui.set_min_width(theme.px(200.0));
        let mut choose = |ui: &mut Ui, words: &str, to: GoesTo, on: bool| {
            if ui.add(Button::selectable(on, words).min_size(vec2(theme.px(190.0), theme.px(size::ROW)))).clicked() {
                draft.goes_to = to;
            }
        };
        for each in &entered.places {
            choose(ui, &each.words, GoesTo::At(each.place.at), place.is_some_and(|p| p.place.at == each.place.at));
        }
        choose(ui, "Only in the check-in", GoesTo::CheckInOnly, place.is_none());
    });
}

fn choose_status_ui(ui: &mut Ui, theme: &Theme, facts: &RowFacts, draft: &mut Draft) {
    let button = widgets::icon_button_ui(ui, theme, icons::CHEVRON_DOWN, &format!("Choose the status of {}", facts.title));
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(theme.px(160.0));
        let typed = draft.cell(Column::Status).trim().to_owned();
        let item = |words: &str, on: bool| Button::selectable(on, words).min_size(vec2(theme.px(150.0), theme.px(size::ROW)));
        if ui.add(item(&format!("As computed: {}", facts.computed.word().to_lowercase()), typed.is_empty())).clicked() {
            draft.cell_mut(Column::Status).clear();
            draft.cell_mut(Column::Why).clear();
        }
        for status in BY_HAND {
            if ui.add(item(status.word(), typed.eq_ignore_ascii_case(status.word()))).clicked() {
                status.word().clone_into(draft.cell_mut(Column::Status));
            }
        }
    });
}

/// Written down, or the button that does it.
fn mark_ui(ui: &mut Ui, theme: &Theme, facts: &RowFacts, reading: &Reading) -> Option<bool> {
    match reading {
        Reading::Empty => None,
        Reading::Done => {
            ui.add_space(theme.px(space::XS));
            let colour = theme.status(Status::OnTrack).text;
            let mark = ui.label(icons::CIRCLE_CHECK.text(theme.px(size::ICON)).color(colour));
            mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Checked in: {}", facts.title)));
            mark.on_hover_text("Checked in");
            None
        }
        Reading::Ready(_) | Reading::Wrong(_) => {
            Some(widgets::icon_button_ui(ui, theme, icons::CHECK, &format!("Check in: {}", facts.title)).clicked())
        }
    }
}
