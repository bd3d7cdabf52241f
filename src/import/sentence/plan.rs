//! From a reading to one edit.

use super::reader::Context;
use super::reading::{Kind, Measure, Missing, Reading};
use crate::document::edits::{add_goal, one_step_initiative, one_step_milestone};
use crate::document::{Edit, EditError, Entity};
use crate::import::RandomBits;
use crate::model::{
    Aim, Bounds, CycleId, DEFAULT_REQUIRED_SHARE, Date, Direction, Goal, GoalId, GoalKind, Initiative, KeyResult, Link, LinkKey, Metric,
    MetricId, Project, Role, Step, Unit, date_words,
};
use crate::storage::templates::LibraryMetric;

/// What is to be done, and what it makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// For undo: "Add key result “Bring MAU to 10 million”".
    pub label: String,
    pub edit: Edit,
    pub goal: GoalId,
    pub metric: Option<MetricId>,
    pub metric_is_new: bool,
    pub initiative: Option<GoalId>,
    /// Where a value or date that was not said comes from, in plain sentences.
    pub notes: Vec<String>,
}

/// Why a reading makes no goal here.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    #[error("a key result needs an objective above it; choose one")]
    NoParent,
    #[error("there is no such goal: {0}")]
    NoSuchParent(GoalId),
    #[error("“{parent}” is {kind}, which cannot hold {what}; choose an objective")]
    WrongParent { parent: String, kind: String, what: &'static str },
    #[error("by when? Say a due date, such as “by Q4”; neither the objective nor a cycle gives one")]
    NoDue,
    #[error("of which metric? Choose one, or name a new one")]
    NoMetric,
    #[error("the range ends at {high}, which is not above its lower end, {low}")]
    UpsideDown { low: String, high: String },
    #[error("to what value? Say a target, such as “to 10 million” or “by 15 %”")]
    NoTarget,
    #[error("it is due on {due}, before it starts on {starts}")]
    EndsBeforeStart { starts: Date, due: Date },
    #[error("{metric} is at {current} already, so it cannot {verb} to {target}; say another target, or to keep it there")]
    AlreadyThere { metric: String, current: String, verb: &'static str, target: String },
    #[error("{0} is at 0, so a percentage of it changes nothing; say the value to reach")]
    FromZero(String),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error("the numbers are too large to compute with")]
    TooLarge,
}

/// The days of a new goal and where they come from.
struct Days {
    start: Option<Date>,
    due: Option<Date>,
    cycle: Option<CycleId>,
}

