//! Typed identifiers: random, so that two people who add things on two branches do not collide.

use std::fmt;
use std::sync::Arc;

/// Why a text is no identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("expected an id that begins with \"{prefix}\", as in \"{prefix}k3v9q2\", but found {found:?}")]
    Prefix { prefix: &'static str, found: String },
    #[error("an id has 1 to 64 letters a–z, digits or hyphens after \"{prefix}\", but found {found:?}")]
    Body { prefix: &'static str, found: String },
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const RANDOM_LETTERS: u32 = 12;
const MAX_BODY: usize = 64;

fn body_from_bits(bits: u64) -> String {
    (0..RANDOM_LETTERS).map(|place| char::from(ALPHABET[((bits >> (5 * place)) & 31) as usize])).collect()
}

fn check(prefix: &'static str, text: &str) -> Result<(), IdError> {
    let Some(body) = text.strip_prefix(prefix) else {
        return Err(IdError::Prefix { prefix, found: text.to_owned() });
    };
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if body.is_empty() || body.len() > MAX_BODY || !body.chars().all(good) {
        return Err(IdError::Body { prefix, found: text.chars().take(100).collect() });
    }
    Ok(())
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// What every id of this type begins with.
            pub const PREFIX: &'static str = $prefix;

            /// An id made of 60 random bits (the lowest ones), twelve letters.
            pub fn from_random(bits: u64) -> Self {
                Self(format!("{}{}", Self::PREFIX, body_from_bits(bits)).into())
            }

            /// Reads an id: the prefix and 1 to 64 of `a–z 0–9 - _`.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                check(Self::PREFIX, text)?;
                Ok(Self(text.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

typed_id!(/// Names a project; keys its backups and recovery files.
    ProjectId, "p-");
typed_id!(/// Names a goal: an objective, a key result or an initiative.
    GoalId, "g-");
typed_id!(/// Names a metric.
    MetricId, "m-");
typed_id!(/// Names a cycle, such as Q4 2026.
    CycleId, "c-");
typed_id!(/// Names an event on the time axis.
    EventId, "e-");
typed_id!(/// Names a check-in.
    CheckInId, "k-");
typed_id!(/// Names an entry of the meeting log.
    MeetingEntryId, "n-");
typed_id!(/// Names an import recipe.
    RecipeId, "r-");

impl MetricId {
    /// Sorts before every id: the start of a range, never a stored id.
    pub(super) fn least() -> Self {
        Self("".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_ids_parse_back() {
        let id = GoalId::from_random(0x0123_4567_89ab_cdef);
        assert_eq!(GoalId::parse(id.as_str()), Ok(id.clone()));
        assert_eq!(id.as_str().len(), 2 + 12);
    }

    #[test]
    fn a_metric_id_is_no_goal_id() {
        let error = GoalId::parse("m-mau").unwrap_err();
        assert_eq!(error.to_string(), "expected an id that begins with \"g-\", as in \"g-k3v9q2\", but found \"m-mau\"");
    }

    #[test]
    fn spaces_and_capitals_are_refused() {
        for text in ["g-", "g-Daily", "g-a b", "g-ä"] {
            assert!(GoalId::parse(text).is_err(), "{text}");
        }
    }
}
