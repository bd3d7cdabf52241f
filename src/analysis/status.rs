//! The status of a goal, in the order of decision of SEMANTICS, "Status", and the sentence that says why.

use crate::model::{Date, GoalState, Horizon, Locale, Project, Span, Status, StatusPreset, StatusRules, capitalised, date_words};

use super::forecast::{Likelihood, chance};
use super::pace::elapsed_share;
use super::result::Maintain;

/// Numbers that are equal but for rounding are equal.
pub(super) const TOLERANCE: f64 = 1e-9;

/// Of an aspirational goal this share of the way is good.
pub const ASPIRATIONAL_SHARE: f64 = 0.7;

/// Before this share of the span a goal is not judged.
pub const EARLY_SHARE: f64 = 0.2;

/// With fewer values a forecast says too little to judge by.
pub(super) const LIKELY_POINTS: usize = 10;

/// With fewer points in its whole history a metric is not judged.
pub const EARLY_POINTS: usize = 3;

/// What a status is decided from.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub(super) as_of: Date,
    pub(super) span: Span,
    pub(super) state: &'a GoalState,
    pub(super) horizon: Horizon,
    pub(super) progress: Option<f64>,
    pub(super) expected: Option<f64>,
    pub(super) judged_on: Option<Date>,
    /// Why there is no progress.
    pub(super) no_data: &'a str,
    /// Why there is no expectation.
    pub(super) no_pace: &'a str,
    /// "Now 8.2 M, the target is 10 M".
    pub(super) standing: &'a str,
    pub(super) history: Option<usize>,
    /// The value of the final period is in.
    pub(super) is_final: bool,
    pub(super) foresight: Foresight<'a>,
    pub(super) way: Way<'a>,
}

/// What a forecast says of the goal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Foresight<'a> {
    /// From so many values.
    Chance { likelihood: &'a Likelihood, values: usize },
    /// The same before the forecast was looked back on.
    Rough { likelihood: &'a Likelihood, values: usize },
    /// The forecast is being worked out.
    Pending,
    /// Why not, to go on after "because".
    Nothing(&'a str),
    /// Of objectives nothing is forecast.
    NotAsked,
}

/// How a goal is reached.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'a> {
    /// Reached as soon as the value meets the target.
    Reach,
    /// Kept in a share of the periods; never reached early.
    Keep { maintain: Maintain, required_share: f64 },
    /// By its own progress, judged at the end.
    Own,
    /// An objective that follows its worst child: the child's title and status.
    Worst(Option<(&'a str, Status)>),
}

/// A status and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) status: Status,
    pub(super) reason: String,
    pub(super) provisional: bool,
}

impl Verdict {
    fn new(status: Status, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), provisional: false }
    }
}

/// Decides the status of one goal.
pub(super) fn decide(project: &Project, facts: &Facts<'_>) -> Verdict {
    let Facts { as_of, span, progress, .. } = *facts;
    if let Some(manual) = by_hand(facts, project.settings.locale) {
        return manual;
    }
    if let Some(start) = span.start.filter(|&s| as_of < s) {
        return Verdict::new(Status::NotStarted, format!("It starts on {}.", date_words(start)));
    }
    let is_over = span.due.is_some_and(|due| as_of > due);
    let Some(progress) = progress else {
        // There is data, but no period of the span is over yet.
        let is_soon = !is_over && matches!(facts.way, Way::Keep { .. });
        return Verdict::new(if is_soon { Status::TooEarly } else { Status::NoData }, facts.no_data);
    };
    let judge = Judge { rules: &project.settings.status, locale: &project.settings.locale, facts, progress };
    let early = || if is_over { None } else { judge.too_early() };
    let verdict = judge.outcome().or_else(early).unwrap_or_else(|| judge.on_the_way());
    let verdict = Verdict { reason: verdict.reason + &judge.before_start_words(), ..verdict };
    if is_over && !facts.is_final {
        let reason = format!("{} The final value is not in yet, so this is provisional.", verdict.reason);
        return Verdict { reason, provisional: true, ..verdict };
    }
    verdict
}

fn by_hand(facts: &Facts<'_>, locale: Locale) -> Option<Verdict> {
    let with_note = |text: String, note: &str| if note.trim().is_empty() { format!("{text}.") } else { format!("{text}: {}", note.trim()) };
    Some(match facts.state {
        GoalState::Active => return None,
        GoalState::Postponed { since, note } => {
            Verdict::new(Status::Postponed, with_note(format!("Postponed since {}", date_words(*since)), note))
        }
        GoalState::Abandoned { since, note } => {
            Verdict::new(Status::Abandoned, with_note(format!("Abandoned on {}", date_words(*since)), note))
        }
        GoalState::Closed(closing) => {
            let text = format!("Closed on {} with a score of {}", date_words(closing.on), locale.fixed(closing.score, 1));
            Verdict::new(Status::Closed, with_note(text, &closing.note))
        }
    })
}

