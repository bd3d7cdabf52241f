//! A window with nothing in it, for `benches/first_frame.sh`: what starting up costs before Waymark does anything.
//!
//! `empty_window FILE` writes a line to FILE when its first frame is drawn.

use std::path::PathBuf;

struct Empty {
    log: Option<PathBuf>,
}

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        ui.label("");
        if let Some(path) = self.log.take()
            && let Err(problem) = std::fs::write(path, "first frame\n")
        {
            log::error!("the first frame could not be noted: {problem}");
        }
    }
}

fn main() -> eframe::Result {
    let log = std::env::args_os().nth(1).map(PathBuf::from);
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native("Empty", options, Box::new(|_| Ok(Box::new(Empty { log }))))
}
