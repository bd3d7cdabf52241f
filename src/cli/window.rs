//! The bare `waymark`: the window.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::shell::{self, RendererChoice, ShellOptions, Start};
use crate::workspace::ThemeChoice;

#[derive(Args, Debug)]
pub(super) struct WindowArgs {
    /// The project file to open [default: the built-in sample project]
    file: Option<PathBuf>,
    /// Open the built-in sample project
    #[arg(long, conflicts_with = "file")]
    sample: bool,
    /// What draws the window [default: glow on Linux, wgpu elsewhere]
    #[arg(long, value_enum)]
    renderer: Option<RendererChoice>,
    /// Colours of the window, for this run [default: as set in the window]
    #[arg(long, value_enum)]
    theme: Option<Theme>,
    /// Write a line a frame to FILE: time, milliseconds of CPU, cause
    #[arg(long, value_name = "FILE")]
    frame_log: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Theme {
    Light,
    Dark,
    /// As the system has it
    System,
}

impl From<WindowArgs> for ShellOptions {
    fn from(args: WindowArgs) -> Self {
        let WindowArgs { file, sample: _, renderer, theme, frame_log } = args;
        let theme = theme.map(|theme| match theme {
            Theme::Light => ThemeChoice::Light,
            Theme::Dark => ThemeChoice::Dark,
            Theme::System => ThemeChoice::System,
        });
        Self { start: file.map_or(Start::Sample, Start::File), renderer, theme, frame_log }
    }
}

pub(super) fn run(args: WindowArgs) -> ExitCode {
    shell::run(args.into())
}
