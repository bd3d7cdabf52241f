//! States to go on from: for each of a few keys the latest one, taken out, renewed and put back.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

/// Keeps at most so many; the one that was not asked for longest goes first. Not borrowed while a state is renewed.
pub(super) struct Latest<K, V> {
    entries: RefCell<BTreeMap<K, (u64, V)>>,
    clock: Cell<u64>,
    capacity: usize,
}

impl<K: Ord + Clone, V> Latest<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: RefCell::default(), clock: Cell::new(0), capacity: capacity.max(1) }
    }

    fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    /// Reads something of a state, where there is one.
    pub(super) fn read<R>(&self, key: &K, read: impl FnOnce(&V) -> Option<R>) -> Option<R> {
        let now = self.tick();
        let mut entries = self.entries.borrow_mut();
        let (used, state) = entries.get_mut(key)?;
        *used = now;
        read(state)
    }

    pub(super) fn take(&self, key: &K) -> Option<V> {
        self.entries.borrow_mut().remove(key).map(|(_, state)| state)
    }

    pub(super) fn put(&self, key: K, state: V) {
        let now = self.tick();
        let mut entries = self.entries.borrow_mut();
        entries.insert(key, (now, state));
        if entries.len() > self.capacity
            && let Some(oldest) = entries.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| key.clone())
        {
            entries.remove(&oldest);
        }
    }
}

impl<K, V> fmt::Debug for Latest<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Latest").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let latest = Latest::new(2);
        latest.put(1, "one");
        latest.put(2, "two");
        assert_eq!(latest.read(&1, |state| Some(*state)), Some("one"));
        latest.put(3, "three");
        assert_eq!((latest.take(&1), latest.take(&2), latest.take(&3)), (Some("one"), None, Some("three")));
        assert_eq!(latest.take(&1), None);
    }
}
