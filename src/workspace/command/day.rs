//! Looking at another day: a day or a week earlier or later, and back.

use chrono::Days;

use crate::model::Date;
use crate::workspace::{Action, Workspace};

/// A step of the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayStep {
    DayEarlier,
    DayLater,
    WeekEarlier,
    WeekLater,
    /// To the day of the project: today, or the one that it pins.
    Back,
}

/// The last day that can be looked at: nothing is known after it.
pub(crate) fn latest(workspace: &Workspace) -> Date {
    workspace.today().max(workspace.project().as_of(workspace.today()))
}

pub(super) fn action(step: DayStep, workspace: &Workspace) -> Result<Action, &'static str> {
    let (now, own) = (workspace.as_of(), workspace.project().as_of(workspace.today()));
    let earlier = |days| now.checked_sub_days(Days::new(days)).ok_or("There is no earlier day");
    let later = |days| {
        let to = now.checked_add_days(Days::new(days)).ok_or("There is no later day")?;
        if now >= latest(workspace) { Err("It is the last day that anything is known of") } else { Ok(to.min(latest(workspace))) }
    };
    let to = match step {
        DayStep::DayEarlier => earlier(1)?,
        DayStep::DayLater => later(1)?,
        DayStep::WeekEarlier => earlier(7)?,
        DayStep::WeekLater => later(7)?,
        DayStep::Back if now == own => return Err("It is shown already"),
        DayStep::Back => own,
    };
    Ok(Action::SetAsOf((to != own).then_some(to)))
}
