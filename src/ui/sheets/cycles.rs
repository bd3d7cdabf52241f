//! All cycles: names and dates edited in place, new ones by pattern, and removal that says what becomes of the goals.

use egui::{Id, ScrollArea, Ui};

use super::parts::{cell_ui, heads_ui};
use super::sheet_ui;
use crate::document::edits::{self, PlannedCycle};
use crate::model::{Cycle, CycleId, CyclePattern, Date, Unit, date_words, span_after};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{self, DateField, Drafts, NumberField, TextField};
use crate::workspace::{Action, CarrySource, CycleAction, New, Sheet};

const WIDTH: f32 = 800.0;
const NAME_WIDTH: f32 = 184.0;
const DATE_WIDTH: f32 = 140.0;
const GOALS_WIDTH: f32 = 64.0;
const NOW_WIDTH: f32 = 40.0;
const MOST_ROWS_HEIGHT: f32 = 300.0;
const MOST_PREVIEW_HEIGHT: f32 = 120.0;

#[derive(Clone)]
struct Kept {
    drafts: Drafts,
    is_open: bool,
    adding: bool,
    pattern: CyclePattern,
    from: Option<Date>,
    count: usize,
    removing: Option<Removing>,
}

/// A cycle that is to go, and where its goals go: with none, they keep its dates.
#[derive(Clone)]
struct Removing {
    cycle: CycleId,
    other: Option<CycleId>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            drafts: Drafts::default(),
            is_open: false,
            adding: false,
            pattern: CyclePattern::Quarters,
            from: None,
            count: 4,
            removing: None,
        }
    }
}

pub(super) fn cycles_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let id = Id::unique("cycles sheet");
    let mut kept: Kept = scratch.take(id);
    let first = !std::mem::replace(&mut kept.is_open, true);
    if first {
        kept.adding = scene.project.cycles.is_empty();
    }
    let close = sheet_ui(ui, scene.theme, "Cycles", WIDTH, |ui| {
        let cycles = scene.project.cycles_in_order();
        if cycles.is_empty() {
            let words = "A cycle is a named span that goals are set for, such as a quarter. There is none yet: make some by a pattern.";
            ui.label(scene.theme.muted(words, TextSize::Body));
        } else {
            list_ui(ui, scene, &mut kept, &cycles, first, actions);
        }
        ui.add_space(space::S);
        add_ui(ui, scene, &mut kept, &cycles, first && cycles.is_empty(), actions);
        false
    });
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

fn list_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, cycles: &[&Cycle], first: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let columns = [("Name", NAME_WIDTH), ("Starts", DATE_WIDTH), ("Ends", DATE_WIDTH), ("Goals", GOALS_WIDTH), ("", NOW_WIDTH)];
    heads_ui(ui, theme, &columns);
    let running = scene.project.cycle_on(scene.as_of).map(|c| c.id.clone());
    ScrollArea::vertical()
        .id_salt("cycles")
        .max_height(MOST_ROWS_HEIGHT)
        .min_scrolled_height(MOST_ROWS_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for (index, cycle) in cycles.iter().enumerate() {
                row_ui(ui, scene, kept, cycle, running.as_ref() == Some(&cycle.id), first && index == 0, actions);
                if let Some(removing) = kept.removing.clone().filter(|r| r.cycle == cycle.id) {
                    remove_ui(ui, scene, kept, cycle, cycles, &removing, actions);
                }
            }
        });
}

