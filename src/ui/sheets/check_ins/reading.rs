//! What is typed into a row, and what it means.

use super::facts::{EnteredValue, RowFacts, ValueFacts};
use super::slip::slip;
use crate::document::edits::NewCheckIn;
use crate::model::{CheckIn, Date, Stamp, Status};
use crate::ui::widgets::{editable_number, parse_confidence, parse_number};

/// The cells of a row that can be typed into, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Value,
    Confidence,
    Status,
    Why,
    Note,
}

impl Column {
    pub(super) const ALL: [Self; 5] = [Self::Value, Self::Confidence, Self::Status, Self::Why, Self::Note];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Value => "Value",
            Self::Confidence => "Confidence",
            Self::Status => "Status",
            Self::Why => "Why",
            Self::Note => "Note",
        }
    }
}

/// Statuses that somebody may set against the computed one.
pub(in crate::ui) const BY_HAND: [Status; 5] = [Status::OnTrack, Status::Behind, Status::AtRisk, Status::Achieved, Status::Missed];

/// Where a value goes beside the check-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum GoesTo {
    /// The usual place of the metric.
    #[default]
    Usual,
    At(Stamp),
    /// It is only said.
    CheckInOnly,
}

/// A row as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    cells: [String; 5],
    pub(super) goes_to: GoesTo,
    /// The value that was out of scale, as typed, once somebody has been asked about it.
    asked: Option<String>,
    /// Something is typed that is not written down, as of the frame before.
    pub(super) is_unrecorded: bool,
    /// It was typed before the row was shown again.
    pub(super) came_back: bool,
}

/// What a row means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// Nothing is typed: it stays due.
    Empty,
    Ready(Box<NewCheckIn>),
    /// It is written down as it stands here.
    Done,
    Wrong(Vec<(Column, String)>),
}

impl Draft {
    /// The row of a check-in that is there.
    pub(super) fn of(check_in: &CheckIn, facts: &RowFacts) -> Self {
        let mut draft = Self::default();
        if let ValueFacts::Entered(entered) = &facts.value {
            draft.goes_to = GoesTo::CheckInOnly;
            if let Some(value) = check_in.value {
                *draft.cell_mut(Column::Value) = editable_number(value, entered.locale);
                let recorded = entered.places.iter().find(|p| p.place.replaces == Some(value));
                draft.goes_to = recorded.map_or(GoesTo::CheckInOnly, |p| GoesTo::At(p.place.at));
            }
        }
        *draft.cell_mut(Column::Confidence) = check_in.confidence.map_or_else(String::new, |c| c.to_string());
        if let Some(set) = &check_in.status {
            set.status.word().clone_into(draft.cell_mut(Column::Status));
            draft.cell_mut(Column::Why).clone_from(&set.why);
        }
        draft.cell_mut(Column::Note).clone_from(&check_in.note);
        draft
    }

