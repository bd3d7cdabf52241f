//! The answers, and that their arithmetic leads to what is shown.

use super::*;
use crate::analysis::evaluate;
use crate::storage::sample;
use std::fmt::Write as _;

fn evaluated(project: &Project) -> (Tree, Evaluation) {
    let tree = Tree::of(project);
    let evaluation = evaluate(project, &tree, project.as_of("2026-11-21".parse().unwrap()));
    (tree, evaluation)
}

#[test]
fn the_numbers_of_the_sample_explained() {
    let project = sample();
    let (tree, evaluation) = evaluated(&project);
    let mut text = String::new();
    for word in ["daily-habit", "mau", "mrr", "nps", "churn", "offline", "sign-ups", "single-sign-on", "quick-capture"] {
        let id = GoalId::parse(&format!("g-{word}")).unwrap();
        writeln!(text, "{}", project.goal(&id).unwrap().title).unwrap();
        for Why { title, lines } in whys(&project, &tree, &evaluation, &id) {
            writeln!(text, "  {title}").unwrap();
            for line in lines {
                writeln!(text, "    {line}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

/// The status that a rule's own numbers lead to.
fn decided(rule: &str) -> Option<Status> {
    let percents = |text: &str| -> Vec<f64> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let number = |w: &str| w.trim_matches(|c: char| !(c.is_ascii_digit() || c == '.' || c == '−')).replace('−', "-").parse().ok();
        words.iter().filter_map(|w| number(w)).collect()
    };
    let of = |better: f64, on: f64, behind: f64| {
        if better >= on - 0.06 {
            Status::OnTrack
        } else if better >= behind - 0.06 {
            Status::Behind
        } else {
            Status::AtRisk
        }
    };
    if rule.starts_with("Rule: likelihood") {
        let n = percents(rule);
        return Some(of(n[0], n[1], n[2]));
    }
    let (before, after) = rule.split_once("points;")?;
    let gap = *percents(before).last()?;
    let most = percents(after)[1];
    Some(if gap <= 0.06 {
        Status::OnTrack
    } else if gap <= most + 0.06 {
        Status::Behind
    } else {
        Status::AtRisk
    })
}

#[test]
fn the_rule_with_its_numbers_leads_to_the_status_that_was_computed() {
    for preset in [StatusPreset::PointsBehind, StatusPreset::Likelihood] {
        let mut project = sample();
        project.settings.status.preset = preset;
        let (tree, evaluation) = evaluated(&project);
        let mut seen = 0;
        for (id, result) in &evaluation.goals {
            let told = why(&project, &tree, &evaluation, &WhyOf::new(id, WhyNumber::Status));
            let Some(rule) = told.lines.iter().find(|l| l.starts_with("Rule: ")) else { continue };
            assert!(rule.ends_with(&format!(": {}.", lower(result.computed))), "{id}: {rule}");
            if let Some(status) = decided(rule) {
                assert_eq!(status, result.computed, "{id}: {rule}");
                seen += 1;
            }
        }
        assert!(seen >= 10, "{preset:?}: {seen} rules with numbers");
    }
}

#[test]
fn a_roll_up_adds_up_as_it_is_written() {
    let project = sample();
    let (tree, evaluation) = evaluated(&project);
    for id in tree.roots() {
        let told = Told {
            project: &project,
            tree: &tree,
            evaluation: &evaluation,
            goal: project.goal(id).unwrap(),
            result: evaluation.goal(id).unwrap(),
            metric: None,
            format: ValueFormat::of(&project, None),
        };
        let parts = told.parts();
        let measured = || parts.iter().filter_map(|p| Some((p.share, p.counted?)));
        let weights: f64 = measured().map(|(w, _)| w).sum();
        let mean = measured().map(|(w, p)| w * p).sum::<f64>() / weights;
        assert!((mean - evaluation.goal(id).unwrap().progress.unwrap()).abs() < 1e-9, "{id}");
    }
}
