//! The eframe application: services, dialogs, clipboard, renderer fallback.
//!
//! Everything that touches the world outside the program goes through [`Services`]. Not here: what is drawn (`ui`), what an action
//! does (`workspace`), and the headless commands (`cli`).

mod app;
mod dialogs;
mod effects;
mod exporting;
pub mod fake;
mod frame_log;
mod importing;
mod keeper;
mod options;
mod preferences;
mod presenting;
mod safekeeping;
mod services;
mod shortcuts;
mod start;
mod watching;

pub use app::WaymarkApp;
pub use dialogs::{Dialogs, FileAnswer, FileQuestion, FileQuestionKind, NativeDialogs, Reply};
pub use options::{ShellOptions, Start};
pub use presenting::Displays;
pub use services::{Disk, Files, Folders, JobMode, Services};
pub use start::{RendererChoice, run};
pub use watching::{FolderWatcher, Heard, Watcher};
