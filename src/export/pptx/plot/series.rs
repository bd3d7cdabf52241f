//! One series of a plot, with the numbers that it had when it was written.

use super::axes::letters;
use super::part::serial;
use super::workbook::{DATE, SHEET, columns};
use super::{Dash, Draw, Form, Label, Marker, Pen, Plot, Says, Series, Sign};
use crate::export::page::LANGUAGE;
use crate::export::pptx::ink::Ink;
use crate::export::pptx::xml::{Xml, clean};
use crate::ui::theme::Theme;

/// English Metric Units a point of type.
const POINT: f32 = 12_700.0;

/// What a series is written from.
#[derive(Clone, Copy)]
pub(super) struct Scribe<'a> {
    pub(super) plot: &'a Plot,
    pub(super) theme: &'a Theme,
}

pub(super) fn write(xml: &mut Xml, scribe: Scribe<'_>, index: usize) {
    let Scribe { plot, theme } = scribe;
    let series = &plot.series[index];
    let (across, up) = columns(plot, index);
    xml.within("c:ser", &[], |xml| {
        xml.val("c:idx", index);
        xml.val("c:order", index);
        xml.within("c:tx", &[], |xml| {
            xml.within("c:strRef", &[], |xml| {
                xml.words("c:f", &[], &format!("{SHEET}!${}$1", letters_of(up)));
                strings(xml, std::iter::once(series.name.as_str()), 1);
            });
        });
        xml.within("c:spPr", &[], |xml| look(xml, series));
        let is_line = series.draw == Draw::Line;
        if series.draw == Draw::Bar {
            xml.val("c:invertIfNegative", 0);
        }
        if is_line {
            marker(xml, series.marker.filter(|_| series.marked.is_empty()), series.ink, theme);
            for place in &series.marked {
                xml.within("c:dPt", &[], |xml| {
                    xml.val("c:idx", place);
                    marker(xml, series.marker, series.ink, theme);
                    xml.val("c:bubble3D", 0);
                    // A point says the stroke that leads to it.
                    xml.within("c:spPr", &[], |xml| look(xml, series));
                });
            }
        }
        labels(xml, series);
        if let Some(reach) = series.drop {
            drop_lines(xml, reach, theme);
        }
        match &plot.form {
            Form::Numbers => {
                xml.within("c:xVal", &[], |xml| {
                    let across_all: Vec<Option<f64>> = series.across.iter().copied().map(Some).collect();
                    numbers(xml, across, &across_all, "General");
                });
                xml.within("c:yVal", &[], |xml| numbers(xml, up, &series.values, &series.code));
            }
            Form::Days(days) => {
                let days: Vec<Option<f64>> = days.iter().map(|day| Some(serial(*day) as f64)).collect();
                xml.within("c:cat", &[], |xml| numbers(xml, across, &days, DATE));
                xml.within("c:val", &[], |xml| numbers(xml, up, &series.values, &series.code));
            }
            Form::Names(names) | Form::Rows(names) => {
                xml.within("c:cat", &[], |xml| {
                    xml.within("c:strRef", &[], |xml| {
                        xml.words("c:f", &[], &range(across, names.len()));
                        strings(xml, names.iter().map(String::as_str), names.len());
                    });
                });
                xml.within("c:val", &[], |xml| numbers(xml, up, &series.values, &series.code));
            }
        }
        if is_line {
            xml.val("c:smooth", 0);
        }
    });
}

/// Fill of an area or a bar, stroke of a line.
fn look(xml: &mut Xml, series: &Series) {
    if series.draw == Draw::Line {
        stroke(xml, series.ink.zip(series.pen));
        return;
    }
    match series.ink {
        Some(ink) => ink.fill(xml),
        None => xml.empty("a:noFill", &[]),
    }
    stroke(xml, None);
}

fn stroke(xml: &mut Xml, pen: Option<(Ink, Pen)>) {
    let Some((ink, Pen { width, dash })) = pen else {
        xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
        return;
    };
    let width = (width * POINT).round() as i64;
    xml.within("a:ln", &[("w", &width), ("cap", &"rnd")], |xml| {
        ink.fill(xml);
        xml.val(
            "a:prstDash",
            match dash {
                Dash::Solid => "solid",
                Dash::Dashed => "dash",
                Dash::Dotted => "sysDash",
            },
        );
        xml.empty("a:round", &[]);
    });
}

fn marker(xml: &mut Xml, marker: Option<Marker>, ink: Option<Ink>, theme: &Theme) {
    xml.within("c:marker", &[], |xml| {
        let Some((Marker { sign, size, hollow }, ink)) = marker.zip(ink) else {
            xml.val("c:symbol", "none");
            return;
        };
        xml.val(
            "c:symbol",
            match sign {
                Sign::Circle => "circle",
                Sign::Triangle => "triangle",
                Sign::Square => "square",
                Sign::Diamond => "diamond",
            },
        );
        xml.val("c:size", size.clamp(2, 72));
        xml.within("c:spPr", &[], |xml| {
            if hollow {
                Ink::Exact(theme.bg.surface).fill(xml);
            } else {
                ink.fill(xml);
            }
            xml.within("a:ln", &[("w", &(1.5 * POINT))], |xml| ink.fill(xml));
        });
    });
}

