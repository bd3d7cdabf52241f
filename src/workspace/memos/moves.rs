//! What moves a goal, kept by what it was worked out from: the costly parts by the values of their metrics, the whole by the project.

use std::sync::Arc;

use super::super::Memo;
use super::{FigureOf, Memos};
use crate::analysis::bet::{MetricBet, of_effect};
use crate::analysis::contributions::{Parts, WhyNoParts, parts, span_since};
use crate::analysis::guardrail::{Trip, trip};
use crate::analysis::lead_lag::{MetricLeadLag, of_metrics, pairs_of, pairs_tried};
use crate::analysis::sensitivity::{SHARE, Sensitivity, sensitivity};
use crate::analysis::{MetricHealth, Regrained, Unsuited, health};
use crate::chart::moves::{
    Against, Breakdown, Drivers, Lane, Moves, Since, bet_line, breakdown, drivers, evidence, guardrail_line, lane, relation, waterfall,
};
use crate::chart::{self, Figure, Subject};
use crate::document::{Document, Revision};
use crate::model::{Cadence, CycleId, Date, DeclaredEffect, Goal, GoalId, GoalKind, GoalState, Metric, MetricId, Role};
use crate::workspace::KpiMode;

/// Evidence of a lead, or why there is none.
pub type LeadFound = Arc<Result<MetricLeadLag, Unsuited>>;

/// As of a day, at a revision of the project.
type MovesKey = (GoalId, Date, Option<CycleId>, Revision, u64);
/// The newest revision of all that a part is worked out from.
type LeadKey = (MetricId, MetricId, usize, Date, Revision);
type PartsKey = (MetricId, Date, Date, Date, Revision);
type GuardKey = (MetricId, Option<Date>, Date, Revision);
type BetKey = (MetricId, Date, u64, bool, Date, Revision);

#[derive(Debug)]
pub(super) struct MovesMemos {
    moves: Memo<MovesKey, Arc<Moves>>,
    lanes: Memo<MovesKey, Arc<Lane>>,
    leads: Memo<LeadKey, LeadFound>,
    parts: Memo<PartsKey, Arc<Result<Parts, WhyNoParts>>>,
    guards: Memo<GuardKey, Arc<(Option<Trip>, MetricHealth)>>,
    bets: Memo<BetKey, Arc<Result<MetricBet, Unsuited>>>,
    figures: Memo<(FigureOf, Date, Revision), Arc<Figure>>,
    swings: Memo<(MetricId, Date, Revision), Arc<Result<Sensitivity, WhyNoParts>>>,
    drivers: Memo<(MetricId, Revision), Arc<Drivers>>,
}

impl Default for MovesMemos {
    fn default() -> Self {
        Self {
            moves: Memo::new(32),
            lanes: Memo::new(32),
            leads: Memo::new(256),
            parts: Memo::new(256),
            guards: Memo::new(256),
            bets: Memo::new(256),
            figures: Memo::new(32),
            swings: Memo::new(64),
            drivers: Memo::new(8),
        }
    }
}

/// When the values of any of these metrics, their fields or the settings last changed.
fn newest<'a>(document: &Document, metrics: impl IntoIterator<Item = &'a MetricId>) -> Revision {
    let of = |id: &MetricId| document.values_revision(id).max(document.metric_revision(id));
    metrics.into_iter().map(of).fold(document.settings_revision(), Revision::max)
}

/// A goal, its key results and initiatives, and the initiatives under those; not what is archived or outside a cycle.
fn in_scope<'a>(memos: &Memos, document: &'a Document, goal: &GoalId, cycle: Option<&CycleId>) -> Vec<&'a Goal> {
    let project = document.project();
    let tree = memos.tree(document);
    let cycle = cycle.map(|cycle| project.goals_of_cycle(&tree, cycle));
    let shown = |id: &GoalId| cycle.as_ref().is_none_or(|c| c.shows(id));
    let children = |id: &GoalId| -> Vec<&'a Goal> {
        let found = tree.children(id).iter().filter_map(|id| project.goal(id));
        found.filter(|g| !g.archived && !g.is_objective() && shown(&g.id)).collect()
    };
    let mut goals: Vec<&Goal> = project.goal(goal).into_iter().collect();
    for child in children(goal) {
        goals.push(child);
        goals.extend(children(&child.id));
    }
    goals
}

