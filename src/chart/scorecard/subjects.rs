//! Which KPIs the table has, and how they are grouped.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::Context;
use crate::model::{Category, CheckIn, CycleGoals, Goal, GoalId, MetricId, Role, Tree, day_words};

/// What rows are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupBy {
    /// A KPI stands under each objective that it serves.
    #[default]
    Objective,
    Category,
    Owner,
    Nothing,
}

impl GroupBy {
    pub const ALL: [Self; 4] = [Self::Objective, Self::Category, Self::Owner, Self::Nothing];

    pub fn word(self) -> &'static str {
        match self {
            Self::Objective => "By objective",
            Self::Category => "By category",
            Self::Owner => "By owner",
            Self::Nothing => "No groups",
        }
    }
}

/// What a row is about: a metric, and where it stands in the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    pub metric: MetricId,
    /// The objective under which it is listed.
    pub objective: Option<GoalId>,
    /// Key results that the metric measures, the one whose target counts first.
    pub goals: Vec<GoalId>,
    /// What it is to the goals; `None` without a goal.
    pub role: Option<Role>,
    /// A goal that it guards, where it is nothing but a guardrail.
    pub guards: Option<GoalId>,
    /// What was said last: in a check-in of the first of the goals, else on a point.
    pub note: String,
}

const WITHOUT_GOAL: &str = "Without a goal";

pub(super) struct Listed {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) goal: Option<GoalId>,
    pub(super) subjects: Vec<Subject>,
}

/// What the goals that are shown say of metrics.
struct Found<'a> {
    /// Objectives in the order of the tree, each with its metrics: key results' first, then links by role.
    by_objective: Vec<(&'a Goal, Vec<&'a MetricId>)>,
    by_metric: BTreeMap<&'a MetricId, Vec<Use<'a>>>,
    /// The latest of each goal that says something.
    notes: BTreeMap<&'a GoalId, &'a CheckIn>,
}

struct Use<'a> {
    /// Into [`Found::by_objective`].
    objective: usize,
    role: Role,
    goal: &'a Goal,
    /// The goal is a key result of the metric.
    measures: bool,
}

pub(super) fn groups(context: &Context<'_>, tree: &Tree, cycle: Option<&CycleGoals>, by: GroupBy) -> Vec<Listed> {
    let found = find(context, tree, cycle);
    let mut listed: Vec<Listed> = Vec::new();
    let mut seen: BTreeSet<&MetricId> = BTreeSet::new();
    for (place, (objective, metrics)) in found.by_objective.iter().enumerate() {
        let under = if by == GroupBy::Objective { Some(place) } else { None };
        let listed_here = metrics.iter().filter(|metric| seen.insert(metric) || under.is_some());
        let subjects = listed_here.map(|metric| subject(context, &found, metric, under)).collect();
        let goal = Some(objective.id.clone());
        listed.push(Listed { key: objective.id.to_string(), title: objective.title.clone(), goal, subjects });
    }
    // A cycle has goals; what serves none belongs to none.
    let rest: Vec<Subject> = match cycle {
        Some(_) => Vec::new(),
        None => context.project.metrics.keys().filter(|id| !seen.contains(id)).map(alone).collect(),
    };
    listed.push(Listed { key: WITHOUT_GOAL.to_owned(), title: WITHOUT_GOAL.to_owned(), goal: None, subjects: rest });
    if by != GroupBy::Objective {
        listed = regrouped(context, listed.into_iter().flat_map(|l| l.subjects).collect(), by);
    }
    listed.retain(|l| !l.subjects.is_empty());
    listed
}

