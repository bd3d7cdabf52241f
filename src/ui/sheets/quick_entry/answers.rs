//! What can be answered to a chip's question, given what is typed.

use super::chips::Ask;
use crate::import::sentence::{Kind, Measure, Part, Reading, Under, read_day};
use crate::model::{Cadence, Date, Unit, date_words};
use crate::ui::scene::Scene;
use crate::ui::widgets::{NumberTextError, PickRow, parse_number};
use crate::workspace::Workspace;

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Part(Part),
    Under(Under),
    /// The present value of a new metric.
    Now(Option<f64>),
}

/// The answers on offer, or what is wrong with what is typed.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) rows: Vec<PickRow<'static>>,
    pub(super) meanings: Vec<Meaning>,
    pub(super) problem: Option<String>,
}

/// So many of what is in the project are offered at a time; more letters narrow it.
const MOST: usize = 12;

impl Answers {
    fn add(&mut self, words: impl Into<String>, note: impl Into<String>, meaning: Meaning) {
        self.rows.push(PickRow { words: words.into(), note: note.into(), ..PickRow::default() });
        self.meanings.push(meaning);
    }

    fn part(&mut self, words: impl Into<String>, note: impl Into<String>, part: Part) {
        self.add(words, note, Meaning::Part(part));
    }
}

/// What the field under the chips says before anything is typed.
pub(super) fn hint(ask: Ask) -> &'static str {
    match ask {
        Ask::Kind => "Choose a kind",
        Ask::Title => "A title",
        Ask::Metric => "A metric of the project, or the name of a new one",
        Ask::Unit => "Choose a unit, or write one",
        Ask::Now | Ask::Start | Ask::Target | Ask::Upper => "A number, such as 8.2 M",
        Ask::Amount => "A number, or a percentage of the start, such as 15 %",
        Ask::Starts | Ask::Due => "A day or a time, such as end of March, Q1 or 2027-03-31",
        Ask::Initiative => "What is to be done",
        Ask::Under => "An objective of the project, or the title of a new one",
    }
}

pub(super) fn answers(ask: Ask, text: &str, workspace: &Workspace, scene: &Scene<'_>, reading: &Reading) -> Answers {
    let mut answers = Answers::default();
    let typed = text.trim();
    let wanted = typed.to_lowercase();
    let has = |words: &str| words.to_lowercase().contains(&wanted);
    match ask {
        Ask::Kind => {
            for kind in Kind::ALL.into_iter().filter(|k| has(k.word())) {
                answers.part(kind.word(), kind_note(kind), Part::Kind(kind));
            }
        }
        Ask::Title if !typed.is_empty() => answers.part(typed, "", Part::Title(typed.to_owned())),
        Ask::Title => answers.part(reading.title.clone(), "As it is", Part::Title(reading.title.clone())),
        Ask::Metric => metrics(&mut answers, scene, reading, typed),
        Ask::Unit => {
            for unit in units(scene).into_iter().filter(|u| has(&u.words()) || has(&u.code())) {
                answers.part(unit.words(), "", Part::Unit(Some(unit)));
            }
            if !typed.is_empty() {
                answers.part(typed, "A unit of your own", Part::Unit(Some(Unit::Custom(typed.to_owned()))));
            }
        }
        Ask::Now => now(&mut answers, workspace, scene, reading, typed),
        Ask::Start => number(&mut answers, workspace, scene, reading, typed, Part::Start),
        Ask::Target if reading.kind == Kind::Milestone => steps(&mut answers, scene, typed),
        Ask::Target => number(&mut answers, workspace, scene, reading, typed, Part::Target),
        Ask::Upper => number(&mut answers, workspace, scene, reading, typed, Part::Upper),
        Ask::Amount => amount(&mut answers, workspace, scene, reading, typed),
        Ask::Starts => day(&mut answers, workspace, scene, typed, Part::Starts),
        Ask::Due => day(&mut answers, workspace, scene, typed, Part::Due),
        Ask::Initiative => {
            if !typed.is_empty() {
                answers.part(typed, "", Part::Initiative(Some(typed.to_owned())));
            }
            answers.part("No initiative", "", Part::Initiative(None));
        }
        Ask::Under => above(&mut answers, scene, reading, typed),
    }
    answers
}

