//! How a project names a file that its metrics follow, as text: from its own folder with `/` on every system (`data/kpi.csv`), with `..`
//! out of that folder, or from the root of the disk. What the text leads to is found by its words alone; no file is looked at.

use std::path::{Path, PathBuf};

/// Names that one system takes for a device, whatever follows the first dot. They are refused on every system.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Whether the text can name a file at all; where not, why.
pub fn check_linked_path(path: &str) -> Result<(), String> {
    named_place(Path::new("/"), path).map(drop)
}

/// Where the text leads from a folder, which is whole and without links. Fails, in plain words, for what no file can be called, for devices
/// and for paths of another system.
pub(super) fn named_place(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let refused = |why: &str| Err(format!("{path:?} {why}"));
    if path.trim().is_empty() || path.chars().any(char::is_control) {
        return refused("names no file");
    }
    let text = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    if text.contains('\\') {
        return refused("is a path of another system");
    }
    if text.starts_with("//./") || text.starts_with("//?/") {
        return refused("names a device, not a file");
    }
    let (mut place, rest) = root_of(folder, &text);
    let mut ends_in_name = false;
    for step in rest.split('/').filter(|step| !step.is_empty() && *step != ".") {
        ends_in_name = step != "..";
        if !ends_in_name {
            place.pop();
        } else if is_device(step) {
            return refused("names a device, not a file");
        } else if step.contains(':') {
            // A drive, or a stream beside a file.
            return refused("is a path of another system");
        } else {
            place.push(step);
        }
    }
    if ends_in_name { Ok(place) } else { refused("names no file") }
}

/// Where the steps of a text begin, and the steps.
fn root_of<'a>(folder: &Path, text: &'a str) -> (PathBuf, &'a str) {
    if cfg!(windows) {
        if let Some((drive, rest)) = text.split_once(":/").filter(|(drive, _)| drive.len() == 1) {
            return (PathBuf::from(format!("{drive}:\\")), rest);
        }
        let share = text.strip_prefix("//").and_then(|share| {
            let (server, rest) = share.split_once('/')?;
            let (share, rest) = rest.split_once('/')?;
            Some((PathBuf::from(format!("\\\\{server}\\{share}\\")), rest))
        });
        if let Some(share) = share {
            return share;
        }
    }
    match text.strip_prefix('/') {
        Some(rest) => (folder.ancestors().last().unwrap_or(folder).to_path_buf(), rest),
        None => (folder.to_path_buf(), text),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim().to_uppercase();
    let numbered = |port: &str| stem.strip_prefix(port).is_some_and(|n| n.chars().count() == 1 && n.chars().all(char::is_numeric));
    DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_words_say_where_it_is() {
        let place = |path: &str| named_place(Path::new("/home/ana/plans"), path).unwrap().display().to_string();
        for (path, expected) in [
            ("./data/a.csv", "/home/ana/plans/data/a.csv"),
            ("data//x/../a.csv", "/home/ana/plans/data/a.csv"),
            ("../data/a.csv", "/home/ana/data/a.csv"),
            ("../../../../../etc/passwd", "/etc/passwd"),
            ("/srv/a.csv", "/srv/a.csv"),
            ("//server/share/a.csv", "/server/share/a.csv"),
            ("../plans/a.csv", "/home/ana/plans/a.csv"),
            ("company.csv", "/home/ana/plans/company.csv"),
        ] {
            assert_eq!(place(path), expected);
        }
    }

    #[test]
    fn what_names_no_file_or_a_device_is_refused() {
        let all = [
            "",
            "  ",
            ".",
            "..",
            "data/..",
            "/",
            "a\0.csv",
            "a\n.csv",
            "C:a.csv",
            "nul:",
            "NUL",
            "data/con.csv",
            "Com1.txt",
            "lpt9",
            "aux .csv",
            "//./pipe/a",
            "//?/C:/a.csv",
        ];
        for path in all {
            assert!(check_linked_path(path).is_err(), "{path:?}");
        }
        #[cfg(unix)]
        for path in ["C:\\a.csv", "C:/a.csv", "\\\\host\\share\\a.csv", "\\\\.\\pipe\\a"] {
            assert!(check_linked_path(path).is_err(), "{path:?}");
        }
    }
}
