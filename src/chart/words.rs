//! The words of a chart: its message, what it shows, its caption, and all of it for a screen reader.

use chrono::Datelike as _;

use super::aims::due_words;
use super::context::{Context, Pursuit};
use super::hover::date_of;
use super::{Chart, LineId, LineStyle};
use crate::analysis::forecast::{Likelihood, chance};
use crate::model::{Aim, Cadence, Date, Limit, Locale, Magnitude, Metric, Status, date_words, month_word};

/// What a chart is of.
pub(super) struct Heading<'a> {
    pub(super) metric: Option<&'a Metric>,
    /// The values are totals since the start of a goal.
    pub(super) total: bool,
}

const MOST_WORDS: usize = 15;
/// From here on a target is called likely (SEMANTICS, "Status").
const LIKELY: f64 = 0.7;
/// Values on either side of a comparison of directions.
const COMPARED: usize = 3;

/// One thing that stands below a chart: an event or a note with its sign, or a remark without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptionPart {
    /// "1" of an event, "a" of a note.
    pub sign: Option<String>,
    pub text: String,
}

/// Fills in every text that needs the finished chart.
pub(super) fn finish(chart: &mut Chart, context: &Context<'_>, pursuit: Option<&Pursuit<'_>>, heading: &Heading<'_>) {
    chart.scope = heading.metric.and_then(|m| m.segment.as_ref()).map(|s| format!("{}: {}", s.dimension, s.value));
    if heading.total {
        let since = pursuit.and_then(|p| context.project.span(p.goal).start);
        chart.scope = since.map(|s| format!("total since {}", date_words(s))).or(chart.scope.take());
    }
    chart.title = title(chart, context, pursuit, heading);
    chart.subtitle = chart.subtitle_in(chart.fit_x);
    chart.caption = caption(chart);
    chart.summary = summary(chart);
}

impl CaptionPart {
    fn words(&self) -> String {
        self.sign.as_ref().map_or_else(|| self.text.clone(), |sign| format!("{sign} {}", self.text))
    }
}

/// The caption of the whole chart.
pub(super) fn caption(chart: &Chart) -> String {
    chart.caption_in(chart.fit_x).iter().map(CaptionPart::words).collect::<Vec<_>>().join(" · ")
}

pub(super) fn few_words(text: &str) -> bool {
    text.split_whitespace().count() <= MOST_WORDS
}

/// The user's own headline, else the first drafted finding that is short enough, else the name.
fn title(chart: &Chart, context: &Context<'_>, pursuit: Option<&Pursuit<'_>>, heading: &Heading<'_>) -> String {
    if let Some(own) = heading.metric.and_then(|m| m.headline.as_ref()).filter(|h| !h.trim().is_empty()) {
        return own.clone();
    }
    let short = heading.metric.map_or(chart.name.as_str(), Metric::short_name);
    let mut drafts = Vec::new();
    if let Some(pursuit) = pursuit {
        drafts = pursued(chart, context.as_of(), pursuit, short);
    }
    if drafts.is_empty()
        && let Some(metric) = heading.metric
    {
        drafts = by_itself(chart, metric, context.as_of(), short);
    }
    drafts.into_iter().find(|d| few_words(d)).unwrap_or_else(|| chart.name.clone())
}

