//! Puts the unsaved changes of this window by, in the order in which that was asked for, and once more when the program panics.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use chrono::NaiveDateTime;

use crate::model::Project;
use crate::storage::{ContentHash, Found, Lock, Locks, NotLocked, Origin, Recovery, SnapshotId, Typed, io_words};

/// The snapshot of this window, and those of others that it offers. Shared with worker threads.
pub(super) struct Keeper {
    pub(super) recovery: Recovery,
    pub(super) locks: Locks,
    now: Arc<dyn Fn() -> NaiveDateTime + Send + Sync>,
    own: Mutex<Own>,
    /// Snapshots of windows that are gone, locked so that only this window offers them.
    claims: Mutex<BTreeMap<SnapshotId, Option<Lock>>>,
    file: Mutex<Held>,
}

/// The snapshot of this window.
struct Own {
    id: SnapshotId,
    lock: Option<Lock>,
    /// The last thing that was done with it.
    done: u64,
}

/// The file of this window.
#[derive(Default)]
struct Held {
    lock: Option<Lock>,
    done: u64,
}

/// A state that is in no file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub(super) project: Arc<Project>,
    pub(super) path: Option<PathBuf>,
    pub(super) base: Option<ContentHash>,
    pub(super) typed: Typed,
}

/// Names that are tried for the snapshot of this window.
const MAX_NAMES: u64 = 16;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whatever was going on when somebody panicked, what is in there is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Own {
    /// Says that the snapshot is of a living window. Where there are no locks, it goes without.
    fn claim(&mut self, locks: &Locks, now: NaiveDateTime) {
        if self.lock.is_some() {
            return;
        }
        for _ in 0..MAX_NAMES {
            match locks.of_snapshot(self.id, now) {
                Ok(lock) => {
                    self.lock = Some(lock);
                    return;
                }
                Err(NotLocked::Held(_)) => self.id = SnapshotId(self.id.0.wrapping_add(1)),
                Err(NotLocked::Failed(error)) => {
                    log::warn!("the unsaved changes of this window have no lock: {error}");
                    return;
                }
            }
        }
    }
}

impl Keeper {
    pub(super) fn new(recovery: Recovery, locks: Locks, now: Arc<dyn Fn() -> NaiveDateTime + Send + Sync>, name: u64) -> Self {
        let own = Mutex::new(Own { id: SnapshotId(name), lock: None, done: 0 });
        Self { recovery, locks, now, own, claims: Mutex::default(), file: Mutex::default() }
    }

    pub(super) fn now(&self) -> NaiveDateTime {
        (self.now)()
    }

    /// Puts a state by, unless something that was asked for later is done already. `Err` says why it could not be.
    pub(super) fn keep(&self, number: u64, state: &State) -> Result<(), String> {
        self.write(&mut lock(&self.own), number, state)
    }

    fn write(&self, own: &mut Own, number: u64, state: &State) -> Result<(), String> {
        if own.done >= number {
            return Ok(());
        }
        own.done = number;
        own.claim(&self.locks, self.now());
        let origin = Origin { at: self.now(), path: state.path.clone(), base: state.base, typed: state.typed.clone() };
        self.recovery.write(own.id, &origin, &state.project).map_err(|error| io_words(&error))
    }

    /// What this window put by is needed no more.
    pub(super) fn forget(&self, number: u64) {
        let mut own = lock(&self.own);
        if own.done >= number {
            return;
        }
        own.done = number;
        self.remove(own.id);
        own.lock = None;
    }

    fn remove(&self, id: SnapshotId) {
        if let Err(error) = self.recovery.remove(id) {
            log::warn!("the snapshot {id} could not be removed: {error}");
        }
    }

    /// Whether a snapshot belongs to no living window; from then on no other window offers it.
    pub(super) fn claim(&self, id: SnapshotId) -> bool {
        let mut claims = lock(&self.claims);
        if claims.contains_key(&id) {
            return true;
        }
        match self.locks.of_snapshot(id, self.now()) {
            Ok(lock) => drop(claims.insert(id, Some(lock))),
            Err(NotLocked::Held(_)) => return false,
            Err(NotLocked::Failed(error)) => {
                log::warn!("the snapshot {id} is offered without a lock: {error}");
                claims.insert(id, None);
            }
        }
        true
    }

    /// What was claimed goes on as the snapshot of this window.
    pub(super) fn take(&self, number: u64, id: SnapshotId) {
        let claimed = lock(&self.claims).remove(&id);
        let mut own = lock(&self.own);
        *own = Own { id, lock: claimed.flatten(), done: number };
    }

    pub(super) fn discard(&self, found: &Found) {
        match found {
            Found::Snapshot(id) => {
                self.remove(*id);
                lock(&self.claims).remove(id);
            }
            Found::Foreign(path) => {
                if let Err(error) = self.recovery.remove_foreign(path) {
                    log::warn!("{} could not be removed: {error}", path.display());
                }
            }
        }
    }

