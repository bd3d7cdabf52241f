//! The amounts of a sentence in their places: from, to, by, between, of.

use super::Refusal;
use super::amounts::{Amount, Said, Side, amount};
use super::clauses::Line;
use super::dates::year_of_four;
use super::reading::ChipRole;
use super::time::year_ends;
use super::verbs::{self, Verb};
use super::words::{Word, any_phrase, at};

/// An amount and the words that said it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) amount: Amount,
    pub(super) words: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots {
    pub(super) start: Option<Slot>,
    pub(super) target: Option<Slot>,
    /// "of 70", "at 99 %": a target without a way to it.
    pub(super) standing: bool,
    pub(super) between: Option<(Slot, Slot)>,
    pub(super) by: Option<Slot>,
    /// A number that says how many: "two new markets".
    pub(super) count: Option<Slot>,
    /// "20 % increase in …".
    pub(super) noun: Option<Verb>,
}

impl Slots {
    pub(super) fn is_empty(&self) -> bool {
        let Self { start, target, standing: _, between, by, count, noun: _ } = self;
        start.is_none() && target.is_none() && between.is_none() && by.is_none() && count.is_none()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Slot> {
        let Self { start, target, standing: _, between, by, count, noun: _ } = self;
        let band = between.iter().flat_map(|(a, b)| [a, b]);
        [start, target, by, count].into_iter().flatten().chain(band)
    }
}

const LEAST: &[&str] = &[
    "at least",
    "at or above",
    "above",
    "over",
    "more than",
    "greater than",
    "higher than",
    "no less than",
    "not less than",
    "no lower than",
    "not below",
    "minimum of",
    "a minimum of",
    "exceeding",
    "beyond",
    "north of",
    "no fewer than",
    "upwards of",
    "not under",
];
const MOST: &[&str] = &[
    "at most",
    "at or below",
    "below",
    "under",
    "less than",
    "lower than",
    "fewer than",
    "no more than",
    "not more than",
    "no higher than",
    "not above",
    "maximum of",
    "a maximum of",
    "within",
    "not over",
    "no longer than",
    "up to a maximum of",
];
const ABOUT: &[&str] = &[
    "about",
    "around",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "another",
    "an additional",
    "a further",
    "an extra",
    "a total of",
    "a",
    "an",
    "the",
    "just",
    "some",
];
const TO: &[&str] = &["to", "up to", "down to", "→", "->", "–", "up from", "towards", "back to"];
const PRESENT: &[&str] = &["today", "now", "currently", "at present", "per month", "per week", "per day", "a month", "a week", "a day"];

struct Scan<'a> {
    line: &'a mut Line,
    decimal_mark: char,
    slots: Slots,
}

