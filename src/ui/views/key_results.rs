//! The goals under an objective as rows: status, progress against expectation, now → target, the line of the KPI.

use egui::{
    Align, Color32, CornerRadius, EventFilter, Id, Key, Layout, Modifiers, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use crate::chart::{WhyNumber, WhyOf, now_to_target};
use crate::model::{Goal, Status};
use crate::ui::arrival;
use crate::ui::scene::{Medium, Scene};
use crate::ui::sheets::gloss_ui;
use crate::ui::theme::{TextSize, radius, size, space, stroke};
use crate::ui::why::why_hover_ui;
use crate::ui::widgets::{self, Bullet};
use crate::workspace::{Action, Selection};

/// Where the columns of the table stand, from the left edge, in points.
struct Columns {
    status: f32,
    /// Whether the status has room for its word, or is a glyph that says it on hover.
    words: bool,
    /// Left edge of the progress, where there is room for it.
    bullet: Option<f32>,
    /// Right edge of the numbers.
    now: f32,
    /// Left edge of the sparkline, where there is room for it.
    spark: Option<f32>,
    owner: Option<f32>,
}

const STATUS_WIDTH: f32 = 104.0;
/// From these widths on there is progress, and the word of the status: a goal's name comes first.
const BULLET_FROM: f32 = 540.0;
const WORDS_FROM: f32 = 440.0;
const NOW_WIDTH: f32 = 132.0;
const OWNER_WIDTH: f32 = 88.0;

impl Columns {
    fn of(scene: &Scene<'_>, width: f32) -> Self {
        let theme = scene.theme;
        let gap = theme.px(space::M);
        let mut right = width - theme.px(space::M);
        let owner = (width > theme.px(880.0)).then(|| {
            right -= theme.px(OWNER_WIDTH);
            right + gap
        });
        let spark = (width > theme.px(740.0)).then(|| {
            right -= theme.px(size::SPARK_WIDTH) + gap;
            right + gap
        });
        let now = right;
        let bullet_width = Self::bullet_width(scene, width);
        let mut left = now - theme.px(NOW_WIDTH) - gap;
        let bullet = (width >= theme.px(BULLET_FROM)).then(|| {
            left -= bullet_width + gap;
            left + gap
        });
        let words = width >= theme.px(WORDS_FROM);
        let status = left - if words { theme.px(STATUS_WIDTH) } else { theme.px(size::GLYPH) };
        Self { status, words, bullet, now, spark, owner }
    }

    fn bullet_width(scene: &Scene<'_>, width: f32) -> f32 {
        scene.theme.px(if width > scene.theme.px(700.0) { size::BULLET_WIDTH } else { 88.0 })
    }
}

/// A card with one row for each goal.
pub fn goal_rows_ui(ui: &mut Ui, scene: &Scene<'_>, goals: &[&Goal], medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let frame = egui::Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
        .corner_radius(CornerRadius::same(theme.px(f32::from(radius::CARD)) as u8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let width = ui.available_width();
        let columns = Columns::of(scene, width);
        head_ui(ui, scene, width, &columns, medium, actions);
        if medium.is_screen() {
            keys(ui, goals, actions);
        }
        for (index, goal) in goals.iter().enumerate() {
            row_ui(ui, scene, goal, width, &columns, index + 1 == goals.len(), medium, actions);
        }
    });
}

fn row_id(goal: &Goal) -> Id {
    Id::unique(("goal row", goal.id.as_str()))
}

/// While a row has the keyboard: up and down go to the next one, Enter opens it. Space selects, as a click does.
fn keys(ui: &Ui, goals: &[&Goal], actions: &mut Vec<Action>) {
    if let Some(first) = goals.first() {
        arrival::offer(ui, row_id(first));
    }
    let focused = ui.memory(egui::Memory::focused);
    let Some(at) = goals.iter().position(|goal| focused == Some(row_id(goal))) else { return };
    let keep = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(row_id(goals[at]), keep));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowDown) {
        goals.get(at + 1)
    } else if pressed(Key::ArrowUp) {
        at.checked_sub(1).map(|above| &goals[above])
    } else {
        if pressed(Key::Enter) {
            actions.push(Action::Visit(Selection::Goal(goals[at].id.clone())));
        }
        None
    };
    if let Some(goal) = to {
        ui.memory_mut(|m| m.request_focus(row_id(goal)));
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, width: f32, columns: &Columns, medium: Medium, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme.px(size::ROW_ROOMY)), Sense::hover());
    let mut text = |x: f32, align: egui::Align2, words: &str| {
        let place = pos2(rect.left() + x, rect.center().y);
        let drawn = ui.painter().text(place, align, words, theme.font(TextSize::Caption), theme.text.muted);
        if medium.is_screen() {
            gloss_ui(ui, drawn, words, actions);
        }
    };
    text(theme.px(space::L), egui::Align2::LEFT_CENTER, "Goal");
    if columns.words {
        text(columns.status, egui::Align2::LEFT_CENTER, "Status");
    }
    // Bullets keep room for an arrow head on the left.
    if let Some(bullet) = columns.bullet {
        text(bullet + theme.px(size::BULLET_HEIGHT) * 0.4, egui::Align2::LEFT_CENTER, "Progress, expected");
    }
    text(columns.now, egui::Align2::RIGHT_CENTER, "Now → target");
    if let Some(spark) = columns.spark {
        text(spark, egui::Align2::LEFT_CENTER, "KPI");
    }
    if let Some(owner) = columns.owner {
        text(owner, egui::Align2::LEFT_CENTER, "Owner");
    }
}

