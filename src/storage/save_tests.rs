//! Saving, on a disk that works and on disks that fail.

use std::cell::RefCell;
use std::fs;
use std::fs::Permissions;
use std::io;
use std::path::{Path, PathBuf};

use super::fs::{About, Disk, FolderLock, Fs, Mode};
use super::no_file::Handed;
use super::save::{create_in, save_to};
use super::{Backups, ContentHash, Expected, SaveError, Saving, create, load, save, save_over, write_project};
use crate::model::{Cycle, CycleId, Project, ProjectId};

fn project(name: &str) -> Project {
    Project::empty(ProjectId::from_random(7), name)
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_was_saved_loads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    for name in ["first", "second"] {
        let saved = save(&project(name), &path).unwrap();
        let loaded = load(&path).unwrap();
        assert_eq!(loaded.project, project(name));
        assert_eq!(loaded.hash, saved.hash);
        assert_eq!(loaded.hash, ContentHash::of_file(&path).unwrap());
        assert_eq!(files(folder.path()), ["a.waymark.ron"]);
    }
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    create(&project("first"), &path).unwrap();
    let error = create(&project("second"), &path).unwrap_err();
    assert!(matches!(error, SaveError::Exists { .. }), "{error}");
    assert_eq!(load(&path).unwrap().project, project("first"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    let file = real.join("a.waymark.ron");
    save(&project("first"), &file).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    symlink("real/a.waymark.ron", folder.path().join("near")).unwrap();
    symlink(folder.path().join("near"), folder.path().join("far")).unwrap();
    let saved = save(&project("second"), &folder.path().join("far")).unwrap();
    assert_eq!(saved.path, file);
    assert_eq!(load(&file).unwrap().project, project("second"));
    assert!(fs::symlink_metadata(folder.path().join("far")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(files(&real), ["a.waymark.ron"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_protected_files_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    symlink("b", folder.path().join("a")).unwrap();
    symlink("a", folder.path().join("b")).unwrap();
    assert!(matches!(save(&project("x"), &folder.path().join("a")), Err(SaveError::Circle { .. })));

    let path = folder.path().join("p.waymark.ron");
    save(&project("first"), &path).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(matches!(save(&project("second"), &path), Err(SaveError::Protected { .. })));
    assert_eq!(load(&path).unwrap().project, project("first"));
}

/// A disk on which one operation goes wrong.
struct Failing {
    at: &'static str,
    removed: RefCell<Vec<PathBuf>>,
}

impl Failing {
    fn at(at: &'static str) -> Self {
        Self { at, removed: RefCell::default() }
    }

    fn check(&self, operation: &str) -> io::Result<()> {
        if self.at == operation { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Fs for Failing {
    fn check_file(&self, path: &Path, handed: Handed) -> io::Result<()> {
        Disk.check_file(path, handed)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.check("read")?;
        let mut bytes = Disk.read(path, limit)?;
        if self.at == "flip" {
            bytes[0] ^= 1;
        }
        Ok(bytes)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        Disk.size(path)
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        Disk.link_target(path)
    }

    fn about(&self, path: &Path) -> io::Result<Option<About>> {
        self.check("about")?;
        Disk.about(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.check("folder")?;
        Disk.make_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.check("list")?;
        Disk.list(folder)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], mode: Mode<'_>) -> io::Result<()> {
        self.check("write")?;
        Disk.write_new(path, bytes, mode)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check("rename")?;
        Disk.rename(from, to)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check("publish")?;
        Disk.publish(from, to)
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        self.check("may write")?;
        Disk.may_write(path)
    }

    fn lock_folder(&self, folder: &Path) -> io::Result<FolderLock> {
        self.check("lock")?;
        Disk.lock_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.removed.borrow_mut().push(path.to_owned());
        Disk.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.check("sync")?;
        Disk.sync_folder(path)
    }
}

#[test]
fn whatever_fails_the_old_file_stays_whole_and_nothing_lies_about() {
    for at in ["about", "may write", "write", "read", "flip", "lock", "rename"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.waymark.ron");
        save(&project("old"), &path).unwrap();
        let error = save_to(&Failing::at(at), &project("new"), &path, &Saving::default()).unwrap_err().to_string();
        assert_eq!(fs::read_to_string(&path).unwrap(), write_project(&project("old")), "{at}");
        assert_eq!(files(folder.path()), ["a.waymark.ron"], "{at}");
        assert!(error.contains("a.waymark.ron could not be saved: "), "{at}: {error}");
        assert!(error.contains("what is on the disk is as it was") && error.contains("another name"), "{at}: {error}");
        if at != "flip" {
            assert!(error.contains("the disk is full"), "{at}: {error}");
        }
    }
}

#[test]
fn a_new_file_that_came_out_wrong_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let disk = Failing::at("flip");
    let error = create_in(&disk, &project("new"), &path).unwrap_err();
    assert!(matches!(error, SaveError::Unsound { .. }), "{error}");
    assert_eq!(disk.removed.borrow().len(), 1);
    assert_eq!(files(folder.path()), Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_synced_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let saved = save_to(&Failing::at("sync"), &project("new"), &path, &Saving::default()).unwrap();
    assert!(!saved.is_durable, "and says that it may not survive a power cut");
    assert_eq!(load(&path).unwrap().project, project("new"));
}

#[test]
fn a_project_that_would_not_open_again_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    save(&project("old"), &path).unwrap();
    let mut unsound = project("new");
    let cycle = Cycle {
        id: CycleId::from_random(1),
        name: "Q1".to_owned(),
        start: "2026-03-01".parse().unwrap(),
        end: "2026-01-01".parse().unwrap(),
    };
    unsound.cycles.insert(cycle.id.clone(), cycle);
    let error = save(&unsound, &path).unwrap_err().to_string();
    assert!(error.contains("it could not be read back, because cycle c-100000000000: ends on 2026-01-01"), "{error}");
    assert_eq!(load(&path).unwrap().project, project("old"));
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("a.waymark.ron");
    let error = save(&project("new"), &path).unwrap_err().to_string();
    assert!(error.contains("there is no such file or folder"), "{error}");
    let error = load(&path).unwrap_err().to_string();
    assert_eq!(error, format!("{}: this file cannot be opened: there is no such file or folder", path.display()));
}

#[test]
fn what_somebody_else_saved_meanwhile_is_not_saved_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let first = save(&project("first"), &path).unwrap();
    let saving = Saving { expected: Expected::Content(first.hash), ..Saving::default() };
    let second = save_over(&project("second"), &path, &saving).unwrap();
    // Two windows that both opened "second" save in turn.
    let saving = Saving { expected: Expected::Content(second.hash), ..Saving::default() };
    save_over(&project("theirs"), &path, &saving).unwrap();
    let error = save_over(&project("ours"), &path, &saving).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }) && error.to_string().contains("Merge both"), "{error}");
    assert_eq!(load(&path).unwrap().project, project("theirs"));
    assert_eq!(files(folder.path()), ["a.waymark.ron"]);
    // Gone, it holds nothing that could be lost.
    fs::remove_file(&path).unwrap();
    save_over(&project("ours"), &path, &saving).unwrap();
    assert_eq!(load(&path).unwrap().project, project("ours"));
}

/// Somebody else does something between the first look and the last.
struct Meddling<F>(F);

impl<F: Fn() -> io::Result<()>> Meddling<F> {
    fn after_write(act: F) -> Self {
        Self(act)
    }
}

impl<F: Fn() -> io::Result<()>> Fs for Meddling<F> {
    fn check_file(&self, path: &Path, handed: Handed) -> io::Result<()> {
        Disk.check_file(path, handed)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Disk.read(path, limit)
    }
    fn size(&self, path: &Path) -> io::Result<u64> {
        Disk.size(path)
    }
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        Disk.link_target(path)
    }
    fn about(&self, path: &Path) -> io::Result<Option<About>> {
        Disk.about(path)
    }
    fn write_new(&self, path: &Path, bytes: &[u8], mode: Mode<'_>) -> io::Result<()> {
        Disk.write_new(path, bytes, mode)?;
        (self.0)()
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.publish(from, to)
    }
    fn may_write(&self, path: &Path) -> io::Result<()> {
        Disk.may_write(path)
    }
    fn lock_folder(&self, folder: &Path) -> io::Result<FolderLock> {
        Disk.lock_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        Disk.make_folder(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(folder)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }
}

#[test]
fn a_change_between_the_look_and_the_rename_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let first = save(&project("first"), &path).unwrap();
    let saving = Saving { expected: Expected::Content(first.hash), ..Saving::default() };
    let meddling = Meddling::after_write(|| fs::write(&path, write_project(&project("theirs"))));
    let error = save_to(&meddling, &project("ours"), &path, &saving).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error}");
    assert_eq!(load(&path).unwrap().project, project("theirs"));
    assert_eq!(files(folder.path()), ["a.waymark.ron"]);
}

#[test]
fn the_versions_before_are_kept_in_a_ring() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let backups = Backups::new(folder.path().join("data"));
    let saving = Saving { backups: Some(&backups), ..Saving::default() };
    for version in 0..25 {
        save_over(&project(&format!("version {version}")), &path, &saving).unwrap();
        // The same again leaves no second copy.
        save_over(&project(&format!("version {version}")), &path, &saving).unwrap();
    }
    let kept = backups.list(&project("").id, &path).unwrap();
    assert_eq!(kept.len(), Backups::MOST);
    assert_eq!(load(&kept[0].path).unwrap().project, project("version 24"));
    assert_eq!(load(&kept[1].path).unwrap().project, project("version 23"));
    assert!(kept.is_sorted_by_key(|backup| std::cmp::Reverse(backup.number)));
    assert_eq!(backups.list(&project("").id, &folder.path().join("b.waymark.ron")).unwrap(), []);
}

#[test]
fn without_room_for_the_version_before_nothing_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    save(&project("old"), &path).unwrap();
    let backups = Backups::new(folder.path().join("data"));
    let saving = Saving { backups: Some(&backups), ..Saving::default() };
    for at in ["folder", "list", "write", "publish", "sync"] {
        let error = save_to(&Failing::at(at), &project("new"), &path, &saving).unwrap_err();
        assert!(matches!(error, SaveError::Backup { .. }), "{at}: {error}");
        assert_eq!(load(&path).unwrap().project, project("old"), "{at}");
        assert_eq!(files(folder.path()).into_iter().filter(|name| name != "data").collect::<Vec<_>>(), ["a.waymark.ron"], "{at}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_several_names_and_what_is_no_file_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    save(&project("old"), &path).unwrap();
    fs::hard_link(&path, folder.path().join("other")).unwrap();
    let saving = Saving { cut_names: false, ..Saving::default() };
    let error = save_over(&project("new"), &path, &saving).unwrap_err();
    assert!(matches!(error, SaveError::HardLinked { names: 2, .. }), "{error}");
    assert_eq!(load(&path).unwrap().project, project("old"));
    save_over(&project("new"), &path, &Saving::default()).unwrap();
    assert_eq!(load(&folder.path().join("other")).unwrap().project, project("old"));

    let error = save(&project("new"), folder.path()).unwrap_err();
    assert!(matches!(error, SaveError::NoFile { .. }), "{error}");
}

#[test]
fn names_of_every_script_are_kept_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let long = "目".repeat(80) + ".waymark";
    let names = [
        "цели на год.waymark.ron",
        "目標と結果.waymark.ron",
        "e\u{301}te\u{301}.waymark.ron",
        "\u{e9}t\u{e9}.waymark.ron",
        "🚀👩‍🔬.waymark.ron",
        "هدف.waymark.ron",
        &long,
    ];
    // Where accents are composed, two of the names are one.
    for name in names {
        let path = folder.path().join(name);
        for version in ["first", "second"] {
            save(&project(version), &path).unwrap();
            assert_eq!(load(&path).unwrap().project, project(version), "{name}");
        }
        assert!(!files(folder.path()).iter().any(|file| file.contains(".tmp")), "{name}");
    }
    assert!(files(folder.path()).contains(&long));
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_of_4000_characters_is_saved_and_one_that_is_too_long_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a.waymark.ron";
    let mut deep = folder.path().to_owned();
    let rest = 4000 - deep.as_os_str().len() - name.len() - 1;
    for part in 0..rest / 200 {
        deep.push("d".repeat(if part == 0 { 199 + rest % 200 } else { 199 }).chars().take(199).collect::<String>());
    }
    let missing = 4000 - name.len() - 2 - deep.as_os_str().len();
    deep.push("e".repeat(missing));
    fs::create_dir_all(&deep).unwrap();
    let path = deep.join(name);
    assert_eq!(path.as_os_str().len(), 4000);
    create(&project("first"), &path).unwrap();
    save(&project("second"), &path).unwrap();
    assert_eq!(load(&path).unwrap().project, project("second"));
    assert_eq!(files(&deep), [name]);

    let beyond = deep.join("x".repeat(200));
    let error = save(&project("x"), &beyond).unwrap_err().to_string();
    assert!(error.contains("could not be saved: the name is not possible here") && error.contains("another name"), "{error}");
    assert_eq!(files(&deep), [name]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_nothing_yet_gets_its_file_and_a_new_project_does_not_follow_it() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    let (link, file) = (folder.path().join("link"), folder.path().join("real/a.waymark.ron"));
    symlink("real/a.waymark.ron", &link).unwrap();
    assert!(matches!(create(&project("first"), &link), Err(SaveError::Exists { .. })));
    assert!(!file.exists());
    assert_eq!(save(&project("first"), &link).unwrap().path, file);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(load(&file).unwrap().project, project("first"));
    // Relative links lead on from the folder they stand in, whatever folder the program runs in.
    symlink("../link", folder.path().join("real/back")).unwrap();
    assert_eq!(save(&project("second"), &folder.path().join("real/back")).unwrap().path, folder.path().join("real/../real/a.waymark.ron"));
    assert_eq!(load(&file).unwrap().project, project("second"));
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_and_whose_it_is_stays() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let backups = Backups::new(folder.path().join("data"));
    let saving = Saving { backups: Some(&backups), ..Saving::default() };
    for mode in [0o600, 0o640, 0o644, 0o666] {
        save(&project("first"), &path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        // Only the superuser can give a file away.
        let given = chown(&path, Some(NOBODY), Some(NOBODY)).is_ok();
        save_over(&project(&format!("{mode:o}")), &path, &saving).unwrap();
        let now = fs::metadata(&path).unwrap();
        assert_eq!(now.permissions().mode() & 0o777, mode);
        assert!(!given || (now.uid(), now.gid()) == (NOBODY, NOBODY));
    }
    // What is put by is for the user alone.
    for backup in backups.list(&project("").id, &path).unwrap() {
        assert_eq!(fs::metadata(&backup.path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "says that it was skipped")]
fn what_else_is_written_on_a_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    save(&project("first"), &path).unwrap();
    if let Err(error) = xattr::set(&path, "user.waymark.tag", b"plans \xff") {
        println!("skipped: this disk keeps no attributes: {error}");
        return;
    }
    save_over(&project("second"), &path, &Saving::default()).unwrap();
    assert_eq!(load(&path).unwrap().project, project("second"));
    assert_eq!(xattr::get(&path, "user.waymark.tag").unwrap().as_deref(), Some(&b"plans \xff"[..]));
}

#[test]
fn a_folder_that_is_taken_away_meanwhile_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let path = gone.join("a.waymark.ron");
    fs::create_dir(&gone).unwrap();
    let first = save(&project("x"), &path).unwrap();
    let saving = Saving { expected: Expected::Content(first.hash), ..Saving::default() };
    // Between the temporary file and the rename.
    let taking = Meddling::after_write(|| fs::remove_dir_all(&gone));
    let error = save_to(&taking, &project("y"), &path, &saving).unwrap_err();
    assert!(matches!(&error, SaveError::Failed { .. }) && error.to_string().contains("there is no such file or folder"), "{error}");
    // And before everything.
    assert!(matches!(save(&project("y"), &path), Err(SaveError::Failed { .. })));
    assert!(!gone.exists());
}

#[test]
fn a_file_that_comes_back_meanwhile_is_not_saved_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let first = save(&project("first"), &path).unwrap();
    fs::remove_file(&path).unwrap();
    let saving = Saving { expected: Expected::Content(first.hash), ..Saving::default() };
    let meddling = Meddling::after_write(|| fs::write(&path, write_project(&project("theirs"))));
    let error = save_to(&meddling, &project("ours"), &path, &saving).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error}");
    assert_eq!(load(&path).unwrap().project, project("theirs"));
    assert_eq!(files(folder.path()), ["a.waymark.ron"]);
}

#[cfg(unix)]
#[test]
fn of_many_that_save_over_the_same_version_at_once_exactly_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    let mut known = save(&project("start"), &path).unwrap().hash;
    for round in 0..20 {
        let saving = Saving { expected: Expected::Content(known), ..Saving::default() };
        let name = |n: usize| format!("round {round}, thread {n}");
        let results: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|n| {
                    (
                        n,
                        scope.spawn({
                            let (path, saving) = (&path, &saving);
                            move || save_over(&project(&name(n)), path, saving)
                        }),
                    )
                })
                .collect();
            threads.into_iter().map(|(n, thread)| (n, thread.join().unwrap())).collect()
        });
        let saved: Vec<_> = results.iter().filter_map(|(n, result)| result.as_ref().ok().map(|saved| (*n, saved.hash))).collect();
        let [(n, hash)] = saved[..] else { panic!("{} of 4 were told that they saved", saved.len()) };
        assert!(results.iter().all(|(_, result)| !matches!(result, Err(error) if !matches!(error, SaveError::Changed { .. }))));
        assert_eq!(load(&path).unwrap().project, project(&name(n)));
        known = hash;
    }
}

#[test]
fn a_project_too_large_to_be_read_again_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.waymark.ron");
    save(&project("old"), &path).unwrap();
    let mut large = project("new");
    for n in 0..700 {
        let mut goal = crate::model::Goal::objective(crate::model::GoalId::from_random(n), None, "Grow");
        goal.description = "x".repeat(100_000);
        large.goals.insert(goal.id.clone(), std::sync::Arc::new(goal));
    }
    let error = save(&large, &path).unwrap_err().to_string();
    assert!(error.contains("this file has 67 MB, but project files of more than 64 MB are not read"), "{error}");
    assert_eq!(files(folder.path()), ["a.waymark.ron"]);
    assert_eq!(load(&path).unwrap().project, project("old"));
}
