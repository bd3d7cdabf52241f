//! A card dragged onto another: what that would do is said beside the pointer, and letting go does it in one step. A goal moves under
//! another one by the rules of the tree; a KPI becomes one of the goal, in a role that is asked for.

use egui::{Area, CornerRadius, CursorIcon, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Ui, vec2};

use crate::chart::map::{CardOf, Map};
use crate::document::{Change, edits};
use crate::model::{Aim, Goal, GoalId, Link, LinkKey, Metric, MetricId, Project, Role};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, radius, size, space, stroke};
use crate::workspace::Action;

/// What is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    Goals(Vec<GoalId>),
    Metric(MetricId),
}

/// A KPI was let go on a goal: in which role?
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    metric: MetricId,
    goal: GoalId,
    at: Pos2,
    /// It has not been drawn yet: its first answer takes the keyboard.
    fresh: bool,
}

/// What letting go on a card would do.
#[derive(Clone, Debug, PartialEq)]
enum Offer {
    Change(Box<Change>),
    Ask { metric: MetricId, goal: GoalId },
}

/// One answer to [`Asked`].
struct Answer {
    words: String,
    change: Change,
}

impl Held {
    /// What a card stands for; of a goal that is selected together with others, all of these.
    pub(super) fn of(scene: &Scene<'_>, subject: &CardOf) -> Self {
        match subject {
            CardOf::Goal(goal) if scene.view.marked.contains(goal) => Self::Goals(scene.view.marked.iter().cloned().collect()),
            CardOf::Goal(goal) => Self::Goals(vec![goal.clone()]),
            CardOf::Metric(metric) => Self::Metric(metric.clone()),
        }
    }

    pub(super) fn holds(&self, subject: &CardOf) -> bool {
        match (self, subject) {
            (Self::Goals(goals), CardOf::Goal(goal)) => goals.contains(goal),
            (Self::Metric(held), CardOf::Metric(metric)) => held == metric,
            _ => false,
        }
    }

    /// What letting go on another card would do, with the words that say so, or why it does nothing.
    fn offer(&self, project: &Project, onto: &CardOf) -> Result<(String, Offer), String> {
        match (self, onto) {
            (Self::Goals(goals), CardOf::Goal(parent)) => {
                let moving = edits::topmost(project, goals);
                let (Some(first), Some(onto)) = (moving.first(), project.goal(parent)) else { return Err("It is gone".to_owned()) };
                if moving.iter().all(|g| g.parent.as_ref() == Some(parent)) {
                    return Err(format!("It stands under “{}” already", onto.title));
                }
                let what = if moving.len() == 1 { format!("“{}”", first.title) } else { format!("{} goals", moving.len()) };
                let change = edits::move_goals(project, goals, Some(parent), None).map_err(|refusal| refusal.to_string())?;
                Ok((format!("Move {what} to “{}”", onto.title), Offer::Change(Box::new(change))))
            }
            (Self::Metric(metric), CardOf::Goal(goal)) => {
                let (Some(metric), Some(goal)) = (project.metric(metric), project.goal(goal)) else { return Err("It is gone".to_owned()) };
                if goal.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(&metric.id)) {
                    return Err(format!("{} measures “{}” already", metric.short_name(), goal.title));
                }
                let words = match link_of(project, goal, metric) {
                    Some(link) => format!("{} is {} of “{}”: change that…", metric.short_name(), link.role.word(), goal.title),
                    None => format!("Link {} to “{}”…", metric.short_name(), goal.title),
                };
                Ok((words, Offer::Ask { metric: metric.id.clone(), goal: goal.id.clone() }))
            }
            (Self::Goals(_), CardOf::Metric(_)) => Err("A KPI holds no goals; drop it on a goal".to_owned()),
            (Self::Metric(_), CardOf::Metric(_)) => Err("KPIs are joined by formulas, in the inspector; drop it on a goal".to_owned()),
        }
    }
}

fn link_of<'a>(project: &'a Project, goal: &Goal, metric: &Metric) -> Option<&'a Link> {
    project.links.get(&LinkKey { goal: goal.id.clone(), metric: metric.id.clone() })
}

/// To be called once in a frame, after the cards; `over` is the card under the pointer.
pub(super) fn drag_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    map: &Map,
    over: Option<usize>,
    held: &mut Option<Held>,
    asked: &mut Option<Asked>,
    actions: &mut Vec<Action>,
) {
    let Some(holding) = held.clone() else { return };
    let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    let Some(pointer) = ui.input(|i| i.pointer.latest_pos()).filter(|_| !escaped) else {
        *held = None;
        return;
    };
    let onto = over.map(|at| &map.nodes[at].subject).filter(|subject| !holding.holds(subject));
    let offer = onto.map(|onto| holding.offer(scene.project, onto));
    if !ui.input(|i| i.pointer.primary_down()) {
        *held = None;
        match offer {
            Some(Ok((_, Offer::Change(change)))) => actions.push((*change).into()),
            Some(Ok((_, Offer::Ask { metric, goal }))) => *asked = Some(Asked { metric, goal, at: pointer, fresh: true }),
            Some(Err(refusal)) => actions.push(Action::Refused(refusal)),
            None => {}
        }
        return;
    }
    let (words, allowed) = match offer {
        Some(Ok((words, _))) => (words, true),
        Some(Err(refusal)) => (refusal, false),
        None => (free_words(scene.project, &holding), true),
    };
    ui.set_cursor_icon(if allowed { CursorIcon::Grabbing } else { CursorIcon::NotAllowed });
    words_ui(ui, scene, pointer, &words, allowed);
}

