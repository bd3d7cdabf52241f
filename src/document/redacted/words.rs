//! What becomes of names: numbers and people go out of them.
//!
//! A number goes with its sign of money and its unit ("Win 46,000 sign-ups in Q4" becomes "Win … sign-ups in Q4"; "Bring MAU to 10 M"
//! becomes "Bring MAU to …"). These stay: a quarter, half or fiscal year (Q4, H2, FY27), a year that the project's own dates reach (2026),
//! and a single digit inside a word (B2B). Numbers written as words ("three", "halve") stay too.
//!
//! People are whoever owns a goal, a metric or an action, or has checked in. Their names go out of other names wherever they stand as whole
//! words; of a name of two or three words, each word by itself too. A word for a trade ("Support", "Mobile") is nobody's name: as an
//! owner it is numbered like all others, in names it stays.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::Datelike as _;

use crate::model::Project;

/// In the place of a number.
const GAP: char = '…';

/// Teams that are called after what they do.
const TRADES: [&str; 44] = [
    "analytics",
    "app",
    "back",
    "business",
    "care",
    "commerce",
    "company",
    "content",
    "core",
    "customer",
    "customers",
    "data",
    "design",
    "development",
    "engineering",
    "finance",
    "front",
    "growth",
    "hr",
    "infrastructure",
    "leadership",
    "legal",
    "marketing",
    "mobile",
    "onboarding",
    "operations",
    "ops",
    "partnerships",
    "people",
    "platform",
    "pricing",
    "product",
    "quality",
    "research",
    "revenue",
    "sales",
    "search",
    "security",
    "service",
    "success",
    "support",
    "team",
    "teams",
    "web",
];

const CURRENCY_SIGNS: [char; 8] = ['€', '$', '£', '¥', '₹', '₩', '₽', '¢'];
const CURRENCY_CODES: [&str; 18] =
    ["AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "INR", "JPY", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD"];

/// What a number may be counted in, in small letters. Signs and letters that touch the number go in any case.
const UNITS: [&str; 48] = [
    "%", "‰", "percent", "per cent", "pts", "pt", "pp", "points", "point", "k", "m", "bn", "b", "t", "mn", "thousand", "million",
    "millions", "billion", "billions", "trillion", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "h", "hr",
    "hrs", "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months", "ms", "x", "×", "€", "$", "£",
];

pub(super) struct Words {
    /// By name.
    owners: BTreeMap<String, usize>,
    /// What is replaced in names, the longest first.
    people: Vec<(String, usize)>,
    benchmarks: BTreeMap<String, usize>,
    years: Option<RangeInclusive<i32>>,
}

impl Words {
    pub(super) fn of(project: &Project) -> Self {
        let mut owners = BTreeMap::new();
        let goals = project.goals.values().map(|goal| goal.owner.as_str());
        let metrics = project.metrics.values().map(|metric| metric.owner.as_str());
        let entries = project.meeting_log.values().map(|entry| entry.owner.as_str());
        let said = project.check_ins.values().map(|check_in| check_in.by.as_str());
        for name in goals.chain(metrics).chain(entries).chain(said).map(str::trim).filter(|name| !name.is_empty()) {
            let next = owners.len() + 1;
            owners.entry(name.to_owned()).or_insert(next);
        }
        let mut benchmarks = BTreeMap::new();
        for benchmark in project.metrics.values().flat_map(|metric| &metric.benchmarks) {
            let next = benchmarks.len() + 1;
            benchmarks.entry(benchmark.name.trim().to_owned()).or_insert(next);
        }
        let mut people: Vec<(String, usize)> = owners.iter().flat_map(|(name, number)| names_in(name).map(|n| (n, *number))).collect();
        people.sort_by(|a, b| b.0.chars().count().cmp(&a.0.chars().count()).then_with(|| a.cmp(b)));
        Self { owners, people, benchmarks, years: years(project) }
    }

    /// "Owner 2".
    pub(super) fn owner(&self, name: &str) -> String {
        self.owners.get(name.trim()).map(|number| owner(*number)).unwrap_or_default()
    }

    /// "Benchmark 1"; the same name has the same number on every metric.
    pub(super) fn benchmark(&self, name: &str) -> String {
        self.benchmarks.get(name.trim()).map(|number| format!("Benchmark {number}")).unwrap_or_default()
    }

