//! Several goals at once: what they have in common is shown, what differs says so, and what is entered holds for all of them.

use std::collections::BTreeMap;

use egui::Ui;

use super::desk::Desk;
use crate::document::edits;
use crate::model::{CycleId, Goal, GoalId, GoalState, Unit, Weight};
use crate::ui::icons;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;

/// What stands in the place of values that differ.
const SEVERAL: &str = "several";

pub(super) fn several_ui(desk: &mut Desk<'_>, ui: &mut Ui, goals: &[&Goal]) {
    let project = desk.scene.project;
    let ids: Vec<GoalId> = goals.iter().map(|g| g.id.clone()).collect();
    desk.note(ui, "What is entered here holds for all of them, as one step.");
    ui.add_space(space::XS);

    let owner = common(goals, |g| g.owner.clone());
    let entered = desk.row(ui, "Owner", |desk, ui| {
        let hint = if owner.is_some() { "–" } else { SEVERAL };
        let field = desk.text_field("Owner", owner.as_deref().unwrap_or_default()).hint(hint);
        desk.show_text(ui, field)
    });
    if let Some(owner) = entered {
        desk.act(edits::set_owners(project, &ids, &owner));
    }

    let mut cycles: Vec<_> = project.cycles.values().collect();
    cycles.sort_by(|a, b| (b.start, b.end, &a.name).cmp(&(a.start, a.end, &b.name)));
    let mut choices: Vec<(Option<CycleId>, String)> = vec![(None, "–".to_owned())];
    choices.extend(cycles.into_iter().map(|cycle| (Some(cycle.id.clone()), cycle.name.clone())));
    if let Some(cycle) = choice(desk, ui, "Cycle", common(goals, |g| g.cycle.clone()).as_ref(), choices) {
        desk.act(edits::set_cycles(project, &ids, cycle.as_ref()));
    }

    weight_ui(desk, ui, goals, &ids);
    state_ui(desk, ui, goals, &ids);
    tags_ui(desk, ui, goals, &ids);

    desk.section(ui, &format!("{} goals", goals.len()), None);
    // As the tree lists them.
    let by_id: BTreeMap<&GoalId, &Goal> = goals.iter().map(|goal| (&goal.id, *goal)).collect();
    for goal in desk.scene.tree.seats().iter().filter_map(|seat| by_id.get(&seat.goal)) {
        ui.horizontal(|ui| {
            if let Some(result) = desk.scene.evaluation.goal(&goal.id) {
                desk.glyph(ui, result.status);
            }
            widgets::truncated_ui(ui, desk.scene.theme.rich(&goal.title, TextSize::Body));
        });
    }
}

/// The one value that all have.
fn common<T: PartialEq>(goals: &[&Goal], of: impl Fn(&Goal) -> T) -> Option<T> {
    let first = of(goals.first()?);
    goals.iter().all(|g| of(g) == first).then_some(first)
}

/// One of a list, with a word for values that differ.
fn choice<T: Clone + PartialEq>(desk: &mut Desk<'_>, ui: &mut Ui, name: &str, current: Option<&T>, options: Vec<(T, String)>) -> Option<T> {
    let mut all: Vec<(Option<T>, String)> = if current.is_none() { vec![(None, SEVERAL.to_owned())] } else { Vec::new() };
    all.extend(options.into_iter().map(|(option, word)| (Some(option), word)));
    desk.choice(ui, name, &current.cloned(), &all).flatten()
}

