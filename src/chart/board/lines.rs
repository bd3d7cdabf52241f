//! Which goals are listed, in which order and groups.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::counts;
use super::order::{sort, urgency};
use super::{Grouping, Line, Source, Wanted};
use crate::analysis::GoalResult;
use crate::model::{CycleGoals, DrivenBy, Goal, GoalId, GoalKind, ProductStage, Project, Status, Tree};

pub(super) struct Listing {
    pub(super) counts: Vec<(Status, usize)>,
    pub(super) lines: Vec<Line>,
    pub(super) owners: Vec<String>,
    pub(super) matched: usize,
    pub(super) of: usize,
}

/// A goal in the order of the tree.
struct Node<'a> {
    goal: &'a Goal,
    result: Option<&'a GoalResult>,
    depth: usize,
    /// One past the last node under it.
    end: usize,
    parent: Option<usize>,
    /// It may be listed for its own sake: not only because others hang on it.
    is_own: bool,
    /// No filter leaves it out.
    matches: bool,
}

struct Nodes<'a, 'b> {
    source: &'b Source<'a>,
    wanted: &'b Wanted,
    list: Vec<Node<'a>>,
    /// How many match among the nodes before each.
    matched_before: Vec<usize>,
}

pub(super) fn list(source: &Source<'_>, wanted: &Wanted) -> Listing {
    let mut nodes = Nodes { source, wanted, list: nodes(source, wanted), matched_before: Vec::new() };
    let filter = Filter::of(source.project, wanted);
    let mut found = Vec::new();
    let mut owners: BTreeSet<String> = BTreeSet::new();
    let mut of = 0;
    for node in nodes.list.iter_mut().filter(|node| node.is_own) {
        of += 1;
        owners.insert(node.goal.owner.trim().to_owned());
        let status = status_of(node.result);
        if filter.passes_but_status(node.goal) {
            found.push(status);
            node.matches = wanted.statuses.is_empty() || wanted.statuses.contains(&status);
        }
    }
    nodes.matched_before = std::iter::once(0)
        .chain(nodes.list.iter().scan(0, |sum, node| {
            *sum += usize::from(node.matches);
            Some(*sum)
        }))
        .collect();
    let mut lines = Vec::new();
    if wanted.grouping == Grouping::Objective {
        nodes.branch(None, &mut lines);
    } else {
        nodes.groups(&mut lines);
    }
    let matched = nodes.matched_before.last().copied().unwrap_or_default();
    Listing { counts: counts(found.into_iter()), lines, owners: owners.into_iter().collect(), matched, of }
}

fn status_of(result: Option<&GoalResult>) -> Status {
    result.map_or(Status::NoData, |r| r.status)
}

/// What is neither archived nor of another cycle, in the order of the tree.
fn nodes<'a>(source: &Source<'a>, wanted: &Wanted) -> Vec<Node<'a>> {
    let Source { project, tree, evaluation, cycle, .. } = *source;
    let cycle: Option<&CycleGoals> = cycle.map(|(_, goals)| goals);
    let mut nodes: Vec<Node<'a>> = Vec::new();
    // The nodes above the one at hand.
    let mut path: Vec<usize> = Vec::new();
    let mut hidden_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal).filter(|_| index >= hidden_to) else { continue };
        if goal.archived || cycle.is_some_and(|c| !c.shows(&goal.id)) {
            hidden_to = seat.end;
            continue;
        }
        path.truncate(seat.depth);
        let parent = path.last().copied();
        let is_listed = match &goal.kind {
            GoalKind::Objective(_) | GoalKind::KeyResult(_) => true,
            GoalKind::Initiative(_) => wanted.initiatives || parent.is_some_and(|p| is_open(wanted, nodes[p].goal)),
        };
        let is_own = is_listed && cycle.is_none_or(|c| c.members.contains(&goal.id));
        path.push(nodes.len());
        let result = evaluation.goal(&goal.id);
        nodes.push(Node { goal, result, depth: seat.depth, end: 0, parent, is_own, matches: false });
    }
    for at in (0..nodes.len()).rev() {
        nodes[at].end = nodes[at].end.max(at + 1);
        if let Some(parent) = nodes[at].parent {
            nodes[parent].end = nodes[parent].end.max(nodes[at].end);
        }
    }
    nodes
}

/// Whether what is under a goal is seen: objectives are open at first, key results where initiatives are listed.
fn is_open(wanted: &Wanted, goal: &Goal) -> bool {
    let at_first = match &goal.kind {
        GoalKind::Objective(_) => true,
        GoalKind::KeyResult(_) | GoalKind::Initiative(_) => wanted.initiatives && wanted.grouping == Grouping::Objective,
    };
    // Initiatives hang in the tree only.
    at_first != (wanted.toggled.contains(&goal.id) && wanted.grouping == Grouping::Objective)
}

