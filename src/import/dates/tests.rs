//! Cells and what day they are.

use super::*;

fn column(cells: &[&str]) -> Result<Vec<Option<String>>, ImportError> {
    let lines = || cells.iter().enumerate().map(|(i, c)| (i + 2, *c));
    let column = DateColumn::decide("when", lines(), None, Calendar::default())?;
    Ok(cells.iter().map(|c| column.read(c).map(|r| r.at.to_string())).collect())
}

fn check(cell: &str, expect: &str, grain: Option<Cadence>) {
    let column = DateColumn::decide("when", [(2, cell)], None, Calendar::default()).unwrap();
    let read = column.read(cell).unwrap_or_else(|| panic!("{cell} is a date"));
    assert_eq!((read.at.to_string().as_str(), read.grain), (expect, grain), "{cell}");
}

#[test]
fn iso_forms_are_read() {
    check("2026-03-01", "2026-03-01", None);
    check(" 2026/03/01 ", "2026-03-01", None);
    check("20260301", "2026-03-01", None);
    check("2026-03-01T14:05:09Z", "2026-03-01T14:05:09", None);
    check("2026-03-01 14:05:09.250+02:00", "2026-03-01T14:05:09", None);
    check("2026-03-01 00:00", "2026-03-01", None);
    check("2026-03", "2026-03-01", Some(Cadence::Monthly));
    check("2026-Q2", "2026-04-01", Some(Cadence::Quarterly));
    check("2026Q4", "2026-10-01", Some(Cadence::Quarterly));
    check("Q1 2026", "2026-01-01", Some(Cadence::Quarterly));
    check("2026-W14", "2026-03-30", Some(Cadence::Weekly));
    check("2020-W53", "2020-12-28", Some(Cadence::Weekly));
    check("2026", "2026-01-01", Some(Cadence::Yearly));
}

#[test]
fn forms_that_say_their_order_are_read() {
    check("21/11/2026", "2026-11-21", None);
    check("11/21/2026", "2026-11-21", None);
    check("05/05/2026", "2026-05-05", None);
    check("1.2.2026", "2026-02-01", None);
    check("1 Mar 2026", "2026-03-01", None);
    check("March 1, 2026", "2026-03-01", None);
    check("01-Mar-2026", "2026-03-01", None);
    check("Sept 2026", "2026-09-01", Some(Cadence::Monthly));
    check("31.12.25", "2025-12-31", None);
    check("21-Nov-26", "2026-11-21", None);
    check("Sunday, 1st of March 2026", "2026-03-01", None);
    check("21/11/2026 2:30 PM", "2026-11-21T14:30:00", None);
}

#[test]
fn what_is_no_date_is_not_guessed() {
    for cell in ["", "soon", "2026-02-30", "2026-13", "2021-W53", "2026-Q5", "31/31/2026", "1", "2026-03-01 25:00", "é2026"] {
        let column = DateColumn::decide("when", [(2, cell)], None, Calendar::default()).unwrap();
        assert_eq!(column.read(cell), None, "{cell}");
    }
}

#[test]
fn one_clear_date_decides_for_the_column() {
    assert_eq!(column(&["03/04/2026", "21/04/2026"]).unwrap(), [Some("2026-04-03".to_owned()), Some("2026-04-21".to_owned())]);
    assert_eq!(column(&["03/04/2026", "04/21/2026"]).unwrap(), [Some("2026-03-04".to_owned()), Some("2026-04-21".to_owned())]);
}

#[test]
fn an_open_or_mixed_order_is_refused_with_its_lines() {
    assert_eq!(
        column(&["05/05/2026", "03/04/2026"]),
        Err(ImportError::AmbiguousDates { column: "when".to_owned(), line: 3, example: "03/04/2026".to_owned() })
    );
    assert_eq!(
        column(&["21/04/2026", "03/04/2026", "04/21/2026"]),
        Err(ImportError::MixedDates {
            column: "when".to_owned(),
            day_first: "21/04/2026".to_owned(),
            day_first_line: 2,
            month_first: "04/21/2026".to_owned(),
            month_first_line: 4,
        })
    );
}

