//! Slides as they stand on paper: everything in its box, nothing over something else, whatever people wrote; and where clicks on them lead.

use std::sync::Arc;

use egui::{Rect, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{PAPER, SlideLook, range_in_hand, slide_with_ui};
use crate::chart::deck::{Body, Slide};
use crate::document::Document;
use crate::model::{Date, Goal, MetricId, Project, ProjectId, SlideEdit, SlideSubject};
use crate::storage;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::theme::Theme;
use crate::workspace::{Action, FailingLinks, KpiMode, Memos, OutsideLinks, Selection, View};

struct Stage {
    document: Document,
    memos: Memos,
    view: View,
    theme: Theme,
    as_of: Date,
    scratch: Scratch,
    actions: Vec<Action>,
    medium: Medium,
    look: SlideLook,
    slide: Option<Arc<Slide>>,
}

impl Stage {
    fn new(project: Project) -> Self {
        let as_of = project.settings.as_of.unwrap();
        Self {
            document: Document::new(project),
            memos: Memos::default(),
            view: View::default(),
            theme: Theme::light(),
            as_of,
            scratch: Scratch::default(),
            actions: Vec::new(),
            medium: Medium::Screen,
            look: SlideLook::default(),
            slide: None,
        }
    }

    /// Every slide, those that are left out among them.
    fn slides(&self) -> Vec<Arc<Slide>> {
        let entries = self.memos.deck(&self.document, self.as_of);
        entries.iter().map(|entry| self.memos.slide(&self.document, self.as_of, entry)).collect()
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        let Some(slide) = self.slide.clone() else { return };
        let (evaluation, tree) = (self.memos.evaluation(&self.document, self.as_of), self.memos.tree(&self.document));
        let scene = Scene {
            document: &self.document,
            project: self.document.project(),
            view: &self.view,
            theme: &self.theme,
            memos: &self.memos,
            failing: FailingLinks::NONE,
            outside: OutsideLinks::NONE,
            as_of: self.as_of,
            evaluation,
            tree,
        };
        let place = super::place(ui.max_rect());
        slide_with_ui(ui, &scene, &slide, 7, place, self.medium, &self.look, &mut self.scratch, &mut self.actions);
    }
}

fn harness(stage: Stage, size: Vec2) -> Harness<'static, Stage> {
    let setup = |ctx: &egui::Context| Theme::light().install(ctx);
    let builder = Harness::builder().with_size(size).with_step_dt(0.05).with_context_setup(setup);
    builder.build_ui_state(
        |ui, stage: &mut Stage| {
            stage.draw(ui);
        },
        stage,
    )
}

/// Where each text is painted: the box of its rows.
fn texts(shape: &Shape, clip: Rect, found: &mut Vec<(String, Rect)>) {
    match shape {
        Shape::Text(text) => {
            let drawn = Rect::from_min_size(text.pos + text.galley.rect.min.to_vec2(), text.galley.rect.size());
            let shown: String = text.galley.rows.iter().map(|row| row.text()).collect();
            if !shown.trim().is_empty() && clip.intersects(drawn) {
                found.push((shown, drawn));
            }
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, clip, found)),
        _ => {}
    }
}

fn drawn(harness: &Harness<'_, Stage>) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| texts(&clipped.shape, clipped.clip_rect, &mut found));
    found
}

/// Text that leaves the paper, or stands over other text. Labels in a plot make way for one another themselves.
fn faults(name: &str, found: &[(String, Rect)], zoom: f32, is_chart: bool) -> Vec<String> {
    let paper = Rect::from_min_size(egui::Pos2::ZERO, PAPER * zoom);
    let plot = Rect::from_min_max((egui::vec2(0.0, 270.0) * zoom).to_pos2(), (egui::vec2(1920.0, 860.0) * zoom).to_pos2());
    let own: Vec<_> = found.iter().filter(|(_, room)| !(is_chart && plot.contains_rect(*room))).collect();
    let mut faults = Vec::new();
    for (index, (text, room)) in own.iter().enumerate() {
        if !paper.contains_rect(*room) {
            faults.push(format!("{name}: “{text}” leaves the paper: {room:?}"));
        }
        for (other, over) in own.iter().skip(index + 1) {
            // Lines that touch are apart to the eye: letters are lower than their line.
            let both = room.intersect(*over);
            if both.is_positive() && both.height() > 0.3 * room.height().min(over.height()) && both.width() > 2.0 {
                faults.push(format!("{name}: “{text}” stands over “{other}”: {room:?}, {over:?}"));
            }
        }
    }
    faults
}

