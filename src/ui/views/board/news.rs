//! What to look at first: a sentence each, and the way there.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, CornerRadius, Galley, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::table::{corner, paint_words};
use super::{Kept, arrange};
use crate::analysis::attention::{News, Since, Tone};
use crate::chart::deck::unbroken;
use crate::chart::shortened;
use crate::model::{Place, Project, Status, date_words};
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, radius, size, space, stroke};
use crate::ui::widgets::{self, one_line};
use crate::workspace::{Action, Selection};

/// So many are listed before all are asked for.
const MOST: usize = 5;
/// Heights at 100 %, in points.
const HEAD: f32 = 36.0;
const LINE: f32 = 34.0;
const OPEN_WIDTH: f32 = 56.0;
/// Characters of a name within a sentence.
const LONGEST_NAME: usize = 48;

/// One sentence of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct NewsRow {
    pub sentence: String,
    /// With long names shortened, so that what is said of them can be read in a line.
    pub brief: String,
    /// "15 Nov 2026".
    pub on: Option<String>,
    /// The goal's status; `None` for what is said of a metric.
    pub status: Option<Status>,
    pub tone: Tone,
    pub selection: Selection,
}

/// What is to be looked at of what the board may list, the most pressing first.
pub fn news_rows(scene: &Scene<'_>) -> Vec<NewsRow> {
    let attention = scene.memos.attention(scene.document, scene.as_of, Since::LastCheckIn);
    let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
    let is_listed = |news: &News| match (&cycle, &news.place) {
        (None, _) => true,
        (Some(cycle), Place::Goal(goal)) => cycle.members.contains(goal),
        (Some(cycle), Place::Metric(metric)) => {
            scene.project.supported_goals(metric).into_iter().any(|(goal, _)| cycle.members.contains(&goal.id))
        }
        (Some(_), _) => false,
    };
    attention.ranked().iter().filter(|news| is_listed(news)).filter_map(|news| row_of(scene, news)).collect()
}

/// Those that are listed without being asked for all.
pub fn shown_news(scene: &Scene<'_>, mut news: Vec<NewsRow>) -> Vec<NewsRow> {
    if !scene.view.arranged.board.all_news {
        news.truncate(MOST);
    }
    news
}

fn row_of(scene: &Scene<'_>, news: &News) -> Option<NewsRow> {
    let (selection, status) = match &news.place {
        Place::Goal(goal) => (Selection::Goal(goal.clone()), scene.evaluation.goal(goal).map(|r| r.status)),
        Place::Metric(metric) => (Selection::Metric(metric.clone()), None),
        _ => return None,
    };
    let (sentence, brief) = (news.sentence.clone(), brief(scene.project, news));
    Some(NewsRow { sentence, brief, on: news.on.map(date_words), status, tone: news.tone, selection })
}

/// The sentence with the names of what it is about shortened.
fn brief(project: &Project, news: &News) -> String {
    let names: Vec<&str> = match &news.place {
        Place::Goal(id) => {
            let goal = project.goal(id);
            let own = goal.and_then(|g| g.as_key_result()?.metric.as_ref()).and_then(|metric| project.metric(metric));
            let metrics = own.into_iter().chain(project.linked_metrics(id).into_iter().map(|(metric, _)| metric));
            goal.map(|g| g.title.as_str()).into_iter().chain(metrics.map(|metric| metric.name.as_str())).collect()
        }
        Place::Metric(id) => project.metric(id).map(|metric| metric.name.as_str()).into_iter().collect(),
        _ => Vec::new(),
    };
    let long = names.into_iter().filter(|name| name.chars().count() > LONGEST_NAME);
    long.fold(news.sentence.clone(), |sentence, name| sentence.replace(name, &shortened(name, LONGEST_NAME)))
}

