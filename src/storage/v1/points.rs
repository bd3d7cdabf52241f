//! The points of a metric, read straight into columns: 16 bytes a point, whatever the file looks like.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::scalar::{Coded, MAX_LIST, Number, Text, TextForm as _};
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
                while let Some((at, value)) = access.next_element::<(Coded<Stamp>, Number)>()? {
                    if points.times.last() == Some(&at.0) {
                        return Err(A::Error::custom(format_args!("two points are dated {}; keep one of them", at.0.write())));
                    }
                    if points.times.len() == MAX_POINTS {
                        return Err(A::Error::custom(format_args!(
                            "this metric has more than {MAX_POINTS} points, the most that one can hold"
                        )));
                    }
                    points.times.push(at.0);
                    points.values.push(value.0);
                }
                Ok(points)
            }
        }
        deserializer.deserialize_seq(PointsVisitor)
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
                while let Some((at, remark)) = access.next_element::<(Coded<Stamp>, T)>()? {
                    if !seen.insert(at) {
                        return Err(A::Error::custom(format_args!("{} stands here twice; keep one of them", at.0.write())));
                    }
                    if remarks.len() == MAX_LIST {
                        return Err(A::Error::custom(format_args!(
                            "this list has more than {MAX_LIST} entries, the most that one list can hold"
                        )));
                    }
                    remarks.push((at, remark));
                }
                Ok(Remarks(remarks))
            }
        }
        deserializer.deserialize_seq(RemarksVisitor(PhantomData))
    }
}
