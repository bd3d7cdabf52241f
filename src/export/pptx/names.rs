//! Names that the standards gave: namespaces, kinds of relationships, content types.

pub(super) const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(super) const PRESENTATION: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
pub(super) const TABLE: &str = "http://schemas.openxmlformats.org/drawingml/2006/table";
/// Microsoft's picture that is drawn in place of its fallback.
pub(super) const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
pub(super) const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";

/// The namespaces of every part of a presentation.
pub(super) const SPACES: [(&str, &dyn std::fmt::Display); 3] = [("xmlns:a", &DRAWING), ("xmlns:r", &OFFICE), ("xmlns:p", &PRESENTATION)];

/// Kinds of relationships.
pub(super) mod to {
    pub(crate) const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    pub(crate) const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    pub(crate) const APP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties";
    pub(crate) const MASTER: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster";
    pub(crate) const LAYOUT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout";
    pub(crate) const SLIDE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide";
    pub(crate) const NOTES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesSlide";
    pub(crate) const NOTES_MASTER: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesMaster";
    pub(crate) const THEME: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme";
    pub(crate) const PROPERTIES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/presProps";
    pub(crate) const VIEWS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/viewProps";
    pub(crate) const TABLE_STYLES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tableStyles";
    pub(crate) const CHART: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart";
    pub(crate) const WORKBOOK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package";
    pub(crate) const PICTURE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
}

/// Content types.
pub(super) mod kind {
    pub(crate) const PRESENTATION: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    pub(crate) const MASTER: &str = "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml";
    pub(crate) const LAYOUT: &str = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml";
    pub(crate) const SLIDE: &str = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";
    pub(crate) const NOTES: &str = "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml";
    pub(crate) const NOTES_MASTER: &str = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml";
    pub(crate) const PROPERTIES: &str = "application/vnd.openxmlformats-officedocument.presentationml.presProps+xml";
    pub(crate) const VIEWS: &str = "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml";
    pub(crate) const TABLE_STYLES: &str = "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml";
    pub(crate) const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
    pub(crate) const CHART: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    pub(crate) const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    pub(crate) const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
    pub(crate) const APP: &str = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    pub(crate) const PNG: &str = "image/png";
    pub(crate) const SVG: &str = "image/svg+xml";
}
