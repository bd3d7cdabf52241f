//! How the values of a metric are counted and written.

use egui::Ui;

use super::super::desk::Desk;
use super::super::words::{self, options};
use crate::document::edits;
use crate::model::{Bounds, Metric, Unit};

/// The kinds of unit; a currency and a word of one's own are spelled out beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnitKind {
    Count,
    Percent,
    Currency,
    Seconds,
    Minutes,
    Hours,
    Days,
    Ratio,
    Score,
    Custom,
}

const UNITS: [(UnitKind, &str); 10] = [
    (UnitKind::Count, "Count"),
    (UnitKind::Percent, "Percent"),
    (UnitKind::Currency, "Currency"),
    (UnitKind::Seconds, "Seconds"),
    (UnitKind::Minutes, "Minutes"),
    (UnitKind::Hours, "Hours"),
    (UnitKind::Days, "Days"),
    (UnitKind::Ratio, "Ratio"),
    (UnitKind::Score, "Score"),
    (UnitKind::Custom, "Another word"),
];

impl UnitKind {
    fn of(unit: &Unit) -> Self {
        match unit {
            Unit::Count => Self::Count,
            Unit::Percent => Self::Percent,
            Unit::Currency(_) => Self::Currency,
            Unit::Seconds => Self::Seconds,
            Unit::Minutes => Self::Minutes,
            Unit::Hours => Self::Hours,
            Unit::Days => Self::Days,
            Unit::Ratio => Self::Ratio,
            Unit::Score => Self::Score,
            Unit::Custom(_) => Self::Custom,
        }
    }

    fn unit(self, currency: &str) -> Unit {
        match self {
            Self::Count => Unit::Count,
            Self::Percent => Unit::Percent,
            Self::Currency => Unit::Currency(currency.to_owned()),
            Self::Seconds => Unit::Seconds,
            Self::Minutes => Unit::Minutes,
            Self::Hours => Unit::Hours,
            Self::Days => Unit::Days,
            Self::Ratio => Unit::Ratio,
            Self::Score => Unit::Score,
            Self::Custom => Unit::Custom("items".to_owned()),
        }
    }
}

/// What is wrong with the code of a currency.
pub(in crate::ui::inspector) fn currency_problem(code: &str) -> Option<String> {
    Unit::parse(&format!("currency:{code}")).is_err().then(|| "A currency is three letters, such as EUR".to_owned())
}

pub(super) fn counted_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "How it is counted", None);
    if let Some(kind) = desk.choice(ui, "Unit", &UnitKind::of(&metric.unit), &options(&UNITS)) {
        desk.act(edits::set_unit(metric, kind.unit(&desk.scene.project.settings.currency)));
    }
    match &metric.unit {
        Unit::Currency(code) => {
            let entered = desk.row(ui, "Currency", |desk, ui| {
                let field = desk.text_field("Currency", code).check(currency_problem).width(72.0);
                desk.show_text(ui, field)
            });
            if let Some(code) = entered {
                desk.act(edits::set_unit(metric, Unit::Currency(code.to_ascii_uppercase())));
            }
        }
        Unit::Custom(label) => {
            let entered = desk.row(ui, "Word", |desk, ui| {
                let field = desk.text_field("Word", label).required("A unit needs a word, such as tickets");
                desk.show_text(ui, field)
            });
            if let Some(label) = entered {
                desk.act(edits::set_unit(metric, Unit::Custom(label)));
            }
        }
        _ => {}
    }
    let decimals: Vec<(u8, String)> = (0..=9).map(|count| (count, count.to_string())).collect();
    if let Some(decimals) = desk.choice(ui, "Decimals", &metric.decimals, &decimals) {
        desk.act(edits::set_decimals(metric, decimals));
    }
    if let Some(direction) = desk.choice(ui, "Direction", &metric.direction, &options(&words::DIRECTIONS)) {
        desk.act(edits::set_direction(metric, direction));
    }
    if let Some(cadence) = desk.choice(ui, "Cadence", &metric.cadence, &words::cadences()) {
        desk.act(edits::set_cadence(metric, cadence));
    }
    if let Some(aggregation) = desk.choice(ui, "Aggregation", &metric.aggregation, &options(&words::AGGREGATIONS)) {
        desk.act(edits::set_aggregation(metric, aggregation));
    }
    if metric.formula().is_none()
        && let Some(recording) = desk.choice(ui, "Recording", &metric.recording, &options(&words::RECORDINGS))
    {
        desk.act(edits::set_recording(metric, recording));
    }
    if let Some(lower) = desk.number(ui, "Lowest", metric.bounds.lower, &metric.unit).committed {
        desk.act(edits::set_bounds(metric, Bounds { lower, ..metric.bounds }));
    }
    if let Some(upper) = desk.number(ui, "Highest", metric.bounds.upper, &metric.unit).committed {
        desk.act(edits::set_bounds(metric, Bounds { upper, ..metric.bounds }));
    }
}
