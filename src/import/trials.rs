//! A table's whole way into a project, as the command line goes it.

use super::{Attach, Destination, ImportError, Planned, ReadHints, Request, Take, preview, read_table};
use crate::document::apply;
use crate::model::{
    Aim, Cadence, Cycle, CycleId, DatedTarget, Direction, Formula, Goal, GoalId, ImportMode, LedgerChange, Limit, LinkKey, Metric,
    MetricId, Origin, Project, ProjectId, Role, Stamp, TableShape, Unit,
};
use crate::model::{MissingInput, Point};

const TABLE: &str = "month,kind,share\n2026-01,a,91.5\n2026-01,b,11\n2026-02,a,93.25\n2026-02,b,12\n2026-03,a,94\n2026-03,b,13\n";

fn empty() -> Project {
    Project::empty(ProjectId::from_random(1), "Trial")
}

fn new_metric() -> Request {
    Request {
        filters: vec![("kind".to_owned(), "a".to_owned())],
        ..Request::new("month", "share", Destination::New { name: "Seen in time".to_owned(), unit: Unit::Percent })
    }
}

/// The same for another metric.
fn into(to: &str) -> Request {
    Request { takes: vec![Take::new("share", Destination::Metric(to.to_owned()))], ..new_metric() }
}

fn attach(target: Option<f64>, objective: Option<&str>) -> Attach {
    Attach { target, objective: objective.map(str::to_owned), role: Role::Outcome, as_of: "2026-05-10".parse().unwrap() }
}

/// Imports into the project and checks that it is still sound.
fn import(project: &mut Project, text: &str, request: &Request, attach: &Attach) -> Result<Planned, ImportError> {
    let table = read_table(text.as_bytes(), &ReadHints::default())?;
    let mut bits = 100 * u64::try_from(project.goals.len() + project.metrics.len()).unwrap();
    let mut ids = || {
        bits += 1;
        bits
    };
    let planned = preview(&table, request, project)?.into_edit(project, attach, &mut ids)?;
    apply(project, planned.edit.clone()).unwrap();
    assert_eq!(project.validate(), []);
    Ok(planned)
}

fn values(project: &Project, metric: &MetricId) -> Vec<(String, f64)> {
    project.metric(metric).unwrap().series.iter().map(|(at, value)| (at.to_string(), value)).collect()
}

#[test]
fn a_new_metric_comes_with_its_points_and_what_they_show() {
    let mut project = empty();
    let planned = import(&mut project, TABLE, &new_metric(), &attach(None, None)).unwrap();
    let metric = project.metric(&planned.metrics[0]).unwrap();
    assert_eq!((metric.name.as_str(), &metric.unit, metric.decimals), ("Seen in time", &Unit::Percent, 2));
    assert_eq!((metric.cadence, metric.direction), (Cadence::Monthly, Direction::Up));
    assert_eq!(
        values(&project, &planned.metrics[0]),
        [("2026-01-01".to_owned(), 91.5), ("2026-02-01".to_owned(), 93.25), ("2026-03-01".to_owned(), 94.0)]
    );
    assert!(project.goals.is_empty() && project.cycles.is_empty() && metric.targets.is_empty());
}

#[test]
fn a_target_and_an_objective_make_key_result_cycle_and_link() {
    let mut project = empty();
    let planned = import(&mut project, TABLE, &new_metric(), &attach(Some(95.0), Some("Be seen in time"))).unwrap();
    let objective = project.find_goal("Be seen in time").unwrap();
    let key_result = project.find_goal("Seen in time at or above 95 %").unwrap();
    assert_eq!(key_result.parent.as_ref(), Some(&objective.id));
    let measured = key_result.as_key_result().unwrap();
    assert_eq!(measured.metric.as_ref(), Some(&planned.metrics[0]));
    assert_eq!(measured.aim, Aim::AtLeast { threshold: 95.0, required_share: 0.9 });
    // From the first point to the end of the cycle: the quarter of the as-of day, for want of another.
    let span = project.span(key_result);
    assert_eq!((span.start, span.due), ("2026-01-01".parse().ok(), "2026-06-30".parse().ok()));
    let cycle = planned.attached[0].new_cycle.clone().unwrap();
    assert_eq!((cycle.name.as_str(), project.cycles.len()), ("Q2 2026", 1));
    assert_eq!(project.span(objective), span);
    let link = &project.links[&LinkKey { goal: objective.id.clone(), metric: planned.metrics[0].clone() }];
    assert_eq!(link.role, Role::Outcome);
    let target = DatedTarget { from: "2026-01-01".parse().unwrap(), limit: Limit::AtLeast(95.0) };
    assert_eq!(project.metric(&planned.metrics[0]).unwrap().targets, [target]);
}