/// Findings about a key result, the fullest first.
fn pursued(chart: &Chart, as_of: Date, pursuit: &Pursuit<'_>, name: &str) -> Vec<String> {
    let Some(result) = pursuit.result else { return Vec::new() };
    let format = &chart.format;
    let Some(last) = result.current.map(|c| c.value).or_else(|| chart.complete().last().map(|p| p[1])) else { return Vec::new() };
    let now = format.value(last);
    let due = result.span.due;
    let by = due.map(|d| format!(" by {}", due_words(d, as_of))).unwrap_or_default();
    if let Some(kept) = result.maintain {
        let aim = match pursuit.key_result.aim {
            Aim::AtMost { .. } => format!("at most {}", format.value(result.target.unwrap_or(last))),
            Aim::Between { low, high, .. } => format.span(low, high, " to "),
            _ => format!("at least {}", format.value(result.target.unwrap_or(last))),
        };
        let met = format!("{} of {} {}s", kept.met, kept.of, kept.cadence.unwrap_or(Cadence::Daily).period_word());
        return match kept.last_met {
            Some(true) => vec![format!("{name} is {now} and kept {aim} in {met}"), format!("{name} kept {aim} in {met}")],
            Some(false) => vec![format!("{name} is {now}; it kept {aim} in {met} only"), format!("{name} kept {aim} in {met} only")],
            None => Vec::new(),
        };
    }
    let Some(target) = result.target else { return Vec::new() };
    let target = format.value(target);
    let gap = chart.gap.as_ref();
    let behind = gap.filter(|g| !g.good).map(|g| format.distance(g.value - g.expected));
    let ahead = gap.filter(|g| g.good && g.value != g.expected).map(|g| format.distance(g.value - g.expected));
    let mut drafts = Vec::new();
    // A chance that no status is decided by is no headline.
    if let Some(found) = result.likelihood.as_deref().filter(|found| found.is_well_founded())
        && matches!(result.status, Status::OnTrack | Status::Behind | Status::AtRisk)
    {
        let better = direction(chart).filter(|up| Some(*up) == pursuit.upwards());
        drafts = likely(name, &format!("{target}{by}"), &now, found, format.locale, better, behind.as_deref());
    }
    match result.status {
        Status::OnTrack => {
            if let Some(ahead) = ahead {
                drafts.push(format!("{name} is at {now}, {ahead} ahead of the pace to {target}{by}"));
            }
            drafts.push(format!("{name} is on track for {target}{by}"));
            drafts.push(format!("{name} is on track"));
            drafts
        }
        Status::Behind | Status::AtRisk => {
            let late = if result.status == Status::AtRisk { "at risk" } else { "behind" };
            if let Some(behind) = behind {
                match direction(chart) {
                    Some(up) if Some(up) == pursuit.upwards() => {
                        let moving = if up { "growing" } else { "falling" };
                        drafts.push(format!("{name} is {moving}, but {behind} behind the pace to {target}{by}"));
                        drafts.push(format!("{name} is {moving}, but {behind} behind the pace"));
                    }
                    Some(up) if pursuit.upwards() == Some(!up) => {
                        let moving = if up { "rising" } else { "falling" };
                        drafts.push(format!("{name} is {moving} and {behind} behind the pace to {target}{by}"));
                        drafts.push(format!("{name} is {moving} and {behind} behind the pace"));
                    }
                    _ => {}
                }
                drafts.push(format!("{name} is at {now}, {behind} behind the pace to {target}{by}"));
                drafts.push(format!("{name} is {behind} behind the pace"));
            }
            drafts.push(format!("{name} at {now}: {target}{by} is {late}"));
            drafts
        }
        Status::Achieved => vec![format!("{name} has reached its target of {target}"), format!("{name} has reached its target")],
        Status::Missed => vec![format!("{name} ended at {now} and missed {target}{by}"), format!("{name} missed its target")],
        Status::TooEarly => vec![format!("{name} is at {now}; too early to judge {target}{by}"), format!("{name}: too early to judge")],
        Status::NoData | Status::NotStarted | Status::Postponed | Status::Abandoned | Status::Closed => Vec::new(),
    }
}

/// Whether the target is in reach, said first. `better` tells which way the values go, where that is the good one; `behind` how far they
/// are behind the pace.
fn likely(
    name: &str,
    target: &str,
    now: &str,
    found: &Likelihood,
    locale: Locale,
    better: Option<bool>,
    behind: Option<&str>,
) -> Vec<String> {
    // "under 1 %" says "only" itself.
    let only = if found.probability < 0.01 { "" } else { "only " };
    let share = chance(&locale, found.probability);
    let moving = better.map(|up| if up { "growing" } else { "falling" });
    match (found.probability, moving, behind) {
        (p, _, Some(behind)) if p >= LIKELY => {
            vec![format!("{name} is {behind} behind the pace, but {target} is {share} likely"), format!("{target} is {share} likely")]
        }
        (p, _, None) if p >= LIKELY => {
            vec![format!("{name} is at {now}, and {target} is {share} likely"), format!("{target} is {share} likely")]
        }
        (_, Some(moving), _) => {
            vec![format!("{name} is {moving}, but {target} is {only}{share} likely"), format!("{target} is {only}{share} likely")]
        }
        (_, None, _) => {
            vec![format!("{name} is at {now}, and {target} is {only}{share} likely"), format!("{target} is {only}{share} likely")]
        }
    }
}

