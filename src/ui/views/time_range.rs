//! The time range that all charts of a window share: its buttons, and panning finer than a day.

use chrono::Days;
use egui::{Id, Ui};

use crate::model::{Date, Stamp};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::widgets;
use crate::workspace::{Action, TimeRange};

/// Of the list of ranges, where there is no room for their buttons.
const LIST_WIDTH: f32 = 88.0;

/// A view's range is whole days; a pan or zoom in hand moves by less. The exact range is kept beside the rounded one.
#[derive(Clone, Copy, Debug, Default)]
struct Exact(Option<(TimeRange, (f64, f64))>);

fn exact_id() -> Id {
    Id::unique("exact time range")
}

/// The days that the frame before showed, where they are to stand still.
#[derive(Clone, Copy, Debug, Default)]
struct Held(Option<(f64, f64)>);

fn held_id() -> Id {
    Id::unique("held time range")
}

/// Shows the same days in the next frame, whatever there is to see: a day is being dragged.
pub(super) fn hold(scratch: &mut Scratch, range: (f64, f64)) {
    scratch.of::<Held>(held_id()).0 = Some(range);
}

/// The days to show, of charts that together have something to see in `data`.
pub(super) fn shown(scene: &Scene<'_>, scratch: &mut Scratch, data: (f64, f64)) -> (f64, f64) {
    if let Some(held) = scratch.of::<Held>(held_id()).0.take() {
        return held;
    }
    exact(scene, scratch).unwrap_or_else(|| scene.view.days(scene.project, scene.as_of, data))
}

/// The days that a pan or zoom left behind, if one did.
pub(super) fn exact(scene: &Scene<'_>, scratch: &mut Scratch) -> Option<(f64, f64)> {
    scratch.of::<Exact>(exact_id()).0.filter(|(rounded, _)| *rounded == scene.view.range).map(|(_, exact)| exact)
}

fn date(days: f64) -> Date {
    Stamp::from_seconds((days * 86_400.0) as i64).date()
}

/// Makes a pan or zoom the range of the view.
pub(super) fn moved(scratch: &mut Scratch, (from, to): (f64, f64), actions: &mut Vec<Action>) {
    let last = date(to.ceil());
    let rounded = TimeRange::Custom { from: date(from.floor()), to: last.checked_sub_days(Days::new(1)).unwrap_or(last) };
    scratch.of::<Exact>(exact_id()).0 = Some((rounded, (from, to)));
    actions.push(Action::SetRange(rounded));
}

fn options(scene: &Scene<'_>) -> Vec<(TimeRange, &'static str)> {
    TimeRange::PRESETS
        .iter()
        .filter(|r| **r != TimeRange::Cycle || scene.view.cycle_in_range(scene.project, scene.as_of).is_some())
        .map(|r| (*r, r.word()))
        .collect()
}

/// How wide [`buttons_ui`] will be.
pub(super) fn buttons_width(ui: &Ui, scene: &Scene<'_>) -> f32 {
    widgets::segmented_width(ui, scene.theme, &options(scene))
}

/// How wide [`buttons_ui`] is where there is no room for its buttons.
pub(super) fn list_width(scene: &Scene<'_>) -> f32 {
    scene.theme.px(LIST_WIDTH)
}

/// 3 m, 6 m, 1 y, cycle, all: as buttons, or as a list where they do not fit.
pub(super) fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    reaches_ui(ui, scene, "Time range", &options(scene), actions);
}

/// Ranges by words of one's own, as buttons or as a list.
pub(super) fn reaches_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, options: &[(TimeRange, &'static str)], actions: &mut Vec<Action>) {
    let (theme, current) = (scene.theme, scene.view.range);
    let chosen = if widgets::segmented_width(ui, theme, options) <= ui.available_width() {
        widgets::segmented_ui(ui, theme, name, current, options)
    } else {
        let mut options: Vec<_> = options.iter().map(|(range, word)| (*range, (*word).to_owned())).collect();
        // A list shows what is chosen, a range of one's own too.
        if !options.iter().any(|(range, _)| *range == current) {
            options.push((current, current.word().to_owned()));
        }
        widgets::combo_ui(ui, theme, name, &current, &options, list_width(scene))
    };
    if let Some(range) = chosen {
        actions.push(Action::SetRange(range));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pan_by_less_than_a_day_is_not_lost() {
        let (mut scratch, mut actions) = (Scratch::default(), Vec::new());
        moved(&mut scratch, (20_000.25, 20_090.25), &mut actions);
        let day = |days: f64| date(days);
        assert_eq!(actions, [Action::SetRange(TimeRange::Custom { from: day(20_000.0), to: day(20_090.0) })]);
        assert_eq!(scratch.of::<Exact>(exact_id()).0.map(|(_, exact)| exact), Some((20_000.25, 20_090.25)));
    }
}
