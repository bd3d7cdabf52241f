//! A project that somebody sent names a file outside its folder: nothing of it is touched before somebody says yes.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tempfile::TempDir;
use waymark::model::Project;
use waymark::shell::fake::{ScriptedDialogs, ScriptedWatcher};
use waymark::shell::{Disk, Files, Services, Start, WaymarkApp};
use waymark::storage::{self, ContentHash, LoadError, Loaded, SaveError, Saved, Saving, Touch};
use waymark::workspace::jobs::Progress;
use waymark::workspace::{Action, KpiMode, Selection};

use crate::Window;
use crate::inspector::metric_id;
use crate::project::day;
use crate::refresh::following_file;

/// The real files, and which were looked at or read.
#[derive(Default)]
struct Counting {
    looked: Mutex<Vec<PathBuf>>,
    read: Mutex<Vec<PathBuf>>,
}

fn note(list: &Mutex<Vec<PathBuf>>, path: &Path) {
    list.lock().unwrap().push(path.to_path_buf());
}

impl Touch for Counting {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        note(&self.looked, path);
        Disk.canonical(path)
    }

    fn check_regular(&self, path: &Path) -> Result<(), String> {
        note(&self.looked, path);
        Disk.check_regular(path)
    }

    fn read_regular(&self, path: &Path, most: usize) -> Result<Vec<u8>, String> {
        note(&self.read, path);
        Disk.read_regular(path, most)
    }
}

impl Files for Counting {
    fn load(&self, path: &Path) -> Result<Loaded, LoadError> {
        Disk.load(path)
    }

    fn save(&self, project: &Project, path: &Path, saving: &Saving<'_>) -> Result<Saved, SaveError> {
        Disk.save(project, path, saving)
    }

    fn create(&self, project: &Project, path: &Path) -> Result<Saved, SaveError> {
        Disk.create(project, path)
    }

    fn exists(&self, path: &Path) -> bool {
        note(&self.looked, path);
        Disk.exists(path)
    }

    fn hash(&self, path: &Path) -> io::Result<ContentHash> {
        note(&self.read, path);
        Disk.hash(path)
    }

    fn is_read_only(&self, path: &Path) -> bool {
        Disk.is_read_only(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        note(&self.read, path);
        Disk.read(path)
    }

    fn read_table(&self, path: &Path, progress: &Progress) -> io::Result<Option<Vec<u8>>> {
        note(&self.read, path);
        Disk.read_table(path, progress)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write(path, bytes)
    }
}

const NEW: &str = "month,tickets\n2026-09,60\n2026-10,57\n";

/// A folder with `plans/plan.waymark.ron`, which follows `../data/tickets.csv`, and what the program keeps in `data` and `config` below it.
struct Bench {
    folder: TempDir,
    files: Arc<Counting>,
    watcher: ScriptedWatcher,
    window: Window,
}

fn plan(folder: &TempDir) -> PathBuf {
    folder.path().join("plans/plan.waymark.ron")
}

impl Bench {
    fn open(linked: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["plans", "outside"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
        }
        storage::save(&following_file(linked), &plan(&folder)).unwrap();
        std::fs::write(folder.path().join("outside/tickets.csv"), NEW).unwrap();
        Self::again(folder)
    }

    /// A new window on the same file.
    fn again(folder: TempDir) -> Self {
        let (files, watcher, dialogs) = (Arc::new(Counting::default()), ScriptedWatcher::default(), ScriptedDialogs::default());
        let mut services = Services::scripted(folder.path(), day("2026-11-21"), dialogs.clone());
        services.watcher = Some(Box::new(watcher.clone()));
        services.files = Arc::clone(&files) as Arc<dyn Files>;
        let app = WaymarkApp::open(services, Start::File(plan(&folder)));
        let mut harness = Harness::builder().with_size(egui::vec2(1280.0, 800.0)).build_eframe(|_| app);
        harness.run();
        let window = Window { harness, folder: TempDir::new().unwrap(), dialogs };
        Self { folder, files, watcher, window }
    }

    fn touched(&self) -> Vec<PathBuf> {
        let all = [&self.files.looked, &self.files.read].map(|list| list.lock().unwrap().clone()).concat();
        let outside = self.folder.path().canonicalize().unwrap().join("outside");
        all.into_iter().filter(|path| path.starts_with(&outside) || path.components().any(|part| part.as_os_str() == "..")).collect()
    }

