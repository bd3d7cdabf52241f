//! What a hostile project may touch, and what a yes is worth.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use super::{Disk, Permits, Reach, Touch, Unread};
use crate::model::ProjectId;

/// The disk, and every path that was touched.
#[derive(Default)]
struct Seen {
    looked: RefCell<Vec<PathBuf>>,
    read: RefCell<Vec<PathBuf>>,
}

impl Touch for Seen {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.looked.borrow_mut().push(path.to_path_buf());
        Disk.canonical(path)
    }

    fn check_regular(&self, path: &Path) -> Result<(), String> {
        self.looked.borrow_mut().push(path.to_path_buf());
        Disk.check_regular(path)
    }

    fn read_regular(&self, path: &Path, most: usize) -> Result<Vec<u8>, String> {
        self.read.borrow_mut().push(path.to_path_buf());
        Disk.read_regular(path, most)
    }
}

/// A project in a folder, beside it a secret, and a folder for what is allowed.
struct Bench {
    all: tempfile::TempDir,
    root: PathBuf,
}

fn bench() -> Bench {
    let all = tempfile::tempdir().unwrap();
    let root = all.path().canonicalize().unwrap();
    for folder in ["plans/data", "data"] {
        std::fs::create_dir_all(root.join(folder)).unwrap();
    }
    std::fs::write(root.join("plans/plan.waymark.ron"), "()").unwrap();
    std::fs::write(root.join("plans/data/a.csv"), "month,mau\n").unwrap();
    std::fs::write(root.join("data/kpi.csv"), "secret").unwrap();
    Bench { all, root }
}

impl Bench {
    fn reach(&self) -> Reach {
        self.reach_of(1, "plans/plan.waymark.ron")
    }

    fn reach_of(&self, id: u64, file: &str) -> Reach {
        Reach::new(ProjectId::from_random(id), &self.root.join(file), Some(Permits::new(self.all.path().join("allowed"))))
    }

    fn allow(&self, path: &str) {
        let file = self.reach().look_up(&Disk, path).unwrap();
        self.reach().allow(&Disk, &file).unwrap();
    }
}

fn read(reach: &Reach, path: &str) -> Result<Vec<u8>, Unread> {
    reach.read(&Disk, path, 64).bytes
}

fn failed(words: &str) -> Result<Vec<u8>, Unread> {
    Err(Unread::Failed(words.to_owned()))
}

#[test]
fn what_is_inside_is_read_up_to_the_limit() {
    let bench = bench();
    let reach = bench.reach();
    assert_eq!(reach.read(&Disk, "data/a.csv", 4).bytes.unwrap(), b"month", "one more than the limit tells that it is too long");
    assert_eq!(read(&reach, "data/../data/a.csv").unwrap(), b"month,mau\n");
    assert_eq!(read(&reach, "../plans/data/a.csv").unwrap(), b"month,mau\n");
    assert_eq!(read(&reach, "data"), failed("data cannot be read: this is a folder"));
    assert_eq!(read(&reach, "data/b.csv"), failed("data/b.csv cannot be read: there is no such file or folder"));
    let data = bench.root.join("plans/data");
    assert_eq!(reach.watched_place(&Disk, "data/a.csv"), Some(data.join("a.csv")));
    assert_eq!(reach.watched_place(&Disk, "data/b.csv"), Some(data.join("b.csv")), "it may come");
    assert_eq!(reach.watched_place(&Disk, "none/b.csv"), None);
}

#[test]
fn without_a_yes_nothing_outside_is_read_or_even_looked_at() {
    let bench = bench();
    let (reach, seen) = (bench.reach(), Seen::default());
    let absolute = bench.root.join("data/kpi.csv").display().to_string();
    let paths = [
        "../data/kpi.csv",
        "data/../../data/kpi.csv",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "/dev/zero",
        "//server/share/a.csv",
        &absolute,
    ];
    for path in paths {
        let look = reach.read(&seen, path, 64);
        assert_eq!(look.bytes, Err(Unread::NotAllowed), "{path}");
        assert!(!look.outside.unwrap().starts_with(bench.root.join("plans")), "{path}");
        assert_eq!(reach.watched_place(&seen, path), None, "{path}");
    }
    assert!(seen.read.borrow().is_empty());
    let own = bench.root.join("plans");
    assert!(seen.looked.borrow().iter().all(|path| path.starts_with(&own)), "{:?}", seen.looked);
}

