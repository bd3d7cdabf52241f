//! One lane: its label, and its bar with what can be done to it.

use egui::{Align2, Color32, CornerRadius, CursorIcon, Id, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::bars::{self, Standing};
use super::canvas::{Canvas, Small};
use super::drag::{self, HeldPart};
use super::{Kept, dates};
use crate::chart::roadmap::{Bar, Grip, Lane, MarkKind, bar, day_number, is_movable, suggested};
use crate::model::{Goal, GoalId, Span};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::{TextSize, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, CheckInsOn, RoadmapView, Selection, Sheet};

const INDENT: f32 = 14.0;
/// Deeper goals are not moved further to the right: their titles would have no room.
const DEEPEST_INDENT: usize = 4;
const CHEVRON: f32 = 16.0;
/// How far into a bar its ends are taken, in points.
const END: f32 = 7.0;
/// A bar shorter than this is moved as a whole; its ends are taken outside it.
const LEAST_WITH_ENDS: f32 = 28.0;

pub(super) fn lane_id(goal: &GoalId) -> Id {
    Id::unique(("roadmap lane", goal.as_str()))
}

#[expect(clippy::too_many_arguments, reason = "a lane needs its place on both axes and the whole scene")]
pub(super) fn lane_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    canvas: &Canvas,
    rect: Rect,
    lane: &Lane,
    medium: Medium,
    actions: &mut Vec<Action>,
) {
    match lane {
        Lane::Group { title, goals } => group_ui(ui, scene, canvas, rect, title, *goals),
        Lane::Goal { goal, depth, open, context } => {
            let Some(goal) = scene.project.goal(goal) else { return };
            let Some(bar) = bar(scene.project, &scene.tree, &scene.evaluation, &goal.id) else { return };
            let row = Row { goal, bar: &bar, depth: *depth, open: *open, context: *context, rect };
            row.show(ui, scene, kept, canvas, medium, actions);
        }
    }
}

