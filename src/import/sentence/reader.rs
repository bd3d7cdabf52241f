//! From one line to a reading.

use super::amounts::{Said, Side};
use super::clauses::{self, FarYears, Line, tidy};
use super::dates::year_of_four;
use super::numbers::Numbers;
use super::reading::{ChipRole, Kind, Measure, Reading, Taken};
use super::refusal::Refusal;
use super::slots::{Slot, Slots, slots};
use super::subject;
use super::time::year_ends;
use super::verbs::{self, Verb};
use super::words::{self, Word, at};
use crate::analysis::metric_values;
use crate::model::capitalised;
use crate::model::{Cycle, Date, Direction, Metric, Project};

/// The longest line that is read.
pub const MAX_CHARS: usize = 500;

/// A counted milestone has at most this many steps; more is a value to reach.
const MOST_STEPS: f64 = 50.0;

/// What a sentence is read against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub project: &'a Project,
    pub as_of: Date,
    /// The cycle that new goals go into; `None` leaves it to what stands above them and to the day.
    pub cycle: Option<&'a Cycle>,
}

impl Context<'_> {
    /// The value that the metric has now: that of its latest complete period, else its latest.
    pub(super) fn current(&self, metric: &Metric) -> Option<f64> {
        let values = metric_values(self.project, metric, metric.cadence, self.as_of);
        values.complete().next_back().or_else(|| values.present().next_back()).map(|(_, value)| value)
    }

    pub(super) fn metric(&self, measure: Option<&Measure>) -> Option<&Metric> {
        match measure? {
            Measure::Known(id) => self.project.metric(id),
            Measure::New { .. } => None,
        }
    }
}

/// Reads one line. The same line, project and day give the same reading.
pub fn read(line: &str, context: &Context<'_>) -> Result<Reading, Refusal> {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return Err(Refusal::Empty);
    }
    let chars = trimmed.chars().count();
    if chars > MAX_CHARS {
        return Err(Refusal::TooLong { chars, most: MAX_CHARS });
    }
    if trimmed.contains(['\n', '\r']) {
        return Err(Refusal::SeveralLines);
    }
    if !trimmed.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NoWords);
    }
    let near = read_as(line, context, FarYears::Amounts);
    // "To 5 k by 2099", "launch it by 2099": the year can only be one. "Raise users by 2099" has no other number.
    read_as(line, context, FarYears::Times).ok().filter(|far| !matches!(far.taken, Some(Taken::Year(_)))).map_or(near, Ok)
}

fn read_as(line: &str, context: &Context<'_>, far_years: FarYears) -> Result<Reading, Refusal> {
    let mut line = Line { words: words::split(line), chips: Vec::new() };
    subject::join_names(context.project, &mut line.words);
    let begin = verbs::after_preamble(&line.words, 0);
    let (starts, due) = clauses::times(&mut line, context, far_years)?;
    let initiative = clauses::initiative(&mut line);
    let begin = (begin..line.words.len()).find(|i| line.is_free(*i) && at(&line.words, *i) != ",").unwrap_or(begin);
    let begin = verbs::after_preamble(&line.words, begin);
    let title = title(&line, begin);
    if !title.chars().any(char::is_alphanumeric) {
        return Err(if initiative.is_some() { Refusal::OnlyInitiative } else { Refusal::OnlyTime });
    }
    let frame = Frame { title, starts, due, initiative, taken: None };
    aim(line, begin, frame, context)
}

/// What is the same whatever the aim is.
struct Frame {
    title: String,
    starts: Option<Date>,
    due: Option<Date>,
    initiative: Option<String>,
    taken: Option<Taken>,
}

