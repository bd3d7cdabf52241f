//! Getting a window at all: the display, the renderer, and what to do when one of them is missing.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use super::frame_log::FrameLog;
use super::keeper;
use super::{Services, ShellOptions, WaymarkApp};
use crate::ui::fonts::SystemFaces;
use crate::workspace::Renderer;

/// Opens the window and returns when it has closed.
pub fn run(options: ShellOptions) -> ExitCode {
    let begun = Instant::now();
    let ShellOptions { start, renderer, theme, frame_log } = options;
    let frame_log = match frame_log.map(|path| FrameLog::create(&path, begun).map_err(|problem| (path, problem))).transpose() {
        Ok(log) => log,
        Err((path, problem)) => {
            say(&format!("waymark: cannot write the frame log {}: {problem}", path.display()));
            return ExitCode::FAILURE;
        }
    };
    let first_frame = FirstFrame::default();
    // The window is not there yet when the first file is read.
    let window: Arc<OnceLock<egui::Context>> = Arc::default();
    let waker = {
        let window = Arc::clone(&window);
        Arc::new(move || window.get().into_iter().for_each(|ctx| ctx.request_repaint_of(egui::ViewportId::ROOT)))
    };
    let open = |asked: Option<RendererChoice>| {
        let app = WaymarkApp::open(Services::native(waker), start).guarding_panics();
        let preferences = &app.workspace().preferences;
        let (width, height) = preferences.window_size;
        let preferred = preferences.renderer.map(|renderer| match renderer {
            Renderer::Glow => RendererChoice::Glow,
            Renderer::Wgpu => RendererChoice::Wgpu,
        });
        let viewport = egui::ViewportBuilder::default()
            .with_title(app.workspace().title())
            .with_app_id("waymark")
            .with_inner_size([width, height])
            .with_min_inner_size([720.0, 480.0])
            .with_drag_and_drop(true);
        let app = app.with_theme(theme).with_first_frame(Arc::clone(&first_frame)).with_frame_log(frame_log);
        let renderer = asked.or(preferred).unwrap_or_else(RendererChoice::preferred);
        // eframe's own list of system fonts panics on a machine that has none; ours does not.
        let native = eframe::NativeOptions {
            viewport,
            renderer: renderer.native(),
            system_font_fallback: false,
            ..eframe::NativeOptions::default()
        };
        (renderer, move || {
            eframe::run_native(
                "Waymark",
                native,
                Box::new(move |creation| {
                    // Set once: this is the only window of the process.
                    drop(window.set(creation.egui_ctx.clone()));
                    creation.egui_ctx.add_font_provider(Arc::new(SystemFaces));
                    Ok(Box::new(app))
                }),
            )
        })
    };
    with_fallback(renderer, &first_frame, open)
}

/// What draws the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RendererChoice {
    /// OpenGL.
    Glow,
    /// Vulkan, Metal or Direct3D.
    Wgpu,
}

impl RendererChoice {
    /// OpenGL starts sooner and everywhere on Linux; elsewhere it is the older road.
    pub fn preferred() -> Self {
        if cfg!(target_os = "linux") { Self::Glow } else { Self::Wgpu }
    }

    fn other(self) -> Self {
        match self {
            Self::Glow => Self::Wgpu,
            Self::Wgpu => Self::Glow,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Glow, Self::Wgpu].into_iter().find(|r| r.word() == word)
    }

    fn native(self) -> eframe::Renderer {
        match self {
            Self::Glow => eframe::Renderer::Glow,
            Self::Wgpu => eframe::Renderer::Wgpu,
        }
    }
}

/// Set in the second attempt, to the renderer that it must use: there is no third.
const SECOND_ATTEMPT: &str = "WAYMARK_SECOND_RENDERER";

const HEADLESS: &str = "without a window these work: waymark check, report, export, import, add, new (see waymark --help)";

/// Whether the first frame was drawn: from then on a panic is reported in the ordinary way.
pub(super) type FirstFrame = Arc<AtomicBool>;

