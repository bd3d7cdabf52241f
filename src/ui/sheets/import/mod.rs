//! A table before it is imported: how it is read, what each of its columns becomes, and the chart that comes of it.
//!
//! Not here: what a table means (`import`), and working it out (`workspace::importing`). What is changed here is only what is wanted of
//! the table; nothing of the project changes before the one button at the end.

mod attach;
mod filters;
mod grid;
mod one;
mod questions;
mod reading;
mod rejected;
mod series;

use egui::{Align, Id, Layout, ProgressBar, Ui, UiBuilder, Vec2, vec2};

use super::{AROUND, sheet_ui};
use crate::import::Choices;
use crate::model::capitalised;
use crate::ui::chart::PlotScratch;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets::{self, Drafts, PickState};
use crate::workspace::importing::{Found, ImportAction, Importing, Wanted};
use crate::workspace::jobs::{Jobs, RequestId};
use crate::workspace::{Action, Workspace};

const WIDTH: f32 = 1640.0;
const LEFT: f32 = 326.0;
/// Least and most of the column at the right.
const RIGHT: (f32, f32) = (336.0, 480.0);
/// The share of the middle that the table takes at least, and at most where there are few series.
const TABLE: (f32, f32) = (0.42, 0.75);

/// What the sheet remembers while it is open.
#[derive(Clone, Default)]
struct Kept {
    of: Option<RequestId>,
    drafts: Drafts,
    plot: PlotScratch,
    tab: Tab,
    /// Which series are listed.
    search: String,
    /// The metric that a series goes to is looked for.
    pick: PickState,
    /// What had the keyboard last by itself: the question, or the button at the end.
    led_to: Option<String>,
    /// A column for the next filter, with the values that it has.
    filter: Option<(String, Vec<String>)>,
    /// Whether a file outside the project's folder is to be followed.
    asks_to_follow: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Series,
    Rejected,
}

/// A table with what is known of it; what is wanted of it may change while it is drawn.
struct Desk<'a> {
    scene: &'a Scene<'a>,
    importing: &'a Importing,
    found: &'a Found,
    wanted: Wanted,
    kept: &'a mut Kept,
    actions: &'a mut Vec<Action>,
}

pub(super) fn import_ui(
    ui: &Ui,
    workspace: &Workspace,
    importing: &Importing,
    jobs: &Jobs,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("import sheet");
    let mut kept: Kept = scratch.take(id);
    if kept.of != Some(importing.of) {
        kept = Kept { of: Some(importing.of), ..Kept::default() };
    }
    let share = jobs.running().iter().find(|job| Some(job.request) == importing.working()).map(|job| job.progress.share());
    let title = format!("Import from {}", importing.source.name());
    let from = widgets::told_so_far(ui.ctx());
    let close = sheet_ui(ui, scene.theme, &title, WIDTH, |ui| match &importing.found {
        None => waiting_ui(ui, scene.theme, importing, share),
        Some(found) => {
            let wanted = importing.wanted.clone();
            let mut desk = Desk { scene, importing, found, wanted, kept: &mut kept, actions };
            let close = desk.body_ui(ui, workspace, share);
            let Desk { wanted, .. } = desk;
            if wanted != importing.wanted {
                actions.push(ImportAction::Want(Box::new(wanted)).into());
            }
            close
        }
    });
    // Without its table, a name for it is of no use.
    widgets::let_told_pass(ui.ctx(), from);
    if close {
        actions.push(ImportAction::Close.into());
    }
    scratch.put(id, kept);
}

/// Nothing is known of the table yet, or it cannot be read.
fn waiting_ui(ui: &mut Ui, theme: &Theme, importing: &Importing, share: Option<f32>) -> bool {
    if let Some(failed) = &importing.failed {
        ui.label(theme.rich(failed, TextSize::Body).color(theme.error()));
        ui.label(theme.muted("Nothing was changed.", TextSize::Body));
    } else {
        let share = share.unwrap_or_default();
        ui.label(theme.rich(format!("Reading, {} %", (share * 100.0) as u32), TextSize::Body));
        ui.add(ProgressBar::new(share).desired_width(ui.available_width()).fill(theme.accent.fill)).accessible_name("Progress");
    }
    let row = vec2(ui.available_width(), theme.px(size::CONTROL));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| widgets::button_ui(ui, theme, "Cancel").clicked()).inner
}

