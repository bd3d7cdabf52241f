//! The files of templates read, resolve and say nothing that nobody can know.

use std::collections::BTreeSet;

use super::*;
use crate::model::{Aim, GoalKind, Project, Role};
use crate::storage::{read_project, write_project};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A template as it is on a day, with ids counted from `seed`.
fn made(name: &str, as_of: &str, seed: u64) -> Project {
    let mut bits = seed;
    let mut next = || {
        bits += 1;
        bits
    };
    instantiate(name, day(as_of), &mut next, "Plan").unwrap()
}

fn all(as_of: &str) -> impl Iterator<Item = (&'static str, Project)> {
    names().map(move |name| (name, made(name, as_of, 0)))
}

#[test]
fn every_template_is_a_sound_project_on_any_day() {
    for as_of in ["2024-02-29", "2026-01-01", "2026-11-21", "2027-12-31"] {
        for (name, project) in all(as_of) {
            assert_eq!(project.validate(), [], "{name} on {as_of}");
            assert_eq!(project.name, "Plan");
            assert_eq!(read_project(write_project(&project).as_bytes()), Ok(project), "{name}");
        }
    }
}

#[test]
fn the_files_are_of_the_version_that_is_read() {
    assert!(TEXTS.iter().all(|(_, text)| text.version == VERSION));
    assert_eq!(list().map(|t| t.name).collect::<Vec<_>>(), names().collect::<Vec<_>>());
    assert!(list().all(|t| !t.title.is_empty() && t.sentence.ends_with('.')));
}

#[test]
fn no_template_makes_data_up() {
    for (name, project) in all("2026-11-21") {
        assert!(project.metrics.values().all(|m| m.series.is_empty()), "{name}");
        assert!(project.check_ins.is_empty() && project.events.is_empty(), "{name}");
        for goal in project.goals.values() {
            // Only what is not there yet starts somewhere, at nothing.
            assert!(goal.as_key_result().and_then(|k| k.aim.start()).is_none_or(|start| start == 0.0), "{name}: {}", goal.title);
            let steps = match &goal.kind {
                GoalKind::KeyResult(k) => match &k.aim {
                    Aim::Milestone { steps } => &steps[..],
                    _ => &[],
                },
                GoalKind::Initiative(i) => &i.steps,
                GoalKind::Objective(_) => &[],
            };
            assert!(steps.iter().all(|s| s.done_on.is_none()), "{name}: {}", goal.title);
        }
    }
}

#[test]
fn every_template_but_the_blank_one_has_all_that_a_project_has() {
    let known: BTreeSet<&str> = library().iter().map(|m| m.name.as_str()).collect();
    for (name, project) in all("2026-11-21") {
        assert!(project.cycle_on(day("2026-11-21")).is_some(), "{name}");
        assert!(project.metrics.values().all(|m| known.contains(m.name.as_str())), "{name}");
        if name == "blank" {
            assert!(project.goals.is_empty() && project.metrics.is_empty());
            continue;
        }
        for role in Role::ALL {
            assert!(project.links.values().any(|l| l.role == role), "{name} has no {}", role.word());
        }
        let kinds = |word| project.goals.values().filter(|g| g.kind.word() == word).count();
        assert!(kinds("Objective") >= 2 && kinds("Key result") >= 5 && kinds("Initiative") >= 2, "{name}");
        for objective in project.goals.values().filter(|g| g.is_objective()) {
            let has_key_result = project.goals.values().any(|g| g.parent.as_ref() == Some(&objective.id) && g.as_key_result().is_some());
            assert!(has_key_result, "{name}: {}", objective.title);
        }
        for goal in project.goals.values() {
            let Some(key_result) = goal.as_key_result() else { continue };
            let measured = key_result.metric.is_some() || matches!(key_result.aim, Aim::Milestone { .. });
            assert!(measured, "{name}: {}", goal.title);
            // Where a key result names a direction, it is the one of its metric.
            if let (Aim::Baseline { direction, .. }, Some(metric)) = (&key_result.aim, &key_result.metric) {
                assert_eq!(*direction, project.metric(metric).unwrap().direction, "{name}: {}", goal.title);
            }
        }
    }
}

