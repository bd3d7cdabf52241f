//! What a project says of itself as a whole.

use std::collections::BTreeSet;

use super::{Cadence, Calendar, Date, Locale, ProductStage};

/// Settings of a project. `Default` gives what a new project starts with.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Pins the as-of date, so that an example or an archived project does not age.
    pub as_of: Option<Date>,
    pub calendar: Calendar,
    pub locale: Locale,
    /// ISO 4217.
    pub currency: String,
    pub status: StatusRules,
    pub check_in_cadence: Cadence,
    pub stage: Option<ProductStage>,
    /// The cap on a child's progress in a roll-up: 1 unless over-achievement counts.
    pub roll_up_cap: f64,
    /// Ids of lint rules that are off.
    pub lint_off: BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            as_of: None,
            calendar: Calendar::default(),
            locale: Locale::default(),
            currency: "EUR".to_owned(),
            status: StatusRules::default(),
            check_in_cadence: Cadence::Weekly,
            stage: None,
            roll_up_cap: 1.0,
            lint_off: BTreeSet::new(),
        }
    }
}

/// How statuses are decided (SEMANTICS, "Status").
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRules {
    pub preset: StatusPreset,
    pub objective: ObjectiveStatus,
    /// Preset 1: expected − progress, above which a goal is at risk (0.25).
    pub points_behind_at_risk: f64,
    /// Preset 2: progress ÷ expected, from which a goal is on track (0.9).
    pub ratio_on_track: f64,
    /// Preset 2: progress ÷ expected, under which a goal is at risk (0.7).
    pub ratio_at_risk: f64,
    /// Preset 3: chance from which a goal is on track (0.7).
    pub likelihood_on_track: f64,
    /// Preset 3: chance under which a goal is at risk (0.3).
    pub likelihood_at_risk: f64,
}

impl Default for StatusRules {
    fn default() -> Self {
        Self {
            preset: StatusPreset::Likelihood,
            objective: ObjectiveStatus::OwnProgress,
            points_behind_at_risk: 0.25,
            ratio_on_track: 0.9,
            ratio_at_risk: 0.7,
            likelihood_on_track: 0.7,
            likelihood_at_risk: 0.3,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusPreset {
    PointsBehind,
    Ratio,
    Likelihood,
}

/// What an objective's status follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectiveStatus {
    /// Its own progress by preset 1 or 2 (preset 1 where the project's is likelihood).
    OwnProgress,
    /// Its worst contributing child.
    WorstChild,
}
