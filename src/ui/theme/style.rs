//! The tokens as egui's own style, so that its widgets look like ours.

use std::collections::BTreeMap;

use egui::style::{ImeComposition, Interaction, ScrollAnimation, ScrollStyle, Selection, Spacing, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::{Mode, TextSize, Theme, radius, size, space, stroke};

impl Theme {
    /// egui's style in these tokens.
    pub fn style(&self) -> Style {
        let text = |size: TextSize| self.font(size);
        let heading = FontId::new(self.type_of(TextSize::Page).size, super::fonts::semibold());
        let monospace = FontId::new(self.type_of(TextSize::Body).size, FontFamily::Monospace);
        Style {
            text_styles: BTreeMap::from([
                (TextStyle::Small, text(TextSize::Small)),
                (TextStyle::Body, text(TextSize::Body)),
                (TextStyle::Button, text(TextSize::Body)),
                (TextStyle::Heading, heading),
                (TextStyle::Monospace, monospace),
            ]),
            drag_value_text_style: TextStyle::Monospace,
            spacing: self.spacing(),
            interaction: Interaction {
                selectable_labels: false,
                multi_widget_text_select: false,
                tooltip_delay: 0.4,
                ..Interaction::default()
            },
            visuals: self.visuals(),
            animation_time: 0.08,
            scroll_animation: ScrollAnimation::duration(0.12),
            explanation_tooltips: false,
            ..Style::default()
        }
    }

    fn spacing(&self) -> Spacing {
        Spacing {
            item_spacing: vec2(self.px(space::S), self.px(space::XS)),
            window_margin: Margin::same(space::L as i8),
            button_padding: vec2(self.px(space::S), self.px(space::XXS)),
            menu_margin: Margin::same(space::XS as i8),
            indent: self.px(space::L),
            interact_size: vec2(self.px(size::CONTROL), self.px(size::CONTROL)),
            icon_width: self.px(size::ICON),
            icon_width_inner: self.px(space::S),
            icon_spacing: self.px(space::XS),
            text_edit_width: 240.0,
            combo_width: 120.0,
            combo_height: 320.0,
            tooltip_width: 360.0,
            menu_width: 320.0,
            menu_spacing: space::XXS,
            scroll: ScrollStyle {
                bar_width: 8.0,
                floating_width: 4.0,
                handle_min_length: 24.0,
                foreground_color: true,
                dormant_handle_opacity: 0.2,
                active_handle_opacity: 0.4,
                interact_handle_opacity: 0.6,
                ..ScrollStyle::floating()
            },
            ..Spacing::default()
        }
    }

    fn visuals(&self) -> Visuals {
        let base = match self.mode {
            Mode::Light => Visuals::light(),
            Mode::Dark => Visuals::dark(),
        };
        let hairline = Stroke::new(stroke::HAIRLINE, self.line.hairline);
        let corner_radius = CornerRadius::same(radius::CONTROL);
        let widget = |fill: Color32, frame: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(stroke::CONTROL, frame),
            corner_radius,
            fg_stroke: Stroke::new(stroke::CONTROL, text),
            expansion: 0.0,
        };
        let ring = WidgetVisuals {
            bg_stroke: Stroke::new(stroke::FOCUS_RING, self.accent.accent),
            ..widget(self.bg.hover, self.accent.accent, self.text.strong)
        };
        Visuals {
            dark_mode: self.is_dark(),
            weak_text_color: Some(self.text.muted),
            widgets: Widgets {
                noninteractive: widget(self.bg.surface, self.line.hairline, self.text.default),
                inactive: widget(self.bg.surface, self.line.control, self.text.default),
                hovered: widget(self.bg.hover, self.line.control, self.text.strong),
                active: ring,
                open: widget(self.bg.hover, self.accent.accent, self.text.strong),
            },
            selection: Selection { bg_fill: self.bg.selected, stroke: Stroke::new(stroke::FOCUS_RING, self.accent.accent) },
            ime_composition: ImeComposition {
                active_underline_stroke: Stroke::new(stroke::FOCUS_RING, self.accent.accent),
                inactive_underline_stroke: Stroke::new(stroke::FOCUS_RING, self.line.control),
                ..base.ime_composition
            },
            hyperlink_color: self.accent.accent,
            faint_bg_color: self.bg.panel,
            extreme_bg_color: self.bg.surface,
            text_edit_bg_color: Some(self.bg.surface),
            code_bg_color: self.bg.hover,
            warn_fg_color: self.status(crate::model::Status::Behind).text,
            error_fg_color: self.error(),
            window_corner_radius: CornerRadius::same(radius::WINDOW),
            window_shadow: Shadow { offset: [0, 8], blur: 24, spread: 0, color: self.shadow() },
            window_fill: self.bg.surface,
            window_stroke: hairline,
            window_highlight_topmost: false,
            menu_corner_radius: CornerRadius::same(radius::WINDOW),
            panel_fill: self.bg.panel,
            popup_shadow: Shadow { offset: [0, 4], blur: 12, spread: 0, color: self.shadow() },
            text_cursor: TextCursorStyle {
                stroke: Stroke::new(stroke::FOCUS_RING, self.accent.accent),
                blink: false,
                ..TextCursorStyle::default()
            },
            indent_has_left_vline: false,
            ..base
        }
    }
}
