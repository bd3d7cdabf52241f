//! Which metric a person means by a word: by name, then abbreviation, then synonym, then by its letters and digits alone.

use std::collections::BTreeMap;

use crate::model::{MetricId, Project};

/// What a word may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    One(&'a MetricId),
    /// At least two.
    Several(Vec<&'a MetricId>),
    None,
}

/// The ways to call a metric, the first that knows a word decides.
const TIERS: usize = 4;

/// The metrics of a project by what they are called.
pub(super) struct Names<'a> {
    project: &'a Project,
    tiers: [BTreeMap<String, Vec<&'a MetricId>>; TIERS],
}

/// A name as it is compared: no case, and a run of spaces and underscores is one space.
pub(super) fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| c.is_whitespace() || c == '_').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Only letters and digits: `sign_ups` is "Sign-ups".
fn bare(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

impl<'a> Names<'a> {
    pub(super) fn of(project: &'a Project) -> Self {
        let mut tiers: [BTreeMap<String, Vec<&'a MetricId>>; TIERS] = Default::default();
        let mut add = |tier: usize, key: String, id: &'a MetricId| {
            let same: &mut Vec<&MetricId> = tiers[tier].entry(key).or_default();
            if same.last() != Some(&id) {
                same.push(id);
            }
        };
        for (id, metric) in &project.metrics {
            add(0, plain(&metric.name), id);
            add(1, plain(&metric.abbreviation), id);
            for synonym in &metric.synonyms {
                add(2, plain(synonym), id);
            }
            for name in [&metric.name, &metric.abbreviation].into_iter().chain(&metric.synonyms) {
                add(3, bare(name), id);
            }
        }
        for tier in &mut tiers {
            tier.remove("");
        }
        Self { project, tiers }
    }

    pub(super) fn project(&self) -> &'a Project {
        self.project
    }

    pub(super) fn meaning(&self, word: &str) -> Meaning<'a> {
        let (exact, loose) = (plain(word), bare(word));
        for (tier, names) in self.tiers.iter().enumerate() {
            match names.get(if tier == 3 { &loose } else { &exact }).map(Vec::as_slice) {
                None | Some([]) => {}
                Some([one]) => return Meaning::One(one),
                Some(several) => return Meaning::Several(several.to_vec()),
            }
        }
        Meaning::None
    }

    /// The longest name with an operator's sign or a bracket in it that the text goes on with from `at`, as in "Sign-ups": the place
    /// behind it.
    pub(super) fn longest(&self, chars: &[char], at: usize) -> Option<usize> {
        let with_signs = self.tiers[..3].iter().flat_map(BTreeMap::keys).filter(|n| !n.chars().all(super::parse::is_in_word));
        with_signs.filter_map(|name| end_of(name, chars, at)).max()
    }

    /// At most three metrics that a word that means none may have meant, nearest first.
    pub(super) fn near(&self, word: &str) -> Vec<MetricId> {
        let wanted = bare(word);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut best: BTreeMap<&MetricId, usize> = BTreeMap::new();
        for (name, ids) in &self.tiers[3] {
            let (short, long) = (wanted.chars().count().min(name.chars().count()), wanted.chars().count().max(name.chars().count()));
            let part = short >= 3 && (name.contains(&wanted) || wanted.contains(name.as_str()));
            let distance = edits(&wanted, name);
            // A part of a name is nearer than a name that shares no more than a few letters with it.
            let distance = if part { distance.min(1 + (long - short) / 4) } else { distance };
            if part || distance <= 1 + long / 4 {
                for id in ids {
                    let nearest = best.entry(id).or_insert(distance);
                    *nearest = distance.min(*nearest);
                }
            }
        }
        let mut sorted: Vec<(usize, &MetricId)> = best.into_iter().map(|(id, distance)| (distance, id)).collect();
        sorted.sort();
        sorted.into_iter().take(3).map(|(_, id)| id.clone()).collect()
    }
}

/// Where a plain name ends in a text that begins with it at `at`, on the edge of a word.
fn end_of(name: &str, chars: &[char], at: usize) -> Option<usize> {
    let space = |c: char| c.is_whitespace() || c == '_';
    let mut next = at;
    for wanted in name.chars() {
        if wanted == ' ' {
            let run = chars[next..].iter().take_while(|c| space(**c)).count();
            if run == 0 {
                return None;
            }
            next += run;
        } else {
            let c = *chars.get(next)?;
            // Letters whose lower case is longer than one are matched only as they are.
            if c != wanted && !c.to_lowercase().eq(std::iter::once(wanted)) {
                return None;
            }
            next += 1;
        }
    }
    let inside = |c: &char| c.is_alphanumeric() || *c == '_';
    (!chars.get(next).is_some_and(inside)).then_some(next)
}

/// Letters to change, add or take away to make one word of another (Levenshtein 1966), two swapped neighbours counting once.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(row[j - 1] + 1).min(rows[i - 1][j] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits("revnue", "revenue"), 1);
        assert_eq!(edits("reveune", "revenue"), 1, "two swapped letters are one slip");
        assert_eq!(edits("users", "arpu"), 5);
        assert_eq!(edits("", "abc"), 3);
    }
}
