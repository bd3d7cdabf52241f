//! What must not be found in what a redacted copy says.

use std::collections::BTreeSet;
use std::sync::Arc;

use waymark::model::{Closing, GoalKind, GoalState, Limit, Metric, Point, Project, Series};
use waymark::storage;

/// Owners that are words of titles, and of the program, too: they stay there.
const TRADES: [&str; 7] = ["Design", "Growth", "Mobile", "Platform", "Product", "Revenue", "Support"];

/// What must not be found.
#[derive(Default)]
pub(crate) struct Secrets {
    pub(crate) texts: BTreeSet<String>,
    /// As they stand between other characters, four digits or more: shorter ones are days, shares and marks of axes as well.
    pub(crate) numbers: BTreeSet<String>,
    /// With sign of money, thousands or millions: nothing of a copy without units looks like them.
    pub(crate) amounts: BTreeSet<String>,
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// A number that could be a year says nothing.
fn is_year(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|n| (1990..2100).contains(&n))
}

fn limit(limit: Limit) -> Vec<f64> {
    limit.values().collect()
}

fn values(metric: &Metric) -> impl Iterator<Item = f64> + '_ {
    let limits = metric.targets.iter().flat_map(|t| limit(t.limit)).chain(metric.thresholds.iter().flat_map(|t| limit(t.limit)));
    limits.chain(metric.benchmarks.iter().map(|b| b.value))
}

impl Secrets {
    fn text(&mut self, text: &str) {
        let text = text.trim();
        if text.chars().count() >= 4 && !TRADES.contains(&text) {
            self.texts.insert(text.to_owned());
        }
    }

    fn value(&mut self, project: &Project, metric: &Metric, value: f64, shown: bool) {
        // What begins at about 100 by itself (uptime in percent) looks like its own index.
        let first = metric.series.values().iter().find(|v| **v != 0.0);
        if first.is_some_and(|v| (95.0..105.0).contains(v)) {
            return;
        }
        let locale = project.settings.locale;
        let plain = [locale.fixed(value.abs(), metric.decimals), locale.trimmed(value.abs(), metric.decimals), value.abs().to_string()];
        self.numbers.extend(plain.into_iter().filter(|text| digits(text) >= 4 && !is_year(text)));
        if shown {
            let dressed = [locale.value(value, &metric.unit, metric.decimals), locale.exact(value, &metric.unit, metric.decimals)];
            let tells = |text: &String| text.ends_with([' ', 'k', 'M', 'B']) || text.contains(['€', '$']);
            self.amounts.extend(dressed.into_iter().filter(|text| tells(text) && digits(text) >= 2));
        }
    }

    pub(crate) fn of(project: &Project) -> Self {
        let mut found = Self::default();
        let f = &mut found;
        f.text(&project.vision);
        f.text(&project.description);
        for goal in project.goals.values() {
            f.text(&goal.description);
            f.text(&goal.owner);
            goal.tags.iter().for_each(|tag| f.text(tag));
            goal.ledger.iter().for_each(|entry| f.text(&entry.why));
            match &goal.state {
                GoalState::Active => {}
                GoalState::Postponed { note, .. } | GoalState::Abandoned { note, .. } | GoalState::Closed(Closing { note, .. }) => {
                    f.text(note);
                }
            }
            if let GoalKind::KeyResult(key_result) = &goal.kind
                && let Some(metric) = key_result.metric.as_ref().and_then(|id| project.metric(id))
            {
                let aims =
                    key_result.aim.start().into_iter().chain(key_result.aim.target()).chain(key_result.stages.iter().map(|s| s.value));
                aims.for_each(|value| f.value(project, metric, value, true));
            }
        }
        for metric in project.metrics.values() {
            f.text(&metric.description);
            f.text(&metric.owner);
            metric.headline.iter().chain(&metric.synonyms).for_each(|text| f.text(text));
            metric.thresholds.iter().for_each(|t| f.text(&t.label));
            metric.benchmarks.iter().for_each(|b| [&b.name, &b.source].into_iter().for_each(|text| f.text(text)));
            metric.series.notes().for_each(|(_, note)| f.text(note));
            metric.series.values().iter().for_each(|value| f.value(project, metric, *value, false));
            let ends = metric.series.first().into_iter().chain(metric.series.last()).map(|(_, value)| value);
            ends.chain(values(metric)).for_each(|value| f.value(project, metric, value, true));
        }
        for event in project.events.values() {
            f.text(&event.title);
            f.text(&event.description);
        }
        for check_in in project.check_ins.values() {
            f.text(&check_in.note);
            f.text(&check_in.by);
            check_in.status.iter().for_each(|status| f.text(&status.why));
        }
        for entry in project.meeting_log.values() {
            for text in [&entry.text, &entry.owner, &entry.outcome] {
                f.text(text);
            }
        }
        for slide in &project.deck.slides {
            slide.title.iter().chain([&slide.note]).for_each(|text| f.text(text));
        }
        found
    }

