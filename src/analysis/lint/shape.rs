//! Rules about how goals and metrics hang together, and how many there are.

use super::subject::{Lint, Remark, Subject, listed};
use super::{MOST_KEY_RESULTS, MOST_KPIS, MOST_KPIS_OF_PROJECT, Rule};
use crate::model::{Goal, GoalId, GoalKind, GoalState, Level, Metric, ProductStage, Role, Span, date_words};

pub(super) fn judge(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    if !subject.goal.is_objective() {
        return None;
    }
    match rule {
        Rule::NoParent => no_parent(lint, subject),
        Rule::NoOutcomeMetric => no_outcome_metric(lint, subject),
        Rule::NoKeyResult => no_key_result(lint, subject),
        Rule::TooManyKeyResults => too_many_key_results(lint, subject),
        Rule::TooManyKpis => too_many_kpis(lint, subject),
        Rule::TooGranular | Rule::OnlyFoundational => wrong_level(lint, subject, rule),
        _ => None,
    }
}

/// Whether one span lies in another one that is at least twice as long.
fn is_part_of(part: Span, whole: Span) -> bool {
    let (Some((start, due)), Some((from, to))) = (part.start.zip(part.due), whole.start.zip(whole.due)) else { return false };
    from <= start && due <= to && (to - from).num_days() >= 2 * (due - start).num_days()
}

/// Objectives at the top that are looked at for one that another may serve: each goal is held against all of them.
const MOST_ROOTS: usize = 1_000;

/// The objectives at the top that others at the top may serve: those that are pursued and have dates, each with these; the first of very
/// many.
pub fn pursued_roots<'a>(roots: impl Iterator<Item = &'a Goal>, span_of: impl Fn(&Goal) -> Span) -> Vec<(&'a Goal, Span)> {
    let is_pursued = |g: &&Goal| g.is_objective() && !g.archived && g.state == GoalState::Active;
    let with_span = roots.filter(is_pursued).map(|goal| (goal, span_of(goal)));
    with_span.filter(|(_, span)| span.start.is_some() && span.due.is_some()).take(MOST_ROOTS).collect()
}

/// Of the objectives at the top those about a longer time, in which all of a goal's own lies.
pub fn possible_parents<'a>(goal: &Goal, span: Span, roots: &[(&'a Goal, Span)]) -> Vec<&'a Goal> {
    roots.iter().filter(|(_, whole)| is_part_of(span, *whole)).map(|(other, _)| *other).filter(|other| other.id != goal.id).collect()
}

fn no_parent(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    if subject.parent.is_some() {
        return None;
    }
    let longer = possible_parents(subject.goal, subject.result.span, &lint.roots);
    let first = longer.first()?;
    let due = lint.span(&first.id).due.map_or_else(String::new, |due| format!(", which runs until {}", date_words(due)));
    let why = format!("It stands at the top beside “{}”{due}: nobody can see which of the longer aims it serves.", first.title);
    let suggestion = match longer.as_slice() {
        [only] => format!("Put it below “{}” if it serves that.", only.title),
        _ => "Put it below the objective that it serves.".to_owned(),
    };
    Some(Remark::new(why, suggestion))
}

pub(super) fn has_outcome_metric(lint: &Lint<'_>, objective: &GoalId) -> bool {
    lint.project.linked_metrics(objective).iter().any(|(_, link)| link.role == Role::Outcome)
        || lint.children(objective).any(|child| lint.metric_of(child).is_some())
}

fn no_outcome_metric(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let id = &subject.goal.id;
    // One that is made of objectives is measured by theirs.
    if has_outcome_metric(lint, id) || lint.children(id).any(Goal::is_objective) {
        return None;
    }
    let linked = lint.project.linked_metrics(id).len();
    let why = match linked {
        0 => "No metric says whether it was worth it: none of its key results has one, and none is linked to it.".to_owned(),
        1 => "The one metric linked to it is a driver or a guardrail, and none of its key results has one.".to_owned(),
        n => format!("The {n} metrics linked to it are drivers or guardrails, and none of its key results has one."),
    };
    Some(Remark::new(why, "Link the metric that will be different in the end, as its outcome."))
}

