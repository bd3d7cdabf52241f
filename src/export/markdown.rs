//! What an export says in Markdown: the status report, the words of slides, or tables.

use std::fmt::Write as _;

use super::{ExportError, ExportedFile, Stage, Watch, tables};
use crate::chart::Chart;
use crate::chart::deck::{Body, ChangeLine, GoalLine, KpiLine, Slide};
use crate::chart::review::LogLine;
use crate::model::{Date, MetricId, Project, Status, date_words};
use crate::report::{markdown_text, status_glyph};
use crate::ui::theme::Theme;
use crate::workspace::{ChartOf, ExportRequest, ExportWhat, KpiMode, Screen};

pub(super) fn file(project: &Project, request: &ExportRequest, as_of: Date, watch: &mut Watch<'_>) -> Result<ExportedFile, ExportError> {
    let view = request.seen();
    let stage = Stage::new(project, &view, Theme::light(), as_of);
    let report = |under| {
        let scene = stage.scene();
        crate::report::markdown(scene.project, &scene.tree, &scene.evaluation, under)
    };
    let text = match &request.what {
        ExportWhat::Deck => slides(&stage, None)?,
        ExportWhat::Slide(number) => slides(&stage, Some(*number))?,
        ExportWhat::Objective(goal) => {
            let known = project.goal(goal).ok_or_else(|| ExportError::NoGoal(goal.to_string()))?;
            report(Some(&known.id))
        }
        ExportWhat::View(Screen::Scorecard | Screen::Roadmap) => tables::as_markdown(&stage, &request.what, watch)?,
        ExportWhat::Chart(metric) => kpi(&stage, metric, KpiMode::Trend)?,
        ExportWhat::Kpi(metric, mode) => kpi(&stage, metric, *mode)?,
        ExportWhat::View(_) | ExportWhat::All => report(None),
    };
    Ok(ExportedFile { name: request.suggested_name(project), bytes: text.into_bytes() })
}

/// What a mode of the KPI view says of a metric, the facts under it, and its values.
fn kpi(stage: &Stage<'_>, metric: &MetricId, mode: KpiMode) -> Result<String, ExportError> {
    let Stage { document, memos, as_of, view, .. } = stage;
    let project = document.project();
    let known = project.metric(metric).ok_or_else(|| ExportError::NoMetric(metric.to_string()))?;
    let over_time = ChartOf::Metric(metric.clone(), None);
    let chart = match mode {
        KpiMode::Variation(choice) => memos.chart(document, *as_of, &ChartOf::Variation(metric.clone(), choice)),
        _ => memos.chart(document, *as_of, &over_time),
    };
    let days = Chart::days_of(view.days(project, *as_of, chart.fit_x));
    let of = memos.figure_of(document, (metric, None), mode, days, &view.arranged.kpi);
    let figure = memos.figure(document, *as_of, &of);
    let (title, subtitle, summary) = match &figure {
        Some(figure) => (&figure.title, &figure.subtitle, figure.empty.as_ref().unwrap_or(&figure.summary)),
        None => (&chart.title, &chart.subtitle, &chart.summary),
    };
    let facts = memos.facts(document, *as_of, &over_time);
    let facts = facts.iter().map(|fact| {
        let note = if fact.note.is_empty() { String::new() } else { format!(" ({})", markdown_text(&fact.note)) };
        format!("{}: **{}**{note}", markdown_text(&fact.label), markdown_text(&fact.value))
    });
    let head = [title, subtitle, summary].map(|words| markdown_text(words));
    let [title, subtitle, summary] = head;
    let day = date_words(*as_of);
    Ok(format!("# {title}\n\n{subtitle}\n\nAs of {day}\n\n{}{summary}\n{}", list(facts), tables::values_as_markdown(stage, known, mode)))
}

