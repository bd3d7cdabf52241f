//! Problems as lines that editors and build logs understand.

use std::path::Path;

use crate::storage::FileProblem;

/// `FILE:LINE:COL: message`, one line each. A message of several lines becomes one.
pub fn problem_lines(path: &Path, problems: &[FileProblem]) -> String {
    let line = |FileProblem { line, column, message }: &FileProblem| {
        let message: Vec<&str> = message.split_whitespace().collect();
        format!("{}:{line}:{column}: {}\n", path.display(), message.join(" "))
    };
    problems.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_file_line_and_column() {
        let problems = [
            FileProblem { line: 3, column: 7, message: "goal g-a: has no title".to_owned() },
            FileProblem { line: 9, column: 1, message: "expected a number,\n  but found \"x\"".to_owned() },
        ];
        assert_eq!(
            problem_lines(Path::new("plan.waymark.ron"), &problems),
            "plan.waymark.ron:3:7: goal g-a: has no title\nplan.waymark.ron:9:1: expected a number, but found \"x\"\n"
        );
    }
}
