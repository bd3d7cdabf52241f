//! The slides of the deck, each body in native text boxes and tables. Charts are in `charts`.

use super::goals::{self, head};
use super::ink::Ink;
use super::master::Holder;
use super::place::{MARGIN, MEASURE, Place};
use super::sheet::{Called, Sheet};
use super::table::{Cell, Grid, PADDING, Row};
use super::text::{Align, Anchor, Paragraph, Run, cut, fitting, size};
use crate::analysis::attention::Tone;
use crate::chart::Fact;
use crate::chart::deck::{Body, ChangeLine, GoalLine, KpiLine, Slide, Strip, StripTone, Takeaway, unbroken};
use crate::chart::review::{LogLine, LogState};
use crate::model::Status;
use crate::ui::theme::Theme;

/// Rows for what is still to be decided.
const TO_DECIDE: usize = 5;

/// Everything under the heading of a slide that is no chart.
pub(super) fn body(sheet: &mut Sheet<'_>, slide: &Slide) {
    match &slide.body {
        Body::Title { subtitle, lines } => cover(sheet, &slide.title, subtitle, lines),
        Body::Summary { rows, more, counts, takeaways, since } => {
            let counted: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {}", status.word().to_lowercase())).collect();
            let others = more_words(*more, "objective");
            let said = counted.into_iter().chain(others).chain(change_words(since)).collect::<Vec<_>>().join(" · ");
            rows_and_takeaways(sheet, (&said, None), rows, takeaways);
        }
        Body::Objective { line, reason, rows, more, takeaways, since } => {
            let reason = std::iter::once(reason.trim_end_matches('.').to_owned());
            let said = reason.chain(more_words(*more, "key result")).chain(change_words(since)).collect::<Vec<_>>().join(" · ");
            rows_and_takeaways(sheet, (&said, Some(line)), rows, takeaways);
        }
        Body::Changes { better, worse, silent, more, since: _ } => changes(sheet, [better, worse, silent], *more),
        Body::Log(lines) => log(sheet, lines),
        Body::Table(rows) => kpis(sheet, rows),
        Body::Empty(why) => {
            let letters = why.chars().count();
            let run = Run::new(why, fitting(letters, size::BODY, Place::BODY.width, Place::BODY.height), Ink::Muted);
            sheet.text("Words", Place::BODY, Anchor::Top, &[run.into()]);
        }
        Body::Kpi(_) => {}
    }
}

fn more_words(more: usize, what: &str) -> Option<String> {
    match more {
        0 => None,
        1 => Some(format!("1 more {what}")),
        n => Some(format!("{n} more {what}s")),
    }
}

/// What the column of changes compares with.
fn change_words(since: &str) -> Option<String> {
    (!since.is_empty()).then(|| format!("change {since}"))
}

fn cover(sheet: &mut Sheet<'_>, title: &str, subtitle: &str, lines: &[String]) {
    let fitted = fitting(title.chars().count(), size::COVER, MEASURE, 260.0);
    sheet.hold(Holder::CoverTitle, &[Run::new(title.replace('\n', " "), fitted, Ink::Text).strong().into()]);
    let mut words: Vec<Paragraph> = Vec::new();
    if !subtitle.is_empty() {
        let fitted = fitting(subtitle.chars().count(), size::SUBTITLE, MEASURE, 120.0);
        words.push(Run::new(subtitle.replace('\n', " "), fitted, Ink::Text).into());
    }
    words.extend(lines.iter().enumerate().map(|(index, line)| {
        let above = if index == 0 && !subtitle.is_empty() { 24.0 } else { 4.0 };
        Paragraph::from(Run::new(line, size::SMALL, Ink::Muted)).below(above)
    }));
    sheet.hold(Holder::CoverText, &words);
}

