//! One slide that is being made: shapes with ids of their own, and the parts that they point to.

use super::ink::Ink;
use super::master::{Holder, Layout, NUMBER_FIELD, body, notes_frame, root, transform};
use super::names::{self, SPACES, kind, to};
use super::package::{Package, Relations};
use super::place::Place;
use super::plot::{Plot, chart_part, workbook};
use super::presentation::{NOTES_MASTER, slide_part};
use super::table::{self, Grid};
use super::text::{Anchor, Paragraph, Run, paragraphs, size};
use super::xml::Xml;
use crate::export::ExportError;
use crate::export::page::LANGUAGE;
use crate::ui::theme::Theme;

/// A slide with its package.
pub(super) struct Sheet<'a> {
    package: &'a mut Package,
    pub(super) theme: &'a Theme,
    number: usize,
    relations: Relations,
    shapes: Xml,
    last_id: u32,
    /// Charts and pictures of this slide.
    parts: usize,
}

/// A drawing as a picture: the vectors, and the pixels for who cannot draw them.
pub(super) struct Picture<'a> {
    pub(super) svg: &'a str,
    pub(super) png: Vec<u8>,
}

/// What a shape is called, and what it says to those who cannot see it.
#[derive(Clone, Copy)]
pub(super) struct Called<'a> {
    pub(super) name: &'a str,
    pub(super) words: &'a str,
}

/// Outlines of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outline {
    Square,
    Circle,
    Diamond,
    /// Pointing down.
    Triangle,
}

impl Outline {
    fn code(self) -> &'static str {
        match self {
            Self::Square => "rect",
            Self::Circle => "ellipse",
            Self::Diamond => "diamond",
            Self::Triangle => "flowChartMerge",
        }
    }
}

