//! What is sound on each side may not be sound together: one removed what the other leans on, or each moved a goal under the other's.

use std::collections::BTreeSet;

use super::Side;
use super::desk::Desk;
use crate::document::{Edit, EntityId};
use crate::model::{CycleId, Goal, GoalId, MetricId, Place, Problem, Project, RecipeId};

/// Rounds after which everything that is still wrong is taken from one side.
const ROUNDS: usize = 8;

/// Makes a merged project sound; `[base, ours, theirs]` are. Whatever has to give way for that is a conflict.
pub(super) fn mend(desk: &mut Desk<'_>, merged: &mut Project, sides: [&Project; 3]) {
    let [_, ours, theirs] = sides;
    for round in 0..ROUNDS {
        let problems = merged.validate();
        if problems.is_empty() {
            return;
        }
        let places: BTreeSet<Place> = problems.iter().map(|p| p.place.clone()).collect();
        if bring_back(desk, merged, &problems, sides) {
            continue;
        }
        for place in places {
            match round {
                // Where a goal hangs and how much it weighs is judged among several: all of that as one side has it.
                0..3 => seat(desk, merged, &place, ours, theirs),
                _ => whole(desk, merged, &place, ours, theirs),
            }
        }
    }
    if !merged.validate().is_empty() {
        let side = desk.conflict(Place::Project, "", Side::Ours);
        *merged = if side == Side::Ours { ours.clone() } else { theirs.clone() };
    }
}

/// Brings back what was removed and is still leaned on. Says whether there was anything.
fn bring_back(desk: &mut Desk<'_>, merged: &mut Project, problems: &[Problem], [base, ours, theirs]: [&Project; 3]) -> bool {
    let mut found = BTreeSet::new();
    for problem in problems {
        let named = problem.message.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).filter(|word| word.contains('-'));
        for word in named {
            let goal = GoalId::parse(word).ok().filter(|id| base.goals.contains_key(id)).map(EntityId::Goal);
            let metric = || MetricId::parse(word).ok().filter(|id| base.metrics.contains_key(id)).map(EntityId::Metric);
            let cycle = || CycleId::parse(word).ok().filter(|id| base.cycles.contains_key(id)).map(EntityId::Cycle);
            let recipe = || RecipeId::parse(word).ok().filter(|id| base.recipes.contains_key(id)).map(EntityId::Recipe);
            found.extend(goal.or_else(metric).or_else(cycle).or_else(recipe).filter(|id| id.find(merged).is_none()));
        }
    }
    let any = !found.is_empty();
    for id in found {
        let otherwise = if id.find(ours).is_some() { Side::Ours } else { Side::Theirs };
        let entity = id.find(ours).or_else(|| id.find(theirs)).or_else(|| id.find(base));
        desk.conflict(place_of(&id), "", otherwise);
        if let Some(entity) = entity {
            put(merged, Edit::Put(entity));
        }
    }
    any
}

/// A goal's parent, place, weight and whether it rolls up, as one side has them.
fn seat(desk: &mut Desk<'_>, merged: &mut Project, place: &Place, ours: &Project, theirs: &Project) {
    let Place::Goal(id) = place else { return whole(desk, merged, place, ours, theirs) };
    let of = |project: &Project| project.goal(id).cloned();
    let (Some(mine), Some(other), Some(now)) = (of(ours), of(theirs), of(merged)) else {
        return whole(desk, merged, place, ours, theirs);
    };
    // Of siblings all: their weights are judged together.
    let parents: BTreeSet<_> = [&now, &mine, &other].into_iter().filter_map(|g| g.parent.clone()).collect();
    let near = merged.goals.values().filter(|g| g.id == *id || g.parent.as_ref().is_some_and(|p| parents.contains(p) || p == id));
    let near: Vec<Goal> = near.map(|g| Goal::clone(g)).collect();
    for goal in near {
        let Some(mine) = ours.goal(&goal.id) else { continue };
        let differs =
            (&goal.parent, &goal.order, goal.weight, goal.contribution) != (&mine.parent, &mine.order, mine.weight, mine.contribution);
        let there = mine.parent.as_ref().is_none_or(|p| merged.goals.contains_key(p));
        if differs && there {
            desk.conflict(Place::Goal(goal.id.clone()), "parent", Side::Ours);
            let (parent, order) = (mine.parent.clone(), mine.order.clone());
            put(merged, Goal { parent, order, weight: mine.weight, contribution: mine.contribution, ..goal }.into());
        }
    }
}

/// A thing as one side has it; what only the other added goes.
fn whole(desk: &mut Desk<'_>, merged: &mut Project, place: &Place, ours: &Project, theirs: &Project) {
    let side = desk.conflict(place.clone(), "", Side::Ours);
    let from = if side == Side::Ours { ours } else { theirs };
    match id_of(place) {
        Some(id) => match id.find(from) {
            Some(entity) => put(merged, Edit::Put(entity)),
            None => put(merged, Edit::Remove(id)),
        },
        None => match place {
            Place::Settings => merged.settings.clone_from(&from.settings),
            Place::Deck => {
                let known = |subject: &crate::model::SlideSubject| match subject {
                    crate::model::SlideSubject::Objective(goal) => merged.goals.contains_key(goal),
                    crate::model::SlideSubject::Kpi(metric) => merged.metrics.contains_key(metric),
                    _ => true,
                };
                let slides = from.deck.slides.iter().filter(|slide| known(&slide.subject)).cloned().collect();
                merged.deck = crate::model::Deck { slides, ..from.deck.clone() };
            }
            _ => {}
        },
    }
}

/// Without judging: the next round does.
fn put(merged: &mut Project, edit: Edit) {
    if let Err(error) = crate::document::apply::exchange(merged, edit, &mut crate::document::check::Touched::default()) {
        log::debug!("a part of a merge was not there: {error}");
    }
}

fn place_of(id: &EntityId) -> Place {
    match id.clone() {
        EntityId::Goal(id) => Place::Goal(id),
        EntityId::Metric(id) => Place::Metric(id),
        EntityId::Link(key) => Place::Link(key),
        EntityId::Cycle(id) => Place::Cycle(id),
        EntityId::Event(id) => Place::Event(id),
        EntityId::CheckIn(id) => Place::CheckIn(id),
        EntityId::MeetingEntry(id) => Place::MeetingEntry(id),
        EntityId::Recipe(id) => Place::Recipe(id),
    }
}

pub(super) fn id_of(place: &Place) -> Option<EntityId> {
    Some(match place.clone() {
        Place::Goal(id) => EntityId::Goal(id),
        Place::Metric(id) => EntityId::Metric(id),
        Place::Link(key) => EntityId::Link(key),
        Place::Cycle(id) => EntityId::Cycle(id),
        Place::Event(id) => EntityId::Event(id),
        Place::CheckIn(id) => EntityId::CheckIn(id),
        Place::MeetingEntry(id) => EntityId::MeetingEntry(id),
        Place::Recipe(id) => EntityId::Recipe(id),
        Place::Project | Place::Settings | Place::Deck => return None,
    })
}
