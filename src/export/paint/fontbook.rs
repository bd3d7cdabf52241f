use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use egui::FontData;
use egui::{Context, FontFamily};

/// The faces of a context under the names that egui gives them, for the SVG and for what draws the SVG.
///
/// usvg drops text whose family it does not know and sets a whole run in another face when one character is missing, so
/// every face is registered by name and every run of text is set in exactly one of them.
#[derive(Default)]
pub struct Fontbook {
    database: Arc<fontdb::Database>,
    faces: BTreeMap<String, Arc<FaceStyle>>,
    chosen: HashMap<(FontFamily, char), Option<Choice>>,
    discovered: usize,
}

/// The face that draws a character.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) face: Arc<FaceStyle>,
    /// No face has the character: this one, the family's first, draws its box for what is missing.
    pub(super) is_missing: bool,
}

/// How text in one face is written.
#[derive(Debug, PartialEq)]
pub(super) struct FaceStyle {
    /// `font-family` and, unless regular, `font-weight`, ready for a tag.
    pub(super) attributes: String,
    scale: f32,
    shift_by_size: f32,
    shift: f32,
}

impl FaceStyle {
    pub(super) fn size(&self, asked: f32) -> f32 {
        asked * self.scale
    }

    /// Points to move glyphs down by, as the face's tweak asks.
    pub(super) fn shift(&self, asked: f32) -> f32 {
        asked * self.scale * self.shift_by_size + self.shift
    }
}

/// White space that egui sets as a space of another width, whatever a face has.
const HAS_NO_GLYPH: [char; 3] = ['\t', '\u{2009}', '\u{202f}'];

impl Fontbook {
    /// Adds the faces that `context` knows by now: the installed ones, then those it found on the system.
    pub(super) fn take_in(&mut self, context: &Context) {
        if self.faces.is_empty() {
            let installed = context.fonts(|fonts| fonts.definitions().font_data.clone());
            for (name, data) in installed {
                self.add(&name, &data);
            }
        }
        let found: Vec<_> = context.fonts(|fonts| fonts.discovered_fonts().iter().skip(self.discovered).cloned().collect());
        for font in found {
            self.discovered += 1;
            self.add(&font.name, &font.data);
        }
    }

    pub(super) fn database(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.database)
    }

    /// The face that draws a cluster of characters, by its first: exactly as egui's layout chooses.
    pub(super) fn face(&mut self, context: &Context, family: &FontFamily, first: char) -> Option<Choice> {
        let asked = (family.clone(), first);
        if let Some(known) = self.chosen.get(&asked) {
            return known.clone();
        }
        let (of_character, of_family) = context.fonts_mut(|fonts| {
            let of_character = fonts.characters(family).get(&first).and_then(|names| names.first().cloned());
            (of_character, fonts.definitions().families.get(family).and_then(|names| names.first().cloned()))
        });
        let is_missing = of_character.is_none() && !HAS_NO_GLYPH.contains(&first);
        let face = of_character.or(of_family).and_then(|name| self.faces.get(&name).cloned());
        let choice = face.map(|face| Choice { face, is_missing });
        self.chosen.insert(asked, choice.clone());
        choice
    }

    /// Whether a face of a family has a character.
    pub(super) fn has(&self, context: &Context, family: &FontFamily, face: &Arc<FaceStyle>, character: char) -> bool {
        let is_it = |name: &String| self.faces.get(name).is_some_and(|known| Arc::ptr_eq(known, face));
        context.fonts_mut(|fonts| fonts.characters(family).get(&character).is_some_and(|names| names.iter().any(is_it)))
    }

    fn add(&mut self, name: &str, data: &FontData) {
        if self.faces.contains_key(name) {
            return;
        }
        let database = Arc::make_mut(&mut self.database);
        let loaded = database.load_font_source(fontdb::Source::Binary(Arc::clone(&data.font) as _));
        let mut style = None;
        for id in loaded {
            let Some(info) = database.face(id).cloned() else { continue };
            database.remove_face(id);
            if info.index == data.index {
                let known_as = info.families.first().map(|(family, _)| family.clone()).unwrap_or_default();
                style = Some((known_as, info.weight.0));
                // One name, one face: a query by this name can only find this face, whatever its weight or slant.
                database.push_face_info(fontdb::FaceInfo {
                    families: vec![(plain_name(name), fontdb::Language::English_UnitedStates)],
                    style: fontdb::Style::Normal,
                    stretch: fontdb::Stretch::Normal,
                    ..info
                });
            }
        }
        let Some((known_as, weight)) = style else {
            log::warn!("The font {name} cannot be read and is left out of the export.");
            return;
        };
        let tweak = &data.tweak;
        self.faces.insert(
            name.to_owned(),
            Arc::new(FaceStyle {
                attributes: attributes(&plain_name(name), &plain_name(&known_as), weight),
                scale: tweak.scale,
                shift_by_size: tweak.y_offset_factor,
                shift: tweak.y_offset,
            }),
        );
    }
}

/// Our own name first, then what the face is called where it is installed, then what every machine has.
fn attributes(name: &str, known_as: &str, weight: u16) -> String {
    let mut families = vec![name];
    if !known_as.is_empty() && known_as != name {
        families.push(known_as);
    }
    let quoted: Vec<String> = families.iter().map(|family| format!("'{family}'")).collect();
    let weight = if weight == 400 { String::new() } else { format!(" font-weight=\"{weight}\"") };
    format!("font-family=\"{}, system-ui, Helvetica, Arial, sans-serif\"{weight}", quoted.join(", "))
}

/// A name that needs no escaping inside a quoted CSS string in an attribute.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == ' ' || c == '-' || c == '.' { c } else { '-' }).collect()
}