/// What "by 2030" was taken for where it could have been the other: the year of a rise without a number, or how far to rise where nothing
/// else says when.
fn taken(line: &Line, verb: Option<Verb>, slots: &Slots, due: Option<Date>) -> Option<Taken> {
    let pair = line.words.windows(2).enumerate().find(|(_, w)| w[0].text.eq_ignore_ascii_case("by") && year_of_four(&w[1].text).is_some());
    let (place, pair) = pair?;
    let said = format!("{} {}", pair[0].text.to_lowercase(), pair[1].text);
    let moves = matches!(verb, Some(Verb::Raise | Verb::Lower | Verb::Improve));
    match (&slots.by, due) {
        (None, Some(_)) if moves && slots.is_empty() => Some(Taken::Year(said)),
        (Some(by), None) if by.words == pair[1].text && year_ends(&line.words, place + 2) => Some(Taken::Amount(said)),
        _ => None,
    }
}

/// The sentence without what has been claimed so far, from the point it comes to.
fn title(line: &Line, begin: usize) -> String {
    let kept: Vec<&str> = (begin..line.words.len()).filter(|i| line.is_free(*i)).map(|i| line.words[i].text.as_str()).collect();
    capitalised(&tidy(&kept.join(" ")))
}

fn aim(mut line: Line, begin: usize, frame: Frame, context: &Context<'_>) -> Result<Reading, Refusal> {
    let found = verbs::verb(&line.words, begin);
    let delivers = verbs::delivers(&line.words, begin);
    let (verb, after) = found.map_or((None, begin), |(verb, next)| (Some(verb), next));
    let mut slots = slots(&mut line, after, verb, context.project.settings.locale.decimal_mark)?;
    let frame = Frame { taken: taken(&line, verb, &slots, frame.due), ..frame };
    let verb = match verb {
        Some(Verb::Raiseby(_) | Verb::Lowerby(_)) | None => verb,
        // "Increase of 20 % in MRR" claims its verb as a noun.
        Some(_) if !line.is_free(begin) => slots.noun,
        // "Win 50 % more deals", "achieve a 20 % reduction in churn": the way is said behind the verb.
        Some(Verb::Reach | Verb::Count | Verb::Improve | Verb::Deliver) if slots.noun.is_some() => slots.noun,
        verb => verb,
    };
    if found.is_some() {
        line.claim(begin, after, ChipRole::Kind);
    }
    let rest: Vec<Word> =
        line.free_words().into_iter().filter(|w| w.span.start >= line.words.get(begin).map_or(0, |b| b.span.start)).collect();
    let (name, is_less) = (subject::named(&rest), verbs::less_is_better(&rest));
    let verb = multiplied(verb, &mut slots)?;
    chip_subject(&mut line, &rest);

    let done = matches!(verb, Some(Verb::Deliver)) || (delivers && matches!(verb, Some(Verb::Count)));
    if let Some(count) = slots.count.take() {
        if count.amount.value > MOST_STEPS || context.metric(known(name.as_ref(), context)?.as_ref()).is_some() {
            slots.target = Some(count);
        } else if name.is_none() {
            return Err(Refusal::NoSubject);
        } else if count.amount.value < 1.0 {
            return Err(Refusal::ZeroAmount);
        } else {
            let steps = Some(count.amount.value);
            return Ok(simple(Kind::Milestone, steps, frame, line, context));
        }
    }
    if slots.is_empty() {
        if done && name.is_some() {
            return Ok(simple(Kind::Milestone, None, frame, line, context));
        }
        let measure = known(name.as_ref(), context)?;
        let moves = matches!(verb, Some(Verb::Raise | Verb::Lower | Verb::Improve));
        let Some(measure @ Measure::Known(_)) = measure.filter(|_| moves) else {
            return if name.is_none() { Err(Refusal::NoSubject) } else { Ok(simple(Kind::Objective, None, frame, line, context)) };
        };
        return key_result(Some(measure), verb, &slots, is_less, frame, line, context);
    }
    let Some((name, abbreviation)) = name else { return Err(Refusal::NoSubject) };
    let measure = subject::measure(context.project, name, abbreviation)?;
    key_result(Some(measure), verb, &slots, is_less, frame, line, context)
}

fn known(name: Option<&(String, String)>, context: &Context<'_>) -> Result<Option<Measure>, Refusal> {
    name.cloned().map(|(name, abbreviation)| subject::measure(context.project, name, abbreviation)).transpose()
}