impl Reading {
    /// One edit that makes the goal, its metric where that is new, the metric's link to the objective, and the initiative. Ids come
    /// from `ids`. Without a parent only an objective can be made, at the top.
    pub fn into_edit(&self, context: &Context<'_>, parent: Option<&GoalId>, ids: RandomBits<'_>) -> Result<Planned, PlanError> {
        let project = context.project;
        let parent = parent.map(|id| project.goal(id).ok_or_else(|| PlanError::NoSuchParent(id.clone()))).transpose()?;
        let mut notes = Vec::new();
        let id = GoalId::from_random(ids());
        let days = self.days(context, parent, &mut notes)?;
        let (goal, metric) = if self.kind == Kind::Objective {
            (Goal::objective(id, parent.map(|p| p.id.clone()), &*self.title), None)
        } else {
            let above = parent.ok_or(PlanError::NoParent)?;
            let metric = self.measured(context, ids);
            if metric.is_none() && self.kind.is_measured() {
                return Err(PlanError::NoMetric);
            }
            let aim = self.aim(context, metric.as_ref().map(|(m, _)| m), &mut notes)?;
            let key_result = KeyResult::new(aim, metric.as_ref().map(|(m, _)| m.id.clone()));
            (Goal::key_result(id, above.id.clone(), &*self.title, key_result), metric)
        };
        if let Some(above) = parent
            && !above.kind.may_hold(&goal.kind)
        {
            let what = if goal.is_objective() { "an objective" } else { "a key result" };
            return Err(PlanError::WrongParent { parent: above.title.clone(), kind: with_article(&above.kind).to_owned(), what });
        }
        let Days { start, due, cycle } = days;
        let description = self.description(&goal);
        let goal = Goal { description, cycle, start, due, ..goal };
        let (goal_id, is_objective) = (goal.id.clone(), goal.is_objective());
        let change = add_goal(project, goal);
        let mut edits = Vec::new();
        if let Some((metric, true)) = &metric {
            edits.push(Edit::from(metric.clone()));
        }
        edits.push(change.edit);
        if let Some((metric, _)) = &metric
            && let Some(above) = parent
        {
            let key = LinkKey { goal: above.id.clone(), metric: metric.id.clone() };
            if !project.links.contains_key(&key) {
                let LinkKey { goal, metric } = key;
                edits.push(Edit::Put(Entity::Link(Link { goal, metric, role: Role::Outcome, expected_lag_days: None })));
            }
        }
        let initiative = self.initiative.as_ref().map(|title| {
            let id = GoalId::from_random(ids());
            let initiative: Initiative = one_step_initiative();
            edits.push(add_goal(project, Goal::initiative(id.clone(), goal_id.clone(), title, initiative)).edit);
            id
        });
        if is_objective && self.initiative.is_some() {
            notes.push("The initiative weighs nothing under the objective until it is given a weight".to_owned());
        }
        let (metric, metric_is_new) = metric.map_or((None, false), |(m, is_new)| (Some(m.id), is_new));
        Ok(Planned { label: change.label, edit: Edit::Batch(edits), goal: goal_id, metric, metric_is_new, initiative, notes })
    }

    fn days(&self, context: &Context<'_>, parent: Option<&Goal>, notes: &mut Vec<String>) -> Result<Days, PlanError> {
        let project = context.project;
        let above = parent.map(|p| project.span(p)).unwrap_or_default();
        let cycle_now = project.cycle_on(context.as_of);
        // What hangs in the wanted cycle belongs to it already.
        let wanted = context.cycle.filter(|cycle| parent.and_then(|p| project.cycle_of(p)).is_none_or(|of| of.id != cycle.id));
        if let Some(due) = self.due {
            // Not before the day that is now, unless the due date is.
            let start = self.starts.or_else(|| (context.as_of <= due).then_some(context.as_of)).or(above.start.filter(|s| *s <= due));
            if let Some(starts) = start.filter(|s| *s > due) {
                return Err(PlanError::EndsBeforeStart { starts, due });
            }
            if due < context.as_of {
                notes.push(format!("The due date, {}, is in the past", date_words(due)));
            }
            if let Some(cycle) = wanted {
                notes.push(format!("It goes into {}, the cycle that is shown", cycle.name));
            }
            return Ok(Days { start, due: Some(due), cycle: wanted.map(|cycle| cycle.id.clone()) });
        }
        let (cycle, due) = match (parent.and_then(|p| p.cycle.clone()), above.due, wanted.or(cycle_now)) {
            (_, _, Some(cycle)) if wanted.is_some() => (Some(cycle.id.clone()), Some(cycle.end)),
            (Some(cycle), Some(due), _) => (Some(cycle), Some(due)),
            (None, Some(due), _) => (None, Some(due)),
            (_, None, Some(cycle)) => (Some(cycle.id.clone()), Some(cycle.end)),
            (cycle, None, None) => (cycle, None),
        };
        if self.kind != Kind::Objective && due.is_none() {
            return Err(PlanError::NoDue);
        }
        if let Some(due) = due {
            let whose = match wanted {
                Some(cycle) => format!("the end of {}, the cycle that is shown", cycle.name),
                None if above.due.is_some() => "the objective's".to_owned(),
                None => "the end of the cycle".to_owned(),
            };
            notes.push(format!("No due date was said; it is {whose}, {}", date_words(due)));
        }
        let runs = due.is_some_and(|due| context.as_of <= due) && wanted.is_none_or(|cycle| cycle.start <= context.as_of);
        let start = self.starts.or_else(|| runs.then_some(context.as_of));
        if let Some((starts, due)) = start.zip(due).filter(|(start, due)| start > due) {
            return Err(PlanError::EndsBeforeStart { starts, due });
        }
        // What the cycle says needs not be said twice.
        let due = if wanted.is_some() || cycle.is_some() && parent.is_none_or(|p| p.due.is_none()) { None } else { due };
        let start = if self.kind == Kind::Objective { self.starts } else { start };
        Ok(Days { start, due, cycle })
    }

