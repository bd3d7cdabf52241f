//! Snapshots of unsaved changes on a real disk.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::recovery::{Found, Origin, Recovery, Snapshot, SnapshotId};
use super::{ContentHash, Typed, TypedText, read_project, sample, write_project};
use crate::model::{Project, ProjectId};

fn origin(path: Option<&str>) -> Origin {
    let at = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(14, 5, 9).unwrap();
    Origin { at, path: path.map(PathBuf::from), base: path.map(|_| ContentHash::of(b"base")), typed: Typed::default() }
}

fn project(name: &str) -> Project {
    Project::empty(ProjectId::from_random(7), name)
}

#[test]
fn what_was_put_by_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path().join("deep/recovery"));
    assert_eq!(recovery.list().unwrap(), [], "no folder, no snapshot");
    for (id, path) in [(1, None), (2, Some("/a/plan (1).waymark.ron")), (3, Some("/a/ü 100 %\n// holds: x\n(.ron")), (4, Some("relative"))]
    {
        let snapshot = Snapshot { id: SnapshotId(id), origin: origin(path), project: sample() };
        recovery.write(snapshot.id, &snapshot.origin, &snapshot.project).unwrap();
        assert_eq!(recovery.read(snapshot.id).unwrap(), snapshot);
    }
    recovery.write(SnapshotId(1), &origin(None), &project("newer")).unwrap();
    assert_eq!(recovery.read(SnapshotId(1)).unwrap().project.name, "newer");
    assert_eq!(recovery.list().unwrap(), [1, 2, 3, 4].map(|id| Found::Snapshot(SnapshotId(id))));
    recovery.remove(SnapshotId(1)).unwrap();
    recovery.remove(SnapshotId(1)).unwrap();
    assert_eq!(recovery.list().unwrap(), [2, 3, 4].map(|id| Found::Snapshot(SnapshotId(id))));
}

#[test]
fn texts_that_were_being_typed_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let text = |text: &str, focused| TypedText {
        field: "00ff".to_owned(),
        name: "Value, “MAU”: per\tmonth".to_owned(),
        text: text.to_owned(),
        focused,
    };
    let texts = vec![text("8.4 M\nand (\n(more", true), text("", false), text("100 % // holds: x\u{0}", false), text("Ünï 한 🎯", false)];
    let typed = Typed { texts, place: "view=KPI goal=g-1".to_owned() };
    let snapshot = Snapshot { id: SnapshotId(1), origin: Origin { typed, ..origin(None) }, project: sample() };
    recovery.write(snapshot.id, &snapshot.origin, &snapshot.project).unwrap();
    assert_eq!(recovery.read(snapshot.id).unwrap(), snapshot);

    // What is far too long is left out, and the project comes back.
    let texts = vec![text(&"x".repeat(3_000_000), false), text("short", true)];
    let origin = Origin { typed: Typed { texts: texts.clone(), place: String::new() }, ..origin(None) };
    recovery.write(SnapshotId(2), &origin, &sample()).unwrap();
    let read = recovery.read(SnapshotId(2)).unwrap();
    assert_eq!((read.project, read.origin.typed.texts), (sample(), texts[1..].to_vec()));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_comes_back() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let path = Path::new(std::ffi::OsStr::from_bytes(b"/a/\xff\xfe%.ron"));
    let origin = Origin { path: Some(path.to_owned()), ..origin(None) };
    recovery.write(SnapshotId(1), &origin, &project("a")).unwrap();
    assert_eq!(recovery.read(SnapshotId(1)).unwrap().origin, origin);
}

#[test]
fn a_snapshot_is_a_project_file_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    recovery.write(SnapshotId(1), &origin(Some("/a/plan.waymark.ron")), &sample()).unwrap();
    let bytes = std::fs::read(recovery.path(SnapshotId(1))).unwrap();
    assert_eq!(read_project(&bytes).unwrap(), sample());
}

#[test]
fn every_torn_or_changed_snapshot_is_told_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let id = SnapshotId(1);
    recovery.write(id, &origin(Some("/a/plan.waymark.ron")), &project("a")).unwrap();
    let path = recovery.path(id);
    let whole = std::fs::read(&path).unwrap();
    let mut broken: Vec<Vec<u8>> = (0..whole.len()).map(|length| whole[..length].to_vec()).collect();
    broken.push(vec![0; whole.len()]);
    broken.push(write_project(&project("a")).into_bytes());
    broken.extend((0..whole.len()).map(|at| {
        let mut changed = whole.clone();
        changed[at] ^= 0x80;
        changed
    }));
    for bytes in broken {
        std::fs::write(&path, &bytes).unwrap();
        let unusable = recovery.read(id).unwrap_err();
        assert_eq!((unusable.path.as_path(), std::fs::read(&path).unwrap()), (path.as_path(), bytes));
    }
}

#[test]
fn what_a_window_left_that_never_had_a_snapshot_goes_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let left = |id: u64, minutes: u64| {
        let path = folder.path().join(format!(".{}.waymark.ron.999-0.tmp", SnapshotId(id)));
        let file = std::fs::File::create(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_mins(minutes)).unwrap();
        path
    };
    let foreign = folder.path().join(".notes.waymark.ron.999-0.tmp");
    std::fs::File::create(&foreign).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
    let (old, young) = (left(0xac, 50), left(0xad, 5));
    recovery.write(SnapshotId(0xab), &origin(None), &project("a")).unwrap();
    assert_eq!([old.exists(), young.exists(), foreign.exists()], [false, true, true]);
}

#[test]
fn files_of_somebody_else_stay() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let id = SnapshotId(0xab);
    recovery.write(id, &origin(None), &project("a")).unwrap();
    let foreign = ["notes.txt", "12.waymark.ron", "00000000000000AB.waymark.ron"].map(|name| folder.path().join(name));
    let left_over = folder.path().join(format!(".{id}.waymark.ron.999-0.tmp"));
    let of_another = folder.path().join(format!(".{}.waymark.ron.999-0.tmp", SnapshotId(0xac)));
    for path in foreign.iter().chain([&left_over, &of_another]) {
        std::fs::write(path, "x").unwrap();
    }
    let mut expected: Vec<Found> = foreign.iter().cloned().map(Found::Foreign).collect();
    expected.push(Found::Snapshot(id));
    let found = recovery.list().unwrap();
    assert_eq!(found.len(), expected.len());
    assert!(expected.iter().all(|one| found.contains(one)), "{found:?}");
    recovery.remove(id).unwrap();
    assert!(foreign.iter().chain([&of_another]).all(|path| path.exists()));
    assert!(!left_over.exists() && !recovery.path(id).exists());
}
