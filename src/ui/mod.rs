//! Theme, widgets and views: draws, answers with actions.
