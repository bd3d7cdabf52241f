//! The grammar of formulas, whatever metrics are called in them.

use std::ops::Range;

use super::{Formula, FormulaError, Operator};
use crate::model::MetricId;

/// What is wrong, and the characters it is about, counted from 0. An end of the text is an empty range.
pub(super) struct Fault {
    pub at: Range<usize>,
    pub kind: FaultKind,
}

pub(super) enum FaultKind {
    Unexpected {
        expected: &'static str,
        found: String,
    },
    /// A metric that cannot be told, with those it may be.
    Reference {
        message: String,
        near: Vec<MetricId>,
    },
    TooLarge,
}

impl From<Fault> for FormulaError {
    fn from(fault: Fault) -> Self {
        let column = fault.at.start + 1;
        match fault.kind {
            FaultKind::Unexpected { expected, found } => Self::Unexpected { expected, found, column },
            FaultKind::Reference { message, near: _ } => Self::Reference { message, column },
            FaultKind::TooLarge => Self::TooLarge,
        }
    }
}

/// How metrics are referred to.
pub(super) trait References {
    /// What may stand at the start of an operand.
    const OPERAND: &'static str;
    /// What may stand between the brackets of `segments(…)`.
    const REFERENCE: &'static str;

    /// The metric that begins at `at`, and where the text goes on behind it. Nothing where no reference begins.
    fn metric(&self, chars: &[char], at: usize) -> Option<Result<(MetricId, usize), Fault>>;

    /// The text of a reference in brackets or quotes, and where the text goes on. Nothing where none begins at `at`.
    fn enclosed(chars: &[char], at: usize, pairs: &[(char, char)]) -> Option<Result<(Range<usize>, usize), Fault>> {
        let open = *chars.get(at)?;
        let (_, close) = *pairs.iter().find(|(o, _)| *o == open)?;
        let start = at + 1;
        let Some(length) = chars[start..].iter().position(|c| *c == close) else {
            let expected = if close == ']' { "\"]\"" } else { "a closing quotation mark" };
            let kind = FaultKind::Unexpected { expected, found: "the end".to_owned() };
            return Some(Err(Fault { at: chars.len()..chars.len(), kind }));
        };
        Some(Ok((start..start + length, start + length + 1)))
    }
}

/// Metrics as ids in brackets: the form of the project file.
pub(super) struct Ids;

impl References for Ids {
    const OPERAND: &'static str = "a number, a metric in brackets, \"(\", prev, growth or segments";
    const REFERENCE: &'static str = "a metric in brackets";

    fn metric(&self, chars: &[char], at: usize) -> Option<Result<(MetricId, usize), Fault>> {
        let enclosed = Self::enclosed(chars, at, &[('[', ']')])?;
        Some(enclosed.and_then(|(inner, next)| {
            let text: String = chars[inner.clone()].iter().collect();
            let reference = |message: String| Fault { at: inner, kind: FaultKind::Reference { message, near: Vec::new() } };
            Ok((MetricId::parse(&text).map_err(|e| reference(e.to_string()))?, next))
        }))
    }
}

/// Reads a whole text. The formula is one whose printed text reads back too.
pub(super) fn read(text: &str, references: &impl References) -> Result<Formula, Fault> {
    let mut parser = Parser { chars: text.chars().collect(), at: 0, depth: 0, references };
    let formula = parser.sum()?;
    parser.skip_space();
    if parser.at < parser.chars.len() {
        return Err(parser.unexpected("an operator or the end"));
    }
    if formula.to_string().chars().count() > Formula::MAX_LENGTH {
        return Err(parser.too_large());
    }
    Ok(formula)
}

/// Whether a character may be part of a word: of a function's or a bare metric's name.
pub(super) fn is_in_word(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '+' | '-' | '−' | '*' | '×' | '/' | '÷' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '=' | ',' | ';')
}

/// What a function is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Previous,
    Growth,
    Segments,
}

impl Function {
    /// Reads the name of a function, whatever its case.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "prev" | "previous" => Some(Self::Previous),
            "growth" => Some(Self::Growth),
            "segments" => Some(Self::Segments),
            _ => None,
        }
    }
}

struct Parser<'a, R> {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    references: &'a R,
}

