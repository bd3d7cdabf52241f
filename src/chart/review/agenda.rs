//! What there is to look at, one item for each goal, metric or open line of the meeting log.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::log::{about_words, log_order, open_words};
use crate::analysis::Evaluation;
use crate::analysis::attention::{News, NewsKind, Tone};
use crate::model::{
    CycleGoals, Date, Goal, GoalId, GoalState, MeetingEntry, MeetingEntryId, MetricId, Place, Project, Status, Tree, capitalised,
    date_words,
};

/// What an item is named by: it keeps its place and its tick while the numbers change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemId {
    Goal(GoalId),
    /// Of a metric that no key result on the agenda measures.
    Metric(MetricId),
    /// A decision or an action of an earlier meeting.
    Entry(MeetingEntryId),
}

/// Why an item is where it is, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgendaSection {
    Guardrails,
    Worse,
    Signals,
    Overdue,
    Gaps,
    Unusual,
    Better,
    Open,
    Rest,
}

impl AgendaSection {
    pub const ALL: [Self; 9] =
        [Self::Guardrails, Self::Worse, Self::Signals, Self::Overdue, Self::Gaps, Self::Unusual, Self::Better, Self::Open, Self::Rest];

    pub fn word(self) -> &'static str {
        match self {
            Self::Guardrails => "Guardrails tripped",
            Self::Worse => "Got worse",
            Self::Signals => "Signals to the bad side",
            Self::Overdue => "Check-ins overdue",
            Self::Gaps => "No new data",
            Self::Unusual => "Unusual",
            Self::Better => "Got better",
            Self::Open => "Open from earlier meetings",
            Self::Rest => "The other objectives",
        }
    }

    fn of(news: &News) -> Self {
        match (news.tone, news.kind) {
            (_, NewsKind::Guardrail) => Self::Guardrails,
            (_, NewsKind::Overdue) => Self::Overdue,
            (_, NewsKind::Gap) => Self::Gaps,
            (Tone::Worse, NewsKind::Status | NewsKind::Forecast) => Self::Worse,
            (Tone::Worse, NewsKind::Signal) => Self::Signals,
            (Tone::Neither, _) => Self::Unusual,
            (Tone::Better, _) => Self::Better,
        }
    }
}

/// Something to be said of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaSentence {
    pub tone: Tone,
    /// The number it is about, as written.
    pub number: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AgendaItem {
    pub id: ItemId,
    pub section: AgendaSection,
    pub title: String,
    /// In a few words why: "Got worse · check-in overdue".
    pub label: String,
    /// Of the first sentence.
    pub number: String,
    /// At least one, the most pressing first.
    pub sentences: Vec<AgendaSentence>,
    /// Of the goal.
    pub status: Option<Status>,
    /// What it is about.
    pub goal: Option<GoalId>,
    pub metric: Option<MetricId>,
}

/// What there is to look at, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    pub items: Vec<AgendaItem>,
    places: BTreeMap<ItemId, usize>,
}

impl Agenda {
    fn of(items: Vec<AgendaItem>) -> Self {
        let places = items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect();
        Self { items, places }
    }

    /// With what was looked at before (its id, place and section) and has nothing left to be said, each where it stood: a list must not
    /// shrink under those who go through it.
    #[must_use]
    pub fn with_settled<'v>(
        mut self,
        project: &Project,
        evaluation: &Evaluation,
        cycle: Option<&CycleGoals>,
        visited: impl Iterator<Item = (&'v ItemId, usize, AgendaSection)>,
    ) -> Self {
        let sight = Sight { project, evaluation, cycle };
        let mut changed = false;
        for (id, place, section) in visited {
            if self.places.contains_key(id) {
                continue;
            }
            let Some(mut item) = sight.settled(id) else { continue };
            let place = place.min(self.items.len());
            let after = place.checked_sub(1).map_or(section, |before| section.max(self.items[before].section));
            item.section = self.items.get(place).map_or(after, |next| after.min(next.section));
            self.items.insert(place, item);
            changed = true;
        }
        if changed { Self::of(self.items) } else { self }
    }

