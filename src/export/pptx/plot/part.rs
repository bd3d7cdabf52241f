//! A plot as a chart part.

use super::axes::{self, Axes};
use super::numbers::EPOCH;
use super::series::{self, Scribe};
use super::{Draw, Form, Plot};
use crate::export::page::LANGUAGE;
use crate::export::pptx::ink::FACE;
use crate::export::pptx::xml::Xml;
use crate::ui::theme::Theme;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The part of a chart whose workbook is pointed to as `workbook`. `height` is that of the chart on its slide, in points of the layout.
pub(crate) fn chart_part(plot: &Plot, theme: &Theme, workbook: &str, height: f32) -> Vec<u8> {
    let scribe = Scribe { plot, theme };
    let mut xml = Xml::part();
    xml.within("c:chartSpace", &[("xmlns:c", &CHART), ("xmlns:a", &DRAWING), ("xmlns:r", &OFFICE)], |xml| {
        xml.val("c:date1904", 0);
        xml.val("c:lang", LANGUAGE);
        xml.val("c:roundedCorners", 0);
        xml.within("c:chart", &[], |xml| {
            xml.val("c:autoTitleDeleted", 1);
            xml.within("c:plotArea", &[], |xml| {
                layout(xml, plot, height);
                draws(xml, scribe);
                axes::write(xml, plot, theme);
                xml.within("c:spPr", &[], |xml| xml.empty("a:noFill", &[]));
            });
            xml.val("c:plotVisOnly", 1);
            xml.val("c:dispBlanksAs", "gap");
        });
        xml.within("c:spPr", &[], |xml| {
            xml.empty("a:noFill", &[]);
            xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
        });
        xml.within("c:txPr", &[], |xml| {
            xml.empty("a:bodyPr", &[]);
            xml.within("a:p", &[], |xml| {
                xml.within("a:pPr", &[], |xml| {
                    xml.within("a:defRPr", &[("sz", &axes::TYPE)], |xml| xml.empty("a:latin", &[("typeface", &FACE)]));
                });
                xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]);
            });
        });
        xml.within("c:externalData", &[("r:id", &workbook)], |xml| xml.val("c:autoUpdate", 0));
    });
    xml.bytes()
}

/// Where the plot itself is within the chart: labels around it have a room that does not depend on who draws them.
fn layout(xml: &mut Xml, plot: &Plot, height: f32) {
    // Two lines of labels below, and half of one above.
    let (top, bottom) = (34.0 / height, if plot.x.name.is_some() { 108.0 } else { 60.0 } / height);
    let left: f32 = match plot.form {
        Form::Rows(_) => 0.22,
        _ => 0.07,
    };
    let left = left + if plot.y.name.is_some() { 0.025 } else { 0.0 };
    xml.within("c:layout", &[], |xml| {
        xml.within("c:manualLayout", &[], |xml| {
            xml.val("c:layoutTarget", "inner");
            xml.val("c:xMode", "edge");
            xml.val("c:yMode", "edge");
            xml.val("c:x", left);
            xml.val("c:y", top);
            xml.val("c:w", 1.0 - left - plot.gutter);
            xml.val("c:h", 1.0 - top - bottom);
        });
    });
}

/// Areas behind bars behind lines, all on the same axes.
fn draws(xml: &mut Xml, scribe: Scribe<'_>) {
    let plot = scribe.plot;
    let of = |draw: Draw| plot.series.iter().enumerate().filter(move |(_, s)| s.draw == draw);
    if of(Draw::Area).next().is_some() {
        xml.within("c:areaChart", &[], |xml| {
            xml.val("c:grouping", "stacked");
            xml.val("c:varyColors", 0);
            of(Draw::Area).for_each(|(index, _)| series::write(xml, scribe, index));
            axes::ids(xml);
        });
    }
    if of(Draw::Bar).next().is_some() {
        xml.within("c:barChart", &[], |xml| {
            xml.val("c:barDir", if matches!(plot.form, Form::Rows(_)) { "bar" } else { "col" });
            xml.val("c:grouping", "stacked");
            xml.val("c:varyColors", 0);
            of(Draw::Bar).for_each(|(index, _)| series::write(xml, scribe, index));
            xml.val("c:gapWidth", if matches!(plot.form, Form::Rows(_)) { 47 } else { 4 });
            xml.val("c:overlap", 100);
            axes::ids(xml);
        });
    }
    if of(Draw::Line).next().is_some() {
        let is_cloud = matches!(plot.form, Form::Numbers);
        xml.within(if is_cloud { "c:scatterChart" } else { "c:lineChart" }, &[], |xml| {
            if is_cloud {
                xml.val("c:scatterStyle", "lineMarker");
            } else {
                xml.val("c:grouping", "standard");
            }
            xml.val("c:varyColors", 0);
            of(Draw::Line).for_each(|(index, _)| series::write(xml, scribe, index));
            if !is_cloud {
                xml.val("c:marker", 1);
            }
            axes::ids(xml);
        });
    }
}

/// The number of a day in a spreadsheet.
pub(super) fn serial(day: i64) -> i64 {
    day + EPOCH
}

/// Which axes a plot has.
pub(super) fn axes_of(plot: &Plot) -> Axes {
    match plot.form {
        Form::Days(_) => Axes::Days,
        Form::Names(_) => Axes::Names,
        Form::Rows(_) => Axes::Rows,
        Form::Numbers => Axes::Numbers,
    }
}