impl<'a> Sheet<'a> {
    pub(super) fn new(package: &'a mut Package, theme: &'a Theme, number: usize, layout: Layout) -> Self {
        let mut relations = Relations::default();
        relations.to(to::LAYOUT, &layout.part());
        Self { package, theme, number, relations, shapes: Xml::piece(), last_id: 1, parts: 0 }
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Fills a frame of the layout.
    pub(super) fn hold(&mut self, holder: Holder, words: &[Paragraph]) {
        let id = self.next_id();
        self.shapes.within("p:sp", &[], |xml| {
            xml.within("p:nvSpPr", &[], |xml| {
                xml.empty("p:cNvPr", &[("id", &id), ("name", &format!("{} {id}", holder.name()))]);
                xml.within("p:cNvSpPr", &[], |xml| xml.empty("a:spLocks", &[("noGrp", &1)]));
                xml.within("p:nvPr", &[], |xml| holder.mark(xml));
            });
            xml.empty("p:spPr", &[]);
            xml.within("p:txBody", &[], |xml| {
                xml.empty("a:bodyPr", &[]);
                xml.empty("a:lstStyle", &[]);
                if holder == Holder::Number {
                    xml.within("a:p", &[], |xml| {
                        xml.within("a:fld", &[("id", &NUMBER_FIELD), ("type", &"slidenum")], |xml| {
                            xml.empty("a:rPr", &[("lang", &LANGUAGE)]);
                            xml.words("a:t", &[], &self.number.to_string());
                        });
                    });
                } else {
                    paragraphs(xml, words);
                }
            });
        });
    }

    /// A text box.
    pub(super) fn text(&mut self, name: &str, place: Place, anchor: Anchor, words: &[Paragraph]) {
        let id = self.next_id();
        self.shapes.within("p:sp", &[], |xml| {
            xml.within("p:nvSpPr", &[], |xml| {
                xml.empty("p:cNvPr", &[("id", &id), ("name", &format!("{name} {id}"))]);
                xml.empty("p:cNvSpPr", &[("txBox", &1)]);
                xml.empty("p:nvPr", &[]);
            });
            shape(xml, place, Outline::Square, None);
            xml.within("p:txBody", &[], |xml| {
                body(xml, anchor);
                xml.empty("a:lstStyle", &[]);
                paragraphs(xml, words);
            });
        });
    }

    /// A plain shape. One without words is only an ornament of what stands beside it.
    pub(super) fn mark(&mut self, called: Called<'_>, place: Place, outline: Outline, fill: Ink) {
        let id = self.next_id();
        self.shapes.within("p:sp", &[], |xml| {
            xml.within("p:nvSpPr", &[], |xml| {
                describe(xml, id, called);
                xml.empty("p:cNvSpPr", &[]);
                xml.empty("p:nvPr", &[]);
            });
            shape(xml, place, outline, Some(fill));
            xml.within("p:txBody", &[], |xml| {
                xml.empty("a:bodyPr", &[]);
                xml.empty("a:lstStyle", &[]);
                paragraphs(xml, &[]);
            });
        });
    }

    pub(super) fn table(&mut self, called: Called<'_>, place: Place, grid: &Grid) {
        let id = self.next_id();
        frame(&mut self.shapes, id, called, place, names::TABLE, |xml| table::write(xml, grid, place.width));
    }

    /// A chart that can be edited, with its workbook.
    pub(super) fn chart(&mut self, called: Called<'_>, place: Place, plot: &Plot) -> Result<(), ExportError> {
        let id = self.next_id();
        let (chart, book) = (self.part_name("charts/chart", "xml"), self.part_name("embeddings/workbook", "xlsx"));
        let mut relations = Relations::default();
        let behind = relations.to(to::WORKBOOK, &book);
        self.package.add(&chart, kind::CHART, chart_part(plot, self.theme, &behind, place.height), relations);
        self.package.add(&book, kind::WORKBOOK, workbook(plot)?, Relations::default());
        let relation = self.relations.to(to::CHART, &chart);
        self.parts += 1;
        frame(&mut self.shapes, id, called, place, names::CHART, |xml| {
            xml.empty("c:chart", &[("xmlns:c", &names::CHART), ("r:id", &relation)]);
        });
        Ok(())
    }

    pub(super) fn picture(&mut self, called: Called<'_>, place: Place, picture: Picture<'_>) {
        let id = self.next_id();
        let (png, svg) = (self.part_name("media/image", "png"), self.part_name("media/image", "svg"));
        self.package.add(&png, kind::PNG, picture.png, Relations::default());
        self.package.add(&svg, kind::SVG, picture.svg.as_bytes().to_vec(), Relations::default());
        let (pixels, vectors) = (self.relations.to(to::PICTURE, &png), self.relations.to(to::PICTURE, &svg));
        self.parts += 1;
        self.shapes.within("p:pic", &[], |xml| {
            xml.within("p:nvPicPr", &[], |xml| {
                describe(xml, id, called);
                xml.within("p:cNvPicPr", &[], |xml| xml.empty("a:picLocks", &[("noChangeAspect", &1)]));
                xml.empty("p:nvPr", &[]);
            });
            xml.within("p:blipFill", &[], |xml| {
                xml.within("a:blip", &[("r:embed", &pixels)], |xml| {
                    xml.within("a:extLst", &[], |xml| {
                        xml.within("a:ext", &[("uri", &names::SVG_EXTENSION)], |xml| {
                            xml.empty("asvg:svgBlip", &[("xmlns:asvg", &names::SVG), ("r:embed", &vectors)]);
                        });
                    });
                });
                xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
            });
            xml.within("p:spPr", &[], |xml| {
                transform(xml, "a:xfrm", place);
                xml.within("a:prstGeom", &[("prst", &"rect")], |xml| xml.empty("a:avLst", &[]));
            });
        });
    }

    fn part_name(&self, kind: &str, ending: &str) -> String {
        let Self { number, parts, .. } = self;
        if *parts == 0 { format!("ppt/{kind}{number}.{ending}") } else { format!("ppt/{kind}{number}-{}.{ending}", parts + 1) }
    }

    /// The goal above the message, the message, project and day, number.
    pub(super) fn heading(&mut self, kicker: &str, message: &str, footer: &str) {
        let message = message.replace('\n', " ");
        let letters = message.chars().count();
        let fitted = super::text::fitting(letters, size::MESSAGE, Place::MESSAGE.width, Place::MESSAGE.height);
        self.hold(Holder::Message, &[Run::new(message, fitted, Ink::Text).strong().into()]);
        if !kicker.is_empty() {
            let run = Run::fitted(kicker, size::SMALL, Place::KICKER.width, Place::KICKER.height, Ink::Muted);
            self.hold(Holder::Kicker, &[run.into()]);
        }
        self.footing(footer);
    }

    pub(super) fn footing(&mut self, footer: &str) {
        let fitted = super::text::fitting(footer.chars().count(), size::CAPTION, Place::FOOTER.width, Place::FOOTER.height);
        self.hold(Holder::Footer, &[Run::new(footer.replace('\n', " "), fitted, Ink::Muted).into()]);
        self.hold(Holder::Number, &[]);
    }

    /// Puts the slide into the package, with its notes where there are any.
    pub(super) fn finish(self, title: &str, note: &str) {
        let Self { package, number, mut relations, shapes, .. } = self;
        let part = slide_part(number);
        if !note.trim().is_empty() {
            let notes = format!("ppt/notesSlides/notesSlide{number}.xml");
            relations.to(to::NOTES, &notes);
            let mut back = Relations::default();
            back.to(to::NOTES_MASTER, NOTES_MASTER);
            back.to(to::SLIDE, &part);
            package.add(&notes, kind::NOTES, notes_part(note), back);
        }
        let mut xml = Xml::part();
        xml.within("p:sld", &SPACES, |xml| {
            xml.within("p:cSld", &[("name", &title.replace('\n', " "))], |xml| {
                xml.within("p:spTree", &[], |xml| {
                    root(xml);
                    xml.add(shapes);
                });
            });
            xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]));
        });
        package.add(&part, kind::SLIDE, xml.bytes(), relations);
    }
}

