//! Where the window is, in words that a snapshot keeps, so that what was being typed is found again.

use crate::model::{CycleId, EventId, GoalId, MetricId};
use crate::workspace::{CarrySource, CheckInsOn, Screen, Selection, Sheet, Workspace};

impl Workspace {
    /// What is shown: the view, what is selected, and the sheet where it is one that is typed into.
    pub fn place_words(&self) -> String {
        let mut words = vec![format!("view={}", self.view.screen.word())];
        match &self.view.selected {
            Some(Selection::Goal(goal)) => words.push(format!("goal={goal}")),
            Some(Selection::Metric(metric)) => words.push(format!("metric={metric}")),
            None => {}
        }
        if self.view.shows_inspector() {
            words.push("inspector".to_owned());
        }
        if let Some(goal) = &self.view.renaming {
            words.push(format!("rename={goal}"));
        }
        match &self.view.sheet {
            Some(Sheet::CheckIns(CheckInsOn::Due)) => words.push("check-ins".to_owned()),
            Some(Sheet::CheckIns(CheckInsOn::Goals(goals))) => words.extend(goals.iter().map(|goal| format!("check-in={goal}"))),
            Some(Sheet::Close(goals)) => words.extend(goals.iter().map(|goal| format!("close={goal}"))),
            Some(Sheet::QuickEntry { .. }) => words.push("quick-entry".to_owned()),
            Some(Sheet::Data(metric)) => words.push(format!("data={metric}")),
            Some(Sheet::Events(event)) => words.push(event.as_ref().map_or_else(|| "events".to_owned(), |event| format!("event={event}"))),
            Some(Sheet::Cycles) => words.push("cycles".to_owned()),
            Some(Sheet::Plan(goal)) => words.push(format!("plan={goal}")),
            Some(Sheet::CarryOver { from: CarrySource::Goals(goals), into: None }) => {
                words.extend(goals.iter().map(|goal| format!("carry={goal}")));
            }
            Some(Sheet::CarryOver { from: CarrySource::Cycle(cycle), into: None }) => words.push(format!("carry-cycle={cycle}")),
            Some(Sheet::Slides) => words.push("slides".to_owned()),
            _ => {}
        }
        words.join(" ")
    }

    /// Goes where the words say; what they name and is not there is passed over.
    pub(super) fn go_to_place(&mut self, words: &str) {
        let (mut check_in, mut close, mut carry) = (Vec::new(), Vec::new(), Vec::new());
        for word in words.split(' ') {
            match word.split_once('=').unwrap_or((word, "")) {
                ("view", name) => {
                    if let Some(screen) = Screen::ALL.into_iter().find(|screen| screen.word() == name) {
                        self.show(screen);
                    }
                }
                ("goal", id) => {
                    if let Some(goal) = self.known_goal(id) {
                        self.select(&Selection::Goal(goal));
                    }
                }
                ("metric", id) => {
                    if let Some(metric) = MetricId::parse(id).ok().filter(|id| self.project().metric(id).is_some()) {
                        self.select(&Selection::Metric(metric));
                    }
                }
                ("rename", id) => self.rename(self.known_goal(id)),
                ("inspector", _) => self.view.set_inspector(true),
                ("check-ins", _) => self.open_sheet(Sheet::CheckIns(CheckInsOn::Due)),
                ("quick-entry", _) => self.open_sheet(Sheet::QuickEntry { line: String::new() }),
                ("data", id) => {
                    if let Some(metric) = MetricId::parse(id).ok().filter(|id| self.project().metric(id).is_some()) {
                        self.open_sheet(Sheet::Data(metric));
                    }
                }
                ("events", _) => self.open_sheet(Sheet::Events(None)),
                ("event", id) => {
                    let event = EventId::parse(id).ok().filter(|id| self.project().events.contains_key(id));
                    self.open_sheet(Sheet::Events(event));
                }
                ("cycles", _) => self.open_sheet(Sheet::Cycles),
                ("slides", _) => self.open_sheet(Sheet::Slides),
                ("plan", id) => {
                    if let Some(goal) = self.known_goal(id) {
                        self.open_sheet(Sheet::Plan(goal));
                    }
                }
                ("carry-cycle", id) => {
                    if let Some(cycle) = CycleId::parse(id).ok().filter(|id| self.project().cycles.contains_key(id)) {
                        self.open_sheet(Sheet::CarryOver { from: CarrySource::Cycle(cycle), into: None });
                    }
                }
                ("carry", id) => carry.extend(self.known_goal(id)),
                ("check-in", id) => check_in.extend(self.known_goal(id)),
                ("close", id) => close.extend(self.known_goal(id)),
                _ => {}
            }
        }
        if !check_in.is_empty() {
            self.open_sheet(Sheet::CheckIns(CheckInsOn::Goals(check_in)));
        }
        if !close.is_empty() {
            self.open_sheet(Sheet::Close(close));
        }
        if !carry.is_empty() {
            self.open_sheet(Sheet::CarryOver { from: CarrySource::Goals(carry), into: None });
        }
    }

    fn known_goal(&self, id: &str) -> Option<GoalId> {
        GoalId::parse(id).ok().filter(|id| self.project().goal(id).is_some())
    }
}
