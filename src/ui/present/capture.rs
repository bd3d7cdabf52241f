//! Writing down a decision, an action or a note over the slide, without leaving it.

use egui::{Align, Align2, Area, Id, Key, Layout, Order, Response, Ui, vec2};

use super::Stage;
use crate::model::MeetingEntryKind;
use crate::ui::scene::Scratch;
use crate::ui::theme::{TextSize, Theme, size, space};
use crate::ui::widgets::{self, DateField, Drafts, TextField};
use crate::workspace::Action;
use crate::workspace::presentation::{Capture, PresentAction};

const WIDTH: f32 = 640.0;
const OWNER_WIDTH: f32 = 180.0;
const DATE_WIDTH: f32 = 104.0;

/// What is typed and not yet in the line.
#[derive(Clone, Debug, Default)]
struct Kept {
    drafts: Drafts,
    /// Shown in the frame before.
    open: bool,
}

fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
}

fn escaped(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(Key::Escape))
}

pub(super) fn capture_ui(ui: &Ui, stage: &Stage<'_, '_>, scratch: &mut Scratch, actions: &mut Vec<Action>) {
    let id = Id::unique("line for the meeting log");
    let Some(before) = &stage.presentation.capture else {
        if scratch.of::<Kept>(id).open {
            scratch.put(id, Kept::default());
        }
        return;
    };
    let theme = &stage.panel_theme(ui);
    let mut kept: Kept = scratch.take(id);
    let begins = !std::mem::replace(&mut kept.open, true);
    let mut now = before.clone();
    let (mut keep, mut leave) = (false, false);
    let from = widgets::told_so_far(ui.ctx());
    let window = ui.ctx().content_rect();
    let at = window.center_bottom() - vec2(0.0, theme.px(space::XXL));
    Area::new(id).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM).fixed_pos(at).show(ui.ctx(), |ui| {
        super::panel_frame(theme).show(ui, |ui| {
            ui.set_width(theme.px(WIDTH).min(window.width() - 4.0 * space::XL));
            ui.spacing_mut().item_spacing = vec2(theme.px(space::S), theme.px(space::S));
            ui.horizontal(|ui| {
                let kinds = MeetingEntryKind::ALL.map(|kind| (kind, kind.word()));
                now.kind = widgets::segmented_ui(ui, theme, "Kind of line", now.kind, &kinds).unwrap_or(now.kind);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(theme.muted(about(stage), TextSize::Small));
                });
            });
            let hint = match now.kind {
                MeetingEntryKind::Decision => "What was decided",
                MeetingEntryKind::Action => "What is to be done",
                MeetingEntryKind::Note => "What was said",
            };
            let field = TextField::new("captured text", "What to write down", &before.text).hint(hint).of_sheet(!before.text.is_empty());
            let field = field.show(ui, theme, &mut kept.drafts);
            if begins {
                field.response.request_focus();
            }
            keep |= entered(ui, &field.response);
            leave |= escaped(ui, &field.response);
            now.text = field.committed.unwrap_or(now.text.clone());
            ui.horizontal(|ui| {
                if now.kind != MeetingEntryKind::Note {
                    rest_ui(ui, stage, theme, &mut kept.drafts, &mut now, &mut keep, &mut leave);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    keep |= widgets::primary_button_ui(ui, theme, "Add").clicked();
                    leave |= widgets::button_ui(ui, theme, "Cancel").clicked();
                });
            });
        });
    });
    let problem = kept.drafts.problems().next().is_some();
    scratch.put(id, kept);
    if leave || (keep && !problem && !now.text.trim().is_empty()) {
        widgets::settle_told(ui.ctx(), from);
    }
    if leave {
        actions.push(Action::Present(PresentAction::Capture(None)));
        return;
    }
    if now != *before {
        actions.push(Action::Present(PresentAction::Capture(Some(now))));
    }
    if keep && !problem {
        actions.push(Action::Present(PresentAction::KeepCapture));
    }
}

fn rest_ui(ui: &mut Ui, stage: &Stage<'_, '_>, theme: &Theme, drafts: &mut Drafts, now: &mut Capture, keep: &mut bool, leave: &mut bool) {
    let scene = stage.scene;
    let owner =
        TextField::new("captured owner", "Owner", &now.owner).hint("Owner").width(theme.px(OWNER_WIDTH)).of_sheet(!now.owner.is_empty());
    let owner = ui.allocate_ui(vec2(theme.px(OWNER_WIDTH), theme.px(size::CONTROL)), |ui| owner.show(ui, theme, drafts)).inner;
    *keep |= entered(ui, &owner.response);
    *leave |= escaped(ui, &owner.response);
    now.owner = owner.committed.unwrap_or(std::mem::take(&mut now.owner));
    let weekday = scene.project.settings.calendar.first_weekday;
    let due = DateField::new("captured due date", "Due date", now.due, scene.as_of)
        .hint("Due")
        .first_weekday(weekday)
        .width(theme.px(DATE_WIDTH))
        .of_sheet(now.due.is_some())
        .show(ui, theme, drafts);
    *keep |= entered(ui, &due.response);
    *leave |= escaped(ui, &due.response);
    now.due = due.committed.unwrap_or(now.due);
}

/// What the line will be about.
fn about(stage: &Stage<'_, '_>) -> String {
    stage.entry().map_or_else(String::new, |entry| format!("On the slide “{}”", crate::ui::frame::shortened(&entry.name)))
}
