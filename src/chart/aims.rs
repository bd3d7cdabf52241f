//! Lines to hold values against: targets, what they once were, the pace, limits and what others reach.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, Pursuit};
use super::values::day;
use super::{Band, BandId, Label, LabelKind, Line, LineId, LineStyle, ValueFormat};
use crate::analysis::{expected_value_as_of, pace_points_as_of};
use crate::model::{Aim, Benchmark, Date, LedgerChange, Limit, Metric, date_words, day_words, month_word};

/// What is drawn around the values.
#[derive(Default)]
pub(super) struct Aims {
    pub(super) lines: Vec<Line>,
    pub(super) bands: Vec<Band>,
    pub(super) labels: Vec<Label>,
}

fn level(id: LineId, name: impl Into<String>, style: LineStyle, (from, to): (f64, f64), y: f64, end_label: Option<String>) -> Line {
    let run: Arc<[[f64; 2]]> = if to > from { Arc::from([[from, y], [to, y]]) } else { Arc::from([[from, y]]) };
    Line { id, name: name.into(), runs: vec![run], style, end_label, show_points: false }
}

/// "31 Dec", with the year where it is not this one's.
pub(super) fn due_words(due: Date, as_of: Date) -> String {
    use chrono::Datelike as _;
    if due.year() == as_of.year() { day_words(due) } else { date_words(due) }
}

/// The day on which the target of today was set, where the ledger knows.
fn target_set_on(pursuit: &Pursuit<'_>, as_of: Date) -> Option<Date> {
    let changes = pursuit.goal.ledger.iter().filter(|e| e.on <= as_of && matches!(e.change, LedgerChange::Target { .. }));
    changes.map(|e| e.on).max()
}

impl Aims {
    /// Target, original target, pace and expectation of a key result.
    pub(super) fn pursue(&mut self, context: &Context<'_>, pursuit: &Pursuit<'_>, format: &ValueFormat, first: Option<f64>) {
        let as_of = context.as_of();
        let span = pursuit.result.map_or_else(|| context.project.span(pursuit.goal), |r| r.span);
        // Without dates a target still stands somewhere: from the first value to today.
        let start = span.start.map(day).or(first).unwrap_or_else(|| day(as_of));
        let due = span.due.map_or_else(|| day(as_of).max(start), day);
        let by = span.due.map(|d| format!(" by {}", due_words(d, as_of))).unwrap_or_default();
        let set = target_set_on(pursuit, as_of);
        let from = set.map_or(start, |on| day(on).clamp(start, due.max(start)));
        match pursuit.key_result.aim {
            Aim::AtLeast { .. } | Aim::AtMost { .. } => {
                if let Some(target) = pursuit.target() {
                    let word = if pursuit.upwards() == Some(true) { "At least" } else { "At most" };
                    let label = format!("{word} {}", format.value(target));
                    self.lines.push(level(LineId::Target, "Target", LineStyle::Target, (from, due), target, Some(label)));
                }
            }
            Aim::Between { low, high, .. } => {
                let text = |word: &str, value: f64| Some(format!("{word} {}", format.value(value)));
                self.bands.push(Band {
                    id: BandId::Target,
                    name: format!("Target {} to {}", format.value(low), format.value(high)),
                    points: Arc::from([[from, low, high], [due, low, high]]),
                });
                self.lines.push(level(LineId::TargetHigh, "At most", LineStyle::Target, (from, due), high, text("At most", high)));
                self.lines.push(level(LineId::Target, "At least", LineStyle::Target, (from, due), low, text("At least", low)));
            }
            _ => {
                if let Some(target) = pursuit.target() {
                    let label = Some(format!("Target {}{by}", format.value(target)));
                    self.lines.push(level(LineId::Target, "Target", LineStyle::Target, (from, due), target, label));
                }
            }
        }
        if let Some(target) = pursuit.target() {
            if let Some(original) = pursuit.result.and_then(|r| r.original_target).filter(|o| *o != target) {
                let label = Some(format!("Originally {}", format.value(original)));
                self.lines.push(level(LineId::OriginalTarget, "Original target", LineStyle::Ghost, (start, due), original, label));
            }
            let words = set.or(span.start).map(|on| format!("set {} {}", month_word(on), chrono::Datelike::year(&on)));
            if let Some(text) = words {
                self.labels.push(Label { kind: LabelKind::Along, at: [from, target], text, line: LineId::Target });
            }
        }
        self.pace(context, pursuit, format);
    }

    fn pace(&mut self, context: &Context<'_>, pursuit: &Pursuit<'_>, format: &ValueFormat) {
        if pursuit.key_result.aim.is_maintain() {
            return;
        }
        let as_of = context.as_of();
        let promised = pace_points_as_of(context.project, pursuit.goal, as_of);
        let run: Arc<[[f64; 2]]> = promised.into_iter().map(|(on, y)| [day(on), y]).filter(|p| p[1].is_finite()).collect();
        let (Some(&[start, _]), Some(&[due, _])) = (run.first(), run.last()) else { return };
        if start >= due {
            return;
        }
        let middle = start + (due - start) * 0.3;
        let pace = Line {
            id: LineId::Pace,
            name: "Expected".to_owned(),
            runs: vec![run],
            style: LineStyle::Pace,
            end_label: None,
            show_points: false,
        };
        let along = super::hover::interpolate(&pace.runs[0], middle);
        self.lines.push(pace);
        if let Some(y) = along {
            self.labels.push(Label { kind: LabelKind::Along, at: [middle, y], text: "pace".to_owned(), line: LineId::Pace });
        }
        let today = day(as_of);
        if start < today
            && today < due
            && let Some(y) = expected_value_as_of(context.project, pursuit.goal, as_of, as_of)
        {
            self.lines.push(Line {
                id: LineId::ExpectedToday,
                name: "Expected today".to_owned(),
                runs: vec![Arc::from([[today, y]])],
                style: LineStyle::Point,
                end_label: Some(format!("Expected today {}", format.value(y))),
                show_points: true,
            });
        }
    }

