//! What comes in: tables to a checked preview, then to one edit.