impl Desk<'_> {
    fn theme(&self) -> &Theme {
        self.scene.theme
    }

    /// "1,234".
    fn count(&self, count: usize) -> String {
        self.scene.project.settings.locale.trimmed(count as f64, 0)
    }

    /// "1,234 points".
    fn counted(&self, count: usize, word: &str) -> String {
        if count == 1 { format!("1 {word}") } else { format!("{} {word}s", self.count(count)) }
    }

    /// What is said of the table, to say more.
    fn choices(&mut self) -> &mut Choices {
        &mut self.wanted.choices
    }

    fn body_ui(&mut self, ui: &mut Ui, workspace: &Workspace, share: Option<f32>) -> bool {
        let top = ui.cursor().top();
        let height = ui.ctx().content_rect().height() - self.theme().px(AROUND);
        let lead = questions::lead(self);
        let led = lead.is_some() && lead != self.kept.led_to;
        if !ui.ctx().text_edit_focused() && lead.is_some() {
            self.kept.led_to = lead;
        }
        questions::questions_ui(self, ui, led);
        let footer = size::CONTROL + 2.0 * space::S;
        let rest = (height - (ui.cursor().top() - top) - footer).max(10.0 * size::ROW);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let whole = ui.available_width();
            let right = (whole * 0.29).clamp(RIGHT.0, RIGHT.1);
            let middle = whole - LEFT - right - 2.0 * space::L;
            column_ui(ui, vec2(LEFT, rest), |ui| reading::reading_ui(self, ui, rest));
            column_ui(ui, vec2(middle, rest), |ui| self.middle_ui(ui, vec2(middle, rest)));
            column_ui(ui, vec2(right, rest), |ui| {
                let below = attach::height(self);
                one::one_ui(self, ui, vec2(right, rest - below));
                attach::attach_ui(self, ui, workspace);
            });
        });
        self.footer_ui(ui, led, share)
    }

    fn middle_ui(&mut self, ui: &mut Ui, room: Vec2) {
        let below = series::height(self).max(rejected::height(self)) + size::CONTROL + 2.0 * space::XS + space::XL;
        let table = (room.y - below).clamp(room.y * TABLE.0, room.y * TABLE.1).floor();
        column_ui(ui, vec2(room.x, table), |ui| grid::grid_ui(self, ui, vec2(room.x, table)));
        let series = format!("Series, {} of {} taken", self.count(self.found.taken()), self.count(self.found.listed.len()));
        let rejected = format!("Rows not taken, {}", self.count(self.found.rejected.len()));
        let tabs = [(Tab::Series, series.as_str()), (Tab::Rejected, rejected.as_str())];
        if let Some(tab) = widgets::tabs_ui(ui, self.scene.theme, "Series or rows that are not taken", self.kept.tab, &tabs) {
            self.kept.tab = tab;
        }
        let rest = room.y - table - size::CONTROL - 2.0 * space::XS;
        match self.kept.tab {
            Tab::Series => series::series_ui(self, ui, vec2(room.x, rest)),
            Tab::Rejected => rejected::rejected_ui(self, ui, vec2(room.x, rest)),
        }
    }

    fn footer_ui(&mut self, ui: &mut Ui, led: bool, share: Option<f32>) -> bool {
        let theme = self.scene.theme;
        let refusal = self.importing.refusal();
        let words = match &self.found.plan {
            Ok(plan) if !plan.metrics.is_empty() => format!("Import {} into {}", self.counted(plan.points, "point"), self.where_to()),
            _ => "Import".to_owned(),
        };
        let mut close = false;
        ui.add_space(space::XS);
        let row = vec2(ui.available_width(), theme.px(size::CONTROL));
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let accept = ui.add_enabled_ui(refusal.is_none(), |ui| widgets::primary_button_ui(ui, theme, &words)).inner;
            if led && refusal.is_none() {
                accept.request_focus();
            }
            if accept.clicked() {
                self.actions.push(ImportAction::Accept.into());
            }
            close = widgets::button_ui(ui, theme, "Cancel").clicked();
            let room = ui.available_width();
            ui.allocate_ui_with_layout(vec2(room, row.y), Layout::left_to_right(Align::Center), |ui| match (&refusal, share) {
                (Some(_), Some(share)) if self.importing.working().is_some() => {
                    ui.label(theme.muted(format!("Being read again, {} %", (share * 100.0) as u32), TextSize::Small));
                }
                (Some(refusal), _) => {
                    widgets::truncated_ui(ui, theme.rich(sentence(refusal), TextSize::Small).color(theme.error()));
                }
                (None, _) => {
                    widgets::truncated_ui(ui, theme.muted(self.summary(), TextSize::Small));
                }
            });
        });
        close
    }

    /// "MAU", or "3 metrics".
    fn where_to(&self) -> String {
        match &self.found.read {
            Ok(preview) => match &preview.parts[..] {
                [part] => part.name.clone(),
                parts => format!("{} metrics", self.count(parts.len())),
            },
            Err(_) => String::new(),
        }
    }

    /// What would change, and that undoing takes it back.
    fn summary(&self) -> String {
        let Ok(preview) = &self.found.read else { return String::new() };
        let sum = |of: fn(&crate::import::Part) -> usize| preview.parts.iter().map(of).sum::<usize>();
        let counts = [
            (sum(|p| p.added), "new"),
            (sum(|p| p.changed), "changed"),
            (sum(|p| p.unchanged), "as before"),
            (sum(|p| p.removed), "removed"),
        ];
        format!("{}. One step, which Undo takes back.", counts_words(self, &counts))
    }
}

/// "12 new, 3 changed".
fn counts_words(desk: &Desk<'_>, counts: &[(usize, &str)]) -> String {
    let words: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", desk.count(*n))).collect();
    if words.is_empty() { "Nothing new".to_owned() } else { words.join(", ") }
}

/// With a capital at the start and a full stop at the end.
fn sentence(words: &str) -> String {
    let stop = if words.ends_with(['.', '?']) { "" } else { "." };
    format!("{}{stop}", capitalised(words))
}

/// A list to choose from that is exactly so wide, whatever is chosen.
fn combo_ui<T: Clone + PartialEq>(ui: &mut Ui, theme: &Theme, name: &str, current: &T, options: &[(T, String)], width: f32) -> Option<T> {
    let down = Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(width, theme.px(size::CONTROL)), down, |ui| {
        ui.set_max_width(width);
        widgets::combo_ui(ui, theme, name, current, options, width)
    })
    .inner
}

/// A part of the sheet of exactly this size.
fn column_ui(ui: &mut Ui, size: Vec2, add: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    inside.set_clip_rect(rect.expand(space::XXS).intersect(ui.clip_rect()));
    add(&mut inside);
}
