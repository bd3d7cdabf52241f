//! Over a picture of the KPI view: which picture, which days, and what is chosen within it.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{compare, moves, variation};
use crate::chart::ValueScale;
use crate::model::MetricId;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{size, space};
use crate::ui::views::time_range;
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, KpiMode, KpiView, SeasonForm, Sheet};

/// Of the list of modes, where there is no room for their tabs.
const MODES_WIDTH: f32 = 128.0;
/// Of the list of value axes, where there is no room for its tabs; with its frame.
const SCALE_WIDTH: f32 = 96.0;
const SEASON_FORMS: [(SeasonForm, &str); 2] = [(SeasonForm::Years, "Years"), (SeasonForm::Cycle, "Cycle plot")];

/// Whether what a mode lets one choose needs a row of its own under the modes.
fn has_choices(mode: KpiMode) -> bool {
    matches!(mode, KpiMode::Variation(_) | KpiMode::Compare(_) | KpiMode::Contributions | KpiMode::Relation)
}

/// How many rows [`tools_ui`] draws.
pub(super) fn rows(mode: KpiMode, metric: Option<&MetricId>) -> usize {
    if metric.is_some() && has_choices(mode) { 2 } else { 1 }
}

/// Mode, value axis or kind of season, days and the way to the values in a row; under it what else the mode lets one choose. A key result
/// without a metric has only days.
pub(super) fn tools_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, metric: Option<&MetricId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mode = scene.view.kpi_mode;
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    let (_, whole) = ui.allocate_space(row);
    let Some(metric) = metric else {
        ranges_ui(ui, scene, whole, actions);
        return;
    };
    let gap = theme.px(space::S);
    let mut free = whole;
    if scene.project.metric(metric).is_some_and(|m| m.formula().is_none()) {
        let data = ui.scope_builder(UiBuilder::new().max_rect(free).layout(Layout::right_to_left(Align::Center)).id_salt("data"), |ui| {
            widgets::icon_button_ui(ui, theme, icons::TABLE_2, "Data table…")
        });
        if data.inner.clicked() {
            actions.push(Action::OpenSheet(Sheet::Data(metric.clone())));
        }
        free.max.x = data.inner.rect.left() - gap;
    }
    let modes = mode_words(mode);
    // In a narrow window only the list of modes stays in the first row.
    let days_width = if mode.obeys_range() { time_range::buttons_width(ui, scene) + gap } else { 0.0 };
    let axis_width = if mode == KpiMode::Trend { theme.px(SCALE_WIDTH) + gap } else { 0.0 };
    if theme.px(MODES_WIDTH) + gap + axis_width + days_width > free.width() {
        in_row_ui(ui, free, "mode", |ui| modes_ui(ui, scene, &modes, actions));
        free = ui.allocate_space(row).1;
        choices_beside_ui(ui, scene, free, 0.0, actions);
    } else {
        let tabs_width = widgets::segmented_width(ui, theme, &modes) + gap;
        free.max.x = choices_beside_ui(ui, scene, free, tabs_width, actions);
        in_row_ui(ui, free, "mode", |ui| modes_ui(ui, scene, &modes, actions));
    }
    if !has_choices(mode) {
        return;
    }
    ui.horizontal_wrapped(|ui| match mode {
        KpiMode::Variation(choice) => {
            let id = egui::Id::unique("limits of the XmR chart");
            let mut kept = scratch.take(id);
            variation::tools_ui(ui, scene, &mut kept, metric, choice, actions);
            scratch.put(id, kept);
        }
        KpiMode::Compare(with) => compare::tools_ui(ui, scene, scratch, metric, with, actions),
        KpiMode::Contributions => moves::periods_ui(ui, scene, scratch, metric, actions),
        KpiMode::Relation => moves::driver_ui(ui, scene, metric, actions),
        KpiMode::Trend | KpiMode::Season(_) | KpiMode::Distribution | KpiMode::Table => {}
    });
}

