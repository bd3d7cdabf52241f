//! PowerPoint files: slides whose text, tables and charts can be edited.
//!
//! A file is an Open Packaging Conventions [`package`] of `PresentationML` and `DrawingML` parts (ECMA-376, transitional), written here part by
//! part; `plan` says which slides there are, `deck`, `goals`, `charts` and `scorecard` what is on each, `plot` what a chart that can be edited
//! is made of. What has no such form, or is asked for as a picture, is the page that every other format shows, as vectors with pixels behind
//! them. Not here: what slides say (`chart::deck`) and how they are drawn (`ui::slides`).

mod charts;
mod deck;
mod goals;
mod ink;
mod master;
mod names;
mod package;
mod place;
mod plan;
mod plot;
mod presentation;
mod scorecard;
mod sheet;
mod table;
mod text;
mod theme;
mod xml;

#[cfg(test)]
mod tests;

use super::page::{PageStyle, pages};
use super::{ExportError, Stage, SvgPage, Watch, png};
use crate::chart::deck::{Body, KpiBody, Slide};
use crate::model::{Date, Project, Stamp, date_words};
use crate::ui::theme::{Mode, Scale, Theme};
use crate::workspace::{ChartOf, ExportRequest, ExportWhat, FigureOf, KpiMode, PageTheme, View};
use charts::Drawn;
use deck::Told;
use master::Layout;
use package::Package;
use place::Place;
use plan::Item;
use presentation::About;
use sheet::{Called, Picture, Sheet};

/// Drawing pages takes this share of the time, writing slides the rest.
const DRAWN: f32 = 0.6;
/// The most pixels across that a picture needs on any screen.
const PIXELS_ACROSS: f32 = 3840.0;

/// What slides are made from.
struct Maker<'a> {
    stage: &'a Stage<'a>,
    project: &'a Project,
    request: &'a ExportRequest,
    /// "Fieldnote · data to 21 Nov 2026".
    footer: String,
}

/// The file that shows what a request asks for. The same project and request give the same bytes.
pub(super) fn pptx(
    project: &Project,
    request: &ExportRequest,
    as_of: Date,
    view: &View,
    watch: &mut Watch<'_>,
) -> Result<Vec<u8>, ExportError> {
    let mode = match request.theme {
        PageTheme::Light => Mode::Light,
        PageTheme::Dark => Mode::Dark,
    };
    let stage = Stage::new(project, view, Theme::new(mode, Scale::Slide), as_of);
    let footer = format!("{} · data to {}", project.name, date_words(as_of));
    let maker = Maker { stage: &stage, project, request, footer };
    let items = plan::items(&maker, &mut |share| watch(share * DRAWN))?;
    let mut package = Package::default();
    let mut has_notes = false;
    for (index, item) in items.iter().enumerate() {
        has_notes |= maker.slide(&mut package, index + 1, item)?;
        if watch(DRAWN + (1.0 - DRAWN) * (index + 1) as f32 / items.len() as f32).is_break() {
            return Err(ExportError::Cancelled);
        }
    }
    let title = match items.as_slice() {
        [only] => only.title(),
        _ if request.what.is_slides() && !project.deck.title.trim().is_empty() => project.deck.title.clone(),
        _ => project.name.clone(),
    };
    presentation::add(&mut package, &stage.theme, &About { title: &title, subject: &maker.footer, as_of }, items.len(), has_notes);
    package.zip()
}

