//! What is looked at now: its sentences, how the goal stands, its check-in, its numbers and its charts.

use egui::{Align, Label, Layout, ScrollArea, Ui, vec2};

use super::Desk;
use super::keys::row_id;
use crate::analysis::attention::Tone;
use crate::analysis::xmr::Choice;
use crate::chart::now_to_target;
use crate::chart::review::{AgendaItem, AgendaSection, AgendaSentence, ItemId};
use crate::document::edits;
use crate::model::{Goal, GoalState, MeetingEntryKind, Metric, Role, Status, date_words};
use crate::ui::icons;
use crate::ui::scene::{Medium, Scene, Scratch};
use crate::ui::sheets::check_in_row_ui;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::views::chart_card::pass_cursor_on;
use crate::ui::views::check_in_button::check_in_button_ui;
use crate::ui::views::goal_header::{goal_header_ui, progress_words};
use crate::ui::views::key_results::goal_rows_ui;
use crate::ui::views::kpi::facts_ui;
use crate::ui::views::objective::{ChartItem, chart_items, common_span, objective_charts_ui};
use crate::ui::views::time_range;
use crate::ui::widgets;
use crate::workspace::{Action, ChartOf, Selection};

/// A check-in fits beside its goal from this width on.
const CHECK_IN_FROM: f32 = 620.0;
/// The head of a goal and the rows under it, as in the objective view, from this width on.
const WIDE_FROM: f32 = 560.0;

