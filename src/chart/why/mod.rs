//! Why a number of a goal is what it is: the formula with the numbers put in, the days of the data, and the rule.

use super::board::{moved, remarks};
use crate::analysis::change::{Change, ChangedPart, change_of, change_of_parts};
use crate::analysis::{ASPIRATIONAL_SHARE, EARLY_POINTS, EARLY_SHARE, Evaluation, GoalResult};
use crate::model::{
    Date, Goal, GoalId, GoalState, Horizon, Locale, Metric, ObjectiveStatus, Pace, Project, Status, StatusPreset, Tree, Unit, capitalised,
    date_words, period_words,
};

use super::ValueFormat;

#[cfg(test)]
mod tests;

/// A number of a goal that can be asked why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WhyOf {
    pub goal: GoalId,
    pub number: WhyNumber,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyNumber {
    Status,
    /// Of an objective: the roll-up.
    Progress,
    Expected,
    /// The present value and its target.
    Now,
    /// Since the goal was last talked about.
    Change,
    Likelihood,
    RequiredRate,
    Score,
}

impl WhyNumber {
    pub const ALL: [Self; 8] =
        [Self::Status, Self::Progress, Self::Expected, Self::Now, Self::Change, Self::Likelihood, Self::RequiredRate, Self::Score];

    /// "Expected progress".
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Progress => "Progress",
            Self::Expected => "Expected progress",
            Self::Now => "Now",
            Self::Change => "Change",
            Self::Likelihood => "Likelihood",
            Self::RequiredRate => "Required from now on",
            Self::Score => "Score",
        }
    }
}

impl WhyOf {
    pub fn new(goal: &GoalId, number: WhyNumber) -> Self {
        Self { goal: goal.clone(), number }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// "Progress: 65 %".
    pub title: String,
    pub lines: Vec<String>,
}

/// Why the number is what it is as of the day of the evaluation; for a number that the goal does not have, why not.
pub fn why(project: &Project, tree: &Tree, evaluation: &Evaluation, of: &WhyOf) -> Why {
    let Some((goal, result)) = project.goal(&of.goal).zip(evaluation.goal(&of.goal)) else {
        return Why { title: of.number.word().to_owned(), lines: vec!["The goal is not there any more.".to_owned()] };
    };
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    let told = Told { project, tree, evaluation, goal, result, metric, format: ValueFormat::of(project, metric) };
    let (value, mut lines) = match of.number {
        WhyNumber::Status => (result.status.word().to_owned(), told.status()),
        WhyNumber::Progress => (told.percent(result.progress, 0), told.progress()),
        WhyNumber::Expected => (told.percent(result.expected, 0), told.expected()),
        WhyNumber::Now => (super::now_to_target(project, evaluation.as_of, goal, result), told.now()),
        WhyNumber::Change => told.change(),
        WhyNumber::Likelihood => {
            let share = result.likelihood.as_ref().map(|l| crate::analysis::forecast::chance(&told.format.locale, l.probability));
            let none = if result.awaits_likelihood { "…" } else { NOTHING };
            (share.unwrap_or_else(|| none.to_owned()), told.likelihood())
        }
        WhyNumber::RequiredRate => told.required_rate(),
        WhyNumber::Score => (result.score.map_or_else(|| NOTHING.to_owned(), |s| told.format.locale.fixed(s, 2)), told.score()),
    };
    lines.push(told.days());
    lines.retain(|line| !line.is_empty());
    Why { title: format!("{}: {value}", of.number.word()), lines }
}

/// The numbers that a goal has, in the order in which they are told.
pub fn whys(project: &Project, tree: &Tree, evaluation: &Evaluation, goal: &GoalId) -> Vec<Why> {
    let Some(result) = evaluation.goal(goal) else { return Vec::new() };
    let has = |number: &WhyNumber| match number {
        WhyNumber::Status | WhyNumber::Progress | WhyNumber::Change => true,
        WhyNumber::Expected => result.expected.is_some(),
        WhyNumber::Now => result.current.is_some(),
        WhyNumber::Likelihood => result.likelihood.is_some(),
        WhyNumber::RequiredRate => result.required_rate.is_some(),
        WhyNumber::Score => result.score.is_some(),
    };
    let told = |number| why(project, tree, evaluation, &WhyOf::new(goal, number));
    let mut answers: Vec<Why> = WhyNumber::ALL.into_iter().filter(has).map(told).collect();
    let unmoved = format!("{}: {NOTHING}", WhyNumber::Change.word());
    answers.retain(|answer| answer.title != unmoved);
    // The days are those of all of them.
    for answer in answers.iter_mut().skip(1) {
        answer.lines.pop();
    }
    answers
}

const NOTHING: &str = "–";

struct Told<'a> {
    project: &'a Project,
    tree: &'a Tree,
    evaluation: &'a Evaluation,
    goal: &'a Goal,
    result: &'a GoalResult,
    metric: Option<&'a Metric>,
    format: ValueFormat,
}

