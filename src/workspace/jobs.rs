//! Work that must not hold up a frame: on named threads of its own, or at once in tests and headless commands.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::importing::Found;
use super::outside::{Brought, Outside};
use super::refreshing::Renewal;
use super::safekeeping::Safe;
use super::saving::{Refusal, SaveWay, Stored};
use crate::document::SavePoint;
use crate::model::Project;
use crate::storage::ContentHash;

/// Asks for another frame; may be called from any thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Names one request, so that an answer to an older one is known as stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub(super) u64);

/// A project to be shown, and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub project: Arc<Project>,
    pub path: Option<PathBuf>,
    pub read_only: bool,
    /// What the file held; `None` where there is none.
    pub hash: Option<ContentHash>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub request: RequestId,
    pub done: Done,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    Loaded(Opened),
    Saved {
        path: PathBuf,
        save_point: SavePoint,
        /// What the file holds now.
        stored: Stored,
        /// It survives a power cut.
        is_durable: bool,
    },
    /// The file on the disk is as it was, and somebody has to say how to go on.
    NotSaved {
        path: PathBuf,
        way: SaveWay,
        refusal: Refusal,
    },
    /// The project and its file made one.
    Brought(Box<Brought>),
    /// What the files that metrics follow hold, compared with the project.
    Refreshed(Box<Renewal>),
    /// What came of a followed file outside the project's folder.
    Outside(super::OutsideDone),
    /// The file holds nothing that could be brought in.
    NotBrought(Outside),
    /// The file holds another project.
    Another(Opened),
    Forecast(super::outlooks::Found),
    /// What was done so that nothing is lost.
    Safe(Safe),
    /// What is known of a table that is to be imported.
    Imported(Arc<Found>),
    /// The files that were written.
    Exported(Vec<PathBuf>),
    /// What the clipboard is to hold; of several pages it is the first.
    Copied {
        clip: Clip,
        pages: usize,
    },
    /// There is a file already, and nobody was asked whether it may go.
    Exists(PathBuf),
    Cancelled,
    /// What happened, what was kept and what to do.
    Failed(String),
}

/// For the clipboard.
#[derive(Clone, Debug, PartialEq)]
pub enum Clip {
    Picture(Picture),
    Text(String),
}

/// Pixels in rows from the top, four bytes each: red, green, blue, opacity, not multiplied by it.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgba: Arc<[u8]>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {})", self.width, self.height)
    }
}

/// How far a job is, and whether it is still wanted. Shared between the job and the window.
#[derive(Clone)]
pub struct Progress {
    cancelled: Arc<AtomicBool>,
    thousandths: Arc<AtomicU32>,
    waker: Waker,
}

impl Progress {
    fn new(waker: Waker) -> Self {
        Self { cancelled: Arc::default(), thousandths: Arc::default(), waker }
    }

    /// Long work looks here between its parts and ends with [`Done::Cancelled`].
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Says which share is done, 0…1.
    pub fn report(&self, share: f32) {
        let thousandths = (share.clamp(0.0, 1.0) * 1000.0) as u32;
        if self.thousandths.swap(thousandths, Ordering::Relaxed) != thousandths {
            (self.waker)();
        }
    }

    pub fn share(&self) -> f32 {
        self.thousandths.load(Ordering::Relaxed) as f32 / 1000.0
    }
}

type Work = Box<dyn FnOnce(&Progress) -> Done + Send>;

/// A piece of work with the name of its thread ("save").
pub struct Job {
    pub request: RequestId,
    pub name: &'static str,
    work: Work,
}

impl Job {
    pub fn new(request: RequestId, name: &'static str, work: impl FnOnce(&Progress) -> Done + Send + 'static) -> Self {
        Self { request, name, work: Box::new(work) }
    }

    /// A panic is a failure of this job, not the end of the program.
    fn run(self, progress: &Progress) -> Outcome {
        let Self { request, name, work } = self;
        let done = catch_unwind(AssertUnwindSafe(|| work(progress))).unwrap_or_else(|panic| {
            Done::Failed(format!("The {name} stopped unexpectedly ({}). The project is unchanged.", message(&*panic)))
        });
        Outcome { request, done }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

/// A job that has not ended.
pub struct Running {
    pub request: RequestId,
    pub name: &'static str,
    pub progress: Progress,
}

/// Runs jobs and hands their outcomes over in the order in which they ended.
pub struct Jobs {
    executor: Executor,
    waker: Waker,
    running: Vec<Running>,
}

enum Executor {
    Background { sender: Sender<Outcome>, receiver: Receiver<Outcome> },
    Inline(VecDeque<Outcome>),
}

impl Jobs {
    /// Each job on a thread of its own; `waker` is called when one ends or gets on.
    pub fn background(waker: Waker) -> Self {
        let (sender, receiver) = channel();
        Self { executor: Executor::Background { sender, receiver }, waker, running: Vec::new() }
    }

    /// Each job at once, where it is started.
    pub fn inline() -> Self {
        Self { executor: Executor::Inline(VecDeque::new()), waker: Arc::new(|| {}), running: Vec::new() }
    }

    pub fn start(&mut self, job: Job) {
        let progress = Progress::new(Arc::clone(&self.waker));
        let (request, name) = (job.request, job.name);
        match &mut self.executor {
            Executor::Inline(finished) => finished.push_back(job.run(&progress)),
            Executor::Background { sender, .. } => {
                self.running.push(Running { request, name, progress: progress.clone() });
                let (answers, waker) = (sender.clone(), Arc::clone(&self.waker));
                let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
                    let outcome = job.run(&progress);
                    if answers.send(outcome).is_ok() {
                        waker();
                    }
                });
                if let Err(error) = started {
                    let done = Done::Failed(format!("The {name} could not be started ({error}). Close other programs and try again."));
                    if sender.send(Outcome { request, done }).is_ok() {
                        (self.waker)();
                    }
                }
            }
        }
    }

    /// The outcome of the job that ended first, if one has.
    pub fn next_outcome(&mut self) -> Option<Outcome> {
        let outcome = match &mut self.executor {
            Executor::Inline(finished) => finished.pop_front(),
            Executor::Background { receiver, .. } => receiver.try_recv().ok(),
        }?;
        self.running.retain(|r| r.request != outcome.request);
        Some(outcome)
    }

    /// Tells a job that it is not wanted any more; it ends at its next look.
    pub fn cancel(&mut self, request: RequestId) {
        for running in self.running.iter().filter(|r| r.request == request) {
            running.progress.cancelled.store(true, Ordering::Relaxed);
        }
    }

    pub fn running(&self) -> &[Running] {
        &self.running
    }

    pub(super) fn wake(&self) {
        (self.waker)();
    }
}