#[expect(clippy::too_many_arguments, reason = "a row needs its place in the table and the whole scene")]
fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    goal: &Goal,
    width: f32,
    columns: &Columns,
    last: bool,
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let sense = if medium.is_screen() { Sense::click() } else { Sense::hover() };
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme.px(size::ROW_ROOMY)), Sense::hover());
    let response = ui.interact(rect, row_id(goal), sense);
    let selection = Selection::Goal(goal.id.clone());
    let result = scene.evaluation.goal(&goal.id);
    let status = result.map_or(Status::NoData, |r| r.status);
    let selected = medium.is_screen() && scene.view.selected.as_ref() == Some(&selection);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, format!("{}: {}", goal.title, status.word())));
    let ground = if selected {
        theme.bg.selected
    } else if medium.is_screen() && response.hovered() {
        theme.bg.hover
    } else {
        Color32::TRANSPARENT
    };
    let bottom = if last { theme.px(f32::from(radius::CARD)) as u8 } else { 0 };
    ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), CornerRadius { sw: bottom, se: bottom, ..CornerRadius::ZERO }, ground);
    ui.painter().hline(rect.x_range(), rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));

    if response.has_focus() {
        let ring = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Inside);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }

    let cell = |left: f32, right: f32| Rect::from_min_max(pos2(rect.left() + left, rect.top()), pos2(rect.left() + right, rect.bottom()));
    let gap = theme.px(space::M);
    let place = |ui: &mut Ui, rect: Rect, layout: Layout, add: &mut dyn FnMut(&mut Ui)| {
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| add(ui));
    };
    let left_to_right = Layout::left_to_right(Align::Center);
    place(ui, cell(theme.px(space::L), columns.status - gap), left_to_right, &mut |ui| {
        let size = if goal.is_objective() { theme.strong(&goal.title, TextSize::Body) } else { theme.rich(&goal.title, TextSize::Body) };
        widgets::truncated_ui(ui, size);
    });
    let why = |response, number| why_hover_ui(response, scene, WhyOf::new(&goal.id, number));
    let now_from = columns.now - theme.px(NOW_WIDTH);
    place(ui, cell(columns.status, columns.bullet.unwrap_or(now_from) - gap), left_to_right, &mut |ui| {
        let drawn = if columns.words { widgets::status_pill_ui(ui, theme, status) } else { widgets::status_glyph_ui(ui, theme, status) };
        why(drawn, WhyNumber::Status);
    });
    if let Some(left) = columns.bullet {
        let bullet_width = Columns::bullet_width(scene, width);
        place(ui, cell(left, left + bullet_width), left_to_right, &mut |ui| {
            let bullet = Bullet { progress: result.and_then(|r| r.progress), expected: result.and_then(|r| r.expected) };
            why(widgets::bullet_plain_ui(ui, theme, bullet, bullet_width), WhyNumber::Progress);
        });
    }
    place(ui, cell(now_from, columns.now), Layout::right_to_left(Align::Center), &mut |ui| {
        let words = result.map_or_else(|| "–".to_owned(), |r| now_to_target(scene.project, scene.as_of, goal, r));
        why(widgets::truncated_ui(ui, theme.number(words, TextSize::Body)), WhyNumber::Now);
    });
    if let Some(spark) = columns.spark
        && let Some(metric) = goal.as_key_result().and_then(|k| k.metric.as_ref())
    {
        place(ui, cell(spark, spark + theme.px(size::SPARK_WIDTH)), left_to_right, &mut |ui| {
            let spark = scene.memos.sparkline(scene.document, scene.as_of, metric);
            widgets::sparkline_ui(ui, theme, &spark, theme.px(size::SPARK_WIDTH), None);
        });
    }
    if let Some(owner) = columns.owner {
        place(ui, cell(owner, width - theme.px(space::S)), left_to_right, &mut |ui| {
            widgets::truncated_ui(ui, theme.muted(&goal.owner, TextSize::Small));
        });
    }
    if response.clicked() {
        response.request_focus();
        actions.push(Action::Select(selection.clone()));
    }
    if response.double_clicked() {
        actions.push(Action::Visit(selection));
    }
}
