//! The scorecard on paper: as many rows as fit, with the heads on every page.

use std::sync::Arc;

use egui::{Label, Rect, Ui, Vec2, pos2, vec2};

use super::head::head_ui;
use super::layout::Layout;
use super::lines::{Drawn, group_ui, row_ui};
use super::table::height;
use super::{Kept, shown};
use crate::chart::scorecard::{Line, Scorecard};
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::workspace::Action;

/// The part of a scorecard that fits on one page.
#[derive(Clone, Debug)]
pub struct ScorecardPage {
    scorecard: Arc<Scorecard>,
    lines: Vec<Line>,
    /// A group that began on the page before.
    continued: Option<usize>,
    number: usize,
}

impl ScorecardPage {
    /// The finding, and which page of it this is.
    pub fn title(&self) -> String {
        if self.number == 0 { self.scorecard.title.clone() } else { format!("{} (continued)", self.scorecard.title) }
    }

    /// Every row with its cells, for those who cannot see it.
    pub fn description(&self) -> String {
        let rows = self.lines.iter().filter_map(|line| if let Line::Row(row) = line { self.scorecard.rows.get(*row) } else { None });
        let words = rows.map(|row| {
            let known = row.cells.iter().rposition(|cell| cell.actual.is_some());
            let latest = known.map(|column| row.cell_words(&self.scorecard.columns, column));
            format!("{}. {}.", row.words(), latest.unwrap_or_else(|| "No value".to_owned()))
        });
        std::iter::once(format!("{}.", self.scorecard.subtitle)).chain(words).collect::<Vec<_>>().join(" ")
    }
}

fn layout_of(scene: &Scene<'_>, scorecard: &Scorecard, width: f32) -> Layout {
    let parts = scene.view.arranged.scorecard.parts;
    Layout::of(scene.theme, width, scorecard.columns.list.len(), None, parts, scorecard.longest_target)
}

/// What stands above the table.
fn heading_height(scene: &Scene<'_>) -> f32 {
    let theme = scene.theme;
    theme.type_of(TextSize::Page).line_height + theme.type_of(TextSize::Small).line_height + theme.px(space::M)
}

/// The pages of the scorecard, as it is arranged, on an area of some size. Folded groups are open: on paper nobody can unfold them.
pub fn scorecard_pages(scene: &Scene<'_>, area: Vec2) -> Vec<ScorecardPage> {
    let scorecard = shown(scene, &mut Scratch::default());
    let layout = layout_of(scene, &scorecard, area.x);
    let room = area.y - heading_height(scene) - layout.head;
    let lines = scorecard.lines(&std::collections::BTreeSet::new());
    let mut pages: Vec<ScorecardPage> = Vec::new();
    let mut used = f32::INFINITY;
    let mut group = None;
    for (place, line) in lines.iter().enumerate() {
        // The head of a group never stands alone at the foot of a page.
        let with_next = if matches!(line, Line::Group(_)) { lines.get(place + 1).map_or(0.0, |next| height(*next, &layout)) } else { 0.0 };
        if used + height(*line, &layout) + with_next > room {
            let continued = group.filter(|_| matches!(line, Line::Row(_)));
            used = if continued.is_some() { layout.group } else { 0.0 };
            pages.push(ScorecardPage { scorecard: Arc::clone(&scorecard), lines: Vec::new(), continued, number: pages.len() });
        }
        if let Line::Group(started) = line {
            group = Some(*started);
        }
        used += height(*line, &layout);
        if let Some(page) = pages.last_mut() {
            page.lines.push(*line);
        }
    }
    pages
}

pub fn scorecard_page_ui(ui: &mut Ui, scene: &Scene<'_>, page: &ScorecardPage) {
    let ScorecardPage { scorecard, lines, continued, .. } = page;
    let theme = scene.theme;
    let area = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ui.add(Label::new(theme.strong(page.title(), TextSize::Page)).truncate());
    ui.add(Label::new(theme.muted(&scorecard.subtitle, TextSize::Small)).truncate());
    let layout = layout_of(scene, scorecard, area.width());
    let mut top = area.top() + heading_height(scene);
    let mut next = |height: f32| {
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(layout.width, height));
        top += height;
        rect
    };
    let mut unheard: Vec<Action> = Vec::new();
    let mut kept = Kept::default();
    head_ui(ui, scene, scorecard, &layout, next(layout.head), Medium::Page, &mut unheard);
    let drawn = |rect: Rect| Drawn { scorecard, layout: &layout, medium: Medium::Page, rect };
    if let Some(group) = continued.and_then(|group| scorecard.groups.get(group)) {
        group_ui(ui, scene, &drawn(next(layout.group)), group, true, &mut unheard);
    }
    for line in lines {
        let rect = next(height(*line, &layout));
        match *line {
            Line::Group(group) => group_ui(ui, scene, &drawn(rect), &scorecard.groups[group], false, &mut unheard),
            Line::Row(row) => row_ui(ui, scene, &drawn(rect), (row, &scorecard.rows[row]), &mut kept, None, &mut unheard),
        }
    }
}
