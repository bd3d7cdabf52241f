//! Arbitrary edits for property tests: sound ones and ones that must be refused, near to what the project holds.

use chrono::Days;

use super::{Edit, Entity, EntityId, Heading, edits};
use crate::model::{
    Aim, CheckIn, CheckInId, Contribution, Cycle, CycleId, Date, Deck, Direction, Event, EventId, EventKind, Formula, Goal, GoalId,
    GoalKind, Initiative, KeyResult, Link, MeetingEntry, MeetingEntryId, MeetingEntryKind, Metric, MetricId, MissingInput, Objective,
    Origin, Pace, Point, Project, Role, SegmentOf, SlideEdit, SlideSubject, Stamp, Weight,
};
use std::sync::Arc;

/// A stream of numbers that follows from a seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.bits() % n.max(1) as u64) as usize
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// One of these; now and then, or where there is none, something else.
    fn near<T: Clone>(&mut self, from: &[T], other: impl FnOnce(u64) -> T) -> T {
        if from.is_empty() || self.below(12) == 0 { other(self.bits() % 4) } else { self.pick(from) }
    }

    pub(crate) fn goal(&mut self, project: &Project) -> GoalId {
        self.near(&project.goals.keys().cloned().collect::<Vec<_>>(), GoalId::from_random)
    }

    pub(crate) fn metric(&mut self, project: &Project) -> MetricId {
        self.near(&project.metrics.keys().cloned().collect::<Vec<_>>(), MetricId::from_random)
    }

    fn cycle(&mut self, project: &Project) -> CycleId {
        self.near(&project.cycles.keys().cloned().collect::<Vec<_>>(), CycleId::from_random)
    }

    fn date(&mut self) -> Date {
        Date::default() + Days::new(self.bits() % 40_000)
    }

    fn value(&mut self) -> f64 {
        match self.below(12) {
            0 => f64::NAN,
            n => n as f64 * 10.0 - 20.0,
        }
    }

    fn word(&mut self) -> String {
        self.pick(&["", "Ship it", "Grow", "Ü 日本"]).to_owned()
    }
}

/// An edit of the project, sound or not.
pub(crate) fn edit(project: &Project, random: &mut Random) -> Edit {
    match random.below(16) {
        0..=3 => put_goal(project, random),
        4 | 5 => put_metric(project, random),
        6 => points(project, random),
        7 | 8 => record(project, random),
        9 => remove(project, random),
        10 => whole(project, random),
        11 => {
            let goal = random.goal(project);
            edits::remove_goal(project, &goal).map_or_else(|_| Edit::Remove(EntityId::Goal(goal)), |c| c.edit)
        }
        12 => {
            let metric = random.metric(project);
            edits::remove_metric(project, &metric).map_or_else(|_| Edit::Remove(EntityId::Metric(metric)), |c| c.edit)
        }
        13 => moved(project, random),
        _ => Edit::Batch((0..random.below(4)).map(|_| edit(project, random)).collect()),
    }
}

fn moved(project: &Project, random: &mut Random) -> Edit {
    let (id, parent, before) = (random.goal(project), random.goal(project), random.goal(project));
    let Some(goal) = project.goal(&id) else { return Edit::Batch(Vec::new()) };
    let parent = if random.below(4) == 0 { None } else { Some(&parent) };
    edits::move_goal(project, goal, parent, Some(&before)).edit
}

fn put_goal(project: &Project, random: &mut Random) -> Edit {
    let id = random.goal(project);
    let new = || Goal::objective(id.clone(), None, "New");
    let mut goal = project.goal(&id).cloned().unwrap_or_else(new);
    match random.below(11) {
        0 => goal.title = random.word(),
        1 => goal.parent = if random.below(3) == 0 { None } else { Some(random.goal(project)) },
        2 => goal.weight = Weight::Pinned(random.below(13) as f64 / 10.0),
        3 => goal.cycle = Some(random.cycle(project)),
        4 => goal.due = Some(random.date()),
        5 => goal.predecessor = Some(random.goal(project)),
        6 => goal.contribution = random.pick(&[Contribution::Contributes, Contribution::Supports]),
        7 => goal.kind = GoalKind::Objective(Objective::default()),
        8 => goal.kind = GoalKind::Initiative(Initiative { steps: Vec::new(), ..edits::one_step_initiative() }),
        9 => return edits::set_target(&goal, random.value(), random.date(), "").edit,
        _ => {
            let aim = match random.below(4) {
                0 => Aim::Increase { start: random.value(), target: random.value() },
                1 => Aim::AtMost { threshold: random.value(), required_share: 0.5 },
                2 => Aim::Baseline { direction: Direction::Up, target: None },
                _ => edits::one_step_milestone(),
            };
            let metric = if random.below(3) == 0 { None } else { Some(random.metric(project)) };
            let pace = random.pick(&[Pace::Linear, Pace::Compound, Pace::Steps]);
            goal.kind = GoalKind::KeyResult(KeyResult { pace, ..KeyResult::new(aim, metric) });
        }
    }
    Edit::from(goal)
}

