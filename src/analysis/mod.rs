//! Pure functions from model to numbers.
//!
//! Everything is worked out *as of* a day: later points are hidden, and targets, dates, states and check-ins are those of that day.
//! Nothing here touches a clock, a file, a thread or the environment, so nothing can fail for reasons outside its arguments. Whoever asks
//! many questions about one project hands [`Notes`] down: what was worked out for one is known for the next, and all of them together may be
//! given a limit; a plain `&Project` does as well. Not here: how numbers are cached from edit to edit (`workspace`), drawn (`chart`, `ui`) or
//! listed (`report`).

pub mod attention;
pub mod bet;
pub mod change;
pub mod change_points;
mod check_ins;
pub mod confidence;
pub mod contributions;
pub mod decompose;
#[cfg(test)]
mod degenerate;
pub mod effort;
mod evaluate;
#[cfg(test)]
pub(crate) mod fixture;
pub mod forecast;
mod forecasts;
pub mod guardrail;
mod health;
pub mod histogram;
pub mod lead_lag;
mod leaf;
pub mod lint;
mod measure;
#[cfg(test)]
pub(crate) mod noise;
pub mod outliers;
mod pace;
mod period_targets;
#[cfg(test)]
pub(crate) mod reference;
mod regrain;
mod result;
mod roll_up;
mod score;
mod season;
pub mod sensitivity;
mod stages;
pub mod statistics;
mod status;
mod study;
mod then;
pub mod trend;
mod unsuited;
mod values;
mod weights;
#[cfg(test)]
mod worked_examples;
mod worth;
pub mod xmr;

pub use check_ins::{
    ASKED_DAYS, CheckIns, KnownValue, PointPlace, ValueSaid, WhyNoValue, check_ins, confidence_line, expected_there, last_value, value_said,
};
pub use evaluate::{evaluate, evaluate_one, evaluate_with};
pub use forecasts::{Forecasts, NewForecasts, Outlook};
pub use health::{MetricHealth, PeriodHealth, health};
pub use leaf::{leaf, leaf_of};
pub use pace::{expected_value_as_of, pace_points_as_of};
pub use period_targets::{Judgement, PeriodTarget, PeriodTargets, PeriodVerdict, gap_to};
pub use regrain::{PeriodValue, Regrained, regrain};
pub use result::{Current, Evaluation, GoalResult, Maintain, RequiredRate, Said};
pub use score::{ScoreBand, suggested_score};
pub use stages::{NoStages, Part, RHYTHMS, can_follow, parts, rhythm_of, stage_ends, staged, usual_rhythm};
pub use status::{ASPIRATIONAL_SHARE, EARLY_POINTS, EARLY_SHARE};
pub use study::{Notes, Study};
pub(crate) use unsuited::MOST_IN_PAIRS;
pub use unsuited::Unsuited;
pub use values::metric_values;
pub use weights::{shown_weights, whole_percentages};
pub use worth::{Quadrant, quadrant, worth_order};
