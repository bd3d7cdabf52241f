//! Goals go on in another cycle: a row for each with what becomes of it, and what happens to the old ones.

use std::collections::BTreeMap;

use egui::{Id, ScrollArea, Ui};

use super::parts::{buttons_ui, cell_ui, check_ui, entered, heads_ui, is_to_be_done};
use super::sheet_ui;
use crate::analysis::{GoalResult, ScoreBand, suggested_score};
use crate::document::edits::{self, CarriedGoal, CarriedSteps, ClosedGoal};
use crate::model::{Aim, CycleId, Goal, GoalId, GoalKind, GoalState, KeyResult, Status, Unit, date_words};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{self, Drafts, NumberField, TextField};
use crate::workspace::{Action, CarrySource, CycleAction, NextCycle};

const WIDTH: f32 = 880.0;
const CHECK_WIDTH: f32 = 24.0;
const TITLE_WIDTH: f32 = 372.0;
const NOW_WIDTH: f32 = 120.0;
const TARGET_WIDTH: f32 = 168.0;
const STEPS_WIDTH: f32 = 148.0;
const MOST_ROWS_HEIGHT: f32 = 380.0;
const NOTE_HEIGHT: f32 = 16.0;

#[derive(Clone, Default)]
struct Kept {
    source: Option<(CarrySource, Option<CycleId>)>,
    drafts: Drafts,
    into: Option<NextCycle>,
    rows: BTreeMap<GoalId, Row>,
    leave_old: bool,
    to_button: bool,
    waiting: bool,
}

/// What was changed about a goal in its row.
#[derive(Clone, Default)]
struct Row {
    carry: Option<bool>,
    title: Option<String>,
    target: Option<f64>,
    steps: CarriedSteps,
}

pub(super) fn carry_over_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    from: &CarrySource,
    into: Option<&CycleId>,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("carry over sheet");
    let mut kept: Kept = scratch.take(id);
    let source = Some((from.clone(), into.cloned()));
    let first = kept.source != source;
    if first {
        kept = Kept { source, ..Kept::default() };
    }
    let goals = from.goals(scene.project, &scene.tree);
    let title = match (from, &goals[..]) {
        (CarrySource::Cycle(cycle), _) => {
            let name = scene.project.cycles.get(cycle).map_or("the cycle", |c| c.name.as_str());
            format!("Carry over from {name}")
        }
        (CarrySource::Goals(named), [(goal, _), ..]) if named.len() == 1 => format!("Carry “{}” over", goal.title),
        (CarrySource::Goals(_), _) => "Carry goals over".to_owned(),
    };
    let next = into.cloned().map_or_else(|| suggested_next(scene, from, &goals), NextCycle::There);
    let (from, mut answered) = (widgets::told_so_far(ui.ctx()), false);
    let close = sheet_ui(ui, scene.theme, &title, WIDTH, |ui| {
        answered = body_ui(ui, scene, &mut kept, &goals, next, first, actions);
        answered
    });
    if answered {
        widgets::settle_told(ui.ctx(), from);
    }
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

/// The cycle after the one that the goals belong to.
fn suggested_next(scene: &Scene<'_>, from: &CarrySource, goals: &[(&Goal, usize)]) -> NextCycle {
    let cycle = match from {
        CarrySource::Cycle(cycle) => scene.project.cycles.get(cycle),
        CarrySource::Goals(_) => None,
    };
    match (cycle, goals.first()) {
        (Some(cycle), _) => NextCycle::after(scene.project, cycle.start, cycle.end),
        (None, Some((goal, _))) => NextCycle::after_goal(scene.project, goal, scene.as_of),
        (None, None) => NextCycle::after(scene.project, scene.as_of, scene.as_of),
    }
}

/// Whether a goal is to be carried unless somebody says otherwise: what is reached or done has nothing left to do, except where it was
/// asked for by name.
fn is_to_go_on(scene: &Scene<'_>, kept: &Kept, goal: &Goal, result: Option<&GoalResult>) -> bool {
    let is_named = matches!(&kept.source, Some((CarrySource::Goals(goals), _)) if goals.contains(&goal.id));
    is_named || has_something_left(goal, result) && scene.memos.successors(scene.document, &goal.id).is_empty()
}