fn free_words(project: &Project, held: &Held) -> String {
    match held {
        Held::Goals(goals) => match goals.as_slice() {
            [goal] => project.goal(goal).map_or_else(String::new, |g| format!("“{}”: drop it on the goal that it supports", g.title)),
            goals => format!("{} goals: drop them on the goal that they support", goals.len()),
        },
        Held::Metric(metric) => {
            project.metric(metric).map_or_else(String::new, |m| format!("{}: drop it on the goal that it supports", m.short_name()))
        }
    }
}

fn words_ui(ui: &Ui, scene: &Scene<'_>, pointer: Pos2, words: &str, allowed: bool) {
    let theme = scene.theme;
    let colour = if allowed { theme.text.default } else { theme.error() };
    let frame = Frame::NONE
        .fill(theme.bg.surface)
        .stroke(theme.stroke(stroke::HAIRLINE, if allowed { theme.line.control } else { theme.error() }))
        .corner_radius(CornerRadius::same(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::S as i8, space::XS as i8));
    Area::new(Id::unique("map drag")).order(Order::Tooltip).interactable(false).fixed_pos(pointer + vec2(16.0, 16.0)).show(
        ui.ctx(),
        |ui| {
            ui.set_max_width(320.0);
            frame.show(ui, |ui| ui.label(theme.rich(words, TextSize::Small).color(colour)));
        },
    );
}

/// The question in which role a KPI is linked, where the KPI was let go.
pub(super) fn asked_ui(ui: &Ui, scene: &Scene<'_>, asked: &mut Option<Asked>, actions: &mut Vec<Action>) {
    let Some(question) = asked.as_mut() else { return };
    let theme = scene.theme;
    let (Some(metric), Some(goal)) = (scene.project.metric(&question.metric), scene.project.goal(&question.goal)) else {
        *asked = None;
        return;
    };
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::S as i8));
    let area = Area::new(Id::unique("map link")).order(Order::Foreground).fixed_pos(question.at).constrain_to(ui.max_rect());
    let fresh = std::mem::take(&mut question.fresh);
    let shown = area.show(ui.ctx(), |ui| {
        frame
            .show(ui, |ui| {
                ui.set_max_width(280.0);
                ui.spacing_mut().item_spacing.y = space::XS;
                ui.label(theme.rich(format!("{} for “{}”", metric.short_name(), goal.title), TextSize::Small));
                let mut taken = None;
                for (index, answer) in answers(scene.project, metric, goal).into_iter().enumerate() {
                    let button = egui::Button::new(&answer.words).min_size(vec2(220.0, size::ROW));
                    let response = ui.add(button);
                    if fresh && index == 0 {
                        response.request_focus();
                    }
                    if response.clicked() {
                        taken = Some(answer.change);
                    }
                }
                taken
            })
            .inner
    });
    if let Some(change) = shown.inner {
        actions.push(change.into());
        *asked = None;
    } else if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) || (!fresh && shown.response.clicked_elsewhere()) {
        *asked = None;
    }
}

/// What a KPI can become for a goal.
fn answers(project: &Project, metric: &Metric, goal: &Goal) -> Vec<Answer> {
    let linked = link_of(project, goal, metric);
    let mut answers: Vec<Answer> = Role::ALL
        .into_iter()
        .filter(|role| linked.is_none_or(|link| link.role != *role))
        .map(|role| match linked {
            Some(link) => Answer { words: format!("Make it {}", with_article(role)), change: edits::set_role(project, link, role) },
            None => Answer { words: format!("Link as {}", role.word()), change: edits::link(goal, metric, role) },
        })
        .collect();
    if let Some(link) = linked {
        answers.push(Answer { words: "Unlink".to_owned(), change: edits::unlink(project, link) });
        return answers;
    }
    let measurable = |k: &crate::model::KeyResult| k.metric.is_none() && !matches!(k.aim, Aim::Milestone { .. });
    if goal.as_key_result().is_some_and(measurable) {
        let change = edits::set_metric(goal, Some(metric.id.clone()));
        answers.insert(0, Answer { words: "Measure the key result by it".to_owned(), change });
    }
    for (from, _) in project.supported_goals(&metric.id) {
        if let Some(link) = link_of(project, from, metric) {
            let words = format!("Move from “{}”, as {}", from.title, link.role.word());
            answers.push(Answer { words, change: edits::move_link(project, link, goal) });
        }
    }
    answers
}

fn with_article(role: Role) -> &'static str {
    match role {
        Role::Outcome => "an outcome",
        Role::Driver => "a driver",
        Role::Guardrail => "a guardrail",
    }
}
