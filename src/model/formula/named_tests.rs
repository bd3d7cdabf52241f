use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{Metric, ProjectId};

fn project(metrics: &[(&str, &str, &str, &[&str])]) -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Formulas");
    for (id, name, abbreviation, synonyms) in metrics {
        let id = MetricId::parse(&format!("m-{id}")).unwrap();
        let synonyms = synonyms.iter().map(|&s| s.to_owned()).collect();
        let metric = Metric { abbreviation: (*abbreviation).to_owned(), synonyms, ..Metric::new(id.clone(), *name) };
        project.metrics.insert(id, Arc::new(metric));
    }
    project
}

fn shop() -> Project {
    project(&[
        ("web", "Web revenue", "", &[]),
        ("app", "App revenue", "", &["Mobile sales"]),
        ("users", "Users", "MAU", &["people"]),
        ("arpu", "Average revenue per user", "ARPU", &[]),
        ("ours", "Ours", "", &[]),
        ("market", "Market", "", &[]),
        ("signups", "Sign-ups", "", &[]),
        ("rate", "Net/gross (rate)", "", &[]),
        ("quote", "A ]b\" name", "", &[]),
        ("growth", "Growth", "", &[]),
    ])
}

/// The formula in ids that a person's text gives.
#[track_caller]
fn check(text: &str, expected: &str) {
    let read = Formula::read_named(text, &shop()).map(|f| f.to_string());
    assert_eq!(read, Ok(expected.to_owned()), "{text}");
}

#[test]
fn metrics_are_called_as_people_call_them() {
    check("web_revenue + app_revenue", "[m-web] + [m-app]");
    check("Web Revenue+APP  revenue", "[m-web] + [m-app]");
    check("= users * arpu", "[m-users] * [m-arpu]");
    check("ours / market", "[m-ours] / [m-market]");
    check("people × [mobile sales] ÷ 2", "[m-users] * [m-app] / 2");
    check("growth(MAU) − prev(“Web revenue”)", "growth([m-users]) - prev([m-web])");
    check("Segments(users) / previous( segments ( users ) )", "segments([m-users]) / prev(segments([m-users]))");
    check("[m-users] * -2", "[m-users] * -2");
    check("growth * 2", "[m-growth] * 2");
    check("growth(growth)", "growth([m-growth])");
}

#[test]
fn a_name_with_a_sign_in_it_is_no_sum_where_its_parts_are_no_metrics() {
    check("sign-ups / users", "[m-signups] / [m-users]");
    check("sign_ups / users", "[m-signups] / [m-users]");
    check("Net/gross (rate) * 2", "[m-rate] * 2");
    check("users-ours", "[m-users] - [m-ours]");
}

#[test]
fn a_definition_has_a_name_before_its_sign() {
    let read = Formula::read_definition("  revenue = web_revenue + app_revenue", &shop()).unwrap();
    assert_eq!(read.name.as_deref(), Some("revenue"));
    assert_eq!(read.formula.to_string(), "[m-web] + [m-app]");
    let bracketed = Formula::read_definition("[Total = all] = users", &shop()).unwrap();
    assert_eq!(bracketed.name.as_deref(), Some("Total = all"));
    let problem = Formula::read_named("revenue = users", &shop()).unwrap_err();
    assert_eq!((problem.at, problem.message.as_str()), (0..9, "Write only what stands behind “revenue =”"));
}

/// What is said about a text, the part that it is about, and the metrics offered.
#[track_caller]
fn refused(text: &str) -> (String, String, Vec<String>) {
    let FormulaProblem { at, message, near } = Formula::read_named(text, &shop()).unwrap_err();
    let part = text.chars().skip(at.start).take(at.len()).collect();
    (message, part, near.iter().map(ToString::to_string).collect())
}

