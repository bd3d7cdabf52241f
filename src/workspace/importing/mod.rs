//! Data on their way in: a table that somebody looks at before it becomes points.
//!
//! What is wanted of the table ([`Wanted`]) is plain state; all that follows from it ([`Found`]) is worked out by a job, and an answer to
//! what was wanted before is dropped. Nothing of the project changes before it is accepted, and then in one step. Not here: what tables
//! mean (`import`), and reading files (the shell, for a job).

mod found;
mod machine;
mod plan;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use found::{Ask, AskSource, FollowAs, Found, Marks, Shown, find};
pub use plan::Plan;

use super::files::file_name;
use super::jobs::RequestId;
use crate::import::Choices;
use crate::model::{Date, GoalId, Project, Role};

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportSource {
    File(PathBuf),
    Pasted(Arc<[u8]>),
}

/// What somebody does with a table that is to be imported.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportAction {
    /// Asks for a file.
    Begin,
    Read(ImportSource),
    /// From now on this is wanted of the table.
    Want(Box<Wanted>),
    Accept,
    /// Nothing is imported.
    Close,
}

/// What is wanted of a table, and of the project because of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub choices: Choices,
    pub objective: LinkTo,
    pub role: Role,
    /// The name under which the way to read the table is kept.
    pub recipe: Option<String>,
    /// The metrics follow the file from now on.
    pub follow: bool,
    /// The series that is looked at, by its name in the table; else the first one that is taken.
    pub shown: Option<String>,
}

/// What the metrics are linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTo {
    Nothing,
    Objective(GoalId),
    /// One of this title, which is made.
    New(String),
}

/// A table that somebody looks at.
#[derive(Clone, Debug)]
pub struct Importing {
    /// Tells it from every other table that was looked at.
    pub of: RequestId,
    pub source: ImportSource,
    pub wanted: Wanted,
    /// The newest answer; of what was wanted before while there is a job.
    pub found: Option<Arc<Found>>,
    /// Why nothing can be found: the file cannot be read, or the job failed.
    pub failed: Option<String>,
    /// The job that has not ended.
    working: Option<RequestId>,
    /// What the newest answer, or the job, is about.
    about: Option<About>,
}

/// All that an answer depends on.
#[derive(Clone, Debug)]
struct About {
    wanted: Wanted,
    project: Arc<Project>,
    as_of: Date,
}

impl About {
    fn is(&self, wanted: &Wanted, project: &Arc<Project>, as_of: Date) -> bool {
        self.wanted == *wanted && Arc::ptr_eq(&self.project, project) && self.as_of == as_of
    }
}

impl ImportSource {
    /// A text from the clipboard that is more than a word: several lines, or cells with tabs between them.
    pub fn pasted(text: &str) -> Option<Self> {
        let text = text.trim_matches(['\n', '\r']);
        let is_table = !text.trim().is_empty() && text.contains(['\t', '\n', '\r']);
        is_table.then(|| Self::Pasted(text.as_bytes().into()))
    }

    /// Whether a file is taken as a table by its ending.
    pub fn is_table(path: &Path) -> bool {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending.as_str()))
    }

    /// The file that it is.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::File(path) => Some(path),
            Self::Pasted(_) => None,
        }
    }

    pub fn name(&self) -> String {
        match self {
            Self::File(path) => file_name(path),
            Self::Pasted(_) => "the clipboard".to_owned(),
        }
    }

    /// Under which the way to read it is kept, unless somebody says otherwise.
    pub fn recipe_name(&self) -> String {
        match self {
            Self::File(path) => file_name(path),
            Self::Pasted(_) => "Pasted table".to_owned(),
        }
    }

    /// A name for what the table alone does not name.
    fn stem(&self) -> String {
        match self {
            Self::File(path) => path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().replace(['_', '-'], " ")),
            Self::Pasted(_) => "Pasted values".to_owned(),
        }
    }
}

/// Of files that hold tables.
pub const TABLE_ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "tab", "xlsx", "xlsm"];

impl Importing {
    fn new(of: RequestId, source: ImportSource, objective: Option<GoalId>) -> Self {
        let wanted = Wanted {
            choices: Choices::default(),
            objective: objective.map_or(LinkTo::Nothing, LinkTo::Objective),
            role: Role::Outcome,
            recipe: None,
            follow: false,
            shown: None,
        };
        Self { of, source, wanted, found: None, failed: None, working: None, about: None }
    }

    /// The job that has not ended.
    pub fn working(&self) -> Option<RequestId> {
        self.working
    }

    /// Why it cannot be accepted now; `None` where it can.
    pub fn refusal(&self) -> Option<String> {
        if let Some(failed) = &self.failed {
            return Some(failed.clone());
        }
        match (&self.found, self.working) {
            (None, _) => Some("The table is being read".to_owned()),
            (Some(found), None) => found.refusal(),
            // What was asked before may be answered.
            (Some(_), Some(_)) => Some("Being read again".to_owned()),
        }
    }
}

impl Wanted {
    /// A metric that follows a file needs to know how it is read: by a recipe of this name, where none is used.
    pub fn follow_file(&mut self, name_of_recipe: Option<&str>) {
        self.follow = true;
        if self.recipe.is_none() {
            self.recipe = name_of_recipe.map(str::to_owned);
        }
    }
}
