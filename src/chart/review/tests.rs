use std::fmt::Write as _;

use super::{Agenda, AgendaSection, ItemId, agenda, log_days};
use crate::analysis::attention::{Since, attention};
use crate::analysis::evaluate;
use crate::model::{Date, GoalId, MeetingEntryKind, MetricId, Project, Tree};
use crate::storage;

fn agenda_of(project: &Project, since: Since) -> Agenda {
    let as_of = project.settings.as_of.unwrap();
    let tree = Tree::of(project);
    let evaluation = evaluate(project, &tree, as_of);
    agenda(project, &tree, &evaluation, attention(project, &tree, &evaluation, since).ranked(), None)
}

/// Everything a reader would see, as text.
fn stated(agenda: &Agenda) -> String {
    let mut text = String::new();
    let mut section = None;
    for item in &agenda.items {
        if section != Some(item.section) {
            section = Some(item.section);
            writeln!(text, "# {}", item.section.word()).unwrap();
        }
        let status = item.status.map_or("–", crate::model::Status::word);
        writeln!(text, "{} [{status}] {} | {}", item.title, item.label, item.number).unwrap();
        for sentence in &item.sentences {
            writeln!(text, "  {:?}: {} ({})", sentence.tone, sentence.text, sentence.number).unwrap();
        }
    }
    text
}

#[test]
fn the_agenda_of_the_sample_since_each_check_in() {
    insta::assert_snapshot!(stated(&agenda_of(&storage::sample(), Since::LastCheckIn)));
}

#[test]
fn the_agenda_of_the_sample_since_the_last_meeting() {
    let project = storage::sample();
    let met = project.deck.last_meeting.unwrap();
    insta::assert_snapshot!(stated(&agenda_of(&project, Since::Day(met))));
}

#[test]
fn sections_come_in_their_order_and_every_item_once() {
    let found = agenda_of(&storage::sample(), Since::LastCheckIn);
    let sections: Vec<AgendaSection> = found.items.iter().map(|i| i.section).collect();
    assert!(sections.is_sorted());
    for (index, item) in found.items.iter().enumerate() {
        assert_eq!(found.place(&item.id), Some(index), "{:?} is there twice", item.id);
        assert!(!item.sentences.is_empty() && !item.title.is_empty() && !item.label.is_empty(), "{:?}", item.id);
    }
}

#[test]
fn every_objective_that_is_pursued_is_on_the_agenda_and_no_other() {
    let mut project = storage::sample();
    let away = GoalId::parse("g-trust").unwrap();
    let goal = std::sync::Arc::make_mut(project.goals.get_mut(&away).unwrap());
    goal.archived = true;
    let found = agenda_of(&project, Since::LastCheckIn);
    for goal in project.goals.values().filter(|g| g.is_objective()) {
        let on = found.of_goal(&goal.id).is_some();
        let path = Tree::path(&project, &goal.id);
        let put_away = path.iter().any(|g| g.archived || g.state != crate::model::GoalState::Active);
        assert_eq!(on, !put_away, "{}", goal.title);
    }
    assert!(found.of_goal(&away).is_none());
}

#[test]
fn news_of_a_metric_belongs_to_the_key_result_that_it_measures() {
    let found = agenda_of(&storage::sample(), Since::LastCheckIn);
    let mau = MetricId::parse("m-mau").unwrap();
    assert!(found.place(&ItemId::Metric(mau.clone())).is_none());
    if let Some(item) = found.of_metric(&mau) {
        assert_eq!(item.goal, Some(GoalId::parse("g-mau").unwrap()));
    }
}

#[test]
fn a_cycle_leaves_out_what_does_not_concern_its_goals() {
    let project = storage::sample();
    let tree = Tree::of(&project);
    let evaluation = evaluate(&project, &tree, project.settings.as_of.unwrap());
    let news = attention(&project, &tree, &evaluation, Since::LastCheckIn);
    let cycle = project.cycles_in_order().into_iter().find(|c| c.name.starts_with("Q4")).unwrap();
    let goals = project.goals_of_cycle(&tree, &cycle.id);
    let all = agenda(&project, &tree, &evaluation, news.ranked(), None);
    let some = agenda(&project, &tree, &evaluation, news.ranked(), Some(&goals));
    assert!(some.items.len() < all.items.len());
    for item in &some.items {
        assert!(item.goal.as_ref().is_none_or(|g| goals.shows(g)), "{}", item.title);
    }
}

fn log_text(project: &Project, as_of: &str) -> String {
    let as_of: Date = as_of.parse().unwrap();
    let mut text = String::new();
    for day in log_days(project, as_of, None) {
        writeln!(text, "{}", day.heading).unwrap();
        for line in day.lines {
            let about = line.about.unwrap_or_default();
            writeln!(text, "  {}: {} | {about} | {} | {} | {:?}", line.kind.word(), line.text, line.facts, line.outcome, line.state)
                .unwrap();
        }
    }
    text
}

#[test]
fn the_log_of_the_sample_day_by_day() {
    insta::assert_snapshot!(log_text(&storage::sample(), "2026-11-21"));
}

#[test]
fn the_log_is_as_it_was_on_a_day() {
    // The certificates were done on 3 November and due on the 6th; what was said on the 9th is later.
    let text = log_text(&storage::sample(), "2026-11-02");
    assert!(text.contains("Watch every certificate") && text.contains("Platform · due 6 Nov 2026") && text.contains("Open"), "{text}");
    assert!(!text.contains("tablets"), "{text}");
}

#[test]
fn what_is_open_says_how_late_it_is() {
    let mut project = storage::sample();
    project.settings.as_of = Some("2026-12-04".parse().unwrap());
    let found = agenda_of(&project, Since::LastCheckIn);
    let open: Vec<_> = found.items.iter().filter(|i| i.section == AgendaSection::Open).collect();
    let [item] = &open[..] else { panic!("one action is open: {open:?}") };
    assert_eq!((item.number.as_str(), item.label.as_str()), ("7 days late", "Action · Mobile · due 27 Nov 2026"));
    assert!(item.text().starts_with("Agreed on 9 Nov 2026 with Mobile and due on 27 Nov 2026, 7 days late."), "{}", item.text());
    let entry = project.meeting_log.values().find(|e| e.kind == MeetingEntryKind::Note).unwrap();
    assert!(found.place(&ItemId::Entry(entry.id.clone())).is_none(), "a note awaits nothing");
}
