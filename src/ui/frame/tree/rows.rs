//! The goal tree as a flat list: which rows there are, before anything is drawn.

use std::collections::BTreeSet;

use crate::model::{CycleGoals, Goal, GoalId, MetricId, Project, Tree};

/// One line of the tree panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Goal {
        id: GoalId,
        depth: usize,
        /// `None` where it has no children.
        open: Option<bool>,
        archived: bool,
        /// It only shows where goals of the cycle hang.
        muted: bool,
    },
    /// "Archived", with how many goals were put away.
    Archive {
        count: usize,
        open: bool,
    },
    /// "KPIs without a goal", with how many there are.
    Heading {
        count: usize,
    },
    Metric {
        id: MetricId,
    },
}

/// What is to be listed.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Words in a listed goal's title, owner or KPIs, or in those of one of its descendants.
    pub filter: &'a str,
    pub collapsed: &'a BTreeSet<GoalId>,
    pub archive_open: bool,
    /// Only these goals, and no metrics without a goal; `None` lists all.
    pub cycle: Option<&'a CycleGoals>,
}

/// Rows from top to bottom. A filter opens what is collapsed, so that every match is seen. Archived goals stand at
/// the end by themselves, without what is under them.
pub(super) fn rows(project: &Project, tree: &Tree, wanted: Wanted<'_>) -> Vec<Row> {
    let needle = wanted.filter.trim().to_lowercase();
    let matches = |text: &str| needle.is_empty() || text.to_lowercase().contains(&needle);
    let mut rows = goal_rows(project, tree, wanted, &needle, &matches);
    if wanted.cycle.is_some() {
        return rows;
    }

    let mut used: BTreeSet<&MetricId> = project.links.values().map(|link| &link.metric).collect();
    used.extend(project.goals.values().filter_map(|goal| goal.as_key_result()?.metric.as_ref()));
    let mut unused: Vec<_> =
        project.metrics.values().filter(|m| !used.contains(&m.id) && (matches(&m.name) || matches(&m.abbreviation))).collect();
    unused.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    if !unused.is_empty() {
        rows.push(Row::Heading { count: unused.len() });
        rows.extend(unused.into_iter().map(|metric| Row::Metric { id: metric.id.clone() }));
    }
    let archived = archived_goals(project, tree, &matches);
    if !archived.is_empty() {
        let open = wanted.archive_open || !needle.is_empty();
        rows.push(Row::Archive { count: archived.len(), open });
        if open {
            rows.extend(archived.into_iter().map(|id| Row::Goal { id: id.clone(), depth: 0, open: None, archived: true, muted: false }));
        }
    }
    rows
}

/// Archived goals that match, without those that went along with one above.
fn archived_goals<'a>(project: &'a Project, tree: &'a Tree, matches: &dyn Fn(&str) -> bool) -> Vec<&'a GoalId> {
    let mut found = Vec::new();
    let mut covered_to = 0;
    for (index, seat) in tree.seats().iter().enumerate().filter(|(_, seat)| project.goal(&seat.goal).is_some_and(|g| g.archived)) {
        if index >= covered_to {
            covered_to = seat.end;
            found.extend(project.goal(&seat.goal).filter(|g| matches(&g.title) || matches(&g.owner)).map(|g| &g.id));
        }
    }
    found
}

