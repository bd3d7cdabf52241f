//! What a metric is compared with.

use egui::{Button, Checkbox, Popup, PopupCloseBehavior, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::chart::Against;
use crate::model::{Metric, MetricId};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, CompareWith, KpiMode, KpiView};

const LIST_WIDTH: f32 = 280.0;
const LIST_HEIGHT: f32 = 260.0;
/// Longer lists have a field to look for a name.
const SEARCH_FROM: usize = 10;

/// With earlier periods or other metrics; which ones, and on which scale.
pub(super) fn tools_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    metric: &MetricId,
    with: CompareWith,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let against = if let CompareWith::Others(against) = with { against } else { Against::Index };
    let options = [(CompareWith::Earlier, "Earlier periods"), (CompareWith::Others(against), "Other metrics")];
    if let Some(with) = widgets::segmented_ui(ui, theme, "Compare with", with, &options) {
        actions.push(Action::SetKpiMode(KpiMode::Compare(with)));
    }
    if with == CompareWith::Earlier {
        return;
    }
    let chosen = scene.view.arranged.kpi.others(scene.project, metric);
    let words = match chosen.len() {
        0 => "Choose metrics".to_owned(),
        1 => "1 metric".to_owned(),
        n => format!("{n} metrics"),
    };
    let chevron = icons::CHEVRON_DOWN.text(12.0).color(theme.text.muted);
    let button = ui.add(Button::new((theme.rich(&words, TextSize::Body), chevron)).min_size(vec2(0.0, theme.px(size::CONTROL))));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Metrics to compare: {words}")));
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| list_ui(ui, scene, scratch, metric, &chosen, actions));
    let same_unit = chosen.iter().filter_map(|id| scene.project.metric(id)).all(|other| same_unit(scene, metric, other));
    if same_unit && !chosen.is_empty() {
        let options = [(Against::Index, "Index"), (Against::Values, "Values")];
        if let Some(against) = widgets::segmented_ui(ui, theme, "Scale", against, &options) {
            actions.push(Action::SetKpiMode(KpiMode::Compare(CompareWith::Others(against))));
        }
    }
}

fn same_unit(scene: &Scene<'_>, metric: &MetricId, other: &Metric) -> bool {
    scene.project.metric(metric).is_some_and(|m| m.unit == other.unit)
}

fn list_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, metric: &MetricId, chosen: &[MetricId], actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.set_width(theme.px(LIST_WIDTH));
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    let mut all: Vec<&Metric> = scene.project.metrics.values().map(AsRef::as_ref).filter(|m| m.id != *metric).collect();
    all.sort_by_cached_key(|m| (m.name.to_lowercase(), m.id.clone()));
    if all.is_empty() {
        ui.label(theme.muted("There is no other metric", TextSize::Small));
        return;
    }
    let mut query = String::new();
    if all.len() >= SEARCH_FROM {
        let id = egui::Id::unique("metrics to compare");
        let text = scratch.of::<String>(id);
        let field = ui.add(TextEdit::singleline(text).hint_text("Find a metric").desired_width(f32::INFINITY));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find a metric to compare"));
        query = text.trim().to_lowercase();
    }
    let matches =
        |m: &&Metric| query.is_empty() || m.name.to_lowercase().contains(&query) || m.abbreviation.to_lowercase().contains(&query);
    let found: Vec<&Metric> = all.into_iter().filter(matches).collect();
    if found.is_empty() {
        ui.label(theme.muted("No metric has this in its name", TextSize::Small));
    }
    let row = theme.px(size::ROW);
    ScrollArea::vertical().max_height(theme.px(LIST_HEIGHT)).auto_shrink([false, true]).show_rows(ui, row, found.len(), |ui, rows| {
        for other in &found[rows] {
            let mut on = chosen.contains(&other.id);
            let changed = ui.add(Checkbox::new(&mut on, theme.rich(&other.name, TextSize::Body))).changed();
            if changed {
                let kept = scene.view.arranged.kpi.compared.iter().filter(|id| **id != other.id && scene.project.metric(id).is_some());
                let compared = kept.cloned().chain(on.then(|| other.id.clone())).collect();
                actions.push(Action::Arrange(Arrangement::Kpi(KpiView { compared, ..scene.view.arranged.kpi.clone() })));
            }
        }
    });
    if chosen.len() > 4 {
        ui.label(theme.muted("The first four wear colours; the others are grey", TextSize::Small));
    }
    if !chosen.is_empty() && widgets::quiet_button_ui(ui, theme, "Compare with none").clicked() {
        actions.push(Action::Arrange(Arrangement::Kpi(KpiView { compared: Vec::new(), ..scene.view.arranged.kpi.clone() })));
    }
}
