use super::*;
use crate::analysis::{evaluate, metric_values};
use crate::chart::fixture;
use crate::model::{MetricId, Project};
use crate::storage;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn ask(grain: Cadence, from: &str, to: &str) -> Ask {
    Ask { grain, range: (date(from), date(to)), group: GroupBy::Objective, sort: Sort::default() }
}

fn scorecard_of(project: &Project, ask: &Ask) -> Scorecard {
    let tree = Tree::of(project);
    let as_of = project.as_of(date("2026-11-21"));
    let evaluation = evaluate(project, &tree, as_of);
    let context = Context { project, evaluation: &evaluation };
    scorecard(&context, &tree, None, ask, |subject, columns| {
        let metric = project.metric(&subject.metric)?;
        let values = metric_values(project, metric, columns.grain, as_of);
        row(&context, subject, columns, &values, |_| None).map(Arc::new)
    })
}

fn sample(grain: Cadence) -> Scorecard {
    scorecard_of(&storage::sample(), &ask(grain, "2026-06-01", "2026-11-21"))
}

/// The table as text: what is seen with everything shown.
fn stated(scorecard: &Scorecard) -> String {
    let mut lines = vec![scorecard.title.clone(), scorecard.subtitle.clone()];
    let heads: Vec<String> = scorecard.columns.list.iter().map(|c| format!("{} {}", c.head, c.note)).collect();
    lines.push(heads.join(" | "));
    for group in &scorecard.groups {
        lines.push(format!("## {}, {} of {} met", group.title, group.met.0, group.met.1));
        for row in &scorecard.rows[group.rows.clone()] {
            let role = row.subject.role.map_or("-", crate::model::Role::word);
            lines.push(format!("{} ({role}; {}; {}; {})", row.name, row.owner, row.target_words, row.standing.word));
            for part in Part::ALL {
                let cells: Vec<String> = (0..row.cells.len()).map(|column| row.text(column, part)).collect();
                if cells.iter().any(|cell| !cell.is_empty()) {
                    lines.push(format!("  {:<9}{}", part.word(), cells.join(" | ")));
                }
            }
        }
    }
    lines.join("\n")
}

fn row_of<'a>(scorecard: &'a Scorecard, metric: &str) -> &'a Row {
    let id: MetricId = fixture::metric_id(metric);
    scorecard.rows.iter().find(|row| row.subject.metric == id).unwrap()
}

#[test]
fn the_sample_month_by_month() {
    insta::assert_snapshot!(stated(&sample(Cadence::Monthly)));
}

#[test]
fn the_sample_quarter_by_quarter() {
    insta::assert_snapshot!(stated(&scorecard_of(&storage::sample(), &ask(Cadence::Quarterly, "2025-10-01", "2026-11-21"))));
}

#[test]
fn a_month_under_way_is_marked_and_compared_with_nothing() {
    let scorecard = sample(Cadence::Monthly);
    let column = scorecard.columns.list.len() - 1;
    assert_eq!(scorecard.columns.list[column].state, ColumnState::UnderWay);
    assert_eq!(scorecard.columns.list[column].note, "to 21 Nov");
    for row in &scorecard.rows {
        let cell = &row.cells[column];
        assert_eq!((cell.judgement, cell.change), (None, None), "{}", row.name);
        assert_eq!(cell.actual.is_some(), cell.data_to.is_some(), "{}", row.name);
    }
    let words = row_of(&scorecard, "m-sign-ups").cell_words(&scorecard.columns, column);
    assert!(words.starts_with("Nov 2026: 11.2 k to 20 Nov 2026, not over and not compared"), "{words}");
}

#[test]
fn what_is_missing_is_empty_and_not_nought() {
    // Two weeks of uptime are missing, from 21 September on.
    let scorecard = scorecard_of(&fixture::project(), &ask(Cadence::Weekly, "2026-09-14", "2026-10-11"));
    let row = row_of(&scorecard, "m-uptime");
    let texts: Vec<String> = (0..4).map(|column| row.text(column, Part::Actual)).collect();
    assert_eq!(texts, ["99.96 %", "", "", "99.91 %"]);
    assert_eq!(row.text(3, Part::Change), "", "the week before has no value");
    assert_eq!(row.cell_words(&scorecard.columns, 1), "week of 21 Sep 2026: no value, target ≥ 99.9 %");
    assert_eq!(block_text([row], 0..=3, &[Part::Actual]), "99.96\t\t\t99.91");
}

