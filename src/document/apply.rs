//! Applying an edit, wholly or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::Touched;
use super::{Edit, EditError, Entity, EntityId, Heading};
use crate::model::{Metric, MetricId, Point, Project, Series, Stamp};

/// Changes the project and returns the inverse edit; on an error the project is as it was. Refuses what `Project::validate()` would
/// report, given that the project was sound: only what the edit touches is checked.
pub fn apply(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    apply_noting(project, edit, &mut Touched::default())
}

/// As [`apply`], and notes what was touched, each with its state before.
pub(super) fn apply_noting(project: &mut Project, edit: Edit, touched: &mut Touched) -> Result<Edit, EditError> {
    let inverse = exchange(project, edit, touched)?;
    let problems = touched.problems(project);
    if problems.is_empty() {
        return Ok(inverse);
    }
    let error = EditError::refused(project, problems);
    restore(project, inverse);
    Err(error)
}

/// Undoes an exchange. The inverse of what was just done always applies.
fn restore(project: &mut Project, inverse: Edit) {
    if let Err(error) = exchange(project, inverse, &mut Touched::default()) {
        log::error!("an edit could not be taken back: {error}");
        debug_assert!(false, "an edit could not be taken back: {error}");
    }
}

/// Makes the change without judging the result. On an error the project is as it was.
pub(super) fn exchange(project: &mut Project, edit: Edit, touched: &mut Touched) -> Result<Edit, EditError> {
    match edit {
        Edit::Put(entity) => {
            touched.note(project, entity.id());
            Ok(put(project, entity))
        }
        Edit::Remove(id) => {
            touched.note(project, id.clone());
            remove(project, &id).map(Edit::Put).ok_or(EditError::Missing(id))
        }
        Edit::Points { metric, changes } => {
            touched.note(project, EntityId::Metric(metric.clone()));
            let Some(stored) = project.metrics.get_mut(&metric) else {
                return Err(EditError::Missing(EntityId::Metric(metric)));
            };
            let changes = change_points(stored, changes)?;
            Ok(Edit::Points { metric, changes })
        }
        Edit::Heading(Heading { name, vision, description }) => {
            touched.heading = true;
            let old = Heading {
                name: std::mem::replace(&mut project.name, name),
                vision: std::mem::replace(&mut project.vision, vision),
                description: std::mem::replace(&mut project.description, description),
            };
            Ok(Edit::Heading(old))
        }
        Edit::Settings(mut settings) => {
            touched.settings = true;
            std::mem::swap(&mut project.settings, &mut settings);
            Ok(Edit::Settings(settings))
        }
        Edit::Deck(mut deck) => {
            touched.deck = true;
            std::mem::swap(&mut project.deck, &mut deck);
            Ok(Edit::Deck(deck))
        }
        Edit::Batch(edits) => {
            let mut inverses = Vec::with_capacity(edits.len());
            for edit in edits {
                match exchange(project, edit, touched) {
                    Ok(inverse) => inverses.push(inverse),
                    Err(error) => {
                        for inverse in inverses.into_iter().rev() {
                            restore(project, inverse);
                        }
                        return Err(error);
                    }
                }
            }
            inverses.reverse();
            Ok(Edit::Batch(inverses))
        }
    }
}

fn put(project: &mut Project, entity: Entity) -> Edit {
    let id = entity.id();
    let old = match entity {
        Entity::Goal(goal) => project.goals.insert(goal.id.clone(), goal).map(Entity::Goal),
        Entity::Metric(metric) => project.metrics.insert(metric.id.clone(), metric).map(Entity::Metric),
        Entity::Link(link) => project.links.insert(link.key(), link).map(Entity::Link),
        Entity::Cycle(cycle) => project.cycles.insert(cycle.id.clone(), cycle).map(Entity::Cycle),
        Entity::Event(event) => project.events.insert(event.id.clone(), event).map(Entity::Event),
        Entity::CheckIn(check_in) => project.check_ins.insert(check_in.id.clone(), check_in).map(Entity::CheckIn),
        Entity::MeetingEntry(entry) => project.meeting_log.insert(entry.id.clone(), entry).map(Entity::MeetingEntry),
        Entity::Recipe(recipe) => project.recipes.insert(recipe.id.clone(), recipe).map(Entity::Recipe),
    };
    old.map_or(Edit::Remove(id), Edit::Put)
}

