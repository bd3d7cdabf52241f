//! What was said of a goal: when the next check-in is due, the line of confidence, and every check-in, which can be corrected.

use egui::{Align, Label, Layout, Ui};

use super::desk::Desk;
use super::words;
use crate::analysis::{GoalResult, confidence_line};
use crate::document::edits;
use crate::model::{Cadence, CheckIn, CheckInId, Goal, GoalId, Status, StatusOverride, Unit, capitalised, date_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size};
use crate::ui::widgets::{self, DateField, NumberField, TextField, parse_confidence};
use crate::workspace::{Action, CheckInsOn, Sheet};

/// More are shown when they are asked for.
const FEW: usize = 4;

/// What the list remembers between frames.
#[derive(Clone, Default)]
pub(super) struct CheckInsKept {
    goal: Option<GoalId>,
    /// It is being corrected.
    open: Option<CheckInId>,
    all: bool,
}

pub(super) fn check_ins_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, result: Option<&GoalResult>) {
    let scene = desk.scene;
    if desk.kept.check_ins.goal.as_ref() != Some(&goal.id) {
        desk.kept.check_ins = CheckInsKept { goal: Some(goal.id.clone()), ..CheckInsKept::default() };
    }
    if desk.section(ui, "Check-ins", Some("Check in on this goal")) {
        desk.act(Action::OpenSheet(Sheet::CheckIns(CheckInsOn::Goals(vec![goal.id.clone()]))));
    }
    cadence_ui(desk, ui, goal);
    let stands = scene.memos.check_ins(scene.document, scene.as_of);
    let due = stands.get(&goal.id).and_then(|c| Some((c.due?, c.due_words(), c.overdue > 0)));
    let said = scene.project.check_ins_of(&goal.id, scene.as_of);
    match due {
        Some((_, Some(words), overdue)) => {
            let words = theme_words(desk, &format!("The next is {words}."), overdue);
            ui.add(Label::new(words).wrap());
        }
        Some((due, None, _)) => drop(desk.note(ui, format!("The next is due by {}.", date_words(due)))),
        None if said.is_empty() => drop(desk.note(ui, "None yet, and none is asked for.")),
        None => {}
    }
    let line = confidence_line(&said);
    if line.len() > 1 {
        widgets::confidence_line_ui(ui, scene.theme, &line, ui.available_width());
    }
    let shown = if desk.kept.check_ins.all { said.len() } else { FEW };
    for check_in in said.iter().rev().take(shown) {
        ui.push_id(check_in.id.as_str(), |ui| {
            if desk.kept.check_ins.open.as_ref() == Some(&check_in.id) {
                edit_ui(desk, ui, goal, check_in, result);
            } else {
                entry_ui(desk, ui, goal, check_in, result);
            }
        });
    }
    if said.len() > FEW {
        let words = if desk.kept.check_ins.all { "Show the latest only".to_owned() } else { format!("Show all {}", said.len()) };
        if widgets::link_ui(ui, scene.theme, &words, TextSize::Small).clicked() {
            desk.kept.check_ins.all = !desk.kept.check_ins.all;
        }
    }
}

fn theme_words(desk: &Desk<'_>, words: &str, overdue: bool) -> egui::RichText {
    let theme = desk.scene.theme;
    let words = theme.muted(words, TextSize::Small);
    if overdue { words.color(theme.status(Status::AtRisk).text) } else { words }
}

fn cadence_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let project = desk.scene.project.settings.check_in_cadence;
    let usual = if goal.is_objective() { "Not asked for".to_owned() } else { format!("As the project: {}", project.word()) };
    let mut choices: Vec<(Option<Cadence>, String)> = vec![(None, usual)];
    choices.extend(words::cadences().into_iter().map(|(cadence, word)| (Some(cadence), word)));
    if let Some(cadence) = desk.choice(ui, "Asked for", &goal.check_in_cadence, &choices) {
        desk.act(edits::set_check_in_cadence(goal, cadence));
    }
}

/// The buttons of an entry at the right of its head, in the order from right to left.
fn head_ui(desk: &mut Desk<'_>, ui: &mut Ui, check_in: &CheckIn, words: &str, open: bool) -> bool {
    let theme = desk.scene.theme;
    let day = date_words(check_in.date);
    let mut remove = false;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            remove = widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove the check-in of {day}")).clicked();
            let (icon, name) = if open {
                (icons::CHECK, format!("Close the check-in of {day}"))
            } else {
                (icons::PENCIL, format!("Correct the check-in of {day}"))
            };
            if widgets::icon_button_ui(ui, theme, icon, &name).clicked() {
                desk.kept.check_ins.open = (!open).then(|| check_in.id.clone());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::truncated_ui(ui, theme.muted(words, TextSize::Small));
            });
        });
    });
    remove
}

