//! Waymark: goals, the metrics that tell whether they are being reached, and honest charts of both.
//!
//! # The map of the house
//!
//! A room may use those above it in this table, never those below (`tests/architecture.rs` proves it).
//!
//! | room | duty |
//! |---|---|
//! | [`model`] | what a project is: goals, metrics, series, links, cycles, events, check-ins; `Project::validate()` |
//! | [`analysis`] | pure functions from model to numbers: regrain, progress, status, forecast and likelihood, signal and noise, what moved it, what to look at, goal lint |
//! | [`document`] | the one owner of a project: edits with inverses, history, transactions, revisions; difference and three-way merge |
//! | [`storage`] | the project file: RON versions, errors with line and column, the save protocol, recovery, locks; templates |
//! | [`import`] | what comes in: CSV, XLSX and pasted tables to a checked preview, files that metrics follow, quick-entry sentences to a reading; each to one edit |
//! | [`report`] | the briefing as text and JSON; problems and lint as lines |
//! | [`chart`] | *what* charts and views show, free of egui: series, marks, labels, hover texts, domains, decimation; rows of boards, places on the map, why a number is what it is |
//! | [`workspace`] | actions in, new state and effects out; the view, memos and background jobs; a table that is looked at before it comes in |
//! | `ui` | theme, widgets, views, the inspector; draws, answers with actions |
//! | `export` | pages of views to SVG, PNG, PDF and HTML, slides to PowerPoint, tables to CSV and Excel |
//! | `shell` | the eframe application: services, dialogs, clipboard, renderer fallback |
//! | `cli` | the command line, one file a command |
//!
//! From `ui` down, rooms need the cargo feature `gui`; everything above is free of egui.

pub mod model;

pub mod analysis;
pub mod document;
pub mod storage;

pub mod import;
pub mod report;

pub mod chart;
pub mod workspace;

#[cfg(feature = "gui")]
pub mod ui;

#[cfg(feature = "gui")]
pub mod export;
#[cfg(feature = "gui")]
pub mod shell;

#[cfg(feature = "gui")]
pub mod cli;
