//! Everything that is worked out from the project and kept, keyed by the revisions of what it was worked out from.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Memo;
use super::outlooks::{OutlookKey, Outlooks, Wanted};
use crate::analysis::forecast::{BottomUp, Likelihood, MetricForecast, bottom_up};
use crate::analysis::lint::{Finding, lint, lint_some};
use crate::analysis::xmr::{self, Choice, MetricXmr};
use crate::analysis::{
    CheckIns, Evaluation, Forecasts, GoalResult, Outlook, Regrained, Unsuited, check_ins, evaluate_with, leaf_of, metric_values,
};
use crate::chart::{self, Chart, Fact, Spark};
use crate::document::{Document, Revision};
use crate::model::{Cadence, CheckIn, Date, Goal, GoalId, GoalKind, Link, Metric, MetricId, Place, Project, Role, Status, Tree};

/// What a goal's own numbers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LeafKey {
    goal: Revision,
    values: Revision,
    check_ins: Revision,
    links: Revision,
    cycles: Revision,
    settings: Revision,
    /// When the forecast of its metric came from a job.
    forecast: u64,
}

/// What a chart is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartOf {
    /// A metric, where it matters as the measure of a goal.
    Metric(MetricId, Option<GoalId>),
    /// A key result without a metric.
    Goal(GoalId),
    /// The XmR chart of a metric.
    Variation(MetricId, Choice),
    /// The moving ranges below it.
    Steps(MetricId, Choice),
}

impl ChartOf {
    /// What it is drawn of, where that is a metric.
    pub fn metric(&self) -> Option<&MetricId> {
        match self {
            Self::Metric(metric, _) | Self::Variation(metric, _) | Self::Steps(metric, _) => Some(metric),
            Self::Goal(_) => None,
        }
    }
}

/// How a chart of signal and noise is asked for: as [`ChartOf::Variation`] or as [`ChartOf::Steps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Panel {
    Values(Choice),
    Steps(Choice),
}

/// How a goal stands; progress and expectation as bits, so that they can be keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    goal: GoalId,
    status: Option<Status>,
    progress: Option<u64>,
    expected: Option<u64>,
}

/// What a chart depends on: its points, everything around them, and how the goals that it names stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ChartKey {
    metric: Option<MetricId>,
    panel: Option<Panel>,
    goal: Option<GoalId>,
    as_of: Date,
    values: Revision,
    structure: Revision,
    settings: Revision,
    /// When the forecast of the metric came from a job.
    forecast: u64,
    /// The newest of the goals named and those above them.
    goals: Revision,
    standing: Vec<Standing>,
}

/// Its values' and the settings' revisions.
type RegrainedKey = (MetricId, Cadence, Date, Revision, Revision);
/// The revisions of all that is evaluated and of the metric's values.
type FactsKey = (ChartOf, Date, Revision, Option<Revision>, u64);
/// The metric's values' and the settings' revisions.
type XmrKey = (MetricId, Choice, Date, Revision, Revision);
type SparkKey = (MetricId, Date, Revision, Revision);
type Leaves = BTreeMap<GoalId, (LeafKey, Arc<GoalResult>)>;

/// The last evaluation of a day and what it was made of: the next one starts from it.
#[derive(Debug)]
struct Evaluated {
    at: Revision,
    generation: u64,
    leaves: Leaves,
    evaluation: Arc<Evaluation>,
}

/// What the goal lint found, by what it is about.
pub type Findings = BTreeMap<Place, Arc<[Finding]>>;

/// The last findings of a day and what they were made of: the next ones start from them.
#[derive(Debug)]
struct Linted {
    at: Revision,
    evaluation: Arc<Evaluation>,
    findings: Arc<Findings>,
}

