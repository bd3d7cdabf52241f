//! Which slides there are, and in which order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Entry, SlideId, Source, content};
use crate::analysis::attention::{News, Tone};
use crate::chart::Context;
use crate::model::{Goal, GoalId, MetricId, OrderKey, Place, SlideSubject, Status, Tree};

/// Objectives that get a slide unasked; the others are in the outline, left out.
pub const MOST_OBJECTIVES: usize = 12;
/// KPIs that get a slide unasked, the most pressing first.
pub const MOST_KPIS: usize = 8;
/// Slides of the appendix that come unasked; a longer one is left out, to be shown by whoever wants it.
const MOST_APPENDIX: usize = 5;

/// Every slide that a project has, in its order, those that are left out among them: title, what was agreed, summary, changes, then each objective
/// with the KPIs under it, other KPIs, decisions, appendix. A slide that was moved by hand stands where it was put; one that is new stands after the
/// slide that it would follow.
pub fn outline(source: &Source<'_>) -> Vec<Entry> {
    let subjects = ordered(source, drafted(source));
    let mut entries = Vec::with_capacity(subjects.len());
    for (subject, by_default) in subjects {
        let hidden = source.edit(&subject).map_or(!by_default, |edit| edit.hidden);
        let parts = content::parts(source, &subject);
        let name = name(source, &subject);
        entries.extend((0..parts).map(|part| Entry {
            id: SlideId { subject: subject.clone(), part },
            parts,
            hidden,
            name: if parts > 1 { format!("{name}, {} of {parts}", part + 1) } else { name.clone() },
        }));
    }
    entries
}

fn name(source: &Source<'_>, subject: &SlideSubject) -> String {
    match subject {
        SlideSubject::Title => "Title".to_owned(),
        SlideSubject::Agreed => "Agreed earlier".to_owned(),
        SlideSubject::Summary => "Summary".to_owned(),
        SlideSubject::Changes => "Changes".to_owned(),
        SlideSubject::Decisions => "Decisions".to_owned(),
        SlideSubject::Appendix => "All KPIs".to_owned(),
        SlideSubject::Objective(goal) => source.project.goal(goal).map_or_else(String::new, |g| g.title.clone()),
        SlideSubject::Kpi(metric) => source.project.metric(metric).map_or_else(String::new, |m| m.name.clone()),
    }
}

/// As the project itself suggests: each subject, and whether it is shown unasked.
fn drafted(source: &Source<'_>) -> Vec<(SlideSubject, bool)> {
    let project = source.project;
    let has_goals = source.tree.walk().iter().any(|visit| project.goal(visit.goal).is_some_and(|g| !g.archived));
    let mut subjects = vec![(SlideSubject::Title, true)];
    if content::parts_of_agreed(source) > 0 {
        subjects.push((SlideSubject::Agreed, true));
    }
    if has_goals {
        subjects.push((SlideSubject::Summary, true));
        subjects.push((SlideSubject::Changes, source.then.is_some()));
    } else if project.metrics.is_empty() {
        subjects.push((SlideSubject::Summary, true));
    }
    let objectives = objectives(source);
    let pressing = pressing_objectives(source, &objectives);
    let mut kpis = kpis(source, &objectives);
    for goal in &objectives {
        subjects.push((SlideSubject::Objective(goal.id.clone()), pressing.contains(&goal.id)));
        for (metric, shown) in kpis.remove(&Some(goal.id.clone())).unwrap_or_default() {
            subjects.push((SlideSubject::Kpi(metric), shown && pressing.contains(&goal.id)));
        }
    }
    for (metric, shown) in kpis.into_values().flatten() {
        subjects.push((SlideSubject::Kpi(metric), shown));
    }
    subjects.push((SlideSubject::Decisions, has_goals || !project.meeting_log.is_empty()));
    if !project.metrics.is_empty() {
        subjects.push((SlideSubject::Appendix, content::parts(source, &SlideSubject::Appendix) <= MOST_APPENDIX));
    }
    subjects
}

