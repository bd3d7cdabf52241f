//! One workbook by different writers, in both systems of days: the series are the same.
//!
//! `WAYMARK_PYTHON` names a Python that has openpyxl, `python3` where it is not set. What openpyxl and `LibreOffice` wrote once is in
//! `tests/data/workbooks`, and read by every run.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::{Format, Formula, Workbook};
use waymark::import::{ReadHints, TableSource, read_table};
use zip::ZipArchive;
use zip::write::SimpleFileOptions;

use super::{Known, read};

const SERIES: [&str; 4] = [
    "Visitors: 2024-02-29=10.5 2026-03-01=11.25 2026-04-30=12",
    "Share: 2024-02-29=7 2026-03-01=45 2026-04-30=46.5",
    "Twice: 2024-02-29=21 2026-03-01=22.5 2026-04-30=24",
    "Gap: 2026-03-01=3 2026-04-30=4 | blank 2",
];

/// Who keeps what a formula gives: others leave it to whoever opens the workbook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Formulas {
    Worked,
    Left,
}

fn check(bytes: &[u8], days_from_1904: bool, formulas: Formulas, name: &str) {
    let expect: Vec<&str> = SERIES.into_iter().filter(|line| formulas == Formulas::Worked || !line.starts_with("Twice")).collect();
    assert_eq!(read(bytes, &Known::default()), expect.join("\n"), "{name}");
    let table = read_table(bytes, &ReadHints::default()).unwrap();
    let TableSource::Sheet { name: sheet, from_1904, .. } = &table.source else { panic!("{name} is a workbook") };
    assert_eq!((sheet.as_str(), *from_1904), ("Figures", days_from_1904), "{name}");
    let flags: Vec<&str> = (0..3).map(|row| table.cell(row, 4)).collect();
    assert_eq!((flags, table.cell(2, 6)), (vec!["TRUE", "FALSE", "TRUE"], "müde & “heiter”"), "{name}");
}

/// The workbook by `rust_xlsxwriter`, which writes days from 1900 on only: those from 1904 on are its day numbers, less four years and a day,
/// and a mark in the workbook.
fn by_rust(from_1904: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap().write(3, 2, "Made by hand").unwrap();
    let sheet = book.add_worksheet().set_name("Figures").unwrap();
    for (column, name) in (0..).zip(["Date", "Visitors", "Share", "Twice", "Flag", "Gap", "Remark"]) {
        sheet.write(0, column, name).unwrap();
    }
    let share = Format::new().set_num_format("0.0%");
    let rows = [(45_351.0, 10.5, 0.07, true), (46_082.0, 11.25, 0.45, false), (46_142.0, 12.0, 0.465, true)];
    let forms = ["yyyy-mm-dd", "[$-407]d. mmmm yyyy;@", "dd/mm/yy"];
    for ((row, (day, visitors, of_all, flag)), form) in (1..).zip(rows).zip(forms) {
        let day = if from_1904 { day - 1462.0 } else { day };
        sheet.write_with_format(row, 0, day, &Format::new().set_num_format(form)).unwrap();
        sheet.write(row, 1, visitors).unwrap();
        sheet.write_with_format(row, 2, of_all, &share).unwrap();
        sheet.write(row, 3, Formula::new(format!("B{}*2", row + 1)).set_result((visitors * 2.0).to_string())).unwrap();
        sheet.write(row, 4, flag).unwrap();
    }
    sheet.write(1, 5, Formula::new("NA()").set_result("#N/A")).unwrap();
    sheet.write(2, 5, 3).unwrap();
    sheet.write(3, 5, 4).unwrap();
    sheet.write(3, 6, "müde & “heiter”").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    if from_1904 { with_mark_of_1904(&bytes) } else { bytes }
}

fn with_mark_of_1904(bytes: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains("<workbookPr "), "{text}");
            content = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn both_systems_of_days_give_the_same_series() {
    check(&by_rust(false), false, Formulas::Worked, "rust_xlsxwriter, 1900");
    check(&by_rust(true), true, Formulas::Worked, "rust_xlsxwriter, 1904");
}

#[test]
fn what_openpyxl_and_libreoffice_wrote_once_gives_the_same_series() {
    for (name, from_1904, formulas) in [
        ("openpyxl-1900.xlsx", false, Formulas::Left),
        ("openpyxl-1904.xlsx", true, Formulas::Left),
        ("openpyxl-iso.xlsx", false, Formulas::Left),
        ("libreoffice-1900.xlsx", false, Formulas::Worked),
        ("libreoffice-1904.xlsx", true, Formulas::Worked),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/workbooks").join(name);
        check(&std::fs::read(path).unwrap(), from_1904, formulas, name);
    }
}

/// What `LibreOffice` makes of a workbook; `None`, with a line that says so, where it is not installed.
fn by_libreoffice(workbook: &Path, folder: &Path) -> Option<PathBuf> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let to = folder.join("saved");
    let made =
        Command::new("soffice").arg(profile).args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&to).arg(workbook).output();
    match made {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(to.join(workbook.file_name().unwrap()))
        }
        Err(problem) => {
            eprintln!("skipped: soffice cannot be run here ({problem})");
            None
        }
    }
}

#[test]
fn openpyxl_and_libreoffice_of_today_give_the_same_series() {
    let folder = tempfile::tempdir().unwrap();
    for (name, from_1904) in [("rust-1900.xlsx", false), ("rust-1904.xlsx", true)] {
        let path = folder.path().join(name);
        std::fs::write(&path, by_rust(from_1904)).unwrap();
        let Some(saved) = by_libreoffice(&path, folder.path()) else { return };
        check(&std::fs::read(saved).unwrap(), from_1904, Formulas::Worked, name);
    }
    let python = std::env::var("WAYMARK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_tables/other_writers.py");
    let has_it = Command::new(&python).args(["-c", "import openpyxl"]).output();
    if !has_it.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: {python} cannot be run here, or has no openpyxl");
        return;
    }
    let output = Command::new(&python).arg(script).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, from_1904) in [("openpyxl-1900.xlsx", false), ("openpyxl-1904.xlsx", true), ("openpyxl-iso.xlsx", false)] {
        let path = folder.path().join(name);
        check(&std::fs::read(&path).unwrap(), from_1904, Formulas::Left, name);
        let Some(saved) = by_libreoffice(&path, folder.path()) else { return };
        check(&std::fs::read(saved).unwrap(), from_1904, Formulas::Worked, name);
    }
}
