//! The briefing as text and JSON; problems as lines.
