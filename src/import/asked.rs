//! What only somebody who knows the table can say, as a question with its answers.

use super::dates::{DateColumn, DateOrder};
use super::differs::{Differs, differing};
use super::numbers::{NumberColumn, ReadNumber};
use super::{Choices, ImportError, Looked, Preview, Request};
use crate::model::{Cadence, Calendar, OnDuplicate, PercentForm, Stamp, TableShape, capitalised, date_words};

/// A question about a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub question: String,
    pub answers: Vec<(Answer, String)>,
    /// The series that it is about; empty where it is about all.
    pub of: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Order(DateOrder),
    DecimalMark(char),
    Percent(PercentForm),
    Duplicates(OnDuplicate),
    /// Only rows that pass these, of several of one date.
    Rows(Vec<(String, String)>),
    /// Rows of one date are of several metrics, as this shape has them.
    Metrics(TableShape),
    Cadence(Cadence),
}

/// What has to be said before a table can be taken in, each question once; and what no answer helps with, with the series that it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    pub asked: Vec<Asked>,
    pub problems: Vec<(Option<String>, ImportError)>,
}

impl Open {
    /// Of what was read of a table as it was wanted, or why it was not.
    pub fn of(read: Result<&Preview, &ImportError>, table: Option<(&Looked, &Request)>, calendar: Calendar) -> Self {
        let mut open = Self::default();
        let problems: Vec<(Option<&String>, &ImportError)> = match read {
            Err(problem) => vec![(None, problem)],
            Ok(preview) => preview.refused.iter().map(|(from, problem)| (Some(from), problem)).collect(),
        };
        let is_repeated = problems.iter().any(|(_, problem)| matches!(problem, ImportError::DuplicateDates { .. }));
        let table = table.filter(|_| is_repeated);
        let differs = table.and_then(|(looked, request)| Some((differing(&looked.table, &looked.columns, request)?, request)));
        for (from, problem) in problems {
            open.add(from, problem, differs.as_ref(), calendar);
        }
        open
    }

