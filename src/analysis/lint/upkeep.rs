//! Rules about looking after a goal: who owns it, when it was looked at, and at what price it is reached.

use super::Rule;
use super::subject::{Lint, Remark, Subject, listed};
use crate::analysis::measure::is_stale;
use crate::model::{Metric, Period, Status, date_words};

pub(super) fn judge(lint: &Lint<'_>, subject: &Subject<'_>, rule: Rule) -> Option<Remark> {
    match rule {
        Rule::NoOwner => no_owner(subject),
        Rule::NoCheckIn => no_check_in(lint, subject),
        Rule::GuardrailTripped => guardrail_tripped(lint, subject),
        _ => None,
    }
}

fn no_owner(subject: &Subject<'_>) -> Option<Remark> {
    if !subject.goal.owner.trim().is_empty() {
        return None;
    }
    let suggestion = match subject.parent.map(|p| p.owner.trim()).filter(|owner| !owner.is_empty()) {
        Some(owner) => format!("Name one person or one team. The goal above it is {owner}’s."),
        None => "Name one person or one team.".to_owned(),
    };
    Some(Remark::new("Nobody answers for it.", suggestion))
}

fn no_check_in(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    let goal = subject.goal;
    goal.as_key_result()?;
    let (start, due) = (subject.result.span.start?, subject.result.span.due);
    let is_over = due.is_some_and(|due| due < lint.as_of) || matches!(subject.result.computed, Status::Achieved | Status::Missed);
    if start > lint.as_of || is_over {
        return None;
    }
    let cadence = goal.check_in_cadence.unwrap_or(lint.project.settings.check_in_cadence);
    let last = subject.last_check_in.map_or(start, |last| last.max(start));
    if !is_stale(lint.project.settings.calendar, cadence, Period { first: last, last }, lint.as_of) {
        return None;
    }
    let rhythm = cadence.word();
    let why = match subject.last_check_in {
        Some(last) => format!("The last check-in was on {}, though check-ins are {rhythm}.", date_words(last)),
        None => format!("Nobody has checked in since it began on {}, though check-ins are {rhythm}.", date_words(start)),
    };
    Some(Remark::new(why, "Check in, or let check-ins be due less often."))
}

fn guardrail_tripped(lint: &Lint<'_>, subject: &Subject<'_>) -> Option<Remark> {
    if subject.result.status != Status::Achieved {
        return None;
    }
    let tripped = subject.result.guardrails_tripped.iter().filter_map(|id| lint.project.metric(id));
    let names: Vec<&str> = tripped.map(Metric::short_name).collect();
    (!names.is_empty()).then(|| {
        let (is, what) = if names.len() == 1 { ("is", "the guardrail") } else { ("are", "the guardrails") };
        Remark::new(
            format!("It is achieved, but {what} {} {is} tripped: it may have cost more than it brought.", listed(&names)),
            "See whether the one led to the other before this is closed.",
        )
    })
}