pub(super) fn news_ui(ui: &mut Ui, scene: &Scene<'_>, news: &[NewsRow], kept: &mut Kept, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let all = scene.view.arranged.board.all_news;
    let shown = if all { news.len() } else { news.len().min(MOST) };
    let has_more = news.len() > MOST;
    let lines = shown.max(1) + usize::from(has_more);
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD + LINE * lines as f32), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::List);
        node.set_label("Look at these first");
    });
    if std::mem::take(&mut kept.to_news) {
        ui.scroll_to_rect(whole, Some(egui::Align::TOP));
    }
    paint_card(ui, theme, whole);
    let row = |index: usize| line_rect(theme, whole, index);
    if news.is_empty() {
        let words = one_line(ui, QUIET, theme.font(TextSize::Body), theme.text.muted, whole.width());
        paint_words(ui, row(0).shrink2(vec2(space::L, 0.0)), words, Align2::LEFT_CENTER);
    }
    for (index, news) in news.iter().enumerate().take(shown) {
        if ui.is_rect_visible(row(index)) {
            news_row_ui(ui, scene, row(index), news, index, actions);
        }
    }
    if has_more {
        let words = if all { format!("Show the first {MOST}") } else { format!("Show all {}", news.len()) };
        let rect = row(shown).shrink2(vec2(space::L, 0.0));
        let galley = ui.painter().layout_no_wrap(words.clone(), theme.font(TextSize::Small), theme.accent.accent);
        let place = Rect::from_center_size(pos2(rect.left() + galley.size().x / 2.0, rect.center().y), galley.size());
        let link = ui.interact(place, Id::unique("all news of the board"), Sense::click());
        link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
        paint_words(ui, place, galley, Align2::LEFT_CENTER);
        focus_ring(ui, theme, &link, place);
        if link.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            actions.push(arrange(scene, |view| view.all_news = !all));
        }
    }
}

const QUIET: &str = "Nothing has changed for the worse since the last check-ins, and none is overdue.";

fn paint_card(ui: &Ui, theme: &Theme, whole: Rect) {
    ui.painter().rect_filled(whole, corner(theme), theme.bg.surface);
    let line = theme.stroke(stroke::HAIRLINE, theme.line.hairline);
    ui.painter().rect_stroke(whole, corner(theme), line, StrokeKind::Inside);
    let head = Rect::from_min_size(whole.min, vec2(whole.width(), theme.px(HEAD))).shrink2(vec2(theme.px(space::L), 0.0));
    let words = one_line(ui, "Look at these first", theme.strong_font(TextSize::Body), theme.text.strong, head.width());
    paint_words(ui, head, words, Align2::LEFT_CENTER);
}

fn line_rect(theme: &Theme, whole: Rect, index: usize) -> Rect {
    let top = whole.top() + theme.px(HEAD) + theme.px(LINE) * index as f32;
    Rect::from_min_size(pos2(whole.left(), top), vec2(whole.width(), theme.px(LINE)))
}

fn news_row_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, news: &NewsRow, index: usize, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = Id::unique(("board news", index));
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &news.sentence));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), CornerRadius::ZERO, theme.bg.hover);
    }
    let open = Rect::from_min_max(pos2(rect.right() - OPEN_WIDTH, rect.top()), pos2(rect.right() - space::L, rect.bottom()));
    let was_cut = paint_news(ui, theme, Rect::from_min_max(rect.min, pos2(open.left(), rect.bottom())), news);
    let link = ui.interact(open, id.with("open"), Sense::click());
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Open: {}", news.sentence)));
    let colour = if link.hovered() { theme.accent.hover } else { theme.accent.accent };
    paint_words(ui, open, one_line(ui, "Open", theme.font(TextSize::Small), colour, OPEN_WIDTH), Align2::RIGHT_CENTER);
    focus_ring(ui, theme, &link, open);
    if link.clicked() || response.double_clicked() {
        actions.push(Action::Visit(news.selection.clone()));
    } else if response.clicked() {
        actions.push(Action::Select(news.selection.clone()));
    }
    if was_cut {
        response.on_hover_text(&news.sentence);
    }
    link.on_hover_cursor(egui::CursorIcon::PointingHand);
}

fn focus_ring(ui: &Ui, theme: &Theme, response: &egui::Response, rect: Rect) {
    if response.has_focus() {
        let ring = Stroke::new(stroke::FOCUS_RING, theme.accent.accent);
        ui.painter().rect_stroke(rect.shrink2(vec2(-4.0, 6.0)), CornerRadius::same(radius::CONTROL), ring, StrokeKind::Inside);
    }
}

/// The glyph of a status, or of something unusual, in the middle of a line; answers with its place.
fn paint_mark(ui: &Ui, theme: &Theme, line: Rect, news: &NewsRow) -> Rect {
    let glyph = theme.px(size::GLYPH);
    let mark = Rect::from_center_size(pos2(line.left() + theme.px(space::L) + glyph / 2.0, line.center().y), Vec2::splat(glyph));
    if let Some(status) = news.status {
        widgets::paint_status_glyph(ui.painter(), theme, mark, status);
    } else {
        let colour = match news.tone {
            Tone::Worse => theme.xmr.concern,
            Tone::Better => theme.xmr.improve,
            Tone::Neither => theme.text.muted,
        };
        icons::ACTIVITY.paint(ui.painter(), mark.center(), theme.px(14.0), colour);
    }
    mark
}

