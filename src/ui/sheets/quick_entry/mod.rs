//! Quick entry: one sentence makes a goal. Under the field stands what it was understood as, part by part; each part can be corrected, and
//! what is missing is asked for. Enter makes the goal.

mod answers;
mod chips;

use egui::{Id, ScrollArea, Ui};

use self::answers::{Answers, Meaning, answers};
use self::chips::{Ask, chip_ui, chips};
use super::{sheet_ui, term_ui};
use crate::import::sentence::{Corrections, Kind, Reading, Under};
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets::{self, PickState, pick_field_ui, pick_rows_ui};
use crate::workspace::{Action, New, QuickGoal, Workspace};

const WIDTH: f32 = 640.0;
const LEAST: f32 = 220.0;
/// The list of answers scrolls from this height on.
const ANSWERS: f32 = 216.0;

const EXAMPLES: [&str; 5] = [
    "Bring MAU to 10 million by Q4",
    "Reduce page load time by 20% within the next six months",
    "Keep uptime above 99.9% this quarter",
    "Enter two new markets within the next quarter by hiring a local team",
    "Become the easiest tool to start with",
];

/// What is typed and not yet made.
#[derive(Clone, Default)]
struct Kept {
    open: bool,
    line: PickState,
    corrections: Corrections,
    under: Option<Under>,
    now: Option<f64>,
    asking: Option<Ask>,
    answer: PickState,
    /// Enter was pressed: what is needed is asked, one after the other.
    making: bool,
    /// Where the keyboard goes next.
    focus: Option<Focus>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Line,
    Answer,
}

pub(super) fn quick_entry_ui(
    ui: &Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    scratch: &mut Scratch,
    begun: &str,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let id = Id::unique("quick entry");
    let mut kept: Kept = scratch.take(id);
    if !kept.open {
        if !begun.is_empty() {
            begun.clone_into(&mut kept.line.text);
        }
        kept.open = true;
        kept.focus = Some(Focus::Line);
    }
    let mut made = None;
    let from = widgets::told_so_far(ui.ctx());
    let mut glossary = Vec::new();
    let close = sheet_ui(ui, theme, "Quick entry", WIDTH, |ui| {
        // The field stays where it is while the parts under it come and go.
        ui.set_min_height(theme.px(LEAST));
        let told = if begun.is_empty() { id.with("line") } else { id.with("line begun elsewhere") };
        if let Some(restored) = widgets::take_text(ui.ctx(), told) {
            kept.line.text = restored.text;
        }
        let before = kept.line.text.clone();
        let focus = kept.focus.take_if(|f| *f == Focus::Line).is_some();
        let field = pick_field_ui(ui, theme, id.with("line"), "Say a goal in one sentence", EXAMPLES[0], &mut kept.line, focus);
        if kept.line.text != before {
            kept.making = false;
            kept.asking = None;
        }
        if field.enter {
            kept.making = true;
            kept.focus = Some(Focus::Line);
        }
        if !kept.line.text.trim().is_empty() {
            widgets::tell_text(ui.ctx(), told, "Goal in one sentence", &kept.line.text);
        }
        if kept.line.text.trim().is_empty() {
            if let Some(example) = examples_ui(ui, theme) {
                example.clone_into(&mut kept.line.text);
                kept.focus = Some(Focus::Line);
            }
        } else {
            match workspace.read_sentence(&kept.line.text) {
                Ok(read) => made = understood_ui(ui, workspace, scene, id, &mut kept, &read, field.enter, &mut glossary),
                Err(refusal) => {
                    ui.label(theme.rich(capital(&refusal.to_string()), TextSize::Body).color(theme.error()));
                }
            }
        }
        field.escape
    });
    actions.append(&mut glossary);
    if let Some(quick) = made {
        widgets::settle_told(ui.ctx(), from);
        actions.extend([Action::CloseSheet, Action::Add(New::Sentence(Box::new(quick)))]);
        kept = Kept::default();
    } else if close {
        actions.push(Action::CloseSheet);
        kept = Kept::default();
    }
    if kept.focus.is_some() {
        ui.ctx().request_repaint();
    }
    scratch.put(id, kept);
}

/// What can be said; answers with the example that was clicked.
fn examples_ui(ui: &mut Ui, theme: &Theme) -> Option<&'static str> {
    ui.label(theme.muted("One sentence makes a goal with its metric, target and due date. For example:", TextSize::Body));
    let mut chosen = None;
    for example in EXAMPLES {
        if widgets::link_ui(ui, theme, example, TextSize::Body).clicked() {
            chosen = Some(example);
        }
    }
    chosen
}

