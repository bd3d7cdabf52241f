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
    /// Numbers without a % sign are shares of one, and are meant as percentages.
    shares: bool,
    /// The numbers could be read with another mark.
    assumed: bool,
}

const BLANKS: [&str; 19] =
    ["", "-", "–", "—", "n/a", "na", "#n/a", "n.a.", "n/v", "k.a.", "nd", "n.d.", "null", "none", "nan", "missing", "tbd", "..", ":"];

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
            return Ok(Self { decimal_mark, shares: false, assumed: false });
        }
        let (mut point, mut comma, mut open) = (None, None, None);
        for (line, cell) in cells {
            match plain(cell.as_bytes()) {
                Some(Plain { fraction: 0, .. }) => continue,
                Some(plain) if !plain.may_be_thousands() => {
                    point = point.or(Some((line, cell)));
                    continue;
                }
                Some(_) | None => {}
            }
            let Some(Stripped { body, .. }) = strip(cell) else { continue };
            match (number(&body, '.', 0), number(&body, ',', 0)) {
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
        Ok(Self { decimal_mark, shares: false, assumed: point.is_none() && comma.is_none() && open.is_some() })
    }

    pub(super) fn decimal_mark(self) -> char {
        self.decimal_mark
    }

    /// Whether the numbers could be read with another mark, and nothing in the column tells.
    pub(super) fn is_assumed(self) -> bool {
        self.assumed
    }

    /// The same column, of shares that are meant as percentages: 0.45 is 45 %.
    pub(super) fn of_shares(self) -> Self {
        Self { shares: true, ..self }
    }

    pub(super) fn takes_shares(self) -> bool {
        self.shares
    }

    /// Where no cell without a % sign is above one, though some lie between: a cell that may as well be a share. With its line.
    pub(super) fn look_like_shares<'a>(self, cells: impl Iterator<Item = (usize, &'a str)>) -> Option<(usize, &'a str)> {
        let mut example = None;
        for (line, cell) in cells {
            match self.read(cell) {
                Some(ReadNumber::Value { percent: true, .. }) => {}
                Some(ReadNumber::Value { value, .. }) if value.abs() > 1.0 => return None,
                Some(ReadNumber::Value { value, .. }) if value.fract() != 0.0 => example = example.or(Some((line, cell))),
                Some(_) | None => {}
            }
        }
        example
    }

    /// Reads one cell; `None` when it is neither a finite number nor blank.
    pub(super) fn read(self, cell: &str) -> Option<ReadNumber> {
        if !self.shares
            && let Some(plain) = plain(cell.as_bytes())
            && (plain.fraction == 0 || self.decimal_mark == '.')
        {
            return Some(ReadNumber::Value { value: plain.value(cell.as_bytes())?, percent: false, decimals: plain.fraction });
        }
        if is_blank(cell.trim()) {
            return Some(ReadNumber::Blank);
        }
        let Stripped { negative, percent, power, body } = strip(cell)?;
        let share = self.shares && !percent;
        let power = power + if share { 2 } else { 0 };
        let (value, decimals) = number(&body, self.decimal_mark, power)?;
        let decimals = decimals.saturating_sub(u8::try_from(power).unwrap_or(0));
        Some(ReadNumber::Value { value: if negative && value != 0.0 { -value } else { value }, percent: percent || share, decimals })
    }
}

/// A cell may be as long as a file, and is no blank then.
fn is_blank(cell: &str) -> bool {
    cell.is_empty() || cell.len() <= 16 && BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(cell))
}

/// Digits with at most a sign and a point, as most files write numbers.
struct Plain {
    whole: usize,
    starts_with_zero: bool,
    /// Digits after the point.
    fraction: u8,
    /// All digits as one number; means nothing where they are more than [`EXACT_DIGITS`].
    digits: u64,
    count: usize,
    negative: bool,
}

