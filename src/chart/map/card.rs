//! What a card says, in words and numbers.

use super::super::{Context, Spark, now_to_target};
use super::{CardOf, Map, Tie};
use crate::model::{CycleGoals, Goal, Project, Role, Status, Tree};

/// What the card of a goal or KPI says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    pub title: String,
    /// "Objective", "Key result", "Initiative", "KPI".
    pub kind: &'static str,
    /// Of a goal.
    pub status: Option<Status>,
    /// "8.2 M → 10 M"; for a KPI its last value.
    pub now: String,
    pub owner: String,
    pub progress: Option<f64>,
    pub expected: Option<f64>,
    /// What a KPI is to the goal that it hangs on.
    pub role: Option<Role>,
    /// A KPI that hangs on the metric whose formula it feeds.
    pub is_input: bool,
    /// A guardrail that is breached.
    pub tripped: bool,
    /// All of it in a sentence, for who cannot see it.
    pub words: String,
}

/// What a card says; `spark` is that of its metric.
pub fn card(context: &Context<'_>, map: &Map, node: usize, spark: Option<&Spark>) -> Card {
    let mut card = match &map.nodes[node].subject {
        CardOf::Goal(id) => context.project.goal(id).map(|goal| of_goal(context, goal)).unwrap_or_default(),
        CardOf::Metric(_) => of_metric(context, map, node, spark),
    };
    match map.nodes[node] {
        super::Node { folded: Some(true), hidden: 1, .. } => card.words.push_str(", folded, 1 card under it"),
        super::Node { folded: Some(true), hidden, .. } => {
            card.words = format!("{}, folded, {hidden} cards under it", card.words);
        }
        _ => {}
    }
    card
}

fn of_goal(context: &Context<'_>, goal: &Goal) -> Card {
    let result = context.evaluation.goal(&goal.id);
    let status = result.map_or(Status::NoData, |r| r.status);
    let now = result.map_or_else(|| "–".to_owned(), |r| now_to_target(context.project, context.evaluation.as_of, goal, r));
    let said = if now == "–" { String::new() } else { format!(", {now}") };
    Card {
        title: goal.title.clone(),
        kind: goal.kind.word(),
        status: Some(status),
        words: format!("{} “{}”: {}{said}", goal.kind.word(), goal.title, status.word()),
        now,
        owner: goal.owner.clone(),
        progress: result.and_then(|r| r.progress),
        expected: result.and_then(|r| r.expected),
        ..Card::default()
    }
}

fn of_metric(context: &Context<'_>, map: &Map, node: usize, spark: Option<&Spark>) -> Card {
    let CardOf::Metric(id) = &map.nodes[node].subject else { return Card::default() };
    let Some(metric) = context.project.metric(id) else { return Card::default() };
    let now = spark.map_or_else(|| "–".to_owned(), |s| s.value.clone());
    let served = map.served(node);
    let guards = served.iter().filter(|(_, tie)| *tie == Tie::Role(Role::Guardrail));
    let tripped = guards.clone().any(|(goal, _)| match &map.nodes[*goal].subject {
        CardOf::Goal(goal) => context.evaluation.goal(goal).is_some_and(|r| r.guardrails_tripped.contains(id)),
        CardOf::Metric(_) => false,
    });
    let ties: Vec<String> = served
        .iter()
        .filter_map(|(other, tie)| match (tie, &map.nodes[*other].subject) {
            (Tie::Role(role), CardOf::Goal(goal)) => Some(format!("{} of “{}”", role.word(), context.project.goal(goal)?.title)),
            (Tie::Input, CardOf::Metric(other)) => Some(format!("feeds {}", context.project.metric(other)?.short_name())),
            _ => None,
        })
        .collect();
    let ties = if ties.is_empty() { "no goal".to_owned() } else { ties.join(", ") };
    let breached = if tripped { ", breached" } else { "" };
    let role = if let Tie::Role(role) = map.nodes[node].tie { Some(role) } else { None };
    Card {
        title: metric.name.clone(),
        kind: "KPI",
        words: format!("KPI “{}”: {now}, {ties}{breached}", metric.name),
        now,
        owner: metric.owner.clone(),
        role,
        is_input: map.nodes[node].tie == Tie::Input,
        tripped,
        ..Card::default()
    }
}

/// Everything that could be on the map and has the words in its title, name or abbreviation, in the order of the map. Folded cards are
/// found too.
pub fn find(project: &Project, tree: &Tree, cycle: Option<&CycleGoals>, words: &str) -> Vec<CardOf> {
    let needle = words.trim().to_lowercase();
    if needle.is_empty() {
        return Vec::new();
    }
    let has = |text: &str| text.to_lowercase().contains(&needle);
    let unfolded = std::collections::BTreeSet::new();
    let map = Map::of(project, tree, super::Wanted { cycle, folded: &unfolded, aspect: 1.0 });
    let matches = |subject: &CardOf| match subject {
        CardOf::Goal(id) => project.goal(id).is_some_and(|g| has(&g.title)),
        CardOf::Metric(id) => project.metric(id).is_some_and(|m| has(&m.name) || has(&m.abbreviation)),
    };
    map.nodes.into_iter().map(|node| node.subject).filter(matches).collect()
}

/// The whole map in a few sentences: how much there is, how it stands, and how it is tied.
pub fn summary(context: &Context<'_>, map: &Map) -> String {
    let goals = map.nodes.iter().filter(|n| n.is_goal()).count();
    let kpis = map.nodes.len() - goals;
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let mut sentences = vec![format!("{} and {} from left to right.", plural(goals, "goal"), plural(kpis, "KPI"))];
    for (index, node) in map.nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none() && node.is_goal()) {
        let CardOf::Goal(id) = &node.subject else { continue };
        let Some(goal) = context.project.goal(id) else { continue };
        let status = context.evaluation.goal(id).map_or(Status::NoData, |r| r.status);
        let under = plural(node.end - index - 1 + node.hidden, "card");
        sentences.push(format!("{}: {}, {under} under it.", goal.title, status.word()));
    }
    sentences.join(" ")
}
