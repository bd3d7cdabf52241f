//! A command that fails inside ends with a line that says so, as any other that fails does.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::Path;
use std::sync::Once;

use super::console::{Failure, Outcome};

thread_local! {
    /// What a guarded command on this thread said when it failed; `None` where none is running.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The longest message that is passed on.
const LENGTH: usize = 300;

/// Runs a command. A panic becomes a failure of one line. What a save writes takes its place as a whole, so no project can have been cut.
pub(super) fn guarded(command: impl FnOnce() -> Outcome) -> Outcome {
    catch_words();
    SAID.set(Some(String::new()));
    // What the command has changed by then is its own and the console's, and of that only the text is looked at again.
    let outcome = panic::catch_unwind(AssertUnwindSafe(command));
    let said = SAID.take().unwrap_or_default();
    outcome.unwrap_or_else(|_| {
        Err(Failure::Bad(format!("waymark failed inside: {said}; project files are as they were, or were saved as a whole before that")))
    })
}

/// Sets the hook that keeps the words of a guarded command; those of all other threads go where they went before.
fn catch_words() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let ordinary = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_guarded =
                SAID.try_with(|said| said.try_borrow_mut().is_ok_and(|mut said| said.as_mut().map(|said| *said = words(info)).is_some()));
            if !is_guarded.unwrap_or(false) {
                ordinary(info);
            }
        }));
    });
}

/// The message and where it came from, on one line.
fn words(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("no message");
    let message: String = message.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LENGTH).collect();
    let file = info.location().and_then(|place| Some((Path::new(place.file()).file_name()?.to_string_lossy(), place.line())));
    file.map_or_else(|| message.clone(), |(file, line)| format!("{message} ({file}, line {line})"))
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use super::super::Console;
    use super::*;

    fn ended(command: impl FnOnce() -> Outcome) -> (String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = Console { out: &mut out, err: &mut err }.finish(guarded(command));
        assert!(out.is_empty());
        (format!("{exit:?}"), String::from_utf8(err).unwrap())
    }

    #[test]
    fn a_panic_is_a_line_and_exit_code_1() {
        let before = line!();
        let (exit, said) = ended(|| panic!("a row of {}\nand more", 7));
        assert_eq!(exit, format!("{:?}", ExitCode::from(1)));
        let place = format!("(guard.rs, line {})", before + 1);
        let expect = format!(
            "waymark failed inside: a row of 7 and more {place}; project files are as they were, or were saved as a whole before that\n"
        );
        assert_eq!(said, expect);
        let (_, long) = ended(|| panic!("{}", "x".repeat(100_000)));
        assert!(long.len() < 500 && long.lines().count() == 1, "{}", long.len());
    }

    #[test]
    fn whatever_else_a_command_says_is_passed_on() {
        assert_eq!(ended(|| Ok(())), (format!("{:?}", ExitCode::SUCCESS), String::new()));
        assert_eq!(ended(|| Err(Failure::Bad("no such file".to_owned()))).1, "no such file\n");
    }

    #[test]
    fn a_panic_outside_is_not_kept() {
        assert!(guarded(|| Ok(())).is_ok());
        assert!(SAID.with_borrow(Option::is_none));
        assert!(panic::catch_unwind(|| panic!("outside, as it should")).is_err());
        assert!(SAID.with_borrow(Option::is_none), "and the next command begins without it");
    }
}