fn has_something_left(goal: &Goal, result: Option<&GoalResult>) -> bool {
    if matches!(goal.state, GoalState::Closed(_)) {
        return result.and_then(|r| r.score).is_some_and(|score| ScoreBand::of(score, goal.horizon) != ScoreBand::Good);
    }
    let reached = result.is_some_and(|r| r.computed == Status::Achieved);
    let done = matches!(goal.kind, GoalKind::Initiative(_)) && result.is_some_and(|r| r.progress.is_some_and(|p| p >= 1.0));
    !reached && !done
}

fn body_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    goals: &[(&Goal, usize)],
    suggested: NextCycle,
    first: bool,
    actions: &mut Vec<Action>,
) -> bool {
    let theme = scene.theme;
    if goals.is_empty() {
        ui.label(theme.muted("No goal is open here: all are closed, abandoned or archived.", TextSize::Body));
        return false;
    }
    let into = into_ui(ui, scene, kept, suggested);
    heads_ui(
        ui,
        theme,
        &[("", CHECK_WIDTH), ("Goal", TITLE_WIDTH), ("Starts at", NOW_WIDTH), ("Target", TARGET_WIDTH), ("Steps", STEPS_WIDTH)],
    );
    let mut carried: Vec<CarriedGoal> = Vec::new();
    let mut problem: Option<String> = None;
    ScrollArea::vertical()
        .id_salt("goals to carry over")
        .max_height(MOST_ROWS_HEIGHT)
        .min_scrolled_height(MOST_ROWS_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for (index, (goal, depth)) in goals.iter().enumerate() {
                let row = row_ui(ui, scene, kept, goal, *depth, first && index == 0);
                match row {
                    Some(Ok(row)) => carried.push(row),
                    Some(Err(words)) => problem = problem.take().or(Some(words)),
                    None => {}
                }
            }
        });
    let is_closed = |c: &&CarriedGoal| scene.project.goal(&c.goal).is_some_and(|g| matches!(g.state, GoalState::Closed(_)));
    let already = carried.iter().filter(is_closed).count();
    let close = closed(scene, &carried, into.name(scene.project));
    ui.add_space(space::XS);
    let mut close_old = !kept.leave_old;
    check_ui(
        ui,
        theme,
        &mut close_old,
        "Close the old goals with their suggested scores",
        "Close the old goals with their suggested scores",
    );
    kept.leave_old = !close_old;
    if close_old && close.len() + already < carried.len() {
        let words = match carried.len() - close.len() - already {
            1 => "1 of them has no progress to score and stays open.".to_owned(),
            n => format!("{n} of them have no progress to score and stay open."),
        };
        ui.label(theme.muted(words, TextSize::Small));
    }
    if carried.is_empty() && problem.is_none() {
        problem = Some("Choose at least one goal.".to_owned());
    }
    let words = match carried.len() {
        0 | 1 => "Carry 1 goal over".to_owned(),
        n => format!("Carry {n} goals over"),
    };
    let to_button = std::mem::take(&mut kept.to_button);
    let answer = buttons_ui(ui, theme, &words, problem.as_deref(), to_button);
    if is_to_be_done(ui, &kept.drafts, answer == Some(true), &mut kept.waiting) && problem.is_none() {
        let close = if close_old { close } else { Vec::new() };
        actions.push(Action::Cycles(CycleAction::CarryOver { into, goals: carried, close }));
        return true;
    }
    answer == Some(false)
}

