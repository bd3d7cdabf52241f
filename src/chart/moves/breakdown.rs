//! A change taken apart: what each input or segment brought, as a sentence and as steps that add up to the change.

use crate::analysis::contributions::{Contribution, Move, Parts, Span};
use crate::chart::ValueFormat;
use crate::model::{Date, Direction, Metric, MetricId, Period, Project, date_words, period_words};

/// More steps are joined into one.
const MOST_STEPS: usize = 10;
/// Named in the sentence.
const NAMED: usize = 2;

/// Since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// What was known on the day of the last check-in.
    CheckIn(Date),
    /// The value before the latest: no newer one came since this check-in, or nobody checked in.
    ValueBefore(Option<Date>),
    /// Two periods that somebody chose.
    Chosen,
}

/// A value at one end of the change.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub period: Period,
    /// "Sep 2026".
    pub label: String,
    pub value: f64,
    pub text: String,
}

/// What one input or segment brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// `None` for what several or none account for.
    pub metric: Option<MetricId>,
    pub label: String,
    /// In the unit of the metric that moved.
    pub amount: f64,
    /// Where the steps before it lead to.
    pub from: f64,
    pub to: f64,
    /// "+0.52 M".
    pub text: String,
    /// To the good side; `None` where neither side is.
    pub good: Option<bool>,
    /// The arithmetic.
    pub why: String,
}

/// A change of a metric and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    pub metric: MetricId,
    pub name: String,
    /// "MAU grew by 0.58 M from Sep 2026 to Oct 2026: mobile +0.52 M, web +0.06 M".
    pub sentence: String,
    /// Since when, and why since then.
    pub since: String,
    pub before: Total,
    pub after: Total,
    /// "+0.58 M".
    pub change: String,
    /// Each begins where the one before ends; the last ends at `after`.
    pub steps: Vec<Step>,
    /// How the parts were arrived at.
    pub how: String,
    pub format: ValueFormat,
}

impl Since {
    /// Of a span that was asked for since the last check-in.
    pub fn check_in(span: &Span, day: Option<Date>) -> Self {
        day.filter(|_| span.is_since_day).map_or(Self::ValueBefore(day), Self::CheckIn)
    }
}

/// Words and steps for a change.
pub fn breakdown(project: &Project, metric: &Metric, parts: &Parts, since: Since) -> Breakdown {
    let own = ValueFormat::of(project, Some(metric));
    let how = match parts {
        Parts::Formula(_) => "Each input's share of the change; products and quotients by their logarithmic means (LMDI)".to_owned(),
        Parts::Segments(by) => format!("The change of each segment by {}", by.dimension),
    };
    let found = parts.moved();
    let words = |period: Period| period_words(&project.settings.calendar, found.cadence, period);
    let total = |period: Period, value: f64| Total { period, label: words(period), value, text: own.value(value) };
    let (before, after) = (total(found.from, found.before), total(found.to, found.after));
    let format = fine_enough(found, &own);
    let steps = Steps { project, metric, format: &format, segments: matches!(parts, Parts::Segments(_)) };
    let steps = steps.of(found, parts.rest());
    let change = found.after - found.before;
    let name = metric.short_name().to_owned();
    let sentence = sentence(&name, &format, &before, &after, &steps);
    let since = match since {
        Since::CheckIn(day) => format!("since the check-in on {}", date_words(day)),
        Since::ValueBefore(Some(day)) => {
            format!("no newer value since the check-in on {}; against the {} before", date_words(day), found.cadence.period_word())
        }
        Since::ValueBefore(None) => format!("against the {} before", found.cadence.period_word()),
        Since::Chosen => String::new(),
    };
    Breakdown { metric: metric.id.clone(), name, sentence, since, before, after, change: format.difference(change), steps, how, format }
}