fn remove(project: &mut Project, id: &EntityId) -> Option<Entity> {
    match id {
        EntityId::Goal(id) => project.goals.remove(id).map(Entity::Goal),
        EntityId::Metric(id) => project.metrics.remove(id).map(Entity::Metric),
        EntityId::Link(key) => project.links.remove(key).map(Entity::Link),
        EntityId::Cycle(id) => project.cycles.remove(id).map(Entity::Cycle),
        EntityId::Event(id) => project.events.remove(id).map(Entity::Event),
        EntityId::CheckIn(id) => project.check_ins.remove(id).map(Entity::CheckIn),
        EntityId::MeetingEntry(id) => project.meeting_log.remove(id).map(Entity::MeetingEntry),
        EntityId::Recipe(id) => project.recipes.remove(id).map(Entity::Recipe),
    }
}

pub(super) type PointChanges = Vec<(Stamp, Option<Point>)>;

/// Returns the changes that take it back. Removing a point that is not there changes nothing.
pub(super) fn change_points(stored: &mut Arc<Metric>, changes: PointChanges) -> Result<PointChanges, EditError> {
    for (at, point) in &changes {
        if let Some(point) = point {
            if point.at != *at {
                return Err(EditError::MisplacedPoint { at: *at, point: point.at });
            }
            if !point.value.is_finite() {
                return Err(crate::model::SeriesError::NotFinite(*at).into());
            }
        }
    }
    // What holds in the end at each time, and what held before.
    let wanted: BTreeMap<Stamp, Option<Point>> = changes.into_iter().collect();
    let old: PointChanges = wanted.keys().map(|&at| (at, stored.series.get(at))).collect();
    let metric = Arc::make_mut(stored);
    metric.series = Arc::new(changed_series(&metric.series, wanted)?);
    Ok(old)
}

/// Above this many changes the series is built anew: each single change moves all later points.
const FEW_CHANGES: usize = 16;

fn changed_series(series: &Series, wanted: BTreeMap<Stamp, Option<Point>>) -> Result<Series, EditError> {
    if wanted.len() <= FEW_CHANGES {
        let mut changed = series.clone();
        for (at, point) in wanted {
            match point {
                Some(point) => drop(changed.put(point)?),
                None => drop(changed.remove(at)),
            }
        }
        return Ok(changed);
    }
    let kept = series.points().filter(|p| !wanted.contains_key(&p.at)).collect::<Vec<_>>();
    Ok(Series::from_points(kept.into_iter().chain(wanted.values().flatten().cloned()))?)
}

/// Whether applying this edit would leave the project as it is.
pub(super) fn changes_nothing(project: &Project, edit: &Edit) -> bool {
    match edit {
        Edit::Put(entity) => entity.id().find(project).as_ref() == Some(entity),
        Edit::Remove(id) => id.find(project).is_none(),
        Edit::Points { metric, changes } => project.metric(metric).is_some_and(|m: &Metric| {
            let series: &Series = &m.series;
            changes.iter().all(|(at, point)| series.get(*at) == *point)
        }),
        Edit::Heading(heading) => *heading == Heading::of(project),
        Edit::Settings(settings) => **settings == project.settings,
        Edit::Deck(deck) => **deck == project.deck,
        Edit::Batch(edits) => edits.iter().all(|e| changes_nothing(project, e)),
    }
}

/// The metric whose points an edit changes.
pub(super) fn points_of(edit: &Edit) -> Option<&MetricId> {
    if let Edit::Points { metric, .. } = edit { Some(metric) } else { None }
}