impl<'a> Nodes<'a, '_> {
    fn goal_of(&self, at: usize) -> Option<(&'a Goal, Option<&'a GoalResult>)> {
        self.list.get(at).map(|node| (node.goal, node.result))
    }

    fn has_match(&self, at: usize) -> bool {
        self.matched_before[self.list[at].end] > self.matched_before[at]
    }

    fn children(&self, of: Option<usize>) -> Vec<usize> {
        let (mut at, end) = of.map_or((0, self.list.len()), |of| (of + 1, self.list[of].end));
        let mut found = Vec::new();
        while at < end {
            found.push(at);
            at = self.list[at].end;
        }
        found
    }

    /// The lines under a goal, or all.
    fn branch(&self, of: Option<usize>, lines: &mut Vec<Line>) {
        let mut children = self.children(of);
        children.retain(|&at| self.has_match(at));
        if let Some(wanted) = self.wanted.sort {
            sort(self.source, wanted, &mut children, |at| self.goal_of(at));
        }
        for at in children {
            let node = &self.list[at];
            let is_objective = node.goal.is_objective();
            // What a filter finds under an objective is seen, even if the objective was closed.
            let open = is_open(self.wanted, node.goal) || (is_objective && self.wanted.is_filtered());
            let has_some = if is_objective { (at + 1..node.end).any(|below| self.list[below].matches) } else { node.end > at + 1 };
            lines.push(Line::Goal {
                id: node.goal.id.clone(),
                group: 0,
                depth: node.depth,
                open: has_some.then_some(open),
                is_context: !node.matches,
            });
            if open && has_some {
                self.branch(Some(at), lines);
            }
        }
    }

    fn groups(&self, lines: &mut Vec<Line>) {
        let mut groups: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for at in (0..self.list.len()).filter(|&at| self.list[at].matches) {
            for key in self.keys(at) {
                groups.entry(key).or_default().push(at);
            }
        }
        for (group, ((_, name), mut goals)) in groups.into_iter().enumerate() {
            let open = !self.wanted.closed.contains(&name);
            let counts = counts(goals.iter().map(|&at| status_of(self.list[at].result)));
            lines.push(Line::Group { name, counts, open });
            if !open {
                continue;
            }
            if let Some(wanted) = self.wanted.sort {
                sort(self.source, wanted, &mut goals, |at| self.goal_of(at));
            }
            lines.extend(goals.into_iter().map(|at| Line::Goal {
                id: self.list[at].goal.id.clone(),
                group,
                depth: 0,
                open: None,
                is_context: false,
            }));
        }
    }

    /// The groups of a goal: where they stand among the others, and their names.
    fn keys(&self, at: usize) -> Vec<(usize, String)> {
        const LAST: usize = usize::MAX;
        let project = self.source.project;
        let goal = self.list[at].goal;
        let named = |name: &str, none: &str| {
            let name = name.trim();
            vec![if name.is_empty() { (LAST, none.to_owned()) } else { (0, name.to_owned()) }]
        };
        match self.wanted.grouping {
            Grouping::Objective => Vec::new(),
            Grouping::Owner => named(&goal.owner, "No owner"),
            Grouping::Team => named(self.nearest(at, |g| g.is_objective().then_some(g.owner.as_str())).unwrap_or(""), "No team"),
            Grouping::Stage => {
                let stage = self.nearest(at, |g| g.stage).or(project.settings.stage);
                vec![stage.map_or((LAST, "No stage".to_owned()), |stage| (stage as usize, stage_word(stage).to_owned()))]
            }
            Grouping::Driver => vec![match self.nearest(at, |g| g.driven_by) {
                Some(DrivenBy::Customer) => (0, "Driven by the customer".to_owned()),
                Some(DrivenBy::Business) => (1, "Driven by the business".to_owned()),
                None => (LAST, "No driver".to_owned()),
            }],
            Grouping::Tag => {
                let tags = self.nearest(at, |g| (!g.tags.is_empty()).then_some(&g.tags));
                tags.map_or_else(|| named("", "No tag"), |tags| tags.iter().map(|tag| (0, tag.clone())).collect())
            }
            Grouping::Cycle => vec![project.cycle_of(goal).map_or((LAST, "No cycle".to_owned()), |cycle| {
                let place = project.cycles_in_order().iter().position(|c| c.id == cycle.id);
                (place.unwrap_or_default(), cycle.name.clone())
            })],
            Grouping::Status => {
                let status = status_of(self.list[at].result);
                vec![(usize::from(urgency(status)), status.word().to_owned())]
            }
        }
    }

    /// What a goal says, or else the nearest one above that says something.
    fn nearest<T>(&self, at: usize, of: impl Fn(&'a Goal) -> Option<T>) -> Option<T> {
        Tree::path(self.source.project, &self.list[at].goal.id).into_iter().rev().find_map(of)
    }
}

fn stage_word(stage: ProductStage) -> &'static str {
    match stage {
        ProductStage::Planning => "Planning",
        ProductStage::Launch => "Launch",
        ProductStage::Growth => "Growth",
        ProductStage::Maturity => "Maturity",
    }
}

/// What is looked for.
struct Filter<'a> {
    project: &'a Project,
    owner: Option<&'a str>,
    needle: String,
}

impl<'a> Filter<'a> {
    fn of(project: &'a Project, wanted: &'a Wanted) -> Self {
        Self { project, owner: wanted.owner.as_deref(), needle: wanted.text.trim().to_lowercase() }
    }

    fn passes_but_status(&self, goal: &Goal) -> bool {
        self.owner.is_none_or(|owner| goal.owner.trim() == owner.trim()) && (self.needle.is_empty() || self.finds(goal))
    }

    fn finds(&self, goal: &Goal) -> bool {
        let has = |text: &str| text.to_lowercase().contains(&self.needle);
        has(&goal.title) || has(&goal.owner) || goal.tags.iter().any(|tag| has(tag)) || self.finds_kpi(&goal.id, &has)
    }

    fn finds_kpi(&self, goal: &GoalId, has: &dyn Fn(&str) -> bool) -> bool {
        let own = self.project.goal(goal).and_then(|g| self.project.metric(g.as_key_result()?.metric.as_ref()?));
        let linked = self.project.linked_metrics(goal).into_iter().map(|(metric, _)| metric);
        own.into_iter().chain(linked).any(|m| has(&m.name) || has(&m.abbreviation))
    }
}
