//! XLSX workbooks: those of a writer, and those that would take the program down.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use waymark::import::{ReadHints, TableSource, read_table};
use zip::write::SimpleFileOptions;

use super::{Known, read};

fn workbook(build: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn dates_numbers_percentages_and_formulas_are_read_as_they_are_meant() {
    let bytes = workbook(|book| {
        let (day, share) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("0.0%"));
        book.add_worksheet().set_name("Cover").unwrap().write(3, 2, "Made by hand").unwrap();
        let sheet = book.add_worksheet().set_name("KPIs").unwrap();
        sheet.write(0, 0, "Report").unwrap();
        for (column, name) in ["Month", "MAU", "Churn", "Twice"].into_iter().enumerate() {
            sheet.write(2, u16::try_from(column).unwrap(), name).unwrap();
        }
        for (index, (mau, churn)) in [(10.5, 0.07), (11.25, 0.45)].into_iter().enumerate() {
            let row = u32::try_from(index).unwrap() + 3;
            let date = ExcelDateTime::from_ymd(2026, u8::try_from(index).unwrap() + 1, 1).unwrap();
            sheet.write_with_format(row, 0, &date, &day).unwrap();
            sheet.write(row, 1, mau).unwrap();
            sheet.write_with_format(row, 2, churn, &share).unwrap();
            let formula = rust_xlsxwriter::Formula::new("B4*2").set_result((mau * 2.0).to_string());
            sheet.write(row, 3, formula).unwrap();
        }
        sheet.write(3, 5, "a remark").unwrap();
    });
    let expect = "MAU: 2026-01-01=10.5 2026-02-01=11.25\nChurn: 2026-01-01=7 2026-02-01=45\nTwice: 2026-01-01=21 2026-02-01=22.5";
    assert_eq!(read(&bytes, &Known::default()), expect);
    let table = read_table(&bytes, &ReadHints::default()).unwrap();
    let TableSource::Sheet { name, sheets, from_1904 } = &table.source else { panic!("it is a workbook") };
    assert_eq!((name.as_str(), sheets.len(), *from_1904), ("KPIs", 2, false));
    assert_eq!((table.header_line, table.line(0)), (Some(3), 4));
    let hints = ReadHints { sheet: Some("Figures".to_owned()), ..ReadHints::default() };
    assert_eq!(
        read(&bytes, &Known { hints, ..Known::default() }),
        "refused: there is no sheet \"Figures\"; the sheets are \"Cover\", \"KPIs\""
    );
}

#[test]
fn day_numbers_without_a_format_are_dates_all_the_same() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for (row, (day, value)) in [(46_023.0, 1.0), (46_054.0, 2.0)].into_iter().enumerate() {
            let row = u32::try_from(row).unwrap() + 1;
            sheet.write(row, 0, day).unwrap();
            sheet.write(row, 1, value).unwrap();
        }
        sheet.write(0, 0, "Date").unwrap();
        sheet.write(0, 1, "v").unwrap();
    });
    assert_eq!(read(&bytes, &Known::default()), "v: 2026-01-01=1 2026-02-01=2");
}

/// A workbook of parts written by hand.
fn parts(sheet: &str, shared: Option<&str>, properties: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    part(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    part(
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"{spreadsheet}\" xmlns:r=\"{relations}\">{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        ),
    );
    if let Some(shared) = shared {
        part("xl/sharedStrings.xml", shared);
    }
    part("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{spreadsheet}\"><sheetData>{sheet}</sheetData></worksheet>"));
    zip.finish().unwrap().into_inner()
}

const TWO_ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>date</v></c><c r=\"B1\" t=\"str\"><v>v</v></c></row>\
                        <row r=\"2\"><c r=\"A2\"><v>44561</v></c><c r=\"B2\"><v>1</v></c></row>\
                        <row r=\"3\"><c r=\"A3\"><v>44592</v></c><c r=\"B3\"><v>2</v></c></row>";

#[test]
fn days_from_1904_are_told_by_the_workbook() {
    assert_eq!(read(&parts(TWO_ROWS, None, ""), &Known::default()), "v: 2021-12-31=1 2022-01-31=2");
    assert_eq!(read(&parts(TWO_ROWS, None, "<workbookPr date1904=\"1\"/>"), &Known::default()), "v: 2026-01-01=1 2026-02-01=2");
}

#[test]
fn a_kilobyte_that_claims_billions_is_refused() {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let bytes = parts(far, None, "");
    assert!(bytes.len() < 3000, "{}", bytes.len());
    assert_eq!(read(&bytes, &Known::default()), "refused: the table has 16384 columns; 2000 are the most");
    let shared = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>a</t></si></sst>";
    let refused = format!("refused: the workbook cannot be read: xl/sharedStrings.xml claims 4000000000 texts in {} bytes", shared.len());
    assert_eq!(read(&parts(TWO_ROWS, Some(shared), ""), &Known::default()), refused);
}

#[test]
fn a_truncated_workbook_is_refused_wherever_it_is_cut() {
    let bytes = parts(TWO_ROWS, None, "");
    for end in (4..bytes.len()).step_by(7) {
        let found = read(&bytes[..end], &Known::default());
        assert!(found.starts_with("refused: the workbook cannot be read: "), "{end}: {found}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked_as_a_whole() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 400_000, "{}", bytes.len());
    let refused = "refused: the workbook cannot be read: xl/worksheets/sheet1.xml is larger, unpacked, than 256 MB";
    assert_eq!(read(&bytes, &Known::default()), refused);
}

#[test]
fn rows_that_run_backwards_are_refused() {
    let backwards = "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row>";
    let refused = "refused: the workbook cannot be read: the rows of sheet \"S\" are out of order";
    assert_eq!(read(&parts(backwards, None, ""), &Known::default()), refused);
    let old = read(b"\xD0\xCF\x11\xE0rest", &Known::default());
    assert_eq!(old, "refused: the file is a workbook of an older format; save it as XLSX or CSV first");
}
