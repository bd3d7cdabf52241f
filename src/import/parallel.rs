//! Work on the parts of one long thing, done at the same time.

use std::ops::Range;
use std::thread::{self, Builder};

/// More would wait for each other's memory.
const MOST_THREADS: usize = 4;

/// The parts that something is worth being cut into that is `long`, where `enough` is long for one.
pub(super) fn threads(long: usize, enough: usize) -> usize {
    if long < enough { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS) }
}

/// So many numbers in parts of about one length.
pub(super) fn ranges(len: usize, parts: usize) -> impl Iterator<Item = Range<usize>> {
    (0..parts).map(move |part| len * part / parts..len * (part + 1) / parts)
}

/// Does the same with each part, with the first of them here. The results are in their order.
pub(super) fn each<A: Send, T: Send>(parts: impl IntoIterator<Item = A>, work: impl Fn(A) -> T + Sync) -> Vec<T> {
    let mut parts: Vec<Option<A>> = parts.into_iter().map(Some).collect();
    let mut found: Vec<Option<T>> = parts.iter().map(|_| None).collect();
    let work = &work;
    thread::scope(|scope| {
        let mut slots = parts.iter_mut().zip(&mut found);
        let first = slots.next();
        let others: Vec<_> = slots
            .map(|(part, found)| Builder::new().name("import".to_owned()).spawn_scoped(scope, || *found = part.take().map(work)))
            .collect();
        if let Some((part, found)) = first {
            *found = part.take().map(work);
        }
        for other in others.into_iter().flatten() {
            other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
    // What no other thread could be had for is done here.
    found.into_iter().zip(parts).filter_map(|(found, part)| found.or_else(|| part.map(work))).collect()
}

/// The slices of a column, one after the other, each of the length that is given.
pub(super) fn slices<T>(mut column: &mut [T], lengths: impl IntoIterator<Item = usize>) -> Vec<&mut [T]> {
    let cut = |length: usize| {
        let (slice, rest) = std::mem::take(&mut column).split_at_mut(length);
        column = rest;
        slice
    };
    lengths.into_iter().map(cut).collect()
}

/// Moves what was put at the beginning of each slice together: of each, its length and how much of it is used.
pub(super) fn close_up<T: Copy>(column: &mut Vec<T>, slices: impl IntoIterator<Item = (usize, usize)>) {
    let (mut from, mut to) = (0, 0);
    for (length, used) in slices {
        if from != to {
            column.copy_within(from..from + used, to);
        }
        (from, to) = (from + length, to + used);
    }
    column.truncate(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_done_in_their_order() {
        let lengths = [3, 0, 2];
        let mut column = vec![0; 5];
        let used = each(slices(&mut column, lengths).into_iter().zip([7, 8, 9]), |(slice, mark): (&mut [i32], i32)| {
            let used = slice.len().min(2);
            slice[..used].fill(mark);
            used
        });
        assert_eq!((used.as_slice(), column.as_slice()), ([2, 0, 2].as_slice(), [7, 7, 0, 9, 9].as_slice()));
        close_up(&mut column, lengths.into_iter().zip(used));
        assert_eq!(column, [7, 7, 9, 9]);
    }

    #[test]
    fn a_panic_comes_through() {
        let caught = std::panic::catch_unwind(|| each([1, 2], |part| assert_eq!(part, 1)));
        assert!(caught.is_err());
    }
}