fn goal_rows(project: &Project, tree: &Tree, wanted: Wanted<'_>, needle: &str, matches: &dyn Fn(&str) -> bool) -> Vec<Row> {
    let Wanted { collapsed, cycle, .. } = wanted;
    let in_cycle = |id: &GoalId| cycle.is_none_or(|goals| goals.shows(id));
    let visits = tree.walk();
    let archived = |id: &GoalId| project.goal(id).is_none_or(|g| g.archived);
    // Backwards, a goal comes after all that is under it: whether a descendant matches is known by then.
    let mut shown = vec![false; visits.len()];
    if !needle.is_empty() {
        let mut deeper_match: Vec<bool> = Vec::new();
        for (index, visit) in visits.iter().enumerate().rev() {
            deeper_match.resize(visit.depth + 2, false);
            let below = std::mem::take(&mut deeper_match[visit.depth + 1]);
            let own = project.goal(visit.goal).is_some_and(|g| matches(&g.title) || matches(&g.owner) || has_kpi(project, g, matches));
            shown[index] = own || below;
            deeper_match[visit.depth] |= shown[index];
        }
    }
    let mut rows = Vec::with_capacity(visits.len());
    // Goals deeper than this are hidden under a closed or archived one.
    let mut closed_at: Option<usize> = None;
    for (index, visit) in visits.iter().enumerate() {
        if closed_at.is_some_and(|depth| visit.depth > depth) {
            continue;
        }
        closed_at = None;
        if archived(visit.goal) {
            closed_at = Some(visit.depth);
            continue;
        }
        if !in_cycle(visit.goal) || (!needle.is_empty() && !shown[index]) {
            continue;
        }
        let has_children = tree.children(visit.goal).iter().any(|child| !archived(child) && in_cycle(child));
        let open = has_children.then(|| !needle.is_empty() || !collapsed.contains(visit.goal));
        if open == Some(false) {
            closed_at = Some(visit.depth);
        }
        let muted = cycle.is_some_and(|goals| !goals.members.contains(visit.goal));
        rows.push(Row::Goal { id: visit.goal.clone(), depth: visit.depth, open, archived: false, muted });
    }
    rows
}

