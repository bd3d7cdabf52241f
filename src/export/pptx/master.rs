//! What slides have in common: the master and its layouts, and the master of the notes.

use super::ink::Ink;
use super::names::SPACES;
use super::place::{Place, emu, type_size};
use super::text::{Anchor, size};
use super::xml::Xml;
use crate::export::page::LANGUAGE;

/// A layout that slides are made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// The first slide.
    Cover,
    /// Kicker, message and room.
    Message,
    /// Nothing but paper: for pictures.
    Blank,
}

impl Layout {
    pub(super) const ALL: [Self; 3] = [Self::Cover, Self::Message, Self::Blank];

    pub(super) fn part(self) -> String {
        let number = Self::ALL.iter().position(|l| *l == self).unwrap_or_default() + 1;
        format!("ppt/slideLayouts/slideLayout{number}.xml")
    }

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Cover => ("title", "Title"),
            Self::Message => ("titleOnly", "Message"),
            Self::Blank => ("blank", "Picture"),
        }
    }
}

/// A frame that slides fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    CoverTitle,
    CoverText,
    Message,
    Kicker,
    Footer,
    Number,
}

impl Holder {
    /// Its type and number within a slide.
    pub(super) fn code(self) -> (&'static str, Option<u32>) {
        match self {
            Self::CoverTitle => ("ctrTitle", None),
            Self::CoverText => ("subTitle", Some(1)),
            Self::Message => ("title", None),
            Self::Kicker => ("body", Some(13)),
            Self::Footer => ("ftr", Some(11)),
            Self::Number => ("sldNum", Some(12)),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::CoverTitle => "Title",
            Self::CoverText => "Subtitle",
            Self::Message => "Message",
            Self::Kicker => "Supports",
            Self::Footer => "Footer",
            Self::Number => "Slide number",
        }
    }

    fn place(self) -> Place {
        match self {
            Self::CoverTitle => Place { y: 300.0, height: 260.0, ..Place::MESSAGE },
            Self::CoverText => Place { y: 584.0, height: 300.0, ..Place::MESSAGE },
            Self::Message => Place::MESSAGE,
            Self::Kicker => Place::KICKER,
            Self::Footer => Place::FOOTER,
            Self::Number => Place::NUMBER,
        }
    }

    fn look(self) -> (f32, Ink, bool, Anchor, &'static str) {
        match self {
            Self::CoverTitle => (size::COVER, Ink::Text, true, Anchor::Bottom, "l"),
            Self::CoverText => (size::SUBTITLE, Ink::Muted, false, Anchor::Top, "l"),
            Self::Message => (size::MESSAGE, Ink::Text, true, Anchor::Top, "l"),
            Self::Kicker => (size::SMALL, Ink::Muted, false, Anchor::Middle, "l"),
            Self::Footer => (size::CAPTION, Ink::Muted, false, Anchor::Middle, "l"),
            Self::Number => (size::CAPTION, Ink::Muted, false, Anchor::Middle, "r"),
        }
    }

    /// `<p:ph>`.
    pub(super) fn mark(self, xml: &mut Xml) {
        let (kind, index) = self.code();
        match index {
            Some(index) => xml.empty("p:ph", &[("type", &kind), ("idx", &index)]),
            None => xml.empty("p:ph", &[("type", &kind)]),
        }
    }
}

/// `<a:xfrm>` under the name that the parent wants.
pub(super) fn transform(xml: &mut Xml, name: &str, place: Place) {
    xml.within(name, &[], |xml| {
        xml.empty("a:off", &[("x", &emu(place.x)), ("y", &emu(place.y))]);
        xml.empty("a:ext", &[("cx", &emu(place.width).max(0)), ("cy", &emu(place.height).max(0))]);
    });
}

/// The group that all shapes of a slide are in.
pub(super) fn root(xml: &mut Xml) {
    xml.within("p:nvGrpSpPr", &[], |xml| {
        xml.empty("p:cNvPr", &[("id", &1), ("name", &"")]);
        xml.empty("p:cNvGrpSpPr", &[]);
        xml.empty("p:nvPr", &[]);
    });
    xml.within("p:grpSpPr", &[], |xml| {
        xml.within("a:xfrm", &[], |xml| {
            for (name, one, other) in [("a:off", "x", "y"), ("a:ext", "cx", "cy"), ("a:chOff", "x", "y"), ("a:chExt", "cx", "cy")] {
                xml.empty(name, &[(one, &0), (other, &0)]);
            }
        });
    });
}

