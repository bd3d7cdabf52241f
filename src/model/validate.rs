//! What must hold in every project. `Project::validate()` checks all of it; `Document` checks what an edit touched.

mod heights;
mod problem;
#[cfg(test)]
mod tests;
mod texts;
mod way_up;

use std::collections::BTreeMap;

use super::{
    Aim, Cadence, CheckIn, Closing, Contribution, Cycle, Event, Goal, GoalId, GoalKind, GoalState, Initiative, KeyResult, LedgerChange,
    Limit, Link, MeetingEntry, Metric, Origin, Pace, Project, SlideSubject, Step, Weight,
};

use problem::Findings;
pub use problem::{Place, Problem};
use way_up::WayUp;

impl Project {
    /// Everything that is wrong, in a fixed order; empty for a sound project.
    pub fn validate(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        self.check_heading(&mut found);
        self.check_settings(&mut found);
        for cycle in self.cycles.values() {
            self.check_cycle(cycle, &mut found);
        }
        let ways = self.ways_up();
        for (id, goal) in &self.goals {
            if id != &goal.id {
                found.push(Problem {
                    place: Place::Goal(id.clone()),
                    field: "id",
                    message: format!("is stored under another id than its own, {}", goal.id),
                });
            }
            self.check_goal_on(goal, ways.get(id).copied().unwrap_or_default(), &mut found);
        }
        self.check_all_siblings(&mut found);
        for (id, metric) in &self.metrics {
            if id != &metric.id {
                found.push(Problem {
                    place: Place::Metric(id.clone()),
                    field: "id",
                    message: format!("is stored under another id than its own, {}", metric.id),
                });
            }
            self.check_counting(metric, &mut found);
        }
        self.check_all_formulas(&mut found);
        for link in self.links.values() {
            self.check_link(link, &mut found);
        }
        for event in self.events.values() {
            self.check_event(event, &mut found);
        }
        for check_in in self.check_ins.values() {
            self.check_check_in(check_in, &mut found);
        }
        for entry in self.meeting_log.values() {
            self.check_meeting_entry(entry, &mut found);
        }
        self.check_deck(&mut found);
        for recipe in self.recipes.values() {
            Self::check_recipe(recipe, &mut found);
        }
        found
    }