fn weight_ui(desk: &mut Desk<'_>, ui: &mut Ui, goals: &[&Goal], ids: &[GoalId]) {
    let project = desk.scene.project;
    let weighed: Vec<&Goal> = goals.iter().copied().filter(|g| g.parent.is_some()).collect();
    if weighed.is_empty() {
        return;
    }
    let share = |goal: &Goal| match goal.weight {
        Weight::Pinned(share) => Some((share * 1e8).round() / 1e6),
        Weight::Free(_) => desk.scene.evaluation.goal(&goal.id)?.weight_share.map(|share| (share * 1e3).round() / 10.0),
    };
    let shown = common(&weighed, share);
    desk.row(ui, "Weight of each", |desk, ui| {
        let hint = if shown.is_some() { "–" } else { SEVERAL };
        let field = desk.number_field("Weight of each", shown.flatten(), &Unit::Percent).width(96.0).hint(hint);
        match desk.show_number(ui, field).committed {
            Some(Some(percent)) => desk.act(edits::set_weights(project, ids, Weight::Pinned(percent / 100.0))),
            Some(None) => desk.act(edits::set_weights(project, ids, Weight::Free(1.0))),
            None => {}
        }
        if weighed.iter().any(|g| matches!(g.weight, Weight::Pinned(_)))
            && widgets::link_ui(ui, desk.scene.theme, "Share freely", TextSize::Small).clicked()
        {
            desk.act(edits::set_weights(project, ids, Weight::Free(1.0)));
        }
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Active,
    Postponed,
    Abandoned,
    /// Shown, and reached one goal at a time: each has a score of its own.
    Closed,
}

fn state_ui(desk: &mut Desk<'_>, ui: &mut Ui, goals: &[&Goal], ids: &[GoalId]) {
    let state = common(goals, |g| match g.state {
        GoalState::Active => State::Active,
        GoalState::Postponed { .. } => State::Postponed,
        GoalState::Abandoned { .. } => State::Abandoned,
        GoalState::Closed(_) => State::Closed,
    });
    let mut options: Vec<(State, String)> = [(State::Active, "Active"), (State::Postponed, "Postponed"), (State::Abandoned, "Abandoned")]
        .map(|(s, w)| (s, w.to_owned()))
        .into();
    if state == Some(State::Closed) {
        options.push((State::Closed, "Closed".to_owned()));
    }
    let (since, note) = (desk.scene.as_of, String::new());
    let chosen = choice(desk, ui, "State", state.as_ref(), options);
    if goals.iter().any(|g| matches!(g.state, GoalState::Closed(_))) {
        desk.note(ui, "What is closed stays closed.");
    }
    let state = match chosen {
        Some(State::Active) => GoalState::Active,
        Some(State::Postponed) => GoalState::Postponed { since, note },
        Some(State::Abandoned) => GoalState::Abandoned { since, note },
        Some(State::Closed) | None => return,
    };
    desk.act(edits::set_states(desk.scene.project, ids, &state));
}

fn tags_ui(desk: &mut Desk<'_>, ui: &mut Ui, goals: &[&Goal], ids: &[GoalId]) {
    let theme = desk.scene.theme;
    let project = desk.scene.project;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in goals.iter().flat_map(|g| &g.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    let untagged = counts.is_empty();
    for (index, (tag, count)) in counts.into_iter().enumerate() {
        desk.row(ui, if index == 0 { "Tags" } else { "" }, |desk, ui| {
            desk.cell(ui, 120.0, |_, ui| {
                let words = if count == goals.len() { tag.to_owned() } else { format!("{tag} · {count} of {}", goals.len()) };
                widgets::truncated_ui(ui, theme.rich(words, TextSize::Body))
            });
            if count < goals.len() && widgets::icon_button_ui(ui, theme, icons::PLUS, &format!("Tag all with {tag}")).clicked() {
                desk.act(edits::tag_goals(project, ids, tag));
            }
            if widgets::icon_button_ui(ui, theme, icons::X, &format!("Remove the tag {tag}")).clicked() {
                desk.act(edits::untag_goals(project, ids, tag));
            }
        });
    }
    let new = desk.row(ui, if untagged { "Tags" } else { "" }, |desk, ui| {
        let field = desk.text_field("Add a tag", "").hint("Add a tag");
        desk.show_text(ui, field)
    });
    if let Some(tag) = new {
        desk.act(edits::tag_goals(project, ids, &tag));
    }
}
