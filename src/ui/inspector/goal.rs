//! A goal: what all kinds of goals have, around what its kind brings.

use egui::Ui;

use super::desk::Desk;
use super::words::{self, options};
use super::{aim, check_ins, findings, kpis, ledger, lineage, live, steps};
use crate::analysis::{GoalResult, shown_weights};
use crate::document::edits;
use crate::model::{Closing, Contribution, CycleId, Date, Goal, GoalKind, GoalState, Place, Unit, Weight, date_words};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;

pub(super) fn goal_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let evaluation = std::sync::Arc::clone(&desk.scene.evaluation);
    let result = evaluation.goal(&goal.id);
    if let Some(title) = desk.title(ui, "Title", &goal.title, "A goal needs a title") {
        desk.act(edits::rename_goal(goal, title));
    }
    ui.add_space(space::XS);
    if let Some(result) = result {
        live::goal_results_ui(desk, ui, goal, result);
        lineage::what_next_ui(desk, ui, goal, result);
    }
    match &goal.kind {
        GoalKind::Objective(_) => {}
        GoalKind::KeyResult(key_result) => aim::aim_ui(desk, ui, goal, key_result, result),
        GoalKind::Initiative(initiative) => steps::initiative_ui(desk, ui, goal, initiative),
    }
    kpis::children_ui(desk, ui, goal);
    kpis::kpis_ui(desk, ui, goal);
    check_ins::check_ins_ui(desk, ui, goal, result);
    dates_ui(desk, ui, goal);
    lineage::lineage_ui(desk, ui, goal);
    findings::findings_ui(desk, ui, &Place::Goal(goal.id.clone()));
    about_ui(desk, ui, goal);
    if goal.parent.is_some() {
        roll_up_ui(desk, ui, goal, result);
    }
    state_ui(desk, ui, goal, result);
    if let GoalKind::Objective(objective) = &goal.kind {
        findings::questions_ui(desk, ui, goal, objective);
    }
    ledger::ledger_ui(desk, ui, goal);
}

fn about_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    desk.section(ui, "About", None);
    let description = desk.row(ui, "Description", |desk, ui| {
        let field = desk.text_field("Description", &goal.description).hint("–").rows(3);
        desk.show_text(ui, field)
    });
    if let Some(description) = description {
        desk.act(edits::describe_goal(goal, description));
    }
    if let Some(owner) = desk.text(ui, "Owner", &goal.owner) {
        desk.act(edits::set_owner(goal, owner));
    }
    if let Some(horizon) = desk.choice(ui, "Ambition", &goal.horizon, &options(&words::HORIZONS)) {
        desk.act(edits::set_horizon(goal, horizon));
    }
    if let Some(driven_by) = desk.choice(ui, "Driven by", &goal.driven_by, &options(&words::DRIVERS)) {
        desk.act(edits::set_driven_by(goal, driven_by));
    }
    if let Some(stage) = desk.choice(ui, "Product stage", &goal.stage, &options(&words::STAGES)) {
        desk.act(edits::set_stage(goal, stage));
    }
    let tags: Vec<&str> = goal.tags.iter().map(String::as_str).collect();
    let tags = desk.row(ui, "Tags", |desk, ui| {
        let shown = tags.join(", ");
        let field = desk.text_field("Tags", &shown).hint("With commas between them");
        desk.show_text(ui, field)
    });
    if let Some(tags) = tags {
        let tags = tags.split(',').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect();
        desk.act(edits::set_tags(goal, tags));
    }
}

fn dates_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let project = desk.scene.project;
    desk.section(ui, "Dates", None);
    let mut cycles: Vec<_> = project.cycles.values().collect();
    cycles.sort_by(|a, b| (b.start, b.end, &a.name).cmp(&(a.start, a.end, &b.name)));
    let mut choices: Vec<(Option<CycleId>, String)> = vec![(None, "–".to_owned())];
    choices.extend(cycles.into_iter().map(|cycle| (Some(cycle.id.clone()), cycle.name.clone())));
    if let Some(cycle) = desk.choice(ui, "Cycle", &goal.cycle, &choices) {
        desk.act(edits::set_cycle(goal, cycle));
    }
    let cycle = goal.cycle.as_ref().and_then(|id| project.cycles.get(id));
    let hint = |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |date| format!("{}, cycle", date_words(date)));
    let as_of = desk.scene.as_of;
    if let Some(start) = desk.date(ui, "Start", goal.start, &hint(cycle.map(|c| c.start))).committed {
        desk.act(edits::set_start(goal, start, as_of, ""));
    }
    ledger::why_ui(desk, ui, goal, ledger::Kind::Start);
    if let Some(due) = desk.date(ui, "Due", goal.due, &hint(cycle.map(|c| c.end))).committed {
        desk.act(edits::set_due(goal, due, as_of, ""));
    }
    ledger::why_ui(desk, ui, goal, ledger::Kind::Due);
}

