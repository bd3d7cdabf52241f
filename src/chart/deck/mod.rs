//! The deck as data: which slides there are, in which order, and what each says.
//!
//! [`outline`] lists the slides of a project, cheaply; [`slide`] says what one shows, in words and numbers. Every slide is drawn up by itself from
//! the project; what people changed about it (`model::Deck`) is put over that. Not here: how a slide looks (`ui::slides`), where in the deck
//! somebody is (`workspace`), and files (`export`).

mod choice;
mod content;
mod lines;
mod strip;
mod unbroken;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::Fact;
use super::review::LogLine;
use crate::analysis::Evaluation;
use crate::analysis::attention::{News, Tone};
use crate::model::{Date, GoalId, MetricId, Project, SlideEdit, SlideSubject, Status, Tree};

pub use choice::{MOST_KPIS, MOST_OBJECTIVES, moved_orders, outline};
pub use content::slide;
pub use unbroken::unbroken;

/// What the picture of a metric says; kept or made.
pub type ToldOf<'a> = dyn Fn(&Pinned<'_>) -> Told + 'a;
/// The numbers beside the chart of a metric as the measure of a goal.
pub type FactsOf<'a> = dyn Fn(&MetricId, Option<&GoalId>) -> Arc<[Fact]> + 'a;

/// What a deck is made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub project: &'a Project,
    pub tree: &'a Tree,
    /// Its day is the deck's.
    pub evaluation: &'a Evaluation,
    /// As everything stood on the day of the last meeting, where there was one before that day.
    pub then: Option<&'a Evaluation>,
    /// What is news since then, the most pressing first.
    pub news: &'a [Arc<News>],
    /// What the picture of a metric as the measure of a goal says.
    pub told: &'a ToldOf<'a>,
    /// The numbers beside that chart.
    pub facts: &'a FactsOf<'a>,
}

/// Which picture of a metric a slide shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pinned<'a> {
    pub metric: &'a MetricId,
    pub goal: Option<&'a GoalId>,
    /// The slug of the mode; none for the trend.
    pub mode: Option<&'a str>,
    /// The days shown, both included; none for all that the deck shows unasked.
    pub range: Option<(Date, Date)>,
}

/// What a picture says in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub title: String,
    pub subtitle: String,
    pub summary: String,
}

impl Source<'_> {
    pub fn as_of(&self) -> Date {
        self.evaluation.as_of
    }

    /// The day that is compared with.
    pub fn last_meeting(&self) -> Option<Date> {
        self.then.map(|then| then.as_of)
    }

    pub(super) fn edit(&self, subject: &SlideSubject) -> Option<&SlideEdit> {
        let slides = &self.project.deck.slides;
        slides.binary_search_by(|edit| edit.subject.cmp(subject)).ok().map(|at| &slides[at])
    }
}

/// What a slide is named by: it stays the same while the project changes. Long subjects have several parts, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlideId {
    pub subject: SlideSubject,
    pub part: usize,
}

/// A slide of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: SlideId,
    /// How many slides its subject has.
    pub parts: usize,
    /// Left out when the deck is shown or exported: by hand, or because others say more.
    pub hidden: bool,
    /// What it is called in lists.
    pub name: String,
}

/// What one slide shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    pub id: SlideId,
    /// The goal it supports, above the message: "Become the daily habit › Bring MAU to 10 M by Q4".
    pub kicker: Option<Kicker>,
    /// The message: the finding in one sentence, as people worded it or as drafted.
    pub title: String,
    /// What Waymark would say.
    pub drafted: String,
    /// What the presenter wants to remember; never on the slide.
    pub note: String,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Kicker {
    pub goal: GoalId,
    pub path: String,
    pub status: Option<Status>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The title is large; below it lines of context.
    Title {
        subtitle: String,
        /// "Data to 21 Nov 2026", "Compared with the meeting on 7 Nov 2026".
        lines: Vec<String>,
    },
    /// How are we doing?
    Summary {
        rows: Vec<GoalLine>,
        /// Objectives that there is no room for.
        more: usize,
        /// Of all objectives, by status, in the order of [`super::board::BAR_ORDER`].
        counts: Vec<(Status, usize)>,
        takeaways: Vec<Takeaway>,
        /// "since 7 Nov 2026"; empty where nothing can be compared.
        since: String,
    },
    /// One objective and what it consists of.
    Objective {
        line: GoalLine,
        /// Why it has its status, in a sentence.
        reason: String,
        rows: Vec<GoalLine>,
        more: usize,
        takeaways: Vec<Takeaway>,
        since: String,
    },
    /// One chart and three facts.
    Kpi(KpiBody),
    /// What changed since the last meeting.
    Changes {
        better: Vec<ChangeLine>,
        worse: Vec<ChangeLine>,
        /// What there are no new values of.
        silent: Vec<ChangeLine>,
        /// Changes that there is no room for: better, worse, silent.
        more: [usize; 3],
        since: String,
    },
    /// Lines of the meeting log: what earlier meetings agreed on, or what this one has to decide and decided.
    Log(Vec<LogLine>),
    /// Every KPI in a table.
    Table(Vec<KpiLine>),
    /// Why there is nothing to say.
    Empty(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct KpiBody {
    pub metric: MetricId,
    /// The key result that it is shown for.
    pub goal: Option<GoalId>,
    /// The slug of the pinned mode; none for the trend.
    pub mode: Option<String>,
    /// The days pinned, both included.
    pub range: Option<(Date, Date)>,
    /// At most three, as beside the chart.
    pub facts: Vec<Fact>,
    /// The same in words for the back row.
    pub strip: Vec<Strip>,
    /// "MAU, millions, monthly".
    pub subtitle: String,
    /// For those who cannot see the chart.
    pub summary: String,
}

/// A fact under the chart of a KPI: "0.8 M behind pace", "expected 9 M on 31 Oct 2026".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    pub headline: String,
    pub note: String,
    pub tone: StripTone,
    /// The formula with the numbers put in.
    pub why: String,
}

/// What the colour of a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripTone {
    Plain,
    /// How the goal stands.
    Standing(Status),
    /// What may come.
    Chance,
}

