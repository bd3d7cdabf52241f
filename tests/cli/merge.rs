//! Two people and one project file: `waymark merge`, `waymark diff`, and git with and without them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::{Answer, Bench};

/// The sample in three files: as it was, and as two people changed it.
fn three(ours: &dyn Fn(&str) -> String, theirs: &dyn Fn(&str) -> String) -> Bench {
    let bench = Bench::new();
    let text = waymark::storage::SAMPLE_TEXT;
    bench.write("base.waymark.ron", text);
    bench.write("ours.waymark.ron", &ours(text));
    bench.write("theirs.waymark.ron", &theirs(text));
    bench
}

const FILES: [&str; 3] = ["base.waymark.ron", "ours.waymark.ron", "theirs.waymark.ron"];

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn changes_of_both_are_merged_and_differences_are_told() {
    let bench = three(&|t| replaced(t, "name: \"Net promoter score\"", "name: \"NPS of all teams\""), &|t| {
        replaced(t, "title: \"Be the product people trust\"", "title: \"Be trusted\"")
    });
    let [base, ours, theirs] = FILES;
    assert_eq!(bench.done(&["merge", base, ours, theirs, "--out", "merged.waymark.ron"]), "");
    let said = bench.done(&["diff", base, "merged.waymark.ron"]);
    assert_eq!(
        said,
        "Objective “Be trusted”: title Be the product people trust → Be trusted\n\
         Metric “NPS of all teams”: name Net promoter score → NPS of all teams\n"
    );
    assert_eq!(bench.done(&["diff", base, base]), "no difference\n");
    // To standard output it is the same file.
    assert_eq!(bench.done(&["merge", base, ours, theirs]), bench.read("merged.waymark.ron"));
}

#[test]
fn a_conflict_is_listed_and_leaves_a_whole_project() {
    let title = |to: &'static str| move |t: &str| replaced(t, "title: \"Be the product people trust\"", &format!("title: \"{to}\""));
    let bench = three(&title("Be trusted"), &title("Never lose a note"));
    let [base, ours, theirs] = FILES;
    let Answer { code, err, .. } = bench.run(&["merge", base, ours, theirs, "--out", ours]);
    assert_eq!(code, 1);
    assert!(err.starts_with("Objective “Be trusted”, title: ours Be trusted (kept), theirs Never lose a note\n1 conflict."), "{err}");
    assert_eq!(bench.run(&["check", ours]).code, 0);
    assert_eq!(bench.done(&["merge", base, ours, theirs, "--prefer", "theirs", "--out", "merged.waymark.ron"]), "");
    assert!(bench.read("merged.waymark.ron").contains("Never lose a note"));
}

fn git(folder: &Path, args: &[&str]) -> Option<std::process::Output> {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    Command::new("git").args(settings).args(args).current_dir(folder).env("GIT_CONFIG_NOSYSTEM", "1").output().ok()
}

/// Two branches of one repository, each a change further; answers whether merging the second into the first worked. `None` without git.
fn merged_by_git(bench: &Bench, driver: bool, change: [&dyn Fn(&str) -> String; 2]) -> Option<bool> {
    let folder = bench.path("");
    let run = |args: &[&str]| git(&folder, args).map(|output| output.status.success());
    run(&["init", "-q", "-b", "main"])?;
    let file = "team.waymark.ron";
    bench.write(file, waymark::storage::SAMPLE_TEXT);
    if driver {
        bench.write(".gitattributes", "*.waymark.ron merge=waymark\n");
        let command = format!("{} merge %O %A %B --out %A", env!("CARGO_BIN_EXE_waymark"));
        run(&["config", "merge.waymark.driver", &command])?;
    }
    run(&["add", "."])?;
    run(&["commit", "-qm", "Begin"])?;
    run(&["checkout", "-qb", "other"])?;
    bench.write(file, &change[1](waymark::storage::SAMPLE_TEXT));
    run(&["commit", "-qam", "Theirs"])?;
    run(&["checkout", "-q", "main"])?;
    bench.write(file, &change[0](waymark::storage::SAMPLE_TEXT));
    run(&["commit", "-qam", "Ours"])?;
    run(&["merge", "-q", "--no-edit", "other"])
}