impl Memos {
    /// Guardrails, contributions, evidence and bets of a goal as of a day; of a cycle, only what belongs to it.
    pub fn moves(&self, document: &Document, as_of: Date, goal: &GoalId, cycle: Option<&CycleId>) -> Arc<Moves> {
        let key = (goal.clone(), as_of, cycle.cloned(), document.revision(), self.outlooks.generation());
        self.of_moves.moves.get(key, || {
            let goals = in_scope(self, document, goal, cycle);
            let whole = Whole { memos: self, document, as_of, goals: &goals };
            Arc::new(whole.moves())
        })
    }

    /// Initiatives and events beside the charts of a goal.
    pub fn lane(&self, document: &Document, as_of: Date, goal: &GoalId, cycle: Option<&CycleId>) -> Arc<Lane> {
        let key = (goal.clone(), as_of, cycle.cloned(), document.revision(), self.outlooks.generation());
        self.of_moves.lanes.get(key, || {
            let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
            let goals = in_scope(self, document, goal, cycle);
            let mut metrics: Vec<&MetricId> = goals.iter().filter_map(|g| g.as_key_result()?.metric.as_ref()).collect();
            metrics.extend(goals.iter().flat_map(|g| project.linked_metrics(&g.id)).map(|(metric, _)| &metric.id));
            Arc::new(lane(project, &evaluation, &goals, &metrics))
        })
    }

    /// Whether one metric moves before another; `tried` pairs are looked at together.
    pub fn lead_lag(&self, document: &Document, as_of: Date, driver: &MetricId, outcome: &MetricId, tried: usize) -> LeadFound {
        let key = (driver.clone(), outcome.clone(), tried, as_of, newest(document, [driver, outcome]));
        self.of_moves.leads.get(key, || {
            let project = document.project();
            let pair = project.metric(driver).zip(project.metric(outcome));
            let missing = Err(Unsuited::TooFew { have: 0, need: crate::analysis::lead_lag::FEWEST_PAIRS });
            Arc::new(pair.map_or(missing, |(driver, outcome)| of_metrics(project, driver, outcome, as_of, tried)))
        })
    }

    /// What a metric can be held against; `None` for one that is not there.
    pub fn drivers(&self, document: &Document, metric: &MetricId) -> Option<Arc<Drivers>> {
        let found = document.project().metric(metric)?;
        let key = (metric.clone(), document.revision());
        Some(self.of_moves.drivers.get(key, || Arc::new(drivers(document.project(), found))))
    }

    /// The change of a metric between the periods of two days, by its formula or its segments.
    pub fn parts(&self, document: &Document, as_of: Date, metric: &MetricId, days: [Date; 2]) -> Arc<Result<Parts, WhyNoParts>> {
        let project = document.project();
        let segments: Vec<&MetricId> = project.segments_of(metric).map(|m| &m.id).collect();
        let revision = newest(document, segments.into_iter().chain([metric])).max(document.any_metric_revision());
        let [from, to] = days;
        self.of_moves.parts.get((metric.clone(), from, to, as_of, revision), || {
            let found = project.metric(metric).ok_or(WhyNoParts::NoValue);
            Arc::new(found.and_then(|metric| parts(project, metric, from, to, as_of)))
        })
    }

    /// What a tenth more or less of each input would do to a computed metric.
    pub fn sensitivity(&self, document: &Document, as_of: Date, metric: &MetricId) -> Arc<Result<Sensitivity, WhyNoParts>> {
        self.of_moves.swings.get((metric.clone(), as_of, newest(document, [metric])), || {
            let project = document.project();
            let found = project.metric(metric).ok_or(WhyNoParts::NoValue);
            Arc::new(found.and_then(|metric| sensitivity(project, metric, SHARE, as_of, |_| None)))
        })
    }

    /// A change in words and steps.
    pub fn breakdown(
        &self,
        document: &Document,
        as_of: Date,
        metric: &Metric,
        days: [Date; 2],
        since: Since,
    ) -> Result<Breakdown, WhyNoParts> {
        let parts = self.parts(document, as_of, &metric.id, days);
        parts.as_ref().as_ref().map(|parts| breakdown(document.project(), metric, parts, since)).map_err(|why| *why)
    }

