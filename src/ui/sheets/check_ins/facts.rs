//! What each row of the grid says of its goal: what is known, what is expected, and where a value goes.

use chrono::Datelike as _;

use crate::analysis::{CheckIns, PointPlace, ValueSaid, WhyNoValue, expected_there, last_value, value_said};
use crate::document::edits;
use crate::model::{Cadence, CheckIn, Date, Goal, GoalId, Locale, Metric, Project, Status, Unit, date_words, day_words, period_words};
use crate::ui::scene::Scene;
use crate::workspace::CheckInsOn;

/// What a row knows of its goal.
#[derive(Clone, Debug)]
pub(super) struct RowFacts {
    pub(super) goal: GoalId,
    pub(super) title: String,
    /// "3 weeks overdue · last on 19 Oct 2026".
    pub(super) due: String,
    pub(super) is_overdue: bool,
    pub(super) value: ValueFacts,
    /// The last one, 0…10.
    pub(super) confidence: Option<u8>,
    pub(super) computed: Status,
    /// The check-in of this day that is there already.
    pub(super) there: Option<CheckIn>,
}

/// What the value cell shows and takes.
#[derive(Clone, Debug)]
pub(super) enum ValueFacts {
    Entered(Box<EnteredValue>),
    /// Why no value is taken.
    ReadOnly(String),
}

#[derive(Clone, Debug)]
pub(super) struct EnteredValue {
    pub(super) unit: Unit,
    pub(super) locale: Locale,
    /// What was known before.
    pub(super) last: Option<f64>,
    /// Where it goes beside the check-in; empty where the check-in is the data.
    pub(super) places: Vec<PlaceFacts>,
    /// Where there is no place.
    pub(super) expected: Option<String>,
    pub(super) metric: Option<Metric>,
}

impl EnteredValue {
    /// A value with its unit.
    pub(super) fn write(&self, value: f64) -> String {
        written(self.locale, self.metric.as_ref(), value)
    }
}

#[derive(Clone, Debug)]
pub(super) struct PlaceFacts {
    pub(super) place: PointPlace,
    /// "Oct 2026", "Nov 2026, to 21 Nov".
    pub(super) words: String,
    /// "replaces 8.52 M".
    pub(super) replaces: Option<String>,
    pub(super) expected: Option<String>,
}

/// The goals that a sheet is about, in the order of the tree.
pub(super) fn goals_of(scene: &Scene<'_>, on: &CheckInsOn) -> Vec<GoalId> {
    let check_ins = scene.memos.check_ins(scene.document, scene.as_of);
    let is_due = |id: &GoalId| check_ins.get(id).is_some_and(|c| c.is_due);
    let walk = scene.tree.walk();
    let in_order = walk.iter().map(|visit| visit.goal);
    match on {
        CheckInsOn::Due => in_order.filter(|id| is_due(id)).cloned().collect(),
        CheckInsOn::Goals(chosen) => {
            let under_chosen = |id: &GoalId| {
                crate::model::Tree::path(scene.project, id).iter().any(|above| above.is_objective() && chosen.contains(&above.id))
            };
            in_order.filter(|id| chosen.contains(id) || (is_due(id) && under_chosen(id))).cloned().collect()
        }
    }
}

pub(super) fn row_facts(scene: &Scene<'_>, id: &GoalId) -> Option<RowFacts> {
    let goal = scene.project.goal(id)?;
    let check_ins = scene.memos.check_ins(scene.document, scene.as_of);
    let stand = check_ins.get(id);
    let result = scene.evaluation.goal(id);
    Some(RowFacts {
        goal: id.clone(),
        title: goal.title.clone(),
        due: due_words(stand),
        is_overdue: stand.is_some_and(|c| c.overdue > 0),
        value: value_facts(scene.project, goal, scene.as_of),
        confidence: stand.and_then(|c| c.confidence),
        computed: result.map_or(Status::NoData, |r| r.computed),
        there: edits::check_in_on(scene.project, id, scene.as_of).cloned(),
    })
}

fn due_words(stand: Option<&CheckIns>) -> String {
    let Some(stand) = stand else { return String::new() };
    let last = stand.last.map_or_else(|| "no check-in yet".to_owned(), |last| format!("last on {}", date_words(last)));
    let due = stand.due_words().or_else(|| stand.due.map(|due| format!("next due by {}", date_words(due))));
    match due {
        Some(due) => format!("{due} · {last}"),
        None => last,
    }
}

fn value_facts(project: &Project, goal: &Goal, on: Date) -> ValueFacts {
    let locale = project.settings.locale;
    let (metric, places) = match value_said(project, goal, on) {
        ValueSaid::Elsewhere(why) => return ValueFacts::ReadOnly(why_words(why)),
        ValueSaid::Data => (None, Vec::new()),
        ValueSaid::Point { metric, places } => (Some(metric), places),
    };
    let calendar = project.settings.calendar;
    let write = |value: f64| written(locale, metric, value);
    let last = last_value(project, goal, on).map(|known| known.value);
    // The year goes without saying where it is this one.
    let this_year = format!(" {}", on.year());
    let expected = |place: Option<&PointPlace>| expected_there(project, goal, place, on).map(write);
    let place_facts = |place: PointPlace| {
        let period = metric.map_or_else(String::new, |m| period_words(&calendar, m.cadence, place.period));
        let period = if calendar.period_of(Cadence::Yearly, on) == place.period { period } else { period.replace(&this_year, "") };
        PlaceFacts {
            words: place.data_to.map_or_else(|| period.clone(), |to| format!("{period}, to {}", day_words(to))),
            replaces: place.replaces.map(|value| format!("replaces {}", write(value))),
            expected: expected(Some(&place)),
            place,
        }
    };
    ValueFacts::Entered(Box::new(EnteredValue {
        unit: metric.map_or(Unit::Ratio, |m| m.unit.clone()),
        locale,
        last,
        expected: if places.is_empty() { expected(None) } else { None },
        places: places.into_iter().map(place_facts).collect(),
        metric: metric.cloned(),
    }))
}

fn written(locale: Locale, metric: Option<&Metric>, value: f64) -> String {
    metric.map_or_else(|| locale.short(value, 2), |m| locale.value(value, &m.unit, m.decimals))
}

fn why_words(why: WhyNoValue<'_>) -> String {
    match why {
        WhyNoValue::Steps => "From its steps".to_owned(),
        WhyNoValue::Parts => "From the goals under it".to_owned(),
        WhyNoValue::Computed(metric) => format!("{} is computed by its formula", metric.short_name()),
        WhyNoValue::Linked { metric, path } => format!("{} follows {path}", metric.short_name()),
    }
}