/// A row about a goal. Shares are of one.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLine {
    pub goal: GoalId,
    pub title: String,
    pub status: Status,
    pub progress: Option<f64>,
    pub expected: Option<f64>,
    /// "8.2 M → 10 M".
    pub now: String,
    /// Since the last meeting: "+0.1 M", "−6 pts"; "–" where nothing can be compared.
    pub change: String,
    /// Whether that is to the good side.
    pub tone: Tone,
    pub likelihood: Option<f64>,
    /// "31 %", "–".
    pub chance: String,
    pub owner: String,
    /// The metric whose line may be drawn.
    pub metric: Option<MetricId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Takeaway {
    pub tone: Tone,
    pub text: String,
    pub goal: Option<GoalId>,
    pub metric: Option<MetricId>,
}

/// "8.1 M → 8.2 M, MAU, below pace since March".
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLine {
    pub goal: Option<GoalId>,
    pub metric: Option<MetricId>,
    pub name: String,
    /// "8.1 M → 8.2 M"; for what is silent, when the last value came.
    pub values: String,
    pub reason: String,
    pub status: Option<Status>,
}

/// A row about a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiLine {
    pub metric: MetricId,
    pub goal: Option<GoalId>,
    pub name: String,
    /// "8.2 M in Oct 2026".
    pub last: String,
    /// The same in two cells: "8.2 M", "Oct 2026".
    pub value: String,
    pub when: String,
    pub target: String,
    pub status: Option<Status>,
    pub chance: String,
    pub owner: String,
}

impl Slide {
    /// All it says, for a screen reader, a description and a transcript.
    pub fn words(&self) -> String {
        let lines = match &self.body {
            Body::Title { subtitle, lines } => std::iter::once(subtitle.clone()).chain(lines.iter().cloned()).collect(),
            Body::Summary { rows, takeaways, .. } => {
                rows.iter().map(GoalLine::words).chain(takeaways.iter().map(|t| t.text.clone())).collect()
            }
            Body::Objective { reason, rows, takeaways, .. } => std::iter::once(reason.clone())
                .chain(rows.iter().map(GoalLine::words))
                .chain(takeaways.iter().map(|t| t.text.clone()))
                .collect(),
            Body::Kpi(kpi) => vec![kpi.summary.clone()],
            Body::Changes { better, worse, silent, .. } => [better, worse, silent].into_iter().flatten().map(ChangeLine::words).collect(),
            Body::Log(lines) => lines.iter().map(log_words).collect(),
            Body::Table(rows) => rows.iter().map(KpiLine::words).collect(),
            Body::Empty(why) => vec![why.clone()],
        };
        lines.into_iter().filter(|line: &String| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// "Action: Fix the crashes, Mobile · due 27 Nov 2026".
pub fn log_words(line: &LogLine) -> String {
    let tail = [line.facts.as_str(), line.outcome.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let sep = if tail.is_empty() { "" } else { ", " };
    format!("{}: {}{sep}{tail}", line.kind.word(), line.text)
}

impl GoalLine {
    pub fn words(&self) -> String {
        let mut parts = vec![format!("{}: {}", self.title, self.status.word().to_lowercase())];
        parts.extend([&self.now].into_iter().filter(|w| *w != lines::NOTHING).cloned());
        parts.extend((self.change != lines::NOTHING).then(|| format!("change {}", self.change)));
        parts.extend(self.likelihood.map(|_| format!("{} likely", self.chance)));
        parts.join(", ")
    }
}

impl ChangeLine {
    pub fn words(&self) -> String {
        let parts = [self.values.as_str(), self.name.as_str(), self.reason.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl KpiLine {
    pub fn words(&self) -> String {
        let status = self.status.map_or("", Status::word);
        let parts = [self.name.as_str(), self.last.as_str(), self.target.as_str(), status, self.chance.as_str()];
        parts.into_iter().filter(|part| !part.is_empty() && *part != lines::NOTHING).collect::<Vec<_>>().join(", ")
    }
}
