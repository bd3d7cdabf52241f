//! The single values of a project file: finite numbers, bounded texts, and everything that is written as a text with rules of its own.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{
    CheckInId, CycleId, Date, EventId, Formula, GoalId, MeetingEntryId, MetricId, OrderKey, Project, ProjectId, RecipeId, Stamp, Unit,
};

/// The most characters in one text.
pub(super) const MAX_TEXT: usize = Project::MAX_TEXT;
/// The most entries in one list (points have a limit of their own).
pub(super) const MAX_LIST: usize = 100_000;

/// A finite number. Whole ones are written without a decimal point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Number(pub(super) f64);

/// Up to here every whole number is a double of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0;
        if value.fract() == 0.0 && value.abs() < EXACT && !(value == 0.0 && value.is_sign_negative()) {
            serializer.serialize_i64(value as i64)
        } else {
            serializer.serialize_f64(value)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        if value.is_finite() {
            Ok(Self(value))
        } else {
            Err(D::Error::custom("expected a finite number: \"NaN\", \"inf\" and numbers beyond 1.8e308 cannot be stored"))
        }
    }
}

/// A text of at most [`MAX_TEXT`] characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text(pub(super) String);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl Visitor<'_> for TextVisitor {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotation marks")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
                if text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT {
                    return Err(E::custom(format_args!("this text is longer than {MAX_TEXT} characters, the most that one text can hold")));
                }
                Ok(Text(text.to_owned()))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

/// A list of at most [`MAX_LIST`] entries.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl List<Text> {
    /// Each text once. Empty ones are kept out of the sorting: a processor is slow to compare millions of nothings.
    pub(super) fn into_set(self) -> BTreeSet<String> {
        let mut has_empty = false;
        let texts = self.0.into_iter().map(|text| text.0);
        let mut set: BTreeSet<String> = texts
            .filter(|text| {
                has_empty |= text.is_empty();
                !text.is_empty()
            })
            .collect();
        if has_empty {
            set.insert(String::new());
        }
        set
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list in square brackets")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<List<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = access.next_element()? {
                    if items.len() == MAX_LIST {
                        return Err(A::Error::custom(format_args!(
                            "this list has more than {MAX_LIST} entries, the most that one list can hold"
                        )));
                    }
                    items.push(item);
                }
                Ok(List(items))
            }
        }
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

/// What a file holds as a text that must read in a certain way.
pub(super) trait TextForm: Sized {
    /// "a date such as \"2026-03-01\"".
    const EXPECTED: &'static str;
    fn read(text: &str) -> Result<Self, String>;
    fn write(&self) -> String;
}

/// A [`TextForm`] in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coded<T>(pub(super) T);

impl<T: TextForm> Serialize for Coded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.write())
    }
}

impl<'de, T: TextForm> Deserialize<'de> for Coded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CodedVisitor<T>(PhantomData<T>);
        impl<T: TextForm> Visitor<'_> for CodedVisitor<T> {
            type Value = Coded<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Coded<T>, E> {
                T::read(text).map(Coded).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(CodedVisitor(PhantomData))
    }
}

/// What was found instead, short enough for a line.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}

fn unexpected<T: TextForm>(text: &str) -> String {
    format!("expected {}, but found {}", T::EXPECTED, shown(text))
}

macro_rules! parsed_text {
    ($($type:ty, $expected:literal, $write:expr;)+) => {$(
        impl TextForm for $type {
            const EXPECTED: &'static str = $expected;
            fn read(text: &str) -> Result<Self, String> {
                Self::parse(text).map_err(|e| e.to_string())
            }
            fn write(&self) -> String {
                let write: fn(&Self) -> String = $write;
                write(self)
            }
        }
    )+};
}

parsed_text! {
    ProjectId, "the id of a project, such as \"p-k3v9q2\"", ToString::to_string;
    GoalId, "the id of a goal, such as \"g-k3v9q2\"", ToString::to_string;
    MetricId, "the id of a metric, such as \"m-k3v9q2\"", ToString::to_string;
    CycleId, "the id of a cycle, such as \"c-k3v9q2\"", ToString::to_string;
    EventId, "the id of an event, such as \"e-k3v9q2\"", ToString::to_string;
    CheckInId, "the id of a check-in, such as \"k-k3v9q2\"", ToString::to_string;
    MeetingEntryId, "the id of a meeting entry, such as \"n-k3v9q2\"", ToString::to_string;
    RecipeId, "the id of a recipe, such as \"r-k3v9q2\"", ToString::to_string;
    OrderKey, "an order key, such as \"V\"", |key| key.as_str().to_owned();
    Unit, "a unit, such as \"percent\" or \"currency:EUR\"", Self::code;
    Formula, "a formula, such as \"[m-users] * [m-price]\"", ToString::to_string;
}

impl TextForm for char {
    const EXPECTED: &'static str = "one character in quotation marks";
    fn read(text: &str) -> Result<Self, String> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(unexpected::<Self>(text)),
        }
    }
    fn write(&self) -> String {
        self.to_string()
    }
}

/// The digits of `bytes`, if that is what they are.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
}

/// `YYYY-MM-DD`, years 0000 to 9999.
fn read_date(bytes: &[u8]) -> Option<Date> {
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&bytes[..4])?, digits(&bytes[5..7])?, digits(&bytes[8..])?);
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

fn push_two(text: &mut String, number: u32) {
    text.push(char::from(b'0' + (number / 10 % 10) as u8));
    text.push(char::from(b'0' + (number % 10) as u8));
}

fn push_date(text: &mut String, date: Date) {
    let year = date.year().unsigned_abs();
    if date.year() < 0 || year > 9999 {
        // Outside what the format holds: reading it back, as every save does, refuses it.
        text.push_str(&date.to_string());
        return;
    }
    push_two(text, year / 100);
    push_two(text, year % 100);
    text.push('-');
    push_two(text, date.month());
    text.push('-');
    push_two(text, date.day());
}

impl TextForm for Date {
    const EXPECTED: &'static str = "a date such as \"2026-03-01\" (year-month-day)";
    fn read(text: &str) -> Result<Self, String> {
        read_date(text.as_bytes()).ok_or_else(|| unexpected::<Self>(text))
    }
    fn write(&self) -> String {
        let mut text = String::with_capacity(10);
        push_date(&mut text, *self);
        text
    }
}

impl TextForm for Stamp {
    const EXPECTED: &'static str = "a date such as \"2026-03-01\", or with a time as in \"2026-03-01T14:00:00\"";
    fn read(text: &str) -> Result<Self, String> {
        let bytes = text.as_bytes();
        let read = || match bytes.len() {
            10 => read_date(bytes).map(Self::from_date),
            19 if bytes[10] == b'T' && bytes[13] == b':' && bytes[16] == b':' => {
                let (hour, minute, second) = (digits(&bytes[11..13])?, digits(&bytes[14..16])?, digits(&bytes[17..])?);
                let time = NaiveTime::from_hms_opt(hour, minute, second)?;
                Some(Self::from_date_time(NaiveDateTime::new(read_date(&bytes[..10])?, time)))
            }
            _ => None,
        };
        read().ok_or_else(|| unexpected::<Self>(text))
    }
    fn write(&self) -> String {
        let time = self.date_time();
        let mut text = String::with_capacity(19);
        push_date(&mut text, time.date());
        if self.seconds().rem_euclid(86_400) != 0 {
            for (sign, part) in [('T', time.hour()), (':', time.minute()), (':', time.second())] {
                text.push(sign);
                push_two(&mut text, part);
            }
        }
        text
    }
}
