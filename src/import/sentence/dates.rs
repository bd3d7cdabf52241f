//! Days and periods as a sentence names them: "Q4 2027", "end of March", "31 Dec", "FY27", "next quarter".

use chrono::{Datelike as _, Days, Months, Weekday};

use super::Refusal;
use super::amounts::number_word;
use super::words::{Word, at, phrase};
use crate::import::dates::{english_month, quarter_start};
use crate::model::{Cadence, Calendar, Date, Period};

/// The calendar that a sentence is read in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Almanac {
    pub(super) calendar: Calendar,
    pub(super) as_of: Date,
    /// Whether "by 2099" is a year, which is as likely an amount as a plan so far ahead.
    pub(super) far_years: bool,
}

/// How far from the as-of day a year that stands alone is rather a year than an amount: back and ahead.
const NEAR_YEARS: (i32, i32) = (10, 50);

/// A period that was named, and the place after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) period: Period,
    /// The words: "end of …" names only a last day.
    pub(super) end_only: bool,
    /// "2027" could also be an amount.
    pub(super) bare_year: bool,
    /// The year was said, or follows from the as-of day.
    pub(super) year_said: bool,
    pub(super) next: usize,
}

pub(super) type Found<T> = Result<Option<T>, Refusal>;

pub(super) fn number(text: &str, most: u32) -> Option<u32> {
    let good = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten().filter(|n| *n <= most)
}

pub(super) fn year_of_four(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| number(text, 9999)).flatten().filter(|y| (1900..=2200).contains(y)).map(|y| y as i32)
}

/// "2027", "'27", "FY27", "FY2027".
fn year_after(words: &[Word], next: usize) -> Option<(i32, usize)> {
    let next = if matches!(at(words, next), "," | "of") { next + 1 } else { next };
    let word = at(words, next);
    let plain = word.strip_prefix("fy").unwrap_or(word);
    if let Some(year) = year_of_four(plain) {
        return Some((year, next + 1));
    }
    let short = word.strip_prefix('\'').or_else(|| word.strip_prefix("fy")).filter(|s| s.len() == 2)?;
    Some((2000 + number(short, 99)? as i32, next + 1))
}

/// Whether a date goes on with a year that no plan reaches to: "31 Dec 9999".
fn is_year_too_far(words: &[Word], next: usize) -> bool {
    let four_digits = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    four_digits(at(words, next)) && words.get(next + 1).is_none_or(Word::is_mark)
}

pub(super) fn plus_months(date: Date, months: u32) -> Option<Date> {
    date.checked_add_months(Months::new(months))
}

/// A block of months from a first day.
fn months_from(first: Date, months: u32) -> Option<Period> {
    Some(Period { first, last: plus_months(first, months)?.pred_opt()? })
}

fn month_period(year: i32, month: u32) -> Option<Period> {
    months_from(Date::from_ymd_opt(year, month, 1)?, 1)
}

/// "31", "31st".
fn day_number(word: &str) -> Option<u32> {
    let plain = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    number(plain, 99).filter(|_| plain.len() <= 2)
}

/// A part of a period, as people say it: "mid 2027", "early in March", "late-2027".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    Early,
    Middle,
    Late,
}

const SHARES: [(&str, Share); 9] = [
    ("middle of", Share::Middle),
    ("mid of", Share::Middle),
    ("mid", Share::Middle),
    ("mid –", Share::Middle),
    ("early in", Share::Early),
    ("early", Share::Early),
    ("late in", Share::Late),
    ("late", Share::Late),
    ("later in", Share::Late),
];

impl Share {
    /// Of "mid-2027": the part, and the rest of the word.
    fn joined(word: &str) -> Option<(Self, &str)> {
        let (first, rest) = word.split_once('-')?;
        let found = SHARES.iter().find(|(name, _)| *name == first)?;
        (!rest.is_empty()).then_some((found.1, rest))
    }