    fn add(&mut self, from: Option<&String>, problem: &ImportError, differs: Option<&(Differs, &Request)>, calendar: Calendar) {
        let Some((question, answers)) = asked(problem, differs, calendar) else {
            return self.problems.push((from.cloned(), problem.clone()));
        };
        let kind = answers.first().map(|(answer, _)| answer.kind());
        let same = |known: &&mut Asked| known.answers.first().map(|(answer, _)| answer.kind()) == kind;
        match self.asked.iter_mut().find(same) {
            Some(known) => known.of.extend(from.cloned()),
            None => self.asked.push(Asked { question, answers, of: from.cloned().into_iter().collect() }),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.problems.is_empty()
    }
}

impl Answer {
    fn kind(&self) -> u8 {
        match self {
            Self::Order(_) => 0,
            Self::DecimalMark(_) => 1,
            Self::Percent(_) => 2,
            Self::Duplicates(_) | Self::Rows(_) | Self::Metrics(_) => 3,
            Self::Cadence(_) => 4,
        }
    }
}

impl Choices {
    /// Takes the answer to a question about the series `of`; about all of them where it names none.
    pub fn answer(&mut self, answer: Answer, of: &[String], all: &[String]) {
        match answer {
            Answer::Order(order) => {
                self.date_order = Some(order);
                self.date_format = None;
            }
            Answer::DecimalMark(mark) => self.decimal_mark = Some(mark),
            // Other series may write them otherwise.
            Answer::Percent(form) if of.is_empty() => self.write_percent(Some(form)),
            Answer::Percent(form) => {
                for from in of {
                    self.of_series(from).percent = Some(form);
                }
            }
            Answer::Duplicates(how) => self.on_duplicate = Some(how),
            Answer::Rows(filters) => {
                self.filters = Some(filters);
                self.series.clear();
            }
            Answer::Metrics(shape) => self.read_in_shape(shape),
            Answer::Cadence(cadence) => {
                for from in if of.is_empty() { all } else { of } {
                    self.of_series(from).cadence = Some(cadence);
                }
            }
        }
    }
}

/// The question that a problem is, with its answers.
fn asked(problem: &ImportError, differs: Option<&(Differs, &Request)>, calendar: Calendar) -> Option<(String, Vec<(Answer, String)>)> {
    match problem {
        ImportError::AmbiguousDates { column, line, example } | ImportError::ShortYears { column, line, example } => {
            let orders = [(DateOrder::DayFirst, "day first"), (DateOrder::MonthFirst, "month first")];
            let answer = |(order, word): (DateOrder, &str)| {
                let words = date_in(example, order, calendar).map_or_else(|| capitalised(word), |date| format!("{date}, {word}"));
                (Answer::Order(order), words)
            };
            let question = format!("Which day is {example} on line {line}? Nothing in the column {column} tells day and month apart.");
            Some((question, orders.map(answer).to_vec()))
        }
        ImportError::AmbiguousNumbers { column, line, example }
        | ImportError::MixedNumbers { column, with_point: example, with_point_line: line, .. } => {
            let answer = |mark: char| {
                let word = if mark == '.' { "decimal point" } else { "decimal comma" };
                let words = number_in(example, mark).map_or_else(|| capitalised(word), |number| format!("{number}, {word}"));
                (Answer::DecimalMark(mark), words)
            };
            let mixed = matches!(problem, ImportError::MixedNumbers { .. });
            let why = if mixed { format!("The column {column} has both.") } else { format!("Nothing in the column {column} tells.") };
            Some((format!("What number is {example} on line {line}? {why}"), ['.', ','].map(answer).to_vec()))
        }
        ImportError::AmbiguousPercent { column, line, example } => {
            let answers = vec![
                (Answer::Percent(PercentForm::Share), share_words(example)),
                (Answer::Percent(PercentForm::Hundredths), format!("{} %", example.trim_end_matches(['%', ' ']))),
            ];
            Some((
                format!("How many per cent is {example} on line {line}? No number without a % sign in the column {column} is above one."),
                answers,
            ))
        }
        ImportError::DuplicateDates { dates } => match differs {
            Some((differs, request)) => asked_rows(dates, differs, request),
            None => asked_values(dates),
        },
        ImportError::CadenceUnknown => {
            let answers = Cadence::ALL.map(|cadence| (Answer::Cadence(cadence), capitalised(cadence.word())));
            Some(("How often is it recorded? The dates do not show it.".to_owned(), answers.to_vec()))
        }
        _ => None,
    }
}

type Asking = (String, Vec<(Answer, String)>);

/// "3 dates occur more than once, in 7 rows, such as 1 Jan 2026 on lines 2, 3, 4".
fn repeated_words(dates: &[(Stamp, Vec<usize>)]) -> Option<String> {
    let rows: usize = dates.iter().map(|(_, lines)| lines.len()).sum();
    let (at, lines) = dates.first()?;
    let shown = lines.iter().take(LINES).map(usize::to_string).collect::<Vec<_>>().join(", ");
    let more = if lines.len() > LINES { format!(" and {} more", lines.len() - LINES) } else { String::new() };
    let many = if dates.len() == 1 { "One date occurs".to_owned() } else { format!("{} dates occur", dates.len()) };
    Some(format!("{many} more than once, in {rows} rows, such as {} on lines {shown}{more}", date_words(at.date())))
}

const LINES: usize = 3;

/// Of rows of one date of which nothing tells them apart: what their values make.
fn asked_values(dates: &[(Stamp, Vec<usize>)]) -> Option<Asking> {
    let question = format!("{}. Which value counts? A filter may tell the rows apart.", repeated_words(dates)?);
    let answers = [(OnDuplicate::Last, "The last one"), (OnDuplicate::Sum, "Their sum"), (OnDuplicate::Mean, "Their mean")];
    Some((question, answers.map(|(how, words)| (Answer::Duplicates(how), words.to_owned())).to_vec()))
}

/// Values of a column that are offered as answers.
const OFFERED: usize = 6;

/// Of rows of one date that differ in a column: which of its values is taken, or whether each is.
fn asked_rows(dates: &[(Stamp, Vec<usize>)], differs: &Differs, request: &Request) -> Option<Asking> {
    let Differs { column, values, each } = differs;
    let more = if values.len() > OFFERED { format!(" A filter offers all of its {} values.", values.len()) } else { String::new() };
    let question = format!("{}. They differ in {column}: which rows count?{more}", repeated_words(dates)?);
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let only = |(value, count): &(String, usize)| {
        let filters = request.filters.iter().cloned().chain([(column.clone(), value.clone())]).collect();
        (Answer::Rows(filters), format!("{value} ({})", rows(*count)))
    };
    let each = each.iter().map(|shape| (Answer::Metrics(shape.clone()), "Each, as a metric of its own".to_owned()));
    let joined = [(OnDuplicate::Sum, "Their sum"), (OnDuplicate::Mean, "Their mean")];
    let joined = joined.map(|(how, words)| (Answer::Duplicates(how), words.to_owned()));
    Some((question, values.iter().take(OFFERED).map(only).chain(each).chain(joined).collect()))
}

/// A date as one order reads it, in words.
fn date_in(example: &str, order: DateOrder, calendar: Calendar) -> Option<String> {
    let column = DateColumn::decide("", [], Some(order), calendar).ok()?;
    Some(date_words(column.read(example)?.at.date()))
}

/// A number as one decimal mark reads it, without any other mark.
fn number_in(example: &str, mark: char) -> Option<String> {
    let column = NumberColumn::decide("", [], Some(mark), '\t').ok()?;
    match column.read(example)? {
        ReadNumber::Value { value, .. } => Some(value.to_string()),
        ReadNumber::Blank => None,
    }
}

/// "0.45" as a share: "45 %".
fn share_words(example: &str) -> String {
    let value = number_in(example, if example.contains(',') { ',' } else { '.' }).and_then(|number| number.parse::<f64>().ok());
    // A share has at most a few digits: what binary adds behind them is no part of it.
    value.map_or_else(|| "Shares of one".to_owned(), |share| format!("{} %", (share * 1e8).round() / 1e6))
}

#[cfg(test)]
mod tests {
    use super::super::{Looked, RecipeChoice, look, preview};
    use super::*;
    use crate::model::{Project, ProjectId};