/// Runs what `open` prepares for the asked or the preferred renderer. Where that fails before the first frame, says so in one line and starts
/// the program again with the other.
fn with_fallback<R: FnOnce() -> eframe::Result>(
    asked: Option<RendererChoice>,
    first_frame: &FirstFrame,
    open: impl FnOnce(Option<RendererChoice>) -> (RendererChoice, R),
) -> ExitCode {
    if let Some(line) = no_display() {
        say(&line);
        return ExitCode::FAILURE;
    }
    let second = std::env::var(SECOND_ATTEMPT).ok().and_then(|word| RendererChoice::from_word(&word));
    let (renderer, run) = open(second.or(asked));
    let Err(reason) = attempt(first_frame, run) else {
        return ExitCode::SUCCESS;
    };
    if first_frame.load(Ordering::SeqCst) {
        say(&format!("waymark: the window closed after an error: {reason}"));
        return ExitCode::FAILURE;
    }
    if second.is_some() {
        say(&format!("waymark: {} cannot start either ({reason}); {HEADLESS}", renderer.word()));
        return ExitCode::FAILURE;
    }
    let other = renderer.other();
    say(&format!("waymark: {} cannot start ({reason}); trying {}", renderer.word(), other.word()));
    start_again(other)
}

/// A fresh process: a half-started event loop cannot be started twice.
fn start_again(renderer: RendererChoice) -> ExitCode {
    let run = || Command::new(std::env::current_exe()?).args(std::env::args_os().skip(1)).env(SECOND_ATTEMPT, renderer.word()).status();
    match run() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            say(&format!("waymark: cannot start again with {}: {problem}", renderer.word()));
            ExitCode::FAILURE
        }
    }
}

/// Runs `open`; an error or a panic before the first frame becomes one line of text.
fn attempt(first_frame: &FirstFrame, open: impl FnOnce() -> eframe::Result) -> Result<(), String> {
    let message = Arc::new(Mutex::new(String::new()));
    let ordinary: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(std::panic::take_hook());
    {
        let (ordinary, message, first_frame) = (Arc::clone(&ordinary), Arc::clone(&message), Arc::clone(first_frame));
        let main = std::thread::current().id();
        std::panic::set_hook(Box::new(move |info| {
            keeper::keep_guarded();
            if first_frame.load(Ordering::SeqCst) || std::thread::current().id() != main {
                ordinary(info);
            } else {
                *message.lock().unwrap_or_else(PoisonError::into_inner) = payload_line(info);
            }
        }));
    }
    let outcome = catch_unwind(AssertUnwindSafe(open));
    std::panic::set_hook(Box::new(move |info| ordinary(info)));
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(problem)) => Err(one_line(&problem.to_string())),
        Err(_) => {
            let text = message.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Err(if text.is_empty() { "it panicked".to_owned() } else { text })
        }
    }
}

fn payload_line(info: &PanicHookInfo<'_>) -> String {
    one_line(info.payload_as_str().unwrap_or("it panicked"))
}

/// The words of an error on one line, without the settings that some libraries print into theirs.
fn one_line(text: &str) -> String {
    let said = text.split_once(": ConfigTemplate {").map_or(text, |(said, _)| said);
    let words: Vec<&str> = said.split_whitespace().collect();
    let mut line = words.join(" ");
    if line.chars().count() > 200 {
        line = line.chars().take(199).chain(['…']).collect();
    }
    line
}

/// The line to say when Linux has no display to open a window on.
fn no_display() -> Option<String> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let missing = cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET");
    missing.then(|| format!("waymark: there is no display to open a window on; {HEADLESS}"))
}

/// One line on standard error, for somebody who started the program from a terminal.
fn say(line: &str) {
    // Without a standard error there is nobody to tell.
    drop(writeln!(std::io::stderr(), "{line}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderers_are_named_as_on_the_command_line() {
        for renderer in [RendererChoice::Glow, RendererChoice::Wgpu] {
            assert_eq!(RendererChoice::from_word(renderer.word()), Some(renderer));
            assert_ne!(renderer.other(), renderer);
        }
    }

    #[test]
    fn a_panic_before_the_first_frame_becomes_one_line() {
        let first_frame = FirstFrame::default();
        let result = attempt(&first_frame, || panic!("Library libxkbcommon-x11.so\n  could not be loaded."));
        assert_eq!(result, Err("Library libxkbcommon-x11.so could not be loaded.".to_owned()));
    }
}
