//! A metric: what it is, how it is counted, what it is held against, what it is for, and its points.

use egui::{Align, Layout, Ui};

use super::desk::Desk;
use super::words::{self, options};
use super::{findings, kpis, limits, points};
use crate::document::edits;
use crate::model::{Bounds, Formula, Limit, Metric, Origin, Place, Project, Status, Unit, period_words};
use crate::ui::theme::TextSize;
use crate::ui::widgets;
use crate::workspace::Selection;

pub(super) fn metric_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    if let Some(name) = desk.title(ui, "Name", &metric.name, "A metric needs a name") {
        desk.act(edits::rename_metric(metric, name));
    }
    results_ui(desk, ui, metric);
    goals_ui(desk, ui, metric);
    points::points_ui(desk, ui, metric);
    findings::findings_ui(desk, ui, &Place::Metric(metric.id.clone()));
    about_ui(desk, ui, metric);
    counted_ui(desk, ui, metric);
    limits::targets_ui(desk, ui, metric);
    limits::thresholds_ui(desk, ui, metric);
}

/// The latest whole period, and what it is held against.
fn results_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let scene = desk.scene;
    let settings = &scene.project.settings;
    let values = scene.memos.regrained(scene.document, &metric.id, metric.cadence, scene.as_of);
    let latest = values.as_ref().and_then(|values| {
        let mut whole = values.values.iter().rev().filter(|v| v.complete).filter_map(|v| Some((v.period, v.value?)));
        Some((whole.next()?, whole.next()))
    });
    let Some(((period, value), before)) = latest else {
        desk.note(ui, "No whole period has a value yet.");
        return;
    };
    let shown = |value: f64| settings.locale.value(value, &metric.unit, metric.decimals);
    ui.label(scene.theme.rich(shown(value), TextSize::Kpi));
    let change = before.map_or_else(String::new, |(_, before)| {
        format!(" · {}", settings.locale.difference(value - before, &metric.unit, metric.decimals))
    });
    desk.note(ui, format!("{}{change}", period_words(&settings.calendar, metric.cadence, period)));
    let judge = |limit: Limit| if limit.is_met_by(value) { "met" } else { "not met" };
    if let Some(limit) = metric.target_on(period.last) {
        desk.fact(ui, "Own target", &format!("{} · {}", limits::limit_words(limit, shown), judge(limit)));
    }
    for threshold in metric.thresholds.iter().filter(|t| !t.limit.is_met_by(value)) {
        desk.fact(ui, "Crossed", &format!("{} ({})", threshold.label, limits::limit_words(threshold.limit, shown)));
    }
}

/// The goals it supports.
fn goals_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "Supports", None);
    let theme = desk.scene.theme;
    let goals = desk.scene.project.supported_goals(&metric.id);
    if goals.is_empty() {
        desk.note(ui, "No goal yet. Link it from an objective.");
    }
    for (goal, role) in goals {
        let width = ui.available_width();
        desk.cell(ui, width, |desk, ui| {
            let status = desk.scene.evaluation.goal(&goal.id).map_or(Status::NoData, |result| result.status);
            desk.glyph(ui, status);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                widgets::role_badge_ui(ui, theme, role);
                kpis::title_link_ui(desk, ui, &goal.title, Selection::Goal(goal.id.clone()));
            });
        });
    }
}

fn about_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "About", None);
    if let Some(abbreviation) = desk.text(ui, "Abbreviation", &metric.abbreviation) {
        desk.act(edits::set_abbreviation(metric, abbreviation));
    }
    let description = desk.row(ui, "Description", |desk, ui| {
        let field = desk.text_field("Description", &metric.description).hint("–").rows(3);
        desk.show_text(ui, field)
    });
    if let Some(description) = description {
        desk.act(edits::describe_metric(metric, description));
    }
    let headline = desk.row(ui, "Chart title", |desk, ui| {
        let field = desk.text_field("Chart title", metric.headline.as_deref().unwrap_or_default()).hint("Written by Waymark");
        desk.show_text(ui, field)
    });
    if let Some(headline) = headline {
        desk.act(edits::set_headline(metric, Some(headline)));
    }
    if let Some(owner) = desk.text(ui, "Owner", &metric.owner) {
        desk.act(edits::set_metric_owner(metric, owner));
    }
    if let Some(category) = desk.choice(ui, "Category", &metric.category, &options(&words::CATEGORIES)) {
        desk.act(edits::set_category(metric, category));
    }
}

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
pub(super) fn currency_problem(code: &str) -> Option<String> {
    Unit::parse(&format!("currency:{code}")).is_err().then(|| "A currency is three letters, such as EUR".to_owned())
}

fn counted_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
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
    if let Some(lower) = desk.number(ui, "Lowest", metric.bounds.lower, &metric.unit).committed {
        desk.act(edits::set_bounds(metric, Bounds { lower, ..metric.bounds }));
    }
    if let Some(upper) = desk.number(ui, "Highest", metric.bounds.upper, &metric.unit).committed {
        desk.act(edits::set_bounds(metric, Bounds { upper, ..metric.bounds }));
    }
    match &metric.origin {
        Origin::Recorded => {}
        Origin::Linked(source) => desk.fact(ui, "Follows", &source.path),
        Origin::Computed { formula, .. } => desk.fact(ui, "Computed", &formula_words(desk.scene.project, formula)),
    }
}

/// A formula with names in place of ids.
pub(super) fn formula_words(project: &Project, formula: &Formula) -> String {
    let mut words = formula.to_string();
    for id in formula.inputs() {
        if let Some(metric) = project.metric(id) {
            words = words.replace(&format!("[{id}]"), &format!("[{}]", metric.short_name()));
        }
    }
    words
}
