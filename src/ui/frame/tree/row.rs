//! One line of the goal tree, drawn.

use std::sync::Arc;

use egui::{Align2, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::row_id;
use crate::analysis::GoalResult;
use crate::chart::Spark;
use crate::model::{Goal, GoalId, Locale, MetricId, Place, Status};
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, radius, size, space};
use crate::ui::widgets::{self, Bullet, one_line};
use crate::workspace::{Action, Selection};

/// Two lines: title, then status, progress and sparkline.
pub(super) const ROW_HEIGHT: f32 = 42.0;
pub(super) const HEADING_HEIGHT: f32 = 32.0;
pub(super) const INDENT: f32 = 16.0;
/// Deeper goals are not moved further to the right: their titles would have no room.
pub(super) const DEEPEST_INDENT: usize = 6;
pub(super) const CHEVRON: f32 = 14.0;
const WORD_WIDTH: f32 = 66.0;
/// What the mark of a goal that is worth mending takes from its title.
const MARK: f32 = 16.0;
const MARK_SIZE: f32 = 11.0;

pub(super) struct GoalRow<'a> {
    pub(super) id: &'a GoalId,
    pub(super) depth: usize,
    pub(super) open: Option<bool>,
    pub(super) muted: bool,
    pub(super) selected: bool,
    pub(super) spark: Option<Arc<Spark>>,
    pub(super) renaming: bool,
}

/// A goal row as drawn: its response, and where the title stands.
pub(super) struct Drawn<'a> {
    pub(super) row: GoalRow<'a>,
    pub(super) response: Response,
    pub(super) title: Rect,
}

pub(super) fn goal_row_ui<'a>(ui: &Ui, scene: &Scene<'_>, rect: Rect, row: GoalRow<'a>, actions: &mut Vec<Action>) -> Option<Drawn<'a>> {
    let goal = scene.project.goal(row.id)?;
    let theme = scene.theme;
    let result = scene.evaluation.goals.get(row.id);
    let status = result.map_or(Status::NoData, |r| r.status);

    let selection = Selection::Goal(row.id.clone());
    let response = line_ui(ui, theme, rect, &selection, row.selected, Sense::click_and_drag());
    let words = result.map_or_else(String::new, |r| progress_words(r, scene.project.settings.locale));
    let due = due_words(scene, row.id);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, row.selected, &goal.title));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let parts =
            [Some(status.word().to_owned()), Some(words.clone()).filter(|w| !w.is_empty()), due.as_ref().map(|(words, _)| words.clone())];
        node.set_description(parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        node.set_selected(row.selected);
        node.set_level(row.depth + 1);
        if let Some(open) = row.open {
            node.set_expanded(open);
        }
    });

    let left = rect.left() + space::XS + INDENT * row.depth.min(DEEPEST_INDENT) as f32;
    let glyph_left = left + CHEVRON;
    let first_line = rect.top() + 14.0;
    let second_line = rect.top() + 31.0;
    if let Some(open) = row.open {
        chevron_ui(ui, theme, pos2(left + CHEVRON / 2.0 - 1.0, first_line), row.id, &goal.title, open, actions);
    }
    let painter = ui.painter().clone();
    let glyph = Rect::from_center_size(pos2(glyph_left + size::GLYPH / 2.0, first_line), vec2(size::GLYPH, size::GLYPH));
    widgets::paint_status_glyph(&painter, theme, glyph, status);

    let text_left = glyph_left + size::GLYPH + 6.0;
    let right = rect.right() - space::S;
    let (font, colour) = if goal.archived || row.muted {
        (theme.font(TextSize::Body), theme.text.muted)
    } else if goal.is_objective() {
        (theme.strong_font(TextSize::Body), theme.text.strong)
    } else {
        (theme.font(TextSize::Body), theme.text.default)
    };
    let findings = scene.memos.findings(scene.document, scene.as_of);
    let findings = findings.get(&Place::Goal(row.id.clone())).map_or(&[][..], AsRef::as_ref);
    let mut title_right = if findings.is_empty() { right } else { right - MARK };
    if let Some((_, overdue)) = &due
        && !row.renaming
    {
        title_right -= MARK;
        let colour = if *overdue { theme.status(Status::AtRisk).mark } else { theme.text.muted };
        icons::MESSAGE_SQUARE.paint(&painter, pos2(title_right + MARK / 2.0 + 2.0, first_line), MARK_SIZE, colour);
    }
    if !findings.is_empty() && !row.renaming {
        icons::INFO.paint(&painter, pos2(right - MARK / 2.0 + 2.0, first_line), MARK_SIZE, theme.text.muted);
    }
    let title = one_line(ui, &goal.title, font, colour, title_right - text_left);
    let shortened = title.elided;
    let place = Rect::from_min_max(pos2(text_left - space::XS, rect.top() + 1.0), pos2(right, rect.top() + 27.0));
    if !row.renaming {
        painter.galley(pos2(text_left, first_line - title.size().y / 2.0), title, colour);
    }

    let word_colour = theme.status(status).text;
    painter.text(pos2(text_left, second_line), Align2::LEFT_CENTER, status.word(), theme.font(TextSize::Caption), word_colour);
    let bar_left = text_left + WORD_WIDTH;
    // The bar and the line share what the word leaves.
    let room = right - bar_left;
    let bar_width = (room * 0.5 - space::XS).clamp(24.0, 72.0);
    if let Some(result) = result
        && result.progress.is_some()
    {
        let bar = Rect::from_min_size(pos2(bar_left, second_line - 4.0), vec2(bar_width, 8.0));
        widgets::paint_bullet(&painter, theme, bar, Bullet { progress: result.progress, expected: result.expected });
    }
    let spark_width = room - bar_width - space::S;
    if let Some(spark) = &row.spark
        && spark_width >= 28.0
    {
        let place = Rect::from_min_size(pos2(right - spark_width, second_line - 7.0), vec2(spark_width, 14.0));
        widgets::paint_sparkline(&painter, theme, place, spark);
    }

    let rules: Vec<&str> = findings.iter().map(|f| f.rule.word()).collect();
    hover_ui(&response, scene, goal, shortened, &[words.as_str(), due.as_ref().map_or("", |(words, _)| words)], &rules);
    Some(Drawn { row, response, title: place })
}

