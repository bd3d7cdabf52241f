//! What holds for every edit, and for every history.

use proptest::prelude::*;

use super::arbitrary::{Random, computed, edit};
use super::{Document, Edit, EditError, Entity, EntityId, Heading, apply, edits};
use crate::model::arbitrary::projects;
use crate::model::{
    Aim, Goal, GoalId, GoalKind, KeyResult, LedgerChange, Link, Metric, MetricId, Point, Project, ProjectId, Role, Stamp, Weight,
};
use std::sync::Arc;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_edit_is_refused_or_leaves_a_sound_project_and_its_inverse_takes_it_back(project in projects(8), seed: u64) {
        let mut random = Random(seed);
        let mut project = project;
        for _ in 0..12 {
            let before = project.clone();
            let edit = edit(&project, &mut random);
            match apply(&mut project, edit.clone()) {
                Err(_) => prop_assert_eq!(&project, &before, "refused, but changed by {:?}", edit),
                Ok(inverse) => {
                    prop_assert_eq!(project.validate(), vec![], "after {:?}", edit);
                    let mut back = project.clone();
                    let forth = apply(&mut back, inverse.clone());
                    prop_assert_eq!(&back, &before, "{:?} was not taken back by {:?}", edit, inverse);
                    apply(&mut back, forth.unwrap()).unwrap();
                    prop_assert_eq!(&back, &project, "{:?} was not made again", edit);
                }
            }
        }
    }

    #[test]
    fn only_what_validate_reports_is_refused(project in projects(8), seed: u64) {
        let mut random = Random(seed);
        for _ in 0..12 {
            let edit = edit(&project, &mut random);
            let Err(EditError::Refused { problems, .. }) = apply(&mut project.clone(), edit.clone()) else { continue };
            let mut unchecked = project.clone();
            super::apply::exchange(&mut unchecked, edit, &mut super::check::Touched::default()).unwrap();
            let all = unchecked.validate();
            prop_assert!(problems.iter().all(|p| all.contains(p)), "{:?} are not among {:?}", problems, all);
        }
    }

    #[test]
    fn as_many_undos_as_steps_lead_back_and_redo_forth(project in projects(6), seed: u64) {
        let mut random = Random(seed);
        let start = project.clone();
        let mut document = Document::new(project);
        let mut states = vec![Arc::clone(document.project())];
        for step in 0..20 {
            if random.below(3) == 0 {
                document.begin("Drag");
                for _ in 0..random.below(5) {
                    let edit = edit(document.project(), &mut random);
                    document.apply("part", edit).ok();
                }
                if random.below(3) == 0 {
                    document.abort();
                    prop_assert_eq!(document.project(), states.last().unwrap());
                } else {
                    document.commit();
                }
            } else {
                let edit = edit(document.project(), &mut random);
                document.apply(&format!("step {step}"), edit).ok();
            }
            if document.project() != states.last().unwrap() {
                states.push(Arc::clone(document.project()));
            }
        }
        let end = Arc::clone(document.project());
        let mut undone = 0;
        while document.undo().is_some() {
            undone += 1;
            prop_assert_eq!(document.project(), &states[states.len() - 1 - undone]);
        }
        prop_assert_eq!(undone, states.len() - 1);
        prop_assert_eq!(&**document.project(), &start);
        prop_assert!(!document.is_dirty());
        while document.redo().is_some() {}
        prop_assert_eq!(document.project(), &end);
    }
}

fn goal_id(name: &str) -> GoalId {
    GoalId::parse(&format!("g-{name}")).unwrap()
}

fn metric_id(name: &str) -> MetricId {
    MetricId::parse(&format!("m-{name}")).unwrap()
}

/// Grow ← MAU to 10 M (measured by MAU).
fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Test");
    let metric = Metric { abbreviation: "MAU".to_owned(), ..Metric::new(metric_id("mau"), "Monthly active users") };
    let aim = Aim::Increase { start: 1e6, target: 10e6 };
    let key_result = KeyResult::new(aim, Some(metric.id.clone()));
    let goals =
        [Goal::objective(goal_id("grow"), None, "Grow"), Goal::key_result(goal_id("mau"), goal_id("grow"), "MAU to 10 M", key_result)];
    project.goals.extend(goals.map(|g| (g.id.clone(), Arc::new(g))));
    project.metrics.insert(metric.id.clone(), Arc::new(metric));
    project
}

