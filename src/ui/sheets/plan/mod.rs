//! Breaking a long ambition into parts: a shape and a rhythm give the stages, then table and chart edit each other.

mod chart;
mod planned;
mod table;

use egui::{Button, Id, RichText, Ui};

use self::planned::Planned;
use super::sheet_ui;
use crate::analysis::{GoalResult, NoStages, RHYTHMS, staged};
use crate::document::edits;
use crate::model::{Cadence, Goal, GoalId, Pace, date_words};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::Action;

const WIDTH: f32 = 920.0;

/// What the sheet remembers while it is open.
#[derive(Clone, Default)]
struct Kept {
    of: Option<GoalId>,
    /// Chosen here; without a choice it is read off the stages.
    rhythm: Option<Cadence>,
    drafts: Drafts,
    planned: Planned,
}

/// What every part of the sheet works with.
struct Plan<'a> {
    scene: &'a Scene<'a>,
    goal: &'a Goal,
    planned: &'a Planned,
    rhythm: Cadence,
}

const SHAPES: [(Pace, &str, &str); 5] = [
    (Pace::Linear, "Straight", "The same amount every day"),
    (Pace::Compound, "Compound", "Growth by the same factor every day"),
    (Pace::SCurve, "S-curve", "A slow start, a fast middle, a slow end"),
    (Pace::Seasonal, "Seasonal", "As the metric’s own season has it"),
    (Pace::Points, "Own points", "Straight lines between stages that you set"),
];

pub(super) fn plan_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, goal: &GoalId, actions: &mut Vec<Action>) {
    let Some(goal) = scene.project.goal(goal) else { return };
    let id = Id::unique("plan of stages");
    let mut kept: Kept = scratch.take(id);
    let first = kept.of.as_ref() != Some(&goal.id);
    if first {
        kept = Kept { of: Some(goal.id.clone()), ..Kept::default() };
    }
    kept.planned.follow(scene, goal, kept.rhythm);
    let theme = scene.theme;
    let close = sheet_ui(ui, theme, "Stages", WIDTH, |ui| {
        ui.label(theme.strong(&goal.title, TextSize::Body));
        let Kept { rhythm, drafts, planned, .. } = &mut kept;
        if let Some(why) = planned.none {
            nothing_ui(ui, scene, goal, drafts, why, actions);
            return false;
        }
        let plan = Plan { scene, goal, planned, rhythm: planned.rhythm };
        shapes_ui(ui, &plan, first, actions);
        if let Some(chosen) = rhythm_ui(ui, &plan, actions) {
            *rhythm = Some(chosen);
        }
        if let Some(result) = scene.evaluation.goal(&goal.id) {
            needed_ui(ui, &plan, result);
        }
        chart::chart_ui(ui, &plan, scratch, actions);
        table::table_ui(ui, &plan, drafts, actions);
        false
    });
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

/// Why there is nothing to plan, with what would change that.
fn nothing_ui(ui: &mut Ui, scene: &Scene<'_>, goal: &Goal, drafts: &mut Drafts, why: NoStages, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.label(theme.muted(format!("{}.", why.words()), TextSize::Body));
    let first_weekday = scene.project.settings.calendar.first_weekday;
    let mut field = |ui: &mut Ui, name: &str, value| {
        ui.horizontal(|ui| {
            ui.label(theme.muted(name, TextSize::Small));
            let field = DateField::new((goal.id.as_str(), name), name, value, scene.as_of).first_weekday(first_weekday);
            field.show(ui, theme, drafts).committed
        })
        .inner
    };
    match why {
        NoStages::NoStart => {
            if let Some(start) = field(ui, "Start of the goal", goal.start) {
                actions.push(edits::set_start(goal, start, scene.as_of, "").into());
            }
        }
        NoStages::NoDue => {
            if let Some(due) = field(ui, "Due date of the goal", goal.due) {
                actions.push(edits::set_due(goal, due, scene.as_of, "").into());
            }
        }
        NoStages::NoWay | NoStages::Signs | NoStages::NoSeason | NoStages::TooShort => {}
    }
}

/// A row of choices, some of them out of reach for a reason.
fn choice_ui(ui: &mut Ui, plan: &Plan<'_>, word: &str, on: bool, tip: Result<&str, NoStages>) -> egui::Response {
    let theme = plan.scene.theme;
    let text = RichText::new(word).font(theme.font(TextSize::Body));
    let button = Button::selectable(on, text).min_size(egui::vec2(0.0, theme.px(size::CONTROL)));
    match tip {
        Ok(tip) => ui.add(button).on_hover_text(tip),
        Err(why) => ui.add_enabled(false, button).on_disabled_hover_text(format!("{}.", why.words())),
    }
}

fn caption_ui(ui: &mut Ui, plan: &Plan<'_>, words: &str) {
    let theme = plan.scene.theme;
    ui.allocate_ui_with_layout(
        egui::vec2(theme.px(64.0), theme.px(size::CONTROL)),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_width(theme.px(64.0));
            ui.label(theme.muted(words, TextSize::Small));
        },
    );
}

