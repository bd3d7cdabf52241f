//! Pure functions from model to numbers.
