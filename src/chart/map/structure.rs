//! Which cards there are, what hangs on what, and what links remain.

use std::collections::{BTreeSet, HashMap};

use super::{Block, CardOf, GOAL_HEIGHT, Link, METRIC_HEIGHT, Map, Node, Tie, Wanted};
use crate::model::{Goal, GoalId, Metric, MetricId, Project, Role, Tree};

/// A goal that is on the map, or would be if nothing were folded.
struct Shown<'a> {
    goal: &'a Goal,
    /// By index among those shown.
    parent: Option<usize>,
    /// The topmost folded goal above it.
    under: Option<usize>,
    children: Vec<usize>,
    /// Metrics that hang on it, by index among the metrics.
    metrics: Vec<(usize, Role)>,
}

/// What a metric is to a goal. In the order in which a goal is preferred to hang it on: one that is seen, measured by it as a key
/// result, by role, in the order of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Support {
    folded: bool,
    linked: bool,
    role: Role,
    goal: usize,
}

/// Where a metric stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Home {
    /// Not on the map: its goals are not shown, or it is without one.
    #[default]
    None,
    Goal(usize),
    /// Beside the metric whose formula it feeds.
    Formula(usize),
}

/// All that is shown, while it is being found.
struct Plan<'a> {
    wanted: Wanted<'a>,
    goals: Vec<Shown<'a>>,
    metrics: Vec<&'a Metric>,
    homes: Vec<Home>,
    /// Of each metric, every goal shown that it supports, the one it hangs on first.
    supports: Vec<Vec<Support>>,
    /// The metrics that the formula of each is made of.
    inputs: Vec<Vec<usize>>,
    /// The inputs that hang on each metric.
    feeders: Vec<Vec<usize>>,
    /// Metrics of which no goal is shown, since none has them.
    loose: Vec<usize>,
}

/// The cards and links in order, without places.
pub(super) fn structure(project: &Project, tree: &Tree, wanted: Wanted<'_>) -> Map {
    let goals = shown_goals(project, tree, wanted);
    let metrics: Vec<&Metric> = project.metrics.values().map(AsRef::as_ref).collect();
    let index: HashMap<&MetricId, usize> = metrics.iter().enumerate().map(|(at, m)| (&m.id, at)).collect();
    let (count, none) = (metrics.len(), || vec![Vec::new(); metrics.len()]);
    let inputs = metrics.iter().map(|m| inputs(project, m, &index)).collect();
    let (supports, feeders) = (none().into_iter().map(|_: Vec<usize>| Vec::new()).collect(), none());
    let mut plan = Plan { wanted, goals, metrics, homes: vec![Home::None; count], supports, inputs, feeders, loose: Vec::new() };
    let has_goal = plan.find_supports(project, &index);
    plan.settle(&has_goal);
    plan.cards()
}

/// The goals in the order of the tree, without archived ones, those of other cycles, and what is under them.
fn shown_goals<'a>(project: &'a Project, tree: &'a Tree, wanted: Wanted<'a>) -> Vec<Shown<'a>> {
    let seats = tree.seats();
    let mut goals: Vec<Shown<'a>> = Vec::new();
    // Those above the next one, with one past the last seat under each.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < seats.len() {
        let seat = &seats[at];
        let goal = project.goal(&seat.goal).filter(|g| !g.archived && wanted.cycle.is_none_or(|cycle| cycle.shows(&g.id)));
        let Some(goal) = goal else {
            at = seat.end;
            continue;
        };
        open.retain(|(_, end)| *end > at);
        let parent = open.last().map(|(above, _)| *above);
        let under = parent.and_then(|above: usize| {
            goals[above].under.or_else(|| wanted.folded.contains(&CardOf::Goal(goals[above].goal.id.clone())).then_some(above))
        });
        if let Some(above) = parent {
            let index = goals.len();
            goals[above].children.push(index);
        }
        open.push((goals.len(), seat.end));
        goals.push(Shown { goal, parent, under, children: Vec::new(), metrics: Vec::new() });
        at += 1;
    }
    goals
}

fn inputs(project: &Project, metric: &Metric, index: &HashMap<&MetricId, usize>) -> Vec<usize> {
    if metric.formula().is_none() {
        return Vec::new();
    }
    let mut found: Vec<&Metric> = project.formula_inputs(metric).iter().filter_map(|id| project.metric(id)).collect();
    found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    found.into_iter().filter_map(|m| index.get(&m.id).copied()).collect()
}

