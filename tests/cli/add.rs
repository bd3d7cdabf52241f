//! Goals of one sentence.

use serde_json::{Value, json};

use super::{Answer, Bench};

/// A project with one objective.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    bench.done(&["add", "plan.waymark.ron", "Improve user experience", "--as-of", "2026-11-21"]);
    bench
}

fn said(bench: &Bench, sentence: &str) -> Value {
    let args = ["add", "plan.waymark.ron", sentence, "--as-of", "2026-11-21", "--dry-run", "--format", "json"];
    serde_json::from_str(&bench.done(&args)).unwrap()
}

#[test]
fn a_dry_run_says_the_reading_and_changes_nothing() {
    let bench = bench();
    let before = bench.read("plan.waymark.ron");
    assert_eq!(
        said(&bench, "Bring MAU to 10 million by Q4 2027"),
        json!({
            "kind": "increase", "title": "Bring MAU to 10 million", "metric": "MAU", "unit": null, "start": null, "target": 10_000_000,
            "relative": false, "amount": null, "starts": null, "due": "2027-12-31", "missing": ["start"],
        })
    );
    assert_eq!(
        said(&bench, "Reduce page load time by 20%"),
        json!({
            "kind": "decrease", "title": "Reduce page load time by 20%", "metric": "Page load time", "unit": null, "start": null,
            "target": null, "relative": true, "amount": 20, "starts": null, "due": null, "missing": ["start", "due"],
        })
    );
    assert_eq!(
        said(&bench, "Improve user experience"),
        json!({
            "kind": "objective", "title": "Improve user experience", "metric": null, "unit": null, "start": null, "target": null,
            "relative": false, "amount": null, "starts": null, "due": null, "missing": [],
        })
    );
    assert_eq!(bench.read("plan.waymark.ron"), before);
}

#[test]
fn a_sentence_becomes_a_key_result_under_the_only_objective() {
    let bench = bench();
    let sentence = "Improve customer satisfaction (CSAT) scores from 85% to 90% by Q4 2027 by revamping the login";
    let out = bench.done(&["add", "plan.waymark.ron", sentence, "--as-of", "2026-11-21"]);
    for line in [
        "Increase: Improve customer satisfaction (CSAT) scores from 85% to 90%\n",
        "  metric      Customer satisfaction (CSAT), new\n",
        "  start       85 %\n",
        "  target      90 %\n",
        "  due         31 Dec 2027\n",
        "  initiative  Revamping the login\n",
        " under “Improve user experience”\n",
        "Saved plan.waymark.ron\n",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
    let report = bench.report(&["plan.waymark.ron", "--as-of", "2026-11-21"]);
    let kinds: Vec<&str> = report["goals"].as_array().unwrap().iter().map(|g| g["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["objective", "increase", "initiative"]);
    // The metric is known from then on, by its abbreviation.
    let id = report["metrics"][0]["id"].as_str().unwrap();
    assert_eq!(said(&bench, "Keep CSAT above 80% by 2028")["metric"], id);
    // What is left to mend (nobody owns it yet) is a warning, no problem.
    let checked = bench.run(&["check", "plan.waymark.ron"]);
    assert!(checked.code == 0 && checked.out.contains("no problems"), "{}{}", checked.out, checked.err);
    assert!(checked.err.lines().all(|line| line.contains(": warning: ")), "{}", checked.err);
}

#[test]
fn what_cannot_be_added_leaves_the_file_alone() {
    let bench = bench();
    bench.done(&["add", "plan.waymark.ron", "Be calm to work with"]);
    let before = bench.read("plan.waymark.ron");
    for (sentence, more, reason) in [
        ("by Q4", &[][..], "not understood: it says when, but not what is to be reached\n"),
        ("Increase MRR from 90 to 80 by Q4 2027", &[], "not understood: it is to rise, but 80 lies below 90\n"),
        ("Keep uptime above 99.9%", &["--parent", "Be calm to work with"], "by when? Say a due date"),
        ("Keep uptime above 99.9% by Q4 2027", &[], "several objectives could hold it; say which with --parent:\n  g-"),
        (
            "Keep uptime above 99.9% by Q4 2027",
            &["--parent", "Nothing"],
            "there is no goal \"Nothing\"; ids and titles must match exactly\n",
        ),
    ] {
        let Answer { code, out, err } = bench.run(&[&["add", "plan.waymark.ron", sentence], more].concat());
        assert!(code != 0 && out.is_empty() && err.starts_with(reason), "{sentence}: {code} {err}");
    }
    assert_eq!(bench.read("plan.waymark.ron"), before);
    let done = bench.done(&["add", "plan.waymark.ron", "Keep uptime above 99.9% by Q4 2027", "--parent", "Be calm to work with"]);
    assert!(done.contains("under “Be calm to work with”"), "{done}");
}

#[test]
fn the_sentences_in_the_readme_are_understood() {
    let bench = Bench::new();
    let readme = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    bench.done(&["new", "clinic.waymark.ron"]);
    bench.done(&["add", "clinic.waymark.ron", "Nobody waits long"]);
    let lines: Vec<&str> = readme.lines().filter(|l| l.starts_with("waymark add clinic")).collect();
    assert_eq!(lines.len(), 3);
    for line in lines {
        let mut args: Vec<&str> = Vec::new();
        for (index, part) in line.split('"').enumerate() {
            if index % 2 == 1 { args.push(part) } else { args.extend(part.split_whitespace()) }
        }
        bench.done(&args[1..]);
    }
}
