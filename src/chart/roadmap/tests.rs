//! What the roadmap of the sample states, and what pulling its bars does.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::{Evaluation, evaluate};
use crate::model::{Calendar, Date, Goal, GoalId, Project, Span, TargetStage, Tree};
use crate::storage::sample;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn evaluated(project: &Project) -> (Tree, Evaluation) {
    let tree = Tree::of(project);
    let evaluation = evaluate(project, &tree, day("2026-11-21"));
    (tree, evaluation)
}

/// Everything a reader would see, as text.
fn stated(project: &Project, arranged: &Arranged) -> String {
    let (tree, evaluation) = evaluated(project);
    let roadmap = roadmap(project, &tree, &evaluation, arranged);
    let mut text = format!("{}\n", title(project, &evaluation, &roadmap.goals));
    let range = window(&project.settings.calendar, evaluation.as_of, Reach::Year { quarters: 4 });
    let head = axis_head(project, range, 936.0 / (range.1 - range.0), evaluation.as_of);
    let cells = |cells: &[Cell]| {
        let words =
            cells.iter().map(|c| format!("{}{}{}", c.label, if c.cycle.is_some() { "°" } else { "" }, if c.is_now { "*" } else { "" }));
        words.collect::<Vec<_>>().join(" | ")
    };
    for row in &head.cycles {
        writeln!(text, "cycles {}", cells(row)).unwrap();
    }
    writeln!(text, "units {}\nparts {}\n", cells(&head.units), cells(&head.parts)).unwrap();
    for lane in &roadmap.lanes {
        match lane {
            Lane::Group { title, goals } => writeln!(text, "{title} ({goals})").unwrap(),
            Lane::Goal { goal, depth, open, context } => {
                let bar = bar(project, &tree, &evaluation, goal).unwrap();
                let fold = open.map_or("", |open| if open { "▼ " } else { "▶ " });
                let context = if *context { "(above) " } else { "" };
                writeln!(text, "{}{fold}{context}{}", "  ".repeat(*depth), bar.words).unwrap();
            }
        }
    }
    write!(text, "{} without dates, of {}", roadmap.undated, roadmap.goals.len()).unwrap();
    text
}

#[test]
fn the_sample_by_objective() {
    insta::assert_snapshot!(stated(&sample(), &Arranged::default()));
}

#[test]
fn the_sample_by_owner() {
    insta::assert_snapshot!(stated(&sample(), &Arranged { grouping: Grouping::Owner, ..Arranged::default() }));
}

#[test]
fn a_cycle_shows_its_goals_and_what_they_hang_under() {
    let cycle = sample().cycles.values().find(|c| c.name == "Q4 2026").unwrap().id.clone();
    insta::assert_snapshot!(stated(&sample(), &Arranged { cycle: Some(cycle), ..Arranged::default() }));
}

#[test]
fn what_is_folded_or_archived_has_no_lane() {
    let mut project = sample();
    let goal = |word: &str| GoalId::parse(&format!("g-{word}")).unwrap();
    let lanes = |project: &Project, arranged: &Arranged| {
        let (tree, evaluation) = evaluated(project);
        roadmap(project, &tree, &evaluation, arranged).lanes
    };
    let has = |lanes: &[Lane], wanted: &GoalId| lanes.iter().any(|lane| matches!(lane, Lane::Goal { goal, .. } if goal == wanted));
    let folded = Arranged { folded: [goal("mau")].into(), ..Arranged::default() };
    let shown = lanes(&project, &folded);
    assert!(has(&shown, &goal("mau")) && !has(&shown, &goal("quick-capture")));
    assert!(shown.contains(&Lane::Goal { goal: goal("mau"), depth: 1, open: Some(false), context: false }));
    let objectives = lanes(&project, &Arranged { levels: Levels::Objectives, ..Arranged::default() });
    assert!(objectives.iter().all(|lane| matches!(lane, Lane::Goal { open: None, depth: 0, .. })) && objectives.len() == 3);

    Arc::make_mut(project.goals.get_mut(&goal("daily-habit")).unwrap()).archived = true;
    assert!(!has(&lanes(&project, &Arranged::default()), &goal("mau")));
}

