//! Which window has the file. The one that opened it first; another one asks before it writes.
//!
//! Taking a file over needs no word from the window that has it: from then on this one writes too, and whoever saves second finds the file
//! changed and is asked how to go on (`saving`).

use std::path::PathBuf;

use super::{SafekeepingEffect, time_words};
use crate::storage::Holder;
use crate::workspace::jobs::RequestId;
use crate::workspace::{Effect, Question, Workspace};

#[derive(Debug, Default)]
pub(in crate::workspace) struct Holding {
    /// The file that was asked for.
    asked: Option<PathBuf>,
    request: Option<RequestId>,
    /// The window that has it instead.
    by: Option<Holder>,
    /// It is to be saved once it is known who has the file.
    saves: bool,
}

/// "This project is open in another window since 14:05".
pub fn holder_words(holder: Holder) -> String {
    let since = holder.since.map_or_else(String::new, |since| format!(" since {}", time_words(since)));
    format!("This project is open in another window{since}")
}

impl Workspace {
    /// The window that has the file of this one.
    pub fn held_elsewhere(&self) -> Option<Holder> {
        self.safekeeping.holding.by
    }

    pub(super) fn hold_file(&mut self, effects: &mut Vec<Effect>) {
        if self.safekeeping.holding.asked != self.file.path {
            self.ask_for_file(effects);
        }
    }

    fn ask_for_file(&mut self, effects: &mut Vec<Effect>) {
        let (request, path) = (self.next_request(), self.file.path.clone());
        let holding = &mut self.safekeeping.holding;
        let by = holding.by.filter(|_| holding.asked == path);
        *holding = Holding { asked: path.clone(), request: Some(request), by, saves: false };
        effects.push(Effect::Safekeeping(SafekeepingEffect::Hold { request, path }));
    }

    pub(super) fn held(&mut self, request: RequestId, holder: Option<Holder>, effects: &mut Vec<Effect>) {
        let holding = &mut self.safekeeping.holding;
        if holding.request != Some(request) {
            return;
        }
        holding.request = None;
        holding.by = holder;
        if std::mem::take(&mut holding.saves) {
            match holder {
                None => self.save(effects),
                Some(holder) => self.question = Some(Question::HeldElsewhere(holder)),
            }
        }
    }

    /// Whether the project's own file may be written without a question; else it is looked whether the other window still has it.
    pub(in crate::workspace) fn may_write(&mut self, effects: &mut Vec<Effect>) -> bool {
        if self.held_elsewhere().is_none() {
            return true;
        }
        self.ask_for_file(effects);
        self.safekeeping.holding.saves = true;
        false
    }

    pub(in crate::workspace) fn take_over(&mut self, effects: &mut Vec<Effect>) {
        if self.held_elsewhere().is_some() {
            // The other one may be gone meanwhile: then this one has it.
            self.ask_for_file(effects);
            let holding = &mut self.safekeeping.holding;
            (holding.request, holding.by) = (None, None);
        }
    }
}
