//! What stands above the map: finding, folding, zooming.

use std::sync::Arc;

use egui::{Align, Key, Layout, Margin, Ui, vec2};

use super::Kept;
use crate::chart::map::{CardOf, Map, find};
use crate::document::Revision;
use crate::model::CycleId;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, MapView};

pub(super) const HEIGHT: f32 = 44.0;

/// What is looked for, and what was found.
#[derive(Clone, Default)]
pub(super) struct Search {
    words: String,
    of: Option<(Revision, String, Option<CycleId>)>,
    found: Arc<[CardOf]>,
    /// The one gone to last.
    at: Option<usize>,
}

/// What a button of the bar asks of the window onto the map.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    Fit,
    Zoom(f32),
    /// To 100 %.
    Whole,
    FlyTo(CardOf),
}

pub(super) fn find_id() -> egui::Id {
    egui::Id::unique("map find")
}

/// Drawn in a strip of [`HEIGHT`]; answers with what was asked for.
pub(super) fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, map: &Map, kept: &mut Kept, actions: &mut Vec<Action>) -> Option<Wish> {
    let theme = scene.theme;
    let mut wish = None;
    ui.horizontal_centered(|ui| {
        ui.add_space(space::L);
        ui.spacing_mut().item_spacing.x = space::S;
        wish = find_ui(ui, scene, &mut kept.search);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::L);
            ui.spacing_mut().item_spacing.x = space::XS;
            if widgets::button_ui(ui, theme, "Copy table").on_hover_text("All cards with what they hang on, for a spreadsheet").clicked() {
                actions.push(Action::CopyTable);
            }
            if widgets::button_ui(ui, theme, "Fit").on_hover_text("Show the whole map (F)").clicked() {
                wish = Some(Wish::Fit);
            }
            if widgets::icon_button_ui(ui, theme, icons::ZOOM_IN, "Zoom in on the map (+)").clicked() {
                wish = Some(Wish::Zoom(1.25));
            }
            let zoom = kept.camera.map_or(1.0, |c| c.zoom);
            let percent = if zoom < 0.01 { "< 1 %".to_owned() } else { format!("{:.0} %", zoom * 100.0) };
            let words = egui::RichText::new(percent).font(theme.number_font(TextSize::Small));
            let button = egui::Button::new(words).min_size(vec2(48.0, size::CONTROL));
            if ui.add(button).on_hover_text("Back to 100 %").clicked() {
                wish = Some(Wish::Whole);
            }
            if widgets::icon_button_ui(ui, theme, icons::ZOOM_OUT, "Zoom out of the map (−)").clicked() {
                wish = Some(Wish::Zoom(0.8));
            }
            ui.add_space(space::S);
            fold_ui(ui, scene, map, actions);
        });
    });
    wish
}

/// Folds everything to two levels, or unfolds what is folded.
fn fold_ui(ui: &mut Ui, scene: &Scene<'_>, map: &Map, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let folded = &scene.view.arranged.map.folded;
    ui.add_enabled_ui(!folded.is_empty(), |ui| {
        if widgets::icon_button_ui(ui, theme, icons::UNFOLD_VERTICAL, "Unfold everything").clicked() {
            actions.push(Action::Arrange(Arrangement::Map(MapView::default())));
        }
    });
    let deep = |at: &usize| map.nodes[*at].depth == 1 && map.nodes[*at].folded == Some(false);
    let any = (0..map.nodes.len()).any(|at| deep(&at));
    ui.add_enabled_ui(any, |ui| {
        if widgets::icon_button_ui(ui, theme, icons::FOLD_VERTICAL, "Fold to two levels").clicked() {
            let more = (0..map.nodes.len()).filter(deep).map(|at| map.nodes[at].subject.clone());
            let folded = folded.iter().cloned().chain(more).collect();
            actions.push(Action::Arrange(Arrangement::Map(MapView { folded })));
        }
    });
}

fn find_ui(ui: &mut Ui, scene: &Scene<'_>, search: &mut Search) -> Option<Wish> {
    let theme = scene.theme;
    let width = (ui.available_width() * 0.32).clamp(120.0, 240.0);
    let output = egui::TextEdit::singleline(&mut search.words)
        .id(find_id())
        .hint_text(theme.muted("Find on the map", TextSize::Body))
        .desired_width(width)
        .margin(Margin::symmetric(8, 3))
        .show(ui);
    let response = output.response.response;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find on the map"));
    let response = response.on_hover_text("Enter goes to the next, Shift+Enter to the one before (/)");
    search.look(scene);
    let (entered, back, escaped) = ui.input(|i| (i.key_pressed(Key::Enter), i.modifiers.shift, i.key_pressed(Key::Escape)));
    let mut wish = None;
    if response.lost_focus() && entered {
        response.request_focus();
        wish = search.next(back).map(Wish::FlyTo);
    }
    if response.lost_focus() && escaped {
        *search = Search::default();
    }
    if !search.words.trim().is_empty() {
        let words = match (search.found.len(), search.at) {
            (0, _) => "not on the map".to_owned(),
            (count, Some(at)) => format!("{} of {count}", at + 1),
            (count, None) => format!("{count} found"),
        };
        ui.label(theme.muted(words, TextSize::Small));
    }
    wish
}

impl Search {
    /// Looks again where the words, the project or the cycle changed.
    fn look(&mut self, scene: &Scene<'_>) {
        let of = (scene.document.revision(), self.words.clone(), scene.view.cycle.clone());
        if self.of.as_ref() == Some(&of) {
            return;
        }
        if self.of.as_ref().is_none_or(|before| before.1 != of.1) {
            self.at = None;
        }
        self.found = if self.words.trim().is_empty() {
            Arc::default()
        } else {
            let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
            find(scene.project, &scene.tree, cycle.as_ref(), &self.words).into()
        };
        self.at = self.at.filter(|at| *at < self.found.len());
        self.of = Some(of);
    }

    fn next(&mut self, back: bool) -> Option<CardOf> {
        let count = self.found.len();
        let at = match self.at {
            None if back => count.checked_sub(1)?,
            None => 0,
            Some(at) if back => (at + count).checked_sub(1)? % count.max(1),
            Some(at) => (at + 1) % count.max(1),
        };
        let found = self.found.get(at)?.clone();
        self.at = Some(at);
        Some(found)
    }
}