/// Those that are pursued and have key results or objectives under them, in the order of the tree.
pub(super) fn objectives<'a>(source: &Source<'a>) -> Vec<&'a Goal> {
    let Source { project, tree, evaluation, .. } = *source;
    let mut found = Vec::new();
    let mut archived_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal).filter(|_| index >= archived_to) else { continue };
        if goal.archived {
            archived_to = seat.end;
            continue;
        }
        let set_aside =
            evaluation.goal(&goal.id).is_some_and(|r| matches!(r.status, Status::Postponed | Status::Abandoned | Status::Closed));
        if goal.is_objective() && !set_aside {
            found.push(goal);
        }
    }
    found
}

/// The roots and, as long as there is room, those under them; the ones in trouble first.
fn pressing_objectives(source: &Source<'_>, objectives: &[&Goal]) -> BTreeSet<GoalId> {
    let urgency = |goal: &Goal| match source.evaluation.goal(&goal.id).map(|r| r.status) {
        Some(Status::Missed | Status::AtRisk) => 0,
        Some(Status::Behind) => 1,
        Some(Status::OnTrack | Status::Achieved) => 2,
        _ => 3,
    };
    let mut ranked: Vec<(bool, u8, usize, &&Goal)> =
        objectives.iter().enumerate().map(|(place, goal)| (goal.parent.is_some(), urgency(goal), place, goal)).collect();
    ranked.sort_by_key(|(child, urgency, place, _)| (*child, *urgency, *place));
    ranked.into_iter().take(MOST_OBJECTIVES).map(|(.., goal)| goal.id.clone()).collect()
}

/// The metrics that can have a slide, by the objective they belong to, and whether they have one unasked.
fn kpis(source: &Source<'_>, objectives: &[&Goal]) -> BTreeMap<Option<GoalId>, Vec<(MetricId, bool)>> {
    let project = source.project;
    let known: BTreeSet<&GoalId> = objectives.iter().map(|g| &g.id).collect();
    let matters = matters_to(source);
    let home = |metric: &MetricId| -> Option<GoalId> {
        Tree::path(project, matters.get(metric)?).iter().rev().find(|g| known.contains(&g.id)).map(|g| g.id.clone())
    };
    let mut chosen: Vec<MetricId> = Vec::new();
    let mut choose = |metric: MetricId| {
        if chosen.len() < MOST_KPIS && !chosen.contains(&metric) && home(&metric).is_some() {
            chosen.push(metric);
        }
    };
    let measured = |goal: &GoalId| project.goal(goal).and_then(Goal::as_key_result).and_then(|k| k.metric.clone());
    let told = |news: &News| match &news.place {
        Place::Metric(metric) => Some(metric.clone()),
        Place::Goal(goal) => measured(goal),
        _ => None,
    };
    // What got worse; then what is not well, news or not; then all other news.
    let worse = |news: &&Arc<News>| news.tone == Tone::Worse;
    source.news.iter().filter(worse).filter_map(|news| told(news)).for_each(&mut choose);
    let unwell = |goal: &&GoalId| {
        let status = source.evaluation.goal(goal).map(|r| r.status);
        matches!(status, Some(Status::Missed | Status::AtRisk | Status::Behind))
    };
    let parts = objectives.iter().flat_map(|objective| source.tree.children(&objective.id));
    parts.filter(|goal| project.goal(goal).is_some_and(|g| !g.archived)).filter(unwell).filter_map(measured).for_each(&mut choose);
    source.news.iter().filter_map(|news| told(news)).for_each(&mut choose);
    // Where little is news, the first key result of each objective.
    for objective in objectives {
        let mut children = source.tree.children(&objective.id).iter().filter_map(|id| project.goal(id)).filter(|g| !g.archived);
        let metric = children.find_map(|g| g.as_key_result()?.metric.clone());
        metric.into_iter().for_each(&mut choose);
    }
    let mut found: BTreeMap<Option<GoalId>, Vec<(MetricId, bool)>> = BTreeMap::new();
    let rank = |metric: &MetricId| chosen.iter().position(|m| m == metric);
    for metric in project.metrics.keys() {
        let at = home(metric);
        if at.is_some() || source.edit(&SlideSubject::Kpi(metric.clone())).is_some() {
            found.entry(at).or_default().push((metric.clone(), rank(metric).is_some()));
        }
    }
    for metrics in found.values_mut() {
        let name = |metric: &MetricId| project.metric(metric).map(|m| m.name.clone());
        metrics.sort_by_cached_key(|(metric, _)| (rank(metric).unwrap_or(usize::MAX), name(metric), metric.clone()));
    }
    found
}

