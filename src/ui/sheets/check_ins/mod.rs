//! Check-ins in one grid: a row for each goal, typed through by keyboard.
//!
//! Enter writes a row down, Ctrl+Enter every row that has something in it; a row with nothing in it stays due. What is typed and cannot
//! be read stays in its cell with the reason under it; a value that is out of scale with the last one is taken at the second Enter. Not here: when a check-in is due and what a value means (`analysis`).

mod facts;
mod inline;
mod keys;
mod reading;
mod row;
mod slip;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Align2, Context, Id, Label, TextEdit, Ui, vec2};

use self::facts::{RowFacts, goals_of, row_facts};
pub(in crate::ui) use self::inline::check_in_row_ui;
use self::keys::{Cells, Wish, cell_id, enter};
pub(in crate::ui) use self::reading::BY_HAND;
use self::reading::{Column, Draft, GoesTo, Reading};
use self::row::{Row, Widths};
use super::sheet_ui;
use crate::document::Revision;
use crate::document::edits::NewCheckIn;
use crate::model::{Date, GoalId, date_words};
use crate::ui::frame::system_of;
use crate::ui::icons;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size};
use crate::ui::widgets;
use crate::workspace::command::Command;
use crate::workspace::glossary::Term;
use crate::workspace::{Action, CheckInsOn, New, Preferences, Severity, Workspace};

/// As wide as a window of 1280 points lets it be.
const WIDTH: f32 = 1160.0;
const EMPTY_WIDTH: f32 = 560.0;
/// Of the name, the button that checks all rows in, and what is around them.
const ANSWERS_WIDTH: f32 = 340.0;

/// What the sheet remembers.
#[derive(Clone, Default)]
struct Kept {
    /// What it was opened on; `None` while it is closed.
    open_on: Option<CheckInsOn>,
    /// The day of what is typed.
    date: Option<Date>,
    /// Fixed while it is open, so that rows stay when they are written down.
    goals: Vec<GoalId>,
    /// What the rows know, as of a revision.
    facts: Option<(Revision, Vec<RowFacts>)>,
    /// Kept when the sheet is closed: what was typed is not lost.
    drafts: BTreeMap<GoalId, Draft>,
    /// Rows that somebody tried to write down.
    tried: BTreeSet<GoalId>,
    by: String,
    /// What the last try said.
    message: Option<String>,
    /// When it was drawn last: not in the pass before this one means that it was closed in between.
    pass: u64,
    /// The same of the row in another view.
    pass_in_view: u64,
    /// How often what was typed and not recorded was thrown away elsewhere: [`widgets::texts_forgotten`].
    forgotten: u64,
}

fn name_id() -> Id {
    Id::unique("check-ins by")
}

pub(super) fn check_ins_ui(
    ui: &Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    on: &CheckInsOn,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("check-ins");
    let mut kept: Kept = scratch.take(id);
    let pass = ui.ctx().cumulative_pass_nr();
    let opening = kept.open_on.as_ref() != Some(on) || kept.date != Some(scene.as_of) || kept.pass + 1 < pass;
    kept.pass = pass;
    if opening {
        kept.open(ui.ctx(), scene, on, &workspace.preferences.user_name);
    }
    kept.forgotten = widgets::texts_forgotten(ui.ctx());
    kept.look_up(scene);
    let rows = kept.facts.as_ref().map(|(_, rows)| rows.clone()).unwrap_or_default();
    if opening {
        for facts in &rows {
            if let Some(there) = &facts.there {
                kept.drafts.entry(facts.goal.clone()).or_insert_with(|| Draft::of(there, facts));
            }
        }
    }
    let width = if rows.is_empty() { EMPTY_WIDTH } else { WIDTH };
    let close = sheet_ui(ui, scene.theme, "Check in", width, |ui| {
        if rows.is_empty() {
            return empty_ui(ui, scene, opening, actions);
        }
        let mut sheet = Sheet { scene, rows: &rows, kept: &mut kept, actions, told: &workspace.preferences.user_name };
        sheet.show(ui, opening)
    });
    if close {
        kept.tell_name(&workspace.preferences.user_name, actions);
        kept.open_on = None;
        actions.push(Action::CloseSheet);
    }
    scratch.put(id, kept);
}

