//! The scorecard: how did it go, period by period?
//!
//! What is in it, `chart::scorecard` says; here it is drawn: the rows and periods in sight, under heads that stay.

mod cell;
mod head;
mod keys;
mod layout;
mod lines;
mod marks;
mod page;
mod table;
mod tools;

use std::sync::Arc;

use egui::{Frame, Id, Margin, Ui};

use super::import_offer::import_offer_ui;
use super::{chart_card, cycle, time_range};
use crate::analysis::xmr::Choice;
use crate::chart::Why;
use crate::chart::scorecard::{Ask, Row, Scorecard};
use crate::model::{Date, GoalId, MetricId, Period, Stamp};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;
use crate::workspace::{Action, Selection, Sheet, TimeRange};

pub use page::{ScorecardPage, scorecard_page_ui, scorecard_pages};

/// A cell, by what it is about: rows and periods come and go.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    metric: MetricId,
    objective: Option<GoalId>,
    /// The first day of the column.
    period: Date,
}

/// What the table remembers between frames.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// The cell that the keyboard is at, and the one that a marked block began with.
    cursor: Option<Place>,
    anchor: Option<Place>,
    /// The first period in sight; `None` for the latest ones.
    first: Option<usize>,
    /// The earliest of the periods, in sight or not, that `first` counts from.
    earliest: Option<Period>,
    /// Of a turn of the wheel, less than a period.
    wheel: f32,
    /// The cursor is to be brought into sight.
    scroll: bool,
    /// A KPI that is to be opened, and the last day of the period to be read there.
    opened: Option<(MetricId, Date)>,
    /// The table is to have the keyboard.
    focus: bool,
}

fn kept_id() -> Id {
    Id::unique("scorecard")
}

pub fn scorecard_ui(ui: &mut Ui, scene: &Scene<'_>, scratch: &mut Scratch, _medium: Medium, actions: &mut Vec<Action>) {
    let scorecard = shown(scene, scratch);
    if scene.project.metrics.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    if scorecard.rows.is_empty() {
        no_rows_ui(ui, scene, actions);
        return;
    }
    Frame::new().inner_margin(Margin::same(space::XL as i8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(scene.theme.px(space::S), scene.theme.px(space::M));
        let mut kept = scratch.take::<Kept>(kept_id());
        tools::heading_ui(ui, scene, &scorecard);
        tools::tools_ui(ui, scene, &scorecard, actions);
        table::table_ui(ui, scene, &scorecard, &mut kept, actions);
        if let Some((metric, day)) = kept.opened.take() {
            chart_card::read_on(scene, scratch, &metric, day);
            actions.push(Action::Visit(Selection::Metric(metric)));
        }
        scratch.put(kept_id(), kept);
    });
}

/// The scorecard as it is arranged, of the days and the cycle that are shown.
fn shown(scene: &Scene<'_>, scratch: &mut Scratch) -> Arc<Scorecard> {
    let view = &scene.view.arranged.scorecard;
    let range = time_range::shown(scene, scratch, data(scene));
    let day = |days: f64| Stamp::from_seconds((days * 86_400.0) as i64).date();
    let (from, to) = (day(range.0.floor()), day((range.1 - 1.0).max(range.0).floor()));
    let ask = Ask { grain: view.grain, range: (from, to.max(from)), group: view.group, sort: view.sort };
    scene.memos.scorecard(scene.document, scene.as_of, &ask, scene.view.cycle.as_ref())
}

/// The scorecard as a page shows it.
pub fn scorecard_shown(scene: &Scene<'_>) -> Arc<Scorecard> {
    shown(scene, &mut Scratch::default())
}

/// What can be asked why: a cell, or the signs of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct CellOf {
    pub(in crate::ui) metric: MetricId,
    objective: Option<GoalId>,
    /// The first day of the period; `None` for the signs of signal and noise.
    period: Option<Date>,
}

impl CellOf {
    fn new(row: &Row, period: Option<Date>) -> Self {
        Self { metric: row.subject.metric.clone(), objective: row.subject.objective.clone(), period }
    }
}

/// Why a cell says what it says, while it is part of the scorecard.
pub(in crate::ui) fn cell_why(scene: &Scene<'_>, scratch: &mut Scratch, of: &CellOf) -> Option<Why> {
    let scorecard = shown(scene, scratch);
    let is_it = |row: &&Arc<Row>| row.subject.metric == of.metric && row.subject.objective == of.objective;
    let row = scorecard.rows.iter().find(is_it)?;
    match of.period {
        Some(day) => {
            let column = scorecard.columns.list.iter().position(|c| c.period.first == day)?;
            Some(row.why(scene.project, &scorecard.columns, column))
        }
        None => Some(marks_why(scene, row)),
    }
}

fn marks_why(scene: &Scene<'_>, row: &Row) -> Why {
    let xmr = scene.memos.xmr(scene.document, scene.as_of, &row.subject.metric, Choice::default());
    row.why_marks(xmr.as_ref().as_ref())
}

/// From the first value to the day, in days since 1970.
fn data(scene: &Scene<'_>) -> (f64, f64) {
    let now = Stamp::from_date(scene.as_of).days() + 1.0;
    let firsts = scene.project.metrics.values().filter_map(|m| m.series.first()).map(|(at, _)| at.days());
    (firsts.fold(now - 1.0, f64::min), now)
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let why = "A scorecard shows KPIs period by period: what was reached, against what was expected. Add a metric, or bring in a table.";
    if widgets::empty_state_ui(ui, scene.theme, icons::TABLE_2, "No KPI to show", why, Some("Add a metric")) {
        actions.push(Action::OpenSheet(Sheet::MetricLibrary { goal: None }));
    }
    import_offer_ui(ui, scene.theme, actions);
}

/// There are metrics, but none that a goal of the cycle has.
fn no_rows_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    if cycle::empty_cycle_ui(ui, scene, actions) {
        return;
    }
    let why = "Its goals have no metric yet. A KPI of another cycle is listed when all cycles are shown.";
    if widgets::empty_state_ui(ui, scene.theme, icons::TABLE_2, "No KPI in this cycle", why, Some("Show all cycles")) {
        actions.push(Action::Cycles(crate::workspace::CycleAction::Switch(None)));
    }
}

/// What to do where the days shown have no period.
fn no_columns_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    if widgets::empty_state_ui(ui, scene.theme, icons::TABLE_2, "No period here", "The days shown hold none.", Some("Show all")) {
        actions.push(Action::SetRange(TimeRange::All));
    }
}

/// Cut with "…" at a width. The size of the text tells where it was put.
fn text_ui(
    ui: &Ui,
    (place, align): (egui::Rect, egui::Align),
    words: &str,
    font: egui::FontId,
    colour: egui::Color32,
) -> (egui::Rect, bool) {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.width().max(0.0));
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    let x = match align {
        egui::Align::Min => place.left(),
        egui::Align::Center => place.center().x - size.x / 2.0,
        egui::Align::Max => place.right() - size.x,
    };
    let elided = galley.elided;
    let at = egui::pos2(x, place.center().y - size.y / 2.0);
    ui.painter().galley(at, galley, colour);
    (egui::Rect::from_min_size(at, size), elided)
}

/// The type of a table: small on the screen, as the scale has it elsewhere.
const TABLE_TEXT: TextSize = TextSize::Small;
