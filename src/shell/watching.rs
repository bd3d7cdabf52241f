//! Hearing of what others do to the open file, and to the files that its metrics follow.
//!
//! A [`Watcher`] only says that something may have happened. Whether it did is told by the content: after a moment of quiet the file is
//! read on a thread of its own and its hash compared, and the window is woken only when that is another one than was known. A followed file
//! outside the project's folder is only watched and read where somebody allowed it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Files, JobMode, Services};
use crate::import::MAX_BYTES;
use crate::model::ProjectId;
use crate::storage::{ContentHash, Permits, Reach};
use crate::workspace::jobs::Waker;
use crate::workspace::{Action, FileState, FollowedFile, RefreshAction, Seen};

/// Called when something may have happened to a file, on any thread.
pub type Heard = Arc<dyn Fn() + Send + Sync>;

/// Hears of a few files.
pub trait Watcher: Send {
    /// From now on `heard` is called when something may have happened to these files, and of no others; with none of them it ends.
    fn watch(&mut self, paths: &[PathBuf], heard: Heard);
}

/// Watches the folders that files are in: programs save by putting another file in its place, which watching the file would miss.
#[derive(Debug, Default)]
pub struct FolderWatcher {
    /// Ends when it is dropped.
    running: Option<RecommendedWatcher>,
}

impl Watcher for FolderWatcher {
    fn watch(&mut self, paths: &[PathBuf], heard: Heard) {
        self.running = None;
        if paths.is_empty() {
            return;
        }
        match watch_folders(paths, heard) {
            Ok(watcher) => self.running = Some(watcher),
            // Changes are still found when the window gets the keyboard back, and when it saves.
            Err(problem) => log::warn!("files cannot be watched: {problem}"),
        }
    }
}

fn watch_folders(paths: &[PathBuf], heard: Heard) -> notify::Result<RecommendedWatcher> {
    let mut places = BTreeSet::new();
    for path in paths {
        let path = std::path::absolute(path)?;
        // A link may be put in another's place, and so may what it leads to.
        places.extend(path.canonicalize());
        places.insert(path);
    }
    let names: BTreeSet<OsString> = places.iter().filter_map(|place| place.file_name()).map(OsString::from).collect();
    let folders: BTreeSet<PathBuf> = places.iter().filter_map(|place| place.parent()).map(PathBuf::from).collect();
    let watched = folders.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let is_meant = match &event {
            // Reading it is no change; our own looks would never end.
            Ok(event) if matches!(event.kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write)) => false,
            Ok(event) => {
                let named = |found: &PathBuf| found.file_name().is_some_and(|name| names.contains(name)) || watched.contains(found);
                event.need_rescan() || event.paths.iter().any(named)
            }
            Err(problem) => {
                log::warn!("watching the file: {problem}");
                true
            }
        };
        if is_meant {
            heard();
        }
    })?;
    for folder in &folders {
        // One folder that cannot be watched leaves the others.
        if let Err(problem) = watcher.watch(folder, RecursiveMode::NonRecursive) {
            log::warn!("{} cannot be watched: {problem}", folder.display());
        }
    }
    Ok(watcher)
}

/// How long nothing more must happen before the file is read: others write it in several steps.
const QUIET: Duration = Duration::from_millis(300);
/// However much goes on, it is read after this.
const AT_LAST: Duration = Duration::from_secs(3);

/// The window's end of it.
pub(super) struct Watching {
    orders: Sender<Order>,
    seen: Receiver<Action>,
    /// What was last asked for.
    followed: Option<(PathBuf, ContentHash)>,
    links: Option<(ProjectId, Arc<Vec<FollowedFile>>)>,
    /// Where there is no thread: tests.
    inline: Option<(Receiver<Order>, Look)>,
}

enum Order {
    Follow(Option<(PathBuf, ContentHash)>),
    /// The files that metrics of the project follow.
    Links(ProjectId, Arc<Vec<FollowedFile>>),
    Heard,
    Stop,
}

/// What is known of the file, and how to find out more.
struct Look {
    files: Arc<dyn Files>,
    watcher: Option<Box<dyn Watcher>>,
    heard: Heard,
    path: Option<PathBuf>,
    /// What the watcher was last told.
    places: Vec<PathBuf>,
    /// As it was seen last, or read and written by the window itself.
    last: Seen,
    /// Of which project the links are.
    project: Option<ProjectId>,
    links: Vec<Link>,
    permits: Option<Permits>,
    seen: Sender<Action>,
    waker: Waker,
}

/// What a file that metrics follow held when it was looked at or read last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LinkSeen {
    Holds(ContentHash),
    CannotBeRead,
}

/// A file that metrics follow.
struct Link {
    path: String,
    /// `None` before it was looked at.
    last: Option<LinkSeen>,
}

impl Watching {
    /// Takes the watcher of the services over.
    pub(super) fn start(services: &mut Services) -> Self {
        let (orders, taken) = channel();
        let (found, seen) = channel();
        let look = Look {
            files: Arc::clone(&services.files),
            watcher: services.watcher.take(),
            heard: {
                let orders = orders.clone();
                // Nobody looks any more when the window has closed.
                Arc::new(move || drop(orders.send(Order::Heard)))
            },
            path: None,
            places: Vec::new(),
            last: Seen::Gone,
            project: None,
            links: Vec::new(),
            permits: services.folders.permits(),
            seen: found,
            waker: Arc::clone(&services.waker),
        };
        let mut watching = Self { orders, seen, followed: None, links: None, inline: None };
        match services.jobs {
            JobMode::Inline => watching.inline = Some((taken, look)),
            JobMode::Background => {
                let started = std::thread::Builder::new().name("watch".to_owned()).spawn(move || look.keep_looking(&taken));
                if let Err(problem) = started {
                    log::warn!("no thread to watch the file: {problem}");
                }
            }
        }
        watching
    }

