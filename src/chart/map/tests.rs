use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::analysis::evaluate;
use crate::chart::{Context, fixture, sparkline};
use crate::model::{Formula, Goal, Link as ModelLink, Metric, MissingInput, Origin};
use crate::storage;
use std::sync::Arc;

fn everything(folded: &BTreeSet<CardOf>) -> Wanted<'_> {
    Wanted { cycle: None, folded, aspect: 1.6 }
}

fn map_of(project: &Project) -> Map {
    Map::of(project, &Tree::of(project), everything(&BTreeSet::new()))
}

/// The map as lines: depth, what ties a card to the one it hangs on, what the card says; then links.
fn told(project: &Project, map: &Map) -> String {
    let as_of = project.as_of(fixture::date("2026-11-21"));
    let evaluation = evaluate(project, &Tree::of(project), as_of);
    let context = Context { project, evaluation: &evaluation };
    let mut text = String::new();
    for (index, node) in map.nodes.iter().enumerate() {
        let spark = match &node.subject {
            CardOf::Metric(id) => project.metric(id).map(|m| sparkline(project, m, as_of)),
            CardOf::Goal(_) => None,
        };
        let card = card(&context, map, index, spark.as_ref());
        let tie = match node.tie {
            Tie::Top | Tie::Under => String::new(),
            Tie::Role(role) => format!("({}) ", role.word()),
            Tie::Input => "(feeds) ".to_owned(),
        };
        writeln!(text, "{}{tie}{}", "  ".repeat(node.depth), card.words).unwrap();
    }
    let name = |at: usize| match &map.nodes[at].subject {
        CardOf::Goal(id) => project.goal(id).unwrap().title.clone(),
        CardOf::Metric(id) => project.metric(id).unwrap().name.clone(),
    };
    for link in &map.links {
        writeln!(text, "{} → {} ({:?})", name(link.from), name(link.to), link.tie).unwrap();
    }
    text
}

fn assert_sound(map: &Map) {
    // Sorted by column and top, two cards over each other would be neighbours.
    let mut order: Vec<&Node> = map.nodes.iter().collect();
    order.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.top.total_cmp(&b.top)));
    for pair in order.windows(2) {
        let apart = pair[0].left != pair[1].left || pair[0].bottom() <= pair[1].top;
        assert!(apart, "{:?} lies over {:?}", pair[0], pair[1]);
        assert!(pair[0].left == pair[1].left || pair[0].right() <= pair[1].left, "columns lie apart");
    }
    for (index, node) in map.nodes.iter().enumerate() {
        assert!(node.left >= 0.0 && node.top >= 0.0 && node.right() <= map.width && node.bottom() <= map.height, "{node:?} is on the map");
        let children: Vec<&Node> = map.children(index).map(|c| &map.nodes[c]).collect();
        assert!(children.iter().all(|c| c.parent == Some(index) && c.left > node.left), "what hangs on a card stands to its right");
        assert!(children.windows(2).all(|pair| pair[0].bottom() < pair[1].top), "children are in order");
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            let middle = f32::midpoint(first.middle(), last.middle());
            assert!((node.middle() - middle).abs() <= 1.5, "a card is in the middle of what hangs on it");
        }
    }
}

/// A forest from choices: each node hangs on one of the last few open ones, or stands at the top.
fn forest(choices: &[(u8, bool)]) -> Map {
    let mut parents: Vec<Option<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, (up, _)) in choices.iter().enumerate() {
        // 0 goes on deeper, others go back up by so many levels.
        open.truncate(open.len().saturating_sub(usize::from(*up)));
        parents.push(open.last().copied());
        open.push(at);
    }
    let mut map = Map::default();
    for (at, (parent, (_, tall))) in parents.iter().zip(choices).enumerate() {
        let depth = parent.map_or(0, |p| map.nodes[p].depth + 1);
        map.nodes.push(Node {
            subject: CardOf::Goal(GoalId::from_random(at as u64)),
            left: 0.0,
            top: 0.0,
            height: if *tall { GOAL_HEIGHT } else { METRIC_HEIGHT },
            parent: *parent,
            tie: Tie::Under,
            end: at + 1,
            depth,
            folded: Some(false),
            hidden: 0,
            muted: false,
        });
    }
    for at in (0..map.nodes.len()).rev() {
        if let Some(parent) = map.nodes[at].parent {
            map.nodes[parent].end = map.nodes[parent].end.max(map.nodes[at].end);
        }
    }
    let mut first = 0;
    while first < map.nodes.len() {
        let end = map.nodes[first].end;
        map.blocks.push(Block { left: 0.0, top: 0.0, width: 0.0, height: 0.0, first, end, loose: false });
        first = end;
    }
    map.finish(1.6, None);
    map
}

