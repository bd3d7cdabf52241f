//! What each slide says.

use chrono::Datelike as _;

use super::lines::{Late, change_line, goal_line, kpi_line, takeaways};
use super::strip::strip;
use super::{Body, ChangeLine, Entry, Kicker, KpiBody, KpiLine, Pinned, Slide, Source, choice};
use crate::analysis::GoalResult;
use crate::analysis::attention::{News, Tone};
use crate::chart::review::{LogLine, LogState, line};
use crate::chart::{Context, Fact, board};
use crate::model::{
    Date, Goal, GoalId, MeetingEntry, MeetingEntryKind, Metric, MetricId, Place, SlideSubject, Status, Tree, date_words, day_words,
};

/// Rows that stay readable from the back row.
const MOST_OBJECTIVE_ROWS: usize = 7;
const MOST_KEY_RESULT_ROWS: usize = 5;
const MOST_CHANGES: usize = 5;
const LOG_LINES_A_SLIDE: usize = 6;
const TABLE_ROWS_A_SLIDE: usize = 12;

/// How many slides a subject takes; decisions take one even where there are none, since they are made on it.
pub(super) fn parts(source: &Source<'_>, subject: &SlideSubject) -> usize {
    match subject {
        SlideSubject::Agreed => parts_of_agreed(source),
        SlideSubject::Decisions => decisions(source).len().div_ceil(LOG_LINES_A_SLIDE).max(1),
        SlideSubject::Appendix => source.project.metrics.len().div_ceil(TABLE_ROWS_A_SLIDE),
        _ => 1,
    }
}

pub(super) fn parts_of_agreed(source: &Source<'_>) -> usize {
    agreed(source).len().div_ceil(LOG_LINES_A_SLIDE)
}

/// What a slide of the outline shows.
pub fn slide(source: &Source<'_>, entry: &Entry) -> Slide {
    let part = entry.id.part;
    let (drafted, kicker, body) = match &entry.id.subject {
        SlideSubject::Title => title(source),
        SlideSubject::Agreed => log(source, agreed(source), part, agreed_title),
        SlideSubject::Summary => summary(source),
        SlideSubject::Objective(goal) => objective(source, goal),
        SlideSubject::Kpi(metric) => kpi(source, metric),
        SlideSubject::Changes => changes(source),
        SlideSubject::Decisions => log(source, decisions(source), part, decisions_title),
        SlideSubject::Appendix => appendix(source, part),
    };
    let edit = source.edit(&entry.id.subject);
    let worded = edit.and_then(|e| e.title.clone()).filter(|t| !t.trim().is_empty());
    let title = match (&entry.id.subject, worded) {
        (_, Some(worded)) if entry.parts > 1 => format!("{worded} ({} of {})", part + 1, entry.parts),
        (_, Some(worded)) => worded,
        (_, None) => drafted.clone(),
    };
    Slide { id: entry.id.clone(), kicker, title, drafted, note: edit.map(|e| e.note.clone()).unwrap_or_default(), body }
}

type Said = (String, Option<Kicker>, Body);

fn title(source: &Source<'_>) -> Said {
    let project = source.project;
    let first = |texts: [&str; 2]| texts.into_iter().map(str::trim).find(|t| !t.is_empty()).unwrap_or("Untitled").to_owned();
    let mut lines = Vec::new();
    if let Some(cycle) = project.cycle_on(source.as_of()) {
        lines.push(cycle.name.clone());
    }
    lines.push(format!("Data to {}", date_words(source.as_of())));
    lines.extend(source.last_meeting().map(|day| format!("Compared with the meeting on {}", date_words(day))));
    (first([&project.deck.title, &project.name]), None, Body::Title { subtitle: project.deck.subtitle.trim().to_owned(), lines })
}

fn since(source: &Source<'_>) -> String {
    source.last_meeting().map_or_else(String::new, |day| format!("since {}", day_of(source, day)))
}

/// A day as it stands in a head: the year goes without saying in the same year.
fn day_of(source: &Source<'_>, day: Date) -> String {
    if day.year() == source.as_of().year() { day_words(day) } else { date_words(day) }
}

