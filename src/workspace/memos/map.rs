//! The map of a project, kept as long as nothing on it changes, and what its cards say.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Memo, Memos};
use crate::chart::map::{Card, CardOf, Map, Wanted, card};
use crate::chart::{Context, Spark};
use crate::document::{Document, Revision};
use crate::model::{CycleId, Date, Status};
use crate::workspace::View;

/// What hangs where: goals, the fields of metrics, links, cycles; what is shown of it.
type MapKey = ([Revision; 4], Option<CycleId>, BTreeSet<CardOf>);

/// A revision, when forecasts last came from jobs, and the day.
type Moment = (Revision, u64, Date);

/// How each card of a map stands, and what that was worked out from.
#[derive(Clone, Debug)]
struct Standing {
    map: Arc<Map>,
    /// The revision is that of all that is evaluated.
    of: Moment,
    statuses: Arc<[Option<Status>]>,
}

/// What cards of a map say, as far as they were in sight.
#[derive(Clone, Debug)]
struct Said {
    map: Arc<Map>,
    /// The revision is that of the whole document.
    of: Moment,
    /// By place, with and without what a sparkline knows.
    cards: BTreeMap<(usize, bool), Arc<Card>>,
}

#[derive(Debug)]
pub(super) struct MapMemo {
    maps: Memo<MapKey, Arc<Map>>,
    last: RefCell<Option<Arc<Map>>>,
    standing: RefCell<Option<Standing>>,
    said: RefCell<Option<Said>>,
}

impl Default for MapMemo {
    fn default() -> Self {
        Self { maps: Memo::new(4), last: RefCell::default(), standing: RefCell::default(), said: RefCell::default() }
    }
}

/// Width over height that a map comes near to: that of screens and of paper on its side.
const ASPECT: f32 = 1.5;

impl Memos {
    /// The map as a view has it: its cycle, and what is folded. The same pointer as before where every card stands as before.
    pub fn map(&self, document: &Document, view: &View) -> Arc<Map> {
        let revisions =
            [document.any_goal_revision(), document.any_metric_revision(), document.links_revision(), document.cycles_revision()];
        let key = (revisions, view.cycle.clone(), view.arranged.map.folded.clone());
        self.map.maps.get(key, || {
            let (project, tree) = (document.project(), self.tree(document));
            let cycle = view.goals_of_cycle(project, &tree);
            let wanted = Wanted { cycle: cycle.as_ref(), folded: &view.arranged.map.folded, aspect: ASPECT };
            let map = Arc::new(Map::of(project, &tree, wanted));
            let mut last = self.map.last.borrow_mut();
            match &*last {
                Some(before) if *before == map => Arc::clone(before),
                _ => Arc::clone(last.insert(map)),
            }
        })
    }

    /// How the goal of each card stands; nothing for a KPI.
    pub fn map_statuses(&self, document: &Document, as_of: Date, map: &Arc<Map>) -> Arc<[Option<Status>]> {
        let (revision, generation) = self.evaluated_of(document);
        let of = (revision, generation, as_of);
        if let Some(standing) = self.map.standing.borrow().as_ref().filter(|s| Arc::ptr_eq(&s.map, map) && s.of == of) {
            return Arc::clone(&standing.statuses);
        }
        let evaluation = self.evaluation(document, as_of);
        let status = |subject: &CardOf| match subject {
            CardOf::Goal(goal) => Some(evaluation.goal(goal).map_or(Status::NoData, |r| r.status)),
            CardOf::Metric(_) => None,
        };
        let statuses: Arc<[Option<Status>]> = map.nodes.iter().map(|node| status(&node.subject)).collect();
        *self.map.standing.borrow_mut() = Some(Standing { map: Arc::clone(map), of, statuses: Arc::clone(&statuses) });
        statuses
    }

    /// What a card of a map says, as [`card`] words it.
    pub fn map_card(&self, document: &Document, as_of: Date, map: &Arc<Map>, node: usize, spark: Option<&Spark>) -> Arc<Card> {
        let of = (document.revision(), self.outlooks.generation(), as_of);
        let key = (node, spark.is_some());
        let is_same = |said: &&Said| Arc::ptr_eq(&said.map, map) && said.of == of;
        let known = self.map.said.borrow().as_ref().filter(is_same).and_then(|said| said.cards.get(&key).cloned());
        if let Some(known) = known {
            return known;
        }
        let evaluation = self.evaluation(document, as_of);
        let words = Arc::new(card(&Context { project: document.project(), evaluation: &evaluation }, map, node, spark));
        let mut kept = self.map.said.borrow_mut();
        let cards = kept.take().filter(|said| is_same(&said)).map_or_else(BTreeMap::new, |said| said.cards);
        let said = kept.insert(Said { map: Arc::clone(map), of, cards });
        said.cards.insert(key, Arc::clone(&words));
        words
    }
}