impl Plan<'_> {
    /// Which goals each metric supports. Answers with whether it has any, shown or not.
    fn find_supports(&mut self, project: &Project, index: &HashMap<&MetricId, usize>) -> Vec<bool> {
        let goals: HashMap<&GoalId, usize> = self.goals.iter().enumerate().map(|(at, shown)| (&shown.goal.id, at)).collect();
        let mut has_goal = vec![false; self.metrics.len()];
        for goal in project.goals.values() {
            let Some(&metric) = goal.as_key_result().and_then(|k| index.get(k.metric.as_ref()?)) else { continue };
            has_goal[metric] = true;
            if let Some(&at) = goals.get(&goal.id) {
                let folded = self.goals[at].under.is_some() || self.is_folded(at);
                self.supports[metric].push(Support { folded, linked: false, role: Role::Outcome, goal: at });
            }
        }
        for link in project.links.values() {
            let Some(&metric) = index.get(&link.metric) else { continue };
            has_goal[metric] = true;
            if let Some(&at) = goals.get(&link.goal)
                && !self.supports[metric].iter().any(|s| s.goal == at && !s.linked)
            {
                let folded = self.goals[at].under.is_some() || self.is_folded(at);
                self.supports[metric].push(Support { folded, linked: true, role: link.role, goal: at });
            }
        }
        for supports in &mut self.supports {
            supports.sort_unstable();
        }
        has_goal
    }

    fn is_folded(&self, goal: usize) -> bool {
        self.wanted.folded.contains(&CardOf::Goal(self.goals[goal].goal.id.clone()))
    }

    /// Finds the place of every metric: its first goal, else the formula that it feeds, else the end.
    fn settle(&mut self, has_goal: &[bool]) {
        let mut settled: Vec<usize> = Vec::new();
        for metric in 0..self.metrics.len() {
            if let Some(first) = self.supports[metric].first().copied() {
                self.homes[metric] = Home::Goal(first.goal);
                self.goals[first.goal].metrics.push((metric, first.role));
                settled.push(metric);
            }
        }
        for shown in &mut self.goals {
            let metrics = &self.metrics;
            shown.metrics.sort_by(|(a, by), (b, than)| {
                let key = |at: usize| (&metrics[at].name, &metrics[at].id);
                let measure = |at: usize| shown.goal.as_key_result().and_then(|k| k.metric.as_ref()) != Some(&metrics[at].id);
                (measure(*a), by, key(*a)).cmp(&(measure(*b), than, key(*b)))
            });
        }
        // In the order of the tree, so that an input stands beside the first card that uses it.
        settled.sort_by_key(|&m| if let Home::Goal(goal) = self.homes[m] { goal } else { usize::MAX });
        let mut next = 0;
        while let Some(&metric) = settled.get(next) {
            next += 1;
            for input in self.inputs[metric].clone() {
                if self.homes[input] == Home::None && !has_goal[input] && input != metric {
                    self.homes[input] = Home::Formula(metric);
                    self.feeders[metric].push(input);
                    settled.push(input);
                }
            }
        }
        if self.wanted.cycle.is_none() {
            self.loose = (0..self.metrics.len()).filter(|&m| self.homes[m] == Home::None && !has_goal[m]).collect();
            self.loose.sort_by(|&a, &b| (&self.metrics[a].name, &self.metrics[a].id).cmp(&(&self.metrics[b].name, &self.metrics[b].id)));
        }
    }

    fn cards(&self) -> Map {
        let mut map = Map::default();
        let mut goal_at = vec![None; self.goals.len()];
        let mut metric_at = vec![None; self.metrics.len()];
        for root in (0..self.goals.len()).filter(|&g| self.goals[g].parent.is_none()) {
            let first = map.nodes.len();
            self.cards_of_tree(root, &mut map.nodes, &mut goal_at, &mut metric_at);
            map.blocks.push(Block { left: 0.0, top: 0.0, width: 0.0, height: 0.0, first, end: map.nodes.len(), loose: false });
        }
        if !self.loose.is_empty() {
            let first = map.nodes.len();
            for &metric in &self.loose {
                metric_at[metric] = Some(map.nodes.len());
                map.nodes.push(Node { end: map.nodes.len() + 1, ..self.card(Item::Metric(metric), Tie::Top, None, 0) });
            }
            map.blocks.push(Block { left: 0.0, top: 0.0, width: 0.0, height: 0.0, first, end: map.nodes.len(), loose: true });
        }
        map.links = self.links(&map.nodes, &goal_at, &metric_at);
        map
    }

    /// One tree, parents first.
    fn cards_of_tree(&self, root: usize, nodes: &mut Vec<Node>, goal_at: &mut [Option<usize>], metric_at: &mut [Option<usize>]) {
        let first = nodes.len();
        let mut stack = vec![(Item::Goal(root), Tie::Top, None, 0)];
        while let Some((item, tie, parent, depth)) = stack.pop() {
            let index = nodes.len();
            match item {
                Item::Goal(goal) => goal_at[goal] = Some(index),
                Item::Metric(metric) => metric_at[metric] = Some(index),
            }
            let node = self.card(item, tie, parent, depth);
            let open = node.folded == Some(false);
            nodes.push(node);
            if open {
                let under = self.under(item).into_iter().rev();
                stack.extend(under.map(|(child, tie)| (child, tie, Some(index), depth + 1)));
            }
        }
        for (index, node) in nodes.iter_mut().enumerate().skip(first) {
            node.end = index + 1;
        }
        for index in (first + 1..nodes.len()).rev() {
            if let Some(parent) = nodes[index].parent {
                nodes[parent].end = nodes[parent].end.max(nodes[index].end);
            }
        }
    }

    /// What hangs on a card: goals, then metrics.
    fn under(&self, item: Item) -> Vec<(Item, Tie)> {
        match item {
            Item::Goal(goal) => {
                let Shown { children, metrics, .. } = &self.goals[goal];
                let goals = children.iter().map(|&child| (Item::Goal(child), Tie::Under));
                goals.chain(metrics.iter().map(|&(metric, role)| (Item::Metric(metric), Tie::Role(role)))).collect()
            }
            Item::Metric(metric) => self.feeders[metric].iter().map(|&input| (Item::Metric(input), Tie::Input)).collect(),
        }
    }

    fn card(&self, item: Item, tie: Tie, parent: Option<usize>, depth: usize) -> Node {
        let (subject, height) = match item {
            Item::Goal(goal) => (CardOf::Goal(self.goals[goal].goal.id.clone()), GOAL_HEIGHT),
            Item::Metric(metric) => (CardOf::Metric(self.metrics[metric].id.clone()), METRIC_HEIGHT),
        };
        let folds = match item {
            Item::Goal(goal) => !self.goals[goal].children.is_empty() || !self.goals[goal].metrics.is_empty(),
            Item::Metric(metric) => !self.feeders[metric].is_empty(),
        };
        let folded = folds.then(|| self.wanted.folded.contains(&subject));
        let hidden = if folded == Some(true) { self.count_under(item) } else { 0 };
        let muted = match item {
            Item::Goal(goal) => self.wanted.cycle.is_some_and(|cycle| !cycle.members.contains(&self.goals[goal].goal.id)),
            Item::Metric(_) => false,
        };
        Node { subject, left: 0.0, top: 0.0, height, parent, tie, end: 0, depth, folded, hidden, muted }
    }

    fn count_under(&self, item: Item) -> usize {
        let mut stack = self.under(item);
        let mut count = 0;
        while let Some((item, _)) = stack.pop() {
            count += 1;
            stack.extend(self.under(item));
        }
        count
    }

    /// What a metric supports beside the card that it hangs on, where both are on the map.
    fn links(&self, nodes: &[Node], goal_at: &[Option<usize>], metric_at: &[Option<usize>]) -> Vec<Link> {
        let mut links = Vec::new();
        for metric in 0..self.metrics.len() {
            let Some(to) = metric_at[metric] else { continue };
            let others = self.supports[metric].iter().filter_map(|s| Some(Link { from: to, to: goal_at[s.goal]?, tie: Tie::Role(s.role) }));
            links.extend(others.filter(|link| nodes[to].parent != Some(link.to)));
            let inputs: BTreeSet<usize> = self.inputs[metric].iter().filter_map(|&input| metric_at[input]).collect();
            let inputs = inputs.into_iter().filter(|&from| from != to && nodes[from].parent != Some(to));
            links.extend(inputs.map(|from| Link { from, to, tie: Tie::Input }));
        }
        links
    }
}

#[derive(Clone, Copy, Debug)]
enum Item {
    Goal(usize),
    Metric(usize),
}
