//! What hangs on which input: the outcome with each of them a little more and a little less.

use crate::analysis::sensitivity::Sensitivity;
use crate::chart::ValueFormat;
use crate::model::{Metric, MetricId, Project, period_words};

/// Listed by strength; weaker ones are left out.
const LISTED: usize = 6;

/// One input, moved both ways.
#[derive(Clone, Debug, PartialEq)]
pub struct SwingLine {
    pub input: MetricId,
    pub name: String,
    /// Changes of the outcome, in its unit, with less and with more of the input.
    pub less: f64,
    pub more: f64,
    pub less_text: String,
    pub more_text: String,
    /// "10 % more DAU moves it by +3.7 pts, 10 % less by −3.7 pts".
    pub sentence: String,
    /// The numbers put in.
    pub why: String,
}

/// The strongest first.
pub fn swing_lines(project: &Project, metric: &Metric, found: &Sensitivity) -> Vec<SwingLine> {
    let format = ValueFormat::of(project, Some(metric));
    let share = format.locale.percent(found.share, 0);
    let when = period_words(&project.settings.calendar, metric.cadence, found.period);
    let line = |swing: &crate::analysis::sensitivity::Swing| {
        let input = project.metric(&swing.driver)?;
        let own = ValueFormat::of(project, Some(input));
        let (less, more) = (format.difference(swing.low.change), format.difference(swing.high.change));
        let name = input.short_name().to_owned();
        Some(SwingLine {
            input: swing.driver.clone(),
            sentence: format!("{share} more {name} moves it by {more}, {share} less by {less}"),
            why: format!(
                "{when}: {} with {name} at {}; {} and {} with {share} more and less",
                format.value(found.value),
                own.value(swing.value),
                format.value(swing.high.value),
                format.value(swing.low.value)
            ),
            name,
            less: swing.low.change,
            more: swing.high.change,
            less_text: less,
            more_text: more,
        })
    };
    found.swings.iter().filter(|s| s.span() > 0.0).take(LISTED).filter_map(line).collect()
}