    pub fn place(&self, id: &ItemId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The item that is about a goal.
    pub fn of_goal(&self, goal: &GoalId) -> Option<&AgendaItem> {
        self.items.get(self.place(&ItemId::Goal(goal.clone()))?)
    }

    /// The item that is about a metric: its own, or that of the key result that it measures.
    pub fn of_metric(&self, metric: &MetricId) -> Option<&AgendaItem> {
        let own = self.place(&ItemId::Metric(metric.clone())).and_then(|place| self.items.get(place));
        own.or_else(|| self.items.iter().find(|item| item.goal.is_some() && item.metric.as_ref() == Some(metric)))
    }
}

impl AgendaItem {
    /// All that is to be said of it.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// What is gathered under one item.
struct Gathered<'a> {
    section: AgendaSection,
    news: Vec<&'a News>,
}

/// The agenda of a day: what is news, in the order given (the most pressing first), by what it is about; then what is open from earlier
/// meetings; then the objectives that nothing is said of. News of a metric belongs to the key result that it measures. Of a cycle, only
/// what concerns its goals.
pub fn agenda(project: &Project, tree: &Tree, evaluation: &Evaluation, news: &[Arc<News>], cycle: Option<&CycleGoals>) -> Agenda {
    let sight = Sight { project, evaluation, cycle };
    let measured = sight.measured(tree);
    let mut gathered: BTreeMap<ItemId, Gathered<'_>> = BTreeMap::new();
    let mut order: Vec<ItemId> = Vec::new();
    for each in news {
        let id = match &each.place {
            Place::Goal(goal) if sight.shows(goal) => ItemId::Goal(goal.clone()),
            Place::Metric(metric) => match measured.get(metric) {
                Some(goals) => ItemId::Goal(GoalId::clone(
                    goals.iter().find(|g| gathered.contains_key(&ItemId::Goal(GoalId::clone(g)))).unwrap_or(&goals[0]),
                )),
                None if sight.concerns(metric) => ItemId::Metric(metric.clone()),
                None => continue,
            },
            _ => continue,
        };
        let known = gathered.entry(id.clone()).or_insert_with(|| {
            order.push(id);
            Gathered { section: AgendaSection::of(each), news: Vec::new() }
        });
        known.news.push(each);
    }
    let mut items: Vec<AgendaItem> = order.iter().filter_map(|id| sight.item(id, gathered.get(id)?)).collect();
    items.extend(sight.open_entries());
    items.extend(sight.other_objectives(tree, &gathered));
    Agenda::of(items)
}

struct Sight<'a> {
    project: &'a Project,
    evaluation: &'a Evaluation,
    cycle: Option<&'a CycleGoals>,
}

impl<'a> Sight<'a> {
    fn as_of(&self) -> Date {
        self.evaluation.as_of
    }

    fn shows(&self, goal: &GoalId) -> bool {
        self.cycle.is_none_or(|c| c.shows(goal))
    }

    /// Whether nobody put it away, nor anything above it.
    fn is_pursued(&self, goal: &GoalId) -> bool {
        Tree::path(self.project, goal)
            .into_iter()
            .all(|g| !g.archived && (g.state == GoalState::Active || g.state.since().is_some_and(|since| since > self.as_of())))
    }

    /// The key results that pursue each metric, in the order of the tree.
    fn measured(&self, tree: &Tree) -> BTreeMap<&'a MetricId, Vec<&'a GoalId>> {
        let mut found: BTreeMap<&MetricId, Vec<&GoalId>> = BTreeMap::new();
        for visit in tree.walk() {
            let Some(goal) = self.project.goal(visit.goal) else { continue };
            if let Some(metric) = goal.as_key_result().and_then(|k| k.metric.as_ref())
                && self.shows(&goal.id)
                && self.is_pursued(&goal.id)
            {
                found.entry(metric).or_default().push(&goal.id);
            }
        }
        found
    }

    /// Whether a metric has to do with what is shown.
    fn concerns(&self, metric: &MetricId) -> bool {
        let Some(cycle) = self.cycle else { return true };
        self.project.supported_goals(metric).into_iter().any(|(goal, _)| cycle.shows(&goal.id))
    }

    fn item(&self, id: &ItemId, gathered: &Gathered<'_>) -> Option<AgendaItem> {
        let Gathered { section, news } = gathered;
        let (title, status, goal, metric) = match id {
            ItemId::Goal(id) => {
                let goal = self.project.goal(id)?;
                let status = self.evaluation.goal(id).map(|r| r.status);
                (goal.title.clone(), status, Some(id.clone()), goal.as_key_result().and_then(|k| k.metric.clone()))
            }
            ItemId::Metric(id) => (self.project.metric(id)?.name.clone(), None, None, Some(id.clone())),
            ItemId::Entry(_) => return None,
        };
        let mut words: Vec<&str> = Vec::new();
        for each in news.iter().map(|n| short(n)) {
            if !words.contains(&each) {
                words.push(each);
            }
        }
        let sentences = news.iter().map(|n| AgendaSentence { tone: n.tone, number: n.number.clone(), text: n.sentence.clone() });
        Some(AgendaItem {
            id: id.clone(),
            section: *section,
            title,
            label: capitalised(&words.join(" · ")),
            number: news.first().map_or_else(String::new, |n| n.number.clone()),
            sentences: sentences.collect(),
            status,
            goal,
            metric,
        })
    }

    /// What earlier meetings left open: the longest overdue first, then by the day it is due, then without one.
    fn open_entries(&self) -> Vec<AgendaItem> {
        let concerned = |entry: &&MeetingEntry| match (&entry.goal, &entry.metric) {
            (Some(goal), _) => self.shows(goal),
            (None, Some(metric)) => self.concerns(metric),
            (None, None) => true,
        };
        let earlier = self.project.meeting_log.values().filter(|e| e.date < self.as_of() && e.is_open(self.as_of()));
        let mut open: Vec<&MeetingEntry> = earlier.filter(concerned).collect();
        open.sort_by_key(|e| (e.due.is_none(), e.due, log_order(e)));
        open.into_iter().map(|entry| self.entry_item(entry)).collect()
    }