/// Chips, the question in hand, and what would be made. Answers with the goal when it is to be made.
#[expect(clippy::too_many_arguments, reason = "everything a sheet is given, and the sentence")]
fn understood_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    id: Id,
    kept: &mut Kept,
    read: &Reading,
    enter: bool,
    actions: &mut Vec<Action>,
) -> Option<QuickGoal> {
    let theme = scene.theme;
    let reading = kept.corrections.apply(read, &workspace.sentence_context());
    let under = kept.under.clone().filter(|u| fits(scene, u, &reading)).unwrap_or_else(|| usual(workspace, &reading));
    let quick = QuickGoal { reading, under, now: kept.now };
    let preview = workspace.preview_of(&quick);
    let reading = &quick.reading;

    let chips = chips(scene, read, &quick, &kept.corrections, preview.as_ref().ok());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::XS, space::XS);
        for chip in &chips {
            let open = kept.asking == Some(chip.ask);
            if chip_ui(ui, theme, chip, open).clicked() {
                ask(kept, (!open).then_some(chip.ask));
            }
        }
    });
    if kept.making
        && kept.asking.is_none()
        && let Err(problem) = &preview
        && let Some(needed) = Ask::after(problem, reading)
    {
        ask(kept, Some(needed));
    }
    if let Some(asking) = kept.asking
        && let Some(meaning) = answer_ui(ui, workspace, scene, id, kept, reading, asking, actions)
    {
        match meaning {
            Meaning::Part(part) => kept.corrections.set(read, part),
            Meaning::Under(under) => kept.under = Some(under),
            Meaning::Now(now) => kept.now = now,
        }
        ask(kept, None);
        kept.focus = Some(Focus::Line);
    }

    if let Some(taken) = &reading.taken {
        ui.label(theme.muted(format!("{}.", taken.words()), TextSize::Small));
    }
    ui.add_space(space::XS);
    let mut make = enter && kept.asking.is_none();
    match &preview {
        Ok(preview) => {
            for note in &preview.notes {
                ui.label(theme.muted(format!("{}.", note.trim_end_matches('.')), TextSize::Small));
            }
            if let Some(metric) = preview.metric.as_ref().filter(|_| preview.metric_is_new) {
                let words = format!("“{}” is no metric of this project yet; it is made with the goal.", metric.name);
                ui.label(theme.muted(words, TextSize::Small));
            }
        }
        Err(problem) => {
            // What Enter asks for is no mistake.
            let is_asked = Ask::after(problem, reading).is_some();
            let colour = if is_asked { theme.text.muted } else { theme.error() };
            ui.label(theme.rich(capital(&problem.to_string()), TextSize::Small).color(colour));
        }
    }
    let what = if reading.kind == Kind::Objective { "Add objective" } else { "Add key result" };
    ui.horizontal(|ui| {
        let button = ui.add_enabled_ui(preview.is_ok(), |ui| widgets::primary_button_ui(ui, theme, what)).inner;
        make |= button.clicked();
        ui.label(theme.muted("Enter makes it. Click a part, or go to it with Tab, to correct it.", TextSize::Small));
    });
    (make && preview.is_ok()).then_some(quick)
}

/// Opens a question, or closes the one that is open.
fn ask(kept: &mut Kept, asking: Option<Ask>) {
    kept.asking = asking;
    kept.answer = PickState::default();
    kept.focus = asking.map(|_| Focus::Answer);
}

/// The question in hand; answers with what was answered.
#[expect(clippy::too_many_arguments, reason = "everything a sheet is given, and the question")]
fn answer_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    scene: &Scene<'_>,
    id: Id,
    kept: &mut Kept,
    reading: &Reading,
    asking: Ask,
    actions: &mut Vec<Action>,
) -> Option<Meaning> {
    let theme = scene.theme;
    let mut answer = None;
    egui::Frame::NONE.fill(theme.bg.panel).corner_radius(theme.px(space::XS)).inner_margin(theme.px(space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = theme.strong(asking.question(), TextSize::Body);
        match asking.term() {
            Some(term) => drop(term_ui(ui, words, term, actions)),
            None => drop(ui.label(words)),
        }
        let focus = kept.focus.take_if(|f| *f == Focus::Answer).is_some();
        let field_id = id.with("answer");
        let keys = pick_field_ui(ui, theme, field_id, asking.question(), answers::hint(asking), &mut kept.answer, focus);
        if focus {
            keys.response.scroll_to_me(None);
        }
        let Answers { rows, mut meanings, problem } = answers(asking, &kept.answer.text, workspace, scene, reading);
        if let Some(problem) = problem {
            ui.label(theme.rich(capital(&problem), TextSize::Small).color(theme.error()));
        }
        let most = theme.px(ANSWERS).max(theme.px(size::ROW));
        let taken = ScrollArea::vertical()
            .id_salt("answers")
            .max_height(most)
            .show(ui, |ui| pick_rows_ui(ui, theme, &rows, &mut kept.answer, keys.enter));
        answer = taken.inner.map(|index| meanings.swap_remove(index));
        if keys.enter && answer.is_none() {
            kept.focus = Some(Focus::Answer);
        }
        if keys.escape {
            ask(kept, None);
            kept.making = false;
            kept.focus = Some(Focus::Line);
        }
    });
    answer
}

/// Whether a goal can still go there.
fn fits(scene: &Scene<'_>, under: &Under, reading: &Reading) -> bool {
    match under {
        Under::Top => reading.kind == Kind::Objective,
        Under::Goal(id) => scene.project.goal(id).is_some_and(|g| g.is_objective() && !g.archived),
        Under::NewObjective(_) => true,
    }
}

/// Where it goes unless somebody says otherwise; nowhere where that is to be asked.
fn usual(workspace: &Workspace, reading: &Reading) -> Under {
    match workspace.usual_objective() {
        _ if reading.kind == Kind::Objective => Under::Top,
        Some(objective) => Under::Goal(objective),
        None => Under::NewObjective(String::new()),
    }
}

/// With a capital at the start and a full stop at the end.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let rest = chars.as_str();
    let stop = if rest.ends_with(['.', '?', '”']) { "" } else { "." };
    format!("{first}{rest}{stop}")
}
