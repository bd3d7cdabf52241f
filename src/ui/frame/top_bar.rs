//! The bar at the top: whose project this is, the views, and what holds for all of them (range, day, export, look).

use egui::{Align, Button, Frame, Layout, Margin, Panel, Popup, PopupCloseBehavior, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::menu::{main_menu_ui, with_keys};
use crate::model::date_words;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::command::Command;
use crate::workspace::{Action, BeginAt, ExportWhat, PresentAction, Screen, Selection, ThemeChoice, TimeRange, Workspace};

/// A part of the bar that goes where room is short. Each is in the menu, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    History,
    Theme,
    Present,
    Cycle,
    Range,
    Inspector,
    Day,
    Export,
}

/// Those that fit, from the left: the ones that stand first are missed least, and go first.
fn fitting(parts: &[(Part, f32)], room: f32) -> &[(Part, f32)] {
    let wanted = |parts: &[(Part, f32)]| parts.iter().map(|(_, width)| width + space::XS).sum::<f32>();
    let kept = (0..parts.len()).find(|from| wanted(&parts[*from..]) <= room).unwrap_or(parts.len());
    &parts[kept..]
}

pub(super) fn top_bar_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.panel).inner_margin(Margin { left: 8, right: 12, top: 0, bottom: 0 });
    Panel::top("top bar").exact_size(size::TOP_BAR).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let whole = ui.available_width();
            let list = drop_down_width(ui, scene, scene.view.screen.word());
            let parts = parts(ui, scene);
            // The views begin where their content does, if there is room for that.
            let beside_tree = super::tree::width(scratch) - 8.0;
            let rest = |name: f32| whole - name - list - space::L - 2.0 * space::S;
            let all = fitting(&parts, rest(beside_tree)).len() == parts.len();
            let name_width = if all { beside_tree } else { (0.2 * whole).clamp(ICON + space::S, SHORT_NAME) };
            let shown = fitting(&parts, rest(name_width));
            ui.allocate_ui_with_layout(vec2(name_width, size::TOP_BAR), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(name_width);
                main_menu_ui(ui, workspace, scene, scratch, actions);
                name_ui(ui, workspace, scene);
            });
            ui.add_space(if all { space::L } else { 0.0 });
            views_ui(ui, scene, all, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                let has = |part: Part| shown.iter().any(|(shown, _)| *shown == part);
                if has(Part::Theme) {
                    theme_ui(ui, workspace, scene, actions);
                }
                if has(Part::Inspector) {
                    inspector_ui(ui, scene, actions);
                    ui.add_space(space::XS);
                }
                if has(Part::Export) {
                    export_ui(ui, scene, actions);
                }
                if has(Part::Present) {
                    present_ui(ui, scene, actions);
                }
                if has(Part::Day) {
                    super::day::day_ui(ui, workspace, scene, scratch, actions);
                }
                if has(Part::Range) {
                    range_ui(ui, scene, actions);
                }
                if has(Part::Cycle) {
                    super::cycle_switch::cycle_switch_ui(ui, workspace, scene, actions);
                    ui.add_space(space::XS);
                }
                if has(Part::History) {
                    history_ui(ui, workspace, scene, actions);
                }
            });
        });
    });
}

/// The room of a button with an icon.
const ICON: f32 = 28.0;
/// The most that menu and name have where room is short.
const SHORT_NAME: f32 = 180.0;

/// What the parts take.
fn parts(ui: &Ui, scene: &Scene<'_>) -> [(Part, f32); 8] {
    let list = |words: &str| drop_down_width(ui, scene, words);
    [
        (Part::History, 2.0 * ICON),
        (Part::Theme, ICON),
        (Part::Present, ICON),
        (Part::Cycle, list(&super::cycle_switch::words(scene))),
        (Part::Range, list(&range_words(scene).0)),
        (Part::Inspector, ICON),
        (Part::Day, list(&super::day::words(scene))),
        (Part::Export, list("Export")),
    ]
}

/// What a button that opens a list takes: words, arrow and the space around them.
fn drop_down_width(ui: &Ui, scene: &Scene<'_>, words: &str) -> f32 {
    let text = ui.painter().layout_no_wrap(words.to_owned(), scene.theme.font(TextSize::Body), scene.theme.text.strong);
    text.size().x + 12.0 + ui.spacing().icon_spacing + 2.0 * ui.spacing().button_padding.x
}

fn inspector_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let mut open = scene.view.shows_inspector();
    let name = with_keys(ui, Command::ToggleInspector, if open { "Close the inspector" } else { "Open the inspector" });
    if widgets::icon_toggle_ui(ui, scene.theme, icons::PANEL_RIGHT, &name, &mut open).changed() {
        actions.push(Action::ToggleInspector);
    }
}

