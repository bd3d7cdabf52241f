//! What an import sets up beside the points: the metric's target, the key result that it measures, and the link to its objective.

use super::reading::Reading;
use super::{ImportError, RandomBits};
use crate::document::{Edit, Entity};
use crate::model::{
    Aim, Cadence, Cycle, CycleId, DEFAULT_REQUIRED_SHARE, Date, DatedTarget, Direction, Goal, GoalId, GoalKind, KeyResult, LedgerChange,
    LedgerEntry, Limit, Link, LinkKey, Metric, OrderKey, Project, Role, Span, Stamp, Tree,
};

/// What to set up. Nothing is set up by default.
#[derive(Clone, Debug, PartialEq)]
pub struct Attach {
    /// The metric's own target and, with an objective, that of the key result.
    pub target: Option<f64>,
    /// An id or exact title; a title that no goal has becomes a new objective.
    pub objective: Option<String>,
    /// Of the metric for the objective.
    pub role: Role,
    /// The day whose cycle is the current one.
    pub as_of: Date,
}

/// What was set up, for those who want to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attached {
    pub target: Option<Limit>,
    pub objective: Option<AttachedGoal>,
    pub key_result: Option<AttachedGoal>,
    /// The days of the key result, from the first point to the end of the cycle.
    pub span: Span,
    /// A cycle made because none contained the day.
    pub new_cycle: Option<Cycle>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AttachedGoal {
    pub id: GoalId,
    pub title: String,
    pub is_new: bool,
}

/// Sets the metric's target and gives the edits that make the rest.
pub(super) fn plan(
    project: &Project,
    metric: &mut Metric,
    reading: &Reading,
    attach: &Attach,
    ids: RandomBits<'_>,
) -> Result<(Attached, Vec<Edit>), ImportError> {
    let mut attached = Attached::default();
    let mut edits = Vec::new();
    let first_point = metric.series.first().into_iter().map(|(at, _)| at).chain(reading.points.first().map(|p| p.at)).min();
    let first_day = first_point.map_or(attach.as_of, Stamp::date);
    let limit = attach.target.map(|target| limit(target, metric.direction));
    if let Some(limit) = limit {
        set_target(metric, limit, first_day, attach.as_of);
        attached.target = Some(limit);
    }
    let Some(wanted) = &attach.objective else { return Ok((attached, edits)) };
    let known = find_objective(project, wanted)?;
    let (cycle, cycle_is_new) = match project.cycle_on(attach.as_of) {
        Some(cycle) => (cycle.clone(), false),
        None => (quarter_cycle(project, attach.as_of, CycleId::from_random(ids())), true),
    };
    // Points that all lie after the cycle leave the start to it.
    let start = (first_day <= cycle.end).then_some(first_day);
    let objective = if let Some(goal) = known {
        goal.id.clone()
    } else {
        let mut goal = Goal::objective(GoalId::from_random(ids()), None, wanted.trim());
        goal.order = after_last(project, None);
        goal.cycle = Some(cycle.id.clone());
        // No later than its key result's.
        goal.start = start.filter(|day| *day < cycle.start);
        let id = goal.id.clone();
        edits.push(goal.into());
        id
    };
    attached.objective = Some(AttachedGoal {
        id: objective.clone(),
        title: known.map_or_else(|| wanted.trim().to_owned(), |g| g.title.clone()),
        is_new: known.is_none(),
    });
    let mut uses_cycle = known.is_none();
    if let Some(limit) = limit {
        if let Some(present) = known.and_then(|goal| measured_by(project, goal, metric, limit)) {
            attached.span = project.span(present);
            attached.key_result = Some(AttachedGoal { id: present.id.clone(), title: present.title.clone(), is_new: false });
            edits.extend(renewed(present, limit, attach.as_of));
        } else {
            let title = title(project, metric, limit);
            let key_result = KeyResult::new(aim(limit), Some(metric.id.clone()));
            let mut goal = Goal::key_result(GoalId::from_random(ids()), objective.clone(), &*title, key_result);
            goal.order = after_last(project, Some(&objective));
            goal.cycle = Some(cycle.id.clone());
            goal.start = start;
            attached.span = Span { start: start.or(Some(cycle.start)), due: Some(cycle.end) };
            attached.key_result = Some(AttachedGoal { id: goal.id.clone(), title, is_new: true });
            edits.push(goal.into());
            uses_cycle = true;
        }
    }
    if cycle_is_new && uses_cycle {
        attached.new_cycle = Some(cycle.clone());
        edits.push(Edit::Put(Entity::Cycle(cycle)));
    }
    let key = LinkKey { goal: objective, metric: metric.id.clone() };
    if !project.links.contains_key(&key) {
        let LinkKey { goal, metric } = key;
        edits.push(Edit::Put(Entity::Link(Link { goal, metric, role: attach.role, expected_lag_days: None })));
    }
    Ok((attached, edits))
}

