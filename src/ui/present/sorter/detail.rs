//! Beside the slides: the title, the note and the chart of the one that is chosen.

use egui::{Align, Frame, Label, Layout, Margin, ScrollArea, Ui, vec2};

use super::{Field, Sorter};
use crate::chart::Chart;
use crate::chart::deck::{Body, KpiBody};
use crate::document::edits;
use crate::model::{Date, date_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, radius, space, stroke};
use crate::ui::widgets::{self, TextField};
use crate::workspace::presentation::Step;
use crate::workspace::{Action, ChartOf, KpiMode, TimeRange};

impl Sorter<'_, '_> {
    pub(super) fn detail_ui(&mut self, ui: &mut Ui) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let Some(entry) = self.chosen().cloned() else { return };
        let slide = scene.memos.slide(scene.document, scene.as_of, &entry);
        let subject = &entry.id.subject;
        let frame = Frame::new()
            .fill(theme.bg.surface)
            .stroke(theme.stroke(stroke::HAIRLINE, theme.line.hairline))
            .corner_radius(f32::from(radius::CARD))
            .inner_margin(Margin::same(space::M as i8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::vertical().id_salt("chosen slide").auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::XS));
                ui.add(Label::new(theme.strong(&entry.name, TextSize::Body)).wrap());
                ui.add_space(theme.px(space::XS));
                ui.label(theme.muted("Title (F2)", TextSize::Caption));
                let title = if slide.title == slide.drafted { "" } else { slide.title.as_str() };
                let salt = ("title of a slide", format!("{subject:?}"));
                let field = TextField::new(salt, "Title of the slide", title).hint(&slide.drafted).show(ui, theme, &mut self.kept.drafts);
                if self.kept.edit == Some(Field::Title) {
                    self.kept.edit = None;
                    field.response.request_focus();
                }
                if let Some(title) = field.committed {
                    self.actions.push(edits::title_slide(scene.project, subject, entry.hidden, Some(title)).into());
                    self.kept.focus.clone_from(&self.kept.chosen);
                }
                ui.add_space(theme.px(space::XS));
                ui.label(theme.muted("Note for the presenter (N)", TextSize::Caption));
                let salt = ("note on a slide", format!("{subject:?}"));
                let field = TextField::new(salt, "Note on the slide", &slide.note).hint("Only you see it").rows(5);
                let field = field.show(ui, theme, &mut self.kept.drafts);
                if self.kept.edit == Some(Field::Note) {
                    self.kept.edit = None;
                    field.response.request_focus();
                }
                if let Some(note) = field.committed {
                    self.actions.push(edits::note_on_slide(scene.project, subject, entry.hidden, note).into());
                }
                if let Body::Kpi(kpi) = &slide.body {
                    self.chart_ui(ui, kpi);
                }
                ui.add_space(theme.px(space::S));
                ui.horizontal_wrapped(|ui| {
                    let words = if entry.hidden { "Show (H)" } else { "Leave out (H)" };
                    if widgets::button_ui(ui, theme, words).clicked() {
                        self.toggle_hidden();
                    }
                    if widgets::icon_button_ui(ui, theme, icons::ARROW_LEFT, "Move earlier (Alt+Left)").clicked() {
                        self.move_by(Step::Earlier);
                    }
                    if widgets::icon_button_ui(ui, theme, icons::ARROW_RIGHT, "Move later (Alt+Right)").clicked() {
                        self.move_by(Step::Later);
                    }
                });
            });
        });
    }

    /// Which picture the slide shows, and of which days.
    fn chart_ui(&mut self, ui: &mut Ui, kpi: &KpiBody) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let subject = crate::model::SlideSubject::Kpi(kpi.metric.clone());
        ui.add_space(theme.px(space::XS));
        ui.label(theme.muted("Chart", TextSize::Caption));
        let shown = kpi.mode.as_deref().and_then(KpiMode::of_slug).unwrap_or_default();
        let modes: Vec<_> = KpiMode::ALL.into_iter().filter(|m| *m != KpiMode::Table).map(|m| (m, m.word().to_owned())).collect();
        let current = modes.iter().map(|(m, _)| *m).find(|m| m.is_like(shown)).unwrap_or_default();
        let pin = |mode: Option<String>, range: Option<(Date, Date)>| Action::from(edits::pin_slide(scene.project, &subject, mode, range));
        ui.horizontal(|ui| {
            if let Some(mode) = widgets::combo_ui(ui, theme, "Kind of chart on the slide", &current, &modes, theme.px(124.0)) {
                let slug = (mode != KpiMode::Trend).then(|| mode.slug().to_owned());
                self.actions.push(pin(slug, kpi.range));
            }
            let days = |range: TimeRange| days_of(scene, kpi, range);
            let presets = TimeRange::PRESETS.map(|range| (Some(days(range)), range));
            let mut ranges: Vec<(Option<(Date, Date)>, String)> = vec![(None, "As drafted".to_owned())];
            for (days, range) in presets {
                if !ranges.iter().any(|(known, _)| *known == days) {
                    ranges.push((days, range.word().to_owned()));
                }
            }
            if !ranges.iter().any(|(known, _)| *known == kpi.range) {
                let words = kpi.range.map_or_else(String::new, |(from, to)| format!("{} – {}", date_words(from), date_words(to)));
                ranges.push((kpi.range, words));
            }
            if let Some(range) = widgets::combo_ui(ui, theme, "Days on the slide", &kpi.range, &ranges, theme.px(124.0)) {
                self.actions.push(pin(kpi.mode.clone(), range));
            }
        });
        let look = self.look(&subject);
        let in_hand = self.in_hand.get(&kpi.metric).copied();
        if look.mode.is_some() || look.range.is_some() || in_hand.is_some() {
            let mode = look.mode.unwrap_or(shown);
            let range = in_hand.or(look.range.map(|range| days_of(scene, kpi, range))).or(kpi.range);
            if widgets::button_ui(ui, theme, "Pin as shown now")
                .on_hover_text("The slide keeps the chart and the days that it was switched to")
                .clicked()
            {
                self.actions.push(pin((mode != KpiMode::Trend).then(|| mode.slug().to_owned()), range));
            }
        }
        if kpi.mode.is_some() || kpi.range.is_some() {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if widgets::link_ui(ui, theme, "As drafted", TextSize::Small).clicked() {
                    self.actions.push(pin(None, None));
                }
            });
        }
    }
}

/// The days that a range means for the chart of a slide.
fn days_of(scene: &crate::ui::scene::Scene<'_>, kpi: &KpiBody, range: TimeRange) -> (Date, Date) {
    let chart = scene.memos.chart(scene.document, scene.as_of, &ChartOf::Metric(kpi.metric.clone(), kpi.goal.clone()));
    Chart::days_of(range.days(scene.project, scene.as_of, chart.fit_x))
}
