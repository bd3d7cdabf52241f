//! The field for a formula: names are completed, what it gives is shown while it is typed, and what is wrong says where.

use std::sync::Arc;

use egui::{Align2, CompletionPopup, EventFilter, Key, Modifiers, Suggestion, TextEdit, Ui, vec2};

use super::super::desk::Desk;
use super::complete::{offers, reference};
use crate::analysis::metric_values;
use crate::document::Revision;
use crate::model::{Date, Formula, FormulaProblem, Metric, MetricId, MissingInput, Origin, Project, period_words};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size};
use crate::ui::widgets;

/// Periods shown of what a formula gives.
const LAST: usize = 3;

/// A formula that is typed, as far as it is understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Checked {
    Empty,
    Wrong(FormulaProblem),
    /// The way back to the metric.
    Loop(String),
    Good {
        formula: Formula,
        /// "Sep 2026: 8.1 M".
        gives: Vec<String>,
    },
}

/// What a check was made of.
type CheckedOf = (String, MissingInput, Revision, Revision, Date);

/// The text in hand and what became of it.
#[derive(Clone, Default)]
pub(super) struct FormulaKept {
    text: Option<String>,
    checked: Option<(CheckedOf, Checked)>,
    help: bool,
}

/// What the field asks for.
pub(super) enum FormulaAnswer {
    Nothing,
    /// Enter, or the field was left.
    Done,
}

impl FormulaKept {
    pub(super) fn text(&self, project: &Project, metric: &Metric) -> String {
        self.text.clone().unwrap_or_else(|| metric.formula().map_or_else(String::new, |formula| formula.named(project)))
    }

    pub(super) fn checked(&self) -> Option<&Checked> {
        self.checked.as_ref().map(|(_, checked)| checked)
    }

    pub(super) fn forget(&mut self) {
        *self = Self { help: self.help, ..Self::default() };
    }

    /// Checks the text, unless nothing that matters has changed since.
    fn check(&mut self, scene: &Scene<'_>, metric: &Metric, text: &str, missing: MissingInput) {
        let document = scene.document;
        let key = (text.to_owned(), missing, document.evaluation_revision(), document.structure_revision(), scene.as_of);
        if self.checked.as_ref().is_none_or(|(of, _)| *of != key) {
            self.checked = Some((key, check(scene.project, metric, text, missing, scene.as_of)));
        }
    }
}

/// Reads a text as the formula of a metric, and works out what it would give.
pub(super) fn check(project: &Project, metric: &Metric, text: &str, missing: MissingInput, as_of: Date) -> Checked {
    if text.trim().is_empty() {
        return Checked::Empty;
    }
    let formula = match Formula::read_named(text, project) {
        Ok(formula) => formula,
        Err(problem) => return Checked::Wrong(problem),
    };
    if let Some(way) = project.formula_loop_with(&metric.id, &formula) {
        return Checked::Loop(way);
    }
    let computed = Metric { origin: Origin::Computed { formula: formula.clone(), missing }, series: Arc::default(), ..metric.clone() };
    let mut project = project.clone();
    project.metrics.insert(metric.id.clone(), Arc::new(computed.clone()));
    let settings = &project.settings;
    let values = metric_values(&project, &computed, metric.cadence, as_of);
    let mut gives: Vec<String> = values
        .present()
        .rev()
        .take(LAST)
        .map(|(value, number)| {
            let period = period_words(&settings.calendar, values.cadence, value.period);
            let so_far = if value.complete { "" } else { " so far" };
            format!("{period}{so_far}: {}", settings.locale.value(number, &metric.unit, metric.decimals))
        })
        .collect();
    gives.reverse();
    Checked::Good { formula, gives }
}

