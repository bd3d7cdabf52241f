//! One objective: how far it is, what it consists of, and what to take away.

use egui::{Align2, Rect, Role, Ui, vec2};

use super::paper::{BOTTOM, MARGIN, Paper, ROW, TOP, WIDTH};
use super::rows::{self, Cell, Column};
use crate::chart::deck::{GoalLine, Takeaway};
use crate::model::{GoalKind, Status};
use crate::ui::theme::TextSize;
use crate::ui::widgets::{Bullet, paint_bullet};
use crate::workspace::{Action, Selection};

pub(super) struct Parts<'a> {
    pub(super) line: &'a GoalLine,
    pub(super) reason: &'a str,
    pub(super) rows: &'a [GoalLine],
    pub(super) more: usize,
    pub(super) takeaways: &'a [Takeaway],
    pub(super) since: &'a str,
}

/// Of the line about the objective itself.
const HEAD: f32 = 60.0;
const STATUS: f32 = 204.0;
const BULLET: [f32; 2] = [320.0, 36.0];
const MOST_PITCH: f32 = 76.0;
const AIR: f32 = 32.0;

pub(super) fn draw(ui: &Ui, paper: &Paper<'_, '_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let Parts { line, reason, rows, more, takeaways, since } = *parts;
    let band = paper.band(TOP, TOP + HEAD);
    let said = [line.status.word(), reason].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(": ");
    paper.link(ui, band, &said, Some(Selection::Goal(line.goal.clone())), actions);
    paper.status(ui, paper.rect(MARGIN, TOP, STATUS, HEAD), line.status, TextSize::Subtitle);
    let mut x = MARGIN + STATUS + 24.0;
    if !matches!(line.status, Status::NoData) || line.progress.is_some() {
        let bar = paper.rect(x, TOP, BULLET[0], HEAD);
        let bar = Rect::from_center_size(bar.center(), vec2(bar.width(), BULLET[1] * paper.zoom()));
        paint_bullet(ui.painter(), &paper.theme, bar, Bullet { progress: line.progress, expected: line.expected });
        x += BULLET[0] + 32.0;
    }
    let style = paper.style(TextSize::Body).share(ROW).at(Align2::LEFT_CENTER).down_to(0.7);
    paper.write(ui, paper.rect(x, TOP, MARGIN + WIDTH - x, HEAD), reason, style);

    let top = TOP + HEAD + 12.0;
    let sentences = rows::takeaways_height(ui, paper, takeaways);
    if rows.is_empty() {
        let room = paper.band(top, top + 120.0);
        let why = "Nothing is under it yet: no key result says when it is reached.";
        paper.say(ui, room, "nothing", Role::Label, why);
        paper.write(ui, room, why, paper.muted(TextSize::Body).share(ROW).at(Align2::LEFT_CENTER));
        rows::takeaways(ui, paper, top + 140.0, takeaways, actions);
        return;
    }
    let room = BOTTOM - top - AIR - sentences;
    let pitch = ((room - rows::height(0, 0.0)) / rows.len() as f32).clamp(rows::LEAST_PITCH, MOST_PITCH);
    let kind = kind_of_all(paper, rows);
    let name = if more > 0 { format!("{kind} ({} of {})", rows.len(), rows.len() + more) } else { kind.to_owned() };
    let mut columns = vec![
        Column { head: "Status", width: STATUS, cell: Cell::Status },
        Column { head: &name, width: 0.0, cell: Cell::Name },
        Column { head: "Progress", width: 136.0, cell: Cell::Progress },
        Column { head: "Now → target", width: 286.0, cell: Cell::Now },
    ];
    if !since.is_empty() && rows.iter().any(|r| r.change != "–") {
        columns.push(Column { head: since, width: 180.0, cell: Cell::Change });
    }
    if rows.iter().any(|r| r.likelihood.is_some()) {
        columns.push(Column { head: "Chance", width: 104.0, cell: Cell::Chance });
    }
    rows::goals(ui, paper, top, pitch, &columns, rows, actions);
    rows::takeaways(ui, paper, top + rows::height(rows.len(), pitch) + AIR, takeaways, actions);
}

/// What the rows are, in one word for all.
fn kind_of_all(paper: &Paper<'_, '_>, rows: &[GoalLine]) -> &'static str {
    let all = |is: fn(&GoalKind) -> bool| rows.iter().all(|row| paper.scene.project.goal(&row.goal).is_some_and(|goal| is(&goal.kind)));
    if all(|kind| matches!(kind, GoalKind::KeyResult(_))) {
        "Key result"
    } else if all(|kind| matches!(kind, GoalKind::Objective(_))) {
        "Objective"
    } else if all(|kind| matches!(kind, GoalKind::Initiative(_))) {
        "Initiative"
    } else {
        "Goal"
    }
}
