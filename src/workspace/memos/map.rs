//! The map of a project, kept as long as nothing on it changes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Memo, Memos};
use crate::analysis::Evaluation;
use crate::chart::map::{CardOf, Map, Wanted};
use crate::document::{Document, Revision};
use crate::model::{CycleId, Status};
use crate::workspace::View;

/// What hangs where: goals, the fields of metrics, links, cycles; what is shown of it.
type MapKey = ([Revision; 4], Option<CycleId>, BTreeSet<CardOf>);

/// How each card of a map stands, and what that was worked out from.
#[derive(Clone, Debug)]
struct Standing {
    map: Arc<Map>,
    evaluation: Arc<Evaluation>,
    statuses: Arc<[Option<Status>]>,
}

#[derive(Debug)]
pub(super) struct MapMemo {
    maps: Memo<MapKey, Arc<Map>>,
    last: RefCell<Option<Arc<Map>>>,
    standing: RefCell<Option<Standing>>,
}

impl Default for MapMemo {
    fn default() -> Self {
        Self { maps: Memo::new(4), last: RefCell::default(), standing: RefCell::default() }
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
    pub fn map_statuses(&self, map: &Arc<Map>, evaluation: &Arc<Evaluation>) -> Arc<[Option<Status>]> {
        let mut kept = self.map.standing.borrow_mut();
        if let Some(standing) = &*kept
            && Arc::ptr_eq(&standing.map, map)
            && Arc::ptr_eq(&standing.evaluation, evaluation)
        {
            return Arc::clone(&standing.statuses);
        }
        let status = |subject: &CardOf| match subject {
            CardOf::Goal(goal) => Some(evaluation.goal(goal).map_or(Status::NoData, |r| r.status)),
            CardOf::Metric(_) => None,
        };
        let statuses: Arc<[Option<Status>]> = map.nodes.iter().map(|node| status(&node.subject)).collect();
        *kept = Some(Standing { map: Arc::clone(map), evaluation: Arc::clone(evaluation), statuses: Arc::clone(&statuses) });
        statuses
    }
}
