//! What stands over the roadmap: how it is grouped, what it lists, and which days it shows.

use egui::{Align, Layout, Ui, vec2};

use super::canvas::Canvas;
use super::time_range;
use crate::chart::roadmap::{Grouping, Levels, Roadmap, day_number};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, RoadmapView, TimeRange};

/// The words of the ranges that all views share, as a roadmap means them.
const REACHES: [(TimeRange, &str); 4] =
    [(TimeRange::Months3, "Quarter"), (TimeRange::Months6, "Half year"), (TimeRange::Year1, "Year"), (TimeRange::All, "All")];
const GROUPING: f32 = 116.0;
const LEVELS: f32 = 104.0;
/// Wide enough for everything in one row.
const ONE_ROW_FROM: f32 = 760.0;

pub(super) fn tools_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    canvas: &Canvas,
    roadmap: &Roadmap,
    actions: &mut Vec<Action>,
) {
    let width = ui.available_width();
    let row = vec2(width, scene.theme.px(size::CONTROL + 4.0));
    if width >= scene.theme.px(ONE_ROW_FROM) {
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            arrange_ui(ui, scene, roadmap, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| days_ui(ui, scene, scratch, canvas, actions));
        });
    } else {
        // In as many rows as they need.
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = scene.theme.px(space::XS);
            arrange_ui(ui, scene, roadmap, actions);
        });
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| days_ui(ui, scene, scratch, canvas, actions));
    }
}

fn arrange_ui(ui: &mut Ui, scene: &Scene<'_>, roadmap: &Roadmap, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let view = &scene.view.arranged.roadmap;
    let mut arrange = |view: RoadmapView| actions.push(Action::Arrange(Arrangement::Roadmap(view)));
    ui.spacing_mut().item_spacing.x = theme.px(space::S);
    ui.label(theme.muted("Group by", TextSize::Small));
    let groupings = Grouping::ALL.map(|grouping| (grouping, grouping.word().to_owned()));
    if let Some(grouping) = widgets::combo_ui(ui, theme, "Group by", &view.grouping, &groupings, theme.px(GROUPING)) {
        arrange(RoadmapView { grouping, ..view.clone() });
    }
    ui.label(theme.muted("down to", TextSize::Small));
    let levels = Levels::ALL.map(|levels| (levels, levels.word().to_owned()));
    if let Some(levels) = widgets::combo_ui(ui, theme, "Down to", &view.levels, &levels, theme.px(LEVELS)) {
        arrange(RoadmapView { levels, ..view.clone() });
    }
    if view.only_undated {
        if widgets::link_ui(ui, theme, "Show all goals", TextSize::Small).clicked() {
            arrange(RoadmapView { only_undated: false, ..view.clone() });
        }
    } else if roadmap.undated > 0 {
        let words = format!("{} without dates", roadmap.undated);
        let link =
            widgets::link_ui(ui, theme, &words, TextSize::Small).on_hover_text("List only the goals that lack a start or a due date.");
        if link.clicked() {
            arrange(RoadmapView { only_undated: true, ..view.clone() });
        }
    }
}

/// From right to left.
fn days_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, canvas: &Canvas, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = theme.px(space::XS);
    let (from, to) = canvas.range;
    let span = to - from;
    if widgets::icon_button_ui(ui, theme, icons::CHEVRON_RIGHT, "Later").clicked() {
        time_range::moved(scratch, (from + span / 3.0, to + span / 3.0), actions);
    }
    let now = day_number(scene.as_of);
    if widgets::quiet_button_ui(ui, theme, "Now").on_hover_text("Bring the as-of day into sight").clicked() {
        time_range::moved(scratch, (now - span / 3.0, now + span * 2.0 / 3.0), actions);
    }
    if widgets::icon_button_ui(ui, theme, icons::CHEVRON_LEFT, "Earlier").clicked() {
        time_range::moved(scratch, (from - span / 3.0, to - span / 3.0), actions);
    }
    ui.add_space(theme.px(space::XS));
    time_range::reaches_ui(ui, scene, "Days shown", &REACHES, actions);
}
