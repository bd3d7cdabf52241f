//! The goal tree on the left: filter, rows with status, progress and sparkline, moving through them by keyboard, and editing the
//! tree itself: titles in place, order and levels by dragging, everything else from the menu of a row.

mod clicks;
mod drag;
mod keys;
mod place;
mod rename;
mod row;
mod row_menu;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Frame, Id, Key, Margin, Modifiers, Panel, Rect, ScrollArea, Ui, pos2, vec2};

use self::keys::move_by_keys;
use self::row::{HEADING_HEIGHT, ROW_HEIGHT, goal_row_ui, heading_row_ui, metric_row_ui};
use self::rows::{Row, Wanted, rows};
use crate::chart::{self, Spark};
use crate::document::Revision;
use crate::model::{CycleId, Date, GoalId, MetricId};
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::Drafts;
use crate::workspace::{Action, Selection, Workspace};

/// What the tree keeps between frames.
#[derive(Clone, Default)]
struct TreeScratch {
    /// Of the panel, in the last frame.
    width: f32,
    listed: Option<Listed>,
    sparks: BTreeMap<MetricId, (Revision, Date, Arc<Spark>)>,
    /// Scrolled to once, when it changes.
    seen: Option<Selection>,
    /// Where a range that is selected with Shift begins.
    anchor: Option<GoalId>,
    /// Goals that are being dragged.
    dragged: Option<Vec<GoalId>>,
    /// A second click on a title, with its time: the title is edited if no third one makes it a double click.
    clicked_again: Option<(GoalId, f64)>,
    /// Whose title is being edited, and what is typed there.
    renaming: Option<GoalId>,
    drafts: Drafts,
}

/// The rows, and what they were listed from.
#[derive(Clone)]
struct Listed {
    revision: Revision,
    filter: String,
    collapsed: BTreeSet<GoalId>,
    archive_open: bool,
    cycle: Option<CycleId>,
    rows: Arc<[Row]>,
    /// The top of each row, and the bottom of the last.
    tops: Arc<[f32]>,
}

/// The filter field, so that Find can put the cursor there.
pub(super) fn filter_id() -> Id {
    Id::unique("goal tree filter")
}

fn scratch_id() -> Id {
    Id::unique("goal tree")
}

/// How wide the panel is.
pub(super) fn width(scratch: &mut Scratch) -> f32 {
    let width = scratch.of::<TreeScratch>(scratch_id()).width;
    if width > 0.0 { width } else { size::TREE_MAX }
}

/// The widget of a row, the same wherever the row stands.
fn row_id(selection: &Selection) -> Id {
    match selection {
        Selection::Goal(id) => Id::unique(("goal tree row", id.as_str())),
        Selection::Metric(id) => Id::unique(("goal tree row", id.as_str())),
    }
}

/// The panel. It may be dragged between 216 and 280 points.
pub(super) fn tree_panel_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(scene.theme.bg.panel).inner_margin(Margin { left: 8, right: 8, top: 10, bottom: 0 });
    Panel::left("goals").frame(frame).resizable(true).default_size(size::TREE_MAX).size_range(size::TREE_MIN..=size::TREE_MAX).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut kept: TreeScratch = scratch.take(scratch_id());
            kept.width = ui.max_rect().width() + 16.0;
            let listed = listed(&mut kept, workspace, scene);
            filter_ui(ui, scene, &listed, actions);
            ui.add_space(space::S);
            move_by_keys(ui, scene, &listed, &mut kept, actions);
            rows_ui(ui, workspace, scene, &listed, &mut kept, actions);
            scratch.put(scratch_id(), kept);
        },
    );
}

/// The rows, listed again only when something they are made of has changed.
fn listed(kept: &mut TreeScratch, workspace: &Workspace, scene: &Scene<'_>) -> Listed {
    let revision = workspace.document.revision();
    let (filter, collapsed, archive_open) = (&scene.view.filter, &scene.view.collapsed, scene.view.archive_open);
    if let Some(listed) = &kept.listed
        && listed.revision == revision
        && &listed.filter == filter
        && &listed.collapsed == collapsed
        && listed.archive_open == archive_open
        && listed.cycle == scene.view.cycle
    {
        return listed.clone();
    }
    let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
    let wanted = Wanted { filter, collapsed, archive_open, cycle: cycle.as_ref() };
    let rows: Arc<[Row]> = rows(scene.project, &scene.tree, wanted).into();
    let mut top = 0.0;
    let mut tops = Vec::with_capacity(rows.len() + 1);
    for row in rows.iter() {
        tops.push(top);
        top += match row {
            Row::Heading { .. } | Row::Archive { .. } => HEADING_HEIGHT,
            Row::Goal { .. } | Row::Metric { .. } => ROW_HEIGHT,
        };
    }
    tops.push(top);
    let (filter, collapsed, cycle) = (filter.clone(), collapsed.clone(), scene.view.cycle.clone());
    let listed = Listed { revision, filter, collapsed, archive_open, cycle, rows, tops: tops.into() };
    kept.listed = Some(listed.clone());
    listed
}

