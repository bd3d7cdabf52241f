//! The window's frames on a large project, without a window: layout and tessellation of everything that is seen, while the pointer
//! moves over a chart, while a chart is dragged and while rows move past. At most 4 ms in the middle, 8 ms for the slowest of 300.

#[path = "common/large.rs"]
mod large;

use std::sync::LazyLock;

use divan::Bencher;
use eframe::App as _;
use egui::{Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use tempfile::TempDir;
use waymark::model::{GoalId, MetricId, Project};
use waymark::shell::fake::ScriptedDialogs;
use waymark::shell::{Services, WaymarkApp};
use waymark::workspace::{
    Action, Arrangement, BeginAt, CellLook, CellParts, IdSource, Preferences, PresentAction, ScorecardView, Screen, Selection, Workspace,
};

const FRAMES: u32 = 300;
const SIZE: egui::Vec2 = vec2(1440.0, 900.0);

static PROJECT: LazyLock<Project> = LazyLock::new(|| large::project(large::LARGE));
/// With more cards than any map that is looked at whole.
static WIDE: LazyLock<Project> = LazyLock::new(|| large::project(large::Size { goals: 10_000, metrics: 200, points: 20_000 }));

fn main() {
    divan::main();
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn objective_view_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_an_objective();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn objective_view_panning(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_an_objective();
    window.press();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn kpi_view_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_metric();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn kpi_view_panning(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_metric();
    window.press();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn scorecard_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_scorecard();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn scorecard_scrolling(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_scorecard();
    bencher.bench_local(|| window.scroll());
}

fn wheel(down: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, down),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn map_view_panning(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_map(&PROJECT, 1.0);
    bencher.bench_local(|| window.pan_and_zoom(false));
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn map_view_panning_from_afar(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_map(&PROJECT, 0.3);
    bencher.bench_local(|| window.pan_and_zoom(false));
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn map_of_10_000_goals_panning(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_map(&WIDE, 1.0);
    bencher.bench_local(|| window.pan_and_zoom(false));
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn map_of_10_000_goals_whole_panning(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_map(&WIDE, 0.0001);
    bencher.bench_local(|| window.pan_and_zoom(false));
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn map_of_10_000_goals_zooming(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_map(&WIDE, 0.3);
    bencher.bench_local(|| window.pan_and_zoom(true));
}

/// Every goal and metric of the large project that has news is on the agenda.
#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn review_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(Action::Select(Selection::Goal(GoalId::from_random(501))), Screen::Review);
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn roadmap_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_roadmap();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn roadmap_scrolling(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_roadmap();
    bencher.bench_local(|| window.scroll());
}

/// The wheel makes the days wider and narrower.
#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn roadmap_zooming(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_roadmap();
    bencher.bench_local(|| window.pan_and_zoom(true));
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn board_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_board();
    bencher.bench_local(|| window.hover());
}

#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn board_scrolling(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_the_board();
    bencher.bench_local(|| window.scroll());
}

/// The slide of a KPI with its chart, on the whole window.
#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn slide_hovering(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_slide();
    bencher.bench_local(|| window.hover());
}

/// The table of all slides, which has a slide for each of 200 KPIs.
#[divan::bench(sample_count = FRAMES, sample_size = 1)]
fn slide_sorter_scrolling(bencher: Bencher<'_, '_>) {
    let mut window = Window::of_a_slide();
    window.app.act(&window.context.clone(), Action::Present(PresentAction::ToggleOverview));
    window.settle();
    bencher.bench_local(|| window.scroll());
}

/// The real window with everything but the screen.
struct Window {
    app: WaymarkApp,
    frame: eframe::Frame,
    context: Context,
    /// Over a chart.
    pointer: Pos2,
    count: u32,
    _folder: TempDir,
}

impl Window {
    fn open(action: Action, screen: Screen) -> Self {
        Self::open_on(&PROJECT, action, screen)
    }

    fn open_on(project: &Project, action: Action, screen: Screen) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let today = project.settings.as_of.expect("the large project pins its day");
        let services = Services::scripted(folder.path(), today, ScriptedDialogs::default());
        let mut workspace = Workspace::new(project.clone(), today, IdSource::seeded(1), Preferences::default());
        workspace.apply(action);
        workspace.apply(Action::Show(screen));
        let mut window = Self {
            app: WaymarkApp::new(services, workspace),
            frame: eframe::Frame::_new_kittest(),
            context: Context::default(),
            pointer: pos2(700.0, 500.0),
            count: 0,
            _folder: folder,
        };
        window.settle();
        window
    }

    /// Puts the pointer where a chart is read, wherever the page has it: else something lighter than a chart would be measured.
    fn find_a_chart(&mut self) {
        for y in (0..13).map(|step| 200.0 + 50.0 * step as f32) {
            self.pointer.y = y;
            for _ in 0..4 {
                self.hover();
            }
            if self.context.memory(|memory| memory.areas().visible_layer_ids().iter().any(|l| l.order == egui::Order::Tooltip)) {
                return;
            }
        }
        panic!("no chart is read anywhere at {}", self.pointer.x);
    }

    fn of_an_objective() -> Self {
        let mut window = Self::open(Action::Visit(Selection::Goal(GoalId::from_random(501))), Screen::Objective);
        // To the charts, which lie under the rows of the key results.
        window.draw(vec![Event::PointerMoved(window.pointer)]);
        window.draw(vec![wheel(-2_000.0)]);
        window.settle();
        window.find_a_chart();
        window
    }

    fn of_a_slide() -> Self {
        let mut window = Self::open(Action::Visit(Selection::Metric(MetricId::from_random(6))), Screen::Kpi);
        window.app.act(&window.context.clone(), Action::Present(PresentAction::Begin(BeginAt::Here)));
        window.settle();
        window.find_a_chart();
        window
    }

    fn of_a_metric() -> Self {
        let mut window = Self::open(Action::Visit(Selection::Metric(MetricId::from_random(6))), Screen::Kpi);
        window.find_a_chart();
        window
    }

    /// Every KPI with all its numbers under heat: the fullest cells.
    fn of_the_scorecard() -> Self {
        let view = ScorecardView { parts: CellParts::All, look: CellLook::Heat, ..ScorecardView::default() };
        let mut window = Self::open(Action::Arrange(Arrangement::Scorecard(view)), Screen::Scorecard);
        window.hover();
        window
    }

    /// Down the rows and up again, half a row a frame and more.
    fn scroll(&mut self) -> usize {
        let down = self.count % 200 < 100;
        self.draw(vec![wheel(if down { -120.0 } else { 120.0 })])
    }

    /// A map, nearer or further than it is shown at first, under the pointer.
    fn of_a_map(project: &Project, zoom: f32) -> Self {
        let mut window = Self::open_on(project, Action::Select(Selection::Goal(GoalId::from_random(501))), Screen::Map);
        window.draw(vec![Event::PointerMoved(window.pointer)]);
        let mut left = zoom;
        while left != 1.0 {
            let step = left.max(0.5);
            window.draw(vec![Event::Zoom(step)]);
            left = if step > 0.5 { 1.0 } else { left / step };
        }
        window.settle();
        window
    }

    /// The wheel turns to and fro, with and without Ctrl.
    fn pan_and_zoom(&mut self, zooming: bool) -> usize {
        let forth = self.count % 100 < 50;
        let event = if zooming {
            Event::Zoom(if forth { 1.02 } else { 1.0 / 1.02 })
        } else {
            let delta = vec2(0.0, if forth { -20.0 } else { 20.0 });
            let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Wheel);
            Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE }
        };
        self.draw(vec![Event::PointerMoved(self.pointer), event])
    }

    fn of_the_roadmap() -> Self {
        let mut window = Self::open(Action::Select(Selection::Goal(GoalId::from_random(501))), Screen::Roadmap);
        window.hover();
        window
    }

    fn of_the_board() -> Self {
        Self::open(Action::Select(Selection::Goal(GoalId::from_random(1))), Screen::Board)
    }

    /// Until fonts are loaded and what moves has come to rest.
    fn settle(&mut self) {
        for _ in 0..60 {
            self.draw(Vec::new());
        }
    }

    fn press(&mut self) {
        let button = Event::PointerButton { pos: self.pointer, button: PointerButton::Primary, pressed: true, modifiers: Modifiers::NONE };
        self.draw(vec![Event::PointerMoved(self.pointer)]);
        self.draw(vec![button]);
    }

    /// The pointer goes to and fro, a few points a frame.
    fn hover(&mut self) -> usize {
        let away = (self.count % 100).abs_diff(50) as f32;
        self.draw(vec![Event::PointerMoved(self.pointer + vec2(4.0 * away - 100.0, 0.0))])
    }

    fn draw(&mut self, events: Vec<Event>) -> usize {
        let Self { app, frame, context, count, .. } = self;
        *count += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(f64::from(*count) / 60.0),
            events,
            focused: true,
            ..RawInput::default()
        };
        let mut output = context.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        let (shapes, pixels) = (std::mem::take(&mut output.shapes), output.pixels_per_point);
        output.drop_without_applying_deltas();
        context.tessellate(shapes, pixels).len()
    }
}
