//! Status and roll-up of 10,000 goals after one edit: at most 2 ms.

#[path = "common/large.rs"]
mod large;

use std::cell::RefCell;

use divan::Bencher;
use waymark::analysis::evaluate;
use waymark::analysis::lint::lint;
use waymark::document::edits;
use waymark::model::{GoalId, MetricId, Stamp, Tree};
use waymark::workspace::{Action, IdSource, Preferences, Workspace};

fn main() {
    divan::main();
}

/// Every metric has 500 hours: the goals are what counts here.
const MANY_GOALS: large::Size = large::Size { goals: 10_000, points: 100_000, ..large::LARGE };

fn workspace() -> Workspace {
    let project = large::project(MANY_GOALS);
    let today = project.settings.as_of.expect("the large project pins its day");
    Workspace::new(project, today, IdSource::seeded(1), Preferences::default())
}

fn key_result() -> GoalId {
    GoalId::from_random(5_006)
}

/// The evaluation after an edit that is made outside the time measured.
fn after(bencher: Bencher<'_, '_>, edit: impl Fn(&Workspace, f64) -> Action) {
    let workspace = RefCell::new(workspace());
    let mut count = 0.0;
    workspace.borrow().evaluation();
    bencher
        .with_inputs(|| {
            count += 1.0;
            let action = edit(&workspace.borrow(), count);
            workspace.borrow_mut().apply(action);
        })
        .bench_local_values(|()| workspace.borrow().evaluation().goals.len());
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_target(bencher: Bencher<'_, '_>) {
    after(bencher, |workspace, count| {
        let goal = workspace.project().goal(&key_result()).expect("the large project has it");
        edits::set_target(goal, 2_000.0 + count, workspace.as_of(), "").into()
    });
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_weight(bencher: Bencher<'_, '_>) {
    after(bencher, |workspace, count| {
        let goal = workspace.project().goal(&key_result()).expect("the large project has it");
        edits::free_weight(goal, count).into()
    });
}

/// Half a hundred key results are measured by the metric, as many are linked to it.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn after_a_new_value(bencher: Bencher<'_, '_>) {
    after(bencher, |workspace, count| {
        let metric = workspace.project().metric(&MetricId::from_random(6)).expect("the large project has it");
        edits::put_value(metric, Stamp::from_date(workspace.as_of()), 1_000.0 + count).into()
    });
}

/// What the lint finds after an edit that is made outside the time measured; the evaluation counts too.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn findings_after_a_new_target(bencher: Bencher<'_, '_>) {
    let workspace = RefCell::new(workspace());
    let mut count = 0.0;
    let findings = |workspace: &Workspace| workspace.memos.findings(&workspace.document, workspace.as_of()).len();
    findings(&workspace.borrow());
    bencher
        .with_inputs(|| {
            count += 1.0;
            let change = {
                let workspace = workspace.borrow();
                let goal = workspace.project().goal(&key_result()).expect("the large project has it");
                edits::set_target(goal, 2_000.0 + count, workspace.as_of(), "")
            };
            workspace.borrow_mut().apply(change.into());
        })
        .bench_local_values(|()| findings(&workspace.borrow()));
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