    /// A name without numbers and people.
    pub(super) fn masked(&self, text: &str) -> String {
        let mut parts = vec![Part::Text(without_numbers(text, self.years.as_ref()))];
        for (name, number) in &self.people {
            parts = parts.into_iter().flat_map(|part| part.split(name, *number)).collect();
        }
        parts
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text,
                Part::Person(number) => owner(number),
            })
            .collect()
    }
}

fn owner(number: usize) -> String {
    format!("Owner {number}")
}

/// A name, taken apart at people.
enum Part {
    Text(String),
    Person(usize),
}

impl Part {
    fn split(self, name: &str, number: usize) -> Vec<Self> {
        let Self::Text(text) = self else { return vec![self] };
        let (mut found, mut from, mut search) = (Vec::new(), 0, 0);
        while let Some(at) = text[search..].find(name).map(|at| at + search) {
            let end = at + name.len();
            let is_word = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
                && !text[end..].chars().next().is_some_and(char::is_alphanumeric);
            search = end;
            if is_word {
                found.push(Self::Text(text[from..at].to_owned()));
                found.push(Self::Person(number));
                from = end;
            }
        }
        found.push(Self::Text(text[from..].to_owned()));
        found
    }
}

/// An owner as names may hold it: as it is, without its numbers, and its parts where it looks like the name of a person.
fn names_in(owner: &str) -> impl Iterator<Item = String> {
    let is_trade = |word: &str| TRADES.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> = owner.split_whitespace().collect();
    let is_name = |word: &str| {
        word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let is_person = matches!(words.len(), 2 | 3) && words.iter().all(|word| is_name(word) && !is_trade(word));
    let parts: Vec<String> = if is_person { words.iter().map(|word| (*word).to_owned()).collect() } else { Vec::new() };
    let whole = [owner.to_owned(), without_numbers(owner, None)];
    let is_said = move |name: &String| name.chars().any(char::is_alphabetic) && !is_trade(name);
    whole.into_iter().filter(is_said).chain(parts)
}

/// The years of goals, cycles and the pinned day, one more at each end.
fn years(project: &Project) -> Option<RangeInclusive<i32>> {
    let cycles = project.cycles.values().flat_map(|cycle| [cycle.start, cycle.end]);
    let goals = project.goals.values().flat_map(|goal| [goal.start, goal.due]).flatten();
    let years: Vec<i32> = cycles.chain(goals).chain(project.settings.as_of).map(|date| date.year()).collect();
    Some(years.iter().min()? - 1..=years.iter().max()? + 1)
}

fn without_numbers(text: &str, years: Option<&RangeInclusive<i32>>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !c.is_numeric() {
            out.push(c);
            at += 1;
            continue;
        }
        let end = end_of_number(&chars, at);
        let number: String = chars[at..end].iter().collect();
        if is_kept(&chars, at, end, &number, years) {
            out.extend(&chars[at..end]);
            at = end;
            continue;
        }
        drop_currency(&mut out);
        if out.last() != Some(&GAP) {
            out.push(GAP);
        }
        at = end_of_units(&chars, end);
    }
    out.into_iter().collect()
}

/// Past digits, the marks between them, and groups of three that a space sets apart.
fn end_of_number(chars: &[char], from: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(|c| c.is_numeric());
    let mut at = from;
    loop {
        let group = |at: usize| (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
        match chars.get(at) {
            Some(c) if c.is_numeric() => at += 1,
            Some('.' | ',' | '\'' | '’' | '\u{202f}' | '\u{2009}' | '·') if digit(at + 1) => at += 1,
            // The marks of Arabic numbers.
            Some(mark) if matches!(u32::from(*mark), 0x066B | 0x066C) && digit(at + 1) => at += 1,
            Some(' ' | '\u{a0}') if group(at) => at += 1,
            _ => return at,
        }
    }
}

fn is_kept(chars: &[char], at: usize, end: usize, number: &str, years: Option<&RangeInclusive<i32>>) -> bool {
    let touches = chars.get(end).is_some_and(|c| c.is_alphanumeric());
    let letters = chars[..at].iter().rev().take_while(|c| c.is_alphabetic()).count();
    let begins_word = !chars[..at - letters].last().is_some_and(|c| c.is_alphanumeric());
    let prefix: String = chars[at - letters..at].iter().collect();
    let Ok(value) = number.parse::<i32>() else { return false };
    let length = number.len();
    match prefix.to_uppercase().as_str() {
        "" => {
            let is_year = length == 4 && years.is_some_and(|years| years.contains(&value));
            let money = chars[..at].iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| CURRENCY_SIGNS.contains(c));
            is_year && !touches && !money && end_of_units(chars, end) == end
        }
        "Q" => !touches && begins_word && length == 1 && (1..=4).contains(&value),
        "H" => !touches && begins_word && length == 1 && (1..=2).contains(&value),
        "FY" => !touches && begins_word && (length == 2 || length == 4),
        // B2B
        word => {
            let goes_on = chars.get(end).is_some_and(char::is_ascii_alphabetic) && !chars.get(end + 1).is_some_and(|c| c.is_numeric());
            length == 1 && begins_word && goes_on && word.is_ascii() && !CURRENCY_CODES.contains(&word)
        }
    }
}