/// The caches of one window. They hand out `Arc`s and are not borrowed while something is computed.
#[derive(Debug)]
pub struct Memos {
    trees: Memo<Revision, Arc<Tree>>,
    evaluations: Memo<(Revision, Date, u64), Arc<Evaluation>>,
    evaluated: RefCell<BTreeMap<Date, Evaluated>>,
    findings: Memo<(Revision, Date, u64), Arc<Findings>>,
    linted: RefCell<BTreeMap<Date, Linted>>,
    check_ins: Memo<(Revision, Date, u64), Arc<BTreeMap<GoalId, CheckIns>>>,
    regrained: Memo<RegrainedKey, Arc<Regrained>>,
    charts: Memo<ChartKey, Arc<Chart>>,
    facts: Memo<FactsKey, Arc<[Fact]>>,
    insights: Memo<FactsKey, Arc<[Fact]>>,
    sparks: Memo<SparkKey, Arc<Spark>>,
    xmr: Memo<XmrKey, Arc<Result<MetricXmr, Unsuited>>>,
    outlooks: Outlooks,
    leaves_computed: Cell<u64>,
}

impl Default for Memos {
    fn default() -> Self {
        Self {
            trees: Memo::new(2),
            evaluations: Memo::new(8),
            evaluated: RefCell::default(),
            findings: Memo::new(4),
            linted: RefCell::default(),
            check_ins: Memo::new(4),
            regrained: Memo::new(1024),
            charts: Memo::new(128),
            facts: Memo::new(128),
            insights: Memo::new(128),
            sparks: Memo::new(1024),
            xmr: Memo::new(512),
            outlooks: Outlooks::default(),
            leaves_computed: Cell::new(0),
        }
    }
}

/// What is known of the future of a metric.
struct Ahead {
    forecast: Arc<MetricForecast>,
    bottom_up: Option<BottomUp>,
    likelihood: Option<Arc<Likelihood>>,
}

impl Ahead {
    fn prospect(&self) -> chart::Prospect<'_> {
        chart::Prospect { forecast: &self.forecast, bottom_up: self.bottom_up.as_ref(), likelihood: self.likelihood.as_deref() }
    }
}

/// The forecasts of a day as the memos have them.
struct Remembered<'a> {
    memos: &'a Memos,
    document: &'a Document,
    as_of: Date,
}

impl Forecasts for Remembered<'_> {
    fn outlook(&self, metric: &Metric) -> Outlook {
        self.memos.outlook(self.document, metric, self.as_of)
    }
}

impl Memos {
    /// Days whose last evaluation is kept: the one shown, and one for an export or a comparison.
    const MOST_DAYS: usize = 2;

    pub fn tree(&self, document: &Document) -> Arc<Tree> {
        self.trees.get(document.tree_revision(), || Arc::new(Tree::of(document.project())))
    }

