//! Which day is looked at: the control in the top bar, and the line that says so while it is another one.

use chrono::Days;
use egui::{Align, Button, Frame, Key, Layout, Margin, Modifiers, Panel, Ui, vec2};

use super::menu::with_keys;
use super::top_bar::drop_down_ui;
use crate::model::{Date, date_words};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::command::{Command, DayStep};
use crate::workspace::{Action, Workspace};

const WIDTH: f32 = 240.0;
const BANNER: f32 = 30.0;

/// What the control says.
pub(super) fn words(scene: &Scene<'_>) -> String {
    format!("As of {}", date_words(scene.as_of))
}

pub(super) fn day_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let words = words(scene);
    drop_down_ui(ui, scene, &words, &words, |ui| {
        ui.set_max_width(WIDTH);
        let pinned = scene.project.settings.as_of;
        let today = workspace.today();
        let own = scene.project.as_of(today);
        let why = match (scene.view.as_of, pinned) {
            (Some(_), _) => "Everything is shown as it was on this day.",
            (None, Some(_)) => "The project pins this day, so that it does not age.",
            (None, None) => "Today.",
        };
        ui.label(theme.muted(why, TextSize::Small));
        ui.add_space(space::XS);
        any_day_ui(ui, workspace, scene, scratch, actions);
        ui.add_space(space::XS);
        let mut choose = |ui: &mut Ui, words: String, day: Option<Date>| {
            let selected = scene.view.as_of == day;
            if ui.add(Button::selectable(selected, words).min_size(vec2(WIDTH - 20.0, size::ROW))).clicked() {
                actions.push(Action::SetAsOf(day));
                ui.close();
            }
        };
        choose(ui, format!("{} ({})", if pinned.is_some() { "Pinned day" } else { "Today" }, date_words(own)), None);
        if pinned.is_some() && own != today {
            choose(ui, format!("Today ({})", date_words(today)), Some(today));
        }
        for (name, days) in [("A week before", 7), ("Four weeks before", 28), ("A quarter before", 91), ("A year before", 365)] {
            if let Some(day) = own.checked_sub_days(Days::new(days)) {
                choose(ui, format!("{name} ({})", date_words(day)), Some(day));
            }
        }
    });
}

/// A field for any day; up and down go by a day, with Shift by a week.
fn any_day_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = egui::Id::unique("as-of day");
    let mut drafts: Drafts = scratch.take(id);
    let field = DateField::new("as of", "Any day", Some(scene.as_of), scene.as_of).required().without_calendar().passing().width(112.0);
    let field_id = field.id();
    if ui.memory(|m| m.has_focus(field_id)) {
        for (key, modifiers, step) in [
            (Key::ArrowUp, Modifiers::SHIFT, DayStep::WeekLater),
            (Key::ArrowDown, Modifiers::SHIFT, DayStep::WeekEarlier),
            (Key::ArrowUp, Modifiers::NONE, DayStep::DayLater),
            (Key::ArrowDown, Modifiers::NONE, DayStep::DayEarlier),
        ] {
            if ui.input_mut(|i| i.consume_key(modifiers, key)) {
                actions.extend(Command::Day(step).action(workspace).ok());
                break;
            }
        }
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let entered = field.show(ui, theme, &mut drafts);
        if let Some(Some(day)) = entered.committed {
            let own = scene.project.as_of(workspace.today());
            let day = day.min(workspace.today().max(own));
            actions.push(Action::SetAsOf((day != own).then_some(day)));
        }
        steps_ui(ui, workspace, scene, actions);
    });
    ui.label(theme.muted("↑ ↓ by a day, with Shift by a week", TextSize::Caption));
    scratch.put(id, drafts);
}

/// A day earlier, a day later.
fn steps_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    for (step, icon) in [(DayStep::DayEarlier, icons::CHEVRON_LEFT), (DayStep::DayLater, icons::CHEVRON_RIGHT)] {
        let command = Command::Day(step);
        let action = command.action(workspace);
        let name = with_keys(ui, command, command.text());
        let button = ui.add_enabled_ui(action.is_ok(), |ui| widgets::icon_button_ui(ui, scene.theme, icon, &name)).inner;
        if button.clicked() {
            actions.extend(action.ok());
        }
    }
}

/// A calm line under the top bar, on every screen, while another day is looked at than the project's own.
pub(super) fn banner_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let own = scene.project.as_of(workspace.today());
    if scene.as_of == own {
        return;
    }
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.selected).inner_margin(Margin::symmetric(space::L as i8, 0));
    Panel::top("as of another day").exact_size(BANNER).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let back = if own == workspace.today() { "Back to today".to_owned() } else { format!("Back to {}", date_words(own)) };
            if widgets::button_ui(ui, theme, &back).clicked() {
                actions.push(Action::SetAsOf(None));
            }
            // From right to left.
            let mut steps = Vec::new();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (step, icon) in [(DayStep::DayLater, icons::CHEVRON_RIGHT), (DayStep::DayEarlier, icons::CHEVRON_LEFT)] {
                    let command = Command::Day(step);
                    let action = command.action(workspace);
                    let name = format!("{} than the day shown", command.text());
                    let button = ui.add_enabled_ui(action.is_ok(), |ui| widgets::icon_button_ui(ui, theme, icon, &name)).inner;
                    if button.clicked() {
                        steps.extend(action.ok());
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::truncated_ui(ui, theme.rich(banner_words(scene.as_of, own), TextSize::Body));
                });
            });
            actions.append(&mut steps);
        });
    });
}

fn banner_words(shown: Date, own: Date) -> String {
    let day = date_words(shown);
    if shown < own {
        format!("As it was on {day}. Later data is hidden; later corrections of earlier points are included.")
    } else {
        format!("As of {day}, after the day that the project pins ({}).", date_words(own))
    }
}
