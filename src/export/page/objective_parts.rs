//! What is said of an objective beside its charts, broken into pages by the room that each part takes.

use std::ops::Range;
use std::sync::Arc;

use egui::{Label, Ui};

use super::Source;
use super::frame::content_area;
use crate::chart::moves::{Lane, Moves};
use crate::model::Goal;
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, space};
use crate::ui::views::{
    ChartItem, bets_ui, chart_items, common_span, evidence_listed, evidence_ui, goal_header_ui, goal_rows_ui, goals_under, lane_ui,
    moved_ui,
};

/// All that there is to say about an objective.
pub(super) struct Story<'a> {
    goal: &'a Goal,
    rows: Vec<&'a Goal>,
    pub(super) items: Vec<ChartItem>,
    moves: Arc<Moves>,
    lane: Arc<Lane>,
    /// Days since 1970, of the lane and the charts.
    range: (f64, f64),
}

/// What a page is made of, in reading order.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Head,
    /// A goal under the objective.
    Row(usize),
    /// What moved a key result.
    Moved(usize),
    /// Initiatives and events over time.
    Lane,
    /// A driver against an outcome.
    Evidence(usize),
    Bet(usize),
}

/// One page of parts.
pub(super) struct Overview<'a> {
    story: Arc<Story<'a>>,
    parts: Vec<Part>,
}

impl<'a> Story<'a> {
    pub(super) fn of(source: &'a Source<'_>, goal: &'a Goal) -> Self {
        let scene = &source.scene;
        let cycle = scene.view.cycle.as_ref();
        let items = chart_items(scene, goal);
        let range = scene.view.days(scene.project, scene.as_of, common_span(scene, &items));
        Self {
            goal,
            rows: goals_under(scene, goal),
            items,
            moves: scene.memos.moves(scene.document, scene.as_of, &goal.id, cycle),
            lane: scene.memos.lane(scene.document, scene.as_of, &goal.id, cycle),
            range,
        }
    }

    /// How it stands, the goals under it, what moved them, and when what happened.
    pub(super) fn before_charts(self: &Arc<Self>, source: &Source<'_>) -> Vec<Overview<'a>> {
        let mut parts = vec![Part::Head];
        parts.extend((0..self.rows.len()).map(Part::Row));
        parts.extend((0..self.moves.moved.len()).map(Part::Moved));
        let (bars, flags) = self.lane.within(self.range);
        let happened = !bars.is_empty() || !flags.is_empty();
        if happened && !self.items.is_empty() {
            parts.push(Part::Lane);
        }
        self.pages(source, parts)
    }

    /// What moves before it, and what the initiatives brought.
    pub(super) fn after_charts(self: &Arc<Self>, source: &Source<'_>) -> Vec<Overview<'a>> {
        let mut parts: Vec<Part> = (0..evidence_listed(&self.moves.evidence)).map(Part::Evidence).collect();
        parts.extend((0..self.moves.bets.len()).map(Part::Bet));
        self.pages(source, parts)
    }

    /// As many parts on a page as it has room for.
    fn pages(self: &Arc<Self>, source: &Source<'_>, parts: Vec<Part>) -> Vec<Overview<'a>> {
        let theme = source.scene.theme;
        let area = content_area(theme, source.size);
        let mut pages: Vec<Overview<'a>> = Vec::new();
        for part in parts {
            if let Some(page) = pages.last_mut() {
                page.parts.push(part);
                if source.ruler.height(theme, area.width(), |ui| page.show(ui, source)) <= area.height() {
                    continue;
                }
                page.parts.pop();
            }
            pages.push(Overview { story: Arc::clone(self), parts: vec![part] });
        }
        pages
    }
}

impl Overview<'_> {
    /// Page 2 and on of the same objective.
    pub(super) fn is_continued(&self) -> bool {
        self.parts.first() != Some(&Part::Head)
    }

    pub(super) fn title(&self) -> String {
        let title = &self.story.goal.title;
        let has_goals = self.parts.iter().any(|part| matches!(part, Part::Head | Part::Row(_)));
        if has_goals { title.clone() } else { format!("{title}, what moves it") }
    }

    /// For who cannot see the page.
    pub(super) fn description(&self, source: &Source<'_>) -> String {
        let Story { goal, rows, moves, lane, range, .. } = &*self.story;
        let told = |goal: &Goal| {
            source.scene.evaluation.goal(&goal.id).map(|result| format!("{}: {}. {}", goal.title, result.status.word(), result.reason))
        };
        let words = |part: &Part| match *part {
            Part::Head => told(goal),
            Part::Row(row) => told(rows[row]),
            Part::Moved(index) => Some(format!("{}.", moves.moved[index].sentence)),
            Part::Lane => {
                let (bars, flags) = lane.within(*range);
                let words = bars.iter().map(|bar| &bar.words).chain(flags.iter().map(|flag| &flag.words));
                Some(format!("{}.", words.map(String::as_str).collect::<Vec<_>>().join("; ")))
            }
            Part::Evidence(index) => Some(format!("{}. {}.", moves.evidence[index].sentence, moves.evidence[index].note)),
            Part::Bet(index) => {
                let bet = &moves.bets[index];
                Some(format!("{}: predicted {}; observed {}. {}.", bet.title, bet.predicted, bet.observed, bet.note))
            }
        };
        self.parts.iter().filter_map(words).collect::<Vec<_>>().join(" ")
    }

    /// The window's own parts, without controls.
    pub(super) fn show(&self, ui: &mut Ui, source: &Source<'_>) {
        let theme = source.scene.theme;
        ui.spacing_mut().item_spacing = egui::vec2(theme.px(space::S), theme.px(space::M));
        if self.is_continued() {
            let title = theme.rich(format!("{} (continued)", self.story.goal.title), TextSize::Title);
            ui.add(Label::new(title).truncate());
        }
        for same in self.parts.chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b)) {
            self.show_parts(ui, source, same);
        }
    }

    /// Parts of one kind, which share a card.
    fn show_parts(&self, ui: &mut Ui, source: &Source<'_>, same: &[Part]) {
        let scene = &source.scene;
        let Story { goal, rows, items, moves, lane, range } = &*self.story;
        let mut unheard = Vec::new();
        let run = |first: usize| -> Range<usize> { first..first + same.len() };
        match same[0] {
            Part::Head => {
                ui.scope(|ui| goal_header_ui(ui, scene, goal, Medium::Page, &mut unheard));
                if rows.is_empty() {
                    ui.label(scene.theme.muted("No key results yet", TextSize::Body));
                }
            }
            Part::Row(first) => goal_rows_ui(ui, scene, &rows[run(first)], Medium::Page, &mut unheard),
            Part::Moved(first) => moved_ui(ui, scene, &moves.moved[run(first)], Medium::Page, &mut unheard),
            Part::Lane => {
                let Some(item) = items.first() else { return };
                let chart = scene.memos.chart(scene.document, scene.as_of, &item.of);
                lane_ui(ui, scene, lane, &chart, *range, Medium::Page, &mut unheard);
            }
            Part::Evidence(first) => evidence_ui(ui, scene, &moves.evidence, run(first), Medium::Page, &mut unheard),
            Part::Bet(first) => bets_ui(ui, scene, &moves.bets[run(first)], Medium::Page, &mut unheard),
        }
    }
}
