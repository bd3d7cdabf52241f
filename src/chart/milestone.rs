//! Goals that no metric measures: steps done, or the values of check-ins.

use super::aims::Aims;
use super::context::{Context, Pursuit};
use super::trend::{assemble, empty, value_labels};
use super::values::{Values, day};
use super::{Chart, Gap, Label, LabelKind, LineId, Supports, ValueFormat, events, words};
use crate::model::{Aim, Cadence, Goal, GoalId, GoalKind, Role, Step, Unit};

/// The chart of a goal without a metric: steps done over time against what was expected, or check-in values. Objectives, which have nothing of their
/// own to draw, and missing goals give an empty chart that says so.
pub fn milestone(context: &Context<'_>, goal: &GoalId) -> Chart {
    let Some(goal) = context.project.goal(goal) else {
        return empty(context, goal.as_str(), "This goal is no longer in the project");
    };
    let steps: Option<&[Step]> = match &goal.kind {
        GoalKind::Objective(_) => return empty(context, &goal.title, "An objective is shown by its key results"),
        GoalKind::Initiative(initiative) => Some(&initiative.steps),
        GoalKind::KeyResult(key_result) => match &key_result.aim {
            Aim::Milestone { steps } => Some(steps),
            _ => None,
        },
    };
    let pursuit = goal.as_key_result().map(|key_result| Pursuit { goal, key_result, result: context.evaluation.goal(&goal.id) });
    match steps {
        Some([]) => empty(context, &goal.title, "No steps yet"),
        Some(steps) => of_steps(context, goal, pursuit.as_ref(), steps),
        None => of_check_ins(context, goal, pursuit.as_ref()),
    }
}

fn of_steps(context: &Context<'_>, goal: &Goal, pursuit: Option<&Pursuit<'_>>, steps: &[Step]) -> Chart {
    let as_of = context.as_of();
    let today = day(as_of);
    let span = context.evaluation.goal(&goal.id).map_or_else(|| context.project.span(goal), |r| r.span);
    let mut done: Vec<f64> = steps.iter().filter_map(|s| s.done_on).filter(|d| *d <= as_of).map(day).collect();
    done.sort_by(f64::total_cmp);
    let start = span.start.map_or(today, day).min(done.first().map_or(today, |d| d - 1.0));
    let mut points = vec![[start, 0.0]];
    for (index, at) in done.iter().enumerate() {
        // The number holds until the day before.
        if points.last().is_some_and(|p| p[0] < at - 1.0) {
            points.push([at - 1.0, index as f64]);
        }
        points.push([*at, (index + 1) as f64]);
    }
    let end = span.due.map_or(today, |due| today.min(day(due)));
    if points.last().is_some_and(|p| p[0] < end) {
        points.push([end, done.len() as f64]);
    }
    let format = ValueFormat { unit: Unit::Count, decimals: 0, locale: context.project.settings.locale };
    let mut aims = Aims::default();
    aims.steps(context, pursuit, (start, span.due.map_or(end, day)), span.due, steps.len());
    let x = (start, span.due.map_or(end, day).max(end));
    let mut chart = dressed(context, goal, format, Values::of_points(points), aims, x);
    for line in &mut chart.lines {
        if line.id == LineId::Actual {
            line.show_points = false;
        }
    }
    chart.labels.retain(|l| l.kind == LabelKind::Along);
    if let Some(last) = chart.complete().last().copied() {
        let text = format!("{} of {} done", done.len(), steps.len());
        chart.labels.push(Label { kind: LabelKind::Last, at: last, text, line: LineId::Actual });
    }
    // Steps are written as numbers of steps, not as values of a metric.
    let late = chart.expected_at(end).map(|expected| (expected - 1e-9).floor() - done.len() as f64).filter(|late| *late >= 1.0);
    chart.title = match late {
        _ if done.len() == steps.len() => format!("All {} steps are done", steps.len()),
        Some(late) => format!("{} of {} steps are done, {late} fewer than expected by now", done.len(), steps.len()),
        None => format!("{} of {} steps are done", done.len(), steps.len()),
    };
    if steps.len() == 1 {
        chart.title.clone_from(&goal.title);
    }
    chart.subtitle = chart.subtitle_in(chart.fit_x);
    let mut said = vec![words::summary(&chart)];
    let known = steps.iter().filter_map(|s| Some((&s.title, s.done_on.filter(|d| *d <= as_of)?)));
    said.extend(known.map(|(title, on)| format!("{title}: done {}.", crate::model::date_words(on))));
    chart.summary = said.join(" ");
    chart
}

fn of_check_ins(context: &Context<'_>, goal: &Goal, pursuit: Option<&Pursuit<'_>>) -> Chart {
    let check_ins = context.project.check_ins_of(&goal.id, context.as_of());
    let points: Vec<[f64; 2]> = check_ins.iter().filter_map(|c| Some([day(c.date), c.value?])).collect();
    let shown = points.iter().map(|p| p[1]);
    let target = pursuit.and_then(Pursuit::target);
    let decimals = shown.chain(target).map(decimals_of).max().unwrap_or(0);
    let format = ValueFormat { unit: Unit::Count, decimals, locale: context.project.settings.locale };
    let mut aims = Aims::default();
    if let Some(pursuit) = pursuit {
        aims.pursue(context, pursuit, &format, points.first().map(|p| p[0]));
    }
    let ends = aims.lines.iter().flat_map(|l| [l.start(), l.end()]).flatten().chain(points.iter().copied()).map(|p| p[0]);
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
    let today = day(context.as_of());
    let x = if low > high { (today - 365.0, today) } else { (low, high) };
    let mut chart = dressed(context, goal, format, Values::of_points(points), aims, x);
    if chart.empty.is_some() {
        chart.empty = Some("No check-in with a value yet".to_owned());
    }
    if let Some(pursuit) = pursuit
        && let Some(&[x, value]) = chart.complete().last()
        && let (Some(expected), Some(up)) = (chart.expected_at(x), pursuit.upwards())
        && !pursuit.key_result.aim.is_maintain()
    {
        let good = if up { value >= expected } else { value <= expected };
        chart.gap = Some(Gap { x, value, expected, text: chart.format.difference(value - expected), good });
    }
    chart.pursued = pursuit.map(|p| p.goal.id.clone());
    words::finish(&mut chart, context, pursuit, &words::Heading { metric: None, total: false });
    chart
}

/// Decimals that a value needs, two at most.
fn decimals_of(value: f64) -> u8 {
    (0..2).find(|d| (value * 10f64.powi(i32::from(*d))).fract().abs() < 1e-9).unwrap_or(2)
}

fn dressed(context: &Context<'_>, goal: &Goal, format: ValueFormat, values: Values, aims: Aims, x: (f64, f64)) -> Chart {
    let mut chart = assemble(context, &goal.title, format, values, aims, x);
    chart.cadence = Cadence::Daily;
    chart.supports = vec![Supports {
        goal: goal.id.clone(),
        path: context.path(goal),
        status: context.evaluation.goal(&goal.id).map(|r| r.status),
        role: Role::Outcome,
    }];
    chart.marks = events::marks(context.project, None, x, context.as_of(), chart.cadence);
    chart.bands.extend(events::bands(&chart.marks));
    chart.labels.extend(value_labels(&chart));
    words::finish(&mut chart, context, None, &words::Heading { metric: None, total: false });
    chart
}