impl<R: References> Parser<'_, R> {
    fn skip_space(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(c))?;
        self.at += 1;
        Some(found)
    }

    fn unexpected(&mut self, expected: &'static str) -> Fault {
        let found = self.peek();
        let at = self.at..self.at + usize::from(found.is_some());
        let found = found.map_or_else(|| "the end".to_owned(), |c| format!("{c:?}"));
        Fault { at, kind: FaultKind::Unexpected { expected, found } }
    }

    fn too_large(&self) -> Fault {
        Fault { at: 0..self.chars.len(), kind: FaultKind::TooLarge }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.depth += 1;
        if self.depth > Formula::MAX_DEPTH {
            return Err(self.too_large());
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Result<Formula, Fault> {
        self.chain(&['+', '-', '−'], Self::product)
    }

    fn product(&mut self) -> Result<Formula, Fault> {
        self.chain(&['*', '/', '×', '÷'], Self::signed)
    }

    fn chain(&mut self, signs: &[char], operand: fn(&mut Self) -> Result<Formula, Fault>) -> Result<Formula, Fault> {
        let mut left = operand(self)?;
        let mut height = 0;
        while let Some(sign) = self.take(signs) {
            // A long chain is a deep tree on its left side: it counts towards the limit too.
            height += 1;
            if self.depth + height > Formula::MAX_DEPTH {
                return Err(self.too_large());
            }
            let operator = match sign {
                '+' => Operator::Add,
                '*' | '×' => Operator::Multiply,
                '/' | '÷' => Operator::Divide,
                _ => Operator::Subtract,
            };
            let right = operand(self)?;
            left = Formula::Binary { operator, left: Box::new(left), right: Box::new(right) };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Formula, Fault> {
        if self.take(&['-', '−']).is_some() {
            return self.deeper(|p| Ok(Formula::Negate(Box::new(p.signed()?))));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Formula, Fault> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.deeper(Self::sum)?;
                self.close(')', "\")\"")?;
                Ok(inner)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(_) => self.function_or_metric(),
            None => Err(self.unexpected(R::OPERAND)),
        }
    }

    fn close(&mut self, sign: char, expected: &'static str) -> Result<(), Fault> {
        if self.take(&[sign]).is_some() { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn number(&mut self) -> Result<Formula, Fault> {
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Formula::Number(value)),
            _ => {
                let kind = FaultKind::Unexpected { expected: "a number", found: format!("{text:?}") };
                Err(Fault { at: start..self.at, kind })
            }
        }
    }

    /// A word before "(" is a function; every other word is a metric, or none.
    fn function_or_metric(&mut self) -> Result<Formula, Fault> {
        let start = self.at;
        let length = self.chars[start..].iter().take_while(|c| is_in_word(**c)).count();
        let word: String = self.chars[start..start + length].iter().collect();
        let before_bracket = self.chars[start + length..].iter().find(|c| !c.is_whitespace()) == Some(&'(');
        if length > 0 && before_bracket {
            self.at += length;
            return self.function(&word, start);
        }
        match self.references.metric(&self.chars, start) {
            Some(found) => {
                let (metric, next) = found?;
                self.at = next;
                Ok(Formula::Metric(metric))
            }
            None if length > 0 && word.starts_with(char::is_alphabetic) => Err(Self::no_function(&word, start)),
            None => Err(self.unexpected(R::OPERAND)),
        }
    }

    fn no_function(word: &str, start: usize) -> Fault {
        let kind = FaultKind::Unexpected { expected: "prev, growth or segments", found: format!("{word:?}") };
        Fault { at: start..start + word.chars().count(), kind }
    }

    fn function(&mut self, word: &str, start: usize) -> Result<Formula, Fault> {
        let function = Function::named(word).ok_or_else(|| Self::no_function(word, start))?;
        self.close('(', "\"(\"")?;
        let result = match function {
            Function::Segments => Formula::Segments(self.reference()?),
            Function::Previous => Formula::Previous(Box::new(self.deeper(Self::sum)?)),
            Function::Growth => Formula::Growth(Box::new(self.deeper(Self::sum)?)),
        };
        self.close(')', "\")\"")?;
        Ok(result)
    }

    fn reference(&mut self) -> Result<MetricId, Fault> {
        self.skip_space();
        match self.references.metric(&self.chars, self.at) {
            Some(found) => {
                let (metric, next) = found?;
                self.at = next;
                Ok(metric)
            }
            None => Err(self.unexpected(R::REFERENCE)),
        }
    }
}
