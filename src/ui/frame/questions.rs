//! What has to be answered before anything else, and the messages that come and go.

use egui::Ui;

use crate::ui::theme::Theme;
use crate::ui::widgets::{QuestionAnswer, QuestionButton, ToastAnswer, ToastView, Tone, question_ui, toasts_ui};
use crate::workspace::{Action, Answer, Severity, Workspace};

/// The question in hand, as a dialog over everything.
pub(super) fn open_question_ui(ui: &Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(question) = &workspace.question else { return };
    let buttons: Vec<_> = question.answers().iter().map(|(answer, label)| QuestionButton { label, answer: *answer }).collect();
    let text = question.text(&workspace.document.project().name);
    let answer = match question_ui(ui.ctx(), theme, question.title(), &text, &buttons) {
        None => return,
        Some(QuestionAnswer::Given(answer)) => answer,
        Some(QuestionAnswer::Cancelled) => Answer::Cancel,
    };
    actions.push(Action::Confirmed(question.clone(), answer));
}

/// The newest few messages; older ones wait for their turn.
pub(super) fn messages_ui(ui: &Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    const AT_ONCE: usize = 4;
    let shown = &workspace.toasts[workspace.toasts.len().saturating_sub(AT_ONCE)..];
    let views: Vec<_> = shown
        .iter()
        .map(|toast| {
            let tone = match toast.severity {
                Severity::Info => Tone::Info,
                Severity::Success => Tone::Done,
                Severity::Warning | Severity::Error => Tone::Problem,
            };
            let action = toast.offers_undo(&workspace.document).then_some("Undo");
            ToastView { tone, text: &toast.text, action }
        })
        .collect();
    let answer = toasts_ui(ui.ctx(), theme, &views);
    if let Some(ToastAnswer::Dismiss(index) | ToastAnswer::Act(index)) = answer
        && let Some(toast) = shown.get(index)
    {
        actions.push(Action::DismissToast(toast.id));
        if matches!(answer, Some(ToastAnswer::Act(_))) {
            actions.push(Action::Undo);
        }
    }
}
