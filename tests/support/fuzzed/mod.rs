//! What must hold of every input of a reader: used by the fuzz targets in `fuzz/` and by the test that replays their corpus.

pub(crate) mod briefing;
pub(crate) mod csv_table;
pub(crate) mod formula;
pub(crate) mod pasted;
pub(crate) mod project_file;
pub(crate) mod sentence;
mod table;
pub(crate) mod xlsx;