    pub fn check_settings(&self, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Settings, found };
        let s = &self.settings;
        f.require((1..=12).contains(&s.calendar.fiscal_start_month), "fiscal_start_month", || {
            format!("the fiscal year starts in month {}, but months go from 1 to 12", s.calendar.fiscal_start_month)
        });
        f.require(matches!(s.locale.decimal_mark, '.' | ','), "decimal_mark", || {
            format!("the decimal mark is {:?}, but it must be '.' or ','", s.locale.decimal_mark)
        });
        let clash = matches!((s.locale.decimal_mark, s.locale.grouping), ('.', super::Grouping::Point) | (',', super::Grouping::Comma));
        f.require(!clash, "grouping", || "the decimal mark and the mark between thousands are the same".to_owned());
        f.require(s.currency.len() == 3 && s.currency.bytes().all(|b| b.is_ascii_uppercase()), "currency", || {
            format!("the currency {:?} is no three-letter code such as EUR", s.currency)
        });
        f.require(s.roll_up_cap.is_finite() && (1.0..=10.0).contains(&s.roll_up_cap), "roll_up_cap", || {
            format!("the roll-up cap is {}, but it must lie between 1 and 10", s.roll_up_cap)
        });
        let r = &s.status;
        f.require(r.points_behind_at_risk.is_finite() && r.points_behind_at_risk > 0.0, "points_behind_at_risk", || {
            "the status threshold for points behind must be above 0".to_owned()
        });
        let ordered = |low: f64, high: f64| low.is_finite() && high.is_finite() && 0.0 < low && low <= high && high <= 1.0;
        f.require(ordered(r.ratio_at_risk, r.ratio_on_track), "ratio_at_risk", || {
            "the status thresholds of the ratio must satisfy 0 < at risk ≤ on track ≤ 1".to_owned()
        });
        f.require(ordered(r.likelihood_at_risk, r.likelihood_on_track), "likelihood_at_risk", || {
            "the status thresholds of the likelihood must satisfy 0 < at risk ≤ on track ≤ 1".to_owned()
        });
    }

    pub fn check_cycle(&self, cycle: &Cycle, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Cycle(cycle.id.clone()), found };
        f.cycle_texts(cycle);
        f.require(!cycle.name.trim().is_empty(), "name", || "has no name".to_owned());
        f.require(cycle.start <= cycle.end, "end", || format!("ends on {}, before it starts on {}", cycle.end, cycle.start));
    }

    /// A goal by itself and what it refers to, its way up to the root included.
    pub fn check_goal(&self, goal: &Goal, found: &mut Vec<Problem>) {
        self.check_goal_on(goal, self.way_up(goal), found);
    }

    fn check_goal_on(&self, goal: &Goal, way: WayUp, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Goal(goal.id.clone()), found };
        f.goal_texts(goal);
        f.require(!goal.title.trim().is_empty(), "title", || "has no title".to_owned());
        match &goal.parent {
            None => f.require(goal.is_objective(), "parent", || {
                format!("is {} without a parent; only objectives stand at the top", with_article(&goal.kind))
            }),
            Some(parent) => match self.goal(parent) {
                None => f.report("parent", format!("has the parent {parent}, which does not exist")),
                Some(above) => {
                    f.require(above.kind.may_hold(&goal.kind), "parent", || {
                        format!(
                            "is {} under the {} {parent}, but {}",
                            with_article(&goal.kind),
                            above.kind.word().to_lowercase(),
                            holding_rule(&above.kind)
                        )
                    });
                    f.require(way != WayUp::Circle, "parent", || "is its own ancestor: its parents go round in a circle".to_owned());
                    f.require(!way.is_too_long(), "parent", || {
                        format!("has more than {} goals above it; move it up, or join some of those", Goal::MAX_ABOVE)
                    });
                }
            },
        }
        if let Some(cycle) = &goal.cycle {
            f.require(self.cycles.contains_key(cycle), "cycle", || format!("belongs to the cycle {cycle}, which does not exist"));
        }
        if let Some(before) = &goal.predecessor {
            f.require(self.goals.contains_key(before), "predecessor", || format!("carries on the goal {before}, which does not exist"));
            f.require(before != &goal.id, "predecessor", || "names itself as its predecessor".to_owned());
        }
        let span = self.span(goal);
        if let (Some(start), Some(due)) = (span.start, span.due) {
            f.require(start <= due, "due", || format!("is due on {due}, before it starts on {start}"));
        }
        let sound = match goal.weight {
            Weight::Free(w) => w.is_finite() && w >= 0.0,
            Weight::Pinned(share) => share.is_finite() && (0.0..=1.0).contains(&share),
        };
        f.require(sound, "weight", || "has a weight that is negative, above 100 % or no number".to_owned());
        if let GoalState::Closed(Closing { score, suggested, .. }) = &goal.state {
            let good = std::iter::once(score).chain(suggested).all(|s| s.is_finite() && (0.0..=1.0).contains(s));
            f.require(good, "score", || "is closed with a score outside 0.0 to 1.0".to_owned());
        }
        for entry in &goal.ledger {
            if let LedgerChange::Target { old, new } | LedgerChange::StartValue { old, new } = entry.change {
                f.require(old.is_finite() && new.is_finite(), "ledger", || format!("has a ledger entry of {} that is no number", entry.on));
            }
        }
        f.require(goal.ledger.is_sorted_by_key(|e| e.on), "ledger", || {
            "has ledger entries out of order; the oldest comes first".to_owned()
        });
        match &goal.kind {
            GoalKind::Objective(_) => {}
            GoalKind::KeyResult(key_result) => self.check_key_result(key_result, &mut f),
            GoalKind::Initiative(initiative) => self.check_initiative(initiative, &mut f),
        }
    }

    fn check_key_result(&self, key_result: &KeyResult, f: &mut Findings<'_>) {
        let KeyResult { metric, aim, pace, stages, accumulating } = key_result;
        if let Some(metric) = metric {
            f.require(self.metrics.contains_key(metric), "metric", || format!("measures the metric {metric}, which does not exist"));
        }
        match aim {
            Aim::Increase { start, target } | Aim::Decrease { start, target } => {
                f.require(start.is_finite() && target.is_finite(), "target", || "has a start or target that is no number".to_owned());
                f.require(start != target, "target", || {
                    format!("has the target {target}, which equals its start; choose another target or a \"stay\" aim")
                });
                let up = matches!(aim, Aim::Increase { .. });
                f.require(start == target || (target > start) == up, "target", || {
                    let (verb, other) = if up { ("increase", "below") } else { ("decrease", "above") };
                    format!("is to {verb}, but its target {target} lies {other} its start {start}")
                });
                f.require(*pace != Pace::Compound || start * target > 0.0, "pace", || {
                    "has a compound pace, which needs a start and a target of the same sign that are not zero".to_owned()
                });
                f.require(!accumulating || (up && *start == 0.0), "accumulating", || {
                    "accumulates, which needs the aim to increase from 0".to_owned()
                });
            }
            Aim::AtLeast { threshold, required_share } | Aim::AtMost { threshold, required_share } => {
                f.require(threshold.is_finite(), "threshold", || "has a threshold that is no number".to_owned());
                check_share(*required_share, f);
            }
            Aim::Between { low, high, required_share } => {
                f.require(Limit::Within { low: *low, high: *high }.is_sound(), "high", || {
                    format!("is to stay between {low} and {high}, which is upside down")
                });
                check_share(*required_share, f);
            }
            Aim::Milestone { steps } => check_steps(steps, f),
            Aim::Baseline { target, .. } => {
                f.require(target.is_none_or(f64::is_finite), "target", || "has a target that is no number".to_owned());
            }
        }
        f.require(!accumulating || matches!(aim, Aim::Increase { .. }), "accumulating", || {
            "accumulates, which needs the aim to increase from 0".to_owned()
        });
        f.require(stages.iter().all(|s| s.value.is_finite()), "stages", || "has a stage that is no number".to_owned());
        f.require(stages.is_sorted_by(|a, b| a.by < b.by), "stages", || "has stages out of order or two on one day".to_owned());
        f.require(!matches!(pace, Pace::Steps | Pace::Points) || !stages.is_empty(), "stages", || {
            "has a pace that follows its stages, but no stages".to_owned()
        });
    }

    fn check_initiative(&self, initiative: &Initiative, f: &mut Findings<'_>) {
        let Initiative { steps, value, effort, effects } = initiative;
        check_steps(steps, f);
        let rated = |r: &Option<u8>| r.is_none_or(|r| (1..=5).contains(&r));
        f.require(rated(value), "value", || "has a value outside 1 to 5".to_owned());
        f.require(rated(effort), "effort", || "has an effort outside 1 to 5".to_owned());
        for effect in effects {
            f.require(self.metrics.contains_key(&effect.metric), "effects", || {
                format!("declares an effect on the metric {}, which does not exist", effect.metric)
            });
            let good = effect.change.is_finite() && effect.confidence.is_finite() && (0.0..=1.0).contains(&effect.confidence);
            f.require(good, "effects", || {
                "declares an effect whose change is no number or whose confidence is not between 0 and 1".to_owned()
            });
        }
    }

    /// Pinned weights of the contributing children of a goal (`None`: of the roots).
    pub fn check_siblings(&self, parent: Option<&GoalId>, found: &mut Vec<Problem>) {
        let pinned = self.goals.values().filter(|g| g.parent.as_ref() == parent).filter_map(|g| pinned_share(g)).sum();
        Self::check_pinned(parent, pinned, found);
    }

    /// As [`Self::check_siblings`], of all goals in one pass.
    fn check_all_siblings(&self, found: &mut Vec<Problem>) {
        let mut pinned: BTreeMap<Option<&GoalId>, f64> = BTreeMap::new();
        for goal in self.goals.values() {
            if let Some(share) = pinned_share(goal) {
                *pinned.entry(goal.parent.as_ref()).or_default() += share;
            }
        }
        for (parent, sum) in pinned {
            Self::check_pinned(parent, sum, found);
        }
    }

    fn check_pinned(parent: Option<&GoalId>, pinned: f64, found: &mut Vec<Problem>) {
        if pinned > 1.0 + 1e-9 {
            let place = parent.map_or(Place::Project, |id| Place::Goal(id.clone()));
            let message = format!("has children whose pinned weights add up to {:.0} %; unpin one or lower them to 100 %", pinned * 100.0);
            found.push(Problem { place, field: "weight", message });
        }
    }

    pub fn check_metric(&self, metric: &Metric, found: &mut Vec<Problem>) {
        self.check_counting(metric, found);
        self.check_formula_loop(&metric.id, found);
    }

    /// All of a metric but whether its formula leads back to it.
    fn check_counting(&self, metric: &Metric, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Metric(metric.id.clone()), found };
        f.metric_texts(metric);
        f.require(!metric.name.trim().is_empty(), "name", || "has no name".to_owned());
        f.require(metric.decimals <= 9, "decimals", || format!("shows {} decimals, but 9 are the most", metric.decimals));
        let ends = [metric.bounds.lower, metric.bounds.upper];
        f.require(ends.iter().flatten().all(|b| b.is_finite()), "bounds", || "has a bound that is no number".to_owned());
        if let [Some(lower), Some(upper)] = ends {
            f.require(lower < upper, "bounds", || format!("has a lower bound {lower} that is not below its upper bound {upper}"));
        }
        f.require(metric.targets.is_sorted_by(|a, b| a.from < b.from), "targets", || {
            "has targets out of order or two from one day".to_owned()
        });
        f.require(metric.targets.iter().all(|t| t.limit.is_sound()), "targets", || {
            "has a target that is upside down or no number".to_owned()
        });
        f.require(metric.thresholds.iter().all(|t| t.limit.is_sound()), "thresholds", || {
            "has a threshold that is upside down or no number".to_owned()
        });
        f.require(metric.benchmarks.iter().all(|b| b.value.is_finite()), "benchmarks", || "has a benchmark that is no number".to_owned());
        if let Some(segment) = &metric.segment {
            f.require(self.metrics.contains_key(&segment.whole), "segment", || {
                format!("is a segment of {}, which does not exist", segment.whole)
            });
            f.require(segment.whole != metric.id, "segment", || "is a segment of itself".to_owned());
        }
        match &metric.origin {
            Origin::Recorded => {}
            Origin::Linked(source) => {
                f.require(self.recipes.contains_key(&source.recipe), "origin", || {
                    format!("follows a file by the recipe {}, which does not exist", source.recipe)
                });
            }
            Origin::Computed { formula, .. } => {
                f.require(metric.series.is_empty(), "points", || {
                    "is computed by a formula, so it cannot have points of its own".to_owned()
                });
                for input in formula.inputs() {
                    f.require(self.metrics.contains_key(input), "formula", || {
                        format!("has a formula with the metric {input}, which does not exist")
                    });
                }
            }
        }
        f.require(metric.xmr.dividers.len() <= 3, "xmr", || "has more than three dividers on its XmR chart".to_owned());
        f.require(metric.xmr.dividers.is_sorted_by(|a, b| a < b), "xmr", || "has dividers out of order on its XmR chart".to_owned());
        if let Some((from, to)) = metric.xmr.baseline {
            f.require(from <= to, "xmr", || format!("has an XmR baseline that ends on {to}, before it starts on {from}"));
        }
        if metric.cadence != Cadence::Hourly
            && let Some(at) = metric.series.times().iter().find(|t| t.seconds().rem_euclid(86_400) != 0)
        {
            f.report(
                "points",
                format!("is {}, but has a point with a time of day, {at}; only hourly metrics have those", metric.cadence.word()),
            );
        }
    }

    pub fn check_link(&self, link: &Link, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Link(link.key()), found };
        f.require(self.goals.contains_key(&link.goal), "goal", || format!("links to the goal {}, which does not exist", link.goal));
        f.require(self.metrics.contains_key(&link.metric), "metric", || format!("links the metric {}, which does not exist", link.metric));
    }

    pub fn check_event(&self, event: &Event, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Event(event.id.clone()), found };
        f.event_texts(event);
        f.require(!event.title.trim().is_empty(), "title", || "has no title".to_owned());
        if let Some(until) = event.until {
            f.require(event.date <= until, "until", || format!("lasts until {until}, before its date {}", event.date));
        }
        for metric in &event.metrics {
            f.require(self.metrics.contains_key(metric), "metrics", || format!("is drawn on the metric {metric}, which does not exist"));
        }
    }

    pub fn check_check_in(&self, check_in: &CheckIn, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::CheckIn(check_in.id.clone()), found };
        f.check_in_texts(check_in);
        f.require(self.goals.contains_key(&check_in.goal), "goal", || format!("is about the goal {}, which does not exist", check_in.goal));
        f.require(check_in.value.is_none_or(f64::is_finite), "value", || "has a value that is no number".to_owned());
        f.require(check_in.confidence.is_none_or(|c| c <= 10), "confidence", || "has a confidence outside 0 to 10".to_owned());
    }

    pub fn check_meeting_entry(&self, entry: &MeetingEntry, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::MeetingEntry(entry.id.clone()), found };
        f.meeting_texts(entry);
        if let Some(goal) = &entry.goal {
            f.require(self.goals.contains_key(goal), "goal", || format!("is about the goal {goal}, which does not exist"));
        }
        if let Some(metric) = &entry.metric {
            f.require(self.metrics.contains_key(metric), "metric", || format!("is about the metric {metric}, which does not exist"));
        }
    }

    pub fn check_deck(&self, found: &mut Vec<Problem>) {
        let mut f = Findings { place: Place::Deck, found };
        f.deck_texts(self);
        let slides = &self.deck.slides;
        f.require(slides.is_sorted_by(|a, b| a.subject < b.subject), "slides", || {
            "has slides out of order or two for one subject".to_owned()
        });
        for slide in slides {
            match &slide.subject {
                SlideSubject::Objective(goal) => {
                    f.require(self.goals.contains_key(goal), "slides", || format!("has a slide for the goal {goal}, which does not exist"));
                }
                SlideSubject::Kpi(metric) => {
                    f.require(self.metrics.contains_key(metric), "slides", || {
                        format!("has a slide for the metric {metric}, which does not exist")
                    });
                }
                SlideSubject::Title
                | SlideSubject::Agreed
                | SlideSubject::Summary
                | SlideSubject::Changes
                | SlideSubject::Decisions
                | SlideSubject::Appendix => {}
            }
            if let Some((from, to)) = slide.range {
                f.require(from <= to, "slides", || format!("has a slide whose range ends on {to}, before it starts on {from}"));
            }
        }
    }
}

