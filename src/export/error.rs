/// Why an export was not made. Nothing has been written when one of these is returned, unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("The page would be {width:.0} × {height:.0} pixels; each side must be between 1 and 16,384.")]
    Size { width: f32, height: f32 },
    #[error(
        "A page of {} × {} points has no room for what is drawn on it; it must be at least {} wide and {} high.",
        .size.0, .size.1, .least.0, .least.1
    )]
    TooSmall { size: (u32, u32), least: (u32, u32) },
    #[error("The page could not be drawn: {0}")]
    Drawing(String),
    #[error("There is no metric {0:?} in this project.")]
    NoMetric(String),
    #[error("There is no goal {0:?} in this project.")]
    NoGoal(String),
    #[error("There is no slide {number}; the deck has {of}.")]
    NoSlide { number: usize, of: usize },
    #[error("{what} cannot be written as {format}. Choose one of: {instead}.")]
    Combination { what: &'static str, format: &'static str, instead: String },
    #[error("There is nothing to export yet: what was asked for shows no goal and no metric.")]
    Nothing,
    #[error("There is nothing in this that a table could hold yet.")]
    NoRows,
    #[error("The export was cancelled. Nothing was written.")]
    Cancelled,
    #[error("{0} exists already and was left as it is. Choose another name, or allow it to be replaced.")]
    Exists(std::path::PathBuf),
    #[error("{} could not be written: {}", .path.display(), crate::storage::io_words(.error))]
    Io { error: std::io::Error, path: std::path::PathBuf },
}