struct Judge<'a> {
    rules: &'a StatusRules,
    locale: &'a Locale,
    facts: &'a Facts<'a>,
    progress: f64,
}

impl Judge<'_> {
    /// Progress towards what the goal is judged at: aspirational ones at 70 % of the way (but a share of periods kept stays itself).
    fn judged_progress(&self) -> f64 {
        let is_kept = matches!(self.facts.way, Way::Keep { .. });
        if self.facts.horizon == Horizon::Aspirational && !is_kept { self.progress / ASPIRATIONAL_SHARE } else { self.progress }
    }

    /// Why a goal that has just begun is some way off its start already: nothing was measured since.
    fn before_start_words(&self) -> String {
        let Facts { span, judged_on, way, .. } = self.facts;
        match (span.start, judged_on) {
            (Some(start), Some(on)) if *on < start && matches!(way, Way::Reach) && self.progress.abs() > TOLERANCE => {
                format!(" Its value was measured before the start: on {}.", date_words(*on))
            }
            _ => String::new(),
        }
    }

    fn aspirational_note(&self) -> &'static str {
        match (self.facts.horizon, self.facts.way) {
            (Horizon::Committed, _) | (Horizon::Aspirational, Way::Keep { .. }) => "",
            (Horizon::Aspirational, _) => " As an aspirational goal it is judged at 70 % of the way.",
        }
    }

    /// Achieved or missed: decided after the due date once the final value is in; achieved on the due date; before it only what
    /// counts as soon as it is reached.
    fn outcome(&self) -> Option<Verdict> {
        let facts = self.facts;
        let reached = match facts.way {
            Way::Keep { maintain, required_share } => maintain.of > 0 && self.progress >= required_share - TOLERANCE,
            Way::Reach | Way::Own | Way::Worst(_) => self.judged_progress() >= 1.0 - TOLERANCE,
        };
        let decided = facts.span.due.is_some_and(|due| facts.as_of >= due) && facts.is_final;
        if reached && (decided || matches!(facts.way, Way::Reach)) {
            return Some(Verdict::new(Status::Achieved, format!("{}{}", self.result_words(), self.aspirational_note())));
        }
        let is_over = facts.span.due.is_some_and(|due| facts.as_of > due);
        (is_over && decided).then(|| Verdict::new(Status::Missed, format!("{}{}", self.result_words(), self.aspirational_note())))
    }

    fn result_words(&self) -> String {
        match self.facts.way {
            Way::Keep { maintain, required_share } => {
                format!("{}, {} required.", capitalised(&maintain.words()), self.locale.percent(required_share, 0))
            }
            Way::Reach => format!("{}.", self.facts.standing),
            Way::Own | Way::Worst(_) => format!("{} of the way.", self.locale.percent(self.progress, 0)),
        }
    }

    fn too_early(&self) -> Option<Verdict> {
        let facts = self.facts;
        if let (Some(start), Some(due)) = (facts.span.start, facts.span.due) {
            let elapsed = elapsed_share(start, due, facts.as_of);
            if facts.as_of < due && elapsed < EARLY_SHARE {
                let reason = format!("{} of the time has passed; it is judged from 20 % on.", self.locale.percent(elapsed, 0));
                return Some(Verdict::new(Status::TooEarly, reason));
            }
        }
        let points = facts.history.filter(|&n| n < EARLY_POINTS)?;
        let noun = if points == 1 { "point" } else { "points" };
        Some(Verdict::new(Status::TooEarly, format!("The metric has only {points} {noun} so far; it is judged from 3 on.")))
    }

    fn on_the_way(&self) -> Verdict {
        match self.facts.way {
            Way::Keep { maintain, required_share } => self.keeping(maintain, required_share),
            Way::Worst(Some((title, status))) => {
                let word = status.word().to_lowercase();
                Verdict::new(status, format!("It follows its worst part: “{title}” is {word}."))
            }
            Way::Worst(None) => Verdict::new(Status::TooEarly, "None of its parts can be judged yet."),
            Way::Reach | Way::Own => self.by_likelihood().unwrap_or_else(|| match self.facts.expected {
                // Without a date to judge by it stays too early for ever, and the reason says so.
                None => Verdict::new(Status::TooEarly, self.facts.no_pace),
                Some(expected) => self.by_preset(expected),
            }),
        }
    }

    /// Before the due date: one period missed is behind, two in a row are at risk.
    fn keeping(&self, maintain: Maintain, required_share: f64) -> Verdict {
        let status = match maintain.missed_in_a_row {
            _ if maintain.last_met == Some(true) => Status::OnTrack,
            0 | 1 => Status::Behind,
            _ => Status::AtRisk,
        };
        let required = self.locale.percent(required_share, 0);
        Verdict::new(status, format!("{}; {required} of them are required.", capitalised(&maintain.words())))
    }

    /// The chance of the target, where the preset asks for it and the forecast is good enough.
    fn by_likelihood(&self) -> Option<Verdict> {
        let (likelihood, values, is_rough) = match self.facts.foresight {
            Foresight::Chance { likelihood, values } => (likelihood, values, false),
            Foresight::Rough { likelihood, values } => (likelihood, values, true),
            Foresight::Pending | Foresight::Nothing(_) | Foresight::NotAsked => return None,
        };
        let rules = self.rules;
        if rules.preset != StatusPreset::Likelihood || !matches!(self.facts.way, Way::Reach) || values < LIKELY_POINTS {
            return None;
        }
        let status = if likelihood.judged >= rules.likelihood_on_track - TOLERANCE {
            Status::OnTrack
        } else if likelihood.judged >= rules.likelihood_at_risk - TOLERANCE {
            Status::Behind
        } else {
            Status::AtRisk
        };
        if is_rough {
            return Some(Verdict::new(status, "A first estimate of how likely it is; the forecast is still being looked back on."));
        }
        let note = match self.facts.horizon {
            Horizon::Committed => String::new(),
            Horizon::Aspirational => {
                format!(" As an aspirational goal it is judged at 70 % of the way: {} likely.", chance(self.locale, likelihood.judged))
            }
        };
        Some(Verdict::new(status, format!("{}{note}", likelihood.words)))
    }

    /// Why points behind are counted although the project goes by likelihood.
    fn fallback_words(&self) -> String {
        match self.facts.foresight {
            Foresight::NotAsked => String::new(),
            Foresight::Pending => " Judged by points behind for now: the forecast is being worked out.".to_owned(),
            Foresight::Nothing(why) => format!(" Judged by points behind, because {why}."),
            Foresight::Chance { values, .. } | Foresight::Rough { values, .. } => {
                let values = if values == 1 { "1 value".to_owned() } else { format!("{values} values") };
                format!(" Judged by points behind, because the forecast rests on {values}; from {LIKELY_POINTS} on its likelihood counts.")
            }
        }
    }

    fn by_preset(&self, expected: f64) -> Verdict {
        let rules = self.rules;
        let progress = self.judged_progress();
        let gap = expected - progress;
        let status = match rules.preset {
            StatusPreset::PointsBehind | StatusPreset::Likelihood => {
                if gap <= TOLERANCE {
                    Status::OnTrack
                } else if gap <= rules.points_behind_at_risk + TOLERANCE {
                    Status::Behind
                } else {
                    Status::AtRisk
                }
            }
            StatusPreset::Ratio => {
                if gap <= TOLERANCE {
                    Status::OnTrack
                } else if expected <= 0.0 {
                    Status::Behind
                } else if progress / expected >= rules.ratio_on_track - TOLERANCE {
                    Status::OnTrack
                } else if progress / expected >= rules.ratio_at_risk - TOLERANCE {
                    Status::Behind
                } else {
                    Status::AtRisk
                }
            }
        };
        Verdict::new(status, self.preset_words(expected))
    }

    fn preset_words(&self, expected: f64) -> String {
        let gap = expected - self.judged_progress();
        // Where whole percentages would hide the difference, one decimal shows it.
        let is_fine = gap.abs() > TOLERANCE && (self.progress * 100.0).round() == (expected * 100.0).round();
        let percent = |share: f64| self.locale.percent(share, u8::from(is_fine));
        let by = self.facts.judged_on.map(|on| format!(" by {}", date_words(on))).unwrap_or_default();
        let mut text = format!("{} of the way{by}, when {} was expected", percent(self.progress), percent(expected));
        if gap > TOLERANCE {
            let shortfall = match self.rules.preset {
                StatusPreset::Ratio if expected > 0.0 => {
                    format!(": {} of what was expected", self.locale.percent(self.judged_progress() / expected, 0))
                }
                _ => format!(": {} points behind", self.locale.fixed(gap * 100.0, u8::from(gap < 0.0095))),
            };
            text.push_str(&shortfall);
        }
        text.push('.');
        text.push_str(self.aspirational_note());
        if self.rules.preset == StatusPreset::Likelihood && matches!(self.facts.way, Way::Reach) {
            text.push_str(&self.fallback_words());
        }
        text
    }
}