impl Kept {
    fn open(&mut self, ctx: &Context, scene: &Scene<'_>, on: &CheckInsOn, user_name: &str) {
        if self.forgotten != widgets::texts_forgotten(ctx) {
            self.drafts.clear();
        }
        if self.date != Some(scene.as_of) {
            // What is written down belongs to its day; what is not is still to be said.
            self.drafts.retain(|_, draft| draft.is_unrecorded);
            self.drafts.values_mut().for_each(Draft::forget_place);
        }
        self.drafts.values_mut().for_each(|draft| draft.came_back = draft.is_unrecorded);
        self.open_on = Some(on.clone());
        self.date = Some(scene.as_of);
        self.goals = goals_of(scene, on);
        self.facts = None;
        self.tried.clear();
        self.message = None;
        user_name.clone_into(&mut self.by);
    }

    fn look_up(&mut self, scene: &Scene<'_>) {
        let now = scene.document.revision();
        if self.facts.as_ref().is_none_or(|(of, _)| *of != now) {
            self.facts = Some((now, self.goals.iter().filter_map(|goal| row_facts(scene, goal)).collect()));
        }
    }

    /// Somebody tried to write a row down that was not. True when its value was asked about, which is then taken the next time.
    fn tried(&mut self, facts: &RowFacts) -> bool {
        self.tried.insert(facts.goal.clone());
        self.drafts.get_mut(&facts.goal).is_some_and(|draft| draft.ask(facts))
    }

    /// Remembers who checks in.
    fn tell_name(&self, told: &str, actions: &mut Vec<Action>) {
        let name: String = self.by.trim().chars().take(Preferences::LONGEST_NAME).collect();
        if name != told {
            actions.push(Action::SetUserName(name));
        }
    }
}

struct Sheet<'a, 'p> {
    scene: &'a Scene<'p>,
    rows: &'a [RowFacts],
    kept: &'a mut Kept,
    actions: &'a mut Vec<Action>,
    told: &'a str,
}

impl Sheet<'_, '_> {
    /// True when it is to be closed.
    fn show(&mut self, ui: &mut Ui, opening: bool) -> bool {
        let theme = self.scene.theme;
        for row in self.rows {
            self.kept.drafts.entry(row.goal.clone()).or_default();
        }
        let mut close = false;
        let mut goto = None;
        let restored = self.cells().had_focus(ui.ctx());
        if restored.is_some() {
            goto = restored;
        } else if opening {
            let first = self.rows.iter().position(|row| row.there.is_none()).unwrap_or(0);
            goto = self.cells().first_of(first).map(|column| (first, column));
        }
        match self.cells().take_keys(ui.ctx()) {
            None => {}
            Some(Wish::Move(row, column)) => goto = Some((row, column)),
            Some(Wish::Leave) => ui.memory_mut(|m| m.request_focus(name_id())),
            Some(Wish::Undo) => self.actions.push(Action::Undo),
            Some(Wish::Commit(row)) => goto = self.commit(ui.ctx(), row),
            Some(Wish::CommitAll) => (close, goto) = self.commit_all(ui.ctx()),
        }
        if self.head_ui(ui) {
            (close, goto) = self.commit_all(ui.ctx());
        }
        if let Some(message) = &self.kept.message {
            ui.add(Label::new(theme.rich(message, TextSize::Small).color(theme.error())).wrap());
        }
        let widths = Widths::of(theme, ui.available_width());
        columns_ui(ui, theme, widths);
        for (index, facts) in self.rows.iter().enumerate() {
            widgets::separator_ui(ui, theme);
            let reading = self.read(facts);
            let tried = self.kept.tried.contains(&facts.goal);
            let draft = self.kept.drafts.entry(facts.goal.clone()).or_default();
            let row = Row { facts, reading: &reading, tried, widths };
            let drawn = ui.push_id(facts.goal.as_str(), |ui| row.show(ui, theme, draft));
            if drawn.inner {
                goto = self.commit(ui.ctx(), index);
            }
            if goto.is_some_and(|(row, _)| row == index) {
                drawn.response.scroll_to_me(None);
            }
        }
        if let Some((row, column)) = goto
            && let Some(facts) = self.rows.get(row)
        {
            let text = self.kept.drafts.get(&facts.goal).map_or("", |d| d.cell(column));
            enter(ui.ctx(), cell_id(&facts.goal, column), text);
            ui.ctx().request_repaint();
        }
        close
    }

