//! What stands above a chart: the goals it is shown for, its message, and what it shows.

use egui::{FontId, Label, Ui};

use super::layout::width_of;
use crate::chart::{Chart, Supports};
use crate::model::GoalId;
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, Theme, space};
use crate::ui::widgets::{link_ui, role_badge_ui, status_glyph_ui};

/// What stands over one chart or figure.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    pub supports: &'a [Supports],
    pub title: &'a str,
    pub subtitle: &'a str,
}

/// What stands over the one chart of a view or page: supported goals with their status and role, the message and the subtitle for the
/// range that is shown. Answers with the goal that was clicked. On a page goals are words, not links.
pub fn heading_ui(ui: &mut Ui, theme: &Theme, chart: &Chart, range: Option<(f64, f64)>, medium: Medium) -> Option<GoalId> {
    let subtitle = range.map_or_else(|| chart.subtitle.clone(), |range| chart.subtitle_in(range));
    heading_of_ui(ui, theme, Heading { supports: &chart.supports, title: &chart.title, subtitle: &subtitle }, medium)
}

/// As [`heading_ui`], of anything.
pub fn heading_of_ui(ui: &mut Ui, theme: &Theme, heading: Heading<'_>, medium: Medium) -> Option<GoalId> {
    let mut clicked = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.px(space::XXS);
        for supported in heading.supports {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = theme.px(space::S);
                if medium == Medium::Screen {
                    ui.label(theme.muted("supports", TextSize::Body));
                }
                if let Some(status) = supported.status {
                    status_glyph_ui(ui, theme, status);
                }
                let badge = width_of(ui, supported.role.word(), &theme.font(TextSize::Small)) + theme.px(space::XL);
                let path = cut_to(ui, &supported.path, &theme.font(TextSize::Body), ui.available_width() - badge);
                let response = if medium == Medium::Screen {
                    link_ui(ui, theme, &path, TextSize::Body)
                } else {
                    ui.label(theme.muted(path.as_str(), TextSize::Body))
                };
                if response.clicked() && medium == Medium::Screen {
                    clicked = Some(supported.goal.clone());
                }
                if path != supported.path {
                    response.on_hover_text(&supported.path);
                }
                role_badge_ui(ui, theme, supported.role);
            });
        }
        ui.add(Label::new(theme.rich(heading.title, TextSize::Title)).wrap());
        ui.add(Label::new(theme.muted(heading.subtitle, TextSize::Subtitle)).wrap());
    });
    clicked
}

/// A path cut at its front, so that the goal itself can be read.
fn cut_to(ui: &Ui, path: &str, font: &FontId, width: f32) -> String {
    if width_of(ui, path, font) <= width {
        return path.to_owned();
    }
    let starts: Vec<usize> = path.char_indices().map(|(at, _)| at).collect();
    let tail = |from: usize| format!("…{}", starts.get(from).map_or("", |at| &path[*at..]).trim_start());
    let places: Vec<usize> = (0..starts.len()).collect();
    tail(places.partition_point(|from| width_of(ui, &tail(*from), font) > width))
}
