//! The line at the bottom: whether the work is saved, what runs, how the goals stand, and on which day.

use std::sync::Arc;

use egui::{Align, Frame, Galley, Layout, Margin, Panel, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::{Status, date_words};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::jobs::Jobs;
use crate::workspace::{Action, CheckInsOn, Screen, Selection, Sheet, Workspace};

const HEIGHT: f32 = 24.0;
/// Room for a status glyph before its words.
const GLYPH: f32 = 14.0;

pub(super) fn status_bar_ui(ui: &mut Ui, workspace: &Workspace, jobs: &Jobs, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let frame = Frame::new().fill(theme.bg.panel).inner_margin(Margin::symmetric(space::L as i8, 0));
    Panel::bottom("status bar").exact_size(HEIGHT).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            ui.label(theme.muted(saved_words(workspace), TextSize::Small));
            jobs_ui(ui, jobs, scene, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme.muted(format!("As of {}", date_words(scene.as_of)), TextSize::Small));
                ui.add_space(space::S);
                // The board counts what it shows.
                if scene.view.screen != Screen::Board {
                    counts_ui(ui, scene);
                }
                tripped_ui(ui, scene, actions);
                due_ui(ui, scene, actions);
            });
        });
    });
}

/// Whether the work would survive a power cut.
fn saved_words(workspace: &Workspace) -> &'static str {
    let file = &workspace.file;
    if file.saving.is_some() {
        "Saving…"
    } else if file.loading.is_some() {
        "Opening…"
    } else if file.read_only || workspace.held_elsewhere().is_some() {
        "Read-only"
    } else if workspace.document.is_dirty() {
        "Unsaved changes"
    } else if workspace.waiting_words().is_some() {
        "Typed, not entered"
    } else if file.path.is_some() {
        "All changes saved"
    } else {
        "Not saved in a file"
    }
}

fn jobs_ui(ui: &mut Ui, jobs: &Jobs, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    for job in jobs.running().iter().filter(|job| job.name == "export") {
        ui.label(scene.theme.muted(format!("Exporting, {} %", (job.progress.share() * 100.0) as u32), TextSize::Small));
        if widgets::link_ui(ui, scene.theme, "Cancel", TextSize::Small).clicked() {
            actions.push(Action::CancelExport(job.request));
        }
    }
}

/// What stands left of the counts takes about so much.
const NOTICES: f32 = 300.0;

/// From right to left: glyph, number and word; where room is short, the word only where the pointer asks.
fn counts_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let tally = scene.memos.tally(scene.document, scene.as_of);
    let counts = &tally.statuses;
    let words = |(status, count): &(Status, usize)| format!("{count} {}", status.word().to_lowercase());
    let layout = |text: String| ui.painter().layout_no_wrap(text, theme.font(TextSize::Small), theme.text.muted);
    let whole: Vec<_> = counts.iter().map(|counted| layout(words(counted))).collect();
    let room = ui.available_width() - NOTICES;
    let needs = |galleys: &[Arc<Galley>]| galleys.iter().map(|galley| GLYPH + galley.size().x + space::M).sum::<f32>();
    let wide = needs(&whole) <= room;
    let shown = if wide { whole } else { counts.iter().map(|(_, count)| layout(count.to_string())).collect() };
    // The board has them.
    if needs(&shown) > room {
        return;
    }
    for (counted, galley) in counts.iter().zip(shown).rev() {
        let (rect, response) = ui.allocate_exact_size(vec2(GLYPH + galley.size().x, HEIGHT), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words(counted)));
        let glyph = Rect::from_center_size(pos2(rect.left() + 5.0, rect.center().y), vec2(10.0, 10.0));
        widgets::paint_status_glyph(ui.painter(), theme, glyph, counted.0);
        ui.painter().galley(pos2(rect.left() + GLYPH, rect.center().y - galley.size().y / 2.0), galley, theme.text.muted);
        if !wide {
            response.on_hover_text(words(counted));
        }
    }
}

/// Guardrails that must not get worse and did: a problem whatever the statuses say.
fn tripped_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let tally = scene.memos.tally(scene.document, scene.as_of);
    let Some(first) = &tally.first_tripped else { return };
    let words = if tally.tripped == 1 { "1 guardrail tripped".to_owned() } else { format!("{} guardrails tripped", tally.tripped) };
    if widgets::link_ui(ui, scene.theme, &words, TextSize::Small).on_hover_text("Show the metric").clicked() {
        actions.push(Action::Visit(Selection::Metric(first.clone())));
    }
}

/// Check-ins that are asked for now: a click opens the grid.
fn due_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let tally = scene.memos.tally(scene.document, scene.as_of);
    let words = match tally.due {
        0 => return,
        1 => "1 check-in due".to_owned(),
        n => format!("{n} check-ins due"),
    };
    let hint = if tally.overdue == 0 { "Check in".to_owned() } else { format!("{} of them overdue. Check in", tally.overdue) };
    if widgets::link_ui(ui, scene.theme, &words, TextSize::Small).on_hover_text(hint).clicked() {
        actions.push(Action::OpenSheet(Sheet::CheckIns(CheckInsOn::Due)));
    }
}