#[expect(clippy::fn_params_excessive_bools, reason = "two independent facts of a row, private to the list")]
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, cycle: &Cycle, is_running: bool, focus: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let salt = |field: &'static str| ("cycle", cycle.id.as_str().to_owned(), field);
    ui.horizontal_top(|ui| {
        let name = cell_ui(ui, NAME_WIDTH, |ui| {
            let label = format!("Name of {}", cycle.name);
            let field = TextField::new(salt("name"), &label, &cycle.name).required("A cycle needs a name").width(NAME_WIDTH - 12.0);
            field.show(ui, theme, &mut kept.drafts)
        });
        if focus {
            name.response.request_focus();
        }
        if let Some(new) = name.committed {
            actions.push(edits::rename_cycle(cycle, new).into());
        }
        let weekday = scene.project.settings.calendar.first_weekday;
        let mut date = |ui: &mut Ui, field: &'static str, words: &str, value: Date| {
            cell_ui(ui, DATE_WIDTH, |ui| {
                let name = format!("{words} of {}", cycle.name);
                let field = DateField::new(salt(field), &name, Some(value), value).required().first_weekday(weekday);
                field.show(ui, theme, &mut kept.drafts).committed.flatten()
            })
        };
        if let Some(start) = date(ui, "start", "Start", cycle.start) {
            actions.push(edits::set_cycle_span(cycle, start, cycle.end).into());
        }
        if let Some(end) = date(ui, "end", "End", cycle.end) {
            actions.push(edits::set_cycle_span(cycle, cycle.start, end).into());
        }
        let goals = scene.project.goals_of_cycle(&scene.tree, &cycle.id).members.len();
        cell_ui(ui, GOALS_WIDTH, |ui| ui.label(theme.number(goals.to_string(), TextSize::Body)));
        cell_ui(ui, NOW_WIDTH, |ui| {
            if is_running {
                widgets::badge_ui(ui, theme, "now").on_hover_text("It contains the as-of date");
            }
        });
        if widgets::link_ui(ui, theme, "Show", TextSize::Body).on_hover_text("Show only its goals").clicked() {
            actions.push(Action::Cycles(CycleAction::Switch(Some(cycle.id.clone()))));
            actions.push(Action::CloseSheet);
        }
        let carry = ui.add_enabled_ui(goals > 0, |ui| widgets::link_ui(ui, theme, "Carry over…", TextSize::Body)).inner;
        if carry.on_hover_text("Go on with its open goals in the next cycle").clicked() {
            let from = CarrySource::Cycle(cycle.id.clone());
            actions.push(Action::OpenSheet(Sheet::CarryOver { from, into: None }));
        }
        if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove {}", cycle.name)).clicked() {
            if edits::goals_naming(scene.project, &cycle.id) == 0 {
                actions.push(edits::remove_cycle(scene.project, cycle).into());
            } else {
                kept.removing = Some(Removing { cycle: cycle.id.clone(), other: None });
            }
        }
    });
}

/// What becomes of the goals of a cycle that is to go.
fn remove_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    cycle: &Cycle,
    cycles: &[&Cycle],
    removing: &Removing,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let count = edits::goals_naming(scene.project, &cycle.id);
    let words = if count == 1 { "1 goal belongs to it:".to_owned() } else { format!("{count} goals belong to it:") };
    ui.horizontal(|ui| {
        ui.add_space(space::M);
        ui.label(theme.rich(words, TextSize::Body));
        let mut options: Vec<(Option<CycleId>, String)> = vec![(None, "no cycle, and keep the dates".to_owned())];
        let others = cycles.iter().filter(|c| c.id != cycle.id);
        options.extend(others.map(|c| (Some(c.id.clone()), format!("to {}", c.name))));
        if let Some(other) = widgets::combo_ui(ui, theme, "Where its goals go", &removing.other, &options, 210.0) {
            kept.removing = Some(Removing { other, ..removing.clone() });
        }
        if widgets::button_ui(ui, theme, "Remove the cycle").clicked() {
            let other = removing.other.as_ref().and_then(|id| scene.project.cycles.get(id));
            actions.push(match other {
                Some(other) => edits::remove_cycle_into(scene.project, cycle, other).into(),
                None => edits::remove_cycle(scene.project, cycle).into(),
            });
            kept.removing = None;
        }
        if widgets::quiet_button_ui(ui, theme, "Keep it").clicked() {
            kept.removing = None;
        }
    });
}

