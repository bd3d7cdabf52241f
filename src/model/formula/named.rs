//! Formulas as people type and read them: with the names of metrics, `users * [Revenue per user]`.

use std::ops::Range;

use super::names::{Meaning, Names, plain};
use super::parse::{self, Fault, FaultKind, Function, References, is_in_word};
use super::{Formula, Operator};
use crate::model::{MetricId, Project};

/// Why a text that a person typed is no formula of this project.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaProblem {
    /// The characters that it is about, counted from 0; an empty range at the end of the text where something is missing there.
    pub at: Range<usize>,
    /// A sentence without its full stop.
    pub message: String,
    /// Metrics that may have been meant, nearest first.
    pub near: Vec<MetricId>,
}

/// A formula with the name before its "=", where there is one: `revenue = web_revenue + app_revenue`.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub name: Option<String>,
    pub formula: Formula,
}

/// Names of metrics longer than ids make longer texts.
const MAX_NAMED_LENGTH: usize = 10 * Formula::MAX_LENGTH;

/// Brackets and quotation marks that a name may stand between.
const PAIRS: [(char, char); 3] = [('[', ']'), ('"', '"'), ('“', '”')];

impl Formula {
    /// Reads a formula with metrics by name: `+ - * / ( )` (also `− × ÷`), numbers, `prev(…)`, `growth(…)`, `segments(…)`.
    ///
    /// A metric is called by its name, abbreviation, a synonym or its id, whatever the case, with `_` for spaces; in `[brackets]` or
    /// `"quotation marks"` where the name has signs in it. A leading "=" is taken, as in a spreadsheet.
    pub fn read_named(text: &str, project: &Project) -> Result<Self, FormulaProblem> {
        let Definition { name, formula } = Self::read_definition(text, project)?;
        match name {
            None => Ok(formula),
            Some(name) => {
                let end = text.chars().position(|c| c == '=').unwrap_or_default();
                let message = format!("Write only what stands behind “{name} =”");
                Err(FormulaProblem { at: 0..end + 1, message, near: Vec::new() })
            }
        }
    }

    /// Reads a formula as [`Formula::read_named`] does, or one with the name of what it makes before it.
    pub fn read_definition(text: &str, project: &Project) -> Result<Definition, FormulaProblem> {
        if text.chars().count() > MAX_NAMED_LENGTH {
            let fault = Fault { at: 0..text.chars().count(), kind: FaultKind::TooLarge };
            return Err(problem(fault, text));
        }
        let (name, rest) = split_definition(text);
        // What stands before is blanked, so that places stay those of the whole text.
        let blanked = text.chars().count() - rest.chars().count();
        let padded = format!("{}{rest}", " ".repeat(blanked));
        let formula = parse::read(&padded, &Names::of(project)).map_err(|fault| problem(fault, text))?;
        Ok(Definition { name, formula })
    }

    /// The formula with the names of metrics, as [`Formula::read_named`] takes it: `users * [Revenue per user]`. A name that several
    /// metrics share gives way to an abbreviation or synonym of its own, then to the id.
    pub fn named(&self, project: &Project) -> String {
        let mut text = String::new();
        self.write_named(&Names::of(project), 0, &mut text);
        text
    }

    fn write_named(&self, names: &Names<'_>, at_least: u8, text: &mut String) {
        let bracketed = self.binding() < at_least;
        if bracketed {
            text.push('(');
        }
        match self {
            Self::Number(_) => text.push_str(&self.to_string()),
            Self::Metric(id) => text.push_str(&call(id, names)),
            Self::Segments(id) => {
                text.push_str("segments(");
                text.push_str(&call(id, names));
                text.push(')');
            }
            Self::Previous(x) | Self::Growth(x) => {
                text.push_str(if matches!(self, Self::Previous(_)) { "prev(" } else { "growth(" });
                x.write_named(names, 0, text);
                text.push(')');
            }
            Self::Negate(x) => {
                text.push('−');
                x.write_named(names, 3, text);
            }
            Self::Binary { operator, left, right } => {
                left.write_named(names, operator.binding(), text);
                text.push_str(match operator {
                    Operator::Add => " + ",
                    Operator::Subtract => " − ",
                    Operator::Multiply => " × ",
                    Operator::Divide => " ÷ ",
                });
                right.write_named(names, operator.binding() + 1, text);
            }
        }
        if bracketed {
            text.push(')');
        }
    }
}

/// The name before the first "=" outside brackets and quotation marks, and the rest.
fn split_definition(text: &str) -> (Option<String>, &str) {
    let mut closing: Option<char> = None;
    for (at, c) in text.char_indices() {
        match closing {
            Some(close) => closing = closing.filter(|_| c != close),
            None if c == '=' => {
                let name = text[..at].trim();
                let inner = PAIRS.iter().find_map(|&(o, e)| name.strip_prefix(o)?.strip_suffix(e)).unwrap_or(name);
                return ((!name.is_empty()).then(|| inner.to_owned()), &text[at + 1..]);
            }
            None => closing = PAIRS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close),
        }
    }
    (None, text)
}

