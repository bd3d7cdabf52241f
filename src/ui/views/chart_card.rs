//! A chart with what can be done to it: moving through time, reading, its menu.

use egui::{Id, Ui, Vec2};

use super::{limits, target, time_range};
use crate::chart::ValueScale;
use crate::model::{Date, Goal, MetricId, Stamp};
use crate::ui::arrival;
use crate::ui::chart::{ChartOptions, Handle, Margins, PlotScratch, chart_ui, handles_ui, margins_ui};
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::workspace::{Action, ChartOf, CopyAs, ExportWhat, KpiMode, Selection, Sheet, TimeRange};

/// Where a chart of the view was read in the frame before, and where it is in this one.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    before: Option<f64>,
    now: Option<f64>,
}

fn cursor_id() -> Id {
    Id::unique("shared chart cursor")
}

fn chart_id(of: &ChartOf) -> Id {
    Id::unique(("chart", format!("{of:?}")))
}

/// Where the chart of a metric is shown next, it is read at its last value up to a day.
pub(super) fn read_on(scene: &Scene<'_>, scratch: &mut Scratch, metric: &MetricId, day: Date) {
    let of = ChartOf::Metric(metric.clone(), None);
    let chart = scene.memos.chart(scene.document, scene.as_of, &of);
    let end = Stamp::from_date(day).days() + 1.0;
    if let Some(place) = chart.values.partition_point(|p| p[0] < end).checked_sub(1) {
        scratch.of::<PlotScratch>(chart_id(&of)).pin(place);
    }
}

/// One chart of a view. All charts of a window share the time range and the cursor.
pub(super) struct ChartCard<'a> {
    pub(super) of: &'a ChartOf,
    pub(super) medium: Medium,
    /// Days since 1970.
    pub(super) range: (f64, f64),
    pub(super) size: Vec2,
    pub(super) caption: bool,
    pub(super) scale: ValueScale,
    /// At least so much room beside the plot.
    pub(super) margins: Margins,
}

/// The room that a chart of such a size would take beside its plot by itself.
pub(super) fn margins_of(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, card: &ChartCard<'_>) -> Margins {
    let chart = scene.memos.scaled(scene.document, scene.as_of, card.of, card.scale);
    let id = chart_id(card.of);
    let options = ChartOptions {
        id,
        medium: card.medium,
        range: Some(card.range),
        cursor: None,
        size: card.size,
        caption: card.caption,
        margins: Margins::default(),
    };
    let mut plot = scratch.take::<PlotScratch>(id);
    let margins = margins_ui(ui, scene.theme, &chart, &mut plot, &options);
    scratch.put(id, plot);
    margins
}

pub(super) fn chart_card_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, card: &ChartCard<'_>, actions: &mut Vec<Action>) {
    let chart = scene.memos.scaled(scene.document, scene.as_of, card.of, card.scale);
    let id = chart_id(card.of);
    let cursor = if card.medium.is_screen() { scratch.of::<Cursor>(cursor_id()).before } else { None };
    let goal = if card.medium.is_screen() { target::changeable(scene, &chart) } else { None };
    let mut size = card.size;
    if let Some(goal) = goal {
        let top = ui.cursor().top();
        target::why_ui(ui, scene, scratch, goal, &chart, actions);
        size.y -= ui.cursor().top() - top;
    }
    let options =
        ChartOptions { id, medium: card.medium, range: Some(card.range), cursor, size, caption: card.caption, margins: card.margins };
    let mut plot = scratch.take::<PlotScratch>(id);
    let answer = chart_ui(ui, scene.theme, &chart, &mut plot, &options);
    if let Some(goal) = goal {
        let (ends, handles): (Vec<_>, Vec<Handle>) =
            target::handles(scene, goal, &chart).into_iter().chain(target::way_handles(scene, goal, &chart)).unzip();
        for (index, what) in handles_ui(ui, scene.theme, &chart, &mut plot, &answer, &handles) {
            target::moved(scene, scratch, goal, ends[index], what, actions);
        }
    }
    if let ChartOf::Variation(metric, _) = card.of {
        limits::paint_baseline(ui, scene, metric, &answer);
    }
    if let (ChartOf::Variation(metric, choice), true) = (card.of, card.medium.is_screen()) {
        let (edges, handles): (Vec<_>, Vec<Handle>) = limits::handles(scene, metric, *choice).into_iter().unzip();
        for (index, what) in handles_ui(ui, scene.theme, &chart, &mut plot, &answer, &handles) {
            limits::moved(scene, metric, *choice, edges[index], what, actions);
        }
    }
    if plot.holds_a_day() {
        time_range::hold(scratch, card.range);
    }
    // The menu is about the place that it was asked for at.
    if answer.response.secondary_clicked() {
        plot.asked_at = answer.response.interact_pointer_pos().map(|at| answer.transform.value_from_position(at).x);
    }
    let asked_at = plot.asked_at;
    scratch.put(id, plot);
    if !card.medium.is_screen() {
        return;
    }
    arrival::offer(ui, answer.response.id);
    if card.of.metric().is_some() {
        // Where those who cannot see the picture find what it is made of.
        ui.ctx().accesskit_node_builder(answer.response.id, |node| {
            node.set_description("Left and right read its values; the command “Table of the KPI” lists them.");
        });
    }
    if answer.cursor.is_some() {
        scratch.of::<Cursor>(cursor_id()).now = answer.cursor;
    }
    if let Some(event) = answer.flag {
        actions.push(Action::OpenSheet(Sheet::Events(Some(event))));
    }
    if answer.fit {
        actions.push(Action::SetRange(TimeRange::All));
    } else if let Some(range) = answer.new_range {
        time_range::moved(scratch, range, actions);
    }
    answer.response.context_menu(|ui| {
        if let ChartOf::Variation(metric, choice) = card.of {
            limits::menu_ui(ui, scene, metric, *choice, asked_at, actions);
        }
        menu_ui(ui, scene, card.of, &chart, goal, actions);
    });
}

