//! What a project is: goals, metrics, their series and what people said about them.
//!
//! Plain data with its rules ([`Project::validate`]). Not here: numbers worked out from it (`analysis`), how it is
//! changed (`document`), and how it is written to a file (`storage`): nothing in this room knows serde, a clock or a file.

#[cfg(test)]
pub(crate) mod arbitrary;
mod calendar;
mod cycles;
mod deck;
mod formula;
mod formula_inputs;
mod goal;
mod id;
mod import_recipe;
mod key_result;
mod metric;
mod number;
mod order;
mod project;
mod record;
mod series;
mod settings;
mod status;
mod tree;
mod unit;
mod unseen;
mod validate;

pub use calendar::{Cadence, Calendar, Date, Period};
pub use cycles::{CycleGoals, CyclePattern, span_after};
pub use deck::{Deck, SlideEdit, SlideSubject};
pub use formula::{Definition, Formula, FormulaError, FormulaProblem, Operator};
pub use goal::{Closing, Contribution, DrivenBy, Goal, GoalKind, GoalState, Horizon, Objective, ProductStage, Weight};
pub use id::{CheckInId, CycleId, EventId, GoalId, IdError, MeetingEntryId, MetricId, ProjectId, RecipeId};
pub use import_recipe::{DateOrder, ImportMode, ImportRecipe, OnDuplicate, PercentForm, TableShape};
pub use key_result::{
    Aim, DEFAULT_REQUIRED_SHARE, DeclaredEffect, Initiative, KeyResult, LedgerChange, LedgerEntry, Pace, Step, TargetStage,
};
pub use metric::{
    Aggregation, Benchmark, BenchmarkKind, Bounds, Category, DatedTarget, Direction, Level, Limit, LinkedSource, Metric, MissingInput,
    Origin, Recording, SegmentOf, Threshold, XmrSettings,
};
pub use number::{
    Grouping, Locale, Magnitude, capitalised, date_words, day_words, month_word, period_words, period_words_after, within_period_words,
};
pub use order::{OrderKey, OrderKeyError};
pub use project::{Project, Span};
pub use record::{CheckIn, Cycle, Event, EventKind, Link, LinkKey, MeetingEntry, MeetingEntryKind, Role, StatusOverride};
pub use series::{Point, Series, SeriesError, Stamp};
pub use settings::{ObjectiveStatus, Settings, StatusPreset, StatusRules};
pub use status::Status;
pub use tree::{Seat, Tree, Visit};
pub use unit::{Unit, UnitError};
pub use unseen::{as_seen, is_unseen, turns_text};
pub use validate::{Place, Problem};
