//! What is found by a few letters: commands, goals, metrics, and a goal that the letters themselves say.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Workspace;
use super::command::Command;
use crate::model::{GoalId, Metric, MetricId};

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// What was typed, as a goal to make.
    Sentence(String),
    Command(Command),
    Goal(GoalId),
    Metric(MetricId),
}

/// In the order in which they are listed; but what has the query in its name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitKind {
    Add,
    Recent,
    Commands,
    Goals,
    Metrics,
}

impl HitKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Recent => "Recent",
            Self::Commands => "Commands",
            Self::Goals => "Goals",
            Self::Metrics => "Metrics",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitGroup {
    pub kind: HitKind,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many there are beside.
    pub more: usize,
}

/// How many of a kind are shown until all are asked for.
pub const AT_FIRST: usize = 5;

/// A sentence without a number or a date is offered as an objective from so many words on: fewer are looked for, not said.
const OBJECTIVE_WORDS: usize = 3;

/// What a query finds, kind by kind; of the kinds in `whole` everything. Without a query: what was used lately, then everything in its
/// usual order.
pub fn find(workspace: &Workspace, query: &str, whole: &BTreeSet<HitKind>) -> Vec<HitGroup> {
    let query = query.trim();
    let project = workspace.project();
    let mut search = Search::new(query);
    let recent = &workspace.preferences.recent_commands;
    let mut groups = vec![(HitKind::Add, sentence(workspace, query))];
    if query.is_empty() {
        groups.push((HitKind::Recent, recent.iter().copied().map(Hit::Command).collect()));
    }
    // What opened the list is not looked for in it.
    let commands = Command::all().filter(|c| *c != Command::Palette && !(query.is_empty() && recent.contains(c)));
    let mut found = search.best(commands.map(|c| (c, command_words(c))).collect());
    if !query.is_empty() {
        let rank = |command: &Command| recent.iter().position(|r| r == command).unwrap_or(usize::MAX);
        // What cannot be done now comes last, with the reason; but never behind what only has the letters somewhere.
        found.sort_by_cached_key(|c| (!is_named(&command_words(*c), query), c.is_enabled(workspace).is_err(), rank(c)));
    }
    groups.push((HitKind::Commands, found.into_iter().map(Hit::Command).collect()));
    let goals = project.goals.values().filter(|g| !g.archived).map(|g| (g.id.clone(), g.title.clone())).collect();
    groups.push((HitKind::Goals, search.best(goals).into_iter().map(Hit::Goal).collect()));
    let metrics = project.metrics.values().map(|m| (m.id.clone(), metric_words(m)));
    groups.push((HitKind::Metrics, search.best(metrics.collect()).into_iter().map(Hit::Metric).collect()));
    groups.retain(|(_, hits)| !hits.is_empty());
    let is_hit = |hit: &Hit| match hit {
        Hit::Sentence(_) => false,
        Hit::Command(command) => is_named(&command_words(*command), query),
        Hit::Goal(id) => project.goal(id).is_some_and(|g| is_named(&g.title, query)),
        Hit::Metric(id) => project.metric(id).is_some_and(|m| is_named(&metric_words(m), query)),
    };
    groups.sort_by_cached_key(|(kind, hits)| match kind {
        _ if hits.iter().any(is_hit) => 0,
        HitKind::Add => 1,
        _ => 2,
    });
    let cut = |(kind, mut hits): (HitKind, Vec<Hit>)| {
        let all = hits.len();
        if !whole.contains(&kind) {
            hits.truncate(AT_FIRST);
        }
        HitGroup { kind, more: all - hits.len(), hits }
    };
    groups.into_iter().map(cut).collect()
}

fn command_words(command: Command) -> String {
    format!("{} {}", command.text(), command.group().word())
}

fn metric_words(metric: &Metric) -> String {
    format!("{} {} {}", metric.name, metric.abbreviation, metric.synonyms.join(" "))
}

/// Whether something has the query in its name, letter by letter.
fn is_named(words: &str, query: &str) -> bool {
    words.to_lowercase().contains(&query.to_lowercase())
}

/// The query as a goal, where it says one.
fn sentence(workspace: &Workspace, query: &str) -> Vec<Hit> {
    let Ok(reading) = workspace.read_sentence(query) else { return Vec::new() };
    let says_much = reading.due.is_some() || query.split_whitespace().count() >= OBJECTIVE_WORDS;
    let aims = reading.target.is_some() || reading.amount.is_some();
    if aims || says_much { vec![Hit::Sentence(query.to_owned())] } else { Vec::new() }
}

/// Letters in their order, not necessarily side by side, in any case and without accents.
struct Search {
    pattern: Option<Pattern>,
    matcher: Matcher,
}

impl Search {
    fn new(query: &str) -> Self {
        let pattern = (!query.is_empty()).then(|| Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy));
        Self { pattern, matcher: Matcher::new(Config::DEFAULT) }
    }

    /// Those whose text matches, best first; without a query all of them as they are.
    fn best<T>(&mut self, things: Vec<(T, String)>) -> Vec<T> {
        let Some(pattern) = &self.pattern else { return things.into_iter().map(|(thing, _)| thing).collect() };
        let mut room = Vec::new();
        let score = |(thing, text): (T, String)| Some((pattern.score(Utf32Str::new(&text, &mut room), &mut self.matcher)?, thing));
        let mut found: Vec<(u32, T)> = things.into_iter().filter_map(score).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, thing)| thing).collect()
    }
}
