//! What belongs to the person, not to the project.

use std::path::{Path, PathBuf};

use super::command::Command;
use super::{ExportFormat, PageTheme};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Renderer {
    Glow,
    Wgpu,
}

/// What was chosen at the last export.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExportSettings {
    pub format: ExportFormat,
    /// In points.
    pub size: (u32, u32),
    /// Pixels a point, for PNG.
    pub scale: f32,
    pub theme: PageTheme,
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self { format: ExportFormat::Png, size: (1200, 675), scale: 2.0, theme: PageTheme::Light }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    pub theme: ThemeChoice,
    /// Newest first.
    pub recent: Vec<PathBuf>,
    /// Chosen by name, newest first.
    pub recent_commands: Vec<Command>,
    /// In points.
    pub window_size: (f32, f32),
    pub zoom: f32,
    pub export: ExportSettings,
    /// Where none is chosen, the system decides.
    pub renderer: Option<Renderer>,
    /// Who checks in; empty until somebody says so.
    pub user_name: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            recent: Vec::new(),
            recent_commands: Vec::new(),
            window_size: (1440.0, 900.0),
            zoom: 1.0,
            export: ExportSettings::default(),
            renderer: None,
            user_name: String::new(),
        }
    }
}

impl Preferences {
    pub const MOST_RECENT: usize = 10;
    /// Characters of a name.
    pub const LONGEST_NAME: usize = 80;
    pub const ZOOM_STEPS: [f32; 9] = [0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0];

    pub(super) fn remember(&mut self, path: &Path) {
        self.forget(path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(Self::MOST_RECENT);
    }

    pub(super) fn remember_command(&mut self, command: Command) {
        self.recent_commands.retain(|c| *c != command);
        self.recent_commands.insert(0, command);
        self.recent_commands.truncate(Self::MOST_RECENT);
    }

    pub(super) fn forget(&mut self, path: &Path) {
        self.recent.retain(|p| p != path);
    }

    /// The next larger step, or the largest.
    pub(super) fn zoom_in(&mut self) {
        let [.., largest] = Self::ZOOM_STEPS;
        self.zoom = Self::ZOOM_STEPS.into_iter().find(|s| *s > self.zoom + 0.01).unwrap_or(largest);
    }

    pub(super) fn zoom_out(&mut self) {
        let [smallest, ..] = Self::ZOOM_STEPS;
        self.zoom = Self::ZOOM_STEPS.into_iter().rev().find(|s| *s < self.zoom - 0.01).unwrap_or(smallest);
    }
}