#[test]
fn a_yes_holds_for_one_project_in_one_place_and_one_file() {
    let bench = bench();
    bench.allow("../data/kpi.csv");
    let look = bench.reach().read(&Disk, "../data/kpi.csv", 64);
    assert_eq!((look.bytes.unwrap(), look.outside), (b"secret".to_vec(), Some(bench.root.join("data/kpi.csv"))));
    assert_eq!(bench.reach().watched_place(&Disk, "../data/kpi.csv"), Some(bench.root.join("data/kpi.csv")));
    let text = std::fs::read_to_string(bench.root.join("plans/plan.waymark.ron")).unwrap();
    assert_eq!(text, "()", "the project does not hold it");

    std::fs::write(bench.root.join("data/other.csv"), "other").unwrap();
    std::fs::create_dir(bench.root.join("copies")).unwrap();
    std::fs::copy(bench.root.join("plans/plan.waymark.ron"), bench.root.join("copies/plan.waymark.ron")).unwrap();
    assert_eq!(read(&bench.reach(), "../data/other.csv"), Err(Unread::NotAllowed), "an edited path");
    assert_eq!(
        read(&bench.reach_of(2, "plans/plan.waymark.ron"), "../data/kpi.csv"),
        Err(Unread::NotAllowed),
        "another project in its place"
    );
    assert_eq!(read(&bench.reach_of(1, "copies/plan.waymark.ron"), "../data/kpi.csv"), Err(Unread::NotAllowed), "a copy elsewhere");
    let without = Reach::new(ProjectId::from_random(1), &bench.root.join("plans/plan.waymark.ron"), None);
    assert_eq!(read(&without, "../data/kpi.csv"), Err(Unread::NotAllowed));

    bench.reach().take_back(&Disk, "../data/kpi.csv").unwrap();
    assert_eq!(read(&bench.reach(), "../data/kpi.csv"), Err(Unread::NotAllowed));
    bench.reach().take_back(&Disk, "../data/kpi.csv").unwrap();
}

#[test]
fn what_is_kept_and_cannot_be_read_is_no_yes() {
    let bench = bench();
    bench.allow("../data/kpi.csv");
    let kept: Vec<_> = std::fs::read_dir(bench.all.path().join("allowed")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [kept] = &kept[..] else { panic!("one file for one yes: {kept:?}") };
    let whole = std::fs::read_to_string(kept).unwrap();
    for broken in [&whole[..whole.len() / 2], "", "()", &whole.replace("plan.waymark", "plan2.waymark")] {
        std::fs::write(kept, broken).unwrap();
        assert_eq!(read(&bench.reach(), "../data/kpi.csv"), Err(Unread::NotAllowed), "{broken}");
    }
    std::fs::write(kept, &whole).unwrap();
    assert!(read(&bench.reach(), "../data/kpi.csv").is_ok());
}

#[test]
fn a_yes_for_one_reading_is_not_kept() {
    let bench = bench();
    let mut reach = bench.reach();
    reach.allow_once(&Disk, &bench.root.join("data/kpi.csv")).unwrap();
    assert_eq!(read(&reach, "../data/kpi.csv").unwrap(), b"secret");
    assert_eq!(read(&reach, "../../data/kpi.csv"), Err(Unread::NotAllowed));
    assert_eq!(read(&bench.reach(), "../data/kpi.csv"), Err(Unread::NotAllowed));
    assert!(!bench.all.path().join("allowed").exists());
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_outside_and_a_turned_link_asks_again() {
    use std::os::unix::fs::symlink;
    let bench = bench();
    let (plans, data) = (bench.root.join("plans"), bench.root.join("data"));
    symlink(data.join("kpi.csv"), plans.join("a.csv")).unwrap();
    symlink(&data, plans.join("far")).unwrap();
    symlink("plan.waymark.ron", plans.join("own.csv")).unwrap();
    let (reach, seen) = (bench.reach(), Seen::default());
    for path in ["a.csv", "far/kpi.csv"] {
        let look = reach.read(&seen, path, 64);
        assert_eq!((look.bytes, look.outside), (Err(Unread::NotAllowed), Some(data.join("kpi.csv"))), "{path}");
        assert_eq!(reach.watched_place(&seen, path), None);
    }
    assert!(seen.read.borrow().is_empty());
    assert_eq!(read(&reach, "own.csv").unwrap(), b"()", "a link that stays inside is a file like others");
    bench.allow("a.csv");
    assert_eq!(read(&reach, "a.csv").unwrap(), b"secret");
    assert_eq!(read(&reach, "far/kpi.csv"), Err(Unread::NotAllowed));
    std::fs::write(data.join("other.csv"), "other").unwrap();
    std::fs::remove_file(plans.join("a.csv")).unwrap();
    symlink(data.join("other.csv"), plans.join("a.csv")).unwrap();
    assert_eq!(read(&reach, "a.csv"), Err(Unread::NotAllowed), "it leads elsewhere now");
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_refused_whoever_allows_them() {
    let bench = bench();
    let pipe = bench.root.join("plans/pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(read(&bench.reach(), "pipe.csv"), failed("pipe.csv cannot be read: it is no file"));
    assert_eq!(bench.reach().look_up(&Disk, "/dev/zero").unwrap_err(), "/dev/zero cannot be read: it is no file");
    let mut reach = bench.reach();
    reach.allow_once(&Disk, Path::new("/dev/zero")).unwrap();
    assert_eq!(read(&reach, "/dev/zero"), failed("/dev/zero cannot be read: it is no file"));
}
