//! What an edit touched, and whether the project is still sound there.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::{Entity, EntityId};
use crate::model::{
    Contribution, CycleId, Goal, GoalId, GoalKind, Metric, MetricId, Origin, Problem, Project, RecipeId, SlideSubject, Weight,
};

/// Everything that one or more edits touched, each with its state before the first of them.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) before: BTreeMap<EntityId, Option<Entity>>,
    pub(super) heading: bool,
    pub(super) settings: bool,
    pub(super) deck: bool,
}

impl Touched {
    /// Remembers the present state of an entity, unless it is remembered already.
    pub(super) fn note(&mut self, project: &Project, id: EntityId) {
        self.before.entry(id).or_insert_with_key(|id| id.find(project));
    }

    /// What `validate()` would report of a project that was sound before. Problems elsewhere cannot come from these edits.
    pub(super) fn problems(&self, project: &Project) -> Vec<Problem> {
        let mut sweep = Sweep::default();
        for (id, before) in &self.before {
            sweep.plan(project, id, before.as_ref());
        }
        if self.heading {
            project.check_heading(&mut sweep.found);
        }
        if self.settings {
            project.check_settings(&mut sweep.found);
        }
        sweep.deck |= self.deck;
        sweep.run(project)
    }
}

/// What has to be looked at: gathered first, so that each is looked at once.
#[derive(Default)]
struct Sweep {
    found: Vec<Problem>,
    goals: BTreeSet<GoalId>,
    metrics: BTreeSet<MetricId>,
    parents: BTreeSet<Option<GoalId>>,
    /// Goals that hang elsewhere now, and with them all that is below.
    moved: BTreeSet<GoalId>,
    /// Goals whose children may not fit any more.
    changed_kinds: BTreeSet<GoalId>,
    changed_cycles: BTreeSet<CycleId>,
    removed_goals: BTreeSet<GoalId>,
    removed_metrics: BTreeSet<MetricId>,
    removed_recipes: BTreeSet<RecipeId>,
    deck: bool,
    /// What formulas rest on changed.
    formulas: bool,
}

impl Sweep {
    fn plan(&mut self, project: &Project, id: &EntityId, before: Option<&Entity>) {
        match id {
            EntityId::Goal(id) => {
                let old = if let Some(Entity::Goal(goal)) = before { Some(goal.as_ref()) } else { None };
                self.plan_goal(id, old, project.goal(id));
            }
            EntityId::Metric(id) => {
                if let Some(new) = project.metric(id) {
                    self.metrics.insert(id.clone());
                    let old = if let Some(Entity::Metric(old)) = before { Some(old.as_ref()) } else { None };
                    let rests = |m: &Metric| (m.formula().cloned(), m.segment.clone());
                    let is_same = old.map_or((None, None), rests) == rests(new);
                    self.formulas |= !is_same;
                } else if before.is_some() {
                    self.removed_metrics.insert(id.clone());
                }
            }
            EntityId::Cycle(id) => {
                if let Some(cycle) = project.cycles.get(id) {
                    project.check_cycle(cycle, &mut self.found);
                }
                self.changed_cycles.insert(id.clone());
            }
            EntityId::Recipe(id) => match project.recipes.get(id) {
                Some(recipe) => Project::check_recipe(recipe, &mut self.found),
                None => drop(self.removed_recipes.insert(id.clone())),
            },
            EntityId::Link(key) => {
                if let Some(link) = project.links.get(key) {
                    project.check_link(link, &mut self.found);
                }
            }
            EntityId::Event(id) => {
                if let Some(event) = project.events.get(id) {
                    project.check_event(event, &mut self.found);
                }
            }
            EntityId::CheckIn(id) => {
                if let Some(check_in) = project.check_ins.get(id) {
                    project.check_check_in(check_in, &mut self.found);
                }
            }
            EntityId::MeetingEntry(id) => {
                if let Some(entry) = project.meeting_log.get(id) {
                    project.check_meeting_entry(entry, &mut self.found);
                }
            }
        }
    }

    fn plan_goal(&mut self, id: &GoalId, old: Option<&Goal>, new: Option<&Goal>) {
        if let Some(new) = new {
            self.goals.insert(id.clone());
            self.parents.insert(new.parent.clone());
            if old.is_some_and(|old| discriminant(&old.kind) != discriminant(&new.kind)) {
                self.changed_kinds.insert(id.clone());
            }
            if old.is_some_and(|old| old.parent != new.parent) {
                self.moved.insert(id.clone());
            }
        } else if old.is_some() {
            self.removed_goals.insert(id.clone());
        }
    }

    fn run(mut self, project: &Project) -> Vec<Problem> {
        self.follow_moved_goals(project);
        self.follow_references_to_goals(project);
        self.follow_references_to_metrics(project);
        for id in &self.goals {
            if let Some(goal) = project.goal(id) {
                project.check_goal(goal, &mut self.found);
            }
        }
        for id in &self.metrics {
            if let Some(metric) = project.metric(id) {
                project.check_metric(metric, &mut self.found);
            }
        }
        for parent in overfull(project, &self.parents) {
            project.check_siblings(parent.as_ref(), &mut self.found);
        }
        if self.formulas {
            project.check_formula_heights(&mut self.found);
        }
        self.check_records(project);
        if self.deck {
            project.check_deck(&mut self.found);
        }
        self.found
    }