fn notes_part(note: &str) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.within("p:notes", &SPACES, |xml| {
        xml.within("p:cSld", &[], |xml| {
            xml.within("p:spTree", &[], |xml| {
                root(xml);
                notes_frame(xml, 2, "sldImg", 0, |_| {});
                notes_frame(xml, 3, "body", 1, |xml| {
                    let note = note.replace("\r\n", "\n");
                    let lines: Vec<Paragraph> = note.split('\n').map(|line| Run::new(line, size::CAPTION, Ink::Text).into()).collect();
                    paragraphs(xml, &lines);
                });
            });
        });
        xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]));
    });
    xml.bytes()
}

fn describe(xml: &mut Xml, id: u32, Called { name, words }: Called<'_>) {
    xml.empty("p:cNvPr", &[("id", &id), ("name", &format!("{name} {id}")), ("descr", &words.replace('\n', "; "))]);
}

fn shape(xml: &mut Xml, place: Place, outline: Outline, fill: Option<Ink>) {
    xml.within("p:spPr", &[], |xml| {
        transform(xml, "a:xfrm", place);
        xml.within("a:prstGeom", &[("prst", &outline.code())], |xml| xml.empty("a:avLst", &[]));
        match fill {
            Some(ink) => ink.fill(xml),
            None => xml.empty("a:noFill", &[]),
        }
        xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
    });
}

/// A frame around something that is no shape.
fn frame(xml: &mut Xml, id: u32, called: Called<'_>, place: Place, what: &str, content: impl FnOnce(&mut Xml)) {
    xml.within("p:graphicFrame", &[], |xml| {
        xml.within("p:nvGraphicFramePr", &[], |xml| {
            describe(xml, id, called);
            xml.within("p:cNvGraphicFramePr", &[], |xml| xml.empty("a:graphicFrameLocks", &[("noGrp", &1)]));
            xml.empty("p:nvPr", &[]);
        });
        transform(xml, "p:xfrm", place);
        xml.within("a:graphic", &[], |xml| xml.within("a:graphicData", &[("uri", &what)], content));
    });
}
