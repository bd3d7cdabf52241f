//! Everything that is worked out from the project and kept, keyed by the revisions of what it was worked out from.
//!
//! Not here: how anything is worked out (`analysis`, `chart`), and when forecasts are left to jobs (`outlooks`).

mod agenda;
mod attention;
mod board;
mod charts;
mod deck;
mod figures;
mod goals;
mod index;
mod latest;
mod map;
mod moves;
mod roadmap;
mod scorecard;
mod tally;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Memo;
use super::outlooks::{Found, Outlooks, Wanted};
use crate::analysis::attention::Since;
use crate::analysis::forecast::MetricForecast;
use crate::analysis::xmr::{self, Choice, MetricXmr};
use crate::analysis::{CheckIns, Outlook, Regrained, Unsuited, metric_values};
use crate::chart::{Chart, Fact, Spark};
use crate::document::{Document, Revision};
use crate::model::{Cadence, Date, GoalId, Metric, MetricId, Tree};

use attention::{Attended, PastDay};
use board::BoardMemos;
use charts::{ChartKey, FactsKey, SparkKey};
use goals::{Evaluated, Linted};
use index::Index;
use latest::Latest;
use moves::MovesMemos;
use scorecard::Scorecards;

pub use charts::ChartOf;
pub use figures::FigureOf;
pub use goals::Findings;
pub(super) use goals::LeafKey;
pub use moves::LeadFound;
pub use tally::Tally;

/// Its values' and the settings' revisions.
type RegrainedKey = (MetricId, Cadence, Date, Revision, Revision);
/// The metric's values' and the settings' revisions.
type XmrKey = (MetricId, Choice, Date, Revision, Revision);

/// The caches of one window. They hand out `Arc`s and are not borrowed while something is computed.
#[derive(Debug)]
pub struct Memos {
    trees: Memo<Revision, Arc<Tree>>,
    index: RefCell<Arc<Index>>,
    evaluated: Latest<Date, Evaluated>,
    linted: Latest<Date, Linted>,
    attended: Latest<(Date, Since), Attended>,
    past: Latest<Date, PastDay>,
    check_ins: Memo<(Revision, Date, u64), Arc<BTreeMap<GoalId, CheckIns>>>,
    regrained: Memo<RegrainedKey, Arc<Regrained>>,
    charts: Memo<ChartKey, Arc<Chart>>,
    figures: figures::Figures,
    facts: Memo<FactsKey, Arc<[Fact]>>,
    insights: Memo<FactsKey, Arc<[Fact]>>,
    sparks: Memo<SparkKey, Arc<Spark>>,
    xmr: Memo<XmrKey, Arc<Result<MetricXmr, Unsuited>>>,
    of_moves: MovesMemos,
    roadmaps: Memo<roadmap::Key, Arc<crate::chart::roadmap::Roadmap>>,
    agendas: Memo<agenda::AgendaKey, Arc<crate::chart::review::Agenda>>,
    logs: Memo<agenda::LogKey, Arc<[crate::chart::review::LogDay]>>,
    board: BoardMemos,
    scorecards: Scorecards,
    tallies: Memo<tally::TallyKey, Arc<Tally>>,
    outlooks: Outlooks,
    map: map::MapMemo,
    decks: deck::DeckMemos,
    /// How many evaluations there were so far.
    evaluations: Cell<u64>,
    leaves_computed: Cell<u64>,
    prepared: RefCell<goals::Prepared>,
}

