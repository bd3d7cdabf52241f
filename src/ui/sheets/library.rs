//! The metric library: metrics that many teams use, with how each is counted and when it misleads; or a blank one.

use egui::{Align, Id, Layout, ScrollArea, Ui, vec2};

use super::{sheet_ui, term_ui};
use crate::document::edits;
use crate::model::{Direction, Goal, GoalId, ProductStage, Role};
use crate::storage::templates::{LibraryMetric, library};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, space};
use crate::ui::widgets::{self, PickRow, PickState, pick_field_ui, pick_rows_ui};
use crate::workspace::glossary::Term;
use crate::workspace::library::in_project;
use crate::workspace::{Action, LibraryOrigin, New};

const WIDTH: f32 = 880.0;
/// Of the list; the rest is about the metric that is lit up.
const LIST: f32 = 380.0;
const HEIGHT: f32 = 440.0;

#[derive(Clone)]
struct Kept {
    open: bool,
    search: PickState,
    role: Option<Role>,
    /// Compute what can be computed.
    compute: bool,
}

impl Default for Kept {
    fn default() -> Self {
        Self { open: false, search: PickState::default(), role: Some(Role::Driver), compute: true }
    }
}

pub(super) fn library_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, goal: Option<&GoalId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = Id::unique("metric library");
    let goal = goal.and_then(|id| scene.project.goal(id));
    let mut kept: Kept = scratch.take(id);
    let mut answer = None;
    let close = sheet_ui(ui, theme, "Add a metric", WIDTH, |ui| {
        let hint = "Find a metric by name, abbreviation or what it counts";
        let keys = pick_field_ui(ui, theme, id.with("field"), "Find a metric", hint, &mut kept.search, !kept.open);
        kept.open = true;
        let found = found(&kept.search.text);
        let mut rows =
            vec![PickRow { words: "Blank metric".to_owned(), note: "Name and count it yourself".to_owned(), ..PickRow::default() }];
        rows.extend(found.iter().map(|metric| PickRow {
            group: metric.category().word(),
            words: metric.name.clone(),
            note: if in_project(scene.project, metric).is_some() { "In the project".to_owned() } else { metric.abbreviation.clone() },
            disabled: false,
        }));
        // What was looked for is lit up, not the blank one.
        if keys.response.changed() && !found.is_empty() && !kept.search.text.trim().is_empty() {
            kept.search.at = 1;
        }
        let height = theme.px(HEIGHT).min(ui.ctx().content_rect().height() - 240.0);
        let (mut clicked, mut add) = (None, keys.enter);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(theme.px(LIST), height), Layout::top_down(Align::Min), |ui| {
                ScrollArea::vertical().id_salt("metrics").max_height(height).min_scrolled_height(height).auto_shrink(false).show(
                    ui,
                    |ui| {
                        clicked = pick_rows_ui(ui, theme, &rows, &mut kept.search, false);
                    },
                );
            });
            ui.add_space(space::L);
            ui.vertical(|ui| {
                ui.set_max_width(ui.available_width());
                let metric = kept.search.at.checked_sub(1).and_then(|at| found.get(at).copied());
                if let Some(metric) = metric {
                    about_ui(ui, scene, metric, &mut kept, actions);
                } else {
                    ui.label(theme.rich("Blank metric", TextSize::Section));
                    ui.label(
                        theme.rich("A metric of your own: its name, unit and how it is counted are edited afterwards.", TextSize::Body),
                    );
                }
                if let Some(goal) = goal {
                    role_ui(ui, theme, goal, &mut kept.role, actions);
                }
                ui.add_space(space::S);
                add |= add_button_ui(ui, theme, scene, metric, goal).clicked();
            });
        });
        if let Some(row) = clicked {
            kept.search.at = row;
            keys.response.request_focus();
        }
        if add {
            let metric = kept.search.at.checked_sub(1).and_then(|at| found.get(at).copied());
            let link = goal.zip(kept.role);
            answer = Some(chosen(scene, metric, link, kept.compute));
        }
        keys.escape
    });
    if close || answer.is_some() {
        actions.push(Action::CloseSheet);
        actions.extend(answer);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

/// Those that a text is about, category by category.
fn found(text: &str) -> Vec<&'static LibraryMetric> {
    let wanted: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let words = |m: &LibraryMetric| {
        format!("{} {} {} {} {}", m.name, m.abbreviation, m.synonyms.join(" "), m.category().word(), m.formula).to_lowercase()
    };
    let fits = |m: &&LibraryMetric| wanted.iter().all(|w| words(m).contains(w));
    let mut found: Vec<&LibraryMetric> = library().iter().filter(fits).collect();
    // A name comes before a word somewhere in a formula.
    let typed = text.trim().to_lowercase();
    if !typed.is_empty() {
        let by_name = |m: &LibraryMetric| m.name.to_lowercase().contains(&typed) || m.abbreviation.to_lowercase() == typed;
        found.sort_by_key(|m| !by_name(m));
        if found.iter().any(|m| by_name(m)) {
            found.retain(|m| by_name(m) || m.synonyms.iter().any(|s| s.to_lowercase().contains(&typed)));
        }
    }
    found
}

