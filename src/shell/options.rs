//! What the command line asks of the window.

use std::path::PathBuf;

use super::RendererChoice;
use crate::workspace::ThemeChoice;

/// What the window opens on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// The embedded sample project.
    #[default]
    Sample,
    File(PathBuf),
}

/// How to open the window.
#[derive(Clone, Debug, Default)]
pub struct ShellOptions {
    pub start: Start,
    /// Where missing, the preference; else glow on Linux, wgpu elsewhere.
    pub renderer: Option<RendererChoice>,
    /// For this run only; where missing, the preference.
    pub theme: Option<ThemeChoice>,
    /// A file that gets a line for every frame.
    pub frame_log: Option<PathBuf>,
}