fn find<'a>(context: &Context<'a>, tree: &Tree, cycle: Option<&CycleGoals>) -> Found<'a> {
    let project = context.project;
    let mut by_objective: Vec<(&Goal, Vec<&MetricId>)> = Vec::new();
    let mut by_metric: BTreeMap<&MetricId, Vec<Use<'_>>> = BTreeMap::new();
    // The objectives above the goal at hand: depth and place.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut archived_to = 0;
    for (at, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal).filter(|_| at >= archived_to) else { continue };
        if goal.archived {
            archived_to = seat.end;
            continue;
        }
        open.retain(|(depth, _)| *depth < seat.depth);
        if goal.is_objective() {
            open.push((seat.depth, by_objective.len()));
            by_objective.push((goal, Vec::new()));
        }
        let Some(&(_, objective)) = open.last() else { continue };
        if cycle.is_some_and(|cycle| !cycle.members.contains(&goal.id)) {
            continue;
        }
        let measured = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        if let Some(metric) = measured {
            by_metric.entry(&metric.id).or_default().push(Use { objective, role: Role::Outcome, goal, measures: true });
        }
        for (metric, link) in project.linked_metrics(&goal.id) {
            by_metric.entry(&metric.id).or_default().push(Use { objective, role: link.role, goal, measures: false });
        }
        by_objective[objective].1.extend(measured.map(|metric| &metric.id));
    }
    let mut linked: Vec<Vec<(Role, usize, &MetricId)>> = by_objective.iter().map(|_| Vec::new()).collect();
    for (metric, uses) in &mut by_metric {
        for (order, used) in uses.iter().enumerate().filter(|(_, used)| !used.measures) {
            linked[used.objective].push((used.role, order, metric));
        }
        uses.sort_by_key(|used| (!used.measures, context.turn_of(used.goal)));
    }
    for ((_, metrics), mut linked) in by_objective.iter_mut().zip(linked) {
        linked.sort();
        metrics.extend(linked.into_iter().map(|(_, _, metric)| metric));
        let mut here = BTreeSet::new();
        metrics.retain(|metric| here.insert(*metric));
    }
    let mut notes: BTreeMap<&GoalId, &CheckIn> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= context.as_of() && !c.note.trim().is_empty()) {
        let latest = notes.entry(&check_in.goal).or_insert(check_in);
        if latest.date < check_in.date {
            *latest = check_in;
        }
    }
    Found { by_objective, by_metric, notes }
}

fn subject(context: &Context<'_>, found: &Found<'_>, metric: &MetricId, under: Option<usize>) -> Subject {
    let uses = found.by_metric.get(metric).map_or(&[][..], Vec::as_slice);
    let here = |used: &&Use<'_>| under.is_none_or(|place| used.objective == place);
    let role = uses.iter().filter(here).map(|used| used.role).min();
    let guards = uses.iter().filter(here).find(|_| role == Some(Role::Guardrail)).map(|used| used.goal.id.clone());
    let mut measuring: Vec<&Use<'_>> = uses.iter().filter(|used| used.measures).collect();
    // Those under the same objective count first.
    measuring.sort_by_key(|used| !here(used));
    let measured_here = measuring.first().is_some_and(here);
    let goals: Vec<GoalId> = measuring.into_iter().map(|used| used.goal.id.clone()).collect();
    let said = goals.first().and_then(|goal| found.notes.get(goal)).map(|c| format!("{}: {}", day_words(c.date), c.note.trim()));
    Subject {
        metric: metric.clone(),
        objective: under.and_then(|place| found.by_objective.get(place)).map(|(goal, _)| goal.id.clone()),
        goals,
        role,
        guards: guards.filter(|_| !measured_here),
        note: said.or_else(|| point_note(context, metric)).unwrap_or_default(),
    }
}

/// The latest note on a point.
fn point_note(context: &Context<'_>, metric: &MetricId) -> Option<String> {
    let series = &context.project.metric(metric)?.series;
    let (at, note) = series.notes().take_while(|(at, _)| at.date() <= context.as_of()).last()?;
    Some(format!("{}: {}", day_words(at.date()), note.trim()))
}

fn alone(metric: &MetricId) -> Subject {
    Subject { metric: metric.clone(), objective: None, goals: Vec::new(), role: None, guards: None, note: String::new() }
}

fn regrouped(context: &Context<'_>, subjects: Vec<Subject>, by: GroupBy) -> Vec<Listed> {
    let mut groups: BTreeMap<(usize, String), Vec<Subject>> = BTreeMap::new();
    for subject in subjects {
        let Some(metric) = context.project.metric(&subject.metric) else { continue };
        let key = match by {
            GroupBy::Category => (Category::ALL.iter().position(|c| *c == metric.category).unwrap_or(0), metric.category.word().to_owned()),
            GroupBy::Owner => {
                let owner = super::row::owner(context, &subject);
                if owner.is_empty() { (1, "No owner".to_owned()) } else { (0, owner.to_owned()) }
            }
            GroupBy::Objective | GroupBy::Nothing => (0, String::new()),
        };
        groups.entry(key).or_default().push(subject);
    }
    groups.into_iter().map(|((_, title), subjects)| Listed { key: title.clone(), title, goal: None, subjects }).collect()
}