fn limit(target: f64, direction: Direction) -> Limit {
    match direction {
        Direction::Up | Direction::Within => Limit::AtLeast(target),
        Direction::Down => Limit::AtMost(target),
    }
}

fn aim(limit: Limit) -> Aim {
    let required_share = DEFAULT_REQUIRED_SHARE;
    match limit {
        Limit::AtLeast(threshold) => Aim::AtLeast { threshold, required_share },
        Limit::AtMost(threshold) => Aim::AtMost { threshold, required_share },
        Limit::Within { low, high } => Aim::Between { low, high, required_share },
    }
}

/// A first target holds from the first point; a later one from the as-of day, so that the past keeps what it was judged by.
fn set_target(metric: &mut Metric, limit: Limit, first_day: Date, as_of: Date) {
    let from = if metric.targets.is_empty() { first_day } else { as_of };
    if metric.target_on(from) == Some(limit) {
        return;
    }
    metric.targets.retain(|t| t.from != from);
    let place = metric.targets.partition_point(|t| t.from < from);
    metric.targets.insert(place, DatedTarget { from, limit });
}

fn find_objective<'a>(project: &'a Project, wanted: &str) -> Result<Option<&'a Goal>, ImportError> {
    let wanted = wanted.trim();
    match project.find_goal(wanted) {
        Some(goal) if goal.is_objective() => Ok(Some(goal)),
        Some(goal) => Err(ImportError::NotAnObjective { title: goal.title.clone(), kind: goal.kind.word().to_lowercase() }),
        // An id is never meant as the title of something new.
        None if GoalId::parse(wanted).is_ok() => Err(ImportError::NoGoal(wanted.to_owned())),
        None if wanted.is_empty() => Err(ImportError::NoName),
        None => Ok(None),
    }
}

fn quarter_cycle(project: &Project, day: Date, id: CycleId) -> Cycle {
    let calendar = project.settings.calendar;
    let quarter = calendar.period_of(Cadence::Quarterly, day);
    let name = format!("Q{} {}", calendar.fiscal_quarter(day), calendar.fiscal_year(day));
    Cycle { id, name, start: quarter.first, end: quarter.last }
}

fn after_last(project: &Project, parent: Option<&GoalId>) -> OrderKey {
    let tree = Tree::of(project);
    let siblings = parent.map_or_else(|| tree.roots(), |id| tree.children(id));
    let last = siblings.last().and_then(|id| project.goal(id)).map(|g| &g.order);
    if last.is_none() { OrderKey::middle() } else { OrderKey::between(last, None) }
}

/// The key result of an objective that already holds this metric at such a limit.
fn measured_by<'a>(project: &'a Project, objective: &Goal, metric: &Metric, limit: Limit) -> Option<&'a Goal> {
    let same_kind = |aim: &Aim| matches!((aim, limit), (Aim::AtLeast { .. }, Limit::AtLeast(_)) | (Aim::AtMost { .. }, Limit::AtMost(_)));
    project.goals.values().map(AsRef::as_ref).find(|goal| {
        goal.parent.as_ref() == Some(&objective.id)
            && goal.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(&metric.id) && same_kind(&k.aim))
    })
}

/// The present key result at another threshold, with the change in its ledger; nothing where it is the same.
fn renewed(present: &Goal, limit: Limit, as_of: Date) -> Option<Edit> {
    let key_result = present.as_key_result()?;
    let (old, new) = (key_result.aim.target()?, limit.values().next()?);
    if old == new {
        return None;
    }
    let mut goal = present.clone();
    goal.kind = GoalKind::KeyResult(KeyResult { aim: key_result.aim.with_target(new), ..key_result.clone() });
    // The ledger is in order of days, also where the as-of day is an earlier one.
    let on = goal.ledger.last().map_or(as_of, |entry| entry.on.max(as_of));
    goal.ledger.push(LedgerEntry { on, change: LedgerChange::Target { old, new }, why: "Given with an import".to_owned() });
    Some(goal.into())
}

fn title(project: &Project, metric: &Metric, limit: Limit) -> String {
    let locale = project.settings.locale;
    let value = |v: f64| locale.value(v, &metric.unit, metric.decimals.max(2));
    match limit {
        Limit::AtLeast(v) => format!("{} at or above {}", metric.name, value(v)),
        Limit::AtMost(v) => format!("{} at or below {}", metric.name, value(v)),
        Limit::Within { low, high } => format!("{} from {} to {}", metric.name, value(low), value(high)),
    }
}
