//! The whole of a project file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    CheckIn, CheckInId, Cycle, CycleId, Date, Deck, Event, EventId, Goal, GoalId, ImportRecipe, Link, LinkKey, MeetingEntry,
    MeetingEntryId, Metric, MetricId, ProjectId, RecipeId, Role, Settings,
};

/// A tree of goals, the metrics that tell whether they are being reached, and what people said about them. Goals and metrics are shared
/// pointers: copying a project for a background job copies no series.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    pub vision: String,
    pub description: String,
    pub settings: Settings,
    pub cycles: BTreeMap<CycleId, Cycle>,
    pub goals: BTreeMap<GoalId, Arc<Goal>>,
    pub metrics: BTreeMap<MetricId, Arc<Metric>>,
    pub links: BTreeMap<LinkKey, Link>,
    pub events: BTreeMap<EventId, Event>,
    pub check_ins: BTreeMap<CheckInId, CheckIn>,
    pub meeting_log: BTreeMap<MeetingEntryId, MeetingEntry>,
    pub recipes: BTreeMap<RecipeId, ImportRecipe>,
    pub deck: Deck,
}

/// The days between which a goal is pursued, from itself or its cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub start: Option<Date>,
    pub due: Option<Date>,
}

impl Project {
    /// A project with nothing in it.
    pub fn empty(id: ProjectId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            vision: String::new(),
            description: String::new(),
            settings: Settings::default(),
            cycles: BTreeMap::new(),
            goals: BTreeMap::new(),
            metrics: BTreeMap::new(),
            links: BTreeMap::new(),
            events: BTreeMap::new(),
            check_ins: BTreeMap::new(),
            meeting_log: BTreeMap::new(),
            recipes: BTreeMap::new(),
            deck: Deck::default(),
        }
    }

    pub fn goal(&self, id: &GoalId) -> Option<&Goal> {
        self.goals.get(id).map(Arc::as_ref)
    }

    pub fn metric(&self, id: &MetricId) -> Option<&Metric> {
        self.metrics.get(id).map(Arc::as_ref)
    }

    /// The day that "now" means: the pinned one, else the given today.
    pub fn as_of(&self, today: Date) -> Date {
        self.settings.as_of.unwrap_or(today)
    }

    /// A goal's dates; what it does not say comes from its cycle.
    pub fn span(&self, goal: &Goal) -> Span {
        let cycle = goal.cycle.as_ref().and_then(|id| self.cycles.get(id));
        Span { start: goal.start.or(cycle.map(|c| c.start)), due: goal.due.or(cycle.map(|c| c.end)) }
    }

    /// The cycle that contains a day: the shortest, if several do.
    pub fn cycle_on(&self, date: Date) -> Option<&Cycle> {
        self.cycles.values().filter(|c| c.start <= date && date <= c.end).min_by_key(|c| c.end - c.start)
    }

    /// The goals that a metric supports: those it is linked to with their role, and as outcome the key results measured by it.
    /// Ordered by goal id, each goal once.
    pub fn supported_goals(&self, metric: &MetricId) -> Vec<(&Goal, Role)> {
        let mut found: BTreeMap<&GoalId, Role> = BTreeMap::new();
        for goal in self.goals.values() {
            if goal.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(metric)) {
                found.insert(&goal.id, Role::Outcome);
            }
        }
        for link in self.links.values().filter(|l| &l.metric == metric) {
            found.entry(&link.goal).or_insert(link.role);
        }
        found.into_iter().filter_map(|(id, role)| Some((self.goal(id)?, role))).collect()
    }

    /// The metrics linked to a goal, outcomes first, then drivers, then guardrails.
    pub fn linked_metrics(&self, goal: &GoalId) -> Vec<(&Metric, &Link)> {
        let from = LinkKey { goal: goal.clone(), metric: MetricId::least() };
        let mut found: Vec<_> = self
            .links
            .range(from..)
            .take_while(|(key, _)| &key.goal == goal)
            .filter_map(|(_, link)| Some((self.metric(&link.metric)?, link)))
            .collect();
        found.sort_by_key(|(_, link)| link.role);
        found
    }

    /// The metric with this id or exactly this name (or abbreviation), as the command line names it.
    pub fn find_metric(&self, id_or_name: &str) -> Option<&Metric> {
        let by_id = MetricId::parse(id_or_name).ok().and_then(|id| self.metric(&id));
        by_id
            .or_else(|| self.metrics.values().find(|m| m.name == id_or_name).map(Arc::as_ref))
            .or_else(|| self.metrics.values().find(|m| m.abbreviation == id_or_name && !id_or_name.is_empty()).map(Arc::as_ref))
    }

    /// The goal with this id or exactly this title.
    pub fn find_goal(&self, id_or_title: &str) -> Option<&Goal> {
        let by_id = GoalId::parse(id_or_title).ok().and_then(|id| self.goal(&id));
        by_id.or_else(|| self.goals.values().find(|g| g.title == id_or_title).map(Arc::as_ref))
    }

    /// Check-ins of one goal up to a day, oldest first.
    pub fn check_ins_of(&self, goal: &GoalId, up_to: Date) -> Vec<&CheckIn> {
        let mut found: Vec<_> = self.check_ins.values().filter(|c| &c.goal == goal && c.date <= up_to).collect();
        found.sort_by_key(|c| c.date);
        found
    }
}