fn kind_note(kind: Kind) -> &'static str {
    match kind {
        Kind::Objective => "Where to go, without a number",
        Kind::Increase => "From a start up to a target",
        Kind::Decrease => "From a start down to a target",
        Kind::AtLeast => "Every period at or above a value",
        Kind::AtMost => "Every period at or below a value",
        Kind::Between => "Every period between two values",
        Kind::Milestone => "Done or not, in steps",
    }
}

fn units(scene: &Scene<'_>) -> Vec<Unit> {
    let money = Unit::Currency(scene.project.settings.currency.clone());
    vec![Unit::Count, Unit::Percent, money, Unit::Score, Unit::Ratio, Unit::Seconds, Unit::Minutes, Unit::Hours, Unit::Days]
}

fn metrics(answers: &mut Answers, scene: &Scene<'_>, reading: &Reading, typed: &str) {
    let wanted = typed.to_lowercase();
    let has = |words: &str| words.to_lowercase().contains(&wanted);
    let known = scene.project.metrics.values().filter(|m| has(&m.name) || has(&m.abbreviation) || m.synonyms.iter().any(|s| has(s)));
    for metric in known.take(MOST) {
        answers.part(metric.name.clone(), metric.abbreviation.clone(), Part::Metric(Some(Measure::Known(metric.id.clone()))));
    }
    let (name, abbreviation) = match &reading.metric {
        _ if !typed.is_empty() => (typed.to_owned(), String::new()),
        Some(Measure::New { name, abbreviation }) => (name.clone(), abbreviation.clone()),
        Some(Measure::Known(_)) | None => (reading.title.clone(), String::new()),
    };
    answers.part(format!("New metric “{name}”"), "Made with the goal", Part::Metric(Some(Measure::New { name, abbreviation })));
}

fn number(
    answers: &mut Answers,
    workspace: &Workspace,
    scene: &Scene<'_>,
    reading: &Reading,
    typed: &str,
    part: impl Fn(Option<f64>) -> Part,
) {
    let locale = scene.project.settings.locale;
    let unit = reading.unit.clone().unwrap_or(Unit::Count);
    if typed.is_empty() {
        if let Part::Start(_) = part(None) {
            answers.part("Leave it open", "Its present value, or the baseline comes first", part(None));
        }
        return;
    }
    match value(workspace, scene, typed, &unit) {
        Ok(value) => answers.part(locale.value(value, &unit, 4), "", part(Some(value))),
        Err(problem) => answers.problem = Some(problem.to_string()),
    }
}

fn now(answers: &mut Answers, workspace: &Workspace, scene: &Scene<'_>, reading: &Reading, typed: &str) {
    if typed.is_empty() {
        answers.add("Nobody knows yet", "The baseline comes first", Meaning::Now(None));
        return;
    }
    let unit = reading.unit.clone().unwrap_or(Unit::Count);
    match value(workspace, scene, typed, &unit) {
        Ok(value) => {
            let note = format!("Its first value, on {}", date_words(scene.as_of));
            answers.add(scene.project.settings.locale.value(value, &unit, 4), note, Meaning::Now(Some(value)));
        }
        Err(problem) => answers.problem = Some(problem.to_string()),
    }
}

/// A number as fields take it, else as sentences do: "10 million", "two".
fn value(workspace: &Workspace, scene: &Scene<'_>, typed: &str, unit: &Unit) -> Result<f64, NumberTextError> {
    parse_number(typed, scene.project.settings.locale, unit).or_else(|problem| {
        let said = workspace.read_sentence(&format!("Reach a level of {typed}")).ok();
        let plain = said.filter(|r| r.unit.as_ref().is_none_or(|u| u == unit) && r.amount.is_none() && r.upper.is_none());
        plain.and_then(|r| r.target).filter(|_| matches!(problem, NumberTextError::NotANumber(_))).ok_or(problem)
    })
}

