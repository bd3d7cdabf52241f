//! Formula metrics: `[m-users] * [m-arpu]`. References are ids in brackets, so that renaming a metric changes nothing.

use std::fmt;

use super::MetricId;

/// A parsed formula. `Display` prints text that parses back to the same tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// Finite and not negative (a sign is [`Formula::Negate`]).
    Number(f64),
    Metric(MetricId),
    Negate(Box<Self>),
    Binary {
        operator: Operator,
        left: Box<Self>,
        right: Box<Self>,
    },
    /// `prev(x)`: the value of the period before.
    Previous(Box<Self>),
    /// `growth(x)`: x / prev(x) − 1.
    Growth(Box<Self>),
    /// `segments([m-…])`: the sum of the segments of a metric.
    Segments(MetricId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }

    fn binding(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
        }
    }
}

/// Why a text is no formula. Columns count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    #[error("expected {expected} at column {column} of the formula, but found {found}")]
    Unexpected { expected: &'static str, found: String, column: usize },
    #[error("{message} at column {column} of the formula")]
    Reference { message: String, column: usize },
    #[error("the formula is nested deeper than {} levels or longer than {} characters", Formula::MAX_DEPTH, Formula::MAX_LENGTH)]
    TooLarge,
}

impl Formula {
    pub const MAX_DEPTH: usize = 64;
    pub const MAX_LENGTH: usize = 4_000;

