//! Exports: chosen, asked for, repeated; and what goes to the clipboard.

use std::sync::Arc;

use super::files::file_name;
use super::jobs::{Clip, Done};
use super::{Action, CopyAs, Effect, ExportFormat, ExportRequest, ExportSettings, ExportWhat, Question, Severity, Workspace};

/// Pixels a point of what is copied.
const COPIED_SCALE: f32 = 2.0;

impl Workspace {
    pub(super) fn choose_export(&mut self, what: ExportWhat) {
        let ExportSettings { format, size, scale, theme } = self.preferences.export;
        let formats = what.formats();
        let first = formats.first().copied().unwrap_or(format);
        // Slides leave as one file, whatever a chart was written as last.
        let fits = formats.contains(&format) && (what != ExportWhat::Deck || format.holds_many());
        self.export_draft = Some(ExportRequest {
            size: if what.is_slides() { what.usual_size() } else { size },
            scale,
            theme,
            ..self.request_of(what, if fits { format } else { first })
        });
    }

    /// Of what is looked at, on the day that is looked at.
    fn request_of(&self, what: ExportWhat, format: ExportFormat) -> ExportRequest {
        ExportRequest { as_of: self.view.as_of, view: Some(Box::new(self.view.clone())), ..ExportRequest::of(what, format) }
    }

    pub(super) fn export(&mut self, export: ExportRequest, effects: &mut Vec<Effect>) {
        self.export_draft = None;
        let settings = &mut self.preferences.export;
        settings.format = export.format;
        if export.format.is_drawn() {
            (settings.scale, settings.theme) = (export.scale, export.theme);
            if !export.what.is_slides() {
                settings.size = export.size;
            }
        }
        if export.path.is_none() {
            let suggested = export.suggested_name(self.project());
            effects.push(Effect::AskExportPath { suggested, request: export });
            return;
        }
        self.start_export(export, effects);
    }

    fn start_export(&mut self, export: ExportRequest, effects: &mut Vec<Effect>) {
        let request = self.next_request();
        self.exporting.insert(request, export.clone());
        let as_of = export.as_of.unwrap_or_else(|| self.as_of());
        effects.push(Effect::Export { request, project: Arc::clone(self.project()), export, as_of });
    }

    /// It replaces what it wrote itself.
    pub(super) fn export_again(&mut self, effects: &mut Vec<Effect>) {
        if let Some(last) = self.exported.clone() {
            self.start_export(ExportRequest { overwrite: true, as_of: self.view.as_of, ..last }, effects);
        }
    }

    pub(super) fn export_done(&mut self, export: ExportRequest, done: Done) {
        match done {
            Done::Exported(paths) => {
                let text = match paths.as_slice() {
                    [one] => format!("Exported {}", file_name(one)),
                    many => format!("Exported {} files", many.len()),
                };
                self.toast(Severity::Success, text);
                self.exported = Some(export);
            }
            Done::Exists(path) => {
                let then = Box::new(Action::Export(ExportRequest { overwrite: true, ..export }));
                self.question = Some(Question::Overwrite { path, then });
            }
            Done::Failed(message) => self.toast(Severity::Error, message),
            Done::Cancelled => self.toast(Severity::Info, "Export cancelled".to_owned()),
            _ => {}
        }
    }

    pub(super) fn copy(&mut self, what: ExportWhat, form: CopyAs, effects: &mut Vec<Effect>) {
        let request = self.next_request();
        self.copying.insert(request);
        let export = ExportRequest { scale: COPIED_SCALE, ..self.request_of(what, form.format()) };
        let as_of = self.as_of();
        effects.push(Effect::Copy { request, project: Arc::clone(self.project()), export, as_of });
    }

    pub(super) fn copy_done(&mut self, done: Done, effects: &mut Vec<Effect>) {
        match done {
            Done::Copied { clip, pages } => {
                let of_pages = if pages > 1 { format!(", page 1 of {pages}") } else { String::new() };
                let what = match &clip {
                    Clip::Picture(_) => "the picture",
                    Clip::Text(text) if text.starts_with("<svg") || text.starts_with("<?xml") => "as SVG",
                    Clip::Text(_) => "the status report",
                };
                self.toast(Severity::Success, format!("Copied {what}{of_pages}"));
                effects.push(match clip {
                    Clip::Picture(picture) => Effect::CopyPicture(picture),
                    Clip::Text(text) => Effect::CopyText(text),
                });
            }
            Done::Failed(message) => self.toast(Severity::Error, message),
            _ => {}
        }
    }
}