/// What a metric is called in a formula: the first of its names that means it and nothing else.
fn call(id: &MetricId, names: &Names<'_>) -> String {
    let by_id = || format!("[{id}]");
    let Some(metric) = names.project().metric(id) else { return by_id() };
    let means = |name: &str| lookup(name, names) == Meaning::One(id);
    let known = [&metric.name, &metric.abbreviation].into_iter().chain(&metric.synonyms).find(|name| means(name));
    let Some(name) = known else { return by_id() };
    let one_word = name.chars().all(|c| c.is_alphanumeric() || c == '_') && name.starts_with(char::is_alphabetic);
    let enclosed = |close: char| !name.contains(close) && !name.chars().any(char::is_control);
    if one_word && Function::named(name).is_none() {
        name.clone()
    } else if enclosed(']') {
        format!("[{name}]")
    } else if enclosed('"') {
        format!("\"{name}\"")
    } else {
        by_id()
    }
}

/// An id means its metric before any name does.
fn lookup<'a>(word: &str, names: &Names<'a>) -> Meaning<'a> {
    let by_id = MetricId::parse(word.trim()).ok().and_then(|id| names.project().metric(&id));
    by_id.map_or_else(|| names.meaning(word), |metric| Meaning::One(&metric.id))
}

impl References for Names<'_> {
    const OPERAND: &'static str = "a metric, a number or “(”";
    const REFERENCE: &'static str = "a metric";

    fn metric(&self, chars: &[char], at: usize) -> Option<Result<(MetricId, usize), Fault>> {
        let (said, next) = match Self::enclosed(chars, at, &PAIRS) {
            Some(Ok(found)) => found,
            Some(Err(fault)) => return Some(Err(fault)),
            None => {
                let end = end_of_words(chars, at)?;
                (at..end, end)
            }
        };
        let word: String = chars[said.clone()].iter().collect();
        let reference = |message: String, near: Vec<MetricId>| Fault { at: said.clone(), kind: FaultKind::Reference { message, near } };
        Some(match lookup(&word, self) {
            Meaning::One(id) => Ok((id.clone(), next)),
            Meaning::Several(ids) => {
                let near: Vec<MetricId> = ids.into_iter().cloned().collect();
                let ways = near.iter().take(3).map(|id| format!("[{id}]")).collect::<Vec<_>>().join(" or ");
                let message = format!("“{}” may be {} metrics: write {ways}", word.trim(), near.len());
                Err(reference(message, near))
            }
            Meaning::None => {
                // "Sign-ups" is no subtraction where nothing is called "Sign".
                let longer = (said.start == at).then(|| self.longest(chars, at)).flatten();
                let whole = longer.map(|end| (lookup(&chars[at..end].iter().collect::<String>(), self), end));
                if let Some((Meaning::One(id), end)) = whole {
                    return Some(Ok((id.clone(), end)));
                }
                let near = self.near(&word);
                let called = near.iter().filter_map(|id| Some(format!("“{}”", self.project().metric(id)?.name)));
                let called = called.collect::<Vec<_>>().join(" or ");
                let word = if plain(&word).is_empty() { "nothing".to_owned() } else { format!("“{}”", word.trim()) };
                let hint = if called.is_empty() { String::new() } else { format!("; did you mean {called}?") };
                Err(reference(format!("No metric is called {word}{hint}"), near))
            }
        })
    }
}

/// Where words that begin at `at` with a letter or an underscore end: before the next sign, bracket or the end.
fn end_of_words(chars: &[char], at: usize) -> Option<usize> {
    let first = chars.get(at)?;
    if !is_in_word(*first) || first.is_ascii_digit() || *first == '.' {
        return None;
    }
    let run = chars[at..].iter().take_while(|c| is_in_word(**c) || c.is_whitespace()).count();
    let trailing = chars[at..at + run].iter().rev().take_while(|c| c.is_whitespace()).count();
    Some(at + run - trailing)
}

fn problem(fault: Fault, text: &str) -> FormulaProblem {
    let Fault { at, kind } = fault;
    let (message, near) = match kind {
        FaultKind::Unexpected { .. } if text.trim().is_empty() => ("Write a formula, such as users * price".to_owned(), Vec::new()),
        FaultKind::Unexpected { expected, found } => {
            let here: String = text.chars().skip(at.start).take(at.len()).collect();
            let found = if here.is_empty() { found } else { format!("“{here}”") };
            (format!("Expected {}, but found {found}", curly(expected)), Vec::new())
        }
        FaultKind::Reference { message, near } => (message, near),
        FaultKind::TooLarge => ("The formula is too long or has too many parts inside one another".to_owned(), Vec::new()),
    };
    FormulaProblem { at, message, near }
}

/// A text with the quotation marks of the screen.
fn curly(text: &str) -> String {
    let mut opening = false;
    let mark = |c: char| {
        if c != '"' {
            return c;
        }
        opening = !opening;
        if opening { '“' } else { '”' }
    };
    text.chars().map(mark).collect()
}

#[cfg(test)]
#[path = "named_tests.rs"]
mod tests;
