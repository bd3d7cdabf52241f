//! What a computed metric rests on, and whether that leads back to itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Formula, Metric, MetricId, Project};

/// Of a way round: the rest is left out.
const MOST_NAMES: usize = 10;

impl Project {
    /// The metrics that a metric's formula is made of, segments resolved, each once.
    pub fn formula_inputs(&self, metric: &Metric) -> BTreeSet<MetricId> {
        metric.formula().map(|formula| self.inputs_of(formula)).unwrap_or_default()
    }

    fn inputs_of(&self, formula: &Formula) -> BTreeSet<MetricId> {
        let mut inputs: BTreeSet<MetricId> = formula.metrics().into_iter().cloned().collect();
        for whole in formula.segmented() {
            inputs.extend(self.segments_of(whole).map(|m| m.id.clone()));
        }
        inputs
    }

    /// The segments of a metric, by id.
    pub fn segments_of<'a>(&'a self, whole: &'a MetricId) -> impl Iterator<Item = &'a Metric> {
        self.metrics.values().map(AsRef::as_ref).filter(move |m| m.segment.as_ref().is_some_and(|s| &s.whole == whole))
    }

    /// The way from a metric back to itself through formulas, "revenue → web revenue → revenue", if there is one.
    pub fn formula_loop(&self, start: &MetricId) -> Option<String> {
        self.loop_from(start, self.formula_inputs(self.metric(start)?))
    }

    /// The way back to itself that a metric would have with this formula, as [`Project::formula_loop`] gives it.
    pub fn formula_loop_with(&self, start: &MetricId, formula: &Formula) -> Option<String> {
        self.loop_from(start, self.inputs_of(formula))
    }

    fn loop_from(&self, start: &MetricId, first: BTreeSet<MetricId>) -> Option<String> {
        let mut came_from: BTreeMap<MetricId, MetricId> = BTreeMap::new();
        let mut stack = vec![(start.clone(), first)];
        while let Some((id, inputs)) = stack.pop() {
            for input in inputs {
                if &input == start {
                    let mut way = vec![start.clone(), id.clone()];
                    while way.last() != Some(start) {
                        way.push(came_from[way.last()?].clone());
                    }
                    way.reverse();
                    let name = |id: &MetricId| self.metric(id).map_or_else(|| id.to_string(), |m| m.name.clone());
                    let mut names: Vec<String> = way.iter().take(MOST_NAMES).map(name).collect();
                    if way.len() > MOST_NAMES {
                        names.extend(["…".to_owned(), name(start)]);
                    }
                    return Some(names.join(" → "));
                }
                if let Some(metric) = self.metric(&input).filter(|_| !came_from.contains_key(&input)) {
                    came_from.insert(input.clone(), id.clone());
                    stack.push((input, self.formula_inputs(metric)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{MissingInput, Origin, ProjectId};

    fn id(name: &str) -> MetricId {
        MetricId::parse(&format!("m-{name}")).unwrap()
    }

    /// Metrics by name with their formulas; an empty one is recorded.
    fn project<'a>(metrics: impl IntoIterator<Item = (&'a str, &'a str)>) -> Project {
        let mut project = Project::empty(ProjectId::from_random(1), "Test");
        for (name, text) in metrics {
            let mut metric = Metric::new(id(name), name);
            if !text.is_empty() {
                metric.origin = Origin::Computed { formula: Formula::parse(text).unwrap(), missing: MissingInput::Missing };
            }
            project.metrics.insert(metric.id.clone(), Arc::new(metric));
        }
        project
    }

    #[test]
    fn a_formula_being_written_names_the_loop_it_would_make() {
        let project = project([("revenue", ""), ("web", "[m-shop] * 2"), ("shop", "growth([m-revenue])")]);
        let way = |text: &str| project.formula_loop_with(&id("revenue"), &Formula::parse(text).unwrap());
        assert_eq!(way("1 + [m-web]").as_deref(), Some("revenue → web → shop → revenue"));
        assert_eq!(way("prev([m-revenue])").as_deref(), Some("revenue → revenue"));
        assert_eq!(way("2 * 3"), None);
    }

    #[test]
    fn a_formula_cannot_lead_back_to_itself() {
        // What rests on a loop is not in it.
        let project =
            project([("a", "[m-b] + 1"), ("b", "2 * [m-a]"), ("user", "[m-a] + [m-half]"), ("half", "[m-base] / 2"), ("base", "")]);
        let found: Vec<String> = project.validate().iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "metric m-a: has a formula that leads back to itself: a → b → a",
                "metric m-b: has a formula that leads back to itself: b → a → b"
            ]
        );
    }

    #[test]
    fn a_chain_of_formulas_has_an_end() {
        let problems = |length: usize| {
            let names: Vec<String> = (0..length).map(|n| format!("c{n:05}")).collect();
            let texts: Vec<String> = std::iter::once(String::new()).chain(names.iter().map(|n| format!("[m-{n}] + 1"))).collect();
            project(names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_str()))).validate()
        };
        assert_eq!(problems(Formula::MAX_HEIGHT + 1), []);
        let found = problems(Formula::MAX_HEIGHT + 2);
        let [only] = &found[..] else { panic!("{found:?}") };
        assert_eq!(only.to_string(), "metric m-c00065: rests on more than 64 formulas, each made of the one before");
        // Followed down anew for each metric, this would take 200 million steps.
        assert_eq!(problems(20_000).len(), 20_000 - 65);
    }

    #[test]
    fn a_long_way_round_is_told_in_short() {
        // Each of 20,000 leads round through all others.
        let names: Vec<String> = (0..20_000).map(|n| format!("r{n:05}")).collect();
        let texts: Vec<String> = (0..20_000).map(|n| format!("[m-r{:05}]", (n + 1) % 20_000)).collect();
        let found = project(names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_str()))).validate();
        assert!(found[0].message.contains("itself: r00000 → r00001 → "), "{}", found[0]);
        assert!(found.iter().all(|problem| problem.message.len() < 200), "{}", found[0]);
    }

    #[test]
    fn what_adds_up_many_segments_is_looked_at_once() {
        // 10,000 sums of 10,000 segments: one by one that is 100 million.
        let mut project = project([("whole", ""), ("part", "")]);
        let segment = |n: usize| Some(crate::model::SegmentOf { whole: id("whole"), dimension: "n".to_owned(), value: n.to_string() });
        for n in 0..10_000 {
            let mut part = Metric::new(id(&format!("p{n}")), "Part");
            part.segment = segment(n);
            let mut sum = Metric::new(id(&format!("s{n}")), "Sum");
            sum.origin = Origin::Computed { formula: Formula::parse("segments([m-whole])").unwrap(), missing: MissingInput::Missing };
            for metric in [part, sum] {
                project.metrics.insert(metric.id.clone(), Arc::new(metric));
            }
        }
        assert_eq!(project.validate(), []);
        // A sum of segments that is one of them.
        Arc::make_mut(project.metrics.get_mut(&id("s7")).unwrap()).segment = segment(7);
        let found: Vec<String> = project.validate().iter().map(ToString::to_string).collect();
        assert_eq!(found, ["metric m-s7: has a formula that leads back to itself: Sum → Sum"]);
    }
}
