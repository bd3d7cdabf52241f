//! Where the things of a project stand in its file. Made only when there is something to complain about.

use std::collections::BTreeMap;

use super::problem::{FileProblem, Lines};
use super::v1::Fault;
use crate::model::{Place, Problem, SeriesError, Stamp};

/// Problems with the lines and columns that they have in the text of a project file. The text has to be one that can be read.
pub fn locate(text: &str, problems: &[Problem]) -> Vec<FileProblem> {
    let index = Index::of(text);
    let found: Vec<Found> = problems.iter().map(|problem| index.problem(problem)).collect();
    index.placed(found)
}

/// What is wrong, and the byte of the text that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    offset: usize,
    message: String,
}

const LINKS: &str = "links";

/// Every entry of the file's lists, and the file's own fields, with where their fields stand.
pub(super) struct Index<'a> {
    text: &'a str,
    lines: Lines<'a>,
    entries: Vec<Entry<'a>>,
    /// The first entry of each list.
    lists: BTreeMap<&'a str, usize>,
    /// Entries by list and id; links by the goal and the metric that they join.
    ids: BTreeMap<(&'a str, &'a str, &'a str), Vec<usize>>,
}

/// One goal, metric, link …, or one field of the file itself.
#[derive(Default)]
struct Entry<'a> {
    /// The file's field that it stands in: `goals`.
    list: &'a str,
    start: usize,
    end: usize,
    /// Names of fields, nested ones too, in order, with their offset and the text that follows.
    fields: Vec<(&'a str, usize, Option<&'a str>)>,
}

impl<'a> Entry<'a> {
    fn offset(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|(name, ..)| *name == field).map(|(_, at, _)| *at)
    }

    fn text(&self, field: &str) -> Option<&'a str> {
        self.fields.iter().find(|(name, ..)| *name == field).and_then(|(.., text)| *text)
    }
}

impl<'a> Index<'a> {
    /// Of a text that the parser has read without an error.
    pub(super) fn of(text: &'a str) -> Self {
        let entries = entries(text);
        let (mut lists, mut ids) = (BTreeMap::new(), BTreeMap::<_, Vec<usize>>::new());
        for (number, entry) in entries.iter().enumerate() {
            lists.entry(entry.list).or_insert(number);
            let key = match entry.list {
                LINKS => entry.text("goal").zip(entry.text("metric")),
                _ => entry.text("id").map(|id| (id, "")),
            };
            if let Some((id, other)) = key {
                ids.entry((entry.list, id, other)).or_default().push(number);
            }
        }
        Self { text, lines: Lines::of(text), entries, lists, ids }
    }

    /// With the lines and columns, in the same order.
    pub(super) fn placed(&self, found: Vec<Found>) -> Vec<FileProblem> {
        let places = self.lines.places(&found.iter().map(|found| found.offset).collect::<Vec<_>>());
        found.into_iter().zip(places).map(|(Found { message, .. }, (line, column))| FileProblem { line, column, message }).collect()
    }

    /// A problem that `Project::validate()` found.
    pub(super) fn problem(&self, problem: &Problem) -> Found {
        let with_id = |list: &str, id: &str| self.with_id(list, id).next();
        let entry = match &problem.place {
            Place::Project => None,
            Place::Settings => self.first_of("settings"),
            Place::Deck => self.first_of("deck"),
            Place::Goal(id) => with_id("goals", id.as_str()),
            Place::Metric(id) => with_id("metrics", id.as_str()),
            Place::Link(key) => self.links(key.goal.as_str(), key.metric.as_str()).next(),
            Place::Cycle(id) => with_id("cycles", id.as_str()),
            Place::Event(id) => with_id("events", id.as_str()),
            Place::CheckIn(id) => with_id("check_ins", id.as_str()),
            Place::MeetingEntry(id) => with_id("meeting_log", id.as_str()),
            Place::Recipe(id) => with_id("recipes", id.as_str()),
        };
        let offset = entry.map_or(0, |e| e.offset(problem.field).or_else(|| e.offset("id")).unwrap_or(e.start));
        Found { offset, message: problem.to_string() }
    }

    /// A problem of the file as such.
    pub(super) fn fault(&self, fault: &Fault) -> Found {
        match fault {
            Fault::Twice { list, id } => {
                let mut places = self.with_id(list, id);
                let (first, second) = (places.next(), places.next());
                let line = first.map_or(0, |e| self.lines.line(e.offset("id").unwrap_or(e.start)));
                let offset = second.map_or(0, |e| e.offset("id").unwrap_or(e.start));
                Found { offset, message: format!("the id \"{id}\" is already taken on line {line}; ids must differ") }
            }
            Fault::LinkTwice { goal, metric } => {
                let mut places = self.links(goal, metric);
                let (first, second) = (places.next(), places.next());
                let line = first.map_or(0, |e| self.lines.line(e.start));
                let message = format!("the metric {metric} is already linked to the goal {goal} on line {line}; one link is enough");
                Found { offset: second.map_or(0, |e| e.start), message }
            }
            Fault::Points { metric, error } => {
                let offset = self.with_id("metrics", metric).next().map_or(0, |entry| self.point(entry, error));
                Found { offset, message: format!("metric {metric}: {error}") }
            }
        }
    }

