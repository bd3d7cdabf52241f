//! Names at the ends of lines: in the right gutter, sorted by value, pushed apart until each can be read.

use egui::{Align2, FontId, Shape, Ui, pos2};

use super::Frame;
use super::layout::width_of;
use super::lines::{colour, cut, text_colour};
use crate::chart::{Chart, LineStyle};
use crate::ui::theme::{TextSize, space, stroke};

/// A line's name and where the line leaves the plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) text: String,
    /// The value at the end of the text: where there is no room for all of it, the name before it is cut.
    value: Option<String>,
    pub(super) style: LineStyle,
    pub(super) end: [f64; 2],
}

/// Beyond this many, the rest is counted.
const MOST: usize = 6;
/// A label moved further than this from its line gets a leader, in points.
const LEADER_FROM: f32 = 8.0;
/// Characters of a name that are left beside its value; with less room the end is cut.
const LEAST_NAME: usize = 6;

/// Lines that are named at their end, highest first; at most six, the rest counted in the last.
pub(super) fn named(chart: &Chart, range: (f64, f64), y: (f64, f64)) -> Vec<Named> {
    let mut found: Vec<Named> = chart
        .lines
        .iter()
        // A single point is named where it stands.
        .filter(|line| line.style != LineStyle::Point)
        .filter_map(|line| {
            let text = line.end_label.clone()?;
            let end = *cut(line.runs.last()?, range).last()?;
            let value = text.strip_prefix(&line.name).filter(|value| line.style == LineStyle::Reference && !value.is_empty());
            let value = value.map(str::to_owned);
            (y.0 <= end[1] && end[1] <= y.1).then_some(Named { text, value, style: line.style, end })
        })
        .collect();
    if found.len() > MOST {
        // What is aimed at is named before what others reach.
        found.sort_by_key(|n| std::cmp::Reverse(importance(n.style)));
        let others = found.split_off(MOST - 1);
        let end = others.iter().map(|n| n.end).fold(others[0].end, |low, e| if e[1] < low[1] { e } else { low });
        found.push(Named { text: format!("{} others", others.len()), value: None, style: LineStyle::Reference, end });
    }
    found.sort_by(|a, b| b.end[1].total_cmp(&a.end[1]));
    found
}

fn importance(style: LineStyle) -> u8 {
    match style {
        LineStyle::Target => 4,
        LineStyle::Solid | LineStyle::Unfinished | LineStyle::Forecast | LineStyle::Hope => 3,
        LineStyle::Limit | LineStyle::Centre | LineStyle::Control => 2,
        LineStyle::Ghost | LineStyle::Pace | LineStyle::Point => 1,
        LineStyle::Reference => 0,
    }
}

/// Places for labels that want to be at ascending `wanted`, at least `spacing` apart, within `low..=high`: the least squares
/// way (pool adjacent violators), so that a group is centred on what it names.
pub(crate) fn push_apart(wanted: &[f32], spacing: f32, low: f32, high: f32) -> Vec<f32> {
    // Groups of (sum of wanted places of the first, count).
    let mut groups: Vec<(f32, usize)> = Vec::new();
    for (index, want) in wanted.iter().enumerate() {
        groups.push((want - index as f32 * spacing, 1));
        while let [.., a, b] = groups.as_slice() {
            if a.0 / a.1 as f32 <= b.0 / b.1 as f32 {
                break;
            }
            let merged = (a.0 + b.0, a.1 + b.1);
            groups.truncate(groups.len() - 2);
            groups.push(merged);
        }
    }
    let room = (wanted.len().saturating_sub(1)) as f32 * spacing;
    let last_start = (high - room).max(low);
    let starts = groups.iter().flat_map(|(sum, count)| std::iter::repeat_n((sum / *count as f32).clamp(low, last_start), *count));
    starts.enumerate().map(|(index, start)| start + index as f32 * spacing).collect()
}

/// The words of a label in so much room: a value stays whole as long as something of its name does.
fn cut_before_value(ui: &Ui, label: &Named, font: &FontId, width: f32) -> String {
    let Some(value) = label.value.as_ref().filter(|_| width_of(ui, &label.text, font) > width) else { return label.text.clone() };
    let name = &label.text[..label.text.len() - value.len()];
    let cut = |(at, _): (usize, char)| format!("{}…{value}", name[..at].trim_end_matches([' ', ',']));
    let fits = name.char_indices().skip(LEAST_NAME).map(cut).take_while(|text| width_of(ui, text, font) <= width).last();
    fits.unwrap_or_else(|| label.text.clone())
}

