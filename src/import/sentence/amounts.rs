//! Amounts as people write them: `10 million`, `€2.5M`, `20 %`, `five points`, `70+`, `30 min`.

use super::words::{Word, any_phrase, at};
use crate::model::Unit;

/// What was written with a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    Percent,
    PercentPoints,
    /// Of whatever the metric is counted in.
    Points,
    Currency(String),
    /// Seconds, minutes, hours or days; milliseconds as a word of their own.
    Duration(Unit),
    /// "2x", "threefold".
    Times,
}

/// Which side of a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Least,
    Most,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) said: Option<Said>,
    pub(super) side: Option<Side>,
    /// `+20 %` and `−20 %`.
    pub(super) signed: bool,
    pub(super) decimals: u8,
}

/// "70 or more". Not in "above 3 % and below 5 %", where the words belong to the next amount.
const LEAST_AFTER: &[&str] = &["or more", "or higher", "or above", "or better", "or greater", "and above", "and more"];
const MOST_AFTER: &[&str] = &["or less", "or lower", "or below", "or fewer", "and below"];

const NUMBER_WORDS: [(&str, f64); 24] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("dozen", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

pub(super) fn number_word(word: &str) -> Option<f64> {
    NUMBER_WORDS.iter().find(|(w, _)| *w == word).map(|(_, v)| *v)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "k" | "thousand" => 1e3,
        "m" | "mn" | "mm" | "mio" | "mil" | "million" | "millions" => 1e6,
        "b" | "bn" | "billion" | "billions" => 1e9,
        "tn" | "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        "€" | "eur" | "euro" | "euros" => "EUR",
        "$" | "usd" | "us$" | "dollar" | "dollars" => "USD",
        "£" | "gbp" | "pounds" => "GBP",
        "¥" | "jpy" | "yen" => "JPY",
        "chf" | "francs" => "CHF",
        "cad" => "CAD",
        "aud" => "AUD",
        "sek" => "SEK",
        "nok" => "NOK",
        "dkk" => "DKK",
        "pln" => "PLN",
        "inr" | "₹" => "INR",
        "cny" => "CNY",
        "brl" => "BRL",
        _ => return None,
    })
}

/// A duration's unit and how many of it one written unit is.
fn duration(word: &str) -> Option<(Unit, f64)> {
    Some(match word {
        "ms" | "millisecond" | "milliseconds" => (Unit::Custom("ms".to_owned()), 1.0),
        "s" | "sec" | "secs" | "second" | "seconds" => (Unit::Seconds, 1.0),
        "min" | "mins" | "minute" | "minutes" => (Unit::Minutes, 1.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => (Unit::Hours, 1.0),
        "d" | "day" | "days" => (Unit::Days, 1.0),
        "week" | "weeks" => (Unit::Days, 7.0),
        _ => return None,
    })
}

/// Seconds in one of a unit of time.
pub(super) fn seconds_in(unit: &Unit) -> Option<f64> {
    match unit {
        Unit::Custom(word) if word == "ms" => Some(0.001),
        Unit::Seconds => Some(1.0),
        Unit::Minutes => Some(60.0),
        Unit::Hours => Some(3_600.0),
        Unit::Days => Some(86_400.0),
        _ => None,
    }
}

/// Reads digits with marks. One mark is the decimal mark where it is the project's, or where no group of three follows.
fn digits(text: &str, decimal_mark: char) -> Option<(f64, u8)> {
    let groups: Vec<&str> = text.split([',', '.', '\'']).collect();
    if groups.iter().any(|g| g.is_empty() || !g.bytes().all(|b| b.is_ascii_digit())) || text.len() > 40 {
        return None;
    }
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let threes = groups.iter().skip(1).all(|g| g.len() == 3) && groups[0].len() <= 3;
    let last_decides = match marks[..] {
        [] | ['\''] => false,
        [mark] => mark == decimal_mark || !threes,
        [.., before, last] => before != last && last != '\'',
    };
    let plain = if last_decides {
        let (last, whole) = groups.split_last()?;
        let grouped = whole.iter().skip(1).all(|g| g.len() == 3);
        if !grouped {
            return None;
        }
        format!("{}.{last}", whole.concat())
    } else {
        if !marks.is_empty() && !threes {
            return None;
        }
        groups.concat()
    };
    let decimals = if last_decides { groups.last().map_or(0, |g| g.len().min(9)) } else { 0 };
    plain.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| (v, decimals as u8))
}

