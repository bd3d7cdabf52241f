//! Status, roll-up and attention list of 10,000 goals after one edit: at most 2 ms.

#[path = "common/large.rs"]
mod large;

use std::cell::RefCell;

use chrono::Days;
use divan::Bencher;
use waymark::analysis::attention::Since;
use waymark::analysis::evaluate;
use waymark::analysis::lint::lint;
use waymark::document::edits;
use waymark::model::{CheckIn, CheckInId, GoalId, MetricId, Project, Stamp, Tree};
use waymark::workspace::{Action, IdSource, Preferences, Workspace};

fn main() {
    divan::main();
}

/// Every metric has 500 hours: the goals are what counts here.
const MANY_GOALS: large::Size = large::Size { goals: 10_000, points: 100_000, ..large::LARGE };

fn workspace() -> Workspace {
    let mut project = large::project(MANY_GOALS);
    check_in(&mut project);
    let today = project.settings.as_of.expect("the large project pins its day");
    Workspace::new(project, today, IdSource::seeded(1), Preferences::default())
}

/// Three check-ins on every key result, a week apart; the last one on one of the five days before yesterday.
fn check_in(project: &mut Project) {
    let today = project.settings.as_of.expect("the large project pins its day");
    let goals: Vec<GoalId> = project.goals.values().filter(|g| !g.is_objective()).map(|g| g.id.clone()).collect();
    for (n, goal) in (0_u64..).zip(goals) {
        for week in 0..3 {
            let id = CheckInId::from_random(3 * n + week + 1);
            let date = today - Days::new(2 + n % 5 + 7 * week);
            let check_in = CheckIn {
                id: id.clone(),
                goal: goal.clone(),
                date,
                value: None,
                confidence: Some(7),
                status: None,
                note: String::new(),
                by: "Ada".to_owned(),
            };
            project.check_ins.insert(id, check_in);
        }
    }
}

fn key_result() -> GoalId {
    GoalId::from_random(5_006)
}

fn evaluated(workspace: &Workspace) -> usize {
    workspace.evaluation().goals.len()
}

/// Status, roll-up and what needs attention: what the budget is for.
fn attended(workspace: &Workspace) -> usize {
    workspace.evaluation();
    workspace.memos.attention(&workspace.document, workspace.as_of(), Since::LastCheckIn).ranked().len()
}

fn linted(workspace: &Workspace) -> usize {
    workspace.memos.findings(&workspace.document, workspace.as_of()).len()
}

fn new_target(workspace: &Workspace, count: f64) -> Action {
    let goal = workspace.project().goal(&key_result()).expect("the large project has it");
    edits::set_target(goal, 2_000.0 + count, workspace.as_of(), "").into()
}

fn new_weight(workspace: &Workspace, count: f64) -> Action {
    let goal = workspace.project().goal(&key_result()).expect("the large project has it");
    edits::free_weight(goal, count).into()
}

/// Half a hundred key results are measured by the metric, as many are linked to it.
fn new_value(workspace: &Workspace, count: f64) -> Action {
    let metric = workspace.project().metric(&MetricId::from_random(6)).expect("the large project has it");
    edits::put_value(metric, Stamp::from_date(workspace.as_of()), 1_000.0 + count).into()
}

/// What is read again after an edit that is made outside the time measured.
fn after(bencher: Bencher<'_, '_>, edit: fn(&Workspace, f64) -> Action, read: fn(&Workspace) -> usize) {
    let workspace = RefCell::new(workspace());
    let mut count = 0.0;
    read(&workspace.borrow());
    bencher
        .with_inputs(|| {
            count += 1.0;
            let action = edit(&workspace.borrow(), count);
            workspace.borrow_mut().apply(action);
        })
        .bench_local_values(|()| read(&workspace.borrow()));
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_target(bencher: Bencher<'_, '_>) {
    after(bencher, new_target, evaluated);
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_weight(bencher: Bencher<'_, '_>) {
    after(bencher, new_weight, evaluated);
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_value(bencher: Bencher<'_, '_>) {
    after(bencher, new_value, evaluated);
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn attention_after_a_new_target(bencher: Bencher<'_, '_>) {
    after(bencher, new_target, attended);
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn attention_after_a_new_weight(bencher: Bencher<'_, '_>) {
    after(bencher, new_weight, attended);
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn attention_after_a_new_value(bencher: Bencher<'_, '_>) {
    after(bencher, new_value, attended);
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn findings_after_a_new_target(bencher: Bencher<'_, '_>) {
    after(bencher, new_target, linted);
}

/// For comparison: all findings from nothing, the evaluation at hand.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn findings_from_nothing(bencher: Bencher<'_, '_>) {
    let workspace = workspace();
    let tree = Tree::of(workspace.project());
    let evaluation = workspace.evaluation();
    bencher.bench_local(|| lint(workspace.project(), &tree, &evaluation).len());
}

/// For comparison: everything from nothing, as when a project is opened.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn from_nothing(bencher: Bencher<'_, '_>) {
    let workspace = workspace();
    let tree = Tree::of(workspace.project());
    bencher.bench_local(|| evaluate(workspace.project(), &tree, workspace.as_of()).goals.len());
}