fn choices(most: usize) -> impl Strategy<Value = Vec<(u8, bool)>> {
    prop::collection::vec((prop_oneof![3 => Just(0_u8), 4 => Just(1), 2 => 2_u8..5, 1 => 5_u8..9], any::<bool>()), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_cards_lie_over_each_other_and_children_are_in_order(choices in choices(400)) {
        assert_sound(&forest(&choices));
    }

    #[test]
    fn a_search_by_place_finds_what_a_look_at_every_card_finds(choices in choices(200), x in 0.0_f32..4000.0, y in 0.0_f32..8000.0) {
        let map = forest(&choices);
        let area = Area { left: x, top: y, right: x + 1500.0, bottom: y + 900.0 };
        let over = |n: &Node| n.left <= area.right && n.right() >= area.left && n.top <= area.bottom && n.bottom() >= area.top;
        let expected: BTreeSet<usize> = map.nodes.iter().enumerate().filter(|(_, n)| over(n)).map(|(at, _)| at).collect();
        prop_assert_eq!(map.in_area(area).collect::<BTreeSet<_>>(), expected);
        let parents: BTreeSet<usize> = map.parents_in_area(area).collect();
        for (index, node) in map.nodes.iter().enumerate() {
            if let Some(parent) = node.parent
                && (over(node) || over(&map.nodes[parent]))
            {
                prop_assert!(parents.contains(&parent), "the line to card {} is drawn", index);
            }
        }
    }

    #[test]
    fn the_time_is_linear(choices in choices(600)) {
        let map = forest(&choices);
        for block in &map.blocks {
            let seats: Vec<_> = map.nodes[block.first..block.end]
                .iter()
                .map(|n| tidy::Seat { parent: n.parent.map(|p| p - block.first), end: n.end - block.first, height: f64::from(n.height) })
                .collect();
            prop_assert!(tidy::tidy(&seats).contour_steps < seats.len());
        }
    }

    #[test]
    fn pages_show_every_card_and_none_is_wider_or_higher_than_the_paper(choices in choices(300)) {
        let map = forest(&choices);
        let most = (2_500.0, 1_800.0);
        let pages = pages(&map, most, 1.4);
        let shown: BTreeSet<&CardOf> = pages.iter().flat_map(|page| page.nodes.iter().map(|n| &n.subject)).collect();
        prop_assert_eq!(shown.len(), map.nodes.len());
        for page in &pages {
            assert_sound(page);
            prop_assert!(page.width <= most.0 && page.height <= most.1, "{} × {}", page.width, page.height);
        }
    }
}

#[test]
fn ten_thousand_cards_do_not_lie_over_each_other() {
    // Deep and shallow, wide and narrow, by a fixed pattern.
    let choices: Vec<(u8, bool)> = (0..10_000_u32).map(|n| ((n.wrapping_mul(2_654_435_761) >> 29) as u8 % 5, n % 3 == 0)).collect();
    assert_sound(&forest(&choices));
    let chain: Vec<(u8, bool)> = vec![(0, true); 10_000];
    assert_sound(&forest(&chain));
    let star: Vec<(u8, bool)> = (0..10_000).map(|n| (u8::from(n > 1), n % 2 == 0)).collect();
    assert_sound(&forest(&star));
}

#[test]
fn the_map_of_the_sample() {
    let sample = storage::sample();
    let map = map_of(&sample);
    assert_sound(&map);
    insta::assert_snapshot!(told(&sample, &map));
}

/// What the picture shows, for who cannot see it: each card once, and each tie of the picture in words.
#[test]
fn the_map_of_the_sample_as_a_table() {
    let sample = storage::sample();
    let as_of = sample.as_of(fixture::date("2026-11-21"));
    let evaluation = evaluate(&sample, &Tree::of(&sample), as_of);
    let context = Context { project: &sample, evaluation: &evaluation };
    let map = map_of(&sample);
    let table = tab_separated(&context, &map, |id| Arc::new(sparkline(&sample, sample.metric(id).unwrap(), as_of)));
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), map.nodes.len() + 1);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let ties: usize =
        rows[1..].iter().map(|row| usize::from(!row[3].is_empty()) + row[5].split("; ").filter(|l| !l.is_empty()).count()).sum();
    assert_eq!(ties, map.nodes.iter().filter(|n| n.parent.is_some()).count() + map.links.len());
    insta::assert_snapshot!(table.replace('\t', " | "));
}

