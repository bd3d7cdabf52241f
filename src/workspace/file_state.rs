//! Where the project lives.

use std::path::PathBuf;

use super::jobs::RequestId;
use super::outside::{Bringing, Outside, Seen};
use super::saving::Stored;
use crate::document::SavePoint;

/// The file of the open project, and what is going on with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileState {
    /// None for a new project and for the sample.
    pub path: Option<PathBuf>,
    pub read_only: bool,
    /// What the file held when it was last read or written here. None without a file.
    pub stored: Option<Stored>,
    /// A save that has not ended.
    pub saving: Option<RequestId>,
    /// A load that has not ended.
    pub loading: Option<RequestId>,
    /// What others did to the file and is not taken over.
    pub outside: Option<Outside>,
    /// The file as it was seen last, until that is dealt with.
    pub(super) seen: Option<Seen>,
    /// What the file holds now is being compared with the project.
    pub(super) bringing: Option<Bringing>,
    /// What counted as saved before the file went.
    pub(super) saved_before: Option<SavePoint>,
}

impl FileState {
    /// The file's name without its ending, as the title shows it.
    pub fn name(&self) -> Option<String> {
        let name = self.path.as_ref()?.file_name()?.to_string_lossy();
        let stem = name.strip_suffix(".ron").unwrap_or(&name);
        Some(stem.strip_suffix(".waymark").unwrap_or(stem).to_owned())
    }
}