    /// Its last day: the middle of a year is the 30th of June, of a month the 15th; what is early is over after a quarter of the year, the
    /// first month of a quarter, ten days of a month.
    fn last_day(self, period: Period) -> Option<Date> {
        let months = (1..=12).find(|n| plus_months(period.first, *n).and_then(|d| d.pred_opt()) == Some(period.last))?;
        let after = |months: u32| plus_months(period.first, months);
        match self {
            Self::Late => Some(period.last),
            Self::Middle if months % 2 == 0 => after(months / 2)?.pred_opt(),
            Self::Middle => after(months / 2)?.checked_add_days(Days::new(14)),
            Self::Early if months == 1 => period.first.checked_add_days(Days::new(9)),
            Self::Early => after(months.div_ceil(4))?.pred_opt(),
        }
    }
}

impl Almanac {
    /// Whether a year that stands alone is meant as one although nothing but its place says so.
    pub(super) fn is_near(self, year: i32) -> bool {
        let (back, ahead) = NEAR_YEARS;
        (self.as_of.year() - back..=self.as_of.year() + ahead).contains(&year) || (self.far_years && year > self.as_of.year())
    }

    /// "mid 2027", "early in March", "late-2027", "mid-year".
    fn shared(self, words: &[Word], start: usize) -> Found<Named> {
        let (share, named) = if let Some((share, rest)) = Share::joined(at(words, start)) {
            let mut words = words.to_vec();
            rest.clone_into(&mut words[start].lower);
            (share, self.unit_or_named(&words, start)?)
        } else {
            let found = SHARES.iter().filter_map(|(name, share)| Some((phrase(words, start, name)?, *share))).max_by_key(|(next, _)| *next);
            let Some((next, share)) = found else { return Ok(None) };
            (share, self.unit_or_named(words, next)?)
        };
        Ok(named.and_then(|n| {
            let last = share.last_day(n.period)?;
            Some(Named { period: Period { first: last, last }, end_only: true, bare_year: false, ..n })
        }))
    }

    /// "the year", "this month", or what has a name of its own.
    fn unit_or_named(self, words: &[Word], from: usize) -> Found<Named> {
        let from = if matches!(at(words, from), "the" | "this") { from + 1 } else { from };
        match self.unit_period(at(words, from), 0) {
            Some(period) => Ok(Some(Named { period, end_only: true, bare_year: false, year_said: true, next: from + 1 })),
            None => self.named(words, from),
        }
    }

    fn quarter(self, year: i32, quarter: u32) -> Option<Period> {
        months_from(quarter_start(year, quarter, self.calendar)?, 3)
    }

    fn half(self, year: i32, half: u32) -> Option<Period> {
        months_from(quarter_start(year, if half == 1 { 1 } else { 3 }, self.calendar)?, 6)
    }

    fn fiscal_year(self, year: i32) -> Option<Period> {
        months_from(quarter_start(year, 1, self.calendar)?, 12)
    }

    /// The first of the yearly periods that is not over on the as-of day.
    fn coming(self, of_year: impl Fn(i32) -> Option<Period>) -> Option<Period> {
        let year = self.as_of.year();
        (year - 1..=year + 2).filter_map(of_year).find(|p| p.last >= self.as_of)
    }

    /// The half-year that contains a day.
    fn half_of(self, date: Date) -> Option<Period> {
        let half = if self.calendar.fiscal_quarter(date) <= 2 { 1 } else { 2 };
        self.half(self.calendar.fiscal_year(date), half)
    }

    /// "quarter", and how many on from the present one.
    fn unit_period(self, word: &str, ahead: u32) -> Option<Period> {
        let cadence = match word {
            "week" => Cadence::Weekly,
            "month" => Cadence::Monthly,
            "quarter" => Cadence::Quarterly,
            "year" => Cadence::Yearly,
            "half" | "half-year" | "semester" => {
                let mut period = self.half_of(self.as_of)?;
                for _ in 0..ahead {
                    period = self.half_of(period.last.succ_opt()?)?;
                }
                return Some(period);
            }
            _ => return None,
        };
        let mut period = self.calendar.period_of(cadence, self.as_of);
        for _ in 0..ahead {
            period = self.calendar.next(cadence, period);
        }
        Some(period)
    }

