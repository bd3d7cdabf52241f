use egui::{Align, Label, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use super::frame::content_area;
use super::{SharedChart, Source, chart_page};
use crate::analysis::GoalResult;
use crate::chart::{ValueFormat, sparkline};
use crate::model::{Goal, Tree, date_words};
use crate::ui::chart::{HeadingSize, PlotScratch, heading_ui};
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{Bullet, bullet_ui, sparkline_ui, status_glyph_ui, status_pill_ui};

/// The least a chart needs, in points at 100 %.
const CHART_WIDTH: f32 = 340.0;
const CHART_HEIGHT: f32 = 190.0;
/// Height of what stands above the rows, in lines of body text: three lines of title and reason, path, status and air.
const HEADER_LINES: f32 = 7.0;

/// An objective and the goals under it that fit on one page.
pub(super) struct Overview<'a> {
    pub(super) goal: &'a Goal,
    rows: Vec<&'a Goal>,
    /// Page 2 and on of the same objective.
    continued: bool,
}

impl Overview<'_> {
    pub(super) fn description(&self, source: &Source<'_>) -> String {
        let told = |goal: &Goal| {
            source.evaluation.goal(&goal.id).map(|result| format!("{}: {}. {}", goal.title, result.status.word(), result.reason))
        };
        std::iter::once(self.goal).chain(self.rows.iter().copied()).filter_map(told).collect::<Vec<_>>().join(" ")
    }
}

/// An objective with few goals is one page; with many it goes on.
pub(super) fn overviews<'a>(source: &Source<'a>, goal: &'a Goal) -> Vec<Overview<'a>> {
    let children = source.tree.children(&goal.id).iter().filter_map(|id| source.project.goal(id)).filter(|child| !child.archived);
    let mut rest: Vec<&Goal> = children.collect();
    let mut pages = Vec::new();
    loop {
        let continued = !pages.is_empty();
        let taken = rest.len().min(rows_a_page(source));
        let after = rest.split_off(taken);
        pages.push(Overview { goal, rows: rest, continued });
        if after.is_empty() {
            return pages;
        }
        rest = after;
    }
}

fn rows_a_page(source: &Source<'_>) -> usize {
    let body = source.theme.type_of(TextSize::Body).line_height;
    let room = content_area(source.theme, source.size).height() - HEADER_LINES * body;
    ((room / row_height(source)).floor() as usize).max(1)
}

fn row_height(source: &Source<'_>) -> f32 {
    source.theme.px(size::ROW_ROOMY)
}

/// Columns and rows of charts on a page.
fn grid(source: &Source<'_>) -> (usize, usize) {
    let area = content_area(source.theme, source.size);
    let heading = source.theme.type_of(TextSize::Section).line_height + source.theme.px(space::M);
    let fit = |room: f32, least: f32| ((room / source.theme.px(least)).floor() as usize).clamp(1, 3);
    (fit(area.width(), CHART_WIDTH), fit(area.height() - heading, CHART_HEIGHT))
}

pub(super) fn charts_a_page(source: &Source<'_>) -> usize {
    let (columns, rows) = grid(source);
    columns * rows
}

/// Title, status in words, dates and owner, then a row for each goal under it.
pub(super) fn overview(ui: &mut Ui, source: &Source<'_>, part: &Overview<'_>) {
    let theme = source.theme;
    let Overview { goal, rows, continued } = part;
    ui.spacing_mut().item_spacing.y = theme.px(space::XS);
    let path: Vec<&str> = Tree::path(source.project, &goal.id).iter().map(|it| it.title.as_str()).collect();
    if let Some((_, above)) = path.split_last()
        && !above.is_empty()
    {
        ui.add(Label::new(theme.muted(above.join(" › "), TextSize::Body)).truncate());
    }
    let title = if *continued { format!("{} (continued)", goal.title) } else { goal.title.clone() };
    ui.add(Label::new(theme.rich(title, TextSize::Title)).truncate());
    if let Some(result) = source.evaluation.goal(&goal.id).filter(|_| !continued) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.px(space::M);
            status_pill_ui(ui, theme, result.status);
            bullet_ui(ui, theme, bullet(result), theme.px(size::BULLET_WIDTH));
            ui.add(Label::new(theme.muted(facts(source, goal, result), TextSize::Body)).truncate());
        });
        ui.add(Label::new(theme.rich(&result.reason, TextSize::Body)).wrap());
    }
    ui.add_space(theme.px(space::M));
    if rows.is_empty() {
        ui.label(theme.muted("No key results yet", TextSize::Body));
    }
    for (index, child) in rows.iter().enumerate() {
        if index > 0 {
            let at = ui.cursor().min;
            ui.painter().hline(at.x..=at.x + ui.available_width(), at.y, theme.stroke(1.0 / theme.factor(), theme.line.hairline));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        row(ui, source, child);
    }
}

