//! Where a presentation begins, and how it ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{BeginAt, MeetingHeld, Presentation, SlideLook};
use crate::chart::deck::{Entry, SlideId};
use crate::model::SlideSubject;
use crate::workspace::{KpiMode, Screen, Selection, Workspace};

impl Workspace {
    /// Every slide of the deck, in order.
    pub fn outline(&self) -> Arc<[Entry]> {
        self.memos.deck(&self.document, self.as_of())
    }

    pub(super) fn begin_presentation(&mut self, from: &BeginAt) {
        let outline = self.outline();
        let first = outline.iter().find(|e| !e.hidden).or_else(|| outline.first());
        let there = |id: &SlideId| outline.iter().find(|e| e.id == *id);
        let entry = match from {
            BeginAt::First => first,
            BeginAt::Slide(id) => there(id).or(first),
            BeginAt::Here => {
                let subjects = self.subjects_here();
                subjects.iter().find_map(|s| outline.iter().find(|e| e.id.subject == *s)).or(first)
            }
        };
        let Some(entry) = entry else { return };
        let mut looks = BTreeMap::new();
        if let (BeginAt::Here, Screen::Kpi, mode, SlideSubject::Kpi(_)) = (from, self.view.screen, self.view.kpi_mode, &entry.id.subject)
            && mode != KpiMode::Trend
        {
            looks.insert(entry.id.subject.clone(), SlideLook { mode: Some(mode), ..SlideLook::default() });
        }
        let (since, home) = match self.presentation.take() {
            Some(running) => (running.since, running.home),
            None => (self.now, Box::new(self.view.clone())),
        };
        self.view.sheet = None;
        self.view.why_open = false;
        self.view.renaming = None;
        self.meeting_held = None;
        self.presentation = Some(Presentation {
            at: entry.id.clone(),
            place: outline.iter().position(|e| e.id == entry.id).unwrap_or_default(),
            at_end: false,
            blank: None,
            digits: String::new(),
            overview: false,
            keys_shown: false,
            presenter: false,
            capture: None,
            line: None,
            looks,
            drilled: Vec::new(),
            since,
            added: 0,
            home,
        });
    }

    /// What slides could be about what is on the screen, the best first.
    fn subjects_here(&self) -> Vec<SlideSubject> {
        let view = &self.view;
        let mut subjects = Vec::new();
        if view.screen == Screen::Kpi {
            subjects.extend(view.metric.clone().map(SlideSubject::Kpi));
        }
        match &view.selected {
            Some(Selection::Metric(metric)) => subjects.push(SlideSubject::Kpi(metric.clone())),
            Some(Selection::Goal(goal)) => {
                let metric = self.project().goal(goal).and_then(|g| g.as_key_result()).and_then(|k| k.metric.clone());
                subjects.extend(metric.map(SlideSubject::Kpi));
                subjects.extend(self.objective_of(goal).map(SlideSubject::Objective));
            }
            None => {}
        }
        if view.screen.is_of_one() {
            subjects.extend(view.objective.clone().map(SlideSubject::Objective));
        }
        subjects.push(SlideSubject::Summary);
        subjects
    }

    /// Back to where one was.
    pub(super) fn end_presentation(&mut self) {
        let Some(Presentation { home, added, .. }) = self.presentation.take() else { return };
        self.view = *home;
        let way_out = self.way_out();
        self.follow(&way_out);
        let on = self.as_of();
        let is_last_meeting = self.project().deck.last_meeting == Some(on);
        self.meeting_held = Some(MeetingHeld { on, added }).filter(|held| held.added > 0 && !is_last_meeting);
    }
}