/// "Double MRR" is "increase MRR by 100 %".
fn multiplied(verb: Option<Verb>, slots: &mut Slots) -> Result<Option<Verb>, Refusal> {
    let hundredths = |value: f64, words: &str| Slot {
        amount: super::amounts::Amount { value, said: Some(Said::Percent), side: None, signed: false, decimals: 0 },
        words: words.to_owned(),
    };
    let (plain, by) = match verb {
        Some(Verb::Raiseby(by)) => (Verb::Raise, hundredths(by, "the verb")),
        Some(Verb::Lowerby(by)) => (Verb::Lower, hundredths(by, "the verb")),
        _ => {
            // "2x" is a rise by 100 %, and so is "to 2x".
            if slots.by.is_none() && slots.target.as_ref().is_some_and(|t| t.amount.said == Some(Said::Times)) {
                slots.by = slots.target.take();
            }
            if let Some(by) = slots.by.as_mut().filter(|b| b.amount.said == Some(Said::Times)) {
                by.amount.value = (by.amount.value - 1.0) * 100.0;
                by.amount.said = Some(Said::Percent);
                return Ok(verb.or(Some(Verb::Raise)));
            }
            return Ok(verb.or(slots.noun));
        }
    };
    if let Some(second) = &slots.by {
        return Err(Refusal::TwoAmounts {
            first: if plain == Verb::Raise { "double" } else { "halve" }.to_owned(),
            second: second.words.clone(),
        });
    }
    slots.by = Some(by);
    Ok(Some(plain))
}

fn chip_subject(line: &mut Line, rest: &[Word]) {
    let is_word = |w: &Word| w.text.chars().any(char::is_alphanumeric);
    let mut place = 0;
    while place < line.words.len() {
        let of_rest = |i: usize| line.is_free(i) && rest.iter().any(|w| w.span == line.words[i].span);
        if !of_rest(place) || !is_word(&line.words[place]) {
            place += 1;
            continue;
        }
        let end = (place..line.words.len()).find(|i| !of_rest(*i)).unwrap_or(line.words.len());
        line.claim(place, end, ChipRole::Subject);
        place = end;
    }
}

/// An objective or a milestone.
fn simple(kind: Kind, steps: Option<f64>, frame: Frame, line: Line, context: &Context<'_>) -> Reading {
    finish(Reading { target: steps, ..blank(kind, frame) }, line, context)
}

fn blank(kind: Kind, frame: Frame) -> Reading {
    let Frame { title, starts, due, initiative, taken } = frame;
    Reading {
        kind,
        title,
        metric: None,
        unit: None,
        start: None,
        target: None,
        upper: None,
        relative: false,
        amount: None,
        decimals: 0,
        starts,
        due,
        initiative,
        taken,
        missing: Vec::new(),
        chips: Vec::new(),
    }
}

fn finish(reading: Reading, line: Line, context: &Context<'_>) -> Reading {
    let mut chips = line.chips;
    chips.sort_by_key(|c| c.span.start);
    let missing = reading.lacking(context);
    Reading { missing, chips, ..reading }
}

fn key_result(
    measure: Option<Measure>,
    verb: Option<Verb>,
    slots: &Slots,
    is_less: bool,
    frame: Frame,
    line: Line,
    context: &Context<'_>,
) -> Result<Reading, Refusal> {
    let metric = context.metric(measure.as_ref());
    let numbers = Numbers::of(slots, metric)?;
    let current = metric.and_then(|m| context.current(m));
    let kind = kind(verb, slots, &numbers, metric, current, is_less);
    check(kind, verb, slots, &numbers)?;
    let Numbers { unit, start, target, upper, relative, amount, decimals } = numbers;
    // How far to fall is said without a sign.
    let amount = amount.map(f64::abs);
    Ok(finish(Reading { metric: measure, unit, start, target, upper, relative, amount, decimals, ..blank(kind, frame) }, line, context))
}