/// Status, title, "now → target", bullet, sparkline and the status word of one goal.
fn row(ui: &mut Ui, source: &Source<'_>, goal: &Goal) {
    let theme = source.theme;
    let Some(result) = source.evaluation.goal(&goal.id) else { return };
    let metric = goal.as_key_result().and_then(|key_result| source.project.metric(key_result.metric.as_ref()?));
    let room = ui.available_width();
    let whole = vec2(room, row_height(source));
    ui.allocate_ui_with_layout(whole, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::M);
        column(ui, theme.px(72.0), Align::Min, |ui| {
            ui.label(theme.rich(result.status.word(), TextSize::Body).color(theme.status(result.status).text));
        });
        if room > theme.px(620.0) {
            column(ui, theme.px(size::SPARK_WIDTH), Align::Min, |ui| {
                if let Some(metric) = metric {
                    let spark = sparkline(source.project, metric, source.evaluation.as_of);
                    sparkline_ui(ui, theme, &spark, theme.px(size::SPARK_WIDTH), None);
                }
            });
        }
        if room > theme.px(420.0) {
            bullet_ui(ui, theme, bullet(result), theme.px(size::BULLET_WIDTH * 0.75));
        }
        let format = metric.map(|metric| ValueFormat {
            unit: metric.unit.clone(),
            decimals: metric.decimals,
            locale: source.project.settings.locale,
        });
        column(ui, theme.px(132.0), Align::Max, |ui| {
            ui.label(theme.number(now_and_target(source, result, format.as_ref()), TextSize::Body));
        });
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            status_glyph_ui(ui, theme, result.status);
            ui.add(Label::new(theme.rich(&goal.title, TextSize::Body)).truncate());
        });
    });
}

/// A cell of fixed width in a row.
fn column(ui: &mut Ui, width: f32, align: Align, content: impl FnOnce(&mut Ui)) {
    let cell = vec2(width, ui.available_height());
    let layout = if align == Align::Max { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    ui.allocate_ui_with_layout(cell, layout, |ui| {
        ui.set_min_width(width);
        content(ui);
    });
}

fn bullet(result: &GoalResult) -> Bullet {
    Bullet { progress: result.progress, expected: result.expected }
}

/// "8.2 M → 10 M"; without a metric the progress.
fn now_and_target(source: &Source<'_>, result: &GoalResult, format: Option<&ValueFormat>) -> String {
    let locale = source.project.settings.locale;
    let progress = || result.progress.map_or_else(|| "–".to_owned(), |progress| locale.percent(progress, 0));
    let Some(format) = format else { return progress() };
    let now = result.current.map_or_else(|| "–".to_owned(), |current| format.value(current.value));
    result.target.map_or_else(|| now.clone(), |target| format!("{now} → {}", format.value(target)))
}

fn facts(source: &Source<'_>, goal: &Goal, result: &GoalResult) -> String {
    let locale = source.project.settings.locale;
    let progress = match (result.progress, result.expected) {
        (Some(progress), Some(expected)) => Some(format!("{}, expected {}", locale.percent(progress, 0), locale.percent(expected, 0))),
        (Some(progress), None) => Some(locale.percent(progress, 0)),
        (None, _) => None,
    };
    let dates = match (result.span.start, result.span.due) {
        (Some(start), Some(due)) => Some(format!("{} – {}", date_words(start), date_words(due))),
        (None, Some(due)) => Some(format!("due {}", date_words(due))),
        (Some(start), None) => Some(format!("since {}", date_words(start))),
        (None, None) => None,
    };
    let owner = Some(goal.owner.clone()).filter(|owner| !owner.is_empty());
    [progress, dates, owner].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Small charts in a grid, under the objective's title.
pub(super) fn charts(ui: &mut Ui, source: &Source<'_>, goal: &Goal, charts: &[SharedChart], plots: &mut [PlotScratch]) {
    let theme = source.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if let Some(result) = source.evaluation.goal(&goal.id) {
            status_glyph_ui(ui, theme, result.status);
        }
        ui.add(Label::new(theme.rich(&goal.title, TextSize::Section)).truncate());
    });
    ui.add_space(theme.px(space::S));
    let (columns, most_rows) = grid(source);
    let rows = charts.len().div_ceil(columns).clamp(1, most_rows);
    let columns = columns.min(charts.len().max(1));
    let area = ui.available_rect_before_wrap();
    let gap = theme.px(space::L);
    let cell =
        Vec2::new((area.width() - gap * (columns - 1) as f32) / columns as f32, (area.height() - gap * (rows - 1) as f32) / rows as f32);
    for (index, (chart, scratch)) in charts.iter().zip(plots).enumerate() {
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = pos2(area.left() + column * (cell.x + gap), area.top() + row * (cell.y + gap));
        let place = Rect::from_min_size(corner, cell);
        ui.scope_builder(UiBuilder::new().id_salt(("chart", index)).max_rect(place), |ui| {
            heading_ui(ui, theme, chart, None, HeadingSize::Card, Medium::Page);
            let size = (place.max - ui.cursor().min).max(Vec2::splat(1.0));
            chart_page::plot(ui, theme, chart, scratch, vec2(place.width(), size.y));
        });
    }
}
