//! Writes one XML part, well-formed whatever the texts are.

use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::is_unseen;

/// Attributes: names and what they are.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// A piece of XML that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A part of its own, with a declaration.
    pub(super) fn part() -> Self {
        let mut xml = Self::piece();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// Something that goes into another one.
    pub(super) fn piece() -> Self {
        Self(Writer::new(Vec::new()))
    }

    fn event(&mut self, event: Event<'_>) {
        // A Vec takes everything.
        let _always = self.0.write_event(event);
    }

    /// An element with what `content` writes into it.
    pub(super) fn within(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        content(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// `<name val="…"/>`, the form of most settings.
    pub(super) fn val(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("val", &value)]);
    }

    pub(super) fn words(&mut self, name: &str, attributes: Attributes<'_>, words: &str) {
        let clean = clean(words);
        self.within(name, attributes, |xml| xml.event(Event::Text(BytesText::new(&clean))));
    }

    pub(super) fn add(&mut self, piece: Self) {
        self.0.get_mut().extend(piece.0.into_inner());
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        let value = clean(&value.to_string());
        start.push_attribute((*name, value.as_str()));
    }
    start
}

/// Without the characters that XML 1.0 cannot hold (§2.2), those that stand for no character, and those that turn a text around.
pub(super) fn clean(words: &str) -> String {
    let held = |c: char| matches!(c, '\t' | '\n') || (c >= ' ' && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'));
    words.replace("\r\n", "\n").chars().map(|c| if c == '\r' { '\n' } else { c }).filter(|c| held(*c) && !is_unseen(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        let mut xml = Xml::piece();
        let hostile = "</a:t><script>\"&'\u{0}\u{b}\u{1b}\u{ffff}é 中 🙂";
        xml.within("a", &[("b", &hostile)], |xml| xml.words("t", &[], hostile));
        let text = String::from_utf8(xml.bytes()).unwrap();
        assert!(!text.contains("<script>") && text.ends_with("é 中 🙂</t></a>"), "{text}");
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{ffff}'), "{text}");
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc\td");
    }
}