/// So many digits, and such powers of ten, are numbers that f64 holds exactly: their quotient is the nearest one, as parsing gives it.
const EXACT_DIGITS: usize = 15;
const POWERS: [f64; EXACT_DIGITS + 1] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A number that needs no decision: where all cells of a column are such, points are decimal marks.
pub(super) struct PlainNumber {
    pub(super) value: f64,
    pub(super) decimals: u8,
}

/// Reads a number of which nothing is open: digits with at most a sign and a point, behind which are not the three digits of a thousand.
pub(super) fn read_plain(cell: &[u8]) -> Option<PlainNumber> {
    let plain = plain(cell).filter(|plain| !plain.may_be_thousands())?;
    Some(PlainNumber { value: plain.value(cell)?, decimals: plain.fraction })
}

impl Plain {
    /// Never −0.
    fn value(&self, cell: &[u8]) -> Option<f64> {
        if self.count > EXACT_DIGITS {
            // Adding zero makes −0 a plain 0.
            return std::str::from_utf8(cell).ok()?.parse::<f64>().ok().map(|value| value + 0.0);
        }
        let value = self.digits as f64 / POWERS.get(usize::from(self.fraction))?;
        Some(if self.negative && value != 0.0 { -value } else { value })
    }

    /// `1.234` is a thousand where commas are decimal marks.
    fn may_be_thousands(&self) -> bool {
        self.fraction == 3 && (1..=3).contains(&self.whole) && !self.starts_with_zero
    }
}

fn plain(cell: &[u8]) -> Option<Plain> {
    let negative = cell.first() == Some(&b'-');
    let bytes = &cell[usize::from(negative)..];
    if bytes.is_empty() || bytes.len() > 24 {
        return None;
    }
    let mut point = None;
    let mut digits = 0_u64;
    for (place, byte) in bytes.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if *byte == b'.' && point.is_none() && place > 0 {
            point = Some(place);
        } else {
            return None;
        }
    }
    let whole = point.unwrap_or(bytes.len());
    let fraction = point.map_or(Some(0), |at| u8::try_from(bytes.len() - at - 1).ok().filter(|length| *length > 0))?;
    Some(Plain { whole, starts_with_zero: bytes[0] == b'0', fraction, digits, count: whole + usize::from(fraction), negative })
}

/// A cell without its sign, currency and percent marks.
struct Stripped {
    negative: bool,
    percent: bool,
    /// Of ten: 6 for "1.2M".
    power: i32,
    body: String,
}

const CURRENCIES: [&str; 29] = [
    "US$", "A$", "C$", "€", "$", "£", "¥", "₹", "₩", "₽", "zł", "kr.", "kr", "Fr.", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK",
    "DKK", "PLN", "CZK", "CAD", "AUD", "INR", "BRL",
];

/// A cell of words is no rarer than one of numbers: most marks are passed over by one letter.
fn without_currency(text: &str) -> Option<&str> {
    let (first, last) = (text.bytes().next()?, text.bytes().next_back()?);
    CURRENCIES.iter().find_map(|mark| {
        let before = (mark.bytes().next() == Some(first)).then(|| text.strip_prefix(mark)).flatten();
        before.or_else(|| (mark.bytes().next_back() == Some(last)).then(|| text.strip_suffix(mark)).flatten())
    })
}

/// Words after a number, in lower case, and the power of ten that they stand for. A small m may be minutes or metres.
const SCALES: [(&str, i32); 17] = [
    ("thousand", 3),
    ("tsd.", 3),
    ("tsd", 3),
    ("k", 3),
    ("millions", 6),
    ("million", 6),
    ("mio.", 6),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("billions", 9),
    ("billion", 9),
    ("mrd.", 9),
    ("mrd", 9),
    ("bln", 9),
    ("bn", 9),
    ("b", 9),
];