fn summary(source: &Source<'_>) -> Said {
    let Source { project, tree, evaluation, .. } = *source;
    let none = std::collections::BTreeMap::new();
    let told = board::sentence_of_all(&board::Source { project, tree, evaluation, check_ins: &none, cycle: None, change: &|_| None });
    if project.goals.is_empty() && project.metrics.is_empty() {
        let why = "This project has no goals and no metrics yet. Add an objective, and a key result with a few values: they become slides by \
                   themselves, with a summary before them.";
        return ("There is nothing to show yet".to_owned(), None, Body::Empty(why.to_owned()));
    }
    let objectives = choice::objectives(source);
    // From the top down, as many whole levels as there is room for.
    let depth = |goal: &Goal| Tree::path(project, &goal.id).len();
    let deepest = objectives.iter().map(|g| depth(g)).max().unwrap_or(0);
    let within = |level: usize| objectives.iter().filter(|g| depth(g) <= level).count();
    let level = (1..=deepest).rev().find(|level| within(*level) <= MOST_OBJECTIVE_ROWS).unwrap_or(1);
    let listed: Vec<&&Goal> = objectives.iter().filter(|g| depth(g) <= level).collect();
    let rows: Vec<_> = listed.iter().take(MOST_OBJECTIVE_ROWS).filter_map(|g| goal_line(source, &g.id)).collect();
    let statuses = objectives.iter().filter_map(|g| Some(evaluation.goal(&g.id)?.status));
    let body = Body::Summary {
        more: objectives.len() - rows.len(),
        rows,
        counts: board::counts(statuses),
        takeaways: takeaways(source, |_| true),
        since: since(source),
    };
    (told, None, body)
}

fn kicker(source: &Source<'_>, goal: &GoalId) -> Kicker {
    let path = Tree::path(source.project, goal).iter().map(|g| g.title.as_str()).collect::<Vec<_>>().join(" › ");
    Kicker { goal: goal.clone(), path, status: source.evaluation.goal(goal).map(|r| r.status) }
}

fn objective(source: &Source<'_>, id: &GoalId) -> Said {
    let (Some(goal), Some(line)) = (source.project.goal(id), goal_line(source, id)) else {
        return (String::new(), None, Body::Empty("This objective is no longer there.".to_owned()));
    };
    let result = source.evaluation.goal(id);
    let children: Vec<&Goal> =
        source.tree.children(id).iter().filter_map(|child| source.project.goal(child)).filter(|g| !g.archived).collect();
    let (parts, initiatives): (Vec<&Goal>, Vec<&Goal>) =
        children.into_iter().partition(|g| !matches!(g.kind, crate::model::GoalKind::Initiative(_)));
    let shown = if parts.is_empty() { initiatives } else { parts };
    let rows: Vec<_> = shown.iter().take(MOST_KEY_RESULT_ROWS).filter_map(|g| goal_line(source, &g.id)).collect();
    let above = goal.parent.as_ref().map(|parent| kicker(source, parent));
    let ids: Vec<&GoalId> = source.tree.subtree(id).iter().map(|visit| visit.goal).collect();
    let metrics: Vec<MetricId> = ids
        .iter()
        .filter_map(|g| source.project.goal(g))
        .flat_map(|g| {
            let own = g.as_key_result().and_then(|k| k.metric.clone());
            own.into_iter().chain(source.project.linked_metrics(&g.id).into_iter().map(|(m, _)| m.id.clone()))
        })
        .collect();
    let concerns = |news: &News| match &news.place {
        Place::Goal(goal) => ids.contains(&goal),
        Place::Metric(metric) => metrics.contains(metric),
        _ => false,
    };
    let status = result.map_or(Status::NoData, |r| r.status);
    let told = format!("{}: {}", goal.title, standing_words(status, result));
    let body = Body::Objective {
        reason: result.map_or_else(String::new, |r| r.reason.clone()),
        more: shown.len() - rows.len(),
        rows,
        takeaways: takeaways(source, concerns),
        since: since(source),
        line,
    };
    (told, above, body)
}