/// What stands right of the views takes about so much: history, cycle, range, day, export, look.
const TOOLS: f32 = 524.0;

/// The views as tabs, or as a list where the window is too narrow for them.
fn views_ui(ui: &mut Ui, scene: &Scene<'_>, roomy: bool, actions: &mut Vec<Action>) {
    let screens = Screen::ALL.map(|screen| (screen, screen.word()));
    let current = scene.view.screen;
    if roomy && widgets::tabs_width(ui, scene.theme, &screens) + TOOLS <= ui.available_width() {
        if let Some(screen) = widgets::tabs_ui(ui, scene.theme, "Views", current, &screens) {
            actions.push(Action::Show(screen));
        }
        return;
    }
    drop_down_ui(ui, scene, &format!("View: {}", current.word()), current.word(), |ui| {
        for (screen, word) in screens {
            if ui.add(Button::selectable(screen == current, word).min_size(vec2(170.0, size::ROW))).clicked() {
                actions.push(Action::Show(screen));
                ui.close();
            }
        }
    });
}

/// Project name, file name, and a dot while there is something to save.
fn name_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>) {
    let theme = scene.theme;
    let dirty = workspace.document.is_dirty();
    let dot_room = if dirty { 16.0 } else { 0.0 };
    let name = if scene.project.name.trim().is_empty() { "Untitled" } else { scene.project.name.trim() };
    let room = ui.available_width() - dot_room;
    if room < 32.0 {
        // The title of the window says it.
        return;
    }
    let wanted = ui.painter().layout_no_wrap(name.to_owned(), theme.strong_font(TextSize::Body), theme.text.strong).size().x;
    let path = workspace.file.path.as_ref();
    let file = match path.and_then(|path| path.file_name()) {
        Some(file) => file.to_string_lossy().into_owned(),
        None => "Not saved in a file".to_owned(),
    };
    // The name has the first claim on the room.
    let name_width = wanted.min(if room > 140.0 { room * 0.6 } else { room });
    ui.allocate_ui(vec2(name_width + 1.0, size::CONTROL), |ui| {
        widgets::truncated_ui(ui, theme.strong(name, TextSize::Body));
    });
    let left = ui.available_width() - dot_room;
    if left > 48.0 {
        let place = path.map_or_else(|| "Save it to keep it: Ctrl+S".to_owned(), |path| path.display().to_string());
        let wanted = ui.painter().layout_no_wrap(file.clone(), theme.font(TextSize::Small), theme.text.muted).size().x;
        ui.allocate_ui(vec2(wanted.min(left) + 1.0, size::CONTROL), |ui| {
            widgets::truncated_ui(ui, theme.muted(file, TextSize::Small)).on_hover_text(place);
        });
    }
    if dirty {
        let (rect, response) = ui.allocate_exact_size(vec2(8.0, size::CONTROL), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Unsaved changes"));
        ui.painter().circle_filled(rect.center(), 3.5, theme.accent.accent);
        response.on_hover_text("Unsaved changes");
    }
}

fn history_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let document = &workspace.document;
    // From right to left.
    for (command, icon, verb, label) in
        [(Command::Redo, icons::REDO_2, "Redo", document.redo_label()), (Command::Undo, icons::UNDO_2, "Undo", document.undo_label())]
    {
        let words = label.map_or_else(|| format!("Nothing to {}", verb.to_lowercase()), |label| format!("{verb} {label}"));
        let name = with_keys(ui, command, &words);
        let button = ui.add_enabled_ui(label.is_some(), |ui| widgets::icon_button_ui(ui, theme, icon, &name)).inner;
        if button.clicked() {
            actions.extend(command.action(workspace).ok());
        }
    }
}

/// A framed button that opens a list under itself.
pub(super) fn drop_down_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, words: &str, content: impl FnOnce(&mut Ui)) {
    let theme = scene.theme;
    let button = Button::new((theme.rich(words, TextSize::Body), icons::CHEVRON_DOWN.text(12.0).color(theme.text.muted)))
        .fill(theme.bg.surface)
        .stroke(Stroke::new(stroke::CONTROL, theme.line.hairline))
        .min_size(vec2(0.0, size::CONTROL + 2.0));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(180.0);
        content(ui);
    });
}

