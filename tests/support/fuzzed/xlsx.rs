//! Bytes as a workbook, or as the parts of one: most changes of a packed file only break its checksums.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::table;

/// Every row is accounted for, and what is taken in makes a project that is sound and can be saved.
///
/// What does not begin as a packed file does is a sheet, and behind NULs the shared texts and the styles.
pub(crate) fn check(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        table::check(bytes);
    } else {
        table::check(&packed(bytes));
    }
}

const PARTS: [(&str, &str); 4] = [
    ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
         Target=\"styles.xml\"/></Relationships>",
    ),
];

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut part = |name: &str, content: &[u8]| {
        zip.start_file(name, options).expect("a new part");
        zip.write_all(content).expect("memory takes it");
    };
    for (name, content) in PARTS {
        part(name, content.as_bytes());
    }
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    for (name, content) in names.into_iter().zip(bytes.splitn(3, |byte| *byte == 0)) {
        part(name, content);
    }
    zip.finish().expect("memory takes it").into_inner()
}
