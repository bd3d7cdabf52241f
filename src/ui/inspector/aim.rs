//! What a key result aims at, and how fast.

use egui::Ui;

use super::desk::Desk;
use super::live::Measure;
use super::words::{self, options};
use super::{ledger, steps};
use crate::analysis::GoalResult;
use crate::document::edits::{self, AimKind};
use crate::model::{Aim, Goal, KeyResult, MetricId, Pace, TargetStage, Unit, date_words};
use crate::ui::icons;
use crate::ui::widgets;
use crate::workspace::{Action, Sheet};

pub(super) fn aim_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, key_result: &KeyResult, result: Option<&GoalResult>) {
    desk.section(ui, "Aim", None);
    let as_of = desk.scene.as_of;
    let kind = AimKind::of(&key_result.aim);
    let kinds: Vec<(AimKind, String)> = AimKind::ALL.into_iter().map(|kind| (kind, kind.word().to_owned())).collect();
    if let Some(kind) = desk.choice(ui, "Aim", &kind, &kinds) {
        let current = result.and_then(|r| r.current).map(|c| c.value);
        desk.act(edits::set_aim(goal, kind.from_aim(&key_result.aim, current), as_of, ""));
    }
    metric_ui(desk, ui, goal, key_result);
    numbers_ui(desk, ui, goal, key_result);
    ledger::why_ui(desk, ui, goal, ledger::Kind::StartValue);
    ledger::why_ui(desk, ui, goal, ledger::Kind::Target);
    if let Some(original) = result.and_then(|r| r.original_target) {
        let measure = Measure::of(desk, goal);
        desk.fact(ui, "First target", &measure.value(original));
    }
    match &key_result.aim {
        Aim::Increase { start, target } | Aim::Decrease { start, target } => {
            pace_ui(desk, ui, goal, key_result, start * target > 0.0);
        }
        Aim::Milestone { steps } => steps::steps_ui(desk, ui, goal, steps),
        Aim::AtLeast { .. } | Aim::AtMost { .. } | Aim::Between { .. } | Aim::Baseline { .. } => {}
    }
}

fn metric_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, key_result: &KeyResult) {
    let mut metrics: Vec<_> = desk.scene.project.metrics.values().collect();
    metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let mut choices: Vec<(Option<MetricId>, String)> = vec![(None, "None: by check-ins".to_owned())];
    choices.extend(metrics.into_iter().map(|metric| (Some(metric.id.clone()), metric.name.clone())));
    if let Some(metric) = desk.choice(ui, "Metric", &key_result.metric, &choices) {
        desk.act(edits::set_metric(goal, metric));
    }
}

/// Start, target and limits, by the kind of aim.
fn numbers_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, key_result: &KeyResult) {
    let as_of = desk.scene.as_of;
    let measure = Measure::of(desk, goal);
    let unit = &measure.unit;
    match &key_result.aim {
        Aim::Increase { start, target } | Aim::Decrease { start, target } => {
            if let Some(start) = desk.required_number(ui, "Start value", Some(*start), unit) {
                desk.act(edits::set_start_value(goal, start, as_of, ""));
            }
            if let Some(target) = desk.required_number(ui, "Target", Some(*target), unit) {
                desk.act(edits::set_target(goal, target, as_of, ""));
            }
        }
        Aim::AtLeast { threshold, required_share } | Aim::AtMost { threshold, required_share } => {
            if let Some(threshold) = desk.required_number(ui, "Threshold", Some(*threshold), unit) {
                desk.act(edits::set_target(goal, threshold, as_of, ""));
            }
            if let Some(share) = share_ui(desk, ui, *required_share) {
                let aim = match key_result.aim {
                    Aim::AtMost { threshold, .. } => Aim::AtMost { threshold, required_share: share },
                    _ => Aim::AtLeast { threshold: *threshold, required_share: share },
                };
                desk.act(edits::set_aim(goal, aim, as_of, ""));
            }
        }
        Aim::Between { low, high, required_share } => {
            let low_entered = desk.required_number(ui, "At least", Some(*low), unit);
            let high_entered = desk.required_number(ui, "At most", Some(*high), unit);
            let share = share_ui(desk, ui, *required_share);
            if low_entered.is_some() || high_entered.is_some() || share.is_some() {
                let aim = Aim::Between {
                    low: low_entered.unwrap_or(*low),
                    high: high_entered.unwrap_or(*high),
                    required_share: share.unwrap_or(*required_share),
                };
                desk.act(edits::set_aim(goal, aim, as_of, ""));
            }
        }
        Aim::Baseline { direction, target } => {
            if let Some(direction) = desk.choice(ui, "Better", direction, &options(&words::DIRECTIONS)) {
                desk.act(edits::set_aim(goal, Aim::Baseline { direction, target: *target }, as_of, ""));
            }
            match desk.number(ui, "Target", *target, unit).committed {
                Some(Some(target)) => desk.act(edits::set_target(goal, target, as_of, "")),
                Some(None) => desk.act(edits::set_aim(goal, Aim::Baseline { direction: *direction, target: None }, as_of, "")),
                None => {}
            }
            if target.is_some() {
                if let Some(Some(start)) = desk.number(ui, "Start value", None, unit).committed {
                    desk.act(edits::set_start_value(goal, start, as_of, ""));
                }
                desk.note(ui, "With a start value, this becomes a way from there to the target.");
            } else {
                desk.note(ui, "Set a target; then a start value makes this a way from there to it.");
            }
        }
        Aim::Milestone { .. } => {}
    }
}

