//! What the next export looks like: form, size, sharpness and theme.

use egui::{Align, Id, Layout, Modal, Ui};

use super::top_bar::shortened;
use super::{dialog_frame, redaction_dialog};
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets;
use crate::workspace::{Action, ExportFormat, ExportRequest, ExportWhat, NamedSize, PageTheme, Redaction, RedactionDraft, Workspace};

/// Pixels a point; a point is a 72nd of an inch, so the last prints with 300 dots an inch.
const SCALES: [(f32, &str); 5] = [(1.0, "1×"), (2.0, "2×"), (3.0, "3×"), (4.0, "4×"), (300.0 / 72.0, "Print, 300 dpi")];

const LIST_WIDTH: f32 = 220.0;

pub(super) fn export_dialog_ui(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let Some(current) = &workspace.export_draft else { return };
    let theme = scene.theme;
    let mut draft = current.clone();
    let mut answer = None;
    let modal = Modal::new(Id::unique("export")).frame(dialog_frame(theme)).show(ui.ctx(), |ui| {
        ui.set_width(size::DIALOG - 2.0 * space::XL);
        ui.spacing_mut().item_spacing.y = space::M;
        ui.label(theme.rich(title(&draft, scene), TextSize::Section));
        row_ui(ui, scene, "Format", |ui| {
            let formats: Vec<_> = draft.what.formats().iter().map(|format| (*format, format_words(*format).to_owned())).collect();
            draft.format = widgets::combo_ui(ui, theme, "Format", &draft.format, &formats, LIST_WIDTH).unwrap_or(draft.format);
        });
        if draft.format.is_drawn() {
            drawn_ui(ui, scene, &mut draft);
        }
        if redacted_ui(ui, scene, &mut draft) {
            let redaction = draft.redacted.clone().unwrap_or_default();
            answer = Some(Action::SetRedactionDraft(Some(RedactionDraft { redaction, export: Some(draft.clone()) })));
        }
        ui.add_space(space::XS);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::primary_button_ui(ui, theme, "Export…").clicked() {
                answer = Some(Action::Export(draft.clone()));
            }
            if widgets::button_ui(ui, theme, "Cancel").clicked() {
                answer = Some(Action::SetExportDraft(None));
            }
        });
    });
    if answer.is_none() && modal.should_close() {
        answer = Some(Action::SetExportDraft(None));
    }
    match answer {
        // One dialog at a time: that one comes back to this one.
        Some(action @ Action::SetRedactionDraft(_)) => actions.extend([Action::SetExportDraft(None), action]),
        Some(action) => actions.push(action),
        None if draft != *current => actions.push(Action::SetExportDraft(Some(draft))),
        None => {}
    }
}

/// Whether it shows the figures and the people; true where somebody wants to choose what else is left out.
fn redacted_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut ExportRequest) -> bool {
    let theme = scene.theme;
    let mut choose = false;
    row_ui(ui, scene, "Redacted", |ui| {
        let mut on = draft.redacted.is_some();
        let words = "Values indexed to 100, no people, no notes";
        if ui.checkbox(&mut on, theme.rich(words, TextSize::Body)).changed() {
            draft.redacted = on.then(Redaction::default);
        }
    });
    if let Some(redaction) = &draft.redacted {
        row_ui(ui, scene, "", |ui| {
            ui.label(theme.muted(redaction_dialog::without_words(redaction), TextSize::Small));
            choose = widgets::link_ui(ui, theme, "Choose goals…", TextSize::Small).clicked();
        });
    }
    choose
}

/// What only pages have: theme, size, and pixels where they are pictures.
fn drawn_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut ExportRequest) {
    let theme = scene.theme;
    row_ui(ui, scene, "Page", |ui| {
        let themes = [(PageTheme::Light, "Light"), (PageTheme::Dark, "Dark")];
        draft.theme = widgets::segmented_ui(ui, theme, "Page", draft.theme, &themes).unwrap_or(draft.theme);
    });
    row_ui(ui, scene, "Size", |ui| {
        let mut sizes: Vec<_> = NamedSize::ALL.iter().map(|named| (named.size, named.words.to_owned())).collect();
        if !sizes.iter().any(|(size, _)| *size == draft.size) {
            sizes.push((draft.size, format!("{} × {}", draft.size.0, draft.size.1)));
        }
        draft.size = widgets::combo_ui(ui, theme, "Size", &draft.size, &sizes, LIST_WIDTH).unwrap_or(draft.size);
    });
    if draft.format == ExportFormat::Pptx {
        row_ui(ui, scene, "Charts", |ui| {
            let forms = [(false, "To be edited"), (true, "As pictures")];
            draft.as_pictures = widgets::segmented_ui(ui, theme, "Charts", draft.as_pictures, &forms).unwrap_or(draft.as_pictures);
        });
    }
    if draft.format == ExportFormat::Png {
        row_ui(ui, scene, "Sharpness", |ui| {
            let mut scales: Vec<(f32, String)> = SCALES.iter().map(|(scale, words)| (*scale, (*words).to_owned())).collect();
            if !scales.iter().any(|(scale, _)| *scale == draft.scale) {
                scales.push((draft.scale, format!("{}×", draft.scale)));
            }
            draft.scale = widgets::combo_ui(ui, theme, "Sharpness", &draft.scale, &scales, LIST_WIDTH).unwrap_or(draft.scale);
            let pixels = |points: u32| (points as f32 * draft.scale).round() as u32;
            ui.label(theme.muted(format!("{} × {} pixels", pixels(draft.size.0), pixels(draft.size.1)), TextSize::Small));
        });
    }
}

/// What a format is for.
fn format_words(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Png => "PNG, a picture",
        ExportFormat::Svg => "SVG, a drawing",
        ExportFormat::Pdf => "PDF, pages",
        ExportFormat::Pptx => "PowerPoint, slides to edit",
        ExportFormat::Html => "HTML, for a browser",
        ExportFormat::Xlsx => "Excel, tables with charts",
        ExportFormat::Csv => "CSV, plain tables",
        ExportFormat::Md => "Markdown, text to paste",
    }
}

fn title(draft: &ExportRequest, scene: &Scene<'_>) -> String {
    match &draft.what {
        ExportWhat::Chart(metric) => {
            let name = scene.project.metric(metric).map_or("this KPI", |metric| metric.name.as_str());
            format!("Export the chart of {}", shortened(name))
        }
        ExportWhat::Kpi(metric, mode) => {
            let name = scene.project.metric(metric).map_or("this KPI", |metric| metric.name.as_str());
            format!("Export the {} of {}", mode.noun(), shortened(name))
        }
        ExportWhat::Objective(goal) => {
            let title = scene.project.goal(goal).map_or("this goal", |goal| goal.title.as_str());
            format!("Export the page of “{}”", shortened(title))
        }
        ExportWhat::View(screen) => format!("Export the {}", screen.word().to_lowercase()),
        ExportWhat::All => "Export every page and chart".to_owned(),
        ExportWhat::Deck => "Export the slides".to_owned(),
        ExportWhat::Slide(number) => format!("Export slide {number}"),
    }
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(egui::vec2(88.0, size::CONTROL), egui::Sense::hover());
        let theme = scene.theme;
        ui.painter().text(place.left_center(), egui::Align2::LEFT_CENTER, name, theme.font(TextSize::Body), theme.text.muted);
        content(ui);
    });
}
