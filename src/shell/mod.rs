//! The eframe application: services, dialogs, clipboard, renderer fallback.
