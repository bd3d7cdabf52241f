//! What each action does to a presentation.

use std::sync::Arc;

use super::{Blank, Forecast, PresentAction, Presentation, SlideLook};
use crate::chart::deck::{Body, Entry, Slide};
use crate::document::edits::NewEntry;
use crate::model::{GoalId, MetricId, SlideSubject};
use crate::workspace::action::New;
use crate::workspace::{Effect, KpiMode, Selection, TimeRange, Workspace};

/// Numbers of slides have no more digits.
const MOST_DIGITS: usize = 3;

impl Workspace {
    pub(in crate::workspace) fn present(&mut self, action: PresentAction, effects: &mut Vec<Effect>) {
        if let PresentAction::Begin(from) = &action {
            // A remote that says it twice means it once.
            if self.presentation.is_none() {
                self.begin_presentation(from);
            }
            return;
        }
        let outline = self.outline();
        let Some(presentation) = &mut self.presentation else { return };
        let goes_on = action == PresentAction::Next || action == PresentAction::Enter && presentation.digits.is_empty();
        if goes_on && presentation.at_end && !presentation.is_covered() {
            self.end_presentation();
            return;
        }
        match action {
            PresentAction::Begin(_) => {}
            PresentAction::Next => presentation.go_on(&outline),
            PresentAction::Back => presentation.go_back(&outline),
            PresentAction::First => presentation.go_to(outline.iter().find(|e| !e.hidden)),
            PresentAction::Last => presentation.go_to(outline.iter().rev().find(|e| !e.hidden)),
            PresentAction::GoTo(id) => presentation.go_to(outline.iter().find(|e| e.id == id)),
            PresentAction::Digit(digit) => presentation.type_digit(digit),
            PresentAction::Erase if presentation.digits.is_empty() => presentation.go_back(&outline),
            PresentAction::Erase => drop(presentation.digits.pop()),
            PresentAction::Enter => presentation.enter(&outline),
            PresentAction::Blank(blank) => presentation.toggle_blank(blank),
            PresentAction::ToggleOverview => {
                let overview = !presentation.overview;
                presentation.uncover();
                presentation.overview = overview;
            }
            PresentAction::ToggleKeys => {
                presentation.keys_shown = !presentation.keys_shown;
                presentation.digits.clear();
            }
            PresentAction::TogglePresenter => presentation.presenter = !presentation.presenter,
            PresentAction::Capture(capture) => {
                presentation.capture = capture;
                presentation.line = None;
                presentation.keys_shown = false;
                presentation.digits.clear();
            }
            PresentAction::KeepCapture => self.keep_capture(),
            PresentAction::ChangeLine(line) => {
                presentation.uncover();
                presentation.line = line;
                presentation.capture = None;
            }
            PresentAction::Look(look) => presentation.look_so(look),
            PresentAction::NextMode => self.next_mode(),
            PresentAction::NextRange => presentation.next_range(),
            PresentAction::ToggleForecast => {
                let look = presentation.look(&presentation.at.subject);
                let forecast = if look.forecast == Forecast::Shown { Forecast::Hidden } else { Forecast::Shown };
                presentation.look_so(SlideLook { forecast, ..look });
            }
            PresentAction::RestartTimer => presentation.since = self.now,
            PresentAction::SwapDisplays => effects.push(Effect::SwapDisplays),
            PresentAction::Escape => self.step_out(),
            PresentAction::End => self.end_presentation(),
        }
    }

    /// Esc: the nearest thing first.
    fn step_out(&mut self) {
        let Some(p) = &mut self.presentation else { return };
        if p.capture.is_some() {
            p.capture = None;
        } else if p.line.is_some() {
            p.line = None;
        } else if p.keys_shown {
            p.keys_shown = false;
        } else if p.overview {
            p.overview = false;
        } else if p.blank.is_some() {
            p.blank = None;
        } else if !p.digits.is_empty() {
            p.digits.clear();
        } else if p.drilled.pop().is_some() {
            if let Some(before) = p.drilled.last().cloned() {
                self.visit(&before);
            }
        } else {
            self.end_presentation();
        }
    }