/// To be called when all charts of a view are drawn: what one shows under the pointer, the others show in the next frame.
pub(super) fn pass_cursor_on(ui: &Ui, scratch: &mut Scratch) {
    let cursor = scratch.of::<Cursor>(cursor_id());
    let now = cursor.now.take();
    if now != cursor.before {
        cursor.before = now;
        ui.ctx().request_repaint();
    }
}

/// Puts a picture on the clipboard.
pub(super) fn copy_menu_ui(ui: &mut Ui, what: &ExportWhat, actions: &mut Vec<Action>) {
    for (words, form) in [("Copy picture", CopyAs::Picture), ("Copy as SVG", CopyAs::Svg)] {
        if ui.button(words).clicked() {
            actions.push(Action::Copy(what.clone(), form));
        }
    }
}

/// The page that a chart of a view is on by itself.
fn page_of(of: &ChartOf) -> ExportWhat {
    match of {
        ChartOf::Variation(metric, choice) | ChartOf::Steps(metric, choice) => ExportWhat::Kpi(metric.clone(), KpiMode::Variation(*choice)),
        ChartOf::Metric(metric, _) => ExportWhat::Chart(metric.clone()),
        ChartOf::Goal(goal) => ExportWhat::Objective(goal.clone()),
    }
}

fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, of: &ChartOf, chart: &crate::chart::Chart, goal: Option<&Goal>, actions: &mut Vec<Action>) {
    if let ChartOf::Metric(metric, _) | ChartOf::Variation(metric, _) | ChartOf::Steps(metric, _) = of {
        if ui.button("Open KPI").clicked() {
            actions.push(Action::Visit(Selection::Metric(metric.clone())));
        }
        let recorded = scene.project.metric(metric).is_some_and(|m| m.formula().is_none());
        if ui.add_enabled(recorded, egui::Button::new("Data table…")).clicked() {
            actions.push(Action::OpenSheet(Sheet::Data(metric.clone())));
        }
    }
    if ui.button("Export chart…").clicked() {
        actions.push(Action::ChooseExport(page_of(of)));
    }
    copy_menu_ui(ui, &page_of(of), actions);
    if let Some(goal) = goal.filter(|g| crate::analysis::can_follow(scene.project, g, crate::model::Pace::Linear).is_ok())
        && ui.button("Plan stages…").clicked()
    {
        actions.push(Action::OpenSheet(Sheet::Plan(goal.id.clone())));
    }
    if let ChartOf::Metric(metric, key_result) = of
        && ui.button("Show as table").clicked()
    {
        let selection = match key_result {
            Some(goal)
                if scene.project.goal(goal).is_some_and(|g| g.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(metric))) =>
            {
                Selection::Goal(goal.clone())
            }
            _ => Selection::Metric(metric.clone()),
        };
        actions.extend([Action::Select(selection), Action::ShowKpi(KpiMode::Table)]);
    }
    if ui.add_enabled(!chart.values.is_empty(), egui::Button::new("Copy values")).clicked() {
        actions.push(Action::CopyText(values_as_text(chart)));
    }
    if ui.add_enabled(scene.view.range != TimeRange::All, egui::Button::new("Show all")).clicked() {
        actions.push(Action::SetRange(TimeRange::All));
    }
}

/// Tab-separated, days as ISO dates and plain numbers, as a spreadsheet takes it.
fn values_as_text(chart: &crate::chart::Chart) -> String {
    let rows = chart.values.iter().map(|[x, y]| format!("{}\t{y}\n", Stamp::from_seconds((x * 86_400.0).round() as i64)));
    std::iter::once(format!("Date\t{}\n", chart.name)).chain(rows).collect()
}
