//! The objective view: what moves the goal, and its numbers against those of the report.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;
use waymark::chart::{ValueFormat, now_to_target};
use waymark::document::edits;
use waymark::model::{Date, Goal, GoalId, GoalKind, LedgerChange, Pace, Stamp, TargetStage, Tree};
use waymark::report;
use waymark::shell::Start;
use waymark::workspace::{Action, Screen, Selection};

use super::Window;
use super::project::{day, goal_id};

const DUE: &str = "Due; drag it, or use the left and right keys";

impl Window {
    fn on_objective(title: &str) -> Self {
        let mut window = Self::open(Start::Sample);
        let found = window.workspace().project().goals.values().find(|g| g.title == title).unwrap().id.clone();
        window.act(Action::Visit(Selection::Goal(found)));
        window.act(Action::Show(Screen::Objective));
        window
    }

    fn says(&self, words: &str) {
        assert!(self.harness.query_all_by_label_contains(words).next().is_some(), "{words:?} is nowhere to be seen");
    }

    fn take_and_move(&mut self, handle: &str, by: Vec2) -> Pos2 {
        let from = self.harness.get_by_role_and_label(Role::Slider, handle).rect().center();
        for at in [from, from + by / 2.0, from + by] {
            self.harness.hover_at(at);
            if at == from {
                self.harness.run();
                self.harness.drag_at(at);
            }
            self.harness.run();
        }
        from + by
    }

    fn mau(&self) -> &Goal {
        self.workspace().project().goal(&goal_id("mau")).unwrap()
    }

    fn due_of_mau(&self) -> Date {
        let project = self.workspace().project();
        project.span(self.mau()).due.unwrap()
    }

    /// The measure of MAU alone on the KPI view, with a stage in the middle of the year.
    fn on_mau_with_a_stage() -> Self {
        let mut window = Self::on_habit();
        window.click_goal("Bring MAU to 10 M");
        window.act(Action::Show(Screen::Kpi));
        let stages = vec![TargetStage { by: day("2026-06-30"), value: 8_600_000.0 }];
        let change = edits::plan_stages(window.mau(), Pace::Points, stages);
        window.act(change.into());
        window
    }
}

#[test]
fn it_says_what_moves_the_goal() {
    let window = Window::on_objective("Become the daily habit");
    window.says("Guardrail tripped:");
    window.says("99.37 % in the week of 9 Nov 2026 breaches “Store minimum” (at least 99.5 %)");
    window.says("MAU grew by 231 k from Sep 2026 to Oct 2026: mobile +168 k, web +63 k");
    window.says("Ship quick capture on mobile: at risk, 67 % done, 12 Jan 2026 – 18 Dec 2026");
    window.says("Sync outage, 14 Oct 2026");
    window.says("No lead of Activation rate over TTFV found in 62 weeks");
    window.says("observed +200 k (95 %: −7,872 to +408 k)");
}

#[test]
fn a_goal_without_kpis_initiatives_and_guardrails_has_none_of_the_sections() {
    let mut window = Window::on_habit();
    window.click_goal("Be the product people trust");
    for words in ["What moved it", "What moves before it", "Bets", "Guardrail"] {
        assert!(window.harness.query_all_by_label_contains(words).next().is_none(), "{words}");
    }
}

#[test]
fn a_due_date_is_dragged_along_the_axis_as_one_step_while_the_likelihood_answers() {
    let mut window = Window::on_mau_with_a_stage();
    let before = window.workspace().project().clone();
    assert_eq!(window.due_of_mau(), day("2026-12-31"));
    let likelihood = |w: &Window| w.workspace().evaluation().goal(&goal_id("mau")).unwrap().likelihood.as_ref().map(|l| l.probability);
    let likely = likelihood(&window);
    let at = window.take_and_move(DUE, vec2(-40.0, 0.0));
    let dragged = window.due_of_mau();
    assert!(day("2026-07-01") < dragged && dragged < day("2026-12-25"), "{dragged}");
    assert!(window.workspace().document.in_transaction());
    assert_ne!(likelihood(&window), likely, "it answers while the button is down");
    // The axis stands still: the handle is under the pointer, give or take the end of a month.
    let handle = window.harness.get_by_role_and_label(Role::Slider, DUE).rect().center();
    assert!((handle.x - at.x).abs() < 6.0, "{handle} {at}");
    window.harness.drop_at(at);
    window.harness.run();
    assert_eq!(window.due_of_mau(), dragged);
    assert_eq!(window.workspace().document.undo_label(), Some("Change due date of “Bring MAU to 10 M”"));
    let entry = window.mau().ledger.last().unwrap().clone();
    assert_eq!(entry.change, LedgerChange::Due { old: None, new: Some(dragged) });
    window.harness.get_by_role_and_label(Role::TextInput, "Why did the due date change?");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.workspace().project(), before);
}

#[test]
fn escape_gives_the_due_date_back_and_keys_move_it_by_days() {
    let mut window = Window::on_mau_with_a_stage();
    let before = window.workspace().project().clone();
    let at = window.take_and_move(DUE, vec2(-60.0, 0.0));
    assert_ne!(window.due_of_mau(), day("2026-12-31"));
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.drop_at(at);
    window.harness.run();
    assert_eq!(*window.workspace().project(), before);
    window.harness.get_by_role_and_label(Role::Slider, DUE).focus();
    window.harness.run();
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(window.due_of_mau(), day("2026-12-23"));
}