/// Why the goal stands where it does, and what would make it better.
fn hover_ui(response: &Response, scene: &Scene<'_>, goal: &Goal, shortened: bool, facts: &[&str], rules: &[&str]) {
    let theme = scene.theme;
    let result = scene.evaluation.goals.get(&goal.id);
    response.clone().on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        if shortened {
            ui.label(theme.strong(&goal.title, TextSize::Body));
        }
        if let Some(result) = result {
            ui.label(theme.rich(&result.reason, TextSize::Body));
            for fact in facts.iter().filter(|fact| !fact.is_empty()) {
                ui.label(theme.muted(*fact, TextSize::Small));
            }
        }
        if !goal.owner.is_empty() {
            ui.label(theme.muted(format!("{}, {}", goal.kind.word(), goal.owner), TextSize::Small));
        }
        if !rules.is_empty() {
            ui.label(theme.muted(format!("Worth mending: {}", rules.join("; ")), TextSize::Small));
        }
    });
}

/// "check-in 3 weeks overdue", and whether it is overdue; `None` where none is asked for now.
fn due_words(scene: &Scene<'_>, goal: &GoalId) -> Option<(String, bool)> {
    let stands = scene.memos.check_ins(scene.document, scene.as_of);
    let stand = stands.get(goal)?;
    Some((format!("check-in {}", stand.due_words()?), stand.overdue > 0))
}

/// "38 % done, 52 % expected".
fn progress_words(result: &GoalResult, locale: Locale) -> String {
    match (result.progress, result.expected) {
        (Some(progress), Some(expected)) => format!("{} done, {} expected", locale.percent(progress, 0), locale.percent(expected, 0)),
        (Some(progress), None) => format!("{} done", locale.percent(progress, 0)),
        (None, _) => String::new(),
    }
}

