//! What hangs on a goal: its parts with their weights, and the metrics linked to it.

use egui::{Align, Layout, Ui};

use super::desk::Desk;
use super::goal::weight_ui;
use crate::analysis::shown_weights;
use crate::document::edits;
use crate::model::capitalised;
use crate::model::{Contribution, Goal, MetricId, Role, Status, Unit, Weight};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size};
use crate::ui::widgets;
use crate::workspace::{Action, New, Selection, Sheet};

/// The parts of a goal with their weights.
pub(super) fn children_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let tree = std::sync::Arc::clone(&desk.scene.tree);
    let evaluation = std::sync::Arc::clone(&desk.scene.evaluation);
    let children = tree.children(&goal.id);
    let add = goal.is_objective().then_some("Add a key result");
    if children.is_empty() && add.is_none() {
        return;
    }
    if desk.section(ui, "Parts and weights", add) {
        desk.act(Action::Add(New::KeyResult { objective: goal.id.clone(), metric: None }));
    }
    if children.is_empty() {
        desk.note(ui, "Nothing rolls up into it yet.");
    }
    let weights = shown_weights(desk.scene.project, &tree, &evaluation, &goal.id);
    for id in children {
        let Some(child) = desk.scene.project.goal(id) else { continue };
        let result = evaluation.goal(id);
        ui.horizontal_top(|ui| {
            desk.glyph(ui, result.map_or(Status::NoData, |r| r.status));
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if child.contribution == Contribution::Contributes {
                    let share = weights.get(id).copied();
                    ui.allocate_ui_with_layout(egui::vec2(72.0, size::CONTROL), Layout::left_to_right(Align::Min), |ui| {
                        let name = format!("Weight of {}", child.title);
                        desk.of(id.as_str(), |desk| weight_ui(desk, ui, child, share, &name));
                    });
                    if matches!(child.weight, Weight::Pinned(_)) {
                        let name = format!("Share the weight of {} freely", child.title);
                        if widgets::icon_button_ui(ui, desk.scene.theme, icons::LOCK, &name).clicked() {
                            desk.act(edits::free_weight(child, 1.0));
                        }
                    }
                } else {
                    desk.cell(ui, 56.0, |desk, ui| ui.label(desk.scene.theme.muted("supports", TextSize::Small)));
                }
                title_link_ui(desk, ui, &child.title, Selection::Goal(child.id.clone()));
            });
        });
    }
}

/// A title that selects what it names, cut where there is no more room. For a row that is laid out from the right.
pub(super) fn title_link_ui(desk: &mut Desk<'_>, ui: &mut Ui, title: &str, selection: Selection) {
    let width = ui.available_width();
    desk.cell(ui, width, |desk, ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        if widgets::link_ui(ui, desk.scene.theme, title, TextSize::Body).clicked() {
            desk.act(Action::Select(selection));
        }
    });
}

/// The metrics linked to a goal, each with its role; and a way to link another one.
pub(super) fn kpis_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    let project = desk.scene.project;
    let linked = project.linked_metrics(&goal.id);
    if !goal.is_objective() && linked.is_empty() {
        return;
    }
    let theme = desk.scene.theme;
    let next_role = desk.kept.role.unwrap_or(Role::Driver);
    if desk.section(ui, "KPIs", Some("Add a new metric as KPI")) {
        desk.act(Action::OpenSheet(Sheet::MetricLibrary { goal: Some(goal.id.clone()) }));
    }
    let roles: Vec<(Role, String)> = Role::ALL.into_iter().map(|role| (role, capitalised(role.word()))).collect();
    for (metric, link) in &linked {
        ui.horizontal_top(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if widgets::icon_button_ui(ui, theme, icons::UNLINK, &format!("Unlink {}", metric.name)).clicked() {
                    desk.act(edits::unlink(project, link));
                }
                let name = format!("Role of {}", metric.name);
                if let Some(role) = desk.of(metric.id.as_str(), |desk| desk.combo(ui, &name, &link.role, &roles, 92.0)) {
                    desk.act(edits::set_role(project, link, role));
                }
                title_link_ui(desk, ui, metric.short_name(), Selection::Metric(metric.id.clone()));
            });
        });
        if link.role == Role::Driver {
            let days = Unit::Days;
            let name = format!("Expected lag of {}", metric.name);
            desk.row(ui, "   moves it after", |desk, ui| {
                let entered = desk.of(metric.id.as_str(), |desk| {
                    let field = desk.number_field(&name, link.expected_lag_days.map(f64::from), &days).width(72.0);
                    desk.show_number(ui, field).committed
                });
                if let Some(entered) = entered {
                    let lag = entered.map(|days| days.round().clamp(0.0, f64::from(u16::MAX)) as u32);
                    desk.act(edits::set_expected_lag(project, link, lag));
                }
            });
        }
    }
    add_link_ui(desk, ui, goal, &roles, next_role);
}

fn add_link_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, roles: &[(Role, String)], next_role: Role) {
    let project = desk.scene.project;
    let linked = |id: &MetricId| project.linked_metrics(&goal.id).iter().any(|(metric, _)| &metric.id == id);
    let mut metrics: Vec<_> = project.metrics.values().filter(|metric| !linked(&metric.id)).collect();
    if metrics.is_empty() {
        return;
    }
    metrics.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let mut choices: Vec<(Option<MetricId>, String)> = vec![(None, "Link a metric…".to_owned())];
    choices.extend(metrics.iter().map(|metric| (Some(metric.id.clone()), metric.name.clone())));
    ui.horizontal_top(|ui| {
        let width = ui.available_width() - 92.0 - size::CONTROL - 3.0 * ui.spacing().item_spacing.x;
        let chosen = desk.combo(ui, "Metric to link", &None, &choices, width);
        if let Some(metric) = chosen.flatten().and_then(|id| project.metric(&id)) {
            desk.act(edits::link(goal, metric, next_role));
        }
        if let Some(role) = desk.combo(ui, "Role of the new link", &next_role, roles, 92.0) {
            desk.kept.role = Some(role);
        }
    });
}
