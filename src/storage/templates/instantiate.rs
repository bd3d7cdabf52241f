//! From the skeleton to a project: ids, dates and metrics.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::library::LibraryMetric;
use super::text::{
    AimText, BenchmarkText, CycleText, InitiativeText, KeyResultText, LimitText, MetricText, ObjectiveText, SpanText, TemplateText, When,
};
use crate::model::{
    Aim, Benchmark, Cadence, Cycle, CycleId, DEFAULT_REQUIRED_SHARE, Date, DatedTarget, Formula, Goal, GoalId, Initiative, KeyResult,
    Limit, Link, Metric, MetricId, MissingInput, OrderKey, Origin, Period, Project, ProjectId, Role, Step, TargetStage,
};

pub(super) fn instantiate(text: &TemplateText, as_of: Date, ids: &mut dyn FnMut() -> u64, project_name: &str) -> Project {
    let TemplateText { version: _, title: _, sentence: _, vision, description, stage, cycles, objectives, metrics } = text;
    let mut project = Project::empty(ProjectId::from_random(ids()), project_name);
    project.vision.clone_from(vision);
    project.description.clone_from(description);
    project.settings.stage = stage.map(Into::into);
    let mut builder = Builder { project, as_of, ids, cycles: BTreeMap::new(), metrics: BTreeMap::new() };
    for cycle in cycles {
        builder.add_cycle(cycle);
    }
    builder.add_objectives(objectives, None);
    for metric in metrics {
        builder.complete_metric(metric);
    }
    builder.project
}

struct Builder<'a> {
    project: Project,
    as_of: Date,
    ids: &'a mut dyn FnMut() -> u64,
    /// By their keys in the template.
    cycles: BTreeMap<&'a str, CycleId>,
    /// By their keys in the library.
    metrics: BTreeMap<&'a str, MetricId>,
}

impl<'a> Builder<'a> {
    /// A fiscal quarter, counted from the one of the as-of date.
    fn quarter(&self, number: i32) -> Period {
        let calendar = self.project.settings.calendar;
        let mut quarter = calendar.period_of(Cadence::Quarterly, self.as_of);
        for _ in 0..number.unsigned_abs() {
            quarter = if number < 0 { calendar.previous(Cadence::Quarterly, quarter) } else { calendar.next(Cadence::Quarterly, quarter) };
        }
        quarter
    }

    fn day(&self, when: When) -> Date {
        match when {
            When::QuarterStart(number) => self.quarter(number).first,
            When::QuarterEnd(number) => self.quarter(number).last,
        }
    }

    fn add_cycle(&mut self, text: &'a CycleText) {
        let calendar = self.project.settings.calendar;
        let named = |quarter: Period| format!("Q{} {}", calendar.fiscal_quarter(quarter.first), calendar.fiscal_year(quarter.first));
        let (name, start, end) = match text.span {
            SpanText::Quarter(number) => {
                let quarter = self.quarter(number);
                (named(quarter), quarter.first, quarter.last)
            }
            SpanText::Quarters { first, last } => {
                let (first, last) = (self.quarter(first), self.quarter(last));
                (format!("{} – {}", named(first), named(last)), first.first, last.last)
            }
            SpanText::ThisYear => {
                let year = calendar.period_of(Cadence::Yearly, self.as_of);
                (format!("FY {}", calendar.fiscal_year(self.as_of)), year.first, year.last)
            }
        };
        let id = CycleId::from_random((self.ids)());
        self.cycles.insert(&text.key, id.clone());
        self.project.cycles.insert(id.clone(), Cycle { id, name, start, end });
    }

    #[expect(clippy::expect_used, reason = "every template is instantiated in a test")]
    fn cycle(&self, key: &str) -> CycleId {
        self.cycles.get(key).cloned().expect("a goal's cycle is one of the template's")
    }

    /// The project's metric for a key of the library, made when it is first needed.
    #[expect(clippy::expect_used, reason = "every template is instantiated in a test")]
    fn metric(&mut self, key: &'a str) -> MetricId {
        if let Some(id) = self.metrics.get(key) {
            return id.clone();
        }
        let id = MetricId::from_random((self.ids)());
        let known = LibraryMetric::find(key).expect("a template's metric is in the library");
        self.metrics.insert(key, id.clone());
        self.project.metrics.insert(id.clone(), Arc::new(known.metric(id.clone(), &self.project.settings.currency)));
        id
    }

    fn add_objectives(&mut self, texts: &'a [ObjectiveText], parent: Option<&GoalId>) {
        let mut orders = Orders::default();
        for text in texts {
            let ObjectiveText { title, description, cycle, driven_by, horizon, key_results, initiatives, objectives, links } = text;
            let id = GoalId::from_random((self.ids)());
            self.add_goal(Goal {
                order: orders.next(),
                description: description.clone(),
                cycle: Some(self.cycle(cycle)),
                driven_by: driven_by.map(Into::into),
                horizon: horizon.map(Into::into).unwrap_or_default(),
                ..Goal::objective(id.clone(), parent.cloned(), title.clone())
            });
            // Key results come first, whatever they hold; what else is under the objective follows.
            let mut below = Orders::default();
            for key_result in key_results {
                self.add_key_result(key_result, &id, cycle, below.next());
            }
            for initiative in initiatives {
                self.add_initiative(initiative, &id, cycle, below.next());
            }
            self.add_objectives(objectives, Some(&id));
            for (role, metric) in links {
                let metric = self.metric(metric);
                self.link(&id, metric, (*role).into());
            }
        }
    }

