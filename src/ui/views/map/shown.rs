//! The cards in view as widgets: each can be pointed at, clicked, dragged, folded, reached by keyboard and read out.

use std::cell::RefCell;
use std::sync::Arc;

use egui::{PointerButton, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::camera::{Camera, FULL, TITLED};
use super::cards::{Brush, Look, Ring};
use super::relink::Held;
use super::{Kept, card_id, kind_of, place, selection_of, toggle};
use crate::chart::map::{CARD_WIDTH, Card, CardOf, Lit, Map};
use crate::model::Status;
use crate::ui::scene::{Medium, Scene};
use crate::ui::theme::TextSize;
use crate::workspace::{Action, ExportWhat};

/// What is special about cards in this frame.
pub(super) struct Marked<'a> {
    pub(super) selected: Option<&'a CardOf>,
    pub(super) lit: Option<&'a Lit>,
    pub(super) over: Option<usize>,
    pub(super) statuses: &'a [Option<Status>],
}

/// The cards in view, each a widget of its own.
#[expect(clippy::too_many_arguments, reason = "cards need their place on the map and the whole scene")]
pub(super) fn cards_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    map: &Arc<Map>,
    kept: &mut Kept,
    view: Rect,
    seen: &[usize],
    marked: &Marked<'_>,
    actions: &mut Vec<Action>,
) {
    let Some(camera) = kept.camera else { return };
    let painter = ui.painter().clone();
    let wraps = RefCell::new(std::mem::take(&mut kept.wraps));
    let brush = Brush { painter: &painter, theme: scene.theme, zoom: camera.zoom, medium: Medium::Screen, wraps: &wraps };
    kept.focused_card = None;
    let mut order = seen.to_vec();
    // In the order of the map for who goes through them by keyboard.
    order.sort_unstable();
    for at in order {
        let node = &map.nodes[at];
        let rect = camera.rect(view, node);
        let spark = match &node.subject {
            CardOf::Metric(id) if camera.zoom >= FULL => Some(scene.memos.sparkline(scene.document, scene.as_of, id)),
            CardOf::Goal(_) | CardOf::Metric(_) => None,
        };
        let is_selected =
            marked.selected == Some(&node.subject) || matches!(&node.subject, CardOf::Goal(id) if scene.view.marked.contains(id));
        let response = ui.interact(rect, card_id(&node.subject), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_selected, &told(scene, map, at).words));
        if kept.flight.is_none() && kept.wants_focus.as_ref() == Some(&node.subject) {
            response.request_focus();
            kept.wants_focus = None;
        }
        if response.has_focus() {
            kept.focused_card = Some(response.id);
        }
        let ring = match marked.lit {
            _ if is_selected || response.has_focus() => Ring::Chosen,
            Some(lit) if lit.nodes[at] => Ring::Lit,
            _ => Ring::Plain,
        };
        let look = Look { selected: is_selected, hovered: marked.over == Some(at) && kept.held.is_none(), ring };
        let said = if camera.zoom < TITLED {
            Arc::new(Card { status: marked.statuses.get(at).copied().flatten(), ..Card::default() })
        } else {
            scene.memos.map_card(scene.document, scene.as_of, map, at, spark.as_deref())
        };
        brush.card(rect, node, &said, kind_of(scene, &node.subject), spark.as_deref(), look);
        card_clicks(scene, map, at, kept, &response, actions);
        if kept.held.is_none() {
            response.on_hover_ui(|ui| hover_words_ui(ui, scene, map, at));
        }
        if let Some(place) = brush.knob_place(rect, node).filter(|_| camera.zoom >= TITLED)
            && (node.folded == Some(true) || look.hovered || (look.ring == Ring::Chosen && camera.zoom >= FULL))
        {
            let words = if node.folded == Some(true) { "Unfold" } else { "Fold" };
            let knob = ui.interact(place.expand(2.0), card_id(&node.subject).with("fold"), Sense::click());
            knob.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words} “{}”", said.title)));
            brush.knob(place, node, knob.hovered() || knob.has_focus());
            if knob.clicked() {
                toggle(scene, kept, &node.subject, actions);
            }
        }
    }
    kept.wraps = wraps.into_inner();
}

