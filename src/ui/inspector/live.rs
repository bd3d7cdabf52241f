//! Where a goal stands now, in figures and one sentence: what every edit below is made for.

use egui::Ui;

use super::desk::Desk;
use crate::analysis::GoalResult;
use crate::model::{Cadence, Goal, Locale, Unit, period_words};
use crate::ui::theme::space;
use crate::ui::widgets::{self, Bullet};

/// How the values of a goal are written.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) unit: Unit,
    decimals: u8,
    locale: Locale,
    cadence: Option<Cadence>,
}

impl Measure {
    /// From its metric; without one, plain numbers.
    pub(super) fn of(desk: &Desk<'_>, goal: &Goal) -> Self {
        let project = desk.scene.project;
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        let locale = project.settings.locale;
        match metric {
            Some(metric) => Self { unit: metric.unit.clone(), decimals: metric.decimals, locale, cadence: Some(metric.cadence) },
            None => Self { unit: Unit::Ratio, decimals: 2, locale, cadence: None },
        }
    }

    pub(super) fn value(&self, value: f64) -> String {
        self.locale.value(value, &self.unit, self.decimals)
    }

    fn difference(&self, value: f64) -> String {
        self.locale.difference(value, &self.unit, self.decimals)
    }
}

pub(super) fn goal_results_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, result: &GoalResult) {
    let theme = desk.scene.theme;
    let project = desk.scene.project;
    let locale = project.settings.locale;
    widgets::status_pill_ui(ui, theme, result.status);
    desk.note(ui, result.reason.clone());
    ui.add_space(space::XXS);
    widgets::bullet_ui(ui, theme, Bullet { progress: result.progress, expected: result.expected }, ui.available_width());
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| locale.percent(s, 0));
    desk.fact(ui, "Progress", &format!("{}, expected {}", share(result.progress), share(result.expected)));

    let measure = Measure::of(desk, goal);
    // Steps are counted where they are listed.
    if let Some(current) = &result.current
        && !goal.has_steps()
    {
        let when = measure.cadence.map_or_else(
            || crate::model::date_words(current.judged_on),
            |cadence| period_words(&project.settings.calendar, cadence, current.period),
        );
        desk.fact(ui, "Now", &format!("{} · {when}", measure.value(current.value)));
    }
    if let Some(rate) = &result.required_rate {
        let noun = rate.cadence.period_word();
        let words = format!("{} a {noun}, {} left", measure.difference(rate.per_period), rate.periods_left);
        desk.fact(ui, "Needed", &words);
    }
    if let Some(maintain) = &result.maintain {
        desk.fact(ui, "Kept", &maintain.words());
    }
    if let (Some(score), Some(original)) = (result.score, result.score_original) {
        desk.fact(ui, "Score", &format!("{}, {} by the first target", locale.trimmed(score, 2), locale.trimmed(original, 2)));
    }
    if let Some((measured, of)) = result.measured {
        desk.fact(ui, "Measured", &format!("{measured} of {of} parts"));
    }
    if let Some(said) = &result.said
        && result.overridden.is_some()
    {
        let by = if said.by.is_empty() { String::new() } else { format!(" by {}", said.by) };
        desk.note(ui, format!("Set by hand{by}: {}. Computed: {}.", said.why, result.computed.word()));
    }
}
