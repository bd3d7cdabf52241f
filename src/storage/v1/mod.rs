//! Version 1 of the project file, as the file spells it: structs of their own, so that the model can change without the format.
//!
//! Fields that may be left out have defaults that never change, whatever a new project starts with. Every list of things
//! with ids is sorted by id, points by date.

mod deck;
mod goal;
mod metric;
mod points;
mod recipe;
mod record;
mod settings;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::deck::Deck;
use self::goal::Goal;
use self::metric::Metric;
use self::recipe::Recipe;
use self::record::{CheckIn, Cycle, Event, Link, MeetingEntry};
use self::settings::Settings;
use super::scalar::{Coded, List, Text};
use crate::model::{self, ProjectId, SeriesError};

/// What `version` says in these files.
pub(super) const VERSION: u64 = 1;
/// What `format` says in every project file.
pub(super) const FORMAT: &str = "waymark";

/// A project file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Project")]
pub(super) struct File {
    format: Text,
    version: u64,
    id: Coded<ProjectId>,
    name: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    vision: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    description: Text,
    #[serde(default)]
    settings: Settings,
    #[serde(default, skip_serializing_if = "is_default")]
    cycles: List<Cycle>,
    #[serde(default, skip_serializing_if = "is_default")]
    goals: List<Goal>,
    #[serde(default, skip_serializing_if = "is_default")]
    metrics: List<Metric>,
    #[serde(default, skip_serializing_if = "is_default")]
    links: List<Link>,
    #[serde(default, skip_serializing_if = "is_default")]
    events: List<Event>,
    #[serde(default, skip_serializing_if = "is_default")]
    check_ins: List<CheckIn>,
    #[serde(default, skip_serializing_if = "is_default")]
    meeting_log: List<MeetingEntry>,
    #[serde(default, skip_serializing_if = "is_default")]
    recipes: List<Recipe>,
    #[serde(default, skip_serializing_if = "is_default")]
    deck: Deck,
}

/// What no single value of the file shows, and `Project::validate()` can no longer see.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// Two things of one of the file's lists have this id.
    Twice { list: &'static str, id: String },
    /// Two links of one goal and one metric.
    LinkTwice { goal: String, metric: String },
    /// The points of a metric make no series.
    Points { metric: String, error: SeriesError },
}

impl From<&model::Project> for File {
    fn from(project: &model::Project) -> Self {
        let model::Project {
            id,
            name,
            vision,
            description,
            settings,
            cycles,
            goals,
            metrics,
            links,
            events,
            check_ins,
            meeting_log,
            recipes,
            deck,
        } = project;
        Self {
            format: Text(FORMAT.to_owned()),
            version: VERSION,
            id: Coded(id.clone()),
            name: Text(name.clone()),
            vision: Text(vision.clone()),
            description: Text(description.clone()),
            settings: settings.into(),
            cycles: cycles.values().map(Into::into).collect(),
            goals: goals.values().map(|g| g.as_ref().into()).collect(),
            metrics: metrics.values().map(|m| m.as_ref().into()).collect(),
            links: links.values().map(Into::into).collect(),
            events: events.values().map(Into::into).collect(),
            check_ins: check_ins.values().map(Into::into).collect(),
            meeting_log: meeting_log.values().map(Into::into).collect(),
            recipes: recipes.values().map(Into::into).collect(),
            deck: deck.into(),
        }
    }
}

impl File {
    /// The project, and what is wrong with it besides: of two things with one id the first is kept.
    pub(super) fn into_project(self) -> (model::Project, Vec<Fault>) {
        let Self {
            format: _,
            version: _,
            id,
            name,
            vision,
            description,
            settings,
            cycles,
            goals,
            metrics,
            links,
            events,
            check_ins,
            meeting_log,
            recipes,
            deck,
        } = self;
        let mut faults = Vec::new();
        let mut read_metrics = Vec::with_capacity(metrics.0.len());
        for metric in metrics.0 {
            let (metric, error) = metric.into_model();
            faults.extend(error.map(|error| Fault::Points { metric: metric.id.to_string(), error }));
            read_metrics.push(metric);
        }
        let project = model::Project {
            id: id.0,
            name: name.0,
            vision: vision.0,
            description: description.0,
            settings: settings.into(),
            cycles: keyed(
                cycles.0,
                Into::into,
                |c: &model::Cycle| c.id.clone(),
                |id| Fault::Twice { list: "cycles", id: id.to_string() },
                &mut faults,
            ),
            goals: keyed(
                goals.0,
                |g| Arc::new(model::Goal::from(g)),
                |g| g.id.clone(),
                |id| Fault::Twice { list: "goals", id: id.to_string() },
                &mut faults,
            ),
            metrics: keyed(
                read_metrics,
                Arc::new,
                |m| m.id.clone(),
                |id| Fault::Twice { list: "metrics", id: id.to_string() },
                &mut faults,
            ),
            links: keyed(
                links.0,
                Into::into,
                model::Link::key,
                |key| Fault::LinkTwice { goal: key.goal.to_string(), metric: key.metric.to_string() },
                &mut faults,
            ),
            events: keyed(
                events.0,
                Into::into,
                |e: &model::Event| e.id.clone(),
                |id| Fault::Twice { list: "events", id: id.to_string() },
                &mut faults,
            ),
            check_ins: keyed(
                check_ins.0,
                Into::into,
                |c: &model::CheckIn| c.id.clone(),
                |id| Fault::Twice { list: "check_ins", id: id.to_string() },
                &mut faults,
            ),
            meeting_log: keyed(
                meeting_log.0,
                Into::into,
                |e: &model::MeetingEntry| e.id.clone(),
                |id| Fault::Twice { list: "meeting_log", id: id.to_string() },
                &mut faults,
            ),
            recipes: keyed(
                recipes.0,
                Into::into,
                |r: &model::ImportRecipe| r.id.clone(),
                |id| Fault::Twice { list: "recipes", id: id.to_string() },
                &mut faults,
            ),
            deck: deck.into(),
        };
        (project, faults)
    }
}

fn keyed<F, M, K: Ord>(
    list: Vec<F>,
    convert: impl Fn(F) -> M,
    key: impl Fn(&M) -> K,
    name: impl Fn(&K) -> Fault,
    faults: &mut Vec<Fault>,
) -> BTreeMap<K, M> {
    let mut map = BTreeMap::new();
    for item in list {
        let item = convert(item);
        match map.entry(key(&item)) {
            Entry::Vacant(place) => {
                place.insert(item);
            }
            Entry::Occupied(taken) => faults.push(name(taken.key())),
        }
    }
    map
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// An enum of the file with the same variants as one of the model, and the ways between them.
macro_rules! mirror {
    ($name:ident = $model:ident { $($variant:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub(in crate::storage) enum $name { $($variant),+ }

        impl From<crate::model::$model> for $name {
            fn from(value: crate::model::$model) -> Self {
                match value { $(crate::model::$model::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for crate::model::$model {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}
pub(in crate::storage) use mirror;

mirror!(Cadence = Cadence { Hourly, Daily, Weekly, Monthly, Quarterly, Yearly });
mirror!(Stage = ProductStage { Planning, Launch, Growth, Maturity });