fn without_scale(text: &str) -> Option<(&str, i32)> {
    if let Some(rest) = text.strip_suffix('M') {
        return Some((rest, 6));
    }
    let scale = |&(word, power): &(&str, i32)| {
        let at = text.len().checked_sub(word.len()).filter(|at| text.is_char_boundary(*at))?;
        text.as_bytes()[at..].eq_ignore_ascii_case(word.as_bytes()).then_some((&text[..at], power))
    };
    SCALES.iter().find_map(scale)
}

/// A number without the mark of a footnote: `12*`, `12†`, `12²`, `12 [3]`.
fn without_footnote(text: &str) -> &str {
    let bare = text.trim_end_matches(['*', '†', '‡', '¹', '²', '³', '⁴', '⁵']);
    match bare.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        Some((number, note)) if !number.trim().is_empty() && note.len() <= 3 => number.trim_end(),
        _ => bare,
    }
}

fn strip(cell: &str) -> Option<Stripped> {
    let mut text = without_footnote(cell.trim()).trim();
    // The longest number that f64 prints plainly is about 330 characters.
    if text.len() > 400 {
        return None;
    }
    let mut negative = false;
    let mut percent = false;
    let mut signed = false;
    let (mut power, mut currency) = (0, false);
    loop {
        text = text.trim();
        if let Some(rest) = text.strip_suffix('%').or_else(|| text.strip_prefix('%')) {
            if percent {
                return None;
            }
            (percent, text) = (true, rest);
        } else if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).filter(|_| !signed) {
            // Accountants write −5 as (5).
            (negative, signed, text) = (true, true, inner);
        } else if let Some(rest) = text.strip_suffix(['-', '−']).filter(|rest| !signed && rest.ends_with(|c: char| c.is_ascii_digit())) {
            // Some ledgers write it as 5-.
            (negative, signed, text) = (true, true, rest);
        } else if let Some(rest) = text.strip_prefix(['-', '−', '+']) {
            if signed {
                return None;
            }
            negative = !text.starts_with('+');
            (signed, text) = (true, rest);
        } else if let Some(rest) = without_currency(text).filter(|_| !currency) {
            (currency, text) = (true, rest);
        } else if let Some((rest, found)) = without_scale(text).filter(|_| power == 0) {
            (power, text) = (found, rest);
        } else {
            break;
        }
    }
    (!text.is_empty()).then(|| Stripped { negative, percent, power, body: text.to_owned() })
}

fn is_space_or_apostrophe(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}

/// Reads unsigned digits with one decimal mark and sound groups of thousands, times ten to the power; with the number of decimals.
fn number(body: &str, decimal_mark: char, power: i32) -> Option<(f64, u8)> {
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            (mantissa, exponent.parse::<i32>().ok()?)
        }
        None => (body, 0),
    };
    let (whole, fraction) = mantissa.split_once(decimal_mark).unwrap_or((mantissa, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let digits = ungrouped(whole, if decimal_mark == '.' { ',' } else { '.' })?;
    let value: f64 = format!("{digits}.{fraction}e{}", exponent + power).parse().ok()?;
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
            ("1.2M", 1_200_000.0),
            ("€3.4k", 3400.0),
            ("12 Mio. €", 12_000_000.0),
            ("1,5 Mrd", 1_500_000_000.0),
            ("2.5 bn USD", 2_500_000_000.0),
            ("CHF 1’204.50", 1204.5),
            ("(1,234)", -1234.0),
            ("1,234.5*", 1234.5),
            ("98 [2]", 98.0),
            ("98²", 98.0),
            ("-0", 0.0),
        ] {
            assert_eq!(read(&[cell], ',').unwrap(), [Some(expect)], "{cell}");
        }
    }

    #[test]
    fn blanks_are_no_zeros() {
        let column = NumberColumn { decimal_mark: '.', shares: false, assumed: false };
        for cell in ["", " ", "n/a", "N/A", "-", "–", "null", "NaN"] {
            assert_eq!(column.read(cell), Some(ReadNumber::Blank), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        let column = NumberColumn { decimal_mark: '.', shares: false, assumed: false };
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
