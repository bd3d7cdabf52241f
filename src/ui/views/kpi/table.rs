//! The values of a metric as a table: sorted by any column, read row by row, copied into a spreadsheet.

use std::sync::Arc;

use egui::{Align2, EventFilter, Id, Key, Modifiers, Painter, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::chart::{Cell, Figure, Table};
use crate::ui::arrival;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::{Action, Arrangement, KpiView};

/// Cells measured for the width of a column.
const MEASURED: usize = 64;
/// A column of words that gets less is left out.
const LEAST_WORDS: f32 = 72.0;

/// Column and direction that rows are sorted by.
type Sorting = Option<(usize, bool)>;

/// The table in the order chosen, and the row that is read.
#[derive(Clone, Debug, Default)]
struct Kept {
    of: Option<(Arc<Figure>, Sorting)>,
    table: Arc<Table>,
    row: Option<usize>,
    scroll: bool,
}

impl Kept {
    fn sorted(&mut self, figure: &Arc<Figure>, by: Option<(usize, bool)>) -> Arc<Table> {
        if !self.of.as_ref().is_some_and(|(of, sort)| Arc::ptr_eq(of, figure) && *sort == by) {
            let table = by.map_or_else(|| figure.table.clone(), |(column, down)| figure.table.sorted(column, down));
            (self.of, self.table) = (Some((Arc::clone(figure), by)), Arc::new(table));
        }
        Arc::clone(&self.table)
    }
}

/// One column that is shown.
struct Column {
    index: usize,
    from: f32,
    to: f32,
    /// Numbers stand at the right.
    number: bool,
}

/// As many columns as fit: numbers as wide as they are, words in what is left.
fn columns(painter: &Painter, theme: &Theme, table: &Table, width: f32) -> Vec<Column> {
    let font = theme.number_font(TextSize::Body);
    let pad = theme.px(space::L);
    let wide = |words: &str| painter.layout_no_wrap(words.to_owned(), font.clone(), egui::Color32::PLACEHOLDER).size().x;
    let is_words = |index: usize| {
        index > 0 && table.rows.iter().any(|r| matches!(r.get(index), Some(Cell::Words(_)))) && index + 1 == table.columns.len()
    };
    let mut widths: Vec<f32> = Vec::new();
    for (index, name) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.get(index)).map(|cell| wide(cell.shown()));
        // Room for the sign of the order.
        widths.push(if is_words(index) { 0.0 } else { cells.fold(wide(name) + theme.px(space::L), f32::max) + pad });
    }
    let mut shown: Vec<usize> = (0..table.columns.len()).collect();
    // Words go first, then the columns from the right.
    loop {
        let used: f32 = shown.iter().map(|i| if is_words(*i) { theme.px(LEAST_WORDS) } else { widths[*i] }).sum();
        if used <= width || shown.len() <= 2 {
            break;
        }
        shown.pop();
    }
    let fixed: f32 = shown.iter().map(|i| widths[*i]).sum();
    let words = shown.iter().filter(|i| is_words(**i)).count();
    // Without words the columns share what is left.
    let (rest, share) = (width - fixed, if words == 0 { (width - fixed).max(0.0) / shown.len() as f32 } else { 0.0 });
    let mut from = 0.0;
    let column = |index: usize| {
        let wide = if is_words(index) { rest.max(theme.px(LEAST_WORDS)) } else { widths[index] + share.min(pad * 2.0) };
        let at = from;
        from += wide;
        let number = index > 0 && !is_words(index);
        Column { index, from: at, to: from, number }
    };
    shown.into_iter().map(column).collect()
}

fn row_words(table: &Table, row: &[Cell]) -> String {
    let cells = table.columns.iter().zip(row).skip(1).filter(|(_, cell)| **cell != Cell::None);
    let words: Vec<String> = cells.map(|(name, cell)| format!("{} {}", name.to_lowercase(), cell.shown())).collect();
    format!("{}: {}", row.first().map_or("", Cell::shown), words.join(", "))
}