    /// The picture of contributions between the first and the last complete period of some days, or of the relation with a driver.
    pub(super) fn moves_figure(&self, document: &Document, as_of: Date, metric: &Metric, of: &FigureOf) -> Arc<Figure> {
        let (project, evaluation) = (document.project(), self.evaluation(document, as_of));
        let key = (of.clone(), as_of, document.revision());
        self.of_moves.figures.get(key, || {
            let driver = of.with.first().and_then(|id| project.metric(id));
            let cadence = [Some(metric), driver].into_iter().flatten().map(|m| m.cadence.max(Cadence::Daily)).max();
            let cadence = cadence.filter(|_| of.mode == KpiMode::Relation).unwrap_or(metric.cadence);
            let none = || Arc::new(Regrained { cadence, values: Vec::new() });
            let values = self.regrained(document, &metric.id, cadence, as_of).unwrap_or_else(none);
            let context = chart::Context { project, evaluation: &evaluation };
            let subject = Subject { context, metric, goal: of.goal.as_ref(), values: &values, days: of.days, with: &[] };
            if of.mode == KpiMode::Contributions {
                let mut complete = subject.complete().map(|(v, _)| v.period.first);
                let ends = complete.next().zip(complete.next_back());
                let found = match ends {
                    Some((from, to)) => self.breakdown(document, as_of, metric, [from, to], Since::Chosen),
                    // Whether it could be taken apart at all is said first.
                    None => match self.parts(document, as_of, &metric.id, [as_of, as_of]).as_ref() {
                        Err(why @ (WhyNoParts::NotComputed | WhyNoParts::NoSum)) => Err(*why),
                        _ => Err(WhyNoParts::NoValue),
                    },
                };
                return Arc::new(waterfall(&subject, &found));
            }
            let Some(driver) = driver else { return Arc::new(relation(&subject, None)) };
            // One that is linked to no goal is tried in addition.
            let is_linked = self.drivers(document, &metric.id).is_some_and(|drivers| drivers.linked().contains(&driver.id));
            let tried = pairs_tried(project) + usize::from(!is_linked);
            let found = self.lead_lag(document, as_of, &driver.id, &metric.id, tried);
            let others = self.regrained(document, &driver.id, cadence, as_of).unwrap_or_else(none);
            Arc::new(relation(&subject, Some(Against { driver, values: &others, found: &found, tried })))
        })
    }

    fn guard(&self, document: &Document, as_of: Date, metric: &Metric, since: Option<Date>) -> Arc<(Option<Trip>, MetricHealth)> {
        self.of_moves.guards.get((metric.id.clone(), since, as_of, newest(document, [&metric.id])), || {
            let project = document.project();
            Arc::new((trip(project, metric, since, as_of), health(project, metric, as_of)))
        })
    }

    fn bet(&self, document: &Document, as_of: Date, effect: &DeclaredEffect) -> Arc<Result<MetricBet, Unsuited>> {
        let DeclaredEffect { metric, from, change, relative, confidence: _ } = effect;
        let key = (metric.clone(), *from, change.to_bits(), *relative, as_of, newest(document, [metric]));
        self.of_moves.bets.get(key, || {
            let found = of_effect(document.project(), effect, as_of);
            Arc::new(found.unwrap_or(Err(Unsuited::TooFew { have: 0, need: crate::analysis::bet::FEWEST_BEFORE })))
        })
    }
}

/// A goal with what is under it.
struct Whole<'a> {
    memos: &'a Memos,
    document: &'a Document,
    as_of: Date,
    goals: &'a [&'a Goal],
}