fn rename(document: &mut Document, title: &str) {
    let change = edits::rename_goal(document.project().goal(&goal_id("grow")).unwrap(), title);
    document.apply(&change.label, change.edit).unwrap();
}

fn set_target(document: &mut Document, target: f64) {
    let on = "2026-03-01".parse().unwrap();
    let change = edits::set_target(document.project().goal(&goal_id("mau")).unwrap(), target, on, "");
    document.apply(&change.label, change.edit).unwrap();
}

#[test]
fn undo_back_to_the_save_is_clean_and_a_branch_away_from_it_is_not() {
    let mut document = Document::new(project());
    assert!(!document.is_dirty());
    rename(&mut document, "Grow more");
    assert!(document.is_dirty());
    document.mark_saved(document.save_point());
    rename(&mut document, "Grow most");
    assert!(document.is_dirty());
    assert_eq!(document.undo().as_deref(), Some("Rename “Grow most”"));
    assert!(!document.is_dirty());
    document.undo();
    assert!(document.is_dirty());
    rename(&mut document, "Grow more");
    assert!(document.is_dirty(), "the saved state cannot be reached any more, though this one looks like it");
    assert_eq!(document.redo(), None);
}

#[test]
fn a_save_that_ends_late_names_the_state_it_saved() {
    let mut document = Document::new(project());
    rename(&mut document, "Grow more");
    let saved = document.save_point();
    rename(&mut document, "Grow most");
    document.mark_saved(saved);
    assert!(document.is_dirty());
    document.undo();
    assert!(!document.is_dirty());
}

#[test]
fn a_drag_is_one_step_with_one_ledger_entry_and_none_when_it_comes_back() {
    let mut document = Document::new(project());
    document.begin("Change target of MAU");
    for target in [9e6, 8e6, 7e6] {
        set_target(&mut document, target);
    }
    document.commit();
    assert_eq!(document.undo_label(), Some("Change target of MAU"));
    let ledger = &document.project().goal(&goal_id("mau")).unwrap().ledger;
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].change, LedgerChange::Target { old: 10e6, new: 7e6 });
    document.undo();
    assert_eq!(**document.project(), project());
    document.redo();

    document.begin("Change target of MAU");
    set_target(&mut document, 5e6);
    set_target(&mut document, 7e6);
    document.commit();
    document.undo();
    assert_eq!(**document.project(), project(), "the drag that came back left no step");
}

#[test]
fn an_aborted_drag_leaves_nothing() {
    let mut document = Document::new(project());
    document.begin("Change target of MAU");
    set_target(&mut document, 9e6);
    assert!(document.is_dirty());
    document.abort();
    assert_eq!(**document.project(), project());
    assert_eq!((document.undo_label(), document.is_dirty()), (None, false));
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let mut document = Document::new(project());
    let before = document.revision();
    rename(&mut document, "Grow");
    document.apply("Same words", Edit::Heading(Heading::of(document.project()))).unwrap();
    assert_eq!((document.undo_label(), document.revision()), (None, before));
}

#[test]
fn revisions_move_with_what_was_touched_and_nothing_else() {
    let mut document = Document::new(project());
    let (grow, kr, mau) = (goal_id("grow"), goal_id("mau"), metric_id("mau"));
    let read = |d: &Document| {
        (
            d.goal_revision(&grow),
            d.goal_revision(&kr),
            d.metric_revision(&mau),
            d.series_revision(&mau),
            d.tree_revision(),
            d.structure_revision(),
            d.settings_revision(),
        )
    };
    let start = read(&document);
    set_target(&mut document, 9e6);
    let target = read(&document);
    assert_eq!(target, (start.0, document.revision(), start.2, start.3, start.4, start.5, start.6));

    let at = Stamp::from_date("2026-01-31".parse().unwrap());
    let change = edits::put_point(document.project().metric(&mau).unwrap(), Point::new(at, 5.0));
    document.apply(&change.label, change.edit).unwrap();
    let point = read(&document);
    assert_eq!(point, (target.0, target.1, target.2, document.revision(), target.4, target.5, target.6));

    let change = edits::set_owner(document.project().goal(&grow).unwrap(), "Core");
    document.apply(&change.label, change.edit).unwrap();
    assert_eq!(document.tree_revision(), start.4, "an owner moves no goal");

    let (goal, metric) = (document.project().goal(&grow).unwrap().clone(), document.project().metric(&mau).unwrap().clone());
    let change = edits::link(&goal, &metric, Role::Driver);
    document.apply(&change.label, change.edit).unwrap();
    assert_eq!((document.tree_revision(), document.structure_revision()), (start.4, document.revision()));
}

