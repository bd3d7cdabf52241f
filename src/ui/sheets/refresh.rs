//! Files that metrics follow: what taking their values in would change, before it is done.

use std::collections::BTreeSet;

use egui::{Align, Id, Layout, Response, Role, Ui, WidgetInfo, vec2};

use super::sheet_ui;
use super::unsaved::lines_ui;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, FileByRecipe, FileRenewal, LeftOut, Links, MetricRenewal, RefreshAction, Renewal, Workspace, can_refresh};

const WIDTH: f32 = 680.0;

#[derive(Clone, Default)]
struct Kept {
    /// What shows all of its lines.
    unfolded: Vec<String>,
    /// The button has been given the keyboard.
    is_ready: bool,
}

pub(super) fn refresh_ui(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let kept = scratch.of::<Kept>(Id::unique("refresh sheet"));
    let close = sheet_ui(ui, theme, "Refresh from linked files", WIDTH, |ui| {
        let Links { found, .. } = &workspace.links;
        match (found, can_refresh(scene.project, workspace.file.path.as_deref())) {
            (_, Err(why)) => {
                let how = "Choose “Follow this file” when you import a table, or use “waymark import --link”.";
                widgets::empty_state_ui(ui, theme, icons::LINK_2, why, how, None);
            }
            (None, Ok(())) if workspace.links.is_reading() => {
                ui.label(theme.muted("Reading the files…", TextSize::Body));
            }
            (None, Ok(())) => {
                ui.label(theme.muted("The files have not been read.", TextSize::Body));
            }
            (Some(found), Ok(())) => found_ui(ui, scene, found, &workspace.links.left_out, kept, actions),
        }
        buttons_ui(ui, theme, &workspace.links, kept, actions)
    });
    if close {
        actions.push(Action::CloseSheet);
        *scratch.of::<Kept>(Id::unique("refresh sheet")) = Kept::default();
    }
}

fn found_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    found: &Renewal,
    left_out: &BTreeSet<FileByRecipe>,
    kept: &mut Kept,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let words = if found.is_news() {
        "This is what would change. What is ticked comes in as one step, which Undo takes back."
    } else if found.files.iter().all(FileRenewal::is_waiting) {
        "Nothing was read."
    } else if found.files.iter().any(FileRenewal::is_waiting) {
        "All files that may be read were read, and nothing would change."
    } else {
        "All files were read, and nothing would change."
    };
    ui.label(theme.muted(words, TextSize::Body));
    for (index, file) in found.files.iter().enumerate() {
        ui.push_id(index, |ui| {
            widgets::card_ui(ui, theme, |ui| file_ui(ui, scene, file, left_out, kept, actions));
        });
    }
}

fn file_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    file: &FileRenewal,
    left_out: &BTreeSet<FileByRecipe>,
    kept: &mut Kept,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let is_left_out = file.may_be_left_out() && left_out.contains(&file.key());
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), theme.px(size::ROW)), Layout::right_to_left(Align::Center), |ui| {
        let summary = if is_left_out { format!("left out: {}", file.summary()) } else { file.summary() };
        ui.label(theme.muted(summary, TextSize::Small));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if file.may_be_left_out() {
                let mut on = !is_left_out;
                let response = ui.add(egui::Checkbox::without_text(&mut on));
                response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Take in {}", file.followed.path)));
                if on == is_left_out {
                    let said = if on { LeftOut::No } else { LeftOut::Yes };
                    actions.push(RefreshAction::LeaveOut(file.key(), said).into());
                }
            }
            widgets::truncated_ui(ui, theme.strong(&file.followed.path, TextSize::Body));
        });
    });
    if let Some(link) = &file.outside {
        crate::ui::outside_file::outside_file_ui(ui, theme, link, &file.followed.path, actions);
    }
    if file.is_waiting() {
        ui.label(theme.muted(format!("Kept as before: {}", names_of(scene, file)), TextSize::Small));
    }
    if file.failing.is_some() {
        ui.label(theme.rich(format!("It cannot be read: {}.", file.reason()), TextSize::Small).color(theme.error()));
        ui.label(theme.muted(format!("Kept as before: {}", names_of(scene, file)), TextSize::Small));
    }
    if is_left_out {
        ui.label(theme.muted("Its metrics keep their values. It is offered again the next time files are read.", TextSize::Small));
        return;
    }
    for metric in &file.metrics {
        metric_ui(ui, scene, file, metric, kept);
    }
}

/// The metrics that follow the file.
fn names_of(scene: &Scene<'_>, file: &FileRenewal) -> String {
    let metrics = file.followed.metrics.iter().filter_map(|id| scene.project.metric(id));
    metrics.map(|metric| metric.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn metric_ui(ui: &mut Ui, scene: &Scene<'_>, file: &FileRenewal, metric: &MetricRenewal, kept: &mut Kept) {
    let theme = scene.theme;
    widgets::separator_ui(ui, theme);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        ui.label(theme.strong(&metric.name, TextSize::Small));
        ui.label(theme.muted(metric.summary(), TextSize::Small));
    });
    let locale = scene.project.settings.locale;
    let mut folded_ui = |ui: &mut Ui, what: &str, lines: &[String]| {
        let key = format!("{what} {} {}", file.followed.path, metric.metric);
        let all = kept.unfolded.contains(&key);
        lines_ui(ui, theme, lines, all, || kept.unfolded.push(key));
    };
    folded_ui(ui, "values", &metric.lines(locale));
    if metric.blank > 0 {
        let rows = if metric.blank == 1 { "1 row has".to_owned() } else { format!("{} rows have", metric.blank) };
        ui.label(theme.muted(format!("{rows} no value"), TextSize::Small));
    }
    if metric.rejected > 0 {
        let rows = if metric.rejected == 1 { "1 row is".to_owned() } else { format!("{} rows are", metric.rejected) };
        ui.label(theme.rich(format!("{rows} not taken in:"), TextSize::Small).color(theme.error()));
        folded_ui(ui, "rejected", &metric.rejections);
    }
}

/// True to close the sheet.
fn buttons_ui(ui: &mut Ui, theme: &Theme, links: &Links, kept: &mut Kept, actions: &mut Vec<Action>) -> bool {
    let is_news = links.found.as_ref().is_some_and(|found| found.is_news());
    let is_reading = links.is_reading();
    let is_taken = links.found.as_ref().is_some_and(|found| found.parted(&links.left_out).0.is_news());
    let mut close = false;
    ui.add_space(space::XS);
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        let take = ui.add_enabled_ui(is_taken && !is_reading, |ui| widgets::primary_button_ui(ui, theme, "Take in")).inner;
        let why = match (is_reading, is_news) {
            (true, _) => "The files are being read",
            (false, true) => "No file is ticked",
            (false, false) => "Nothing is new",
        };
        let take: Response = take.on_disabled_hover_text(why);
        if is_news && !is_reading && !std::mem::replace(&mut kept.is_ready, true) {
            take.request_focus();
        }
        if take.clicked() {
            actions.push(RefreshAction::TakeIn.into());
            *kept = Kept::default();
        }
        if is_reading {
            if widgets::button_ui(ui, theme, "Stop reading").clicked() {
                actions.push(RefreshAction::Cancel.into());
            }
        } else if widgets::button_ui(ui, theme, "Read again").clicked() {
            actions.push(RefreshAction::Begin.into());
        }
        close = widgets::button_ui(ui, theme, if is_news { "Not now" } else { "Done" }).clicked();
    });
    close
}