impl Desk<'_, '_> {
    pub(super) fn stage_ui(&mut self, ui: &mut Ui, scratch: &mut Scratch) {
        let theme = self.scene.theme;
        ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::S));
        self.walk_ui(ui);
        let agenda = self.agenda;
        let item = agenda.items.get(self.place);
        let salt = item.map_or_else(super::keys::end_id, |item| row_id(&item.id));
        ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::M));
            // Beside the scroll bar.
            ui.set_max_width(ui.available_width() - theme.px(space::M));
            match item {
                Some(item) => self.item_stage_ui(ui, scratch, item),
                None => self.end_ui(ui),
            }
        });
        pass_cursor_on(ui, scratch);
    }

    /// Where one is, and the way on.
    fn walk_ui(&mut self, ui: &mut Ui) {
        let theme = self.scene.theme;
        let of = self.agenda.items.len();
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if self.place < of {
                    let next = if self.place + 1 == of { "Seen, to the end" } else { "Seen, next" };
                    if widgets::primary_button_ui(ui, theme, next).on_hover_text("Tick it and go on (N)").clicked() {
                        self.go_on();
                    }
                    if widgets::button_ui(ui, theme, "Open").on_hover_text("Go to the view that says most of it (Enter)").clicked() {
                        self.open();
                    }
                }
                let back =
                    ui.add_enabled_ui(self.place > 0, |ui| widgets::icon_button_ui(ui, theme, icons::CHEVRON_LEFT, "Previous item (P)"));
                if back.inner.clicked() {
                    self.go(self.place - 1);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = match self.item() {
                        Some(item) => format!("{} of {of}  ·  {}", self.place + 1, section_words(item)),
                        None => "End of the review".to_owned(),
                    };
                    widgets::truncated_ui(ui, theme.muted(words, TextSize::Body));
                });
            });
        });
    }

    fn item_stage_ui(&mut self, ui: &mut Ui, scratch: &mut Scratch, item: &AgendaItem) {
        let scene = self.scene;
        if let ItemId::Entry(_) = item.id {
            self.entry_stage_ui(ui, item);
        } else {
            sentences_ui(ui, scene, &item.sentences);
        }
        let goal = item.goal.as_ref().and_then(|id| scene.project.goal(id));
        let metric = item.metric.as_ref().and_then(|id| scene.project.metric(id));
        match (goal, metric) {
            (Some(goal), _) => self.goal_stage_ui(ui, scratch, item, goal),
            (None, Some(metric)) => self.metric_stage_ui(ui, scratch, metric),
            (None, None) => {}
        }
    }

    fn goal_stage_ui(&mut self, ui: &mut Ui, scratch: &mut Scratch, item: &AgendaItem, goal: &Goal) {
        let scene = self.scene;
        let narrow = ui.available_width() < scene.theme.px(WIDE_FROM);
        if narrow {
            ui.scope(|ui| self.narrow_head_ui(ui, goal));
        } else {
            ui.scope(|ui| goal_header_ui(ui, scene, goal, Medium::Screen, self.actions));
        }
        let stands = scene.memos.check_ins(scene.document, scene.as_of);
        let due = stands.get(&goal.id).is_some_and(|c| c.is_due);
        let said_today = edits::check_in_on(scene.project, &goal.id, scene.as_of).is_some();
        if !goal.is_objective()
            && !goal.archived
            && !matches!(goal.state, GoalState::Closed(_))
            && (due || said_today)
            && ui.available_width() >= scene.theme.px(CHECK_IN_FROM)
        {
            widgets::card_ui(ui, scene.theme, |ui| check_in_row_ui(ui, self.workspace, scene, scratch, &goal.id, self.actions));
        }
        if let Some(of) = chart_of(goal) {
            facts_ui(ui, scene, &scene.memos.facts(scene.document, scene.as_of, &of));
        }
        let cycle = scene.view.goals_of_cycle(scene.project, &scene.tree);
        let shown = |g: &&Goal| !g.archived && cycle.as_ref().is_none_or(|c| c.shows(&g.id));
        let children: Vec<&Goal> = scene.tree.children(&goal.id).iter().filter_map(|id| scene.project.goal(id)).filter(shown).collect();
        if narrow {
            self.narrow_rows_ui(ui, &children);
        } else if !children.is_empty() {
            goal_rows_ui(ui, scene, &children, Medium::Screen, self.actions);
        }
        let mut charts = chart_items(scene, goal);
        if charts.is_empty()
            && let Some(parent) = goal.parent.as_ref().and_then(|id| scene.project.goal(id)).filter(|_| !goal.is_objective())
        {
            charts = chart_items(scene, parent);
        }
        // The metric that a line of the log is about comes first.
        if let (ItemId::Entry(_), Some(metric)) = (&item.id, &item.metric) {
            match charts.iter().position(|chart| chart.of.metric() == Some(metric)) {
                Some(at) => charts.swap(0, at),
                None => charts.insert(0, ChartItem { of: ChartOf::Metric(metric.clone(), None), key_result: None, role: Role::Driver }),
            }
        }
        self.charts_ui(ui, scratch, &charts);
    }

    /// Title, status and why, under each other.
    fn narrow_head_ui(&mut self, ui: &mut Ui, goal: &Goal) {
        let (scene, theme) = (self.scene, self.scene.theme);
        ui.spacing_mut().item_spacing.y = theme.px(space::XS);
        ui.add(Label::new(theme.strong(&goal.title, TextSize::Page)).wrap());
        let Some(result) = scene.evaluation.goal(&goal.id) else { return };
        ui.horizontal(|ui| {
            widgets::status_pill_ui(ui, theme, result.status);
            widgets::truncated_ui(ui, theme.number(progress_words(scene, result), TextSize::Body));
        });
        ui.add(Label::new(theme.rich(&result.reason, TextSize::Body)).wrap());
        if !goal.owner.is_empty() {
            widgets::truncated_ui(ui, theme.muted(&goal.owner, TextSize::Small));
        }
        let row = vec2(ui.available_width(), theme.px(size::CONTROL));
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| check_in_button_ui(ui, scene, goal, self.actions));
    }

    /// The goals under it: what there is room for.
    fn narrow_rows_ui(&mut self, ui: &mut Ui, goals: &[&Goal]) {
        let (scene, theme) = (self.scene, self.scene.theme);
        for goal in goals {
            ui.horizontal(|ui| {
                let result = scene.evaluation.goal(&goal.id);
                widgets::status_glyph_ui(ui, theme, result.map_or(Status::NoData, |r| r.status));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if let Some(result) = result {
                        ui.label(theme.number(now_to_target(scene.project, scene.as_of, goal, result), TextSize::Body));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                        if widgets::link_ui(ui, theme, &goal.title, TextSize::Body).clicked() {
                            self.actions.push(Action::Select(Selection::Goal(goal.id.clone())));
                        }
                    });
                });
            });
        }
    }

    fn metric_stage_ui(&mut self, ui: &mut Ui, scratch: &mut Scratch, metric: &Metric) {
        let scene = self.scene;
        let theme = scene.theme;
        ui.label(theme.rich(&metric.name, TextSize::Title));
        let supports = scene.project.supported_goals(&metric.id);
        for (goal, role) in &supports {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = theme.px(space::XS);
                widgets::status_glyph_ui(ui, theme, scene.evaluation.goal(&goal.id).map_or(Status::NoData, |r| r.status));
                widgets::role_badge_ui(ui, theme, *role);
                if widgets::link_ui(ui, theme, &goal.title, TextSize::Body).clicked() {
                    self.actions.push(Action::Visit(Selection::Goal(goal.id.clone())));
                }
            });
        }
        if supports.is_empty() {
            ui.label(theme.muted("It supports no goal yet.", TextSize::Body));
        }
        let of = ChartOf::Metric(metric.id.clone(), None);
        facts_ui(ui, scene, &scene.memos.facts(scene.document, scene.as_of, &of));
        let role = supports.first().map_or(Role::Driver, |(_, role)| *role);
        let mut charts = vec![ChartItem { of, key_result: None, role }];
        if scene.memos.xmr(scene.document, scene.as_of, &metric.id, Choice::default()).is_ok() {
            charts.push(ChartItem { of: ChartOf::Variation(metric.id.clone(), Choice::default()), key_result: None, role });
        }
        self.charts_ui(ui, scratch, &charts);
    }

    fn charts_ui(&mut self, ui: &mut Ui, scratch: &mut Scratch, charts: &[ChartItem]) {
        if charts.is_empty() {
            return;
        }
        let range = time_range::shown(self.scene, scratch, common_span(self.scene, charts));
        let row = vec2(ui.available_width(), self.scene.theme.px(size::CONTROL));
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| time_range::buttons_ui(ui, self.scene, self.actions));
        objective_charts_ui(ui, self.scene, scratch, charts, range, Medium::Screen, self.actions);
    }

    /// A decision or an action of an earlier meeting, and what comes of it.
    fn entry_stage_ui(&mut self, ui: &mut Ui, item: &AgendaItem) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let ItemId::Entry(id) = &item.id else { return };
        let Some(entry) = scene.project.meeting_log.get(id) else { return };
        widgets::card_ui(ui, theme, |ui| {
            ui.spacing_mut().item_spacing.y = theme.px(space::XS);
            ui.label(theme.muted(entry.kind.word(), TextSize::Small));
            ui.add(Label::new(theme.rich(&entry.text, TextSize::Page)).wrap());
            ui.add(Label::new(theme.rich(item.text(), TextSize::Body)).wrap());
            ui.add_space(theme.px(space::XS));
            ui.horizontal(|ui| {
                if entry.kind == MeetingEntryKind::Action {
                    let done = entry.is_done(scene.as_of);
                    let words = if done { "Open again" } else { "Done" };
                    if widgets::button_ui(ui, theme, words).clicked() {
                        self.actions.push(edits::set_done(entry, (!done).then_some(scene.as_of)).into());
                    }
                }
                if widgets::quiet_button_ui(ui, theme, "What came of it…").clicked() {
                    self.kept.open = Some(entry.id.clone());
                }
            });
        });
    }

    fn end_ui(&mut self, ui: &mut Ui) {
        let (scene, theme) = (self.scene, self.scene.theme);
        let (seen, of) = (self.review().seen_of(self.agenda), self.agenda.items.len());
        widgets::card_ui(ui, theme, |ui| {
            ui.spacing_mut().item_spacing.y = theme.px(space::S);
            ui.label(theme.rich("That was all", TextSize::Title));
            ui.label(theme.rich(format!("{seen} of {of} seen. {}", today_words(scene)), TextSize::Body));
            let held = scene.project.deck.last_meeting == Some(scene.as_of);
            let words = if held {
                format!("{} is the last meeting. The next review can look at what changed since then.", date_words(scene.as_of))
            } else {
                "Set this day as the last meeting, and the next review can look at what changed since then.".to_owned()
            };
            ui.add(Label::new(theme.muted(words, TextSize::Body)).wrap());
            ui.horizontal(|ui| {
                if !held && widgets::primary_button_ui(ui, theme, &format!("Set {} as the last meeting", date_words(scene.as_of))).clicked()
                {
                    self.actions.push(edits::set_last_meeting(scene.project, Some(scene.as_of)).into());
                }
                if widgets::button_ui(ui, theme, "Start over").on_hover_text("Take every tick away and begin with the first item").clicked()
                {
                    let again = self.review().started_over().moved(self.agenda, 0);
                    self.go_with(0, again);
                }
            });
        });
    }
}

