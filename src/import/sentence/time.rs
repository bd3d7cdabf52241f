//! Clauses of time: what "by Q4", "within six months" and "from April to June" say of the start and of the end.

use chrono::{Datelike as _, Months};

use super::dates::{Almanac, Found, Named, number, plus_months};
use super::words::{Word, any_phrase, at, phrase};
use crate::model::Date;

/// What a clause says of the start and of the end, and the place after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeClause {
    pub(super) starts: Option<Date>,
    pub(super) due: Option<Date>,
    pub(super) next: usize,
}

/// Words that only a time goes with: "until 2099" is no amount.
const ONLY_TIME: [&str; 9] = ["until", "till", "through", "no later than", "not later than", "due", "before", "in", "during"];
const BY: [&str; 9] = ["by", "until", "till", "through", "no later than", "not later than", "on", "at", "due"];
const IN: [&str; 7] = ["within", "in", "during", "over", "for", "throughout", "across"];
const FROM: [&str; 7] = ["from", "starting", "starting in", "starting from", "beginning", "beginning in", "since"];

/// Reads the clause of time that begins at a word.
pub(super) fn clause(almanac: Almanac, words: &[Word], from: usize) -> Found<TimeClause> {
    if let Some(next) = any_phrase(words, from, &IN)
        && let Some((due, next)) = almanac.after(words, next)?
    {
        return Ok(Some(TimeClause { starts: None, due: Some(due), next }));
    }
    if let Some(next) = any_phrase(words, from, &BY).or_else(|| phrase(words, from, "before")) {
        let Some(named) = almanac.named(words, next)? else { return Ok(None) };
        if !is_meant(almanac, words, from, named) || (at(words, from) == "at" && !named.end_only) {
            return Ok(None);
        }
        let due = if at(words, from) == "before" && !named.end_only { named.period.first.pred_opt() } else { Some(named.period.last) };
        return Ok(Some(TimeClause { starts: None, due, next: named.next }));
    }
    if let Some(next) = any_phrase(words, from, &FROM).or_else(|| phrase(words, from, "between")) {
        return span(almanac, words, next, at(words, from) != "between");
    }
    let inside = any_phrase(words, from, &IN);
    let strong = matches!(at(words, from), "this" | "next") || stands_by_itself(at(words, from));
    if inside.is_none() && !strong {
        return Ok(None);
    }
    let Some(named) = almanac.named(words, inside.unwrap_or(from))? else { return Ok(None) };
    if !is_meant(almanac, words, from, named) {
        return Ok(None);
    }
    let starts = (!named.end_only && named.period.first != named.period.last).then_some(named.period.first);
    Ok(Some(TimeClause { starts, due: Some(named.period.last), next: named.next }))
}

/// "from April to June 2027"; with `open`, "from April" alone.
fn span(almanac: Almanac, words: &[Word], from: usize, open: bool) -> Found<TimeClause> {
    let Some(first) = almanac.named(words, from)?.filter(|n| !n.bare_year) else { return Ok(None) };
    let joined = any_phrase(words, first.next, &["to", "until", "till", "through", "and", "–"]);
    let second = joined.map(|next| almanac.named(words, next)).transpose()?.flatten();
    let mut starts = first.period.first;
    let Some(second) = second else {
        return Ok(open.then_some(TimeClause { starts: Some(starts), due: None, next: first.next }));
    };
    let due = second.period.last;
    if !first.year_said {
        // "from November to March 2027" begins in 2026, "from March to June 2028" in 2028.
        while let Some(earlier) = starts.checked_sub_months(Months::new(12)).filter(|_| starts > due) {
            starts = earlier;
        }
        while let Some(later) = plus_months(starts, 12).filter(|later| *later <= due) {
            starts = later;
        }
    }
    Ok(Some(TimeClause { starts: Some(starts), due: Some(due), next: second.next }))
}

/// "Q4", "H1", "FY27" need no preposition.
fn stands_by_itself(word: &str) -> bool {
    let short = |letter: char, most: u32| word.strip_prefix(letter).filter(|r| r.len() == 1).and_then(|r| number(r, most)).is_some();
    short('q', 9) || short('h', 2) || word.strip_prefix("fy").is_some_and(|r| number(r, 9999).is_some())
}

/// Whether what was named is a time: "2030" alone could be an amount as well.
fn is_meant(almanac: Almanac, words: &[Word], from: usize, named: Named) -> bool {
    let only_time = any_phrase(words, from, &ONLY_TIME).is_some();
    !named.bare_year || (year_ends(words, named.next) && (only_time || almanac.is_near(named.period.first.year())))
}

/// Whether a bare year is the last of its clause: "by 2030", not "by 2030 users".
pub(super) fn year_ends(words: &[Word], next: usize) -> bool {
    matches!(at(words, next), "" | "," | ";" | ")" | "(" | "by" | "to" | "from" | "through" | "with" | "and" | "at" | "!" | "?" | "via")
}