#[test]
fn goals_without_dates_are_counted_and_can_be_listed_alone() {
    let mut project = sample();
    let id = GoalId::parse("g-trust").unwrap();
    Arc::make_mut(project.goals.get_mut(&id).unwrap()).cycle = None;
    let (tree, evaluation) = evaluated(&project);
    let alone = roadmap(&project, &tree, &evaluation, &Arranged { only_undated: true, ..Arranged::default() });
    assert_eq!((alone.undated, &alone.lanes[..]), (1, &[Lane::Goal { goal: id.clone(), depth: 0, open: None, context: false }][..]));
    let bar = bar(&project, &tree, &evaluation, &id).unwrap();
    assert_eq!((bar.dates.as_str(), bar.start_origin), ("no dates", None));
    assert!(bar.under.is_some_and(|(first, last)| first <= day("2026-01-01") && last >= day("2026-12-31")), "{:?}", bar.under);
}

#[test]
fn the_head_follows_the_fiscal_year_and_the_zoom() {
    let mut project = sample();
    project.cycles.clear();
    project.settings.calendar.fiscal_start_month = 4;
    let as_of = day("2026-11-21");
    let labels = |from: &str, to: &str, px: f64| {
        let head = axis_head(&project, (day_number(day(from)), day_number(day(to))), px, as_of);
        [head.units, head.parts].map(|cells| cells.into_iter().map(|c| c.label).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(labels("2026-10-01", "2027-04-01", 2.0), ["Q3 FY27 Q4 FY27", "Oct Nov Dec Jan Feb Mar"]);
    assert_eq!(labels("2026-11-01", "2026-11-30", 20.0), ["Nov 2026", "26 2 9 16 23"]);
    assert_eq!(labels("2026-04-01", "2028-04-01", 0.4), ["FY27 FY28", "Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4"]);
    let [years, parts] = labels("2020-04-01", "2040-04-01", 0.05);
    assert_eq!(
        (years.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), parts.as_str()),
        ("FY22 FY25 FY28 FY31 FY34 FY37 FY40", "")
    );
    let days = |reach| {
        let (from, to) = window(&project.settings.calendar, as_of, reach);
        ((to - from) as i64, from == day_number(day("2026-10-01")))
    };
    assert_eq!([days(Reach::Quarter), days(Reach::Half)], [(92, true), (182, true)]);
    assert_eq!(days(Reach::Year { quarters: 4 }), (365, false));
}

#[test]
fn every_cycle_of_the_project_stands_in_the_head_without_overlap() {
    let project = sample();
    let head = axis_head(&project, (day_number(day("2026-01-01")), day_number(day("2027-01-01"))), 2.5, day("2026-11-21"));
    let named = head.cycles.iter().flatten().chain(&head.units).filter(|c| c.cycle.is_some()).count();
    assert_eq!(named, project.cycles.len());
    for row in &head.cycles {
        assert!(row.windows(2).all(|pair| pair[0].to <= pair[1].from), "{row:?}");
    }
}

fn span(start: &str, due: &str) -> Span {
    Span { start: Some(day(start)), due: Some(day(due)) }
}

fn pull(grip: Grip, days: f64, snap: Snap) -> Pull {
    Pull { grip, days, snap, reach_days: 2.0 }
}

#[test]
fn bars_move_by_weeks_or_days_and_fall_on_the_edges_of_cycles() {
    let calendar = Calendar::default();
    let free = Edges::default();
    let bar = span("2026-10-07", "2026-12-16");
    let after = |p: Pull, edges: &Edges| pulled(&calendar, bar, p, edges);
    assert_eq!(after(pull(Grip::Whole, 9.0, Snap::Week), &free), span("2026-10-14", "2026-12-23"));
    assert_eq!(after(pull(Grip::Whole, -2.4, Snap::Day), &free), span("2026-10-05", "2026-12-14"));
    // The weeks of the calendar begin on Monday: 5 October is one, 20 December is a Sunday.
    assert_eq!(after(pull(Grip::Start, -1.0, Snap::Week), &free).start, Some(day("2026-10-05")));
    assert_eq!(after(pull(Grip::Due, 3.0, Snap::Week), &free).due, Some(day("2026-12-20")));
    let quarter = Edges { starts: vec![day("2026-10-01")], ends: vec![day("2026-12-31")] };
    assert_eq!(after(pull(Grip::Due, 14.0, Snap::Week), &quarter).due, Some(day("2026-12-31")));
    assert_eq!(after(pull(Grip::Start, -7.0, Snap::Week), &quarter).start, Some(day("2026-10-01")));
    assert_eq!(after(pull(Grip::Whole, -5.5, Snap::Week), &quarter), span("2026-10-01", "2026-12-10"));
    assert_eq!(after(pull(Grip::Start, 400.0, Snap::Day), &free).start, bar.due, "a start stops at the due date");
}

#[test]
fn what_a_goal_inherits_stays_inherited_until_it_is_moved() {
    let project = sample();
    let goal = project.goal(&GoalId::parse("g-mau").unwrap()).unwrap();
    let year = project.span(goal);
    assert_eq!((goal.start, goal.due), (None, None));
    assert_eq!(own_dates(&project, goal, moved(year, Grip::Due, -7)), (None, Some(day("2026-12-24"))));
    assert_eq!(own_dates(&project, goal, year), (None, None));
    assert_eq!(
        preview(&project, goal, year, moved(year, Grip::Due, 14)),
        [
            "1 Jan 2026 – 14 Jan 2027 · 54 weeks",
            "was 1 Jan – 31 Dec 2026 · 52 weeks, from the cycle FY 2026",
            "Ends 2 weeks after “Become the daily habit” (31 Dec 2026)"
        ]
    );
    assert_eq!(preview(&project, goal, year, year), ["1 Jan – 31 Dec 2026 · 52 weeks"]);
}

#[test]
fn dates_of_an_earlier_day_and_of_closed_goals_stay() {
    let project = sample();
    let goal = |word: &str| project.goal(&GoalId::parse(&format!("g-{word}")).unwrap()).unwrap();
    let mau = goal("mau");
    assert!(is_movable(&project, mau, project.span(mau)));
    assert!(!is_movable(&project, mau, moved(project.span(mau), Grip::Due, -7)));
    let closed = goal("single-sign-on");
    assert!(!is_movable(&project, closed, project.span(closed)));
}

#[test]
fn a_stage_moves_between_its_neighbours() {
    let stage = |by: &str, value| TargetStage { by: day(by), value };
    let stages = [stage("2026-03-31", 1.0), stage("2026-06-30", 2.0), stage("2026-12-31", 3.0)];
    let by = |index, days| stage_moved(&stages, index, days, span("2026-01-01", "2026-12-31"))[index].by;
    assert_eq!(by(1, 10.0), day("2026-07-10"));
    assert_eq!(by(1, 500.0), day("2026-12-30"));
    assert_eq!(by(1, -500.0), day("2026-04-01"));
    assert_eq!(by(0, -500.0), day("2026-01-02"));
    assert_eq!(by(2, 90.0), day("2026-12-31"));
}

#[test]
fn a_goal_without_dates_is_offered_those_of_the_goal_above() {
    let mut project = sample();
    let id = GoalId::parse("g-new").unwrap();
    let above = GoalId::parse("g-daily-habit").unwrap();
    project.goals.insert(id.clone(), Arc::new(Goal::objective(id.clone(), Some(above), "New")));
    let offered = suggested(&project, project.goal(&id).unwrap(), day("2026-11-21"));
    assert_eq!(offered, span("2026-01-01", "2026-12-31"));
    let alone = Goal::objective(GoalId::parse("g-alone").unwrap(), None, "Alone");
    assert_eq!(suggested(&project, &alone, day("2026-11-21")), span("2026-10-01", "2026-12-31"), "the cycle that runs");
}

proptest! {
    #[test]
    fn pulling_never_turns_a_bar_around_nor_changes_the_length_of_a_moved_one(
        from in 0i64..2000, length in 0i64..800, days in -3000.0f64..3000.0, weeks: bool, grip in 0usize..3
    ) {
        let start = day("2024-01-01") + chrono::TimeDelta::days(from);
        let bar = Span { start: Some(start), due: Some(start + chrono::TimeDelta::days(length)) };
        let grip = [Grip::Whole, Grip::Start, Grip::Due][grip];
        let snap = if weeks { Snap::Week } else { Snap::Day };
        let edges = Edges { starts: vec![day("2026-01-01")], ends: vec![day("2026-12-31")] };
        let after = pulled(&Calendar::default(), bar, pull(grip, days, snap), &edges);
        let (start, due) = (after.start.unwrap(), after.due.unwrap());
        prop_assert!(start <= due);
        match grip {
            Grip::Whole => prop_assert_eq!((due - start).num_days(), length),
            Grip::Start => prop_assert_eq!(after.due, bar.due),
            Grip::Due => prop_assert_eq!(after.start, bar.start),
        }
    }
}
