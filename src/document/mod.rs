//! The one owner of a project: edits with inverses, history, transactions, revisions.
