//! Keys for commands on three systems.

use super::{Command, DayStep};
use crate::workspace::{Screen, ThemeChoice};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    Linux,
    Windows,
    MacOs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// The control key of a Mac; elsewhere [`Self::Command`] is that.
    Control,
    Alt,
    Shift,
    /// Ctrl; ⌘ on a Mac.
    Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A capital letter, a digit or a sign.
    Char(char),
    Function(u8),
    Delete,
    Backspace,
    Enter,
    ArrowUp,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
}

/// A key with what is held down with it, in the order of [`Modifier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    pub modifiers: &'static [Modifier],
    pub key: Key,
}

impl System {
    pub const ALL: [Self; 3] = [Self::Linux, Self::Windows, Self::MacOs];

    /// The one that this program was built for.
    pub fn current() -> Self {
        if cfg!(target_os = "macos") {
            Self::MacOs
        } else if cfg!(target_os = "windows") {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}

impl Shortcut {
    const fn new(modifiers: &'static [Modifier], key: Key) -> Self {
        Self { modifiers, key }
    }

    /// "Ctrl+Shift+S", or "⇧⌘S" on a Mac.
    pub fn words(self, system: System) -> String {
        let mac = system == System::MacOs;
        let named: &[(Modifier, &str)] = if mac {
            &[(Modifier::Control, "⌃"), (Modifier::Alt, "⌥"), (Modifier::Shift, "⇧"), (Modifier::Command, "⌘")]
        } else {
            &[(Modifier::Command, "Ctrl+"), (Modifier::Control, "Ctrl+"), (Modifier::Alt, "Alt+"), (Modifier::Shift, "Shift+")]
        };
        let mut words: String = named.iter().filter(|(m, _)| self.modifiers.contains(m)).map(|(_, word)| *word).collect();
        match self.key {
            Key::Char('-') => words.push('−'),
            Key::Char(sign) => words.push(sign),
            Key::Function(number) => {
                words.push('F');
                words.push_str(&number.to_string());
            }
            Key::Delete => words.push_str("Delete"),
            Key::Backspace => words.push_str("Backspace"),
            Key::Enter => words.push_str("Enter"),
            Key::ArrowUp => words.push_str("Up"),
            Key::ArrowDown => words.push_str("Down"),
            Key::ArrowLeft => words.push_str("Left"),
            Key::ArrowRight => words.push_str("Right"),
        }
        words
    }

    /// Whether a text field may need these keys itself: then they count only while no text is edited.
    pub fn yields_to_text(self) -> bool {
        let undoes = self.modifiers.contains(&Modifier::Command) && matches!(self.key, Key::Char('Z' | 'Y') | Key::Backspace);
        let plain = !self.modifiers.contains(&Modifier::Command) && !matches!(self.key, Key::Function(_));
        undoes || plain
    }
}

impl Command {
    /// The keys for it, the one that menus show first.
    pub fn shortcuts(self, system: System) -> Vec<Shortcut> {
        use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, Char, Delete, Enter, Function};
        use Modifier::{Alt, Command as Cmd, Control, Shift};
        let mac = system == System::MacOs;
        let one = |modifiers, key| vec![Shortcut::new(modifiers, key)];
        match self {
            Self::NewProject => one(&[Cmd], Char('N')),
            Self::Open => one(&[Cmd], Char('O')),
            Self::Save => one(&[Cmd], Char('S')),
            Self::SaveAs => one(&[Shift, Cmd], Char('S')),
            Self::Export => one(&[Cmd], Char('E')),
            Self::ExportAgain => one(&[Shift, Cmd], Char('E')),
            Self::CopyPicture => one(&[Shift, Cmd], Char('C')),
            Self::ImportData => one(&[Cmd], Char('I')),
            Self::Quit => one(&[Cmd], Char('Q')),
            Self::Undo => one(&[Cmd], Char('Z')),
            Self::Redo if mac => one(&[Shift, Cmd], Char('Z')),
            Self::Redo => vec![Shortcut::new(&[Cmd], Char('Y')), Shortcut::new(&[Shift, Cmd], Char('Z'))],
            Self::NewObjective => one(&[Shift], Char('C')),
            Self::QuickEntry => one(&[], Char('C')),
            Self::Rename => one(&[], Function(2)),
            Self::Duplicate => one(&[Cmd], Char('D')),
            Self::Indent => one(&[Alt], ArrowRight),
            Self::Outdent => one(&[Alt], ArrowLeft),
            Self::EarlierCycle => one(&[Alt], Char('[')),
            Self::LaterCycle => one(&[Alt], Char(']')),
            Self::MoveUp => one(&[Alt], ArrowUp),
            Self::MoveDown => one(&[Alt], ArrowDown),
            Self::Remove if mac => one(&[Cmd], Backspace),
            Self::Remove => one(&[], Delete),
            Self::CheckIn => one(&[Cmd], Enter),
            Self::CheckInDue => one(&[Shift, Cmd], Enter),
            Self::Find => one(&[Cmd], Char('F')),
            Self::Palette => one(&[Cmd], Char('K')),
            Self::ProjectSettings => one(&[Cmd], Char(',')),
            Self::Show(Screen::Board) => one(&[Cmd], Char('1')),
            Self::Show(Screen::Objective) => one(&[Cmd], Char('2')),
            Self::Show(Screen::Kpi) => one(&[Cmd], Char('3')),
            Self::Show(Screen::Map) => one(&[Cmd], Char('4')),
            Self::Show(Screen::Scorecard) => one(&[Cmd], Char('5')),
            Self::Show(Screen::Roadmap) => one(&[Cmd], Char('6')),
            Self::Show(Screen::Review) => one(&[Cmd], Char('7')),
            Self::DataTable => one(&[Cmd], Char('T')),
            Self::PresentFromStart => one(&[], Function(5)),
            Self::PresentFromHere if mac => vec![Shortcut::new(&[Shift], Function(5)), Shortcut::new(&[Alt, Cmd], Char('P'))],
            Self::PresentFromHere => one(&[Shift], Function(5)),
            Self::Back => one(&[Cmd], Char('[')),
            Self::Forward => one(&[Cmd], Char(']')),
            Self::ToggleInspector => one(&[], Char('I')),
            Self::Why => one(&[], Char('W')),
            Self::Day(DayStep::DayEarlier) => one(&[Alt], Char(',')),
            Self::Day(DayStep::DayLater) => one(&[Alt], Char('.')),
            Self::ZoomIn => vec![Shortcut::new(&[Cmd], Char('+')), Shortcut::new(&[Cmd], Char('='))],
            Self::ZoomOut => one(&[Cmd], Char('-')),
            Self::ZoomReset => one(&[Cmd], Char('0')),
            Self::FullScreen if mac => one(&[Control, Cmd], Char('F')),
            Self::FullScreen => one(&[], Function(11)),
            Self::NewFromTemplate
            | Self::OpenSample
            | Self::ClearRecent
            | Self::RedactedCopy
            | Self::Glossary
            | Self::Versions
            | Self::Unsaved
            | Self::RefreshLinked
            | Self::ExportSlides
            | Self::ExportAll
            | Self::CopySvg
            | Self::CopyReport
            | Self::NewKeyResult
            | Self::NewInitiative
            | Self::NewMetric
            | Self::NewEvent
            | Self::NewCycle
            | Self::Contribute
            | Self::Support
            | Self::Postpone
            | Self::Abandon
            | Self::Resume
            | Self::Archive
            | Self::CloseGoals
            | Self::CarryOver
            | Self::AllCycles
            | Self::Cycles
            | Self::Restore
            | Self::PlanStages
            | Self::CompareInitiatives
            | Self::Kpi(_)
            | Self::CopyTable
            | Self::Events
            | Self::Slides
            | Self::HoldMeeting
            | Self::Day(DayStep::WeekEarlier | DayStep::WeekLater | DayStep::Back)
            | Self::Range(_)
            | Self::Theme(ThemeChoice::System | ThemeChoice::Light | ThemeChoice::Dark) => Vec::new(),
        }
    }

    /// The command of a key press on a system.
    pub fn of_shortcut(shortcut: Shortcut, system: System) -> Option<Self> {
        Self::all().find(|c| c.shortcuts(system).contains(&shortcut))
    }
}
