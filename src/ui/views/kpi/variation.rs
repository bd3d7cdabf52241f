//! Signal and noise of a metric: its XmR chart, the steps below it, and what the limits are made from.

use egui::{Button, Popup, PopupCloseBehavior, Role, Ui, WidgetInfo, vec2};

use crate::analysis::xmr::{Choice, Form, MetricXmr, Ranges};
use crate::document::edits;
use crate::model::{Date, Metric, MetricId, capitalised, date_words};
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, Drafts};
use crate::workspace::{Action, KpiMode};

const FORM_WIDTH: f32 = 208.0;
const POPUP_WIDTH: f32 = 280.0;

/// What is typed into the fields of the limits.
#[derive(Clone, Debug, Default)]
pub(super) struct LimitsKept {
    drafts: Drafts,
}

/// The form of the chart, and where its limits begin and come from.
pub(super) fn tools_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut LimitsKept,
    metric: &MetricId,
    choice: Choice,
    actions: &mut Vec<Action>,
) {
    let Some(metric) = scene.project.metric(metric) else { return };
    let xmr = scene.memos.xmr(scene.document, scene.as_of, &metric.id, choice);
    let advised = xmr.as_ref().as_ref().ok().map(|x| x.advice.form);
    let mut options = vec![(None, advised.map_or_else(|| "Advised form".to_owned(), |form| format!("Advised: {}", form_word(form))))];
    options.extend(Form::ALL.map(|form| (Some(form), capitalised(form_word(form)))));
    if let Some(form) = widgets::combo_ui(ui, scene.theme, "Form of the XmR chart", &choice.form, &options, scene.theme.px(FORM_WIDTH)) {
        actions.push(Action::SetKpiMode(KpiMode::Variation(Choice { form, ..choice })));
    }
    let ranges = [(Ranges::Mean, "Mean ranges"), (Ranges::Median, "Median ranges")];
    if let Some(ranges) = widgets::segmented_ui(ui, scene.theme, "Limits from", choice.ranges, &ranges) {
        actions.push(Action::SetKpiMode(KpiMode::Variation(Choice { ranges, ..choice })));
    }
    let words = match (metric.xmr.dividers.len(), metric.xmr.baseline) {
        (0, None) => "Limits".to_owned(),
        (0, Some(_)) => "Limits: baseline".to_owned(),
        (n, None) => format!("Limits: {} spans", n + 1),
        (n, Some(_)) => format!("Limits: {} spans, baseline", n + 1),
    };
    let button = ui.add(
        Button::new((scene.theme.rich(&words, TextSize::Body), icons::CHEVRON_DOWN.text(12.0).color(scene.theme.text.muted)))
            .min_size(vec2(0.0, scene.theme.px(size::CONTROL))),
    );
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(scene.theme.px(POPUP_WIDTH));
        ui.spacing_mut().item_spacing.y = scene.theme.px(space::XS);
        limits_ui(ui, scene, kept, metric, xmr.as_ref().as_ref().ok(), actions);
    });
}

fn form_word(form: Form) -> &'static str {
    match form {
        Form::Plain => "plain",
        Form::Trended => "along the trend",
        Form::Deseasonalised => "without the season",
        Form::DeseasonalisedTrended => "without season and trend",
    }
}

/// Where new limits begin, and the span that they come from.
fn limits_ui(ui: &mut Ui, scene: &Scene<'_>, kept: &mut LimitsKept, metric: &Metric, xmr: Option<&MetricXmr>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.label(theme.strong("New limits from", TextSize::Body));
    ui.label(theme.muted("Where something changed for good. Up to three.", TextSize::Small));
    let dividers = &metric.xmr.dividers;
    let is_full = dividers.len() >= edits::MOST_DIVIDERS;
    let inside =
        |day: Date| xmr.is_none_or(|x| x.periods.first().is_some_and(|p| p.last < day) && x.periods.last().is_some_and(|p| day <= p.last));
    let events: Vec<_> = scene.project.events.values().filter(|e| inside(e.date) && e.date <= scene.as_of).collect();
    let of_events: Vec<Date> = events.iter().map(|e| e.date).collect();
    for event in events.into_iter().filter(|e| e.metrics.is_empty() || e.metrics.contains(&metric.id)) {
        let mut on = dividers.contains(&event.date);
        let words = format!("{}, {}", event.title, date_words(event.date));
        let enabled = on || !is_full;
        if ui.add_enabled(enabled, egui::Checkbox::new(&mut on, words)).on_disabled_hover_text("Three are the most").changed() {
            actions.push(edits::set_dividers(metric, toggled(dividers, event.date)).into());
        }
    }
    for &day in dividers.iter().filter(|d| !of_events.contains(d)) {
        let mut on = true;
        if ui.checkbox(&mut on, date_words(day)).changed() {
            actions.push(edits::set_dividers(metric, toggled(dividers, day)).into());
        }
    }
    if !is_full {
        ui.horizontal(|ui| {
            ui.label(theme.muted("Another day", TextSize::Small));
            let field = date_field(scene, metric, "New limits from another day", None).width(theme.px(128.0));
            if let Some(Some(day)) = field.show(ui, theme, &mut kept.drafts).committed {
                actions.push(edits::set_dividers(metric, dividers.iter().copied().chain([day])).into());
            }
        });
    }
    ui.add_space(theme.px(space::S));
    ui.label(theme.strong("Baseline", TextSize::Body));
    ui.label(theme.muted("Limits come from this span only, at least six values.", TextSize::Small));
    let first_and_last = xmr.and_then(|x| Some((x.periods.first()?.first, x.periods.last()?.last)));
    let (from, to) = metric.xmr.baseline.map_or((None, None), |(a, b)| (Some(a), Some(b)));
    ui.horizontal(|ui| {
        let from_entered =
            date_field(scene, metric, "Baseline from", from).hint("From").width(theme.px(104.0)).show(ui, theme, &mut kept.drafts);
        let to_entered = date_field(scene, metric, "Baseline to", to).hint("To").width(theme.px(104.0)).show(ui, theme, &mut kept.drafts);
        let ends = (first_and_last.map(|f| f.0), first_and_last.map(|f| f.1));
        let span = match (from_entered.committed, to_entered.committed) {
            (None, None) => return,
            (Some(from), None) => from.zip(to.or(ends.1)),
            (None, Some(to)) => from.or(ends.0).zip(to),
            (Some(from), Some(to)) => from.zip(to),
        };
        actions.push(edits::set_baseline_span(metric, span).into());
    });
    if metric.xmr.baseline.is_some() && widgets::button_ui(ui, theme, "Use all values").clicked() {
        actions.push(edits::set_baseline_span(metric, None).into());
    }
}

fn date_field<'n>(scene: &Scene<'_>, metric: &Metric, name: &'n str, value: Option<Date>) -> DateField<'n> {
    DateField::new((metric.id.as_str(), name), name, value, scene.as_of).first_weekday(scene.project.settings.calendar.first_weekday)
}

fn toggled(dividers: &[Date], day: Date) -> Vec<Date> {
    if dividers.contains(&day) {
        dividers.iter().copied().filter(|d| *d != day).collect()
    } else {
        dividers.iter().copied().chain([day]).collect()
    }
}
