//! Which slides a file has.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::charts::TABLE_ROWS;
use super::scorecard::{self, Part};
use super::{Maker, Stage};
use crate::chart::deck::Slide;
use crate::chart::{Chart, Fact, Figure, Table};
use crate::export::{ExportError, SvgPage, Watch};
use crate::model::{GoalId, GoalKind, MetricId};
use crate::ui::views::figure_of;
use crate::workspace::{ChartOf, ExportWhat, KpiMode, Screen};

/// Facts beside a chart.
const FACTS: usize = 3;

/// What is on one slide.
pub(super) enum Item {
    Slide(Arc<Slide>),
    Chart {
        chart: Arc<Chart>,
        facts: Vec<Fact>,
    },
    Figure {
        figure: Arc<Figure>,
        facts: Vec<Fact>,
    },
    /// Rows of the table of a figure.
    Rows {
        figure: Arc<Figure>,
        table: Arc<Table>,
        from: usize,
    },
    Scorecard(Part),
    /// A page as a picture, what it says, and what the presenter says.
    Page {
        page: SvgPage,
        words: String,
        note: String,
    },
}

impl Item {
    pub(super) fn title(&self) -> String {
        match self {
            Self::Slide(slide) => slide.title.clone(),
            Self::Chart { chart, .. } => chart.name.clone(),
            Self::Figure { figure, .. } | Self::Rows { figure, .. } => figure.name.clone(),
            Self::Scorecard(part) => part.title(),
            Self::Page { page, .. } => page.title.clone(),
        }
    }
}

/// The slides of what is asked for, in reading order. `watch` hears which share of the pages among them is drawn.
pub(super) fn items(maker: &Maker<'_>, watch: &mut Watch<'_>) -> Result<Vec<Item>, ExportError> {
    let Maker { stage, request, .. } = maker;
    let what = &request.what;
    if request.as_pictures {
        return pictures(maker, what, watch);
    }
    let found = match what {
        ExportWhat::Deck => slides(stage).into_iter().map(Item::Slide).collect(),
        ExportWhat::Slide(number) => vec![Item::Slide(slide(stage, *number)?)],
        ExportWhat::Chart(metric) => vec![of_metric(maker, metric)?],
        ExportWhat::Kpi(metric, mode) => of_mode(maker, metric, *mode)?,
        ExportWhat::Objective(goal) => of_goal(maker, goal, watch)?,
        ExportWhat::All | ExportWhat::View(Screen::Objective | Screen::Kpi) => all(maker, watch)?,
        ExportWhat::View(Screen::Scorecard) => scorecard::parts(&stage.scene()).into_iter().map(Item::Scorecard).collect(),
        ExportWhat::View(_) => pictures(maker, what, watch)?,
    };
    if found.is_empty() { Err(ExportError::Nothing) } else { Ok(found) }
}

/// The slides of the deck that are not left out.
fn slides(stage: &Stage<'_>) -> Vec<Arc<Slide>> {
    let Stage { document, memos, as_of, .. } = stage;
    let deck = memos.deck(document, *as_of);
    deck.iter().filter(|entry| !entry.hidden).map(|entry| memos.slide(document, *as_of, entry)).collect()
}

fn slide(stage: &Stage<'_>, number: usize) -> Result<Arc<Slide>, ExportError> {
    let slides = slides(stage);
    let of = slides.len();
    number.checked_sub(1).and_then(|index| slides.into_iter().nth(index)).ok_or(ExportError::NoSlide { number, of })
}

/// Every page as a picture.
fn pictures(maker: &Maker<'_>, what: &ExportWhat, watch: &mut Watch<'_>) -> Result<Vec<Item>, ExportError> {
    let pages = maker.pages(what, watch)?;
    // Slides say more than their pages can, and have notes.
    let said: Vec<Arc<Slide>> = match what {
        ExportWhat::Deck => slides(maker.stage),
        ExportWhat::Slide(number) => vec![slide(maker.stage, *number)?],
        _ => Vec::new(),
    };
    let item = |(index, page): (usize, SvgPage)| {
        let (words, note) = match said.get(index) {
            Some(slide) => (format!("{}\n{}", slide.title, slide.words()), slide.note.clone()),
            None => (format!("{}. {}", page.title, description(&page.svg)), String::new()),
        };
        Item::Page { page, words, note }
    };
    Ok(pages.into_iter().enumerate().map(item).collect())
}

