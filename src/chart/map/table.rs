//! The map as a table: for a spreadsheet, and for who cannot see it.

use std::fmt::Write as _;
use std::sync::Arc;

use super::super::board::plain;
use super::super::{Context, Spark};
use super::{CardOf, Map, Tie, card};
use crate::model::{MetricId, Status};

const HEADS: [&str; 11] =
    ["Level", "Name", "Kind", "Hangs on", "As", "Also leads to", "Status", "Now → target", "Progress", "Expected", "Owner"];

/// Every card in the order of the map as a tab-separated line, after a line of heads: what it hangs on and as what, and where its other
/// links lead. Shares are in percent; `spark` is asked for the metric of each KPI.
pub fn tab_separated(context: &Context<'_>, map: &Map, spark: impl Fn(&MetricId) -> Arc<Spark>) -> String {
    let locale = context.project.settings.locale;
    let share = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{}%", plain(locale, (v * 1e6).round() / 1e4)));
    let mut text = HEADS.join("\t");
    text.push('\n');
    for (at, node) in map.nodes.iter().enumerate() {
        let spark = if let CardOf::Metric(id) = &node.subject { Some(spark(id)) } else { None };
        let said = card(context, map, at, spark.as_deref());
        let links = map.links_at(at).map(|index| map.links[index]).filter(|link| link.from == at);
        let links: Vec<String> = links.map(|link| format!("{} ({})", name(context, map, link.to), tie_word(link.tie))).collect();
        let cells = [
            (node.depth + 1).to_string(),
            said.title,
            said.kind.to_owned(),
            node.parent.map_or_else(String::new, |parent| name(context, map, parent)),
            tie_word(node.tie).to_owned(),
            links.join("; "),
            said.status.map_or_else(|| if said.tripped { "Breached" } else { "" }, Status::word).to_owned(),
            said.now,
            share(said.progress),
            share(said.expected),
            said.owner,
        ];
        let cells = cells.map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        // Writing to a string cannot fail.
        writeln!(text, "{}", cells.join("\t")).unwrap_or_default();
    }
    text
}

fn name(context: &Context<'_>, map: &Map, node: usize) -> String {
    let found = match &map.nodes[node].subject {
        CardOf::Goal(id) => context.project.goal(id).map(|goal| goal.title.clone()),
        CardOf::Metric(id) => context.project.metric(id).map(|metric| metric.name.clone()),
    };
    found.unwrap_or_default()
}

fn tie_word(tie: Tie) -> &'static str {
    match tie {
        Tie::Top => "",
        Tie::Under => "part",
        Tie::Role(role) => role.word(),
        Tie::Input => "part of its formula",
    }
}