    /// All goals as of a day. After an edit only the goals that it reaches are worked out again, and those above them; after one of
    /// settings, cycles, links or the tree, the roll-up runs over all.
    pub fn evaluation(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        self.evaluations.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || self.evaluate(document, as_of))
    }

    fn evaluate(&self, document: &Document, as_of: Date) -> Arc<Evaluation> {
        let (project, tree) = (document.project(), self.tree(document));
        let before = self.evaluated.borrow_mut().remove(&as_of);
        let (mut leaves, last) = before.map_or_else(Default::default, |b| (b.leaves, Some((b.at, b.generation, b.evaluation))));
        let generation = self.outlooks.generation();
        let check_ins = OnceCell::new();
        let forecasts = Remembered { memos: self, document, as_of };
        let leaf = |goal: &Goal| {
            let key = leaf_key(document, goal, &self.outlooks);
            if let Some((of, result)) = leaves.get(&goal.id)
                && *of == key
            {
                return Arc::clone(result);
            }
            self.leaves_computed.set(self.leaves_computed.get() + 1);
            let by_goal = check_ins.get_or_init(|| check_ins_by_goal(project, as_of));
            let own = by_goal.get(&goal.id).map_or(&[][..], Vec::as_slice);
            let result = Arc::new(leaf_of(project, goal, own, as_of, &forecasts));
            leaves.insert(goal.id.clone(), (key, Arc::clone(&result)));
            result
        };
        let evaluation = match last {
            Some((at, generation, last)) if document.common_revision() <= at => {
                let came = self.outlooks.came_after(generation);
                last.renewed(project, &tree, &reached(document, at, &came), leaf)
            }
            _ => {
                let evaluation = evaluate_with(project, &tree, as_of, leaf);
                leaves.retain(|goal, _| evaluation.goals.contains_key(goal));
                evaluation
            }
        };
        let evaluation = Arc::new(evaluation);
        let mut days = self.evaluated.borrow_mut();
        if days.len() >= Self::MOST_DAYS {
            days.clear();
        }
        days.insert(as_of, Evaluated { at: document.revision(), generation, leaves, evaluation: Arc::clone(&evaluation) });
        evaluation
    }

    /// What the goal lint finds as of a day, in the rules' order for each place. After an edit of goals, check-ins or points only the
    /// goals that it reaches are looked at again.
    pub fn findings(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        self.findings.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || self.lint(document, as_of))
    }

    fn lint(&self, document: &Document, as_of: Date) -> Arc<Findings> {
        let (project, tree, evaluation) = (document.project(), self.tree(document), self.evaluation(document, as_of));
        let before = self.linted.borrow_mut().remove(&as_of);
        let before = before.filter(|b| document.common_revision().max(document.any_metric_revision()) <= b.at);
        let (mut findings, found) = match before {
            Some(Linted { at, evaluation: last, findings }) => {
                let reached = reached_by_lint(document, &tree, at, &last, &evaluation);
                let mut findings = Arc::unwrap_or_clone(findings);
                findings.retain(|place, _| matches!(place, Place::Goal(goal) if !reached.contains(goal)));
                (findings, lint_some(project, &tree, &evaluation, &reached))
            }
            None => (Findings::new(), lint(project, &tree, &evaluation)),
        };
        let mut by_place: BTreeMap<Place, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            by_place.entry(finding.place.clone()).or_default().push(finding);
        }
        findings.extend(by_place.into_iter().map(|(place, found)| (place, found.into())));
        let findings = Arc::new(findings);
        let mut days = self.linted.borrow_mut();
        if days.len() >= Self::MOST_DAYS {
            days.clear();
        }
        days.insert(as_of, Linted { at: document.revision(), evaluation, findings: Arc::clone(&findings) });
        findings
    }

    /// How the check-ins of each goal stand on a day.
    pub fn check_ins(&self, document: &Document, as_of: Date) -> Arc<BTreeMap<GoalId, CheckIns>> {
        self.check_ins.get((document.evaluation_revision(), as_of, self.outlooks.generation()), || {
            Arc::new(check_ins(document.project(), &self.tree(document), &self.evaluation(document, as_of)))
        })
    }

    /// A metric's values in a cadence as of a day; formulas are evaluated.
    pub fn regrained(&self, document: &Document, metric: &MetricId, cadence: Cadence, as_of: Date) -> Option<Arc<Regrained>> {
        let found = document.project().metric(metric)?;
        let key = (metric.clone(), cadence, as_of, document.values_revision(metric), document.settings_revision());
        Some(self.regrained.get(key, || Arc::new(metric_values(document.project(), found, cadence, as_of))))
    }

    /// The chart of a metric, seen from a goal or on its own.
    pub fn trend(&self, document: &Document, as_of: Date, metric: &MetricId, goal: Option<&GoalId>) -> Arc<Chart> {
        let project = document.project();
        let evaluation = self.evaluation(document, as_of);
        let mut named: Vec<&GoalId> = project.supported_goals(metric).into_iter().map(|(g, _)| &g.id).collect();
        named.extend(goal);
        // What they are declared to bring is drawn.
        let declares = |g: &&Arc<Goal>| matches!(&g.kind, GoalKind::Initiative(i) if i.effects.iter().any(|e| e.metric == *metric));
        named.extend(project.goals.values().filter(declares).map(|g| &g.id));
        let key = ChartKey { metric: Some(metric.clone()), ..chart_key(document, &evaluation, goal, &named) };
        let key = ChartKey { values: document.values_revision(metric), forecast: self.outlooks.generation_of(metric), ..key };
        let context = chart::Context { project, evaluation: &evaluation };
        self.charts.get(key, || {
            let ahead = self.ahead(document, &evaluation, metric, context.pursued_goal(metric, goal).as_ref());
            Arc::new(chart::trend_with(&context, metric, goal, ahead.as_ref().map(Ahead::prospect).as_ref()))
        })
    }

    /// The chart of a key result without a metric.
    pub fn milestone(&self, document: &Document, as_of: Date, goal: &GoalId) -> Arc<Chart> {
        let evaluation = self.evaluation(document, as_of);
        let key = chart_key(document, &evaluation, Some(goal), &[goal]);
        let context = chart::Context { project: document.project(), evaluation: &evaluation };
        self.charts.get(key, || Arc::new(chart::milestone(&context, goal)))
    }

    /// The chart of a metric or of a key result without one.
    pub fn chart(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<Chart> {
        match of {
            ChartOf::Metric(metric, goal) => self.trend(document, as_of, metric, goal.as_ref()),
            ChartOf::Goal(goal) => self.milestone(document, as_of, goal),
            ChartOf::Variation(metric, choice) => self.panel(document, as_of, metric, Panel::Values(*choice)),
            ChartOf::Steps(metric, choice) => self.panel(document, as_of, metric, Panel::Steps(*choice)),
        }
    }

    /// The values or the steps of a metric's XmR chart.
    fn panel(&self, document: &Document, as_of: Date, metric: &MetricId, panel: Panel) -> Arc<Chart> {
        let evaluation = self.evaluation(document, as_of);
        let named: Vec<&GoalId> = document.project().supported_goals(metric).into_iter().map(|(g, _)| &g.id).collect();
        let key = chart_key(document, &evaluation, None, &named);
        let key = ChartKey { metric: Some(metric.clone()), panel: Some(panel), values: document.values_revision(metric), ..key };
        let (Panel::Values(choice) | Panel::Steps(choice)) = panel;
        self.charts.get(key, || {
            let context = chart::Context { project: document.project(), evaluation: &evaluation };
            let xmr = self.xmr(document, as_of, metric, choice);
            let xmr = xmr.as_ref().as_ref().map_err(ToString::to_string);
            Arc::new(match panel {
                Panel::Values(_) => chart::variation(&context, metric, xmr),
                Panel::Steps(_) => chart::moving_ranges(&context, metric, xmr),
            })
        })
    }

    /// Signal and noise of a metric, or why there is nothing to say.
    pub fn xmr(&self, document: &Document, as_of: Date, metric: &MetricId, choice: Choice) -> Arc<Result<MetricXmr, Unsuited>> {
        let key = (metric.clone(), choice, as_of, document.values_revision(metric), document.settings_revision());
        self.xmr.get(key, || {
            let Some(found) = document.project().metric(metric) else {
                return Arc::new(Err(Unsuited::TooFew { have: 0, need: xmr::FEWEST }));
            };
            let cadence = if found.cadence == Cadence::Hourly { Cadence::Daily } else { found.cadence };
            let values = metric_values(document.project(), found, cadence, as_of);
            Arc::new(xmr::of_values(found, &values, choice))
        })
    }

    /// Where a metric is going, as seen on a day; `None` where nothing can be said of it.
    pub fn forecast(&self, document: &Document, metric: &MetricId, as_of: Date) -> Option<Arc<MetricForecast>> {
        self.outlook(document, document.project().metric(metric)?, as_of).known()
    }

    /// As [`Self::forecast`], with why there is none.
    pub fn outlook(&self, document: &Document, metric: &Metric, as_of: Date) -> Outlook {
        self.outlooks.get(document, metric, as_of)
    }

    /// Empty, and working as another one does.
    pub(super) fn like(other: &Self) -> Self {
        let memos = Self::default();
        if other.outlooks.is_in_background() {
            memos.outlooks.work_in_background();
        }
        memos
    }

    /// Has forecasts worked out by jobs where many are missing, and all of them looked back on there. Without it everything is worked out where it
    /// is asked for.
    pub fn work_in_background(&self) {
        self.outlooks.work_in_background();
    }

    pub(super) fn begin_frame(&self) {
        self.outlooks.begin_frame();
    }

    pub(super) fn start_forecasts(&self, document: &Document) -> Wanted {
        self.outlooks.start(document)
    }

    pub(super) fn take_forecasts(&self, document: &Document, found: Vec<(OutlookKey, Outlook)>) {
        self.outlooks.take(document, found);
    }

    /// What is known of the future of a metric, for the key result that pursues it.
    fn ahead(&self, document: &Document, evaluation: &Evaluation, metric: &MetricId, goal: Option<&GoalId>) -> Option<Ahead> {
        let project = document.project();
        let forecast = self.forecast(document, metric, evaluation.as_of)?;
        let result = goal.and_then(|g| evaluation.goal(g));
        let due = result.and_then(|r| r.span.due);
        let bottom_up = due.zip(project.metric(metric)).map(|(due, metric)| bottom_up(project, metric, &forecast, due));
        Some(Ahead { forecast, bottom_up, likelihood: result.and_then(|r| r.likelihood.clone()) })
    }

    /// What the numbers of a chart say beyond it; nothing for a key result without a metric.
    pub fn insights(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<[Fact]> {
        let values = of.metric().map(|metric| document.values_revision(metric));
        self.insights.get((of.clone(), as_of, document.evaluation_revision(), values, self.outlooks.generation()), || {
            let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
            let Some(metric) = of.metric().and_then(|id| project.metric(id)) else { return Arc::default() };
            let goal = if let ChartOf::Metric(_, goal) = of { goal.as_ref() } else { None };
            let pursued = chart::Context { project, evaluation: &evaluation }.pursued_goal(&metric.id, goal);
            let ahead = self.ahead(document, &evaluation, &metric.id, pursued.as_ref());
            let why = match self.outlook(document, metric, as_of) {
                Outlook::Unknown(reason) => reason.to_string(),
                Outlook::Pending => "it is being worked out".to_owned(),
                Outlook::Known(_) => String::new(),
            };
            let due = pursued.as_ref().and_then(|g| evaluation.goal(g)).and_then(|r| r.span.due).unwrap_or(as_of);
            let calibration = ahead.as_ref().and_then(|a| a.forecast.calibrate(due));
            let xmr = self.xmr(document, as_of, &metric.id, Choice::default());
            let known = chart::Known {
                project,
                metric,
                as_of,
                forecast: ahead.as_ref().map(|a| a.forecast.as_ref()).ok_or(why.as_str()),
                calibration: calibration.as_ref(),
                likelihood: ahead.as_ref().and_then(|a| a.likelihood.as_deref()),
                aim: pursued.as_ref().and_then(|g| project.goal(g)).and_then(Goal::as_key_result).map(|k| &k.aim),
                bottom_up: ahead.as_ref().and_then(|a| a.bottom_up.as_ref()),
                xmr: xmr.as_ref().as_ref().ok(),
            };
            chart::insights(&known).into()
        })
    }

    /// The numbers beside that chart.
    pub fn facts(&self, document: &Document, as_of: Date, of: &ChartOf) -> Arc<[Fact]> {
        let values = of.metric().map(|metric| document.values_revision(metric));
        self.facts.get((of.clone(), as_of, document.evaluation_revision(), values, self.outlooks.generation()), || {
            let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
            let context = chart::Context { project, evaluation: &evaluation };
            let (metric, goal) = match of {
                ChartOf::Metric(metric, goal) => (Some(metric), context.pursued_goal(metric, goal.as_ref())),
                ChartOf::Goal(goal) => (None, Some(goal.clone())),
                ChartOf::Variation(metric, _) | ChartOf::Steps(metric, _) => (Some(metric), None),
            };
            chart::facts(project, &evaluation, metric, goal.as_ref()).into()
        })
    }

    /// The word-sized chart of a metric; empty for one that is not there.
    pub fn sparkline(&self, document: &Document, as_of: Date, metric: &MetricId) -> Arc<Spark> {
        let key = (metric.clone(), as_of, document.values_revision(metric), document.settings_revision());
        self.sparks.get(key, || {
            let found = document.project().metric(metric);
            Arc::new(found.map(|m| chart::sparkline(document.project(), m, as_of)).unwrap_or_default())
        })
    }

    /// How many goals were worked out so far: tests see by it what an edit reached.
    pub fn leaves_computed(&self) -> u64 {
        self.leaves_computed.get()
    }
}

/// The goals whose own numbers may have changed after `at`.
fn reached(document: &Document, at: Revision, forecast: &[MetricId]) -> Vec<GoalId> {
    let mut reached: BTreeSet<GoalId> = document.goals_changed_after(at).cloned().collect();
    let mut metrics = document.values_changed_after(at);
    metrics.extend(forecast.iter().cloned());
    if !metrics.is_empty() {
        let project = document.project();
        let measured = |goal: &&Arc<Goal>| goal.as_key_result().and_then(|k| k.metric.as_ref()).is_some_and(|m| metrics.contains(m));
        reached.extend(project.goals.values().filter(measured).map(|goal| goal.id.clone()));
        let guards = |link: &&Link| link.role == Role::Guardrail && metrics.contains(&link.metric);
        reached.extend(project.links.values().filter(guards).map(|link| link.goal.clone()));
    }
    reached.into_iter().collect()
}

/// The goals about which the lint may find something else than at `at`, where neither the tree nor links, cycles, settings nor the
/// fields of a metric changed since: those that changed with all under them, those whose result is another, and the goals right above.
fn reached_by_lint(document: &Document, tree: &Tree, at: Revision, before: &Evaluation, now: &Evaluation) -> BTreeSet<GoalId> {
    let project = document.project();
    let mut reached: BTreeSet<GoalId> = reached(document, at, &[]).into_iter().collect();
    let same = |id: &GoalId, result: &Arc<GoalResult>| before.goals.get(id).is_some_and(|old| Arc::ptr_eq(old, result));
    reached.extend(now.goals.iter().filter(|(id, result)| !same(id, result)).map(|(id, _)| id.clone()));
    let above: Vec<GoalId> = reached.iter().filter_map(|id| project.goal(id)?.parent.clone()).collect();
    for id in document.goals_changed_after(at) {
        reached.extend(tree.subtree(id).into_iter().map(|visit| visit.goal.clone()));
        // Goals at the top are held against one another.
        if project.goal(id).is_some_and(|goal| goal.parent.is_none()) {
            reached.extend(tree.roots().iter().cloned());
        }
    }
    reached.extend(above);
    reached
}

fn check_ins_by_goal(project: &Project, as_of: Date) -> BTreeMap<&GoalId, Vec<&CheckIn>> {
    let mut by_goal: BTreeMap<&GoalId, Vec<&CheckIn>> = BTreeMap::new();
    for check_in in project.check_ins.values().filter(|c| c.date <= as_of) {
        by_goal.entry(&check_in.goal).or_default().push(check_in);
    }
    for list in by_goal.values_mut() {
        list.sort_by_key(|c| c.date);
    }
    by_goal
}

fn chart_key(document: &Document, evaluation: &Evaluation, goal: Option<&GoalId>, named: &[&GoalId]) -> ChartKey {
    let above = named.iter().flat_map(|g| Tree::path(document.project(), g));
    let standing = named.iter().map(|id| {
        let result = evaluation.goal(id);
        Standing {
            goal: GoalId::clone(id),
            status: result.map(|r| r.status),
            progress: result.and_then(|r| r.progress).map(f64::to_bits),
            expected: result.and_then(|r| r.expected).map(f64::to_bits),
        }
    });
    ChartKey {
        metric: None,
        panel: None,
        goal: goal.cloned(),
        as_of: evaluation.as_of,
        values: Revision::default(),
        structure: document.structure_revision(),
        settings: document.settings_revision(),
        forecast: 0,
        goals: above.map(|g| document.goal_revision(&g.id)).max().unwrap_or_default(),
        standing: standing.collect(),
    }
}

fn leaf_key(document: &Document, goal: &Goal, outlooks: &Outlooks) -> LeafKey {
    let metric = goal.as_key_result().and_then(|k| k.metric.as_ref());
    let own = metric.map(|m| document.values_revision(m));
    // Of the metrics that are linked, only guardrails bear on the goal itself.
    let linked = document.project().linked_metrics(&goal.id).into_iter().filter(|(_, link)| link.role == Role::Guardrail);
    let linked = linked.map(|(m, _)| document.values_revision(&m.id)).max();
    LeafKey {
        goal: document.goal_revision(&goal.id),
        values: own.max(linked).unwrap_or_default(),
        check_ins: document.check_ins_revision(&goal.id),
        links: document.links_revision(),
        cycles: document.cycles_revision(),
        settings: document.settings_revision(),
        forecast: metric.map_or(0, |m| outlooks.generation_of(m)),
    }
}