fn add_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, cycles: &[&Cycle], focus: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    if !kept.adding {
        ui.horizontal(|ui| {
            if widgets::button_ui(ui, theme, "Add by pattern…").clicked() {
                kept.adding = true;
            }
            if let Some(last) = cycles.last()
                && widgets::quiet_button_ui(ui, theme, "Add one")
                    .on_hover_text("A cycle after the last one; its dates can be changed")
                    .clicked()
            {
                let (period, _) = span_after(&scene.project.settings.calendar, last.start, last.end);
                actions.push(Action::Add(New::Cycle { start: period.first, end: period.last }));
            }
        });
        return;
    }
    widgets::separator_ui(ui, theme);
    let from = kept.from.unwrap_or(scene.as_of);
    ui.horizontal_top(|ui| {
        let options = CyclePattern::ALL.map(|pattern| (pattern, pattern.word()));
        if let Some(pattern) = widgets::segmented_ui(ui, theme, "Pattern", kept.pattern, &options) {
            kept.pattern = pattern;
        }
        ui.add_space(space::M);
        let count = NumberField::new("cycles to add", "How many", Some(kept.count as f64), &Unit::Count, scene.project.settings.locale);
        let entered = cell_ui(ui, 56.0, |ui| count.width(44.0).required().show(ui, theme, &mut kept.drafts));
        if focus {
            entered.response.request_focus();
        }
        if let Some(Some(count)) = entered.committed {
            kept.count = (count.round().max(1.0) as usize).min(edits::MOST_CYCLES);
        }
        cell_ui(ui, 30.0, |ui| ui.label(theme.muted("from", TextSize::Body)));
        let weekday = scene.project.settings.calendar.first_weekday;
        let field = DateField::new("cycles from", "From", Some(from), from).required().first_weekday(weekday);
        if let Some(Some(date)) = field.show(ui, theme, &mut kept.drafts).committed {
            kept.from = Some(date);
        }
    });
    let planned = edits::planned_cycles(scene.project, kept.pattern, from, kept.count);
    preview_ui(ui, scene, &planned);
    let new = planned.iter().filter(|p| p.there.is_none()).count();
    ui.horizontal(|ui| {
        let words = match new {
            0 => "Add none".to_owned(),
            1 => "Add 1 cycle".to_owned(),
            n => format!("Add {n} cycles"),
        };
        let button = ui.add_enabled_ui(new > 0, |ui| widgets::primary_button_ui(ui, theme, &words)).inner;
        if button.on_disabled_hover_text("All of them are there already").clicked() {
            actions.push(Action::Cycles(CycleAction::Add { pattern: kept.pattern, from, count: kept.count }));
            kept.adding = false;
        }
        if !cycles.is_empty() && widgets::quiet_button_ui(ui, theme, "Not now").clicked() {
            kept.adding = false;
        }
    });
}

/// What will be made, and what is there already.
fn preview_ui(ui: &mut Ui, scene: &Scene<'_>, planned: &[PlannedCycle]) {
    let theme = scene.theme;
    ScrollArea::vertical().id_salt("cycles to add").max_height(MOST_PREVIEW_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for PlannedCycle { name, start, end, there } in planned {
            ui.horizontal(|ui| {
                let words = match there {
                    Some(_) => theme.muted(name, TextSize::Body),
                    None => theme.rich(name, TextSize::Body),
                };
                cell_ui(ui, 88.0, |ui| ui.label(words));
                cell_ui(ui, 200.0, |ui| ui.label(theme.number(format!("{} – {}", date_words(*start), date_words(*end)), TextSize::Small)));
                match there {
                    Some(there) if there == name => ui.label(theme.muted("is there already", TextSize::Small)),
                    Some(there) => ui.label(theme.muted(format!("is there already as {there}"), TextSize::Small)),
                    None => ui.label(theme.rich("new", TextSize::Small)),
                };
            });
        }
    });
}