/// No inner margins: places are where text stands.
pub(super) fn body(xml: &mut Xml, anchor: Anchor) {
    let attributes: [(&str, &dyn std::fmt::Display); 7] =
        [("wrap", &"square"), ("lIns", &0), ("tIns", &0), ("rIns", &0), ("bIns", &0), ("anchor", &anchor.code()), ("rtlCol", &0)];
    xml.within("a:bodyPr", &attributes, |xml| xml.empty("a:normAutofit", &[]));
}

fn holder(xml: &mut Xml, holder: Holder, id: u32) {
    let (size, ink, strong, anchor, align) = holder.look();
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", &id), ("name", &holder.name())]);
            xml.within("p:cNvSpPr", &[], |xml| xml.empty("a:spLocks", &[("noGrp", &1)]));
            xml.within("p:nvPr", &[], |xml| holder.mark(xml));
        });
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", holder.place());
            xml.within("a:prstGeom", &[("prst", &"rect")], |xml| xml.empty("a:avLst", &[]));
        });
        xml.within("p:txBody", &[], |xml| {
            body(xml, anchor);
            xml.within("a:lstStyle", &[], |xml| {
                xml.within("a:lvl1pPr", &[("marL", &0), ("indent", &0), ("algn", &align)], |xml| {
                    xml.empty("a:buNone", &[]);
                    xml.within("a:defRPr", &[("sz", &type_size(size)), ("b", &u8::from(strong))], |xml| {
                        ink.fill(xml);
                        xml.empty("a:latin", &[("typeface", &"+mn-lt")]);
                    });
                });
            });
            xml.within("a:p", &[], |xml| match holder {
                Holder::Number => xml.within("a:fld", &[("id", &NUMBER_FIELD), ("type", &"slidenum")], |xml| {
                    xml.empty("a:rPr", &[("lang", &LANGUAGE)]);
                    xml.words("a:t", &[], "‹#›");
                }),
                Holder::Footer => xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]),
                _ => xml.within("a:r", &[], |xml| {
                    xml.empty("a:rPr", &[("lang", &LANGUAGE)]);
                    xml.words("a:t", &[], holder.name());
                }),
            });
        });
    });
}

/// The field that counts slides has an id of its own.
pub(super) const NUMBER_FIELD: &str = "{5B1F6C8E-0D5B-4C53-9A39-7A1D0E8C4F21}";

fn common(xml: &mut Xml, with_paper: bool, shapes: impl FnOnce(&mut Xml)) {
    xml.within("p:cSld", &[], |xml| {
        if with_paper {
            xml.within("p:bg", &[], |xml| {
                xml.within("p:bgPr", &[], |xml| {
                    Ink::Paper.fill(xml);
                    xml.empty("a:effectLst", &[]);
                });
            });
        }
        xml.within("p:spTree", &[], |xml| {
            root(xml);
            shapes(xml);
        });
    });
}

/// What the names of colours mean: on dark paper the light ink writes.
fn colour_map(xml: &mut Xml, is_dark: bool) {
    let [paper, ink, panel, quiet] = if is_dark { ["dk1", "lt1", "dk2", "lt2"] } else { ["lt1", "dk1", "lt2", "dk2"] };
    let accents: Vec<String> = (1..=6).map(|i| format!("accent{i}")).collect();
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![("bg1", &paper), ("tx1", &ink), ("bg2", &panel), ("tx2", &quiet)];
    attributes.extend(accents.iter().map(|name| (name.as_str(), name as &dyn std::fmt::Display)));
    attributes.extend([("hlink", &"hlink" as &dyn std::fmt::Display), ("folHlink", &"folHlink")]);
    xml.empty("p:clrMap", &attributes);
}

