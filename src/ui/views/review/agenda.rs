//! The list at the left: sections, items with their number and tick, how far one is, and since when things are news.

use egui::{
    Align, Align2, Color32, CornerRadius, Layout, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Desk;
use super::keys::{end_id, row_id};
use crate::chart::review::{AgendaItem, ItemId};
use crate::model::{date_words, day_words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, radius, size, space, stroke};
use crate::ui::widgets;
use crate::workspace::ReviewSince;

const ITEM_HEIGHT: f32 = 44.0;
const HEAD_HEIGHT: f32 = 28.0;
const BAR_HEIGHT: f32 = 3.0;

/// One line of the list.
enum Line {
    Head(&'static str),
    Item(usize),
    End,
}

impl Desk<'_, '_> {
    pub(super) fn agenda_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::XS));
        let (seen, of) = (self.review().seen_of(self.agenda), self.agenda.items.len());
        ui.horizontal(|ui| {
            ui.add_space(theme.px(space::XS));
            ui.label(theme.rich("Agenda", TextSize::Section));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(theme.px(space::XS));
                ui.label(theme.muted(format!("{seen} of {of} seen"), TextSize::Small));
            });
        });
        let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.px(BAR_HEIGHT)), Sense::hover());
        let bar = bar.shrink2(vec2(theme.px(space::XS), 0.0));
        ui.painter().rect_filled(bar, theme.px(BAR_HEIGHT) / 2.0, theme.line.hairline);
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * seen as f32 / of.max(1) as f32, bar.height()));
        ui.painter().rect_filled(done, theme.px(BAR_HEIGHT) / 2.0, theme.accent.fill);
        self.since_ui(ui);
        let foot = theme.type_of(TextSize::Caption).line_height + theme.px(space::XS);
        let room = vec2(ui.available_width(), (ui.available_height() - foot).max(0.0));
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            self.list_ui(ui);
        });
        ui.horizontal(|ui| {
            ui.add_space(theme.px(space::XS));
            widgets::truncated_ui(ui, theme.muted("N next · P back · Space tick · Enter open", TextSize::Caption));
        });
    }

    /// The day that things are compared with, where there is a choice.
    fn since_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        let Some(met) = ReviewSince::meeting(self.scene.project, self.scene.as_of) else {
            ui.horizontal(|ui| {
                ui.add_space(theme.px(space::XS));
                widgets::truncated_ui(ui, theme.muted("Since each goal’s last check-in", TextSize::Small));
            });
            return;
        };
        let meeting = format!("Meeting, {}", day_words(met));
        let options = [(ReviewSince::LastCheckIn, "Check-in"), (ReviewSince::LastMeeting, meeting.as_str())];
        ui.horizontal(|ui| {
            ui.add_space(theme.px(space::XS));
            ui.label(theme.muted("Since", TextSize::Small))
                .on_hover_text(format!("What changed since each goal’s last check-in, or since the last meeting on {}", date_words(met)));
            if let Some(since) = widgets::segmented_ui(ui, theme, "Since", self.review().since, &options) {
                let mut review = self.review().started_over();
                review.since = since;
                self.arrange(review);
            }
        });
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        let mut lines: Vec<(f32, Line)> = Vec::with_capacity(self.agenda.items.len() + 8);
        let (mut top, mut section) = (0.0, None);
        let (head, row) = (theme.px(HEAD_HEIGHT), theme.px(ITEM_HEIGHT));
        for (index, item) in self.agenda.items.iter().enumerate() {
            if section != Some(item.section) {
                section = Some(item.section);
                lines.push((top, Line::Head(item.section.word())));
                top += head;
            }
            lines.push((top, Line::Item(index)));
            top += row;
        }
        top += theme.px(space::S);
        lines.push((top, Line::End));
        top += theme.px(size::ROW_ROOMY);
        let place = self.place;
        let scrolled = self.kept.shown != Some(place);
        self.kept.shown = Some(place);
        ScrollArea::vertical().id_salt("agenda").auto_shrink([false, false]).show_viewport(ui, |ui, seen| {
            ui.set_height(top);
            let origin = ui.min_rect().min;
            let width = ui.available_width();
            // From the last line above what is seen.
            let first = lines.partition_point(|(at, _)| *at < seen.top()).saturating_sub(1);
            let height = |line: &Line| match line {
                Line::Head(_) => head,
                Line::Item(_) => row,
                Line::End => theme.px(size::ROW_ROOMY),
            };
            let rect = |at: f32, line: &Line| Rect::from_min_size(pos2(origin.x, origin.y + at), vec2(width, height(line)));
            for (at, line) in lines[first..].iter().take_while(|(at, _)| *at < seen.bottom()) {
                match line {
                    Line::Head(words) => {
                        let rect = rect(*at, line);
                        let text = pos2(rect.left() + theme.px(space::XS), rect.bottom() - theme.px(space::XS));
                        ui.painter().text(text, Align2::LEFT_BOTTOM, words, theme.strong_font(TextSize::Small), theme.text.muted);
                    }
                    Line::Item(index) => self.item_ui(ui, rect(*at, line), *index),
                    Line::End => self.end_row_ui(ui, rect(*at, line)),
                }
            }
            // The one on the stage is there for the keyboard, also where it is scrolled away.
            let on_stage = lines.iter().find(|(_, line)| match line {
                Line::Item(index) => *index == place,
                Line::End => place == self.agenda.items.len(),
                Line::Head(_) => false,
            });
            if let Some((at, line)) = on_stage {
                let rect = rect(*at, line);
                if scrolled {
                    ui.scroll_to_rect(rect.expand2(vec2(0.0, head)), None);
                }
                let hidden = at + height(line) <= seen.top() || *at >= seen.bottom();
                match line {
                    Line::Item(index) if hidden => self.item_ui(ui, rect, *index),
                    Line::End if hidden => self.end_row_ui(ui, rect),
                    _ => {}
                }
            }
        });
    }

    fn item_ui(&mut self, ui: &mut Ui, rect: Rect, index: usize) {
        let theme = self.scene.theme;
        let agenda = self.agenda;
        let item = &agenda.items[index];
        let on_stage = index == self.place;
        let seen = self.review().seen.contains(&item.id);
        let response = ui.interact(rect, row_id(&item.id), Sense::click());
        let number = if item.number.is_empty() { String::new() } else { format!(", {}", item.number) };
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, on_stage, format!("{}: {}{number}", item.title, item.label)));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(item.text()));
        if on_stage && self.kept.focus.take_if(|place| *place == index).is_some() {
            response.request_focus();
        }
        // Space and Enter count as clicks of what has the keyboard, but mean something else here.
        if response.clicked() {
            response.request_focus();
            if !on_stage {
                self.go(index);
            }
        }
        if response.double_clicked() {
            self.open();
        }
        self.ground(ui, rect, &response, on_stage);
        let tick =
            Rect::from_center_size(pos2(rect.left() + theme.px(space::M), rect.center().y), egui::Vec2::splat(theme.px(size::CONTROL)));
        let (tick, words) = self.tick_ui(ui, tick, item, seen);
        if tick {
            let toggled = self.review().toggled(&item.id);
            self.arrange(toggled);
        }
        let inner =
            Rect::from_min_max(pos2(words + theme.px(space::XS), rect.top()), pos2(rect.right() - theme.px(space::S), rect.bottom()));
        let number = ui.painter().layout_no_wrap(item.number.clone(), theme.number_font(TextSize::Small), theme.text.default);
        let number_width = number.size().x.min(inner.width() * 0.45);
        let middle = rect.center().y;
        let line = theme.type_of(TextSize::Body).line_height;
        let upper = Rect::from_min_max(pos2(inner.left(), middle - line), pos2(inner.right() - number_width - theme.px(space::S), middle));
        let lower =
            Rect::from_min_max(pos2(inner.left(), middle), pos2(inner.right(), middle + theme.type_of(TextSize::Small).line_height));
        let put = |ui: &mut Ui, rect: Rect, salt: &str, text: egui::RichText| {
            ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt((salt, index)).layout(Layout::left_to_right(Align::Center)), |ui| {
                ui.add(egui::Label::new(text).truncate().selectable(false).show_tooltip_when_elided(false));
            });
        };
        let title =
            if seen { theme.muted(&item.title, TextSize::Body) } else { theme.rich(&item.title, TextSize::Body).color(theme.text.strong) };
        put(ui, upper, "title", title);
        let width = number.size().x;
        let clip = ui.painter().with_clip_rect(upper.with_max_x(inner.right()).intersect(ui.clip_rect()));
        let colour = if seen { theme.text.muted } else { theme.text.default };
        clip.galley_with_override_text_color(
            pos2((inner.right() - width).max(inner.right() - number_width), upper.center().y - number.size().y / 2.0),
            number,
            colour,
        );
        put(ui, lower, "label", theme.muted(&item.label, TextSize::Small));
        let lines: Vec<String> = item.sentences.iter().map(|s| s.text.clone()).collect();
        let _explained = widgets::explained(response, theme, &item.title, &lines);
    }

    fn ground(&self, ui: &Ui, rect: Rect, response: &egui::Response, on_stage: bool) {
        let theme = self.scene.theme;
        let corner = CornerRadius::same(radius::CONTROL);
        let fill = match (on_stage, response.hovered()) {
            (true, _) => theme.bg.selected,
            (false, true) => theme.bg.hover,
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect.shrink(1.0), corner, fill);
        if response.has_focus() {
            let ring = theme.stroke(stroke::FOCUS_RING, theme.accent.accent);
            ui.painter().rect_stroke(rect.shrink(1.0), corner, ring, StrokeKind::Inside);
        }
    }

    /// The tick, or the glyph of the status; where the words begin after it. True when it was clicked.
    fn tick_ui(&self, ui: &Ui, place: Rect, item: &AgendaItem, seen: bool) -> (bool, f32) {
        let theme = self.scene.theme;
        let response = ui.interact(place, row_id(&item.id).with("seen"), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, seen, format!("Seen: {}", item.title)));
        let box_rect = Rect::from_center_size(place.center(), egui::Vec2::splat(theme.px(size::GLYPH) + 2.0));
        let colour = if response.hovered() { theme.accent.accent } else { theme.line.control };
        ui.painter().rect_stroke(box_rect, theme.px(space::XXS), theme.stroke(stroke::CONTROL, colour), StrokeKind::Inside);
        if seen {
            icons::CHECK.paint(ui.painter(), box_rect.center(), theme.px(size::GLYPH), theme.accent.accent);
        }
        let clicked = response.clicked();
        let _named = response.on_hover_text(if seen { "Not seen yet (Space)" } else { "Seen (Space)" });
        let glyph = Rect::from_center_size(
            pos2(place.right() + theme.px(size::GLYPH) / 2.0 + theme.px(space::XXS), place.center().y),
            egui::Vec2::splat(theme.px(size::GLYPH)),
        );
        if let Some(status) = item.status {
            widgets::paint_status_glyph(ui.painter(), theme, glyph, status);
        } else {
            let icon = if matches!(item.id, ItemId::Entry(_)) { icons::MESSAGE_SQUARE } else { icons::ACTIVITY };
            icon.paint(ui.painter(), glyph.center(), theme.px(size::GLYPH), theme.text.muted);
        }
        (clicked, glyph.right() + theme.px(space::XS))
    }

    fn end_row_ui(&mut self, ui: &Ui, rect: Rect) {
        let theme = self.scene.theme;
        let last = self.agenda.items.len();
        let on_stage = self.place == last;
        let response = ui.interact(rect, end_id(), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, on_stage, "End of the review"));
        if on_stage && self.kept.focus.take_if(|place| *place == last).is_some() {
            response.request_focus();
        }
        if response.clicked() {
            response.request_focus();
            if !on_stage {
                self.go(last);
            }
        }
        self.ground(ui, rect, &response, on_stage);
        icons::FLAG.paint(ui.painter(), pos2(rect.left() + theme.px(space::M), rect.center().y), theme.px(14.0), theme.text.muted);
        let text = pos2(rect.left() + theme.px(size::CONTROL + space::S), rect.center().y);
        ui.painter().text(text, Align2::LEFT_CENTER, "End of the review", theme.font(TextSize::Body), theme.text.default);
    }
}