fn filter_ui(ui: &mut Ui, scene: &Scene<'_>, listed: &Listed, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let mut text = scene.view.filter.clone();
    let width = ui.available_width();
    let output = egui::TextEdit::singleline(&mut text)
        .id(filter_id())
        .hint_text(theme.muted("Filter goals", TextSize::Body))
        .desired_width(width)
        .margin(Margin { left: 8, right: 24, top: 3, bottom: 3 })
        .show(ui);
    let response = output.response.response;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter goals"));
    if response.changed() {
        actions.push(Action::SetFilter(text.clone()));
    }
    if response.lost_focus() && !text.is_empty() && ui.input(|i| i.key_pressed(Key::Escape)) {
        actions.push(Action::SetFilter(String::new()));
    }
    if response.has_focus()
        && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown))
        && let Some(first) = listed.rows.iter().find_map(selection_of)
    {
        ui.memory_mut(|m| m.request_focus(row_id(&first)));
        actions.push(Action::Select(first));
    }
    if !text.is_empty() {
        let place = Rect::from_center_size(pos2(response.rect.right() - 14.0, response.rect.center().y), vec2(20.0, 20.0));
        let clear = ui.interact(place, filter_id().with("clear"), egui::Sense::click()).on_hover_text("Clear the filter");
        clear.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Clear the filter"));
        let colour = if clear.hovered() || clear.has_focus() { theme.text.strong } else { theme.text.muted };
        icons::X.paint(ui.painter(), place.center(), 12.0, colour);
        if clear.clicked() {
            actions.push(Action::SetFilter(String::new()));
        }
    }
}

fn selection_of(row: &Row) -> Option<Selection> {
    match row {
        Row::Goal { id, .. } => Some(Selection::Goal(id.clone())),
        Row::Metric { id } => Some(Selection::Metric(id.clone())),
        Row::Heading { .. } | Row::Archive { .. } => None,
    }
}

fn rows_ui(ui: &mut Ui, workspace: &Workspace, scene: &Scene<'_>, listed: &Listed, kept: &mut TreeScratch, actions: &mut Vec<Action>) {
    if listed.rows.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    let selected = scene.view.selected.as_ref();
    let renames = scene.view.renaming.is_some() && scene.view.renaming != kept.renaming;
    let must_scroll = selected != kept.seen.as_ref() || renames;
    let response = ScrollArea::vertical().id_salt("goal tree rows").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        let width = ui.available_width();
        let origin = ui.max_rect().min;
        let tops = &listed.tops;
        let height = tops.last().copied().unwrap_or_default() + space::M;
        ui.set_height(height);
        let place = |index: usize| Rect::from_min_size(pos2(origin.x, origin.y + tops[index]), vec2(width, tops[index + 1] - tops[index]));
        if must_scroll
            && selected.is_some()
            && let Some(index) = listed.rows.iter().position(|row| selection_of(row).as_ref() == selected)
        {
            ui.scroll_to_rect(place(index), None);
        }
        let first = tops.partition_point(|top| *top <= viewport.min.y).saturating_sub(1);
        for (index, row) in listed.rows.iter().enumerate().skip(first).take_while(|(index, _)| tops[*index] < viewport.max.y) {
            let rect = place(index);
            match row {
                Row::Goal { id, depth, open, archived, muted } => {
                    let selected = selected == Some(&Selection::Goal(id.clone())) || scene.view.marked.contains(id);
                    let renaming = scene.view.renaming.as_ref() == Some(id) && !archived;
                    let spark = chart::leading_metric(scene.project, id).map(|metric| spark(kept, workspace, scene, &metric));
                    let row = row::GoalRow { id, depth: *depth, open: *open, muted: *muted, selected, spark, renaming };
                    if let Some(drawn) = goal_row_ui(ui, scene, rect, row, actions) {
                        clicks::goal_clicks_ui(ui, workspace, scene, listed, drawn, kept, actions);
                    }
                }
                Row::Archive { count, open } => row::archive_row_ui(ui, scene.theme, rect, *count, *open, actions),
                Row::Heading { count } => heading_row_ui(ui, scene.theme, rect, *count),
                Row::Metric { id } => {
                    let selected = selected == Some(&Selection::Metric(id.clone()));
                    let spark = spark(kept, workspace, scene, id);
                    metric_row_ui(ui, scene, rect, id, selected, &spark, actions);
                }
            }
        }
        drag::drag_ui(ui, scene, listed, kept, origin, actions);
    });
    clicks::rename_soon(ui, scene, listed, kept, actions);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Tree);
        node.set_label("Goals");
    });
    kept.seen = selected.cloned();
}

fn spark(kept: &mut TreeScratch, workspace: &Workspace, scene: &Scene<'_>, metric: &MetricId) -> Arc<Spark> {
    let revision = workspace.document.values_revision(metric);
    if let Some((of, on, spark)) = kept.sparks.get(metric)
        && (*of, *on) == (revision, scene.as_of)
    {
        return Arc::clone(spark);
    }
    let spark = Arc::new(sparkline(scene, metric));
    kept.sparks.insert(metric.clone(), (revision, scene.as_of, Arc::clone(&spark)));
    spark
}

fn sparkline(scene: &Scene<'_>, metric: &MetricId) -> Spark {
    scene.project.metric(metric).map(|metric| chart::sparkline(scene.project, metric, scene.as_of)).unwrap_or_default()
}

/// Why there is nothing to list, and what to do.
fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.add_space(space::L);
    ui.spacing_mut().item_spacing.y = space::S;
    if scene.view.filter.trim().is_empty() && crate::ui::views::empty_cycle_words(scene).is_some() {
        super::cycle_switch::empty_tree_ui(ui, scene, actions);
    } else if scene.view.filter.trim().is_empty() {
        ui.label(theme.strong("No goals yet", TextSize::Body));
        ui.label(theme.muted(
            "Start with one objective: what shall be different by the end of the quarter? Press C to say it in one sentence.",
            TextSize::Small,
        ));
    } else {
        ui.label(theme.strong("No goal matches", TextSize::Body));
        ui.label(theme.muted(format!("No title, owner or KPI name contains “{}”.", scene.view.filter.trim()), TextSize::Small));
        if ui.button("Show all goals").clicked() {
            actions.push(Action::SetFilter(String::new()));
        }
    }
}