fn put_metric(project: &Project, random: &mut Random) -> Edit {
    let id = random.metric(project);
    let mut metric = project.metric(&id).cloned().unwrap_or_else(|| Metric::new(id.clone(), "New"));
    match random.below(6) {
        0 => metric.name = random.word(),
        1 => metric.decimals = random.below(12) as u8,
        2 => metric.bounds.lower = Some(random.value()),
        3 => {
            let whole = random.metric(project);
            metric.segment = Some(SegmentOf { whole, dimension: "plan".to_owned(), value: "free".to_owned() });
        }
        4 => metric.cadence = random.pick(&crate::model::Cadence::ALL),
        _ => {
            let (a, b) = (random.metric(project), random.metric(project));
            let sum = Formula::parse(&format!("[{a}] + segments([{b}])")).unwrap();
            return edits::set_formula(&metric, sum, MissingInput::Missing).edit;
        }
    }
    Edit::from(metric)
}

fn points(project: &Project, random: &mut Random) -> Edit {
    let metric = random.metric(project);
    let there: Vec<Stamp> = project.metric(&metric).map(|m| m.series.times().to_vec()).unwrap_or_default();
    let changes = (0..random.below(40))
        .map(|_| {
            let date = random.date();
            let at = random.near(&there, |hour| Stamp::from_seconds(Stamp::from_date(date).seconds() + (hour as i64) * 3600));
            let point = Point { note: Some("n".to_owned()), ..Point::new(at, random.value()) };
            (at, if random.below(3) == 0 { None } else { Some(point) })
        })
        .collect();
    Edit::Points { metric, changes }
}

fn record(project: &Project, random: &mut Random) -> Edit {
    let (goal, metric) = (random.goal(project), random.metric(project));
    let n = random.bits() % 6;
    Edit::Put(match random.below(6) {
        0 | 1 => Entity::Link(Link { goal, metric, role: random.pick(&Role::ALL), expected_lag_days: None }),
        2 => {
            let id = random.cycle(project);
            Entity::Cycle(Cycle { id, name: random.word(), start: random.date(), end: random.date() })
        }
        3 => Entity::Event(Event {
            id: EventId::from_random(n),
            date: random.date(),
            until: None,
            title: random.word(),
            description: String::new(),
            kind: EventKind::Release,
            metrics: vec![metric],
        }),
        4 => Entity::CheckIn(CheckIn {
            id: CheckInId::from_random(n),
            goal,
            date: random.date(),
            value: Some(random.value()),
            confidence: Some(random.below(12) as u8),
            status: None,
            note: String::new(),
            by: String::new(),
        }),
        _ => Entity::MeetingEntry(MeetingEntry {
            id: MeetingEntryId::from_random(n),
            date: random.date(),
            kind: MeetingEntryKind::Decision,
            text: random.word(),
            owner: String::new(),
            due: None,
            done_on: None,
            outcome: String::new(),
            goal: Some(goal),
            metric: Some(metric),
        }),
    })
}

fn remove(project: &Project, random: &mut Random) -> Edit {
    let mut ids: Vec<EntityId> = Vec::new();
    match random.below(4) {
        0 => ids.extend(project.cycles.keys().cloned().map(EntityId::Cycle)),
        1 => ids.extend(project.recipes.keys().cloned().map(EntityId::Recipe)),
        2 => ids.extend(project.goals.keys().cloned().map(EntityId::Goal)),
        _ => {
            ids.extend(project.links.keys().cloned().map(EntityId::Link));
            ids.extend(project.events.keys().cloned().map(EntityId::Event));
            ids.extend(project.check_ins.keys().cloned().map(EntityId::CheckIn));
            ids.extend(project.meeting_log.keys().cloned().map(EntityId::MeetingEntry));
        }
    }
    Edit::Remove(random.near(&ids, |n| EntityId::Goal(GoalId::from_random(n))))
}

fn whole(project: &Project, random: &mut Random) -> Edit {
    match random.below(3) {
        0 => Edit::Heading(Heading { name: random.word(), ..Heading::of(project) }),
        1 => {
            let mut settings = project.settings.clone();
            settings.roll_up_cap = random.value();
            settings.as_of = Some(random.date());
            Edit::Settings(Box::new(settings))
        }
        _ => {
            let (goal, metric) = (random.goal(project), random.metric(project));
            let subject = random.pick(&[SlideSubject::Objective(goal), SlideSubject::Kpi(metric)]);
            let slide = SlideEdit { subject, hidden: true, title: None, note: String::new(), order: None, mode: None, range: None };
            Edit::Deck(Box::new(Deck { slides: vec![slide], ..project.deck.clone() }))
        }
    }
}

/// The metric with a formula in place of its points, for tests that need one.
pub(crate) fn computed(id: &MetricId, formula: &str) -> Metric {
    let origin = Origin::Computed { formula: Formula::parse(formula).unwrap(), missing: MissingInput::Missing };
    Metric { origin, series: Arc::default(), ..Metric::new(id.clone(), id.as_str()) }
}