    fn cells(&self) -> Cells<'_> {
        Cells { rows: self.rows, drafts: &self.kept.drafts }
    }

    fn read(&self, facts: &RowFacts) -> Reading {
        self.kept.drafts.get(&facts.goal).map_or(Reading::Empty, |d| d.read(facts, self.scene.as_of, &self.kept.by))
    }

    /// What is asked, who answers, and the button for all of it.
    fn head_ui(&mut self, ui: &mut Ui) -> bool {
        let theme = self.scene.theme;
        let mut all = false;
        let asked = match self.rows.len() {
            1 => format!("As of {}.", date_words(self.scene.as_of)),
            n => format!("{n} goals as of {}.", date_words(self.scene.as_of)),
        };
        let keys = format!("Enter checks a row in, {} all of them. Rows left empty stay as they are.", keys_of_all(ui));
        let width = |words: &str, size| ui.painter().layout_no_wrap(words.to_owned(), theme.font(size), theme.text.muted).size().x;
        let wide = width(&asked, TextSize::Body) + width(&keys, TextSize::Small) + theme.px(ANSWERS_WIDTH) <= ui.available_width();
        ui.horizontal(|ui| {
            ui.label(theme.rich(asked, TextSize::Body));
            if wide {
                ui.label(theme.muted(&keys, TextSize::Small));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                all = widgets::primary_button_ui(ui, theme, "Check in all").on_hover_text("Every row with something in it").clicked();
                let field = TextEdit::singleline(&mut self.kept.by)
                    .id(name_id())
                    .hint_text("Your name")
                    .align(Align2::LEFT_CENTER)
                    .desired_width(theme.px(140.0))
                    .char_limit(Preferences::LONGEST_NAME)
                    .min_size(vec2(0.0, theme.px(size::CONTROL)));
                let field = ui.add(field.font(theme.font(TextSize::Body))).accessible_name("Your name");
                if field.lost_focus() {
                    self.kept.tell_name(self.told, self.actions);
                }
                ui.label(theme.muted("By", TextSize::Small));
            });
        });
        // In a narrow window below, not under the field.
        if !wide {
            ui.label(theme.muted(&keys, TextSize::Small));
        }
        all
    }

    /// Writes one row down. Where to go on: the next row that is not written down, or the first wrong cell.
    fn commit(&mut self, ctx: &Context, row: usize) -> Option<(usize, Column)> {
        let facts = self.rows.get(row)?;
        self.kept.message = None;
        match self.read(facts) {
            Reading::Wrong(wrong) => {
                self.kept.tried(facts);
                return wrong.first().map(|(column, _)| (row, *column));
            }
            Reading::Ready(new) => self.write(ctx, vec![*new]),
            Reading::Empty | Reading::Done => {}
        }
        let open = |at: &usize| self.rows.get(*at).is_some_and(|facts| self.read(facts) != Reading::Done);
        let next = (row + 1..self.rows.len()).find(open).or(Some(row + 1).filter(|at| *at < self.rows.len()));
        next.or(Some(row)).and_then(|row| Some((row, self.cells().first_of(row)?)))
    }

    /// Writes every row down that has something in it, and closes; or none of them, and goes to the first wrong cell.
    fn commit_all(&mut self, ctx: &Context) -> (bool, Option<(usize, Column)>) {
        let read: Vec<Reading> = self.rows.iter().map(|facts| self.read(facts)).collect();
        let (mut first_wrong, mut unread) = (None, false);
        for (index, (facts, reading)) in self.rows.iter().zip(&read).enumerate() {
            if let Reading::Wrong(wrong) = reading {
                unread |= !self.kept.tried(facts) || wrong.len() > 1;
                first_wrong = first_wrong.or_else(|| wrong.first().map(|(column, _)| (index, *column)));
            }
        }
        if first_wrong.is_some() {
            let why = if unread { "some cells cannot be read." } else { "look at the values that are far from the last ones." };
            self.kept.message = Some(format!("Nothing is checked in yet: {why}"));
            return (false, first_wrong);
        }
        let any = read.iter().any(|reading| *reading != Reading::Empty);
        let new: Vec<NewCheckIn> = read.into_iter().filter_map(|r| if let Reading::Ready(new) = r { Some(*new) } else { None }).collect();
        if !any {
            self.kept.message = Some("Nothing is typed yet.".to_owned());
            return (false, None);
        }
        if !new.is_empty() {
            let words = if new.len() == 1 { "Checked in on 1 goal".to_owned() } else { format!("Checked in on {} goals", new.len()) };
            self.write(ctx, new);
            self.actions.push(Action::ShowToast(Severity::Info, words));
        }
        (true, None)
    }

    fn write(&mut self, ctx: &Context, new: Vec<NewCheckIn>) {
        for one in &new {
            for column in Column::ALL {
                widgets::settle_text(ctx, cell_id(&one.goal, column));
            }
            self.kept.tried.remove(&one.goal);
            // Written down again, it goes to the same place.
            if let Some(draft) = self.kept.drafts.get_mut(&one.goal) {
                draft.goes_to = match (&one.point, one.value) {
                    (Some((_, point)), _) => GoesTo::At(point.at),
                    (None, Some(_)) => GoesTo::CheckInOnly,
                    (None, None) => draft.goes_to,
                };
            }
        }
        self.kept.tell_name(self.told, self.actions);
        self.actions.push(Action::CheckIn(new));
    }
}