#[test]
fn years_with_fractions_are_decided_by_the_whole_column() {
    let months = column(&["1949", "1949.08333333333", "1949.5"]).unwrap();
    assert_eq!(months, [Some("1949-01-01".to_owned()), Some("1949-02-01".to_owned()), Some("1949-07-01".to_owned())]);
    let refused = ImportError::FractionalYears { column: "when".to_owned(), line: 3, example: "2026.5".to_owned() };
    assert_eq!(column(&["2026.03", " 2026.5 "]), Err(refused));
    assert_eq!(column(&["2026.03", "2026.12"]).unwrap(), [Some("2026-03-01".to_owned()), Some("2026-12-01".to_owned())]);
    assert_eq!(column(&["1949", "1950"]).unwrap(), [Some("1949-01-01".to_owned()), Some("1950-01-01".to_owned())]);
    assert_eq!(column(&["1", "2"]).unwrap(), [Some("2000-01-01".to_owned()), Some("2000-01-02".to_owned())]);
}

#[test]
fn months_weeks_and_quarters_are_read_in_many_forms() {
    check("2026-W14-3", "2026-04-01", None);
    check("2026W14", "2026-03-30", Some(Cadence::Weekly));
    check("KW 14/2026", "2026-03-30", Some(Cadence::Weekly));
    check("Week 14, 2026", "2026-03-30", Some(Cadence::Weekly));
    check("Mar-26", "2026-03-01", Some(Cadence::Monthly));
    check("Mar '26", "2026-03-01", Some(Cadence::Monthly));
    check("2026M03", "2026-03-01", Some(Cadence::Monthly));
    check("202603", "2026-03-01", Some(Cadence::Monthly));
    check("Q3 FY26", "2026-07-01", Some(Cadence::Quarterly));
    check("FY 2026 Q3", "2026-07-01", Some(Cadence::Quarterly));
    check("FY26-Q3", "2026-07-01", Some(Cadence::Quarterly));
    check("Q3 '26", "2026-07-01", Some(Cadence::Quarterly));
    check("3. Quartal 2026", "2026-07-01", Some(Cadence::Quarterly));
    check("FY26", "2026-01-01", Some(Cadence::Yearly));
    check("FY2025/26", "2026-01-01", Some(Cadence::Yearly));
}

#[test]
fn months_are_known_in_four_languages() {
    for cell in ["1. März 2026", "1 mrz. 2026", "1er mars 2026", "1 de marzo de 2026", "So, 1. März 2026"] {
        check(cell, "2026-03-01", None);
    }
    for cell in ["Dezember 2026", "Dez. 2026", "décembre 2026", "déc. 2026", "diciembre 2026", "dic 2026", "DECEMBER 2026"] {
        check(cell, "2026-12-01", Some(Cadence::Monthly));
    }
    for cell in ["août 2026", "aout 2026", "agosto de 2026", "ago-26", "August 2026"] {
        check(cell, "2026-08-01", Some(Cadence::Monthly));
    }
}

#[test]
fn a_column_of_day_numbers_is_one_of_dates() {
    assert_eq!(column(&["46082", "46083.5", ""]).unwrap(), [Some("2026-03-01".to_owned()), Some("2026-03-02T12:00:00".to_owned()), None]);
    assert_eq!(column(&["46082", "2026-03-02"]).unwrap(), [None, Some("2026-03-02".to_owned())]);
    let hints = DateHints { from_1904: true, ..DateHints::default() };
    let column = DateColumn::decide_with("when", [(2, "44620")], hints, Calendar::default()).unwrap();
    assert_eq!(column.read("44620").unwrap().at.to_string(), "2026-03-01");
}

#[test]
fn years_of_two_digits_are_asked_about() {
    let short = |example: &str| Err(ImportError::ShortYears { column: "when".to_owned(), line: 2, example: example.to_owned() });
    assert_eq!(column(&["12/11/25"]), short("12/11/25"));
    assert_eq!(column(&["31/12/25"]), short("31/12/25"), "it may be 2031-12-25");
    // Where the middle number can only be a day, the others are a month and a year.
    assert_eq!(column(&["1/2/26", "1/13/26"]).unwrap(), ["2026-01-02", "2026-01-13"].map(|day| Some(day.to_owned())));
    let column = DateColumn::decide("when", [(2, "12/11/25")], Some(DateOrder::MonthFirst), Calendar::default()).unwrap();
    assert_eq!(column.read("12/11/25").unwrap().at.to_string(), "2025-12-11");
}

