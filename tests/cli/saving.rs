//! Commands that change a file, beside others that change it, too, and beside the versions that they put by.

use std::process::Child;

use super::{Answer, Bench, answer};

fn started(bench: &Bench, args: &[&str]) -> Child {
    let mut command = bench.command(args);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command.spawn().unwrap()
}

fn versions(bench: &Bench) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
        let of = |path: &std::path::PathBuf| {
            if path.is_dir() { count(path) } else { usize::from(path.to_string_lossy().ends_with(".waymark.ron")) }
        };
        entries.unwrap_or_default().iter().map(of).sum()
    }
    count(bench.data.path())
}

#[test]
fn processes_that_save_at_once_lose_nothing() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let titles: Vec<String> =
        ["quick", "simple", "open", "kind", "calm", "honest", "useful", "small"].map(|word| format!("Be more {word}")).into();
    let mut saved = 0;
    // Whoever is refused tries again, as people do.
    let mut left: Vec<&String> = titles.iter().collect();
    while !left.is_empty() {
        let running: Vec<_> = left.iter().map(|title| (*title, started(&bench, &["add", "plan.waymark.ron", title]))).collect();
        let mut refused = Vec::new();
        for (title, child) in running {
            let Answer { code, out, err } = answer(child.wait_with_output().unwrap());
            let text = bench.read("plan.waymark.ron");
            match code {
                0 => {
                    saved += 1;
                    assert!(out.contains("Saved plan.waymark.ron") && text.contains(title.as_str()), "{title} is said to be saved: {text}");
                }
                1 => {
                    assert!(err.contains("was changed by somebody else since it was opened here"), "{err}");
                    refused.push(title);
                }
                code => panic!("{code}: {err}"),
            }
        }
        assert!(refused.len() < left.len(), "one at least gets through");
        left = refused;
    }
    let text = bench.read("plan.waymark.ron");
    assert_eq!(saved, titles.len());
    assert!(titles.iter().all(|title| text.matches(title.as_str()).count() == 1), "{text}");
    assert!(bench.run(&["check", "plan.waymark.ron"]).out.contains("no problems (8 goals"));
    let left: Vec<_> = std::fs::read_dir(bench.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name == "plan.waymark.ron"), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_version_before_is_put_by_for_each_command_that_changes_a_file() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    assert_eq!(versions(&bench), 0);
    bench.done(&["add", "plan.waymark.ron", "Be the daily habit"]);
    assert_eq!(versions(&bench), 1);
    bench.write("mau.csv", "month,mau\n2026-01,1\n2026-02,2\n");
    bench.done(&["import", "plan.waymark.ron", "--csv", "mau.csv", "--date", "month", "--value", "mau", "--new", "MAU", "--unit", "count"]);
    assert_eq!(versions(&bench), 2);
    bench.done(&["add", "plan.waymark.ron", "Be everywhere", "--dry-run"]);
    assert_eq!(bench.run(&["check", "plan.waymark.ron"]).code, 0);
    assert_eq!(versions(&bench), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn without_room_for_the_version_before_a_command_saves_and_says_so() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    // A file stands where the folder would be.
    std::fs::write(bench.data.path().join("waymark"), "").unwrap();
    let Answer { code, out, err } = bench.run(&["add", "plan.waymark.ron", "Be the daily habit"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Saved plan.waymark.ron"), "{out}");
    assert!(err.starts_with("plan.waymark.ron: the version before could not be put by: ") && err.lines().count() == 1, "{err}");
    assert!(bench.read("plan.waymark.ron").contains("Be the daily habit"));
}
