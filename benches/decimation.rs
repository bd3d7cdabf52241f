//! A frame of a chart with a million points: thinning once for a new range, and drawing from the thinned lines.

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use egui::{Context, Id, Pos2, RawInput, Rect, vec2};
use waymark::analysis::evaluate;
use waymark::chart::{Chart, Context as ChartContext, decimate, trend};
use waymark::model::{Cadence, Date, Metric, MetricId, Point, Project, ProjectId, Series, Stamp, Tree};
use waymark::ui::chart::{ChartOptions, Margins, PlotScratch, chart_ui};
use waymark::ui::scene::Medium;
use waymark::ui::theme::Theme;

const POINTS: u32 = 1_000_000;

fn main() {
    divan::main();
}

/// An hourly metric over 114 years.
static CHART: LazyLock<Arc<Chart>> = LazyLock::new(|| {
    let mut project = Project::empty(ProjectId::from_random(1), "Bench");
    let mut metric = Metric::new(MetricId::from_random(1), "Requests");
    metric.cadence = Cadence::Hourly;
    let value = |i: u32| 1000.0 + 300.0 * (f64::from(i) / 5000.0).sin() + f64::from(i.wrapping_mul(7919) % 101);
    let points = (0..POINTS).map(|i| Point::new(Stamp::from_seconds(i64::from(i) * 3600), value(i)));
    metric.series = Arc::new(Series::from_points(points).expect("ascending and finite"));
    let id = metric.id.clone();
    project.metrics.insert(id.clone(), Arc::new(metric));
    let as_of = Date::from_ymd_opt(2100, 1, 1).expect("a date");
    let evaluation = evaluate(&project, &Tree::of(&project), as_of);
    Arc::new(trend(&ChartContext { project: &project, evaluation: &evaluation }, &id, None))
});

#[divan::bench(sample_count = 50)]
fn thin_a_million_points_to_1000_columns(bencher: Bencher<'_, '_>) {
    let chart = Arc::clone(&CHART);
    let points = &chart.values;
    bencher.bench_local(|| decimate(black_box(points), chart.fit_x, 1000).len());
}

#[divan::bench(sample_count = 50)]
fn a_frame_at_rest(bencher: Bencher<'_, '_>) {
    frames(bencher, |_| CHART.fit_x);
}

#[divan::bench(sample_count = 50)]
fn a_frame_while_panning(bencher: Bencher<'_, '_>) {
    let (from, to) = CHART.fit_x;
    let half = (to - from) / 2.0;
    frames(bencher, |frame| (from + f64::from(frame % 1000), from + half + f64::from(frame % 1000)));
}

/// Layout, drawing and tessellation of one chart, as the window does it.
fn frames(bencher: Bencher<'_, '_>, range: impl Fn(u32) -> (f64, f64)) {
    let context = Context::default();
    let theme = Theme::light();
    theme.install(&context);
    let chart = Arc::clone(&CHART);
    let mut scratch = PlotScratch::default();
    let mut count = 0;
    let mut frame = || {
        count += 1;
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
        let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
        let output = context.run_ui(input, |ui| {
            let options = ChartOptions {
                id: Id::unique("bench"),
                medium: Medium::Screen,
                range: Some(range(count)),
                cursor: None,
                size: vec2(1176.0, 480.0),
                caption: true,
                margins: Margins::default(),
            };
            chart_ui(ui, &theme, &chart, &mut scratch, &options);
        });
        let shapes = output.shapes.clone();
        let pixels = output.pixels_per_point;
        output.drop_without_applying_deltas();
        context.tessellate(shapes, pixels).len()
    };
    frame();
    bencher.bench_local(frame);
}
