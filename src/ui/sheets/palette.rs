//! The command palette: everything by a few letters of its name.

use std::collections::BTreeSet;

use egui::{Id, Ui};

use super::{AROUND, sheet_ui};
use crate::model::{Goal, GoalKind, Metric};
use crate::ui::frame::system_of;
use crate::ui::scene::{Scene, Scratch};
use crate::ui::theme::{TextSize, space};
use crate::ui::widgets::{PickRow, PickState, pick_field_ui, pick_rows_ui};
use crate::workspace::palette::{Hit, HitKind, find};
use crate::workspace::{Action, Selection, Sheet, Workspace};

const WIDTH: f32 = 640.0;
/// Room for five of each kind.
const LEAST: f32 = 600.0;

#[derive(Clone, Default)]
struct Kept {
    open: bool,
    search: PickState,
    /// Of these everything is shown.
    whole: BTreeSet<HitKind>,
}

/// What a row does.
enum Deed {
    Hit(Hit),
    ShowAll(HitKind),
}

pub(super) fn palette_ui(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = Id::unique("palette");
    let mut kept: Kept = scratch.take(id);
    let mut answer = Vec::new();
    let close = sheet_ui(ui, theme, "Command palette", WIDTH, |ui| {
        // The field stays where it is while the list under it changes.
        ui.set_min_height(theme.px(LEAST).min(ui.ctx().content_rect().height() - theme.px(AROUND)));
        let field = "Find a command, a goal or a metric";
        let before = kept.search.text.clone();
        let hint = "Find a command, a goal or a metric, or say a goal";
        let keys = pick_field_ui(ui, theme, id.with("field"), field, hint, &mut kept.search, !kept.open);
        kept.open = true;
        if kept.search.text != before {
            kept.whole.clear();
        }
        let (mut rows, mut deeds) = (Vec::new(), Vec::new());
        for group in find(workspace, &kept.search.text, &kept.whole) {
            let heading = group.kind.word();
            for hit in group.hits {
                rows.push(PickRow { group: heading, ..row(ui, workspace, scene, &hit) });
                deeds.push(Deed::Hit(hit));
            }
            if group.more > 0 {
                rows.push(PickRow { group: heading, words: format!("+{} more", group.more), ..PickRow::default() });
                deeds.push(Deed::ShowAll(group.kind));
            }
        }
        if rows.is_empty() {
            ui.add_space(space::S);
            ui.label(theme.muted("Nothing has these letters in its name.", TextSize::Body));
        }
        let taken = pick_rows_ui(ui, theme, &rows, &mut kept.search, keys.enter);
        if keys.enter {
            keys.response.request_focus();
        }
        match taken.map(|index| deeds.swap_remove(index)) {
            None => {}
            Some(Deed::ShowAll(kind)) => {
                kept.whole.insert(kind);
                keys.response.request_focus();
            }
            Some(Deed::Hit(hit)) => answer = done(workspace, hit),
        }
        keys.escape
    });
    if !answer.is_empty() || close {
        actions.push(Action::CloseSheet);
        actions.append(&mut answer);
        kept = Kept::default();
    }
    scratch.put(id, kept);
}

fn row(ui: &Ui, workspace: &Workspace, scene: &Scene<'_>, hit: &Hit) -> PickRow<'static> {
    let plain = |words: String, note: String| PickRow { words, note, ..PickRow::default() };
    match hit {
        Hit::Sentence(line) => plain(format!("Add: {line}"), "Quick entry".to_owned()),
        Hit::Command(command) => {
            let reason = command.is_enabled(workspace).err();
            let system = system_of(ui.ctx().os());
            let keys = || command.shortcuts(system).first().map(|s| s.words(system)).unwrap_or_default();
            let group = command.group().word();
            let words = format!("{group}: {}", command.text_now(workspace));
            PickRow { disabled: reason.is_some(), ..plain(words, reason.map_or_else(keys, str::to_owned)) }
        }
        Hit::Goal(id) => plain(scene.project.goal(id).map_or_else(String::new, |g| g.title.clone()), goal_note(scene.project.goal(id))),
        Hit::Metric(id) => {
            let metric = scene.project.metric(id);
            plain(metric.map_or_else(String::new, |m| m.name.clone()), metric_note(metric))
        }
    }
}

fn goal_note(goal: Option<&Goal>) -> String {
    let word = match goal.map(|g| &g.kind) {
        Some(GoalKind::Objective(_)) => "Objective",
        Some(GoalKind::KeyResult(_)) => "Key result",
        Some(GoalKind::Initiative(_)) => "Initiative",
        None => "",
    };
    word.to_owned()
}

fn metric_note(metric: Option<&Metric>) -> String {
    metric.map(|m| m.abbreviation.clone()).filter(|a| !a.is_empty()).unwrap_or_else(|| "Metric".to_owned())
}

/// What follows from a choice, once the palette is closed.
fn done(workspace: &Workspace, hit: Hit) -> Vec<Action> {
    match hit {
        Hit::Sentence(line) => vec![Action::OpenSheet(Sheet::QuickEntry { line })],
        Hit::Command(command) => command.action(workspace).map_or_else(|_| Vec::new(), |action| vec![Action::Remember(command), action]),
        Hit::Goal(goal) => vec![Action::Visit(Selection::Goal(goal))],
        Hit::Metric(metric) => vec![Action::Visit(Selection::Metric(metric))],
    }
}