    pub(super) fn cell(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    pub(super) fn cell_mut(&mut self, column: Column) -> &mut String {
        &mut self.cells[column as usize]
    }

    /// The place that a value goes to, beside the check-in.
    pub(super) fn place<'f>(&self, entered: &'f EnteredValue) -> Option<&'f super::facts::PlaceFacts> {
        match self.goes_to {
            GoesTo::Usual => entered.places.first(),
            GoesTo::At(at) => entered.places.iter().find(|p| p.place.at == at),
            GoesTo::CheckInOnly => None,
        }
    }

    pub(super) fn read(&self, facts: &RowFacts, date: Date, by: &str) -> Reading {
        let mut wrong = Vec::new();
        let mut take = |column: Column, found: Result<(), String>| {
            if let Err(problem) = found {
                wrong.push((column, problem));
            }
        };
        let (mut value, mut point) = (None, None);
        if let ValueFacts::Entered(entered) = &facts.value
            && !self.is_blank(Column::Value)
        {
            let read = parse_number(self.cell(Column::Value), entered.locale, &entered.unit).map_err(|e| e.to_string());
            take(Column::Value, read.map(|read| value = Some(read)));
            if self.asked.as_deref() != Some(self.cell(Column::Value))
                && let Some(words) = self.slip(facts)
            {
                take(Column::Value, Err(words));
            }
            if let (Some(value), Some(metric), Some(place)) = (value, &entered.metric, self.place(entered)) {
                point = Some((metric.id.clone(), place.place.point(metric, value)));
            }
        }
        let mut confidence = None;
        take(Column::Confidence, parse_confidence(self.cell(Column::Confidence)).map(|read| confidence = read).map_err(str::to_owned));
        let mut status = None;
        take(Column::Status, read_status(self.cell(Column::Status)).map(|read| status = read));
        let why = self.cell(Column::Why).trim();
        match (status, why.is_empty()) {
            (Some(_), true) => take(Column::Why, Err("Say why it is not as computed".to_owned())),
            (None, false) if self.is_blank(Column::Status) => take(Column::Status, Err("Set a status, or leave “Why” empty".to_owned())),
            _ => {}
        }
        if !wrong.is_empty() {
            return Reading::Wrong(wrong);
        }
        let status = status.map(|status| (status, why.to_owned()));
        let note = self.cell(Column::Note).trim().to_owned();
        if value.is_none() && confidence.is_none() && status.is_none() && note.is_empty() {
            return Reading::Empty;
        }
        let new = NewCheckIn { goal: facts.goal.clone(), date, value, confidence, status, note, by: by.trim().to_owned(), point };
        if facts.there.as_ref().is_some_and(|there| says(there, &new)) { Reading::Done } else { Reading::Ready(Box::new(new)) }
    }

    /// What is to be said of a value that is out of scale with the last one. One that is written down is not asked about.
    pub(super) fn slip(&self, facts: &RowFacts) -> Option<String> {
        let ValueFacts::Entered(entered) = &facts.value else { return None };
        let value = parse_number(self.cell(Column::Value), entered.locale, &entered.unit).ok()?;
        let last = entered.last.filter(|_| facts.there.as_ref().is_none_or(|there| there.value != Some(value)))?;
        let question = slip(value, last)?.meant.map_or_else(String::new, |meant| format!(" Did you mean {}?", entered.write(meant)));
        let number = editable_number(value, entered.locale);
        Some(format!("{number} is far from the last value, {}.{question} A second Enter takes it.", entered.write(last)))
    }

    /// Somebody is asked about the value. False when there is nothing to ask.
    pub(super) fn ask(&mut self, facts: &RowFacts) -> bool {
        if self.slip(facts).is_none() {
            return false;
        }
        self.asked = Some(self.cell(Column::Value).to_owned());
        true
    }

    /// It was typed on another day.
    pub(super) fn forget_place(&mut self) {
        if let GoesTo::At(_) = self.goes_to {
            self.goes_to = GoesTo::Usual;
        }
    }

    fn is_blank(&self, column: Column) -> bool {
        self.cell(column).trim().is_empty()
    }
}

/// Whether a check-in says what was typed.
fn says(there: &CheckIn, new: &NewCheckIn) -> bool {
    let status = there.status.as_ref().map(|s| (s.status, s.why.as_str()));
    (there.value, there.confidence, status, there.note.as_str())
        == (new.value, new.confidence, new.status.as_ref().map(|(s, why)| (*s, why.as_str())), new.note.as_str())
}