    fn entry_item(&self, entry: &MeetingEntry) -> AgendaItem {
        let words = open_words(entry, self.as_of());
        let tone = if entry.is_overdue(self.as_of()) { Tone::Worse } else { Tone::Neither };
        let about = about_words(self.project, entry).map_or_else(String::new, |about| format!(" It is about “{about}”."));
        let text = format!("{}{about}", words.sentence);
        AgendaItem {
            id: ItemId::Entry(entry.id.clone()),
            section: AgendaSection::Open,
            title: entry.text.clone(),
            label: words.label,
            number: words.number.clone(),
            sentences: vec![AgendaSentence { tone, number: words.number, text }],
            status: None,
            goal: entry.goal.clone(),
            metric: entry.metric.clone(),
        }
    }

    /// An item of which there is nothing left to be said.
    fn settled(&self, id: &ItemId) -> Option<AgendaItem> {
        let item = |title: &str, goal: Option<&GoalId>, metric: Option<&MetricId>, text: String, number: String| AgendaItem {
            id: id.clone(),
            section: AgendaSection::Rest,
            title: title.to_owned(),
            label: "Settled".to_owned(),
            number: number.clone(),
            sentences: vec![AgendaSentence { tone: Tone::Neither, number, text }],
            status: goal.and_then(|g| self.evaluation.goal(g)).map(|r| r.status),
            goal: goal.cloned(),
            metric: metric.cloned(),
        };
        let progress = |p: Option<f64>| p.map_or_else(|| "–".to_owned(), |p| self.project.settings.locale.percent(p, 0));
        match id {
            ItemId::Goal(id) => {
                let goal = self.project.goal(id).filter(|g| self.shows(&g.id))?;
                let result = self.evaluation.goal(id)?;
                let metric = goal.as_key_result().and_then(|k| k.metric.as_ref());
                let text = format!("Nothing is left to look at here. {}", result.reason);
                Some(item(&goal.title, Some(id), metric, text, progress(result.progress)))
            }
            ItemId::Metric(id) => {
                let metric = self.project.metric(id).filter(|m| self.concerns(&m.id))?;
                Some(item(&metric.name, None, Some(id), "Nothing is left to look at here.".to_owned(), String::new()))
            }
            ItemId::Entry(id) => {
                let entry = self.project.meeting_log.get(id)?;
                let text = match entry.done_on.filter(|done| *done <= self.as_of()) {
                    Some(done) => format!("Done on {}.", date_words(done)),
                    None if entry.outcome.is_empty() => "It is not open any more.".to_owned(),
                    None => entry.outcome.clone(),
                };
                Some(item(&entry.text, entry.goal.as_ref(), entry.metric.as_ref(), text, String::new()))
            }
        }
    }

    fn other_objectives(&self, tree: &Tree, said: &BTreeMap<ItemId, Gathered<'_>>) -> Vec<AgendaItem> {
        let locale = self.project.settings.locale;
        let item = |goal: &Goal| {
            let result = self.evaluation.goal(&goal.id)?;
            let number = result.progress.map_or_else(|| "–".to_owned(), |p| locale.percent(p, 0));
            let sentence = AgendaSentence { tone: Tone::Neither, number: number.clone(), text: result.reason.clone() };
            Some(AgendaItem {
                id: ItemId::Goal(goal.id.clone()),
                section: AgendaSection::Rest,
                title: goal.title.clone(),
                label: match result.span.due {
                    Some(due) => format!("{} · due {}", result.status.word(), date_words(due)),
                    None => result.status.word().to_owned(),
                },
                number,
                sentences: vec![sentence],
                status: Some(result.status),
                goal: Some(goal.id.clone()),
                metric: None,
            })
        };
        let objectives = tree.walk().into_iter().filter_map(|visit| self.project.goal(visit.goal)).filter(|g| g.is_objective());
        let rest = objectives.filter(|g| !said.contains_key(&ItemId::Goal(g.id.clone())) && self.shows(&g.id) && self.is_pursued(&g.id));
        rest.filter_map(item).collect()
    }
}

fn short(news: &News) -> &'static str {
    match (news.kind, news.tone) {
        (NewsKind::Guardrail, _) => "guardrail tripped",
        (NewsKind::Status, Tone::Worse) => "got worse",
        (NewsKind::Status, Tone::Better) => "got better",
        (NewsKind::Status, Tone::Neither) => "status changed",
        (NewsKind::Forecast, Tone::Worse) => "less likely",
        (NewsKind::Forecast, Tone::Better) => "more likely",
        (NewsKind::Forecast, Tone::Neither) => "likelihood changed",
        (NewsKind::Signal, Tone::Worse) => "signal to the bad side",
        (NewsKind::Signal, Tone::Better) => "signal to the good side",
        (NewsKind::Signal, Tone::Neither) => "signal",
        (NewsKind::Overdue, _) => "check-in overdue",
        (NewsKind::Gap, _) => "no new data",
    }
}
