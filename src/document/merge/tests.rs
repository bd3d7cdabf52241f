//! The laws of merging, on arbitrary projects with arbitrary edits on both sides.

use proptest::prelude::*;

use super::*;
use crate::document::apply;
use crate::document::arbitrary::{Random, edit};
use crate::model::arbitrary::projects;

/// The project after a few edits, those that are refused left out.
fn edited(project: &Project, seed: u64, edits: usize) -> Project {
    let (mut project, mut random) = (project.clone(), Random(seed));
    for _ in 0..edits {
        let change = edit(&project, &mut random);
        // One that is refused leaves the project as it was.
        drop(apply(&mut project, change));
    }
    project
}

fn undecided(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    merge(base, ours, theirs, &BTreeMap::new())
}

proptest! {
    #[test]
    fn who_changed_nothing_has_no_say(base in projects(6), seed in any::<u64>(), edits in 0usize..12) {
        let x = edited(&base, seed, edits);
        for merged in [undecided(&base, &x, &base), undecided(&base, &base, &x), undecided(&base, &x, &x)] {
            prop_assert_eq!(merged.conflicts, []);
            prop_assert_eq!(&merged.project, &x);
        }
    }

    #[test]
    fn what_both_did_is_there_and_sound(base in projects(6), seeds in any::<[u64; 2]>(), edits in [0usize..8, 0usize..8]) {
        let (ours, theirs) = (edited(&base, seeds[0], edits[0]), edited(&base, seeds[1], edits[1]));
        let merged = undecided(&base, &ours, &theirs);
        prop_assert_eq!(merged.project.validate(), []);
        if merged.conflicts.is_empty() {
            // Whose changes are in it has nothing to add to it.
            for side in [&ours, &theirs] {
                let again = undecided(&base, side, &merged.project);
                prop_assert_eq!(again.conflicts, []);
                prop_assert_eq!(&again.project, &merged.project);
            }
        }
        // Whoever wins, it is sound, and what is asked stays the same question.
        let all = |side: Side| merged.conflicts.iter().map(|c| (c.id.clone(), side)).collect::<BTreeMap<_, _>>();
        for side in [Side::Ours, Side::Theirs] {
            let decided = merge(&base, &ours, &theirs, &all(side));
            prop_assert_eq!(decided.project.validate(), []);
        }
    }
}
