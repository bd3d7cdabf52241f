//! Which goals have a lane, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Evaluation;
use crate::model::{CycleGoals, CycleId, Date, Goal, GoalId, GoalKind, Project, Tree};

/// What lanes stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// The tree: every goal under the one it belongs to.
    #[default]
    Objective,
    /// By owner, a team or a person; earliest due first.
    Owner,
    /// By cycle; earliest due first.
    Cycle,
}

impl Grouping {
    pub const ALL: [Self; 3] = [Self::Objective, Self::Owner, Self::Cycle];

    pub fn word(self) -> &'static str {
        match self {
            Self::Objective => "Objective",
            Self::Owner => "Owner or team",
            Self::Cycle => "Cycle",
        }
    }
}

/// Which kinds of goals have a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Levels {
    Objectives,
    KeyResults,
    /// Initiatives too.
    #[default]
    All,
}

impl Levels {
    pub const ALL: [Self; 3] = [Self::Objectives, Self::KeyResults, Self::All];

    pub fn word(self) -> &'static str {
        match self {
            Self::Objectives => "Objectives",
            Self::KeyResults => "Key results",
            Self::All => "Initiatives",
        }
    }

    fn has(self, kind: &GoalKind) -> bool {
        match kind {
            GoalKind::Objective(_) => true,
            GoalKind::KeyResult(_) => self != Self::Objectives,
            GoalKind::Initiative(_) => self == Self::All,
        }
    }
}

/// How lanes are arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arranged {
    pub grouping: Grouping,
    pub levels: Levels,
    /// Goals of the tree that hide what is under them.
    pub folded: BTreeSet<GoalId>,
    /// Only goals without a start or a due date.
    pub only_undated: bool,
    /// Only goals of this cycle, and those above them.
    pub cycle: Option<CycleId>,
}

/// A row of the roadmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    /// "Growth", over so many goals.
    Group { title: String, goals: usize },
    Goal {
        goal: GoalId,
        depth: usize,
        /// Whether what is under it is shown, where something is.
        open: Option<bool>,
        /// Not of the cycle that is looked at: it only says where others hang.
        context: bool,
    },
}

/// The lanes, and what they cover together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roadmap {
    pub lanes: Vec<Lane>,
    /// First and last day of all of them.
    pub fit: Option<(Date, Date)>,
    /// How many goals lack a start or a due date, whether or not only these are listed.
    pub undated: usize,
    /// What could be shown if nothing were folded, without what only says where others hang.
    pub goals: Vec<GoalId>,
}

/// The lanes of a project. Archived goals and what is under them have none. One pass over the tree.
pub fn roadmap(project: &Project, tree: &Tree, evaluation: &Evaluation, arranged: &Arranged) -> Roadmap {
    let of_cycle = arranged.cycle.as_ref().map(|cycle| project.goals_of_cycle(tree, cycle));
    let listed = listed(project, tree, arranged, of_cycle.as_ref());
    let goals = listed.iter().filter(|entry| !entry.context).map(|entry| entry.goal.id.clone());
    let mut found = Roadmap { goals: goals.collect(), ..Roadmap::default() };
    let is_dated = |goal: &GoalId| evaluation.goal(goal).is_some_and(|r| r.span.start.is_some() && r.span.due.is_some());
    for entry in &listed {
        let Some(result) = evaluation.goal(&entry.goal.id) else { continue };
        for day in [result.span.start, result.span.due].into_iter().flatten() {
            let (first, last) = found.fit.unwrap_or((day, day));
            found.fit = Some((first.min(day), last.max(day)));
        }
        found.undated += usize::from(!is_dated(&entry.goal.id) && !entry.context);
    }
    let wanted = |entry: &&Listed<'_>| !arranged.only_undated || (!entry.context && !is_dated(&entry.goal.id));
    found.lanes = match arranged.grouping {
        _ if arranged.only_undated => listed.iter().filter(wanted).map(|entry| lane(entry.goal, 0, None, false)).collect(),
        Grouping::Objective => in_tree(&listed, &arranged.folded),
        Grouping::Owner | Grouping::Cycle => in_groups(project, evaluation, &listed, arranged.grouping),
    };
    found
}

struct Listed<'a> {
    goal: &'a Goal,
    depth: usize,
    context: bool,
}

fn listed<'a>(project: &'a Project, tree: &Tree, arranged: &Arranged, of_cycle: Option<&CycleGoals>) -> Vec<Listed<'a>> {
    let mut listed = Vec::new();
    let mut hidden_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal).filter(|_| index >= hidden_to) else { continue };
        let shown = of_cycle.is_none_or(|c| c.shows(&goal.id));
        if goal.archived || !shown || !arranged.levels.has(&goal.kind) {
            // Under a goal of another cycle nothing of this one is left: those above are shown.
            hidden_to = seat.end;
            continue;
        }
        let context = of_cycle.is_some_and(|c| !c.members.contains(&goal.id));
        listed.push(Listed { goal, depth: seat.depth, context });
    }
    listed
}

fn lane(goal: &Goal, depth: usize, open: Option<bool>, context: bool) -> Lane {
    Lane::Goal { goal: goal.id.clone(), depth, open, context }
}

fn in_tree(listed: &[Listed<'_>], folded: &BTreeSet<GoalId>) -> Vec<Lane> {
    let mut lanes = Vec::with_capacity(listed.len());
    let mut folded_at: Option<usize> = None;
    for (index, entry) in listed.iter().enumerate() {
        if folded_at.is_some_and(|depth| entry.depth > depth) {
            continue;
        }
        let has_more = listed.get(index + 1).is_some_and(|next| next.depth > entry.depth);
        let open = !folded.contains(&entry.goal.id);
        folded_at = (has_more && !open).then_some(entry.depth);
        lanes.push(lane(entry.goal, entry.depth, has_more.then_some(open), entry.context));
    }
    lanes
}

fn in_groups(project: &Project, evaluation: &Evaluation, listed: &[Listed<'_>], grouping: Grouping) -> Vec<Lane> {
    // Named groups in their order; what has no owner or cycle comes last.
    let mut groups: BTreeMap<(bool, Option<Date>, String), Vec<&Goal>> = BTreeMap::new();
    for entry in listed.iter().filter(|entry| !entry.context) {
        let key = match grouping {
            Grouping::Cycle => match project.cycle_of(entry.goal) {
                Some(cycle) => (false, Some(cycle.start), cycle.name.clone()),
                None => (true, None, "No cycle".to_owned()),
            },
            Grouping::Owner | Grouping::Objective => match entry.goal.owner.trim() {
                "" => (true, None, "No owner".to_owned()),
                owner => (false, None, owner.to_owned()),
            },
        };
        groups.entry(key).or_default().push(entry.goal);
    }
    let mut lanes = Vec::with_capacity(listed.len() + groups.len());
    for ((_, _, title), mut goals) in groups {
        lanes.push(Lane::Group { title, goals: goals.len() });
        let due = |goal: &Goal| evaluation.goal(&goal.id).and_then(|r| r.span.due);
        goals.sort_by_key(|goal| (due(goal).is_none(), due(goal)));
        lanes.extend(goals.into_iter().map(|goal| lane(goal, 0, None, false)));
    }
    lanes
}