    /// Reads the day or period that begins at a word.
    pub(super) fn named(self, words: &[Word], from: usize) -> Found<Named> {
        let start = if matches!(at(words, from), "the" | "our") { from + 1 } else { from };
        for (ends, end_only) in [("end of", true), ("close of", true), ("beginning of", false), ("start of", false)] {
            if let Some(next) = phrase(words, start, ends) {
                let inner = match at(words, next) {
                    "the" | "this" => next + 1,
                    _ => next,
                };
                if let Some(period) = self.unit_period(at(words, inner), 0) {
                    return Ok(Some(narrowed(period, end_only, inner + 1)));
                }
                return Ok(self.named(words, next)?.map(|n| Named { year_said: n.year_said, ..narrowed(n.period, end_only, n.next) }));
            }
        }
        if let Some(found) = self.shared(words, start)? {
            return Ok(Some(found));
        }
        let bare = |period: Option<Period>, end_only: bool, next: usize| {
            period.map(|period| Named { period, end_only, bare_year: false, year_said: true, next })
        };
        let word = at(words, start);
        for (text, unit) in [("eoy", "year"), ("eoq", "quarter"), ("eom", "month"), ("eow", "week")] {
            if word == text {
                return Ok(bare(self.unit_period(unit, 0), true, start + 1));
            }
        }
        for unit in ["year", "quarter", "month", "week"] {
            if word == format!("{unit}-end") || word == format!("{unit}end") {
                return Ok(bare(self.unit_period(unit, 0), true, start + 1));
            }
            if word == unit && matches!(at(words, start + 1), "end" | "end's") {
                return Ok(bare(self.unit_period(unit, 0), true, start + 2));
            }
        }
        for (lead, ahead) in [("this", 0), ("current", 0), ("next", 1), ("coming", 1), ("following", 1), ("upcoming", 1)] {
            if word == lead {
                let unit = if matches!(at(words, start + 1), "fiscal" | "financial" | "calendar") { start + 2 } else { start + 1 };
                if let Some(period) = self.unit_period(at(words, unit), ahead) {
                    return Ok(bare(Some(period), false, unit + 1));
                }
            }
        }
        match word {
            "today" => return Ok(bare(Some(Period { first: self.as_of, last: self.as_of }), false, start + 1)),
            "tomorrow" => {
                return Ok(bare(self.as_of.succ_opt().map(|d| Period { first: d, last: d }), false, start + 1));
            }
            _ => {}
        }
        if let Some(found) = self.lettered(words, start)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.by_month(words, start)? {
            return Ok(Some(found));
        }
        if let Some(found) = figures(words, start)? {
            return Ok(Some(found));
        }
        if let Some(year) = year_of_four(word) {
            let period = Date::from_ymd_opt(year, 1, 1).and_then(|first| months_from(first, 12));
            return Ok(bare(period, false, start + 1).map(|n| Named { bare_year: true, ..n }));
        }
        Ok(None)
    }