impl Whole<'_> {
    fn moves(&self) -> Moves {
        let Self { memos, document, as_of, goals } = *self;
        let (project, evaluation) = (document.project(), memos.evaluation(document, as_of));
        let mut moves = Moves::default();
        for goal in goals {
            let result = evaluation.goal(&goal.id);
            for (metric, link) in project.linked_metrics(&goal.id) {
                if link.role == Role::Guardrail && !moves.guardrails.iter().any(|g| g.metric == metric.id) {
                    let found = memos.guard(document, as_of, metric, result.and_then(|r| r.span.start));
                    moves.guardrails.push(guardrail_line(project, metric, result, found.0, &found.1));
                }
            }
            if let GoalKind::Initiative(initiative) = &goal.kind {
                for effect in &initiative.effects {
                    moves.bets.extend(bet_line(project, goal, effect, as_of, &memos.bet(document, as_of, effect)));
                }
            }
        }
        moves.guardrails.sort_by_key(|g| g.state);
        moves.moved = self.moved();
        let tried = pairs_tried(project);
        for pair in pairs_of(project, goals.iter().copied()) {
            let found = memos.lead_lag(document, as_of, &pair.driver, &pair.outcome, tried);
            moves.evidence.extend(evidence(project, &pair, tried, &found));
        }
        moves.evidence.sort_by_key(|e| !e.is_found);
        moves
    }

    /// The measures of the goals that are pursued, then the outcomes linked to the goal itself.
    fn moved(&self) -> Vec<Breakdown> {
        let Self { memos, document, as_of, goals } = *self;
        let project = document.project();
        let check_ins = memos.check_ins(document, as_of);
        let last = |goal: &Goal| check_ins.get(&goal.id).and_then(|c| c.last);
        let pursued = goals.iter().filter(|g| g.state == GoalState::Active);
        let measured = pursued.filter_map(|g| Some((g.as_key_result()?.metric.as_ref()?, last(g))));
        let linked = goals.first().map(|g| project.linked_metrics(&g.id)).unwrap_or_default();
        let outcomes = linked.iter().filter(|(_, link)| link.role == Role::Outcome).map(|(metric, _)| (&metric.id, None));
        let mut looked: Vec<&MetricId> = Vec::new();
        let mut found = Vec::new();
        for (id, checked_in) in measured.chain(outcomes) {
            if looked.contains(&id) {
                continue;
            }
            looked.push(id);
            let Some(metric) = project.metric(id) else { continue };
            if metric.formula().is_none() && project.segments_of(id).next().is_none() {
                continue;
            }
            let Some(values) = memos.regrained(document, id, metric.cadence, as_of) else { continue };
            let Some(span) = span_since(&values, checked_in) else { continue };
            let since = Since::check_in(&span, checked_in);
            found.extend(memos.breakdown(document, as_of, metric, [span.from.first, span.to.first], since));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::storage;

    /// Everything that the objective view says of a goal beside its numbers and charts.
    fn stated(goal: &str) -> String {
        let document = Document::new(storage::sample());
        let as_of = document.project().settings.as_of.unwrap();
        let memos = Memos::default();
        let id = GoalId::parse(goal).unwrap();
        let Moves { guardrails, moved, evidence, bets } = (*memos.moves(&document, as_of, &id, None)).clone();
        let mut text = String::new();
        for line in guardrails {
            writeln!(text, "guardrail {} {}: {}", line.name, line.state.word(), line.words).unwrap();
        }
        for found in moved {
            writeln!(text, "{} ({})\n  {} {}", found.sentence, found.since, found.before.text, found.before.label).unwrap();
            for step in &found.steps {
                writeln!(text, "  {} {} {:?}: {}", step.label, step.text, step.good, step.why).unwrap();
            }
            writeln!(text, "  {} {}; {}", found.after.text, found.after.label, found.how).unwrap();
            // Steps hang together and lead from one total to the other.
            let ends: Vec<f64> = std::iter::once(found.before.value).chain(found.steps.iter().map(|s| s.to)).collect();
            assert!(found.steps.iter().zip(&ends).all(|(s, end)| s.from == *end) && ends.last() == Some(&found.after.value));
            let sum: f64 = found.steps.iter().map(|s| s.amount).sum();
            assert!((sum - (found.after.value - found.before.value)).abs() <= 1e-9 * found.after.value.abs());
        }
        for line in evidence {
            writeln!(text, "{}\n  {}", line.sentence, line.note).unwrap();
        }
        for line in bets {
            writeln!(text, "{}: {}; {}; {}\n  {}", line.title, line.predicted, line.observed, line.verdict, line.note).unwrap();
        }
        let lane = memos.lane(&document, as_of, &id, None);
        for bar in &lane.bars {
            writeln!(text, "bar {}", bar.words).unwrap();
        }
        for flag in &lane.flags {
            writeln!(text, "flag {}", flag.words).unwrap();
        }
        text
    }

    #[test]
    fn what_moves_the_objectives_of_the_sample() {
        insta::assert_snapshot!("moves_daily_habit", stated("g-daily-habit"));
        insta::assert_snapshot!("moves_revenue", stated("g-revenue"));
        insta::assert_snapshot!("moves_trust", stated("g-trust"));
    }

    #[test]
    fn an_edit_of_a_title_works_nothing_costly_out_again() {
        let mut document = Document::new(storage::sample());
        let as_of = document.project().settings.as_of.unwrap();
        let memos = Memos::default();
        let id = GoalId::parse("g-daily-habit").unwrap();
        memos.moves(&document, as_of, &id, None);
        let costly = || {
            let MovesMemos { leads, parts, guards, bets, .. } = &memos.of_moves;
            [leads.computed(), parts.computed(), guards.computed(), bets.computed()]
        };
        let before = costly();
        assert!(before.iter().all(|n| *n > 0), "{before:?}");
        let goal = document.project().goal(&id).unwrap().clone();
        let change = crate::document::edits::rename_goal(&goal, "Become the home of notes");
        document.apply(&change.label, change.edit).unwrap();
        memos.moves(&document, as_of, &id, None);
        assert_eq!(costly(), before);
    }
}