#[test]
fn a_metric_stands_once_beside_the_goal_that_it_measures() {
    let mut project = fixture::project();
    // Uptime is a guardrail of the objective, and the measure of a key result under it.
    let map = map_of(&project);
    let at = map.place_of(&CardOf::Metric(fixture::metric_id("m-uptime"))).unwrap();
    let parent = &map.nodes[map.nodes[at].parent.unwrap()].subject;
    assert_eq!(parent, &CardOf::Goal(fixture::goal_id("g-uptime")));
    let [link] = map.links[..] else { panic!("one link, to the objective") };
    assert_eq!((link.from, link.to, link.tie), (at, 0, Tie::Role(Role::Guardrail)));

    // Folded away, the key result leaves it to the objective.
    let folded = BTreeSet::from([CardOf::Goal(fixture::goal_id("g-uptime"))]);
    let map = Map::of(&project, &Tree::of(&project), everything(&folded));
    let at = map.place_of(&CardOf::Metric(fixture::metric_id("m-uptime"))).unwrap();
    assert_eq!((map.nodes[at].parent, map.nodes[at].tie), (Some(0), Tie::Role(Role::Guardrail)));
    project.links.clear();
    let map = Map::of(&project, &Tree::of(&project), everything(&folded));
    assert_eq!(map.place_of(&CardOf::Metric(fixture::metric_id("m-uptime"))), None);
    let at = map.place_of(&CardOf::Goal(fixture::goal_id("g-uptime"))).unwrap();
    assert_eq!((map.nodes[at].folded, map.nodes[at].hidden), (Some(true), 1));
}

#[test]
fn what_feeds_a_formula_stands_beside_it_and_metrics_without_a_goal_at_the_end() {
    let mut project = fixture::project();
    for name in ["sign-ups", "visits", "tickets"] {
        let metric = Metric::new(fixture::metric_id(&format!("m-{name}")), name);
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
    }
    let mut rate = Metric::new(fixture::metric_id("m-rate"), "Sign-up rate");
    let formula = Formula::parse("[m-sign-ups] / [m-visits]").unwrap();
    rate.origin = Origin::Computed { formula, missing: MissingInput::Missing };
    let goal = fixture::goal_id("g-habit");
    let link = ModelLink { goal, metric: rate.id.clone(), role: Role::Driver, expected_lag_days: None };
    project.links.insert(link.key(), link);
    project.metrics.insert(rate.id.clone(), Arc::new(rate));
    let map = map_of(&project);
    assert_sound(&map);
    let lines = told(&project, &map);
    let lines: Vec<&str> = lines.lines().skip_while(|line| !line.contains("Sign-up rate")).collect();
    assert_eq!(
        lines,
        [
            "  (driver) KPI “Sign-up rate”: –, driver of “Become the daily habit”",
            "    (feeds) KPI “sign-ups”: –, feeds Sign-up rate",
            "    (feeds) KPI “visits”: –, feeds Sign-up rate",
            "KPI “tickets”: –, no goal",
            "Uptime → Become the daily habit (Role(Guardrail))",
        ]
    );
}

