//! What a computed metric rests on, and whether that leads back to itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Formula, Metric, MetricId, Project};

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

    /// The computed metrics that may rest on themselves: those left when whatever rests on nothing unsettled is taken away again and
    /// again. Linear, however long a chain of formulas is.
    pub(super) fn unsettled_metrics(&self) -> BTreeSet<MetricId> {
        let mut needs: BTreeMap<&MetricId, usize> = BTreeMap::new();
        let mut needed_by: BTreeMap<MetricId, Vec<&MetricId>> = BTreeMap::new();
        for metric in self.metrics.values().filter(|m| m.formula().is_some()) {
            let inputs = self.formula_inputs(metric);
            let computed = inputs.into_iter().filter(|id| self.metric(id).is_some_and(|m| m.formula().is_some()));
            let mut count = 0;
            for input in computed {
                needed_by.entry(input).or_default().push(&metric.id);
                count += 1;
            }
            needs.insert(&metric.id, count);
        }
        let mut settled: Vec<&MetricId> = needs.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
        while let Some(id) = settled.pop() {
            needs.remove(id);
            for user in needed_by.get(id).into_iter().flatten() {
                if let Some(count) = needs.get_mut(user) {
                    *count -= 1;
                    if *count == 0 {
                        settled.push(user);
                    }
                }
            }
        }
        needs.into_keys().cloned().collect()
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
                    let names: Vec<_> = way.iter().map(|id| self.metric(id).map_or(id.as_str(), |m| m.name.as_str())).collect();
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
    fn a_long_chain_of_formulas_is_sound() {
        // Followed down anew for each metric, this would take 200 million steps.
        let names: Vec<String> = (0..20_000).map(|n| format!("c{n}")).collect();
        let texts: Vec<String> = std::iter::once(String::new()).chain(names.iter().map(|n| format!("[m-{n}] + 1"))).collect();
        let project = project(names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_str())));
        assert_eq!(project.unsettled_metrics(), BTreeSet::new());
        assert_eq!(project.validate(), []);
    }
}