/// Findings about a metric that no key result pursues: its own target, else a threshold that it breaches, else the same period a year before.
fn by_itself(chart: &Chart, metric: &Metric, as_of: Date, name: &str) -> Vec<String> {
    let complete = chart.complete();
    let Some((index, [x, last])) = complete.iter().copied().enumerate().next_back() else { return Vec::new() };
    let format = &chart.format;
    let now = format.value(last);
    // A value that nobody renewed for a year is no finding about now.
    if chart.as_of - x > 366.0 {
        return Vec::new();
    }
    if let Some(limit) = metric.target_on(date_of(x).min(as_of)) {
        let (aim, side) = match limit {
            Limit::AtLeast(low) => (format!("at least {}", format.value(low)), "below"),
            Limit::AtMost(high) => (format!("at most {}", format.value(high)), "above"),
            Limit::Within { low, high } => (format.span(low, high, " to "), if last < low { "below" } else { "above" }),
        };
        let when = chart.within_words(index);
        return if limit.is_met_by(last) {
            vec![format!("{name} was {now} {when}, meeting its target of {aim}"), format!("{name} meets its target")]
        } else {
            vec![format!("{name} was {now} {when}, {side} its target of {aim}"), format!("{name} is {side} its target")]
        };
    }
    let when = chart.within_words(index);
    if let Some(threshold) = metric.thresholds.iter().find(|t| !t.limit.is_met_by(last)) {
        let (side, bound) = match threshold.limit {
            Limit::AtLeast(low) => ("below", low),
            Limit::AtMost(high) => ("above", high),
            Limit::Within { low, high } => {
                if last < low {
                    ("below", low)
                } else {
                    ("above", high)
                }
            }
        };
        let label = threshold.label.trim();
        let line = if label.is_empty() { "its threshold".to_owned() } else { format!("“{label}”") };
        return vec![format!("{name} was {now} {when}, {side} {line} of {}", format.value(bound)), format!("{name} is {side} {line}")];
    }
    let Some(before) = year_before(chart, x) else { return Vec::new() };
    let change = last - before;
    let words = format.distance(change);
    if !words.chars().any(|c| ('1'..='9').contains(&c)) {
        return vec![format!("{name} was {now} {when}, as a year before")];
    }
    let word = if change > 0.0 { "more" } else { "less" };
    vec![format!("{name} was {now} {when}, {words} {word} than a year before")]
}

/// The value of the same period one year earlier.
fn year_before(chart: &Chart, x: f64) -> Option<f64> {
    let date = date_of(x);
    let then = date.with_year(date.year() - 1).or_else(|| date.pred_opt()?.with_year(date.year() - 1))?;
    let period = chart.calendar.period_of(chart.cadence, then);
    let from = super::values::day(period.first);
    let index = chart.values.partition_point(|p| p[0] < from);
    chart.values.get(index).filter(|p| p[0] < super::values::day(period.last) + 1.0).map(|p| p[1])
}

/// Whether the last three complete values stand clearly above (`true`) or below the three before: by more than half of what the
/// value moves in a period on average. `None` where it does not say.
fn direction(chart: &Chart) -> Option<bool> {
    let complete = chart.complete();
    let recent = complete.len().checked_sub(2 * COMPARED).map(|from| &complete[from..])?;
    let mean = |points: &[[f64; 2]]| points.iter().map(|p| p[1]).sum::<f64>() / points.len() as f64;
    let change = mean(&recent[COMPARED..]) - mean(&recent[..COMPARED]);
    let moves: Vec<f64> = recent.windows(2).map(|w| (w[1][1] - w[0][1]).abs()).collect();
    let usual = moves.iter().sum::<f64>() / moves.len() as f64;
    (change.abs() > usual / 2.0).then_some(change > 0.0)
}

impl Chart {
    /// "in Oct", "in Q3", "in 2025", "on 21 Nov": the period of a value, with its year where that is not the as-of day's.
    pub(super) fn within_words(&self, index: usize) -> String {
        let Some([x, _]) = self.values.get(index) else { return String::new() };
        let (date, today) = (date_of(*x), date_of(self.as_of));
        let other_year = if date.year() == today.year() { String::new() } else { format!(" {}", date.year()) };
        match self.cadence {
            Cadence::Hourly | Cadence::Daily | Cadence::Weekly => format!("on {} {}{other_year}", date.day(), month_word(date)),
            Cadence::Monthly => format!("in {}{other_year}", month_word(date)),
            Cadence::Quarterly if self.calendar.fiscal_start_month == 1 => {
                format!("in Q{}{other_year}", self.calendar.fiscal_quarter(date))
            }
            Cadence::Quarterly | Cadence::Yearly => format!("in {}", self.when(index)),
        }
    }

