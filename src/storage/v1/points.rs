//! The points of a metric, read straight into columns: 16 bytes a point, whatever the file looks like.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::scalar::{Coded, MAX_LIST, Number, Text};
use crate::model::{Date, Series, SeriesError, Stamp};

/// The most points of one metric.
const MAX_POINTS: usize = 5_000_000;

/// `[("2026-03-01", 1204.5), …]`, ascending by time. Reads them in any order, but no two at one time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Points {
    times: Vec<Stamp>,
    values: Vec<f64>,
}

impl Points {
    pub(super) fn of(series: &Series) -> Self {
        Self { times: series.times().to_vec(), values: series.values().to_vec() }
    }

    /// With what is noted for some of them.
    pub(super) fn into_series(self, notes: Remarks<Text>, data_to: Remarks<Coded<Date>>) -> Result<Series, SeriesError> {
        let notes = notes.0.into_iter().map(|(at, note)| (at.0, note.0)).collect();
        let data_to = data_to.0.into_iter().map(|(at, date)| (at.0, date.0)).collect();
        Series::from_columns(self.times, self.values, notes, data_to)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.times.iter().zip(&self.values).map(|(&at, &value)| (Coded(at), Number(value))))
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PointsVisitor;
        impl<'de> Visitor<'de> for PointsVisitor {
            type Value = Points;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of points such as [(\"2026-03-01\", 1204.5)]")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Points, A::Error> {
                let mut points = Points::default();
                while let Some((at, value)) = access.next_element_seed(PointSeed { before: points.times.last().copied() })? {
                    if points.times.len() == MAX_POINTS {
                        return Err(A::Error::custom(format_args!(
                            "this metric has more than {MAX_POINTS} points, the most that one can hold"
                        )));
                    }
                    points.times.push(at);
                    points.values.push(value);
                }
                Ok(points)
            }
        }
        deserializer.deserialize_seq(PointsVisitor)
    }
}

/// Reads one point. A second one at the time of the point before is refused here, where the parser still knows the place.
struct PointSeed {
    before: Option<Stamp>,
}

impl<'de> DeserializeSeed<'de> for PointSeed {
    type Value = (Stamp, f64);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(Stamp, f64), D::Error> {
        deserializer.deserialize_tuple(2, self)
    }
}

impl<'de> Visitor<'de> for PointSeed {
    type Value = (Stamp, f64);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and a value, as in (\"2026-03-01\", 1204.5)")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(Stamp, f64), A::Error> {
        let at: Coded<Stamp> = access.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        if self.before == Some(at.0) {
            return Err(A::Error::custom(format_args!("two points are dated {}; keep one of them", at.0)));
        }
        let value: Number = access.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        Ok((at.0, value.0))
    }
}

/// Rare things that some points have besides a value: `[("2026-03-01", …), …]`, ascending by time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remarks<T>(pub(super) Vec<(Coded<Stamp>, T)>);

impl<T> Default for Remarks<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(Coded<Stamp>, T)> for Remarks<T> {
    fn from_iter<I: IntoIterator<Item = (Coded<Stamp>, T)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Remarks<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Remarks<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RemarksVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for RemarksVisitor<T> {
            type Value = Remarks<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of pairs such as [(\"2026-03-01\", \"…\")]")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Remarks<T>, A::Error> {
                let mut remarks = Vec::new();
                let mut seen = BTreeSet::new();
                while let Some(remark) = access.next_element_seed(RemarkSeed { seen: &mut seen, remark: PhantomData })? {
                    if remarks.len() == MAX_LIST {
                        return Err(A::Error::custom(format_args!(
                            "this list has more than {MAX_LIST} entries, the most that one list can hold"
                        )));
                    }
                    remarks.push(remark);
                }
                Ok(Remarks(remarks))
            }
        }
        deserializer.deserialize_seq(RemarksVisitor(PhantomData))
    }
}

/// Reads one remark. A second one for the same time is refused.
struct RemarkSeed<'a, T> {
    seen: &'a mut BTreeSet<Stamp>,
    remark: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for RemarkSeed<'_, T> {
    type Value = (Coded<Stamp>, T);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_tuple(2, self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for RemarkSeed<'_, T> {
    type Value = (Coded<Stamp>, T);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the date of a point and what is noted for it, as in (\"2026-03-01\", \"…\")")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let at: Coded<Stamp> = access.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        if !self.seen.insert(at.0) {
            return Err(A::Error::custom(format_args!("{} stands twice in this list; keep one of them", at.0)));
        }
        let remark: T = access.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        Ok((at, remark))
    }
}
