//! Which cycle is looked at, and the changes of cycles that need new ids.

use super::{Selection, TimeRange, View, Workspace};
use crate::document::edits::{self, CarriedGoal, CarryOver, ClosedGoal};
use crate::document::{Change, EditError};
use crate::model::{Aim, Cycle, CycleGoals, CycleId, CyclePattern, Date, Goal, GoalId, Project, Tree, span_after};

/// What can be asked about cycles.
#[derive(Clone, Debug, PartialEq)]
pub enum CycleAction {
    /// Shows only the goals of a cycle; `None` shows all.
    Switch(Option<CycleId>),
    /// Adds the cycles of a pattern that are not there yet, from the one that contains a day on.
    Add {
        pattern: CyclePattern,
        from: Date,
        count: usize,
    },
    CarryOver {
        into: NextCycle,
        goals: Vec<CarriedGoal>,
        close: Vec<ClosedGoal>,
    },
    /// A key result that stays where this one got to.
    KeepLevel {
        goal: GoalId,
        aim: Aim,
    },
}

/// The cycle that goals go over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextCycle {
    There(CycleId),
    /// Made when it is needed.
    New {
        name: String,
        start: Date,
        end: Date,
    },
}

/// The goals to be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CarrySource {
    /// With all that is under them.
    Goals(Vec<GoalId>),
    /// All of a cycle.
    Cycle(CycleId),
}

impl NextCycle {
    /// The cycle after that of a goal: for a goal without one, after the cycle or quarter that contains the day.
    pub fn after_goal(project: &Project, goal: &Goal, as_of: Date) -> Self {
        if let Some(cycle) = project.cycle_of(goal).or_else(|| project.cycle_on(as_of)) {
            return Self::after(project, cycle.start, cycle.end);
        }
        let quarter = CyclePattern::Quarters.period_of(&project.settings.calendar, as_of);
        Self::after(project, quarter.first, quarter.last)
    }

    /// The cycle that begins after a span, where there is one that is about as long; else one that is to be made.
    pub fn after(project: &Project, start: Date, end: Date) -> Self {
        let (period, name) = span_after(&project.settings.calendar, start, end);
        // A year is no successor of a quarter.
        let like = |c: &&Cycle| (c.end - c.start).num_days() <= 2 * period.days() && 2 * (c.end - c.start).num_days() >= period.days() - 2;
        match project.cycle_after(start, end).filter(like) {
            Some(cycle) => Self::There(cycle.id.clone()),
            None => Self::New { name, start: period.first, end: period.last },
        }
    }

    pub fn name<'a>(&'a self, project: &'a Project) -> &'a str {
        match self {
            Self::There(id) => project.cycles.get(id).map_or("", |c| c.name.as_str()),
            Self::New { name, .. } => name,
        }
    }

    pub fn span(&self, project: &Project) -> Option<(Date, Date)> {
        match self {
            Self::There(id) => project.cycles.get(id).map(|c| (c.start, c.end)),
            Self::New { start, end, .. } => Some((*start, *end)),
        }
    }
}

impl CarrySource {
    /// The goals that it is about, open ones and, where they are named, closed ones too; in the order of the tree, each with its depth below the topmost of them.
    pub fn goals<'a>(&self, project: &'a Project, tree: &Tree) -> Vec<(&'a Goal, usize)> {
        match self {
            Self::Goals(goals) => edits::carriable_goals(project, tree, goals),
            Self::Cycle(cycle) => {
                let members = project.goals_of_cycle(tree, cycle).members;
                let ids: Vec<GoalId> = members.iter().cloned().collect();
                let mut found = edits::open_goals(project, tree, &ids);
                // What is under them may belong to other cycles.
                found.retain(|(goal, _)| members.contains(&goal.id));
                found
            }
        }
    }

    pub(super) fn is_there(&self, project: &Project) -> bool {
        match self {
            Self::Goals(goals) => goals.iter().any(|g| project.goals.contains_key(g)),
            Self::Cycle(cycle) => project.cycles.contains_key(cycle),
        }
    }
}

