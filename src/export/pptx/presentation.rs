//! The parts that hold a deck together: the presentation, what it says about itself, masters, theme.

use super::master::{self, Layout, MASTER};
use super::names::{SPACES, kind, to};
use super::package::{Package, Relations};
use super::place::{HEIGHT, WIDTH};
use super::theme;
use super::xml::Xml;
use crate::export::page::LANGUAGE;
use crate::model::Date;
use crate::ui::theme::Theme;

const PART: &str = "ppt/presentation.xml";
const MASTER_PART: &str = "ppt/slideMasters/slideMaster1.xml";
pub(super) const NOTES_MASTER: &str = "ppt/notesMasters/notesMaster1.xml";
const THEME: &str = "ppt/theme/theme1.xml";
const NOTES_THEME: &str = "ppt/theme/theme2.xml";
const PROPERTIES: &str = "ppt/presProps.xml";
const VIEWS: &str = "ppt/viewProps.xml";
const TABLE_STYLES: &str = "ppt/tableStyles.xml";
const CORE: &str = "docProps/core.xml";
const APP: &str = "docProps/app.xml";

/// Ids of slides begin here (ECMA-376 part 1, §19.7.13).
const FIRST_SLIDE: u64 = 256;

/// What a deck says about itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) subject: &'a str,
    /// The day the numbers stand for, which is when it was made too: the same project gives the same bytes.
    pub(super) as_of: Date,
}

pub(super) fn slide_part(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

/// Adds everything that `slides` slides need around them.
pub(super) fn add(package: &mut Package, theme: &Theme, about: &About<'_>, slides: usize, has_notes: bool) {
    package.relations.to(to::DOCUMENT, PART);
    package.relations.to(to::CORE, CORE);
    package.relations.to(to::APP, APP);
    presentation(package, slides, has_notes);
    let mut relations = Relations::default();
    let layouts: Vec<String> = Layout::ALL.iter().map(|layout| relations.to(to::LAYOUT, &layout.part())).collect();
    relations.to(to::THEME, THEME);
    package.add(MASTER_PART, kind::MASTER, master::master(theme.is_dark(), &layouts), relations);
    for layout in Layout::ALL {
        let mut relations = Relations::default();
        relations.to(to::MASTER, MASTER_PART);
        package.add(&layout.part(), kind::LAYOUT, master::layout(layout), relations);
    }
    package.add(THEME, kind::THEME, theme::part(theme), Relations::default());
    if has_notes {
        let mut relations = Relations::default();
        relations.to(to::THEME, NOTES_THEME);
        package.add(NOTES_MASTER, kind::NOTES_MASTER, master::notes_master(), relations);
        // Notes are read on paper, which is light.
        package.add(NOTES_THEME, kind::THEME, theme::part(&Theme::light()), Relations::default());
    }
    package.add(PROPERTIES, kind::PROPERTIES, simple("p:presentationPr"), Relations::default());
    package.add(VIEWS, kind::VIEWS, simple("p:viewPr"), Relations::default());
    package.add(TABLE_STYLES, kind::TABLE_STYLES, table_styles(), Relations::default());
    package.add(CORE, kind::CORE, core(about), Relations::default());
    package.add(APP, kind::APP, app(slides), Relations::default());
}

fn presentation(package: &mut Package, slides: usize, has_notes: bool) {
    let mut relations = Relations::default();
    let master = relations.to(to::MASTER, MASTER_PART);
    let slides: Vec<String> = (1..=slides).map(|number| relations.to(to::SLIDE, &slide_part(number))).collect();
    let notes = has_notes.then(|| relations.to(to::NOTES_MASTER, NOTES_MASTER));
    for (kind, part) in [(to::PROPERTIES, PROPERTIES), (to::VIEWS, VIEWS), (to::THEME, THEME), (to::TABLE_STYLES, TABLE_STYLES)] {
        relations.to(kind, part);
    }
    let mut xml = Xml::part();
    let mut attributes = SPACES.to_vec();
    attributes.extend([("saveSubsetFonts", &1 as &dyn std::fmt::Display), ("autoCompressPictures", &0)]);
    xml.within("p:presentation", &attributes, |xml| {
        xml.within("p:sldMasterIdLst", &[], |xml| xml.empty("p:sldMasterId", &[("id", &MASTER), ("r:id", &master)]));
        if let Some(notes) = &notes {
            xml.within("p:notesMasterIdLst", &[], |xml| xml.empty("p:notesMasterId", &[("r:id", notes)]));
        }
        if !slides.is_empty() {
            xml.within("p:sldIdLst", &[], |xml| {
                for (index, relation) in slides.iter().enumerate() {
                    xml.empty("p:sldId", &[("id", &(FIRST_SLIDE + index as u64)), ("r:id", relation)]);
                }
            });
        }
        xml.empty("p:sldSz", &[("cx", &WIDTH), ("cy", &HEIGHT)]);
        xml.empty("p:notesSz", &[("cx", &HEIGHT), ("cy", &9_144_000)]);
        xml.within("p:defaultTextStyle", &[], |xml| {
            xml.within("a:defPPr", &[], |xml| xml.empty("a:defRPr", &[("lang", &LANGUAGE)]));
        });
    });
    package.add(PART, kind::PRESENTATION, xml.bytes(), relations);
}

fn simple(name: &str) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.empty(name, &SPACES);
    xml.bytes()
}

fn table_styles() -> Vec<u8> {
    let mut xml = Xml::part();
    // The style "No style, no grid": cells say themselves how they look.
    xml.empty("a:tblStyleLst", &[("xmlns:a", &super::names::DRAWING), ("def", &super::table::STYLE)]);
    xml.bytes()
}

fn core(about: &About<'_>) -> Vec<u8> {
    const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let About { title, subject, as_of } = about;
    let moment = format!("{as_of}T00:00:00Z");
    let mut xml = Xml::part();
    let spaces: [(&str, &dyn std::fmt::Display); 4] = [
        ("xmlns:cp", &CORE),
        ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
        ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.within("cp:coreProperties", &spaces, |xml| {
        xml.words("dc:title", &[], title);
        xml.words("dc:subject", &[], subject);
        xml.words("dc:creator", &[], "Waymark");
        xml.words("dcterms:created", &[("xsi:type", &"dcterms:W3CDTF")], &moment);
        xml.words("dcterms:modified", &[("xsi:type", &"dcterms:W3CDTF")], &moment);
        xml.words("dc:language", &[], LANGUAGE);
    });
    xml.bytes()
}

fn app(slides: usize) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.within("Properties", &[("xmlns", &"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")], |xml| {
        xml.words("Application", &[], "Waymark");
        xml.words("PresentationFormat", &[], "Widescreen");
        xml.words("Slides", &[], &slides.to_string());
    });
    xml.bytes()
}