/// What a page says about itself to those who cannot see it: its `<desc>`.
fn description(svg: &str) -> String {
    let mut reader = Reader::from_str(svg);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.name().as_ref() == "desc" => {
                let inner = reader.read_text(start.name()).ok();
                let text = inner.as_deref().and_then(|text| quick_xml::escape::unescape(text).ok().map(std::borrow::Cow::into_owned));
                return text.unwrap_or_default();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    String::new()
}

fn facts(stage: &Stage<'_>, of: &ChartOf) -> Vec<Fact> {
    stage.memos.facts(&stage.document, stage.as_of, of).iter().take(FACTS).cloned().collect()
}

fn of_chart(stage: &Stage<'_>, of: &ChartOf) -> Item {
    Item::Chart { chart: stage.memos.chart(&stage.document, stage.as_of, of), facts: facts(stage, of) }
}

fn of_metric(maker: &Maker<'_>, metric: &MetricId) -> Result<Item, ExportError> {
    let known = maker.project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
    Ok(of_chart(maker.stage, &ChartOf::Metric(known.id.clone(), None)))
}

fn of_mode(maker: &Maker<'_>, metric: &MetricId, mode: KpiMode) -> Result<Vec<Item>, ExportError> {
    let stage = maker.stage;
    let known = maker.project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
    let over_time = ChartOf::Metric(known.id.clone(), None);
    let scene = stage.scene();
    match mode {
        KpiMode::Trend => {
            let scale = stage.view.arranged.kpi.scale;
            let chart = stage.memos.scaled(&stage.document, stage.as_of, &over_time, scale);
            Ok(vec![Item::Chart { chart, facts: facts(stage, &over_time) }])
        }
        KpiMode::Variation(choice) => Ok(vec![of_chart(stage, &ChartOf::Variation(known.id.clone(), choice))]),
        _ => {
            let days = stage.view.days(maker.project, stage.as_of, stage.memos.chart(&stage.document, stage.as_of, &over_time).fit_x);
            let of = figure_of(&scene, (&known.id, None), mode, days);
            let figure = stage.memos.figure(&stage.document, stage.as_of, &of).ok_or(ExportError::Nothing)?;
            if mode != KpiMode::Table || figure.empty.is_some() {
                return Ok(vec![Item::Figure { figure, facts: facts(stage, &over_time) }]);
            }
            let table = Arc::new(match stage.view.arranged.kpi.sorted {
                Some((column, down)) => figure.table.sorted(column, down),
                None => figure.table.clone(),
            });
            let starts = (0..table.rows.len()).step_by(TABLE_ROWS);
            Ok(starts.map(|from| Item::Rows { figure: Arc::clone(&figure), table: Arc::clone(&table), from }).collect())
        }
    }
}

/// A key result is its chart; an objective is its pages, which are made of more than charts.
fn of_goal(maker: &Maker<'_>, goal: &GoalId, watch: &mut Watch<'_>) -> Result<Vec<Item>, ExportError> {
    let goal = maker.project.goal(goal).ok_or_else(|| ExportError::NoGoal(goal.to_string()))?;
    if matches!(goal.kind, GoalKind::Objective(_)) {
        return pictures(maker, &ExportWhat::Objective(goal.id.clone()), watch);
    }
    let of = match goal.as_key_result().and_then(|key_result| key_result.metric.as_ref()) {
        Some(metric) => ChartOf::Metric(metric.clone(), Some(goal.id.clone())),
        None => ChartOf::Goal(goal.id.clone()),
    };
    Ok(vec![of_chart(maker.stage, &of)])
}

/// Every objective page and every chart.
fn all(maker: &Maker<'_>, watch: &mut Watch<'_>) -> Result<Vec<Item>, ExportError> {
    let Maker { stage, project, .. } = maker;
    let tree = stage.memos.tree(&stage.document);
    let goals = tree.walk().into_iter().filter_map(|visit| project.goal(visit.goal));
    let objectives: Vec<_> = goals.filter(|goal| matches!(goal.kind, GoalKind::Objective(_)) && !goal.archived).collect();
    let mut items = Vec::new();
    for (index, objective) in objectives.iter().enumerate() {
        let (done, of) = (index as f32, objectives.len() as f32);
        items.extend(of_goal(maker, &objective.id, &mut |share| watch((done + share) / of))?);
    }
    let mut metrics: Vec<_> = project.metrics.values().collect();
    metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    for metric in metrics {
        items.push(of_metric(maker, &metric.id)?);
    }
    Ok(items)
}
