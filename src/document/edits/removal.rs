//! Removing things together with what hangs on them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Change, put_goal, quoted, several, shortened, topmost};
use crate::document::{Edit, EditError, Entity, EntityId};
use crate::model::{
    Cycle, Deck, Event, Goal, GoalId, GoalKind, Initiative, KeyResult, MeetingEntry, Metric, MetricId, Project, SlideSubject, Tree,
};

/// A goal goes with everything under it, and with the links, check-ins and slides of all of these. Lines of the meeting log stay
/// and lose the reference; later goals that carry one of these on no longer name it.
pub fn remove_goal(project: &Project, goal: &GoalId) -> Result<Change, EditError> {
    remove_goals(project, std::slice::from_ref(goal))
}

/// As [`remove_goal`], for several at once.
pub fn remove_goals(project: &Project, goals: &[GoalId]) -> Result<Change, EditError> {
    if let Some(missing) = goals.iter().find(|g| project.goal(g).is_none()) {
        return Err(EditError::Missing(EntityId::Goal(missing.clone())));
    }
    let roots = topmost(project, goals);
    let tree = Tree::of(project);
    let gone: BTreeSet<&GoalId> = roots.iter().flat_map(|g| tree.subtree(&g.id)).map(|v| v.goal).collect();
    let mut edits: Vec<Edit> = Vec::new();
    edits.extend(project.links.keys().filter(|k| gone.contains(&k.goal)).map(|k| Edit::Remove(EntityId::Link(k.clone()))));
    edits.extend(project.check_ins.values().filter(|c| gone.contains(&c.goal)).map(|c| Edit::Remove(EntityId::CheckIn(c.id.clone()))));
    for entry in project.meeting_log.values().filter(|e| e.goal.as_ref().is_some_and(|g| gone.contains(g))) {
        edits.push(Edit::Put(Entity::MeetingEntry(MeetingEntry { goal: None, ..entry.clone() })));
    }
    for later in project.goals.values().filter(|g| !gone.contains(&g.id)) {
        if later.predecessor.as_ref().is_some_and(|p| gone.contains(p)) {
            edits.push(put_goal(Goal { predecessor: None, ..Goal::clone(later) }));
        }
    }
    edits.extend(deck_without(project, |subject| matches!(subject, SlideSubject::Objective(g) if gone.contains(g))));
    edits.extend(gone.iter().map(|g| Edit::Remove(EntityId::Goal((*g).clone()))));
    let whom = if roots.len() == 1 { "it" } else { "them" };
    let under = match gone.len() - roots.len() {
        0 => String::new(),
        1 => format!(" and the goal under {whom}"),
        n => format!(" and {n} goals under {whom}"),
    };
    Ok(Change::new(format!("{}{under}", several("Remove", &roots)), Edit::Batch(edits)))
}

/// A metric goes with its links, slides and the events that were marked on it alone. Key results that it measures keep their aim and
/// lose the measure; its segments become metrics of their own. While a formula is made of it, it cannot go.
pub fn remove_metric(project: &Project, metric: &MetricId) -> Result<Change, EditError> {
    let found = project.metric(metric).ok_or_else(|| EditError::Missing(EntityId::Metric(metric.clone())))?;
    if let Some(user) = project.metrics.values().find(|m| &m.id != metric && m.formula().is_some_and(|f| f.inputs().contains(&metric))) {
        return Err(EditError::InUse(format!(
            "{} cannot be removed: the formula of {} is made of it. Change that formula first",
            quoted(&found.name),
            quoted(&user.name)
        )));
    }
    let mut edits: Vec<Edit> = Vec::new();
    edits.extend(project.links.keys().filter(|k| &k.metric == metric).map(|k| Edit::Remove(EntityId::Link(k.clone()))));
    edits.extend(project.goals.values().filter_map(|g| goal_without(g, metric)).map(put_goal));
    for segment in project.segments_of(metric) {
        edits.push(Edit::Put(Entity::Metric(Arc::new(Metric { segment: None, ..segment.clone() }))));
    }
    for event in project.events.values().filter(|e| e.metrics.contains(metric)) {
        let metrics: Vec<MetricId> = event.metrics.iter().filter(|m| *m != metric).cloned().collect();
        // An event without metrics would be drawn on all of them.
        edits.push(if metrics.is_empty() {
            Edit::Remove(EntityId::Event(event.id.clone()))
        } else {
            Edit::Put(Entity::Event(Event { metrics, ..event.clone() }))
        });
    }
    for entry in project.meeting_log.values().filter(|e| e.metric.as_ref() == Some(metric)) {
        edits.push(Edit::Put(Entity::MeetingEntry(MeetingEntry { metric: None, ..entry.clone() })));
    }
    edits.extend(deck_without(project, |subject| matches!(subject, SlideSubject::Kpi(m) if m == metric)));
    edits.push(Edit::Remove(EntityId::Metric(metric.clone())));
    Ok(Change::new(format!("Remove {}", shortened(found.short_name())), Edit::Batch(edits)))
}

/// Goals of the cycle keep their own dates and belong to none.
pub fn remove_cycle(project: &Project, cycle: &Cycle) -> Change {
    let mut edits: Vec<Edit> = project
        .goals
        .values()
        .filter(|g| g.cycle.as_ref() == Some(&cycle.id))
        .map(|g| {
            // The dates that came from the cycle stay.
            let span = project.span(g);
            put_goal(Goal { cycle: None, start: span.start, due: span.due, ..Goal::clone(g) })
        })
        .collect();
    edits.push(Edit::Remove(EntityId::Cycle(cycle.id.clone())));
    Change::new(format!("Remove cycle {}", quoted(&cycle.name)), Edit::Batch(edits))
}

/// The goal without the metric, if it has it.
fn goal_without(goal: &Goal, metric: &MetricId) -> Option<Goal> {
    let kind = match &goal.kind {
        GoalKind::KeyResult(key_result) if key_result.metric.as_ref() == Some(metric) => {
            GoalKind::KeyResult(KeyResult { metric: None, ..key_result.clone() })
        }
        GoalKind::Initiative(initiative) if initiative.effects.iter().any(|e| &e.metric == metric) => {
            let effects = initiative.effects.iter().filter(|e| &e.metric != metric).cloned().collect();
            GoalKind::Initiative(Initiative { effects, ..initiative.clone() })
        }
        _ => return None,
    };
    Some(Goal { kind, ..goal.clone() })
}

fn deck_without(project: &Project, gone: impl Fn(&SlideSubject) -> bool) -> Option<Edit> {
    let slides: Vec<_> = project.deck.slides.iter().filter(|s| !gone(&s.subject)).cloned().collect();
    (slides.len() < project.deck.slides.len()).then(|| Edit::Deck(Box::new(Deck { slides, ..project.deck.clone() })))
}