    /// The file of the project, and what is known of it; nothing where that is what was said before.
    pub(super) fn follow(&mut self, file: &FileState) {
        let now = file.path.as_ref().zip(file.stored.as_ref());
        if self.followed.as_ref().map(|(path, hash)| (path, *hash)) == now.map(|(path, stored)| (path, stored.hash)) {
            return;
        }
        self.followed = now.map(|(path, stored)| (path.clone(), stored.hash));
        self.order(Order::Follow(self.followed.clone()));
    }

    /// The files that metrics of that project follow; nothing where that is what was said before.
    pub(super) fn follow_links(&mut self, project: &ProjectId, links: &Arc<Vec<FollowedFile>>) {
        let is_known =
            |(known, before): &(ProjectId, Arc<Vec<FollowedFile>>)| known == project && (Arc::ptr_eq(before, links) || before == links);
        if !self.links.as_ref().is_some_and(is_known) {
            self.order(Order::Links(project.clone(), Arc::clone(links)));
            self.links = Some((project.clone(), Arc::clone(links)));
        }
    }

    /// Looks whether something happened that nobody heard of.
    pub(super) fn look(&self) {
        self.order(Order::Heard);
    }

    fn order(&self, order: Order) {
        // Without a thread nobody looks.
        drop(self.orders.send(order));
    }

    pub(super) fn take_seen(&mut self) -> Vec<Action> {
        if let Some((orders, look)) = &mut self.inline {
            while let Ok(order) = orders.try_recv() {
                if look.take(order) == Next::Look {
                    look.look();
                }
            }
        }
        self.seen.try_iter().collect()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.order(Order::Stop);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Look,
    Wait,
    Stop,
}

impl Look {
    fn keep_looking(mut self, orders: &Receiver<Order>) {
        // Since when there is something to look for.
        let mut since: Option<Instant> = None;
        loop {
            let order = match since {
                None => orders.recv().map_err(RecvTimeoutError::from),
                Some(since) => orders.recv_timeout(QUIET.min(AT_LAST.saturating_sub(since.elapsed()))),
            };
            match order {
                Ok(order) => match self.take(order) {
                    Next::Look => since = since.or_else(|| Some(Instant::now())),
                    Next::Wait => {}
                    Next::Stop => return,
                },
                Err(RecvTimeoutError::Timeout) => {
                    since = None;
                    self.look();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn take(&mut self, order: Order) -> Next {
        match order {
            Order::Heard => Next::Look,
            Order::Stop => Next::Stop,
            Order::Follow(None) => {
                self.path = None;
                self.watch();
                Next::Wait
            }
            Order::Links(project, links) => {
                self.project = Some(project);
                let mut before: BTreeMap<String, Option<LinkSeen>> = self.links.drain(..).map(|link| (link.path, link.last)).collect();
                let link = |(path, held): &FollowedFile| {
                    let last = before.remove(path).flatten();
                    Link { path: path.clone(), last: held.map(LinkSeen::Holds).or(last) }
                };
                self.links = links.iter().map(link).collect();
                self.watch();
                Next::Look
            }
            Order::Follow(Some((path, known))) => {
                self.last = Seen::Holds(known);
                if self.path.as_ref() == Some(&path) {
                    return Next::Wait;
                }
                self.path = Some(path);
                self.watch();
                // It may have changed before anybody watched.
                Next::Look
            }
        }
    }

    fn watch(&mut self) {
        let mut places: Vec<PathBuf> = self.path.iter().cloned().collect();
        if let Some(reach) = self.reach() {
            places.extend(self.links.iter().filter_map(|link| reach.watched_place(&*self.files, &link.path)));
        }
        if places != self.places {
            if let Some(watcher) = &mut self.watcher {
                watcher.watch(&places, Arc::clone(&self.heard));
            }
            self.places = places;
        }
    }

    fn reach(&self) -> Option<Reach> {
        Some(Reach::new(self.project.clone()?, self.path.as_ref()?, self.permits.clone()))
    }

    fn look(&mut self) {
        self.look_at_file();
        self.look_at_links();
    }

    /// Reads the followed files, and says so where one holds something else than before.
    fn look_at_links(&mut self) {
        let (Some(reach), Some(project)) = (self.reach(), &self.path) else { return };
        let mut is_news = false;
        for link in &mut self.links {
            let read = reach.read(&*self.files, &link.path, MAX_BYTES);
            let now = read.bytes.map_or(LinkSeen::CannotBeRead, |bytes| LinkSeen::Holds(ContentHash::of(&bytes)));
            is_news |= link.last.is_some_and(|last| last != now);
            link.last = Some(now);
        }
        if is_news && self.seen.send(RefreshAction::Noticed(project.clone()).into()).is_ok() {
            (self.waker)();
        }
    }

    /// Reads the file and says what it holds, if that is something else than before.
    fn look_at_file(&mut self) {
        let Some(path) = &self.path else { return };
        let seen = match self.files.hash(path) {
            Ok(hash) => Seen::Holds(hash),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Seen::Gone,
            Err(problem) => {
                log::warn!("{} cannot be looked at: {problem}", path.display());
                return;
            }
        };
        if seen != self.last {
            self.last = seen;
            if self.seen.send(Action::FileSeen(path.clone(), seen)).is_ok() {
                (self.waker)();
            }
        }
    }
}
