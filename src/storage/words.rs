//! What the parser has to say, in words that need no knowledge of parsers.

use ron::error::{Error, SpannedError};

use super::problem::{FileProblem, Lines};

/// What is said of a file that ends too early.
const CUT_OFF: &str = "the file ends here, in the middle of the project: the rest of it is missing";

/// The problem behind an error of the parser, placed at the word or sign that is wrong.
pub(super) fn problem(text: &str, error: &SpannedError) -> FileProblem {
    let lines = Lines::of(text);
    let cursor = lines.offset(error.span.end.line, error.span.end.col);
    let offset = if is_behind(&error.code) { start_of_word(text, cursor) } else { cursor };
    if cursor >= text.trim_end().len() && !matches!(error.code, Error::TrailingCharacters) && offset == cursor {
        return lines.problem(text.trim_end().len(), CUT_OFF);
    }
    lines.problem(offset, message(&error.code, &found(&text[offset..])))
}

/// Whether the parser has already read what is wrong when it says so.
fn is_behind(error: &Error) -> bool {
    matches!(
        error,
        Error::Message(_)
            | Error::InvalidValueForType { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::NoSuchStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. }
    )
}

/// The beginning of the text, number or name that ends at the cursor, or before the signs right in front of it.
fn start_of_word(text: &str, cursor: usize) -> usize {
    let before = text[..cursor].trim_end_matches([' ', ',', ':']);
    if let Some(inner) = before.strip_suffix('"') {
        let mut end = inner.len();
        while let Some(quote) = inner[..end].rfind('"') {
            let escapes = inner[..quote].bytes().rev().take_while(|&b| b == b'\\').count();
            if escapes % 2 == 0 {
                return quote;
            }
            end = quote;
        }
    }
    before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')).len()
}

/// The word or sign that stands at the place.
fn found(rest: &str) -> String {
    let rest = rest.trim_start();
    let Some(first) = rest.chars().next() else { return "the end of the file".to_owned() };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
    let word: String = match first {
        '"' => return "a text".to_owned(),
        c if is_word(c) => rest.chars().take_while(|&c| is_word(c)).take(40).collect(),
        c => c.to_string(),
    };
    format!("\"{word}\"")
}

fn message(error: &Error, found: &str) -> String {
    let expected = |what: &str| format!("expected {what}, but found {found}");
    match error {
        Error::Message(message) => message.clone(),
        Error::Eof => CUT_OFF.to_owned(),
        Error::ExpectedArray => expected("a list in square brackets"),
        Error::ExpectedArrayEnd => expected("a comma or \"]\", the end of the list"),
        Error::ExpectedBoolean => expected("true or false"),
        Error::ExpectedComma => expected("a comma"),
        Error::ExpectedFloat | Error::FloatUnderscore | Error::UnderscoreAtBeginning => expected("a number"),
        Error::ExpectedInteger => expected("a whole number"),
        Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => expected("a whole number that is not too large"),
        Error::ExpectedOption => expected("the value in Some(…), or None"),
        Error::ExpectedOptionEnd => expected("\")\", the end of Some(…)"),
        Error::ExpectedMapColon => expected("a colon after the name of the field"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. } => expected("\"(\""),
        Error::ExpectedStructLikeEnd => expected("a comma or \")\""),
        Error::ExpectedString => expected("a text in quotation marks"),
        Error::ExpectedStringEnd => "this text has no closing quotation mark".to_owned(),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => expected("the name of a field"),
        Error::InvalidEscape(_) => "after \"\\\" in a text one of \\, \", n, t or u{…} is expected; a backslash itself is \\\\".to_owned(),
        Error::UnclosedBlockComment => "this comment, begun with /*, has no end with */".to_owned(),
        Error::TrailingCharacters => expected("the end of the file"),
        Error::ExceededRecursionLimit => "brackets are nested deeper here than in any project".to_owned(),
        Error::InvalidValueForType { expected, found } => format!("expected {}, but found {found}", plain(expected)),
        Error::ExpectedDifferentLength { expected, .. } => format!("expected {expected}, but something is missing"),
        Error::NoSuchEnumVariant { expected, found, outer } => {
            format!("\"{found}\" is not known{}; {}", as_what(outer.as_deref()), choices(found, expected))
        }
        Error::NoSuchStructField { expected, found, outer } => {
            format!("the field \"{found}\" is not known{}; {}", in_what(outer.as_deref()), choices(found, expected))
        }
        Error::MissingStructField { field, outer } => {
            format!("the field \"{field}\" is missing{}, which ends here", in_what(outer.as_deref()))
        }
        Error::DuplicateStructField { field, outer } => format!("the field \"{field}\" stands twice{}", in_what(outer.as_deref())),
        _ => format!("this cannot be read as part of a project: {found}"),
    }
}

/// What a reader of numbers calls the types it knows.
fn plain(expected: &str) -> &str {
    match expected {
        "u8" => "a whole number from 0 to 255",
        "u32" | "u64" => "a whole number that is not negative",
        "f64" => "a number",
        other => other,
    }
}

/// " in a goal".
fn in_what(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" in {}", thing(name)))
}

/// " as a cadence".
fn as_what(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" as {}", thing(name)))
}

/// "a goal", of the file's `Goal`.
fn thing(name: &str) -> String {
    match name {
        "Project" => return "the project".to_owned(),
        "Settings" => return "the settings".to_owned(),
        "Kind" => return "the kind of a goal".to_owned(),
        "Xmr" => return "the settings of an XmR chart".to_owned(),
        _ => {}
    }
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}

/// "did you mean …?", where something is near, and else what there is.
fn choices(found: &str, known: &[&str]) -> String {
    let near = known.iter().map(|k| (distance(found, k), k)).min().filter(|(d, k)| *d <= 1.max(found.len().min(k.len()) / 3));
    match near {
        Some((_, near)) => format!("did you mean \"{near}\"?"),
        None if known.is_empty() => "nothing is expected here".to_owned(),
        None => format!("known are {}", known.join(", ")),
    }
}

/// The least number of characters to insert, delete, replace or swap with their neighbour, whatever their case (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| text.to_lowercase().chars().take(100).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    // Row i, column j: from the first i letters of `a` to the first j of `b`.
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(choices("titel", &["id", "title", "kind"]), "did you mean \"title\"?");
        assert_eq!(choices("monthly", &["Daily", "Monthly"]), "did you mean \"Monthly\"?");
        assert_eq!(choices("colour", &["id", "kind"]), "known are id, kind");
    }

    #[test]
    fn words_begin_where_they_begin() {
        let text = r#"(a: "x \" y", b: 12.5)"#;
        assert_eq!(start_of_word(text, text.find(", b").unwrap()), text.find('"').unwrap());
        assert_eq!(start_of_word(text, text.find(')').unwrap()), text.find("12.5").unwrap());
    }
}
