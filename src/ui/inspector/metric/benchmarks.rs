//! What others reach, with where that is known from.

use egui::{Align, Layout, Ui};

use super::super::desk::Desk;
use super::super::words::{self, options};
use crate::document::edits;
use crate::model::{Benchmark, BenchmarkKind, Metric, date_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets;

pub(super) fn benchmarks_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    if desk.section(ui, "Benchmarks", Some("Add a benchmark")) {
        desk.act(edits::add_benchmark(metric, first_benchmark(desk, metric)));
    }
    if metric.benchmarks.is_empty() {
        desk.note(ui, "What a competitor or the industry reaches, with its date and source.");
    }
    for (index, benchmark) in metric.benchmarks.iter().enumerate() {
        benchmark_ui(desk, ui, metric, index, benchmark);
        ui.add_space(space::XS);
    }
}

/// Something to begin with: the metric's own last value, today.
fn first_benchmark(desk: &Desk<'_>, metric: &Metric) -> Benchmark {
    let value = metric.series.last().map_or(0.0, |(_, value)| value);
    let number = metric.benchmarks.len() + 1;
    Benchmark { name: format!("Benchmark {number}"), kind: BenchmarkKind::Industry, value, date: desk.scene.as_of, source: String::new() }
}

fn benchmark_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, index: usize, benchmark: &Benchmark) {
    let theme = desk.scene.theme;
    let number = index + 1;
    let with = |benchmark: Benchmark| {
        let mut changed = metric.benchmarks.clone();
        changed[index] = benchmark;
        edits::set_benchmarks(metric, changed)
    };
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove benchmark {number}")).clicked() {
                let mut left = metric.benchmarks.clone();
                left.remove(index);
                desk.act(edits::set_benchmarks(metric, left));
            }
            let name = format!("Name of benchmark {number}");
            let field = desk.text_field(&name, &benchmark.name).required("A benchmark needs a name").width(ui.available_width());
            if let Some(name) = desk.show_text(ui, field) {
                desk.act(with(Benchmark { name, ..benchmark.clone() }));
            }
        });
    });
    ui.horizontal_top(|ui| {
        let kinds = options(&words::BENCHMARK_KINDS);
        if let Some(kind) = desk.combo(ui, &format!("Kind of benchmark {number}"), &benchmark.kind, &kinds, 96.0) {
            desk.act(with(Benchmark { kind, ..benchmark.clone() }));
        }
        let name = format!("Value of benchmark {number}");
        let field = desk.number_field(&name, Some(benchmark.value), &metric.unit).required().width(ui.available_width());
        if let Some(Some(value)) = desk.show_number(ui, field).committed {
            desk.act(with(Benchmark { value, ..benchmark.clone() }));
        }
    });
    ui.horizontal_top(|ui| {
        ui.label(theme.muted("as of", TextSize::Small).line_height(Some(24.0)));
        let name = format!("Date of benchmark {number}");
        let field = desk.date_field(&name, Some(benchmark.date)).required();
        if let Some(Some(date)) = desk.show_date(ui, field).committed {
            desk.act(with(Benchmark { date, ..benchmark.clone() }));
        }
    });
    let name = format!("Source of benchmark {number}");
    let field = desk.text_field(&name, &benchmark.source).hint("Source, such as a report and its page");
    if let Some(source) = desk.show_text(ui, field) {
        desk.act(with(Benchmark { source, ..benchmark.clone() }));
    }
    if benchmark.date > desk.scene.as_of {
        desk.note(ui, format!("Dated after {}.", date_words(desk.scene.as_of)));
    }
}
