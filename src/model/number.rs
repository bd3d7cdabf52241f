//! Numbers and dates as people write them, in the project's locale.

use std::borrow::Cow;

use chrono::Datelike as _;

use super::{Cadence, Calendar, Date, Period, Unit};

/// What stands between groups of three digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    None,
    Comma,
    Point,
    /// A thin, non-breaking space.
    Space,
    Apostrophe,
}

impl Grouping {
    fn mark(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Comma => Some(','),
            Self::Point => Some('.'),
            Self::Space => Some('\u{202f}'),
            Self::Apostrophe => Some('’'),
        }
    }
}

/// How the project writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Locale {
    /// `.` or `,`.
    pub decimal_mark: char,
    pub grouping: Grouping,
}

impl Default for Locale {
    fn default() -> Self {
        Self { decimal_mark: '.', grouping: Grouping::Comma }
    }
}

impl Locale {
    /// A number with a fixed count of decimals: `−1,234.50`. Rounds half away from zero; never prints "−0".
    pub fn fixed(&self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let scale = 10f64.powi(i32::from(decimals.min(12)));
        let rounded = (value * scale).round() / scale;
        let rounded = if rounded.is_finite() { rounded } else { value };
        let plain = format!("{:.*}", usize::from(decimals.min(12)), rounded.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + 8);
        if rounded < 0.0 {
            text.push('−');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0
                && (whole.len() - index) % 3 == 0
                && let Some(mark) = self.grouping.mark()
            {
                text.push(mark);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.decimal_mark);
            text.push_str(fraction);
        }
        text
    }