pub(super) fn paint(frame: &Frame<'_>) {
    let Frame { ui, theme, seen, layout, range, .. } = *frame;
    if !layout.gutter {
        return;
    }
    let labels = named(&seen.chart, range, seen.y);
    let wanted: Vec<f32> = labels.iter().map(|n| frame.place(n.end).y).collect();
    let half = layout.line_height / 2.0;
    let places = push_apart(&wanted, layout.line_height * 1.25, layout.plot.top() + half * 0.2, layout.plot.bottom() - half * 0.2);
    let x = layout.plot.right() + theme.px(space::S);
    let width = layout.outer.right() - x;
    for (index, (label, (y, want))) in labels.iter().zip(places.into_iter().zip(wanted)).enumerate() {
        if (y - want).abs() > LEADER_FROM {
            let end = pos2(frame.place(label.end).x.min(layout.plot.right()), want);
            let line = theme.stroke(stroke::HAIRLINE, colour(theme, label.style).gamma_multiply(0.6));
            ui.painter().add(Shape::line_segment([end, pos2(x - theme.px(space::XXS), y)], line));
        }
        let font = if label.style == LineStyle::Target { theme.strong_font(TextSize::Label) } else { theme.font(TextSize::Label) };
        let ink = text_colour(theme, label.style);
        let text = cut_before_value(ui, label, &font, width);
        let mut job = egui::text::LayoutJob::simple_singleline(text.clone(), font, ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(1.0));
        let galley = ui.painter().layout_job(job);
        let place = Align2::LEFT_CENTER.anchor_size(pos2(x, y), galley.size());
        if galley.elided || text != label.text {
            ui.interact(place, ui.scope_id().with(("gutter", index)), egui::Sense::hover()).on_hover_text(&label.text);
        }
        ui.painter().galley(place.min, galley, ink);
    }
}

#[cfg(test)]
mod tests {
    use egui::Ui;

    use super::{Named, cut_before_value, push_apart};
    use crate::chart::LineStyle;
    use crate::ui::theme::{TextSize, Theme};

    #[test]
    fn a_value_stays_whole_while_its_name_is_cut() {
        let text = "Note-taking apps, median 27 %".to_owned();
        let label = Named { text, value: Some(" 27 %".to_owned()), style: LineStyle::Reference, end: [0.0; 2] };
        let check = |width: f32| {
            let (ctx, theme) = (egui::Context::default(), Theme::light());
            theme.install(&ctx);
            let mut cut = String::new();
            let output = ctx.run_ui(egui::RawInput::default(), |ui: &mut Ui| {
                cut = cut_before_value(ui, &label, &theme.font(TextSize::Label), width);
            });
            output.drop_without_applying_deltas();
            cut
        };
        assert_eq!(check(1_000.0), label.text);
        let cut = check(130.0);
        assert!(cut.starts_with("Note-taking") && cut.ends_with("… 27 %"), "{cut}");
        assert_eq!(check(20.0), label.text, "with no room for a name the whole is cut where it is drawn");
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(push_apart(&[10.0, 40.0, 80.0], 20.0, 0.0, 100.0), [10.0, 40.0, 80.0]);
    }

    #[test]
    fn touching_labels_spread_around_their_middle() {
        assert_eq!(push_apart(&[50.0, 50.0], 20.0, 0.0, 100.0), [40.0, 60.0]);
        assert_eq!(push_apart(&[50.0, 52.0, 54.0], 20.0, 0.0, 100.0), [32.0, 52.0, 72.0]);
    }

    #[test]
    fn labels_stay_in_the_plot() {
        assert_eq!(push_apart(&[2.0, 2.0, 3.0], 20.0, 0.0, 100.0), [0.0, 20.0, 40.0]);
        assert_eq!(push_apart(&[99.0, 99.0], 20.0, 0.0, 100.0), [80.0, 100.0]);
        assert_eq!(push_apart(&[], 20.0, 0.0, 100.0), [0.0; 0]);
    }
}
