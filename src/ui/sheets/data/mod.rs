//! All points of a metric as a table to work in: typing, pasting, filling, sorting and removing, with the chart beside it.
//!
//! Every change is one step to undo. Not here: what the changes do (`document::edits`), and how a pasted text is read (`import`).

mod entry;
mod grid;
mod keys;
mod many;
mod preview;
mod rows;

use std::sync::Arc;

use egui::{Align, Id, Layout, Ui, vec2};

use self::entry::Entry;
use self::preview::Pasting;
use self::rows::{Cell, Marked, Rows, Sort};
use super::{AROUND, sheet_ui};
use crate::document::{Revision, edits};
use crate::model::{Cadence, Metric, MetricId, Stamp, date_words};
use crate::ui::chart::{ChartOptions, Margins, PlotScratch, chart_ui};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, ChartOf};

const WIDTH: f32 = 1180.0;
const TABLE_WIDTH: f32 = 620.0;
const CHART_HEIGHT: f32 = 300.0;

/// What the table remembers while it is open.
#[derive(Clone, Default)]
struct Kept {
    metric: Option<MetricId>,
    sort: Sort,
    rows: Option<((Revision, Sort), Rows)>,
    marked: Marked,
    /// What is typed into a cell.
    entry: Option<Entry>,
    /// The time of the next point, where somebody chose one.
    new_at: Option<Stamp>,
    /// Where the cursor goes when the points are as an edit leaves them.
    follow: Option<Follow>,
    /// The row of the cursor is to be scrolled into sight.
    scroll: bool,
    /// The table is to get the keyboard.
    focus: bool,
    /// What became of the last thing that was tried.
    said: Option<String>,
    paste: Option<Pasting>,
}

#[derive(Clone, Copy, PartialEq)]
enum Follow {
    Point(Stamp),
    NewRow,
}

/// The metric and the rows it is shown in.
struct Table<'a> {
    scene: &'a Scene<'a>,
    metric: &'a Metric,
    rows: Rows,
}

fn kept_id() -> Id {
    Id::unique("data sheet")
}

pub(super) fn data_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, id: &MetricId, actions: &mut Vec<Action>) {
    let Some(metric) = scene.project.metric(id) else { return };
    let mut kept: Kept = scratch.take(kept_id());
    let opened = kept.metric.as_ref() != Some(id);
    if opened {
        kept = Kept { metric: Some(id.clone()), focus: true, follow: Some(Follow::NewRow), ..Kept::default() };
    }
    let table = Table { scene, metric, rows: rows(scene, metric, &mut kept) };
    table.follow(&mut kept);
    table.restore(ui.ctx(), &mut kept);
    let mut close = sheet_ui(ui, scene.theme, &format!("Data of {}", metric.name), WIDTH, |ui| {
        body_ui(ui, &table, &mut kept, scratch, actions);
        false
    });
    if close && kept.paste.take().is_some() {
        // The first way out leads back to the table.
        kept.focus = true;
        close = false;
    }
    if close {
        if let Some(entry) = kept.entry.take()
            && let Ok(action) = table.read(&entry, &mut kept)
        {
            // What cannot be read waits until the table is opened again.
            table.settle(ui.ctx(), entry.cell);
            actions.extend(action);
        }
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    } else {
        table.tell(ui.ctx(), &kept);
    }
    scratch.put(kept_id(), kept);
}

fn rows(scene: &Scene<'_>, metric: &Metric, kept: &mut Kept) -> Rows {
    let key = (scene.document.values_revision(&metric.id), kept.sort);
    match &kept.rows {
        Some((of, rows)) if *of == key => rows.clone(),
        _ => {
            let rows = Rows::of(&metric.series, kept.sort);
            kept.rows = Some((key, rows.clone()));
            rows
        }
    }
}