    /// The metric, and whether it is new.
    fn measured(&self, context: &Context<'_>, ids: RandomBits<'_>) -> Option<(Metric, bool)> {
        match self.metric.as_ref()? {
            Measure::Known(id) => context.project.metric(id).map(|m| (m.clone(), false)),
            Measure::New { name, abbreviation } => {
                let direction = match self.kind {
                    Kind::Decrease | Kind::AtMost => Direction::Down,
                    Kind::Between => Direction::Within,
                    Kind::Objective | Kind::Increase | Kind::AtLeast | Kind::Milestone => Direction::Up,
                };
                let id = MetricId::from_random(ids());
                let known = LibraryMetric::named(name).or_else(|| LibraryMetric::named(abbreviation));
                // As the library counts it, where what was said does not speak against it.
                let alike = known
                    .map(|m| m.metric(id.clone(), &context.project.settings.currency))
                    .filter(|m| self.unit.as_ref().is_none_or(|unit| *unit == m.unit));
                let metric = match alike {
                    Some(alike) => Metric { bounds: Bounds::default(), decimals: self.decimals.max(alike.decimals), ..alike },
                    None => Metric { unit: self.unit.clone().unwrap_or(Unit::Count), decimals: self.decimals, ..Metric::new(id, &**name) },
                };
                let abbreviation = if abbreviation.is_empty() { metric.abbreviation.clone() } else { abbreviation.clone() };
                let abbreviation = if abbreviation == *name { String::new() } else { abbreviation };
                let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
                let taken = |word: &str| {
                    let has = |m: &Metric| same(&m.name, word) || same(&m.abbreviation, word) || m.synonyms.iter().any(|s| same(s, word));
                    context.project.metrics.values().any(|m| has(m))
                };
                let synonyms = metric.synonyms.into_iter().chain(known.map(|m| m.name.clone()).filter(|n| n != name));
                let synonyms = synonyms.filter(|s| !taken(s)).collect();
                let metric = Metric { name: name.clone(), abbreviation, synonyms, direction, ..metric };
                Some((metric, true))
            }
        }
    }

    fn aim(&self, context: &Context<'_>, metric: Option<&Metric>, notes: &mut Vec<String>) -> Result<Aim, PlanError> {
        let required_share = DEFAULT_REQUIRED_SHARE;
        let target = || self.target.ok_or(PlanError::NoTarget);
        Ok(match self.kind {
            Kind::AtLeast => Aim::AtLeast { threshold: target()?, required_share },
            Kind::AtMost => Aim::AtMost { threshold: target()?, required_share },
            Kind::Between => {
                let (low, high) = (target()?, self.upper.ok_or(PlanError::NoTarget)?);
                if low >= high {
                    let words = |value| written(context.project, metric, value);
                    return Err(PlanError::UpsideDown { low: words(low), high: words(high) });
                }
                Aim::Between { low, high, required_share }
            }
            Kind::Objective | Kind::Milestone => match self.target.map(|n| n.clamp(1.0, 1_000.0) as usize) {
                None | Some(1) => one_step_milestone(),
                Some(n) => Aim::Milestone { steps: (1..=n).map(|i| Step { title: format!("{i} of {n}"), done_on: None }).collect() },
            },
            Kind::Increase | Kind::Decrease => self.movement(context, metric, notes)?,
        })
    }