    fn shows(&self, words: &str) -> bool {
        self.window.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn settle(&mut self) {
        for _ in 0..4 {
            self.window.harness.run();
        }
    }

    fn allow(&mut self) {
        self.window.click("Allow…");
        self.settle();
        self.window.click("Allow reading it");
        self.settle();
    }
}

const WORDS: &str = "a file outside the project's folder, not read until you allow it";

#[test]
fn nothing_outside_is_touched_until_somebody_allows_it() {
    let mut bench = Bench::open("../outside/tickets.csv");
    assert!(bench.shows(WORDS));
    let place = bench.folder.path().canonicalize().unwrap().join("outside/tickets.csv");
    assert!(bench.shows(&place.display().to_string()));
    bench.window.act(Action::ShowKpi(KpiMode::Trend));
    bench.window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    bench.window.act(waymark::workspace::RefreshAction::Begin.into());
    bench.watcher.hear();
    bench.settle();
    bench.window.harness.get_by_label("not allowed yet");
    assert_eq!(bench.touched(), Vec::<PathBuf>::new());
    assert!(bench.watcher.all_watched().iter().all(|path| !path.starts_with(place.parent().unwrap())));
    let project = std::fs::read_to_string(plan(&bench.folder)).unwrap();

    // The question spells the whole path out, and its usual answer is no.
    bench.window.click("Done");
    bench.window.click("Not now");
    assert!(!bench.shows("Not now"));
    bench.window.act(waymark::workspace::RefreshAction::Allow("../outside/tickets.csv".to_owned()).into());
    bench.settle();
    bench.window.harness.get_by_label("Read a file outside the project's folder?");
    bench.window.press(egui::Modifiers::NONE, egui::Key::Enter);
    bench.settle();
    assert!(bench.files.read.lock().unwrap().iter().all(|path| *path != place), "it was looked up, not read");

    bench.window.act(waymark::workspace::RefreshAction::Allow("../outside/tickets.csv".to_owned()).into());
    bench.settle();
    bench.window.click("Allow reading it");
    bench.settle();
    bench.window.harness.get_by_label("../outside/tickets.csv: 1 changed value.");
    assert!(bench.watcher.all_watched().contains(&place), "it is followed from now on");
    assert_eq!(std::fs::read_to_string(plan(&bench.folder)).unwrap(), project, "the project does not hold the yes");

    // Another window of the same user knows it, and a copy of the project elsewhere does not.
    let bench = Bench::again(bench.folder);
    bench.window.harness.get_by_label("../outside/tickets.csv: 1 changed value.");
    std::fs::create_dir(bench.folder.path().join("copies")).unwrap();
    let copy = bench.folder.path().join("copies/plan.waymark.ron");
    std::fs::copy(plan(&bench.folder), &copy).unwrap();
    let mut bench = bench;
    bench.window.act(Action::OpenPath(copy));
    bench.settle();
    assert!(bench.shows(WORDS));
}

#[test]
fn a_yes_is_taken_back_where_it_was_given() {
    let mut bench = Bench::open("../outside/tickets.csv");
    bench.allow();
    bench.window.click("Show what would change…");
    bench.settle();
    assert!(bench.shows("read because you allowed it"));
    bench.window.click("Do not read it any more");
    bench.settle();
    bench.window.harness.get_by_label("not allowed yet");
    let outside = bench.folder.path().canonicalize().unwrap().join("outside");
    assert!(bench.watcher.all_watched().iter().all(|path| !path.starts_with(&outside)));
    let bench = Bench::again(bench.folder);
    assert!(bench.shows(WORDS));
    assert_eq!(bench.touched(), Vec::<PathBuf>::new());
}

#[test]
fn the_inspector_says_it_and_allows_it() {
    let mut bench = Bench::open("../outside/tickets.csv");
    bench.window.click("Not now");
    bench.window.act(Action::ShowKpi(KpiMode::Trend));
    bench.window.act(Action::Select(Selection::Metric(metric_id("tickets"))));
    if !bench.window.workspace().view.shows_inspector() {
        bench.window.act(Action::ToggleInspector);
    }
    bench.window.harness.get_by_label_contains("Outside the project's folder, not read until you allow it");
    bench.window.harness.get_by_role_and_label(Role::Button, "Allow…").click_accesskit();
    bench.settle();
    bench.window.click("Allow reading it");
    bench.settle();
    bench.window.harness.get_by_label_contains("Outside the project's folder, read because you allowed it");
}

#[test]
fn a_device_is_refused_even_then() {
    let mut bench = Bench::open("/dev/zero");
    assert!(bench.shows(WORDS));
    bench.window.click("Allow…");
    bench.settle();
    assert!(bench.shows("/dev/zero cannot be read: it is no file"));
    assert!(bench.window.workspace().question.is_none());
}