fn card_clicks(scene: &Scene<'_>, map: &Arc<Map>, at: usize, kept: &mut Kept, response: &Response, actions: &mut Vec<Action>) {
    let node = &map.nodes[at];
    let selection = selection_of(&node.subject);
    if response.clicked() {
        response.request_focus();
        // It is under the pointer: it need not be brought there.
        kept.seen = Some(selection.clone());
        actions.push(Action::Select(selection.clone()));
    }
    if response.double_clicked() {
        actions.push(Action::Visit(selection.clone()));
    }
    if response.drag_started_by(PointerButton::Primary) {
        kept.held = Some(Held::of(scene, &node.subject));
    }
    if response.dragged_by(PointerButton::Middle)
        && let Some(camera) = &mut kept.camera
    {
        camera.centre -= response.drag_delta() / camera.zoom;
        (kept.fitted, kept.flight) = (false, None);
    }
    response.context_menu(|ui| {
        ui.set_min_width(200.0);
        if ui.button("Open").clicked() {
            actions.push(Action::Visit(selection.clone()));
        }
        let folds = match node.folded {
            Some(true) => Some("Unfold"),
            Some(false) => Some("Fold"),
            None => None,
        };
        if folds.is_some_and(|words| ui.button(words).clicked()) {
            toggle(scene, kept, &node.subject, actions);
        }
        if node.end > at + 1 && ui.button("Zoom to all under it").clicked() {
            let all = map.nodes[at..node.end].iter();
            let around = all.map(|n| Rect::from_min_size(pos2(n.left, n.top), vec2(CARD_WIDTH, n.height))).reduce(Rect::union);
            if let (Some(around), Some(view)) = (around, kept.view) {
                place::fly_to(ui, kept, Camera::fitting(view, around, 1.0));
            }
        }
        let (words, what) = match &node.subject {
            CardOf::Goal(goal) => ("Export the page…", ExportWhat::Objective(goal.clone())),
            CardOf::Metric(metric) => ("Export the chart…", ExportWhat::Chart(metric.clone())),
        };
        if ui.button(words).clicked() {
            actions.push(Action::ChooseExport(what));
        }
    });
}

/// The whole of what a card has no room for.
pub(super) fn hover_words_ui(ui: &mut Ui, scene: &Scene<'_>, map: &Arc<Map>, at: usize) {
    let theme = scene.theme;
    ui.set_max_width(320.0);
    let node = &map.nodes[at];
    let card = told(scene, map, at);
    ui.label(theme.strong(&card.title, TextSize::Small));
    if let CardOf::Goal(id) = &node.subject
        && let Some(result) = scene.evaluation.goal(id)
    {
        ui.label(theme.rich(format!("{}. {}", result.status.word(), result.reason), TextSize::Small));
    } else {
        ui.label(theme.rich(&card.words, TextSize::Small));
    }
    if let CardOf::Metric(id) = &node.subject {
        let spark = scene.memos.sparkline(scene.document, scene.as_of, id);
        ui.label(theme.muted(&spark.summary, TextSize::Small));
    }
    if !card.owner.is_empty() {
        ui.label(theme.muted(format!("Owner: {}", card.owner), TextSize::Small));
    }
}

/// All that a card says, however small it is drawn.
pub(super) fn told(scene: &Scene<'_>, map: &Arc<Map>, at: usize) -> Arc<Card> {
    let spark = match &map.nodes[at].subject {
        CardOf::Metric(id) => Some(scene.memos.sparkline(scene.document, scene.as_of, id)),
        CardOf::Goal(_) => None,
    };
    scene.memos.map_card(scene.document, scene.as_of, map, at, spark.as_deref())
}