fn no_key_result(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    use crate::model::Contribution::Contributes;
    let rolls_up = |child: &Goal| child.contribution == Contributes && !matches!(child.kind, GoalKind::Initiative(_));
    if lint.children(&subject.goal.id).any(rolls_up) {
        return None;
    }
    let why = match lint.children(&subject.goal.id).count() {
        0 => "Nothing is below it, so nothing says when it is reached.",
        _ => "What is below it does not roll up, so nothing says when it is reached.",
    };
    Some(Remark::new(why, "Add two to five key results."))
}

fn too_many_key_results(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let is_open = |g: &&Goal| g.as_key_result().is_some() && g.state.since().is_none_or(|since| since > lint.as_of);
    let count = lint.children(&subject.goal.id).filter(is_open).count();
    (count > MOST_KEY_RESULTS).then(|| {
        Remark::new(
            format!("It has {count} key results; more than {MOST_KEY_RESULTS} and none of them has everybody’s eye."),
            "Keep those that would be missed, or divide the objective.",
        )
    })
}

fn too_many_kpis(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let count = lint.project.linked_metrics(&subject.goal.id).len();
    (count > MOST_KPIS).then(|| {
        Remark::new(
            format!("{count} metrics are linked to it; a few that matter beat many, and {MOST_KPIS} are plenty."),
            "Unlink those that nobody decides anything by.",
        )
    })
}

pub(super) fn too_many_in_project(lint: &Lint<'_>) -> Option<Remark> {
    let count = lint.kpis.len();
    (count > MOST_KPIS_OF_PROJECT).then(|| {
        Remark::new(
            format!("The project has {count} KPIs; a few that matter beat many, and {MOST_KPIS_OF_PROJECT} are plenty."),
            "Unlink those that nobody decides anything by.",
        )
    })
}

/// A metric that supports no goal and is no part of one that does.
pub(super) fn unused(lint: &Lint<'_>, metric: &Metric) -> Option<Remark> {
    let is_used = lint.kpis.contains(&metric.id) || lint.ingredients.contains(&metric.id);
    (!is_used).then(|| {
        Remark::new(
            "It supports no goal: whatever it does, nothing follows from it.",
            "Link it to the goal that it tells about, or remove it.",
        )
    })
}

/// Foundational metrics (acquisition, retention) suit early stages, granular ones (conversion, feature adoption) later ones.
fn wrong_level(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    let stage = lint.stage_of(subject.goal)?;
    let metrics = lint.metrics_of(&subject.goal.id);
    let granular: Vec<&str> = metrics.iter().filter(|m| m.level == Level::Granular).map(|m| m.short_name()).collect();
    match (rule, stage) {
        (Rule::TooGranular, ProductStage::Planning | ProductStage::Launch) if !granular.is_empty() => {
            let stage = if stage == ProductStage::Planning { "is being planned" } else { "is being launched" };
            let is = if granular.len() == 1 { "is granular" } else { "are granular" };
            Some(Remark::new(
                format!("{} {is}, and the product {stage}: such numbers move by chance while few people use it.", listed(&granular)),
                "Begin with foundational metrics: do people come, and do they stay?",
            ))
        }
        (Rule::OnlyFoundational, ProductStage::Maturity) if !metrics.is_empty() && granular.is_empty() => {
            let names: Vec<&str> = metrics.iter().map(|m| m.short_name()).collect();
            let is = if names.len() == 1 { "is foundational, and nothing else is" } else { "are all foundational; nothing granular is" };
            Some(Remark::new(
                format!("{} {is} measured. In a mature product such numbers hardly move and show too late why.", listed(&names)),
                "Add a granular metric that can be moved: a conversion, a feature’s adoption, the value of a customer.",
            ))
        }
        _ => None,
    }
}
