//! All events: what charts mark, each with the days, the kind and the metrics that it concerns.

use egui::{Id, Ui};

use super::parts::{cell_ui, heads_ui};
use super::sheet_ui;
use crate::document::edits;
use crate::model::{Event, EventId, EventKind, MetricId, date_words};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{self, DateField, Drafts, TextField};
use crate::workspace::{Action, New, Sheet};

const WIDTH: f32 = 800.0;
const DATE_WIDTH: f32 = 184.0;
const TITLE_WIDTH: f32 = 320.0;
const KIND_WIDTH: f32 = 96.0;
const METRICS_WIDTH: f32 = 112.0;
const NAME_WIDTH: f32 = 96.0;

#[derive(Clone, Default, PartialEq)]
enum Opened {
    #[default]
    No,
    At(EventId),
    Whole,
}

#[derive(Clone, Default)]
struct Kept {
    drafts: Drafts,
    /// What it was opened for in the frame before: its place has been gone to.
    opened: Opened,
}

pub(super) fn events_ui(ui: &Ui, scene: &Scene<'_>, scratch: &mut Scratch, open: Option<&EventId>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = Id::unique("events sheet");
    let mut kept: Kept = scratch.take(id);
    let opened = open.cloned().map_or(Opened::Whole, Opened::At);
    let first = kept.opened != opened;
    kept.opened = opened;
    let close = sheet_ui(ui, theme, "Events", WIDTH, |ui| {
        let mut events: Vec<&Event> = scene.project.events.values().collect();
        // The latest first.
        events.sort_by(|a, b| (b.date, &b.id).cmp(&(a.date, &a.id)));
        if events.is_empty() {
            let why = "An event is something that happened: a release, an incident, a campaign. Charts mark its day, so that a change can be \
                       read beside what may have made it.";
            if widgets::empty_state_ui(ui, theme, icons::FLAG, "No event yet", why, Some("Add an event")) {
                actions.push(Action::Add(New::Event { date: scene.as_of, metrics: Vec::new() }));
            }
            return false;
        }
        heads_ui(ui, theme, &[("When", DATE_WIDTH), ("What", TITLE_WIDTH), ("Kind", KIND_WIDTH), ("On", METRICS_WIDTH)]);
        for event in events {
            ui.push_id(event.id.as_str(), |ui| {
                let is_open = open == Some(&event.id);
                let row = ui.scope(|ui| row_ui(ui, scene, event, is_open, actions)).response;
                if is_open {
                    editor_ui(ui, scene, &mut kept.drafts, event, first, actions);
                    if first {
                        row.scroll_to_me(Some(egui::Align::Center));
                    }
                }
            });
        }
        ui.add_space(space::S);
        if widgets::button_ui(ui, theme, "Add an event").on_hover_text("On the day shown; it can be changed").clicked() {
            actions.push(Action::Add(New::Event { date: scene.as_of, metrics: Vec::new() }));
        }
        false
    });
    if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, event: &Event, is_open: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        cell_ui(ui, DATE_WIDTH, |ui| {
            let words = match event.until.filter(|until| *until > event.date) {
                Some(until) => format!("{} – {}", date_words(event.date), date_words(until)),
                None => date_words(event.date),
            };
            widgets::truncated_ui(ui, theme.number(words, TextSize::Small));
        });
        cell_ui(ui, TITLE_WIDTH, |ui| {
            let title = if is_open { theme.strong(&event.title, TextSize::Body) } else { theme.rich(&event.title, TextSize::Body) };
            widgets::truncated_ui(ui, title);
        });
        cell_ui(ui, KIND_WIDTH, |ui| ui.label(theme.muted(event.kind.word(), TextSize::Small)));
        cell_ui(ui, METRICS_WIDTH, |ui| widgets::truncated_ui(ui, theme.muted(metrics_words(scene, event), TextSize::Small)));
        let (icon, name) =
            if is_open { (icons::CHECK, format!("Close {}", event.title)) } else { (icons::PENCIL, format!("Change {}", event.title)) };
        if widgets::icon_button_ui(ui, theme, icon, &name).clicked() {
            actions.push(Action::OpenSheet(Sheet::Events((!is_open).then(|| event.id.clone()))));
        }
        if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove {}", event.title)).clicked() {
            actions.push(edits::remove_event(event).into());
        }
    });
}

