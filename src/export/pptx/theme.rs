//! The theme part: Waymark's colours under the names of a presentation.

use egui::Color32;

use super::ink::{FACE, hex};
use super::names::DRAWING;
use super::xml::Xml;
use crate::ui::theme::Theme;

/// Faces of other scripts, which the systems of those who read them have.
const SCRIPTS: [(&str, &str); 7] = [
    ("Jpan", "Yu Gothic"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "Microsoft YaHei"),
    ("Hant", "Microsoft JhengHei"),
    ("Arab", "Arial"),
    ("Hebr", "Arial"),
    ("Thai", "Tahoma"),
];

/// In a dark deck paper and ink change their places, as the masters say.
pub(super) fn part(theme: &Theme) -> Vec<u8> {
    let (ink, paper, quiet, panel) = (theme.text.strong, theme.bg.surface, theme.text.muted, theme.bg.panel);
    let [dark_1, light_1, dark_2, light_2] = if theme.is_dark() { [paper, ink, panel, quiet] } else { [ink, paper, quiet, panel] };
    let mut xml = Xml::part();
    xml.within("a:theme", &[("xmlns:a", &DRAWING), ("name", &"Waymark")], |xml| {
        xml.within("a:themeElements", &[], |xml| {
            xml.within("a:clrScheme", &[("name", &"Waymark")], |xml| {
                let mut colour = |name: &str, colour: Color32| xml.within(name, &[], |xml| xml.val("a:srgbClr", hex(colour)));
                colour("a:dk1", dark_1);
                colour("a:lt1", light_1);
                colour("a:dk2", dark_2);
                colour("a:lt2", light_2);
                for index in 0..6 {
                    colour(&format!("a:accent{}", index + 1), theme.cat(index));
                }
                colour("a:hlink", theme.accent.accent);
                colour("a:folHlink", theme.accent.hover);
            });
            xml.within("a:fontScheme", &[("name", &"Waymark")], |xml| {
                for name in ["a:majorFont", "a:minorFont"] {
                    xml.within(name, &[], |xml| {
                        xml.empty("a:latin", &[("typeface", &FACE)]);
                        xml.empty("a:ea", &[("typeface", &"")]);
                        xml.empty("a:cs", &[("typeface", &"")]);
                        for (script, face) in SCRIPTS {
                            xml.empty("a:font", &[("script", &script), ("typeface", &face)]);
                        }
                    });
                }
            });
            xml.within("a:fmtScheme", &[("name", &"Waymark")], formats);
        });
    });
    xml.bytes()
}

/// Three of each, as the schema wants; none of them shades or shadows anything.
fn formats(xml: &mut Xml) {
    let plain = |xml: &mut Xml| xml.within("a:solidFill", &[], |xml| xml.val("a:schemeClr", "phClr"));
    xml.within("a:fillStyleLst", &[], |xml| (0..3).for_each(|_| plain(xml)));
    xml.within("a:lnStyleLst", &[], |xml| {
        for width in [9525, 19_050, 31_750] {
            xml.within("a:ln", &[("w", &width)], |xml| {
                plain(xml);
                xml.val("a:prstDash", "solid");
            });
        }
    });
    xml.within("a:effectStyleLst", &[], |xml| {
        for _ in 0..3 {
            xml.within("a:effectStyle", &[], |xml| xml.empty("a:effectLst", &[]));
        }
    });
    xml.within("a:bgFillStyleLst", &[], |xml| (0..3).for_each(|_| plain(xml)));
}