/// What a goal has pinned of the goal above it.
fn pinned_share(goal: &Goal) -> Option<f64> {
    match goal.weight {
        Weight::Pinned(share) if goal.contribution == Contribution::Contributes => Some(share),
        Weight::Pinned(_) | Weight::Free(_) => None,
    }
}

fn with_article(kind: &GoalKind) -> &'static str {
    match kind {
        GoalKind::Objective(_) => "an objective",
        GoalKind::KeyResult(_) => "a key result",
        GoalKind::Initiative(_) => "an initiative",
    }
}

fn holding_rule(kind: &GoalKind) -> &'static str {
    match kind {
        GoalKind::Objective(_) => "an objective holds objectives, key results and initiatives",
        GoalKind::KeyResult(_) => "a key result holds only initiatives",
        GoalKind::Initiative(_) => "an initiative holds nothing",
    }
}

fn check_share(share: f64, f: &mut Findings<'_>) {
    f.require(share.is_finite() && 0.0 < share && share <= 1.0, "required_share", || {
        format!("requires a share of {share}, but it must lie above 0 and at most at 1")
    });
}

fn check_steps(steps: &[Step], f: &mut Findings<'_>) {
    f.require(!steps.is_empty(), "steps", || "is a milestone without a step; give it at least one".to_owned());
}