#[test]
fn the_tree_changes_where_a_goal_becomes_one_that_others_roll_up_into_or_no_longer_is() {
    let mut project = project();
    let mut below = Goal::objective(goal_id("below"), Some(goal_id("grow")), "Below");
    project.goals.insert(below.id.clone(), Arc::new(below.clone()));
    let mut document = Document::new(project);
    below.kind = GoalKind::KeyResult(KeyResult::new(Aim::Increase { start: 1.0, target: 2.0 }, None));
    document.apply("Make it a key result", Edit::Put(Entity::Goal(Arc::new(below)))).unwrap();
    assert_eq!(document.tree_revision(), document.revision());
}

#[test]
fn values_of_a_formula_move_with_its_inputs() {
    let mut project = project();
    let double = computed(&metric_id("double"), "2 * [m-mau]");
    let apart = Metric::new(metric_id("apart"), "Apart");
    for metric in [double, apart] {
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
    }
    let mut document = Document::new(project);
    let before = document.values_revision(&metric_id("apart"));
    let at = Stamp::from_date("2026-01-31".parse().unwrap());
    let change = edits::put_value(document.project().metric(&metric_id("mau")).unwrap(), at, 5.0);
    document.apply(&change.label, change.edit).unwrap();
    assert_eq!(document.values_revision(&metric_id("double")), document.revision());
    assert_eq!(document.values_revision(&metric_id("apart")), before);
}

#[test]
fn a_goal_with_children_cannot_go_alone_and_says_so() {
    let mut project = project();
    let error = apply(&mut project, Edit::Remove(EntityId::Goal(goal_id("grow")))).unwrap_err();
    assert_eq!(error.to_string(), "“MAU to 10 M” has the parent g-grow, which does not exist");
    let change = edits::remove_goal(&project, &goal_id("grow")).unwrap();
    assert_eq!(change.label, "Remove “Grow” and the goal under it");
    apply(&mut project, change.edit).unwrap();
    assert!(project.goals.is_empty());
}

#[test]
fn a_metric_that_a_formula_needs_stays_and_one_that_measures_goes() {
    let mut project = project();
    let double = computed(&metric_id("double"), "2 * [m-mau]");
    project.metrics.insert(double.id.clone(), Arc::new(double));
    let error = edits::remove_metric(&project, &metric_id("mau")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "“Monthly active users” cannot be removed: the formula of “m-double” is made of it. Change that formula first"
    );
    apply(&mut project, Edit::Remove(EntityId::Metric(metric_id("double")))).unwrap();
    let change = edits::remove_metric(&project, &metric_id("mau")).unwrap();
    apply(&mut project, change.edit).unwrap();
    let kept = project.goal(&goal_id("mau")).unwrap().as_key_result().unwrap();
    assert_eq!((&kept.metric, kept.aim.target()), (&None, Some(10e6)));
}

#[test]
fn a_batch_is_judged_by_its_end_and_rolled_back_as_a_whole() {
    let mut project = project();
    let start = project.clone();
    let child = Goal::objective(goal_id("child"), Some(goal_id("parent")), "Child");
    let parent = Goal::objective(goal_id("parent"), None, "Parent");
    let both = Edit::Batch(vec![Edit::from(child.clone()), Edit::from(parent)]);
    let inverse = apply(&mut project, both).unwrap();
    apply(&mut project, inverse).unwrap();
    assert_eq!(project, start);
    let link = Link { goal: goal_id("grow"), metric: metric_id("mau"), role: Role::Driver, expected_lag_days: None };
    let half = Edit::Batch(vec![Edit::Put(Entity::Link(link)), Edit::from(child)]);
    assert!(apply(&mut project, half).is_err());
    assert_eq!(project, start);
}

#[test]
fn pins_over_a_whole_are_refused_by_name() {
    let mut project = project();
    let more = Goal { weight: Weight::Pinned(0.6), ..Goal::objective(goal_id("b"), Some(goal_id("grow")), "B") };
    apply(&mut project, Edit::from(more)).unwrap();
    let change = edits::pin_weight(project.goal(&goal_id("mau")).unwrap(), 0.5);
    let error = apply(&mut project, change.edit).unwrap_err();
    assert_eq!(error.to_string(), "“Grow” has children whose pinned weights add up to 110 %; unpin one or lower them to 100 %");
}
