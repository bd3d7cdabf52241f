//! Preferences on disk: `preferences.ron` in the config folder. Read tolerantly: an unknown field is passed over, a value that makes
//! no sense is replaced, and a file that cannot be read at all is as good as none.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::workspace::command::Command;
use crate::workspace::{ExportFormat, ExportRequest, ExportSettings, PageTheme, Preferences, Renderer, ThemeChoice};

const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;
const WINDOW: std::ops::RangeInclusive<f32> = 320.0..=16_000.0;

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    theme: String,
    recent: Vec<PathBuf>,
    recent_commands: Vec<String>,
    window_size: (f32, f32),
    zoom: f32,
    renderer: Option<String>,
    export: StoredExport,
    user_name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct StoredExport {
    format: String,
    size: (u32, u32),
    scale: f32,
    theme: String,
}

impl Default for Stored {
    fn default() -> Self {
        Self::of(&Preferences::default())
    }
}

impl Default for StoredExport {
    fn default() -> Self {
        Self::of(&ExportSettings::default())
    }
}

impl Stored {
    fn of(preferences: &Preferences) -> Self {
        let Preferences { theme, recent, recent_commands, window_size, zoom, export, renderer, user_name } = preferences;
        Self {
            theme: theme_word(*theme).to_owned(),
            recent: recent.clone(),
            recent_commands: recent_commands.iter().map(|c| c.text().to_owned()).collect(),
            window_size: *window_size,
            zoom: *zoom,
            renderer: renderer.map(|r| renderer_word(r).to_owned()),
            export: StoredExport::of(export),
            user_name: user_name.clone(),
        }
    }

    fn into_preferences(self) -> Preferences {
        let Self { theme, mut recent, recent_commands, window_size, zoom, renderer, export, user_name } = self;
        let usual = Preferences::default();
        recent.truncate(Preferences::MOST_RECENT);
        let sound = |value: f32, range: std::ops::RangeInclusive<f32>, usual: f32| if range.contains(&value) { value } else { usual };
        Preferences {
            theme: known([ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark], theme_word, &theme).unwrap_or(usual.theme),
            recent,
            recent_commands: recent_commands
                .iter()
                .filter_map(|text| Command::all().find(|c| c.text() == text))
                .take(Preferences::MOST_RECENT)
                .collect(),
            window_size: (sound(window_size.0, WINDOW, usual.window_size.0), sound(window_size.1, WINDOW, usual.window_size.1)),
            zoom: sound(zoom, ZOOM, usual.zoom),
            export: export.into_settings(),
            renderer: renderer.and_then(|word| known([Renderer::Glow, Renderer::Wgpu], renderer_word, &word)),
            user_name: user_name.trim().chars().take(Preferences::LONGEST_NAME).collect(),
        }
    }
}

impl StoredExport {
    fn of(settings: &ExportSettings) -> Self {
        let ExportSettings { format, size, scale, theme } = settings;
        Self { format: format.extension().to_owned(), size: *size, scale: *scale, theme: page_word(*theme).to_owned() }
    }

    fn into_settings(self) -> ExportSettings {
        let Self { format, size, scale, theme } = self;
        let usual = ExportSettings::default();
        let most = 10_000;
        ExportSettings {
            format: known(ExportFormat::ALL, ExportFormat::extension, &format).unwrap_or(usual.format),
            size: if ExportRequest::has_room(size) && size.0.max(size.1) <= most { size } else { usual.size },
            scale: if (0.5..=8.0).contains(&scale) { scale } else { usual.scale },
            theme: known([PageTheme::Light, PageTheme::Dark], page_word, &theme).unwrap_or(usual.theme),
        }
    }
}

/// The choice that is written with this word.
fn known<T: Copy, const N: usize>(choices: [T; N], word: fn(T) -> &'static str, text: &str) -> Option<T> {
    choices.into_iter().find(|choice| word(*choice) == text)
}

fn theme_word(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::System => "system",
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
    }
}

fn page_word(theme: PageTheme) -> &'static str {
    match theme {
        PageTheme::Light => "light",
        PageTheme::Dark => "dark",
    }
}

fn renderer_word(renderer: Renderer) -> &'static str {
    match renderer {
        Renderer::Glow => "glow",
        Renderer::Wgpu => "wgpu",
    }
}

/// What a preferences file says.
pub(super) fn parse(bytes: &[u8]) -> Preferences {
    match ron::de::from_bytes::<Stored>(bytes) {
        Ok(stored) => stored.into_preferences(),
        Err(problem) => {
            log::warn!("the preferences cannot be read and start afresh: {problem}");
            Preferences::default()
        }
    }
}

/// The text of a preferences file.
pub(super) fn text(preferences: &Preferences) -> String {
    let layout = ron::ser::PrettyConfig::new().new_line("\n".to_owned()).indentor("  ".to_owned());
    let mut text = ron::ser::to_string_pretty(&Stored::of(preferences), layout).unwrap_or_else(|problem| {
        log::error!("the preferences cannot be written as text: {problem}");
        "()".to_owned()
    });
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Preferences {
        Preferences {
            theme: ThemeChoice::Dark,
            recent: vec![PathBuf::from("/work/fieldnote.waymark.ron")],
            recent_commands: vec![Command::Undo, Command::Theme(ThemeChoice::Dark)],
            window_size: (1280.0, 800.0),
            zoom: 1.25,
            export: ExportSettings { format: ExportFormat::Pdf, size: (1600, 900), scale: 3.0, theme: PageTheme::Dark },
            renderer: Some(Renderer::Wgpu),
            user_name: "Ana Ruiz".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(parse(text(&some()).as_bytes()), some());
        assert_eq!(parse(text(&Preferences::default()).as_bytes()), Preferences::default());
    }

    #[test]
    fn an_older_or_newer_file_keeps_what_is_understood() {
        let read = parse(b"(theme: \"dark\", shape_of_things: [1, 2], zoom: 1.1)");
        assert_eq!(read, Preferences { theme: ThemeChoice::Dark, zoom: 1.1, ..Preferences::default() });
    }

    #[test]
    fn nonsense_becomes_the_usual() {
        let read = parse(b"(theme: \"plaid\", zoom: 900.0, window_size: (-4.0, inf), export: (format: \"bmp\", scale: NaN, size: (0, 7)))");
        assert_eq!(read, Preferences::default());
        assert_eq!(parse(b"\0\0\0 not ron"), Preferences::default());
        assert_eq!(parse(b""), Preferences::default());
    }
}