#[test]
fn problems_name_the_place_and_what_may_be_meant() {
    let (message, part, near) = refused("2 * web revnue");
    assert_eq!(message, "No metric is called “web revnue”; did you mean “Web revenue”?");
    assert_eq!((part.as_str(), near), ("web revnue", vec!["m-web".to_owned()]));
    assert_eq!(refused("revenue").2, ["m-app", "m-web", "m-arpu"], "part of a name is near, the shortest name first");
    let (message, part, near) = refused("users + zebra / 2");
    assert_eq!((message.as_str(), part.as_str()), ("No metric is called “zebra”", "zebra"));
    assert_eq!(near, [""; 0]);
    assert_eq!(refused("users +").0, "Expected a metric, a number or “(”, but found the end");
    assert_eq!(refused("users ) 2"), ("Expected an operator or the end, but found “)”".to_owned(), ")".to_owned(), Vec::new()));
    assert_eq!(refused("(users").0, "Expected “)”, but found the end");
    assert_eq!(refused("next(users)").0, "Expected prev, growth or segments, but found “next”");
    assert_eq!(refused("segments(2)").0, "Expected a metric, but found “2”");
    assert_eq!(refused("[users").0, "Expected “]”, but found the end");
    assert_eq!(refused("[] + 1").0, "No metric is called nothing");
    assert_eq!(refused("  ").0, "Write a formula, such as users * price");
    assert_eq!(refused("1,000 * users").0, "Expected an operator or the end, but found “,”");
    assert_eq!(refused(&"(".repeat(100)).0, "The formula is too long or has too many parts inside one another");
    assert_eq!(refused(&"1+".repeat(30_000)).0, "The formula is too long or has too many parts inside one another");
}

#[test]
fn a_name_that_two_metrics_share_is_asked_about_and_printed_otherwise() {
    let twins = project(&[("a", "Revenue", "", &[]), ("b", "revenue", "Rev", &[]), ("c", "Rev", "", &[])]);
    let problem = Formula::read_named("revenue", &twins).unwrap_err();
    assert_eq!(problem.message, "“revenue” may be 2 metrics: write [m-a] or [m-b]");
    assert_eq!(problem.near.len(), 2);
    let all = Formula::parse("[m-a] + [m-b] + [m-c]").unwrap();
    assert_eq!(all.named(&twins), "[m-a] + [m-b] + Rev", "the abbreviation of b is the name of c");
}

#[test]
fn a_formula_is_printed_as_people_read_it() {
    let named = |text: &str| Formula::parse(text).unwrap().named(&shop());
    assert_eq!(named("[m-users] * [m-arpu]"), "Users × [Average revenue per user]");
    assert_eq!(named("1 - ([m-ours] - -[m-market]) / 2"), "1 − (Ours − −Market) ÷ 2");
    assert_eq!(named("growth(prev([m-signups])) + segments([m-rate])"), "growth(prev([Sign-ups])) + segments([Net/gross (rate)])");
    assert_eq!(named("[m-quote] + [m-growth]"), "[m-quote] + [Growth]");
    assert_eq!(named("[m-gone]"), "[m-gone]");
}

/// Fifty metrics with names that people would not give: twins, signs, quotation marks, functions, ids of others.
fn odd_names() -> impl Strategy<Value = Vec<(String, String, Vec<String>)>> {
    let word = proptest::sample::select(
        [
            "Users",
            "users",
            "Web revenue",
            "web_revenue",
            "Sign-ups",
            "a - b",
            "a",
            "b",
            "growth",
            "prev(x)",
            "“x”",
            "]",
            "x\"]",
            "\"x\"",
            "7 days",
        ]
        .into_iter()
        .chain(["m-0", "=", "A = B", "日本", "ß", "İ", "  ", "50 %", "line\nbreak", "(", "segments", "[m-x]", "m-000000000000"])
        .map(str::to_owned)
        .collect::<Vec<_>>(),
    );
    let word = prop_oneof![word, "[a-zA-Z ._-]{1,8}"];
    proptest::collection::vec((word.clone(), word.clone(), proptest::collection::vec(word, 0..2)), 50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn what_is_printed_by_name_reads_back(formula in crate::model::formula::tests::formula(), names in odd_names()) {
        let mut project = Project::empty(ProjectId::from_random(1), "Odd names");
        for (n, (name, abbreviation, synonyms)) in (0..).zip(names) {
            let id = MetricId::from_random(n);
            let metric = Metric { abbreviation, synonyms, ..Metric::new(id.clone(), name) };
            project.metrics.insert(id, Arc::new(metric));
        }
        let text = formula.named(&project);
        prop_assert_eq!(Formula::read_named(&text, &project), Ok(formula), "{}", text);
    }

    #[test]
    fn no_text_stops_the_reader(text in "[-+*/()\\[\\]\"“”=. 0-9a-zé_]{0,40}") {
        if let Err(problem) = Formula::read_named(&text, &shop()) {
            prop_assert!(problem.at.end <= text.chars().count());
        }
    }
}