fn section_words(item: &AgendaItem) -> &'static str {
    if item.section == AgendaSection::Rest && item.goal.is_none() { "Settled" } else { item.section.word() }
}

/// "Today: 2 decisions, 1 action." or that nothing was written down.
fn today_words(scene: &Scene<'_>) -> String {
    let counts = MeetingEntryKind::ALL.map(|kind| {
        let count = scene.project.meeting_log.values().filter(|e| e.date == scene.as_of && e.kind == kind).count();
        match count {
            0 => String::new(),
            1 => format!("1 {}", kind.code()),
            n => format!("{n} {}s", kind.code()),
        }
    });
    let said: Vec<String> = counts.into_iter().filter(|c| !c.is_empty()).collect();
    if said.is_empty() { "Nothing was written down on this day.".to_owned() } else { format!("Written down: {}.", said.join(", ")) }
}

fn chart_of(goal: &Goal) -> Option<ChartOf> {
    Some(match &goal.as_key_result()?.metric {
        Some(metric) => ChartOf::Metric(metric.clone(), Some(goal.id.clone())),
        None => ChartOf::Goal(goal.id.clone()),
    })
}

/// What there is to be said, each with its sign and its number.
pub(super) fn sentences_ui(ui: &mut Ui, scene: &Scene<'_>, sentences: &[AgendaSentence]) {
    let theme = scene.theme;
    widgets::card_ui(ui, theme, |ui| {
        ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::S));
        for sentence in sentences {
            ui.horizontal_top(|ui| {
                let (icon, colour, name) = match sentence.tone {
                    Tone::Worse => (icons::TRIANGLE_ALERT, theme.status(Status::AtRisk).text, "Worse"),
                    Tone::Neither => (icons::INFO, theme.text.muted, "To know"),
                    Tone::Better => (icons::TRENDING_UP, theme.status(Status::OnTrack).text, "Better"),
                };
                let line = theme.type_of(TextSize::Body).line_height;
                let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(line), egui::Sense::hover());
                icon.paint(ui.painter(), rect.center(), theme.px(14.0), colour);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
                let number = theme.number(&sentence.number, TextSize::Body).font(theme.strong_number_font(TextSize::Body));
                let width = egui::WidgetText::from(number.clone())
                    .into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, egui::TextStyle::Body)
                    .size()
                    .x;
                let room = (ui.available_width() - width - theme.px(space::L)).max(theme.px(120.0));
                ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(room);
                    ui.add(Label::new(theme.rich(&sentence.text, TextSize::Body)).wrap());
                });
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| ui.label(number.color(theme.text.strong)));
            });
        }
    });
}