    /// Something was opened from the slide, or from what was opened from it.
    pub(in crate::workspace) fn drill(&mut self, into: &Selection) {
        let there = match into {
            Selection::Goal(goal) => self.project().goals.contains_key(goal),
            Selection::Metric(metric) => self.project().metrics.contains_key(metric),
        };
        if let Some(presentation) = self.presentation.as_mut().filter(|_| there) {
            presentation.uncover();
            if presentation.drilled.last() != Some(into) {
                presentation.drilled.push(into.clone());
            }
        }
    }

    /// The slide that is on, when a chart of it answers to the mode and the range; else the screen does.
    pub(in crate::workspace) fn presented_chart(&mut self) -> Option<&mut Presentation> {
        let of_chart = |p: &&mut Presentation| p.drilled.is_empty() && matches!(p.at.subject, SlideSubject::Kpi(_));
        self.presentation.as_mut().filter(of_chart)
    }

    /// The slide that is on.
    pub fn presented(&self) -> Option<Arc<Slide>> {
        let at = &self.presentation.as_ref()?.at;
        let outline = self.outline();
        let entry = outline.iter().find(|e| e.id == *at)?;
        Some(self.memos.slide(&self.document, self.as_of(), entry))
    }

    /// What a line that is written down now is about.
    fn about(&self) -> (Option<GoalId>, Option<MetricId>) {
        let Some(presentation) = &self.presentation else { return (None, None) };
        match (presentation.drilled.last(), &presentation.at.subject) {
            (Some(Selection::Goal(goal)), _) | (None, SlideSubject::Objective(goal)) => (Some(goal.clone()), None),
            (Some(Selection::Metric(metric)), _) => (None, Some(metric.clone())),
            (None, SlideSubject::Kpi(metric)) => {
                let goal = self.presented().and_then(|slide| match &slide.body {
                    Body::Kpi(kpi) => kpi.goal.clone(),
                    _ => None,
                });
                (goal, Some(metric.clone()))
            }
            (None, _) => (None, None),
        }
    }

    /// A line without words is not added.
    fn keep_capture(&mut self) {
        let (goal, metric) = self.about();
        let date = self.as_of();
        let Some(presentation) = &mut self.presentation else { return };
        let Some(capture) = presentation.capture.take_if(|capture| !capture.text.trim().is_empty()) else { return };
        presentation.added += 1;
        let super::Capture { kind, text, owner, due } = capture;
        self.add(New::Entry(NewEntry { date, kind, text, owner, due, goal, metric }));
    }

    fn next_mode(&mut self) {
        let pinned = self.presented().and_then(|slide| match &slide.body {
            Body::Kpi(kpi) => kpi.mode.as_deref().and_then(KpiMode::of_slug),
            _ => None,
        });
        let Some(presentation) = self.presented_chart() else { return };
        let look = presentation.look(&presentation.at.subject);
        let now = look.mode.or(pinned).unwrap_or_default();
        let next = if now == KpiMode::Trend { KpiMode::XMR } else { KpiMode::Trend };
        presentation.look_so(SlideLook { mode: Some(next), ..look });
    }

    /// After whatever happened: the slide that is on is there, else the one that stands in its place.
    pub(in crate::workspace) fn settle_presentation(&mut self) {
        let last = self.project().deck.last_meeting;
        self.meeting_held = self.meeting_held.filter(|held| last != Some(held.on));
        if self.presentation.is_none() {
            return;
        }
        let outline = self.outline();
        let Some(presentation) = &mut self.presentation else { return };
        presentation.settle(&outline);
        if outline.is_empty() {
            self.end_presentation();
            return;
        }
        let project = self.document.project();
        presentation.line = presentation.line.take().filter(|line| project.meeting_log.contains_key(line));
        presentation.drilled.retain(|s| match s {
            Selection::Goal(goal) => project.goals.contains_key(goal),
            Selection::Metric(metric) => project.metrics.contains_key(metric),
        });
    }
}

