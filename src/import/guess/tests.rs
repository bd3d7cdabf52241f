//! What tables seem to be, as text.

use super::super::{ReadHints, Request, preview, read_table};
use super::*;
use crate::model::{MetricId, ProjectId};

fn project() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Trial");
    for (bits, name, abbreviation, synonym) in [(1, "Monthly active users", "MAU", "active users"), (2, "Churn", "", "customer churn")] {
        let mut metric = Metric::new(MetricId::from_random(bits), name);
        abbreviation.clone_into(&mut metric.abbreviation);
        metric.synonyms = vec![synonym.to_owned()];
        project.metrics.insert(metric.id.clone(), metric.into());
    }
    project
}

fn guessed(text: &str) -> Guess {
    guess(&read_table(text.as_bytes(), &ReadHints::default()).unwrap(), &project()).unwrap()
}

fn said(guess: &Guess) -> (String, Sure, Vec<(String, String, Sure)>) {
    let shape = match &guess.shape {
        TableShape::Long { date, value } => format!("long {date} {value}"),
        TableShape::Wide { date, columns } => format!("wide {date} {}", columns.join(",")),
        TableShape::Tall { date, metric, value } => format!("tall {date} {metric} {value}"),
    };
    let to = |take: &Take| match &take.to {
        Destination::Metric(id) => project().find_metric(id).unwrap().name.clone(),
        Destination::New { name, unit } => format!("new {name} ({})", unit.code()),
    };
    (shape, guess.sure, guess.matches.iter().map(|m| (m.take.from.clone(), to(&m.take), m.sure)).collect())
}

fn check(text: &str, shape: &str, sure: Sure, takes: &[(&str, &str, Sure)]) {
    let (found, found_sure, found_takes) = said(&guessed(text));
    assert_eq!((found.as_str(), found_sure), (shape, sure), "{text}");
    let takes: Vec<_> = takes.iter().map(|(from, to, sure)| ((*from).to_owned(), (*to).to_owned(), *sure)).collect();
    assert_eq!(found_takes, takes, "{text}");
}

#[test]
fn long_wide_and_tall_tables_are_told_apart() {
    use Sure::{Certain, Likely};
    check("month,MAU,remark\n2026-01,10,x\n2026-02,12,y\n", "long month MAU", Certain, &[("MAU", "Monthly active users", Certain)]);
    check(
        "month,Active-users,churn,Revenue (EUR)\n2026-01,10,1%,5\n2026-02,12,2%,6\n",
        "wide month Active-users,churn,Revenue (EUR)",
        Certain,
        &[
            ("Active-users", "Monthly active users", Likely),
            ("churn", "Churn", Certain),
            ("Revenue (EUR)", "new Revenue (EUR) (currency:EUR)", Certain),
        ],
    );
    check(
        "date,metric,value\n2026-01,MAU,10\n2026-01,Signups,3\n2026-02,MAU,11\n2026-02,Signups,4\n",
        "tall date metric value",
        Certain,
        &[("MAU", "Monthly active users", Certain), ("Signups", "new Signups (count)", Certain)],
    );
}

/// Rows of each date, for each of the names.
fn tall(header: &str, rows: &[&str]) -> String {
    let days = (1..=4).flat_map(|month| rows.iter().map(move |row| format!("2026-0{month},{row}{month}\n")));
    [format!("{header}\n")].into_iter().chain(days).collect()
}

#[test]
fn of_two_columns_that_tell_rows_apart_one_names_the_metrics() {
    let found = |text: &str| {
        let guess = guessed(text);
        let (shape, sure, _) = said(&guess);
        (shape, sure, guess.because)
    };
    let check =
        |text: &str, shape: &str, because: &str| assert_eq!(found(text), (shape.to_owned(), Sure::Likely, because.to_owned()), "{text}");
    check(
        &tall("month,where,what,value", &["N,MAU,1", "N,Visits,2", "S,MAU,3", "S,Visits,4"]),
        "tall month what value",
        "the rows of a date differ in what (2) and where (2); one of the names in what is a metric of this project",
    );
    check(
        &tall("month,where,kpi,value", &["N,Calls,1", "N,Waits,2", "S,Calls,3", "S,Waits,4"]),
        "tall month kpi value",
        "the rows of a date differ in kpi (2) and where (2); kpi is a usual name for a column of metrics",
    );
    check(
        &tall("month,region,what,value", &["N,Calls,1", "N,Waits,2", "S,Calls,3", "S,Waits,4"]),
        "tall month what value",
        "the rows of a date differ in what (2) and region (2); what names the metrics, since the others are usual names for groups",
    );
    check(
        &tall("month,a,b,value", &["x,p,100", "x,q,5", "y,p,300", "y,q,6"]),
        "tall month b value",
        "the rows of a date differ in b (2) and a (2); the values differ most between the names in b",
    );
    check(
        &tall("month,kpi,site,team,value", &["K,N,A,1", "K,N,B,2", "K,S,A,3", "K,S,B,4", "L,N,A,1", "L,N,B,2", "L,S,A,3", "L,S,B,4"]),
        "tall month kpi value",
        "the rows of a date differ in kpi (2), site (2) and team (2); kpi is a usual name for a column of metrics",
    );
}

