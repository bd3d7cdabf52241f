//! One value, one list, one collection at a time.

use std::collections::BTreeMap;

use super::{ConflictId, Side};
use crate::model::Place;

/// Notes the conflicts of the thing that is being merged.
pub(super) struct Desk<'a> {
    decided: &'a BTreeMap<ConflictId, Side>,
    /// With the side that was taken.
    pub(super) conflicts: BTreeMap<ConflictId, Side>,
    pub(super) place: Place,
}

/// What each of the three has; the base may lack it.
pub(super) struct Three<'a, T> {
    pub(super) base: Option<&'a T>,
    pub(super) ours: &'a T,
    pub(super) theirs: &'a T,
}

impl<T> Clone for Three<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Three<'_, T> {}

impl<'a, T> Three<'a, T> {
    /// The same of a part.
    pub(super) fn part<P>(self, part: impl Fn(&'a T) -> &'a P) -> Three<'a, P> {
        Three { base: self.base.map(&part), ours: part(self.ours), theirs: part(self.theirs) }
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(decided: &'a BTreeMap<ConflictId, Side>) -> Self {
        Self { decided, conflicts: BTreeMap::new(), place: Place::Project }
    }

    /// Notes a conflict; answers with the side that wins, `otherwise` where nobody decided.
    pub(super) fn conflict(&mut self, place: Place, field: &str, otherwise: Side) -> Side {
        let id = ConflictId { place, field: field.to_owned() };
        let side = self.decided.get(&id).copied().unwrap_or(otherwise);
        self.conflicts.insert(id, side);
        side
    }

    /// A value that is taken over as a whole.
    pub(super) fn field<T: PartialEq + Clone>(&mut self, name: &str, three: Three<'_, T>) -> T {
        let Three { base, ours, theirs } = three;
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        match self.conflict(self.place.clone(), name, Side::Ours) {
            Side::Ours => ours.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    /// A list of which each side may add and remove: what is added by either is there, what is removed by either is not. Never a conflict.
    pub(super) fn list<T: PartialEq + Clone>(three: Three<'_, Vec<T>>) -> Vec<T> {
        let Three { base, ours, theirs } = three;
        let none = Vec::new();
        let base = base.unwrap_or(&none);
        if ours == theirs || theirs == base {
            return ours.clone();
        }
        if ours == base {
            return theirs.clone();
        }
        let mut removed = without(base, theirs);
        let added = without(theirs, base);
        let added = without(&added, &without(ours, base));
        let mut merged: Vec<T> = Vec::with_capacity(ours.len() + added.len());
        for item in ours {
            match removed.iter().position(|gone| gone == item) {
                Some(at) => drop(removed.remove(at)),
                None => merged.push(item.clone()),
            }
        }
        merged.extend(added);
        merged
    }

    /// Things by id. What one side removed and the other changed is a conflict, and stays until somebody decides.
    pub(super) fn map<K: Ord + Clone, V: PartialEq + Clone>(
        &mut self,
        three: Three<'_, BTreeMap<K, V>>,
        place: impl Fn(&K) -> Place,
        mut both: impl FnMut(&mut Self, Three<'_, V>) -> V,
    ) -> BTreeMap<K, V> {
        let Three { base, ours, theirs } = three;
        let none = BTreeMap::new();
        let base = base.unwrap_or(&none);
        let mut merged = BTreeMap::new();
        let new = theirs.keys().filter(|key| !ours.contains_key(*key));
        for key in ours.keys().chain(new) {
            let value = match (base.get(key), ours.get(key), theirs.get(key)) {
                (_, Some(ours), Some(theirs)) if ours == theirs => Some(ours.clone()),
                (base, Some(ours), Some(theirs)) => {
                    self.place = place(key);
                    Some(both(self, Three { base, ours, theirs }))
                }
                (None, Some(one), None) | (None, None, Some(one)) => Some(one.clone()),
                (Some(base), Some(one), None) => {
                    (one != base).then(|| self.conflict(place(key), "", Side::Ours)).filter(|side| *side == Side::Ours).map(|_| one.clone())
                }
                (Some(base), None, Some(one)) => (one != base)
                    .then(|| self.conflict(place(key), "", Side::Theirs))
                    .filter(|side| *side == Side::Theirs)
                    .map(|_| one.clone()),
                (_, None, None) => None,
            };
            merged.extend(value.map(|value| (key.clone(), value)));
        }
        merged
    }
}

/// The items of one list that are not in another, each counted.
fn without<T: PartialEq + Clone>(list: &[T], other: &[T]) -> Vec<T> {
    let mut left: Vec<&T> = other.iter().collect();
    let stays = |item: &&T| match left.iter().position(|o| *o == *item) {
        Some(at) => {
            left.remove(at);
            false
        }
        None => true,
    };
    list.iter().filter(stays).cloned().collect()
}