#[test]
fn lower_is_better_where_the_direction_says_so() {
    let mut project = empty();
    let mut request = new_metric();
    request.takes[0].direction = Some(Direction::Down);
    import(&mut project, TABLE, &request, &attach(Some(5.0), Some("Wait less"))).unwrap();
    let key_result = project.find_goal("Seen in time at or below 5 %").unwrap().as_key_result().unwrap();
    assert_eq!(key_result.aim, Aim::AtMost { threshold: 5.0, required_share: 0.9 });
}

#[test]
fn the_cycle_that_contains_the_day_is_used() {
    let mut project = empty();
    let id = CycleId::from_random(7);
    let cycle = Cycle { id: id.clone(), name: "H1".to_owned(), start: "2026-01-01".parse().unwrap(), end: "2026-07-31".parse().unwrap() };
    project.cycles.insert(id.clone(), cycle);
    let planned = import(&mut project, TABLE, &new_metric(), &attach(Some(95.0), Some("Be seen in time"))).unwrap();
    assert_eq!((planned.attached[0].new_cycle.clone(), project.cycles.len()), (None, 1));
    assert_eq!(planned.attached[0].span.due, "2026-07-31".parse().ok());
}

#[test]
fn the_same_import_again_changes_nothing() {
    let mut project = empty();
    let attach = attach(Some(95.0), Some("Be seen in time"));
    let first = import(&mut project, TABLE, &new_metric(), &attach).unwrap();
    let before = project.clone();
    let again = into("Seen in time");
    let second = import(&mut project, TABLE, &again, &attach).unwrap();
    assert_eq!(project, before);
    assert_eq!(second.attached[0].key_result.clone().unwrap().id, first.attached[0].key_result.clone().unwrap().id);
}

#[test]
fn a_later_import_renews_values_and_keeps_notes() {
    let mut project = empty();
    let metric = import(&mut project, TABLE, &new_metric(), &attach(None, None)).unwrap().metrics.remove(0);
    let at = Stamp::from_date("2026-02-01".parse().unwrap());
    let noted = Point { note: Some("strike".to_owned()), ..Point::new(at, 93.25) };
    apply(&mut project, crate::document::Edit::Points { metric: metric.clone(), changes: vec![(at, Some(noted))] }).unwrap();
    let again = Request { filters: Vec::new(), ..into(&metric.to_string()) };
    let table = read_table(b"month,share\n2026-02,90\n2026-03,94\n2026-04,95\n", &ReadHints::default()).unwrap();
    let shown = preview(&table, &again, &project).unwrap();
    assert_eq!((shown.parts[0].added, shown.parts[0].changed, shown.parts[0].unchanged), (1, 1, 1));
    import(&mut project, "month,share\n2026-02,90\n2026-03,94\n2026-04,95\n", &again, &attach(None, None)).unwrap();
    assert_eq!(values(&project, &metric).iter().map(|(_, v)| *v).collect::<Vec<_>>(), [91.5, 90.0, 94.0, 95.0]);
    assert_eq!(project.metric(&metric).unwrap().series.note(at), Some("strike"));
}

#[test]
fn another_target_goes_into_the_ledger_and_leaves_the_past_its_own() {
    let mut project = empty();
    let metric = import(&mut project, TABLE, &new_metric(), &attach(Some(95.0), Some("Be seen in time"))).unwrap().metrics.remove(0);
    let again = into(&metric.to_string());
    import(&mut project, TABLE, &again, &attach(Some(97.0), Some("Be seen in time"))).unwrap();
    let goal = project.goals.values().find(|g| g.as_key_result().is_some()).unwrap();
    assert_eq!(goal.as_key_result().unwrap().aim.target(), Some(97.0));
    assert_eq!(goal.ledger[0].change, LedgerChange::Target { old: 95.0, new: 97.0 });
    let metric = project.metric(&metric).unwrap();
    assert_eq!(metric.target_on("2026-05-09".parse().unwrap()), Some(Limit::AtLeast(95.0)));
    assert_eq!(metric.target_on("2026-05-10".parse().unwrap()), Some(Limit::AtLeast(97.0)));
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut project = empty();
    let metric = import(&mut project, TABLE, &new_metric(), &attach(Some(95.0), Some("Be seen in time"))).unwrap().metrics.remove(0);
    let before = project.clone();
    let mut refused = |request: &Request, objective: Option<&str>| {
        import(&mut project, TABLE, request, &attach(Some(95.0), objective)).unwrap_err().to_string()
    };
    let twice = refused(&new_metric(), None);
    assert_eq!(
        twice,
        format!("the project already has a metric named \"Seen in time\", {metric}; import into that one or choose another name")
    );
    assert_eq!(refused(&into("MAU"), None), "there is no metric \"MAU\" in the project; ids and names must match exactly");
    assert_eq!(
        refused(&into("Seen in time"), Some("Seen in time at or above 95 %")),
        "\"Seen in time at or above 95 %\" is of the kind key result; name the objective that the metric should support"
    );
    assert_eq!(refused(&into("Seen in time"), Some("g-nothing")), "there is no goal with the id g-nothing");
    assert_eq!(project, before);
}

