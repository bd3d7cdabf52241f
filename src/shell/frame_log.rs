//! `--frame-log FILE`: a line for every frame, to see what costs and what wakes the window.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes `seconds since start, milliseconds of CPU, cause`, tab-separated, one line a frame.
#[derive(Debug)]
pub(super) struct FrameLog {
    out: BufWriter<File>,
    start: Instant,
}

impl FrameLog {
    pub(super) fn create(path: &Path, start: Instant) -> io::Result<Self> {
        let mut out = BufWriter::new(File::create(path)?);
        writeln!(out, "# seconds\tcpu_ms\tcause")?;
        out.flush()?;
        Ok(Self { out, start })
    }

    /// Flushed at once: the last line before a hang is the interesting one.
    pub(super) fn line(&mut self, cpu: Duration, cause: &str) {
        let seconds = self.start.elapsed().as_secs_f64();
        let millis = cpu.as_secs_f64() * 1000.0;
        let written = writeln!(self.out, "{seconds:.4}\t{millis:.3}\t{cause}").and_then(|()| self.out.flush());
        if let Err(problem) = written {
            log::warn!("cannot write the frame log: {problem}");
        }
    }
}

/// Why this frame is drawn: what the person did, else who asked for a repaint.
pub(super) fn cause(ctx: &egui::Context) -> String {
    let events = ctx.input(|i| {
        let mut kinds: Vec<&str> = i.raw.events.iter().map(event_word).collect();
        kinds.dedup();
        if !i.raw.dropped_files.is_empty() {
            kinds.push("file dropped");
        }
        kinds.truncate(6);
        kinds.join(" ")
    });
    if !events.is_empty() {
        return events;
    }
    let mut causes: Vec<String> = ctx
        .repaint_causes()
        .iter()
        .map(|cause| {
            // The file's own name tells enough; where it was built does not matter.
            let file = cause.file.rsplit(['/', '\\']).next().unwrap_or(cause.file);
            format!("{file}:{} {}", cause.line, cause.reason).trim_end().to_owned()
        })
        .collect();
    causes.dedup();
    causes.truncate(3);
    if causes.is_empty() { "window".to_owned() } else { causes.join(", ") }
}

fn event_word(event: &egui::Event) -> &'static str {
    match event {
        egui::Event::Copy | egui::Event::Cut | egui::Event::Paste(_) => "clipboard",
        egui::Event::Text(_) | egui::Event::Ime(_) => "text",
        egui::Event::Key { .. } => "key",
        egui::Event::PointerMoved(_) | egui::Event::MouseMoved(_) | egui::Event::PointerGone => "pointer",
        egui::Event::PointerButton { .. } => "click",
        egui::Event::MouseWheel { .. } | egui::Event::Zoom(_) => "wheel",
        egui::Event::WindowFocused(_) => "focus",
        _ => "other",
    }
}
