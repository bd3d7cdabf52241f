//! Showing the slides to people: which one is on, what lies over it, and where one was before.
//!
//! All of it is state of the window; what people change about the slides is in the project (`document::edits`). Not here: what a slide says
//! (`chart::deck`), how it looks, which keys mean what, and the window itself.

mod begin;
mod machine;
mod order;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::{KpiMode, Selection, TimeRange, View};
use crate::chart::deck::{Entry, SlideId};
use crate::model::{Date, MeetingEntryId, MeetingEntryKind, SlideSubject};

pub use order::{Step, moved_slide, moved_slide_by};

/// A presentation in hand.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is open or not, whatever the others are")]
pub struct Presentation {
    /// The slide that is on; one that is left out of the deck when it was chosen by name.
    pub at: SlideId,
    /// Its place in the outline when it was last seen there: where to go on when it goes.
    pub(super) place: usize,
    /// Behind the last slide.
    pub at_end: bool,
    pub blank: Option<Blank>,
    /// The digits of a number that is being typed.
    pub digits: String,
    /// All slides, to choose one and to change their order.
    pub overview: bool,
    /// The list of keys.
    pub keys_shown: bool,
    /// The window with notes and clock.
    pub presenter: bool,
    /// A line for the meeting log before it is added.
    pub capture: Option<Capture>,
    /// The line of the meeting log that is being changed.
    pub line: Option<MeetingEntryId>,
    /// How the charts of slides are looked at, where other than the slide has it.
    pub looks: BTreeMap<SlideSubject, SlideLook>,
    /// What was opened from the slide, one from the other; the last is on.
    pub drilled: Vec<Selection>,
    /// Since when the timer runs, in the seconds of `Workspace::begin_frame`.
    pub since: f64,
    /// Lines that were written down.
    pub added: usize,
    /// The view to return to.
    pub(super) home: Box<View>,
}

/// Nothing is shown, so that people look at each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blank {
    Black,
    White,
}

/// How the chart of a slide is looked at for now; what is none is as the slide has it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SlideLook {
    pub mode: Option<KpiMode>,
    pub range: Option<TimeRange>,
    pub forecast: Forecast,
}

/// Whether a chart says where it is going.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Forecast {
    #[default]
    Shown,
    Hidden,
}

/// A line for the meeting log before it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    pub kind: MeetingEntryKind,
    pub text: String,
    pub owner: String,
    pub due: Option<Date>,
}

impl Capture {
    pub fn of(kind: MeetingEntryKind) -> Self {
        Self { kind, text: String::new(), owner: String::new(), due: None }
    }
}

/// Where a presentation begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeginAt {
    First,
    /// The slide about what is on the screen.
    Here,
    Slide(SlideId),
}

/// What can be asked of a presentation. Without one, only [`Self::Begin`] does anything.
#[derive(Clone, Debug, PartialEq)]
pub enum PresentAction {
    Begin(BeginAt),
    Next,
    Back,
    First,
    Last,
    GoTo(SlideId),
    /// Part of the number of a slide.
    Digit(u8),
    /// Takes the last digit back; without one, goes back.
    Erase,
    /// To the slide whose number was typed; without one, goes on.
    Enter,
    /// On, or off where it is on.
    Blank(Blank),
    ToggleOverview,
    ToggleKeys,
    TogglePresenter,
    /// Writes a line for the meeting log; `None` throws it away.
    Capture(Option<Capture>),
    /// Adds that line to the project.
    KeepCapture,
    /// Opens a line of the meeting log to change it; `None` closes it.
    ChangeLine(Option<MeetingEntryId>),
    /// Looks at the chart of the slide in another way.
    Look(SlideLook),
    /// The next way to look at the chart of the slide: trend, XmR.
    NextMode,
    /// More or fewer days.
    NextRange,
    ToggleForecast,
    RestartTimer,
    SwapDisplays,
    /// Takes away what lies over the slide; with nothing there, ends.
    Escape,
    End,
}

/// What is offered after a presentation in which something was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingHeld {
    pub on: Date,
    pub added: usize,
}

/// The number of a slide among those that are shown, from 1, and how many there are. None for a slide that is left out.
pub fn numbered(outline: &[Entry], id: &SlideId) -> (Option<usize>, usize) {
    let shown: Vec<&Entry> = outline.iter().filter(|e| !e.hidden).collect();
    (shown.iter().position(|e| e.id == *id).map(|at| at + 1), shown.len())
}

/// The slide that follows one: the next that is shown.
pub fn following<'a>(outline: &'a [Entry], id: &SlideId) -> Option<&'a Entry> {
    let at = outline.iter().position(|e| e.id == *id)?;
    outline[at + 1..].iter().find(|e| !e.hidden)
}

impl Presentation {
    pub fn look(&self, subject: &SlideSubject) -> SlideLook {
        self.looks.get(subject).copied().unwrap_or_default()
    }

    /// Whether something lies over the slide or stands in its place.
    pub fn is_covered(&self) -> bool {
        self.capture.is_some()
            || self.line.is_some()
            || self.keys_shown
            || self.overview
            || self.blank.is_some()
            || !self.drilled.is_empty()
    }
}