/// The slides that are shown, or one of them.
fn slides(stage: &Stage<'_>, number: Option<usize>) -> Result<String, ExportError> {
    let Stage { document, memos, as_of, .. } = stage;
    let deck = memos.deck(document, *as_of);
    let shown: Vec<_> = deck.iter().filter(|entry| !entry.hidden).collect();
    let chosen = match number {
        None => shown.as_slice(),
        Some(number) => {
            let missing = ExportError::NoSlide { number, of: shown.len() };
            number.checked_sub(1).and_then(|at| shown.get(at..=at)).ok_or(missing)?
        }
    };
    let texts: Vec<String> = chosen.iter().map(|entry| slide(&memos.slide(document, *as_of, entry))).collect();
    Ok(texts.join("\n"))
}

fn slide(slide: &Slide) -> String {
    let level = if matches!(slide.body, Body::Title { .. }) { "#" } else { "##" };
    let mut text = format!("{level} {}\n\n", markdown_text(&slide.title));
    if let Some(kicker) = &slide.kicker {
        // A String takes everything.
        let _always = writeln!(text, "*{}*\n", markdown_text(&kicker.path));
    }
    text.push_str(&body(&slide.body));
    text
}

fn body(body: &Body) -> String {
    match body {
        Body::Title { subtitle, lines } => {
            let lines = std::iter::once(subtitle).chain(lines).filter(|line| !line.is_empty());
            lines.map(|line| markdown_text(line)).collect::<Vec<_>>().join("\n\n") + "\n"
        }
        Body::Summary { rows, takeaways, .. } => goal_table(rows) + &list(takeaways.iter().map(|takeaway| markdown_text(&takeaway.text))),
        Body::Objective { reason, rows, takeaways, .. } => {
            format!("{}\n\n", markdown_text(reason))
                + &goal_table(rows)
                + &list(takeaways.iter().map(|takeaway| markdown_text(&takeaway.text)))
        }
        Body::Kpi(kpi) => {
            let facts = kpi.facts.iter().map(|fact| {
                let note = if fact.note.is_empty() { String::new() } else { format!(" ({})", markdown_text(&fact.note)) };
                format!("{}: **{}**{note}", markdown_text(&fact.label), markdown_text(&fact.value))
            });
            format!("{}\n\n{}{}\n", markdown_text(&kpi.subtitle), list(facts), markdown_text(&kpi.summary))
        }
        Body::Changes { better, worse, silent, since, .. } => {
            let part = |title: &str, lines: &[ChangeLine]| {
                if lines.is_empty() { String::new() } else { format!("### {title}\n\n{}", list(lines.iter().map(change))) }
            };
            let since = if since.is_empty() { String::new() } else { format!("{}\n\n", markdown_text(&crate::model::capitalised(since))) };
            since + &part("Better", better) + &part("Worse", worse) + &part("No change", silent)
        }
        Body::Log(lines) => list(lines.iter().map(log)),
        Body::Table(rows) => kpi_table(rows),
        Body::Empty(why) => format!("{}\n", markdown_text(why)),
    }
}

fn list(lines: impl Iterator<Item = String>) -> String {
    let lines = lines.map(|line| format!("- {line}\n")).collect::<Vec<_>>().concat();
    if lines.is_empty() { lines } else { format!("{lines}\n") }
}

fn status(status: Status) -> String {
    format!("{} {}", status_glyph(status), status.word())
}

fn goal_table(rows: &[GoalLine]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = "| Goal | Status | Progress | Now | Change | Likelihood |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    for row in rows {
        let progress = row.progress.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
        let _always = writeln!(
            text,
            "| {} | {} | {progress} | {} | {} | {} |",
            markdown_text(&row.title),
            status(row.status),
            markdown_text(&row.now),
            markdown_text(&row.change),
            markdown_text(&row.chance)
        );
    }
    text.push('\n');
    text
}

fn kpi_table(rows: &[KpiLine]) -> String {
    let mut text = "| KPI | Latest | Target | Status | Likelihood | Owner |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    for row in rows {
        let _always = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            markdown_text(&row.name),
            markdown_text(&row.last),
            markdown_text(&row.target),
            row.status.map_or_else(|| "–".to_owned(), status),
            markdown_text(&row.chance),
            markdown_text(&row.owner)
        );
    }
    text
}