impl Default for Memos {
    fn default() -> Self {
        Self {
            trees: Memo::new(2),
            index: RefCell::default(),
            evaluated: Latest::new(8),
            linted: Latest::new(4),
            attended: Latest::new(4),
            past: Latest::new(512),
            check_ins: Memo::new(4),
            regrained: Memo::new(1024),
            charts: Memo::new(128),
            figures: figures::Figures::default(),
            facts: Memo::new(128),
            insights: Memo::new(128),
            sparks: Memo::new(1024),
            xmr: Memo::new(512),
            of_moves: MovesMemos::default(),
            roadmaps: Memo::new(4),
            agendas: Memo::new(2),
            logs: Memo::new(4),
            board: BoardMemos::default(),
            scorecards: Scorecards::default(),
            tallies: Memo::new(4),
            outlooks: Outlooks::default(),
            map: map::MapMemo::default(),
            decks: deck::DeckMemos::default(),
            evaluations: Cell::new(0),
            leaves_computed: Cell::new(0),
            prepared: RefCell::default(),
        }
    }
}

impl Memos {
    pub fn tree(&self, document: &Document) -> Arc<Tree> {
        self.trees.get(document.tree_revision(), || Arc::new(Tree::of(document.project())))
    }

    /// A metric's values in a cadence as of a day; formulas are evaluated.
    pub fn regrained(&self, document: &Document, metric: &MetricId, cadence: Cadence, as_of: Date) -> Option<Arc<Regrained>> {
        let found = document.project().metric(metric)?;
        let key = (metric.clone(), cadence, as_of, document.values_revision(metric), document.settings_revision());
        Some(self.regrained.get(key, || metric_values(document.project(), found, cadence, as_of)))
    }

    /// Signal and noise of a metric, or why there is nothing to say.
    pub fn xmr(&self, document: &Document, as_of: Date, metric: &MetricId, choice: Choice) -> Arc<Result<MetricXmr, Unsuited>> {
        let key = (metric.clone(), choice, as_of, document.values_revision(metric), document.settings_revision());
        self.xmr.get(key, || {
            let Some(found) = document.project().metric(metric) else {
                return Arc::new(Err(Unsuited::TooFew { have: 0, need: xmr::FEWEST }));
            };
            let cadence = if found.cadence == Cadence::Hourly { Cadence::Daily } else { found.cadence };
            let values = metric_values(document.project(), found, cadence, as_of);
            Arc::new(xmr::of_values(found, &values, choice))
        })
    }

    /// Where a metric is going, as seen on a day; `None` where nothing can be said of it.
    pub fn forecast(&self, document: &Document, metric: &MetricId, as_of: Date) -> Option<Arc<MetricForecast>> {
        self.outlook(document, document.project().metric(metric)?, as_of).known()
    }

    /// As [`Self::forecast`], with why there is none.
    pub fn outlook(&self, document: &Document, metric: &Metric, as_of: Date) -> Outlook {
        self.outlooks.get(document, metric, as_of)
    }

    /// Empty, and working as another one does.
    pub(super) fn like(other: &Self) -> Self {
        let memos = Self::default();
        if other.outlooks.is_in_background() {
            memos.outlooks.work_in_background();
        }
        memos
    }

    /// Has forecasts worked out by jobs where many are missing, and all of them looked back on there. Without it everything is worked out where it
    /// is asked for.
    pub fn work_in_background(&self) {
        self.outlooks.work_in_background();
    }

    pub(super) fn begin_frame(&self) {
        self.outlooks.begin_frame();
    }

    pub(super) fn start_forecasts(&self, document: &Document) -> Wanted {
        let outlooks = self.outlooks.start(document);
        let of: Vec<(MetricId, Date)> = outlooks.iter().map(|(key, _)| (key.metric.clone(), key.as_of)).collect();
        Wanted { goals: self.goals_of(document, &of), outlooks }
    }

    pub(super) fn take_forecasts(&self, document: &Document, found: Found) {
        let Found { outlooks, goals } = found;
        self.outlooks.take(document, outlooks);
        self.prepared.replace(goals.into_iter().map(|(goal, day, key, result)| ((goal, day), (key, result))).collect());
    }

    /// How many goals were worked out so far: tests see by it what an edit reached.
    pub fn leaves_computed(&self) -> u64 {
        self.leaves_computed.get()
    }
}