/// What is said of all, the goals, what to take away.
fn rows_and_takeaways(sheet: &mut Sheet<'_>, (said, of): (&str, Option<&GoalLine>), rows: &[GoalLine], takeaways: &[Takeaway]) {
    let top = Place::BODY.y;
    let width = if of.is_some() { MEASURE * 0.76 } else { MEASURE };
    let letters = said.chars().count();
    let place = Place::new(MARGIN, top, width, 48.0);
    sheet.text("Words", place, Anchor::Middle, &[Run::new(said, fitting(letters, size::SMALL, width, 48.0), Ink::Muted).into()]);
    if let Some(line) = of {
        goals::bullet(sheet, line, Place::new(MARGIN + MEASURE * 0.79, top + 10.0, MEASURE * 0.21, 28.0));
    }
    let room = if takeaways.is_empty() { 690.0 } else { 400.0 };
    let used = if rows.is_empty() { 0.0 } else { goals::table(sheet, Place::new(MARGIN, top + 60.0, MEASURE, room), rows) };
    if takeaways.is_empty() {
        return;
    }
    let from = top + 60.0 + used + 24.0;
    let place = Place::new(MARGIN, from, MEASURE, Place::BODY.y + Place::BODY.height - from);
    // Each is at most two lines, with a little air above.
    let each = place.height / takeaways.len() as f32 - 10.0;
    let theme = sheet.theme;
    let longest = takeaways.iter().map(|t| t.text.chars().count()).max().unwrap_or(0);
    let fitted = fitting(longest + 3, size::SMALL, MEASURE, each);
    let line = |takeaway: &Takeaway| {
        let ink = toned(theme, takeaway.tone);
        Paragraph {
            runs: vec![Run::new("■  ", fitted * 0.7, ink), Run::new(unbroken(&takeaway.text), fitted, Ink::Text)],
            above: 10.0,
            ..Paragraph::default()
        }
    };
    let lines: Vec<Paragraph> = takeaways.iter().map(line).collect();
    sheet.text("Takeaways", place, Anchor::Top, &lines);
}

fn toned(theme: &Theme, tone: Tone) -> Ink {
    match tone {
        Tone::Better => Ink::Exact(theme.xmr.improve),
        Tone::Worse => Ink::Exact(theme.xmr.concern),
        Tone::Neither => Ink::Muted,
    }
}

/// Better, worse and silent beside each other.
fn changes(sheet: &mut Sheet<'_>, lists: [&[ChangeLine]; 3], more: [usize; 3]) {
    const GAP: f32 = 48.0;
    let theme = sheet.theme;
    let width = (MEASURE - 2.0 * GAP) / 3.0;
    let heads = [("Better", toned(theme, Tone::Better)), ("Worse", toned(theme, Tone::Worse)), ("No change", Ink::Muted)];
    for (index, ((name, ink), lines)) in heads.into_iter().zip(lists).enumerate() {
        let mut words: Vec<Paragraph> = vec![Run::new(name, size::BODY, ink).strong().into()];
        let each = 680.0 / lines.len().max(1) as f32 - 24.0;
        for line in lines {
            let ChangeLine { name, values, reason, .. } = line;
            let letters = name.chars().count() + reason.chars().count() + 3;
            let small = fitting(letters, size::SMALL - 4.0, width, (each - 42.0).max(30.0));
            words.push(Paragraph::from(Run::fitted(values, size::SMALL, width, 42.0, Ink::Text).strong()).below(20.0));
            let tail = if reason.is_empty() { String::new() } else { format!(" · {reason}") };
            words.push(Paragraph {
                runs: vec![
                    Run::new(cut(name.replace('\n', " "), small, width, (each - 72.0).max(30.0)), small, Ink::Text),
                    Run::new(tail, small, Ink::Muted),
                ],
                ..Paragraph::default()
            });
        }
        if lines.is_empty() {
            words.push(Paragraph::from(Run::new("None", size::SMALL, Ink::Muted)).below(20.0));
        }
        if more[index] > 0 {
            words.push(Paragraph::from(Run::new(format!("and {} more", more[index]), size::CAPTION, Ink::Muted)).below(20.0));
        }
        let place = Place { x: MARGIN + index as f32 * (width + GAP), width, ..Place::BODY };
        sheet.text(name, place, Anchor::Top, &words);
    }
}

