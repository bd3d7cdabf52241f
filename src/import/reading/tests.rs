//! Rows of small tables, each accounted for.

use super::super::{Destination, ReadHints, read_table};
use super::*;
use crate::model::Cadence;

fn reading(text: &str, filters: &[(&str, &str)], unit: &Unit) -> Result<Reading, ImportError> {
    let table = read_table(text.as_bytes(), &ReadHints::default()).unwrap();
    let request = Request {
        filters: filters.iter().map(|&(c, v)| (c.to_owned(), v.to_owned())).collect(),
        ..Request::new("date", "value", Destination::New { name: "X".to_owned(), unit: unit.clone() })
    };
    Dated::new(&table, &request, Calendar::default())?.series("value", unit, false).map(|(reading, _)| reading)
}

fn pairs(reading: &Reading) -> Vec<(String, f64)> {
    reading.points.iter().map(|p| (p.at.to_string(), p.value)).collect()
}

#[test]
fn every_row_is_accounted_for() {
    let text = "date,value,type\n2026-02,20,a\n2026-01,10,a\n2026-03,,a\n2026-04,n/a,a\nsoon,5,a\n2026-05,many,a\n,7,a\n2026-06,1,b\n\
                2026-07,3,a,extra\n2026-08\n";
    let reading = reading(text, &[], &Unit::Count).unwrap();
    assert_eq!(pairs(&reading), [("2026-01-01".to_owned(), 10.0), ("2026-02-01".to_owned(), 20.0), ("2026-06-01".to_owned(), 1.0)]);
    assert_eq!(reading.without_value, [4, 5]);
    let rejected: Vec<String> = reading.rejected.iter().map(Rejection::to_string).collect();
    assert_eq!(
        rejected,
        [
            "line 6, column \"date\": \"soon\" is no date; write it as 2026-03-01, 2026-03, 2026-Q1, 2026-W14 or 2026",
            "line 7, column \"value\": \"many\" is no number",
            "line 8, column \"date\": the date is missing",
            "line 10: has 4 cells, but the header has 3",
            "line 11, column \"value\": the row ends before this column",
        ]
    );
    assert_eq!(reading.points.len() + reading.without_value.len() + reading.rejected.len() + reading.left_out, 10);
}

#[test]
fn filters_choose_rows() {
    let text = "date,value,type,region\n2026-01,1,1,north\n2026-01,2,2,north\n2026-01,3,1,south\n";
    let found = reading(text, &[("type", "1"), ("region", "south")], &Unit::Count).unwrap();
    assert_eq!((pairs(&found), found.left_out), (vec![("2026-01-01".to_owned(), 3.0)], 2));
    let none = reading(text, &[("type", "4")], &Unit::Count).unwrap_err();
    assert_eq!(none.to_string(), "no row has type = 4; the column has \"1\", \"2\"");
    let unknown = reading(text, &[("kind", "4")], &Unit::Count).unwrap_err();
    assert_eq!(unknown.to_string(), "there is no column \"kind\"; the columns are \"date\", \"value\", \"type\", \"region\"");
}

#[test]
fn a_date_that_occurs_twice_is_refused_with_its_lines() {
    let text = "date,value\n2026-01,1\n2026-02,2\n2026-01-01,3\n2026-01,1\n";
    let refused = reading(text, &[], &Unit::Count).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "one date occurs more than once: 2026-01-01 (lines 2, 4, 5); choose rows with a filter, or remove the extra ones"
    );
}

#[test]
fn percentages_suit_percent_and_ratio_only() {
    let text = "date,value\n2026-01,45 %\n2026-02,50\n";
    assert_eq!(pairs(&reading(text, &[], &Unit::Percent).unwrap())[0].1, 45.0);
    assert_eq!(pairs(&reading(text, &[], &Unit::Ratio).unwrap())[0].1, 0.45);
    let count = reading(text, &[], &Unit::Count).unwrap();
    assert_eq!(count.rejected[0].reason, "\"45 %\" is a percentage, but the metric's unit is count");
}

#[test]
fn a_table_without_a_sound_row_is_refused_with_its_reasons() {
    let Err(ImportError::NothingToImport { rejected }) = reading("date,value\nx,1\ny,2\n", &[], &Unit::Count) else {
        panic!("nothing can be imported")
    };
    assert_eq!(rejected.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn days_that_a_project_cannot_hold_are_rejected() {
    // Counted from the year 2000 on, the rows of a table of years end after the year 9999.
    let text: String = ["date,value\n".to_owned()].into_iter().chain((1..=8_002).map(|row| format!("{row},1\n"))).collect();
    let table = read_table(text.as_bytes(), &ReadHints::default()).unwrap();
    let mut request = Request::new("date", "value", Destination::New { name: "X".to_owned(), unit: Unit::Count });
    request.takes[0].cadence = Some(Cadence::Yearly);
    let (found, _) = Dated::new(&table, &request, Calendar::default()).unwrap().series("value", &Unit::Count, false).unwrap();
    assert_eq!((found.points.len(), found.rejected.len()), (8_000, 2));
    assert!(found.points.last().unwrap().at.to_string().starts_with("9999-"));
    let told = found.rejected[0].to_string();
    assert!(
        told.starts_with("line 8002, column \"date\": ") && told.ends_with("outside the years 0 to 9999, which a project can hold"),
        "{told}"
    );
}
