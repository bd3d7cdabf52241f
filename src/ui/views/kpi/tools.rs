//! Over a picture of the KPI view: which picture, which days, and what is chosen within it.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{compare, moves, variation};
use crate::chart::ValueScale;
use crate::model::MetricId;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{size, space};
use crate::ui::views::time_range;
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, KpiMode, KpiView, SeasonForm, Sheet};

/// Of the list of modes, where there is no room for their tabs.
const MODES_WIDTH: f32 = 128.0;

/// Two rows: mode and days; what the mode lets one choose, and the way to the values. A key result without a metric has only days.
pub(super) fn tools_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, metric: Option<&MetricId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mode = scene.view.kpi_mode;
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    let (_, whole) = ui.allocate_space(row);
    let Some(metric) = metric else {
        ranges_ui(ui, scene, whole, actions);
        return;
    };
    let free = if mode.obeys_range() { ranges_ui(ui, scene, whole, actions) } else { whole.right() };
    let left = Rect::from_min_max(whole.min, egui::pos2(free - theme.px(space::M), whole.bottom()));
    in_row_ui(ui, left, "mode", |ui| modes_ui(ui, scene, actions));

    let (_, second) = ui.allocate_space(row);
    let mut right = second.right();
    if scene.project.metric(metric).is_some_and(|m| m.formula().is_none()) {
        let data = ui.scope_builder(UiBuilder::new().max_rect(second).layout(Layout::right_to_left(Align::Center)).id_salt("data"), |ui| {
            widgets::quiet_button_ui(ui, theme, "Data table…")
        });
        if data.inner.clicked() {
            actions.push(Action::OpenSheet(Sheet::Data(metric.clone())));
        }
        right = data.inner.rect.left();
    }
    let left = Rect::from_min_max(second.min, egui::pos2(right - theme.px(space::M), second.bottom()));
    in_row_ui(ui, left, "choices", |ui| match mode {
        KpiMode::Variation(choice) => {
            let id = egui::Id::unique("limits of the XmR chart");
            let mut kept = scratch.take(id);
            variation::tools_ui(ui, scene, &mut kept, metric, choice, actions);
            scratch.put(id, kept);
        }
        KpiMode::Season(form) => {
            let options = [(SeasonForm::Years, "Years"), (SeasonForm::Cycle, "Cycle plot")];
            if let Some(form) = widgets::segmented_ui(ui, theme, "Kind of season chart", form, &options) {
                actions.push(Action::SetKpiMode(KpiMode::Season(form)));
            }
        }
        KpiMode::Compare(with) => compare::tools_ui(ui, scene, scratch, metric, with, actions),
        KpiMode::Contributions => moves::periods_ui(ui, scene, scratch, metric, actions),
        KpiMode::Relation => moves::driver_ui(ui, scene, metric, actions),
        KpiMode::Trend => scale_ui(ui, scene, actions),
        KpiMode::Distribution | KpiMode::Table => {}
    });
}

fn in_row_ui(ui: &mut Ui, place: Rect, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)).id_salt(name), add);
}

/// The days, against the right edge. Answers with where they begin.
fn ranges_ui(ui: &mut Ui, scene: &Scene<'_>, place: Rect, actions: &mut Vec<Action>) -> f32 {
    let layout = Layout::right_to_left(Align::Center);
    let drawn = ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout).id_salt("days"), |ui| {
        time_range::buttons_ui(ui, scene, actions);
        ui.min_rect().left()
    });
    drawn.inner
}

/// The modes as tabs, or as a list where they do not fit.
fn modes_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let current = scene.view.kpi_mode;
    // The one shown keeps what was chosen within it.
    let modes = KpiMode::ALL.map(|mode| if mode.is_like(current) { current } else { mode });
    let options = modes.map(|mode| (mode, mode.word()));
    let chosen = if widgets::segmented_width(ui, theme, &options) <= ui.available_width() {
        widgets::segmented_ui(ui, theme, "Kind of chart", current, &options)
    } else {
        let options = options.map(|(mode, word)| (mode, word.to_owned()));
        widgets::combo_ui(ui, theme, "Kind of chart", &current, &options, theme.px(MODES_WIDTH))
    };
    if let Some(mode) = chosen {
        actions.push(Action::SetKpiMode(mode));
    }
}

/// Where the value axis of the chart over time begins, and whether it is even.
fn scale_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let arranged = &scene.view.arranged.kpi;
    let options = ValueScale::ALL.map(|scale| (scale, scale.word()));
    if let Some(scale) = widgets::segmented_ui(ui, scene.theme, "Value axis", arranged.scale, &options) {
        actions.push(Action::Arrange(Arrangement::Kpi(KpiView { scale, ..arranged.clone() })));
    }
}