fn change(line: &ChangeLine) -> String {
    let parts = [&line.values, &line.reason].into_iter().filter(|part| !part.is_empty()).map(|part| markdown_text(part));
    format!("**{}**: {}", markdown_text(&line.name), parts.collect::<Vec<_>>().join(", "))
}

fn log(line: &LogLine) -> String {
    let facts = if line.facts.is_empty() { String::new() } else { format!(" ({})", markdown_text(&line.facts)) };
    let outcome = if line.outcome.is_empty() { String::new() } else { format!(" → {}", markdown_text(&line.outcome)) };
    format!("**{}**: {}{facts}{outcome}", line.kind.word(), markdown_text(&line.text))
}

#[cfg(test)]
mod tests {
    use crate::export::{ExportError, render};
    use crate::model::Date;
    use crate::storage;
    use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, KpiMode, Screen};

    fn text(what: ExportWhat) -> Result<String, ExportError> {
        let request = ExportRequest::of(what, ExportFormat::Md);
        let today: Date = "2030-01-01".parse().unwrap();
        let files = render(&storage::sample(), &request, today)?;
        assert_eq!(files.len(), 1);
        Ok(String::from_utf8(files[0].bytes.clone()).unwrap())
    }

    #[test]
    fn slides_are_sections_in_their_order() {
        let deck = text(ExportWhat::Deck).unwrap();
        let project = storage::sample();
        let (document, memos) = (crate::document::Document::new(project.clone()), crate::workspace::Memos::default());
        let as_of = project.settings.as_of.unwrap();
        let outline = memos.deck(&document, as_of);
        let shown: Vec<_> = outline.iter().filter(|entry| !entry.hidden).collect();
        let heads: Vec<&str> = deck.lines().filter(|line| line.starts_with("# ") || line.starts_with("## ")).collect();
        assert_eq!(heads.len(), shown.len(), "{heads:?}");
        for (number, entry) in shown.iter().enumerate() {
            let slide = memos.slide(&document, as_of, entry);
            assert!(heads[number].ends_with(&crate::report::markdown_text(&slide.title)), "{}", heads[number]);
            assert!(slide.note.is_empty() || !deck.contains(&slide.note), "what the presenter wrote down for himself is not said");
        }
        let third = text(ExportWhat::Slide(3)).unwrap();
        assert!(deck.contains(third.trim_end()), "{third}");
        assert!(matches!(text(ExportWhat::Slide(999)), Err(ExportError::NoSlide { .. })));
    }

    #[test]
    fn views_have_words_or_tables() {
        assert!(text(ExportWhat::View(Screen::Board)).unwrap().contains("## Goals"));
        assert!(text(ExportWhat::View(Screen::Scorecard)).unwrap().contains("| Group | KPI | Owner |"));
        assert!(text(ExportWhat::View(Screen::Roadmap)).unwrap().contains("## Roadmap"));
    }

    #[test]
    fn every_mode_of_a_kpi_says_its_message_its_facts_and_its_values() {
        let project = storage::sample();
        let metric = project.find_metric("MAU").unwrap().id.clone();
        let mut messages = std::collections::BTreeSet::new();
        for mode in KpiMode::ALL {
            let said = text(ExportWhat::Kpi(metric.clone(), mode)).unwrap();
            assert!(said.starts_with("# ") && said.contains("\nAs of 21 Nov 2026\n"), "{mode:?}: {said}");
            assert!(said.contains("\n- Now: **9.1 M**"), "{mode:?}: {said}");
            let rows = said.split("\n## Values\n").nth(1).map_or(0, |table| table.lines().filter(|line| line.starts_with("| ")).count());
            assert!(rows > 3, "{mode:?}: {said}");
            messages.insert(said.lines().next().unwrap().to_owned());
        }
        assert!(messages.len() > 5, "each mode has a message of its own: {messages:?}");
        let chart = text(ExportWhat::Chart(metric)).unwrap();
        assert!(chart.starts_with("# MAU is growing, but 10 M by 31 Dec is under 1 % likely\n"), "{chart}");
    }
}