    fn project() -> Project {
        Project::empty(ProjectId::from_random(1), "Trial")
    }

    fn read(looked: &Looked, choices: &Choices) -> Result<Preview, ImportError> {
        let listed = choices.listed(looked, &project(), "Table")?;
        preview(&looked.table, &choices.request(looked, &listed)?, &project())
    }

    /// The question that is open, its answers, and the values that each answer leads to.
    fn check(text: &str, question: &str, answers: &[(&str, &str)]) {
        let mut choices = Choices { recipe: RecipeChoice::None, ..Choices::default() };
        let looked = look(text.as_bytes(), &choices, &project()).unwrap();
        let open = Open::of(read(&looked, &choices).as_ref(), None, Calendar::default());
        let [asked] = &open.asked[..] else { panic!("{text}: {open:?}") };
        assert_eq!(asked.question, question);
        assert_eq!(open.problems, []);
        for ((answer, words), (expected, values)) in asked.answers.iter().zip(answers) {
            assert_eq!(words, expected);
            choices.answer(answer.clone(), &asked.of, &[looked.table.header[1].clone()]);
            let found = read(&looked, &choices).unwrap();
            let points = found.parts[0].reading.points.iter().map(|p| format!("{} {}", p.at, p.value)).collect::<Vec<_>>().join(", ");
            assert_eq!(points, *values, "{words}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked_with_both_readings() {
        check(
            "date\tmau\n03/04/2026\t5\n05/06/2026\t6\n",
            "Which day is 03/04/2026 on line 2? Nothing in the column date tells day and month apart.",
            &[("3 Apr 2026, day first", "2026-04-03 5, 2026-06-05 6"), ("4 Mar 2026, month first", "2026-03-04 5, 2026-05-06 6")],
        );
        check(
            "date\trate (%)\n2026-01\t0.45\n2026-02\t0.5\n",
            "How many per cent is 0.45 on line 2? No number without a % sign in the column rate (%) is above one.",
            &[("45 %", "2026-01-01 45, 2026-02-01 50"), ("0.45 %", "2026-01-01 0.45, 2026-02-01 0.5")],
        );
        check(
            "date\tmau\n2026-01\t1\n2026-01\t3\n2026-02\t2\n",
            "One date occurs more than once, in 2 rows, such as 1 Jan 2026 on lines 2, 3. Which value counts? A filter may tell the rows apart.",
            &[
                ("The last one", "2026-01-01 3, 2026-02-01 2"),
                ("Their sum", "2026-01-01 4, 2026-02-01 2"),
                ("Their mean", "2026-01-01 2, 2026-02-01 2"),
            ],
        );
        check(
            "date\tmau\n2026-01-01\t1\n",
            "How often is it recorded? The dates do not show it.",
            &[("Hourly", "2026-01-01 1"), ("Daily", "2026-01-01 1")],
        );
    }

    #[test]
    fn both_readings_of_a_number_are_shown() {
        check(
            "date\tmau\n2026-01\t1,234\n2026-02\t2,345\n",
            "What number is 1,234 on line 2? Nothing in the column mau tells.",
            &[("1234, decimal point", "2026-01-01 1234, 2026-02-01 2345"), ("1.234, decimal comma", "2026-01-01 1.234, 2026-02-01 2.345")],
        );
    }
}