/// A slide that was moved by hand, and those that follow it unasked; at first those that nothing moved.
type Group = (Option<OrderKey>, Vec<(SlideSubject, bool)>);

/// The goal that each metric is shown for: the key result that [`Context::pursued_goal`] finds, else the first goal that it supports. Looked up for
/// all of them at once.
fn matters_to<'a>(source: &Source<'a>) -> BTreeMap<&'a MetricId, &'a GoalId> {
    let Source { project, evaluation, .. } = *source;
    let context = Context { project, evaluation };
    let mut pursued: BTreeMap<&MetricId, (_, &GoalId)> = BTreeMap::new();
    let mut supported: BTreeMap<&MetricId, &GoalId> = BTreeMap::new();
    for goal in project.goals.values() {
        let Some(metric) = goal.as_key_result().and_then(|k| k.metric.as_ref()) else { continue };
        supported.entry(metric).or_insert(&goal.id);
        let turn = context.turn_of(goal);
        if !goal.archived && pursued.get(metric).is_none_or(|(before, _)| turn < *before) {
            pursued.insert(metric, (turn, &goal.id));
        }
    }
    for link in project.links.values().filter(|link| project.goals.contains_key(&link.goal)) {
        let first = supported.entry(&link.metric).or_insert(&link.goal);
        *first = (*first).min(&link.goal);
    }
    supported.extend(pursued.into_iter().map(|(metric, (_, goal))| (metric, goal)));
    supported
}

/// Those that were moved by hand by their keys; every other one after the slide that it follows unasked.
fn ordered(source: &Source<'_>, drafted: Vec<(SlideSubject, bool)>) -> Vec<(SlideSubject, bool)> {
    let key = |subject: &SlideSubject| source.edit(subject).and_then(|edit| edit.order.clone());
    if !drafted.iter().any(|(subject, _)| key(subject).is_some()) {
        return drafted;
    }
    let mut groups: Vec<Group> = Vec::new();
    for each in drafted {
        match (key(&each.0), groups.last_mut()) {
            (None, Some((_, group))) => group.push(each),
            (key, _) => groups.push((key, vec![each])),
        }
    }
    groups.sort_by(|(a, _), (b, _)| a.cmp(b));
    groups.into_iter().flat_map(|(_, group)| group).collect()
}

/// The order keys that put the subject of one slide before another one, or at the end; every subject of the outline has one after that.
pub fn moved_orders(outline: &[Entry], moved: &SlideSubject, before: Option<&SlideSubject>) -> Vec<(SlideSubject, OrderKey)> {
    let mut subjects: Vec<&SlideSubject> =
        outline.iter().filter(|e| e.id.part == 0).map(|e| &e.id.subject).filter(|s| *s != moved).collect();
    let place = before.and_then(|before| subjects.iter().position(|s| *s == before)).unwrap_or(subjects.len());
    subjects.insert(place, moved);
    let mut last: Option<OrderKey> = None;
    subjects
        .into_iter()
        .map(|subject| {
            let key = OrderKey::between(last.as_ref(), None);
            last = Some(key.clone());
            (subject.clone(), key)
        })
        .collect()
}
