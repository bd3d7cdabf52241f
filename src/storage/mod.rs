//! The project file: RON versions, errors with line and column, the save protocol.
