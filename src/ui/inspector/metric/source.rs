//! Where the values of a metric come from: points of its own, a file, or a formula; and the way from one to another, on which nothing is
//! lost.

use egui::{Label, Ui};

use super::super::desk::Desk;
use super::super::words::{self, options};
use super::formula::{Checked, FormulaAnswer, FormulaKept, formula_ui};
use crate::analysis::metric_values;
use crate::document::edits;
use crate::model::{Metric, MissingInput, Origin, Point, Stamp, date_words};
use crate::ui::theme::TextSize;
use crate::ui::widgets;
use crate::workspace::{Action, New, RefreshAction};

/// A change of source that is not made yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    None,
    ToFormula,
    ToPoints,
}

#[derive(Clone, Default)]
pub(in crate::ui::inspector) struct SourceKept {
    turn: Turn,
    formula: FormulaKept,
    /// For a formula that is not there yet.
    missing: MissingInput,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Recorded,
    Computed,
}

const KINDS: [(Kind, &str); 2] = [(Kind::Recorded, "Recorded"), (Kind::Computed, "Computed by a formula")];

pub(super) fn source_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "Where its values come from", None);
    let computed = metric.formula().is_some();
    let mut kept = std::mem::take(&mut desk.kept.source);
    // An edit or undo may have made the turn already.
    if (kept.turn == Turn::ToFormula && computed) || (kept.turn == Turn::ToPoints && !computed) {
        kept = SourceKept::default();
    }
    let shown = match kept.turn {
        Turn::ToFormula => Kind::Computed,
        Turn::None if computed => Kind::Computed,
        Turn::None | Turn::ToPoints => Kind::Recorded,
    };
    if let Some(kind) = desk.choice(ui, "Values", &shown, &options(&KINDS)) {
        kept.turn = match (kind, computed) {
            (Kind::Computed, false) => Turn::ToFormula,
            (Kind::Recorded, true) => Turn::ToPoints,
            _ => Turn::None,
        };
    }
    if kept.turn == Turn::None {
        link_ui(desk, ui, metric);
    }
    match kept.turn {
        Turn::None if computed => present_ui(desk, ui, metric, &mut kept),
        Turn::None => {}
        Turn::ToFormula => to_formula_ui(desk, ui, metric, &mut kept),
        Turn::ToPoints => to_points_ui(desk, ui, metric, &mut kept),
    }
    desk.kept.source = kept;
}

/// The file that the metric follows, how it does, and the ways to refresh it and to end that.
fn link_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    let Origin::Linked(source) = &metric.origin else { return };
    let (theme, project) = (desk.scene.theme, desk.scene.project);
    desk.fact(ui, "Follows", &source.path);
    desk.fact(ui, "Column", &source.column);
    if let Some(recipe) = project.recipes.get(&source.recipe) {
        desk.fact(ui, "Read as", &recipe.name);
    }
    desk.fact(ui, "Refreshed", &source.refreshed.map_or_else(|| "–".to_owned(), date_words));
    if let Some(link) = desk.scene.outside.of(metric) {
        crate::ui::outside_file::outside_file_ui(ui, theme, link, &source.path, desk.actions);
    }
    if let Some((since, why)) = desk.scene.failing.of(metric) {
        let words = format!("Not taken in since {}: {why}. It keeps its values.", date_words(since));
        ui.add(Label::new(theme.rich(words, TextSize::Small).color(theme.error())).wrap());
    }
    ui.horizontal(|ui| {
        if widgets::button_ui(ui, theme, "Refresh…").on_hover_text("Read the file, and see what would change before it does").clicked() {
            desk.act(RefreshAction::Begin);
        }
        if widgets::quiet_button_ui(ui, theme, "Stop following").on_hover_text("Its points stay, and become its own").clicked()
            && let Some(change) = edits::stop_following(metric)
        {
            desk.act(change);
        }
    });
}

/// The formula that the metric has.
fn present_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, kept: &mut SourceKept) {
    let Origin::Computed { formula: present, missing } = &metric.origin else { return };
    let answer = formula_ui(desk, ui, metric, *missing, &mut kept.formula);
    if let (FormulaAnswer::Done, Some(Checked::Good { formula, .. })) = (answer, kept.formula.checked()) {
        if formula != present {
            desk.act(edits::set_formula(metric, formula.clone(), *missing));
        }
        kept.formula.forget();
    }
    if let Some(missing) = desk.choice(ui, "Missing input", missing, &options(&words::MISSING_INPUTS))
        && let Some(change) = edits::set_missing_input(metric, missing)
    {
        desk.act(change);
    }
}

/// A formula for a metric that has none yet.
fn to_formula_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, kept: &mut SourceKept) {
    let theme = desk.scene.theme;
    let missing = kept.missing;
    let from = widgets::told_so_far(ui.ctx());
    formula_ui(desk, ui, metric, missing, &mut kept.formula);
    if let Some(missing) = desk.choice(ui, "Missing input", &missing, &options(&words::MISSING_INPUTS)) {
        kept.missing = missing;
    }
    let count = metric.series.len();
    if count > 0 {
        let locale = desk.scene.project.settings.locale;
        let points = if count == 1 { "point".to_owned() } else { format!("{} points", locale.trimmed(count as f64, 0)) };
        let goes = if count == 1 { "moves" } else { "move" };
        desk.note(ui, format!("Its {points} {goes} to a new metric, “{}”. Nothing is lost.", edits::kept_name(metric)));
    }
    let good = match kept.formula.checked() {
        Some(Checked::Good { formula, .. }) => Some(formula.clone()),
        _ => None,
    };
    ui.horizontal(|ui| {
        ui.add_enabled_ui(good.is_some(), |ui| {
            if widgets::primary_button_ui(ui, theme, "Compute it").clicked()
                && let Some(formula) = good
            {
                widgets::settle_told(ui.ctx(), from);
                desk.act(Action::Add(New::Formula { metric: metric.id.clone(), formula, missing }));
            }
        });
        if widgets::quiet_button_ui(ui, theme, "Leave it recorded").clicked() {
            widgets::settle_told(ui.ctx(), from);
            *kept = SourceKept::default();
        }
    });
}

/// From a formula to points: those that it gave so far, or none.
fn to_points_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, kept: &mut SourceKept) {
    let scene = desk.scene;
    let values = metric_values(scene.project, metric, metric.cadence, scene.as_of);
    let points: Vec<Point> = values
        .present()
        .map(|(value, number)| Point { data_to: value.data_to, ..Point::new(Stamp::from_date(value.period.first), number) })
        .collect();
    desk.note(ui, "The formula goes, and values are entered from now on. Undo brings it back.");
    let count = scene.project.settings.locale.trimmed(points.len() as f64, 0);
    let keep = if points.len() == 1 { "Keep its value as a point".to_owned() } else { format!("Keep its {count} values as points") };
    if !points.is_empty() && widgets::button_ui(ui, scene.theme, &keep).clicked() {
        match edits::record(metric, points) {
            Ok(change) => desk.act(change),
            Err(error) => desk.act(Action::Refused(error.to_string())),
        }
    }
    if widgets::button_ui(ui, scene.theme, "Begin without points").clicked()
        && let Ok(change) = edits::record(metric, Vec::new())
    {
        desk.act(change);
    }
    if widgets::quiet_button_ui(ui, scene.theme, "Leave it computed").clicked() {
        *kept = SourceKept::default();
    }
}
