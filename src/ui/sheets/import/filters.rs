//! Rows that are taken: those whose columns have what is chosen here.

use std::collections::BTreeSet;

use egui::Ui;

use super::reading::row_ui;
use super::{Desk, combo_ui};
use crate::import::{Holds, Looked};
use crate::ui::icons;
use crate::ui::theme::TextSize;
use crate::ui::widgets;

/// Values of a column that a filter offers, and rows that are looked at for them.
const VALUES: usize = 200;
const VALUE_ROWS: usize = 200_000;

/// The values of a column of words.
fn values_of(looked: &Looked, column: &str) -> Vec<String> {
    let Ok(index) = looked.table.column(column) else { return Vec::new() };
    let cells = (0..looked.table.len().min(VALUE_ROWS)).map(|row| looked.table.cell(row, index).trim());
    let values: BTreeSet<&str> = cells.filter(|value| !value.is_empty()).collect();
    values.into_iter().take(VALUES).map(str::to_owned).collect()
}

/// Rows are taken only where a column has a value.
pub(super) fn filters_ui(desk: &mut Desk<'_>, ui: &mut Ui, looked: &Looked) {
    let theme = desk.scene.theme;
    let filters = desk.wanted.choices.filters(looked).to_vec();
    let mut removed = None;
    for (index, (column, value)) in filters.iter().enumerate() {
        row_ui(desk, ui, if index == 0 { "Only rows" } else { "and" }, None, |_, ui, _| {
            if widgets::icon_button_ui(ui, theme, icons::X, &format!("Remove the filter {column} = {value}")).clicked() {
                removed = Some(index);
            }
            widgets::truncated_ui(ui, theme.rich(format!("{column} = {value}"), TextSize::Body));
        });
    }
    if let Some(index) = removed {
        let mut filters = filters.clone();
        filters.remove(index);
        desk.choices().filters = Some(filters);
        desk.choices().series.clear();
    }
    let words = looked.columns.iter().filter(|c| c.holds == Holds::Words && !filters.iter().any(|(column, _)| *column == c.name));
    let mut options: Vec<(Option<String>, String)> = vec![(None, "Add a filter…".to_owned())];
    options.extend(words.map(|c| (Some(c.name.clone()), c.name.clone())));
    if options.len() == 1 {
        return;
    }
    let current = desk.kept.filter.as_ref().map(|(column, _)| column.clone()).filter(|column| looked.table.column(column).is_ok());
    row_ui(desk, ui, "Filter", None, |desk, ui, _| {
        if let Some(column) = combo_ui(ui, theme, "Column to filter by", &current, &options, ui.available_width()) {
            desk.kept.filter = column.map(|column| (column.clone(), values_of(looked, &column)));
        }
    });
    let Some((column, values)) = desk.kept.filter.clone().filter(|_| current.is_some()) else { return };
    let options: Vec<(Option<String>, String)> =
        std::iter::once((None, "Choose a value".to_owned())).chain(values.into_iter().map(|v| (Some(v.clone()), v))).collect();
    row_ui(desk, ui, "has", None, |desk, ui, _| {
        if let Some(Some(value)) = combo_ui(ui, theme, "Value to filter by", &None, &options, ui.available_width()) {
            let mut filters = filters.clone();
            filters.push((column.clone(), value));
            desk.choices().filters = Some(filters);
            desk.choices().series.clear();
            desk.kept.filter = None;
        }
    });
}
