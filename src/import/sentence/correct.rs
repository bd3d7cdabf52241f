//! What was understood wrongly or asked for, put right by hand. A correction holds for as long as the sentence says of its part what it
//! said when it was corrected: who then types on about something else keeps it, who says that part anew is heard.

use super::clauses::{self, FarYears, Line};
use super::reading::{Kind, Measure, Missing, Reading};
use super::{Context, Refusal, words};
use crate::model::{Date, Unit};

/// A part of a reading, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Kind(Kind),
    Title(String),
    Metric(Option<Measure>),
    /// Of a new metric.
    Unit(Option<Unit>),
    Start(Option<f64>),
    Target(Option<f64>),
    Upper(Option<f64>),
    /// In hundredths of the start value where `relative`.
    Amount {
        amount: Option<f64>,
        relative: bool,
    },
    Starts(Option<Date>),
    Due(Option<Date>),
    Initiative(Option<String>),
}

#[derive(Clone, Debug, PartialEq)]
struct Corrected {
    said: Part,
    meant: Part,
}

/// Corrections of one sentence, one a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    list: Vec<Corrected>,
}

impl Corrections {
    /// Corrects a part of what was read; an earlier correction of that part goes.
    pub fn set(&mut self, read: &Reading, meant: Part) {
        let said = read.part_like(&meant);
        self.list.retain(|c| !same_part(&c.meant, &meant));
        if said != meant {
            self.list.push(Corrected { said, meant });
        }
    }

    /// Whether this part of what was read is corrected.
    pub fn holds_for(&self, read: &Reading, part: &Part) -> bool {
        self.list.iter().any(|c| same_part(&c.meant, part) && read.part_like(&c.meant) == c.said)
    }

    /// What was read, with what was meant in its place; what is missing is told anew.
    pub fn apply(&self, read: &Reading, context: &Context<'_>) -> Reading {
        let mut reading = read.clone();
        // The kind comes first: other parts hang on it.
        let mut holding: Vec<&Corrected> = self.list.iter().filter(|c| read.part_like(&c.meant) == c.said).collect();
        holding.sort_by_key(|c| !matches!(c.meant, Part::Kind(_)));
        for corrected in holding {
            reading.put(corrected.meant.clone(), context);
        }
        if reading.kind != read.kind || reading.amount != read.amount || reading.due != read.due {
            reading.taken = None;
        }
        reading.missing = reading.lacking(context);
        reading
    }
}

fn same_part(a: &Part, b: &Part) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

impl Reading {
    /// What is read of the part that `like` is about.
    fn part_like(&self, like: &Part) -> Part {
        match like {
            Part::Kind(_) => Part::Kind(self.kind),
            Part::Title(_) => Part::Title(self.title.clone()),
            Part::Metric(_) => Part::Metric(self.metric.clone()),
            Part::Unit(_) => Part::Unit(self.unit.clone()),
            Part::Start(_) => Part::Start(self.start),
            Part::Target(_) => Part::Target(self.target),
            Part::Upper(_) => Part::Upper(self.upper),
            Part::Amount { .. } => Part::Amount { amount: self.amount, relative: self.relative },
            Part::Starts(_) => Part::Starts(self.starts),
            Part::Due(_) => Part::Due(self.due),
            Part::Initiative(_) => Part::Initiative(self.initiative.clone()),
        }
    }

    fn put(&mut self, part: Part, context: &Context<'_>) {
        match part {
            Part::Kind(kind) => self.become_kind(kind),
            Part::Title(title) => self.title = title,
            Part::Metric(metric) => {
                if let Some(known) = context.metric(metric.as_ref()) {
                    self.unit = Some(known.unit.clone());
                }
                self.metric = metric;
            }
            Part::Unit(unit) => self.unit = unit,
            Part::Start(start) => self.start = start,
            Part::Target(target) => self.target = target,
            Part::Upper(upper) => self.upper = upper,
            Part::Amount { amount, relative } => (self.amount, self.relative) = (amount, relative),
            Part::Starts(starts) => self.starts = starts,
            Part::Due(due) => self.due = due,
            Part::Initiative(initiative) => self.initiative = initiative,
        }
    }

