//! Words in dates: months in English, German, French and Spanish, weekdays, and the letters of quarters and weeks.

use super::{number, short_year, year};

/// Of each month the words that are not the start of an earlier one; compared in lower case, whole.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene"],
    &["feb", "february", "februar", "feber", "février", "fevrier", "févr", "fevr", "fév", "febrero"],
    &["mar", "march", "märz", "maerz", "mär", "mrz", "mars", "marzo"],
    &["apr", "april", "avril", "avr", "abril", "abr"],
    &["may", "mai", "mayo"],
    &["jun", "june", "juni", "juin", "junio"],
    &["jul", "july", "juli", "juillet", "juil", "julio"],
    &["aug", "august", "août", "aout", "agosto", "ago"],
    &["sep", "sept", "september", "septembre", "septiembre", "setiembre", "set"],
    &["oct", "october", "okt", "oktober", "octobre", "octubre"],
    &["nov", "november", "novembre", "noviembre"],
    &["dec", "december", "dez", "dezember", "décembre", "decembre", "déc", "diciembre", "dic"],
];

/// Words that say nothing that the rest of a date does not say.
const FILLERS: [&str; 45] = [
    "of",
    "the",
    "de",
    "del",
    "le",
    "el",
    "den",
    "der",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "domingo",
];

/// January is 1, in English: where words may be anything, "set" and "ago" are no months.
pub(in crate::import) fn english_month(word: &str) -> Option<u32> {
    const ENGLISH: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_ascii_lowercase();
    let is = |name: &str| *name == *word || (word.len() == 3 && name.starts_with(&word)) || (word == "sept" && name.starts_with("sept"));
    u32::try_from(ENGLISH.iter().position(|name| is(name))? + 1).ok()
}

/// January is 1.
pub(super) fn month_number(word: &str) -> Option<u32> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    u32::try_from(place + 1).ok()
}

pub(super) fn is_filler(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_alphabetic()) && FILLERS.contains(&part.to_ascii_lowercase().as_str())
}

/// `1st` is `1`.
pub(super) fn without_ordinal(part: &str) -> &str {
    let bare = ["st", "nd", "rd", "th", "er", "º"].iter().find_map(|ending| part.strip_suffix(ending));
    bare.filter(|digits| digits.len() <= 2 && number(digits).is_some()).unwrap_or(part)
}

/// The letter that a word before or after a number stands for: `KW 14` is `W14`, `3. Quartal` is `Q3`.
pub(super) fn period_letter(part: &str) -> Option<&'static str> {
    if !part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match part.to_ascii_lowercase().as_str() {
        "w" | "week" | "kw" | "cw" | "semaine" | "semana" => Some("W"),
        "q" | "quarter" | "quartal" | "trimestre" => Some("Q"),
        "fy" | "gj" => Some("FY"),
        _ => joined_letter(part).map(|(letter, _)| letter),
    }
}

/// `KW14`.
fn joined_letter(part: &str) -> Option<(&'static str, &str)> {
    let digits = part.get(..2).filter(|start| ["kw", "cw"].contains(&start.to_ascii_lowercase().as_str()))?;
    let digits = &part[digits.len()..];
    number(digits).map(|_| ("W", digits))
}

/// Puts such words to their numbers: the one after them, or for a quarter the one before.
pub(super) fn with_letters(parts: &[&str]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut rest = parts.iter().copied().peekable();
    while let Some(part) = rest.next() {
        if let Some((letter, digits)) = joined_letter(part) {
            joined.push(format!("{letter}{digits}"));
            continue;
        }
        let Some(letter) = period_letter(part) else {
            joined.push(part.to_owned());
            continue;
        };
        let before = joined.last().filter(|before| letter == "Q" && before.len() == 1 && number(before).is_some()).cloned();
        if let Some(before) = before {
            joined.pop();
            joined.push(format!("{letter}{before}"));
        } else if let Some(after) = rest.next() {
            joined.push(format!("{letter}{after}"));
        }
    }
    joined
}

/// `FY26`, `FY2026`.
pub(super) fn fiscal_year(part: &str) -> Option<i32> {
    let digits = part.get(..2).filter(|start| start.eq_ignore_ascii_case("fy") || start.eq_ignore_ascii_case("gj")).map(|_| &part[2..])?;
    year(digits).or_else(|| short_year(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_two_months() {
        let mut all: Vec<&str> = MONTHS.iter().flat_map(|names| names.iter().copied()).collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(all.iter().all(|name| !is_filler(name)));
        assert_eq!((month_number("MÄRZ"), month_number("marc"), month_number("")), (Some(3), None, None));
    }
}
