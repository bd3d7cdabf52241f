//! Links, events, cycles, settings and the words above the project.

use super::{Change, quoted, shortened};
use crate::document::{Edit, Entity, EntityId, Heading};
use crate::model::{Cycle, CycleId, Date, Event, EventId, EventKind, Goal, Link, Metric, MetricId, Project, Role, Settings, date_words};

/// Makes a metric a KPI of a goal; a link that is there gets the role.
pub fn link(goal: &Goal, metric: &Metric, role: Role) -> Change {
    let link = Link { goal: goal.id.clone(), metric: metric.id.clone(), role, expected_lag_days: None };
    let label = format!("Link {} to {} as {}", shortened(metric.short_name()), quoted(&goal.title), role.word());
    Change::new(label, Edit::Put(Entity::Link(link)))
}

pub fn set_role(project: &Project, link: &Link, role: Role) -> Change {
    let expected_lag_days = link.expected_lag_days.filter(|_| role == Role::Driver);
    let label = format!("Change role of {}", metric_name(project, &link.metric));
    Change::new(label, Edit::Put(Entity::Link(Link { role, expected_lag_days, ..link.clone() })))
}

/// Makes a metric a KPI of another goal in place of the one that it is linked to, in the same role.
pub fn move_link(project: &Project, link: &Link, goal: &Goal) -> Change {
    let label = format!("Move {} to {}", metric_name(project, &link.metric), quoted(&goal.title));
    let moved = Link { goal: goal.id.clone(), ..link.clone() };
    Change::new(label, Edit::Batch(vec![Edit::Remove(EntityId::Link(link.key())), Edit::Put(Entity::Link(moved))]))
}

/// For a driver: the days after which it is expected to move the outcome.
pub fn set_expected_lag(project: &Project, link: &Link, days: Option<u32>) -> Change {
    let label = format!("Change expected lag of {}", metric_name(project, &link.metric));
    Change::new(label, Edit::Put(Entity::Link(Link { expected_lag_days: days, ..link.clone() })))
}

pub fn unlink(project: &Project, link: &Link) -> Change {
    let goal = project.goal(&link.goal).map_or_else(String::new, |g| format!(" from {}", quoted(&g.title)));
    let label = format!("Unlink {}{goal}", metric_name(project, &link.metric));
    Change::new(label, Edit::Remove(EntityId::Link(link.key())))
}

fn metric_name(project: &Project, metric: &MetricId) -> String {
    project.metric(metric).map_or_else(|| metric.to_string(), |m| shortened(m.short_name()))
}

pub fn new_event(id: EventId, date: Date, mut metrics: Vec<MetricId>) -> Event {
    metrics.sort();
    metrics.dedup();
    Event { id, date, until: None, title: "New event".to_owned(), description: String::new(), kind: EventKind::Other, metrics }
}

pub fn add_event(event: Event) -> Change {
    Change::new(format!("Add event {}", quoted(&event.title)), Edit::Put(Entity::Event(event)))
}

pub fn change_event(event: Event) -> Change {
    Change::new(format!("Change event {}", quoted(&event.title)), Edit::Put(Entity::Event(event)))
}

pub fn remove_event(event: &Event) -> Change {
    Change::new(format!("Remove event {}", quoted(&event.title)), Edit::Remove(EntityId::Event(event.id.clone())))
}

pub fn new_cycle(id: CycleId, start: Date, end: Date) -> Cycle {
    Cycle { id, name: format!("{} – {}", date_words(start), date_words(end)), start, end }
}

pub fn add_cycle(cycle: Cycle) -> Change {
    Change::new(format!("Add cycle {}", quoted(&cycle.name)), Edit::Put(Entity::Cycle(cycle)))
}

pub fn change_settings(settings: Settings) -> Change {
    Change::new("Change settings", Edit::Settings(Box::new(settings)))
}

/// Turns a rule of the goal lint off for the whole project, by its id; one that is off is turned on again.
pub fn toggle_lint_rule(settings: &Settings, rule: &str) -> Change {
    let mut changed = settings.clone();
    let was_off = changed.lint_off.remove(rule);
    if !was_off {
        changed.lint_off.insert(rule.to_owned());
    }
    let now = if was_off { "on" } else { "off" };
    Change::new(format!("Turn {now} the rule {rule}"), Edit::Settings(Box::new(changed)))
}

pub fn rename_project(project: &Project, name: impl Into<String>) -> Change {
    Change::new("Rename project", Edit::Heading(Heading { name: name.into(), ..Heading::of(project) }))
}

pub fn set_vision(project: &Project, vision: impl Into<String>) -> Change {
    Change::new("Change vision", Edit::Heading(Heading { vision: vision.into(), ..Heading::of(project) }))
}