/// A status by its first letters: "b" is behind. "A" could be two.
fn read_status(text: &str) -> Result<Option<Status>, String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let mut matching = BY_HAND.into_iter().filter(|s| s.word().to_lowercase().starts_with(&text));
    match (matching.next(), matching.next()) {
        (Some(one), None) => Ok(Some(one)),
        _ => Err("On track, behind, at risk, achieved or missed".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::PlaceFacts;
    use super::*;
    use crate::analysis::PointPlace;
    use crate::model::{CheckInId, GoalId, Locale, Metric, MetricId, Period, Unit};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// A row on MAU, of which October is to be recorded.
    fn facts() -> RowFacts {
        let place = |first: &str, last: &str| PlaceFacts {
            place: PointPlace {
                period: Period { first: day(first), last: day(last) },
                at: Stamp::from_date(day(first)),
                replaces: None,
                data_to: None,
            },
            words: String::new(),
            replaces: None,
            expected: None,
        };
        RowFacts {
            goal: GoalId::parse("g-mau").unwrap(),
            title: "MAU".to_owned(),
            due: String::new(),
            is_overdue: false,
            value: ValueFacts::Entered(Box::new(EnteredValue {
                unit: Unit::Count,
                locale: Locale::default(),
                last: None,
                places: vec![place("2026-10-01", "2026-10-31"), place("2026-11-01", "2026-11-30")],
                expected: None,
                metric: Some(Metric::new(MetricId::parse("m-mau").unwrap(), "MAU")),
            })),
            confidence: None,
            computed: Status::Behind,
            there: None,
        }
    }

    fn typed(cells: [&str; 5]) -> Draft {
        Draft { cells: cells.map(str::to_owned), ..Draft::default() }
    }

    fn read(cells: [&str; 5]) -> Reading {
        typed(cells).read(&facts(), day("2026-11-02"), " Ana ")
    }

    #[test]
    fn a_row_becomes_a_check_in_and_a_point() {
        let Reading::Ready(new) = read(["9.1 M", "7/10", "at r", " The vendor left ", " Web is flat "]) else { panic!("not read") };
        assert_eq!((new.value, new.confidence, new.note.as_str(), new.by.as_str()), (Some(9.1e6), Some(7), "Web is flat", "Ana"));
        assert_eq!(new.status, Some((Status::AtRisk, "The vendor left".to_owned())));
        let (metric, point) = new.point.unwrap();
        assert_eq!((metric.as_str(), point.at.to_string().as_str(), point.value), ("m-mau", "2026-10-01", 9.1e6));
    }

    #[test]
    fn a_value_can_go_elsewhere_or_only_be_said() {
        let mut draft = typed(["5", "", "", "", ""]);
        draft.goes_to = GoesTo::At(Stamp::from_date(day("2026-11-01")));
        let Reading::Ready(new) = draft.read(&facts(), day("2026-11-02"), "") else { panic!("not read") };
        assert_eq!(new.point.unwrap().1.at.to_string(), "2026-11-01");
        draft.goes_to = GoesTo::CheckInOnly;
        let Reading::Ready(new) = draft.read(&facts(), day("2026-11-02"), "") else { panic!("not read") };
        assert_eq!((new.value, new.point), (Some(5.0), None));
    }

    #[test]
    fn a_value_out_of_scale_is_taken_once_somebody_has_seen_it() {
        let mut facts = facts();
        let ValueFacts::Entered(entered) = &mut facts.value else { panic!("no value is taken") };
        entered.last = Some(8.2e6);
        let on = day("2026-11-02");
        let mut draft = typed(["8.4", "", "", "", ""]);
        let words = "8.4 is far from the last value, 8.2 M. Did you mean 8.4 M? A second Enter takes it.";
        assert_eq!(draft.read(&facts, on, ""), Reading::Wrong(vec![(Column::Value, words.to_owned())]));
        assert!(draft.ask(&facts));
        let Reading::Ready(new) = draft.read(&facts, on, "") else { panic!("not read") };
        assert_eq!(new.value, Some(8.4));
        // Another value is another question; one of the right size is none.
        "8.5".clone_into(draft.cell_mut(Column::Value));
        assert!(matches!(draft.read(&facts, on, ""), Reading::Wrong(_)));
        "8.5 M".clone_into(draft.cell_mut(Column::Value));
        assert!(matches!(draft.read(&facts, on, ""), Reading::Ready(_)) && !draft.ask(&facts));
    }

    #[test]
    fn nothing_typed_is_nothing_said() {
        assert_eq!(read([" ", "", "", "", "  "]), Reading::Empty);
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_cell() {
        let wrong = |cells| match read(cells) {
            Reading::Wrong(wrong) => wrong,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            wrong(["soon", "11", "", "", ""]),
            [(Column::Value, "“soon” is not a number".to_owned()), (Column::Confidence, "A whole number from 0 to 10".to_owned()),]
        );
        // At risk or achieved.
        assert_eq!(wrong(["", "", "a", "x", ""])[0].0, Column::Status);
        assert_eq!(wrong(["", "", "behind", "", ""]), [(Column::Why, "Say why it is not as computed".to_owned())]);
        assert_eq!(wrong(["", "", "", "Why", ""])[0].0, Column::Status);
    }

    #[test]
    fn a_row_that_is_written_down_is_done_until_it_is_changed() {
        let mut facts = facts();
        let there = CheckIn {
            id: CheckInId::from_random(1),
            goal: facts.goal.clone(),
            date: day("2026-11-02"),
            value: Some(9.1e6),
            confidence: Some(0),
            status: None,
            note: String::new(),
            by: String::new(),
        };
        facts.there = Some(there.clone());
        let mut draft = Draft::of(&there, &facts);
        assert_eq!((draft.cell(Column::Value), draft.cell(Column::Confidence)), ("9,100,000", "0"));
        assert_eq!(draft.goes_to, GoesTo::CheckInOnly, "no point has this value");
        assert_eq!(draft.read(&facts, there.date, ""), Reading::Done);
        "1".clone_into(draft.cell_mut(Column::Confidence));
        assert!(matches!(draft.read(&facts, there.date, ""), Reading::Ready(_)));
    }
}
