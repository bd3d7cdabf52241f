//! Order keys: a place between any two siblings, without renumbering the others.

use std::fmt;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A place among siblings: a fraction in base 62, compared as text. Never ends in `0`, so that there is always room
/// before and after it. Siblings with equal keys (two branches that inserted at one place) are ordered by id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

/// Why a text is no order key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order key is 1 to 200 letters and digits that do not end in 0, but found {0:?}")]
pub struct OrderKeyError(String);

fn value(digit: u8) -> usize {
    DIGITS.iter().position(|&d| d == digit).unwrap_or(0)
}

impl OrderKey {
    pub fn parse(text: &str) -> Result<Self, OrderKeyError> {
        let good = !text.is_empty() && text.len() <= 200 && text.bytes().all(|b| DIGITS.contains(&b)) && !text.ends_with('0');
        if good { Ok(Self(text.to_owned())) } else { Err(OrderKeyError(text.chars().take(40).collect())) }
    }

    /// The key of an only child.
    pub fn middle() -> Self {
        Self("V".to_owned())
    }

    /// A key strictly between two keys; `None` means the open end. Where `before ≥ after` (equal keys after a merge) the
    /// result follows `before`.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or(&[][..], |k| k.0.as_bytes());
        let high = after.filter(|a| before.is_none_or(|b| b < *a)).map(|k| k.0.as_bytes());
        let mut key = Vec::new();
        let mut bounded = high;
        for place in 0.. {
            let lo = low.get(place).map_or(0, |&d| value(d));
            let hi = bounded.map_or(62, |h| h.get(place).map_or(0, |&d| value(d)));
            if hi > lo + 1 {
                key.push(DIGITS[usize::midpoint(lo, hi)]);
                break;
            }
            key.push(DIGITS[lo]);
            if hi > lo {
                // The upper bound lies one digit above: below it everything is free from here on.
                bounded = None;
            }
        }
        Self(key.into_iter().map(char::from).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn appending_and_prepending_keep_the_order() {
        let mut keys = vec![OrderKey::middle()];
        for _ in 0..100 {
            keys.push(OrderKey::between(keys.last(), None));
            keys.insert(0, OrderKey::between(None, keys.first()));
        }
        assert!(keys.is_sorted_by(|a, b| a < b));
    }

    proptest! {
        #[test]
        fn there_is_always_a_place_between(places in proptest::collection::vec(0usize..1000, 1..200)) {
            let mut keys = vec![OrderKey::middle()];
            for place in places {
                let at = place % (keys.len() + 1);
                let new = OrderKey::between(at.checked_sub(1).and_then(|i| keys.get(i)), keys.get(at));
                prop_assert!(OrderKey::parse(new.as_str()).is_ok() || new.as_str().len() > 200);
                keys.insert(at, new);
            }
            prop_assert!(keys.is_sorted_by(|a, b| a < b));
        }
    }
}