/// "€ " and "EUR " before a number.
fn drop_currency(out: &mut Vec<char>) {
    let spaces = out.iter().rev().take_while(|c| c.is_whitespace()).count();
    let before = out.len() - spaces;
    if before > 0 && CURRENCY_SIGNS.contains(&out[before - 1]) {
        out.truncate(before - 1);
    } else if before >= 3 && !(before > 3 && out[before - 4].is_alphanumeric()) {
        let code: String = out[before - 3..before].iter().collect();
        if CURRENCY_CODES.contains(&code.as_str()) {
            out.truncate(before - 3);
        }
    }
}

/// Past letters that touch the number and units after it ("10M", "5 M EUR", "99.9 %").
fn end_of_units(chars: &[char], from: usize) -> usize {
    let mut at = from + chars[from..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
    loop {
        let spaces = chars[at..].iter().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).count();
        let start = at + spaces;
        let rest: String = chars[start..].iter().take(12).collect();
        let small = rest.to_lowercase();
        let ends = |unit: &str| {
            let is_sign = !unit.chars().all(char::is_alphabetic);
            is_sign || !rest.chars().nth(unit.chars().count()).is_some_and(char::is_alphanumeric)
        };
        let units = UNITS.iter().filter(|unit| small.starts_with(**unit) && ends(unit));
        let codes = CURRENCY_CODES.iter().filter(|code| rest.starts_with(**code) && ends(code));
        match units.chain(codes).map(|unit| unit.chars().count()).max() {
            Some(length) => at = start + length,
            None => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        without_numbers(text, Some(&(2025..=2028)))
    }

    #[test]
    fn numbers_go_with_their_units() {
        for (text, expected) in [
            ("Bring MAU to 10 M by Q4", "Bring MAU to … by Q4"),
            ("Win 46,000 sign-ups in Q4", "Win … sign-ups in Q4"),
            ("Lose at most 2 % of teams a month", "Lose at most … of teams a month"),
            ("Keep uptime at 99.9 % or more", "Keep uptime at … or more"),
            ("First response under 4 hours", "First response under …"),
            ("From €5M to EUR 7 million", "From … to …"),
            ("Stickiness from 31 % to 38 %", "Stickiness from … to …"),
            ("46 000 people, 3,5 h each", "… people, … each"),
            ("USD10k or 10xyz", "… or …"),
            ("第2四半期 ٤٢", "第…四半期 …"),
            ("NPS 50", "NPS …"),
            ("1 2 3", "… … …"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn years_quarters_and_words_stay() {
        for text in ["FY 2026", "Q4 2026", "H1 FY27", "B2B customers by 2027", "No number", ""] {
            assert_eq!(masked(text), text);
        }
        for (text, expected) in [
            ("2026 customers", "2026 customers"),
            ("1999", "…"),
            ("$2026", "…"),
            ("2026 EUR", "…"),
            ("Q7 H3 v12", "Q… H… v…"),
            ("2026k", "…"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn people_go_out_of_names_and_trades_stay() {
        let mut project = Project::empty(crate::model::ProjectId::from_random(1), "P");
        for (index, owner) in ["Anna Berg", "Support", "Team 7", "Li"].into_iter().enumerate() {
            let id = crate::model::GoalId::from_random(index as u64);
            let goal = crate::model::Goal { owner: owner.to_owned(), ..crate::model::Goal::objective(id.clone(), None, "G") };
            project.goals.insert(id, goal.into());
        }
        let words = Words::of(&project);
        let anna = words.owner(" Anna Berg ");
        assert!(anna.starts_with("Owner ") && words.owner("nobody").is_empty());
        assert_eq!(words.masked("Ask Anna Berg (Anna), not Annabel"), format!("Ask {anna} ({anna}), not Annabel"));
        assert_eq!(words.masked("Support load of Life"), "Support load of Life");
        assert_eq!(words.masked("Li: more"), format!("{}: more", words.owner("Li")));
    }
}
