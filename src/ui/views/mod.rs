//! One file a view. Each gets a [`Scene`](super::scene::Scene), its scratch and a medium, draws, and answers with actions.

mod kpi;
mod objective;

pub use kpi::kpi_ui;
pub use objective::objective_ui;
