//! Dates and numbers that stay on one line.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The longest word behind a number that is taken for its unit: "min", "pts", "tickets" is none.
const UNIT_LETTERS: usize = 3;
const NO_BREAK: char = '\u{a0}';

/// The text with spaces that no line breaks at inside "20 Nov 2026", "9.1 M", "99.37 %", "€ 3.4 k" and "Q4 2026".
pub fn unbroken(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        made.push_str(word);
        if let Some(next) = words.peek() {
            made.push(if belongs(word, next) { NO_BREAK } else { ' ' });
        }
    }
    made
}

fn belongs(word: &str, next: &str) -> bool {
    let bare = next.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%' || c == '”');
    let is_month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month) && word.len() <= "September".len());
    let is_year = bare.len() == 4 && bare.bytes().all(|b| b.is_ascii_digit());
    let is_number = word.ends_with(|c: char| c.is_ascii_digit());
    let is_unit = !bare.is_empty() && bare.chars().count() <= UNIT_LETTERS && is_measure(bare);
    if is_number {
        return is_month(bare) || is_unit || is_year && is_quarter(word);
    }
    is_month(word) && is_year
        || word.chars().count() == 1 && word.chars().all(|c| "€$£¥₹<>≥≤±".contains(c)) && next.starts_with(|c: char| c.is_ascii_digit())
}

fn is_quarter(word: &str) -> bool {
    matches!(word.trim_start_matches('('), "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2")
}

fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "%" | "‰" | "k" | "K" | "M" | "B" | "bn" | "T" | "min" | "h" | "s" | "d" | "ms" | "pp" | "pts" | "pt" | "€" | "$" | "£" | "×" | "x"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_with_units_stay_together_and_words_do_not() {
        for (text, expected) in [
            ("was 3.56 M on 20 Nov 2026, outside", "was 3.56~M on 20~Nov~2026, outside"),
            ("99.37 % in the week of 9 Nov 2026 breaches", "99.37~% in the week of 9~Nov~2026 breaches"),
            ("from € 422 k (3.29 M to 3.42 M).", "from €~422~k (3.29~M to 3.42~M)."),
            ("Met 17 of 20 weeks, 80 % of them in Q4 2026.", "Met 17 of 20 weeks, 80~% of them in Q4~2026."),
            ("at most 2 March tickets", "at most 2~March tickets"),
            ("In May 3 teams", "In May 3 teams"),
            ("", ""),
        ] {
            assert_eq!(unbroken(text).replace(NO_BREAK, "~"), expected);
        }
    }
}