    /// The subtitle for what a range shows: what, unit, scope, when.
    pub fn subtitle_in(&self, range: (f64, f64)) -> String {
        let (low, high) = self.y_domain(range);
        let unit = self.format.unit_words(Magnitude::of(low.abs().max(high.abs())));
        // Where the title is the name already, it is not said twice; no sentence begins with a sign.
        let what = Some(self.name.clone()).filter(|name| *name != self.title);
        let unit = if what.is_none() && unit.as_deref() == Some("%") { Some("per cent".to_owned()) } else { unit };
        let parts = [what, unit, self.scope.clone(), self.when_in(range)];
        let mut text = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
        // "millions, Jan 2023 – …" begins like a sentence.
        if let Some(first) = text.chars().next().filter(|c| c.is_lowercase()) {
            text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        text
    }

    /// "Jan 2023 – Nov 2026": from the first to the last value that a range shows.
    fn when_in(&self, (from, to): (f64, f64)) -> Option<String> {
        let first = self.values.partition_point(|p| p[0] < from);
        let end = self.values.partition_point(|p| p[0] <= to);
        let (first, last) = (self.values.get(first)?, self.values.get(end.checked_sub(1)?)?);
        if first[0] > last[0] {
            return None;
        }
        let (first, last) = (date_of(first[0]), date_of(last[0]));
        let fine = (last - first).num_days() < 100 && self.cadence < Cadence::Monthly;
        let word = |date: Date| if fine { date_words(date) } else { format!("{} {}", month_word(date), date.year()) };
        let (a, b) = (word(first), word(last));
        Some(if a == b { a } else { format!("{a} – {b}") })
    }

    /// What stands below the chart when it shows a range: events, notes, what lies off the chart, where the axis starts.
    pub fn caption_in(&self, range: (f64, f64)) -> Vec<CaptionPart> {
        let seen = |x: f64| range.0 <= x && x <= range.1;
        let mut parts: Vec<CaptionPart> = Vec::new();
        for mark in self.marks.iter().filter(|m| seen(m.x) || m.until.is_some_and(seen)) {
            parts.push(CaptionPart { sign: Some(mark.number.to_string()), text: format!("{}, {}", mark.title, mark.when) });
        }
        for note in self.notes.iter().filter(|n| seen(n.at[0])) {
            parts.push(CaptionPart { sign: Some(note.letter.clone()), text: format!("{}, {}", note.text, note.when) });
        }
        parts.extend(self.remarks.iter().map(|text| CaptionPart { sign: None, text: text.clone() }));
        let (low, high) = self.y_domain(range);
        let off: Vec<&str> = self
            .lines
            .iter()
            .filter(|l| matches!(l.style, LineStyle::Reference | LineStyle::Limit))
            .filter(|l| l.end().is_some_and(|e| e[1] < low || e[1] > high))
            .filter_map(|l| l.end_label.as_deref())
            .collect();
        if !off.is_empty() {
            parts.push(CaptionPart { sign: None, text: format!("Off the chart: {}", off.join(", ")) });
        }
        parts.extend(self.axis_note(range).map(|text| CaptionPart { sign: None, text }));
        parts
    }

    /// Headers and rows of the values as a table: period, value, expected.
    pub fn table_headers(&self) -> [String; 3] {
        let unit = self.format.unit_words(Magnitude::One).map(|u| format!(" ({u})")).unwrap_or_default();
        ["Period".to_owned(), format!("Value{unit}"), "Expected".to_owned()]
    }
}

/// Everything seen, in sentences.
pub(super) fn summary(chart: &Chart) -> String {
    let format = &chart.format;
    let mut said = vec![format!("{}. {}.", chart.title, chart.subtitle)];
    let complete = chart.complete();
    if let (Some(first), Some(last)) = (complete.first(), complete.last()) {
        let at = |p: &[f64; 2]| {
            let index = chart.values.partition_point(|v| v[0] < p[0]);
            let preposition = match chart.cadence {
                Cadence::Hourly | Cadence::Daily => "on",
                Cadence::Weekly => "in the",
                Cadence::Monthly | Cadence::Quarterly | Cadence::Yearly => "in",
            };
            format!("{} {preposition} {}", format.value(p[1]), chart.when(index))
        };
        let lowest = complete.iter().fold(*first, |m, p| if p[1] < m[1] { *p } else { m });
        let highest = complete.iter().fold(*first, |m, p| if p[1] > m[1] { *p } else { m });
        if complete.len() == 1 {
            said.push(format!("One value: {}.", at(first)));
        } else {
            said.push(format!(
                "{} values, from {} to {}; lowest {}, highest {}.",
                complete.len(),
                at(first),
                at(last),
                at(&lowest),
                at(&highest)
            ));
        }
    }
    if let Some(empty) = &chart.empty {
        said.push(format!("{empty}."));
    }
    if let Some(unfinished) = chart.unfinished {
        said.push(format!("Unfinished period: {} to {}.", format.value(unfinished.value), date_words(unfinished.data_to)));
    }
    let aims =
        [LineId::Target, LineId::TargetHigh, LineId::OriginalTarget, LineId::ExpectedToday, LineId::Forecast, LineId::WithInitiatives];
    for line in chart.lines.iter().filter(|l| aims.contains(&l.id) || matches!(l.id, LineId::OwnTarget(_) | LineId::Threshold(_))) {
        if let Some(label) = &line.end_label {
            said.push(format!("{label}."));
        }
    }
    if let Some(gap) = &chart.gap {
        said.push(format!("Difference to the pace: {}.", gap.text));
    }
    for mark in &chart.marks {
        said.push(format!("Event {}: {}, {}.", mark.number, mark.title, mark.when));
    }
    said.join(" ")
}
