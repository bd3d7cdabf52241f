//! What can be done to a project, as data.

use std::fmt;
use std::sync::Arc;

use crate::model::{
    CheckIn, CheckInId, Cycle, CycleId, Deck, Event, EventId, Goal, GoalId, ImportRecipe, Link, LinkKey, MeetingEntry, MeetingEntryId,
    Metric, MetricId, Place, Point, Problem, Project, RecipeId, SeriesError, Settings, Stamp,
};

/// A thing of the project that is put and removed as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Entity {
    Goal(Arc<Goal>),
    Metric(Arc<Metric>),
    Link(Link),
    Cycle(Cycle),
    Event(Event),
    CheckIn(CheckIn),
    MeetingEntry(MeetingEntry),
    Recipe(ImportRecipe),
}

/// What an [`Entity`] is named by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityId {
    Goal(GoalId),
    Metric(MetricId),
    Link(LinkKey),
    Cycle(CycleId),
    Event(EventId),
    CheckIn(CheckInId),
    MeetingEntry(MeetingEntryId),
    Recipe(RecipeId),
}

/// The words that stand above the whole project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub name: String,
    pub vision: String,
    pub description: String,
}

/// A change of a project. It carries the ids of what it adds.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds the entity, or replaces the one of the same id.
    Put(Entity),
    Remove(EntityId),
    /// Puts (`Some`) and removes (`None`) points of one metric, in the order given.
    Points {
        metric: MetricId,
        changes: Vec<(Stamp, Option<Point>)>,
    },
    Heading(Heading),
    Settings(Box<Settings>),
    Deck(Box<Deck>),
    /// One after the other; judged by where it ends, so that parts may lean on later ones.
    Batch(Vec<Self>),
}

impl Heading {
    pub fn of(project: &Project) -> Self {
        Self { name: project.name.clone(), vision: project.vision.clone(), description: project.description.clone() }
    }
}

impl Entity {
    pub fn id(&self) -> EntityId {
        match self {
            Self::Goal(goal) => EntityId::Goal(goal.id.clone()),
            Self::Metric(metric) => EntityId::Metric(metric.id.clone()),
            Self::Link(link) => EntityId::Link(link.key()),
            Self::Cycle(cycle) => EntityId::Cycle(cycle.id.clone()),
            Self::Event(event) => EntityId::Event(event.id.clone()),
            Self::CheckIn(check_in) => EntityId::CheckIn(check_in.id.clone()),
            Self::MeetingEntry(entry) => EntityId::MeetingEntry(entry.id.clone()),
            Self::Recipe(recipe) => EntityId::Recipe(recipe.id.clone()),
        }
    }
}

impl EntityId {
    /// The entity of this id, if the project has it.
    pub fn find(&self, project: &Project) -> Option<Entity> {
        Some(match self {
            Self::Goal(id) => Entity::Goal(Arc::clone(project.goals.get(id)?)),
            Self::Metric(id) => Entity::Metric(Arc::clone(project.metrics.get(id)?)),
            Self::Link(key) => Entity::Link(project.links.get(key)?.clone()),
            Self::Cycle(id) => Entity::Cycle(project.cycles.get(id)?.clone()),
            Self::Event(id) => Entity::Event(project.events.get(id)?.clone()),
            Self::CheckIn(id) => Entity::CheckIn(project.check_ins.get(id)?.clone()),
            Self::MeetingEntry(id) => Entity::MeetingEntry(project.meeting_log.get(id)?.clone()),
            Self::Recipe(id) => Entity::Recipe(project.recipes.get(id)?.clone()),
        })
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Goal(id) => write!(f, "goal {id}"),
            Self::Metric(id) => write!(f, "metric {id}"),
            Self::Link(key) => write!(f, "link of {} to {}", key.metric, key.goal),
            Self::Cycle(id) => write!(f, "cycle {id}"),
            Self::Event(id) => write!(f, "event {id}"),
            Self::CheckIn(id) => write!(f, "check-in {id}"),
            Self::MeetingEntry(id) => write!(f, "meeting entry {id}"),
            Self::Recipe(id) => write!(f, "recipe {id}"),
        }
    }
}

impl From<Goal> for Edit {
    fn from(goal: Goal) -> Self {
        Self::Put(Entity::Goal(Arc::new(goal)))
    }
}

impl From<Metric> for Edit {
    fn from(metric: Metric) -> Self {
        Self::Put(Entity::Metric(Arc::new(metric)))
    }
}

/// Why an edit was refused. The project is as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    #[error("there is no {0} any more")]
    Missing(EntityId),
    #[error("{0}")]
    Points(#[from] SeriesError),
    #[error("a point of {point} was given for the time {at}")]
    MisplacedPoint { at: Stamp, point: Stamp },
    /// What `validate()` would report. `subject` is the thing's name as people know it.
    #[error("{subject} {}", problems.first().map_or("cannot be changed like this", |p| p.message.as_str()))]
    Refused { subject: String, problems: Vec<Problem> },
    /// A move that the rules of the tree forbid, in words for people.
    #[error("{0}")]
    TreeRule(String),
    /// Something else leans on what was to go.
    #[error("{0}")]
    InUse(String),
}

impl EditError {
    /// At least one problem, found in the project as the edit would have left it.
    pub(super) fn refused(project: &Project, problems: Vec<Problem>) -> Self {
        let subject = problems.first().map_or_else(String::new, |p| subject(project, &p.place));
        Self::Refused { subject, problems }
    }
}

/// A name as a sentence takes it: one that goes on and on is cut.
fn quoted(name: &str) -> String {
    const MOST: usize = 80;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("“{}…”", name[..end].trim_end()),
        None => format!("“{name}”"),
    }
}

fn subject(project: &Project, place: &Place) -> String {
    let name = match place {
        Place::Goal(id) => project.goal(id).map(|g| g.title.as_str()),
        Place::Metric(id) => project.metric(id).map(|m| m.name.as_str()),
        Place::Cycle(id) => project.cycles.get(id).map(|c| c.name.as_str()),
        Place::Event(id) => project.events.get(id).map(|e| e.title.as_str()),
        _ => None,
    };
    match name.filter(|n| !n.trim().is_empty()) {
        Some(name) => quoted(name),
        None => match place {
            Place::Goal(_) => "The goal".to_owned(),
            Place::Metric(_) => "The metric".to_owned(),
            Place::Cycle(_) => "The cycle".to_owned(),
            Place::Event(_) => "The event".to_owned(),
            Place::Link(_) => "The link".to_owned(),
            Place::CheckIn(_) => "The check-in".to_owned(),
            Place::MeetingEntry(_) => "The entry of the meeting log".to_owned(),
            Place::Recipe(_) => "The import recipe".to_owned(),
            Place::Deck => "The deck".to_owned(),
            Place::Settings => "In the settings,".to_owned(),
            Place::Project => "The project".to_owned(),
        },
    }
}