#[test]
fn remarks_name_no_metrics() {
    let shape = |text: &str| said(&guessed(text)).0;
    // Each remark is another one, few rows have one, or it is called one.
    assert_eq!(
        shape("day,why,team,value\n1.5.2026,sun,A,1\n1.5.2026,rain,B,2\n2.5.2026,fog,A,3\n2.5.2026,a storm,B,4\n"),
        "tall day team value"
    );
    assert_eq!(shape("day,why,team,value\n1.5.2026,,A,1\n1.5.2026,late,B,2\n2.5.2026,,A,3\n2.5.2026,late,B,4\n"), "tall day team value");
    assert_eq!(shape("day,note,value\n1.5.2026,x,1\n1.5.2026,y,2\n2.5.2026,x,3\n2.5.2026,y,4\n"), "long day value");
    assert_eq!(shape("day,by,value\n1.5.2026,Ada,1\n2.5.2026,Bo,2\n3.5.2026,Ada,3\n4.5.2026,Bo,4\n4.5.2026,Ada,4\n"), "long day value");
}

#[test]
fn a_row_that_was_added_twice_leaves_the_shape_as_it_is() {
    let text = tall("month,metric,value", &["A,1", "B,2", "C,3", "D,4", "E,5", "F,6", "G,7", "H,8"]) + "2026-04,A,14\n";
    let guess = guessed(&text);
    assert_eq!(
        (said(&guess).0.as_str(), guess.because.as_str()),
        ("tall month metric value", "nearly each date occurs once for each of the 8 names in metric")
    );
}

#[test]
fn years_quarters_and_counted_rows_are_found() {
    use Sure::{Certain, Likely, Open};
    check("year,quarter,gdp\n1959,1,2710.3\n1959,2,2778.8\n", "long year + quarter gdp", Likely, &[("gdp", "new gdp (count)", Certain)]);
    check("time,value\n1949,112\n1949.0833,118\n", "long time value", Likely, &[("value", "new value (count)", Certain)]);
    check("x,value\n1,112\n2,118\n", "long x value", Open, &[("value", "new value (count)", Certain)]);
    check(
        "Demand,Heat\n174.5,26.1\n188.2,25.9\n",
        "wide  Demand,Heat",
        Open,
        &[("Demand", "new Demand (count)", Certain), ("Heat", "new Heat (count)", Certain)],
    );
}

#[test]
fn units_are_shown_by_signs_and_names() {
    let units = |text: &str| guessed(text).columns.iter().skip(1).map(|c| (c.unit.code(), c.unit_sure)).collect::<Vec<_>>();
    assert_eq!(
        units("d,a,b,c,wait (minutes)\n2026-01,€ 5,$4,45 %,3\n2026-02,€ 6,$5,46 %,4\n"),
        [
            ("currency:EUR".to_owned(), Sure::Certain),
            ("currency:USD".to_owned(), Sure::Likely),
            ("percent".to_owned(), Sure::Certain),
            ("minutes".to_owned(), Sure::Likely),
        ]
    );
}

#[test]
fn a_table_without_numbers_is_refused() {
    let table = read_table(b"a,b\nx,y\nz,w\n", &ReadHints::default()).unwrap();
    assert_eq!(guess(&table, &project()).unwrap_err().to_string(), "no column holds numbers; the columns are \"a\", \"b\"");
}

#[test]
fn more_names_than_a_table_may_have_columns_are_no_series() {
    let names = MAX_COLUMNS + 1;
    let rows = |date: &'static str| (0..names).map(move |name| format!("{date},n{name},{name}\n"));
    let text: String = ["date,metric,value\n".to_owned()].into_iter().chain(rows("2026-01")).chain(rows("2026-02")).collect();
    let table = read_table(text.as_bytes(), &ReadHints::default()).unwrap();
    let TableShape::Long { date, value } = guess(&table, &project()).unwrap().shape else { panic!("one series") };
    let tall = TableShape::Tall { date, metric: "metric".to_owned(), value };
    let refused = series_of(&table, &tall, &[], &project()).unwrap_err();
    assert_eq!(refused, ImportError::TooManySeries { series: names, limit: MAX_COLUMNS });
    let takes = (0..names).map(|name| Take::new(format!("n{name}"), Destination::New { name: format!("N{name}"), unit: Unit::Count }));
    let request = Request { takes: takes.collect(), ..Request::of_shape(tall) };
    assert_eq!(preview(&table, &request, &project()), Err(refused));
}