fn entry_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, check_in: &CheckIn, result: Option<&GoalResult>) {
    let theme = desk.scene.theme;
    let CheckIn { id, goal: _, date, value, confidence, status, note, by } = check_in;
    let by = if by.is_empty() { String::new() } else { format!(" · {by}") };
    if head_ui(desk, ui, check_in, &format!("{}{by}", date_words(*date)), false) {
        desk.act(edits::remove_check_in(desk.scene.project, check_in));
    }
    let measure = super::live::Measure::of(desk, goal);
    let value = value.map(|value| measure.value(value));
    let confidence = confidence.map(|confidence| format!("confidence {confidence} of 10"));
    let numbers: Vec<String> = value.into_iter().chain(confidence).collect();
    if !numbers.is_empty() {
        ui.add(Label::new(theme.number(capitalised(&numbers.join(" · ")), TextSize::Body)).wrap());
    }
    if let Some(StatusOverride { status, computed, why }) = status {
        let holds = result.is_some_and(|r| r.overridden.as_ref() == Some(id));
        ui.horizontal_top(|ui| {
            desk.glyph(ui, *status);
            let lapsed = if holds { "" } else { ", lapsed" };
            let words = format!("{}, computed {}{lapsed}: {why}", status.word(), computed.word().to_lowercase());
            ui.add(Label::new(theme.rich(words, TextSize::Small)).wrap());
        });
    }
    if !note.is_empty() {
        ui.add(Label::new(theme.rich(note, TextSize::Small)).wrap());
    }
}

fn edit_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, check_in: &CheckIn, result: Option<&GoalResult>) {
    let scene = desk.scene;
    if head_ui(desk, ui, check_in, &date_words(check_in.date), true) {
        desk.act(edits::remove_check_in(scene.project, check_in));
        return;
    }
    let key = (desk.key, check_in.id.as_str().to_owned());
    let mut changed = check_in.clone();
    let date = desk.row(ui, "Date", |desk, ui| {
        let first_weekday = scene.project.settings.calendar.first_weekday;
        let field = DateField::new((&key, "date"), "Date of the check-in", Some(check_in.date), scene.as_of).first_weekday(first_weekday);
        desk.show_date(ui, field.required()).committed.flatten()
    });
    changed.date = date.unwrap_or(changed.date);
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| scene.project.metric(id));
    if goal.as_key_result().is_some() {
        let unit = metric.map_or(Unit::Ratio, |m| m.unit.clone());
        let value = desk.row(ui, "Value", |desk, ui| {
            let field = NumberField::new((&key, "value"), "Value said", check_in.value, &unit, scene.project.settings.locale);
            desk.show_number(ui, field).committed
        });
        changed.value = value.unwrap_or(changed.value);
        if let Some(metric) = metric {
            desk.note(ui, format!("The points of {} stay as they are.", metric.short_name()));
        }
    }
    let confidence = desk.row(ui, "Confidence", |desk, ui| {
        let shown = check_in.confidence.map_or_else(String::new, |c| c.to_string());
        let field = TextField::new((&key, "confidence"), "Confidence, 0 to 10", &shown).hint("0–10").width(size::CONTROL * 2.0);
        desk.show_text(ui, field.check(|text| parse_confidence(text).err().map(str::to_owned)))
    });
    if let Some(confidence) = confidence.and_then(|text| parse_confidence(&text).ok()) {
        changed.confidence = confidence;
    }
    status_ui(desk, ui, check_in, &mut changed, result);
    let note = desk.row(ui, "Note", |desk, ui| {
        let field = TextField::new((&key, "note"), "Note of the check-in", &check_in.note).hint("–").rows(2);
        desk.show_text(ui, field)
    });
    changed.note = note.unwrap_or(changed.note);
    let by = desk.row(ui, "By", |desk, ui| {
        let field = TextField::new((&key, "by"), "By whom", &check_in.by).hint("–");
        desk.show_text(ui, field)
    });
    changed.by = by.unwrap_or(changed.by);
    if changed != *check_in {
        desk.act(edits::change_check_in(scene.project, changed));
    }
}

fn status_ui(desk: &mut Desk<'_>, ui: &mut Ui, check_in: &CheckIn, changed: &mut CheckIn, result: Option<&GoalResult>) {
    let computed = result.map_or(Status::NoData, |r| r.computed);
    let mut choices: Vec<(Option<Status>, String)> = vec![(None, "As computed".to_owned())];
    choices.extend(crate::ui::sheets::BY_HAND.map(|status| (Some(status), status.word().to_owned())));
    let current = check_in.status.as_ref().map(|s| s.status);
    if let Some(chosen) = desk.choice(ui, "Set to", &current, &choices) {
        changed.status = chosen.map(|status| match &check_in.status {
            Some(set) => StatusOverride { status, ..set.clone() },
            None => StatusOverride { status, computed, why: String::new() },
        });
    }
    if let Some(set) = &check_in.status {
        let why = desk.row(ui, "Why", |desk, ui| {
            let field = TextField::new((desk.key, check_in.id.as_str(), "why"), "Why it was set", &set.why).hint("–");
            desk.show_text(ui, field)
        });
        if let Some(why) = why {
            changed.status = Some(StatusOverride { why, ..set.clone() });
        }
    }
}
