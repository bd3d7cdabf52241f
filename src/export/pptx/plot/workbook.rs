//! The workbook behind a chart: one sheet with what the numbers stand at and a column for each series.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::numbers::EPOCH;
use super::{Form, Plot};
use crate::export::ExportError;
use crate::export::pptx::xml::clean;

pub(super) const SHEET: &str = "Data";
pub(super) const DATE: &str = "yyyy\\-mm\\-dd";
/// The longest text of a cell.
const LONGEST: usize = 32_000;

/// Where a series stands: the columns of what it stands at and of its values.
pub(super) fn columns(plot: &Plot, index: usize) -> (usize, usize) {
    match plot.form {
        Form::Numbers => (2 * index, 2 * index + 1),
        Form::Days(_) | Form::Names(_) | Form::Rows(_) => (0, index + 1),
    }
}

/// A file of its own, the same for the same numbers.
pub(crate) fn workbook(plot: &Plot) -> Result<Vec<u8>, ExportError> {
    made(plot).map_err(|error| ExportError::Drawing(error.to_string()))
}

fn made(plot: &Plot) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A workbook says when it was made; this one says when no workbook was.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let head = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    sheet.set_freeze_panes(1, usize::from(!matches!(plot.form, Form::Numbers)) as u16)?;
    match &plot.form {
        Form::Days(days) => {
            let date = Format::new().set_num_format(DATE);
            sheet.write_string_with_format(0, 0, "Date", &head)?;
            sheet.set_column_width(0, 12.0)?;
            for (row, day) in days.iter().enumerate() {
                sheet.write_number_with_format(row as u32 + 1, 0, (day + EPOCH) as f64, &date)?;
            }
        }
        Form::Names(names) | Form::Rows(names) => {
            sheet.set_column_width(0, 24.0)?;
            for (row, name) in names.iter().enumerate() {
                sheet.write_string(row as u32 + 1, 0, cell(name))?;
            }
        }
        Form::Numbers => {}
    }
    for (index, series) in plot.series.iter().enumerate() {
        let (across, up) = columns(plot, index);
        let number = Format::new().set_num_format(&series.code);
        if matches!(plot.form, Form::Numbers) {
            sheet.write_string_with_format(0, across as u16, format!("{}, across", cell(&series.name)), &head)?;
            for (row, x) in series.across.iter().enumerate() {
                sheet.write_number(row as u32 + 1, across as u16, *x)?;
            }
        }
        sheet.write_string_with_format(0, up as u16, cell(&series.name), &head)?;
        sheet.set_column_width(up as u16, 14.0)?;
        for (row, value) in series.values.iter().enumerate() {
            if let Some(value) = value {
                sheet.write_number_with_format(row as u32 + 1, up as u16, *value, &number)?;
            }
        }
    }
    book.save_to_buffer()
}

/// Text in a cell is text, whatever it begins with: the writer never makes a formula of it.
fn cell(words: &str) -> String {
    clean(words).chars().take(LONGEST).collect()
}