/// "all metrics", "MAU", "MAU and 2 more".
fn metrics_words(scene: &Scene<'_>, event: &Event) -> String {
    let names: Vec<&str> = event.metrics.iter().filter_map(|id| scene.project.metric(id)).map(crate::model::Metric::short_name).collect();
    match names[..] {
        [] => "all metrics".to_owned(),
        [one] => one.to_owned(),
        [one, ..] => format!("{one} and {} more", names.len() - 1),
    }
}

fn editor_ui(ui: &mut Ui, scene: &Scene<'_>, drafts: &mut Drafts, event: &Event, focus: bool, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mut changed = event.clone();
    let salt = |field: &'static str| ("event", event.id.as_str().to_owned(), field);
    let weekday = scene.project.settings.calendar.first_weekday;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        let row = |ui: &mut Ui, name: &str, add: &mut dyn FnMut(&mut Ui)| {
            widgets::key_value_ui(ui, theme, name, theme.px(NAME_WIDTH), |ui| add(ui));
        };
        row(ui, "What", &mut |ui| {
            let field = TextField::new(salt("title"), "Title of the event", &event.title).required("An event needs a title");
            let entered = field.show(ui, theme, drafts);
            if focus {
                entered.response.request_focus();
            }
            changed.title = entered.committed.unwrap_or_else(|| changed.title.clone());
        });
        row(ui, "On", &mut |ui| {
            let field = DateField::new(salt("date"), "Day of the event", Some(event.date), event.date).required();
            changed.date = field.first_weekday(weekday).show(ui, theme, drafts).committed.flatten().unwrap_or(changed.date);
        });
        row(ui, "Until", &mut |ui| {
            let field = DateField::new(salt("until"), "Last day of the event", event.until, event.date).hint("the same day");
            changed.until = field.first_weekday(weekday).show(ui, theme, drafts).committed.unwrap_or(changed.until);
        });
        row(ui, "Kind", &mut |ui| {
            let options = EventKind::ALL.map(|kind| (kind, kind.word()));
            if let Some(kind) = widgets::segmented_ui(ui, theme, "Kind of the event", event.kind, &options) {
                changed.kind = kind;
            }
        });
        row(ui, "Metrics", &mut |ui| metrics_ui(ui, scene, event, &mut changed.metrics));
        row(ui, "Description", &mut |ui| {
            let field = TextField::new(salt("description"), "Description of the event", &event.description).hint("–").rows(2);
            changed.description = field.show(ui, theme, drafts).committed.unwrap_or_else(|| changed.description.clone());
        });
    });
    if changed != *event {
        actions.push(edits::change_event(changed).into());
    }
}

/// The metrics whose charts mark it; none means all.
fn metrics_ui(ui: &mut Ui, scene: &Scene<'_>, event: &Event, metrics: &mut Vec<MetricId>) {
    let theme = scene.theme;
    let mut known: Vec<_> = scene.project.metrics.values().collect();
    known.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let mut options: Vec<(Option<MetricId>, String)> = vec![(None, "Add a metric".to_owned())];
    options.extend(known.iter().filter(|m| !event.metrics.contains(&m.id)).map(|m| (Some(m.id.clone()), m.name.clone())));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme.px(space::XS);
        if event.metrics.is_empty() {
            ui.label(theme.muted("On the charts of all metrics", TextSize::Body));
        }
        for metric in event.metrics.iter().filter_map(|id| scene.project.metric(id)) {
            ui.label(theme.rich(metric.short_name(), TextSize::Body));
            if widgets::icon_button_ui(ui, theme, icons::X, &format!("Not on {}", metric.name)).clicked() {
                metrics.retain(|id| *id != metric.id);
            }
        }
        if let Some(Some(metric)) = widgets::combo_ui(ui, theme, "Add a metric", &None, &options, 160.0) {
            metrics.push(metric);
            metrics.sort();
        }
    });
}
