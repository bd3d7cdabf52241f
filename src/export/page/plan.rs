use std::sync::Arc;

use egui::Ui;

use super::Source;
use super::objective_page;
use super::objective_parts::{Overview, Story};
use super::{board_pages, kpi_pages, map_pages, review_pages, roadmap_pages, scorecard_pages};
use crate::chart::Chart;
use crate::chart::deck::Slide;
use crate::export::ExportError;
use crate::model::{Goal, GoalKind, MetricId, SlideSubject};
use crate::ui::scene::Scratch;
use crate::ui::views::ChartItem;
use crate::workspace::{ChartOf, ExportWhat, Screen};

/// What is on one page.
pub(super) enum Content<'a> {
    /// Over some days since 1970, or all that it has.
    Chart {
        chart: Arc<Chart>,
        range: Option<(f64, f64)>,
    },
    /// What an objective is, how it stands, and the goals under it, or some of them.
    Objective(Overview<'a>),
    /// Charts of an objective, as many as fit.
    Charts {
        goal: &'a Goal,
        items: Vec<ChartItem>,
    },
    /// A part of a view of the whole project that fits on a page.
    View(ViewPage<'a>),
    Slide(Arc<SlidePage>),
    /// The same on a page of its own width and height, in points.
    Poster {
        page: ViewPage<'a>,
        size: egui::Vec2,
    },
}

/// A slide, and its number in what is exported of the deck.
pub(super) struct SlidePage {
    pub(super) slide: Arc<Slide>,
    pub(super) number: usize,
}

/// Draws what is on a page.
pub(super) type Draw<'a> = dyn Fn(&mut Ui, &Source<'_>, &mut Scratch) + 'a;

/// One page of a view.
pub(super) struct ViewPage<'a> {
    pub(super) title: String,
    /// For who cannot see the page.
    pub(super) description: String,
    pub(super) draw: Box<Draw<'a>>,
}

impl Content<'_> {
    pub(super) fn title(&self) -> String {
        match self {
            Self::Chart { chart, .. } => chart.name.clone(),
            Self::Objective(part) => part.title(),
            Self::View(page) | Self::Poster { page, .. } => page.title.clone(),
            Self::Charts { goal, .. } => format!("{}, charts", goal.title),
            Self::Slide(page) => page.slide.title.clone(),
        }
    }

    /// How deep in an outline: KPIs stand under their objective, which comes before them.
    pub(super) fn level(&self) -> u8 {
        match self {
            Self::Slide(page) => u8::from(matches!(page.slide.id.subject, SlideSubject::Kpi(_)) && page.slide.kicker.is_some()),
            Self::Objective(part) => u8::from(part.is_continued()),
            Self::Charts { .. } => 1,
            Self::Chart { .. } | Self::View(_) | Self::Poster { .. } => 0,
        }
    }

    /// Width and height of its page, in points.
    pub(super) fn size(&self, source: &Source<'_>) -> egui::Vec2 {
        if let Self::Poster { size, .. } = self { *size } else { source.size }
    }

    /// For who cannot see the page.
    pub(super) fn description(&self, source: &Source<'_>) -> String {
        match self {
            Self::Chart { chart, .. } => chart.summary.clone(),
            Self::View(page) | Self::Poster { page, .. } => page.description.clone(),
            Self::Slide(page) => page.slide.words(),
            Self::Objective(part) => part.description(source),
            Self::Charts { items, .. } => items.iter().map(|item| chart(source, &item.of).summary.clone()).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The pages that show something, in reading order.
pub(super) fn contents<'a>(source: &'a Source<'_>, what: &ExportWhat) -> Result<Vec<Content<'a>>, ExportError> {
    let project = source.scene.project;
    match what {
        ExportWhat::Chart(metric) => {
            let known = project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
            Ok(vec![of_metric(source, &known.id)])
        }
        ExportWhat::Kpi(metric, mode) => {
            let known = project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
            Ok(kpi_pages::contents(source, &known.id, *mode))
        }
        ExportWhat::Objective(goal) => {
            let goal = project.goal(goal).ok_or_else(|| ExportError::NoGoal(goal.to_string()))?;
            Ok(of_goal(source, goal))
        }
        ExportWhat::View(screen) => of_view(source, *screen),
        ExportWhat::Deck => Ok(slides(source)),
        ExportWhat::Slide(number) => {
            let mut slides = slides(source);
            let of = slides.len();
            let found = number.checked_sub(1).filter(|index| *index < of).map(|index| slides.swap_remove(index));
            found.map(|slide| vec![slide]).ok_or(ExportError::NoSlide { number: *number, of })
        }
        ExportWhat::All => {
            let visits = source.scene.tree.walk();
            let goals = visits.iter().filter_map(|visit| project.goal(visit.goal));
            let objectives = goals.filter(|goal| matches!(goal.kind, GoalKind::Objective(_)) && !goal.archived);
            let mut contents: Vec<Content<'a>> = objectives.flat_map(|goal| of_goal(source, goal)).collect();
            let mut metrics: Vec<_> = project.metrics.values().collect();
            metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
            contents.extend(metrics.into_iter().map(|metric| of_metric(source, &metric.id)));
            if contents.is_empty() { Err(ExportError::Nothing) } else { Ok(contents) }
        }
    }
}

/// The slides of the deck that are not left out.
fn slides<'a>(source: &Source<'_>) -> Vec<Content<'a>> {
    let Source { scene, .. } = source;
    let deck = scene.memos.deck(scene.document, scene.as_of);
    let shown = deck.iter().filter(|entry| !entry.hidden).enumerate();
    shown
        .map(|(index, entry)| {
            let slide = scene.memos.slide(scene.document, scene.as_of, entry);
            Content::Slide(Arc::new(SlidePage { slide, number: index + 1 }))
        })
        .collect()
}

