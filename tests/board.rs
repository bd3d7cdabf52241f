//! What the board shows of the sample, as text, and its numbers against those of the report.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a missing value is the failure")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};
use waymark::analysis::evaluate;
use waymark::chart::board::{Board, Column, Grouping, Line, Row, Sort, Wanted, tab_separated};
use waymark::document::Document;
use waymark::model::{Date, GoalId, Project, Status, Tree};
use waymark::workspace::{Memos, View};
use waymark::{report, storage};

struct Sample {
    document: Document,
    memos: Memos,
    as_of: Date,
}

fn sample() -> Sample {
    let project = storage::sample();
    let as_of = project.settings.as_of.unwrap();
    Sample { document: Document::new(project), memos: Memos::default(), as_of }
}

impl Sample {
    fn board(&self, wanted: Wanted) -> Arc<Board> {
        let mut view = View::default();
        view.arranged.board.wanted = wanted;
        self.memos.board(&self.document, self.as_of, &view)
    }

    fn row(&self, goal: &GoalId) -> Arc<Row> {
        self.memos.board_row(&self.document, self.as_of, goal).unwrap()
    }

    fn rows(&self) -> Vec<Arc<Row>> {
        let goals = self.board(Wanted { initiatives: true, ..Wanted::default() });
        goals.lines.iter().filter_map(|line| if let Line::Goal { id, .. } = line { Some(self.row(id)) } else { None }).collect()
    }

    /// Titles, indented; what only gives context in brackets.
    fn outline(&self, wanted: Wanted) -> String {
        let mut text = String::new();
        for line in &self.board(wanted).lines {
            match line {
                Line::Group { name, counts, .. } => {
                    writeln!(text, "# {name}: {}", counts.iter().map(|(_, count)| count).sum::<usize>()).unwrap();
                }
                Line::Goal { id, depth, is_context, .. } => {
                    let title = &self.row(id).title;
                    let title = if *is_context { format!("({title})") } else { title.clone() };
                    writeln!(text, "{}{title}", "  ".repeat(*depth)).unwrap();
                }
            }
        }
        text
    }

    fn report(&self, as_of: Date) -> Value {
        report_of(self.document.project(), as_of)
    }
}

fn report_of(project: &Project, as_of: Date) -> Value {
    let tree = Tree::of(project);
    report::json(project, &tree, &evaluate(project, &tree, as_of))
}

fn goal_in<'a>(report: &'a Value, id: &GoalId) -> &'a Value {
    report["goals"].as_array().unwrap().iter().find(|g| g["id"] == id.as_str()).unwrap()
}

