//! What is written reads back as it was.

use proptest::prelude::*;

use super::{read_project, write_project};
use crate::model::arbitrary::projects;

proptest! {
    #[test]
    fn what_is_written_reads_back(project in projects(8)) {
        let text = write_project(&project);
        let read = read_project(text.as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&project), "{}", text);
        prop_assert_eq!(write_project(&project), text);
    }

    #[test]
    fn the_text_ends_its_lines_alike(project in projects(4)) {
        let text = write_project(&project);
        prop_assert!(text.ends_with(")\n") && !text.contains('\r') && !text.contains('\t'));
        prop_assert!(text.lines().all(|line| line.trim_end() == line));
    }
}