fn group_ui(ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, rect: Rect, title: &str, goals: usize) {
    let theme = scene.theme;
    let words = if goals == 1 { format!("{title} · 1 goal") } else { format!("{title} · {goals} goals") };
    let response = ui.interact(rect, ui.scope_id().with(("roadmap group", title)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    ui.painter().rect_filled(Rect::from_x_y_ranges(canvas.whole, rect.y_range()).shrink2(vec2(1.0, 0.0)), 0.0, theme.bg.panel);
    ui.painter().hline(canvas.whole, rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    let left = pos2(rect.left() + theme.px(space::L), rect.center().y);
    let title = one_line(ui, title, theme.strong_font(TextSize::Body), theme.text.strong, canvas.x.min - left.x - theme.px(space::XXXL));
    let right = left.x + title.size().x + theme.px(space::S);
    ui.painter().galley(pos2(left.x, left.y - title.size().y / 2.0), title, theme.text.strong);
    let count = if goals == 1 { "1 goal".to_owned() } else { format!("{goals} goals") };
    ui.painter().text(pos2(right, left.y), Align2::LEFT_CENTER, count, theme.font(TextSize::Small), theme.text.muted);
}

/// Text cut to one line with "…" where it is too long.
fn one_line(ui: &Ui, text: &str, font: egui::FontId, colour: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), egui::text::TextFormat::simple(font, colour));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(16.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

struct Row<'a> {
    goal: &'a Goal,
    bar: &'a Bar,
    depth: usize,
    open: Option<bool>,
    context: bool,
    rect: Rect,
}

impl Row<'_> {
    fn selection(&self) -> Selection {
        Selection::Goal(self.goal.id.clone())
    }

    fn show(&self, ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, canvas: &Canvas, medium: Medium, actions: &mut Vec<Action>) {
        let theme = scene.theme;
        let id = lane_id(&self.goal.id);
        let sense = if medium.is_screen() { Sense::click() } else { Sense::hover() };
        let response = ui.interact(self.rect, id, sense);
        let selected = medium.is_screen() && scene.view.selected.as_ref() == Some(&self.selection());
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &self.bar.words));
        let ground = Rect::from_x_y_ranges(canvas.whole, self.rect.y_range()).shrink2(vec2(1.0, 0.0));
        if medium.is_screen() {
            let label = Rect::from_min_max(ground.min, pos2(canvas.x.min, ground.bottom()));
            if selected {
                ui.painter().rect_filled(ground, 0.0, theme.bg.selected.gamma_multiply(0.45));
                ui.painter().rect_filled(label, 0.0, theme.bg.selected);
            } else if response.contains_pointer() {
                ui.painter().rect_filled(label, 0.0, theme.bg.hover);
            }
        }
        if self.depth == 0 {
            ui.painter().hline(canvas.whole, self.rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
        }
        if response.has_focus() {
            let line = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
            ui.painter().rect_stroke(ground, CornerRadius::same(radius::CONTROL), line, StrokeKind::Inside);
        }
        if response.gained_focus() && !selected {
            actions.push(Action::Select(self.selection()));
        }
        if response.clicked() {
            response.request_focus();
            actions.push(Action::Select(self.selection()));
        }
        if response.double_clicked() {
            actions.push(Action::Visit(self.selection()));
        }
        self.label_ui(ui, scene, canvas, medium, actions);
        let label = response.clone();
        if medium.is_screen() {
            response.context_menu(|ui| menu_ui(ui, scene, kept, self.goal, self.bar, actions));
        }
        let on_bar = self.chart_ui(ui, scene, kept, canvas, medium, actions);
        if medium.is_screen() && kept.held.is_none() {
            let hovered = on_bar.unwrap_or(label);
            hover_ui(&hovered, scene, self.goal, self.bar);
        }
        if medium.is_screen() {
            dates::dates_ui(ui, scene, kept, self.goal, self.rect, actions);
        }
    }

    /// Title with what opens and closes it.
    fn label_ui(&self, ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, medium: Medium, actions: &mut Vec<Action>) {
        let theme = scene.theme;
        let y = self.rect.center().y;
        let left = self.rect.left() + theme.px(space::XS + INDENT * self.depth.min(DEEPEST_INDENT) as f32);
        if let Some(open) = self.open
            && medium.is_screen()
        {
            let centre = pos2(left + theme.px(CHEVRON) / 2.0, y);
            let place = Rect::from_center_size(centre, vec2(theme.px(CHEVRON) + 4.0, theme.px(size::ROW)));
            let response = ui.interact(place, lane_id(&self.goal.id).with("chevron"), Sense::CLICK);
            let name = if open { format!("Fold {}", self.goal.title) } else { format!("Unfold {}", self.goal.title) };
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let colour = if response.hovered() { theme.text.strong } else { theme.text.muted };
            let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
            icon.paint(ui.painter(), centre, theme.px(12.0), colour);
            if response.clicked() {
                actions.push(folded(scene, &self.goal.id));
            }
        }
        let text_left = left + theme.px(CHEVRON + space::XXS);
        let (font, colour) = if self.context {
            (theme.font(TextSize::Body), theme.text.muted)
        } else if self.goal.is_objective() {
            (theme.strong_font(TextSize::Body), theme.text.strong)
        } else {
            (theme.font(TextSize::Body), theme.text.default)
        };
        let galley = one_line(ui, &self.goal.title, font, colour, canvas.x.min - theme.px(space::S) - text_left);
        ui.painter().galley(pos2(text_left, y - galley.size().y / 2.0), galley, colour);
    }

    /// The bar and its handles, or what stands in its place. Answers with what is hovered for the bar.
    fn chart_ui(
        &self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        kept: &mut Kept,
        canvas: &Canvas,
        medium: Medium,
        actions: &mut Vec<Action>,
    ) -> Option<Response> {
        let theme = scene.theme;
        let small = bars::small(&self.goal.kind);
        if let Some(under) = self.bar.under {
            bars::paint_under(ui, theme, canvas, self.rect, under);
        }
        let movable = medium.is_screen() && is_movable(scene.project, self.goal, self.bar.span);
        let Some(place) = bars::place(theme, canvas, self.rect, self.bar.span, small) else {
            self.undated_ui(ui, scene, kept, canvas, small, medium, movable, actions);
            return None;
        };
        if place.right() <= canvas.x.min || place.left() >= canvas.x.max {
            self.out_of_sight_ui(ui, scene, kept, canvas, place, medium);
            return None;
        }
        let response = medium.is_screen().then(|| self.handles_ui(ui, scene, kept, canvas, place, movable, actions));
        let held = drag::held_goal(kept) == Some(&self.goal.id);
        let active = held || response.as_ref().is_some_and(Response::contains_pointer) && kept.held.is_none();
        bars::paint(ui, scene, canvas, place, self.bar, if active { Standing::Active } else { Standing::Plain });
        if movable && active && place.width() >= LEAST_WITH_ENDS {
            self.grips_ui(ui, scene, canvas, place);
        }
        response
    }

    /// Two short lines at each end, where it can be taken.
    fn grips_ui(&self, ui: &Ui, scene: &Scene<'_>, canvas: &Canvas, place: Rect) {
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(canvas.chart(self.rect)));
        let line = scene.theme.stroke(stroke::CONTEXT, scene.theme.text.strong);
        let y = place.y_range().shrink(place.height() * 0.3);
        painter.vline(place.left() + 3.5, y, line);
        painter.vline(place.right() - 3.5, y, line);
    }

    #[expect(clippy::too_many_arguments, reason = "a bar needs its place on both axes and the whole scene")]
    fn handles_ui(
        &self,
        ui: &Ui,
        scene: &Scene<'_>,
        kept: &mut Kept,
        canvas: &Canvas,
        place: Rect,
        movable: bool,
        actions: &mut Vec<Action>,
    ) -> Response {
        let id = lane_id(&self.goal.id);
        let seen = place.intersect(canvas.chart(self.rect));
        let sense = if movable { Sense::CLICK | Sense::DRAG } else { Sense::CLICK };
        let whole = ui.interact(seen, id.with("bar"), sense);
        whole.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Bar of {}", self.goal.title)));
        if whole.clicked() {
            ui.memory_mut(|m| m.request_focus(id));
            actions.push(Action::Select(self.selection()));
        }
        if whole.double_clicked() {
            actions.push(Action::Visit(self.selection()));
        }
        whole.context_menu(|ui| menu_ui(ui, scene, kept, self.goal, self.bar, actions));
        if !movable {
            return whole;
        }
        if whole.hovered() && kept.held.is_none() {
            ui.set_cursor_icon(CursorIcon::Grab);
        }
        drag::begin(ui, scene, kept, canvas, self.goal, self.bar.span, HeldPart::Bar(Grip::Whole), &whole, actions);
        let reach = if place.width() >= LEAST_WITH_ENDS { END } else { 0.0 };
        let ends = [(Grip::Start, place.left(), "Start"), (Grip::Due, place.right(), "Due date")];
        for (grip, x, name) in ends {
            let outer = END - reach / 2.0;
            let (left, right) = if grip == Grip::Start { (x - outer, x + reach) } else { (x - reach, x + outer) };
            let area = Rect::from_x_y_ranges(left..=right, place.y_range()).intersect(canvas.chart(self.rect));
            if area.width() <= 0.0 {
                continue;
            }
            let end = ui.interact(area, id.with(name), Sense::CLICK | Sense::DRAG);
            end.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name} of {}", self.goal.title)));
            if end.hovered() && kept.held.is_none() {
                ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
            }
            drag::begin(ui, scene, kept, canvas, self.goal, self.bar.span, HeldPart::Bar(grip), &end, actions);
        }
        self.stages_ui(ui, scene, kept, canvas, place, actions);
        whole
    }

    /// The stages of a target, each of which can be taken to another day.
    fn stages_ui(&self, ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, canvas: &Canvas, place: Rect, actions: &mut Vec<Action>) {
        for mark in &self.bar.marks {
            let MarkKind::Stage(index) = mark.kind else { continue };
            let centre = pos2(canvas.at(day_number(mark.on) + 0.5), place.center().y);
            if !canvas.x.contains(centre.x) {
                continue;
            }
            let area = Rect::from_center_size(centre, vec2(14.0, place.height()));
            let response = ui.interact(area, lane_id(&self.goal.id).with(("stage", index)), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Stage of {}: {}", self.goal.title, mark.words)));
            if response.hovered() && kept.held.is_none() {
                ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
            }
            drag::begin(ui, scene, kept, canvas, self.goal, self.bar.span, HeldPart::Stage(index), &response, actions);
            if kept.held.is_none() {
                response.on_hover_text(format!("{}. Drag it to another day.", mark.words));
            }
        }
    }

    /// "‹ 30 Jun 2026" at the edge beyond which the bar lies; a click goes there.
    fn out_of_sight_ui(&self, ui: &Ui, scene: &Scene<'_>, kept: &mut Kept, canvas: &Canvas, place: Rect, medium: Medium) {
        let theme = scene.theme;
        let is_before = place.right() <= canvas.x.min;
        let Some(date) = (if is_before { self.bar.span.due } else { self.bar.span.start }) else { return };
        let words = crate::model::date_words(date);
        let galley = ui.painter().layout_no_wrap(words.clone(), theme.font(TextSize::Caption), theme.text.muted);
        let width = galley.size().x + theme.px(20.0);
        let left = if is_before { canvas.x.min + theme.px(space::XS) } else { canvas.x.max - width - theme.px(space::XS) };
        let area = Rect::from_min_size(pos2(left, self.rect.center().y - theme.px(10.0)), vec2(width, theme.px(20.0)));
        let (icon, icon_x, text_x) = if is_before {
            (icons::CHEVRON_LEFT, area.left() + theme.px(7.0), area.left() + theme.px(15.0))
        } else {
            (icons::CHEVRON_RIGHT, area.right() - theme.px(7.0), area.left() + theme.px(3.0))
        };
        icon.paint(ui.painter(), pos2(icon_x, area.center().y), theme.px(12.0), theme.text.muted);
        ui.painter().galley(pos2(text_x, area.center().y - galley.size().y / 2.0), galley, theme.text.muted);
        if medium.is_screen() {
            let response = ui.interact(area, lane_id(&self.goal.id).with("beyond"), Sense::CLICK);
            let what = if is_before { format!("Ended {words}") } else { format!("Starts {words}") };
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{what}: go to {}", self.goal.title)));
            if response.on_hover_text(format!("{what}. Click to go there.")).clicked() {
                kept.go_to = self.bar.span.start.or(self.bar.span.due);
            }
        }
    }

    /// A goal that lacks a date: what is missing, and the ways to set it.
    #[expect(clippy::too_many_arguments, reason = "a lane needs its place on both axes and the whole scene")]
    fn undated_ui(
        &self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        kept: &mut Kept,
        canvas: &Canvas,
        small: Small,
        medium: Medium,
        movable: bool,
        actions: &mut Vec<Action>,
    ) {
        let theme = scene.theme;
        let chart = canvas.chart(self.rect);
        if movable {
            let response = ui.interact(chart, lane_id(&self.goal.id).with("bar"), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Set the dates of {} by dragging", self.goal.title)));
            if response.clicked() {
                ui.memory_mut(|m| m.request_focus(lane_id(&self.goal.id)));
                actions.push(Action::Select(self.selection()));
            }
            if response.hovered() && kept.held.is_none() {
                ui.set_cursor_icon(CursorIcon::Crosshair);
            }
            drag::begin(ui, scene, kept, canvas, self.goal, self.bar.span, HeldPart::New, &response, actions);
        }
        let known = self.bar.span.start.is_some() || self.bar.span.due.is_some();
        let proposed = suggested(scene.project, self.goal, scene.as_of);
        if known && let Some(place) = bars::place(theme, canvas, self.rect, proposed, small) {
            bars::paint_ghost(ui, theme, canvas, place);
        }
        let missing = match self.bar.span {
            Span { start: None, due: None } => "No dates.",
            Span { start: None, .. } => "No start.",
            Span { due: None, .. } => "No due date.",
            Span { .. } => "",
        };
        let words = if movable { format!("{missing} Drag across, or") } else { missing.to_owned() };
        let galley = ui.painter().layout_no_wrap(words, theme.font(TextSize::Small), theme.text.muted);
        let at = pos2(canvas.x.min + theme.px(space::S), self.rect.center().y - galley.size().y / 2.0);
        let text = Rect::from_min_size(at, galley.size());
        // Legible over the ghost and the grid.
        ui.painter().rect_filled(text.expand(2.0), 2.0, theme.bg.surface);
        ui.painter().galley(at, galley, theme.text.muted);
        if movable && medium.is_screen() {
            let link = Rect::from_min_size(pos2(text.right() + theme.px(space::XS), self.rect.center().y - 10.0), vec2(76.0, 20.0));
            ui.scope_builder(egui::UiBuilder::new().max_rect(link).id_salt(("set dates", self.goal.id.as_str())), |ui| {
                ui.painter().rect_filled(link, 2.0, theme.bg.surface);
                let link = widgets::link_ui(ui, theme, "set dates…", TextSize::Small);
                link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Set dates of {}", self.goal.title)));
                if link.clicked() {
                    actions.push(Action::Select(self.selection()));
                    dates::open(scene, kept, self.goal);
                }
            });
        }
    }
}

/// The arrangement with a goal folded, or unfolded again.
pub(super) fn folded(scene: &Scene<'_>, goal: &GoalId) -> Action {
    let mut folded = scene.view.arranged.roadmap.folded.clone();
    if !folded.remove(goal) {
        folded.insert(goal.clone());
    }
    Action::Arrange(Arrangement::Roadmap(RoadmapView { folded, ..scene.view.arranged.roadmap.clone() }))
}

fn hover_ui(response: &Response, scene: &Scene<'_>, goal: &Goal, bar: &Bar) {
    let theme = scene.theme;
    response.clone().on_hover_ui(|ui| {
        ui.set_max_width(340.0);
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        ui.label(theme.strong(&goal.title, TextSize::Body));
        if let Some(result) = scene.evaluation.goal(&goal.id) {
            ui.label(theme.rich(format!("{}. {}", result.status.word(), result.reason), TextSize::Small));
        }
        ui.label(theme.muted(crate::model::capitalised(&bar.dates), TextSize::Small));
        for mark in bar.marks.iter().take(8) {
            ui.label(theme.muted(crate::model::capitalised(&mark.words), TextSize::Small));
        }
        if !goal.owner.is_empty() {
            ui.label(theme.muted(format!("{}, {}", goal.kind.word(), goal.owner), TextSize::Small));
        }
    });
}

fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, goal: &Goal, bar: &Bar, actions: &mut Vec<Action>) {
    use crate::document::edits;
    let item = |ui: &mut Ui, words: &str, why_not: Option<&str>| {
        let button = egui::Button::new(words).min_size(vec2(220.0, size::ROW));
        let response = ui.add_enabled(why_not.is_none(), button);
        match why_not {
            Some(why) => response.on_disabled_hover_text(why).clicked(),
            None => response.clicked(),
        }
    };
    if item(ui, "Open", None) {
        actions.push(Action::Visit(Selection::Goal(goal.id.clone())));
    }
    let fixed = (!is_movable(scene.project, goal, bar.span)).then_some(drag::WHY_FIXED);
    if item(ui, "Set dates…", fixed) {
        actions.push(Action::Select(Selection::Goal(goal.id.clone())));
        dates::open(scene, kept, goal);
    }
    let cycle = goal.cycle.as_ref().and_then(|id| scene.project.cycles.get(id));
    let own = goal.start.is_some() || goal.due.is_some();
    let words = cycle.map_or_else(|| "Remove its dates".to_owned(), |c| format!("Take the dates of {}", c.name));
    if item(ui, &words, fixed.or((!own).then_some("It says no dates of its own"))) {
        actions.push(edits::set_dates(goal, None, None, scene.as_of, "").into());
    }
    if item(ui, "Check in…", None) {
        actions.push(Action::OpenSheet(Sheet::CheckIns(CheckInsOn::Goals(vec![goal.id.clone()]))));
    }
}
