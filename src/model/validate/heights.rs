//! How many formulas rest on each other, and whether that ever ends.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Findings, Place, Problem};
use crate::model::{Formula, MetricId, Project};

/// Metrics in circles that are named, one way each.
const MOST_CIRCLES: usize = 20;

/// Something that formulas are made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Metric(&'a MetricId),
    SegmentsOf(&'a MetricId),
}

/// What rests on what, of all that is computed.
#[derive(Default)]
struct Rests<'a> {
    needs: BTreeMap<Part<'a>, BTreeSet<Part<'a>>>,
    needed_by: BTreeMap<Part<'a>, Vec<Part<'a>>>,
}

impl<'a> Rests<'a> {
    fn of(project: &'a Project) -> Self {
        let mut rests = Self::default();
        let is_computed = |id: &MetricId| project.metric(id).is_some_and(|metric| metric.formula().is_some());
        for metric in project.metrics.values() {
            let Some(formula) = metric.formula() else { continue };
            let part = Part::Metric(&metric.id);
            rests.needs.entry(part).or_default();
            for input in formula.metrics().into_iter().filter(|id| is_computed(id)) {
                rests.add(part, Part::Metric(input));
            }
            for whole in formula.segmented() {
                rests.add(part, Part::SegmentsOf(whole));
            }
            if let Some(segment) = &metric.segment {
                rests.add(Part::SegmentsOf(&segment.whole), part);
            }
        }
        rests
    }

    fn add(&mut self, part: Part<'a>, on: Part<'a>) {
        self.needs.entry(on).or_default();
        if self.needs.entry(part).or_default().insert(on) {
            self.needed_by.entry(on).or_default().push(part);
        }
    }

    /// Takes away what rests on nothing that is left, again and again: those under whom too much lies, in the order in which they went.
    fn settle(&mut self) -> Vec<&'a MetricId> {
        let mut open: BTreeMap<Part<'a>, usize> = self.needs.iter().map(|(part, needs)| (*part, needs.len())).collect();
        let mut below: BTreeMap<Part<'a>, usize> = BTreeMap::new();
        let mut settled: Vec<Part<'a>> = open.iter().filter(|(_, count)| **count == 0).map(|(part, _)| *part).collect();
        let mut too_high = Vec::new();
        while let Some(part) = settled.pop() {
            self.needs.remove(&part);
            let under = below.get(&part).copied().unwrap_or(0);
            let height = match part {
                Part::Metric(id) => {
                    if under >= Formula::MAX_HEIGHT {
                        too_high.push(id);
                    }
                    under + 1
                }
                Part::SegmentsOf(_) => under,
            };
            for user in self.needed_by.remove(&part).into_iter().flatten() {
                let known = below.entry(user).or_default();
                *known = height.max(*known);
                if let Some(count) = open.get_mut(&user) {
                    *count -= 1;
                    if *count == 0 {
                        settled.push(user);
                    }
                }
            }
        }
        too_high
    }

    /// Of what did not settle, the metrics that something else of it rests on: those in circles, and on a way from one to another.
    fn in_circles(mut self) -> Vec<&'a MetricId> {
        let mut used: BTreeMap<Part<'a>, usize> = self.needed_by.iter().map(|(part, by)| (*part, by.len())).collect();
        let mut unused: Vec<Part<'a>> = self.needs.keys().filter(|part| !used.contains_key(part)).copied().collect();
        while let Some(part) = unused.pop() {
            for input in self.needs.remove(&part).into_iter().flatten() {
                if let Some(count) = used.get_mut(&input) {
                    *count -= 1;
                    if *count == 0 {
                        unused.push(input);
                    }
                }
            }
        }
        let metric = |part: Part<'a>| if let Part::Metric(id) = part { Some(id) } else { None };
        self.needs.into_keys().filter_map(metric).collect()
    }
}

impl Formula {
    /// The most computed metrics that may rest on each other in a row: whatever follows formulas down stays fast.
    pub const MAX_HEIGHT: usize = 64;
}

impl Project {
    /// Computed metrics that rest on too many formulas in a row. Linear in the length of all formulas and the number of segments.
    pub fn check_formula_heights(&self, found: &mut Vec<Problem>) {
        Self::report_heights(Rests::of(self).settle(), found);
    }

    /// As [`Self::check_formula_heights`], and those that lead back to themselves.
    pub(super) fn check_all_formulas(&self, found: &mut Vec<Problem>) {
        let mut rests = Rests::of(self);
        Self::report_heights(rests.settle(), found);
        let circles = rests.in_circles();
        let before = found.len();
        for id in circles.iter().take(MOST_CIRCLES) {
            self.check_formula_loop(id, found);
        }
        if let (Some(id), true) = (circles.first(), found.len() == before) {
            let mut findings = Findings { place: Place::Metric((*id).clone()), found };
            findings.report("formula", "rests on a formula that leads back to itself".to_owned());
        }
    }

    fn report_heights(mut too_high: Vec<&MetricId>, found: &mut Vec<Problem>) {
        too_high.sort();
        for id in too_high {
            let mut findings = Findings { place: Place::Metric(id.clone()), found };
            findings.report("formula", format!("rests on more than {} formulas, each made of the one before", Formula::MAX_HEIGHT));
        }
    }

    pub(super) fn check_formula_loop(&self, metric: &MetricId, found: &mut Vec<Problem>) {
        if let Some(way) = self.formula_loop(metric) {
            let mut findings = Findings { place: Place::Metric(metric.clone()), found };
            findings.report("formula", format!("has a formula that leads back to itself: {way}"));
        }
    }
}