/// Days, and the value axis or the kind of season, from the right edge on. Answers with where what is left ends; the modes would like so
/// much of it.
fn choices_beside_ui(ui: &mut Ui, scene: &Scene<'_>, mut free: Rect, modes: f32, actions: &mut Vec<Action>) -> f32 {
    let theme = scene.theme;
    let gap = theme.px(space::S);
    if scene.view.kpi_mode.obeys_range() {
        // The days become a list before they lie over what stands beside them.
        let beside = match scene.view.kpi_mode {
            KpiMode::Trend => theme.px(SCALE_WIDTH) + gap,
            KpiMode::Season(_) => widgets::segmented_width(ui, theme, &SEASON_FORMS) + gap,
            _ => 0.0,
        };
        let place = free.with_min_x((free.left() + beside).min(free.right() - time_range::list_width(scene)));
        free.max.x = ranges_ui(ui, scene, place, actions) - gap;
    }
    match scene.view.kpi_mode {
        KpiMode::Trend => {
            let tabs = widgets::segmented_width(ui, theme, &ValueScale::ALL.map(|scale| (scale, scale.word())));
            let (room, list) = (free.width(), theme.px(SCALE_WIDTH));
            let as_list = modes + tabs > room && (modes + list <= room || theme.px(MODES_WIDTH) + gap + tabs > room);
            from_right_ui(ui, free, "scale", |ui| scale_ui(ui, scene, as_list, actions)) - gap
        }
        KpiMode::Season(form) => {
            let left = from_right_ui(ui, free, "season", |ui| {
                if let Some(form) = widgets::segmented_ui(ui, theme, "Kind of season chart", form, &SEASON_FORMS) {
                    actions.push(Action::SetKpiMode(KpiMode::Season(form)));
                }
            });
            left - gap
        }
        _ => free.right(),
    }
}

fn in_row_ui(ui: &mut Ui, place: Rect, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)).id_salt(name), add);
}

/// Against the right edge. Answers with where it begins.
fn from_right_ui(ui: &mut Ui, place: Rect, name: &str, add: impl FnOnce(&mut Ui)) -> f32 {
    let layout = Layout::right_to_left(Align::Center);
    let drawn = ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout).id_salt(name), |ui| {
        add(ui);
        ui.min_rect().left()
    });
    drawn.inner
}

/// The days, against the right edge. Answers with where they begin.
fn ranges_ui(ui: &mut Ui, scene: &Scene<'_>, place: Rect, actions: &mut Vec<Action>) -> f32 {
    from_right_ui(ui, place, "days", |ui| time_range::buttons_ui(ui, scene, actions))
}

/// All modes; the one shown keeps what was chosen within it.
fn mode_words(current: KpiMode) -> [(KpiMode, &'static str); KpiMode::ALL.len()] {
    KpiMode::ALL.map(|mode| if mode.is_like(current) { current } else { mode }).map(|mode| (mode, mode.word()))
}

/// The modes as tabs, or as a list where they do not fit.
fn modes_ui(ui: &mut Ui, scene: &Scene<'_>, options: &[(KpiMode, &str)], actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let current = scene.view.kpi_mode;
    let chosen = if widgets::segmented_width(ui, theme, options) <= ui.available_width() {
        widgets::segmented_ui(ui, theme, "Kind of chart", current, options)
    } else {
        let options: Vec<_> = options.iter().map(|(mode, word)| (*mode, (*word).to_owned())).collect();
        widgets::combo_ui(ui, theme, "Kind of chart", &current, &options, theme.px(MODES_WIDTH))
    };
    if let Some(mode) = chosen {
        actions.push(Action::SetKpiMode(mode));
    }
}

/// Where the value axis of the chart over time begins, and whether it is even.
fn scale_ui(ui: &mut Ui, scene: &Scene<'_>, as_list: bool, actions: &mut Vec<Action>) {
    let arranged = &scene.view.arranged.kpi;
    let options = ValueScale::ALL.map(|scale| (scale, scale.word()));
    let chosen = if as_list {
        // Alone, a word must say of what it is.
        let words = |scale: ValueScale| match scale {
            ValueScale::Auto | ValueScale::Log => format!("{} axis", scale.word()),
            ValueScale::FromZero => scale.word().to_owned(),
        };
        let options = ValueScale::ALL.map(|scale| (scale, words(scale)));
        widgets::combo_ui(ui, scene.theme, "Value axis", &arranged.scale, &options, scene.theme.px(SCALE_WIDTH))
    } else {
        widgets::segmented_ui(ui, scene.theme, "Value axis", arranged.scale, &options)
    };
    if let Some(scale) = chosen {
        actions.push(Action::Arrange(Arrangement::Kpi(KpiView { scale, ..arranged.clone() })));
    }
}
