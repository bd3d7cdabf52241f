//! The file as an Open Packaging Conventions package (ECMA-376 part 2): parts with a content type each, joined by relationships, in a
//! zip whose dates are fixed.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::Xml;
use crate::export::ExportError;

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONSHIPS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// What a part points to, each with an id of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations(Vec<(&'static str, String)>);

impl Relations {
    /// The id under which a part is pointed to.
    pub(super) fn to(&mut self, kind: &'static str, part: &str) -> String {
        let known = self.0.iter().position(|(k, p)| *k == kind && p == part);
        let place = known.unwrap_or_else(|| {
            self.0.push((kind, part.to_owned()));
            self.0.len() - 1
        });
        format!("rId{}", place + 1)
    }

    fn xml(&self, of: &str) -> Vec<u8> {
        let mut xml = Xml::part();
        xml.within("Relationships", &[("xmlns", &RELATIONSHIPS)], |xml| {
            for (index, (kind, part)) in self.0.iter().enumerate() {
                let (id, target) = (format!("rId{}", index + 1), relative(of, part));
                xml.empty("Relationship", &[("Id", &id), ("Type", kind), ("Target", &target)]);
            }
        });
        xml.bytes()
    }
}

#[derive(Debug)]
struct Part {
    /// Without a leading slash.
    name: String,
    content_type: &'static str,
    bytes: Vec<u8>,
    relations: Relations,
}

/// A package that is being made.
#[derive(Debug, Default)]
pub(super) struct Package {
    parts: Vec<Part>,
    /// Of the package itself.
    pub(super) relations: Relations,
}

impl Package {
    pub(super) fn add(&mut self, name: &str, content_type: &'static str, bytes: Vec<u8>, relations: Relations) {
        self.parts.push(Part { name: name.to_owned(), content_type, bytes, relations });
    }

    /// The file.
    pub(super) fn zip(&self) -> Result<Vec<u8>, ExportError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        self.write(&mut zip).map_err(|error| ExportError::Drawing(error.to_string()))?;
        let written = zip.finish().map_err(|error| ExportError::Drawing(error.to_string()))?;
        Ok(written.into_inner())
    }

    fn write(&self, zip: &mut ZipWriter<Cursor<Vec<u8>>>) -> zip::result::ZipResult<()> {
        // The first date that a zip can say, whatever the clock says.
        let packed =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
        let stored = packed.compression_method(CompressionMethod::Stored);
        let mut put = |name: &str, bytes: &[u8]| -> zip::result::ZipResult<()> {
            let is_packed = std::path::Path::new(name).extension().is_some_and(|ending| ending == "png" || ending == "xlsx");
            zip.start_file(name, if is_packed { stored } else { packed })?;
            Ok(zip.write_all(bytes)?)
        };
        put("[Content_Types].xml", &self.content_types())?;
        put("_rels/.rels", &self.relations.xml(""))?;
        for part in &self.parts {
            put(&part.name, &part.bytes)?;
            if !part.relations.0.is_empty() {
                put(&relations_of(&part.name), &part.relations.xml(&part.name))?;
            }
        }
        Ok(())
    }

    fn content_types(&self) -> Vec<u8> {
        let mut xml = Xml::part();
        xml.within("Types", &[("xmlns", &CONTENT_TYPES)], |xml| {
            xml.empty("Default", &[("Extension", &"rels"), ("ContentType", &RELATIONSHIPS_TYPE)]);
            xml.empty("Default", &[("Extension", &"xml"), ("ContentType", &"application/xml")]);
            let mut endings: Vec<(&str, &str)> = self.parts.iter().filter_map(by_ending).collect();
            endings.sort_unstable();
            endings.dedup();
            for (ending, kind) in endings {
                xml.empty("Default", &[("Extension", &ending), ("ContentType", &kind)]);
            }
            for part in self.parts.iter().filter(|part| by_ending(part).is_none()) {
                xml.empty("Override", &[("PartName", &format!("/{}", part.name)), ("ContentType", &part.content_type)]);
            }
        });
        xml.bytes()
    }
}

/// Pictures and workbooks are known by how their names end.
fn by_ending(part: &Part) -> Option<(&str, &'static str)> {
    let (_, ending) = part.name.rsplit_once('.')?;
    (ending != "xml").then_some((ending, part.content_type))
}

/// "ppt/slides/slide1.xml": "ppt/slides/_rels/slide1.xml.rels".
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// How one part names another.
fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let target: Vec<&str> = to.split('/').collect();
    let shared = folders.iter().zip(&target[..target.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folders.len() - shared);
    format!("{up}{}", target[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_name_each_other_from_where_they_are() {
        assert_eq!(relative("", "ppt/presentation.xml"), "ppt/presentation.xml");
        assert_eq!(relative("ppt/slides/slide1.xml", "ppt/charts/chart2.xml"), "../charts/chart2.xml");
        assert_eq!(relative("ppt/presentation.xml", "ppt/slides/slide1.xml"), "slides/slide1.xml");
        assert_eq!(relations_of("ppt/slides/slide1.xml"), "ppt/slides/_rels/slide1.xml.rels");
    }

    #[test]
    fn one_part_is_pointed_to_under_one_id() {
        let mut relations = Relations::default();
        assert_eq!([relations.to("a", "x"), relations.to("b", "x"), relations.to("a", "x")], ["rId1", "rId2", "rId1"]);
    }
}