/// The share of periods that have to be met.
fn share_ui(desk: &mut Desk<'_>, ui: &mut Ui, share: f64) -> Option<f64> {
    let shown = (share * 1e8).round() / 1e6;
    desk.required_number(ui, "Required in", Some(shown), &Unit::Percent).map(|percent| percent / 100.0)
}

fn pace_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, key_result: &KeyResult, can_compound: bool) {
    let all = [
        (Pace::Linear, "Straight"),
        (Pace::Compound, "Compound growth"),
        (Pace::SCurve, "S-curve"),
        (Pace::Seasonal, "Seasonal"),
        (Pace::Steps, "Steps at stages"),
        (Pace::Points, "Lines between stages"),
    ];
    // Only what the key result can have.
    let fits = |pace: Pace| match pace {
        Pace::Compound => can_compound,
        Pace::Steps | Pace::Points => !key_result.stages.is_empty(),
        Pace::Linear | Pace::SCurve | Pace::Seasonal => true,
    };
    let mut choices = options(&all);
    choices.retain(|(pace, _)| *pace == key_result.pace || fits(*pace));
    if let Some(pace) = desk.choice(ui, "Pace", &key_result.pace, &choices) {
        desk.act(edits::set_pace(goal, pace));
    }
    if key_result.accumulating || matches!(key_result.aim, Aim::Increase { start: 0.0, .. }) {
        let mut accumulating = key_result.accumulating;
        desk.row(ui, "", |desk, ui| {
            if ui.checkbox(&mut accumulating, "Add up from start to due").changed() {
                desk.act(edits::set_accumulating(goal, accumulating));
            }
        });
    }
    stages_ui(desk, ui, goal, key_result);
}

fn stages_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, key_result: &KeyResult) {
    let theme = desk.scene.theme;
    let measure = Measure::of(desk, goal);
    let stages = &key_result.stages;
    for (index, stage) in stages.iter().enumerate() {
        desk.row(ui, if index == 0 { "Stages" } else { "" }, |desk, ui| {
            ui.vertical(|ui| {
                let day = date_words(stage.by);
                let with = |stage: TargetStage| {
                    let mut changed = stages.clone();
                    changed[index] = stage;
                    edits::set_stages(goal, changed)
                };
                ui.horizontal_top(|ui| {
                    let field = desk.number_field(&day, Some(stage.value), &measure.unit).required().width(104.0);
                    if let Some(Some(value)) = desk.show_number(ui, field).committed {
                        desk.act(with(TargetStage { value, ..*stage }));
                    }
                    if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove the stage of {day}")).clicked() {
                        let mut changed = stages.clone();
                        changed.remove(index);
                        desk.act(edits::set_stages(goal, changed));
                    }
                });
                let name = format!("Day of the stage of {day}");
                let field = desk.date_field(&name, Some(stage.by)).required();
                if let Some(Some(by)) = desk.show_date(ui, field).committed {
                    desk.act(with(TargetStage { by, ..*stage }));
                }
            });
        });
    }
    desk.row(ui, if stages.is_empty() { "Stages" } else { "" }, |desk, ui| {
        if crate::analysis::can_follow(desk.scene.project, goal, Pace::Linear).is_ok()
            && widgets::quiet_button_ui(ui, theme, "Plan…").on_hover_text("Break the way to the target into parts").clicked()
        {
            desk.act(Action::OpenSheet(Sheet::Plan(goal.id.clone())));
        }
        if widgets::quiet_button_ui(ui, theme, "Add a stage").clicked()
            && let Some(new) = next_stage(desk, goal, key_result)
        {
            let mut changed = stages.clone();
            changed.push(new);
            desk.act(edits::set_stages(goal, changed));
        }
    });
}

/// A stage half-way between the last one (or the start) and the target.
fn next_stage(desk: &Desk<'_>, goal: &Goal, key_result: &KeyResult) -> Option<TargetStage> {
    let span = desk.scene.project.span(goal);
    let last = key_result.stages.last();
    let (from, value) = (last.map(|s| s.by).or(span.start).unwrap_or(desk.scene.as_of), last.map(|s| s.value).or(key_result.aim.start())?);
    let to = span.due.unwrap_or(from);
    let days = ((to - from).num_days() / 2).max(1);
    let by = from.checked_add_signed(chrono::TimeDelta::days(days))?;
    Some(TargetStage { by, value: f64::midpoint(value, key_result.aim.target()?) })
}
