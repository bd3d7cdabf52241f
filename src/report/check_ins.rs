//! Who looks after the goals, in the words of the briefing.

use std::collections::BTreeMap;

use crate::analysis::{CheckIns, GoalResult};
use crate::model::{GoalId, Status, date_words};

/// "3 check-ins are due, 1 of them overdue.", "1 check-in is overdue.": nothing where none is.
pub(super) fn due_count(check_ins: &BTreeMap<GoalId, CheckIns>) -> String {
    let due = check_ins.values().filter(|c| c.is_due).count();
    let overdue = match check_ins.values().filter(|c| c.overdue > 0).count() {
        0 => String::new(),
        1 if due == 1 => return "1 check-in is overdue.".to_owned(),
        n if n == due => return format!("{n} check-ins are overdue."),
        n => format!(", {n} of them overdue"),
    };
    match due {
        0 => String::new(),
        1 => format!("1 check-in is due{overdue}."),
        _ => format!("{due} check-ins are due{overdue}."),
    }
}

/// "Last check-in on 19 Oct 2026, confidence 3 of 10; the next is 4 weeks overdue."
pub fn check_in_words(check_ins: &CheckIns, result: &GoalResult) -> Option<String> {
    if matches!(result.computed, Status::Closed | Status::Postponed | Status::Abandoned) {
        return None;
    }
    let confidence = check_ins.confidence.map_or_else(String::new, |c| format!(", confidence {c} of 10"));
    let last = check_ins.last.map(|last| format!("Last check-in on {}{confidence}", date_words(last)));
    match (last, check_ins.due_words()) {
        (Some(last), Some(due)) => Some(format!("{last}; the next is {due}.")),
        (Some(last), None) => Some(format!("{last}.")),
        (None, Some(due)) => Some(format!("No check-in yet; the first is {due}.")),
        (None, None) => None,
    }
}