    /// "Q4 2027", "H1", "FY27", "2027-Q1", "2027-W14", "week 14".
    fn lettered(self, words: &[Word], start: usize) -> Found<Named> {
        let word = at(words, start);
        if let Some((year, rest)) = word.get(..4).and_then(year_of_four).zip(word.get(4..)) {
            let rest = rest.trim_start_matches('-');
            let period = match rest.get(..1) {
                Some("q") => number(&rest[1..], 4).and_then(|q| self.quarter(year, q)),
                Some("h") => number(&rest[1..], 2).filter(|h| *h > 0).and_then(|h| self.half(year, h)),
                Some("w") => number(&rest[1..], 53).and_then(|w| week(year, w)),
                _ => return Ok(None),
            };
            return match period {
                Some(period) => Ok(Some(Named { period, end_only: false, bare_year: false, year_said: true, next: start + 1 })),
                None => Err(Refusal::NoSuchDate(words[start].text.clone())),
            };
        }
        if let Some(digits) = word.strip_prefix("fy").filter(|d| !d.is_empty()).or_else(|| {
            matches!(word, "fy" | "fiscal")
                .then(|| if at(words, start + 1) == "year" { at(words, start + 2) } else { at(words, start + 1) })
        }) {
            let year = year_of_four(digits).or_else(|| number(digits, 99).filter(|_| digits.len() == 2).map(|y| 2000 + y as i32));
            let length = match word {
                "fy" | "fiscal" if at(words, start + 1) == "year" => 3,
                "fy" | "fiscal" => 2,
                _ => 1,
            };
            let period = year.and_then(|y| self.fiscal_year(y));
            return Ok(period.map(|period| Named { period, end_only: false, bare_year: false, year_said: true, next: start + length }));
        }
        let (kind, n, next) = if let Some((letter, n)) = word.get(..1).zip(word.get(1..).and_then(|r| number(r, 99)))
            && matches!(letter, "q" | "h")
            && word.len() == 2
        {
            (letter, n, start + 1)
        } else if matches!(word, "quarter" | "week" | "cw" | "kw")
            && let Some(n) = number(at(words, start + 1), 53)
        {
            (if word == "quarter" { "q" } else { "w" }, n, start + 2)
        } else if let Some((letter, n)) =
            ORDINALS.iter().find(|(o, _)| *o == word).map(|(_, n)| *n).and_then(|n| match at(words, start + 1) {
                "quarter" => Some(("q", n)),
                "half" if n <= 2 => Some(("h", n)),
                _ => None,
            })
        {
            (letter, n, start + 2)
        } else {
            return Ok(None);
        };
        let said = year_after(words, next);
        let of_year = |year| match kind {
            "q" => self.quarter(year, n),
            "h" => (1..=2).contains(&n).then(|| self.half(year, n)).flatten(),
            _ => week(year, n),
        };
        let (period, next) = match said {
            Some((year, next)) => (of_year(year), next),
            None => (self.coming(of_year), next),
        };
        match period {
            Some(period) => Ok(Some(Named { period, end_only: false, bare_year: false, year_said: said.is_some(), next })),
            None => Err(Refusal::NoSuchDate(written(words, start, next))),
        }
    }

    /// "March", "March 2027", "31 Dec", "31st of December 2027", "December 31, 2027".
    fn by_month(self, words: &[Word], start: usize) -> Found<Named> {
        let (month, day, next) = if let Some(month) = english_month(at(words, start)) {
            match day_number(at(words, start + 1)).filter(|_| year_of_four(at(words, start + 1)).is_none()) {
                Some(day) => (month, Some(day), start + 2),
                None => (month, None, start + 1),
            }
        } else if let Some(day) = day_number(at(words, start)) {
            let place = if at(words, start + 1) == "of" { start + 2 } else { start + 1 };
            match english_month(at(words, place)) {
                Some(month) => (month, Some(day), place + 1),
                None => return Ok(None),
            }
        } else {
            return Ok(None);
        };
        let said = year_after(words, next);
        let year = if at(words, next) == "," { next + 1 } else { next };
        if day.is_some() && said.is_none() && is_year_too_far(words, year) {
            return Err(Refusal::NoSuchDate(written(words, start, year + 1).replace(" ,", ",")));
        }
        let of_year = |year| match day {
            Some(day) => Date::from_ymd_opt(year, month, day).map(|d| Period { first: d, last: d }),
            None => month_period(year, month),
        };
        let (period, next) = match said {
            Some((year, next)) => (of_year(year), next),
            None => (self.coming(of_year), next),
        };
        match period {
            Some(period) => Ok(Some(Named { period, end_only: false, bare_year: false, year_said: said.is_some(), next })),
            None => Err(Refusal::NoSuchDate(written(words, start, next))),
        }
    }

