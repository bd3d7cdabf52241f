//! What a sentence was understood as, part by part.

use egui::{Button, Response, Role, Stroke, Ui, WidgetInfo, vec2};

use crate::import::sentence::{Corrections, Kind, Measure, Missing, Part, PlanError, Reading, Under};
use crate::model::{Aim, Date, Unit, date_words};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, size, stroke};
use crate::workspace::glossary::Term;
use crate::workspace::{QuickGoal, QuickPreview, QuickProblem};

/// What a chip is about, and what can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    Kind,
    Title,
    Metric,
    Unit,
    Now,
    Start,
    Amount,
    Target,
    Upper,
    Starts,
    Due,
    Initiative,
    Under,
}

impl Ask {
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Title => "Title",
            Self::Metric => "Metric",
            Self::Unit => "Unit",
            Self::Now => "Now",
            Self::Start => "From",
            Self::Amount => "By",
            Self::Target => "To",
            Self::Upper => "Up to",
            Self::Starts => "Starts",
            Self::Due => "Due",
            Self::Initiative => "Initiative",
            Self::Under => "Under",
        }
    }

    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Kind => "What kind of goal?",
            Self::Title => "What is it called?",
            Self::Metric => "Of which metric?",
            Self::Unit => "Counted in what?",
            Self::Now => "Where is it now?",
            Self::Start => "From what value?",
            Self::Amount => "By how much?",
            Self::Target => "To what value?",
            Self::Upper => "Up to what value?",
            Self::Starts => "From when?",
            Self::Due => "By when?",
            Self::Initiative => "By doing what?",
            Self::Under => "For which objective?",
        }
    }

    pub(super) fn term(self) -> Option<Term> {
        match self {
            Self::Kind => Some(Term::KeyResult),
            Self::Metric => Some(Term::Metric),
            Self::Start => Some(Term::Baseline),
            Self::Target | Self::Upper | Self::Amount => Some(Term::Target),
            Self::Initiative => Some(Term::Initiative),
            Self::Under => Some(Term::Objective),
            Self::Title | Self::Unit | Self::Now | Self::Starts | Self::Due => None,
        }
    }

    /// What a goal cannot be made without.
    pub(super) fn after(problem: &QuickProblem, reading: &Reading) -> Option<Self> {
        match problem {
            QuickProblem::Plan(PlanError::NoParent | PlanError::NoSuchParent(_) | PlanError::WrongParent { .. }) => Some(Self::Under),
            QuickProblem::Plan(PlanError::NoDue) => Some(Self::Due),
            QuickProblem::Plan(PlanError::NoMetric) => Some(Self::Metric),
            QuickProblem::Plan(PlanError::NoTarget) if reading.kind == Kind::Between && reading.target.is_some() => Some(Self::Upper),
            QuickProblem::Plan(PlanError::NoTarget) => Some(Self::Target),
            QuickProblem::Plan(_) | QuickProblem::Edit(_) => None,
        }
    }
}

/// How a chip looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Said,
    Corrected,
    /// Nobody has said it yet.
    Asked,
    /// It is odd.
    Flagged,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    pub(super) ask: Ask,
    pub(super) words: String,
    pub(super) look: Look,
}

impl Chip {
    /// "Due: 31 Dec 2026", or the question.
    pub(super) fn label(&self) -> String {
        match self.look {
            Look::Asked => self.ask.question().to_owned(),
            _ => format!("{}: {}", self.ask.heading(), self.words),
        }
    }
}

