//! What is looked at. None of it is in the project file.

use std::collections::BTreeSet;

use chrono::Months;

use super::{Arrangements, KpiMode, Sheet};
use crate::model::{CycleId, Date, GoalId, MetricId, Project, Stamp};

/// A view of the whole project or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Screen {
    #[default]
    Board,
    Objective,
    Kpi,
    Map,
    Scorecard,
    Roadmap,
    Review,
}

impl Screen {
    /// In the order of their tabs and keys.
    pub const ALL: [Self; 7] = [Self::Board, Self::Objective, Self::Kpi, Self::Map, Self::Scorecard, Self::Roadmap, Self::Review];

    /// Whether it is about one goal or metric; else about the whole project.
    pub fn is_of_one(self) -> bool {
        matches!(self, Self::Objective | Self::Kpi)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Objective => "Objective",
            Self::Kpi => "KPI",
            Self::Map => "Map",
            Self::Scorecard => "Scorecard",
            Self::Roadmap => "Roadmap",
            Self::Review => "Review",
        }
    }

    /// What it answers.
    pub fn question(self) -> &'static str {
        match self {
            Self::Board => "How are we doing?",
            Self::Objective => "What moves this goal?",
            Self::Kpi => "What is this number doing, and will it get there?",
            Self::Map => "What supports what?",
            Self::Scorecard => "How did it go, period by period?",
            Self::Roadmap => "By when?",
            Self::Review => "What must we look at today?",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selection {
    Goal(GoalId),
    Metric(MetricId),
}

/// The days that charts show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimeRange {
    Months3,
    Months6,
    #[default]
    Year1,
    /// The cycle that contains the as-of date.
    Cycle,
    All,
    Custom {
        from: Date,
        to: Date,
    },
}

/// Where somebody is: what back and forward return to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stop {
    pub(super) screen: Screen,
    pub(super) selected: Option<Selection>,
    pub(super) objective: Option<GoalId>,
    pub(super) metric: Option<MetricId>,
}

/// Where the inspector is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InspectorOpen {
    /// Beside a goal or a KPI.
    beside_one: bool,
    /// Beside a view of the whole project, which needs the room.
    beside_all: bool,
}

impl Default for InspectorOpen {
    fn default() -> Self {
        Self { beside_one: true, beside_all: false }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub screen: Screen,
    /// What the inspector edits.
    pub selected: Option<Selection>,
    /// Goals selected together with [`Self::selected`], which is one of them; empty where it stands alone.
    pub marked: BTreeSet<GoalId>,
    /// Its title is edited in the tree.
    pub renaming: Option<GoalId>,
    /// What the objective view is about.
    pub objective: Option<GoalId>,
    /// What the KPI view is about; none for a key result without a metric, which is then selected.
    pub metric: Option<MetricId>,
    pub kpi_mode: KpiMode,
    /// How the views of the whole project are arranged.
    pub arranged: Arrangements,
    pub range: TimeRange,
    /// Only goals of this cycle are shown; `None` shows all.
    pub cycle: Option<CycleId>,
    pub filter: String,
    pub collapsed: BTreeSet<GoalId>,
    /// Whether archived goals are listed.
    pub archive_open: bool,
    pub(super) inspector: InspectorOpen,
    /// Whether the card that explains a number is open.
    pub why_open: bool,
    /// The task over the view.
    pub sheet: Option<Sheet>,
    /// Another day than the project's or today's.
    pub as_of: Option<Date>,
    pub(super) back: Vec<Stop>,
    pub(super) forward: Vec<Stop>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            screen: Screen::Board,
            selected: None,
            marked: BTreeSet::new(),
            renaming: None,
            objective: None,
            metric: None,
            kpi_mode: KpiMode::Trend,
            arranged: Arrangements::default(),
            range: TimeRange::Year1,
            cycle: None,
            filter: String::new(),
            collapsed: BTreeSet::new(),
            archive_open: false,
            inspector: InspectorOpen::default(),
            why_open: false,
            sheet: None,
            as_of: None,
            back: Vec::new(),
            forward: Vec::new(),
        }
    }
}

impl View {
    /// Whether the inspector is open on this screen.
    pub fn shows_inspector(&self) -> bool {
        if self.screen.is_of_one() { self.inspector.beside_one } else { self.inspector.beside_all }
    }

    pub(super) fn set_inspector(&mut self, open: bool) {
        *if self.screen.is_of_one() { &mut self.inspector.beside_one } else { &mut self.inspector.beside_all } = open;
    }

    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    pub fn can_go_forward(&self) -> bool {
        !self.forward.is_empty()
    }

    pub(super) fn stop(&self) -> Stop {
        Stop { screen: self.screen, selected: self.selected.clone(), objective: self.objective.clone(), metric: self.metric.clone() }
    }

    pub(super) fn go_to(&mut self, stop: Stop) {
        let Stop { screen, selected, objective, metric } = stop;
        (self.screen, self.selected, self.objective, self.metric) = (screen, selected, objective, metric);
        self.marked.clear();
        self.renaming = None;
    }
}

impl TimeRange {
    /// The buttons, in their order.
    pub const PRESETS: [Self; 5] = [Self::Months3, Self::Months6, Self::Year1, Self::Cycle, Self::All];

    /// "3 m", "Cycle".
    pub fn word(self) -> &'static str {
        match self {
            Self::Months3 => "3 m",
            Self::Months6 => "6 m",
            Self::Year1 => "1 y",
            Self::Cycle => "Cycle",
            Self::All => "All",
            Self::Custom { .. } => "Custom",
        }
    }

    /// The days shown, as days since 1970 (the last one to its end). `data` is what [`Self::All`] shows: first and last day of the
    /// points, targets and paces at hand. A span of months looks back from the as-of date, and ahead by up to a quarter of itself where
    /// there is something to see: the way to the target.
    pub fn days(self, project: &Project, as_of: Date, data: (f64, f64)) -> (f64, f64) {
        let day = |date: Date| Stamp::from_date(date).days();
        let months = |count| {
            let (from, now) = (day(as_of.checked_sub_months(Months::new(count)).unwrap_or(as_of)), day(as_of) + 1.0);
            (from, data.1.clamp(now, now + (now - from) / 4.0))
        };
        match self {
            Self::Months3 => months(3),
            Self::Months6 => months(6),
            Self::Year1 => months(12),
            Self::Cycle => project.cycle_on(as_of).map_or(data, |c| (day(c.start), day(c.end) + 1.0)),
            Self::All => data,
            Self::Custom { from, to } => (day(from), day(to) + 1.0),
        }
    }
}