fn roll_up_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, result: Option<&GoalResult>) {
    let theme = desk.scene.theme;
    desk.section(ui, "Roll-up", None);
    if let Some(contribution) = desk.choice(ui, "Contribution", &goal.contribution, &options(&words::CONTRIBUTIONS)) {
        desk.act(edits::set_contribution(goal, contribution));
    }
    if goal.contribution == Contribution::Supports {
        return;
    }
    let share = result.and_then(|r| r.weight_share);
    desk.row(ui, "Weight", |desk, ui| {
        let scene = desk.scene;
        let shown = goal.parent.as_ref().and_then(|parent| {
            let weights = shown_weights(scene.project, &scene.tree, &scene.evaluation, parent);
            weights.get(&goal.id).copied()
        });
        weight_ui(desk, ui, goal, shown, "Weight");
        desk.cell(ui, size::CONTROL, |desk, ui| match goal.weight {
            Weight::Pinned(_) => {
                if widgets::link_ui(ui, theme, "Share freely", TextSize::Small).clicked() {
                    desk.act(edits::free_weight(goal, 1.0));
                }
            }
            Weight::Free(_) => {
                if let Some(share) = share
                    && widgets::link_ui(ui, theme, "Pin", TextSize::Small).clicked()
                {
                    desk.act(edits::pin_weight(goal, share));
                }
            }
        });
    });
    let locale = desk.scene.project.settings.locale;
    match (goal.weight, share) {
        (Weight::Pinned(pinned), Some(share)) if (pinned - share).abs() > 0.000_5 => {
            desk.note(ui, format!("Pinned. Of the parts that count, it makes {}.", locale.percent(share, 1)));
        }
        (Weight::Pinned(_), _) => {
            desk.note(ui, "Pinned. The other parts share the rest.");
        }
        (Weight::Free(0.0), _) => {
            desk.note(ui, "Weighs nothing until a weight is set.");
        }
        (Weight::Free(_), _) => {
            desk.note(ui, "Shares what pinned parts leave. A weight typed here is pinned.");
        }
    }
}

/// The share of the parent, which is `share` in percent. What is typed is pinned; an emptied field is shared freely.
pub(super) fn weight_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, share: Option<f64>, name: &str) {
    let shown = match goal.weight {
        Weight::Pinned(share) => Some((share * 1e8).round() / 1e6),
        Weight::Free(_) => share,
    };
    let field = desk.number_field(name, shown, &Unit::Percent).width(72.0);
    match desk.show_number(ui, field).committed {
        Some(Some(percent)) => desk.act(edits::pin_weight(goal, percent / 100.0)),
        Some(None) => desk.act(edits::free_weight(goal, 1.0)),
        None => {}
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StateKind {
    Active,
    Postponed,
    Abandoned,
    Closed,
}

const STATES: [(StateKind, &str); 4] = [
    (StateKind::Active, "Active"),
    (StateKind::Postponed, "Postponed"),
    (StateKind::Abandoned, "Abandoned"),
    (StateKind::Closed, "Closed"),
];

impl StateKind {
    fn of(state: &GoalState) -> Self {
        match state {
            GoalState::Active => Self::Active,
            GoalState::Postponed { .. } => Self::Postponed,
            GoalState::Abandoned { .. } => Self::Abandoned,
            GoalState::Closed(_) => Self::Closed,
        }
    }

    /// A state of this kind with the note and the day of another one; a score is the suggested one.
    fn with(self, since: Date, note: String, suggested: Option<f64>) -> GoalState {
        match self {
            Self::Active => GoalState::Active,
            Self::Postponed => GoalState::Postponed { since, note },
            Self::Abandoned => GoalState::Abandoned { since, note },
            Self::Closed => GoalState::Closed(Closing { on: since, score: suggested.unwrap_or(0.0), suggested, note }),
        }
    }
}

fn state_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, result: Option<&GoalResult>) {
    desk.section(ui, "State", None);
    let note = match &goal.state {
        GoalState::Active => "",
        GoalState::Postponed { note, .. } | GoalState::Abandoned { note, .. } | GoalState::Closed(Closing { note, .. }) => note,
    };
    let since = goal.state.since();
    let kind = StateKind::of(&goal.state);
    if let Some(kind) = desk.choice(ui, "State", &kind, &options(&STATES)) {
        let suggested = result.and_then(|r| r.score.or(r.progress)).map(|s| (s.clamp(0.0, 1.0) * 100.0).round() / 100.0);
        let since = since.unwrap_or(desk.scene.as_of);
        desk.act(edits::set_state(goal, kind.with(since, note.to_owned(), suggested)));
    }
    let Some(since) = since else { return };
    if let Some(since) = desk.required_date(ui, "Since", since) {
        desk.act(edits::set_state(goal, dated(&goal.state, since)));
    }
    if let GoalState::Closed(closing) = &goal.state {
        if let Some(score) = desk.required_number(ui, "Score", Some(closing.score), &Unit::Score) {
            desk.act(edits::set_state(goal, GoalState::Closed(Closing { score, ..closing.clone() })));
        }
        if let Some(suggested) = closing.suggested {
            let locale = desk.scene.project.settings.locale;
            desk.fact(ui, "Suggested", &locale.trimmed(suggested, 2));
        }
    }
    let noted = desk.row(ui, "Note", |desk, ui| {
        let field = desk.text_field("Note", note).hint("Why").rows(2);
        desk.show_text(ui, field)
    });
    if let Some(note) = noted {
        desk.act(edits::set_state(goal, noted_state(&goal.state, note)));
    }
}

fn dated(state: &GoalState, since: Date) -> GoalState {
    match state.clone() {
        GoalState::Active => GoalState::Active,
        GoalState::Postponed { note, .. } => GoalState::Postponed { since, note },
        GoalState::Abandoned { note, .. } => GoalState::Abandoned { since, note },
        GoalState::Closed(closing) => GoalState::Closed(Closing { on: since, ..closing }),
    }
}

fn noted_state(state: &GoalState, note: String) -> GoalState {
    match state.clone() {
        GoalState::Active => GoalState::Active,
        GoalState::Postponed { since, .. } => GoalState::Postponed { since, note },
        GoalState::Abandoned { since, .. } => GoalState::Abandoned { since, note },
        GoalState::Closed(closing) => GoalState::Closed(Closing { note, ..closing }),
    }
}
