//! What is chosen for contributions and relations: two periods, and a driver. And what hangs on which input of a computed metric.

use egui::{Align2, CornerRadius, Label, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::chart::Chart;
use crate::chart::moves::{SwingLine, swing_lines};
use crate::model::{Date, MetricId};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space, stroke};
use crate::ui::views::time_range;
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::{Action, Arrangement, ChartOf, KpiView, TimeRange};

const DATE_WIDTH: f32 = 112.0;
const DRIVER_WIDTH: f32 = 240.0;

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
    let Some(drivers) = scene.memos.drivers(scene.document, metric) else { return };
    let Some(current) = scene.memos.driver(scene.document, metric, &scene.view.arranged.kpi) else { return };
    let name = |(index, id): (usize, &MetricId)| {
        let name = scene.project.metric(id).map_or_else(String::new, |m| m.name.clone());
        (id.clone(), if index < drivers.linked().len() { format!("{name} (driver)") } else { name })
    };
    let options: Vec<(MetricId, String)> = drivers.all.iter().enumerate().map(name).collect();
    ui.label(theme.muted("Against", TextSize::Body));
    if let Some(driver) = widgets::combo_ui(ui, theme, "Driver", &current, &options, theme.px(DRIVER_WIDTH)) {
        let arranged = KpiView { driver: Some(driver), ..scene.view.arranged.kpi.clone() };
        actions.push(Action::Arrange(Arrangement::Kpi(arranged)));
    }
}

/// A card that says, for a computed metric, how much hangs on each of its inputs.
pub(super) fn sensitivity_ui(ui: &mut Ui, scene: &Scene<'_>, of: &ChartOf) {
    let theme = scene.theme;
    let Some(metric) = of.metric().and_then(|id| scene.project.metric(id)).filter(|m| m.formula().is_some()) else { return };
    let found = scene.memos.sensitivity(scene.document, scene.as_of, &metric.id);
    let Ok(found) = found.as_ref() else { return };
    let lines = swing_lines(scene.project, metric, found);
    if lines.is_empty() {
        return;
    }
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.label(theme.rich("What hangs on which input", TextSize::Section));
        let most = lines.iter().map(|l| l.less.abs().max(l.more.abs())).fold(f64::MIN_POSITIVE, f64::max);
        for line in &lines {
            swing_ui(ui, scene, line, most);
        }
        ui.add(
            Label::new(theme.muted("One input at a time, in the latest complete period; all others as they are", TextSize::Small)).wrap(),
        );
    });
}

/// Less to one side, more to the other, both from the middle.
fn swing_ui(ui: &mut Ui, scene: &Scene<'_>, line: &SwingLine, most: f64) {
    let theme = scene.theme;
    let width = ui.available_width();
    let bars = (width * 0.36).min(theme.px(320.0));
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme.px(size::ROW)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &line.sentence));
    let font = theme.number_font(TextSize::Body);
    let mut job = egui::text::LayoutJob::simple_singleline(line.sentence.clone(), font, theme.text.default);
    job.wrap = egui::text::TextWrapping::truncate_at_width((width - bars - theme.px(space::XL)).max(1.0));
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(rect.left_center(), galley.size()).min;
    ui.painter().galley(at, galley, theme.text.default);
    let middle = pos2(rect.right() - bars / 2.0, rect.center().y);
    let half = bars / 2.0;
    for (change, ink) in [(line.less, theme.line.context_series), (line.more, theme.cat(0))] {
        let end = middle.x + half * (change / most) as f32;
        let y = middle.y - theme.px(4.0)..=middle.y + theme.px(4.0);
        let bar = Rect::from_x_y_ranges(end.min(middle.x)..=end.max(middle.x), y);
        ui.painter().rect_filled(bar, CornerRadius::ZERO, ink);
    }
    ui.painter().vline(middle.x, rect.y_range(), theme.stroke(stroke::AXIS, theme.line.axis));
    response.on_hover_text(&line.why);
}