impl Scan<'_> {
    /// An amount after words such as "about" and "at least".
    fn amount(&self, from: usize) -> Option<(Amount, usize)> {
        let words = &self.line.words;
        let mut place = from;
        let mut side = None;
        loop {
            // An article may belong to the amount: "a million".
            if let Some((mut found, next)) = amount(words, place, self.decimal_mark) {
                found.side = found.side.or(side);
                return Some((found, next));
            }
            if let Some(next) = any_phrase(words, place, LEAST) {
                (side, place) = (Some(Side::Least), next);
            } else if let Some(next) = any_phrase(words, place, MOST) {
                (side, place) = (Some(Side::Most), next);
            } else {
                place = any_phrase(words, place, ABOUT)?;
            }
        }
    }

    fn slot(&self, from: usize, amount: Amount, next: usize) -> Slot {
        Slot { words: self.line.text(from, next), amount }
    }

    fn put_target(&mut self, from: usize, begin: usize, found: Amount, next: usize) -> Result<(), Refusal> {
        let slot = self.slot(begin, found, next);
        let sides = self.slots.target.as_ref().map(|first| (first.amount.side, slot.amount.side));
        if let Some((Some(Side::Least), Some(Side::Most)) | (Some(Side::Most), Some(Side::Least))) = sides
            && self.slots.between.is_none()
            && matches!(at(&self.line.words, from.wrapping_sub(1)), "and" | "but")
        {
            // "Above 3 % and below 5 %".
            let Some(first) = self.slots.target.take() else { return Ok(()) };
            let least_first = first.amount.side == Some(Side::Least);
            self.slots.between = Some(if least_first { (first, slot) } else { (slot, first) });
            self.line.claim(from - 1, next, ChipRole::Target);
            return Ok(());
        }
        if let Some(first) = &self.slots.target {
            return Err(Refusal::TwoTargets { first: first.words.clone(), second: slot.words });
        }
        self.slots.target = Some(slot);
        self.line.claim(from, next, ChipRole::Target);
        Ok(())
    }

    fn put_by(&mut self, from: usize, begin: usize, found: Amount, next: usize) -> Result<(), Refusal> {
        let slot = self.slot(begin, found, next);
        if let Some(first) = &self.slots.by {
            return Err(Refusal::TwoAmounts { first: first.words.clone(), second: slot.words });
        }
        self.slots.by = Some(slot);
        self.line.claim(from, next, ChipRole::Amount);
        Ok(())
    }

    /// "50 % more deals", "30 % fewer tickets": which way, where the amount is a share. "More than" is a limit.
    fn compared(&self, found: &Amount, next: usize) -> Option<Verb> {
        let words = &self.line.words;
        if found.said != Some(Said::Percent) || at(words, next + 1) == "than" {
            return None;
        }
        match at(words, next) {
            "more" | "higher" => Some(Verb::Raise),
            "fewer" | "less" | "lower" => Some(Verb::Lower),
            _ => None,
        }
    }

    /// "half", "a third", "twofold": hundredths of the start.
    fn fraction(&self, from: usize) -> Option<(Amount, usize)> {
        let words = &self.line.words;
        let (value, next) = [
            ("half", 50.0),
            ("a half", 50.0),
            ("a third", 100.0 / 3.0),
            ("one third", 100.0 / 3.0),
            ("a quarter", 25.0),
            ("a tenth", 10.0),
            ("a fifth", 20.0),
        ]
        .iter()
        .find_map(|(text, value)| Some((*value, any_phrase(words, from, &[text])?)))?;
        Some((Amount { value, said: Some(Said::Percent), side: None, signed: false, decimals: 0 }, next))
    }

    /// "from A to B", and "from A" alone.
    fn start_and_target(&mut self, at_word: usize) -> Result<Option<usize>, Refusal> {
        let leading = matches!(at(&self.line.words, at_word), "from");
        let begin = if leading { at_word + 1 } else { at_word };
        let Some((first, mut next)) = self.amount(begin) else { return Ok(None) };
        let first_ends = next;
        while let Some(after) = any_phrase(&self.line.words, next, PRESENT) {
            next = after;
        }
        let second = any_phrase(&self.line.words, next, TO).and_then(|to| Some((to, self.amount(to)?)));
        match second {
            Some((to, (second, end))) => {
                if let Some(known) = &self.slots.start {
                    return Err(Refusal::TwoAmounts { first: known.words.clone(), second: self.line.text(begin, first_ends) });
                }
                self.slots.start = Some(self.slot(begin, first, first_ends));
                self.line.claim(at_word, first_ends, ChipRole::Start);
                self.put_target(to - 1, to, second, end)?;
                Ok(Some(end))
            }
            None if leading => {
                if let Some(known) = &self.slots.start {
                    return Err(Refusal::TwoAmounts { first: known.words.clone(), second: self.line.text(begin, first_ends) });
                }
                self.slots.start = Some(self.slot(begin, first, first_ends));
                self.line.claim(at_word, first_ends, ChipRole::Start);
                Ok(Some(first_ends))
            }
            None => Ok(None),
        }
    }

    fn between(&mut self, from: usize, keeping: bool) -> Option<usize> {
        let words = &self.line.words;
        let begin = match at(words, from) {
            "between" | "within" => from + 1,
            "from" if keeping => from + 1,
            _ => return None,
        };
        let (first, next) = self.amount(begin)?;
        let joined = any_phrase(words, next, &["and", "to", "–", "-"])?;
        let (second, end) = self.amount(joined)?;
        self.slots.between = Some((self.slot(begin, first, next), self.slot(joined, second, end)));
        self.line.claim(from, end, ChipRole::Target);
        Some(end)
    }

    /// What begins at a word, and the place after it.
    fn step(&mut self, place: usize, verb: Option<Verb>) -> Result<Option<usize>, Refusal> {
        if let Some(next) = self.between(place, verb == Some(Verb::Keep)) {
            return Ok(Some(next));
        }
        if let Some(next) = self.start_and_target(place)? {
            return Ok(Some(next));
        }
        let word = at(&self.line.words, place).to_owned();
        if word == "by"
            && let Some((found, next)) = self.fraction(place + 1).or_else(|| self.amount(place + 1))
        {
            self.put_by(place, place + 1, found, next)?;
            return Ok(Some(next));
        }
        // "Drive revenue up 25 %".
        if matches!(word.as_str(), "up" | "down")
            && let Some((found, next)) = amount(&self.line.words, place + 1, self.decimal_mark)
            && !found.signed
            && found.side.is_none()
        {
            let value = if word == "down" { -found.value } else { found.value };
            self.put_by(place, place, Amount { value, signed: true, ..found }, next)?;
            return Ok(Some(next));
        }
        if word == "in" && at(&self.line.words, place + 1) == "half" {
            let half = Amount { value: 50.0, said: Some(Said::Percent), side: None, signed: false, decimals: 0 };
            self.put_by(place, place, half, place + 2)?;
            return Ok(Some(place + 2));
        }
        if let Some(begin) = any_phrase(&self.line.words, place, TO)
            && let Some((found, next)) = self.amount(begin)
        {
            self.put_target(place, begin, found, next)?;
            return Ok(Some(next));
        }
        if let Some(side_ends) = any_phrase(&self.line.words, place, LEAST).or_else(|| any_phrase(&self.line.words, place, MOST))
            && let Some((found, next)) = self.amount(place)
            && side_ends < next
        {
            self.put_target(place, place, found, next)?;
            return Ok(Some(next));
        }
        if matches!(word.as_str(), "of" | "at" | "is" | "=")
            && let Some((found, next)) = self.amount(place + 1)
        {
            let follows_noun = place.checked_sub(1).and_then(|i| verbs::noun(at(&self.line.words, i)));
            if let Some(noun) = follows_noun {
                self.slots.noun = Some(noun);
                self.put_by(place, place + 1, found, next)?;
                self.line.claim(place - 1, place, ChipRole::Kind);
            } else {
                self.slots.standing = self.slots.target.is_none();
                self.put_target(place, place + 1, found, next)?;
            }
            return Ok(Some(next));
        }
        if let Some((found, next)) = amount(&self.line.words, place, self.decimal_mark) {
            if let Some(noun) = verbs::noun(at(&self.line.words, next)) {
                self.slots.noun = Some(noun);
                self.put_by(place, place, found, next)?;
                self.line.claim(next, next + 1, ChipRole::Kind);
                return Ok(Some(next + 1));
            }
            if found.signed || found.said == Some(Said::Times) {
                self.put_by(place, place, found, next)?;
                return Ok(Some(next));
            }
            if let Some(way) = self.compared(&found, next) {
                self.slots.noun = Some(way);
                self.put_by(place, place, found, next)?;
                self.line.claim(next, next + 1, ChipRole::Kind);
                return Ok(Some(next + 1));
            }
            if found.side.is_some() {
                self.put_target(place, place, found, next)?;
                return Ok(Some(next));
            }
            return Ok(Some(next));
        }
        Ok(None)
    }
}

