//! A project field by field. Every field is named, so that a new one cannot be forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Side;
use super::desk::{Desk, Three};
use crate::model::{
    Aim, CheckIn, Cycle, Deck, Event, Goal, GoalKind, ImportRecipe, Initiative, KeyResult, LedgerEntry, Link, MeetingEntry, Metric,
    Objective, Place, Point, Project, Series, Settings, SlideEdit, Stamp, XmrSettings,
};

/// Takes each of the fields named over as a whole: `name` in the file, words as in `said`.
macro_rules! fields {
    ($desk:ident, $three:ident, $($field:ident: $words:literal),+ $(,)?) => {
        $(let $field = $desk.field($words, $three.part(|thing| &thing.$field));)+
    };
}

pub(super) fn project(desk: &mut Desk<'_>, base: &Project, ours: &Project, theirs: &Project) -> Project {
    let three = Three { base: Some(base), ours, theirs };
    desk.place = Place::Project;
    fields!(desk, three, id: "id", name: "name", vision: "vision", description: "description");
    desk.place = Place::Settings;
    let settings = settings(desk, three.part(|p| &p.settings));
    desk.place = Place::Deck;
    let deck = deck(desk, three.part(|p| &p.deck));
    Project {
        id,
        name,
        vision,
        description,
        settings,
        cycles: desk.map(three.part(|p| &p.cycles), |id| Place::Cycle(id.clone()), cycle),
        goals: desk.map(
            three.part(|p| &p.goals),
            |id| Place::Goal(id.clone()),
            |desk, three| Arc::new(goal(desk, three.part(Arc::as_ref))),
        ),
        metrics: desk.map(
            three.part(|p| &p.metrics),
            |id| Place::Metric(id.clone()),
            |desk, three| Arc::new(metric(desk, three.part(Arc::as_ref))),
        ),
        links: desk.map(three.part(|p| &p.links), |key| Place::Link(key.clone()), link),
        events: desk.map(three.part(|p| &p.events), |id| Place::Event(id.clone()), event),
        check_ins: desk.map(three.part(|p| &p.check_ins), |id| Place::CheckIn(id.clone()), check_in),
        meeting_log: desk.map(three.part(|p| &p.meeting_log), |id| Place::MeetingEntry(id.clone()), entry),
        recipes: desk.map(three.part(|p| &p.recipes), |id| Place::Recipe(id.clone()), recipe),
        deck,
    }
}

fn settings(desk: &mut Desk<'_>, three: Three<'_, Settings>) -> Settings {
    fields!(desk, three, as_of: "as-of day", calendar: "calendar", locale: "number format", currency: "currency", status: "status rules",
        check_in_cadence: "check-in cadence", stage: "stage", roll_up_cap: "roll-up cap");
    let lint_off = set(three.part(|s| &s.lint_off));
    Settings { as_of, calendar, locale, currency, status, check_in_cadence, stage, roll_up_cap, lint_off }
}

fn set<T: Ord + Clone>(three: Three<'_, BTreeSet<T>>) -> BTreeSet<T> {
    let none = BTreeSet::new();
    let base = three.base.unwrap_or(&none);
    let kept = |item: &&T| !base.contains(*item) || (three.ours.contains(*item) && three.theirs.contains(*item));
    three.ours.union(three.theirs).filter(kept).cloned().collect()
}

fn deck(desk: &mut Desk<'_>, three: Three<'_, Deck>) -> Deck {
    fields!(desk, three, title: "title", subtitle: "subtitle", last_meeting: "last meeting");
    let by_subject = |deck: &Deck| deck.slides.iter().map(|slide| (slide.subject.clone(), slide.clone())).collect::<BTreeMap<_, _>>();
    let (base, ours, theirs) = (three.base.map(by_subject), by_subject(three.ours), by_subject(three.theirs));
    let three = Three { base: base.as_ref(), ours: &ours, theirs: &theirs };
    // What both changed about slides is the deck's: nobody looks for slides one by one.
    let slides = desk.map(
        three,
        |_| Place::Deck,
        |desk, three: Three<'_, SlideEdit>| {
            fields!(desk, three, subject: "slide", hidden: "slides left out", title: "titles of slides", note: "notes of slides",
            order: "order of slides", mode: "pinned charts", range: "pinned ranges");
            SlideEdit { subject, hidden, title, note, order, mode, range }
        },
    );
    Deck { title, subtitle, last_meeting, slides: slides.into_values().collect() }
}

