//! The deck of the sample in words, and what people change about it.

use std::fmt::Write as _;

use super::*;
use crate::analysis::attention::{Since, attention};
use crate::analysis::evaluate;
use crate::chart::{facts, trend};
use crate::model::SlideEdit;
use crate::storage;

fn with_source<T>(project: &Project, look: impl FnOnce(&Source<'_>) -> T) -> T {
    let as_of = project.settings.as_of.unwrap();
    let tree = Tree::of(project);
    let evaluation = evaluate(project, &tree, as_of);
    let last = project.deck.last_meeting;
    let then = last.map(|day| evaluate(project, &tree, day));
    let attention = attention(project, &tree, &evaluation, last.map_or(Since::LastCheckIn, Since::Day));
    let context = crate::chart::Context { project, evaluation: &evaluation };
    let told = |pinned: &Pinned<'_>| {
        let chart = trend(&context, pinned.metric, pinned.goal);
        Told { title: chart.title, subtitle: chart.subtitle, summary: chart.summary }
    };
    let numbers = |metric: &MetricId, goal: Option<&GoalId>| facts(project, &evaluation, Some(metric), goal).into();
    look(&Source {
        project,
        tree: &tree,
        evaluation: &evaluation,
        then: then.as_ref(),
        news: attention.ranked(),
        told: &told,
        facts: &numbers,
    })
}

fn transcript(project: &Project) -> String {
    with_source(project, |source| {
        let mut text = String::new();
        for (number, entry) in outline(source).iter().enumerate() {
            if entry.hidden {
                writeln!(text, "--- ({}) left out", entry.name).unwrap();
                continue;
            }
            let slide = slide(source, entry);
            writeln!(text, "--- {number} {:?} {}", entry.id.subject, entry.name).unwrap();
            if let Some(kicker) = &slide.kicker {
                writeln!(text, "[{}] {}", kicker.status.map_or("", Status::word), kicker.path).unwrap();
            }
            writeln!(text, "# {}\n{}", slide.title, slide.words()).unwrap();
            if let Body::Kpi(kpi) = &slide.body {
                for fact in &kpi.strip {
                    writeln!(text, "* {} ({})", fact.headline, fact.note).unwrap();
                }
            }
        }
        text
    })
}

fn shown(project: &Project) -> Vec<SlideSubject> {
    with_source(project, |source| outline(source).into_iter().filter(|e| !e.hidden && e.id.part == 0).map(|e| e.id.subject).collect())
}

#[test]
fn the_deck_of_the_sample() {
    insta::assert_snapshot!(transcript(&storage::sample()));
}

#[test]
fn a_slide_is_moved_worded_and_left_out_by_hand_and_new_ones_stay_beside_theirs() {
    let mut project = storage::sample();
    let before = shown(&project);
    assert_eq!(before.first(), Some(&SlideSubject::Title));
    let moved = SlideSubject::Decisions;
    let orders = with_source(&project, |source| moved_orders(&outline(source), &moved, Some(&SlideSubject::Summary)));
    project.deck.slides = orders
        .into_iter()
        .map(|(subject, order)| SlideEdit {
            subject,
            hidden: false,
            title: None,
            note: String::new(),
            order: Some(order),
            mode: None,
            range: None,
        })
        .filter(|edit| before.contains(&edit.subject))
        .collect();
    project.deck.slides.sort_by(|a, b| a.subject.cmp(&b.subject));
    let mut expected: Vec<SlideSubject> = before.iter().filter(|s| **s != moved).cloned().collect();
    expected.insert(expected.iter().position(|s| *s == SlideSubject::Summary).unwrap(), moved.clone());
    assert_eq!(shown(&project), expected);

    let summary = project.deck.slides.iter_mut().find(|e| e.subject == SlideSubject::Summary).unwrap();
    (summary.title, summary.note) = (Some("Where we are".to_owned()), "Be quick".to_owned());
    project.deck.slides.iter_mut().find(|e| e.subject == moved).unwrap().hidden = true;
    assert!(!shown(&project).contains(&moved));
    with_source(&project, |source| {
        let entries = outline(source);
        let summary = slide(source, entries.iter().find(|e| e.id.subject == SlideSubject::Summary).unwrap());
        assert_eq!((summary.title.as_str(), summary.note.as_str()), ("Where we are", "Be quick"));
        assert!(summary.drafted.contains("need attention"), "{}", summary.drafted);
    });

    // An objective that comes later stands where it would have stood unasked.
    let first = expected.iter().position(|s| matches!(s, SlideSubject::Objective(_))).unwrap();
    let SlideSubject::Objective(known) = expected[first].clone() else { panic!() };
    let mut goal = crate::model::Goal::clone(&project.goals[&known]);
    goal.id = GoalId::from_random(77);
    goal.order = crate::model::OrderKey::between(Some(&goal.order), None);
    "A new objective".clone_into(&mut goal.title);
    project.goals.insert(goal.id.clone(), Arc::new(goal.clone()));
    let now = shown(&project);
    let place = now.iter().position(|s| *s == SlideSubject::Objective(goal.id.clone())).unwrap();
    assert!(place > now.iter().position(|s| *s == SlideSubject::Objective(known.clone())).unwrap());
}

#[test]
fn a_project_without_anything_says_what_to_add() {
    let mut project = Project::empty(crate::model::ProjectId::from_random(1), "New");
    project.settings.as_of = Some("2026-11-21".parse().unwrap());
    assert_eq!(shown(&project), [SlideSubject::Title, SlideSubject::Summary]);
    assert!(transcript(&project).contains("# There is nothing to show yet\nThis project has no goals"));
    assert_eq!(transcript(&project).lines().nth(1), Some("# New"));
}

#[test]
fn of_very_many_kpis_a_few_have_a_slide_and_the_list_of_all_is_left_out() {
    let mut project = storage::sample();
    let known = project.metrics.values().next().unwrap().clone();
    for index in 0..220 {
        let mut metric = crate::model::Metric::clone(&known);
        (metric.id, metric.name) = (MetricId::from_random(1000 + index), format!("Copy {index}"));
        project.metrics.insert(metric.id.clone(), Arc::new(metric));
    }
    let all = |project: &Project| with_source(project, outline);
    assert!(all(&storage::sample()).iter().any(|e| e.id.subject == SlideSubject::Appendix && !e.hidden));
    let entries = all(&project);
    let lists: Vec<_> = entries.iter().filter(|e| e.id.subject == SlideSubject::Appendix).collect();
    assert!(lists.len() > 15 && lists.iter().all(|e| e.hidden), "it can still be shown");
    let shown = entries.iter().filter(|e| !e.hidden && matches!(e.id.subject, SlideSubject::Kpi(_))).count();
    assert!(shown <= MOST_KPIS, "{shown}");
}