/// Claims the amounts of a sentence whose aim begins at `begin`, behind its verb.
pub(super) fn slots(line: &mut Line, begin: usize, verb: Option<Verb>, decimal_mark: char) -> Result<Slots, Refusal> {
    let mut scan = Scan { line, decimal_mark, slots: Slots::default() };
    let mut place = begin;
    while place < scan.line.words.len() {
        place = scan.step(place, verb)?.unwrap_or(place + 1).max(place + 1);
    }
    let Scan { line, mut slots, .. } = scan;
    if slots.is_empty() {
        bare(line, begin, verb, decimal_mark, &mut slots);
    }
    if slots.is_empty()
        && let Some(word) = line.words.windows(2).find(|w| matches!(w[0].lower.as_str(), "to" | "by" | "above" | "below") && is_odd(&w[1]))
    {
        return Err(Refusal::NoSuchNumber(word[1].text.clone()));
    }
    Ok(slots)
}

/// Whether a word is a number, though not one that an amount can be: "1e6", or more digits than anything has.
fn is_odd(word: &Word) -> bool {
    word.lower.starts_with(|c: char| c.is_ascii_digit()) && word.lower.parse::<f64>().is_ok()
}

/// A number that stands by itself: right behind the verb, at the beginning, or anywhere where something is counted.
fn bare(line: &mut Line, begin: usize, verb: Option<Verb>, decimal_mark: char, slots: &mut Slots) {
    let first = (begin..line.words.len()).find(|i| line.is_free(*i)).unwrap_or(begin);
    let first = any_phrase(&line.words, first, ABOUT).filter(|_| amount(&line.words, first, decimal_mark).is_none()).unwrap_or(first);
    let anywhere = matches!(verb, Some(Verb::Count | Verb::Deliver));
    let places = if anywhere { first..line.words.len() } else { first..first + 1 };
    // "Launch it by summer 2027": a year at the end is no number of things.
    let is_year = |i: usize| i != first && year_of_four(at(&line.words, i)).is_some() && year_ends(&line.words, i + 1);
    let found = places.into_iter().filter(|i| !is_year(*i)).find_map(|i| Some((i, amount(&line.words, i, decimal_mark)?)));
    // "Grow DAU 20 %": a share at the end says by how much.
    let moves = matches!(verb, Some(Verb::Raise | Verb::Lower));
    let found = found.or_else(|| {
        let at_end = |i: usize| {
            let (found, next) = amount(&line.words, i, decimal_mark)?;
            let share = matches!(found.said, Some(Said::Percent | Said::PercentPoints | Said::Points));
            (share && (next..line.words.len()).all(|i| !line.is_free(i) || line.words[i].is_mark())).then_some((i, (found, next)))
        };
        (first..line.words.len()).filter(|_| moves).find_map(at_end)
    });
    let Some((from, (found, next))) = found else { return };
    // "Get 40 % …" is a share; "Hire two engineers" is a number of them.
    let slot = Slot { words: line.text(from, next), amount: found };
    let counts = slot.amount.said.is_none() && slot.amount.value.fract() == 0.0;
    match verb {
        Some(Verb::Raise | Verb::Lower | Verb::Improve) => {
            line.claim(from, next, ChipRole::Amount);
            slots.by = Some(slot);
        }
        Some(Verb::Count | Verb::Deliver) if counts => {
            line.claim(from, next, ChipRole::Target);
            slots.count = Some(slot);
        }
        Some(Verb::Deliver) => {}
        _ => {
            line.claim(from, next, ChipRole::Target);
            slots.target = Some(slot);
        }
    }
}
