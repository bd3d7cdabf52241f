//! The slides of the deck, kept.

use std::sync::Arc;

use super::Memos;
use super::charts::ChartOf;
use crate::analysis::Evaluation;
use crate::analysis::attention::Since;
use crate::chart::Chart;
use crate::chart::deck::{self, Body, Entry, KpiBody, Pinned, Slide, SlideId, Source, Told};
use crate::document::{Document, Revision};
use crate::model::{Date, GoalId, MetricId};
use crate::workspace::{KpiMode, Memo, SlideLook};

/// The document's revision, the day, and when forecasts last came from a job.
type Moment = (Revision, Date, u64);

#[derive(Debug)]
pub(super) struct DeckMemos {
    outlines: Memo<Moment, Arc<[Entry]>>,
    slides: Memo<(SlideId, Moment), Arc<Slide>>,
    looked: Memo<(SlideId, Moment, String), Arc<Slide>>,
}

impl Default for DeckMemos {
    fn default() -> Self {
        Self { outlines: Memo::new(4), slides: Memo::new(256), looked: Memo::new(16) }
    }
}

impl Memos {
    /// Every slide of the deck as of a day, in order, with those that are left out.
    pub fn deck(&self, document: &Document, as_of: Date) -> Arc<[Entry]> {
        let moment = (document.revision(), as_of, self.outlooks.generation());
        self.decks.outlines.get(moment, || self.with_source(document, as_of, |source| deck::outline(source).into()))
    }

    /// What a slide of the deck shows.
    pub fn slide(&self, document: &Document, as_of: Date, entry: &Entry) -> Arc<Slide> {
        let moment = (document.revision(), as_of, self.outlooks.generation());
        let key = (entry.id.clone(), moment);
        self.decks.slides.get(key, || self.with_source(document, as_of, |source| Arc::new(deck::slide(source, entry))))
    }

    /// What a slide shows with its chart looked at in another way than the slide has it.
    pub fn slide_looked(&self, document: &Document, as_of: Date, entry: &Entry, look: SlideLook) -> Arc<Slide> {
        let slide = self.slide(document, as_of, entry);
        let Body::Kpi(kpi) = &slide.body else { return slide };
        if look == SlideLook::default() {
            return slide;
        }
        let moment = (document.revision(), as_of, self.outlooks.generation());
        let key = (entry.id.clone(), moment, format!("{look:?}"));
        self.decks.looked.get(key, || {
            let over_time = ChartOf::Metric(kpi.metric.clone(), kpi.goal.clone());
            let data = || self.chart(document, as_of, &over_time).fit_x;
            let range = look.range.map_or(kpi.range, |range| Some(Chart::days_of(range.days(document.project(), as_of, data()))));
            let mode = look.mode.map_or_else(|| kpi.mode.clone(), |mode| (mode != KpiMode::Trend).then(|| mode.slug().to_owned()));
            let pinned = Pinned { metric: &kpi.metric, goal: kpi.goal.as_ref(), mode: mode.as_deref(), range };
            let Told { title, subtitle, summary } = self.told(document, as_of, &pinned);
            // What people worded stays; so does what is said of the same picture.
            let keeps = slide.title != slide.drafted || mode == kpi.mode || title.is_empty();
            let title = if keeps { slide.title.clone() } else { title };
            let body = Body::Kpi(KpiBody { mode, range, subtitle, summary, ..kpi.clone() });
            Arc::new(Slide { title, body, ..(*slide).clone() })
        })
    }

    fn with_source<T>(&self, document: &Document, as_of: Date, make: impl FnOnce(&Source<'_>) -> T) -> T {
        let project = document.project();
        let (tree, evaluation) = (self.tree(document), self.evaluation(document, as_of));
        let last = project.deck.last_meeting.filter(|day| *day < as_of);
        let then: Option<Arc<Evaluation>> = last.map(|day| self.evaluation(document, day));
        let attention = self.attention(document, as_of, last.map_or(Since::LastCheckIn, Since::Day));
        let told = |pinned: &Pinned<'_>| self.told(document, as_of, pinned);
        let facts = |metric: &MetricId, goal: Option<&GoalId>| self.facts(document, as_of, &ChartOf::Metric(metric.clone(), goal.cloned()));
        make(&Source {
            project,
            tree: &tree,
            evaluation: &evaluation,
            then: then.as_deref(),
            news: attention.ranked(),
            told: &told,
            facts: &facts,
        })
    }

    fn told(&self, document: &Document, as_of: Date, pinned: &Pinned<'_>) -> Told {
        let Pinned { metric, goal, mode, range } = *pinned;
        let over_time = ChartOf::Metric(metric.clone(), goal.cloned());
        let of = match mode.and_then(KpiMode::of_slug) {
            Some(KpiMode::Variation(choice)) => ChartOf::Variation(metric.clone(), choice),
            Some(mode) if mode.is_figure() => {
                let of = self.pinned_figure(document, as_of, (metric, goal), mode, range);
                return of.and_then(|of| self.figure(document, as_of, &of)).map_or_else(Told::default, |figure| Told {
                    title: figure.title.clone(),
                    subtitle: figure.subtitle.clone(),
                    summary: figure.summary.clone(),
                });
            }
            _ => over_time,
        };
        let chart = self.chart(document, as_of, &of);
        Told { title: chart.title.clone(), subtitle: chart.subtitle.clone(), summary: chart.summary.clone() }
    }
}
