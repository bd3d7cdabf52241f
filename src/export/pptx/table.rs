//! Tables that can be edited.

use super::ink::Ink;
use super::place::emu;
use super::text::{Anchor, Paragraph, paragraphs};
use super::xml::Xml;

/// "No style, no grid", which every program knows.
pub(super) const STYLE: &str = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}";
/// Around the text of a cell, in the units of the layout.
pub(super) const PADDING: f32 = 12.0;
/// A hairline, in English Metric Units.
const LINE: u32 = 9525;

/// Cells in rows of fixed height.
pub(super) struct Grid {
    /// Shares of the width.
    pub(super) columns: Vec<f32>,
    pub(super) head: Option<Row>,
    pub(super) rows: Vec<Row>,
    /// Between rows.
    pub(super) line: Ink,
}

pub(super) struct Row {
    pub(super) height: f32,
    pub(super) cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) words: Vec<Paragraph>,
    pub(super) fill: Option<Ink>,
}

impl From<Paragraph> for Cell {
    fn from(words: Paragraph) -> Self {
        Self { words: vec![words], fill: None }
    }
}

impl Grid {
    /// Left edge and width of a column in a table so wide.
    pub(super) fn column(&self, index: usize, width: f32) -> (f32, f32) {
        let all: f32 = self.columns.iter().sum();
        let before: f32 = self.columns[..index].iter().sum();
        (before / all * width, self.columns[index] / all * width)
    }
}

pub(super) fn write(xml: &mut Xml, grid: &Grid, width: f32) {
    let head = u8::from(grid.head.is_some());
    xml.within("a:tbl", &[], |xml| {
        xml.within("a:tblPr", &[("firstRow", &head)], |xml| xml.words("a:tableStyleId", &[], STYLE));
        xml.within("a:tblGrid", &[], |xml| {
            for index in 0..grid.columns.len() {
                xml.empty("a:gridCol", &[("w", &emu(grid.column(index, width).1))]);
            }
        });
        for row in grid.head.iter().chain(&grid.rows) {
            xml.within("a:tr", &[("h", &emu(row.height))], |xml| {
                for index in 0..grid.columns.len() {
                    cell(xml, row.cells.get(index), grid.line);
                }
            });
        }
    });
}

fn cell(xml: &mut Xml, cell: Option<&Cell>, line: Ink) {
    xml.within("a:tc", &[], |xml| {
        xml.within("a:txBody", &[], |xml| {
            xml.empty("a:bodyPr", &[]);
            xml.empty("a:lstStyle", &[]);
            paragraphs(xml, cell.map(|cell| cell.words.as_slice()).unwrap_or_default());
        });
        let side = emu(PADDING);
        xml.within("a:tcPr", &[("marL", &side), ("marR", &side), ("marT", &0), ("marB", &0), ("anchor", &Anchor::Middle.code())], |xml| {
            for name in ["a:lnL", "a:lnR", "a:lnT"] {
                xml.within(name, &[("w", &0)], |xml| xml.empty("a:noFill", &[]));
            }
            xml.within("a:lnB", &[("w", &LINE)], |xml| line.fill(xml));
            match cell.and_then(|cell| cell.fill) {
                Some(ink) => ink.fill(xml),
                None => xml.empty("a:noFill", &[]),
            }
        });
    });
}