    fn add_key_result(&mut self, text: &'a KeyResultText, objective: &GoalId, cycle: &str, order: OrderKey) {
        let KeyResultText { title, description, metric, aim, pace, stages, cycle: own_cycle, initiatives } = text;
        let id = GoalId::from_random((self.ids)());
        let cycle = own_cycle.as_deref().unwrap_or(cycle);
        let metric = metric.as_deref().map(|key| self.metric(key));
        if let Some(metric) = &metric {
            self.link(objective, metric.clone(), Role::Outcome);
        }
        let mut key_result = KeyResult::new(aim.into(), metric);
        key_result.pace = pace.map(Into::into).unwrap_or_default();
        key_result.stages = stages.iter().map(|(by, value)| TargetStage { by: self.day(*by), value: *value }).collect();
        self.add_goal(Goal {
            order,
            description: description.clone(),
            cycle: Some(self.cycle(cycle)),
            ..Goal::key_result(id.clone(), objective.clone(), title.clone(), key_result)
        });
        let mut orders = Orders::default();
        for initiative in initiatives {
            self.add_initiative(initiative, &id, cycle, orders.next());
        }
    }

    fn add_initiative(&mut self, text: &InitiativeText, parent: &GoalId, cycle: &str, order: OrderKey) {
        let InitiativeText { title, description, value, effort, steps: titles, due } = text;
        let id = GoalId::from_random((self.ids)());
        let initiative = Initiative { steps: steps(titles), value: Some(*value), effort: Some(*effort), effects: Vec::new() };
        self.add_goal(Goal {
            order,
            description: description.clone(),
            cycle: Some(self.cycle(cycle)),
            due: due.map(|when| self.day(when)),
            ..Goal::initiative(id, parent.clone(), title.clone(), initiative)
        });
    }

    /// Where its cycle has begun, a goal starts on the day of use: nobody worked on it before.
    fn add_goal(&mut self, mut goal: Goal) {
        goal.start = self.project.span(&goal).start.filter(|start| *start < self.as_of).map(|_| self.as_of);
        self.project.goals.insert(goal.id.clone(), Arc::new(goal));
    }

    /// What is linked already keeps its role.
    fn link(&mut self, goal: &GoalId, metric: MetricId, role: Role) {
        let link = Link { goal: goal.clone(), metric, role, expected_lag_days: None };
        self.project.links.entry(link.key()).or_insert(link);
    }

    /// Adds to a metric what only this template knows of it.
    fn complete_metric(&mut self, text: &'a MetricText) {
        let MetricText { key, formula, target, benchmarks } = text;
        let id = self.metric(key);
        let origin = formula.as_ref().map(|formula| Origin::Computed { formula: self.formula(formula), missing: MissingInput::Missing });
        let from = self.quarter(0).first;
        let date = self.as_of;
        let Some(metric) = self.project.metrics.get_mut(&id).map(Arc::make_mut) else { return };
        let Metric { origin: kept, targets, benchmarks: known, .. } = metric;
        if let Some(origin) = origin {
            *kept = origin;
        }
        targets.extend(target.map(|limit| DatedTarget { from, limit: limit.into() }));
        known.extend(benchmarks.iter().map(|BenchmarkText { name, kind, value, source }| Benchmark {
            name: name.clone(),
            kind: (*kind).into(),
            value: *value,
            date,
            source: source.clone(),
        }));
    }

    /// A formula with keys in brackets, with ids in their place.
    #[expect(clippy::expect_used, reason = "every template is instantiated in a test")]
    fn formula(&mut self, text: &'a str) -> Formula {
        let mut parts = text.split('[');
        let mut with_ids = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (key, rest) = part.split_once(']').expect("a bracket closes");
            with_ids.push('[');
            with_ids.push_str(self.metric(key).as_str());
            with_ids.push(']');
            with_ids.push_str(rest);
        }
        Formula::parse(&with_ids).expect("the formula of a template reads")
    }
}

/// Order keys one after the other.
#[derive(Default)]
struct Orders(Option<OrderKey>);

impl Orders {
    fn next(&mut self) -> OrderKey {
        let next = OrderKey::between(self.0.as_ref(), None);
        self.0 = Some(next.clone());
        next
    }
}

fn steps(titles: &[String]) -> Vec<Step> {
    titles.iter().map(|title| Step { title: title.clone(), done_on: None }).collect()
}

impl From<&AimText> for Aim {
    fn from(text: &AimText) -> Self {
        match text {
            AimText::Increase { start, target } => Self::Increase { start: *start, target: *target },
            AimText::AtLeast(threshold) => Self::AtLeast { threshold: *threshold, required_share: DEFAULT_REQUIRED_SHARE },
            AimText::AtMost(threshold) => Self::AtMost { threshold: *threshold, required_share: DEFAULT_REQUIRED_SHARE },
            AimText::Milestone(titles) => Self::Milestone { steps: steps(titles) },
            AimText::Baseline(direction) => Self::Baseline { direction: (*direction).into(), target: None },
        }
    }
}

impl From<LimitText> for Limit {
    fn from(text: LimitText) -> Self {
        match text {
            LimitText::AtLeast(value) => Self::AtLeast(value),
            LimitText::AtMost(value) => Self::AtMost(value),
        }
    }
}
