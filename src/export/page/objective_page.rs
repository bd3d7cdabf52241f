use egui::{Label, Rect, Ui, UiBuilder, Vec2, pos2};

use super::Source;
use super::frame::content_area;
use crate::model::Goal;
use crate::ui::scene::{Medium, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::views::{ChartItem, chart_item_ui, common_span, goal_header_ui, goal_rows_ui};
use crate::ui::widgets::status_glyph_ui;

/// The least a chart needs, in points at 100 %.
const CHART_WIDTH: f32 = 340.0;
const CHART_HEIGHT: f32 = 190.0;
/// Height of what stands above the rows of any objective, in lines of body text: path, title, status, reason, dates and air.
const HEADER_LINES: f32 = 7.0;
/// Characters of a description on a line: about two for each em of the width.
const CHARACTERS_AN_EM: f32 = 2.0;

/// An objective and the goals under it that fit on one page.
pub(super) struct Overview<'a> {
    pub(super) goal: &'a Goal,
    rows: Vec<&'a Goal>,
    /// Page 2 and on of the same objective.
    pub(super) continued: bool,
}

impl Overview<'_> {
    pub(super) fn description(&self, source: &Source<'_>) -> String {
        let told = |goal: &Goal| {
            source.scene.evaluation.goal(&goal.id).map(|result| format!("{}: {}. {}", goal.title, result.status.word(), result.reason))
        };
        std::iter::once(self.goal).chain(self.rows.iter().copied()).filter_map(told).collect::<Vec<_>>().join(" ")
    }
}

/// An objective with few goals is one page; with many it goes on.
pub(super) fn overviews<'a>(source: &'a Source<'_>, goal: &'a Goal) -> Vec<Overview<'a>> {
    let scene = &source.scene;
    let children = scene.tree.children(&goal.id).iter().filter_map(|id| scene.project.goal(id)).filter(|child| !child.archived);
    let mut rest: Vec<&Goal> = children.collect();
    let mut pages = Vec::new();
    loop {
        let continued = !pages.is_empty();
        let taken = rest.len().min(rows_a_page(source, goal));
        let after = rest.split_off(taken);
        pages.push(Overview { goal, rows: rest, continued });
        if after.is_empty() {
            return pages;
        }
        rest = after;
    }
}

fn rows_a_page(source: &Source<'_>, goal: &Goal) -> usize {
    let Source { scene, size: page } = source;
    let theme = scene.theme;
    let (area, body) = (content_area(theme, *page), theme.type_of(TextSize::Body));
    let description = (goal.description.chars().count() as f32 * body.size / (area.width() * CHARACTERS_AN_EM)).ceil();
    let guardrails = scene.memos.moves(scene.document, scene.as_of, &goal.id, scene.view.cycle.as_ref()).guardrails.len();
    let room = area.height() - (HEADER_LINES + description + guardrails as f32) * body.line_height;
    // The head of the table is one row more.
    ((room / theme.px(size::ROW_ROOMY)).floor() as usize).saturating_sub(1).max(1)
}

/// Columns and rows of charts on a page.
fn grid(source: &Source<'_>) -> (usize, usize) {
    let theme = source.scene.theme;
    let area = content_area(theme, source.size);
    let heading = theme.type_of(TextSize::Section).line_height + theme.px(space::M);
    let fit = |room: f32, least: f32| ((room / theme.px(least)).floor() as usize).clamp(1, 3);
    (fit(area.width(), CHART_WIDTH), fit(area.height() - heading, CHART_HEIGHT))
}

pub(super) fn charts_a_page(source: &Source<'_>) -> usize {
    let (columns, rows) = grid(source);
    columns * rows
}

/// The head of the objective, then a row for each goal under it: the window's own, without controls.
pub(super) fn overview(ui: &mut Ui, source: &Source<'_>, part: &Overview<'_>) {
    let Source { scene, .. } = source;
    let theme = scene.theme;
    let Overview { goal, rows, continued } = part;
    let mut unheard = Vec::new();
    if *continued {
        let title = theme.rich(format!("{} (continued)", goal.title), TextSize::Title);
        ui.add(Label::new(title).truncate());
    } else {
        goal_header_ui(ui, scene, goal, Medium::Page, &mut unheard);
    }
    ui.add_space(theme.px(space::M));
    if rows.is_empty() {
        ui.label(theme.muted("No key results yet", TextSize::Body));
    } else {
        goal_rows_ui(ui, scene, rows, Medium::Page, &mut unheard);
    }
}

/// Small charts in a grid, under the objective's title, on one time axis.
pub(super) fn charts(ui: &mut Ui, source: &Source<'_>, goal: &Goal, items: &[ChartItem], scratch: &mut Scratch) {
    let Source { scene, .. } = source;
    let theme = scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::S);
        if let Some(result) = scene.evaluation.goal(&goal.id) {
            status_glyph_ui(ui, theme, result.status);
        }
        ui.add(Label::new(theme.rich(&goal.title, TextSize::Section)).truncate());
    });
    ui.add_space(theme.px(space::S));
    let (columns, most_rows) = grid(source);
    let rows = items.len().div_ceil(columns).clamp(1, most_rows);
    let columns = columns.min(items.len().max(1));
    let area = ui.available_rect_before_wrap();
    let gap = theme.px(space::M);
    let cell =
        Vec2::new((area.width() - gap * (columns - 1) as f32) / columns as f32, (area.height() - gap * (rows - 1) as f32) / rows as f32);
    let range = common_span(scene, items);
    for (index, item) in items.iter().enumerate() {
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = pos2(area.left() + column * (cell.x + gap), area.top() + row * (cell.y + gap));
        let place = Rect::from_min_size(corner, cell);
        ui.scope_builder(UiBuilder::new().id_salt(("chart", index)).max_rect(place), |ui| {
            chart_item_ui(ui, scene, scratch, item, range, Medium::Page, &mut Vec::new());
        });
    }
}