fn chevron_ui(ui: &Ui, theme: &Theme, centre: egui::Pos2, id: &GoalId, title: &str, open: bool, actions: &mut Vec<Action>) {
    let place = Rect::from_center_size(centre, vec2(18.0, 22.0));
    let response = ui.interact(place, row_id(&Selection::Goal(id.clone())).with("chevron"), Sense::click());
    let name = || if open { format!("Collapse {title}") } else { format!("Expand {title}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name()));
    let colour = if response.hovered() { theme.text.strong } else { theme.text.muted };
    let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    icon.paint(ui.painter(), centre, 12.0, colour);
    if response.clicked() {
        actions.push(Action::ToggleCollapsed(id.clone()));
    }
}

/// "Archived · 2", which opens and closes.
pub(super) fn archive_row_ui(ui: &Ui, theme: &Theme, rect: Rect, count: usize, open: bool, actions: &mut Vec<Action>) {
    let words = format!("Archived · {count}");
    let response = ui.interact(rect, ui.scope_id().with("archived"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let colour = if response.hovered() || response.has_focus() { theme.text.strong } else { theme.text.muted };
    let middle = rect.bottom() - 12.0;
    let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    icon.paint(ui.painter(), pos2(rect.left() + space::S + 5.0, middle), 12.0, colour);
    ui.painter().text(pos2(rect.left() + space::S + CHEVRON, middle), Align2::LEFT_CENTER, &words, theme.font(TextSize::Small), colour);
    if response.clicked() {
        actions.push(Action::ToggleArchive);
    }
}

pub(super) fn heading_row_ui(ui: &Ui, theme: &Theme, rect: Rect, count: usize) {
    let words = format!("KPIs without a goal · {count}");
    let response = ui.interact(rect, ui.scope_id().with("without a goal"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    ui.painter().text(
        pos2(rect.left() + space::S, rect.bottom() - 12.0),
        Align2::LEFT_CENTER,
        &words,
        theme.font(TextSize::Small),
        theme.text.muted,
    );
}

pub(super) fn metric_row_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    rect: Rect,
    id: &MetricId,
    selected: bool,
    spark: &Spark,
    actions: &mut Vec<Action>,
) {
    let Some(metric) = scene.project.metric(id) else { return };
    let theme = scene.theme;
    let selection = Selection::Metric(id.clone());
    let response = line_ui(ui, theme, rect, &selection, selected, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, selected, &metric.name));
    let painter = ui.painter().clone();
    let left = rect.left() + space::XS + CHEVRON;
    let right = rect.right() - space::S;
    icons::ACTIVITY.paint(&painter, pos2(left + size::GLYPH / 2.0, rect.top() + 14.0), size::GLYPH, theme.text.muted);
    let text_left = left + size::GLYPH + 6.0;
    let title = one_line(ui, &metric.name, theme.font(TextSize::Body), theme.text.default, right - text_left);
    let shortened = title.elided;
    painter.galley(pos2(text_left, rect.top() + 14.0 - title.size().y / 2.0), title, theme.text.default);
    let last = metric.series.last().map(|(_, value)| scene.project.settings.locale.value(value, &metric.unit, metric.decimals));
    let second_line = rect.top() + 31.0;
    painter.text(
        pos2(text_left, second_line),
        Align2::LEFT_CENTER,
        last.as_deref().unwrap_or("No data"),
        theme.number_font(TextSize::Caption),
        theme.text.muted,
    );
    let spark_left = text_left + WORD_WIDTH;
    widgets::paint_sparkline(
        &painter,
        theme,
        Rect::from_min_max(pos2(spark_left, second_line - 7.0), pos2(right, second_line + 7.0)),
        spark,
    );
    if response.clicked() {
        response.request_focus();
        actions.push(Action::Select(selection));
    }
    if shortened {
        response.on_hover_text(&metric.name);
    }
}

/// The ground of a row, and its response.
fn line_ui(ui: &Ui, theme: &Theme, rect: Rect, selection: &Selection, selected: bool, sense: Sense) -> Response {
    let response = ui.interact(rect, row_id(selection), sense);
    let ground = rect.shrink2(vec2(0.0, 1.0));
    let fill = match (selected, response.hovered()) {
        (true, _) => theme.bg.selected,
        (false, true) => theme.bg.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(ground, f32::from(radius::CONTROL), fill);
    if response.has_focus() {
        ui.painter().rect_stroke(ground, f32::from(radius::CONTROL), Stroke::new(1.0, theme.accent.accent), StrokeKind::Inside);
    }
    response
}
