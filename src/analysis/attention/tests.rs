//! What is news, in which order, and that nothing is news twice.

use super::*;
use crate::analysis::evaluate;
use crate::analysis::fixture::{Fixture, day};
use crate::model::{Aggregation, Aim, Direction, GoalState, Limit, LinkedSource, Origin, RecipeId, Role, Threshold};

fn list(f: &Fixture, since: Since, as_of: &str) -> Vec<News> {
    listed(&attention(&f.project, &Tree::of(&f.project), &f.evaluate(as_of), since))
}

fn listed(attention: &Attention) -> Vec<News> {
    attention.ranked().iter().map(|news| News::clone(news)).collect()
}

fn kinds(news: &[News]) -> Vec<(NewsKind, Tone)> {
    news.iter().map(|n| (n.kind, n.tone)).collect()
}

fn months(level: f64, n: usize) -> Vec<f64> {
    (0..n).map(|i| level + (i % 3) as f64).collect()
}

#[test]
fn a_signal_is_news_until_the_next_check_in() {
    let mut f = Fixture::new();
    let mut data = months(50.0, 24);
    data[22] = 80.0;
    let metric = f.monthly("Sign-ups", Aggregation::Sum, "2025-01-01", &data);
    let goal = f.key_result(Aim::Increase { start: 50.0, target: 60.0 }, Some(&metric), "2026-01-01", "2026-12-31");
    f.edit_goal(&goal, |g| g.check_in_cadence = Some(crate::model::Cadence::Yearly));
    f.check_in(&goal, "2026-11-02", 0.0);
    let signals =
        |f: &Fixture| list(f, Since::LastCheckIn, "2026-12-10").into_iter().filter(|n| n.kind == NewsKind::Signal).collect::<Vec<_>>();
    let found = signals(&f);
    assert_eq!(kinds(&found), [(NewsKind::Signal, Tone::Better)]);
    assert_eq!((found[0].on, found[0].number.as_str()), (Some(day("2026-11-30")), "80"));
    assert!(found[0].sentence.starts_with("Sign-ups was 80 in Nov 2026, outside what is routine ("), "{}", found[0].sentence);
    f.check_in(&goal, "2026-12-05", 0.0);
    assert_eq!(signals(&f), []);
    assert_eq!(list(&f, Since::Day(day("2026-10-31")), "2026-12-10").iter().filter(|n| n.kind == NewsKind::Signal).count(), 1);
}

#[test]
fn a_signal_says_on_which_day_in_which_week_or_month_it_was() {
    use crate::model::Cadence;
    for (cadence, from, as_of, when) in [
        (Cadence::Daily, "2026-11-01", "2026-11-21", " on 20 Nov 2026"),
        (Cadence::Weekly, "2026-07-06", "2026-11-22", " in the week of 16 Nov 2026"),
        (Cadence::Monthly, "2025-04-01", "2026-11-30", " in Nov 2026"),
    ] {
        let mut f = Fixture::new();
        let mut data = months(50.0, 20);
        data[19] = 90.0;
        let metric = f.every("Logins", cadence, Aggregation::Sum, from, &data);
        let metric = f.metric(&metric).clone();
        let chart = crate::analysis::xmr::of_metric(&f.project, &metric, day(as_of)).unwrap();
        let sentences: Vec<String> = chart.chart.signals.iter().map(|s| signal_words(&f.project, &metric, &chart, s)).collect();
        assert!(sentences.iter().any(|s| s.starts_with(&format!("Logins was 90{when}, outside"))), "{sentences:?}");
        assert!(sentences.iter().any(|s| s.contains(&format!(" to 90{when}, an unusually large step"))), "{sentences:?}");
    }
}