    /// A number with up to `decimals` decimals, trailing zeros cut.
    pub fn trimmed(&self, value: f64, decimals: u8) -> String {
        let text = self.fixed(value, decimals);
        if !text.contains(self.decimal_mark) || decimals == 0 {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches(self.decimal_mark).to_owned()
    }

    /// A short human number without a unit: three significant digits or so, `1.2 M`, `412 k`, `38.5`.
    /// Below 10,000 it keeps up to `decimals` decimals, and as many more as it takes not to say zero of what is none.
    pub fn short(&self, value: f64, decimals: u8) -> String {
        if self.is_lost(value, decimals) { self.telling(value) } else { self.rounded(value, decimals) }
    }

    /// [`short`](Self::short), where what is rounded to nothing is nothing.
    fn rounded(self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        if needs_power(value, SHORT_POWERS_FROM) {
            return self.power(value);
        }
        let magnitude = Magnitude::of(value);
        if matches!(magnitude, Magnitude::One | Magnitude::Power(_)) {
            return self.trimmed(value, decimals);
        }
        let (scale, letter) = magnitude.scale_and_letter();
        let scaled = value / scale;
        let digits = if scaled.abs() >= 100.0 {
            0
        } else if scaled.abs() >= 10.0 {
            1
        } else {
            2
        };
        format!("{} {letter}", self.trimmed(scaled, digits))
    }

    /// [`fixed`](Self::fixed) as far as digits tell anything.
    pub fn fixed_or_power(&self, value: f64, decimals: u8) -> String {
        if value.is_finite() && needs_power(value, POWERS_FROM) { self.power(value) } else { self.fixed(value, decimals) }
    }

    /// Whether a value is not zero and so many decimals would say it is.
    fn is_lost(self, value: f64, decimals: u8) -> bool {
        let is_small = (DUST_BELOW..1.0).contains(&value.abs());
        is_small && !self.fixed(value, decimals).contains(|c: char| ('1'..='9').contains(&c))
    }

    /// A small value by its first two digits: "0.00001", "1.2 × 10⁻⁸".
    fn telling(self, value: f64) -> String {
        if value.abs() < SMALLEST_IN_DIGITS {
            return self.power(value);
        }
        let places = -value.abs().log10().floor();
        self.trimmed(value, places as u8 + 1)
    }

    /// A number that no letter makes short: "1.23 × 10¹⁸", "1 × 10⁻³⁰⁰".
    fn power(self, value: f64) -> String {
        let scientific = format!("{value:.2e}");
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let mantissa = self.trimmed(mantissa.parse().unwrap_or(value), 2);
        format!("{mantissa} {}", power_words(exponent.parse().unwrap_or(0)))
    }

    /// A value with its unit, short: "€ 3.4 k", "45 %", "9.1 min".
    pub fn value(&self, value: f64, unit: &Unit, decimals: u8) -> String {
        dressed(value, &self.short(value.abs(), decimals), unit, &unit.suffix())
    }

    /// A value with its unit, in full: "€ 3,412.50".
    pub fn exact(&self, value: f64, unit: &Unit, decimals: u8) -> String {
        let size = value.abs();
        let body = if self.is_lost(size, decimals) { self.telling(size) } else { self.fixed_or_power(size, decimals) };
        dressed(value, &body, unit, &unit.suffix())
    }

    /// A signed difference of two values: "+0.6 pts", "−€ 9 k". What is less than the values are written in is "±0": of large values it may
    /// be no more than what rounding left.
    pub fn difference(&self, value: f64, unit: &Unit, decimals: u8) -> String {
        let body = self.rounded(value.abs(), decimals);
        let zero = !body.chars().any(|c| ('1'..='9').contains(&c));
        let sign = if zero {
            "±"
        } else if value < 0.0 {
            "−"
        } else {
            "+"
        };
        format!("{sign}{}{body}{}", unit.prefix(), unit.difference_suffix())
    }

    /// A share of one as a percentage: 0.123 with no decimals is "12 %".
    pub fn percent(&self, share: f64, decimals: u8) -> String {
        if share.is_finite() { format!("{} %", self.fixed(share * 100.0, decimals)) } else { "–".to_owned() }
    }
}

fn dressed(value: f64, body: &str, unit: &Unit, suffix: &str) -> String {
    let negative = value < 0.0 && body.chars().any(|c| ('1'..='9').contains(&c));
    let sign = if negative { "−" } else { "" };
    format!("{sign}{}{body}{suffix}", unit.prefix())
}

/// "× 10¹⁵", "× 10⁻⁷".
fn power_words(exponent: i32) -> String {
    let digits = exponent.unsigned_abs().to_string();
    let raised: String = digits.chars().filter_map(|digit| SUPERSCRIPTS.get(digit.to_digit(10)? as usize)).collect();
    format!("× 10{}{raised}", if exponent < 0 { "⁻" } else { "" })
}

/// The power of ten that a value is written with.
fn exponent_of(value: f64) -> i32 {
    format!("{value:.2e}").split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// Beyond thousands of trillions digits and letters tell nothing any more; a power of ten does.
const POWERS_FROM: f64 = 1e15;
/// What would round up to "1,000 T" is a power already.
const SHORT_POWERS_FROM: f64 = 999.5e12;
/// Smaller values are powers: nobody counts so many zeros.
const SMALLEST_IN_DIGITS: f64 = 1e-6;
/// Smaller values may be no more than what rounding left of others.
const DUST_BELOW: f64 = 1e-9;
/// Below this a number is no rounding error of others, which lie above it, but meant: "0" would be false.
const POWERS_BELOW: f64 = 1e-30;

fn needs_power(value: f64, from: f64) -> bool {
    value.abs() >= from || (value != 0.0 && value.abs() < POWERS_BELOW)
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Thousands, millions, …: one for a whole axis, so that its labels agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Magnitude {
    One,
    Thousand,
    Million,
    Billion,
    Trillion,
    /// So many times ten, where there is no letter: of what is very large or very small.
    Power(i32),
}

impl Magnitude {
    /// What suits a value: plain below 10,000, so that 4,135 stays readable.
    pub fn of(value: f64) -> Self {
        // Values that would round up to the next letter (999.95 k) take it.
        match value.abs() {
            v if v > f64::MIN_POSITIVE && v < SMALLEST_IN_DIGITS => Self::Power(exponent_of(v)),
            v if v < 9_999.5 => Self::One,
            v if v < 999_500.0 => Self::Thousand,
            v if v < 999_500_000.0 => Self::Million,
            v if v < 999_500_000_000.0 => Self::Billion,
            v if v >= SHORT_POWERS_FROM => Self::Power(exponent_of(v)),
            _ => Self::Trillion,
        }
    }

    /// A power whatever letter there is.
    pub fn power_of(value: f64) -> Self {
        Self::Power(exponent_of(value))
    }

    /// The divisor and the letter that says it, or the power.
    pub fn scale_and_letter(self) -> (f64, Cow<'static, str>) {
        let (scale, letter) = match self {
            Self::One => (1.0, ""),
            Self::Thousand => (1e3, "k"),
            Self::Million => (1e6, "M"),
            Self::Billion => (1e9, "B"),
            Self::Trillion => (1e12, "T"),
            Self::Power(exponent) => return (10f64.powi(exponent), Cow::Owned(power_words(exponent))),
        };
        (scale, Cow::Borrowed(letter))
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "Mar".
pub fn month_word(date: Date) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// "21 Nov 2026".
pub fn date_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month_word(date), date.year())
}

/// "21 Nov".
pub fn day_words(date: Date) -> String {
    format!("{} {}", date.day(), month_word(date))
}

/// With a capital at the start; the rest as it is.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of a period: "21 Nov 2026", "week of 16 Nov 2026", "Oct 2026", "Q4 2026", "2026" (fiscal ones: "Q3 FY27", "FY27").
pub fn period_words(calendar: &Calendar, cadence: Cadence, period: Period) -> String {
    let fiscal = calendar.fiscal_start_month != 1;
    let year = calendar.fiscal_year(period.first);
    match cadence {
        Cadence::Hourly | Cadence::Daily => date_words(period.first),
        Cadence::Weekly => format!("week of {}", date_words(period.first)),
        Cadence::Monthly => format!("{} {}", month_word(period.first), period.first.year()),
        Cadence::Quarterly if fiscal => format!("Q{} FY{:02}", calendar.fiscal_quarter(period.first), year.rem_euclid(100)),
        Cadence::Quarterly => format!("Q{} {year}", calendar.fiscal_quarter(period.first)),
        Cadence::Yearly if fiscal => format!("FY{:02}", year.rem_euclid(100)),
        Cadence::Yearly => year.to_string(),
    }
}

/// The name of a period after a word such as "for": "the week of 16 Nov 2026", "Oct 2026".
pub fn period_words_after(calendar: &Calendar, cadence: Cadence, period: Period) -> String {
    let words = period_words(calendar, cadence, period);
    if cadence == Cadence::Weekly { format!("the {words}") } else { words }
}

/// When something was, in a sentence: "on 21 Nov 2026", "in the week of 16 Nov 2026", "in Oct 2026".
pub fn within_period_words(calendar: &Calendar, cadence: Cadence, period: Period) -> String {
    let words = period_words(calendar, cadence, period);
    match cadence {
        Cadence::Hourly | Cadence::Daily => format!("on {words}"),
        Cadence::Weekly => format!("in the {words}"),
        Cadence::Monthly | Cadence::Quarterly | Cadence::Yearly => format!("in {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_like_people_write_them() {
        let locale = Locale::default();
        let eur = Unit::Currency("EUR".to_owned());
        for (value, unit, decimals, expected) in [
            (1_234_000.0, Unit::Count, 0, "1.23 M"),
            (10_000_000.0, Unit::Count, 0, "10 M"),
            (8_240_000.0, Unit::Count, 0, "8.24 M"),
            (412_300.0, eur.clone(), 0, "€ 412 k"),
            (-9_000.0, eur, 0, "−€ 9,000"),
            (45.0, Unit::Percent, 1, "45 %"),
            (99.94, Unit::Percent, 2, "99.94 %"),
            (9.14, Unit::Minutes, 1, "9.1 min"),
            (-0.001, Unit::Percent, 1, "−0.001 %"),
            (0.00001, Unit::Currency("EUR".to_owned()), 2, "€ 0.00001"),
            (0.042_9, Unit::Count, 0, "0.043"),
            (3e-8, Unit::Count, 0, "3 × 10⁻⁸"),
            (999_700.0, Unit::Count, 0, "1 M"),
            (1204.5, Unit::Custom("tickets".to_owned()), 1, "1,204.5 tickets"),
        ] {
            assert_eq!(locale.value(value, &unit, decimals), expected);
        }
    }

    #[test]
    fn values_beyond_all_letters_are_powers_of_ten() {
        let locale = Locale::default();
        let eur = Unit::Currency("EUR".to_owned());
        for (value, short, exact) in [
            (999e12, "€ 999 T", "€ 999,000,000,000,000"),
            (999.6e12, "€ 1 × 10¹⁵", "€ 999,600,000,000,000"),
            (1.5e15, "€ 1.5 × 10¹⁵", "€ 1.5 × 10¹⁵"),
            (-1e308, "−€ 1 × 10³⁰⁸", "−€ 1 × 10³⁰⁸"),
            (9.999e20, "€ 1 × 10²¹", "€ 1 × 10²¹"),
        ] {
            assert_eq!((locale.value(value, &eur, 0).as_str(), locale.exact(value, &eur, 0).as_str()), (short, exact));
        }
        assert_eq!(locale.difference(-2e300, &Unit::Count, 0), "−2 × 10³⁰⁰");
    }

    #[test]
    fn values_that_are_nearly_nothing_are_not_nothing() {
        let locale = Locale::default();
        assert_eq!(locale.value(1e-300, &Unit::Percent, 1), "1 × 10⁻³⁰⁰ %");
        assert_eq!(locale.exact(-2.5e-45, &Unit::Count, 0), "−2.5 × 10⁻⁴⁵");
        assert_eq!(locale.difference(1e-300, &Unit::Percent, 0), "+1 × 10⁻³⁰⁰ pts");
        assert_eq!(locale.value(0.3 - 0.1 - 0.2, &Unit::Percent, 1), "0 %", "what rounding leaves is nothing");
        assert_eq!(locale.value(0.0, &Unit::Percent, 1), "0 %");
        assert_eq!(locale.exact(0.00001, &Unit::Currency("EUR".to_owned()), 2), "€ 0.00001");
        assert_eq!(locale.exact(0.0, &Unit::Count, 2), "0.00");
        assert_eq!(locale.difference(0.02, &Unit::Percent, 1), "±0 pts", "less than the values are written in");
    }

    #[test]
    fn differences_carry_a_sign_and_points() {
        let locale = Locale { decimal_mark: ',', grouping: Grouping::Point };
        assert_eq!(locale.difference(0.6, &Unit::Percent, 1), "+0,6 pts");
        assert_eq!(locale.difference(-1_800_000.0, &Unit::Count, 0), "−1,8 M");
        assert_eq!(locale.difference(0.0, &Unit::Count, 0), "±0");
        assert_eq!(locale.fixed(1_234_567.891, 2), "1.234.567,89");
    }

    #[test]
    fn periods_have_names() {
        let calendar = Calendar::default();
        let date: Date = "2026-11-21".parse().unwrap();
        let named = |cadence| period_words(&calendar, cadence, calendar.period_of(cadence, date));
        assert_eq!(
            [Cadence::Daily, Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly].map(named),
            ["21 Nov 2026", "week of 16 Nov 2026", "Nov 2026", "Q4 2026", "2026"]
        );
    }
}
