//! Characters of a text that nobody sees and that change what stands around them.

/// Whether a character turns around all that follows it: embeddings, overrides and isolates (Unicode Standard Annex #9). The window shows
/// none of them.
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is nothing to see and no part of what is: it turns text around, or hides between two letters. What scripts and signs
/// are put together with is kept: joiners (Persian, families of emoji) and the marks of a direction, which turn nothing but themselves.
pub fn is_unseen(c: char) -> bool {
    turns_text(c) || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A text as it may leave the program: as it is seen.
pub fn as_seen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_is_left_out() {
        assert_eq!(as_seen("a\u{202e}gnp.exe\u{202c} zero\u{200b}\u{2066}iso\u{2069}\u{feff}b"), "agnp.exe zeroisob");
    }

    #[test]
    fn what_people_write_stays() {
        for text in
            ["שלום, עולם", "می\u{200c}خواهم", "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}", "Zür\u{301}ich", "\u{200f}אב (3)\u{200f}", "a\u{ad}b"]
        {
            assert_eq!(as_seen(text), text);
        }
    }
}