    /// Drops what the kind has no place for.
    fn become_kind(&mut self, kind: Kind) {
        if kind != Kind::Between {
            self.upper = None;
        }
        if !kind.moves() {
            (self.start, self.amount, self.relative) = (None, None, false);
        }
        if !kind.is_measured() {
            (self.metric, self.unit) = (None, None);
        }
        // A value to reach is no number of steps, and the other way round.
        if kind.is_measured() != self.kind.is_measured() || kind == Kind::Objective {
            self.target = None;
        }
        self.kind = kind;
    }

    /// What the goal would be better with.
    pub(super) fn lacking(&self, context: &Context<'_>) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.kind.is_measured() && self.metric.is_none() {
            missing.push(Missing::Metric);
        }
        if self.kind.moves() {
            let current = context.metric(self.metric.as_ref()).and_then(|m| context.current(m));
            let derived = self.target.is_some() && self.amount.is_some();
            if self.start.is_none() && current.is_none() && !derived {
                missing.push(Missing::Start);
            }
            if self.target.is_none() && self.amount.is_none() {
                missing.push(Missing::Target);
            }
        } else if self.kind.is_measured() && (self.target.is_none() || (self.kind == Kind::Between && self.upper.is_none())) {
            missing.push(Missing::Target);
        }
        match self.due {
            None if self.kind != Kind::Objective => missing.push(Missing::Due),
            Some(due) if due < context.as_of => missing.push(Missing::FutureDue),
            _ => {}
        }
        missing
    }
}

