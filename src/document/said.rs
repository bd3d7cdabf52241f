//! A project in words: what each thing is called, and what each of its fields says to somebody who reads it.
//!
//! Conflicts of a merge and differences between two projects are told with these words.

use crate::model::{
    Aim, CheckIn, Contribution, Date, Event, Goal, GoalKind, GoalState, KeyResult, LinkKey, MeetingEntry, Metric, Origin, Place, Project,
    Unit, Weight, date_words,
};

/// Fields of a thing, as people read their names, with what they say; nothing in a field is "–".
pub(super) type Fields = Vec<(&'static str, String)>;

const NOTHING: &str = "–";

/// "Goal “Become the daily habit”"; `None` where the project lacks it.
pub(super) fn name(project: &Project, place: &Place) -> Option<String> {
    let quoted = |text: &str| super::edits::quoted(text);
    Some(match place {
        Place::Project => "The project".to_owned(),
        Place::Settings => "The settings".to_owned(),
        Place::Deck => "The deck".to_owned(),
        Place::Goal(id) => {
            let goal = project.goal(id)?;
            format!("{} {}", goal.kind.word(), quoted(&goal.title))
        }
        Place::Metric(id) => format!("Metric {}", quoted(&project.metric(id)?.name)),
        Place::Link(key) => {
            project.links.get(key)?;
            link_name(project, key)
        }
        Place::Cycle(id) => format!("Cycle {}", quoted(&project.cycles.get(id)?.name)),
        Place::Event(id) => format!("Event {}", quoted(&project.events.get(id)?.title)),
        Place::CheckIn(id) => {
            let check_in = project.check_ins.get(id)?;
            let goal = project.goal(&check_in.goal).map_or(NOTHING, |g| g.title.as_str());
            format!("Check-in of {} on {}", quoted(goal), date_words(check_in.date))
        }
        Place::MeetingEntry(id) => {
            let entry = project.meeting_log.get(id)?;
            format!("{} {}", entry.kind.word(), quoted(&entry.text))
        }
        Place::Recipe(id) => format!("Import recipe {}", quoted(&project.recipes.get(id)?.name)),
    })
}

fn link_name(project: &Project, key: &LinkKey) -> String {
    let metric = project.metric(&key.metric).map_or(NOTHING, |m| m.name.as_str());
    let goal = project.goal(&key.goal).map_or(NOTHING, |g| g.title.as_str());
    format!("Link of {} to {}", super::edits::quoted(metric), super::edits::quoted(goal))
}

/// What the fields of a thing say; `None` where the project lacks it. Values of metrics are told point by point ([`point`]).
pub(super) fn fields(project: &Project, place: &Place) -> Option<Fields> {
    Some(match place {
        Place::Project => vec![
            ("id", project.id.to_string()),
            ("name", text(&project.name)),
            ("vision", text(&project.vision)),
            ("description", text(&project.description)),
        ],
        Place::Settings => settings(project),
        Place::Deck => deck(project),
        Place::Goal(id) => goal(project, project.goal(id)?),
        Place::Metric(id) => metric(project, project.metric(id)?),
        Place::Link(key) => {
            let link = project.links.get(key)?;
            vec![("role", link.role.word().to_owned()), ("expected lag", days(link.expected_lag_days))]
        }
        Place::Cycle(id) => {
            let cycle = project.cycles.get(id)?;
            vec![("name", text(&cycle.name)), ("days", span(Some(cycle.start), Some(cycle.end)))]
        }
        Place::Event(id) => event(project, project.events.get(id)?),
        Place::CheckIn(id) => check_in(project, project.check_ins.get(id)?),
        Place::MeetingEntry(id) => entry(project, project.meeting_log.get(id)?),
        Place::Recipe(id) => {
            project.recipes.get(id)?;
            vec![("recipe", "changed".to_owned())]
        }
    })
}

/// What the value of a metric at the time that "value on 2026-03-01" names is; `None` for any other field.
pub(super) fn point(project: &Project, place: &Place, field: &str) -> Option<String> {
    let (Place::Metric(id), Some(at)) = (place, field.strip_prefix("value on ")) else { return None };
    let metric = project.metric(id)?;
    let found = metric.series.points().find(|point| point.at.to_string() == at);
    Some(found.map_or_else(|| "removed".to_owned(), |point| value(project, Some(metric), point.value)))
}

/// A value with the unit of a metric.
pub(super) fn value(project: &Project, metric: Option<&Metric>, value: f64) -> String {
    let locale = &project.settings.locale;
    metric.map_or_else(|| locale.value(value, &Unit::Count, 2), |m| locale.value(value, &m.unit, m.decimals))
}

fn text(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { NOTHING.to_owned() } else { text.to_owned() }
}

fn date(date: Option<Date>) -> String {
    date.map_or_else(|| NOTHING.to_owned(), date_words)
}

fn span(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} to {}", date_words(from), date_words(to)),
        (from, to) => date(from.or(to)),
    }
}