#[test]
fn a_run_says_how_long_and_for_whom_it_is_bad() {
    let mut f = Fixture::new();
    let data: Vec<f64> = months(50.0, 12).into_iter().chain(months(51.5, 9)).collect();
    let metric = f.monthly("Tickets", Aggregation::Sum, "2025-01-01", &data);
    f.edit_metric(&metric, |m| {
        m.direction = Direction::Down;
        m.xmr.baseline = Some((day("2025-01-01"), day("2025-12-31")));
    });
    let plain = |metric: &Metric| {
        let values = crate::analysis::metric_values(&f.project, metric, metric.cadence, day("2026-09-30"));
        let choice = crate::analysis::xmr::Choice { form: Some(crate::analysis::xmr::Form::Plain), ..Default::default() };
        Arc::new(crate::analysis::xmr::of_values(metric, &values, choice))
    };
    let sources =
        Sources { signals: &plain, status_on: &|_, _| None, chances: &|_, _| None, last_check_in: &|_| None, last_look: &|_| None };
    let evaluation = f.evaluate("2026-09-30");
    let found =
        Attention::of(Desk { project: (&f.project).into(), evaluation: &evaluation, since: Since::Day(day("2026-06-30")), sources });
    let found = listed(&found);
    assert_eq!(kinds(&found), [(NewsKind::Signal, Tone::Worse)]);
    assert_eq!(found[0].sentence, "Tickets has been above its usual 51 for 10 months in a row, 54 in Sep 2026.");
}

#[test]
fn statuses_chances_guardrails_check_ins_and_gaps_in_their_order() {
    let mut f = Fixture::new();
    let levels: Vec<f64> = (0..22).map(|i| 40.0 + f64::from(i.min(18)) * 2.0 + f64::from(i % 2)).collect();
    let users = f.monthly("Users", Aggregation::Last, "2025-01-01", &levels);
    let goal = f.key_result(Aim::Increase { start: 62.0, target: 84.0 }, Some(&users), "2026-01-01", "2026-12-31");
    let sold = f.monthly("Sales", Aggregation::Sum, "2026-01-01", &[5.0, 5.0, 6.0, 4.0]);
    let errors = f.monthly("Errors", Aggregation::Sum, "2026-01-01", &months(10.0, 10));
    f.edit_metric(&errors, |m| {
        m.direction = Direction::Down;
        m.thresholds = vec![Threshold { label: String::new(), limit: Limit::AtMost(9.0) }];
    });
    let root = f.root.clone();
    f.link(&root, &errors, Role::Guardrail);
    let tree = Tree::of(&f.project);
    let now = f.evaluate("2026-11-05");
    let earlier = f.evaluate("2026-07-31");
    assert_ne!(now.goal(&goal).unwrap().computed, earlier.goal(&goal).unwrap().computed);
    let sources = Sources {
        signals: &|_| Arc::new(Err(Unsuited::TooFew { have: 0, need: 6 })),
        status_on: &|g, on| evaluate(&f.project, &tree, on).goal(&g.id).map(|r| r.computed),
        chances: &|g, _| (g.id == goal).then_some((0.74, 0.28)),
        last_check_in: &|_| None,
        last_look: &|_| None,
    };
    let found = Attention::of(Desk { project: (&f.project).into(), evaluation: &now, since: Since::Day(day("2026-07-31")), sources });
    let found = listed(&found);
    let about = |kind| found.iter().filter(|n| n.kind == kind).map(|n| (n.number.as_str(), n.sentence.as_str())).collect::<Vec<_>>();
    assert_eq!(
        about(NewsKind::Guardrail),
        [("10", "The guardrail Errors of “Root” is tripped: 10 in Oct 2026 breaches the threshold of at most 9.")]
    );
    assert_eq!(about(NewsKind::Forecast), [("28 %", "The chance of “Key result” fell from 74 % to 28 % since 31 Jul 2026.")]);
    assert_eq!(about(NewsKind::Gap), [("6 months", "Sales has had no value for 6 months; the last is for Apr 2026.")]);
    assert!(about(NewsKind::Status)[1].1.starts_with("“Key result” went from on track to behind since 31 Jul 2026: "), "{found:?}");
    assert!(about(NewsKind::Overdue)[0].1.ends_with("overdue; nobody has checked in yet."), "{found:?}");
    let order: Vec<NewsKind> = found.iter().map(|n| n.kind).collect();
    assert!(order.is_sorted_by_key(|k| match k {
        NewsKind::Guardrail => 0,
        NewsKind::Status => 1,
        NewsKind::Forecast => 2,
        NewsKind::Signal => 3,
        NewsKind::Overdue => 4,
        NewsKind::Gap => 5,
    }));
    drop(found);
    f.edit_goal(&goal, |g| g.state = GoalState::Postponed { since: day("2026-09-01"), note: String::new() });
    assert!(list(&f, Since::Day(day("2026-07-31")), "2026-11-05").iter().all(|n| n.place != Place::Goal(goal.clone())));
    let source = LinkedSource {
        path: "sales.csv".to_owned(),
        recipe: RecipeId::from_random(1),
        column: "sales".to_owned(),
        refreshed: None,
        failing: Some((day("2026-10-01"), "the file is gone".to_owned())),
    };
    f.edit_metric(&sold, |m| m.origin = Origin::Linked(source));
    let gaps: Vec<String> =
        list(&f, Since::LastCheckIn, "2026-11-05").into_iter().filter(|n| n.kind == NewsKind::Gap).map(|n| n.sentence).collect();
    assert_eq!(gaps, ["Sales has not been renewed from its file since 1 Oct 2026: the file is gone"]);
}

