//! The parts of a sentence that stand beside its aim: when, and by what work.

use super::dates::Almanac;
use super::reading::{Chip, ChipRole};
use super::time::clause;
use super::words::{Word, at};
use super::{Context, Refusal};
use crate::model::{Date, capitalised};

/// What a claimed word reads as from then on: nothing that any rule knows.
const CLAIMED: &str = "\u{0}";

/// The words of a line, and which of them have been understood.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    pub(super) chips: Vec<Chip>,
}

impl Line {
    pub(super) fn is_free(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|w| w.lower != CLAIMED)
    }

    /// Takes words away from what is still to be understood. Words at the ends that were taken before stay what they were.
    pub(super) fn claim(&mut self, from: usize, to: usize, role: ChipRole) {
        let from = (from..to).find(|&index| self.is_free(index)).unwrap_or(to);
        let to = (from..to.min(self.words.len())).rfind(|&index| self.is_free(index)).map_or(from, |last| last + 1);
        if from >= to {
            return;
        }
        self.chips.push(Chip { span: self.words[from].span.start..self.words[to - 1].span.end, role });
        for word in &mut self.words[from..to] {
            CLAIMED.clone_into(&mut word.lower);
        }
    }

    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.words.iter().take(to).skip(from).map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The free words, in order.
    pub(super) fn free_words(&self) -> Vec<Word> {
        self.words.iter().filter(|w| w.lower != CLAIMED).cloned().collect()
    }
}

/// What "by 2099" is, of a year that no plan usually reaches to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FarYears {
    Amounts,
    Times,
}

/// Claims all clauses of time. Two that say the same thing differently are refused.
pub(super) fn times(line: &mut Line, context: &Context<'_>, far_years: FarYears) -> Result<(Option<Date>, Option<Date>), Refusal> {
    let almanac = Almanac { calendar: context.project.settings.calendar, as_of: context.as_of, far_years: far_years == FarYears::Times };
    let (mut starts, mut due): (Option<Date>, Option<Date>) = (None, None);
    let mut place = 0;
    while place < line.words.len() {
        let Some(clause) = clause(almanac, &line.words, place)? else {
            place += 1;
            continue;
        };
        match (starts, clause.starts) {
            // "from April … in Q2": the narrower word wins.
            (Some(first), Some(second)) if first != second && clause.due.is_none() => return Err(Refusal::TwoStartDates { first, second }),
            (None, second) => starts = second,
            _ => {}
        }
        match (due, clause.due) {
            (Some(first), Some(second)) if first != second => return Err(Refusal::TwoDueDates { first, second }),
            (None, second) => due = second,
            _ => {}
        }
        line.claim(place, clause.next, ChipRole::Time);
        place = clause.next;
    }
    if let (Some(starts), Some(due)) = (starts, due)
        && due < starts
    {
        return Err(Refusal::EndsBeforeStart { starts, due });
    }
    Ok((starts, due))
}

/// Words in -ing that are no work: "by spring", "by booking value".
const NO_WORK: [&str; 8] = ["spring", "evening", "morning", "thanksgiving", "nothing", "anything", "everything", "something"];

fn is_work(word: &str) -> bool {
    word.len() >= 5 && word.ends_with("ing") && word.chars().all(|c| c.is_alphabetic() || c == '-') && !NO_WORK.contains(&word)
}

/// Claims "by revamping the login experience": to the end, or to the comma where it leads the sentence.
pub(super) fn initiative(line: &mut Line) -> Option<String> {
    let begins = |i: &usize| matches!(at(&line.words, *i), "by" | "through" | "via") && is_work(at(&line.words, i + 1));
    let from = (0..line.words.len()).find(begins)?;
    let to =
        if from == 0 { (0..line.words.len()).find(|i| at(&line.words, *i) == ",").unwrap_or(line.words.len()) } else { line.words.len() };
    let mut said: Vec<String> = Vec::new();
    let mut place = from;
    while place < to {
        let Some(begin) = (place..to).find(|i| line.is_free(*i)) else { break };
        let end = (begin..to).find(|i| !line.is_free(*i)).unwrap_or(to);
        let first = if begin == from { begin + 1 } else { begin };
        said.extend((first..end).map(|i| line.words[i].text.clone()));
        line.claim(begin, end, ChipRole::Initiative);
        place = end;
    }
    let text = tidy(&said.join(" "));
    (!text.is_empty()).then(|| capitalised(&text))
}

/// Without what stands around a text that was cut out of a sentence.
pub(super) fn tidy(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = joined.replace(" ,", ",").replace("( ", "(").replace(" )", ")").replace("()", "").replace(" :", ":");
    joined
        .trim_matches(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '–' | '—' | '-' | '"')
        })
        .to_owned()
}