/// A part of a roll-up.
struct Part<'a> {
    title: &'a str,
    share: f64,
    counted: Option<f64>,
    expected: Option<f64>,
}

impl Told<'_> {
    fn locale(&self) -> &Locale {
        &self.format.locale
    }

    fn percent(&self, share: Option<f64>, decimals: u8) -> String {
        share.map_or_else(|| NOTHING.to_owned(), |s| self.locale().percent(s, decimals))
    }

    fn percent_of(&self, share: f64) -> String {
        self.locale().percent(share, 1)
    }

    /// "Data of Oct 2026, held against 31 Oct 2026. Seen on 21 Nov 2026."
    fn days(&self) -> String {
        let seen = format!("Seen on {}.", date_words(self.evaluation.as_of));
        let Some(current) = self.result.current else { return seen };
        let accumulates = self.goal.as_key_result().is_some_and(|k| k.accumulating);
        match self.metric {
            Some(_) if accumulates => format!("Data up to {}. {seen}", date_words(current.judged_on)),
            Some(metric) => {
                let period = period_words(&self.project.settings.calendar, metric.cadence, current.period);
                format!("Data of {period}, held against {}. {seen}", date_words(current.judged_on))
            }
            None => format!("Data of {}. {seen}", date_words(current.judged_on)),
        }
    }

    fn status(&self) -> Vec<String> {
        let mut lines = vec![self.result.reason.clone(), self.rule()];
        lines.extend(remarks(self.project, self.result));
        lines
    }

    /// The rule that decided the computed status, with the numbers put in; it ends with the status. Empty where the reason says all.
    fn rule(&self) -> String {
        let (result, rules) = (self.result, &self.project.settings.status);
        let end = lower(result.computed);
        if !matches!(self.goal.state, GoalState::Active) {
            return String::new();
        }
        match result.computed {
            Status::OnTrack | Status::Behind | Status::AtRisk => {}
            Status::TooEarly if result.expected.is_some() => {
                let early = self.locale().percent(EARLY_SHARE, 0);
                return format!("Rule: before {early} of the time, or with fewer than {EARLY_POINTS} points, a goal is not judged: {end}.");
            }
            _ => return String::new(),
        }
        if result.maintain.is_some() {
            return format!("Rule: the last period kept is on track, one missed behind, two in a row at risk: {end}.");
        }
        if self.goal.is_objective() && rules.objective == ObjectiveStatus::WorstChild {
            return format!("Rule: an objective follows its worst part: {end}.");
        }
        let by_likelihood = result.likelihood.as_ref().filter(|l| {
            // Where points behind are counted instead, the reason begins with these.
            rules.preset == StatusPreset::Likelihood && result.reason.starts_with(&l.words)
        });
        if let Some(likelihood) = by_likelihood {
            let limits = [rules.likelihood_on_track, rules.likelihood_at_risk].map(|l| self.locale().percent(l, 0));
            return format!(
                "Rule: likelihood {}; from {} on track, from {} behind, less at risk: {end}.",
                self.percent_of(likelihood.judged),
                limits[0],
                limits[1]
            );
        }
        let (Some(progress), Some(expected)) = (result.progress, result.expected) else { return String::new() };
        let aspires = self.goal.horizon == Horizon::Aspirational;
        let judged = if aspires { progress / ASPIRATIONAL_SHARE } else { progress };
        let aspired = if aspires {
            format!(
                "Progress {} ÷ {} = {}. ",
                self.percent_of(progress),
                self.locale().percent(ASPIRATIONAL_SHARE, 0),
                self.percent_of(judged)
            )
        } else {
            String::new()
        };
        let shown = self.percent_of(judged);
        match rules.preset {
            StatusPreset::Ratio if expected > 0.0 => format!(
                "Rule: ratio. {aspired}Progress {shown} ÷ expected {} = {}; from {} on track, from {} behind, less at risk: {end}.",
                self.percent_of(expected),
                self.percent_of(judged / expected),
                self.locale().percent(rules.ratio_on_track, 0),
                self.locale().percent(rules.ratio_at_risk, 0)
            ),
            StatusPreset::Ratio | StatusPreset::PointsBehind | StatusPreset::Likelihood => format!(
                "Rule: points behind. {aspired}Expected {} − progress {shown} = {} points; up to 0 on track, up to {} behind, more at risk: {end}.",
                self.percent_of(expected),
                self.locale().fixed((expected - judged) * 100.0, 1),
                self.locale().trimmed(rules.points_behind_at_risk * 100.0, 1)
            ),
        }
    }

    fn progress(&self) -> Vec<String> {
        let result = self.result;
        let Some(progress) = result.progress else { return vec![result.reason.clone()] };
        if self.goal.is_objective() {
            return self.roll_up(|part| part.counted, progress);
        }
        let shown = self.percent_of(progress);
        match (result.current, result.start, result.target, &result.maintain) {
            (_, _, _, Some(kept)) => {
                vec!["Periods kept ÷ complete periods since the start".to_owned(), format!("{} ÷ {} = {shown}", kept.met, kept.of)]
            }
            (Some(current), Some(start), Some(target), None) if self.metric.is_some() || !self.goal.has_steps() => {
                let [now, start, target] = [current.value, start, target].map(|v| self.format.exact(v));
                let mut lines =
                    vec!["(now − start) ÷ (target − start)".to_owned(), format!("({now} − {start}) ÷ ({target} − {start}) = {shown}")];
                // The latest value counts, whenever it was measured.
                if let Some(begins) = result.span.start.filter(|begins| current.judged_on < *begins) {
                    let (on, begins) = (date_words(current.judged_on), date_words(begins));
                    lines.push(format!("Measured on {on}, before the start on {begins}: nothing was measured since"));
                }
                lines
            }
            (Some(current), _, Some(all), None) => {
                vec!["Steps done ÷ all steps".to_owned(), format!("{} ÷ {} = {shown}", current.value, all)]
            }
            _ => vec![result.reason.clone()],
        }
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let cap = self.project.settings.roll_up_cap.max(1.0);
        let part = |id: &GoalId| {
            let (goal, result) = self.project.goal(id).zip(self.evaluation.goal(id))?;
            let closed = result.computed == Status::Closed;
            Some(Part {
                title: &goal.title,
                share: result.weight_share.filter(|s| *s > 0.0)?,
                counted: if closed { result.score } else { result.progress.map(|p| p.clamp(0.0, cap)) },
                expected: if closed { Some(1.0) } else { result.expected },
            })
        };
        self.tree.children(&self.goal.id).iter().filter_map(part).collect()
    }

    /// The weighted mean, part by part, over the parts that are measured.
    fn roll_up(&self, of: impl Fn(&Part<'_>) -> Option<f64>, whole: f64) -> Vec<String> {
        let parts = self.parts();
        let measured: Vec<(&Part<'_>, f64)> =
            parts.iter().filter(|p| p.counted.is_some()).filter_map(|part| Some((part, of(part)?))).collect();
        let mut lines = vec!["Weighted mean of its parts: Σ (weight × part) ÷ Σ weights".to_owned()];
        for (part, value) in &measured {
            lines.push(format!("{} × {}  {}", self.percent_of(part.share), self.percent_of(*value), part.title));
        }
        let weights: f64 = measured.iter().map(|(part, _)| part.share).sum();
        let sum: f64 = measured.iter().map(|(part, value)| part.share * value).sum();
        lines.push(format!("{} ÷ {} = {}", self.percent_of(sum), self.percent_of(weights), self.percent_of(whole)));
        if measured.len() < parts.len() {
            lines.push(format!("{} of {} parts are measured; the others are left out.", measured.len(), parts.len()));
        }
        lines
    }

    fn expected(&self) -> Vec<String> {
        let result = self.result;
        let Some(expected) = result.expected else { return vec![result.reason.clone()] };
        if self.goal.is_objective() {
            return self.roll_up(|part| part.expected, expected);
        }
        let shown = self.percent_of(expected);
        if result.maintain.is_some() {
            return vec![format!("A limit is to be kept from the first day on: {shown}")];
        }
        let days = |from: Date, to: Date| (to - from).num_days();
        let (Some(start), Some(due), Some(current)) = (result.span.start, result.span.due, result.current) else {
            return vec![format!("Everything by the due date: {shown}")];
        };
        let (gone, all) = (days(start, current.judged_on).clamp(0, days(start, due)), days(start, due).max(1));
        let elapsed = gone as f64 / all as f64;
        let mut lines = vec![format!(
            "{gone} of {all} days from {} to {} had passed on {}: τ = {}",
            date_words(start),
            date_words(due),
            date_words(current.judged_on),
            self.percent_of(elapsed)
        )];
        // A formula is written only where it gives the number: a pace may stand in for another one.
        let gives = |value: f64| (value - expected).abs() < 1e-6;
        let pace = self.goal.as_key_result().map(|k| k.pace).unwrap_or_default();
        let ratio = result.start.zip(result.target).map(|(start, target)| target / start).filter(|r| r.is_finite() && *r > 0.0);
        lines.push(match (pace, ratio) {
            (Pace::Compound, Some(r)) if gives((r.powf(elapsed) - 1.0) / (r - 1.0)) => {
                let r = self.locale().fixed(r, 4);
                format!("Compound pace: ({r}^τ − 1) ÷ ({r} − 1) = {shown}")
            }
            (Pace::SCurve, _) if gives(3.0 * elapsed.powi(2) - 2.0 * elapsed.powi(3)) => format!("S-curve: 3τ² − 2τ³ = {shown}"),
            (Pace::Steps, _) => format!("Stages: the last one passed = {shown}"),
            (Pace::Points, _) => format!("Stages, with straight lines between them = {shown}"),
            (Pace::Seasonal, _) => format!("With the season of earlier years = {shown}"),
            _ if gives(elapsed) => format!("Linear pace: τ = {shown}"),
            _ => format!("All or nothing by the due date: {shown}"),
        });
        lines
    }

    fn now(&self) -> Vec<String> {
        let result = self.result;
        let Some(current) = result.current else { return vec![result.reason.clone()] };
        if self.goal.has_steps() {
            return vec![format!("{} of {} steps are done", current.value, result.target.unwrap_or_default())];
        }
        let mut lines = vec![format!("Now {}", self.format.exact(current.value))];
        if let Some(limit) = result.target.filter(|_| result.maintain.is_some()) {
            lines.push(format!("Limit {}", self.format.exact(limit)));
        } else if let Some(target) = result.target {
            lines.push(format!("Target {}, which leaves {}", self.format.exact(target), self.format.difference(target - current.value)));
        }
        if let Some(original) = result.original_target {
            lines.push(format!("The first target was {}", self.format.exact(original)));
        }
        lines
    }

    fn change(&self) -> (String, Vec<String>) {
        let change = self.change_of(self.goal);
        let moved = moved(change, self.goal, &self.format);
        if self.goal.is_objective() {
            let parts = self.changed_parts(self.goal);
            let measured: Vec<(&str, f64, f64)> =
                parts.iter().filter_map(|(title, p)| Some((*title, p.share, p.change?.progress?))).collect();
            let points = |share: f64| self.locale().difference(100.0 * share, &Unit::Percent, 1);
            let mut lines = vec![capitalised(&moved.why)];
            lines.extend(measured.iter().map(|(title, share, by)| format!("{} × {}  {title}", self.percent_of(*share), points(*by))));
            return (moved.text, lines);
        }
        let told = change.and_then(|c| c.value.zip(c.before)).map(|(value, before)| {
            let exact = |v: f64| if self.goal.has_steps() { self.locale().trimmed(v, 0) } else { self.format.exact(v) };
            let [now, before] = [before + value, before].map(exact);
            vec!["Now − what was known then".to_owned(), format!("{now} − {before} = {}", moved.text)]
        });
        (moved.text, told.into_iter().flatten().chain([capitalised(&moved.why)]).collect())
    }

    /// How a goal moved since it, or its parts, were last talked about.
    fn change_of(&self, goal: &Goal) -> Option<Change> {
        if goal.is_objective() {
            return change_of_parts(self.project, self.changed_parts(goal).into_iter().map(|(_, part)| part));
        }
        let check_ins = self.project.check_ins_of(&goal.id, self.evaluation.as_of);
        change_of(self.project, goal, self.evaluation.goal(&goal.id)?, &check_ins)
    }

    /// What rolls up to an objective, by title.
    fn changed_parts(&self, goal: &Goal) -> Vec<(&str, ChangedPart<'_>)> {
        let part = |id: &GoalId| {
            let (child, result) = self.project.goal(id).zip(self.evaluation.goal(id))?;
            let share = result.weight_share.filter(|share| *share > 0.0)?;
            Some((child.title.as_str(), ChangedPart { share, result, change: self.change_of(child) }))
        };
        self.tree.children(&goal.id).iter().filter_map(part).collect()
    }

    fn likelihood(&self) -> Vec<String> {
        match self.result.likelihood.as_deref() {
            Some(found) => {
                let format = &self.format;
                let range =
                    format!("Forecast: P10 {}, P50 {}, P90 {}", format.value(found.p10), format.value(found.p50), format.value(found.p90));
                vec![found.words.clone(), range, found.how.clone()]
            }
            None if self.result.awaits_likelihood => vec!["The forecast is being worked out.".to_owned()],
            None => vec!["There is no forecast of it: it needs a metric with a history, a target and a due date ahead.".to_owned()],
        }
    }

    fn required_rate(&self) -> (String, Vec<String>) {
        let result = self.result;
        let (Some(rate), Some(current), Some(target)) = (result.required_rate, result.current, result.target) else {
            return (NOTHING.to_owned(), vec!["Nothing is left to be brought, or there is no due date.".to_owned()]);
        };
        let noun = rate.cadence.period_word();
        let left = if rate.periods_left == 1 { format!("1 {noun}") } else { format!("{} {noun}s", rate.periods_left) };
        let each = self.format.difference(rate.per_period);
        let mut lines = vec![
            "(target − now) ÷ periods left".to_owned(),
            format!("({} − {}) ÷ {left} = {each}", self.format.exact(target), self.format.exact(current.value)),
        ];
        lines.extend(rate.compound.map(|c| format!("As growth: (target ÷ now)^(1 ÷ {}) − 1 = {}", rate.periods_left, self.percent_of(c))));
        (format!("{each} a {noun}"), lines)
    }

    fn score(&self) -> Vec<String> {
        let (result, locale) = (self.result, self.locale());
        if let GoalState::Closed(closing) = &self.goal.state {
            let suggested = closing.suggested.map_or_else(String::new, |s| format!("; progress suggested {}", locale.fixed(s, 2)));
            return vec![format!("Closed on {} with {}{suggested}.", date_words(closing.on), locale.fixed(closing.score, 1))];
        }
        let Some((score, progress)) = result.score.zip(result.progress) else { return vec![result.reason.clone()] };
        let mut lines = vec![format!("Progress {} between 0 and 1 = {}", self.percent_of(progress), locale.fixed(score, 2))];
        if let Some((first, original)) = result.score_original.zip(result.original_target) {
            lines.push(format!("Against the first target of {}: {}", self.format.exact(original), locale.fixed(first, 2)));
        }
        lines
    }
}

fn lower(status: Status) -> String {
    status.word().to_lowercase()
}
