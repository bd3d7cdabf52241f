//! Actions in, new state and effects out.