/// Which cycle they go over to.
fn into_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, suggested: NextCycle) -> NextCycle {
    let theme = scene.theme;
    let into = kept.into.clone().unwrap_or_else(|| suggested.clone());
    ui.horizontal(|ui| {
        ui.label(theme.rich("Into", TextSize::Body));
        let mut options: Vec<(NextCycle, String)> = Vec::new();
        if let NextCycle::New { name, .. } = &suggested {
            options.push((suggested.clone(), format!("{name} (new)")));
        }
        let cycles = scene.project.cycles_in_order();
        options.extend(cycles.into_iter().rev().map(|c| (NextCycle::There(c.id.clone()), c.name.clone())));
        if let Some(chosen) = widgets::combo_ui(ui, theme, "Cycle to carry over into", &into, &options, 180.0) {
            kept.into = Some(chosen);
        }
        if let Some((start, end)) = into.span(scene.project) {
            ui.label(theme.muted(format!("{} – {}", date_words(start), date_words(end)), TextSize::Small));
        }
    });
    kept.into.clone().unwrap_or(suggested)
}

/// The old goals with the scores that their progress suggests.
fn closed(scene: &Scene<'_>, carried: &[CarriedGoal], into: &str) -> Vec<ClosedGoal> {
    let score = |goal: &GoalId| scene.evaluation.goal(goal).and_then(|r| r.score).map(suggested_score);
    let note = format!("Carried over to {into}");
    let closed = |c: &CarriedGoal| {
        let score = scene.project.goal(&c.goal).filter(|g| edits::is_open(g)).and_then(|g| score(&g.id))?;
        Some(ClosedGoal { goal: c.goal.clone(), score, suggested: Some(score), note: note.clone() })
    };
    carried.iter().filter_map(closed).collect()
}

/// One goal. `None` where it is not to be carried; an error where what was entered cannot be.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut Kept, goal: &Goal, depth: usize, focus: bool) -> Option<Result<CarriedGoal, String>> {
    let theme = scene.theme;
    let result = scene.evaluation.goal(&goal.id);
    let mut row = kept.rows.get(&goal.id).cloned().unwrap_or_default();
    let mut carry = row.carry.unwrap_or_else(|| is_to_go_on(scene, kept, goal, result));
    let mut answer = None;
    let mut note = None;
    ui.horizontal_top(|ui| {
        cell_ui(ui, CHECK_WIDTH, |ui| {
            let tick = check_ui(ui, theme, &mut carry, "", &format!("Carry {}", goal.title));
            if focus {
                tick.request_focus();
            }
            if tick.changed() {
                row.carry = Some(carry);
            }
        });
        ui.add_enabled_ui(carry, |ui| {
            let title = row.title.clone().unwrap_or_else(|| goal.title.clone());
            cell_ui(ui, TITLE_WIDTH, |ui| {
                let indent = space::M * depth.min(5) as f32;
                ui.add_space(indent);
                let name = format!("Title of {}", goal.title);
                let field = TextField::new(("carried title", goal.id.as_str()), &name, &title).required("A goal needs a title");
                let field = field.of_sheet(row.title.as_ref().is_some_and(|title| *title != goal.title));
                let entered_title = field.width(TITLE_WIDTH - indent - 16.0).show(ui, theme, &mut kept.drafts);
                kept.to_button |= entered(ui, &entered_title.response);
                if let Some(new) = entered_title.committed {
                    row.title = Some(new);
                }
            });
            let aim = goal.as_key_result().map(|k| aim_ui(ui, scene, kept, goal, k, result, &mut row, &mut note));
            if aim.is_none() {
                cell_ui(ui, NOW_WIDTH, |_| {});
                cell_ui(ui, TARGET_WIDTH, |_| {});
            }
            if goal.has_steps() {
                let options = [(CarriedSteps::Keep, "Keep"), (CarriedSteps::Reset, "Reset")];
                let name = format!("Steps of {}", goal.title);
                if let Some(steps) = widgets::segmented_ui(ui, theme, &name, row.steps, &options) {
                    row.steps = steps;
                }
            }
            if carry {
                let title = row.title.clone().unwrap_or_else(|| goal.title.clone());
                answer = Some(match aim.transpose() {
                    Ok(aim) => Ok(CarriedGoal { goal: goal.id.clone(), title, aim, steps: row.steps }),
                    Err(words) => Err(words),
                });
            }
        });
    });
    if let Some(note) = note.filter(|_| carry) {
        ui.add_space(-space::XS);
        ui.horizontal(|ui| {
            ui.set_max_height(NOTE_HEIGHT);
            ui.spacing_mut().interact_size.y = NOTE_HEIGHT;
            ui.add_space(CHECK_WIDTH + space::S + space::M * depth.min(5) as f32 + space::S);
            ui.label(theme.muted(note, TextSize::Caption));
        });
    }
    kept.rows.insert(goal.id.clone(), row);
    answer
}

