//! Tables of several metrics, recipes, dry runs, and files that metrics follow.

use crate::{Answer, Bench};

const WIDE: &str = "Month,MAU,Churn\n2026-01,100,1%\n2026-02,110,2%\n";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    bench.write("kpis.csv", WIDE);
    bench
}

fn points(bench: &Bench, name: &str) -> serde_json::Value {
    let report = bench.report(&["plan.waymark.ron", "--as-of", "2026-06-10"]);
    let metrics = report["metrics"].as_array().unwrap();
    metrics.iter().find(|metric| metric["name"] == name).map(|metric| metric["points"].clone()).unwrap_or_default()
}

#[test]
fn one_command_takes_all_columns_in() {
    let bench = bench();
    let Answer { code, err, .. } = bench.run(&["import", "plan.waymark.ron", "--from", "kpis.csv"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("no metric of the project is named \"MAU\" or \"Churn\"") && err.contains("--create"), "{err}");
    let out = bench.done(&["import", "plan.waymark.ron", "--from", "kpis.csv", "--create", "--objective", "Grow"]);
    assert!(out.contains("“MAU”") && out.contains("“Churn”") && out.contains("monthly, percent"), "{out}");
    assert_eq!((points(&bench, "MAU"), points(&bench, "Churn")), (2.into(), 2.into()));
    // The next file finds its metrics by their names.
    bench.write("kpis.csv", "Month,MAU,Churn,New\n2026-02,111,2%,5\n2026-03,120,3%,6\n");
    let out = bench.done(&["import", "plan.waymark.ron", "--from", "kpis.csv"]);
    assert!(out.contains("1 new, 1 changed, 0 as before") && !out.contains("“New”"), "{out}");
    let roles = bench.report(&["plan.waymark.ron"])["metrics"][0]["supports"].clone();
    assert_eq!(roles.as_array().unwrap().len(), 1, "{roles}");
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let bench = bench();
    let before = bench.read("plan.waymark.ron");
    let args = ["import", "plan.waymark.ron", "--from", "kpis.csv", "--create", "--dry-run"];
    let out = bench.done(&args);
    assert!(out.contains("2 points from 2026-01-01 to 2026-02-01: 2 new") && out.ends_with("Nothing was changed\n"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&bench.done(&[&args[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(json["source"]["delimiter"], ",");
    assert_eq!((&json["series"][1]["name"], &json["series"][1]["added"]), (&"Churn".into(), &2.into()));
    assert_eq!(json["series"][0]["last"], serde_json::json!({ "date": "2026-02-01", "value": 110.0 }));
    assert_eq!(bench.read("plan.waymark.ron"), before);
}

#[test]
fn a_recipe_reads_the_next_file_without_a_question() {
    let bench = bench();
    bench.write("a.csv", "Tag;Umsatz;Land\n03/04/26;1.234;DE\n04/04/26;1.300;DE\n03/04/26;9;AT\n");
    let known = ["--date-format", "%d/%m/%y", "--decimal", "comma", "--filter", "Land=DE"];
    let new = [
        "import",
        "plan.waymark.ron",
        "--from",
        "a.csv",
        "--date",
        "Tag",
        "--value",
        "Umsatz",
        "--new",
        "Revenue",
        "--unit",
        "currency:EUR",
    ];
    bench.done(&[&new[..], &known, &["--save-recipe", "Shop export"]].concat());
    bench.write("b.csv", "Tag;Umsatz;Land\n05/04/26;1.400;DE\n05/04/26;9;AT\n");
    let again = ["import", "plan.waymark.ron", "--from", "b.csv", "--metric", "Revenue", "--recipe"];
    let out = bench.done(&[&again[..], &["Shop export"]].concat());
    assert!(out.contains("1 point from 2026-04-05 to 2026-04-05: 1 new"), "{out}");
    let report = bench.report(&["plan.waymark.ron"]);
    assert_eq!(report["metrics"][0]["last"], serde_json::json!({ "date": "2026-04-05", "value": 1400.0 }));
    let Answer { code, err, .. } = bench.run(&[&again[..], &["Other"]].concat());
    assert_eq!((code, err.as_str()), (1, "there is no recipe \"Other\" in the project; its recipes are \"Shop export\"\n"));
}

#[test]
fn what_was_said_of_a_table_is_known_when_it_is_refreshed() {
    let bench = bench();
    bench.write("a.csv", "3/4/26;15\n4/4/26;25\n");
    let new = ["import", "plan.waymark.ron", "--from", "a.csv", "--no-header", "--date-order", "dmy", "--new", "Sales", "--unit", "count"];
    bench.done(&[&new[..], &["--link"]].concat());
    assert_eq!(bench.done(&["refresh", "plan.waymark.ron"]).lines().last(), Some("Nothing is new"));
    bench.write("a.csv", "3/4/26;15\n4/4/26;25\n5/4/26;35\n");
    let out = bench.done(&["refresh", "plan.waymark.ron"]);
    assert!(out.contains("1 new, 0 changed, 2 as before"), "{out}");
    let report = bench.report(&["plan.waymark.ron"]);
    assert_eq!(report["metrics"][0]["last"], serde_json::json!({ "date": "2026-04-05", "value": 35.0 }));
}

#[test]
fn metrics_follow_a_file_and_say_since_when_they_cannot() {
    let bench = bench();
    std::fs::create_dir(bench.path("data")).unwrap();
    bench.write("data/kpis.csv", WIDE);
    bench.done(&["import", "plan.waymark.ron", "--from", "data/kpis.csv", "--create", "--link"]);
    assert_eq!(bench.done(&["refresh", "plan.waymark.ron"]).lines().last(), Some("Nothing is new"));
    bench.write("data/kpis.csv", "Month,MAU,Churn\n2026-01,100,1%\n2026-02,110,2%\n2026-03,120,3%\n");
    let before = bench.read("plan.waymark.ron");
    let out = bench.done(&["refresh", "plan.waymark.ron", "--dry-run"]);
    assert!(out.contains("data/kpis.csv") && out.contains("1 new, 0 changed, 2 as before"), "{out}");
    assert_eq!(bench.read("plan.waymark.ron"), before);
    bench.done(&["refresh", "plan.waymark.ron"]);
    assert_eq!((points(&bench, "MAU"), points(&bench, "Churn")), (3.into(), 3.into()));
    std::fs::remove_file(bench.path("data/kpis.csv")).unwrap();
    let Answer { code, err, .. } = bench.run(&["refresh", "plan.waymark.ron"]);
    assert_eq!(code, 1);
    assert!(err.contains("data/kpis.csv: data/kpis.csv cannot be read") && err.contains("kept as they were: "), "{err}");
    assert_eq!(points(&bench, "MAU"), 3);
    assert!(bench.read("plan.waymark.ron").contains("cannot be read"), "the project says so");
}

#[test]
fn no_project_reads_what_is_not_its_own() {
    let bench = bench();
    let secret = tempfile::tempdir().unwrap();
    let outside = secret.path().join("kpis.csv");
    std::fs::write(&outside, WIDE).unwrap();
    bench.done(&["import", "plan.waymark.ron", "--from", "kpis.csv", "--create", "--link"]);
    let linked = bench.read("plan.waymark.ron");
    let not_read = "is outside the project's folder and was not read; to have it read, add --allow";
    let told = [
        ("../kpis.csv", not_read),
        ("/etc/hostname", not_read),
        ("data/nul", "names a device"),
        ("C:kpis.csv", "is a path of another system"),
    ];
    for (path, words) in told {
        bench.write("plan.waymark.ron", &linked.replace("path: \"kpis.csv\"", &format!("path: \"{path}\"")));
        let before = bench.read("plan.waymark.ron");
        let Answer { code, out, err } = bench.run(&["refresh", "plan.waymark.ron", "--dry-run"]);
        assert!(code == 1 && err.contains(words), "{path}: {out} {err}");
        if words == not_read {
            bench.run(&["refresh", "plan.waymark.ron"]);
            assert_eq!(bench.read("plan.waymark.ron"), before, "what waits for a yes is no failure to be noted");
        }
    }
    #[cfg(unix)]
    {
        bench.write("plan.waymark.ron", &linked);
        std::fs::remove_file(bench.path("kpis.csv")).unwrap();
        std::os::unix::fs::symlink(&outside, bench.path("kpis.csv")).unwrap();
        let Answer { code, err, .. } = bench.run(&["refresh", "plan.waymark.ron", "--dry-run"]);
        assert!(code == 1 && err.contains(not_read), "{err}");
        assert!(err.contains(&format!("{:?}", outside.canonicalize().unwrap())), "{err}");
    }
}

#[test]
fn a_file_outside_is_read_where_the_command_line_says_so_each_time() {
    let bench = bench();
    let other = tempfile::tempdir().unwrap();
    let outside = other.path().canonicalize().unwrap().join("kpis.csv");
    std::fs::write(&outside, WIDE).unwrap();
    let outside = outside.to_str().unwrap();
    let out = bench.done(&["import", "plan.waymark.ron", "--from", outside, "--create", "--link"]);
    assert!(out.contains("is outside the project's folder") && out.contains("refresh --allow"), "{out}");
    let linked = bench.read("plan.waymark.ron");
    std::fs::write(outside, "Month,MAU,Churn\n2026-01,100,1%\n2026-02,110,2%\n2026-03,120,3%\n").unwrap();
    let Answer { code, err, .. } = bench.run(&["refresh", "plan.waymark.ron"]);
    assert!(code == 1 && err.contains(&format!("add --allow {outside:?}")), "{err}");
    assert_eq!((bench.read("plan.waymark.ron"), points(&bench, "MAU")), (linked, 2.into()));
    let Answer { code, .. } = bench.run(&["refresh", "plan.waymark.ron", "--allow", "plan.waymark.ron"]);
    assert_eq!(code, 1, "another file was allowed");
    bench.done(&["refresh", "plan.waymark.ron", "--allow", outside]);
    assert_eq!(points(&bench, "MAU"), 3);
    let Answer { code, .. } = bench.run(&["refresh", "plan.waymark.ron"]);
    assert_eq!(code, 1, "that is not remembered");
}

#[test]
fn a_column_that_cannot_be_read_is_named_and_nothing_is_taken() {
    let bench = bench();
    bench.write("kpis.csv", "Month;MAU;Churn\n2026-01;1,5;1.5\n2026-02;2.5;2.5\n");
    let before = bench.read("plan.waymark.ron");
    let Answer { code, err, .. } = bench.run(&["import", "plan.waymark.ron", "--from", "kpis.csv", "--create"]);
    assert!(code == 1 && err.starts_with("kpis.csv: \"MAU\": the numbers in column \"MAU\" mix decimal marks"), "{err}");
    assert_eq!(bench.read("plan.waymark.ron"), before);
}

#[test]
fn a_table_with_two_columns_of_names_says_what_its_rows_differ_in() {
    let bench = bench();
    let rows = |month: u32| format!("2026-0{month},N,Calls,1{month}\n2026-0{month},N,Waits,2{month}\n2026-0{month},S,Calls,3{month}\n");
    bench.write("tall.csv", &format!("month,region,what,value\n{}{}{}", rows(1), rows(2), rows(3)));
    let args = ["import", "plan.waymark.ron", "--from", "tall.csv", "--create"];
    let Answer { code, err, .. } = bench.run(&args);
    assert_eq!(code, 1, "{err}");
    assert!(
        err.contains(
            "the rows of one date differ in \"region\", whose values (with their rows) are N (6), S (3): use --filter \"region=N\" to take those of \
             one, --names \"what + region\" to have a metric of each, or --on-duplicate sum or mean to join them"
        ),
        "{err}"
    );
    let because =
        "the rows of a date differ in what (2) and region (2); what names the metrics, since the others are usual names for groups";
    for shape in [&[][..], &["--shape", "tall"]] {
        let out = bench.done(&[&args[..], shape, &["--filter", "region=N", "--dry-run"]].concat());
        assert!(out.starts_with(&format!("Read as tall: {because}\nMetric “Calls” (new), monthly, count\n")), "{out}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&bench.done(&[&args[..], &["--filter", "region=N", "--dry-run", "--format", "json"]].concat())).unwrap();
    assert_eq!(
        (&json["shape"]["is"], &json["shape"]["names"], &json["shape"]["because"]),
        (&"tall".into(), &"what".into(), &because.into())
    );
    // Two names in a column, and one of them is left by a filter.
    let one =
        ["import", "plan.waymark.ron", "--from", "tall.csv", "--filter", "region=S", "--new", "Calls", "--unit", "count", "--dry-run"];
    assert!(bench.done(&one).contains("3 points from 2026-01-01 to 2026-03-01"));
    bench.done(&[&args[..], &["--names", "what + region"]].concat());
    assert_eq!(points(&bench, "Calls – S"), 3);
}

#[test]
fn one_column_has_shares_and_another_hundredths_also_the_next_time() {
    let bench = bench();
    bench.write("rates.csv", "month,churn %,bounce %\n2026-01,0.02,45\n2026-02,0.03,46\n");
    let args = ["import", "plan.waymark.ron", "--from", "rates.csv", "--create"];
    let Answer { code, err, .. } = bench.run(&args);
    assert!(code == 1 && err.contains("\"COLUMN=share\" for one of several"), "{err}");
    let Answer { code, err, .. } = bench.run(&[&args[..], &["--percent", "refunds=share"]].concat());
    assert!(code == 2 && err.contains("no series that is taken is named \"refunds\"; they are churn %, bounce %"), "{err}");
    bench.done(&[&args[..], &["--percent", "churn %=share", "--link"]].concat());
    let last = |name: &str| {
        let report = bench.report(&["plan.waymark.ron", "--as-of", "2026-06-10"]);
        report["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == name).unwrap()["last"]["value"].clone()
    };
    assert_eq!((last("churn %"), last("bounce %")), (3.0.into(), 46.0.into()));
    assert!(
        bench.read("plan.waymark.ron").split_whitespace().collect::<String>().contains("percent_of:[(series:\"churn%\",form:Share"),
        "{}",
        bench.read("plan.waymark.ron")
    );
    bench.write("rates.csv", "month,churn %,bounce %\n2026-03,0.01,0.5\n");
    bench.done(&["refresh", "plan.waymark.ron"]);
    assert_eq!((last("churn %"), last("bounce %")), (1.0.into(), 0.5.into()));
}
