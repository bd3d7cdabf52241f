//! How a file is laid out: from RON on one line to text that people read, compare and merge.
//!
//! Things that people edit apart stand on lines of their own: every goal and metric field by field, every point, every entry
//! of a list. What is small stays on one line.

/// The most characters of a thing on one line, its indentation left out.
const WIDTH: usize = 110;
/// Depth at which the entries of the file's own lists stand.
const ENTRY_DEPTH: usize = 2;
const INDENT: &str = "  ";

/// Lays out compact RON as `ron::to_string` gives it.
pub(super) fn laid_out(compact: &str) -> String {
    let mut layout = Layout { rest: compact, out: String::with_capacity(compact.len() + compact.len() / 4) };
    layout.value(0, "");
    layout.out.push('\n');
    layout.out
}

struct Layout<'a> {
    rest: &'a str,
    out: String,
}

impl Layout<'_> {
    /// One value. `field` is the name of the file's list or field that it stands in.
    fn value(&mut self, depth: usize, field: &str) {
        self.word();
        if self.at_group() {
            if self.stays_on_one_line(depth, field) { self.inline() } else { self.broken(depth, field) }
        }
    }

    fn at_group(&self) -> bool {
        self.rest.starts_with(['(', '['])
    }

    /// Copies as many bytes.
    fn copy(&mut self, bytes: usize) {
        let (copied, rest) = self.rest.split_at(bytes);
        self.out.push_str(copied);
        self.rest = rest;
    }

    /// A text, or whatever stands before the next sign: a name, a number, nothing.
    fn word(&mut self) {
        if self.rest.starts_with('"') {
            return self.text();
        }
        let end = self.rest.find(['(', '[', ')', ']', ',', ':']).unwrap_or(self.rest.len());
        self.copy(end);
    }

    /// A text in quotation marks. The apostrophe needs no escape in it, whatever the serializer thinks.
    fn text(&mut self) {
        self.copy(1);
        while let Some(sign) = self.rest.find(['"', '\\']) {
            self.copy(sign);
            if self.rest.starts_with('"') {
                return self.copy(1);
            }
            if self.rest.starts_with("\\'") {
                self.rest = &self.rest[1..];
                self.copy(1);
            } else {
                // Escapes longer than two bytes have no sign in the rest of them.
                self.copy(2);
            }
        }
    }

    /// Whether the group that comes is small, and no list of things with parts.
    fn stays_on_one_line(&self, depth: usize, field: &str) -> bool {
        let bytes = self.rest.as_bytes();
        if matches!(bytes.get(1), Some(b')' | b']')) {
            return true;
        }
        if depth < ENTRY_DEPTH || depth == ENTRY_DEPTH && matches!(field, "goals" | "metrics") {
            return false;
        }
        let mut open: Vec<u8> = Vec::with_capacity(8);
        let (mut width, mut in_text, mut escaped) = (0, false, false);
        for &byte in bytes {
            // Bytes that go on with a character take no width.
            width += usize::from(byte & 0xc0 != 0x80);
            if in_text {
                in_text = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => in_text = true,
                    b',' | b':' => width += 1,
                    b'(' if open.last() == Some(&b'[') => return false,
                    b'(' | b'[' => open.push(byte),
                    b')' | b']' => {
                        open.pop();
                        if open.is_empty() {
                            return width <= WIDTH;
                        }
                    }
                    _ => {}
                }
            }
            if width > WIDTH {
                return false;
            }
        }
        true
    }

    fn inline(&mut self) {
        self.copy(1);
        loop {
            self.word();
            match self.rest.as_bytes().first() {
                Some(b'(' | b'[') => self.inline(),
                Some(b',' | b':') => {
                    self.copy(1);
                    self.out.push(' ');
                }
                Some(_) => return self.copy(1),
                None => return,
            }
        }
    }

    /// Every entry or field on a line of its own, with a comma after the last one too.
    fn broken(&mut self, depth: usize, field: &str) {
        let is_list = self.rest.starts_with('[');
        self.copy(1);
        while !self.rest.starts_with([')', ']']) && !self.rest.is_empty() {
            self.new_line(depth + 1);
            let from = self.out.len();
            self.word();
            let name = if self.rest.starts_with(':') {
                let name = self.out[from..].to_owned();
                self.copy(1);
                self.out.push(' ');
                name
            } else {
                String::new()
            };
            self.value(depth + 1, if is_list { field } else { &name });
            self.out.push(',');
            self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
        }
        self.new_line(depth);
        if !self.rest.is_empty() {
            self.copy(1);
        }
    }

    fn new_line(&mut self, depth: usize) {
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str(INDENT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_stand_field_by_field_and_points_one_a_line() {
        let compact = r#"(version:1,cycles:[(id:"c-1",name:"Q1")],goals:[(id:"g-1",kind:Objective())],metrics:[(id:"m-1",tags:["a","b"],points:[("2026-03-01",1204.5),("2026-04-01",2)])])"#;
        let laid_out = laid_out(compact);
        let expected = r#"(
  version: 1,
  cycles: [
    (id: "c-1", name: "Q1"),
  ],
  goals: [
    (
      id: "g-1",
      kind: Objective(),
    ),
  ],
  metrics: [
    (
      id: "m-1",
      tags: ["a", "b"],
      points: [
        ("2026-03-01", 1204.5),
        ("2026-04-01", 2),
      ],
    ),
  ],
)
"#;
        assert_eq!(laid_out, expected);
    }

    #[test]
    fn signs_in_texts_are_texts() {
        let compact = r#"(events:[(title:"a \"(b,c:[\" \\ don\'t ü")])"#;
        assert_eq!(laid_out(compact), "(\n  events: [\n    (title: \"a \\\"(b,c:[\\\" \\\\ don't ü\"),\n  ],\n)\n");
    }
}
