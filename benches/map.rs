//! The map of 10,000 goals: which cards there are, and where each stands. At most 100 ms.

#[path = "common/large.rs"]
mod large;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use waymark::chart::map::{Map, Wanted};
use waymark::model::{Project, Tree};

static PROJECT: LazyLock<Project> =
    LazyLock::new(|| large::project(large::Size { goals: 10_000, metrics: 2_000, points: large::LARGE.points / 500 }));

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 50)]
fn layout_of_10_000_goals_and_2_000_kpis(bencher: Bencher<'_, '_>) {
    let (project, tree, folded) = (&*PROJECT, Tree::of(&PROJECT), BTreeSet::new());
    bencher.bench_local(|| Map::of(black_box(project), &tree, Wanted { cycle: None, folded: &folded, aspect: 1.5 }).nodes.len());
}

#[divan::bench(sample_count = 50)]
fn what_belongs_to_a_top_goal(bencher: Bencher<'_, '_>) {
    let folded = BTreeSet::new();
    let map = Map::of(&PROJECT, &Tree::of(&PROJECT), Wanted { cycle: None, folded: &folded, aspect: 1.5 });
    bencher.bench_local(|| map.lit(black_box(0)).nodes.len());
}
