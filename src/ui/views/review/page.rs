//! The review on paper: the agenda with its sentences, then decisions, open actions and notes, as much as fits on each page.

use egui::{Align, Label, Layout, Sense, Ui, Vec2, vec2};

use crate::analysis::attention::Since;
use crate::chart::review::{AgendaItem, ItemId, LogLine, LogState};
use crate::model::{Status, date_words};
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets;

/// What is on one page.
pub struct ReviewPart {
    title: &'static str,
    /// What it compares with.
    since: String,
    blocks: Vec<Block>,
    /// Page 2 and on of the same.
    continued: bool,
}

enum Block {
    Head(String),
    Item(AgendaItem),
    Line(LogLine),
}

/// Of the size of the type: how wide a letter is, at most.
const LETTER: f32 = 0.56;

impl Block {
    /// In points, with air for lines that break early.
    fn height(&self, theme: &Theme, width: f32) -> f32 {
        let small = theme.type_of(TextSize::Small);
        let lines = |text: &str| (text.chars().count() as f32 * small.size * LETTER / width).ceil().max(1.0) * small.line_height;
        match self {
            Self::Head(_) => theme.type_of(TextSize::Body).line_height + theme.px(space::S),
            Self::Item(item) => {
                theme.type_of(TextSize::Body).line_height + theme.px(space::S) + item.sentences.iter().map(|s| lines(&s.text)).sum::<f32>()
            }
            Self::Line(line) => {
                let body = theme.type_of(TextSize::Body);
                let text = (line.text.chars().count() as f32 * body.size * LETTER / width).ceil().max(1.0) * body.line_height;
                let outcome = if line.outcome.is_empty() { 0.0 } else { lines(&line.outcome) };
                text + outcome + small.line_height + theme.px(space::S)
            }
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Head(words) => format!("{words}."),
            Self::Item(item) => format!("{}: {}. {}", item.title, item.label, item.text()),
            Self::Line(line) => {
                let LogLine { kind, text, about, facts, outcome, .. } = line;
                let about = about.as_ref().map_or_else(String::new, |a| format!(" ({a})"));
                let parts = [facts.as_str(), outcome.as_str()].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(". ");
                let end = if parts.is_empty() { String::new() } else { format!(" {parts}.") };
                format!("{}: {text}{about}.{end}", kind.word())
            }
        }
    }
}

impl ReviewPart {
    pub fn title(&self) -> String {
        if self.continued { format!("{} (continued)", self.title) } else { self.title.to_owned() }
    }

    /// All that is on the page, for who cannot see it.
    pub fn description(&self) -> String {
        self.blocks.iter().map(Block::words).collect::<Vec<_>>().join(" ")
    }
}

/// The pages of a review, of which each has so much room.
pub fn review_parts(scene: &Scene<'_>, room: Vec2) -> Vec<ReviewPart> {
    let agenda = scene.memos.agenda(scene.document, scene.as_of, scene.view);
    let mut blocks = Vec::new();
    let mut section = None;
    for item in &agenda.items {
        if section != Some(item.section) {
            section = Some(item.section);
            blocks.push(Block::Head(item.section.word().to_owned()));
        }
        blocks.push(Block::Item(item.clone()));
    }
    let since = match scene.view.arranged.review.since.of(scene.project, scene.as_of) {
        Since::LastCheckIn => "Since each goal’s last check-in".to_owned(),
        Since::Day(day) => format!("Since the meeting of {}", date_words(day)),
    };
    let mut parts = paginated(scene, room, "What to look at", &since, blocks);
    let mut blocks = Vec::new();
    for day in scene.memos.log(scene.document, scene.as_of, None).iter() {
        blocks.push(Block::Head(day.heading.clone()));
        blocks.extend(day.lines.iter().cloned().map(Block::Line));
    }
    parts.extend(paginated(scene, room, "Decisions, actions and notes", "By meeting, the latest first", blocks));
    parts
}