/// The chips of a reading, in the order of a sentence.
pub(super) fn chips(
    scene: &Scene<'_>,
    read: &Reading,
    quick: &QuickGoal,
    corrections: &Corrections,
    preview: Option<&QuickPreview>,
) -> Vec<Chip> {
    let QuickGoal { reading, under, now } = quick;
    let is_new = matches!(reading.metric, Some(Measure::New { .. }));
    let locale = &scene.project.settings.locale;
    let guessed = || preview.and_then(|p| p.metric.as_ref()).map(|m| m.unit.clone());
    let unit = reading.unit.clone().or_else(guessed).unwrap_or(Unit::Count);
    let value = |v: f64| locale.value(v, &unit, reading.decimals.max(2));
    let count = |v: f64| locale.value(v, &Unit::Count, 0);
    let missing = |what| reading.missing.contains(&what);
    let mut chips = Vec::new();
    let mut add = |ask: Ask, part: Part, words: Option<String>| {
        let look = match words {
            None => Look::Asked,
            Some(_) if corrections.holds_for(read, &part) => Look::Corrected,
            Some(_) => Look::Said,
        };
        chips.push(Chip { ask, words: words.unwrap_or_default(), look });
    };
    add(Ask::Kind, Part::Kind(reading.kind), Some(reading.kind.word().to_owned()));
    add(Ask::Title, Part::Title(String::new()), Some(reading.title.clone()));
    if reading.kind.is_measured() {
        let words = reading.metric.as_ref().map(|metric| match metric {
            Measure::Known(id) => scene.project.metric(id).map_or_else(|| id.to_string(), |m| m.name.clone()),
            Measure::New { name, abbreviation } if abbreviation.is_empty() => format!("New metric “{name}”"),
            Measure::New { name, abbreviation } => format!("New metric “{name}” ({abbreviation})"),
        });
        add(Ask::Metric, Part::Metric(None), words);
        if is_new {
            add(Ask::Unit, Part::Unit(None), Some(unit.words()));
            add(Ask::Now, Part::Start(None), now.map(value));
        }
    }
    if reading.kind.moves() {
        let aimed = preview.and_then(|p| p.goal.as_key_result()).and_then(|k| match k.aim {
            Aim::Increase { start, target } | Aim::Decrease { start, target } => Some((start, target)),
            _ => None,
        });
        let start = reading.start.or(aimed.map(|(start, _)| start)).or(now.filter(|_| is_new));
        if start.is_some() || (missing(Missing::Start) && !is_new) {
            add(Ask::Start, Part::Start(None), start.map(value));
        }
        if let Some(amount) = reading.amount {
            let words = if reading.relative { locale.value(amount, &Unit::Percent, reading.decimals.max(1)) } else { value(amount) };
            add(Ask::Amount, Part::Amount { amount: None, relative: false }, Some(words));
        }
        let target = reading.target.or(aimed.map(|(_, target)| target));
        if target.is_some() || missing(Missing::Target) {
            add(Ask::Target, Part::Target(None), target.map(value));
        }
    } else if reading.kind.is_measured() {
        add(Ask::Target, Part::Target(None), reading.target.map(value));
        if reading.kind == Kind::Between {
            add(Ask::Upper, Part::Upper(None), reading.upper.map(value));
        }
    } else if reading.kind == Kind::Milestone {
        let steps = reading.target.unwrap_or(1.0);
        let words = if steps <= 1.0 { "1 step".to_owned() } else { format!("{} steps", count(steps)) };
        add(Ask::Target, Part::Target(None), Some(words));
    }
    if let Some(starts) = reading.starts {
        add(Ask::Starts, Part::Starts(None), Some(date_words(starts)));
    }
    if reading.due.is_some() || reading.kind != Kind::Objective {
        add(Ask::Due, Part::Due(None), reading.due.map(|due| due_words(due, scene.as_of)));
    }
    if let Some(initiative) = &reading.initiative {
        add(Ask::Initiative, Part::Initiative(None), Some(initiative.clone()));
    }
    if missing(Missing::FutureDue)
        && let Some(due) = chips.iter_mut().find(|c| c.ask == Ask::Due)
    {
        due.look = Look::Flagged;
    }
    let above = under_words(scene, under);
    let look = if above.is_some() { Look::Said } else { Look::Asked };
    chips.push(Chip { ask: Ask::Under, words: above.unwrap_or_default(), look });
    chips
}

fn due_words(due: Date, as_of: Date) -> String {
    let past = if due < as_of { ", in the past" } else { "" };
    format!("{}{past}", date_words(due))
}

/// Where it goes; `None` while nobody has said.
fn under_words(scene: &Scene<'_>, under: &Under) -> Option<String> {
    match under {
        Under::Top => Some("the top".to_owned()),
        Under::Goal(id) => scene.project.goal(id).map(|g| g.title.clone()),
        Under::NewObjective(title) if title.trim().is_empty() => None,
        Under::NewObjective(title) => Some(format!("new objective “{}”", title.trim())),
    }
}

/// A chip as a button, its corrections under it.
pub(super) fn chip_ui(ui: &mut Ui, theme: &Theme, chip: &Chip, open: bool) -> Response {
    const LONGEST: usize = 48;
    let short: String = chip.words.chars().take(LONGEST).collect();
    let words = if short.len() < chip.words.len() { format!("{}…", short.trim_end()) } else { short };
    let line = match chip.look {
        Look::Said => theme.line.control,
        Look::Corrected | Look::Asked => theme.accent.accent,
        Look::Flagged => theme.error(),
    };
    let fill = if open { theme.bg.selected } else { theme.bg.surface };
    let button = match chip.look {
        Look::Asked => Button::new(theme.rich(chip.ask.question(), TextSize::Body).color(theme.accent.accent)),
        look => {
            let colour = if look == Look::Flagged { theme.error() } else { theme.text.strong };
            Button::new((theme.muted(chip.ask.heading(), TextSize::Small), theme.rich(words, TextSize::Body).color(colour)))
        }
    };
    let button = button.fill(fill).stroke(Stroke::new(stroke::CONTROL, line)).min_size(vec2(0.0, theme.px(size::CONTROL)));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, chip.label()));
    response
}
