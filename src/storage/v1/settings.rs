use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Number, Text};
use super::{Cadence, Stage, is_default, mirror};
use crate::model::{self, Date};

/// Written in full, so that a reader sees what can be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    #[serde(skip_serializing_if = "is_default")]
    as_of: Option<Coded<Date>>,
    fiscal_start_month: u32,
    first_weekday: Weekday,
    decimal_mark: Coded<char>,
    grouping: Grouping,
    currency: Text,
    check_in_cadence: Cadence,
    #[serde(skip_serializing_if = "is_default")]
    stage: Option<Stage>,
    roll_up_cap: Number,
    #[serde(skip_serializing_if = "is_default")]
    lint_off: List<Text>,
    status: StatusRules,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatusRules {
    preset: StatusPreset,
    objective: ObjectiveStatus,
    points_behind_at_risk: Number,
    ratio_on_track: Number,
    ratio_at_risk: Number,
    likelihood_on_track: Number,
    likelihood_at_risk: Number,
}

mirror!(Grouping = Grouping { None, Comma, Point, Space, Apostrophe });
mirror!(StatusPreset = StatusPreset { PointsBehind, Ratio, Likelihood });
mirror!(ObjectiveStatus = ObjectiveStatus { OwnProgress, WorstChild });

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl From<Weekday> for chrono::Weekday {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            as_of: None,
            fiscal_start_month: 1,
            first_weekday: Weekday::Monday,
            decimal_mark: Coded('.'),
            grouping: Grouping::Comma,
            currency: Text("EUR".to_owned()),
            check_in_cadence: Cadence::Weekly,
            stage: None,
            roll_up_cap: Number(1.0),
            lint_off: List::default(),
            status: StatusRules::default(),
        }
    }
}

impl Default for StatusRules {
    fn default() -> Self {
        Self {
            preset: StatusPreset::Likelihood,
            objective: ObjectiveStatus::OwnProgress,
            points_behind_at_risk: Number(0.25),
            ratio_on_track: Number(0.9),
            ratio_at_risk: Number(0.7),
            likelihood_on_track: Number(0.7),
            likelihood_at_risk: Number(0.3),
        }
    }
}

impl From<&model::Settings> for Settings {
    fn from(settings: &model::Settings) -> Self {
        let model::Settings { as_of, calendar, locale, currency, status, check_in_cadence, stage, roll_up_cap, lint_off } = settings;
        let model::Calendar { fiscal_start_month, first_weekday } = *calendar;
        let model::Locale { decimal_mark, grouping } = *locale;
        Self {
            as_of: as_of.map(Coded),
            fiscal_start_month,
            first_weekday: first_weekday.into(),
            decimal_mark: Coded(decimal_mark),
            grouping: grouping.into(),
            currency: Text(currency.clone()),
            check_in_cadence: (*check_in_cadence).into(),
            stage: stage.map(Into::into),
            roll_up_cap: Number(*roll_up_cap),
            lint_off: lint_off.iter().cloned().map(Text).collect(),
            status: status.into(),
        }
    }
}

impl From<Settings> for model::Settings {
    fn from(settings: Settings) -> Self {
        let Settings {
            as_of,
            fiscal_start_month,
            first_weekday,
            decimal_mark,
            grouping,
            currency,
            check_in_cadence,
            stage,
            roll_up_cap,
            lint_off,
            status,
        } = settings;
        Self {
            as_of: as_of.map(|d| d.0),
            calendar: model::Calendar { fiscal_start_month, first_weekday: first_weekday.into() },
            locale: model::Locale { decimal_mark: decimal_mark.0, grouping: grouping.into() },
            currency: currency.0,
            status: status.into(),
            check_in_cadence: check_in_cadence.into(),
            stage: stage.map(Into::into),
            roll_up_cap: roll_up_cap.0,
            lint_off: lint_off.into_set(),
        }
    }
}

impl From<&model::StatusRules> for StatusRules {
    fn from(rules: &model::StatusRules) -> Self {
        let model::StatusRules {
            preset,
            objective,
            points_behind_at_risk,
            ratio_on_track,
            ratio_at_risk,
            likelihood_on_track,
            likelihood_at_risk,
        } = *rules;
        Self {
            preset: preset.into(),
            objective: objective.into(),
            points_behind_at_risk: Number(points_behind_at_risk),
            ratio_on_track: Number(ratio_on_track),
            ratio_at_risk: Number(ratio_at_risk),
            likelihood_on_track: Number(likelihood_on_track),
            likelihood_at_risk: Number(likelihood_at_risk),
        }
    }
}

impl From<StatusRules> for model::StatusRules {
    fn from(rules: StatusRules) -> Self {
        let StatusRules {
            preset,
            objective,
            points_behind_at_risk,
            ratio_on_track,
            ratio_at_risk,
            likelihood_on_track,
            likelihood_at_risk,
        } = rules;
        Self {
            preset: preset.into(),
            objective: objective.into(),
            points_behind_at_risk: points_behind_at_risk.0,
            ratio_on_track: ratio_on_track.0,
            ratio_at_risk: ratio_at_risk.0,
            likelihood_on_track: likelihood_on_track.0,
            likelihood_at_risk: likelihood_at_risk.0,
        }
    }
}