#[test]
fn dates_are_told_from_the_day_of_use() {
    let spans = |as_of: &str| {
        let project = made("product-launch", as_of, 0);
        let cycles: Vec<_> = project.cycles.values().map(|c| (c.name.clone(), c.start, c.end)).collect();
        let customers = project.find_goal("Win 1,000 customers in the first year").unwrap();
        let stages: Vec<_> = customers.as_key_result().unwrap().stages.iter().map(|s| s.by).collect();
        (cycles, stages, project.span(customers))
    };
    let (cycles, stages, span) = spans("2026-11-21");
    assert_eq!(
        cycles,
        [
            ("Q4 2026".to_owned(), day("2026-10-01"), day("2026-12-31")),
            ("Q1 2027 – Q4 2027".to_owned(), day("2027-01-01"), day("2027-12-31"))
        ]
    );
    assert_eq!(stages, ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"].map(day));
    // The last stage is the target, on its day.
    assert_eq!((span.start, span.due), (Some(day("2027-01-01")), stages.last().copied()));
    assert_eq!(spans("2026-01-01").1[0], day("2026-06-30"));
    // What belongs to a cycle that has begun starts on the day.
    let project = made("marketplace", "2026-11-21", 0);
    assert!(project.goals.values().all(|g| project.span(g).start == Some(day("2026-11-21"))));
    let project = made("marketplace", "2026-01-01", 0);
    assert!(project.goals.values().all(|g| g.start.is_none()));
}

#[test]
fn a_launch_is_staged_and_held_against_benchmarks_and_the_market() {
    let project = made("product-launch", "2026-11-21", 0);
    for goal in project.goals.values().filter_map(|g| g.as_key_result()).filter(|k| !k.stages.is_empty()) {
        assert_eq!(goal.stages.last().map(|s| s.value), goal.aim.target());
        assert!(goal.stages.is_sorted_by(|a, b| a.value < b.value));
    }
    assert_eq!(project.goals.values().filter_map(|g| g.as_key_result()).filter(|k| k.stages.len() == 4).count(), 3);
    let benchmarks: Vec<_> = project.metrics.values().flat_map(|m| &m.benchmarks).collect();
    assert!(benchmarks.len() >= 2 && benchmarks.iter().all(|b| !b.source.is_empty()));
    let share = project.find_metric("Market share").unwrap();
    let [customers, reachable] = ["Active customers", "Reachable customers"].map(|name| project.find_metric(name).unwrap().id.clone());
    assert_eq!(share.formula().unwrap().to_string(), format!("100 * [{customers}] / [{reachable}]"));
    assert_eq!(project.formula_inputs(share), BTreeSet::from([customers, reachable]));
}

#[test]
fn two_projects_of_one_template_share_no_id() {
    for name in names() {
        let ids = |project: &Project| -> BTreeSet<String> {
            let goals = project.goals.keys().map(ToString::to_string);
            let metrics = project.metrics.keys().map(ToString::to_string);
            let cycles = project.cycles.keys().map(ToString::to_string);
            goals.chain(metrics).chain(cycles).chain([project.id.to_string()]).collect()
        };
        let (one, other) = (ids(&made(name, "2026-11-21", 0)), ids(&made(name, "2026-11-21", 10_000)));
        assert!(one.is_disjoint(&other), "{name}");
    }
}

#[test]
fn an_unknown_template_is_refused_with_the_names_there_are() {
    let error = instantiate("saas", day("2026-11-21"), &mut || 1, "Plan").unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no template \"saas\"; there are saas-growth, retention-rescue, marketplace, mobile-app, b2b-sales, \
         platform-reliability, product-launch, blank"
    );
    assert_eq!(find("saas"), Err(error));
    assert_eq!(find("blank").unwrap().title, "Blank");
}

#[test]
fn the_library_has_forty_metrics_that_no_name_confuses() {
    let metrics = library();
    assert!(metrics.len() >= 40, "{}", metrics.len());
    let mut names = BTreeSet::new();
    for metric in metrics {
        let words = std::iter::once(&metric.name).chain(&metric.synonyms).chain(Some(&metric.abbreviation).filter(|a| !a.is_empty()));
        for word in words {
            assert!(names.insert(word.to_lowercase()), "{word} names two metrics");
        }
    }
    let keys: BTreeSet<_> = metrics.iter().map(|m| &m.key).collect();
    assert_eq!(keys.len(), metrics.len());
    let categories: std::collections::HashSet<_> = metrics.iter().map(LibraryMetric::category).collect();
    assert_eq!(categories.len(), 8);
}

#[test]
fn every_metric_of_the_library_says_how_it_is_counted_and_when_it_misleads() {
    for metric in library() {
        let LibraryMetric { key, formula, misleads, .. } = metric;
        assert!(formula.len() > 30 && formula.ends_with('.'), "{key}: {formula}");
        assert!(misleads.starts_with("Misleads ") && misleads.ends_with('.'), "{key}: {misleads}");
        let made = metric.metric(crate::model::MetricId::from_random(1), "USD");
        assert_eq!(made.description, format!("{formula} {misleads}"));
        let mut project = Project::empty(crate::model::ProjectId::from_random(1), "Test");
        project.metrics.insert(made.id.clone(), std::sync::Arc::new(made));
        assert_eq!(project.validate(), [], "{key}");
    }
    let mrr = library().iter().find(|m| m.key == "mrr").unwrap();
    assert_eq!(mrr.unit("USD").code(), "currency:USD");
}

#[test]
fn a_misspelt_field_is_refused() {
    let text = "(version: 1, title: \"T\", sentence: \"S.\", cycels: [])";
    assert!(ron::from_str::<TemplateText>(text).unwrap_err().to_string().contains("cycels"));
    assert!(ron::from_str::<TemplateText>(&text.replace("cycels", "cycles")).is_ok());
}

#[test]
fn a_metric_that_others_give_names_them_in_its_formula() {
    let id = |key: &str| crate::model::MetricId::parse(&format!("m-{}", key.replace('_', "-"))).unwrap();
    let mut computed = 0;
    for metric in library() {
        let formula = metric.formula_of(|input| id(&input.key));
        assert_eq!(formula.is_some(), !metric.inputs().is_empty(), "{}", metric.key);
        computed += usize::from(formula.is_some());
    }
    assert!(computed >= 5);
    let stickiness = library().iter().find(|m| m.key == "stickiness").unwrap();
    assert_eq!(stickiness.inputs().iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Daily active users", "Monthly active users"]);
    let formula = crate::model::Formula::parse("100 * [m-dau] / [m-mau]").unwrap();
    assert_eq!(stickiness.formula_of(|input| id(&input.key)), Some(formula));
    assert_eq!(LibraryMetric::named("monthly ACTIVES").map(|m| m.key.as_str()), Some("mau"));
    assert_eq!(LibraryMetric::named(""), None);
}