impl View {
    /// The cycle that [`TimeRange::Cycle`] shows: the one switched to, else the one that contains the day.
    pub fn cycle_in_range<'a>(&self, project: &'a Project, as_of: Date) -> Option<&'a Cycle> {
        self.cycle.as_ref().and_then(|id| project.cycles.get(id)).or_else(|| project.cycle_on(as_of))
    }

    /// The days that charts show, as [`TimeRange::days`] gives them.
    pub fn days(&self, project: &Project, as_of: Date, data: (f64, f64)) -> (f64, f64) {
        match self.cycle_in_range(project, as_of).filter(|_| self.range == TimeRange::Cycle) {
            Some(cycle) => TimeRange::Custom { from: cycle.start, to: cycle.end }.days(project, as_of, data),
            None => self.range.days(project, as_of, data),
        }
    }

    /// The goals of the cycle switched to; `None` where all goals are shown.
    pub fn goals_of_cycle(&self, project: &Project, tree: &Tree) -> Option<CycleGoals> {
        self.cycle.as_ref().map(|cycle| project.goals_of_cycle(tree, cycle))
    }
}

impl Workspace {
    pub(super) fn act_on_cycles(&mut self, action: CycleAction) {
        match action {
            CycleAction::Switch(cycle) => self.switch_cycle(cycle),
            CycleAction::Add { pattern, from, count } => {
                let planned = edits::planned_cycles(self.project(), pattern, from, count);
                if let Some(change) = edits::add_cycles(&planned, || self.ids.cycle()) {
                    self.make(Ok(change));
                }
            }
            CycleAction::CarryOver { into, goals, close } => self.carry_over(into, goals, close),
            CycleAction::KeepLevel { goal, aim } => self.keep_level(&goal, aim),
        }
    }

    fn switch_cycle(&mut self, cycle: Option<CycleId>) {
        self.view.cycle = cycle.filter(|id| self.project().cycles.contains_key(id));
        let (project, tree) = (std::sync::Arc::clone(self.project()), self.tree());
        let Some(goals) = self.view.goals_of_cycle(&project, &tree) else { return };
        if self.view.objective.as_ref().is_some_and(|objective| goals.shows(objective)) {
            return;
        }
        // Looks at the first objective that has something to show.
        let has_some = |id: &GoalId| goals.shows(id) && project.goal(id).is_some_and(Goal::is_objective);
        if let Some(first) = tree.walk().into_iter().map(|v| v.goal).find(|id| has_some(id)) {
            self.select(&Selection::Goal(first.clone()));
        }
    }

    /// What is added while only one cycle is shown belongs to it.
    pub(super) fn in_shown_cycle(&self, goal: Goal) -> Goal {
        let above = goal.parent.as_ref().and_then(|id| self.project().goal(id)).and_then(|parent| self.project().cycle_of(parent));
        match &self.view.cycle {
            Some(shown) if above.map(|c| &c.id) != Some(shown) => Goal { cycle: Some(shown.clone()), ..goal },
            _ => goal,
        }
    }

    /// The cycle itself; one that is to be made gets an id.
    fn cycle_of(&mut self, next: NextCycle) -> Option<Cycle> {
        match next {
            NextCycle::There(id) => self.project().cycles.get(&id).cloned(),
            NextCycle::New { name, start, end } => Some(Cycle { id: self.ids.cycle(), name, start, end }),
        }
    }

    fn carry_over(&mut self, into: NextCycle, goals: Vec<CarriedGoal>, close: Vec<ClosedGoal>) {
        let Some(into) = self.cycle_of(into) else { return };
        let cycle = into.id.clone();
        let plan = CarryOver { into, goals, close, on: self.as_of() };
        let project = std::sync::Arc::clone(self.project());
        match edits::carry_over(&project, &plan, || self.ids.goal()) {
            Ok((Change { label, edit }, new)) => {
                let before = self.document.revision();
                self.edit(&label, edit);
                if self.document.revision() == before {
                    return;
                }
                if self.view.cycle.is_some() {
                    self.view.cycle = Some(cycle);
                }
                if let Some(first) = plan.goals.iter().find_map(|g| new.get(&g.goal)) {
                    self.select(&Selection::Goal(first.clone()));
                }
            }
            Err(error) => self.make(Err(error)),
        }
    }

    fn keep_level(&mut self, goal: &GoalId, aim: Aim) {
        let as_of = self.as_of();
        let project = std::sync::Arc::clone(self.project());
        let Some(goal) = project.goal(goal) else { return };
        // While it still runs, so does the one that stays there; after that it is the next cycle's.
        let is_over = goal.state.since().is_some() || project.span(goal).due.is_some_and(|due| as_of > due);
        let into = if is_over { self.cycle_of(NextCycle::after_goal(&project, goal, as_of)) } else { None };
        let id = self.ids.goal();
        let change = edits::keep_level(&project, goal, aim, &id, into.as_ref(), as_of);
        self.make(Ok::<Change, EditError>(change));
        self.select(&Selection::Goal(id));
    }
}
