//! What is chosen for contributions and relations: two periods, and a driver.

use egui::Ui;

use crate::chart::Chart;
use crate::chart::moves::drivers;
use crate::model::{Date, MetricId};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::TextSize;
use crate::ui::views::time_range;
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::{Action, Arrangement, ChartOf, KpiView, TimeRange};

const DATE_WIDTH: f32 = 128.0;
const DRIVER_WIDTH: f32 = 240.0;

/// The driver that a metric is held against: the one chosen where it can be, else the first there is.
pub(super) fn driver(scene: &Scene<'_>, metric: &MetricId) -> Option<MetricId> {
    let (all, _) = drivers(scene.project, scene.project.metric(metric)?);
    let chosen = scene.view.arranged.kpi.driver.as_ref().filter(|id| all.contains(id));
    chosen.or(all.first()).cloned()
}

/// The first and the last day of the time shown; the change is taken apart between the periods they are in.
pub(super) fn periods_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, metric: &MetricId, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let of = ChartOf::Metric(metric.clone(), None);
    let data = scene.memos.chart(scene.document, scene.as_of, &of).fit_x;
    let (from, to) = Chart::days_of(time_range::shown(scene, scratch, data));
    let to = to.min(scene.as_of).max(from);
    let id = egui::Id::unique("periods of contributions");
    let mut drafts = scratch.take::<Drafts>(id);
    let mut field = |ui: &mut Ui, name: &'static str, value: Date| {
        ui.label(theme.muted(name, TextSize::Body));
        let field = DateField::new((metric.as_str(), name), name, Some(value), scene.as_of)
            .first_weekday(scene.project.settings.calendar.first_weekday)
            .width(theme.px(DATE_WIDTH));
        field.show(ui, theme, &mut drafts).committed.flatten()
    };
    let chosen = (field(ui, "From", from), field(ui, "To", to));
    scratch.put(id, drafts);
    let (new_from, new_to) = match chosen {
        (None, None) => return,
        (first, last) => (first.unwrap_or(from), last.unwrap_or(to)),
    };
    actions.push(Action::SetRange(TimeRange::Custom { from: new_from.min(new_to), to: new_to.max(new_from) }));
}

/// Which driver.
pub(super) fn driver_ui(ui: &mut Ui, scene: &Scene<'_>, metric: &MetricId, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let Some(found) = scene.project.metric(metric) else { return };
    let (all, linked) = drivers(scene.project, found);
    let Some(current) = driver(scene, metric) else { return };
    let name = |(index, id): (usize, &MetricId)| {
        let name = scene.project.metric(id).map_or_else(String::new, |m| m.name.clone());
        (id.clone(), if index < linked { format!("{name} (driver)") } else { name })
    };
    let options: Vec<(MetricId, String)> = all.iter().enumerate().map(name).collect();
    ui.label(theme.muted("Against", TextSize::Body));
    if let Some(driver) = widgets::combo_ui(ui, theme, "Driver", &current, &options, theme.px(DRIVER_WIDTH)) {
        let arranged = KpiView { driver: Some(driver), ..scene.view.arranged.kpi.clone() };
        actions.push(Action::Arrange(Arrangement::Kpi(arranged)));
    }
}
