//! Numbers as files write them. Whether `1,234` is a thousand or one and a bit is decided by the whole column.

use super::ImportError;

/// A cell of the value column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ReadNumber {
    /// Empty, "n/a", "–" and the like: no value was recorded.
    Blank,
    Value {
        value: f64,
        /// Written with a % sign.
        percent: bool,
        /// Digits after the decimal mark.
        decimals: u8,
    },
}

/// How the numbers of one column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberColumn {
    decimal_mark: char,
}

const BLANKS: [&str; 12] = ["", "-", "–", "—", "n/a", "na", "#n/a", "n.a.", "null", "none", "nan", "missing"];

impl NumberColumn {
    /// Looks at every cell (with its line) and decides the decimal mark, unless it is given. In a file with commas between its
    /// columns a number with one mark has a decimal point, since a decimal comma would have needed quotes.
    pub(super) fn decide<'a>(
        name: &str,
        cells: impl IntoIterator<Item = (usize, &'a str)>,
        given: Option<char>,
        delimiter: char,
    ) -> Result<Self, ImportError> {
        if let Some(decimal_mark) = given {
            return Ok(Self { decimal_mark });
        }
        let (mut point, mut comma, mut open) = (None, None, None);
        for (line, cell) in cells {
            let Some(Stripped { body, .. }) = strip(cell) else { continue };
            match (number(&body, '.'), number(&body, ',')) {
                (Some(_), None) => point = point.or(Some((line, cell))),
                (None, Some(_)) => comma = comma.or(Some((line, cell))),
                (Some(a), Some(b)) if a.0 != b.0 => open = open.or(Some((line, cell))),
                _ => {}
            }
        }
        let decimal_mark = match (point, comma, open) {
            (Some((point_line, with_point)), Some((comma_line, with_comma)), _) => {
                return Err(ImportError::MixedNumbers {
                    column: name.to_owned(),
                    with_point: with_point.trim().to_owned(),
                    with_point_line: point_line,
                    with_comma: with_comma.trim().to_owned(),
                    with_comma_line: comma_line,
                });
            }
            (None, Some(_), _) => ',',
            (None, None, Some((line, example))) if delimiter != ',' => {
                return Err(ImportError::AmbiguousNumbers { column: name.to_owned(), line, example: example.trim().to_owned() });
            }
            _ => '.',
        };
        Ok(Self { decimal_mark })
    }

    pub(super) fn decimal_mark(self) -> char {
        self.decimal_mark
    }

    /// Reads one cell; `None` when it is neither a finite number nor blank.
    pub(super) fn read(self, cell: &str) -> Option<ReadNumber> {
        if BLANKS.contains(&cell.trim().to_lowercase().as_str()) {
            return Some(ReadNumber::Blank);
        }
        let Stripped { negative, percent, body } = strip(cell)?;
        let (value, decimals) = number(&body, self.decimal_mark)?;
        Some(ReadNumber::Value { value: if negative && value != 0.0 { -value } else { value }, percent, decimals })
    }
}

/// A cell without its sign, currency and percent marks.
struct Stripped {
    negative: bool,
    percent: bool,
    body: String,
}

fn strip(cell: &str) -> Option<Stripped> {
    let mut text = cell.trim();
    // The longest number that f64 prints plainly is about 330 characters.
    if text.len() > 400 {
        return None;
    }
    let mut negative = false;
    // Accountants write −5 as (5).
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (negative, text) = (true, inner);
    }
    let mut percent = false;
    let mut signed = negative;
    loop {
        text = text.trim();
        if let Some(rest) = text.strip_suffix('%').or_else(|| text.strip_prefix('%')) {
            if percent {
                return None;
            }
            (percent, text) = (true, rest);
        } else if let Some(rest) = text.strip_prefix(['-', '−', '+']) {
            if signed {
                return None;
            }
            negative = !text.starts_with('+');
            (signed, text) = (true, rest);
        } else if let Some(rest) = text.strip_prefix(['€', '$', '£', '¥']).or_else(|| text.strip_suffix(['€', '$', '£', '¥'])) {
            text = rest;
        } else {
            break;
        }
    }
    (!text.is_empty()).then(|| Stripped { negative, percent, body: text.to_owned() })
}

fn is_space_or_apostrophe(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}