impl Maker<'_> {
    /// Puts one slide into the package and answers whether it has notes.
    fn slide(&self, package: &mut Package, number: usize, item: &Item) -> Result<bool, ExportError> {
        let layout = match item {
            Item::Slide(slide) if matches!(slide.body, Body::Title { .. }) => Layout::Cover,
            Item::Page { .. } => Layout::Blank,
            _ => Layout::Message,
        };
        let mut sheet = Sheet::new(package, &self.stage.theme, number, layout);
        match item {
            Item::Slide(slide) => {
                if layout == Layout::Message {
                    sheet.heading(slide.kicker.as_ref().map_or("", |k| k.path.as_str()), &slide.title, &self.footer);
                }
                deck::body(&mut sheet, slide);
                if let Body::Kpi(body) = &slide.body
                    && !self.kpi(&mut sheet, body)?
                {
                    self.whole_chart(&mut sheet, slide, body)?;
                }
                sheet.finish(&slide.title, &slide.note);
                return Ok(!slide.note.trim().is_empty());
            }
            Item::Chart { chart, facts } => {
                self.one_chart(&mut sheet, Drawn::Chart(chart), facts)?;
                sheet.finish(&chart.name, "");
            }
            Item::Figure { figure, facts } => {
                self.one_chart(&mut sheet, Drawn::Figure(figure), facts)?;
                sheet.finish(&figure.name, "");
            }
            Item::Rows { figure, table, from } => {
                sheet.heading(&Drawn::Figure(figure).supports(), &figure.title, &self.footer);
                charts::table(&mut sheet, &figure.name, table, *from, Place::BODY);
                sheet.finish(&figure.name, "");
            }
            Item::Scorecard(part) => {
                sheet.heading("", &part.title(), &self.footer);
                scorecard::table(&mut sheet, part);
                sheet.finish(&part.title(), "");
            }
            Item::Page { page, words, note } => {
                let place = Place::SLIDE.fitted(page.size.x, page.size.y);
                sheet.picture(Called { name: "Page", words }, place, self.picture(page)?);
                sheet.finish(&page.title, note);
                return Ok(!note.trim().is_empty());
            }
        }
        Ok(false)
    }

    /// A chart that has a slide of its own.
    fn one_chart(&self, sheet: &mut Sheet<'_>, drawn: Drawn<'_>, facts: &[crate::chart::Fact]) -> Result<(), ExportError> {
        sheet.heading(&drawn.supports(), drawn.title(), &self.footer);
        let told: Vec<Told> = facts.iter().enumerate().map(|(index, fact)| Told::of_fact(index, fact)).collect();
        if charts::chart(self, sheet, drawn, None, &told)? {
            return Ok(());
        }
        let page = self.first_page(&self.request.what)?;
        sheet.picture(Called { name: "Chart", words: drawn.summary() }, Place::BODY.fitted(page.size.x, page.size.y), self.picture(&page)?);
        Ok(())
    }

    /// The chart of a slide of the deck, in the mode and range that are pinned.
    fn kpi(&self, sheet: &mut Sheet<'_>, body: &KpiBody) -> Result<bool, ExportError> {
        let KpiBody { metric, goal, mode, range, strip, .. } = body;
        let told: Vec<Told> = strip.iter().map(|fact| Told::of_strip(&self.stage.theme, fact)).collect();
        let Stage { document, memos, as_of, .. } = self.stage;
        let over_time = ChartOf::Metric(metric.clone(), goal.clone());
        let days = range.map(|(from, to)| (Stamp::from_date(from).days(), Stamp::from_date(to).days()));
        let of = match mode.as_deref().and_then(KpiMode::of_slug) {
            Some(KpiMode::Variation(choice)) => ChartOf::Variation(metric.clone(), choice),
            Some(mode) if mode.is_figure() => {
                let all = crate::chart::Chart::days_of(memos.chart(document, *as_of, &over_time).fit_x);
                let of = FigureOf { metric: metric.clone(), goal: goal.clone(), mode, days: range.unwrap_or(all), with: Vec::new() };
                let Some(figure) = memos.figure(document, *as_of, &of) else { return Ok(false) };
                return charts::chart(self, sheet, Drawn::Figure(&figure), None, &told);
            }
            _ => over_time,
        };
        charts::chart(self, sheet, Drawn::Chart(&memos.chart(document, *as_of, &of)), days, &told)
    }

    /// The picture of a chart that cannot be edited.
    fn whole_chart(&self, sheet: &mut Sheet<'_>, slide: &Slide, body: &KpiBody) -> Result<(), ExportError> {
        let mode = body.mode.as_deref().and_then(KpiMode::of_slug).unwrap_or_default();
        let page = self.first_page(&ExportWhat::Kpi(body.metric.clone(), mode))?;
        sheet.picture(Called { name: "Chart", words: &slide.words() }, Place::BODY.fitted(page.size.x, page.size.y), self.picture(&page)?);
        Ok(())
    }

    fn first_page(&self, what: &ExportWhat) -> Result<SvgPage, ExportError> {
        self.pages(what, &mut super::unwatched)?.into_iter().next().ok_or(ExportError::Nothing)
    }

    fn pages(&self, what: &ExportWhat, watch: &mut Watch<'_>) -> Result<Vec<SvgPage>, ExportError> {
        let Self { stage, project, request, .. } = self;
        let style = PageStyle { size: egui::vec2(request.size.0 as f32, request.size.1 as f32), theme: request.theme };
        pages(project, what, style, stage.as_of, stage.view, watch)
    }

    fn picture<'p>(&self, page: &'p SvgPage) -> Result<Picture<'p>, ExportError> {
        let scale = self.request.scale.min(PIXELS_ACROSS / page.size.x.max(page.size.y));
        Ok(Picture { svg: &page.svg, png: png(page, scale)? })
    }
}