/// The table in a card, with its buttons.
pub(super) fn table_card_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    figure: &Arc<Figure>,
    height: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let id = Id::unique("table of the KPI");
    let mut kept = scratch.take::<Kept>(id);
    let sort = scene.view.arranged.kpi.sorted.filter(|(column, _)| *column < figure.table.columns.len());
    let table = kept.sorted(figure, sort);
    let width = ui.available_width() - theme.px(space::M);
    let columns = columns(ui.painter(), theme, &table, width);
    heads_ui(ui, scene, &table, &columns, sort, width, actions);
    let row_height = theme.px(size::ROW);
    let below = theme.px(size::CONTROL) + 2.0 * ui.spacing().item_spacing.y;
    let (frame, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), (height - row_height - below).max(row_height * 3.0)), Sense::hover());
    let response = ui.interact(frame, id, Sense::click());
    arrival::offer(ui, id);
    keys(ui, &response, &mut kept, table.rows.len());
    let read = kept.row.and_then(|row| table.rows.get(row)).map(|row| row_words(&table, row));
    response.widget_info(|| WidgetInfo {
        current_text_value: read.clone(),
        ..WidgetInfo::labeled(Role::Grid, true, format!("Values of {}", figure.name))
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(frame), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("values").auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(table.rows.len() as f32 * row_height);
            let (left, top) = (ui.max_rect().left(), ui.max_rect().top());
            let place = |row: usize| Rect::from_min_size(pos2(left, top + row as f32 * row_height), vec2(width, row_height));
            let first = (seen.top() / row_height).floor().max(0.0) as usize;
            let after = ((seen.bottom() / row_height).ceil().max(0.0) as usize).min(table.rows.len());
            for row in first..after {
                let area = place(row);
                if kept.row == Some(row) {
                    ui.painter().rect_filled(area, 0.0, theme.bg.selected);
                }
                let drawn = ui.interact(area, id.with(row), Sense::hover());
                let words = row_words(&table, &table.rows[row]);
                drawn.widget_info(|| WidgetInfo::labeled(Role::Row, true, &words));
                if paint_row(ui.painter(), theme, &columns, &table.rows[row], area) || columns.len() < table.columns.len() {
                    drawn.on_hover_text(words);
                }
            }
            if std::mem::take(&mut kept.scroll)
                && let Some(row) = kept.row
            {
                ui.scroll_to_rect_animation(place(row), None, egui::style::ScrollAnimation::none());
            }
        });
    });
    if response.has_focus() {
        ui.painter().rect_stroke(frame, 2.0, theme.stroke(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Outside);
    }
    ui.add_space(theme.px(space::S));
    ui.horizontal(|ui| {
        if widgets::button_ui(ui, theme, "Copy the table").clicked() {
            actions.push(Action::CopyText(table.as_text()));
        }
        for remark in &figure.remarks {
            ui.label(theme.muted(remark, TextSize::Small));
        }
    });
    scratch.put(id, kept);
}

/// ↑ ↓ Page Up Page Down Home End move the row that is read; Esc leaves it.
fn keys(ui: &Ui, response: &egui::Response, kept: &mut Kept, count: usize) {
    if response.clicked() {
        response.request_focus();
    }
    let Some(last) = count.checked_sub(1).filter(|_| response.has_focus()) else { return };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() }));
    let pressed = |key: Key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)).cast_signed();
    let steps = pressed(Key::ArrowDown) - pressed(Key::ArrowUp) + 10 * (pressed(Key::PageDown) - pressed(Key::PageUp));
    let row = if pressed(Key::Home) > 0 {
        Some(0)
    } else if pressed(Key::End) > 0 {
        Some(last)
    } else if steps != 0 {
        Some(kept.row.map_or(0, |row| row.saturating_add_signed(steps).min(last)))
    } else {
        None
    };
    if row.is_some() {
        (kept.row, kept.scroll) = (row, true);
    }
    if pressed(Key::Escape) > 0 {
        kept.row = None;
        response.surrender_focus();
    }
}