/// The field, what it gives and what is wrong with it; `kept` is taken out of the desk for it.
pub(super) fn formula_ui(
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    metric: &Metric,
    missing: MissingInput,
    kept: &mut FormulaKept,
) -> FormulaAnswer {
    let scene = desk.scene;
    let theme = scene.theme;
    let project: &Project = scene.project;
    let id = desk.key.with("formula");
    if let Some(restored) = widgets::take_text(ui.ctx(), id) {
        kept.text = Some(restored.text);
    }
    if let Some(typed) = &kept.text {
        widgets::tell_text(ui.ctx(), id, "Formula", typed);
    }
    let mut text = kept.text(project, metric);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let field = TextEdit::multiline(&mut text)
        .font(theme.font(TextSize::Body))
        .desired_rows(2)
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, size::CONTROL))
        .align(Align2::LEFT_TOP)
        .hint_text("[Web revenue] + [App revenue]")
        .return_key(None)
        .event_filter(EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true });
    let output = CompletionPopup::new(id).word_boundary(|_| false).show(ui, field, |query| {
        let offered = offers(project, &metric.id, query.word);
        offered.into_iter().map(|offer| Suggestion::new(offer.text).content(offer.words).description(offer.hint)).collect()
    });
    let response = output.text_edit.response.response.accessible_name("Formula");
    if response.changed() || output.accepted.is_some() {
        kept.text = Some(text.clone());
    }
    if focused && !output.is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        kept.forget();
        response.surrender_focus();
        return FormulaAnswer::Nothing;
    }
    let enter = response.has_focus() && output.accepted.is_none() && !output.is_open && ui.input(|input| input.key_pressed(Key::Enter));
    kept.check(scene, metric, &text, missing);
    match kept.checked().cloned() {
        Some(Checked::Wrong(problem)) => problem_ui(desk, ui, metric, kept, &text, &problem),
        Some(Checked::Loop(way)) => {
            ui.label(theme.rich(format!("It would lead back to itself: {way}."), TextSize::Small).color(theme.error()));
        }
        Some(Checked::Good { gives, .. }) if gives.is_empty() => {
            desk.note(ui, "No period has a value for all it needs yet.");
        }
        Some(Checked::Good { gives, .. }) => {
            ui.horizontal_wrapped(|ui| {
                for period in gives {
                    ui.add(egui::Label::new(theme.number(period, TextSize::Small)).extend());
                }
            });
        }
        Some(Checked::Empty) | None => {}
    }
    insert_ui(desk, ui, metric, kept, &text);
    let words = if kept.help { "Hide the help on formulas" } else { "How formulas are written" };
    if widgets::link_ui(ui, theme, words, TextSize::Small).clicked() {
        kept.help = !kept.help;
    }
    if kept.help {
        super::formula_help::help_ui(desk, ui);
    }
    if enter || response.lost_focus() { FormulaAnswer::Done } else { FormulaAnswer::Nothing }
}

/// Where it is wrong and why, with the metrics that may have been meant.
fn problem_ui(desk: &Desk<'_>, ui: &mut Ui, metric: &Metric, kept: &mut FormulaKept, text: &str, problem: &FormulaProblem) {
    let theme = desk.scene.theme;
    let FormulaProblem { at, message, near } = problem;
    let words = format!("{message} (column {}).", at.start + 1);
    ui.add(egui::Label::new(theme.rich(words, TextSize::Small).color(theme.error())).wrap());
    for id in near.iter().filter(|id| **id != metric.id).take(3) {
        let meant = reference(desk.scene.project, id);
        if widgets::quiet_button_ui(ui, theme, &format!("Use {meant}")).clicked() {
            let chars: Vec<char> = text.chars().collect();
            let end = at.end.min(chars.len());
            let start = at.start.min(end);
            let before: String = chars[..start].iter().collect();
            let after: String = chars[end..].iter().collect();
            kept.text = Some(format!("{before}{meant}{after}"));
        }
    }
}

/// A list of all metrics, to put one at the end.
fn insert_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric, kept: &mut FormulaKept, text: &str) {
    let project = Arc::clone(desk.scene.project);
    let mut metrics: Vec<(Option<MetricId>, String)> =
        project.metrics.values().filter(|m| m.id != metric.id).map(|m| (Some(m.id.clone()), m.name.clone())).collect();
    if metrics.is_empty() {
        desk.note(ui, "There is no other metric to compute it from yet.");
        return;
    }
    metrics.sort_by(|a, b| a.1.cmp(&b.1));
    metrics.insert(0, (None, "Insert a metric…".to_owned()));
    let width = ui.available_width();
    if let Some(id) = desk.combo(ui, "Metric to insert", &None, &metrics, width).flatten() {
        let gap = if text.is_empty() || text.ends_with([' ', '(']) { "" } else { " " };
        kept.text = Some(format!("{text}{gap}{}", reference(&project, &id)));
    }
}