fn of_view<'a>(source: &'a Source<'_>, screen: Screen) -> Result<Vec<Content<'a>>, ExportError> {
    let pages = match screen {
        Screen::Map => {
            let posters = map_pages::pages(source);
            return if posters.is_empty() { Err(ExportError::Nothing) } else { Ok(posters) };
        }
        Screen::Board => board_pages::pages(source),
        Screen::Scorecard => scorecard_pages::pages(source),
        Screen::Roadmap => roadmap_pages::pages(source),
        Screen::Review => review_pages::pages(source),
        Screen::Objective | Screen::Kpi => return contents(source, &ExportWhat::All),
    };
    if pages.is_empty() { Err(ExportError::Nothing) } else { Ok(pages.into_iter().map(Content::View).collect()) }
}

/// A key result is its chart; an objective is its overview and the charts that say what moves it.
fn of_goal<'a>(source: &'a Source<'_>, goal: &'a Goal) -> Vec<Content<'a>> {
    match &goal.kind {
        GoalKind::Objective(_) => {
            let story = Arc::new(Story::of(source, goal));
            let charts = story.items.chunks(objective_page::charts_a_page(source));
            let charts = charts.map(|part| Content::Charts { goal, items: part.to_vec() });
            let before = story.before_charts(source).into_iter().map(Content::Objective);
            before.chain(charts).chain(story.after_charts(source).into_iter().map(Content::Objective)).collect()
        }
        GoalKind::KeyResult(_) | GoalKind::Initiative(_) => {
            let of = match goal.as_key_result().and_then(|key_result| key_result.metric.as_ref()) {
                Some(metric) => ChartOf::Metric(metric.clone(), Some(goal.id.clone())),
                None => ChartOf::Goal(goal.id.clone()),
            };
            vec![Content::Chart { chart: chart(source, &of), range: None }]
        }
    }
}

fn of_metric<'a>(source: &Source<'_>, metric: &MetricId) -> Content<'a> {
    Content::Chart { chart: chart(source, &ChartOf::Metric(metric.clone(), None)), range: None }
}

pub(super) fn chart(source: &Source<'_>, of: &ChartOf) -> Arc<Chart> {
    source.scene.memos.chart(source.scene.document, source.scene.as_of, of)
}