/// What the letters right behind the digits say; all of them must be understood.
fn suffix(amount: &mut Amount, mut rest: &str) -> Option<()> {
    if let Some(kept) = rest.strip_suffix('+') {
        amount.side = Some(Side::Least);
        rest = kept;
    }
    while !rest.is_empty() {
        if amount.said.is_none() {
            if let Some((unit, per)) = duration(rest) {
                amount.value *= per;
                amount.said = Some(Said::Duration(unit));
                return Some(());
            }
            let said = match rest {
                "%" | "percent" => Some(Said::Percent),
                "pp" | "ppt" | "%-points" => Some(Said::PercentPoints),
                "pt" | "pts" => Some(Said::Points),
                "x" | "×" => Some(Said::Times),
                word => currency(word).map(|code| Said::Currency(code.to_owned())),
            };
            if said.is_some() {
                amount.said = said;
                return Some(());
            }
        }
        let length = ["mio", "mn", "mm", "bn", "k", "m", "b"].iter().find(|s| rest.starts_with(**s)).map(|s| s.len())?;
        amount.value *= scale(&rest[..length])?;
        rest = &rest[length..];
        // "k€" and "M%": the rest must be a unit.
        if scale(rest).is_some() {
            return None;
        }
    }
    Some(())
}

/// Reads the amount that begins at a word; gives the place after it.
pub(super) fn amount(words: &[Word], from: usize, decimal_mark: char) -> Option<(Amount, usize)> {
    let mut amount = Amount { value: 0.0, said: None, side: None, signed: false, decimals: 0 };
    let mut next = from;
    // "EUR 2 million", "€ 3".
    if let Some(code) = currency(at(words, next)) {
        amount.said = Some(Said::Currency(code.to_owned()));
        next += 1;
    }
    let mut text = at(words, next);
    for (mark, side) in
        [("≥", Side::Least), (">=", Side::Least), (">", Side::Least), ("≤", Side::Most), ("<=", Side::Most), ("<", Side::Most)]
    {
        if let Some(rest) = text.strip_prefix(mark) {
            (text, amount.side) = (rest, Some(side));
            if text.is_empty() {
                next += 1;
                text = at(words, next);
            }
            break;
        }
    }
    let mut sign = 1.0;
    if let Some(rest) = text.strip_prefix(['+', '-', '−']) {
        (sign, amount.signed) = (if text.starts_with('+') { 1.0 } else { -1.0 }, true);
        text = rest;
    }
    let symbol = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).map(|at| &text[..at]);
    if let Some(code) = symbol.and_then(currency) {
        amount.said = Some(Said::Currency(code.to_owned()));
        text = &text[symbol.map_or(0, str::len)..];
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\''))).unwrap_or(text.len());
        let mut number = text[..end].to_owned();
        let rest = text[end..].to_owned();
        next += 1;
        // "10 000 000".
        let grouped = rest.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        while grouped && number.len() < 15 && at(words, next).len() == 3 && at(words, next).bytes().all(|b| b.is_ascii_digit()) {
            number.push_str(at(words, next));
            next += 1;
        }
        (amount.value, amount.decimals) = digits(&number, decimal_mark)?;
        suffix(&mut amount, &rest)?;
    } else if let Some(value) = number_word(text) {
        amount.value = value;
        next += 1;
    } else if matches!(text, "a" | "an") && (scale(at(words, next + 1)).is_some_and(|s| s > 10.0) && at(words, next + 1).len() > 2) {
        amount.value = 1.0;
        next += 1;
    } else {
        return None;
    }
    // "10 million", "5 m".
    if amount.said.as_ref().is_none_or(|s| matches!(s, Said::Currency(_)))
        && let Some(scale) = scale(at(words, next)).filter(|_| at(words, next) != "hundred" || amount.value < 10.0)
    {
        amount.value *= scale;
        next += 1;
    }
    if amount.said.is_none() {
        next = unit_after(&mut amount, words, next);
    }
    if at(words, next) == "+" {
        amount.side = Some(Side::Least);
        next += 1;
    }
    let closes = |after: &usize| self::amount(words, *after, decimal_mark).is_none();
    if let Some(after) = any_phrase(words, next, LEAST_AFTER).filter(closes) {
        (amount.side, next) = (Some(Side::Least), after);
    } else if let Some(after) = any_phrase(words, next, MOST_AFTER).filter(closes) {
        (amount.side, next) = (Some(Side::Most), after);
    }
    amount.value *= sign;
    amount.value.is_finite().then_some((amount, next))
}

/// A unit as a word of its own.
fn unit_after(amount: &mut Amount, words: &[Word], next: usize) -> usize {
    let word = at(words, next);
    if let Some(after) = any_phrase(words, next, &["percentage points", "percentage point", "% points", "percent points", "pp", "ppts"]) {
        amount.said = Some(Said::PercentPoints);
        return after;
    }
    if let Some(after) = any_phrase(words, next, &["%", "percent", "per cent", "%+"]) {
        amount.said = Some(Said::Percent);
        if word == "%+" {
            amount.side = Some(Side::Least);
        }
        return after;
    }
    if any_phrase(words, next, &["points", "point", "pts", "pt"]).is_some() {
        amount.said = Some(Said::Points);
        return next + 1;
    }
    if matches!(word, "x" | "times" | "fold") {
        amount.said = Some(Said::Times);
        return next + 1;
    }
    if let Some(code) = currency(word) {
        amount.said = Some(Said::Currency(code.to_owned()));
        return next + 1;
    }
    if let Some((unit, per)) = duration(word) {
        amount.value *= per;
        amount.said = Some(Said::Duration(unit));
        return next + 1;
    }
    next
}
