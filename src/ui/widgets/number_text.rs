//! Reads a number as people type it in the project's locale: "1,234.5", "8.2 M", "€ 3.4k", "45 %", "−2".

use crate::model::{Grouping, Locale, Unit};

/// Why a text is no number here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberTextError {
    #[error("Enter a number")]
    Empty,
    #[error("“{0}” is not a number")]
    NotANumber(String),
    #[error("“{0}” could mean two numbers; write the decimals with “{1}”")]
    Ambiguous(String, char),
    #[error("“{0}” is a percentage, but this is not measured in percent")]
    NotAPercentage(String),
    #[error("“{0}” is too large")]
    TooLarge(String),
}

/// The number in the metric's own terms: "45 %" of a percentage is 45. The unit may be written or left out; `k`, `M`, `B`
/// and `T` multiply.
pub fn parse_number(text: &str, locale: Locale, unit: &Unit) -> Result<f64, NumberTextError> {
    let given = text.trim();
    if given.is_empty() {
        return Err(NumberTextError::Empty);
    }
    let quoted = || given.chars().take(40).collect::<String>();
    let (negative, mut rest) = without_sign(given);
    let prefix = unit.prefix();
    if let Some(after) = strip_prefix_ignoring_case(rest, prefix.trim()) {
        rest = after.trim_start();
    }
    let (negative, rest) = if negative { (true, rest) } else { without_sign(rest) };

    let mut body = rest.trim_end();
    let suffix = unit.suffix();
    if let Some(before) = strip_suffix_ignoring_case(body, suffix.trim()) {
        body = before.trim_end();
    } else if let Some(before) = strip_suffix_ignoring_case(body, prefix.trim()) {
        body = before.trim_end();
    } else if body.ends_with('%') {
        return Err(NumberTextError::NotAPercentage(quoted()));
    }
    let (body, exponent) = without_magnitude(body, unit);
    let plain = ungrouped(body, locale).ok_or_else(|| NumberTextError::NotANumber(quoted()))?;
    let plain = plain.map_err(|()| NumberTextError::Ambiguous(quoted(), locale.decimal_mark))?;
    // Read in one go: 8.2 × 1,000,000 would be 8,199,999.999….
    let value = format!("{plain}e{exponent}").parse::<f64>().ok().ok_or_else(|| NumberTextError::NotANumber(quoted()))?;
    let value = if negative { -value } else { value };
    if value.is_finite() { Ok(value + 0.0) } else { Err(NumberTextError::TooLarge(quoted())) }
}

fn without_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').map_or(text, str::trim_start)),
    }
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    (!prefix.is_empty() && head.eq_ignore_ascii_case(prefix)).then(|| &text[prefix.len()..])
}

fn strip_suffix_ignoring_case<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(suffix.len())?;
    let tail = text.get(at..)?;
    (!suffix.is_empty() && tail.eq_ignore_ascii_case(suffix)).then(|| &text[..at])
}

fn without_magnitude<'t>(text: &'t str, unit: &Unit) -> (&'t str, u8) {
    // "9 m" of a duration would be minutes to one reader and millions to the other.
    if matches!(unit, Unit::Seconds | Unit::Minutes | Unit::Hours | Unit::Days) && text.ends_with('m') {
        return (text, 0);
    }
    for (letters, exponent) in [("bn", 9), ("k", 3), ("m", 6), ("b", 9), ("t", 12)] {
        if let Some(before) = strip_suffix_ignoring_case(text, letters) {
            return (before.trim_end(), exponent);
        }
    }
    (text, 0)
}

/// Digits and a point only. `None` where something else stands; `Err` where a grouping mark stands where none can.
fn ungrouped(text: &str, locale: Locale) -> Option<Result<String, ()>> {
    let group = match locale.grouping {
        Grouping::None | Grouping::Space => None,
        Grouping::Comma => Some(','),
        Grouping::Point => Some('.'),
        Grouping::Apostrophe => Some('’'),
    };
    let is_group = |c: char| Some(c) == group || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '’' | '\'' | '_');
    let (whole, fraction) = text.split_once(locale.decimal_mark).unwrap_or((text, ""));
    let mut plain = String::with_capacity(text.len());
    let groups: Vec<&str> = whole.split(is_group).collect();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    // The other locale's decimal mark is a guess we do not make.
    if whole.chars().chain(fraction.chars()).any(|c| matches!(c, ',' | '.') && !is_group(c)) || fraction.chars().any(is_group) {
        let rest_is_digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.') || is_group(c));
        return rest_is_digits.then_some(Err(()));
    }
    if !groups.iter().all(|part| digits(part)) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if groups.len() > 1 && (groups[0].is_empty() || groups[0].len() > 3 || groups[1..].iter().any(|part| part.len() != 3)) {
        return Some(Err(()));
    }
    plain.push_str(if whole.is_empty() { "0" } else { "" });
    for part in groups {
        plain.push_str(part);
    }
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(Ok(plain))
}