fn goal(desk: &mut Desk<'_>, three: Three<'_, Goal>) -> Goal {
    fields!(desk, three, id: "id", parent: "parent", order: "place", title: "title", description: "description", owner: "owner",
        cycle: "cycle", start: "start", due: "due date", contribution: "contribution", weight: "weight", state: "state",
        archived: "archived", driven_by: "driven by", horizon: "horizon", stage: "stage", predecessor: "predecessor",
        check_in_cadence: "check-in cadence");
    let kind = kind(desk, three.part(|g| &g.kind));
    let tags = set(three.part(|g| &g.tags));
    let mut ledger: Vec<LedgerEntry> = Desk::list(three.part(|g| &g.ledger));
    ledger.sort_by_key(|entry| entry.on);
    Goal {
        id,
        parent,
        order,
        title,
        description,
        kind,
        owner,
        cycle,
        start,
        due,
        contribution,
        weight,
        state,
        archived,
        driven_by,
        horizon,
        stage,
        tags,
        ledger,
        predecessor,
        check_in_cadence,
    }
}

fn kind(desk: &mut Desk<'_>, three: Three<'_, GoalKind>) -> GoalKind {
    match (three.base, three.ours, three.theirs) {
        (Some(GoalKind::Objective(base)), GoalKind::Objective(ours), GoalKind::Objective(theirs)) => {
            let three = Three { base: Some(base), ours, theirs };
            GoalKind::Objective(Objective { answered_questions: set(three.part(|o| &o.answered_questions)) })
        }
        (Some(GoalKind::KeyResult(base)), GoalKind::KeyResult(ours), GoalKind::KeyResult(theirs)) => {
            let three = Three { base: Some(base), ours, theirs };
            fields!(desk, three, metric: "metric", pace: "pace", stages: "stages", accumulating: "counted");
            GoalKind::KeyResult(KeyResult { metric, aim: aim(desk, three.part(|k| &k.aim)), pace, stages, accumulating })
        }
        (Some(GoalKind::Initiative(base)), GoalKind::Initiative(ours), GoalKind::Initiative(theirs)) => {
            let three = Three { base: Some(base), ours, theirs };
            fields!(desk, three, steps: "steps", value: "value", effort: "effort");
            GoalKind::Initiative(Initiative { steps, value, effort, effects: Desk::list(three.part(|i| &i.effects)) })
        }
        _ => desk.field("kind", three),
    }
}

/// Start and target are two things that two people may change.
fn aim(desk: &mut Desk<'_>, three: Three<'_, Aim>) -> Aim {
    let mut each = |base: (&f64, &f64), ours: (&f64, &f64), theirs: (&f64, &f64)| {
        let start = desk.field("start value", Three { base: Some(base.0), ours: ours.0, theirs: theirs.0 });
        let target = desk.field("target", Three { base: Some(base.1), ours: ours.1, theirs: theirs.1 });
        (start, target)
    };
    match (three.base, three.ours, three.theirs) {
        (Some(Aim::Increase { start: b, target: bt }), Aim::Increase { start: o, target: ot }, Aim::Increase { start: t, target: tt }) => {
            let (start, target) = each((b, bt), (o, ot), (t, tt));
            Aim::Increase { start, target }
        }
        (Some(Aim::Decrease { start: b, target: bt }), Aim::Decrease { start: o, target: ot }, Aim::Decrease { start: t, target: tt }) => {
            let (start, target) = each((b, bt), (o, ot), (t, tt));
            Aim::Decrease { start, target }
        }
        _ => desk.field("target", three),
    }
}

fn metric(desk: &mut Desk<'_>, three: Three<'_, Metric>) -> Metric {
    fields!(desk, three, id: "id", name: "name", abbreviation: "abbreviation", description: "description", headline: "headline",
        unit: "unit", decimals: "decimals", direction: "direction", cadence: "cadence", aggregation: "aggregation",
        recording: "recording", category: "category", level: "level", bounds: "bounds", owner: "owner", targets: "targets",
        segment: "segment", origin: "origin");
    let xmr = three.part(|m| &m.xmr);
    Metric {
        id,
        name,
        abbreviation,
        synonyms: Desk::list(three.part(|m| &m.synonyms)),
        description,
        headline,
        unit,
        decimals,
        direction,
        cadence,
        aggregation,
        recording,
        category,
        level,
        bounds,
        owner,
        targets,
        thresholds: Desk::list(three.part(|m| &m.thresholds)),
        benchmarks: Desk::list(three.part(|m| &m.benchmarks)),
        segment,
        origin,
        xmr: XmrSettings {
            dividers: desk.field("dividers of limits", xmr.part(|x| &x.dividers)),
            baseline: desk.field("baseline of limits", xmr.part(|x| &x.baseline)),
        },
        series: series(desk, three.part(|m| &m.series)),
    }
}