/// With so many decimals that the parts add up to the change as they are written, up to two more than the metric's own.
fn fine_enough(found: &Move, own: &ValueFormat) -> ValueFormat {
    let change = found.after - found.before;
    let adds_up = |decimals: u8| {
        let scale = 10f64.powi(i32::from(decimals));
        let sum: f64 = found.parts.iter().map(|p| (p.amount * scale).round()).sum();
        (sum - (change * scale).round()).abs() < 0.5
    };
    let decimals = (own.decimals..=own.decimals.saturating_add(2)).find(|d| adds_up(*d)).unwrap_or(own.decimals);
    ValueFormat { decimals, ..own.clone() }
}

fn sentence(name: &str, format: &ValueFormat, before: &Total, after: &Total, steps: &[Step]) -> String {
    let change = after.value - before.value;
    let distance = format.distance(change);
    let is_change = distance.chars().any(|c| ('1'..='9').contains(&c));
    let verb = if change > 0.0 { "grew" } else { "fell" };
    let span = format!("from {} to {}", before.label, after.label);
    let named: Vec<String> = steps.iter().take(NAMED).map(|s| format!("{} {}", s.label, s.text)).collect();
    let head = if is_change { format!("{name} {verb} by {distance} {span}") } else { format!("{name} did not change {span}") };
    if named.is_empty() { head } else { format!("{head}: {}", named.join(", ")) }
}

struct Steps<'a> {
    project: &'a Project,
    metric: &'a Metric,
    format: &'a ValueFormat,
    segments: bool,
}

impl Steps<'_> {
    fn of(&self, found: &Move, rest: f64) -> Vec<Step> {
        let many = found.parts.len() + usize::from(rest != 0.0) > MOST_STEPS;
        let shown = if many { MOST_STEPS - 1 - usize::from(rest != 0.0) } else { found.parts.len() };
        let (single, joined) = found.parts.split_at(shown.min(found.parts.len()));
        let mut steps: Vec<Step> = single.iter().map(|part| self.part(found, part)).collect();
        if !joined.is_empty() {
            let amount = joined.iter().map(|p| p.amount).sum();
            steps.push(self.step(None, format!("{} others", joined.len()), amount, String::new()));
        }
        if rest != 0.0 {
            let (label, why) = if rest > 0.0 {
                ("In no segment", "what none of the segments counts")
            } else {
                ("In several segments", "what more than one of the segments counts, less what none does")
            };
            steps.push(self.step(None, label.to_owned(), rest, why.to_owned()));
        }
        let mut at = found.before;
        for step in &mut steps {
            step.from = at;
            at += step.amount;
            step.to = at;
        }
        if let Some(last) = steps.last_mut() {
            // Dust of adding up stays in the last step's place.
            last.to = found.after;
        }
        steps
    }

    fn part(&self, found: &Move, part: &Contribution) -> Step {
        let input = self.project.metric(&part.input);
        let name = input.map_or("a metric", Metric::short_name);
        let mut label =
            input.and_then(|m| m.segment.as_ref()).filter(|_| self.segments).map_or_else(|| name.to_owned(), |s| s.value.clone());
        if part.lag > 0 {
            let noun = found.cadence.period_word();
            label = format!("{label}, {} {noun}{} before", part.lag, if part.lag == 1 { "" } else { "s" });
        }
        let own = ValueFormat::of(self.project, input);
        let brings = self.format.difference(part.amount);
        let mut why = format!("{name} went from {} to {}: {brings}", own.value(part.before), own.value(part.after));
        for inner in &part.parts {
            let name = self.project.metric(&inner.input).map_or("a metric", Metric::short_name);
            why = format!("{why}; of it {name} {}", self.format.difference(inner.amount));
        }
        self.step(Some(part.input.clone()), label, part.amount, why)
    }

    fn step(&self, metric: Option<MetricId>, label: String, amount: f64, why: String) -> Step {
        let good = match self.metric.direction {
            _ if amount == 0.0 => None,
            Direction::Up => Some(amount > 0.0),
            Direction::Down => Some(amount < 0.0),
            Direction::Within => None,
        };
        Step { metric, label, amount, from: 0.0, to: 0.0, text: self.format.difference(amount), good, why }
    }
}
