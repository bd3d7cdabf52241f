//! The command line, one file a command. Without a command it opens the window.
//!
//! Results go to standard output, errors to standard error. The exit code is 0, 1 for a project or file that is bad, and 2 for wrong
//! usage. Not here: what the commands do; each reads its arguments, calls the room that knows, and words the answer.

mod add;
mod args;
mod check;
mod console;
mod diff;
mod export;
mod guard;
mod import;
mod merge;
mod new;
mod plain;
mod redact;
mod refresh;
mod report;
mod saving;
mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use console::Console;
use console::Failure;
use plain::Plain;

use crate::model::Date;

/// Goals, the metrics that tell whether they are being reached, and honest charts of both.
///
/// Without a command, opens the window on FILE, or on the built-in sample project where no file is given.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, max_term_width = 100)]
#[command(after_help = "A metric or goal is named by its id or by its exact name.\n\
    Exit codes: 0 done, 1 a project or file that is bad, 2 wrong usage.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: window::WindowArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::CheckArgs),
    Add(add::AddArgs),
    Report(report::ReportArgs),
    Export(export::ExportArgs),
    Import(Box<import::ImportArgs>),
    Refresh(refresh::RefreshArgs),
    New(new::NewArgs),
    Merge(merge::MergeArgs),
    Diff(diff::DiffArgs),
    Redact(redact::RedactArgs),
}

/// Runs one command line; `args` begins with the program's name. `today` is the day that "now" means wherever a project
/// does not pin one.
pub fn run(args: impl IntoIterator<Item = OsString>, console: &mut Console<'_>, today: Date) -> ExitCode {
    let parsed = Cli::try_parse_from(args);
    // A merge writes a project, of which each character counts; all else is words to read.
    let exact = matches!(parsed, Ok(Cli { command: Some(Command::Merge(_)), window: _ }));
    let (mut out, mut err) = (Plain { to: &mut *console.out, exact }, Plain { to: &mut *console.err, exact: false });
    let console = &mut Console { out: &mut out, err: &mut err };
    let outcome = match parsed {
        Ok(Cli { command: None, window }) => return window::run(window),
        Ok(Cli { command: Some(command), window: _ }) => guard::guarded(|| match command {
            Command::Check(args) => check::run(&args, console, today),
            Command::Add(args) => add::run(&args, console, today),
            Command::Report(args) => report::run(&args, console, today),
            Command::Export(args) => export::run(&args, console, today),
            Command::Import(args) => import::run(&args, console, today),
            Command::Refresh(args) => refresh::run(&args, console, today),
            Command::New(args) => new::run(&args, console, today),
            Command::Merge(args) => merge::run(&args, console),
            Command::Diff(args) => diff::run(&args, console),
            Command::Redact(args) => redact::run(&args, console),
        }),
        Err(problem) => Err(Failure::from(problem)),
    };
    console.finish(outcome)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn today() -> Date {
        "2026-11-21".parse().unwrap()
    }

    fn check(line: &str, code: u8) -> (String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let args = line.split_whitespace().map(OsString::from);
        let exit = run(args, &mut Console { out: &mut out, err: &mut err }, today());
        assert_eq!(format!("{exit:?}"), format!("{:?}", ExitCode::from(code)), "{line}");
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_is_explained() {
        let mut command = Cli::command();
        command.build();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn wrong_usage_is_code_2_and_help_is_not() {
        for line in
            ["waymark report", "waymark report a.ron --sample", "waymark --nonsense", "waymark export --sample", "waymark a.ron --sample"]
        {
            let (out, err) = check(line, 2);
            assert!(out.is_empty() && err.contains("Usage: waymark"), "{line}: {err}");
        }
        let (out, err) = check("waymark --help", 0);
        assert!(out.contains("report") && out.contains("--frame-log") && err.is_empty(), "{out}");
    }

    #[test]
    fn an_ending_that_is_no_format_makes_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("board.jpg");
        let (out, err) = check(&format!("waymark export --sample --what view:board --out {}", path.display()), 2);
        assert!(out.is_empty() && err.contains("board.jpg ends in no format of an export"), "{err}");
        assert!(!path.exists());
    }

    #[test]
    fn a_title_does_not_steer_the_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.waymark.ron");
        let title = r#"(id: "g-a", title: "\u{1b}[31mRed\u{7}\u{202e}", kind: Objective())"#;
        let text = format!(r#"(format: "waymark", version: 1, id: "p-a", name: "Plan", goals: [{title}])"#);
        std::fs::write(&path, text).unwrap();
        let path = path.display();
        for line in [format!("waymark check {path}"), format!("waymark report {path}"), format!("waymark report {path} --format md")] {
            let (out, err) = check(&line, 0);
            assert!(out.contains("[31mRed") || err.contains("[31mRed"), "{line}: {out}{err}");
            assert!(!(out + &err).contains(['\u{1b}', '\u{7}', '\u{202e}']), "{line}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_device_without_an_end_is_refused() {
        let (out, err) = check("waymark check /dev/zero", 1);
        assert!(out.is_empty() && err.contains("/dev/zero"), "{err}");
    }

    #[test]
    #[cfg(unix)]
    fn a_named_pipe_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("p.waymark.ron");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let pipe = pipe.display();
        for line in [
            format!("waymark report {pipe}"),
            format!("waymark check {pipe}"),
            format!("waymark diff {pipe} {pipe}"),
            format!("waymark export {pipe} --what view:board --out {pipe}.svg"),
        ] {
            let (out, err) = check(&line, 1);
            assert!(out.is_empty() && err.contains("p.waymark.ron: this file cannot be opened: this is a named pipe"), "{line}: {err}");
            assert!(err.contains("write what comes out of it into a file"), "{err}");
        }
    }

    /// As a shell does for `<(cat FILE)`: the number of a pipe that gives this text.
    #[cfg(target_os = "linux")]
    fn handed_over(text: &'static str) -> std::io::PipeReader {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let write = move || std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        std::thread::Builder::new().name("the shell".to_owned()).spawn(write).unwrap();
        reader
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_pipe_that_the_shell_hands_over_is_read() {
        use std::os::fd::AsRawFd as _;
        for folder in ["/dev/fd", "/proc/self/fd"] {
            let pipe = handed_over(crate::storage::SAMPLE_TEXT);
            let (out, err) = check(&format!("waymark check {folder}/{}", pipe.as_raw_fd()), 0);
            assert!(!out.is_empty() && !err.contains("empty"), "{out}{err}");
            let (one, two) = (handed_over(crate::storage::SAMPLE_TEXT), handed_over(crate::storage::SAMPLE_TEXT));
            check(&format!("waymark diff {folder}/{} {folder}/{}", one.as_raw_fd(), two.as_raw_fd()), 0);
        }
        let pipe = handed_over("(format: \"waymark\"");
        let (_, err) = check(&format!("waymark check /dev/fd/{}", pipe.as_raw_fd()), 1);
        assert!(!err.contains("Waymark kept no earlier version"), "{err}");
    }

    #[test]
    fn a_reader_that_hangs_up_is_no_error() {
        struct Closed;
        impl std::io::Write for Closed {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut err = Vec::new();
        let args = ["waymark", "report", "--sample"].map(OsString::from);
        let exit = run(args, &mut Console { out: &mut Closed, err: &mut err }, today());
        assert_eq!(format!("{exit:?}"), format!("{:?}", ExitCode::SUCCESS));
        assert!(err.is_empty());
    }
}