fn all_faults(project: Project, medium: Medium, size: Vec2) -> Vec<String> {
    let mut stage = Stage::new(project);
    stage.medium = medium;
    let slides = stage.slides();
    let mut harness = harness(stage, size);
    let mut faults_found = Vec::new();
    for slide in slides {
        let (name, is_chart) = (format!("{:?}", slide.id), matches!(slide.body, Body::Kpi(_)));
        harness.state_mut().slide = Some(slide);
        harness.run_steps(3);
        let found = drawn(&harness);
        assert!(!found.is_empty(), "{name} is blank");
        faults_found.extend(faults(&name, &found, size.x / PAPER.x, is_chart));
    }
    faults_found
}

const HOSTILE: &str = "</text><script>alert(1)</script> & \"quotes\" ÄÖÜ ßçñ \u{7}\n\
    Supercalifragilisticexpialidocious-and-a-word-without-any-break-that-goes-on-and-on-and-on-and-on-and-on-until-the-line-must-break and then \
    many short words follow until there are three hundred letters in all, which no title should ever have, but some do";

/// The sample with the worst of names everywhere.
fn hostile() -> Project {
    let mut project = storage::sample();
    HOSTILE.clone_into(&mut project.name);
    HOSTILE.clone_into(&mut project.deck.title);
    HOSTILE.clone_into(&mut project.deck.subtitle);
    for goal in project.goals.values_mut() {
        let mut changed = Goal::clone(goal);
        changed.title = format!("{HOSTILE} {}", changed.id);
        HOSTILE.clone_into(&mut changed.owner);
        *goal = Arc::new(changed);
    }
    for metric in project.metrics.values_mut() {
        let mut changed = crate::model::Metric::clone(metric);
        changed.name = format!("{HOSTILE} {}", changed.id);
        changed.abbreviation = changed.name.clone();
        HOSTILE.clone_into(&mut changed.owner);
        *metric = Arc::new(changed);
    }
    for entry in project.meeting_log.values_mut() {
        HOSTILE.clone_into(&mut entry.text);
        HOSTILE.clone_into(&mut entry.owner);
        HOSTILE.clone_into(&mut entry.outcome);
    }
    project
}

#[test]
fn the_sample_stands_in_its_boxes_at_every_size() {
    for size in [PAPER, PAPER * (2.0 / 3.0), PAPER * 0.125] {
        let faults = all_faults(storage::sample(), Medium::Page, size);
        assert!(faults.is_empty(), "at {size:?}:\n{}", faults.join("\n"));
    }
}