    /// The metric's own dated targets, each until the next one, where no key result says the same.
    pub(super) fn own_targets(&mut self, metric: &Metric, format: &ValueFormat, x: (f64, f64), as_of: Date) {
        let known: Vec<_> = metric.targets.iter().filter(|t| t.from <= as_of).collect();
        let aimed = self.lines.iter().find(|l| l.id == LineId::Target).and_then(|l| Some((l.start()?, l.end()?)));
        let mut index = 0;
        for (place, target) in known.iter().enumerate() {
            let from = day(target.from).max(x.0);
            let until = known.get(place + 1).map_or(x.1, |next| day(next.from)).min(x.1);
            let last = place + 1 == known.len();
            for (value, word) in limit_words(target.limit) {
                // Where the key result asks for the same, its line is enough.
                let until = match aimed {
                    Some((start, _)) if start[1] == value => until.min(start[0]),
                    _ => until,
                };
                if until <= from {
                    continue;
                }
                let style = if aimed.is_some() { LineStyle::Limit } else { LineStyle::Target };
                let covered = aimed.is_some_and(|(start, _)| start[1] == value);
                let label = (last && !covered).then(|| format!("{word} {}", format.value(value)));
                self.lines.push(level(LineId::OwnTarget(index), "KPI target", style, (from, until), value, label));
                index += 1;
            }
            if let Limit::Within { low, high } = target.limit
                && until > from
            {
                self.bands.push(Band {
                    id: BandId::OwnTarget(place),
                    name: format!("KPI target {} to {}", format.value(low), format.value(high)),
                    points: Arc::from([[from, low, high], [until, low, high]]),
                });
            }
        }
    }

    pub(super) fn thresholds(&mut self, metric: &Metric, format: &ValueFormat, x: (f64, f64)) {
        let mut index = 0;
        for threshold in &metric.thresholds {
            for value in threshold.limit.values() {
                let label = Some(format!("{} {}", threshold.label, format.value(value)).trim().to_owned());
                self.lines.push(level(LineId::Threshold(index), threshold.label.clone(), LineStyle::Limit, x, value, label));
                index += 1;
            }
        }
    }

    /// What others reach: of each name the newest.
    pub(super) fn benchmarks(&mut self, metric: &Metric, format: &ValueFormat, x: (f64, f64), as_of: Date) {
        let mut newest: BTreeMap<&str, &Benchmark> = BTreeMap::new();
        for benchmark in metric.benchmarks.iter().filter(|b| b.date <= as_of && b.value.is_finite()) {
            let slot = newest.entry(&benchmark.name).or_insert(benchmark);
            if slot.date < benchmark.date {
                *slot = benchmark;
            }
        }
        for (index, benchmark) in newest.into_values().enumerate() {
            let label = Some(format!("{} {}", benchmark.name, format.value(benchmark.value)));
            self.lines.push(level(LineId::Benchmark(index), benchmark.name.clone(), LineStyle::Reference, x, benchmark.value, label));
        }
    }
}

fn limit_words(limit: Limit) -> Vec<(f64, &'static str)> {
    match limit {
        Limit::AtLeast(low) => vec![(low, "At least")],
        Limit::AtMost(high) => vec![(high, "At most")],
        Limit::Within { low, high } => vec![(high, "At most"), (low, "At least")],
    }
}

impl Aims {
    /// All steps as the target and, where the steps are several, their even pace.
    pub(super) fn steps(
        &mut self,
        context: &Context<'_>,
        pursuit: Option<&Pursuit<'_>>,
        (start, end): (f64, f64),
        due: Option<Date>,
        count: usize,
    ) {
        let as_of = context.as_of();
        let by = due.map(|d| format!(" by {}", due_words(d, as_of))).unwrap_or_default();
        let plural = if count == 1 { "" } else { "s" };
        let label = format!("{count} step{plural}{by}");
        self.lines.push(level(LineId::Target, "All steps", LineStyle::Target, (start, end), count as f64, Some(label)));
        let begins = pursuit.and_then(|p| p.result.map_or_else(|| context.project.span(p.goal), |r| r.span).start).map_or(start, day);
        if count > 1 && due.is_some() && begins < end {
            let run = Arc::from([[begins, 0.0], [end, count as f64]]);
            self.lines.push(Line {
                id: LineId::Pace,
                name: "Expected".to_owned(),
                runs: vec![run],
                style: LineStyle::Pace,
                end_label: None,
                show_points: false,
            });
            let at = [begins + (end - begins) * 0.3, count as f64 * 0.3];
            self.labels.push(Label { kind: LabelKind::Along, at, text: "pace".to_owned(), line: LineId::Pace });
        }
    }
}