/// Reads unsigned digits with one decimal mark and sound groups of thousands; with the number of decimals.
fn number(body: &str, decimal_mark: char) -> Option<(f64, u8)> {
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            (mantissa, exponent)
        }
        None => (body, "0"),
    };
    let (whole, fraction) = mantissa.split_once(decimal_mark).unwrap_or((mantissa, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let digits = ungrouped(whole, if decimal_mark == '.' { ',' } else { '.' })?;
    let value: f64 = format!("{digits}.{fraction}e{exponent}").parse().ok()?;
    value.is_finite().then(|| (value, u8::try_from(fraction.len()).unwrap_or(u8::MAX)))
}

/// Digits without the marks between thousands: `mark`, a space or an apostrophe, the same one throughout.
fn ungrouped(whole: &str, mark: char) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(if whole.is_empty() { "0".to_owned() } else { whole.to_owned() });
    };
    if separator != mark && !is_space_or_apostrophe(separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let digits = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    // A group of thousands never begins with 0: 0.123 is no 123.
    let sound = digits(first) && first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|g| g.len() == 3 && digits(g));
    sound.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], delimiter: char) -> Result<Vec<Option<f64>>, ImportError> {
        let column = NumberColumn::decide("value", cells.iter().enumerate().map(|(i, c)| (i + 2, *c)), None, delimiter)?;
        Ok(cells
            .iter()
            .map(|c| match column.read(c) {
                Some(ReadNumber::Value { value, .. }) => Some(value),
                Some(ReadNumber::Blank) | None => None,
            })
            .collect())
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (cell, expect) in [
            ("1204.5", 1204.5),
            ("1,204.5", 1204.5),
            ("1,234,567", 1_234_567.0),
            ("1 204.5", 1204.5),
            ("1\u{202f}204", 1204.0),
            ("1'204.50", 1204.5),
            ("-3", -3.0),
            ("−3.5", -3.5),
            ("(3.5)", -3.5),
            ("+7", 7.0),
            ("45 %", 45.0),
            ("45.5%", 45.5),
            ("€ 1,200", 1200.0),
            ("-$5.00", -5.0),
            ("12 €", 12.0),
            ("1.2e3", 1200.0),
            (".5", 0.5),
            ("-0", 0.0),
        ] {
            assert_eq!(read(&[cell], ',').unwrap(), [Some(expect)], "{cell}");
        }
    }

    #[test]
    fn blanks_are_no_zeros() {
        let column = NumberColumn { decimal_mark: '.' };
        for cell in ["", " ", "n/a", "N/A", "-", "–", "null", "NaN"] {
            assert_eq!(column.read(cell), Some(ReadNumber::Blank), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        let column = NumberColumn { decimal_mark: '.' };
        for cell in ["abc", "1,23,4", "1,2345", "12 34", "1e999", "inf", "--5", "5 kg", "1.2.3", "%", "1,234 567", "1e", "€", "(5", "0x10"]
        {
            assert_eq!(column.read(cell), None, "{cell}");
        }
    }

    #[test]
    fn one_clear_number_decides_for_the_column() {
        assert_eq!(read(&["1.234", "1,5"], ';').unwrap(), [Some(1234.0), Some(1.5)]);
        assert_eq!(read(&["1,234", "1.5"], ';').unwrap(), [Some(1234.0), Some(1.5)]);
        assert_eq!(read(&["1.234.567", "1.234"], ';').unwrap(), [Some(1_234_567.0), Some(1234.0)]);
        assert_eq!(read(&["0.123", "1.234"], ';').unwrap(), [Some(0.123), Some(1.234)]);
        assert_eq!(read(&["12", "7"], ';').unwrap(), [Some(12.0), Some(7.0)]);
    }

    #[test]
    fn an_open_or_mixed_mark_is_refused_with_its_lines() {
        assert_eq!(
            read(&["12", "1.234"], ';'),
            Err(ImportError::AmbiguousNumbers { column: "value".to_owned(), line: 3, example: "1.234".to_owned() })
        );
        assert!(matches!(read(&["1.5", "1,5"], ','), Err(ImportError::MixedNumbers { with_point_line: 2, with_comma_line: 3, .. })));
    }

    #[test]
    fn a_comma_between_columns_speaks_for_the_decimal_point() {
        assert_eq!(read(&["84.976", "85.435"], ',').unwrap(), [Some(84.976), Some(85.435)]);
    }
}
