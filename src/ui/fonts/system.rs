//! The fonts of the machine, for characters that no bundled face has.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui_system_font_provider::SystemFontProvider;

/// Lists the system's fonts only when a character is met that no bundled face has: listing takes hundreds of milliseconds, and what is
/// drawn in bundled faces must not depend on what a machine has installed.
///
/// On a machine without any font the listing panics. That ends here: such a character is drawn as a box, and nobody asks again.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemFaces;

impl FontProvider for SystemFaces {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        static SYSTEM: OnceLock<SystemFontProvider> = OnceLock::new();
        static HAS_NONE: AtomicBool = AtomicBool::new(false);
        if HAS_NONE.load(Ordering::Relaxed) {
            return None;
        }
        let found = catch_unwind(AssertUnwindSafe(|| SYSTEM.get_or_init(SystemFontProvider::new).font_for(request)));
        found.unwrap_or_else(|_panic| {
            HAS_NONE.store(true, Ordering::Relaxed);
            log::warn!("this machine lists no fonts: characters outside the bundled faces are drawn as boxes");
            None
        })
    }
}