/// What stands at the right: how it is counted, when it misleads, what it comes from.
fn about_ui(ui: &mut Ui, scene: &Scene<'_>, metric: &'static LibraryMetric, kept: &mut Kept, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = space::S;
    ui.label(theme.rich(metric.name.as_str(), TextSize::Section));
    ui.label(theme.rich(metric.formula.as_str(), TextSize::Body));
    ui.label(theme.rich(metric.misleads.as_str(), TextSize::Body));
    let unit = metric.unit(&scene.project.settings.currency).words();
    let lines = [
        ("Unit", None, unit),
        ("Better", None, direction_words(metric.direction()).to_owned()),
        ("Cadence", Some(Term::Cadence), metric.cadence().word().to_owned()),
        ("Worth watching from", Some(Term::ProductStage), format!("the {} stage on", stage_word(metric.stage()))),
    ];
    for (name, term, words) in lines {
        ui.horizontal(|ui| {
            let name = theme.muted(name, TextSize::Small);
            match term {
                Some(term) => drop(term_ui(ui, name, term, actions)),
                None => drop(ui.label(name)),
            }
            ui.label(theme.rich(words, TextSize::Small));
        });
    }
    let inputs = metric.inputs();
    if inputs.is_empty() || in_project(scene.project, metric).is_some() {
        return;
    }
    let names = joined(&inputs);
    let lacking: Vec<&LibraryMetric> = inputs.into_iter().filter(|m| in_project(scene.project, m).is_none()).collect();
    ui.checkbox(&mut kept.compute, format!("Compute it from {names}"));
    if kept.compute && !lacking.is_empty() {
        let verb = if lacking.len() == 1 { "is" } else { "are" };
        let words = format!("{} {verb} not in the project yet and {verb} added with it.", joined(&lacking));
        ui.label(theme.muted(words, TextSize::Small));
    }
}

/// "A and B".
fn joined(metrics: &[&LibraryMetric]) -> String {
    metrics.iter().map(|m| m.name.as_str()).collect::<Vec<_>>().join(" and ")
}

fn role_ui(ui: &mut Ui, theme: &Theme, goal: &Goal, role: &mut Option<Role>, actions: &mut Vec<Action>) {
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        drop(term_ui(ui, theme.muted("Role", TextSize::Small), Term::Role, actions));
        ui.label(theme.muted(format!("for “{}”", goal.title), TextSize::Small));
    });
    let options =
        [(Some(Role::Outcome), "Outcome"), (Some(Role::Driver), "Driver"), (Some(Role::Guardrail), "Guardrail"), (None, "No link")];
    if let Some(chosen) = widgets::segmented_ui(ui, theme, "Role", *role, &options) {
        *role = chosen;
    }
}

fn add_button_ui(ui: &mut Ui, theme: &Theme, scene: &Scene<'_>, metric: Option<&LibraryMetric>, goal: Option<&Goal>) -> egui::Response {
    let there = metric.and_then(|m| in_project(scene.project, m));
    let words = match (there, goal) {
        (None, _) => "Add metric",
        (Some(_), Some(_)) => "Link metric",
        (Some(_), None) => "Go to metric",
    };
    widgets::primary_button_ui(ui, theme, words)
}

/// What a choice does. What the project has already is linked, or shown.
fn chosen(scene: &Scene<'_>, metric: Option<&'static LibraryMetric>, link: Option<(&Goal, Role)>, compute: bool) -> Action {
    let named = link.map(|(goal, role)| (goal.id.clone(), role));
    let Some(metric) = metric else { return Action::Add(New::Metric { link: named }) };
    if let Some(there) = in_project(scene.project, metric) {
        return match link {
            Some((goal, role)) => Action::from(edits::link(goal, there, role)),
            None => Action::Visit(crate::workspace::Selection::Metric(there.id.clone())),
        };
    }
    let origin = if compute && !metric.inputs().is_empty() { LibraryOrigin::Computed } else { LibraryOrigin::Recorded };
    Action::Add(New::FromLibrary { metric, origin, link: named })
}

fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "when it is higher",
        Direction::Down => "when it is lower",
        Direction::Within => "within a band",
    }
}

fn stage_word(stage: ProductStage) -> &'static str {
    match stage {
        ProductStage::Planning => "planning",
        ProductStage::Launch => "launch",
        ProductStage::Growth => "growth",
        ProductStage::Maturity => "maturity",
    }
}