#[test]
fn a_quarterly_metric_stands_where_its_quarter_ends() {
    let scorecard = sample(Cadence::Monthly);
    let row = row_of(&scorecard, "m-net-retention");
    assert_eq!(row.cadence, Cadence::Quarterly);
    let filled: Vec<&str> =
        (0..row.cells.len()).filter(|c| row.cells[*c].actual.is_some()).map(|c| scorecard.columns.list[c].words.as_str()).collect();
    assert_eq!(filled, ["Jun 2026", "Sep 2026"]);
    assert!(row.cell_words(&scorecard.columns, 3).starts_with("Q3 2026: "));
    assert_eq!(row.cell_words(&scorecard.columns, 2), "Aug 2026: part of a longer quarter");
}

#[test]
fn rows_are_sorted_within_their_groups() {
    let project = storage::sample();
    for by in SortBy::ALL {
        let ask = Ask { sort: Sort::by(by), group: GroupBy::Nothing, ..ask(Cadence::Monthly, "2026-01-01", "2026-11-21") };
        let there = scorecard_of(&project, &ask);
        let back = scorecard_of(&project, &Ask { sort: Sort { by, is_reversed: true }, ..ask });
        assert_eq!(there.metrics(), back.metrics());
        assert_eq!(there.rows.len(), there.metrics(), "without groups each KPI stands once");
    }
    let by_status = Ask { sort: Sort::by(SortBy::Status), ..ask(Cadence::Monthly, "2026-01-01", "2026-11-21") };
    let habit = &scorecard_of(&project, &by_status).groups[0];
    assert_eq!(habit.title, "Become the daily habit");
    let scorecard = scorecard_of(&project, &by_status);
    let marks: Vec<_> = scorecard.rows[habit.rows.clone()].iter().map(|r| r.standing.word.as_str()).collect();
    let first_good = marks.iter().position(|m| matches!(*m, "On track" | "Achieved" | "Holds")).unwrap();
    assert!(!marks[first_good..].iter().any(|m| matches!(*m, "At risk" | "Behind")), "{marks:?}");
}

#[test]
fn groups_can_be_folded() {
    let scorecard = sample(Cadence::Monthly);
    let all = scorecard.lines(&BTreeSet::new());
    assert_eq!(all.len(), scorecard.rows.len() + scorecard.groups.len());
    let folded = BTreeSet::from([scorecard.groups[0].key.clone()]);
    assert_eq!(scorecard.lines(&folded).len(), all.len() - scorecard.groups[0].rows.len());
}

#[test]
fn a_spreadsheet_gets_plain_numbers_under_heads() {
    let scorecard = sample(Cadence::Monthly);
    let text = table_text(&scorecard, &[Part::Actual, Part::Variance]);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 1 + 2 * scorecard.rows.len());
    assert!(lines.iter().all(|line| line.len() == 7 + scorecard.columns.list.len()));
    let mau = lines.iter().find(|line| line[1] == "Monthly active users" && line[6] == "Actual").unwrap();
    assert_eq!((mau[5], mau[7 + 4]), ("10000000", "9095000"));
    for number in lines[1..].iter().flat_map(|line| &line[7..]).filter(|n| !n.is_empty()) {
        number.parse::<f64>().unwrap();
    }
}

#[test]
fn at_most_two_years_of_weeks_are_listed() {
    let calendar = crate::model::Calendar::default();
    let columns = Columns::of(&calendar, Cadence::Weekly, (date("2020-01-01"), date("2026-11-21")), date("2026-11-21"));
    assert_eq!(columns.list.len(), 104);
    assert_eq!(columns.list.len() + columns.left_out, 360);
    assert_eq!(columns.place(date("2026-11-21")), Some(103));
    assert_eq!(columns.place(date("2020-01-01")), None);
}

#[test]
fn cells_and_signs_explained() {
    let project = storage::sample();
    let scorecard = sample(Cadence::Monthly);
    let mut text = String::new();
    let mut tell = |why: &crate::chart::Why| {
        text.push_str(&why.title);
        text.push('\n');
        for line in &why.lines {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    };
    // A month that is over, the one under way, a limit to be kept, one of a longer period, one without a target.
    let cells = [("m-mau", 4), ("m-mau", 5), ("m-crash-free", 4), ("m-net-retention", 2), ("m-sign-ups", 3), ("m-support-load", 4)];
    for (metric, column) in cells {
        tell(&row_of(&scorecard, metric).why(&project, &scorecard.columns, column));
    }
    let mau = row_of(&scorecard, "m-mau");
    let xmr = crate::analysis::xmr::of_metric(&project, project.metric(&mau.subject.metric).unwrap(), date("2026-11-21"));
    tell(&mau.why_marks(xmr.as_ref()));
    insta::assert_snapshot!(text);
}
