//! What an initiative was to bring against what the metric did.

use crate::analysis::Unsuited;
use crate::analysis::bet::{MetricBet, Verdict};
use crate::chart::ValueFormat;
use crate::model::{Date, DeclaredEffect, Direction, Goal, GoalId, Metric, MetricId, Project, date_words};

/// A declared effect in one row.
#[derive(Clone, Debug, PartialEq)]
pub struct BetLine {
    pub initiative: GoalId,
    pub metric: MetricId,
    /// The initiative's.
    pub title: String,
    /// "MAU +400 k from 10 Mar 2026".
    pub predicted: String,
    /// "+520 k (95 %: +300 k to +740 k)"; "–" where nothing can be told yet.
    pub observed: String,
    /// "as predicted".
    pub verdict: String,
    /// Good news or bad; `None` where it is neither or not known.
    pub good: Option<bool>,
    /// What it was held against.
    pub note: String,
    pub bar: Option<BetBar>,
}

/// In the metric's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetBar {
    pub predicted: Option<f64>,
    pub effect: f64,
    /// Where the effect lies with 95 %.
    pub interval: (f64, f64),
}

/// In words. `None` where the metric is gone.
pub fn bet_line(
    project: &Project,
    initiative: &Goal,
    effect: &DeclaredEffect,
    as_of: Date,
    found: &Result<MetricBet, Unsuited>,
) -> Option<BetLine> {
    let metric = project.metric(&effect.metric)?;
    let format = ValueFormat::of(project, Some(metric));
    let change = if effect.relative {
        let sign = if effect.change < 0.0 { "−" } else { "+" };
        format!("{sign}{}", format.locale.percent(effect.change.abs(), 0))
    } else {
        format.difference(effect.change)
    };
    let predicted = format!("{} {change} from {}", metric.short_name(), date_words(effect.from));
    let (observed, verdict, good, note, bar) = match found {
        _ if effect.from > as_of => ("–".to_owned(), "not begun", None, format!("Begins on {}", date_words(effect.from)), None),
        Err(why) => ("–".to_owned(), "too early to tell", None, format!("Nothing to hold it against: {why}"), None),
        Ok(MetricBet { bet, .. }) => {
            let (low, high) = (format.difference(bet.interval.0), format.difference(bet.interval.1));
            let observed = format!("{} (95 %: {low} to {high})", format.difference(bet.effect));
            let bar = BetBar { predicted: bet.predicted, effect: bet.effect, interval: bet.interval };
            (observed, bet.verdict.words(), good(metric, bet.verdict, bet.effect), against(&format, found), Some(bar))
        }
    };
    Some(BetLine {
        initiative: initiative.id.clone(),
        metric: metric.id.clone(),
        title: initiative.title.clone(),
        predicted,
        observed,
        verdict: verdict.to_owned(),
        good,
        note,
        bar,
    })
}

fn good(metric: &Metric, verdict: Verdict, effect: f64) -> Option<bool> {
    let side = match metric.direction {
        Direction::Up => Some(effect > 0.0),
        Direction::Down => Some(effect < 0.0),
        Direction::Within => None,
    };
    match verdict {
        Verdict::AsPredicted | Verdict::MoreThanPredicted | Verdict::Changed => side,
        Verdict::LessThanPredicted | Verdict::OtherWay | Verdict::NoEffect => Some(false),
        Verdict::TooEarly | Verdict::CannotTell => None,
    }
}

/// "8.63 M on average against 8.11 M expected without it, by the trend before; 8 values since, 38 before".
fn against(format: &ValueFormat, found: &Result<MetricBet, Unsuited>) -> String {
    let Ok(MetricBet { bet, .. }) = found else { return String::new() };
    let by = match (bet.follows_trend, bet.is_seasonal) {
        (true, true) => "by trend and season before",
        (true, false) => "by the trend before",
        (false, true) => "by level and season before",
        (false, false) => "by the level before",
    };
    let predicted = bet.predicted.map(|p| format!("predicted {}; ", format.difference(p))).unwrap_or_default();
    format!(
        "{predicted}{} on average against {} expected without it, {by}; {} values since, {} before",
        format.value(bet.observed),
        format.value(bet.expected),
        bet.counts[1],
        bet.counts[0]
    )
}