/// Lines of the meeting log; where there are none yet, rows to write into.
fn log(sheet: &mut Sheet<'_>, lines: &[LogLine]) {
    const HEAD: f32 = 48.0;
    let theme = sheet.theme;
    let columns = vec![0.12, 0.5, 0.24, 0.14];
    let mut grid = Grid {
        columns,
        head: Some(head(HEAD, &["Kind", "What", "Owner and due date", "Outcome"], 4)),
        rows: Vec::new(),
        line: Ink::Exact(theme.line.hairline),
    };
    let height = 104.0;
    let cell = |grid: &Grid, column: usize, words: &str, ink: Ink| -> Cell {
        let room = grid.column(column, MEASURE).1 - 2.0 * PADDING;
        Paragraph::from(Run::fitted(words, size::SMALL, room, height - 12.0, ink)).into()
    };
    for line in lines {
        let LogLine { kind, text, about, facts, outcome, state, .. } = line;
        let (state_words, ink) = match state {
            LogState::Said => ("", Ink::Text),
            LogState::Open => ("Open", Ink::Text),
            LogState::Overdue => ("Late", Ink::Exact(theme.status(Status::AtRisk).text)),
            LogState::Done => ("Done", Ink::Exact(theme.status(Status::OnTrack).text)),
        };
        let what = about.as_ref().map_or_else(|| text.clone(), |about| format!("{text} ({about})"));
        let outcome = [state_words, outcome.as_str()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(": ");
        let cells = vec![
            cell(&grid, 0, kind.word(), Ink::Muted),
            cell(&grid, 1, &what, Ink::Text),
            cell(&grid, 2, facts, Ink::Text),
            cell(&grid, 3, &outcome, ink),
        ];
        grid.rows.push(Row { height, cells });
    }
    if lines.is_empty() {
        grid.rows.extend((0..TO_DECIDE).map(|_| Row { height, cells: Vec::new() }));
    }
    let words = if lines.is_empty() {
        "Empty rows for what is decided".to_owned()
    } else {
        lines.iter().map(crate::chart::deck::log_words).collect::<Vec<_>>().join("; ")
    };
    let all = HEAD + height * grid.rows.len() as f32;
    sheet.table(Called { name: "Meeting log", words: &words }, Place { height: all, ..Place::BODY }, &grid);
}

/// Every KPI, or a dozen of them.
fn kpis(sheet: &mut Sheet<'_>, rows: &[KpiLine]) {
    const HEAD: f32 = 48.0;
    let theme = sheet.theme;
    let height = ((Place::BODY.height - HEAD) / rows.len().max(1) as f32).clamp(40.0, 58.0);
    let mut grid = Grid {
        columns: vec![0.3, 0.22, 0.14, 0.12, 0.1, 0.12],
        head: Some(head(HEAD, &["KPI", "Last value", "Target", "Status", "Likely", "Owner"], 6)),
        rows: Vec::new(),
        line: Ink::Exact(theme.line.hairline),
    };
    for KpiLine { name, last, target, status, chance, owner, .. } in rows {
        let cell = |column: usize, words: &str, ink: Ink| -> Cell {
            let room = grid.column(column, MEASURE).1 - 2.0 * PADDING;
            Paragraph::from(Run::fitted(words, size::CAPTION, room, height, ink)).into()
        };
        let status_ink = status.map_or(Ink::Muted, |status| Ink::Exact(theme.status(status).text));
        let cells = vec![
            cell(0, name, Ink::Text),
            cell(1, last, Ink::Text),
            cell(2, target, Ink::Text),
            cell(3, status.map_or("–", Status::word), status_ink),
            cell(4, chance, Ink::Text),
            cell(5, owner, Ink::Muted),
        ];
        grid.rows.push(Row { height, cells });
    }
    let words: Vec<String> = rows.iter().map(KpiLine::words).collect();
    let all = HEAD + height * rows.len() as f32;
    sheet.table(Called { name: "KPIs", words: &words.join("; ") }, Place { height: all, ..Place::BODY }, &grid);
}

/// A fact under a chart: what is read first, what it is of, what there is to it, and the colour of its line.
pub(super) struct Told {
    value: String,
    label: String,
    note: String,
    ink: Ink,
}

impl Told {
    /// As beside a chart of the window.
    pub(super) fn of_fact(index: usize, fact: &Fact) -> Self {
        let Fact { label, value, note, .. } = fact;
        let ink = if index == 0 { Ink::Text } else { Ink::Accent(0) };
        Self { value: value.clone(), label: label.clone(), note: note.clone(), ink }
    }

    /// As on the slide.
    pub(super) fn of_strip(theme: &Theme, strip: &Strip) -> Self {
        let Strip { headline, note, tone, .. } = strip;
        let ink = match tone {
            StripTone::Plain => Ink::Text,
            StripTone::Standing(status) => Ink::Exact(theme.status(*status).mark),
            StripTone::Chance => Ink::Accent(0),
        };
        Self { value: headline.clone(), label: String::new(), note: note.clone(), ink }
    }
}

/// The facts under a chart, beside each other.
pub(super) fn facts(sheet: &mut Sheet<'_>, facts: &[Told], place: Place) {
    let width = place.width / facts.len().max(1) as f32;
    for (index, Told { value, label, note, ink }) in facts.iter().enumerate() {
        let x = place.x + width * index as f32;
        let line = Called { name: "Line", words: "" };
        sheet.mark(line, Place::new(x, place.y, 5.0, place.height), super::sheet::Outline::Square, *ink);
        let room = width - 60.0;
        let share = if label.is_empty() { 1.0 } else { 0.6 };
        let mut runs = vec![Run::new(value, fitting(value.chars().count(), 44.0, room * share, 56.0), Ink::Text).strong()];
        if !label.is_empty() {
            runs.push(Run::new(format!("  {label}"), size::CAPTION, Ink::Text));
        }
        let note = Run::new(note, fitting(note.chars().count(), size::CAPTION, room, 34.0), Ink::Muted);
        let words = [Paragraph { runs, align: Align::Left, above: 0.0 }, note.into()];
        sheet.text("Fact", Place::new(x + 28.0, place.y, room, place.height), Anchor::Middle, &words);
    }
}