/// The master; `layouts` are the ids of the relationships to its layouts.
pub(super) fn master(is_dark: bool, layouts: &[String]) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.within("p:sldMaster", &SPACES, |xml| {
        common(xml, true, |xml| {
            for (index, of) in [Holder::Message, Holder::Kicker, Holder::Footer, Holder::Number].into_iter().enumerate() {
                holder(xml, of, index as u32 + 2);
            }
        });
        colour_map(xml, is_dark);
        xml.within("p:sldLayoutIdLst", &[], |xml| {
            for (index, id) in layouts.iter().enumerate() {
                xml.empty("p:sldLayoutId", &[("id", &(FIRST_LAYOUT + index as u64)), ("r:id", id)]);
            }
        });
        xml.within("p:txStyles", &[], |xml| {
            for (name, size, ink, strong) in [
                ("p:titleStyle", size::MESSAGE, Ink::Text, true),
                ("p:bodyStyle", size::BODY, Ink::Text, false),
                ("p:otherStyle", size::BODY, Ink::Text, false),
            ] {
                xml.within(name, &[], |xml| {
                    xml.within("a:lvl1pPr", &[("algn", &"l"), ("marL", &0), ("indent", &0)], |xml| {
                        xml.empty("a:buNone", &[]);
                        xml.within("a:defRPr", &[("sz", &type_size(size)), ("b", &u8::from(strong))], |xml| {
                            ink.fill(xml);
                            let face = if strong { "+mj" } else { "+mn" };
                            xml.empty("a:latin", &[("typeface", &format!("{face}-lt"))]);
                            xml.empty("a:ea", &[("typeface", &format!("{face}-ea"))]);
                            xml.empty("a:cs", &[("typeface", &format!("{face}-cs"))]);
                        });
                    });
                });
            }
        });
    });
    xml.bytes()
}

/// Ids of masters and layouts are counted together from here (ECMA-376 part 1, §19.7.15).
pub(super) const MASTER: u64 = 2_147_483_648;
const FIRST_LAYOUT: u64 = MASTER + 1;

pub(super) fn layout(layout: Layout) -> Vec<u8> {
    let holders: &[Holder] = match layout {
        Layout::Cover => &[Holder::CoverTitle, Holder::CoverText, Holder::Footer],
        Layout::Message => &[Holder::Kicker, Holder::Message, Holder::Footer, Holder::Number],
        Layout::Blank => &[],
    };
    let (kind, name) = layout.name();
    let mut xml = Xml::part();
    let mut attributes = SPACES.to_vec();
    attributes.extend([("type", &kind as &dyn std::fmt::Display), ("preserve", &1)]);
    xml.within("p:sldLayout", &attributes, |xml| {
        xml.within("p:cSld", &[("name", &name)], |xml| {
            xml.within("p:spTree", &[], |xml| {
                root(xml);
                for (index, of) in holders.iter().enumerate() {
                    holder(xml, *of, index as u32 + 2);
                }
            });
        });
        xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]));
    });
    xml.bytes()
}

/// The paper that notes are printed on.
pub(super) fn notes_master() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.within("p:notesMaster", &SPACES, |xml| {
        common(xml, true, |xml| {
            for (index, kind) in ["sldImg", "body"].into_iter().enumerate() {
                notes_frame(xml, index as u32 + 2, kind, index as u32, |xml| {
                    xml.within("a:p", &[], |xml| xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]));
                });
            }
        });
        colour_map(xml, false);
    });
    xml.bytes()
}

/// The picture of the slide, or the words under it, on a page of notes.
pub(super) fn notes_frame(xml: &mut Xml, id: u32, kind: &str, index: u32, words: impl FnOnce(&mut Xml)) {
    let is_picture = kind == "sldImg";
    let (name, place) =
        if is_picture { ("Slide", Place::new(108.0, 108.0, 864.0, 486.0)) } else { ("Notes", Place::new(108.0, 660.0, 864.0, 620.0)) };
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", &id), ("name", &name)]);
            xml.within("p:cNvSpPr", &[], |xml| {
                if is_picture {
                    xml.empty("a:spLocks", &[("noGrp", &1), ("noRot", &1), ("noChangeAspect", &1)]);
                } else {
                    xml.empty("a:spLocks", &[("noGrp", &1)]);
                }
            });
            xml.within("p:nvPr", &[], |xml| {
                if index == 0 { xml.empty("p:ph", &[("type", &kind)]) } else { xml.empty("p:ph", &[("type", &kind), ("idx", &index)]) }
            });
        });
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", place);
            xml.within("a:prstGeom", &[("prst", &"rect")], |xml| xml.empty("a:avLst", &[]));
        });
        if !is_picture {
            xml.within("p:txBody", &[], |xml| {
                xml.empty("a:bodyPr", &[]);
                xml.empty("a:lstStyle", &[]);
                words(xml);
            });
        }
    });
}