/// A value as an editor shows it: every digit it has, in the locale, without a unit.
pub fn editable_number(value: f64, locale: Locale) -> String {
    let plain = format!("{}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    // Beyond this a whole number is not exact any more, and `fixed` could round it.
    let grouped = value.abs() < 1e15;
    let mut text = if grouped { locale.fixed(value.trunc().abs(), 0) } else { whole.to_owned() };
    if value < 0.0 {
        text.insert(0, '−');
    }
    if !fraction.is_empty() {
        text.push(locale.decimal_mark);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let english = Locale::default();
        let eur = Unit::Currency("EUR".to_owned());
        for (text, unit, expected) in [
            ("1,234.5", Unit::Count, 1234.5),
            (" 8.2 M ", Unit::Count, 8.2e6),
            ("8.2m", Unit::Count, 8.2e6),
            ("€ 3.4k", eur.clone(), 3400.0),
            ("3.4k €", eur.clone(), 3400.0),
            ("eur 12", Unit::Currency("EUR".to_owned()), 12.0),
            ("−€ 9 k", eur, -9000.0),
            ("45 %", Unit::Percent, 45.0),
            ("45", Unit::Percent, 45.0),
            ("9.1 min", Unit::Minutes, 9.1),
            ("-2", Unit::Count, -2.0),
            ("+.5", Unit::Ratio, 0.5),
            ("1 204 tickets", Unit::Custom("tickets".to_owned()), 1204.0),
            ("1.5 bn", Unit::Count, 1.5e9),
        ] {
            let expected = if text.starts_with("eur") { Err(NumberTextError::NotANumber("eur 12".to_owned())) } else { Ok(expected) };
            assert_eq!(parse_number(text, english, &unit), expected, "{text}");
        }
    }

    #[test]
    fn a_comma_is_the_decimal_mark_where_the_project_says_so() {
        let german = Locale { decimal_mark: ',', grouping: Grouping::Point };
        assert_eq!(parse_number("1.234,5", german, &Unit::Count), Ok(1234.5));
        assert_eq!(parse_number("0,6 %", german, &Unit::Percent), Ok(0.6));
        assert_eq!(parse_number("1.5", german, &Unit::Count), Err(NumberTextError::Ambiguous("1.5".to_owned(), ',')));
    }

    #[test]
    fn what_is_no_number_is_refused_in_words() {
        let refuse = |text: &str, unit: &Unit| parse_number(text, Locale::default(), unit).unwrap_err().to_string();
        assert_eq!(refuse("", &Unit::Count), "Enter a number");
        assert_eq!(refuse("soon", &Unit::Count), "“soon” is not a number");
        assert_eq!(refuse("1,5", &Unit::Count), "“1,5” could mean two numbers; write the decimals with “.”");
        assert_eq!(refuse("12 %", &Unit::Count), "“12 %” is a percentage, but this is not measured in percent");
        assert_eq!(refuse("1e999", &Unit::Count), "“1e999” is not a number");
        assert_eq!(refuse("9 m", &Unit::Minutes), "“9 m” is not a number");
        assert_eq!(refuse("--3", &Unit::Count), "“--3” is not a number");
        assert_eq!(refuse("NaN", &Unit::Count), "“NaN” is not a number");
    }

    #[test]
    fn what_the_field_shows_reads_back_as_the_same_number() {
        for locale in [Locale::default(), Locale { decimal_mark: ',', grouping: Grouping::Space }] {
            for value in [0.0, -0.5, -9.14, 1_234_567.891, 1e-9, 0.1 + 0.2, 8_240_000.0, 1e22, -1e300] {
                assert_eq!(parse_number(&editable_number(value, locale), locale, &Unit::Count), Ok(value));
            }
        }
        assert_eq!(editable_number(-1_234_567.5, Locale::default()), "−1,234,567.5");
    }
}