#[test]
fn a_pattern_reads_what_it_says_and_nothing_else() {
    let read = |pattern, cell: &str| {
        let hints = DateHints { format: Some(pattern), ..DateHints::default() };
        let column = DateColumn::decide_with("when", [], hints, Calendar::default()).unwrap();
        column.read(cell).map(|read| (read.at.to_string(), read.grain))
    };
    assert_eq!(read("%y/%m/%d", "26/03/01"), Some(("2026-03-01".to_owned(), None)));
    assert_eq!(read("%y/%m/%d", "2026-03-01"), None);
    assert_eq!(read("%m.%Y", "03.2026"), Some(("2026-03-01".to_owned(), Some(Cadence::Monthly))));
    assert_eq!(read("%G week %V", "2026 week 14"), Some(("2026-03-30".to_owned(), Some(Cadence::Weekly))));
    assert_eq!(read("year %Y", "year 2026"), Some(("2026-01-01".to_owned(), Some(Cadence::Yearly))));
    assert_eq!(read("%Y%m%d %H%M", "20260301 1405"), Some(("2026-03-01T14:05:00".to_owned(), None)));
    let hints = DateHints { format: Some("%Q"), ..DateHints::default() };
    assert_eq!(DateColumn::decide_with("when", [], hints, Calendar::default()), Err(ImportError::DatePattern("%Q".to_owned())));
}

#[test]
fn the_order_can_be_given() {
    let read = |order| {
        let column = DateColumn::decide("when", [(2, "03/04/2026")], Some(order), Calendar::default()).unwrap();
        column.read("03/04/2026").unwrap().at.to_string()
    };
    assert_eq!((read(DateOrder::DayFirst).as_str(), read(DateOrder::MonthFirst).as_str()), ("2026-04-03", "2026-03-04"));
}

#[test]
fn quarters_and_years_follow_the_fiscal_calendar() {
    let from_april = Calendar { fiscal_start_month: 4, ..Calendar::default() };
    for (cell, expect) in [("2026-Q1", "2025-04-01"), ("2026-Q4", "2026-01-01"), ("2026", "2025-04-01")] {
        let column = DateColumn::decide("when", [(2, cell)], None, from_april).unwrap();
        let read = column.read(cell).unwrap();
        assert_eq!(read.at.to_string(), expect, "{cell}");
        assert!(is_fiscal(read.grain, from_april));
        assert_eq!(from_april.fiscal_year(read.at.date()), 2026, "the calendar agrees");
    }
}

#[test]
fn a_year_of_two_digits_is_no_year_of_four() {
    let hints = |format| DateHints { format: Some(format), ..DateHints::default() };
    let column = DateColumn::decide_with("when", [(2, "03/04/26")], hints("%d/%m/%Y"), Calendar::default()).unwrap();
    assert_eq!((column.read("03/04/26"), column.read("03/04/0999")), (None, None));
    assert_eq!(column.read("01/01/1000").unwrap().at, YEAR_1000);
    let column = DateColumn::decide_with("when", [(2, "03/04/26")], hints("%d/%m/%y"), Calendar::default()).unwrap();
    assert_eq!(column.read("03/04/26").unwrap().at.to_string(), "2026-04-03");
}

#[test]
fn every_iso_day_is_at_its_place_and_nothing_else_is_one() {
    let first = Date::from_ymd_opt(1000, 1, 1).unwrap();
    for day in first.iter_days().take(3_287_182).step_by(7) {
        assert_eq!(iso_stamp(day.to_string().as_bytes()), Some(Stamp::from_date(day)), "{day}");
    }
    for year in [1900, 2000, 2023, 2024, 9999] {
        for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
            let expect = Date::from_ymd_opt(year, month, day).map(Stamp::from_date);
            assert_eq!(iso_stamp(format!("{year}-{month:02}-{day:02}").as_bytes()), expect, "{year}-{month}-{day}");
        }
    }
    for other in ["0999-01-01", "2026-03-1", "2026-3-01", "2026/03/01", "2026-03-01 ", "+026-03-01", "2026-0a-01", ""] {
        assert_eq!(iso_stamp(other.as_bytes()), None, "{other}");
    }
}
