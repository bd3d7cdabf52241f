//! How long a text may be. A file is read only with texts of this length, so nothing longer may come into a project: it could be neither
//! saved nor recovered.

use super::{Findings, Place, Problem};
use crate::model::{Aim, CheckIn, Cycle, Event, Goal, GoalKind, GoalState, ImportRecipe, MeetingEntry, Metric, Origin, Project, Step};

impl Project {
    /// The most characters of one text: a title, a description, a note.
    pub const MAX_TEXT: usize = 100_000;

    /// What stands above the whole project.
    pub fn check_heading(&self, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Project, found };
        f.texts("name", [&self.name]);
        f.texts("vision", [&self.vision]);
        f.texts("description", [&self.description]);
    }

    pub fn check_recipe(recipe: &ImportRecipe, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Recipe(recipe.id.clone()), found };
        f.texts("name", [&recipe.name]);
        f.texts("sheet", &recipe.sheet);
        f.texts("date_format", &recipe.date_format);
        f.texts("filters", recipe.filters.iter().flat_map(|(column, value)| [column, value]));
    }
}

impl Findings<'_> {
    fn texts(&mut self, field: &'static str, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        for text in texts {
            let text = text.as_ref();
            // Most are short even in bytes.
            if text.len() > Project::MAX_TEXT && text.chars().count() > Project::MAX_TEXT {
                let message = "has a text of more than 100,000 characters, which is more than one can hold; shorten it";
                self.report(field, message);
            }
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        self.texts("steps", steps.iter().map(|step| &step.title));
    }

    pub(super) fn goal_texts(&mut self, goal: &Goal) {
        self.texts("title", [&goal.title]);
        self.texts("description", [&goal.description]);
        self.texts("owner", [&goal.owner]);
        self.texts("tags", &goal.tags);
        self.texts("ledger", goal.ledger.iter().map(|entry| &entry.why));
        match &goal.state {
            GoalState::Active => {}
            GoalState::Postponed { note, .. } | GoalState::Abandoned { note, .. } => self.texts("state", [note]),
            GoalState::Closed(closing) => self.texts("state", [&closing.note]),
        }
        match &goal.kind {
            GoalKind::Objective(objective) => self.texts("answered_questions", &objective.answered_questions),
            GoalKind::KeyResult(key_result) => {
                if let Aim::Milestone { steps } = &key_result.aim {
                    self.steps(steps);
                }
            }
            GoalKind::Initiative(initiative) => self.steps(&initiative.steps),
        }
    }

    pub(super) fn metric_texts(&mut self, metric: &Metric) {
        self.texts("name", [&metric.name]);
        self.texts("abbreviation", [&metric.abbreviation]);
        self.texts("synonyms", &metric.synonyms);
        self.texts("description", [&metric.description]);
        self.texts("headline", &metric.headline);
        self.texts("owner", [&metric.owner]);
        self.texts("unit", [metric.unit.code()]);
        self.texts("thresholds", metric.thresholds.iter().map(|threshold| &threshold.label));
        self.texts("benchmarks", metric.benchmarks.iter().flat_map(|benchmark| [&benchmark.name, &benchmark.source]));
        self.texts("segment", metric.segment.iter().flat_map(|segment| [&segment.dimension, &segment.value]));
        self.texts("notes", metric.series.notes().map(|(_, note)| note));
        if let Origin::Linked(source) = &metric.origin {
            self.texts("origin", [&source.path, &source.column]);
            self.texts("origin", source.failing.iter().map(|(_, why)| why));
        }
    }

    pub(super) fn cycle_texts(&mut self, cycle: &Cycle) {
        self.texts("name", [&cycle.name]);
    }

    pub(super) fn event_texts(&mut self, event: &Event) {
        self.texts("title", [&event.title]);
        self.texts("description", [&event.description]);
    }

    pub(super) fn check_in_texts(&mut self, check_in: &CheckIn) {
        self.texts("note", [&check_in.note]);
        self.texts("by", [&check_in.by]);
        self.texts("status", check_in.status.iter().map(|set| &set.why));
    }

    pub(super) fn meeting_texts(&mut self, entry: &MeetingEntry) {
        self.texts("text", [&entry.text]);
        self.texts("owner", [&entry.owner]);
        self.texts("outcome", [&entry.outcome]);
    }

    pub(super) fn deck_texts(&mut self, project: &Project) {
        let deck = &project.deck;
        self.texts("title", [&deck.title, &deck.subtitle]);
        self.texts("slides", deck.slides.iter().flat_map(|slide| slide.title.iter().chain([&slide.note])));
    }
}