    /// Reads `+ - * / ( )`, numbers, `[m-id]`, `prev(…)`, `growth(…)` and `segments([m-id])`; `− × ÷` are taken too.
    /// `*` and `/` bind tighter than `+` and `-`; all are left-associative; a sign binds tightest.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        if text.chars().count() > Self::MAX_LENGTH {
            return Err(FormulaError::TooLarge);
        }
        let mut parser = Parser { chars: text.chars().collect(), at: 0, depth: 0 };
        let formula = parser.sum()?;
        parser.skip_space();
        if parser.at < parser.chars.len() { Err(parser.unexpected("an operator or the end")) } else { Ok(formula) }
    }

    /// Every metric id in the text, with repetition.
    pub fn inputs(&self) -> Vec<&MetricId> {
        let (mut metrics, mut segmented) = (Vec::new(), Vec::new());
        self.collect(&mut metrics, &mut segmented);
        metrics.append(&mut segmented);
        metrics
    }

    /// The metrics whose values enter directly, with repetition.
    pub fn metrics(&self) -> Vec<&MetricId> {
        let mut metrics = Vec::new();
        self.collect(&mut metrics, &mut Vec::new());
        metrics
    }

    /// The metrics whose segments are summed, with repetition.
    pub fn segmented(&self) -> Vec<&MetricId> {
        let mut segmented = Vec::new();
        self.collect(&mut Vec::new(), &mut segmented);
        segmented
    }

    fn collect<'a>(&'a self, metrics: &mut Vec<&'a MetricId>, segmented: &mut Vec<&'a MetricId>) {
        match self {
            Self::Number(_) => {}
            Self::Metric(id) => metrics.push(id),
            Self::Segments(id) => segmented.push(id),
            Self::Negate(x) | Self::Previous(x) | Self::Growth(x) => x.collect(metrics, segmented),
            Self::Binary { left, right, .. } => {
                left.collect(metrics, segmented);
                right.collect(metrics, segmented);
            }
        }
    }

    fn binding(&self) -> u8 {
        match self {
            Self::Binary { operator, .. } => operator.binding(),
            Self::Negate(_) => 3,
            _ => 4,
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |f: &mut fmt::Formatter<'_>, x: &Self, at_least: u8| {
            if x.binding() < at_least { write!(f, "({x})") } else { write!(f, "{x}") }
        };
        match self {
            Self::Number(value) => write!(f, "{value}"),
            Self::Metric(id) => write!(f, "[{id}]"),
            Self::Segments(id) => write!(f, "segments([{id}])"),
            Self::Previous(x) => write!(f, "prev({x})"),
            Self::Growth(x) => write!(f, "growth({x})"),
            Self::Negate(x) => {
                f.write_str("-")?;
                part(f, x, 3)
            }
            Self::Binary { operator, left, right } => {
                part(f, left, operator.binding())?;
                write!(f, " {} ", operator.sign())?;
                part(f, right, operator.binding() + 1)
            }
        }
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
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

    fn unexpected(&mut self, expected: &'static str) -> FormulaError {
        let found = self.peek().map_or_else(|| "the end".to_owned(), |c| format!("{c:?}"));
        FormulaError::Unexpected { expected, found, column: self.at + 1 }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, FormulaError>) -> Result<T, FormulaError> {
        self.depth += 1;
        if self.depth > Formula::MAX_DEPTH {
            return Err(FormulaError::TooLarge);
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Result<Formula, FormulaError> {
        self.chain(&['+', '-', '−'], Self::product)
    }

    fn product(&mut self) -> Result<Formula, FormulaError> {
        self.chain(&['*', '/', '×', '÷'], Self::signed)
    }

    fn chain(&mut self, signs: &[char], operand: fn(&mut Self) -> Result<Formula, FormulaError>) -> Result<Formula, FormulaError> {
        let mut left = operand(self)?;
        let mut height = 0;
        while let Some(sign) = self.take(signs) {
            // A long chain is a deep tree on its left side: it counts towards the limit too.
            height += 1;
            if self.depth + height > Formula::MAX_DEPTH {
                return Err(FormulaError::TooLarge);
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

    fn signed(&mut self) -> Result<Formula, FormulaError> {
        if self.take(&['-', '−']).is_some() {
            return self.deeper(|p| Ok(Formula::Negate(Box::new(p.signed()?))));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Formula, FormulaError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.deeper(Self::sum)?;
                self.close(')', "\")\"")?;
                Ok(inner)
            }
            Some('[') => Ok(Formula::Metric(self.reference()?)),
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_ascii_alphabetic() => self.function(),
            _ => Err(self.unexpected("a number, a metric in brackets, \"(\", prev, growth or segments")),
        }
    }

    fn close(&mut self, sign: char, expected: &'static str) -> Result<(), FormulaError> {
        if self.take(&[sign]).is_some() { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn number(&mut self) -> Result<Formula, FormulaError> {
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Formula::Number(value)),
            _ => Err(FormulaError::Unexpected { expected: "a number", found: format!("{text:?}"), column: start + 1 }),
        }
    }

    fn function(&mut self) -> Result<Formula, FormulaError> {
        let start = self.at;
        while self.chars.get(self.at).is_some_and(char::is_ascii_alphabetic) {
            self.at += 1;
        }
        let name: String = self.chars[start..self.at].iter().collect();
        if !matches!(name.as_str(), "prev" | "growth" | "segments") {
            return Err(FormulaError::Unexpected { expected: "prev, growth or segments", found: format!("{name:?}"), column: start + 1 });
        }
        self.close('(', "\"(\"")?;
        let result = if name == "segments" {
            Formula::Segments(self.reference()?)
        } else {
            let inner = Box::new(self.deeper(Self::sum)?);
            if name == "prev" { Formula::Previous(inner) } else { Formula::Growth(inner) }
        };
        self.close(')', "\")\"")?;
        Ok(result)
    }

    fn reference(&mut self) -> Result<MetricId, FormulaError> {
        self.close('[', "a metric in brackets")?;
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|c| *c != ']') {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        self.close(']', "\"]\"")?;
        MetricId::parse(&text).map_err(|e| FormulaError::Reference { message: e.to_string(), column: start + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn precedence_and_association() {
        let shown = |text: &str| Formula::parse(text).unwrap().to_string();
        assert_eq!(shown("1 + 2*3"), "1 + 2 * 3");
        assert_eq!(shown("(1+2)*3"), "(1 + 2) * 3");
        assert_eq!(shown("1 - (2 - 3)"), "1 - (2 - 3)");
        assert_eq!(shown("1 − 2 ÷ -[m-a]"), "1 - 2 / -[m-a]");
        assert_eq!(shown("growth(prev([m-a]) × 2)"), "growth(prev([m-a]) * 2)");
    }

    #[test]
    fn errors_say_where() {
        let error = |text: &str| Formula::parse(text).unwrap_err().to_string();
        assert_eq!(
            error("1 +"),
            "expected a number, a metric in brackets, \"(\", prev, growth or segments at column 4 of the formula, but found the end"
        );
        assert_eq!(error("next([m-a])"), "expected prev, growth or segments at column 1 of the formula, but found \"next\"");
        assert_eq!(Formula::parse(&"(".repeat(100)), Err(FormulaError::TooLarge));
        assert_eq!(Formula::parse(&"1+".repeat(100)), Err(FormulaError::TooLarge));
    }

    fn formula() -> impl Strategy<Value = Formula> {
        let leaf = prop_oneof![
            (0u32..100_000).prop_map(|n| Formula::Number(f64::from(n) / 8.0)),
            (0u64..50).prop_map(|n| Formula::Metric(MetricId::from_random(n))),
            (0u64..50).prop_map(|n| Formula::Segments(MetricId::from_random(n))),
        ];
        leaf.prop_recursive(6, 40, 2, |inner| {
            let operator = prop_oneof![Just(Operator::Add), Just(Operator::Subtract), Just(Operator::Multiply), Just(Operator::Divide)];
            prop_oneof![
                inner.clone().prop_map(|x| Formula::Negate(Box::new(x))),
                inner.clone().prop_map(|x| Formula::Previous(Box::new(x))),
                inner.clone().prop_map(|x| Formula::Growth(Box::new(x))),
                (operator, inner.clone(), inner).prop_map(|(operator, l, r)| Formula::Binary {
                    operator,
                    left: Box::new(l),
                    right: Box::new(r)
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_printed_parses_back(formula in formula()) {
            prop_assert_eq!(Formula::parse(&formula.to_string()), Ok(formula));
        }
    }
}
