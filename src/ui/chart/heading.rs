//! What stands above a chart: the goals it is shown for, its message, and what it shows.

use egui::{FontId, Label, Ui};

use super::layout::width_of;
use crate::chart::{Chart, Supports};
use crate::model::GoalId;
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, Theme, space};
use crate::ui::widgets::{link_ui, role_badge_ui, status_glyph_ui};

/// Between the goals of a path.
const SEPARATOR: &str = " › ";

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

/// A path cut at its front, so that the goal itself can be read; where that alone is too long, its end is cut.
fn cut_to(ui: &Ui, path: &str, font: &FontId, width: f32) -> String {
    if width_of(ui, path, font) <= width {
        return path.to_owned();
    }
    let places: Vec<usize> = path.char_indices().map(|(at, _)| at).collect();
    let goal = path.rfind(SEPARATOR).map_or(0, |at| at + SEPARATOR.len());
    let tail = |from: usize| format!("…{}", path[from..].trim_start());
    let from = places.partition_point(|from| width_of(ui, &tail(*from), font) > width);
    match places.get(from) {
        Some(from) if *from < goal => tail(*from),
        _ => {
            let before = if goal == 0 { String::new() } else { format!("…{SEPARATOR}") };
            let head = |to: usize| format!("{before}{}…", path[goal..to].trim_end());
            let ends = &places[places.partition_point(|at| *at <= goal)..];
            let fits = ends.partition_point(|to| width_of(ui, &head(*to), font) <= width);
            head(fits.checked_sub(1).map_or(goal, |last| ends[last]))
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::Ui;

    use super::cut_to;
    use crate::ui::theme::{TextSize, Theme};

    #[test]
    fn the_goal_is_kept_and_its_beginning_before_its_end() {
        let check = |path: &str, width: f32| {
            let ctx = egui::Context::default();
            let theme = Theme::light();
            theme.install(&ctx);
            let mut cut = String::new();
            let output = ctx.run_ui(egui::RawInput::default(), |ui: &mut Ui| {
                cut = cut_to(ui, path, &theme.font(TextSize::Body), width);
            });
            output.drop_without_applying_deltas();
            cut
        };
        let path = "Become the daily habit › Bring MAU to 10 M by Q4";
        assert_eq!(check(path, 1_000.0), path);
        let front = check(path, 250.0);
        assert!(front.starts_with('…') && front.ends_with("habit › Bring MAU to 10 M by Q4"), "{front}");
        let end = check(path, 120.0);
        assert!(end.starts_with("… › Bring") && end.ends_with('…'), "{end}");
        let alone = check("Become the daily habit", 80.0);
        assert!(alone.starts_with("Become") && alone.ends_with('…'), "{alone}");
        assert_eq!(check("Become", 1.0), "…");
    }
}
