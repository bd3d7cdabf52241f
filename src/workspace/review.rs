//! Where somebody is in the review: what is on its stage is what is selected.

use std::sync::Arc;

use super::{ReviewPlace, Selection, Workspace};
use crate::chart::review::{Agenda, AgendaItem};

/// The goal or metric that an item is about.
pub fn selection_of(item: &AgendaItem) -> Option<Selection> {
    let goal = item.goal.clone().map(Selection::Goal);
    goal.or_else(|| item.metric.clone().map(Selection::Metric))
}

impl Workspace {
    pub fn agenda(&self) -> Arc<Agenda> {
        self.memos.agenda(&self.document, self.as_of(), &self.view)
    }

    /// The review is shown: it begins with the first item, or goes on where it was left. What was selected since then comes up.
    pub(super) fn enter_review(&mut self) {
        let agenda = self.agenda();
        let review = &self.view.arranged.review;
        let place = review.place(&agenda);
        let selected = self.view.selected.as_ref().filter(|_| review.at.is_some());
        let on_stage = agenda.items.get(place).and_then(selection_of);
        let place = match selected.and_then(|s| place_of(&agenda, s)) {
            Some(other) if on_stage.as_ref() != selected => other,
            _ => place,
        };
        self.view.arranged.review =
            if review.at == Some(ReviewPlace::End) && place == agenda.items.len() { review.clone() } else { review.moved(&agenda, place) };
        if let Some(selection) = agenda.items.get(place).and_then(selection_of) {
            self.point_at(&selection);
        }
    }

    /// Something was selected while the review is shown: what is on the agenda about it comes on the stage.
    pub(super) fn bring_up(&mut self, selection: &Selection) {
        let agenda = self.agenda();
        let review = &self.view.arranged.review;
        let on_stage = agenda.items.get(review.place(&agenda)).and_then(selection_of);
        if on_stage.as_ref() != Some(selection)
            && let Some(place) = place_of(&agenda, selection)
        {
            self.view.arranged.review = review.moved(&agenda, place);
        }
    }
}

fn place_of(agenda: &Agenda, selection: &Selection) -> Option<usize> {
    let item = match selection {
        Selection::Goal(goal) => agenda.of_goal(goal),
        Selection::Metric(metric) => agenda.of_metric(metric),
    };
    agenda.place(&item?.id)
}