#[test]
fn a_stage_is_dragged_on_the_chart_of_the_goal() {
    let mut window = Window::on_mau_with_a_stage();
    let at = window.take_and_move("Stage of 30 Jun 2026; drag it, or use the up and down keys", vec2(0.0, -30.0));
    let value = |w: &Window| w.mau().as_key_result().unwrap().stages[0].value;
    assert!(value(&window) > 8_600_000.0);
    window.harness.drop_at(at);
    window.harness.run();
    assert_eq!(window.workspace().document.undo_label(), Some("Change stages of “Bring MAU to 10 M”"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&window), 8_600_000.0);
}

/// The report of the sample, and what it says of a goal or a metric.
struct Report(Value);

impl Report {
    fn of(window: &Window) -> Self {
        let project = window.workspace().project();
        Self(report::json(project, &Tree::of(project), &window.workspace().evaluation()))
    }

    fn goal(&self, id: &GoalId) -> &Value {
        self.0["goals"].as_array().unwrap().iter().find(|g| g["id"] == id.as_str()).unwrap()
    }
}

/// What the row of a goal says, from nothing but the numbers of the report.
fn row_of(window: &Window, goal: &Goal, told: &Value) -> Option<String> {
    let project = window.workspace().project();
    let key_result = goal.as_key_result()?;
    let metric = key_result.metric.as_ref().and_then(|id| project.metric(id));
    let format = ValueFormat::of(project, metric);
    let number = |key: &str| told[key].as_f64().map_or_else(|| "–".to_owned(), |v| format.value(v));
    match told["kind"].as_str().unwrap() {
        "increase" | "decrease" | "baseline" => Some(format!("{} → {}", number("current"), number("target"))),
        "at_least" => Some(format!("{}, ≥ {}", number("current"), number("target"))),
        "at_most" => Some(format!("{}, ≤ {}", number("current"), number("target"))),
        _ => None,
    }
}

#[test]
fn every_number_is_the_one_of_the_report() {
    let mut window = Window::open(Start::Sample);
    let report = Report::of(&window);
    let roots: Vec<Goal> = window.workspace().project().goals.values().filter(|g| g.is_objective()).map(|g| (**g).clone()).collect();
    let (mut rows, mut percentages) = (0, 0);
    for objective in roots {
        window.act(Action::Visit(Selection::Goal(objective.id.clone())));
        window.act(Action::Show(Screen::Objective));
        let locale = window.workspace().project().settings.locale;
        let percent = |v: &Value| v.as_f64().map_or_else(|| "–".to_owned(), |share| locale.percent(share, 0));
        // The header: progress, expectation, how many are measured.
        let told = report.goal(&objective.id);
        window.says(&format!("{}, expected {}", percent(&told["progress"]), percent(&told["expected"])));
        window.says(&format!("{} measured", told["measured"].as_str().unwrap()));
        percentages += 1;
        let tree = Tree::of(window.workspace().project());
        for child in tree.children(&objective.id) {
            let goal = window.workspace().project().goal(child).unwrap().clone();
            let told = report.goal(child);
            let evaluation = window.workspace().evaluation();
            let result = evaluation.goal(child).unwrap();
            // The row: status, now → target; and the same words in the model that the row is drawn from.
            window.harness.get_by_role_and_label(Role::ListItem, &format!("{}: {}", goal.title, result.status.word()));
            assert_eq!(told["status"], result.status.code());
            if let Some(words) = row_of(&window, &goal, told) {
                assert_eq!(now_to_target(window.workspace().project(), evaluation.as_of, &goal, result), words);
                window.says(&words);
                rows += 1;
            }
        }
        // Guardrails: the latest complete value, which for a weekly mean is the last but one where the week is open.
        let moves = window.workspace().memos.moves(&window.workspace().document, window.workspace().as_of(), &objective.id, None);
        for line in &moves.guardrails {
            let format = ValueFormat::of(window.workspace().project(), window.workspace().project().metric(&line.metric));
            assert!(line.words.contains(&format.value(line.value.unwrap())), "{}", line.words);
        }
        // Initiatives in the lane: the share that is done.
        let lane = window.workspace().memos.lane(&window.workspace().document, window.workspace().as_of(), &objective.id, None);
        for bar in &lane.bars {
            assert!(bar.words.contains(&format!("{} done", percent(&report.goal(&bar.goal)["progress"]))), "{}", bar.words);
            let GoalKind::Initiative(_) = window.workspace().project().goal(&bar.goal).unwrap().kind else { panic!("{}", bar.title) };
            let span = window.workspace().project().span(window.workspace().project().goal(&bar.goal).unwrap());
            assert_eq!(bar.from, Stamp::from_date(span.start.unwrap()).days());
        }
        assert!(!moves.guardrails.is_empty() || !moves.evidence.is_empty());
    }
    assert!(rows >= 10 && percentages == 3, "{rows} rows of {percentages} objectives");
}

#[test]
fn a_title_that_is_cut_is_told_on_hover() {
    let mut window = Window::on_habit();
    window.click_goal("Become the daily habit");
    let long = "Bring MAU to 10 M, so that every team in every region finds what it wrote down without asking anybody for it, ".repeat(2);
    let long = long.trim_end_matches(", ");
    let renamed = edits::rename_goal(window.mau(), long);
    window.act(renamed.into());
    let links: Vec<_> = window.harness.get_all_by_role_and_label(Role::Link, long).map(|link| link.rect()).collect();
    assert!(links.len() >= 2, "over its chart, and in the inspector: {links:?}");
    for link in links {
        window.harness.hover_at(Pos2::new(2.0, 2.0));
        window.harness.run();
        let before = window.harness.query_all_by_label(long).count();
        window.point_at(link.center());
        let told = window.harness.query_all_by_label(long).count();
        assert!(told > before, "the link at {link:?} does not tell what was cut");
    }
}
