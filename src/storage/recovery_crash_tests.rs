//! Every moment at which the power can fail while unsaved changes are put by, saved and forgotten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::backups::Backups;
use super::crash_tests::Model;
use super::fs::{Fs as _, Mode};
use super::recovery::{Found, Origin, Recovery, SnapshotId};
use super::save::{Expected, Saving, save_to};
use super::{ContentHash, Typed, read_project, write_project};
use crate::model::{Project, ProjectId};

fn project(name: &str) -> Project {
    Project::empty(ProjectId::from_random(7), name)
}

/// What the program finds on a disk when it starts after the power came back.
fn restarted(left: &BTreeMap<PathBuf, Vec<u8>>) -> Model {
    let disk = Model::default();
    for (path, bytes) in left {
        disk.write_new(path, bytes, Mode::Usual).unwrap();
    }
    disk.sync_folder(Path::new("/")).unwrap();
    disk.moments.borrow_mut().clear();
    disk
}

fn names_in_recovery(recovery: &Recovery, disk: &Model) -> Vec<String> {
    let found = recovery.list_in(disk).unwrap();
    found
        .into_iter()
        .map(|found| match found {
            Found::Snapshot(id) => recovery.read_in(disk, id).expect("a snapshot is whole").project.name,
            Found::Foreign(path) => panic!("{} is not ours", path.display()),
        })
        .collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn at_every_crash_point_the_newest_edits_are_in_the_file_or_in_the_recovery() {
    let path = Path::new("/plans/a.waymark.ron");
    let (old, first, second) = (project("old"), project("first edit"), project("second edit"));
    let text = |project: &Project| write_project(project).into_bytes();
    let recovery = Recovery::new("/data/recovery");
    let id = SnapshotId(1);
    let at = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(14, 5, 9).unwrap();
    let origin = Origin { at, path: Some(path.to_owned()), base: Some(ContentHash::of(&text(&old))), typed: Typed::default() };
    let (mut tried, mut olds, mut news, mut torn, mut recovered) = (0, 0, 0, 0, 0);

    for backups in [None, Some(Backups::new("/data/backups"))] {
        let disk = Model::with(path, &text(&old));
        // What may be lost while each step runs: nothing that an earlier step has finished.
        let mut promised = Vec::new();
        let mut step = |work: &dyn Fn(), keeps: &'static str| {
            work();
            promised.resize(disk.moments.borrow().len() - 1, promised.last().copied().unwrap_or("old"));
            promised.push(keeps);
        };
        step(&|| recovery.write_in(&disk, id, &origin, &first).unwrap(), "first edit");
        step(&|| recovery.write_in(&disk, id, &origin, &second).unwrap(), "second edit");
        let saving = Saving { expected: Expected::Content(origin.base.unwrap()), backups: backups.as_ref(), ..Saving::default() };
        step(&|| assert!(save_to(&disk, &second, path, &saving).unwrap().is_durable), "second edit");
        step(&|| recovery.remove_in(&disk, id).unwrap(), "second edit");

        let moments = disk.moments.borrow();
        assert_eq!(moments.len(), promised.len());
        for (state, promise) in moments.iter().zip(&promised) {
            for left in state.after_power_cut() {
                tried += 1;
                let in_file = match left.get(path) {
                    Some(bytes) if *bytes == text(&old) => "old",
                    Some(bytes) if *bytes == text(&second) => "second edit",
                    _ => "torn",
                };
                match in_file {
                    "old" => olds += 1,
                    "torn" => torn += 1,
                    _ => news += 1,
                }
                let again = restarted(&left);
                let kept = names_in_recovery(&recovery, &again);
                assert!(kept.len() <= 1);
                let newer = |name: &str| ["old", "first edit", "second edit"].iter().position(|known| *known == name).unwrap();
                let best = kept.iter().map(|name| newer(name)).chain([newer(in_file)]).max().unwrap();
                assert!(best >= newer(promise), "promised {promise}, but the file is {in_file} and the recovery {kept:?}");
                if in_file == "old" && !kept.is_empty() {
                    recovered += 1;
                }
            }
        }
    }
    println!("crash points tried {tried}: old {olds} (of which {recovered} with newer edits in the recovery), new {news}, torn {torn}");
    assert_eq!(torn, 0);
    assert!(tried >= 200 && olds > 0 && news > 0 && recovered > 0);
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn a_second_crash_while_recovering_leaves_what_the_first_one_left() {
    let recovery = Recovery::new("/data/recovery");
    let id = SnapshotId(1);
    let at = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(14, 5, 9).unwrap();
    let origin = Origin { at, path: None, base: None, typed: Typed::default() };
    let disk = Model::default();
    recovery.write_in(&disk, id, &origin, &project("first edit")).unwrap();
    let mut twice = 0;
    let after_the_first: Vec<_> = disk.moments.borrow().last().unwrap().after_power_cut();
    for left in after_the_first {
        // The window that recovers takes the snapshot over, goes on editing and crashes again.
        let again = restarted(&left);
        assert_eq!(names_in_recovery(&recovery, &again), ["first edit"]);
        recovery.write_in(&again, id, &origin, &project("second edit")).unwrap();
        for state in again.moments.borrow().iter() {
            for left in state.after_power_cut() {
                twice += 1;
                let kept = names_in_recovery(&recovery, &restarted(&left));
                assert!(kept == ["first edit"] || kept == ["second edit"], "{kept:?}");
            }
        }
    }
    println!("crash points of a second crash tried {twice}: lost 0");
    assert!(twice >= 50);
    // What is on the disk is a project file.
    let bytes = disk.read(&recovery.path(id), u64::MAX).unwrap();
    assert_eq!(read_project(&bytes).unwrap().name, "first edit");
}