/// Mark, sentence and day; true where the sentence was cut.
fn paint_news(ui: &Ui, theme: &Theme, rect: Rect, news: &NewsRow) -> bool {
    ui.painter().hline(rect.x_range(), rect.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
    let mark = paint_mark(ui, theme, rect, news);
    let left = mark.right() + theme.px(space::S);
    let day = news.on.as_ref().map(|on| one_line(ui, &format!("· {on}"), theme.font(TextSize::Small), theme.text.muted, theme.px(120.0)));
    let day_width = day.as_ref().map_or(0.0, |day| day.size().x + theme.px(6.0));
    let words =
        one_line(ui, &news.brief, theme.font(TextSize::Body), theme.text.default, rect.right() - left - day_width - theme.px(space::S));
    let (was_cut, end) = (words.elided || news.brief != news.sentence, left + words.size().x);
    paint_words(ui, Rect::from_min_max(pos2(left, rect.top()), rect.max), words, Align2::LEFT_CENTER);
    if let Some(day) = day {
        paint_words(ui, Rect::from_min_max(pos2(end + theme.px(6.0), rect.top()), rect.max), day, Align2::LEFT_CENTER);
    }
    was_cut
}

/// The height of the list on a page with rows of these heights.
pub fn page_news_height(theme: &Theme, rows: &[f32]) -> f32 {
    theme.px(HEAD) + rows.iter().sum::<f32>()
}

/// The heights of the rows on a page as wide as `ui` has room. Nobody can hover over paper: every sentence is there as a whole.
pub fn page_news_rows(ui: &Ui, theme: &Theme, news: &[NewsRow]) -> Vec<f32> {
    news.iter().map(|news| page_row_height(theme, &page_sentence(ui, theme, news, ui.available_width()))).collect()
}

pub(super) fn page_news_ui(ui: &mut Ui, scene: &Scene<'_>, news: &[NewsRow]) {
    let theme = scene.theme;
    let height = page_news_height(theme, &page_news_rows(ui, theme, news));
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    paint_card(ui, theme, whole);
    let mut top = whole.top() + theme.px(HEAD);
    for news in news {
        let sentence = page_sentence(ui, theme, news, whole.width());
        let row = Rect::from_min_size(pos2(whole.left(), top), vec2(whole.width(), page_row_height(theme, &sentence)));
        ui.painter().hline(row.x_range(), row.top(), theme.stroke(stroke::HAIRLINE, theme.line.hairline));
        let line = Rect::from_min_size(row.min, vec2(row.width(), theme.px(LINE)));
        let mark = paint_mark(ui, theme, line, news);
        let at = pos2(mark.right() + theme.px(space::S), row.center().y - sentence.size().y / 2.0);
        ui.painter().galley(at, sentence, theme.text.default);
        top = row.bottom();
    }
}

/// Sentence and day, in as many lines as they take on a page.
fn page_sentence(ui: &Ui, theme: &Theme, news: &NewsRow, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(unbroken(&news.sentence), theme.font(TextSize::Body), theme.text.default, 0.0);
    if let Some(on) = &news.on {
        // The day stays in one piece.
        let on = format!("\u{a0}· {}", on.replace(' ', "\u{a0}"));
        job.append(&on, 0.0, TextFormat::simple(theme.font(TextSize::Small), theme.text.muted));
    }
    let taken = 2.0 * theme.px(space::L) + theme.px(size::GLYPH) + theme.px(space::S);
    job.wrap.max_width = (width - taken).max(theme.px(LINE));
    ui.painter().layout_job(job)
}

fn page_row_height(theme: &Theme, sentence: &Galley) -> f32 {
    theme.px(LINE) + sentence.size().y - theme.type_of(TextSize::Body).line_height.min(sentence.size().y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::attention::NewsKind;
    use crate::model::GoalId;

    #[test]
    fn a_long_title_leaves_room_for_what_is_said_of_it() {
        let mut project = crate::storage::sample();
        let id = GoalId::parse("g-mau").unwrap();
        let title = format!("Bring MAU to 10 M by Q4 {}", "so that every team finds its notes ".repeat(6));
        Arc::make_mut(project.goals.get_mut(&id).unwrap()).title = title.trim().to_owned();
        let sentence = format!("“{}” went from behind to at risk: 44 points behind.", title.trim());
        let place = Place::Goal(id);
        let news = News { kind: NewsKind::Status, tone: Tone::Worse, place, on: None, number: String::new(), sentence, size: 0.0 };
        assert_eq!(
            brief(&project, &news),
            "“Bring MAU to 10 M by Q4 so that every team find…” went from behind to at risk: 44 points behind."
        );
        let short = News { sentence: "“MAU” went from behind to at risk.".to_owned(), ..news };
        assert_eq!(brief(&project, &short), short.sentence);
    }
}