/// "at risk, 30 points behind".
fn standing_words(status: Status, result: Option<&GoalResult>) -> String {
    let behind = result.and_then(|r| Some(100.0 * (r.expected? - r.progress?))).map_or(0.0, f64::round);
    let points = if behind == 1.0 { "1 point".to_owned() } else { format!("{behind} points") };
    match status {
        Status::Behind if behind >= 1.0 => format!("{points} behind"),
        Status::AtRisk | Status::Missed if behind >= 1.0 => format!("{}, {points} behind", status.word().to_lowercase()),
        _ => status.word().to_lowercase(),
    }
}

fn kpi(source: &Source<'_>, id: &MetricId) -> Said {
    let Some(metric) = source.project.metric(id) else {
        return (String::new(), None, Body::Empty("This KPI is no longer there.".to_owned()));
    };
    let context = Context { project: source.project, evaluation: source.evaluation };
    let goal = context.pursued_goal(id, None);
    let edit = source.edit(&SlideSubject::Kpi(id.clone()));
    let mode = edit.and_then(|e| e.mode.clone());
    let range = edit.and_then(|e| e.range);
    let told = (source.told)(&Pinned { metric: id, goal: goal.as_ref(), mode: mode.as_deref(), range });
    let supported = goal.clone().or_else(|| source.project.supported_goals(id).first().map(|(goal, _)| goal.id.clone()));
    let facts = (source.facts)(id, goal.as_ref());
    let body = KpiBody {
        metric: id.clone(),
        strip: strip(source, &facts, goal.as_ref()),
        facts: three_facts(&facts),
        goal,
        mode,
        range,
        subtitle: told.subtitle,
        summary: told.summary,
    };
    // A message that leaves the name to what stands beside it is alone here.
    let names = [metric.name.trim(), metric.abbreviation.trim()];
    let is_named = names.iter().any(|name| !name.is_empty() && told.title.to_lowercase().contains(&name.to_lowercase()));
    let title = match (told.title.is_empty(), is_named) {
        (true, _) => metric.name.clone(),
        (false, true) => told.title,
        (false, false) => format!("{}: {}", metric.name.trim(), told.title),
    };
    (title, supported.map(|g| kicker(source, &g)), Body::Kpi(body))
}

/// Those that [`strip`] is about.
fn three_facts(facts: &[Fact]) -> Vec<Fact> {
    let has = |label: &str| facts.iter().any(|f| f.label == label);
    let said_by_another = |fact: &&Fact| match fact.label.as_str() {
        "Gap to target" => has("Against pace"),
        "Kept" => has("Likelihood"),
        _ => false,
    };
    facts.iter().filter(|fact| !said_by_another(fact)).take(3).cloned().collect()
}

fn changes(source: &Source<'_>) -> Said {
    let (mut better, mut worse, mut silent): (Vec<ChangeLine>, Vec<ChangeLine>, Vec<ChangeLine>) = Default::default();
    let Some(day) = source.last_meeting() else {
        let why = "There is no earlier meeting to compare with. “This is the last meeting” in the menu Edit sets one.";
        return ("What changed".to_owned(), None, Body::Empty(why.to_owned()));
    };
    let late = Late::of(source);
    for objective in choice::objectives(source) {
        for goal in source.tree.children(&objective.id).iter().filter_map(|id| source.project.goal(id)) {
            if goal.archived || goal.as_key_result().is_none() {
                continue;
            }
            match change_line(source, &late, goal) {
                Some((Tone::Better, line)) => better.push(line),
                Some((Tone::Worse, line)) => worse.push(line),
                Some((Tone::Neither, line)) => silent.push(line),
                None => {}
            }
        }
    }
    let rank =
        |line: &ChangeLine| line.status.map_or(usize::MAX, |s| board::BAR_ORDER.iter().rev().position(|o| *o == s).unwrap_or(usize::MAX));
    worse.sort_by_key(rank);
    let title = match (better.len(), worse.len()) {
        (0, 0) => format!("No key result moved since {}", date_words(day)),
        (b, 0) => format!("{} better, none worse since {}", results(b), date_words(day)),
        (0, w) => format!("{} worse, none better since {}", results(w), date_words(day)),
        (b, w) => format!("{} better, {w} worse since {}", results(b), date_words(day)),
    };
    let more = [&better, &worse, &silent].map(|lines| lines.len().saturating_sub(MOST_CHANGES));
    for lines in [&mut better, &mut worse, &mut silent] {
        lines.truncate(MOST_CHANGES);
    }
    (title, None, Body::Changes { better, worse, silent, more, since: since(source) })
}