/// Where a key result starts and what it aims at, with the reason for the suggestion.
#[expect(clippy::too_many_arguments, reason = "a part of a row that needs the row and what is around it")]
fn aim_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut Kept,
    goal: &Goal,
    key_result: &KeyResult,
    result: Option<&GoalResult>,
    row: &mut Row,
    note: &mut Option<String>,
) -> Result<Aim, String> {
    let theme = scene.theme;
    let metric = key_result.metric.as_ref().and_then(|id| scene.project.metric(id));
    let locale = scene.project.settings.locale;
    let plain = Unit::Ratio;
    let (unit, decimals) = metric.map_or((&plain, 2), |m| (&m.unit, m.decimals));
    let words = |value: f64| locale.value(value, unit, decimals);
    let current = result.and_then(|r| r.current).map(|c| c.value).filter(|_| !goal.has_steps());
    let suggested = edits::carried_aim(scene.project, key_result, current);
    cell_ui(ui, NOW_WIDTH, |ui| {
        let start = suggested.start().map_or_else(String::new, words);
        ui.label(theme.number(start, TextSize::Body));
    });
    let mut aim = suggested.clone();
    cell_ui(ui, TARGET_WIDTH, |ui| match (suggested.target(), &suggested) {
        (Some(target), _) => {
            let name = format!("Target of {}", goal.title);
            let shown = Some(row.target.unwrap_or(target));
            let field =
                NumberField::new(("carried target", goal.id.as_str()), &name, shown, unit, locale).required().width(TARGET_WIDTH - 16.0);
            let field = field.of_sheet(row.target.is_some_and(|new| new != target)).show(ui, theme, &mut kept.drafts);
            kept.to_button |= entered(ui, &field.response);
            if let Some(Some(new)) = field.committed {
                row.target = Some(new);
            }
            aim = suggested.with_target(row.target.unwrap_or(target));
        }
        (None, Aim::Between { low, high, .. }) => {
            ui.label(theme.number(format!("{} to {}", words(*low), words(*high)), TextSize::Body));
        }
        (None, _) => {}
    });
    *note = reason(&key_result.aim, &suggested, current, &words);
    if edits::leads_somewhere(&aim) {
        return Ok(aim);
    }
    let start = aim.start().map_or_else(String::new, words);
    let side = if matches!(aim, Aim::Increase { .. }) { "above" } else { "below" };
    Err(format!("The target of “{}” has to be {side} {start}.", goal.title))
}

/// Why the suggestion is what it is, where there is something to say.
fn reason(old: &Aim, new: &Aim, current: Option<f64>, words: &impl Fn(f64) -> String) -> Option<String> {
    match (old, new) {
        (Aim::Milestone { .. }, _) => None,
        (Aim::AtLeast { .. } | Aim::AtMost { .. } | Aim::Between { .. }, _) => Some(format!("{}, as before.", old.word())),
        (Aim::Baseline { .. }, Aim::Baseline { .. }) => Some("Its baseline is still to be set.".to_owned()),
        (Aim::Baseline { .. }, _) => Some("The baseline is known now.".to_owned()),
        (_, _) if old == new && current.is_none() => Some("It has no value yet: start and target are as before.".to_owned()),
        (_, _) if old == new => Some("It counts from nothing again.".to_owned()),
        (_, _) if old.target() == new.target() => {
            Some(format!("From where it stands; it began at {}.", old.start().map_or_else(String::new, words)))
        }
        (_, _) => Some(format!("{} was reached: the same growth again.", old.target().map_or_else(String::new, words))),
    }
}
