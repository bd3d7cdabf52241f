//! The way as a chart, whose stages and target are dragged.

use egui::{Id, Ui, vec2};

use super::Plan;
use crate::document::edits;
use crate::model::{Stamp, date_words};
use crate::ui::chart::{self, ChartOptions, Handle, HandleMove, HandlePlace, Margins, PlotScratch};
use crate::ui::scene::{Medium, Scratch};
use crate::ui::views::target;
use crate::workspace::{Action, ChartOf};

const HEIGHT: f32 = 240.0;
/// Air beside the span, as a share of it.
const BESIDE: f64 = 0.03;

pub(super) fn chart_ui(ui: &mut Ui, plan: &Plan<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let Plan { scene, goal, planned, .. } = *plan;
    let theme = scene.theme;
    let of = match goal.as_key_result().and_then(|k| k.metric.clone()) {
        Some(metric) => ChartOf::Metric(metric, Some(goal.id.clone())),
        None => ChartOf::Goal(goal.id.clone()),
    };
    let (Some(first), Some(last)) = (planned.parts.first(), planned.parts.last()) else { return };
    let drawn = scene.memos.chart(scene.document, scene.as_of, &of);
    let day = |date| Stamp::from_date(date).days();
    let air = (day(last.by) - day(first.from)) * BESIDE;
    let range = (day(first.from) - air, day(last.by) + air);
    let id = Id::unique("chart of stages");
    let size = vec2(ui.available_width(), theme.px(HEIGHT));
    let options =
        ChartOptions { id, medium: Medium::Screen, range: Some(range), cursor: None, size, caption: false, margins: Margins::default() };
    let mut plot = scratch.take::<PlotScratch>(id);
    let answer = chart::chart_ui(ui, theme, &drawn, &mut plot, &options);

    let bounds = (drawn.bounds.lower.unwrap_or(f64::NEG_INFINITY), drawn.bounds.upper.unwrap_or(f64::INFINITY));
    let stage = |index: &usize| {
        let stage = planned.stages[*index];
        let name = format!("Stage of {}", date_words(stage.by));
        let limits = (bounds.0.min(stage.value), bounds.1.max(stage.value));
        let (place, answer) = (HandlePlace::Point(day(stage.by)), target::answer(scene, goal));
        Handle { name, place, value: stage.value, limits, answer, stops: Vec::new() }
    };
    let ends = target::changeable(scene, &drawn).map(|goal| target::handles(scene, goal, &drawn)).unwrap_or_default();
    // Stages lie over the line of the target.
    let handles: Vec<Handle> = ends.iter().map(|(_, h)| h.clone()).chain(planned.inside.iter().map(stage)).collect();
    for (index, what) in chart::handles_ui(ui, theme, &drawn, &mut plot, &answer, &handles) {
        if let Some((end, _)) = ends.get(index) {
            target::moved(scene, scratch, goal, *end, what, actions);
            continue;
        }
        let moved = |to: f64| {
            let mut stages = planned.stages.clone();
            stages[planned.inside[index - ends.len()]].value = to;
            edits::move_stages(goal, stages)
        };
        match what {
            HandleMove::Began => actions.push(Action::BeginDrag { label: moved(0.0).label }),
            HandleMove::To(to) | HandleMove::Set(to) => actions.push(moved(to).into()),
            HandleMove::Released => actions.push(Action::CommitDrag),
            HandleMove::Aborted => actions.push(Action::AbortDrag),
        }
    }
    scratch.put(id, plot);
}
