//! File dialogs of the desktop, asked on a thread of their own.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// What a dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileQuestion {
    pub kind: FileQuestionKind,
    pub title: String,
    /// Where the dialog starts.
    pub folder: Option<PathBuf>,
    /// A name to begin with, when saving.
    pub suggested: String,
    /// What the list shows, such as "Waymark project", and the endings that belong to it (without a dot).
    pub filter: Option<(String, Vec<String>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileQuestionKind {
    Open,
    Save,
    Folder,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAnswer {
    Picked(PathBuf),
    Cancelled,
    /// This desktop has no dialog to show: ask for a typed path.
    Unavailable,
}

/// Called once with the answer, on any thread.
pub type Reply = Box<dyn FnOnce(FileAnswer) + Send>;

/// Asks the person for a path without holding up the caller.
pub trait Dialogs {
    fn ask(&mut self, question: FileQuestion, reply: Reply);
}

/// Nobody closes a dialog by hand this fast: it never opened.
const NEVER_OPENED: Duration = Duration::from_millis(150);

/// The dialogs of the desktop: the portal or zenity on Linux, the system's own elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct NativeDialogs;

impl Dialogs for NativeDialogs {
    fn ask(&mut self, question: FileQuestion, reply: Reply) {
        if !available() {
            reply(FileAnswer::Unavailable);
            return;
        }
        let FileQuestion { kind, title, folder, suggested, filter } = question;
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        if let Some((name, endings)) = &filter {
            dialog = dialog.add_filter(name, endings);
        }
        if kind == FileQuestionKind::Save {
            dialog = dialog.set_file_name(suggested);
        }
        // The future must be made here: macOS opens its panels from the main thread only.
        let asked = Instant::now();
        let answer: std::pin::Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match kind {
            FileQuestionKind::Open => Box::pin(dialog.pick_file()),
            FileQuestionKind::Save => Box::pin(dialog.save_file()),
            FileQuestionKind::Folder => Box::pin(dialog.pick_folder()),
        };
        let spawned = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            let answer = match block_on(answer) {
                Some(file) => FileAnswer::Picked(file.path().to_path_buf()),
                None if asked.elapsed() < NEVER_OPENED => FileAnswer::Unavailable,
                None => FileAnswer::Cancelled,
            };
            reply(answer);
        });
        if let Err(problem) = spawned {
            log::error!("no thread for a file dialog: {problem}");
        }
    }
}

/// Waits for one future by parking the thread.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Whether a dialog can appear at all.
fn available() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let on_path =
        |program: &str| std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()));
    on_path("zenity") || portal_installed()
}

/// A portal answers when there is a session bus and a service file that starts it.
fn portal_installed() -> bool {
    let has_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|dir| Path::new(&dir).join("bus").exists());
    let folders = std::env::var("XDG_DATA_DIRS").unwrap_or_else(|_| "/usr/local/share:/usr/share".to_owned());
    let has_service =
        || std::env::split_paths(&folders).any(|dir| dir.join("dbus-1/services/org.freedesktop.portal.Desktop.service").is_file());
    has_bus && has_service()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_on_waits_for_another_thread() {
        struct Later(bool);
        impl Future for Later {
            type Output = u8;
            fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u8> {
                if self.0 {
                    return Poll::Ready(7);
                }
                self.0 = true;
                let waker = context.waker().clone();
                let thread = std::thread::Builder::new().spawn(move || waker.wake()).unwrap();
                drop(thread);
                Poll::Pending
            }
        }
        assert_eq!(block_on(Later(false)), 7);
    }
}