    /// From the start that was said, or the value that the metric has now; without either the baseline comes first.
    fn movement(&self, context: &Context<'_>, metric: Option<&Metric>, notes: &mut Vec<String>) -> Result<Aim, PlanError> {
        let down = self.kind == Kind::Decrease;
        let sign = if down { -1.0 } else { 1.0 };
        let derived = match (self.target, self.amount) {
            (Some(target), Some(amount)) if !self.relative => Some(target - sign * amount),
            (Some(target), Some(amount)) => Some(target / (1.0 + sign * amount / 100.0)).filter(|v| v.is_finite()),
            _ => None,
        };
        let current = metric.and_then(|m| context.current(m));
        let Some(start) = self.start.or(derived).or(current) else {
            if self.target.is_none() && self.amount.is_none() {
                return Err(PlanError::NoTarget);
            }
            let direction = if down { Direction::Down } else { Direction::Up };
            notes.push("Baseline first: no start value was said, and there is no data yet".to_owned());
            return Ok(Aim::Baseline { direction, target: self.target });
        };
        let words = |value: f64| written(context.project, metric, value);
        let name = metric.map_or_else(String::new, |m| m.short_name().to_owned());
        if self.start.is_none() {
            notes.push(match derived {
                Some(_) => format!("The start, {}, follows from the target and the amount", words(start)),
                None => format!("The start is the present value of {name}, {}", words(start)),
            });
        }
        let change = match (self.amount, self.relative) {
            (Some(amount), true) => Some(start.abs() * amount / 100.0),
            (amount, _) => amount,
        };
        let target = match (self.target, change) {
            (Some(target), _) => target,
            (None, Some(0.0)) => return Err(PlanError::FromZero(name)),
            (None, Some(change)) => rounded(start + sign * change),
            (None, None) => return Err(PlanError::NoTarget),
        };
        if !start.is_finite() || !target.is_finite() {
            return Err(PlanError::TooLarge);
        }
        if (down && target >= start) || (!down && target <= start) {
            let verb = if down { "fall" } else { "rise" };
            return Err(PlanError::AlreadyThere { metric: name, current: words(start), verb, target: words(target) });
        }
        Ok(if down { Aim::Decrease { start, target } } else { Aim::Increase { start, target } })
    }

    /// What a baseline does not keep: by how much.
    fn description(&self, goal: &Goal) -> String {
        let baseline = matches!(&goal.kind, GoalKind::KeyResult(KeyResult { aim: Aim::Baseline { target: None, .. }, .. }));
        match self.amount.filter(|_| baseline) {
            Some(amount) => {
                let side = if self.kind == Kind::Decrease { "below" } else { "above" };
                let unit = if self.relative { " %".to_owned() } else { self.unit.as_ref().map_or_else(String::new, Unit::suffix) };
                format!("The target is {amount}{unit} {side} the start value.")
            }
            None => String::new(),
        }
    }

    /// Whether something is missing that the goal can be made without.
    pub fn lacks(&self, what: Missing) -> bool {
        self.missing.contains(&what)
    }
}

/// Without the last digits, which only the arithmetic has put there.
fn rounded(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

fn written(project: &Project, metric: Option<&Metric>, value: f64) -> String {
    let (unit, decimals) = metric.map_or((&Unit::Count, 2), |m| (&m.unit, m.decimals.max(2)));
    project.settings.locale.value(value, unit, decimals)
}

fn with_article(kind: &GoalKind) -> &'static str {
    match kind {
        GoalKind::Objective(_) => "an objective",
        GoalKind::KeyResult(_) => "a key result",
        GoalKind::Initiative(_) => "an initiative",
    }
}
