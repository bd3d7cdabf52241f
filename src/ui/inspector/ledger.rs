//! What was promised before: every change of target, start value and dates, each with its reason.

use egui::Ui;

use super::desk::Desk;
use super::live::Measure;
use crate::document::edits;
use crate::model::{Date, Goal, LedgerChange, date_words};
use crate::ui::theme::{TextSize, space};

pub(super) fn ledger_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal) {
    if goal.ledger.is_empty() {
        return;
    }
    let theme = desk.scene.theme;
    let measure = Measure::of(desk, goal);
    desk.section(ui, "Changes", None);
    for (index, entry) in goal.ledger.iter().enumerate().rev() {
        let (what, old, new) = match &entry.change {
            LedgerChange::Target { old, new } => ("Target", measure.value(*old), measure.value(*new)),
            LedgerChange::StartValue { old, new } => ("Start value", measure.value(*old), measure.value(*new)),
            LedgerChange::StartDate { old, new } => ("Start", day(*old), day(*new)),
            LedgerChange::Due { old, new } => ("Due", day(*old), day(*new)),
        };
        let on = date_words(entry.on);
        ui.horizontal_wrapped(|ui| {
            ui.label(theme.muted(&on, TextSize::Small));
            ui.label(theme.number(format!("{what} {old} → {new}"), TextSize::Small));
        });
        let name = format!("Why {} changed on {on}", what.to_lowercase());
        let why = desk.of(index, |desk| {
            let field = desk.text_field(&name, &entry.why).hint("Why it changed");
            desk.show_text(ui, field)
        });
        if let Some(why) = why {
            desk.act(edits::explain_change(goal, index, why));
        }
        ui.add_space(space::XS);
    }
}

/// What a change is a change of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Target,
    StartValue,
    Start,
    Due,
}

impl Kind {
    fn of(change: &LedgerChange) -> Self {
        match change {
            LedgerChange::Target { .. } => Self::Target,
            LedgerChange::StartValue { .. } => Self::StartValue,
            LedgerChange::StartDate { .. } => Self::Start,
            LedgerChange::Due { .. } => Self::Due,
        }
    }

    fn question(self) -> &'static str {
        match self {
            Self::Target => "Why the target changed",
            Self::StartValue => "Why the start value changed",
            Self::Start => "Why the start changed",
            Self::Due => "Why the due date changed",
        }
    }
}

/// Under a field that was changed today: the reason, until one is given. Nobody has to.
pub(super) fn why_ui(desk: &mut Desk<'_>, ui: &mut Ui, goal: &Goal, kind: Kind) {
    let today = desk.scene.as_of;
    let open = goal.ledger.iter().position(|e| e.on == today && e.why.is_empty() && Kind::of(&e.change) == kind);
    let Some(index) = open else { return };
    let why = desk.row(ui, "", |desk, ui| {
        let field = desk.text_field(kind.question(), "").hint(kind.question());
        desk.show_text(ui, field)
    });
    if let Some(why) = why {
        desk.act(edits::explain_change(goal, index, why));
    }
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "the cycle’s".to_owned(), date_words)
}