    /// What is below a goal that moved may now be too deep down.
    fn follow_moved_goals(&mut self, project: &Project) {
        if self.moved.is_empty() {
            return;
        }
        let mut children: BTreeMap<&GoalId, Vec<&GoalId>> = BTreeMap::new();
        for (id, goal) in &project.goals {
            if let Some(parent) = &goal.parent {
                children.entry(parent).or_default().push(id);
            }
        }
        let mut below: Vec<&GoalId> = self.moved.iter().collect();
        while let Some(id) = below.pop() {
            // Each once, so that a circle ends.
            let news = children.remove(id).unwrap_or_default();
            self.goals.extend(news.iter().map(|id| (*id).clone()));
            below.extend(news);
        }
    }

    /// Goals that lean on a goal, cycle or metric that went or changed its nature.
    fn follow_references_to_goals(&mut self, project: &Project) {
        let Self { goals, changed_kinds, changed_cycles, removed_goals, removed_metrics, .. } = self;
        if changed_kinds.is_empty() && changed_cycles.is_empty() && removed_goals.is_empty() && removed_metrics.is_empty() {
            return;
        }
        for goal in project.goals.values() {
            let parent = goal.parent.as_ref().is_some_and(|p| changed_kinds.contains(p) || removed_goals.contains(p));
            let predecessor = goal.predecessor.as_ref().is_some_and(|p| removed_goals.contains(p));
            let cycle = goal.cycle.as_ref().is_some_and(|c| changed_cycles.contains(c));
            let measured = match &goal.kind {
                GoalKind::Objective(_) => false,
                GoalKind::KeyResult(key_result) => key_result.metric.as_ref().is_some_and(|m| removed_metrics.contains(m)),
                GoalKind::Initiative(initiative) => initiative.effects.iter().any(|e| removed_metrics.contains(&e.metric)),
            };
            if parent || predecessor || cycle || measured {
                goals.insert(goal.id.clone());
            }
        }
    }

    /// Metrics that are made of a metric that went, or follow a recipe that went.
    fn follow_references_to_metrics(&mut self, project: &Project) {
        let Self { metrics, removed_metrics, removed_recipes, .. } = self;
        if removed_metrics.is_empty() && removed_recipes.is_empty() {
            return;
        }
        for metric in project.metrics.values() {
            let segment = metric.segment.as_ref().is_some_and(|s| removed_metrics.contains(&s.whole));
            let origin = match &metric.origin {
                Origin::Recorded => false,
                Origin::Linked(source) => removed_recipes.contains(&source.recipe),
                Origin::Computed { formula, .. } => formula.inputs().into_iter().any(|m| removed_metrics.contains(m)),
            };
            if segment || origin {
                metrics.insert(metric.id.clone());
            }
        }
    }

    /// Links, events, check-ins, the log and slides that name a goal or metric that went.
    fn check_records(&mut self, project: &Project) {
        let Self { found, removed_goals, removed_metrics, deck, .. } = self;
        if removed_goals.is_empty() && removed_metrics.is_empty() {
            return;
        }
        for link in project.links.values().filter(|l| removed_goals.contains(&l.goal) || removed_metrics.contains(&l.metric)) {
            project.check_link(link, found);
        }
        for event in project.events.values().filter(|e| e.metrics.iter().any(|m| removed_metrics.contains(m))) {
            project.check_event(event, found);
        }
        for check_in in project.check_ins.values().filter(|c| removed_goals.contains(&c.goal)) {
            project.check_check_in(check_in, found);
        }
        for entry in project.meeting_log.values() {
            let goal = entry.goal.as_ref().is_some_and(|g| removed_goals.contains(g));
            if goal || entry.metric.as_ref().is_some_and(|m| removed_metrics.contains(m)) {
                project.check_meeting_entry(entry, found);
            }
        }
        *deck |= project.deck.slides.iter().any(|slide| match &slide.subject {
            SlideSubject::Objective(goal) => removed_goals.contains(goal),
            SlideSubject::Kpi(metric) => removed_metrics.contains(metric),
            _ => false,
        });
    }
}

/// Of these parents, those whose children are pinned to a whole or more: one pass for all of them.
fn overfull(project: &Project, parents: &BTreeSet<Option<GoalId>>) -> Vec<Option<GoalId>> {
    let mut pinned: BTreeMap<&Option<GoalId>, f64> = BTreeMap::new();
    if parents.is_empty() {
        return Vec::new();
    }
    for goal in project.goals.values() {
        if let Weight::Pinned(share) = goal.weight
            && goal.contribution == Contribution::Contributes
            && parents.contains(&goal.parent)
        {
            *pinned.entry(&goal.parent).or_default() += share;
        }
    }
    // A share that is no number is found at its goal.
    pinned.into_iter().filter(|(_, sum)| *sum >= 1.0).map(|(parent, _)| parent.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Edit, Heading};
    use crate::model::{Goal, GoalId, Project, ProjectId};

    #[test]
    fn what_could_not_be_saved_is_refused_before_it_is_in() {
        let mut document = Document::new(Project::empty(ProjectId::from_random(1), "Plan"));
        let text = |chars: usize| "é".repeat(chars);
        let titled = |title: String| Edit::from(Goal::objective(GoalId::from_random(1), None, title));
        document.apply("Add", titled(text(Project::MAX_TEXT))).unwrap();
        let before = document.project().clone();
        let refused = document.apply("Rename", titled(text(Project::MAX_TEXT + 1))).unwrap_err().to_string();
        let named = format!("“{}…”", text(80));
        assert_eq!(refused, format!("{named} has a text of more than 100,000 characters, which is more than one can hold; shorten it"));
        let vision = text(Project::MAX_TEXT + 1);
        let heading = Heading { vision, ..Heading::of(document.project()) };
        let refused = document.apply("Change the vision", Edit::Heading(heading)).unwrap_err().to_string();
        assert!(refused.starts_with("The project has a text of more than"), "{refused}");
        assert_eq!(document.project(), &before);
    }
}
