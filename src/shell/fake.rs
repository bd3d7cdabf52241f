//! A world for tests and benches: a folder of their own, a fixed today, dialogs that answer from a list.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Dialogs, Disk, Displays, FileAnswer, FileQuestion, Folders, Heard, JobMode, Reply, Services, Watcher};
use crate::model::Date;

/// The files that are watched, and what is told when something happened to one; `None` before.
type Watched = Option<(Vec<PathBuf>, Heard)>;

/// Hears of a file when a test says so.
#[derive(Clone, Default)]
pub struct ScriptedWatcher {
    watched: Arc<Mutex<Watched>>,
}

impl ScriptedWatcher {
    /// Something happened to a file that is watched. The window looks in its next frame.
    pub fn hear(&self) {
        if let Some((_, heard)) = &*self.watched.lock().unwrap_or_else(PoisonError::into_inner) {
            heard();
        }
    }

    /// The first of the files that are watched: that of the project.
    pub fn watched(&self) -> Option<PathBuf> {
        self.all_watched().into_iter().next()
    }

    pub fn all_watched(&self) -> Vec<PathBuf> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(paths, _)| paths.clone()).unwrap_or_default()
    }
}

impl Watcher for ScriptedWatcher {
    fn watch(&mut self, paths: &[PathBuf], heard: Heard) {
        let watched = (!paths.is_empty()).then(|| (paths.to_vec(), heard));
        *self.watched.lock().unwrap_or_else(PoisonError::into_inner) = watched;
    }
}

/// Dialogs that answer at once from a script, and remember what they were asked. Without an answer left they say that no dialog
/// is available.
#[derive(Clone, Debug, Default)]
pub struct ScriptedDialogs {
    script: Arc<Mutex<Script>>,
}

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<FileAnswer>,
    asked: Vec<FileQuestion>,
}

impl ScriptedDialogs {
    /// The answer to the next question that has none yet.
    pub fn will_answer(&self, answer: FileAnswer) {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).answers.push_back(answer);
    }

    pub fn asked(&self) -> Vec<FileQuestion> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).asked.clone()
    }
}

impl Dialogs for ScriptedDialogs {
    fn ask(&mut self, question: FileQuestion, reply: Reply) {
        let answer = {
            let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
            script.asked.push(question);
            script.answers.pop_front()
        };
        reply(answer.unwrap_or(FileAnswer::Unavailable));
    }
}

impl Services {
    /// Files are real, preferences live in `folder`, jobs run at once, ids repeat.
    pub fn scripted(folder: &Path, today: Date, dialogs: ScriptedDialogs) -> Self {
        Self {
            files: Arc::new(Disk),
            dialogs: Box::new(dialogs),
            today: Box::new(move || today),
            time: Box::new(chrono::NaiveTime::default),
            now: Arc::new(move || today.and_time(chrono::NaiveTime::default())),
            displays: Box::new(|_| Displays::default()),
            watcher: Some(Box::new(ScriptedWatcher::default())),
            folders: Folders { config: Some(folder.join("config")), data: Some(folder.join("data")) },
            seed: 7,
            waker: Arc::new(|| {}),
            jobs: JobMode::Inline,
        }
    }
}