    pub(super) fn release(&self) {
        lock(&self.claims).clear();
    }

    /// Takes the lock of this file and gives the one before back. `Some` says who has it instead.
    pub(super) fn hold(&self, number: u64, path: Option<&PathBuf>) -> Option<crate::storage::Holder> {
        let mut held = lock(&self.file);
        if held.done >= number {
            return None;
        }
        held.done = number;
        held.lock = None;
        match self.locks.of_file(path?, self.now()) {
            Ok(lock) => held.lock = Some(lock),
            Err(NotLocked::Held(holder)) => return Some(holder),
            Err(NotLocked::Failed(error)) => log::warn!("the file is not locked against other windows: {error}"),
        }
        None
    }
}

/// What a panic would take along, and who puts it by.
static LAST: Mutex<Option<(Arc<Keeper>, State)>> = Mutex::new(None);

/// Has this state put by when the program panics; `None`, nothing.
pub(super) fn guard(last: Option<(Arc<Keeper>, State)>) {
    *lock(&LAST) = last;
}

/// Comes first in a panic: puts the guarded state by. Never waits, as the thread that panics may be the one that is waited for.
pub(super) fn keep_guarded() {
    let guarded = match LAST.try_lock() {
        Ok(last) => last.clone(),
        Err(TryLockError::Poisoned(last)) => last.into_inner().clone(),
        Err(TryLockError::WouldBlock) => None,
    };
    let Some((keeper, state)) = guarded else { return };
    let mut own = match keeper.own.try_lock() {
        Ok(own) => own,
        Err(TryLockError::Poisoned(own)) => own.into_inner(),
        // It is being put by right now.
        Err(TryLockError::WouldBlock) => return,
    };
    let number = own.done + 1;
    if let Err(why) = keeper.write(&mut own, number, &state) {
        log::error!("the unsaved changes could not be kept: {why}");
    }
    // What the window asks for next, if it lives on, counts.
    own.done = number - 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ProjectId;

    fn keeper(folder: &std::path::Path, name: u64) -> Keeper {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(14, 5, 0).unwrap();
        Keeper::new(Recovery::new(folder.join("recovery")), Locks::new(folder.join("locks")), Arc::new(move || at), name)
    }

    fn state(name: &str) -> State {
        State { project: Arc::new(Project::empty(ProjectId::from_random(7), name)), path: None, base: None, typed: Typed::default() }
    }

    #[test]
    fn what_was_asked_for_last_is_what_counts() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = keeper(folder.path(), 1);
        keeper.keep(2, &state("newer")).unwrap();
        keeper.keep(1, &state("older")).unwrap();
        assert_eq!(keeper.recovery.read(SnapshotId(1)).unwrap().project.name, "newer");
        keeper.forget(4);
        keeper.keep(3, &state("too late")).unwrap();
        assert_eq!(keeper.recovery.list().unwrap(), []);
    }

    #[test]
    fn two_windows_never_write_one_snapshot_and_never_offer_each_others() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (keeper(folder.path(), 1), keeper(folder.path(), 1));
        one.keep(1, &state("one")).unwrap();
        two.keep(1, &state("two")).unwrap();
        assert!(!two.claim(SnapshotId(1)) && !one.claim(SnapshotId(2)));
        drop(one);
        assert!(two.claim(SnapshotId(1)));
        two.forget(2);
        two.take(3, SnapshotId(1));
        two.keep(4, &state("one, recovered")).unwrap();
        assert_eq!(two.recovery.read(SnapshotId(1)).unwrap().project.name, "one, recovered");
        assert!(!keeper(folder.path(), 9).claim(SnapshotId(1)), "what was recovered is of a living window again");
    }

    #[test]
    fn a_panic_puts_the_guarded_state_by() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Arc::new(keeper(folder.path(), 1));
        keeper.keep(1, &state("a second ago")).unwrap();
        guard(Some((Arc::clone(&keeper), state("now"))));
        let before: Arc<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync> = Arc::from(std::panic::take_hook());
        let ordinary = Arc::clone(&before);
        std::panic::set_hook(Box::new(move |info| {
            keep_guarded();
            ordinary(info);
        }));
        let panicked = std::panic::catch_unwind(|| panic!("drawing failed"));
        std::panic::set_hook(Box::new(move |info| before(info)));
        guard(None);
        assert!(panicked.is_err());
        assert_eq!(keeper.recovery.read(SnapshotId(1)).unwrap().project.name, "now");
        keeper.keep(2, &state("later")).unwrap();
        assert_eq!(keeper.recovery.read(SnapshotId(1)).unwrap().project.name, "later", "the window lives on");
    }
}