fn labels(xml: &mut Xml, series: &Series) {
    if series.labels.is_empty() {
        return;
    }
    xml.within("c:dLbls", &[], |xml| {
        for label in &series.labels {
            one_label(xml, label);
        }
        shows(xml, [false, false]);
    });
}

fn one_label(xml: &mut Xml, label: &Label) {
    let Label { at, says, side, strong, ink, up, across } = label;
    xml.within("c:dLbl", &[], |xml| {
        xml.val("c:idx", at);
        if *up != 0.0 || *across != 0.0 {
            xml.within("c:layout", &[], |xml| {
                xml.within("c:manualLayout", &[], |xml| {
                    xml.val("c:x", across);
                    xml.val("c:y", -up);
                });
            });
        }
        let (code, shown) = match says {
            Says::Name => (None, [false, true]),
            Says::Value(code) => (Some(code), [true, false]),
            Says::NameAndValue(code) => (Some(code), [true, true]),
            Says::Words(words) => {
                xml.within("c:tx", &[], |xml| {
                    xml.within("c:rich", &[], |xml| {
                        xml.empty("a:bodyPr", &[("wrap", &"none")]);
                        xml.within("a:p", &[], |xml| {
                            xml.within("a:r", &[], |xml| {
                                letters(xml, "a:rPr", *ink, *strong);
                                xml.words("a:t", &[], &words.replace('\n', " "));
                            });
                        });
                    });
                });
                (None, [true, false])
            }
        };
        if let Some(code) = code {
            xml.empty("c:numFmt", &[("formatCode", code), ("sourceLinked", &0)]);
        }
        xml.within("c:spPr", &[], |xml| {
            xml.empty("a:noFill", &[]);
            xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
        });
        xml.within("c:txPr", &[], |xml| {
            xml.empty("a:bodyPr", &[("wrap", &"none"), ("anchor", &"ctr")]);
            xml.within("a:p", &[], |xml| {
                xml.within("a:pPr", &[], |xml| letters(xml, "a:defRPr", *ink, *strong));
                xml.empty("a:endParaRPr", &[("lang", &LANGUAGE)]);
            });
        });
        xml.val("c:dLblPos", side.code());
        shows(xml, shown);
    });
}

/// Which parts a label shows: value, name of the series.
fn shows(xml: &mut Xml, [value, name]: [bool; 2]) {
    xml.val("c:showLegendKey", 0);
    xml.val("c:showVal", u8::from(value));
    xml.val("c:showCatName", 0);
    xml.val("c:showSerName", u8::from(name));
    xml.val("c:showPercent", 0);
    xml.val("c:showBubbleSize", 0);
    if value && name {
        xml.words("c:separator", &[], " ");
    }
}

fn drop_lines(xml: &mut Xml, reach: f64, theme: &Theme) {
    xml.within("c:errBars", &[], |xml| {
        xml.val("c:errDir", "y");
        xml.val("c:errBarType", "minus");
        xml.val("c:errValType", "fixedVal");
        xml.val("c:noEndCap", 1);
        xml.val("c:val", reach);
        xml.within("c:spPr", &[], |xml| {
            xml.within("a:ln", &[("w", &9525)], |xml| {
                Ink::Exact(theme.line.axis).fill(xml);
                xml.val("a:prstDash", "sysDot");
            });
        });
    });
}

fn strings<'a>(xml: &mut Xml, words: impl Iterator<Item = &'a str>, count: usize) {
    xml.within("c:strCache", &[], |xml| {
        xml.val("c:ptCount", count);
        for (index, words) in words.enumerate() {
            xml.within("c:pt", &[("idx", &index)], |xml| xml.words("c:v", &[], &clean(words)));
        }
    });
}

fn numbers(xml: &mut Xml, column: usize, values: &[Option<f64>], code: &str) {
    xml.within("c:numRef", &[], |xml| {
        xml.words("c:f", &[], &range(column, values.len()));
        xml.within("c:numCache", &[], |xml| {
            xml.words("c:formatCode", &[], code);
            xml.val("c:ptCount", values.len());
            for (index, value) in values.iter().enumerate() {
                if let Some(value) = value {
                    xml.within("c:pt", &[("idx", &index)], |xml| xml.words("c:v", &[], &value.to_string()));
                }
            }
        });
    });
}

/// `Data!$B$2:$B$13`.
fn range(column: usize, rows: usize) -> String {
    let column = letters_of(column);
    format!("{SHEET}!${column}$2:${column}${}", rows + 1)
}

/// The letters of a column of a sheet, counted from 0: A, …, Z, AA, ….
fn letters_of(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters_of(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{letters_of, range};

    #[test]
    fn columns_have_the_letters_of_a_sheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters_of), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        assert_eq!(range(1, 12), "Data!$B$2:$B$13");
    }
}
