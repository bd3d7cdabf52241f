//! The stages as rows: day and value to be edited, and the growth that each part needs.

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use super::Plan;
use crate::analysis::Part;
use crate::document::edits;
use crate::model::{TargetStage, date_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, Drafts, NumberField};
use crate::workspace::Action;

/// By, to reach, in this part and its share, per period and its share, reached, remove.
const COLUMNS: [f32; 8] = [128.0, 144.0, 104.0, 84.0, 112.0, 88.0, 144.0, 32.0];

/// "+2.6 M (+35.1 %)"
pub(super) fn with_share(change: &str, share: Option<String>) -> String {
    share.map_or_else(|| change.to_owned(), |share| format!("{change} ({share})"))
}

/// The places of a row's cells.
fn row(ui: &mut Ui, plan: &Plan<'_>, height: f32) -> Vec<Rect> {
    let theme = plan.scene.theme;
    let whole: f32 = COLUMNS.iter().sum();
    let stretch = ui.available_width() / theme.px(whole);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme.px(height)));
    let mut x = rect.left();
    COLUMNS
        .iter()
        .map(|width| {
            let width = theme.px(*width) * stretch;
            let cell = Rect::from_min_max(pos2(x, rect.top()), pos2(x + width - theme.px(space::S), rect.bottom()));
            x += width;
            cell
        })
        .collect()
}

/// A cell whose content is as high as a field stands half-way up.
fn cell_ui<R>(ui: &mut Ui, rect: Rect, salt: usize, add: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = Rect::from_center_size(rect.center(), vec2(rect.width(), rect.height().min(size::CONTROL)));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("cell", salt)).layout(Layout::left_to_right(Align::Center)), add).inner
}

fn number_ui(ui: &mut Ui, rect: Rect, words: RichText) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)), |ui| ui.label(words));
}

pub(super) fn table_ui(ui: &mut Ui, plan: &Plan<'_>, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let Plan { scene, goal, planned, .. } = *plan;
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = space::XXS;
    let noun = planned.parts.first().map_or("period", |p| p.cadence.period_word());
    let heads = row(ui, plan, size::ROW_DENSE);
    let each = format!("A {noun}");
    for (column, words) in [(0, "By"), (1, "To reach")] {
        cell_ui(ui, heads[column], column, |ui| ui.label(theme.muted(words, TextSize::Small)));
    }
    for (columns, words) in [((2, 3), "In this part"), ((4, 5), each.as_str()), ((6, 6), "Reached")] {
        number_ui(ui, heads[columns.0].union(heads[columns.1]), theme.muted(words, TextSize::Small));
    }
    for (place, part) in planned.parts.iter().enumerate() {
        ui.push_id(("part", place), |ui| {
            let cells = row(ui, plan, size::ROW_ROOMY);
            match planned.inside.get(place) {
                Some(&index) => stage_ui(ui, plan, drafts, &cells, index, actions),
                None => target_ui(ui, plan, drafts, &cells, part, actions),
            }
            growth_ui(ui, plan, &cells, part);
        });
    }
    if let Some(new) = next_stage(plan)
        && widgets::quiet_button_ui(ui, theme, "Add a stage").clicked()
    {
        let mut stages = planned.stages.clone();
        stages.push(new);
        actions.push(edits::move_stages(goal, stages).into());
    }
}

/// Day and value of a stage.
fn stage_ui(ui: &mut Ui, plan: &Plan<'_>, drafts: &mut Drafts, cells: &[Rect], index: usize, actions: &mut Vec<Action>) {
    let Plan { scene, goal, planned, .. } = *plan;
    let theme = scene.theme;
    let stage = planned.stages[index];
    let day = date_words(stage.by);
    let with = |stage: TargetStage| {
        let mut stages = planned.stages.clone();
        stages[index] = stage;
        edits::move_stages(goal, stages)
    };
    let names = [format!("Day of stage {}", index + 1), format!("To reach by {day}")];
    cell_ui(ui, cells[0], 0, |ui| {
        let field = DateField::new((goal.id.as_str(), "stage day", stage.by), &names[0], Some(stage.by), scene.as_of);
        let field = field.required().without_calendar().width(cells[0].width() - theme.px(space::S));
        if let Some(Some(by)) = field.show(ui, theme, drafts).committed {
            let span = scene.project.span(goal);
            if span.start.is_none_or(|start| start < by) && span.due.is_none_or(|due| by < due) {
                actions.push(with(TargetStage { by, ..stage }).into());
            } else {
                actions.push(Action::Refused(format!("A stage lies between start and due; {} does not.", date_words(by))));
            }
        }
    });
    cell_ui(ui, cells[1], 1, |ui| {
        let salt = (goal.id.as_str(), "stage value", stage.by);
        let field = NumberField::new(salt, &names[1], Some(stage.value), &planned.unit, planned.format.locale);
        if let Some(Some(value)) = field.required().width(cells[1].width() - theme.px(space::S)).show(ui, theme, drafts).committed {
            actions.push(with(TargetStage { value, ..stage }).into());
        }
    });
    cell_ui(ui, cells[7], 7, |ui| {
        if widgets::icon_button_ui(ui, theme, icons::TRASH_2, &format!("Remove stage {}", index + 1)).clicked() {
            let mut stages = planned.stages.clone();
            stages.remove(index);
            actions.push(edits::move_stages(goal, stages).into());
        }
    });
}

/// The end of the way: its value is the target itself.
fn target_ui(ui: &mut Ui, plan: &Plan<'_>, drafts: &mut Drafts, cells: &[Rect], part: &Part, actions: &mut Vec<Action>) {
    let Plan { scene, goal, planned, .. } = *plan;
    let theme = scene.theme;
    cell_ui(ui, cells[0], 0, |ui| {
        ui.add_space(space::S);
        ui.label(theme.number(date_words(part.by), TextSize::Body));
    });
    cell_ui(ui, cells[1], 1, |ui| {
        let salt = (goal.id.as_str(), "stage target");
        let field = NumberField::new(salt, "To reach in the end", Some(part.value), &planned.unit, planned.format.locale);
        if let Some(Some(value)) = field.required().width(cells[1].width() - theme.px(space::S)).show(ui, theme, drafts).committed {
            actions.push(edits::set_target(goal, value, scene.as_of, "").into());
        }
    });
}

fn growth_ui(ui: &mut Ui, plan: &Plan<'_>, cells: &[Rect], part: &Part) {
    let planned = plan.planned;
    let theme = plan.scene.theme;
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| planned.signed_percent(s));
    let figure = |words: String| theme.number(words, TextSize::Body);
    number_ui(ui, cells[2], figure(planned.format.difference(part.change)));
    number_ui(ui, cells[3], figure(percent(part.share)));
    number_ui(ui, cells[4], figure(planned.format.difference(part.per_period)));
    number_ui(ui, cells[5], figure(percent(part.compound)));
    let reached = match (part.reached, part.met) {
        (Some(value), Some(true)) => figure(format!("✓ {}", planned.format.value(value))),
        (Some(value), _) => figure(format!("{} missed", planned.format.value(value))),
        (None, _) => theme.muted("–", TextSize::Body),
    };
    number_ui(ui, cells[6], reached);
}

/// A stage half-way between the last one (or the start) and the target.
fn next_stage(plan: &Plan<'_>) -> Option<TargetStage> {
    let last = plan.planned.parts.last()?;
    let days = (last.by - last.from).num_days() / 2;
    let by = last.from.checked_add_signed(chrono::TimeDelta::days(days))?;
    (last.from < by && by < last.by).then(|| TargetStage { by, value: f64::midpoint(last.before, last.value) })
}
