//! What a metric is held against apart from goals: its own targets from days on, and thresholds.

use chrono::Days;
use egui::{Align, Layout, Ui};

use super::desk::Desk;
use super::words::options;
use crate::document::edits;
use crate::model::{Direction, Limit, Metric, Threshold, date_words};
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LimitKind {
    AtLeast,
    AtMost,
    Within,
}

const KINDS: [(LimitKind, &str); 3] = [(LimitKind::AtLeast, "At least"), (LimitKind::AtMost, "At most"), (LimitKind::Within, "Within")];

impl LimitKind {
    fn of(limit: Limit) -> Self {
        match limit {
            Limit::AtLeast(_) => Self::AtLeast,
            Limit::AtMost(_) => Self::AtMost,
            Limit::Within { .. } => Self::Within,
        }
    }

    /// A limit of this kind that keeps the numbers of another one.
    fn with(self, limit: Limit) -> Limit {
        let (low, high) = match limit {
            Limit::AtLeast(value) | Limit::AtMost(value) => (value, value),
            Limit::Within { low, high } => (low, high),
        };
        match self {
            Self::AtLeast => Limit::AtLeast(low),
            Self::AtMost => Limit::AtMost(high),
            Self::Within => Limit::Within { low, high },
        }
    }
}

/// "at least 45 %".
pub(super) fn limit_words(limit: Limit, shown: impl Fn(f64) -> String) -> String {
    match limit {
        Limit::AtLeast(value) => format!("at least {}", shown(value)),
        Limit::AtMost(value) => format!("at most {}", shown(value)),
        Limit::Within { low, high } => format!("{} to {}", shown(low), shown(high)),
    }
}

/// Kind and one or two numbers in a row.
fn limit_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, limit: Limit, name: &str) -> Option<Limit> {
    let mut changed = None;
    ui.horizontal_top(|ui| {
        if let Some(kind) = desk.combo(ui, &format!("Kind of {name}"), &LimitKind::of(limit), &options(&KINDS), 88.0) {
            changed = Some(kind.with(limit));
        }
        let number = |desk: &mut Desk<'_>, ui: &mut Ui, name: &str, value: f64, width: f32| {
            let field = desk.number_field(name, Some(value), &metric.unit).required().width(width);
            desk.show_number(ui, field).committed.flatten()
        };
        let room = ui.available_width();
        match limit {
            Limit::AtLeast(value) => changed = number(desk, ui, name, value, 120.0).map(Limit::AtLeast).or(changed),
            Limit::AtMost(value) => changed = number(desk, ui, name, value, 120.0).map(Limit::AtMost).or(changed),
            Limit::Within { low, high } => {
                let half = (room - space::S) / 2.0;
                let from = number(desk, ui, &format!("Low end of {name}"), low, half);
                let to = number(desk, ui, &format!("High end of {name}"), high, half);
                if from.is_some() || to.is_some() {
                    changed = Some(Limit::Within { low: from.unwrap_or(low), high: to.unwrap_or(high) });
                }
            }
        }
    });
    changed.filter(|new| *new != limit)
}

/// A limit to begin with: on the side that is better, at the value the metric has now.
fn first_limit(metric: &Metric) -> Limit {
    let value = metric.series.last().map_or(0.0, |(_, value)| value);
    match metric.direction {
        Direction::Up => Limit::AtLeast(value),
        Direction::Down => Limit::AtMost(value),
        Direction::Within => Limit::Within { low: value, high: value },
    }
}

pub(super) fn targets_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let theme = desk.scene.theme;
    if desk.section(ui, "Own targets", Some("Add a target of its own")) {
        let last = metric.targets.last();
        let from = match last {
            Some(last) if last.from >= desk.scene.as_of => last.from.checked_add_days(Days::new(1)).unwrap_or(last.from),
            _ => desk.scene.as_of,
        };
        desk.act(edits::set_metric_target(metric, from, last.map_or_else(|| first_limit(metric), |t| t.limit)));
    }
    for target in &metric.targets {
        let day = date_words(target.from);
        ui.horizontal_top(|ui| {
            ui.label(theme.muted("From", crate::ui::theme::TextSize::Small).line_height(Some(24.0)));
            let name = format!("Start of the target from {day}");
            let field = desk.date_field(&name, Some(target.from)).required();
            if let Some(Some(from)) = desk.show_date(ui, field).committed {
                let targets = metric.targets.iter().filter(|t| t.from != target.from).copied().collect();
                desk.act(edits::set_metric_target(&Metric { targets, ..metric.clone() }, from, target.limit));
            }
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove the target from {day}")).clicked() {
                    desk.act(edits::remove_metric_target(metric, target.from));
                }
            });
        });
        if let Some(limit) = limit_ui(desk, ui, metric, target.limit, &format!("Target from {day}")) {
            desk.act(edits::set_metric_target(metric, target.from, limit));
        }
        ui.add_space(space::XS);
    }
}

pub(super) fn thresholds_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let theme = desk.scene.theme;
    if desk.section(ui, "Thresholds", Some("Add a threshold")) {
        let new = Threshold { label: "Limit".to_owned(), limit: first_limit(metric) };
        desk.act(edits::set_thresholds(metric, metric.thresholds.iter().cloned().chain([new]).collect()));
    }
    for (index, threshold) in metric.thresholds.iter().enumerate() {
        let number = index + 1;
        let with = |threshold: Threshold| {
            let mut changed = metric.thresholds.clone();
            changed[index] = threshold;
            edits::set_thresholds(metric, changed)
        };
        ui.horizontal_top(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove threshold {number}")).clicked() {
                    let mut left = metric.thresholds.clone();
                    left.remove(index);
                    desk.act(edits::set_thresholds(metric, left));
                }
                let name = format!("Name of threshold {number}");
                let field = desk.text_field(&name, &threshold.label).hint("Name").width(ui.available_width());
                if let Some(label) = desk.show_text(ui, field) {
                    desk.act(with(Threshold { label, ..threshold.clone() }));
                }
            });
        });
        if let Some(limit) = limit_ui(desk, ui, metric, threshold.limit, &format!("Threshold {number}")) {
            desk.act(with(Threshold { limit, ..threshold.clone() }));
        }
        ui.add_space(space::XS);
    }
}