/// Point by point.
fn series(desk: &mut Desk<'_>, three: Three<'_, Arc<Series>>) -> Arc<Series> {
    let Three { base, ours, theirs } = three;
    if ours == theirs || base == Some(theirs) {
        return Arc::clone(ours);
    }
    if base == Some(ours) {
        return Arc::clone(theirs);
    }
    let points = |series: &Arc<Series>| series.points().map(|point| (point.at, point)).collect::<BTreeMap<Stamp, Point>>();
    let (base, ours_at, theirs_at) = (base.map(points).unwrap_or_default(), points(ours), points(theirs));
    let stamps: BTreeSet<Stamp> = ours_at.keys().chain(theirs_at.keys()).copied().collect();
    let place = desk.place.clone();
    let merged = stamps.into_iter().filter_map(|at| {
        let (base, ours, theirs) = (base.get(&at), ours_at.get(&at), theirs_at.get(&at));
        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }
        // What one side removed and the other changed stays.
        let otherwise = if ours.is_some() { Side::Ours } else { Side::Theirs };
        match desk.conflict(place.clone(), &format!("value on {at}"), otherwise) {
            Side::Ours => ours.cloned(),
            Side::Theirs => theirs.cloned(),
        }
    });
    Series::from_points(merged.collect::<Vec<_>>()).map_or_else(|_| Arc::clone(ours), Arc::new)
}

fn link(desk: &mut Desk<'_>, three: Three<'_, Link>) -> Link {
    fields!(desk, three, goal: "goal", metric: "metric", role: "role", expected_lag_days: "expected lag");
    Link { goal, metric, role, expected_lag_days }
}

fn cycle(desk: &mut Desk<'_>, three: Three<'_, Cycle>) -> Cycle {
    fields!(desk, three, id: "id", name: "name");
    // Both ends belong together: each alone could pass the other.
    let ends = |cycle: &Cycle| (cycle.start, cycle.end);
    let (base, ours, theirs) = (three.base.map(ends), ends(three.ours), ends(three.theirs));
    let (start, end) = desk.field("days", Three { base: base.as_ref(), ours: &ours, theirs: &theirs });
    Cycle { id, name, start, end }
}

fn event(desk: &mut Desk<'_>, three: Three<'_, Event>) -> Event {
    fields!(desk, three, id: "id", title: "title", description: "description", kind: "kind");
    let days = |event: &Event| (event.date, event.until);
    let (base, ours, theirs) = (three.base.map(days), days(three.ours), days(three.theirs));
    let (date, until) = desk.field("days", Three { base: base.as_ref(), ours: &ours, theirs: &theirs });
    let mut metrics = Desk::list(three.part(|e| &e.metrics));
    metrics.sort();
    metrics.dedup();
    Event { id, date, until, title, description, kind, metrics }
}

fn check_in(desk: &mut Desk<'_>, three: Three<'_, CheckIn>) -> CheckIn {
    fields!(desk, three, id: "id", goal: "goal", date: "date", value: "value", confidence: "confidence", status: "status", note: "note",
        by: "by");
    CheckIn { id, goal, date, value, confidence, status, note, by }
}

fn entry(desk: &mut Desk<'_>, three: Three<'_, MeetingEntry>) -> MeetingEntry {
    fields!(desk, three, id: "id", date: "date", kind: "kind", text: "text", owner: "owner", due: "due date", done_on: "done on",
        outcome: "outcome", goal: "goal", metric: "metric");
    MeetingEntry { id, date, kind, text, owner, due, done_on, outcome, goal, metric }
}

fn recipe(desk: &mut Desk<'_>, three: Three<'_, ImportRecipe>) -> ImportRecipe {
    desk.field("recipe", three)
}