    fn first_of(&self, list: &str) -> Option<&Entry<'a>> {
        self.lists.get(list).map(|number| &self.entries[*number])
    }

    fn with_id(&self, list: &str, id: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.keyed((list, id, ""))
    }

    fn links(&self, goal: &str, metric: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.keyed((LINKS, goal, metric))
    }

    fn keyed(&self, key: (&str, &str, &str)) -> std::vec::IntoIter<&Entry<'a>> {
        let numbers = self.ids.get(&key).map_or(&[][..], Vec::as_slice);
        // Of more than two nobody asks.
        numbers.iter().take(2).map(|number| &self.entries[*number]).collect::<Vec<_>>().into_iter()
    }

    /// The last place in the metric at which the time of the wrong point stands.
    fn point(&self, entry: &Entry<'_>, error: &SeriesError) -> usize {
        let (SeriesError::Duplicate(at) | SeriesError::NotFinite(at) | SeriesError::NoPoint(at)) = error;
        let time = |at: &Stamp| format!("\"{at}\"");
        self.text[entry.start..entry.end].rfind(&time(at)).map_or(entry.start, |found| entry.start + found)
    }
}

/// Walks once over the brackets of a text.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Entry<'_>> = Vec::new();
    let (mut at, mut depth, mut list) = (0, 0usize, "");
    // Whether what stands now belongs to the last of `found`.
    let mut open_since = None;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = text[at..].find('\n').map_or(bytes.len(), |n| at + n),
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = end_of_comment(bytes, at),
            b'"' => at = end_of_text(bytes, at),
            b'r' if starts_raw_text(bytes, at) => at = end_of_raw_text(text, at),
            b'(' | b'[' | b'{' => {
                depth += 1;
                at += 1;
                if open_since.is_none() && depth >= 2 && bytes[start] == b'(' {
                    found.push(Entry { list, start, end: bytes.len(), fields: Vec::new() });
                    open_since = Some(depth);
                }
            }
            b')' | b']' | b'}' => {
                if open_since == Some(depth) {
                    open_since = None;
                    if let Some(entry) = found.last_mut() {
                        entry.end = at + 1;
                    }
                }
                depth = depth.saturating_sub(1);
                at += 1;
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                let name = &text[start..at];
                let after = skip_space(bytes, at);
                if bytes.get(after) == Some(&b':') {
                    if depth == 1 {
                        list = name;
                    }
                    if let (Some(_), Some(entry)) = (open_since, found.last_mut()) {
                        let value = skip_space(bytes, after + 1);
                        let text =
                            (bytes.get(value) == Some(&b'"')).then(|| &text[value + 1..end_of_text(bytes, value).max(value + 2) - 1]);
                        entry.fields.push((name, start, text));
                    }
                }
            }
            _ => at += 1,
        }
    }
    found
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// Behind the closing quotation mark.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn starts_raw_text(bytes: &[u8], at: usize) -> bool {
    let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
    bytes.get(at + 1 + hashes) == Some(&b'"')
}

fn end_of_raw_text(text: &str, start: usize) -> usize {
    let hashes = text[start + 1..].bytes().take_while(|b| *b == b'#').count();
    let body = start + hashes + 2;
    let end = format!("\"{}", "#".repeat(hashes));
    text[body..].find(&end).map_or(text.len(), |n| body + n + end.len())
}

/// Comments nest.
fn end_of_comment(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut level) = (start, 0usize);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (at, level) = (at + 2, level + 1),
            (b'*', Some(b'/')) => (at, level) = (at + 2, level - 1),
            _ => at += 1,
        }
        if level == 0 {
            return at;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_apart_by_list_and_id() {
        let text = "(\n  // goals: [(id: \"g-no\")]\n  goals: [\n    (id: \"g-a\", title: r#\"(id: \"g-b\")\"#),\n    (\n      title: \"x\",\n      id: \"g-b\",\n    ),\n  ],\n  settings: (currency: \"EUR\"),\n)";
        let index = Index::of(text);
        let lines = |list, id| index.with_id(list, id).map(|e| index.lines.line(e.offset("id").unwrap())).collect::<Vec<_>>();
        assert_eq!(lines("goals", "g-a"), [4]);
        assert_eq!(lines("goals", "g-b"), [7]);
        assert_eq!(lines("goals", "g-no"), Vec::<usize>::new());
        assert_eq!(index.first_of("settings").and_then(|e| e.text("currency")), Some("EUR"));
    }
}
