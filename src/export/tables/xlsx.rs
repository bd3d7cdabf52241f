//! Tables as a workbook: a sheet each, real dates, numbers as numbers with the format of their unit, and a chart that the program draws.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartEmptyCells, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartType, Color,
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::csv::harmless;
use super::sheet::{Drawn, Form, Sheet, Value, clean};
use crate::chart::LineStyle;
use crate::export::{ExportError, Stage};
use crate::model::{Date, Stamp};
use crate::ui::chart::line_colour;
use crate::ui::theme::Theme;

/// A sheet holds 1,048,576 rows, one of them heads; what is more goes on on the next.
const MOST_ROWS: usize = 1_048_575;
/// More than a cell may hold is cut.
const MOST_LETTERS: usize = 32_767;
/// So long may a text be for those who cannot see a chart.
const MOST_LETTERS_TOLD: usize = 255;
/// Widths of columns, in letters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=48;

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        Self::Drawing(error.to_string())
    }
}

pub(super) fn workbook(sheets: &[Sheet], title: &str, stage: &Stage<'_>) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let made = moment(Stamp::from_date(stage.as_of)).unwrap_or_default();
    let properties = DocProperties::new().set_title(clean(title)).set_author("Waymark").set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let mut forms = Forms::default();
    let mut names = Names::default();
    for sheet in sheets {
        for (part, rows) in sheet.rows.chunks(MOST_ROWS).enumerate() {
            let name = names.next(&sheet.name);
            let page = workbook.add_worksheet();
            page.set_name(&name)?;
            fill(page, sheet, rows, &mut forms)?;
            if let Some(drawn) = sheet.drawn.as_ref().filter(|_| part == 0) {
                draw(page, &name, sheet, drawn, rows.len(), &stage.theme)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(page: &mut Worksheet, sheet: &Sheet, rows: &[Vec<Value>], forms: &mut Forms) -> Result<(), ExportError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (column, words) in (0..).zip(&sheet.heads) {
        // Heads stand over what they name: numbers are at the right of their cells.
        let is_of_numbers = rows.iter().filter_map(|row| row.get(usize::from(column))).any(|value| matches!(value, Value::Number(..)));
        let head = if is_of_numbers { head.clone().set_align(FormatAlign::Right) } else { left(head.clone()) };
        page.write_string_with_format(0, column, cut(&clean(words)), &head)?;
        page.set_column_width(column, width(words, rows, column.into()) as f64)?;
    }
    for (place, row) in (1..).zip(rows) {
        for (column, value) in (0..).zip(row) {
            put(page, (place, column), value, forms)?;
        }
    }
    page.set_freeze_panes(1, sheet.frozen)?;
    page.set_landscape();
    page.set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    Ok(())
}

/// What is at the left stands apart from the numbers before it.
fn left(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn put(page: &mut Worksheet, (row, column): (u32, u16), value: &Value, forms: &mut Forms) -> Result<(), ExportError> {
    match value {
        Value::None => {}
        // A string stays one, whatever it begins with.
        Value::Text(text) => {
            page.write_string_with_format(row, column, cut(text), &left(Format::new()))?;
        }
        Value::Number(number, form) => {
            page.write_number_with_format(row, column, *number, forms.get(form))?;
        }
        Value::Day(date) => dated(page, (row, column), Stamp::from_date(*date), &Form::from("yyyy-mm-dd"), forms)?,
        Value::Moment(stamp) => dated(page, (row, column), *stamp, &Form::from("yyyy-mm-dd hh:mm"), forms)?,
    }
    Ok(())
}

fn dated(page: &mut Worksheet, (row, column): (u32, u16), stamp: Stamp, form: &Form, forms: &mut Forms) -> Result<(), ExportError> {
    match moment(stamp) {
        Some(moment) => page.write_datetime_with_format(row, column, &moment, forms.get(form))?,
        // Spreadsheets know no day before 1900.
        None => page.write_string(row, column, stamp.to_string())?,
    };
    Ok(())
}

/// As spreadsheets count time; none before 1900 and after 9999.
fn moment(stamp: Stamp) -> Option<ExcelDateTime> {
    let least: Date = Date::from_ymd_opt(1900, 1, 1)?;
    (stamp.date() >= least).then(|| ExcelDateTime::from_timestamp(stamp.seconds()).ok()).flatten()
}

fn cut(text: &str) -> String {
    // Counted as spreadsheets count, in units of UTF-16.
    if text.encode_utf16().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    let mut room = MOST_LETTERS - 1;
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    kept.chain(['…']).collect()
}

/// The widest of the head and the first rows.
fn width(head: &str, rows: &[Vec<Value>], column: usize) -> usize {
    let letters = |value: &Value| match value {
        Value::None => 0,
        Value::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Value::Number(number, form) => {
            let unit = form.matches('"').count() / 2 * 2;
            format!("{number:.0}").len() * 4 / 3 + form.rsplit('.').next().map_or(0, |d| d.matches('0').count()) + unit
        }
        Value::Day(_) => 10,
        Value::Moment(_) => 16,
    };
    let widest = rows.iter().take(500).filter_map(|row| row.get(column)).map(letters).max().unwrap_or(0);
    (widest.max(head.chars().count().min(16)) + 2).clamp(*WIDTHS.start(), *WIDTHS.end())
}

fn draw(page: &mut Worksheet, name: &str, sheet: &Sheet, drawn: &Drawn, rows: usize, theme: &Theme) -> Result<(), ExportError> {
    let end = rows as u32;
    // What is not finished is no fall; it stays in the table.
    let complete = drawn.complete.map_or(end, |rows| (rows as u32).clamp(1, end));
    // An axis of dates knows no hours.
    let is_timed = matches!(sheet.rows.first().and_then(|row| row.first()), Some(Value::Moment(_)));
    let mut chart = Chart::new(if is_timed { ChartType::ScatterStraight } else { ChartType::Line });
    // "A!B1" would be taken for the cell to read the title from.
    chart.title().set_name(harmless(&drawn.title).replace('!', "! ").trim_end());
    let summary: String = drawn.summary.chars().take(MOST_LETTERS_TOLD).collect();
    chart.set_alt_text(summary).set_width(960).set_height(480).show_empty_cells_as(ChartEmptyCells::Gaps);
    chart.x_axis().set_date_axis(!is_timed).set_num_format(if is_short(sheet) { "d mmm" } else { "mmm yyyy" });
    // A label for each of many months would be read by nobody.
    if let Some(months) = apart(sheet).filter(|_| !is_timed) {
        chart.x_axis().set_major_unit(months).set_major_unit_date_type(ChartAxisDateUnitType::Months);
    }
    chart.y_axis().set_num_format(drawn.form.as_ref());
    chart.legend().set_position(ChartLegendPosition::Bottom);
    for (column, style) in &drawn.lines {
        let [red, green, blue, _] = line_colour(theme, *style).to_array();
        let rgb = u32::from_be_bytes([0, red, green, blue]);
        let mut line = ChartLine::new();
        line.set_color(Color::RGB(rgb)).set_width(if *style == LineStyle::Solid { 2.25 } else { 1.5 });
        if matches!(style, LineStyle::Pace | LineStyle::Control | LineStyle::Forecast | LineStyle::Hope) {
            line.set_dash_type(ChartLineDashType::Dash);
        }
        let end = if *style == LineStyle::Solid { complete } else { end };
        chart
            .add_series()
            .set_name((name, 0, *column))
            .set_categories((name, 1, 0, rows as u32, 0))
            .set_values((name, 1, *column, end, *column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    page.insert_chart_with_offset(1, sheet.heads.len() as u16, &chart, 24, 8)?;
    Ok(())
}

/// Whether it spans so few days that months alone would repeat themselves.
fn is_short(sheet: &Sheet) -> bool {
    span(sheet).is_some_and(|days| days < 120)
}

/// How many months are between two labels, where not every month has one.
fn apart(sheet: &Sheet) -> Option<u8> {
    let months = span(sheet)? / 30;
    [(24, 3), (48, 6), (120, 12)].into_iter().rev().find(|(least, _)| months >= *least).map(|(_, apart)| apart)
}

/// Days from the first row to the last.
fn span(sheet: &Sheet) -> Option<i64> {
    let day = |row: &Vec<Value>| match row.first() {
        Some(Value::Day(date)) => Some(*date),
        Some(Value::Moment(stamp)) => Some(stamp.date()),
        _ => None,
    };
    let ends = sheet.rows.first().and_then(day).zip(sheet.rows.last().and_then(day));
    ends.map(|(first, last)| (last - first).num_days())
}

/// One format a code.
#[derive(Default)]
struct Forms(BTreeMap<Form, Format>);

impl Forms {
    fn get(&mut self, form: &Form) -> &Format {
        self.0.entry(Form::clone(form)).or_insert_with(|| {
            let format = Format::new().set_num_format(form.as_ref());
            if form.starts_with("yyyy") { left(format) } else { format }
        })
    }
}

/// Names of sheets: at most 31 units of UTF-16, without the signs that references use, each once whatever its capitals.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    const MOST: usize = 31;

    fn next(&mut self, wanted: &str) -> String {
        let plain: String = clean(wanted).chars().map(|c| if "[]:*?/\\\n\t".contains(c) { ' ' } else { c }).collect();
        let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_matches('\'');
        // Excel keeps "History" for itself.
        let words = if words.is_empty() || words.eq_ignore_ascii_case("history") { format!("Sheet {words}") } else { words.to_owned() };
        let words = words.trim_end().to_owned();
        for number in 1.. {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", Self::within(&words, Self::MOST - ending.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
        }
        words
    }

    fn within(words: &str, room: usize) -> &str {
        let mut used = 0;
        let kept: usize = words
            .chars()
            .take_while(|c| {
                used += c.len_utf16();
                used <= room
            })
            .map(char::len_utf8)
            .sum();
        words[..kept].trim_end().trim_end_matches('\'')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_legal_and_unique() {
        let mut names = Names::default();
        for (wanted, expected) in [
            ("Goals", "Goals"),
            ("goals", "goals (2)"),
            ("a/b: c*?", "a b c"),
            ("'quoted'", "quoted"),
            ("", "Sheet"),
            ("History", "Sheet History"),
            ("A name that is longer than any sheet's may be", "A name that is longer than any"),
            ("A name that is longer than any sheet's may be", "A name that is longer than (2)"),
            ("👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬", "👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬"),
        ] {
            let name = names.next(wanted);
            assert_eq!(name, expected, "{wanted}");
            Worksheet::new().set_name(&name).unwrap();
        }
    }

    #[test]
    fn a_cell_is_cut_where_spreadsheets_end() {
        let cut = cut(&"👩".repeat(20_000));
        assert!(cut.encode_utf16().count() <= MOST_LETTERS && cut.ends_with('…'));
        assert_eq!(super::cut("short"), "short");
    }
}
