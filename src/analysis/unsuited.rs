//! Why a series has no answer, in plain words.

/// Why an analysis says nothing about a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unsuited {
    #[error("it has {have} complete values so far; this needs at least {need}")]
    TooFew { have: usize, need: usize },
    #[error("all its values are the same")]
    Constant,
    #[error("its values are too large or too far apart to compute with")]
    TooLarge,
    #[error("most of its periods have no value")]
    TooManyGaps,
    #[error("it is too long to be looked at here")]
    TooLong,
    #[error("nothing of its cadence recurs every so many periods")]
    NoSeason,
}

/// The largest number whose fourth power a double still holds with room for long sums.
const LARGEST: f64 = 1e75;

/// Values whose pairs are still looked at, one by one: 27 years of days. Of ten times as many that would take minutes.
pub(crate) const MOST_IN_PAIRS: usize = 10_000;

/// Fails on fewer values than needed, and on numbers that sums of squares would overflow with.
pub(super) fn suited(values: &[f64], need: usize) -> Result<(), Unsuited> {
    let have = values.len();
    if have < need {
        return Err(Unsuited::TooFew { have, need });
    }
    // NaN and infinities are refused too.
    if values.iter().all(|v| v.abs() <= LARGEST) { Ok(()) } else { Err(Unsuited::TooLarge) }
}