fn paginated(scene: &Scene<'_>, room: Vec2, title: &'static str, since: &str, blocks: Vec<Block>) -> Vec<ReviewPart> {
    let theme = scene.theme;
    let heading = theme.type_of(TextSize::Title).line_height + theme.type_of(TextSize::Small).line_height + theme.px(space::L);
    let width = room.x - 2.0 * theme.px(size::CONTROL);
    let mut parts: Vec<ReviewPart> = Vec::new();
    let mut left = 0.0;
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        let height = block.height(theme, width);
        // A head does not stand alone at the end of a page.
        let needed = match (&block, rest.peek()) {
            (Block::Head(_), Some(next)) => height + next.height(theme, width),
            _ => height,
        };
        if parts.is_empty() || needed > left {
            parts.push(ReviewPart { title, since: since.to_owned(), blocks: Vec::new(), continued: !parts.is_empty() });
            left = room.y - heading;
        }
        left -= height;
        if let Some(part) = parts.last_mut() {
            part.blocks.push(block);
        }
    }
    parts
}

pub fn review_part_ui(ui: &mut Ui, scene: &Scene<'_>, part: &ReviewPart) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing = vec2(theme.px(space::S), 0.0);
    widgets::truncated_ui(ui, theme.rich(part.title(), TextSize::Title));
    widgets::truncated_ui(ui, theme.muted(&part.since, TextSize::Small));
    ui.add_space(theme.px(space::S));
    for block in &part.blocks {
        match block {
            Block::Head(words) => {
                ui.add_space(theme.px(space::S));
                ui.label(theme.strong(words, TextSize::Body).color(theme.text.muted));
            }
            Block::Item(item) => item_ui(ui, scene, item),
            Block::Line(line) => line_ui(ui, theme, line),
        }
    }
}

fn item_ui(ui: &mut Ui, scene: &Scene<'_>, item: &AgendaItem) {
    let theme = scene.theme;
    ui.add_space(theme.px(space::S));
    ui.horizontal_top(|ui| {
        let line = theme.type_of(TextSize::Body).line_height;
        let (glyph, _) = ui.allocate_exact_size(vec2(theme.px(size::GLYPH), line), Sense::hover());
        let glyph = egui::Rect::from_center_size(glyph.center(), Vec2::splat(theme.px(size::GLYPH)));
        if let Some(status) = item.status {
            widgets::paint_status_glyph(ui.painter(), theme, glyph, status);
        } else {
            let icon = if matches!(item.id, ItemId::Entry(_)) { icons::MESSAGE_SQUARE } else { icons::ACTIVITY };
            icon.paint(ui.painter(), glyph.center(), theme.px(size::GLYPH), theme.text.muted);
        }
        ui.vertical(|ui| {
            ui.allocate_ui_with_layout(vec2(ui.available_width(), line), Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme.number(&item.number, TextSize::Body).color(theme.text.strong));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::truncated_ui(ui, theme.strong(&item.title, TextSize::Body));
                });
            });
            for sentence in &item.sentences {
                ui.add(Label::new(theme.rich(&sentence.text, TextSize::Small)).wrap());
            }
        });
    });
}

fn line_ui(ui: &mut Ui, theme: &Theme, line: &LogLine) {
    ui.add_space(theme.px(space::S));
    ui.add(Label::new(theme.rich(format!("{}: {}", line.kind.word(), line.text), TextSize::Body).color(theme.text.strong)).wrap());
    let facts: Vec<&str> = [Some(line.facts.as_str()).filter(|f| !f.is_empty()), line.about.as_deref()].into_iter().flatten().collect();
    if !facts.is_empty() {
        let words = theme.muted(facts.join("  ·  "), TextSize::Small);
        let late = line.state == LogState::Overdue;
        widgets::truncated_ui(ui, if late { words.color(theme.status(Status::AtRisk).text) } else { words });
    }
    if !line.outcome.is_empty() {
        ui.add(Label::new(theme.muted(format!("→ {}", line.outcome), TextSize::Small)).wrap());
    }
}