fn heads_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    table: &Table,
    columns: &[Column],
    sort: Option<(usize, bool)>,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let (row, _) = ui.allocate_exact_size(vec2(width, theme.px(size::ROW)), Sense::hover());
    for column in columns {
        let area = Rect::from_min_max(pos2(row.left() + column.from, row.top()), pos2(row.left() + column.to, row.bottom()));
        let name = &table.columns[column.index];
        let response = ui.interact(area, ui.scope_id().with(("head", column.index)), Sense::click());
        let by = format!("Sort by {}", name.to_lowercase());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &by));
        let active = response.hovered() || response.has_focus();
        let ink = if active { theme.text.strong } else { theme.text.muted };
        let drawn = head(ui.painter(), theme, column, name, area, ink);
        if let Some((_, down)) = sort.filter(|(by, _)| *by == column.index) {
            let icon = if down { icons::ARROW_DOWN } else { icons::ARROW_UP };
            let x = if column.number { drawn.left() - theme.px(space::S) } else { drawn.right() + theme.px(space::S) };
            icon.paint(ui.painter(), pos2(x, area.center().y), 12.0, ink);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(area, 2.0, theme.stroke(stroke::FOCUS_RING, theme.accent.accent), StrokeKind::Inside);
        }
        if response.clicked() {
            // Numbers from the largest first; then the other way round; then as it was.
            let sorted = match sort.filter(|(by, _)| *by == column.index) {
                None => Some((column.index, column.number)),
                Some((at, down)) if down == column.number => Some((at, !down)),
                Some(_) => None,
            };
            actions.push(Action::Arrange(Arrangement::Kpi(KpiView { sorted, ..scene.view.arranged.kpi.clone() })));
        }
        response.on_hover_text(by);
    }
    let line = theme.stroke(stroke::HAIRLINE, theme.line.hairline);
    ui.painter().hline(row.x_range(), row.bottom(), line);
}

fn head(painter: &Painter, theme: &Theme, column: &Column, name: &str, area: Rect, ink: egui::Color32) -> Rect {
    let (at, align) = if column.number {
        (area.right_center() - vec2(theme.px(space::S), 0.0), Align2::RIGHT_CENTER)
    } else {
        (area.left_center() + vec2(theme.px(space::XS), 0.0), Align2::LEFT_CENTER)
    };
    painter.text(at, align, name, theme.font(TextSize::Small), ink)
}

/// Whether something had to be cut.
fn paint_row(painter: &Painter, theme: &Theme, columns: &[Column], row: &[Cell], area: Rect) -> bool {
    let mut cut = false;
    for column in columns {
        let Some(cell) = row.get(column.index) else { continue };
        let ink = if *cell == Cell::None { theme.text.muted } else { theme.text.default };
        let wide = column.to - column.from - theme.px(space::S) * 2.0;
        let mut job = egui::text::LayoutJob::simple_singleline(cell.shown().to_owned(), theme.number_font(TextSize::Body), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(wide.max(1.0));
        let galley = painter.layout_job(job);
        cut |= galley.elided;
        let y = area.center().y - galley.size().y / 2.0;
        let x = if column.number {
            area.left() + column.to - theme.px(space::S) - galley.size().x
        } else {
            area.left() + column.from + theme.px(space::XS)
        };
        painter.galley(pos2(x, y), galley, ink);
    }
    painter.hline(area.x_range(), area.bottom(), theme.stroke(stroke::GRID, theme.line.grid));
    cut
}

/// Rows that fit on a page under a heading of so many goals and the names of the columns.
pub fn rows_a_page(theme: &Theme, height: f32, goals: usize) -> usize {
    let line = |text| theme.type_of(text).line_height + theme.px(space::XS);
    let heading =
        goals as f32 * (line(TextSize::Body) + theme.px(space::XS)) + line(TextSize::Title) + line(TextSize::Subtitle) + theme.px(space::M);
    (((height - heading) / theme.px(size::ROW)).floor().max(4.0) as usize).saturating_sub(1)
}

/// A part of the table on a page.
pub fn table_page_ui(ui: &mut Ui, theme: &Theme, table: &Table) {
    let width = ui.available_width();
    let columns = columns(ui.painter(), theme, table, width);
    let row_height = theme.px(size::ROW);
    let (area, _) = ui.allocate_exact_size(vec2(width, row_height * (table.rows.len() + 1) as f32), Sense::hover());
    let place = |row: usize| Rect::from_min_size(pos2(area.left(), area.top() + row as f32 * row_height), vec2(width, row_height));
    for column in &columns {
        let at = Rect::from_min_max(pos2(area.left() + column.from, area.top()), pos2(area.left() + column.to, area.top() + row_height));
        head(ui.painter(), theme, column, &table.columns[column.index], at, theme.text.muted);
    }
    ui.painter().hline(area.x_range(), area.top() + row_height, theme.stroke(stroke::AXIS, theme.line.hairline));
    for (index, row) in table.rows.iter().enumerate() {
        paint_row(ui.painter(), theme, &columns, row, place(index + 1));
    }
}