fn kind(verb: Option<Verb>, slots: &Slots, numbers: &Numbers, metric: Option<&Metric>, current: Option<f64>, is_less: bool) -> Kind {
    if numbers.upper.is_some() {
        return Kind::Between;
    }
    let side = slots.target.as_ref().and_then(|t| t.amount.side);
    let falls = match metric.map(|m| m.direction) {
        Some(Direction::Down) => true,
        Some(Direction::Up) => false,
        Some(Direction::Within) | None => is_less,
    };
    let stays = match side {
        Some(Side::Most) => Kind::AtMost,
        None if falls => Kind::AtMost,
        Some(Side::Least) | None => Kind::AtLeast,
    };
    let signed_down = slots.by.as_ref().is_some_and(|b| b.amount.value < 0.0);
    let either = || {
        let from = numbers.start.or(current);
        match (from, numbers.target) {
            (Some(from), Some(to)) if from != to => to < from,
            _ if signed_down => true,
            _ => match side {
                Some(Side::Most) => true,
                Some(Side::Least) => false,
                None => falls,
            },
        }
    };
    let moving = |down: bool| if down { Kind::Decrease } else { Kind::Increase };
    match verb {
        Some(Verb::Keep) if slots.by.is_none() && numbers.target.is_some() => stays,
        Some(Verb::Cap) if numbers.target.is_some() => Kind::AtMost,
        Some(Verb::Raise | Verb::Raiseby(_)) => Kind::Increase,
        Some(Verb::Lower | Verb::Lowerby(_)) => Kind::Decrease,
        None if side.is_some() || slots.standing => stays,
        _ => {
            // "+20 %" rises, whichever way is better.
            let plain_sign = slots.by.as_ref().is_some_and(|b| b.amount.signed) && verb.is_none();
            moving(if plain_sign { signed_down } else { either() })
        }
    }
}

/// What contradicts itself.
fn check(kind: Kind, verb: Option<Verb>, slots: &Slots, numbers: &Numbers) -> Result<(), Refusal> {
    let words = |slot: &Option<Slot>| slot.as_ref().map_or_else(String::new, |s| s.words.clone());
    let verb_word = if kind == Kind::Decrease { "fall" } else { "rise" };
    if let Some((low, high)) = numbers.target.zip(numbers.upper)
        && low >= high
    {
        let (a, b) = slots.between.as_ref().map_or((String::new(), String::new()), |(a, b)| (a.words.clone(), b.words.clone()));
        return Err(Refusal::UpsideDown { low: a, high: b });
    }
    if !kind.moves() {
        return Ok(());
    }
    if let Some(target) = &slots.target
        && matches!((target.amount.side, verb), (Some(Side::Most), Some(Verb::Raise)) | (Some(Side::Least), Some(Verb::Lower)))
    {
        return Err(Refusal::Against { verb: verb_word, said: target.words.clone() });
    }
    if let Some((start, target)) = numbers.start.zip(numbers.target) {
        if start == target {
            return Err(Refusal::NoChange(words(&slots.target)));
        }
        if (target < start) != (kind == Kind::Decrease) {
            let other = if target < start { "below" } else { "above" };
            return Err(Refusal::WrongWay { verb: verb_word, from: words(&slots.start), to: words(&slots.target), other });
        }
    }
    let Some(amount) = numbers.amount else { return Ok(()) };
    if amount == 0.0 {
        return Err(Refusal::ZeroAmount);
    }
    let signed = slots.by.as_ref().is_some_and(|b| b.amount.signed);
    if (amount < 0.0 && kind == Kind::Increase) || (signed && amount > 0.0 && kind == Kind::Decrease) {
        return Err(Refusal::Against { verb: verb_word, said: words(&slots.by) });
    }
    if numbers.relative && kind == Kind::Decrease && amount.abs() > 100.0 {
        return Err(Refusal::FallsTooFar(amount.abs().to_string()));
    }
    if let Some((start, target)) = numbers.start.zip(numbers.target) {
        let change = if numbers.relative { start.abs() * amount.abs() / 100.0 } else { amount.abs() };
        // As far as rounded percentages tell.
        if ((target - start).abs() - change).abs() > 0.01 * (target - start).abs().max(change) {
            return Err(Refusal::Disagree { start: words(&slots.start), target: words(&slots.target) });
        }
    }
    Ok(())
}