/// Whether the measure of a goal, or a metric linked to it, matches by name or abbreviation.
fn has_kpi(project: &Project, goal: &Goal, matches: &dyn Fn(&str) -> bool) -> bool {
    let own = goal.as_key_result().and_then(|k| project.metric(k.metric.as_ref()?));
    let linked = project.linked_metrics(&goal.id).into_iter().map(|(metric, _)| metric);
    own.into_iter().chain(linked).any(|m| matches(&m.name) || (!m.abbreviation.is_empty() && matches(&m.abbreviation)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Aim, KeyResult, Link, Metric, OrderKey, ProjectId, Role};
    use std::sync::Arc;

    fn goal_id(word: &str) -> GoalId {
        GoalId::parse(&format!("g-{word}")).unwrap()
    }

    /// Habit (MAU, Stickiness), Trust (Uptime), and two metrics, one of them used.
    fn project() -> Project {
        let mut project = Project::empty(ProjectId::from_random(1), "P");
        let used = MetricId::parse("m-mau").unwrap();
        for (id, name) in [(used.clone(), "MAU"), (MetricId::parse("m-tickets").unwrap(), "Tickets")] {
            project.metrics.insert(id.clone(), Arc::new(Metric::new(id, name)));
        }
        let mut order = OrderKey::middle();
        let mut add = |word: &str, title: &str, parent: Option<&str>, metric: Option<&MetricId>| {
            let id = goal_id(word);
            let mut goal = match parent {
                None => Goal::objective(id.clone(), None, title),
                Some(parent) => Goal::key_result(
                    id.clone(),
                    goal_id(parent),
                    title,
                    KeyResult::new(Aim::Increase { start: 0.0, target: 1.0 }, metric.cloned()),
                ),
            };
            order = OrderKey::between(Some(&order), None);
            goal.order = order.clone();
            project.goals.insert(id, Arc::new(goal));
        };
        add("habit", "Become the daily habit", None, None);
        add("mau", "Bring MAU to 10 M", Some("habit"), Some(&used));
        add("stick", "Stickiness", Some("habit"), None);
        add("trust", "Be the product people trust", None, None);
        add("uptime", "Uptime", Some("trust"), None);
        project
    }

    fn check(filter: &str, collapsed: &[&str], expected: &str) {
        let project = project();
        let tree = Tree::of(&project);
        let collapsed = collapsed.iter().map(|word| goal_id(word)).collect();
        let lines: Vec<String> = rows(&project, &tree, Wanted { filter, collapsed: &collapsed, archive_open: false, cycle: None })
            .iter()
            .map(|row| match row {
                Row::Goal { id, depth, open, .. } => {
                    let sign = match open {
                        None => ' ',
                        Some(true) => '-',
                        Some(false) => '+',
                    };
                    format!("{}{sign}{id}", "  ".repeat(*depth))
                }
                Row::Heading { count } => format!("without a goal: {count}"),
                Row::Archive { count, .. } => format!("archived: {count}"),
                Row::Metric { id } => format!(" {id}"),
            })
            .collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn everything_is_listed_in_order_then_metrics_without_a_goal() {
        check("", &[], "-g-habit\n   g-mau\n   g-stick\n-g-trust\n   g-uptime\nwithout a goal: 1\n m-tickets");
    }

    #[test]
    fn a_collapsed_goal_hides_what_is_under_it() {
        check("", &["habit"], "+g-habit\n-g-trust\n   g-uptime\nwithout a goal: 1\n m-tickets");
    }

    #[test]
    fn a_filter_keeps_matches_and_their_parents_and_opens_them() {
        check("mau", &["habit"], "-g-habit\n   g-mau");
        check("  UPTIME ", &[], "-g-trust\n   g-uptime");
        check("tick", &[], "-g-habit\n   g-stick\nwithout a goal: 1\n m-tickets");
        check("trust", &[], "-g-trust");
        check("nothing like it", &[], "");
    }

    #[test]
    fn archived_goals_stand_at_the_end_without_what_is_under_them() {
        let mut project = project();
        for word in ["habit", "stick"] {
            Arc::make_mut(project.goals.get_mut(&goal_id(word)).unwrap()).archived = true;
        }
        let tree = Tree::of(&project);
        let collapsed = BTreeSet::new();
        let listed = |filter, archive_open| rows(&project, &tree, Wanted { filter, collapsed: &collapsed, archive_open, cycle: None });
        let closed = listed("", false);
        assert_eq!(closed.len(), 5, "{closed:?}");
        assert_eq!(closed[4], Row::Archive { count: 1, open: false });
        let habit = Row::Goal { id: goal_id("habit"), depth: 0, open: None, archived: true, muted: false };
        assert_eq!(listed("", true)[5], habit);
        assert_eq!(listed("habit", false), [Row::Archive { count: 1, open: true }, habit]);
    }

    #[test]
    fn a_cycle_keeps_its_goals_and_what_they_hang_on() {
        let project = project();
        let of = |words: &[&str]| words.iter().map(|w| goal_id(w)).collect::<BTreeSet<_>>();
        let cycle = CycleGoals { members: of(&["mau"]), above: of(&["habit"]) };
        let wanted = Wanted { filter: "", collapsed: &BTreeSet::new(), archive_open: false, cycle: Some(&cycle) };
        let row = |word: &str, depth, open, muted| Row::Goal { id: goal_id(word), depth, open, archived: false, muted };
        let listed = rows(&project, &Tree::of(&project), wanted);
        assert_eq!(listed, [row("habit", 0, Some(true), true), row("mau", 1, None, false)], "no other goal, and no metric without one");
    }

    #[test]
    fn a_filter_finds_goals_by_the_names_of_their_kpis() {
        let mut project = project();
        let metric = MetricId::parse("m-tickets").unwrap();
        let link = Link { goal: goal_id("trust"), metric, role: Role::Guardrail, expected_lag_days: None };
        project.links.insert(link.key(), link);
        let wanted = Wanted { filter: "ticket", collapsed: &BTreeSet::new(), archive_open: false, cycle: None };
        let found = rows(&project, &Tree::of(&project), wanted);
        assert!(matches!(&found[..], [Row::Goal { id, .. }] if *id == goal_id("trust")), "{found:?}");
    }
}