/// The day that an answer to "by when?" means: "Q1", "end of March", "2027-03-31", "within six months". `None` where it is no time.
pub fn read_day(answer: &str, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    let mut refused = None;
    for begin in ["", "by ", "in ", "on "] {
        let mut line = Line { words: words::split(&format!("{begin}{}", answer.trim())), chips: Vec::new() };
        match clauses::times(&mut line, context, FarYears::Times) {
            Ok((starts, due)) => {
                // All of it is the time.
                if let Some(day) = due.or(starts).filter(|_| line.free_words().is_empty()) {
                    return Ok(Some(day));
                }
            }
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    refused.map_or(Ok(None), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::sentence::{PlanError, Under, read};
    use crate::model::{Aim, GoalKind, Project, ProjectId};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn context(project: &Project) -> Context<'_> {
        Context { project, as_of: day("2026-11-21"), cycle: None }
    }

    fn project() -> Project {
        Project::empty(ProjectId::from_random(1), "Test")
    }

    #[test]
    fn a_correction_holds_until_the_sentence_says_its_part_anew() {
        let project = project();
        let context = context(&project);
        let first = read("Raise sign-ups from 100 to 200", &context).unwrap();
        let mut corrections = Corrections::default();
        corrections.set(&first, Part::Due(Some(day("2027-03-31"))));
        assert_eq!(corrections.apply(&first, &context).due, Some(day("2027-03-31")));
        assert_eq!(corrections.apply(&first, &context).missing, []);
        let longer = read("Raise sign-ups from 100 to 200 by writing guides", &context).unwrap();
        assert_eq!(corrections.apply(&longer, &context).due, Some(day("2027-03-31")));
        let said = read("Raise sign-ups from 100 to 200 by Q2 2027", &context).unwrap();
        assert_eq!(corrections.apply(&said, &context).due, Some(day("2027-06-30")));
        assert!(corrections.holds_for(&first, &Part::Due(None)) && !corrections.holds_for(&said, &Part::Due(None)));
        corrections.set(&first, Part::Due(None));
        assert_eq!(corrections, Corrections::default(), "what is meant as it was said is no correction");
    }

    #[test]
    fn another_kind_drops_what_it_has_no_place_for_and_asks_for_what_it_needs() {
        let project = project();
        let context = context(&project);
        let becomes = |line: &str, kind: Kind| {
            let reading = read(line, &context).unwrap();
            let mut corrections = Corrections::default();
            corrections.set(&reading, Part::Kind(kind));
            corrections.apply(&reading, &context)
        };
        let kept = becomes("Raise sign-ups from 100 to 200 by Q1 2027", Kind::AtLeast);
        assert_eq!((kept.start, kept.target, kept.missing), (None, Some(200.0), vec![]));
        let objective = becomes("Raise sign-ups from 100 to 200", Kind::Objective);
        assert_eq!((objective.metric, objective.target, objective.missing), (None, None, vec![]));
        let measured = becomes("Improve user experience", Kind::Increase);
        assert_eq!(measured.missing, [Missing::Metric, Missing::Start, Missing::Target, Missing::Due]);
        let refused = measured.into_edit_under(&context, &Under::NewObjective("Delight".to_owned()), &mut || 7);
        assert!(matches!(refused, Err(PlanError::NoDue)), "{refused:?}");
        assert_eq!(becomes("Raise sign-ups from 100 to 200", Kind::Between).missing, [Missing::Target, Missing::Due]);
    }

    #[test]
    fn an_objective_that_is_new_is_made_in_the_same_step() {
        let mut project = project();
        let reading = read("Reduce churn from 4% to 2% by Q1 2027", &context(&project)).unwrap();
        let mut bits = 0;
        let mut ids = || {
            bits += 1;
            bits
        };
        let none = reading.into_edit_under(&context(&project), &Under::NewObjective("  ".to_owned()), &mut ids);
        assert_eq!(none, Err(PlanError::NoParent));
        let planned = reading.into_edit_under(&context(&project), &Under::NewObjective("Keep customers".to_owned()), &mut ids).unwrap();
        crate::document::apply(&mut project, planned.edit).unwrap();
        let key_result = project.goal(&planned.goal).unwrap();
        let above = project.goal(key_result.parent.as_ref().unwrap()).unwrap();
        assert_eq!((above.title.as_str(), above.due), ("Keep customers", Some(day("2027-03-31"))));
        assert!(matches!(&key_result.kind, GoalKind::KeyResult(k) if k.aim == Aim::Decrease { start: 4.0, target: 2.0 }));
        assert_eq!(project.validate(), []);
    }

    #[test]
    fn a_day_is_read_as_sentences_say_it() {
        let project = project();
        let context = context(&project);
        for (answer, expect) in [
            ("Q1 2027", "2027-03-31"),
            ("end of march", "2027-03-31"),
            ("by Q2 2027", "2027-06-30"),
            ("2027-01-15", "2027-01-15"),
            ("within six months", "2027-05-21"),
            ("next quarter", "2027-03-31"),
            ("2099", "2099-12-31"),
            ("by mid 2027", "2027-06-30"),
        ] {
            assert_eq!(read_day(answer, &context), Ok(Some(day(expect))), "{answer}");
        }
        for answer in ["", "never", "Q1 2027 or so", "12"] {
            assert_eq!(read_day(answer, &context), Ok(None), "{answer}");
        }
        assert!(read_day("31 February 2027", &context).is_err());
    }

    #[test]
    fn a_new_metric_that_teams_commonly_use_is_counted_as_the_library_says() {
        let project = project();
        let context = context(&project);
        let reading = read("Raise revenue from 2 million to 5 million by Q1 2027", &context).unwrap();
        let mut bits = 0;
        let mut ids = || {
            bits += 1;
            bits
        };
        let planned = reading.into_edit_under(&context, &Under::NewObjective("Grow".to_owned()), &mut ids).unwrap();
        let mut made = project.clone();
        crate::document::apply(&mut made, planned.edit).unwrap();
        let metric = made.metric(planned.metric.as_ref().unwrap()).unwrap();
        assert_eq!((metric.name.as_str(), metric.unit.code()), ("Revenue", "currency:EUR".to_owned()));
        assert!(metric.synonyms.iter().any(|s| s == "turnover"));
        let said = read("Raise revenue from 2% to 5% by Q1 2027", &context).unwrap();
        assert_eq!(said.unit.map(|u| u.code()), Some("percent".to_owned()));
    }
}
