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
fn why_a_snapshot_cannot_be_used_is_told_with_what_is_still_known() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    let id = SnapshotId(1);
    let written = origin(Some("/a/plan.waymark.ron"));
    recovery.write(id, &written, &project("Fjord “1”\\\"x\"")).unwrap();
    let whole = std::fs::read_to_string(recovery.path(id)).unwrap();
    let body = whole.find("\n(").unwrap() + 1;
    let unusable = |bytes: &[u8]| {
        std::fs::write(recovery.path(id), bytes).unwrap();
        recovery.read(id).unwrap_err()
    };
    let why = |bytes: &[u8]| unusable(bytes).why;
    let cut = "the file ends in the middle";
    let cases: [(&str, String, &str); 9] = [
        ("nothing", String::new(), "the file is empty"),
        ("zeros", "\0".repeat(4096), "the file holds zeros"),
        ("in the title", whole[..9].to_owned(), cut),
        ("in the head", whole[..body - 20].to_owned(), cut),
        ("in the project", whole[..whole.len() - 5].to_owned(), cut),
        ("newer", whole.replace("Waymark. 1\n", "Waymark. 2\n"), "another version of Waymark wrote it, in version 2 of such files"),
        ("newer project", whole.replace("  version: 1,", "  version: 7,"), "it holds no sound project: this file has version 7"),
        ("changed", whole.replace("Fjord", "Fjell"), "it was changed after Waymark wrote it. It is a whole project still"),
        ("no head", whole[body..].to_owned(), "it does not begin as Waymark writes unsaved changes"),
    ];
    for (what, text, words) in cases {
        let found = why(text.as_bytes());
        assert!(found.starts_with(words), "{what}: {found}");
    }
    // As far as it is known, of which project it is and from when.
    let torn = unusable(&whole.as_bytes()[..body + 120]);
    assert_eq!((torn.at, torn.file, torn.name.as_deref()), (Some(written.at), written.path, Some("Fjord “1”\\\"x\"")));
    let nothing = unusable(b"");
    assert!(nothing.at.is_some(), "the time of the file");
    assert_eq!((nothing.file, nothing.name), (None, None));
}

#[test]
fn files_of_another_name_are_told_where_they_have_to_do_with_unsaved_changes() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    recovery.write(SnapshotId(1), &origin(None), &project("Fjord")).unwrap();
    let [copy, notes, junk, torn] = ["1 (copy).waymark.ron", "notes.txt", "12.waymark.ron", "old.ron"].map(|name| folder.path().join(name));
    std::fs::copy(recovery.path(SnapshotId(1)), &copy).unwrap();
    std::fs::write(&notes, "buy milk").unwrap();
    std::fs::write(&junk, "buy milk").unwrap();
    std::fs::write(&torn, "// Unsaved changes, kept by Waymark. 1\n// made: 2026-11-").unwrap();
    let why = |path: &Path| recovery.look_at(path).map(|found| found.why);
    assert!(why(&copy).unwrap().contains("open it as a file"));
    assert_eq!(recovery.look_at(&copy).unwrap().name.as_deref(), Some("Fjord"));
    assert_eq!(why(&notes), None);
    assert_eq!(why(&junk).unwrap(), "it does not begin as Waymark writes unsaved changes");
    assert!(why(&torn).unwrap().starts_with("the file ends in the middle"));

    recovery.remove_foreign(&junk).unwrap();
    assert!(!junk.exists() && notes.exists());
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    assert!(recovery.remove_foreign(elsewhere.path()).is_err());
    assert!(elsewhere.path().exists());
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_snapshot_is_told_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let recovery = Recovery::new(folder.path());
    assert!(std::process::Command::new("mkfifo").arg(recovery.path(SnapshotId(1))).status().unwrap().success());
    assert!(recovery.read(SnapshotId(1)).unwrap_err().why.starts_with("it cannot be read: this is a named pipe"));
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
