//! What people changed about the deck that Waymark makes by itself.

use super::{Date, GoalId, MetricId, OrderKey};

/// Settings of the presentation. An empty deck is drawn entirely from the project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    pub title: String,
    pub subtitle: String,
    /// The day "since last meeting" compares with.
    pub last_meeting: Option<Date>,
    /// At most one for each subject, ordered by subject.
    pub slides: Vec<SlideEdit>,
}

/// Changes to one slide.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideEdit {
    pub subject: SlideSubject,
    pub hidden: bool,
    pub title: Option<String>,
    pub note: String,
    pub order: Option<OrderKey>,
    /// Pinned mode of a chart ("xmr").
    pub mode: Option<String>,
    /// Pinned range of a chart.
    pub range: Option<(Date, Date)>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlideSubject {
    Title,
    /// What earlier meetings agreed on, and what came of it.
    Agreed,
    Summary,
    Objective(GoalId),
    Kpi(MetricId),
    Changes,
    Decisions,
    Appendix,
}
