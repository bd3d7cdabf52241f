//! One KPI: its picture, live on a screen, and three facts under it.

use egui::{Align2, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::SlideLook;
use super::paper::{MARGIN, Paper, TOP, WIDTH, place_galley};
use crate::chart::deck::{KpiBody, Strip, StripTone};
use crate::chart::{Chart, Table};
use crate::model::{Date, MetricId, Stamp};
use crate::ui::chart::{ChartOptions, FigureOptions, FigureScratch, Margins, PlotScratch, chart_ui, figure_ui};
use crate::ui::scene::Scratch;
use crate::ui::theme::{TextSize, size};
use crate::ui::views::table_page_ui;
use crate::ui::widgets::explained;
use crate::workspace::{Action, ChartOf, KpiMode, Selection};

/// What is shown, over the chart.
const SUBTITLE: f32 = 40.0;
const CHART_END: f32 = 848.0;
const STRIP: (f32, f32) = (872.0, 984.0);
const RULE: f32 = 4.0;

/// Where somebody panned or zoomed to, and from which days.
#[derive(Clone, Copy, Debug, Default)]
struct InHand(Option<Zoomed>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Zoomed {
    from: (f64, f64),
    to: (f64, f64),
}

fn in_hand_id(metric: &MetricId) -> Id {
    Id::unique(("days of the slide about", metric.as_str()))
}

/// The days that somebody panned or zoomed the slide about a metric to, both included; none where they are as the deck says.
pub fn range_in_hand(scratch: &mut Scratch, metric: &MetricId) -> Option<(Date, Date)> {
    scratch.of::<InHand>(in_hand_id(metric)).0.map(|zoomed| Chart::days_of(zoomed.to))
}

/// The first moment of a day and the last one of another, in days since 1970.
fn days((from, to): (Date, Date)) -> (f64, f64) {
    (Stamp::from_date(from).days(), Stamp::from_date(to).days() + 1.0)
}

pub(super) fn draw(ui: &mut Ui, paper: &Paper<'_, '_>, kpi: &KpiBody, look: &SlideLook, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let room = paper.band(TOP - 8.0, TOP + SUBTITLE - 8.0);
    let style = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER);
    let mode = look.mode.or_else(|| kpi.mode.as_deref().and_then(KpiMode::of_slug)).unwrap_or_default();
    let subtitle = picture(ui, paper, kpi, (mode, look), scratch);
    let words = if subtitle.is_empty() { kpi.subtitle.clone() } else { subtitle };
    let drawn = paper.lay(ui, room.size(), &words, style);
    let link = Rect::from_min_size(room.min, egui::vec2(drawn.size().x, room.height()));
    paper.link(ui, link, &words, Some(Selection::Metric(kpi.metric.clone())), actions);
    place_galley(ui, room, drawn, style);
    strip(ui, paper, &kpi.strip);
}

/// The picture in its mode; answers with what it shows.
fn picture(ui: &mut Ui, paper: &Paper<'_, '_>, kpi: &KpiBody, (mode, look): (KpiMode, &SlideLook), scratch: &mut Scratch) -> String {
    let scene = paper.scene;
    let top = TOP + SUBTITLE;
    let place = paper.rect(MARGIN, top, WIDTH, CHART_END - top);
    let id = ui.scope_id().with(("picture", kpi.metric.as_str()));
    let range = look.range.or(kpi.range);
    let of = match mode {
        KpiMode::Variation(choice) => ChartOf::Variation(kpi.metric.clone(), choice),
        _ => ChartOf::Metric(kpi.metric.clone(), kpi.goal.clone()),
    };
    if mode.is_figure() {
        let subject = (&kpi.metric, kpi.goal.as_ref());
        let Some(of) = scene.memos.pinned_figure(scene.document, scene.as_of, subject, mode, range) else { return String::new() };
        let Some(figure) = scene.memos.figure(scene.document, scene.as_of, &of) else { return String::new() };
        if mode == KpiMode::Table && figure.empty.is_none() {
            paper.say(ui, place, "table", Role::Image, &figure.summary);
            let rows = (place.height() / paper.theme.px(size::ROW)).floor().max(2.0) as usize - 1;
            let part = Table { columns: figure.table.columns.clone(), rows: figure.table.rows.iter().take(rows).cloned().collect() };
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| table_page_ui(ui, &paper.theme, &part));
            return figure.subtitle.clone();
        }
        let mut kept = scratch.take::<FigureScratch>(id);
        let options = FigureOptions { id, medium: paper.medium, size: place.size(), caption: true };
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| figure_ui(ui, &paper.theme, &figure, &mut kept, &options));
        scratch.put(id, kept);
        return figure.subtitle.clone();
    }
    let chart = if look.hide_forecast {
        scene.memos.recorded(scene.document, scene.as_of, &of)
    } else {
        scene.memos.chart(scene.document, scene.as_of, &of)
    };
    let whole = range.map_or(chart.fit_x, days);
    let hand = in_hand_id(&kpi.metric);
    let zoomed = scratch.of::<InHand>(hand).0.filter(|zoomed| zoomed.from == whole && paper.is_live());
    let shown = zoomed.map_or(whole, |zoomed| zoomed.to);
    let options = ChartOptions {
        id,
        medium: paper.medium,
        range: Some(shown),
        cursor: None,
        size: place.size(),
        caption: true,
        margins: Margins::default(),
    };
    let mut plot = scratch.take::<PlotScratch>(id);
    let answer = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| chart_ui(ui, &paper.theme, &chart, &mut plot, &options)).inner;
    scratch.put(id, plot);
    if paper.is_live() {
        if answer.fit {
            scratch.of::<InHand>(hand).0 = None;
        } else if let Some(to) = answer.new_range {
            scratch.of::<InHand>(hand).0 = Some(Zoomed { from: whole, to });
        }
    }
    chart.subtitle_in(shown)
}

/// Three facts side by side, each with a rule in the colour of what it says.
fn strip(ui: &Ui, paper: &Paper<'_, '_>, facts: &[Strip]) {
    let theme = &paper.theme;
    let width = WIDTH / 3.0;
    for (index, fact) in facts.iter().take(3).enumerate() {
        let x = MARGIN + index as f32 * width;
        let room = paper.rect(x, STRIP.0, width - 24.0, STRIP.1 - STRIP.0);
        if paper.is_live() {
            let response = ui.interact(room, ui.scope_id().with(("fact", index)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}, {}", fact.headline, fact.note)));
            let _explained = explained(response, theme, &fact.headline, std::slice::from_ref(&fact.why));
        }
        let colour = match fact.tone {
            StripTone::Plain => theme.text.strong,
            StripTone::Standing(status) => theme.status(status).mark,
            StripTone::Chance => theme.cat(0),
        };
        let rule = paper.rect(x, STRIP.0, RULE, STRIP.1 - STRIP.0 - 12.0);
        ui.painter().rect_filled(rule, 0.0, colour);
        let text = x + RULE + 24.0;
        let width = width - 24.0 - RULE - 24.0;
        let value = paper.style(TextSize::Page).strong().numbers().at(Align2::LEFT_CENTER).down_to(0.72);
        paper.write(ui, paper.rect(text, STRIP.0 - 2.0, width, 58.0), &fact.headline, value);
        let note = paper.muted(TextSize::Label).at(Align2::LEFT_CENTER).down_to(0.82);
        let room = Rect::from_min_max(pos2(paper.at(text, 0.0).x, paper.at(0.0, STRIP.0 + 58.0).y), paper.at(text + width, STRIP.1 - 14.0));
        paper.write(ui, room, &fact.note, note);
    }
}