#[test]
fn whatever_people_wrote_stays_in_its_box() {
    let faults = all_faults(hostile(), Medium::Screen, PAPER);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_project_without_anything_and_one_without_an_earlier_meeting_have_whole_slides() {
    let mut empty = Project::empty(ProjectId::from_random(1), "");
    empty.settings.as_of = Some("2026-11-21".parse().unwrap());
    let mut first = storage::sample();
    first.deck.last_meeting = None;
    for project in [empty, first] {
        let faults = all_faults(project, Medium::Screen, PAPER);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

fn slide_of(stage: &Stage, subject: &SlideSubject) -> Arc<Slide> {
    stage.slides().into_iter().find(|slide| slide.id.subject == *subject).unwrap()
}

fn on(subject: &SlideSubject, change: impl FnOnce(&mut Stage)) -> Harness<'static, Stage> {
    let mut stage = Stage::new(storage::sample());
    stage.slide = Some(slide_of(&stage, subject));
    change(&mut stage);
    let mut harness = harness(stage, PAPER * (2.0 / 3.0));
    harness.run();
    harness
}

fn metric(name: &str) -> MetricId {
    let project = storage::sample();
    project.metrics.values().find(|m| m.name == name).unwrap().id.clone()
}

#[test]
fn a_row_leads_to_its_goal_and_a_kicker_to_the_goal_above() {
    let mut harness = on(&SlideSubject::Summary, |_| {});
    harness.get_by_label_contains("Grow revenue that stays: on track").click();
    harness.run();
    let project = storage::sample();
    let goal = project.goals.values().find(|g| g.title == "Grow revenue that stays").unwrap().id.clone();
    assert_eq!(harness.state().actions, [Action::Visit(Selection::Goal(goal))]);

    let mut harness = on(&SlideSubject::Kpi(metric("Net promoter score")), |_| {});
    harness.get_by_label("Be the product people trust › NPS of 50 or more, at risk").click();
    harness.run();
    let goal = project.goals.values().find(|g| g.title == "NPS of 50 or more").unwrap().id.clone();
    assert_eq!(harness.state().actions, [Action::Visit(Selection::Goal(goal))]);
    harness.get_by_label("Net promoter score, score, Jan 2024 – Oct 2026").click();
    harness.run();
    assert_eq!(harness.state().actions.last(), Some(&Action::Visit(Selection::Metric(metric("Net promoter score")))));
}

#[test]
fn on_paper_nothing_can_be_clicked() {
    let harness = on(&SlideSubject::Summary, |stage| stage.medium = Medium::Page);
    assert!(harness.query_by_label_contains("Grow revenue that stays: on track").is_none());
}

#[test]
fn the_forecast_is_put_away_and_a_mode_and_days_are_shown_for_the_moment() {
    let subject = SlideSubject::Kpi(metric("Net promoter score"));
    let says = |harness: &Harness<'_, Stage>, words: &str| drawn(harness).iter().any(|(text, _)| text.contains(words));
    let harness = on(&subject, |_| {});
    assert!(says(&harness, "Forecast 41"));
    let harness = on(&subject, |stage| stage.look.hide_forecast = true);
    assert!(!says(&harness, "Forecast") && says(&harness, "Target 50 by 31 Dec"));
    let harness = on(&subject, |stage| stage.look.mode = Some(KpiMode::XMR));
    assert!(says(&harness, "Upper limit") || says(&harness, "Mean"), "{:?}", drawn(&harness));
    let range = ("2026-01-01".parse().unwrap(), "2026-06-30".parse().unwrap());
    let harness = on(&subject, |stage| stage.look.range = Some(range));
    assert!(says(&harness, "Jan 2026 – Jun 2026") || says(&harness, "Jan – Jun 2026"), "{:?}", drawn(&harness));
}

#[test]
fn zooming_stays_in_hand_until_a_double_click() {
    let subject = SlideSubject::Kpi(metric("Net promoter score"));
    let mut harness = on(&subject, |_| {});
    let id = metric("Net promoter score");
    assert_eq!(range_in_hand(&mut harness.state_mut().scratch, &id), None);
    let middle = egui::pos2(500.0, 400.0);
    harness.hover_at(middle);
    harness.run();
    harness.event(egui::Event::Zoom(1.6));
    harness.run();
    let (from, to) = range_in_hand(&mut harness.state_mut().scratch, &id).unwrap();
    assert!(from < to);
}

#[test]
fn every_pinned_picture_is_drawn_and_its_title_is_the_one_of_the_slide() {
    let id = metric("Monthly active users");
    let subject = SlideSubject::Kpi(id.clone());
    let mut harness = harness(Stage::new(storage::sample()), PAPER * 0.5);
    for mode in KpiMode::ALL {
        let stage = harness.state_mut();
        let mut project = Project::clone(stage.document.project());
        project.deck.slides.retain(|slide| slide.subject != subject);
        let (hidden, title, note, order, range) = (false, None, String::new(), None, None);
        project.deck.slides.push(SlideEdit {
            subject: subject.clone(),
            hidden,
            title,
            note,
            order,
            mode: Some(mode.slug().to_owned()),
            range,
        });
        project.deck.slides.sort_by(|a, b| a.subject.cmp(&b.subject));
        // Another document: what is kept of the one before is not of it.
        (stage.document, stage.memos) = (Document::new(project), Memos::default());
        let slide = slide_of(stage, &subject);
        if let Some(of) = stage.memos.pinned_figure(&stage.document, stage.as_of, (&id, goal_of(&slide).as_ref()), mode, None) {
            let figure = stage.memos.figure(&stage.document, stage.as_of, &of).unwrap();
            assert!(slide.title.ends_with(&figure.title), "{mode:?}: {} on the slide, {} in the picture", slide.title, figure.title);
        }
        stage.slide = Some(slide);
        harness.run();
        assert!(drawn(&harness).len() > 8, "{mode:?} is all but blank");
    }
}

fn goal_of(slide: &Slide) -> Option<crate::model::GoalId> {
    if let Body::Kpi(kpi) = &slide.body { kpi.goal.clone() } else { None }
}
