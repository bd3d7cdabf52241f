//! The program as people call it: command lines in, exit codes, messages and files out.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

#[path = "cli/add.rs"]
mod add;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/merge.rs"]
mod merge;
#[path = "cli/saving.rs"]
mod saving;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own, where the program runs.
struct Bench {
    folder: tempfile::TempDir,
    /// The data folder of the program.
    data: tempfile::TempDir,
}

struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), data: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
        command.args(args).current_dir(self.folder.path()).env("XDG_DATA_HOME", self.data.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Answer {
        answer(self.command(args).output().unwrap())
    }

    /// Runs what must work, and gives what it says.
    fn done(&self, args: &[&str]) -> String {
        let Answer { code, out, err } = self.run(args);
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}: {out}");
        out
    }

    fn report(&self, args: &[&str]) -> Value {
        let args = [&["report"], args, &["--format", "json"]].concat();
        serde_json::from_str(&self.done(&args)).unwrap()
    }
}

fn answer(Output { status, stdout, stderr }: Output) -> Answer {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: status.code().expect("ended by itself"), out: text(stdout), err: text(stderr) }
}

#[test]
fn the_sample_is_sound_and_reported() {
    let bench = Bench::new();
    let Answer { code, out, err } = bench.run(&["check", "--sample"]);
    assert!(code == 0 && out.starts_with("the sample: no problems ("), "{out}");
    // What is worth mending is no problem.
    assert!(!err.is_empty() && err.lines().all(|line| line.starts_with("the sample:") && line.contains(": warning: ")), "{err}");
    let report = bench.report(&["--sample"]);
    let goals = report["goals"].as_array().unwrap();
    let metrics = report["metrics"].as_array().unwrap();
    let kinds: Vec<&str> = goals.iter().map(|g| g["kind"].as_str().unwrap()).collect();
    let objectives = kinds.iter().filter(|k| **k == "objective").count();
    assert!(
        objectives >= 3 && kinds.len() - objectives >= 9 && metrics.len() >= 14,
        "{objectives} of {} goals, {} metrics",
        kinds.len(),
        metrics.len()
    );
    for kind in ["increase", "decrease", "between"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    let text = bench.done(&["report", "--sample"]);
    // Initiatives are counted, not listed.
    for goal in goals.iter().filter(|g| g["kind"] != "initiative") {
        let title = goal["title"].as_str().unwrap();
        assert!(text.contains(title), "{title} is missing in\n{text}");
    }
}

#[test]
fn the_report_is_of_the_day_asked_for() {
    let bench = Bench::new();
    let pinned = bench.report(&["--sample"]);
    let earlier = bench.report(&["--sample", "--as-of", "2020-01-01"]);
    assert_eq!(earlier["as_of"], "2020-01-01");
    assert!(pinned["as_of"].as_str() > earlier["as_of"].as_str());
    // Years before its first day the sample has no point.
    assert!(earlier["metrics"].as_array().unwrap().iter().all(|m| m["last"].is_null()), "{earlier}");
    assert!(pinned["metrics"].as_array().unwrap().iter().any(|m| !m["last"].is_null()));
}

#[test]
fn the_same_report_is_the_same_text() {
    let bench = Bench::new();
    for args in [&["report", "--sample"][..], &["report", "--sample", "--format", "json"]] {
        assert_eq!(bench.done(args), bench.done(args));
    }
}

#[test]
fn a_new_project_is_empty_and_never_replaces_a_file() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let text = bench.read("plan.waymark.ron");
    assert!(text.starts_with("(\n  format: \"waymark\",\n  version: 1,\n") && text.contains("name: \"plan\""), "{text}");
    assert_eq!(bench.done(&["check", "plan.waymark.ron"]), "plan.waymark.ron: no problems (0 goals, 0 metrics, 0 points)\n");
    let Answer { code, out, err } = bench.run(&["new", "plan.waymark.ron"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(err, "plan.waymark.ron already exists and was left as it is; choose another name\n");
    assert_eq!(bench.read("plan.waymark.ron"), text);
}

#[test]
fn the_project_in_the_readme_is_sound() {
    let bench = Bench::new();
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let excerpt = readme.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the README shows a project");
    bench.write("clinic.waymark.ron", excerpt);
    let Answer { code, out, err } = bench.run(&["check", "clinic.waymark.ron"]);
    assert_eq!((code, out.as_str()), (0, "clinic.waymark.ron: no problems (2 goals, 1 metric, 2 points)\n"));
    assert!(err.lines().all(|line| line.contains(": warning: ")), "{err}");
}

#[test]
fn a_broken_file_is_named_with_its_place_and_left_alone() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let sound = bench.read("plan.waymark.ron");
    let broken = sound.replace("version: 1,", "version: 1,\n  colour: \"red\",");
    bench.write("plan.waymark.ron", &broken);
    for args in [&["check", "plan.waymark.ron"][..], &["report", "plan.waymark.ron"], &["export", "plan.waymark.ron", "--out", "x"]] {
        let Answer { code, out, err } = bench.run(args);
        assert_eq!((code, out.as_str()), (1, ""), "{args:?}");
        assert!(err.starts_with("plan.waymark.ron:4:") && err.contains("colour"), "{args:?}: {err}");
    }
    assert_eq!(bench.read("plan.waymark.ron"), broken);
    let missing = bench.run(&["check", "nowhere.waymark.ron"]);
    assert!(missing.code == 1 && missing.err.contains("nowhere.waymark.ron"), "{}", missing.err);
}

#[test]
fn wrong_usage_is_told_apart_from_bad_files() {
    let bench = Bench::new();
    for args in [
        &["report"][..],
        &["report", "a.ron", "--sample"],
        &["report", "--sample", "--as-of", "yesterday"],
        &["export", "--sample", "--out", "x", "--what", "slides"],
        &["export", "--sample", "--out", "x", "--size", "big"],
        &["import", "a.ron", "--date", "d", "--value", "v"],
        &["import", "a.ron", "--csv", "a.csv", "--metric", "X", "--create"],
        &["import", "a.ron", "--csv", "a.csv", "--date", "d", "--value", "v", "--new", "X"],
        &["import", "a.ron", "--csv", "a.csv", "--date", "d", "--value", "v", "--new", "X", "--unit", "bananas"],
        &["import", "a.ron", "--csv", "a.csv", "--date", "d", "--value", "v", "--metric", "X", "--filter", "type"],
        &["--renderer", "pencil"],
    ] {
        let Answer { code, out, err } = bench.run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(!err.is_empty());
    }
}

#[test]
fn help_names_every_command_and_option() {
    let bench = Bench::new();
    let help = bench.done(&["--help"]);
    for word in ["check", "report", "export", "import", "new", "--sample", "--renderer", "--theme", "--frame-log"] {
        assert!(help.contains(word), "{word}");
    }
    let help = bench.done(&["import", "--help"]);
    for word in
        ["--csv", "--date", "--value", "--metric", "--new", "--unit", "--filter", "--cadence", "--target", "--objective", "--direction"]
    {
        assert!(help.contains(word), "{word}");
    }
    let help = bench.done(&["export", "--help"]);
    for word in ["--out", "--what", "--format", "--size", "--scale", "--theme", "--as-of", "--overwrite"] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn without_a_display_the_window_says_so_in_one_line() {
    if cfg!(not(target_os = "linux")) {
        return;
    }
    let bench = Bench::new();
    let mut command = bench.command(&[]);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    let Answer { code, out, err } = answer(command.output().unwrap());
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    for word in ["display", "check", "report", "export", "import", "new"] {
        assert!(err.contains(word), "{word}: {err}");
    }
}

const SALES: &str = "Monat;Umsatz;Land\n01.01.2026;1.200,50;DE\n01.02.2026;1.300,00;DE\n01.03.2026;k. A.;DE\n01.01.2026;7,5;AT\n";

fn import_sales(bench: &Bench, more: &[&str]) -> Answer {
    bench.write("sales.csv", SALES);
    let args = ["import", "plan.waymark.ron", "--csv", "sales.csv", "--date", "Monat", "--value", "Umsatz"];
    bench.run(&[&args, more].concat())
}

#[test]
fn an_import_makes_a_metric_and_lists_what_it_did_not_take() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let Answer { code, out, err } = import_sales(&bench, &["--new", "Revenue", "--unit", "currency:EUR", "--filter", "Land=DE"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(err, "sales.csv: line 4, column \"Umsatz\": \"k. A.\" is no number\n");
    assert!(out.contains("2 points from 2026-01-01 to 2026-02-01: 2 new, 0 changed, 0 as before"), "{out}");
    assert!(out.contains("1 row left out by the filter") && out.contains("1 row not taken"), "{out}");
    let report = bench.report(&["plan.waymark.ron", "--as-of", "2026-03-10"]);
    let metric = &report["metrics"][0];
    assert_eq!((&metric["name"], &metric["unit"], &metric["points"]), (&"Revenue".into(), &"currency:EUR".into(), &2.into()));
    assert_eq!(metric["last"], serde_json::json!({ "date": "2026-02-01", "value": 1300.0 }));
    assert_eq!(report["goals"], serde_json::json!([]));
}

#[test]
fn an_import_that_cannot_be_meant_changes_nothing() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let before = bench.read("plan.waymark.ron");
    let check = |more: &[&str], message: &str| {
        let Answer { code, out, err } = import_sales(&bench, more);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.contains(message), "{err}");
        assert_eq!(bench.read("plan.waymark.ron"), before);
    };
    let new = ["--new", "Revenue", "--unit", "currency:EUR"];
    check(&new, "sales.csv: one date occurs more than once: 2026-01-01 (lines 2, 5)");
    check(&[&new[..], &["--filter", "Land=FR"]].concat(), "no row has Land = FR; the column has \"AT\", \"DE\"");
    check(&[&new[..], &["--filter", "State=DE"]].concat(), "there is no column \"State\"; the columns are \"Monat\", \"Umsatz\", \"Land\"");
    check(&["--metric", "Revenue", "--filter", "Land=DE"], "there is no metric \"Revenue\" in the project");
    let Answer { code, err, .. } =
        bench.run(&["import", "plan.waymark.ron", "--csv", "nowhere.csv", "--date", "d", "--value", "v", "--new", "X", "--unit", "count"]);
    assert!(code == 1 && err.starts_with("nowhere.csv cannot be read"), "{err}");
}

#[test]
fn a_target_with_an_objective_makes_a_key_result_once() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let more = ["--filter", "Land=DE", "--target", "1500", "--objective", "Grow at home", "--direction", "up"];
    let first = import_sales(&bench, &[&["--new", "Revenue", "--unit", "currency:EUR"], &more[..]].concat());
    assert_eq!(first.code, 0, "{}", first.err);
    let after_first = bench.read("plan.waymark.ron");
    let report = bench.report(&["plan.waymark.ron"]);
    let kinds: Vec<&str> = report["goals"].as_array().unwrap().iter().map(|g| g["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["objective", "at_least"]);
    assert_eq!(report["goals"][1]["parent"], report["goals"][0]["id"]);
    let roles: Vec<&str> = report["metrics"][0]["supports"].as_array().unwrap().iter().map(|s| s["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["outcome", "outcome"], "the objective by its link, the key result by what it measures");
    let again = import_sales(&bench, &[&["--metric", "Revenue"], &more[..]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(bench.read("plan.waymark.ron"), after_first, "the same import again changes nothing");
}

/// Monthly waiting times of English hospitals, beside the checkout: a table that nobody made for this test.
fn hospital_table() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/kpi/nhs_ae_england_monthly.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn real_data_becomes_a_key_result_under_its_target() {
    let Some(table) = hospital_table() else { return };
    let bench = Bench::new();
    bench.done(&["new", "ed.waymark.ron"]);
    let out = bench.done(&[
        "import",
        "ed.waymark.ron",
        "--csv",
        table.to_str().unwrap(),
        "--date",
        "period",
        "--value",
        "pct_within_4h",
        "--filter",
        "type=1",
        "--new",
        "Seen within 4 hours",
        "--unit",
        "percent",
        "--target",
        "95",
        "--objective",
        "Nobody waits long in the emergency department",
    ]);
    assert!(
        out.contains("36 points from 2016-04-01 to 2019-03-01") && out.contains("monthly") && out.contains("72 rows left out"),
        "{out}"
    );
    let report = bench.report(&["ed.waymark.ron", "--as-of", "2019-03-31"]);
    assert_eq!(report["metrics"][0]["points"], 36);
    assert_eq!(report["metrics"][0]["last"]["date"], "2019-03-01");
    let key_result = &report["goals"][1];
    assert_eq!((&key_result["kind"], &key_result["title"]), (&"at_least".into(), &"Seen within 4 hours at or above 95 %".into()));
    // No month reached 95 %.
    assert_eq!(key_result["progress"], 0.0);
    assert_eq!(key_result["status"], "at_risk");
}

#[test]
fn real_data_leaves_as_picture_drawing_and_document() {
    let Some(table) = hospital_table() else { return };
    let bench = Bench::new();
    bench.done(&["new", "ed.waymark.ron"]);
    bench.done(&[
        "import",
        "ed.waymark.ron",
        "--csv",
        table.to_str().unwrap(),
        "--date",
        "period",
        "--value",
        "pct_within_4h",
        "--filter",
        "type=1",
        "--new",
        "Seen within 4 hours",
        "--unit",
        "percent",
        "--target",
        "95",
        "--objective",
        "Nobody waits long",
    ]);
    let export = |out: &str| {
        let args = ["export", "ed.waymark.ron", "--what", "chart:Seen within 4 hours", "--as-of", "2019-03-31", "--out", out];
        bench.done(&args);
        std::fs::read(bench.path(out)).unwrap()
    };
    let png = export("chart.png");
    assert!(png.starts_with(b"\x89PNG"));
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (2400, 1350));
    let svg = String::from_utf8(export("chart.svg")).unwrap();
    assert!(svg.contains("<text") && svg.contains("Seen within 4 hours") && svg.contains("Nobody waits long"));
    assert!(export("chart.pdf").starts_with(b"%PDF-"));
    assert_eq!(svg.as_bytes(), export_again(&bench).as_slice(), "the same project and arguments give the same bytes");
    let refused = bench.run(&["export", "ed.waymark.ron", "--what", "chart:Seen within 4 hours", "--out", "chart.png"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert_eq!(std::fs::read(bench.path("chart.png")).unwrap(), png);
}

fn export_again(bench: &Bench) -> Vec<u8> {
    let args =
        ["export", "ed.waymark.ron", "--what", "chart:Seen within 4 hours", "--as-of", "2019-03-31", "--out", "chart.svg", "--overwrite"];
    assert_eq!(bench.done(&args), "chart.svg\n", "the file is named as it was asked for");
    std::fs::read(bench.path("chart.svg")).unwrap()
}

#[test]
fn a_table_that_is_not_there_is_said_in_plain_words() {
    let bench = Bench::new();
    bench.done(&["new", "x.waymark.ron"]);
    let args = ["import", "x.waymark.ron", "--csv", "nowhere.csv", "--date", "d", "--value", "v", "--new", "N", "--unit", "count"];
    let Answer { code, err, .. } = bench.run(&args);
    assert_eq!((code, err.as_str()), (1, "nowhere.csv cannot be read: there is no such file or folder\n"));
}

#[test]
fn a_page_that_is_alone_gets_the_ending_of_its_format() {
    let bench = Bench::new();
    for (what, name) in [("view:board", "board"), ("chart:MAU", "chart")] {
        let args = ["export", "--sample", "--what", what, "--size", "1200x3000", "--format", "svg", "--out", name];
        assert_eq!(bench.done(&args), format!("{name}.svg\n"));
        assert!(bench.read(&format!("{name}.svg")).starts_with("<svg") && !bench.path(name).exists());
        let again = bench.run(&args);
        assert!(again.code == 1 && again.err.contains(&format!("{name}.svg exists already")), "{}", again.err);
    }
    let refused = bench.run(&["export", "--sample", "--out", "x.png", "--what", "chart:MAU", "--size", "150x90"]);
    assert!(refused.code == 2 && refused.err.contains("a page of 150 × 90 points has no room"), "{}", refused.err);
    assert!(!bench.path("x.png").exists());
}

#[test]
fn what_is_to_be_exported_must_be_there() {
    let bench = Bench::new();
    let Answer { code, err, .. } = bench.run(&["export", "--sample", "--what", "chart:Nothing like it", "--out", "x.png"]);
    assert_eq!(code, 1);
    assert_eq!(err, "there is no metric \"Nothing like it\" in the sample; ids and names must match exactly\n");
    assert!(!bench.path("x.png").exists());
}

#[test]
fn the_name_of_a_file_does_not_say_another_format_than_it_holds() {
    let bench = Bench::new();
    let chart = |more: &[&str]| bench.run(&[&["export", "--sample", "--what", "chart:MAU"], more].concat());
    for (more, said) in [
        (&["--out", "x.jpg"][..], "x.jpg ends in no format of an export, such as .png or .pdf; say the format with --format\n"),
        (&["--out", "x.png", "--format", "svg"], "x.png ends like PNG but --format asks for SVG; change one of the two\n"),
    ] {
        let Answer { code, err, .. } = chart(more);
        assert_eq!((code, err.as_str()), (2, said));
    }
    assert_eq!(chart(&["--out", "x.chart", "--format", "svg"]).code, 0);
    std::fs::create_dir(bench.path("all.png")).unwrap();
    assert_eq!(chart(&["--out", "all.png", "--format", "svg"]).code, 0, "a folder may be called anything");
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let bench = Bench::new();
    let mut child =
        bench.command(&["report", "--sample", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let Answer { code, err, .. } = answer(child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn a_warning_names_its_line_until_its_rule_is_off() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let plan = bench.read("plan.waymark.ron");
    let goals = "  goals: [\n    (\n      id: \"g-a\",\n      order: \"V\",\n      title: \"Improve user experience\",\n      kind: Objective(),\n      owner: \"Design\",\n      start: Some(\"2026-01-01\"),\n      due: Some(\"2026-12-31\"),\n    ),\n  ],\n";
    let with_goals = format!("{}{goals})\n", plan.trim_end().strip_suffix(')').unwrap());
    bench.write("plan.waymark.ron", &with_goals);
    let Answer { code, out: _, err } = bench.run(&["check", "plan.waymark.ron"]);
    assert_eq!(code, 0, "{err}");
    let line = with_goals.lines().position(|line| line.contains("title: \"Improve")).unwrap() + 1;
    let warning = format!(
        "plan.waymark.ron:{line}:7: warning: “Improve user experience”: “improve” is true of any change, however small, and no metric says how much is enough. [vague-goal]\n"
    );
    assert!(err.contains(&warning), "{err}");
    assert_eq!(err.lines().count(), 3, "vague, without an outcome metric, without a key result: {err}");
    assert!(with_goals.contains("settings: ("), "{with_goals}");
    bench.write(
        "plan.waymark.ron",
        &with_goals.replacen("settings: (", "settings: (\n    lint_off: [\"vague-goal\", \"no-key-result\", \"no-outcome-metric\"],", 1),
    );
    bench.done(&["check", "plan.waymark.ron"]);
}

#[test]
fn a_new_project_begins_with_a_template() {
    let bench = Bench::new();
    let list = bench.done(&["new", "--list-templates"]);
    let names: Vec<&str> = list.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(names.len(), 8, "{list}");
    assert!(list.lines().all(|line| line.ends_with('.')), "{list}");
    for name in names {
        let file = format!("{name}.waymark.ron");
        assert_eq!(bench.done(&["new", &file, "--template", name]), format!("Made {file}\n"));
        let Answer { code, out: _, err } = bench.run(&["check", &file]);
        assert_eq!(code, 0, "{name}: {err}");
        // What only the people who use it can fill in.
        let open = |line: &str| line.ends_with("[no-owner]") || line.ends_with("[no-target]");
        assert_eq!(err.lines().find(|line| !open(line)), None, "{name}");
        let report = bench.report(&[&file]);
        let goals = report["goals"].as_array().unwrap();
        assert_eq!(goals.is_empty(), name == "blank", "{name}");
        // Nothing is measured yet, so nothing has a progress.
        assert!(goals.iter().filter(|g| g["kind"] == "baseline").all(|g| g["progress"].is_null()), "{name}");
        assert!(report["metrics"].as_array().unwrap().iter().all(|m| m["last"].is_null()), "{name}");
    }
    let again = bench.run(&["new", "blank.waymark.ron", "--template", "saas-growth"]);
    assert_eq!(again.code, 1, "a file that is there is left alone");
}

#[test]
fn an_unknown_template_is_wrong_usage_and_makes_nothing() {
    let bench = Bench::new();
    let Answer { code, out, err } = bench.run(&["new", "plan.waymark.ron", "--template", "saas"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("\"saas\"") && err.contains("saas-growth") && err.contains("blank"), "{err}");
    assert!(!bench.path("plan.waymark.ron").exists());
    for wrong in [&["new"][..], &["new", "plan.waymark.ron", "--list-templates"], &["new", "--template", "blank"]] {
        assert_eq!(bench.run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn check_says_what_happened_to_a_damaged_file_and_where_a_version_is() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let data = bench.path("data");
    let check = || {
        let mut command = bench.command(&["check", "plan.waymark.ron"]);
        answer(command.env("XDG_DATA_HOME", &data).output().unwrap())
    };
    let path = bench.path("plan.waymark.ron");
    let sound = std::fs::read(&path).unwrap();
    let backups = waymark::storage::Backups::new(data.join("waymark/backups"));
    let saving = waymark::storage::Saving { backups: Some(&backups), ..Default::default() };
    let project = waymark::storage::load(&path).unwrap().project;
    for (bytes, what) in
        [(vec![0; 100], "holds zeros"), (Vec::new(), "is empty"), (sound[..sound.len() / 2].to_vec(), "ends in the middle")]
    {
        std::fs::write(&path, &bytes).unwrap();
        let Answer { code, err, .. } = check();
        assert!(code == 1 && err.contains(&format!("plan.waymark.ron: the file {what}")), "{err}");
        assert!(err.contains("kept no earlier version") || !cfg!(target_os = "linux"), "{err}");
    }
    if cfg!(target_os = "linux") {
        std::fs::write(&path, &sound).unwrap();
        // As the window saves.
        waymark::storage::save_over(&project, &path, &saving).unwrap();
        std::fs::write(&path, []).unwrap();
        let Answer { err, .. } = check();
        assert!(err.contains("the newest version that can be read of ") && err.contains("backups"), "{err}");
    }
}