impl Presentation {
    fn settle(&mut self, outline: &[Entry]) {
        if let Some(place) = outline.iter().position(|e| e.id == self.at) {
            self.place = place;
            return;
        }
        let of_subject = || outline.iter().rev().find(|e| e.id.subject == self.at.subject);
        let from = self.place.min(outline.len());
        let near = || outline[from..].iter().find(|e| !e.hidden).or_else(|| outline[..from].iter().rev().find(|e| !e.hidden));
        let Some(entry) = of_subject().or_else(near).or_else(|| outline.first()) else { return };
        self.at = entry.id.clone();
        self.place = outline.iter().position(|e| e.id == self.at).unwrap_or_default();
    }

    /// Takes everything away that lies over the slide.
    fn uncover(&mut self) {
        self.blank = None;
        self.overview = false;
        self.keys_shown = false;
        self.line = None;
        self.digits.clear();
    }

    fn go_to(&mut self, entry: Option<&Entry>) {
        let Some(entry) = entry else { return };
        self.uncover();
        self.drilled.clear();
        self.at_end = false;
        self.at = entry.id.clone();
    }

    /// What was blank is shown again; then the next slide, and behind the last one the end.
    fn go_on(&mut self, outline: &[Entry]) {
        let was_blank = self.blank.is_some();
        self.uncover();
        if was_blank {
            return;
        }
        self.drilled.clear();
        match super::following(outline, &self.at) {
            Some(next) => self.at = next.id.clone(),
            None => self.at_end = true,
        }
    }

    fn go_back(&mut self, outline: &[Entry]) {
        let was_blank = self.blank.is_some();
        self.uncover();
        if was_blank {
            return;
        }
        self.drilled.clear();
        if std::mem::take(&mut self.at_end) {
            return;
        }
        let place = outline.iter().position(|e| e.id == self.at).unwrap_or_default();
        if let Some(before) = outline[..place].iter().rev().find(|e| !e.hidden) {
            self.at = before.id.clone();
        }
    }

    fn type_digit(&mut self, digit: u8) {
        // A number does not begin with 0.
        if digit <= 9 && self.digits.len() < MOST_DIGITS && (digit > 0 || !self.digits.is_empty()) {
            self.digits.push(char::from(b'0' + digit));
        }
    }

    fn enter(&mut self, outline: &[Entry]) {
        let Ok(number) = std::mem::take(&mut self.digits).parse::<usize>() else {
            self.go_on(outline);
            return;
        };
        // Beyond the last number is the last slide.
        let shown: Vec<&Entry> = outline.iter().filter(|e| !e.hidden).collect();
        self.go_to(shown.get(number.saturating_sub(1)).or(shown.last()).copied());
    }

    fn toggle_blank(&mut self, blank: Blank) {
        let next = (self.blank != Some(blank)).then_some(blank);
        self.uncover();
        self.blank = next;
    }

    fn look_so(&mut self, look: SlideLook) {
        let subject: SlideSubject = self.at.subject.clone();
        if !matches!(subject, SlideSubject::Kpi(_)) {
            return;
        }
        if look == SlideLook::default() {
            self.looks.remove(&subject);
        } else {
            self.looks.insert(subject, look);
        }
    }

    pub(in crate::workspace) fn look_over(&mut self, range: TimeRange) {
        self.look_so(SlideLook { range: Some(range), ..self.look(&self.at.subject) });
    }

    pub(in crate::workspace) fn look_in(&mut self, mode: KpiMode) {
        self.look_so(SlideLook { mode: Some(mode), ..self.look(&self.at.subject) });
    }

    /// Three months, half a year, a year, all; then as the slide has it.
    fn next_range(&mut self) {
        const RANGES: [TimeRange; 4] = [TimeRange::Months3, TimeRange::Months6, TimeRange::Year1, TimeRange::All];
        let look = self.look(&self.at.subject);
        let range = match look.range {
            None | Some(TimeRange::Cycle | TimeRange::Custom { .. }) => Some(RANGES[0]),
            Some(now) => RANGES.iter().position(|r| *r == now).and_then(|at| RANGES.get(at + 1)).copied(),
        };
        self.look_so(SlideLook { range, ..look });
    }
}