#[test]
fn the_board_of_the_sample() {
    let sample = sample();
    let board = sample.board(Wanted { initiatives: true, ..Wanted::default() });
    let mut text = format!("{}\n{}\n", board.title, board.subtitle);
    let counts: Vec<String> = board.counts.iter().map(|(status, count)| format!("{count} {}", status.word())).collect();
    writeln!(text, "{}; {}\n", counts.join(", "), board.count_words()).unwrap();
    for line in &board.lines {
        let Line::Goal { id, depth, .. } = line else { continue };
        let row = sample.row(id);
        let cells: Vec<String> = Column::ALL.into_iter().filter(|c| *c != Column::Kpi).map(|column| row.text(column)).collect();
        writeln!(text, "{}{}", "  ".repeat(*depth), cells.join(" | ")).unwrap();
        writeln!(text, "{}  change {}", "  ".repeat(*depth), row.why(Column::Change).join(" ")).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// Every number that a row holds is that of the report under its key.
#[test]
fn every_number_is_that_of_the_report() {
    let sample = sample();
    let report = sample.report(sample.as_of);
    let rows = sample.rows();
    assert_eq!(rows.len(), report["goals"].as_array().unwrap().len(), "every goal of the sample has a row");
    let mut compared = 0;
    for row in &rows {
        let of = goal_in(&report, &row.goal);
        let mut same = |key: &str, value: Value| {
            assert_eq!(of[key], value, "{key} of {}", row.goal);
            compared += usize::from(!value.is_null());
        };
        same("title", json!(row.title));
        same("status", json!(row.status.code()));
        same("progress", json!(row.progress));
        same("expected", json!(row.expected));
        same("current", json!(row.current));
        same("target", json!(row.target));
        same("last_check_in", json!(row.check_in.last.map(|d| d.to_string())));
        same("check_in_due", json!(row.check_in.due.map(|d| d.to_string())));
        same("check_ins_overdue", json!(row.check_in.overdue));
        same("confidence", json!(row.confidence));
        if of.get("likelihood").is_some() {
            same("likelihood", json!(row.likelihood));
            for (key, at) in [("due_p10", 0), ("due_p50", 1), ("due_p90", 2)] {
                same(key, json!(row.forecast.map(|f| f[at])));
            }
        } else {
            assert_eq!((row.likelihood, row.forecast), (None, None), "{}", row.goal);
        }
        let days = row.check_in.last.map(|last| (sample.as_of - last).num_days());
        assert_eq!(row.check_in.days, days);
    }
    assert!(compared > 180, "{compared} numbers were compared");
}

/// What a change is compared with is what the report of that day says.
#[test]
fn changes_are_the_difference_of_two_reports() {
    let sample = sample();
    let report = sample.report(sample.as_of);
    let mut reports: BTreeMap<Date, Value> = BTreeMap::new();
    let mut compared = 0;
    for row in sample.rows() {
        let Some(change) = row.moved.change else { continue };
        let Some(since) = change.since else { continue };
        let then = reports.entry(since).or_insert_with(|| sample.report(since));
        let value = |report: &Value, key: &str| goal_in(report, &row.goal)[key].as_f64();
        assert_eq!(change.before, value(then, "current"), "{}", row.goal);
        let moved = value(&report, "current").zip(change.before).map(|(now, before)| now - before);
        assert_eq!(change.value, moved, "{}", row.goal);
        let progress = value(&report, "progress").zip(value(then, "progress")).map(|(now, before)| now - before);
        assert_eq!(change.progress, progress, "{}", row.goal);
        compared += 1;
    }
    assert!(compared >= 8, "{compared} changes since a check-in");
}

#[test]
fn the_words_of_a_row_say_its_numbers() {
    let sample = sample();
    for row in sample.rows() {
        if let Some(progress) = row.progress {
            let shown = sample.document.project().settings.locale.percent(progress, 0);
            assert!(row.words().starts_with(&format!("{shown} done")), "{}", row.words());
        }
        assert_eq!(row.text(Column::Status), row.status.word());
    }
}

#[test]
fn initiatives_are_folded_away_at_first() {
    let sample = sample();
    let outline = sample.outline(Wanted::default());
    assert!(!outline.contains("Ship quick capture"), "{outline}");
    let mut wanted = Wanted::default();
    wanted.toggled.insert(GoalId::parse("g-mau").unwrap());
    wanted.toggled.insert(GoalId::parse("g-trust").unwrap());
    let outline = sample.outline(wanted);
    assert!(outline.contains("\n  Bring MAU to 10 M by Q4\n    Ship quick capture on mobile\n"), "{outline}");
    assert!(outline.ends_with("Be the product people trust\n"), "{outline}");
}

#[test]
fn a_filter_keeps_what_goals_hang_on() {
    let sample = sample();
    let outline = sample.outline(Wanted { statuses: [Status::AtRisk].into(), ..Wanted::default() });
    assert_eq!(
        outline,
        "(Become the daily habit)\n  Halve time to first value\nBe the product people trust\n  NPS of 50 or more\n  First response under 4 hours\n"
    );
    let board = sample.board(Wanted { statuses: [Status::AtRisk].into(), ..Wanted::default() });
    assert_eq!(board.count_words(), "4 of 19 goals");
    assert_eq!(board.counts, sample.board(Wanted::default()).counts, "the counts stay, so that another status can be chosen");
    let outline = sample.outline(Wanted { owner: Some("Design".to_owned()), text: "value".to_owned(), ..Wanted::default() });
    assert_eq!(outline, "(Become the daily habit)\n  Halve time to first value\n");
    // By the name of the metric.
    let outline = sample.outline(Wanted { text: "crash-free".to_owned(), ..Wanted::default() });
    assert_eq!(outline, "Become the daily habit\n");
    assert_eq!(sample.outline(Wanted { text: "nothing like it".to_owned(), ..Wanted::default() }), "");
}

#[test]
fn columns_sort_siblings_with_what_is_unknown_at_the_end() {
    let sample = sample();
    let sorted = |column, reversed| {
        let wanted = Wanted { sort: Some(Sort { column, reversed }), grouping: Grouping::Stage, ..Wanted::default() };
        let board = sample.board(wanted);
        let rows = board.lines.iter().filter_map(|line| if let Line::Goal { id, .. } = line { Some(sample.row(id)) } else { None });
        rows.collect::<Vec<_>>()
    };
    let gap = |row: &Row| row.progress.zip(row.expected).map(|(p, e)| p - e);
    for reversed in [false, true] {
        let gaps: Vec<Option<f64>> = sorted(Column::Progress, reversed).iter().map(|row| gap(row)).collect();
        let known: Vec<f64> = gaps.iter().copied().flatten().collect();
        assert!(gaps[..known.len()].iter().all(Option::is_some), "unknown ones come last: {gaps:?}");
        assert!(known.is_sorted_by(|a, b| if reversed { a >= b } else { a <= b }), "{known:?}");
    }
    let days: Vec<Option<i64>> = sorted(Column::CheckIn, false).iter().map(|row| row.check_in.days).collect();
    assert_eq!(days[..4], [None, None, Some(40), Some(33)], "where nobody ever checked in comes first");
    // In the tree, objectives among themselves and key results under each.
    let outline = sample.outline(Wanted { sort: Some(Sort { column: Column::Status, reversed: false }), ..Wanted::default() });
    let roots: Vec<&str> = outline.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(roots, ["Be the product people trust", "Become the daily habit", "Grow revenue that stays"]);
}

#[test]
fn every_goal_is_in_some_group() {
    let sample = sample();
    for grouping in Grouping::ALL {
        let board = sample.board(Wanted { grouping, ..Wanted::default() });
        let goals: std::collections::BTreeSet<&GoalId> =
            board.lines.iter().filter_map(|line| if let Line::Goal { id, .. } = line { Some(id) } else { None }).collect();
        assert_eq!(goals.len(), 19, "{grouping:?}");
    }
    let heads = |grouping| {
        let outline = sample.outline(Wanted { grouping, ..Wanted::default() });
        outline.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        heads(Grouping::Owner),
        ["# Design: 2", "# Growth: 3", "# Mobile: 1", "# Platform: 2", "# Product: 3", "# Revenue: 5", "# Support: 3"]
    );
    assert_eq!(heads(Grouping::Team), ["# Growth: 7", "# Revenue: 6", "# Support: 6"]);
    assert_eq!(heads(Grouping::Driver), ["# Driven by the customer: 13", "# Driven by the business: 6"]);
    assert_eq!(heads(Grouping::Status)[0], "# At risk: 4");
}

#[test]
fn the_table_for_a_spreadsheet_has_a_line_for_each_row_and_numbers_in_full() {
    let sample = sample();
    let rows = sample.rows();
    let text = tab_separated(rows.iter().map(AsRef::as_ref));
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), rows.len() + 1);
    assert!(lines.iter().all(|cells| cells.len() == lines[0].len()));
    let mau = lines.iter().find(|cells| cells[0] == "Bring MAU to 10 M by Q4").unwrap();
    assert_eq!(mau[1..8], ["Key result", "Become the daily habit", "Behind", "65.1923%", "83.2418%", "9095000", "10000000"]);
}
