//! The project itself: its name and vision, and how it counts days, writes numbers and judges statuses.

use egui::Ui;

use super::desk::Desk;
use super::findings;
use super::metric::currency_problem;
use super::words::{self, options};
use crate::document::edits;
use crate::model::{Calendar, Grouping, Locale, Place, Settings, StatusRules};

pub(super) fn project_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let project = desk.scene.project;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    desk.note(ui, format!("{}, {}", plural(project.goals.len(), "goal"), plural(project.metrics.len(), "metric")));
    desk.section(ui, "About", None);
    let name = desk.row(ui, "Name", |desk, ui| {
        let field = desk.text_field("Name", &project.name).required("A project needs a name");
        desk.show_text(ui, field)
    });
    if let Some(name) = name {
        desk.act(edits::rename_project(project, name));
    }
    let vision = desk.row(ui, "Vision", |desk, ui| {
        let field = desk.text_field("Vision", &project.vision).hint("What all of this is for").rows(4);
        desk.show_text(ui, field)
    });
    if let Some(vision) = vision {
        desk.act(edits::set_vision(project, vision));
    }
    days_ui(desk, ui, &project.settings);
    numbers_ui(desk, ui, &project.settings);
    status_ui(desk, ui, &project.settings);
    findings::findings_ui(desk, ui, &Place::Project);
    findings::rules_ui(desk, ui);
}

fn days_ui(desk: &mut Desk<'_>, ui: &mut Ui, settings: &Settings) {
    desk.section(ui, "Days", None);
    if let Some(as_of) = desk.date(ui, "As of", settings.as_of, "Today").committed {
        desk.act(edits::change_settings(Settings { as_of, ..settings.clone() }));
    }
    desk.note(ui, "A day here holds “now” still, for an example or an archive.");
    let calendar = settings.calendar;
    if let Some(month) = desk.choice(ui, "Fiscal year", &calendar.fiscal_start_month, &options(&words::MONTHS)) {
        let calendar = Calendar { fiscal_start_month: month, ..calendar };
        desk.act(edits::change_settings(Settings { calendar, ..settings.clone() }));
    }
    if let Some(first_weekday) = desk.choice(ui, "Week starts", &calendar.first_weekday, &options(&words::WEEKDAYS)) {
        let calendar = Calendar { first_weekday, ..calendar };
        desk.act(edits::change_settings(Settings { calendar, ..settings.clone() }));
    }
    if let Some(check_in_cadence) = desk.choice(ui, "Check-ins", &settings.check_in_cadence, &words::cadences()) {
        desk.act(edits::change_settings(Settings { check_in_cadence, ..settings.clone() }));
    }
}

fn numbers_ui(desk: &mut Desk<'_>, ui: &mut Ui, settings: &Settings) {
    desk.section(ui, "Numbers", None);
    let locale = settings.locale;
    if let Some(decimal_mark) = desk.choice(ui, "Decimal mark", &locale.decimal_mark, &options(&words::DECIMAL_MARKS)) {
        let locale = apart(Locale { decimal_mark, ..locale });
        desk.act(edits::change_settings(Settings { locale, ..settings.clone() }));
    }
    // Only marks that cannot be taken for the decimal mark.
    let mut groupings = options(&words::GROUPINGS);
    groupings.retain(|(grouping, _)| apart(Locale { grouping: *grouping, ..locale }).grouping == *grouping);
    if let Some(grouping) = desk.choice(ui, "Thousands", &locale.grouping, &groupings) {
        desk.act(edits::change_settings(Settings { locale: Locale { grouping, ..locale }, ..settings.clone() }));
    }
    let currency = desk.row(ui, "Currency", |desk, ui| {
        let field = desk.text_field("Currency", &settings.currency).check(currency_problem).width(72.0);
        desk.show_text(ui, field)
    });
    if let Some(currency) = currency {
        desk.act(edits::change_settings(Settings { currency: currency.to_ascii_uppercase(), ..settings.clone() }));
    }
}

/// Thousands never look like the decimal mark: the other of point and comma takes its place.
fn apart(locale: Locale) -> Locale {
    let grouping = match (locale.decimal_mark, locale.grouping) {
        ('.', Grouping::Point) => Grouping::Comma,
        (',', Grouping::Comma) => Grouping::Point,
        (_, grouping) => grouping,
    };
    Locale { grouping, ..locale }
}

fn status_ui(desk: &mut Desk<'_>, ui: &mut Ui, settings: &Settings) {
    desk.section(ui, "Status", None);
    let rules = &settings.status;
    if let Some(preset) = desk.choice(ui, "Judged by", &rules.preset, &options(&words::PRESETS)) {
        let status = StatusRules { preset, ..rules.clone() };
        desk.act(edits::change_settings(Settings { status, ..settings.clone() }));
    }
    if let Some(objective) = desk.choice(ui, "Objectives", &rules.objective, &options(&words::OBJECTIVE_STATUSES)) {
        let status = StatusRules { objective, ..rules.clone() };
        desk.act(edits::change_settings(Settings { status, ..settings.clone() }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_step_aside_for_the_decimal_mark() {
        let locale = |decimal_mark, grouping| Locale { decimal_mark, grouping };
        assert_eq!(apart(locale(',', Grouping::Comma)), locale(',', Grouping::Point));
        assert_eq!(apart(locale('.', Grouping::Point)), locale('.', Grouping::Comma));
        assert_eq!(apart(locale(',', Grouping::Space)), locale(',', Grouping::Space));
    }
}