#[test]
fn archived_goals_and_other_cycles_are_not_on_the_map() {
    let mut project = fixture::project();
    Arc::make_mut(project.goals.get_mut(&fixture::goal_id("g-uptime")).unwrap()).archived = true;
    let map = map_of(&project);
    assert_eq!(map.place_of(&CardOf::Goal(fixture::goal_id("g-uptime"))), None);
    let members = BTreeSet::from([fixture::goal_id("g-mau")]);
    let cycle = CycleGoals { members, above: BTreeSet::from([fixture::goal_id("g-habit")]) };
    let map = Map::of(&project, &Tree::of(&project), Wanted { cycle: Some(&cycle), folded: &BTreeSet::new(), aspect: 1.0 });
    let shown: Vec<&CardOf> = map.nodes.iter().map(|n| &n.subject).collect();
    let goal = |id| CardOf::Goal(fixture::goal_id(id));
    let metric = |id| CardOf::Metric(fixture::metric_id(id));
    // Uptime is still a guardrail of the objective above.
    assert_eq!(shown, [&goal("g-habit"), &goal("g-mau"), &metric("m-mau"), &metric("m-uptime")]);
    assert!(map.nodes[0].muted && !map.nodes[1].muted);
}

#[test]
fn what_is_added_moves_nothing_above_it() {
    let mut project = fixture::project();
    let before = map_of(&project);
    let mut goal = Goal::objective(GoalId::from_random(77), Some(fixture::goal_id("g-habit")), "Later");
    goal.order = crate::model::OrderKey::between(project.goals.values().map(|g| &g.order).max(), None);
    project.goals.insert(goal.id.clone(), Arc::new(goal));
    let after = map_of(&project);
    for node in before.nodes.iter().filter(|n| n.depth > 0) {
        let now = &after.nodes[after.place_of(&node.subject).unwrap()];
        assert_eq!((now.left, now.top), (node.left, node.top), "{:?}", node.subject);
    }
}

#[test]
fn a_card_lights_its_way_up_and_all_that_it_carries() {
    let project = fixture::project();
    let map = map_of(&project);
    let at = |subject| map.place_of(&subject).unwrap();
    let goal = |id| at(CardOf::Goal(fixture::goal_id(id)));
    let metric = |id| at(CardOf::Metric(fixture::metric_id(id)));
    let lit = |node| map.lit(node).nodes.iter().enumerate().filter(|(_, lit)| **lit).map(|(at, _)| at).collect::<BTreeSet<_>>();
    assert_eq!(lit(goal("g-mau")), BTreeSet::from([goal("g-habit"), goal("g-mau"), metric("m-mau")]));
    assert_eq!(lit(metric("m-uptime")), BTreeSet::from([goal("g-habit"), goal("g-uptime"), metric("m-uptime")]));
    assert_eq!(map.lit(metric("m-uptime")).links, [true]);
    assert_eq!(lit(goal("g-habit")).len(), map.nodes.len(), "a top goal carries everything under it");
}

#[test]
fn arrows_lead_to_parent_child_and_sibling() {
    let project = fixture::project();
    let map = map_of(&project);
    let at = |id| map.place_of(&CardOf::Goal(fixture::goal_id(id))).unwrap();
    let first = map.step(at("g-habit"), Step::Child).unwrap();
    assert_eq!(map.step(first, Step::Parent), Some(at("g-habit")));
    let second = map.step(first, Step::Next).unwrap();
    assert_eq!(map.nodes[second].parent, Some(at("g-habit")));
    assert_eq!(map.step(second, Step::Previous), Some(first));
    assert_eq!(map.step(at("g-habit"), Step::Parent), None);
}

#[test]
fn words_find_goals_and_kpis_in_the_order_of_the_map() {
    let project = fixture::project();
    let found = find(&project, &Tree::of(&project), None, " mau ");
    assert_eq!(found, [CardOf::Goal(fixture::goal_id("g-mau")), CardOf::Metric(fixture::metric_id("m-mau"))]);
    assert_eq!(find(&project, &Tree::of(&project), None, " "), []);
}