/// "Ctrl+Enter": the keys that opened the sheet, too.
fn keys_of_all(ui: &Ui) -> String {
    let system = system_of(ui.ctx().os());
    Command::CheckIn.shortcuts(system).first().map_or_else(String::new, |keys| keys.words(system))
}

/// The names of the columns; what a word means is told on hover.
fn columns_ui(ui: &mut Ui, theme: &Theme, widths: Widths) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = widths.gap;
        let head = |ui: &mut Ui, width: f32, words: &str, meaning: Option<&str>| {
            ui.allocate_ui(vec2(width, theme.px(size::ROW_DENSE)), |ui| {
                ui.set_width(width);
                let label = ui.label(theme.muted(words, TextSize::Caption));
                if let Some(meaning) = meaning {
                    label.on_hover_text(meaning);
                }
            });
        };
        head(ui, widths.goal, "Goal", None);
        for column in Column::ALL {
            let meaning = match column {
                Column::Confidence => Some(Term::Confidence.meaning()),
                Column::Status => Some("What you would say against the computed status. Its first letters are enough."),
                Column::Value => Some("Recorded as a point of the metric too, where the goal has one."),
                Column::Why | Column::Note => None,
            };
            head(ui, widths.of_column(column), column.word(), meaning);
        }
    });
}

/// Why there is nothing to check in on. True when the sheet is to be closed.
fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, opening: bool, actions: &mut Vec<Action>) -> bool {
    let theme = scene.theme;
    if scene.project.goals.is_empty() {
        let why = "A check-in says how a goal stands: its value, how sure you are, and what happened. Begin with an objective.";
        let asked = empty_state_ui(ui, theme, "No goal to check in on yet", why, "Add the first objective", opening);
        if asked {
            actions.push(Action::Add(New::Objective { parent: None }));
        }
        return asked;
    }
    let check_ins = scene.memos.check_ins(scene.document, scene.as_of);
    let next = check_ins.iter().filter_map(|(goal, c)| Some((c.due?, scene.project.goal(goal)?))).min_by_key(|(due, _)| *due);
    let why = match next {
        Some((due, goal)) => {
            format!(
                "The next one is due by {}, on “{}”. To check in before, select a goal and press Ctrl+Enter.",
                date_words(due),
                goal.title
            )
        }
        None => "Check-ins are asked for on key results and initiatives that have begun and are not decided yet.".to_owned(),
    };
    empty_state_ui(ui, theme, "No check-in is due", &why, "Close", opening)
}

/// The keyboard goes to its button when the sheet opens.
fn empty_state_ui(ui: &mut Ui, theme: &Theme, title: &str, why: &str, action: &str, opening: bool) -> bool {
    let button = widgets::empty_state_button_ui(ui, theme, icons::MESSAGE_SQUARE, title, why, Some(action));
    button.is_some_and(|button| {
        if opening {
            button.request_focus();
        }
        button.clicked()
    })
}