/// A range as the list has it.
fn range_word(scene: &Scene<'_>, range: TimeRange) -> String {
    match range {
        TimeRange::Months3 => "3 months".to_owned(),
        TimeRange::Months6 => "6 months".to_owned(),
        TimeRange::Year1 => "1 year".to_owned(),
        TimeRange::Cycle => {
            scene.view.cycle_in_range(scene.project, scene.as_of).map_or_else(|| "Cycle".to_owned(), |cycle| cycle.name.clone())
        }
        TimeRange::All => "All data".to_owned(),
        TimeRange::Custom { from, to } => format!("{} – {}", date_words(from), date_words(to)),
    }
}

/// What the button says, and the whole of it.
fn range_words(scene: &Scene<'_>) -> (String, String) {
    let current = scene.view.range;
    let whole = range_word(scene, current);
    // Two dates need more room than there is beside the views.
    let shown = if matches!(current, TimeRange::Custom { .. }) { current.word().to_owned() } else { whole.clone() };
    (shown, whole)
}

fn range_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let current = scene.view.range;
    let (shown, whole) = range_words(scene);
    let has_cycle = scene.view.cycle_in_range(scene.project, scene.as_of).is_some();
    drop_down_ui(ui, scene, &format!("Time range: {whole}"), &shown, |ui| {
        if shown != whole {
            ui.label(scene.theme.muted(&whole, TextSize::Small));
        }
        for range in TimeRange::PRESETS {
            let enabled = range != TimeRange::Cycle || has_cycle;
            let item =
                ui.add_enabled(enabled, Button::selectable(range == current, range_word(scene, range)).min_size(vec2(170.0, size::ROW)));
            if item.on_disabled_hover_text("No cycle contains the as-of date").clicked() {
                actions.push(Action::SetRange(range));
                ui.close();
            }
        }
    });
}

fn present_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let name = with_keys(ui, Command::PresentFromStart, "Present");
    if widgets::icon_button_ui(ui, scene.theme, icons::PRESENTATION, &name).clicked() {
        actions.push(Action::Present(PresentAction::Begin(BeginAt::First)));
    }
}

fn export_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    drop_down_ui(ui, scene, "Export", "Export", |ui| {
        let mut item = |ui: &mut Ui, words: String, what: ExportWhat| {
            if ui.add(Button::new(words).frame_when_inactive(false).min_size(vec2(220.0, size::ROW))).clicked() {
                actions.push(Action::ChooseExport(what));
                ui.close();
            }
        };
        let screen = scene.view.screen;
        if !screen.is_of_one() {
            item(ui, format!("{}…", screen.word()), ExportWhat::View(screen));
        }
        if let Some(goal) = scene.view.objective.as_ref().and_then(|id| scene.project.goal(id)) {
            item(ui, format!("Page of “{}”…", shortened(&goal.title)), ExportWhat::Objective(goal.id.clone()));
        }
        let metric = match &scene.view.selected {
            Some(Selection::Metric(id)) => Some(id),
            _ => scene.view.metric.as_ref(),
        };
        if let Some(metric) = metric.and_then(|id| scene.project.metric(id)) {
            item(ui, format!("Chart of {}…", shortened(metric.short_name())), ExportWhat::Chart(metric.id.clone()));
        }
        item(ui, "Slides…".to_owned(), ExportWhat::Deck);
        item(ui, "Everything…".to_owned(), ExportWhat::All);
    });
}

/// A title that fits into a menu.
pub(in crate::ui) fn shortened(title: &str) -> String {
    shortened_to(title, 32)
}

/// Cut to so many characters.
pub(super) fn shortened_to(title: &str, longest: usize) -> String {
    if title.chars().count() <= longest {
        return title.to_owned();
    }
    let cut: String = title.chars().take(longest - 1).collect();
    format!("{}…", cut.trim_end())
}

fn theme_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let icon = if theme.is_dark() { icons::MOON } else { icons::SUN };
    let response = widgets::icon_button_ui(ui, theme, icon, "Theme");
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(140.0);
        for (choice, word) in [(ThemeChoice::System, "As the system"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")] {
            let selected = workspace.preferences.theme == choice;
            if ui.add(Button::selectable(selected, word).min_size(vec2(130.0, size::ROW))).clicked() {
                actions.push(Action::SetTheme(choice));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_least_goes_first() {
        let parts = [(Part::History, 50.0), (Part::Cycle, 80.0), (Part::Day, 100.0)];
        let left = |room: f32| fitting(&parts, room).iter().map(|(part, _)| *part).collect::<Vec<_>>();
        assert_eq!(left(300.0), [Part::History, Part::Cycle, Part::Day]);
        assert_eq!(left(200.0), [Part::Cycle, Part::Day]);
        assert_eq!(left(120.0), [Part::Day]);
        assert!(left(90.0).is_empty());
    }
}
