//! Whether a target is within reach, by the chance that its metric gives it.

use super::Rule;
use super::subject::{Lint, Remark, Subject};
use crate::model::{Aim, Horizon, Status, capitalised};

/// A chance outside these asks for the impossible, or for nothing (SEMANTICS, "Goal lint": Achievable).
const WITHIN: [f64; 2] = [0.05, 0.95];
/// Chances that a good target has: of what was committed to, and of what is aspired to.
const GOOD: [f64; 2] = [0.7, 0.5];
/// An advised target is given to a tenth of the leading digit of the way to it.
const PLACES: i32 = 1;

/// A target that is met already is neither. A limit that is sure to be kept is no fault: that is what it is for.
pub(super) fn judge(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    if !matches!(rule, Rule::OutOfReach | Rule::TooEasy) || subject.result.computed == Status::Achieved {
        return None;
    }
    let found = subject.result.likelihood.as_deref()?;
    let aim = subject.then.aim.as_ref()?;
    let is_so = match rule {
        Rule::OutOfReach => found.probability < WITHIN[0],
        _ => found.probability > WITHIN[1] && !aim.is_maintain(),
    };
    if !is_so {
        return None;
    }
    let locale = &lint.project.settings.locale;
    let (good, advice) = match subject.goal.horizon {
        Horizon::Committed => (GOOD[0], found.advice_70),
        Horizon::Aspirational => (GOOD[1], found.advice_50),
    };
    let target = advice.and_then(|target| good_target(lint, subject, aim, target, rule));
    let advised =
        target.map(|target| format!("A target of {} has a chance of {}", lint.value(subject.goal, target), locale.percent(good, 0)));
    let suggestion = match (advised, rule) {
        (Some(advised), Rule::OutOfReach) => format!("{advised}; or say what will make more possible than before."),
        (None, Rule::OutOfReach) => "Aim for less, give it more time, or say what will make more possible than before.".to_owned(),
        (Some(advised), _) => format!("{advised}."),
        (None, _) => "Aim for more, or for sooner.".to_owned(),
    };
    Some(Remark { target, ..Remark::new(capitalised(&found.words), suggestion) })
}

/// The advised target in a round number that is no harder to reach; none that asks for nothing, or leads back the way it came.
fn good_target(lint: &Lint<'_>, subject: &Subject<'_>, aim: &Aim, advised: f64, rule: Rule) -> Option<f64> {
    let present = aim.target()?;
    let up = matches!(aim, Aim::Increase { .. } | Aim::AtLeast { .. });
    let way = aim.start().map_or((advised - present).abs(), |start| (advised - start).abs());
    if !(way.is_finite() && way > 0.0) {
        return None;
    }
    let decimals = lint.metric_of(subject.goal).map_or(0, |metric| i32::from(metric.decimals));
    let places = (PLACES - way.log10().floor() as i32).min(decimals).clamp(-300, 300);
    let scale = 10_f64.powi(places.abs());
    let (scaled, back): (f64, fn(f64, f64) -> f64) =
        if places >= 0 { (advised * scale, |v, s| v / s) } else { (advised / scale, |v, s| v * s) };
    let round = back(if up { scaled.floor() } else { scaled.ceil() }, scale);
    let is_harder = if up { round > present } else { round < present };
    let asks = aim.start().is_none_or(|start| if up { round > start } else { round < start });
    (round.is_finite() && round != present && asks && is_harder == (rule == Rule::TooEasy)).then_some(round)
}