#[test]
fn renewing_gives_what_starting_over_gives() {
    let mut f = Fixture::new();
    let metrics: Vec<MetricId> =
        (0..4).map(|i| f.monthly(&format!("Metric {i}"), Aggregation::Last, "2025-01-01", &months(50.0, 22))).collect();
    let goals: Vec<GoalId> =
        metrics.iter().map(|m| f.key_result(Aim::Increase { start: 50.0, target: 52.0 }, Some(m), "2026-01-01", "2026-12-31")).collect();
    f.check_in(&goals[1], "2026-10-20", 0.0);
    let as_of = "2026-11-21";
    let since = Since::LastCheckIn;
    let before = f.evaluate(as_of);
    let of = |f: &Fixture, then: Option<&Attention>, now: &Evaluation, goals: &[&GoalId], changed: &[MetricId]| {
        let tree = Tree::of(&f.project);
        let signals = |m: &Metric| shared_of_metric(&f.project, m, day(as_of));
        let status_on = |g: &Goal, on: Date| evaluate(&f.project, &tree, on).goal(&g.id).map(|r| r.computed);
        let last = last_check_ins(&f.project, day(as_of));
        let looks = last_looks(&f.project, &last);
        let sources = Sources {
            signals: &signals,
            status_on: &status_on,
            chances: &|_, _| None,
            last_check_in: &|goal| last.get(goal).copied(),
            last_look: &|metric| looks.get(metric).copied(),
        };
        let desk = Desk { project: (&f.project).into(), evaluation: now, since, sources };
        match then {
            None => Attention::of(desk),
            Some(attention) => {
                let mut attention = attention.clone();
                attention.renew(desk, &tree, &goals.iter().map(|goal| (*goal).clone()).collect(), &changed.iter().cloned().collect());
                attention
            }
        }
    };
    let first = of(&f, None, &before, &[], &[]);
    assert!(!first.of_goal(&goals[0]).is_empty() && first.of_metric(&metrics[0]).is_empty());
    // A check-in on one, a wild value of another.
    f.check_in(&goals[0], "2026-11-20", 0.0);
    f.edit_metric(&metrics[2], |m| {
        let series = Arc::make_mut(&mut m.series);
        let at = series.times()[21];
        series.put(crate::model::Point::new(at, 90.0)).unwrap();
    });
    let tree = Tree::of(&f.project);
    let reached = [goals[0].clone(), goals[2].clone()];
    let mut now = before.clone();
    now.renew(&f.project, &tree, &reached, |g| Arc::new(crate::analysis::leaf(&f.project, g, day(as_of))));
    let renewed = of(&f, Some(&first), &now, &[&f.root, &goals[0], &goals[2]], &[metrics[0].clone(), metrics[2].clone()]);
    assert_eq!(renewed, of(&f, None, &f.evaluate(as_of), &[], &[]));
    assert!(!renewed.of_metric(&metrics[2]).is_empty());
    assert!(renewed.of_goal(&goals[0]).iter().all(|n| n.kind != NewsKind::Overdue));
}