fn days(days: Option<u32>) -> String {
    days.map_or_else(|| NOTHING.to_owned(), |n| if n == 1 { "1 day".to_owned() } else { format!("{n} days") })
}

fn yes(holds: bool) -> String {
    if holds { "yes" } else { "no" }.to_owned()
}

fn count(n: usize, noun: &str) -> String {
    match n {
        0 => NOTHING.to_owned(),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// The name of a variant in words: `PointsBehind` is "points behind".
fn variant(value: &impl std::fmt::Debug) -> String {
    let debug = format!("{value:?}");
    let name: String = debug.chars().take_while(|c| c.is_alphanumeric()).collect();
    let mut words = String::new();
    for (index, c) in name.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

fn option(value: Option<&impl std::fmt::Debug>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |v| variant(v))
}

fn settings(project: &Project) -> Fields {
    let s = &project.settings;
    vec![
        ("as-of day", date(s.as_of)),
        ("calendar", format!("{:?}", s.calendar)),
        ("number format", format!("{:?}", s.locale)),
        ("currency", s.currency.clone()),
        ("status rules", format!("{}, {}", variant(&s.status.preset), variant(&s.status.objective))),
        ("check-in cadence", s.check_in_cadence.word().to_owned()),
        ("stage", option(s.stage.as_ref())),
        ("roll-up cap", s.roll_up_cap.to_string()),
        ("rules off", s.lint_off.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
    ]
}

fn deck(project: &Project) -> Fields {
    let deck = &project.deck;
    let of = |wanted: fn(&crate::model::SlideEdit) -> bool| count(deck.slides.iter().filter(|s| wanted(s)).count(), "slide");
    vec![
        ("title", text(&deck.title)),
        ("subtitle", text(&deck.subtitle)),
        ("last meeting", date(deck.last_meeting)),
        ("slides left out", of(|s| s.hidden)),
        ("titles of slides", of(|s| s.title.is_some())),
        ("notes of slides", of(|s| !s.note.is_empty())),
        ("order of slides", of(|s| s.order.is_some())),
        ("pinned charts", of(|s| s.mode.is_some())),
        ("pinned ranges", of(|s| s.range.is_some())),
    ]
}

fn goal(project: &Project, goal: &Goal) -> Fields {
    let title = |id: &crate::model::GoalId| project.goal(id).map_or_else(|| id.to_string(), |g| g.title.clone());
    let mut fields = vec![
        ("title", text(&goal.title)),
        ("parent", goal.parent.as_ref().map_or_else(|| "at the top".to_owned(), title)),
        ("place", goal.order.as_str().to_owned()),
        ("kind", goal.kind.word().to_lowercase()),
        ("description", text(&goal.description)),
        ("owner", text(&goal.owner)),
        ("cycle", goal.cycle.as_ref().and_then(|id| project.cycles.get(id)).map_or_else(|| NOTHING.to_owned(), |c| c.name.clone())),
        ("start", date(goal.start)),
        ("due date", date(goal.due)),
        ("contribution", if goal.contribution == Contribution::Contributes { "contributes" } else { "supports" }.to_owned()),
        ("weight", weight(project, goal.weight)),
        ("state", state(&goal.state)),
        ("archived", yes(goal.archived)),
        ("driven by", option(goal.driven_by.as_ref())),
        ("horizon", variant(&goal.horizon)),
        ("stage", option(goal.stage.as_ref())),
        ("tags", goal.tags.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        ("ledger", count(goal.ledger.len(), "change")),
        ("predecessor", goal.predecessor.as_ref().map_or_else(|| NOTHING.to_owned(), title)),
        ("check-in cadence", goal.check_in_cadence.map_or_else(|| NOTHING.to_owned(), |c| c.word().to_owned())),
    ];
    match &goal.kind {
        GoalKind::Objective(objective) => fields.push(("answered questions", count(objective.answered_questions.len(), "question"))),
        GoalKind::KeyResult(key_result) => fields.extend(of_key_result(project, key_result)),
        GoalKind::Initiative(initiative) => fields.extend([
            ("steps", steps(&initiative.steps)),
            ("value", initiative.value.map_or_else(|| NOTHING.to_owned(), |v| v.to_string())),
            ("effort", initiative.effort.map_or_else(|| NOTHING.to_owned(), |v| v.to_string())),
            ("declared effects", count(initiative.effects.len(), "effect")),
        ]),
    }
    fields
}

fn steps(steps: &[crate::model::Step]) -> String {
    let done = steps.iter().filter(|s| s.done_on.is_some()).count();
    format!("{done} of {} done: {}", steps.len(), steps.iter().map(|s| s.title.as_str()).collect::<Vec<_>>().join(", "))
}

fn weight(project: &Project, weight: Weight) -> String {
    match weight {
        Weight::Free(share) => format!("{share}"),
        Weight::Pinned(share) => format!("pinned to {}", project.settings.locale.percent(share, 0)),
    }
}

fn state(state: &GoalState) -> String {
    match state {
        GoalState::Active => "active".to_owned(),
        GoalState::Postponed { since, .. } => format!("postponed since {}", date_words(*since)),
        GoalState::Abandoned { since, .. } => format!("abandoned since {}", date_words(*since)),
        GoalState::Closed(closing) => format!("closed on {} with {:.1}", date_words(closing.on), closing.score),
    }
}

fn of_key_result(project: &Project, key_result: &KeyResult) -> Fields {
    let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
    let shown = |v: f64| value(project, metric, v);
    let (start, target) = match &key_result.aim {
        Aim::Increase { start, target } | Aim::Decrease { start, target } => (shown(*start), shown(*target)),
        Aim::AtLeast { threshold, .. } => (NOTHING.to_owned(), format!("at least {}", shown(*threshold))),
        Aim::AtMost { threshold, .. } => (NOTHING.to_owned(), format!("at most {}", shown(*threshold))),
        Aim::Between { low, high, .. } => (NOTHING.to_owned(), format!("{} to {}", shown(*low), shown(*high))),
        Aim::Milestone { steps: all } => (NOTHING.to_owned(), steps(all)),
        Aim::Baseline { target, .. } => ("not known yet".to_owned(), target.map_or_else(|| NOTHING.to_owned(), shown)),
    };
    let stages = key_result.stages.iter().map(|s| format!("{} by {}", shown(s.value), date_words(s.by))).collect::<Vec<_>>().join(", ");
    vec![
        ("metric", metric.map_or_else(|| NOTHING.to_owned(), |m| m.name.clone())),
        ("start value", start),
        ("target", target),
        ("aim", key_result.aim.word().to_lowercase()),
        ("pace", variant(&key_result.pace)),
        ("stages", text(&stages)),
        ("counted", if key_result.accumulating { "as a total" } else { "as a level" }.to_owned()),
    ]
}

fn metric(project: &Project, metric: &Metric) -> Fields {
    let shown = |v: f64| value(project, Some(metric), v);
    let limit = |limit: crate::model::Limit| limit.values().map(shown).collect::<Vec<_>>().join(" to ");
    let list = |texts: Vec<String>| text(&texts.join(", "));
    vec![
        ("name", text(&metric.name)),
        ("abbreviation", text(&metric.abbreviation)),
        ("synonyms", list(metric.synonyms.clone())),
        ("description", text(&metric.description)),
        ("headline", metric.headline.as_deref().map_or_else(|| NOTHING.to_owned(), text)),
        ("unit", metric.unit.words()),
        ("decimals", metric.decimals.to_string()),
        ("direction", variant(&metric.direction)),
        ("cadence", metric.cadence.word().to_owned()),
        ("aggregation", variant(&metric.aggregation)),
        ("recording", variant(&metric.recording)),
        ("category", variant(&metric.category)),
        ("level", variant(&metric.level)),
        ("bounds", list([metric.bounds.lower, metric.bounds.upper].into_iter().flatten().map(shown).collect())),
        ("owner", text(&metric.owner)),
        ("targets", list(metric.targets.iter().map(|t| format!("{} from {}", limit(t.limit), date_words(t.from))).collect())),
        ("thresholds", list(metric.thresholds.iter().map(|t| format!("{} {}", t.label, limit(t.limit))).collect())),
        ("benchmarks", list(metric.benchmarks.iter().map(|b| format!("{} {}", b.name, shown(b.value))).collect())),
        ("segment", metric.segment.as_ref().map_or_else(|| NOTHING.to_owned(), |s| format!("{}: {}", s.dimension, s.value))),
        ("origin", origin(&metric.origin)),
        ("dividers of limits", list(metric.xmr.dividers.iter().copied().map(date_words).collect())),
        ("baseline of limits", metric.xmr.baseline.map_or_else(|| NOTHING.to_owned(), |(from, to)| span(Some(from), Some(to)))),
    ]
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Recorded => "recorded".to_owned(),
        Origin::Linked(source) => format!("linked to {}", source.path),
        Origin::Computed { .. } => "computed".to_owned(),
    }
}

fn event(project: &Project, event: &Event) -> Fields {
    let metrics = event.metrics.iter().filter_map(|id| project.metric(id)).map(|m| m.name.as_str()).collect::<Vec<_>>().join(", ");
    vec![
        ("title", text(&event.title)),
        ("description", text(&event.description)),
        ("kind", event.kind.word().to_owned()),
        ("days", span(Some(event.date), event.until)),
        ("metrics", if metrics.is_empty() { "all".to_owned() } else { metrics }),
    ]
}

fn check_in(project: &Project, check_in: &CheckIn) -> Fields {
    let goal = project.goal(&check_in.goal);
    let metric = goal.and_then(Goal::as_key_result).and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
    vec![
        ("goal", goal.map_or_else(|| NOTHING.to_owned(), |g| g.title.clone())),
        ("date", date_words(check_in.date)),
        ("value", check_in.value.map_or_else(|| NOTHING.to_owned(), |v| value(project, metric, v))),
        ("confidence", check_in.confidence.map_or_else(|| NOTHING.to_owned(), |c| format!("{c} of 10"))),
        ("status", check_in.status.as_ref().map_or_else(|| NOTHING.to_owned(), |s| s.status.word().to_lowercase())),
        ("note", text(&check_in.note)),
        ("by", text(&check_in.by)),
    ]
}

fn entry(project: &Project, entry: &MeetingEntry) -> Fields {
    let goal = entry.goal.as_ref().and_then(|id| project.goal(id)).map_or_else(|| NOTHING.to_owned(), |g| g.title.clone());
    let metric = entry.metric.as_ref().and_then(|id| project.metric(id)).map_or_else(|| NOTHING.to_owned(), |m| m.name.clone());
    vec![
        ("date", date_words(entry.date)),
        ("kind", entry.kind.word().to_lowercase()),
        ("text", text(&entry.text)),
        ("owner", text(&entry.owner)),
        ("due date", date(entry.due)),
        ("done on", date(entry.done_on)),
        ("outcome", text(&entry.outcome)),
        ("goal", goal),
        ("metric", metric),
    ]
}