#[test]
fn a_computed_metric_takes_no_points() {
    let mut project = empty();
    let part = import(&mut project, TABLE, &new_metric(), &attach(None, None)).unwrap().metrics.remove(0);
    let origin = Origin::Computed { formula: Formula::Metric(part), missing: MissingInput::Missing };
    let computed = Metric { origin, ..Metric::new(MetricId::from_random(9), "Twice") };
    apply(&mut project, computed.into()).unwrap();
    let request = into("Twice");
    let refused = import(&mut project, TABLE, &request, &attach(None, None)).unwrap_err();
    assert_eq!(refused, ImportError::Computed("Twice".to_owned()));
}

#[test]
fn a_metric_may_support_an_objective_without_a_target() {
    let mut project = empty();
    apply(&mut project, Goal::objective(GoalId::from_random(3), None, "Known").into()).unwrap();
    let planned = import(&mut project, TABLE, &new_metric(), &attach(None, Some("Known"))).unwrap();
    assert_eq!((project.goals.len(), project.links.len(), project.cycles.len()), (1, 1, 0));
    assert_eq!(planned.attached[0].key_result, None);
}

#[test]
fn several_series_go_to_several_metrics_under_one_objective() {
    let mut project = empty();
    let text = "month,a,b\n2026-01,1,10\n2026-02,2,20\n";
    let take = |name: &str| Take::new(name, Destination::New { name: name.to_uppercase(), unit: Unit::Count });
    let shape = TableShape::Wide { date: "month".to_owned(), columns: vec!["a".to_owned(), "b".to_owned()] };
    let request = Request { takes: vec![take("a"), take("b")], ..Request::of_shape(shape) };
    let planned = import(&mut project, text, &request, &attach(None, Some("Grow"))).unwrap();
    assert_eq!(planned.label, "Import 4 points into 2 metrics");
    assert_eq!((project.metrics.len(), project.goals.len(), project.links.len()), (2, 1, 2));
    assert_eq!(project.find_metric("B").unwrap().series.values(), [10.0, 20.0]);
    let twice = Request { takes: vec![take("a"), Take { from: "b".to_owned(), ..take("a") }], ..request };
    let refused = import(&mut empty(), text, &twice, &attach(None, None)).unwrap_err();
    assert_eq!(refused.to_string(), "two columns go to \"A\"; choose another metric for one of them");
}

#[test]
fn modes_keep_renew_or_let_go_of_points() {
    let mut project = empty();
    let metric = import(&mut project, TABLE, &new_metric(), &attach(None, None)).unwrap().metrics.remove(0);
    let later = "month,share\n2026-02,90\n2026-04,95\n";
    let with = |mode| Request { filters: Vec::new(), mode, ..into("Seen in time") };
    let trial = |mode| {
        let mut copy = project.clone();
        import(&mut copy, later, &with(mode), &attach(None, None)).unwrap();
        copy.metric(&metric).unwrap().series.values().to_vec()
    };
    assert_eq!(trial(ImportMode::Merge), [91.5, 90.0, 94.0, 95.0]);
    assert_eq!(trial(ImportMode::FillGaps), [91.5, 93.25, 94.0, 95.0]);
    assert_eq!(trial(ImportMode::Replace), [90.0, 95.0]);
}

#[test]
fn shares_are_known_by_the_values_that_are_there() {
    let mut project = empty();
    let metric = import(&mut project, TABLE, &new_metric(), &attach(None, None)).unwrap().metrics.remove(0);
    let request = Request { filters: Vec::new(), ..into("Seen in time") };
    import(&mut project, "month,share\n2026-04,0.95\n", &request, &attach(None, None)).unwrap();
    assert_eq!(project.metric(&metric).unwrap().series.values().last(), Some(&95.0));
}
