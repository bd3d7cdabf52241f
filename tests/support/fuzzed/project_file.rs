//! Bytes as a project file.

use waymark::storage::{read_project, write_project};

/// A file is a project that is written and read back as it is, or its problems have places and words.
pub(crate) fn check(bytes: &[u8]) {
    match read_project(bytes) {
        Ok(project) => {
            assert_eq!(project.validate(), []);
            let text = write_project(&project);
            assert_eq!(read_project(text.as_bytes()).as_ref(), Ok(&project), "{text}");
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert!(problems.iter().all(|p| p.line > 0 && p.column > 0 && !p.message.is_empty()), "{problems:?}");
        }
    }
}
