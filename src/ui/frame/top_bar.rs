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

pub(super) fn top_bar_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.panel).inner_margin(Margin { left: 8, right: 12, top: 0, bottom: 0 });
    Panel::top("top bar").exact_size(size::TOP_BAR).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            // The views begin where their content does.
            let beside_tree = super::tree::width(scratch) - 8.0;
            ui.allocate_ui_with_layout(vec2(beside_tree, size::TOP_BAR), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(beside_tree);
                main_menu_ui(ui, workspace, scene, scratch, actions);
                name_ui(ui, workspace, scene);
            });
            ui.add_space(space::L);
            views_ui(ui, scene, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                theme_ui(ui, workspace, scene, actions);
                let mut open = scene.view.shows_inspector();
                let name = with_keys(ui, Command::ToggleInspector, if open { "Close the inspector" } else { "Open the inspector" });
                if widgets::icon_toggle_ui(ui, theme, icons::PANEL_RIGHT, &name, &mut open).changed() {
                    actions.push(Action::ToggleInspector);
                }
                ui.add_space(space::XS);
                export_ui(ui, scene, actions);
                present_ui(ui, scene, actions);
                super::day::day_ui(ui, workspace, scene, scratch, actions);
                range_ui(ui, scene, actions);
                super::cycle_switch::cycle_switch_ui(ui, workspace, scene, actions);
                ui.add_space(space::XS);
                history_ui(ui, workspace, scene, actions);
            });
        });
    });
}

/// What stands right of the views takes about so much: history, cycle, range, day, export, look.
const TOOLS: f32 = 524.0;

/// The views as tabs, or as a list where the window is too narrow for them.
fn views_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let screens = Screen::ALL.map(|screen| (screen, screen.word()));
    let current = scene.view.screen;
    if widgets::tabs_width(ui, scene.theme, &screens) + TOOLS <= ui.available_width() {
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
    let room = (ui.available_width() - dot_room).max(40.0);
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

fn range_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let cycle = scene.view.cycle_in_range(scene.project, scene.as_of).map(|cycle| cycle.name.clone());
    let words = |range: TimeRange| match range {
        TimeRange::Months3 => "3 months".to_owned(),
        TimeRange::Months6 => "6 months".to_owned(),
        TimeRange::Year1 => "1 year".to_owned(),
        TimeRange::Cycle => cycle.clone().unwrap_or_else(|| "Cycle".to_owned()),
        TimeRange::All => "All data".to_owned(),
        TimeRange::Custom { from, to } => format!("{} – {}", date_words(from), date_words(to)),
    };
    let current = scene.view.range;
    let whole = words(current);
    // Two dates need more room than there is beside the views.
    let shown = if matches!(current, TimeRange::Custom { .. }) { current.word() } else { whole.as_str() };
    drop_down_ui(ui, scene, &format!("Time range: {whole}"), shown, |ui| {
        if shown != whole {
            ui.label(scene.theme.muted(&whole, TextSize::Small));
        }
        for range in TimeRange::PRESETS {
            let enabled = range != TimeRange::Cycle || cycle.is_some();
            let item = ui.add_enabled(enabled, Button::selectable(range == current, words(range)).min_size(vec2(170.0, size::ROW)));
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