fn shapes_ui(ui: &mut Ui, plan: &Plan<'_>, first: bool, actions: &mut Vec<Action>) {
    let Plan { scene, goal, planned, rhythm } = *plan;
    let pace = goal.as_key_result().map(|k| k.pace).unwrap_or_default();
    let shown = if pace == Pace::Steps { Pace::Points } else { pace };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        caption_ui(ui, plan, "Shape");
        for (shape, word, tip) in SHAPES {
            let can = planned.reach.iter().find(|(p, _)| *p == shape).map_or(Ok(()), |(_, can)| *can);
            let button = choice_ui(ui, plan, word, shown == shape, can.map(|()| tip));
            if first && shown == shape {
                button.request_focus();
            }
            if button.clicked() && shown != shape {
                let stages = if shape == Pace::Points { Ok(planned.stages.clone()) } else { staged(scene.project, goal, shape, rhythm) };
                // Too short for a part: the pace alone has the shape.
                actions.push(edits::plan_stages(goal, shape, stages.unwrap_or_default()).into());
            }
        }
        if shown == Pace::Points {
            let mut holds = pace == Pace::Steps;
            ui.add_space(space::M);
            if ui.checkbox(&mut holds, "Hold each value until the next stage").changed() {
                let pace = if holds { Pace::Steps } else { Pace::Points };
                actions.push(edits::plan_stages(goal, pace, planned.stages.clone()).into());
            }
        }
    });
}

fn rhythm_ui(ui: &mut Ui, plan: &Plan<'_>, actions: &mut Vec<Action>) -> Option<Cadence> {
    let Plan { scene, goal, planned, rhythm } = *plan;
    let key_result = goal.as_key_result()?;
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        caption_ui(ui, plan, "Parts");
        for (each, word) in RHYTHMS.into_iter().zip(["Months", "Quarters", "Years"]) {
            let stages = Planned::at_rhythm(scene, goal, each);
            let on = rhythm == each && !planned.irregular;
            let tip = stages.as_ref().map(|s| format!("{} stages and the target", s.len())).map_err(|why| *why);
            let button = choice_ui(ui, plan, word, on, tip.as_deref().map_err(|why| *why));
            if button.clicked() && !on {
                chosen = Some(each);
                if let (false, Ok(stages)) = (key_result.stages.is_empty(), stages) {
                    actions.push(edits::plan_stages(goal, key_result.pace, stages).into());
                }
            }
        }
        ui.add_space(space::M);
        if key_result.stages.is_empty() {
            if !planned.stages.is_empty() && widgets::primary_button_ui(ui, scene.theme, "Keep these stages").clicked() {
                actions.push(edits::plan_stages(goal, key_result.pace, planned.stages.clone()).into());
            }
        } else if widgets::quiet_button_ui(ui, scene.theme, "Remove the stages").clicked() {
            actions.push(edits::remove_stages(goal).into());
        }
    });
    chosen
}

/// The whole way, and what it takes from today.
fn needed_ui(ui: &mut Ui, plan: &Plan<'_>, result: &GoalResult) {
    let Plan { scene, planned, .. } = *plan;
    let theme = scene.theme;
    let format = &planned.format;
    let (Some(first), Some(last)) = (planned.parts.first(), planned.parts.last()) else { return };
    let share = if first.before * last.value > 0.0 { Some(last.value / first.before - 1.0) } else { None };
    let whole = table::with_share(&format.difference(last.value - first.before), share.map(|s| planned.signed_percent(s)));
    let mut words = format!(
        "From {} on {} to {} by {}: {whole}.",
        format.value(first.before),
        date_words(first.from),
        format.value(last.value),
        date_words(last.by)
    );
    if let (Some(rate), Some(current)) = (result.required_rate, result.current) {
        let noun = rate.cadence.period_word();
        let needed = table::with_share(&format.difference(rate.per_period), rate.compound.map(|c| planned.signed_percent(c)));
        let plural = if rate.periods_left == 1 { "" } else { "s" };
        words =
            format!("{words} From today, at {}: {needed} a {noun} for {} {noun}{plural}.", format.value(current.value), rate.periods_left);
    }
    ui.add(egui::Label::new(theme.number(words, TextSize::Body)).wrap());
}