    /// "six months", "the next 90 days", "a year": the day that many on from the as-of day.
    pub(super) fn after(self, words: &[Word], from: usize) -> Found<(Date, usize)> {
        let mut place = from;
        let mut next_said = false;
        while let word @ ("the" | "next" | "coming" | "following" | "our") = at(words, place) {
            next_said |= word != "the" && word != "our";
            place += 1;
        }
        let word = at(words, place);
        let count = match word {
            "a" | "an" if !next_said => Some(1),
            _ if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() => Some(word.parse().unwrap_or(u32::MAX)),
            _ => number_word(word).map(|n| n as u32),
        };
        let Some(count) = count else { return Ok(None) };
        let unit = at(words, place + 1);
        let months = |n: u32| plus_months(self.as_of, count.checked_mul(n)?);
        let days = |n: u64| self.as_of.checked_add_days(Days::new(u64::from(count).checked_mul(n)?));
        let date = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => days(1),
            "week" => days(7),
            "month" => months(1),
            "quarter" => months(3),
            "year" => months(12),
            _ => return Ok(None),
        };
        let date = date.filter(|date| count > 0 && date.year() <= 9999);
        date.map(|date| Some((date, place + 2))).ok_or_else(|| Refusal::NoSuchDate(written(words, from, place + 2)))
    }
}

const ORDINALS: [(&str, u32); 6] = [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("1st", 1), ("2nd", 2)];

fn narrowed(period: Period, end_only: bool, next: usize) -> Named {
    let period = if end_only { period } else { Period { first: period.first, last: period.first } };
    Named { period, end_only, bare_year: false, year_said: true, next }
}

fn week(year: i32, number: u32) -> Option<Period> {
    let first = Date::from_isoywd_opt(year, number, Weekday::Mon)?;
    Some(Period { first, last: first.checked_add_days(Days::new(6))? })
}

fn written(words: &[Word], from: usize, to: usize) -> String {
    words.iter().take(to).skip(from).map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// "2027-12-31", "2027-12", "31.12.2027", "12/31/2027".
fn figures(words: &[Word], start: usize) -> Found<Named> {
    let word = at(words, start);
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let day = |date: Date| Named {
        period: Period { first: date, last: date },
        end_only: false,
        bare_year: false,
        year_said: true,
        next: start + 1,
    };
    let wrong = || Refusal::NoSuchDate(words.get(start).map_or_else(String::new, |w| w.text.clone()));
    match parts[..] {
        [year, month, number_of_day] if let Some(year) = year_of_four(year) => {
            let (Some(month), Some(d)) = (number(month, 99), number(number_of_day, 99)) else { return Ok(None) };
            Date::from_ymd_opt(year, month, d).map(|d| Some(day(d))).ok_or_else(wrong)
        }
        [year, month] if let (Some(year), Some(month), true) = (year_of_four(year), number(month, 99), word.contains('-')) => {
            let period = month_period(year, month).ok_or_else(wrong)?;
            Ok(Some(Named { period, ..day(period.first) }))
        }
        // "06/2027".
        [month, year] if let (Some(month), Some(year), true) = (number(month, 12), year_of_four(year), word.contains('/')) => {
            let period = month_period(year, month).ok_or_else(wrong)?;
            Ok(Some(Named { period, ..day(period.first) }))
        }
        [a, b, year] if let (Some(a), Some(b), Some(year)) = (number(a, 99), number(b, 99), year_of_four(year)) => {
            let (day_first, month_first) = (Date::from_ymd_opt(year, b, a), Date::from_ymd_opt(year, a, b));
            match (day_first, month_first) {
                // With points the day always comes first.
                (Some(date), _) if word.contains('.') => Ok(Some(day(date))),
                (Some(x), Some(y)) if x != y => Err(Refusal::AmbiguousDate(word.to_owned())),
                (Some(date), _) | (None, Some(date)) => Ok(Some(day(date))),
                (None, None) => Err(wrong()),
            }
        }
        _ => Ok(None),
    }
}
