//! The one owner of a project: edits with inverses, history with labels, transactions and revisions.
//!
//! [`apply`] changes a project wholly or not at all and answers with the inverse edit; it refuses whatever
//! [`Project::validate`](crate::model::Project::validate) would report afterwards. [`Document`] keeps the history on top of it, and
//! [`edits`] words the changes that people make, [`difference`] tells two projects apart, [`merge`] makes one of what two people did and [`redacted`] makes a copy that may be shown. Not here: what a change does to the screen or a file (`workspace`).

mod apply;
mod check;
mod coalesce;
pub mod difference;
mod edit;
pub mod edits;
mod history;
pub mod merge;
mod owner;
pub mod redacted;
pub mod repair;
mod revisions;
mod said;

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
mod laws;

pub use apply::apply;
pub use edit::{Edit, EditError, Entity, EntityId, Heading};
pub use edits::Change;
pub use history::SavePoint;
pub use owner::Document;
pub use revisions::Revision;
