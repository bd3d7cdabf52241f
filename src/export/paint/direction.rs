//! Which characters of a row run from right to left.
//!
//! egui lays out the words of a row from left to right, whatever their script, and sets the space between two of them in a face of its own.
//! Words of one script are put into their order by handing them to the shaper as one run. Not here: lines that mix both directions in more
//! than one place, which need the whole algorithm (Unicode Standard Annex #9).

/// Hebrew, Arabic, Syriac, Thaana, `NKo` and the scripts beside them.
pub(super) fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// For each cluster of a row, whether it belongs to a piece that runs from right to left: its letters, what stands between two of them,
/// and in a row without any other letters the numbers behind them too.
pub(super) fn leftward(clusters: &[&str]) -> Vec<bool> {
    let firsts: Vec<char> = clusters.iter().filter_map(|cluster| cluster.chars().next()).collect();
    let is_other = |c: char| c.is_alphabetic() && !is_right_to_left(c);
    let is_alone = !firsts.iter().copied().any(is_other);
    let mut found = vec![false; clusters.len()];
    let mut last = None;
    for (index, first) in firsts.iter().copied().enumerate() {
        if is_other(first) {
            last = None;
        } else if is_right_to_left(first) || (is_alone && first.is_numeric() && last.is_some()) {
            found[last.unwrap_or(index)..=index].fill(true);
            last = Some(index);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that run from right to left.
    fn pieces(text: &str) -> Vec<String> {
        let clusters: Vec<String> = text.chars().map(String::from).collect();
        let clusters: Vec<&str> = clusters.iter().map(String::as_str).collect();
        let marked = leftward(&clusters);
        let marked: String = clusters.iter().zip(marked).map(|(cluster, is)| if is { *cluster } else { "|" }).collect();
        marked.split('|').filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn words_of_one_script_are_one_piece() {
        assert_eq!(pieces("הדף הבא, מיד 6"), ["הדף הבא, מיד 6"]);
        assert_eq!(pieces("הדף הבא (2)."), ["הדף הבא (2"], "what follows the last number stays behind it");
        assert_eq!(pieces("Goal: הדף 7 הבא, 52 of 92 days"), ["הדף 7 הבא"], "numbers of another language stay with it");
        assert_eq!(pieces("הדף MAU הבא"), ["הדף", "הבא"]);
        assert_eq!(pieces("No such word, 6"), [""; 0]);
    }
}