impl Table<'_> {
    /// Puts the cursor where an edit left it, and keeps it inside the table.
    fn follow(&self, kept: &mut Kept) {
        if let Some(follow) = kept.follow.take() {
            let row = match follow {
                Follow::Point(at) => self.rows.row_of(&self.metric.series, at),
                Follow::NewRow => Some(self.rows.new_row()),
            };
            if let Some(row) = row {
                kept.marked = Marked::one(Cell { row, ..kept.marked.cursor });
                kept.scroll = true;
            }
        }
        let last = self.rows.new_row();
        kept.marked.cursor.row = kept.marked.cursor.row.min(last);
        kept.marked.from.row = kept.marked.from.row.min(last);
    }

    /// When the next point would be: a period after the last one, unless somebody chose another time.
    fn new_at(&self, kept: &Kept) -> Stamp {
        let next = || {
            let calendar = self.scene.project.settings.calendar;
            let first = || Stamp::from_date(calendar.period_of(self.metric.cadence, self.scene.as_of).first);
            self.metric.series.last().map_or_else(first, |(last, _)| last.later_by(self.metric.cadence, 1))
        };
        kept.new_at.unwrap_or_else(next)
    }

    /// The time of what a row is about.
    fn stamp(&self, kept: &Kept, row: usize) -> Stamp {
        self.rows.stamp(&self.metric.series, row).unwrap_or_else(|| self.new_at(kept))
    }

    /// "1 Oct 2026"; with the hour for hourly metrics.
    fn words(&self, at: Stamp) -> String {
        if self.metric.cadence == Cadence::Hourly {
            format!("{} {}", date_words(at.date()), at.date_time().format("%H:%M"))
        } else {
            edits::stamp_words(at)
        }
    }
}

fn body_ui(ui: &mut Ui, table: &Table<'_>, kept: &mut Kept, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = table.scene.theme;
    if table.metric.formula().is_some() {
        let why = "Its formula gives its values. Change the formula in the panel on the right, or make it recorded there.";
        widgets::empty_state_ui(ui, theme, icons::TABLE_2, "This metric has no points of its own", why, None);
        return;
    }
    let height = ui.ctx().content_rect().height() - theme.px(AROUND);
    many::toolbar_ui(ui, table, kept, actions);
    let rest = (height - 2.0 * size::CONTROL - 3.0 * space::S).max(6.0 * size::ROW);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let left = TABLE_WIDTH.min(ui.available_width() * 0.6);
        let down = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(left, rest), down, |ui| grid::grid_ui(ui, table, kept, vec2(left, rest), actions));
        let right = vec2(ui.available_width(), rest);
        ui.allocate_ui_with_layout(right, down, |ui| {
            if kept.paste.is_some() {
                preview::preview_ui(ui, table, kept, right.y, actions);
            } else {
                beside_ui(ui, table, scratch, right.x);
            }
        });
    });
    let said = kept.said.clone().or_else(|| kept.entry.as_ref().and_then(|e| e.problem.clone()));
    let (words, colour) = match said {
        Some(said) => (said, theme.error()),
        None => (many::sums(table, kept), theme.text.muted),
    };
    ui.label(theme.number(words, TextSize::Small).color(colour));
}

/// The chart, which follows every change, and how to work here.
fn beside_ui(ui: &mut Ui, table: &Table<'_>, scratch: &mut Scratch, width: f32) {
    let Table { scene, metric, .. } = table;
    let of = ChartOf::Metric(metric.id.clone(), None);
    if metric.series.is_empty() {
        let why =
            "Type the first value on the left, or copy columns in a spreadsheet and paste them here: dates and values, or values alone.";
        widgets::empty_state_ui(ui, scene.theme, icons::TABLE_2, "No values yet", why, None);
        return;
    }
    let chart = scene.memos.chart(scene.document, scene.as_of, &of);
    let id = Id::unique(("chart beside the data", metric.id.as_str()));
    let mut plot = scratch.take::<PlotScratch>(id);
    let size = vec2(width, CHART_HEIGHT);
    let options = ChartOptions { id, medium: Medium::Screen, range: None, cursor: None, size, caption: false, margins: Margins::default() };
    chart_ui(ui, scene.theme, &Arc::clone(&chart), &mut plot, &options);
    scratch.put(id, plot);
    ui.add_space(space::S);
    for line in [
        "Type to change a cell. Enter goes down, Tab to the right, Esc takes back what is typed.",
        "Paste columns from a spreadsheet: dates and values, or values alone from the marked row on.",
        "Mark rows with Shift to fill, copy or remove them together.",
    ] {
        ui.label(scene.theme.muted(line, TextSize::Small));
    }
}
