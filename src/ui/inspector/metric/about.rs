//! What a metric is, in words.

use egui::Ui;

use super::super::desk::Desk;
use super::super::words::{self, options};
use crate::document::edits;
use crate::model::Metric;

pub(super) fn about_ui(desk: &mut Desk<'_>, ui: &mut Ui, metric: &Metric) {
    desk.section(ui, "About", None);
    if let Some(abbreviation) = desk.text(ui, "Abbreviation", &metric.abbreviation) {
        desk.act(edits::set_abbreviation(metric, abbreviation));
    }
    let synonyms = desk.row(ui, "Synonyms", |desk, ui| {
        let shown = metric.synonyms.join(", ");
        let field = desk.text_field("Synonyms", &shown).hint("Other words for it, with commas");
        desk.show_text(ui, field)
    });
    if let Some(synonyms) = synonyms {
        desk.act(edits::set_synonyms(metric, synonyms.split([',', ';']).map(str::to_owned)));
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
    if let Some(level) = desk.choice(ui, "Level", &metric.level, &options(&words::LEVELS)) {
        desk.act(edits::set_level(metric, level));
    }
}
