use std::fmt::Write as _;

use base64::Engine as _;

use crate::ui::fonts;

/// A subset of a bundled face, as WOFF2; made by `assets/fonts/make_web.py`.
struct WebFace {
    /// As an SVG names it first.
    family: &'static str,
    bytes: &'static [u8],
}

static WEB_FACES: [WebFace; 6] = [
    WebFace { family: fonts::REGULAR, bytes: include_bytes!("../../../assets/fonts/web/Inter-Regular.woff2") },
    WebFace { family: fonts::MEDIUM, bytes: include_bytes!("../../../assets/fonts/web/Inter-Medium.woff2") },
    WebFace { family: fonts::SEMIBOLD, bytes: include_bytes!("../../../assets/fonts/web/Inter-SemiBold.woff2") },
    WebFace { family: fonts::NUMBERS, bytes: include_bytes!("../../../assets/fonts/web/InterNumbers-Regular.woff2") },
    WebFace { family: fonts::NUMBERS_SEMIBOLD, bytes: include_bytes!("../../../assets/fonts/web/InterNumbers-SemiBold.woff2") },
    WebFace { family: fonts::ICONS, bytes: include_bytes!("../../../assets/fonts/web/Lucide.woff2") },
];

/// The faces that the text of a file is set in. Each pair of families and weight is a class: an attribute a run would be most of the file.
#[derive(Default)]
pub(super) struct Faces {
    used: Vec<(String, String)>,
}

impl Faces {
    /// The class for `families`, as CSS wants them, in a weight.
    pub(super) fn class(&mut self, families: &str, weight: &str) -> String {
        let is_it = |(known, its_weight): &(String, String)| known == families && its_weight == weight;
        let index = self.used.iter().position(is_it).unwrap_or_else(|| {
            self.used.push((families.to_owned(), weight.to_owned()));
            self.used.len() - 1
        });
        format!("f{index}")
    }

    /// The classes, and the faces they need. Headings are set in two of them.
    pub(super) fn rules(&self) -> String {
        let mut out = String::new();
        for (index, (families, weight)) in self.used.iter().enumerate() {
            out.write_fmt(format_args!(".f{index}{{font-family:{families};font-weight:{weight}}}\n")).unwrap_or_default();
        }
        for face in fonts::faces() {
            let named = |(families, _): &(String, String)| families.starts_with(&format!("'{}',", face.family));
            let is_of_headings = face.family == fonts::REGULAR || face.family == fonts::SEMIBOLD;
            let web = WEB_FACES.iter().find(|web| web.family == face.family);
            let Some(WebFace { family, bytes }) = web.filter(|_| is_of_headings || self.used.iter().any(named)) else { continue };
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            out.write_fmt(format_args!(
                "@font-face{{font-family:'{family}';font-weight:{};src:url(data:font/woff2;base64,{data}) format('woff2')}}\n",
                face.weight
            ))
            .unwrap_or_default();
        }
        out
    }
}
