//! The state of the window, free of egui: [`Action`]s in, new state and [`Effect`]s out.
//!
//! [`Workspace`] owns the document, what is looked at ([`View`]), what is cached ([`Memos`]) and what is asked ([`Question`]). Nothing
//! here draws, and nothing here touches the world except [`jobs`], where files are read and written on threads of their own.
//! Dialogs, the clipboard and the window belong to `shell`, which carries the effects out and answers with actions.

mod action;
mod arrangement;
pub mod command;
mod copy;
mod cycles;
mod editing;
mod export_request;
mod exports;
mod file_state;
mod files;
pub mod glossary;
mod ids;
pub mod importing;
pub mod jobs;
mod kpi_mode;
pub mod library;
mod machine;
mod memo;
mod memos;
mod navigation;
mod outlooks;
mod outside;
pub mod palette;
mod preferences;
pub mod presentation;
mod quick_entry;
mod redaction;
mod refreshing;
mod review;
pub mod safekeeping;
mod saving;
mod sheet;
mod toast;
mod view;

#[cfg(test)]
mod tests;

pub use action::{Action, Answer, Effect, LibraryOrigin, New, Question};
pub use arrangement::{
    Arrangement, Arrangements, BoardView, CellLook, CellParts, KpiView, MapView, ReviewPlace, ReviewSince, ReviewView, RoadmapView,
    ScorecardView, Visited,
};
pub use cycles::{CarrySource, CycleAction, NextCycle};
pub use export_request::{CopyAs, ExportFormat, ExportRequest, ExportWhat, NamedSize, PageTheme, file_stem};
pub use file_state::FileState;
pub use ids::IdSource;
pub use importing::{ImportAction, ImportSource, Importing};
pub use kpi_mode::{CompareWith, KpiMode, SeasonForm};
pub use machine::{Pointer, Workspace};
pub use memo::Memo;
pub use memos::{ChartOf, FigureOf, Findings, LeadFound, Memos, Tally};
pub use outlooks::{Found, Wanted, work_out};
pub use outside::{Bringing, Brought, MergeAction, Merging, Outside, Seen, bring_together};
pub use preferences::{ExportSettings, Preferences, Renderer, ThemeChoice};
pub use presentation::{BeginAt, PresentAction, Presentation, SlideLook};
pub use quick_entry::{QuickGoal, QuickPreview, QuickProblem};
pub use redaction::{Redaction, RedactionDraft};
pub use refreshing::{
    Asking, FailingLinks, FileByRecipe, FileRenewal, FollowedFile, LeftOut, Links, MetricRenewal, OutsideDone, OutsideEffect, OutsideLink,
    OutsideLinks, OutsideWanted, RefreshAction, Renewal, can_refresh, read_linked,
};
pub use review::selection_of;
pub use safekeeping::{Safekeeping, SafekeepingAction, SafekeepingEffect};
pub use saving::{Over, Permit, Refusal, SaveWay, Stored};
pub use sheet::{CheckInsOn, Sheet};
pub use toast::{Severity, Toast, ToastId};
pub use view::{Screen, Selection, TimeRange, View};
