//! A small cache keyed by what its values were computed from.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

/// Keeps at most so many values; the one that was not asked for longest goes first. Values are cheap to clone (`Arc<T>`). It is
/// not borrowed while a value is computed, so that one memo may be computed with the help of another, or of itself.
pub struct Memo<K, V> {
    entries: RefCell<BTreeMap<K, (Cell<u64>, V)>>,
    clock: Cell<u64>,
    capacity: usize,
    computed: Cell<u64>,
}

impl<K: Ord + Clone, V: Clone> Memo<K, V> {
    pub fn new(capacity: usize) -> Self {
        Self { entries: RefCell::default(), clock: Cell::new(0), capacity: capacity.max(1), computed: Cell::new(0) }
    }

    /// The value for a key, computed where it is not known.
    pub fn get(&self, key: K, compute: impl FnOnce() -> V) -> V {
        let now = self.clock.get() + 1;
        self.clock.set(now);
        if let Some((used, value)) = self.entries.borrow().get(&key) {
            used.set(now);
            return value.clone();
        }
        let value = compute();
        self.computed.set(self.computed.get() + 1);
        let mut entries = self.entries.borrow_mut();
        entries.insert(key, (Cell::new(now), value.clone()));
        if entries.len() > self.capacity {
            Self::evict(&mut entries);
        }
        value
    }

    /// The value for a key, where it is known.
    pub fn peek(&self, key: &K) -> Option<V> {
        let entries = self.entries.borrow();
        let (used, value) = entries.get(key)?;
        self.clock.set(self.clock.get() + 1);
        used.set(self.clock.get());
        Some(value.clone())
    }

    /// Puts a value that was computed elsewhere in place.
    pub fn put(&self, key: K, value: V) {
        self.clock.set(self.clock.get() + 1);
        let mut entries = self.entries.borrow_mut();
        entries.insert(key, (Cell::new(self.clock.get()), value));
        if entries.len() > self.capacity {
            Self::evict(&mut entries);
        }
    }

    /// Drops the older half, so that a full memo is not searched at every miss.
    fn evict(entries: &mut BTreeMap<K, (Cell<u64>, V)>) {
        let mut used: Vec<u64> = entries.values().map(|(used, _)| used.get()).collect();
        used.sort_unstable();
        let limit = used.get(used.len() / 2).copied().unwrap_or(0);
        entries.retain(|_, (used, _)| used.get() >= limit);
    }

    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.borrow().is_empty()
    }

    /// How many values were computed so far: tests see by it what an edit reached.
    pub fn computed(&self) -> u64 {
        self.computed.get()
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("capacity", &self.capacity).field("computed", &self.computed).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_key_is_not_computed_again() {
        let memo = Memo::new(4);
        assert_eq!(memo.get(1, || "one"), "one");
        assert_eq!(memo.get(1, || unreachable!()), "one");
        assert_eq!(memo.computed(), 1);
    }

    #[test]
    fn it_stays_small_and_keeps_what_was_used_last() {
        let memo = Memo::new(8);
        for key in 0..100 {
            memo.get(key, || key);
            memo.get(0, || 0);
        }
        assert!(memo.len() <= 8);
        assert_eq!(memo.get(0, || unreachable!()), 0);
        assert_eq!(memo.get(99, || unreachable!()), 99);
    }

    #[test]
    fn computing_may_ask_the_same_memo() {
        let memo = Memo::new(4);
        assert_eq!(memo.get(2, || memo.get(1, || 10) + 1), 11);
    }
}
