//! The two axes of a plot.

use super::part::{axes_of, serial};
use super::{Axis, Plot, Step};
use crate::export::page::LANGUAGE;
use crate::export::pptx::ink::{FACE, Ink};
use crate::export::pptx::xml::Xml;
use crate::ui::theme::Theme;

const ACROSS: u32 = 111_111_111;
const UP: u32 = 222_222_222;
/// Labels in charts, in hundredths of a point.
pub(super) const TYPE: u32 = 1300;
/// A hairline, in English Metric Units.
const HAIRLINE: u32 = 9525;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axes {
    Days,
    Names,
    Rows,
    Numbers,
}

pub(super) fn ids(xml: &mut Xml) {
    xml.val("c:axId", ACROSS);
    xml.val("c:axId", UP);
}

pub(super) fn write(xml: &mut Xml, plot: &Plot, theme: &Theme) {
    let axes = axes_of(plot);
    let name = match axes {
        Axes::Days => "c:dateAx",
        Axes::Names | Axes::Rows => "c:catAx",
        Axes::Numbers => "c:valAx",
    };
    let rows = axes == Axes::Rows;
    xml.within(name, &[], |xml| {
        xml.val("c:axId", ACROSS);
        let range = plot.x.range.map(|(low, high)| match axes {
            Axes::Days => (serial(low.floor() as i64) as f64, serial(high.ceil() as i64) as f64),
            _ => (low, high),
        });
        scaling(xml, &plot.x, range, rows);
        common(xml, &plot.x, theme, (if rows { "l" } else { "b" }, "low"), true);
        xml.val("c:crossAx", UP);
        xml.val("c:crosses", if rows { "autoZero" } else { "min" });
        match axes {
            Axes::Days => {
                xml.val("c:auto", 0);
                xml.val("c:lblOffset", 100);
                xml.val("c:baseTimeUnit", "days");
                let (step, unit) = match plot.x.step {
                    Some(Step::Days(days)) => (days, "days"),
                    Some(Step::Months(months)) if months.is_multiple_of(12) => (months / 12, "years"),
                    Some(Step::Months(months)) => (months, "months"),
                    _ => return,
                };
                xml.val("c:majorUnit", step);
                xml.val("c:majorTimeUnit", unit);
            }
            Axes::Names | Axes::Rows => {
                xml.val("c:auto", 0);
                xml.val("c:lblAlgn", "ctr");
                xml.val("c:lblOffset", 100);
                if let Some(Step::Names(every)) = plot.x.step {
                    xml.val("c:tickLblSkip", every);
                }
                xml.val("c:noMultiLvlLbl", 1);
            }
            Axes::Numbers => {
                xml.val("c:crossBetween", "midCat");
                unit(xml, &plot.x);
            }
        }
    });
    xml.within("c:valAx", &[], |xml| {
        xml.val("c:axId", UP);
        scaling(xml, &plot.y, plot.y.range, false);
        common(xml, &plot.y, theme, if rows { ("b", "nextTo") } else { ("l", "low") }, rows);
        xml.val("c:crossAx", ACROSS);
        // Rows are counted from the top: there the numbers stand at their end, which is below.
        xml.val("c:crosses", if rows { "max" } else { "min" });
        let has_bars = plot.series.iter().any(|s| s.draw == super::Draw::Bar);
        xml.val("c:crossBetween", if has_bars { "between" } else { "midCat" });
        unit(xml, &plot.y);
    });
}

fn unit(xml: &mut Xml, axis: &Axis) {
    if let Some(Step::Units(step)) = axis.step.filter(|_| !axis.logarithmic) {
        xml.val("c:majorUnit", step);
    }
}

fn scaling(xml: &mut Xml, axis: &Axis, range: Option<(f64, f64)>, from_the_top: bool) {
    xml.within("c:scaling", &[], |xml| {
        if axis.logarithmic {
            xml.val("c:logBase", 10);
        }
        xml.val("c:orientation", if from_the_top { "maxMin" } else { "minMax" });
        if let Some((low, high)) = range {
            xml.val("c:max", high);
            xml.val("c:min", low);
        }
    });
}

/// What all kinds of axes say, in the order that the schema wants.
fn common(xml: &mut Xml, axis: &Axis, theme: &Theme, (side, labels): (&str, &str), has_line: bool) {
    xml.val("c:delete", 0);
    xml.val("c:axPos", side);
    if axis.grid {
        xml.within("c:majorGridlines", &[], |xml| {
            xml.within("c:spPr", &[], |xml| stroke(xml, Some(Ink::Exact(theme.line.grid))));
        });
    }
    if let Some(name) = &axis.name {
        title(xml, name, theme, side == "l");
    }
    xml.empty("c:numFmt", &[("formatCode", &axis.code), ("sourceLinked", &0)]);
    xml.val("c:majorTickMark", "none");
    xml.val("c:minorTickMark", "none");
    xml.val("c:tickLblPos", labels);
    xml.within("c:spPr", &[], |xml| {
        xml.empty("a:noFill", &[]);
        stroke(xml, has_line.then_some(Ink::Exact(theme.line.axis)));
    });
    xml.within("c:txPr", &[], |xml| {
        xml.empty("a:bodyPr", &[("rot", &0), ("vert", &"horz")]);
        xml.within("a:p", &[], |xml| {
            xml.within("a:pPr", &[], |xml| letters(xml, "a:defRPr", Ink::Exact(theme.text.muted), false));
            xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]);
        });
    });
}

fn title(xml: &mut Xml, name: &str, theme: &Theme, upright: bool) {
    xml.within("c:title", &[], |xml| {
        xml.within("c:tx", &[], |xml| {
            xml.within("c:rich", &[], |xml| {
                let turn = if upright { -5_400_000 } else { 0 };
                xml.empty("a:bodyPr", &[("rot", &turn), ("vert", &"horz")]);
                xml.within("a:p", &[], |xml| {
                    xml.within("a:pPr", &[], |xml| letters(xml, "a:defRPr", Ink::Exact(theme.text.muted), false));
                    xml.within("a:r", &[], |xml| {
                        letters(xml, "a:rPr", Ink::Exact(theme.text.muted), false);
                        xml.words("a:t", &[], &name.replace('\n', " "));
                    });
                });
            });
        });
        xml.val("c:overlay", 0);
    });
}

/// `<a:ln>`: a hairline, or none.
fn stroke(xml: &mut Xml, ink: Option<Ink>) {
    match ink {
        Some(ink) => xml.within("a:ln", &[("w", &HAIRLINE)], |xml| ink.fill(xml)),
        None => xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[])),
    }
}

/// The letters of labels.
pub(super) fn letters(xml: &mut Xml, name: &str, ink: Ink, strong: bool) {
    xml.within(name, &[("lang", &LANGUAGE), ("sz", &TYPE), ("b", &u8::from(strong))], |xml| {
        ink.fill(xml);
        xml.empty("a:latin", &[("typeface", &FACE)]);
    });
}