/// A project file after points and a goal were added by command, as two people would.
fn with_goal_and_points(bench: &Bench, title: &str, metric: &str, date: &str) -> String {
    bench.write("work.waymark.ron", waymark::storage::SAMPLE_TEXT);
    bench.write("points.csv", &format!("date,value\n{date},41\n"));
    bench.done(&["import", "work.waymark.ron", "--csv", "points.csv", "--metric", metric, "--date", "date", "--value", "value"]);
    bench.done(&["add", "work.waymark.ron", title, "--as-of", "2026-11-21"]);
    bench.read("work.waymark.ron")
}

/// The ids of all goals.
fn goals(text: &str) -> BTreeSet<&str> {
    text.split("id: \"").skip(1).filter_map(|rest| rest.split('"').next()).filter(|id| id.starts_with("g-")).collect()
}

/// Whether a goal of the sample stands between the goals that two files have beyond it. New ids are random: now and then two of them come
/// to stand side by side, and then text alone cannot tell their lines apart.
fn lie_apart(ours: &str, theirs: &str) -> bool {
    let known = goals(waymark::storage::SAMPLE_TEXT);
    let new: BTreeSet<&str> = goals(ours).union(&goals(theirs)).copied().filter(|id| !known.contains(id)).collect();
    let (first, last) = (new.first().unwrap(), new.last().unwrap());
    assert_eq!(new.len(), 2);
    known.iter().any(|id| first < id && id < last)
}

#[test]
fn git_merges_goals_and_points_of_two_branches_with_and_without_the_driver() {
    let bench = Bench::new();
    let ours = with_goal_and_points(&bench, "Be in every classroom", "Net promoter score", "2026-12-01");
    let theirs = std::iter::repeat_with(|| with_goal_and_points(&bench, "Win back lost teams", "Paying teams", "2026-12-01"))
        .take(40)
        .find(|theirs| lie_apart(&ours, theirs))
        .unwrap();
    for driver in [false, true] {
        let repository = Bench::new();
        let Some(worked) = merged_by_git(&repository, driver, [&|_| ours.clone(), &|_| theirs.clone()]) else {
            eprintln!("git is not installed: merging by git is not tried");
            return;
        };
        assert!(worked, "driver: {driver}");
        let merged = repository.read("team.waymark.ron");
        for part in ["Be in every classroom", "Win back lost teams"] {
            assert!(merged.contains(part), "{part} is lost");
        }
        assert_eq!(repository.run(&["check", "team.waymark.ron"]).code, 0);
    }
    // Both add a value at the same place of the file: text alone cannot tell, the driver can.
    let value = |date: &'static str| {
        let bench = Bench::new();
        with_goal_and_points(&bench, "Be loved by teachers", "Net promoter score", date)
    };
    let (ours, theirs) = (value("2026-12-01"), value("2027-01-01"));
    let repository = Bench::new();
    assert_eq!(merged_by_git(&repository, true, [&|_| ours.clone(), &|_| theirs.clone()]), Some(true));
    assert_eq!(repository.run(&["check", "team.waymark.ron"]).code, 0);
}

#[test]
fn commands_put_the_version_before_by_and_say_where_they_cannot() {
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    let before = bench.read("plan.waymark.ron");
    bench.done(&["add", "plan.waymark.ron", "Improve user experience", "--as-of", "2026-11-21"]);
    let kept = |bench: &Bench| -> Vec<String> {
        let rings = std::fs::read_dir(bench.data.path().join("waymark/backups")).unwrap();
        let files = rings.flat_map(|ring| std::fs::read_dir(ring.unwrap().path()).unwrap());
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    };
    assert_eq!(kept(&bench), [before]);
    // What a merge replaces is put by as well.
    let now = bench.read("plan.waymark.ron");
    bench.write("base.waymark.ron", &now);
    bench.write("theirs.waymark.ron", &replaced(&now, "Improve user experience", "Improve it all"));
    bench.done(&["merge", "base.waymark.ron", "plan.waymark.ron", "theirs.waymark.ron", "--out", "plan.waymark.ron"]);
    assert!(bench.read("plan.waymark.ron").contains("Improve it all"));
    assert_eq!(kept(&bench).len(), 2);
    assert!(kept(&bench).contains(&now));

    // A data folder that is a file takes nothing; the command is done all the same, and says so.
    let bench = Bench::new();
    bench.done(&["new", "plan.waymark.ron"]);
    std::fs::write(bench.data.path().join("waymark"), "in the way").unwrap();
    let Answer { code, out, err } = bench.run(&["add", "plan.waymark.ron", "Improve user experience", "--as-of", "2026-11-21"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Saved plan.waymark.ron"), "{out}");
    assert!(err.starts_with("plan.waymark.ron: the version before could not be put by: "), "{err}");
}