fn amount(answers: &mut Answers, workspace: &Workspace, scene: &Scene<'_>, reading: &Reading, typed: &str) {
    let locale = scene.project.settings.locale;
    let unit = reading.unit.clone().unwrap_or(Unit::Count);
    if typed.is_empty() {
        answers.part("No amount", "Say the value to reach in its place", Part::Amount { amount: None, relative: false });
        return;
    }
    let relative = typed.ends_with('%') || typed.ends_with("per cent") || typed.ends_with("percent");
    let number_text = typed.trim_end_matches("per cent").trim_end_matches("percent");
    let counted_in = if relative { Unit::Percent } else { unit };
    match value(workspace, scene, number_text, &counted_in) {
        Ok(amount) if amount <= 0.0 => answers.problem = Some("Say by how much as a number above 0".to_owned()),
        Ok(amount) => {
            let note = if relative { "Of the start value" } else { "" };
            answers.part(locale.value(amount, &counted_in, 4), note, Part::Amount { amount: Some(amount), relative });
        }
        Err(problem) => answers.problem = Some(problem.to_string()),
    }
}

fn steps(answers: &mut Answers, scene: &Scene<'_>, typed: &str) {
    if typed.is_empty() {
        answers.part("1 step", "Done or not", Part::Target(None));
        return;
    }
    match parse_number(typed, scene.project.settings.locale, &Unit::Count) {
        Ok(steps) if steps.fract() == 0.0 && (1.0..=50.0).contains(&steps) => {
            answers.part(format!("{steps} {}", if steps == 1.0 { "step" } else { "steps" }), "", Part::Target(Some(steps)));
        }
        Ok(_) => answers.problem = Some("A milestone has 1 to 50 steps".to_owned()),
        Err(problem) => answers.problem = Some(problem.to_string()),
    }
}

fn day(answers: &mut Answers, workspace: &Workspace, scene: &Scene<'_>, typed: &str, part: impl Fn(Option<Date>) -> Part) {
    if !typed.is_empty() {
        match read_day(typed, &workspace.sentence_context()) {
            Ok(Some(day)) => {
                let note = if day < scene.as_of { "In the past" } else { "" };
                answers.part(date_words(day), note, part(Some(day)));
            }
            Ok(None) => answers.problem = Some(format!("“{typed}” is no time; write it like end of March, Q1 or 2027-03-31")),
            Err(refusal) => answers.problem = Some(refusal.to_string()),
        }
        return;
    }
    let calendar = scene.project.settings.calendar;
    let this = calendar.period_of(Cadence::Quarterly, scene.as_of).last;
    let mut offered: Vec<(Date, &str)> = vec![(this, "The end of this quarter")];
    if let Some(next) = this.succ_opt() {
        offered.push((calendar.period_of(Cadence::Quarterly, next).last, "The end of the next quarter"));
    }
    offered.push((calendar.period_of(Cadence::Yearly, scene.as_of).last, "The end of this year"));
    if let Some(half) = scene.as_of.checked_add_months(chrono::Months::new(6)) {
        offered.push((half, "In six months"));
    }
    let mut seen = Vec::new();
    for (day, note) in offered {
        if !seen.contains(&day) {
            seen.push(day);
            answers.part(date_words(day), note, part(Some(day)));
        }
    }
    answers.part("Leave it open", "That of the objective or the cycle", part(None));
}

fn above(answers: &mut Answers, scene: &Scene<'_>, reading: &Reading, typed: &str) {
    let wanted = typed.to_lowercase();
    let objectives = scene.project.goals.values().filter(|g| g.is_objective() && !g.archived && g.title.to_lowercase().contains(&wanted));
    if reading.kind == Kind::Objective && typed.is_empty() {
        answers.add("The top", "Under no other goal", Meaning::Under(Under::Top));
    }
    for goal in objectives.take(MOST) {
        answers.add(goal.title.clone(), "Objective", Meaning::Under(Under::Goal(goal.id.clone())));
    }
    if !typed.is_empty() {
        let meaning = Meaning::Under(Under::NewObjective(typed.to_owned()));
        answers.add(format!("New objective “{typed}”"), "Made with the goal", meaning);
    }
}
