//! Where the values of a followed file come from, and since when they do not.

use egui::Ui;

use crate::model::{Metric, MetricId, Origin, date_words};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::{Action, RefreshAction};

/// Where a metric follows a file that cannot be taken in, or may not be read: that has to be seen before the chart.
pub(super) fn is_failing(scene: &Scene<'_>, metric: &MetricId) -> bool {
    scene.project.metric(metric).is_some_and(|metric| scene.failing.of(metric).is_some() || is_waiting(scene, metric))
}

fn is_waiting(scene: &Scene<'_>, metric: &Metric) -> bool {
    scene.outside.of(metric).is_some_and(|link| !link.allowed)
}

/// A line for a metric that follows a file.
pub(super) fn linked_ui(ui: &mut Ui, scene: &Scene<'_>, metric: &MetricId, actions: &mut Vec<Action>) {
    let Some(metric) = scene.project.metric(metric) else { return };
    let Origin::Linked(source) = &metric.origin else { return };
    let theme = scene.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if let Some(link) = scene.outside.of(metric).filter(|link| !link.allowed) {
            let words = format!("Follows a file outside the project's folder, not read until you allow it: {}", link.place.display());
            ui.label(theme.muted(words, TextSize::Small));
            if widgets::link_ui(ui, theme, "Allow…", TextSize::Small).clicked() {
                actions.push(RefreshAction::Allow(source.path.clone()).into());
            }
            return;
        }
        if let Some((since, why)) = scene.failing.of(metric) {
            let words = format!("{} has not been taken in since {}: {why}. The values are kept.", source.path, date_words(since));
            ui.label(theme.rich(words, TextSize::Small).color(theme.error()));
        } else {
            let when = source.refreshed.map_or_else(String::new, |day| format!(", refreshed {}", date_words(day)));
            ui.label(theme.muted(format!("Values from {}{when}", source.path), TextSize::Small));
        }
        if widgets::link_ui(ui, theme, "Refresh…", TextSize::Small).clicked() {
            actions.push(RefreshAction::Begin.into());
        }
    });
}