fn results(count: usize) -> String {
    if count == 1 { "1 key result".to_owned() } else { format!("{count} key results") }
}

/// What earlier meetings left that is open, or done since the last one.
fn agreed<'a>(source: &Source<'a>) -> Vec<&'a MeetingEntry> {
    let (as_of, last) = (source.as_of(), source.last_meeting());
    let wanted = |entry: &&MeetingEntry| {
        let done_since = entry.done_on.zip(last).is_some_and(|(done, last)| done > last && done <= as_of);
        entry.date < as_of && entry.kind != MeetingEntryKind::Note && (entry.is_open(as_of) || done_since)
    };
    in_order(source, source.project.meeting_log.values().filter(wanted).collect())
}

/// What was written down on the day.
fn decisions<'a>(source: &Source<'a>) -> Vec<&'a MeetingEntry> {
    let as_of = source.as_of();
    in_order(source, source.project.meeting_log.values().filter(|entry| entry.date == as_of).collect())
}

/// What is late first, then by due date, then by when it was said.
fn in_order<'a>(source: &Source<'_>, mut entries: Vec<&'a MeetingEntry>) -> Vec<&'a MeetingEntry> {
    let as_of = source.as_of();
    entries.sort_by_key(|e| (e.is_done(as_of), !e.is_overdue(as_of), e.due.is_none(), e.due, e.date, e.id.clone()));
    entries
}

fn log(source: &Source<'_>, entries: Vec<&MeetingEntry>, part: usize, told: fn(&[LogLine]) -> String) -> Said {
    let lines: Vec<LogLine> = entries.into_iter().map(|entry| line(source.project, entry, source.as_of())).collect();
    let title = told(&lines);
    let shown = lines.chunks(LOG_LINES_A_SLIDE).nth(part).unwrap_or_default().to_vec();
    (title, None, Body::Log(shown))
}

fn agreed_title(lines: &[LogLine]) -> String {
    let count = |wanted: &[LogState]| lines.iter().filter(|l| wanted.contains(&l.state)).count();
    let (done, late) = (count(&[LogState::Done]), count(&[LogState::Overdue]));
    let open = count(&[LogState::Open, LogState::Overdue]);
    let late_words = match (late, open) {
        (0, _) => String::new(),
        (1, 1) => " and late".to_owned(),
        (late, open) if late == open => ", all of them late".to_owned(),
        (late, _) => format!(", {late} of them late"),
    };
    match (lines.len(), open) {
        (1, 0) => "What was agreed earlier is done".to_owned(),
        (_, 0) if done == lines.len() => format!("All {done} things agreed earlier are done"),
        (_, 0) => "Agreed earlier".to_owned(),
        (1, 1) => format!("One thing agreed earlier is open{late_words}"),
        (all, open) if all == open => format!("{open} things agreed earlier are open{late_words}"),
        (all, open) => format!("{open} of {all} things agreed earlier are open{late_words}"),
    }
}

fn decisions_title(lines: &[LogLine]) -> String {
    let decided = lines.iter().filter(|l| l.kind == MeetingEntryKind::Decision).count();
    match (lines.len(), decided) {
        (0, _) => "What do we decide today?".to_owned(),
        (_, 0) => "What we agreed today".to_owned(),
        (_, 1) => "One decision today, and who does what".to_owned(),
        (_, n) => format!("{n} decisions today, and who does what"),
    }
}

fn appendix(source: &Source<'_>, part: usize) -> Said {
    let mut metrics: Vec<&Metric> = source.project.metrics.values().map(AsRef::as_ref).collect();
    metrics.sort_by_cached_key(|m| (m.name.to_lowercase(), m.id.clone()));
    let shown = metrics.chunks(TABLE_ROWS_A_SLIDE).nth(part).unwrap_or_default();
    let rows: Vec<KpiLine> = shown.iter().map(|metric| kpi_line(source, metric)).collect();
    let parts = metrics.len().div_ceil(TABLE_ROWS_A_SLIDE);
    let title = if parts > 1 { format!("All KPIs ({} of {parts})", part + 1) } else { "All KPIs".to_owned() };
    (title, None, Body::Table(rows))
}