    /// Without numbers that the copy has in its own right, and without words that are names too ("active users" of "Weekly active users"):
    /// they are few, or the copy is no copy.
    pub(crate) fn apart_from(mut self, copy: &Project) -> Self {
        let all = self.texts.len();
        let names: Vec<&str> =
            copy.goals.values().map(|g| g.title.as_str()).chain(copy.metrics.values().map(|m| m.name.as_str())).collect();
        self.texts.retain(|text| !names.iter().any(|name| name.contains(text.as_str())));
        assert!(self.texts.len() * 100 >= all * 90, "{} of {all} texts are left to look for", self.texts.len());
        let before = self.numbers.len();
        for metric in copy.metrics.values() {
            for value in metric.series.values().iter().copied().chain(values(metric)) {
                let locale = copy.settings.locale;
                let forms = [locale.fixed(value, metric.decimals), locale.trimmed(value, metric.decimals), value.to_string()];
                for form in &forms {
                    self.numbers.remove(form);
                }
            }
        }
        assert!(self.numbers.len() * 100 > before * 90, "{} of {before} numbers are left to look for", self.numbers.len());
        self
    }

    pub(crate) fn look_for(&self, place: &str, text: &str, days_are_numbers: bool) {
        for secret in &self.texts {
            assert!(!text.contains(secret.as_str()), "{place}: {secret:?}");
        }
        for amount in &self.amounts {
            let parts = |at: usize| (text[..at].chars().next_back(), text[at + amount.len()..].chars().next());
            let alone = |at: &usize| {
                let (before, after) = parts(*at);
                !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) && !after.is_some_and(char::is_alphanumeric)
            };
            let found = text.match_indices(amount.as_str()).map(|(at, _)| at).find(alone);
            assert!(found.is_none(), "{place}: {amount:?} in {:?}", found.map(|at| text[at..].chars().take(60).collect::<String>()));
        }
        let tokens = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).map(|token| token.trim_matches(['.', ',']));
        for token in tokens {
            // Workbooks count days: 46,000 is one in 2025.
            let is_day = days_are_numbers && token.parse::<u32>().is_ok_and(|n| (36_500..55_000).contains(&n));
            assert!(is_day || !self.numbers.contains(token), "{place}: {token}");
        }
    }
}

/// The sample with a text of its own wherever people can write one, people of its own, and values that have seven digits each.
pub(crate) fn telling_project() -> Project {
    let mut project = storage::sample();
    let mut count = 0;
    let mut tell = |text: &mut String, kind: &str| {
        count += 1;
        *text = format!("{kind}{} {kind}{count:04}", ["Brix", "Quil", "Vorn"][count % 3]);
    };
    tell(&mut project.vision, "Vision");
    tell(&mut project.description, "About");
    for goal in project.goals.values_mut() {
        let goal = Arc::make_mut(goal);
        tell(&mut goal.description, "Reason");
        tell(&mut goal.owner, "Person");
        goal.ledger.iter_mut().for_each(|entry| tell(&mut entry.why, "Because"));
        let mut tag = String::new();
        tell(&mut tag, "Tag");
        goal.tags = [tag].into();
    }
    for metric in project.metrics.values_mut() {
        let metric = Arc::make_mut(metric);
        tell(&mut metric.description, "Measure");
        tell(&mut metric.owner, "Keeper");
        let mut words = [String::new(), String::new()];
        for text in &mut words {
            tell(text, "Alias");
        }
        let [headline, synonym] = words;
        (metric.headline, metric.synonyms) = (Some(headline), vec![synonym]);
        metric.thresholds.iter_mut().for_each(|t| tell(&mut t.label, "Alarm"));
        for benchmark in &mut metric.benchmarks {
            tell(&mut benchmark.name, "Rival");
            tell(&mut benchmark.source, "Paper");
        }
        let points = metric.series.points().enumerate().map(|(index, point)| {
            let mut note = String::new();
            tell(&mut note, "Note");
            let value = point.value * (1.0 + 0.000_123_457 * (index % 7 + 1) as f64);
            let digits = format!("{value:.6e}").parse().unwrap_or(value);
            Point { note: Some(note), value: digits, ..point }
        });
        metric.series = Arc::new(Series::from_points(points.collect::<Vec<_>>()).unwrap());
    }
    for event in project.events.values_mut() {
        tell(&mut event.title, "Event");
        tell(&mut event.description, "Story");
    }
    for check_in in project.check_ins.values_mut() {
        tell(&mut check_in.note, "Said");
        tell(&mut check_in.by, "Speaker");
    }
    for entry in project.meeting_log.values_mut() {
        tell(&mut entry.text, "Agreed");
        tell(&mut entry.owner, "Doer");
        tell(&mut entry.outcome, "Outcome");
    }
    tell(&mut project.deck.title, "Deck");
    tell(&mut project.deck.subtitle, "Under");
    assert_eq!(project.validate(), []);
    project
}
