//! Arbitrary sound projects for property tests: everything a project can hold, in every combination that the rules allow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveTime, Weekday};
use proptest::prelude::{Rng as _, Strategy};
use proptest::test_runner::TestRng;

use super::*;

/// Projects that `validate()` finds nothing wrong with: up to `size` goals, metrics and other things each. Shrinks towards small ones.
pub(crate) fn projects(size: usize) -> impl Strategy<Value = Project> {
    (0..=size).prop_perturb(|size, rng| Dice { rng, size }.project())
}

/// Chooses; all choices follow from one seed.
struct Dice {
    rng: TestRng,
    size: usize,
}

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        (self.rng.next_u64() % n.max(1) as u64) as usize
    }

    fn likely(&mut self) -> bool {
        self.below(4) > 0
    }

    fn rarely(&mut self) -> bool {
        self.below(4) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.below(2) == 0 { Some(make(self)) } else { None }
    }

    fn many<T>(&mut self, most: usize, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        let words = [
            "",
            "Grow",
            "a \"quoted\" word",
            "don’t",
            "it's",
            "back\\slash",
            "line\nbreak",
            "tab\t",
            "(x: [1, 2],)",
            "€ −5 ≥ ü 日本 👩‍🔬",
            "e\u{301}",
            "\u{7f}",
        ];
        self.many(3, |dice| dice.pick(&words)).join(" ")
    }

    fn title(&mut self) -> String {
        format!("T{}", self.text())
    }

    fn number(&mut self) -> f64 {
        match self.below(6) {
            0 => 0.0,
            1 => self.below(2_000) as f64 - 1_000.0,
            2 => (self.below(2_000_000) as f64 - 1e6) / 1_000.0,
            3 => self.pick(&[-0.0, 0.1 + 0.2, f64::MIN_POSITIVE, 5e-324, f64::MAX, f64::MIN, 1e21, 9_007_199_254_740_993.0, -1e-7]),
            4 => self.below(1_000_000_000) as f64,
            _ => {
                let any = f64::from_bits(self.rng.next_u64());
                if any.is_finite() { any } else { 1.5 }
            }
        }
    }

    fn positive(&mut self) -> f64 {
        1.0 + self.below(100_000) as f64 / 8.0
    }

    /// 0.0…1.0.
    fn share(&mut self) -> f64 {
        self.below(101) as f64 / 100.0
    }

    fn date(&mut self) -> Date {
        Date::default() + Days::new(self.below(40_000) as u64)
    }

    fn date_pair(&mut self) -> (Date, Date) {
        let (a, b) = (self.date(), self.date());
        (a.min(b), a.max(b))
    }

    fn dates(&mut self, most: usize) -> Vec<Date> {
        let dates: BTreeSet<Date> = self.many(most, Self::date).into_iter().collect();
        dates.into_iter().collect()
    }

    fn bits(&mut self) -> u64 {
        self.rng.next_u64()
    }

    fn project(&mut self) -> Project {
        let mut project = Project::empty(ProjectId::from_random(self.bits()), self.text());
        project.vision = self.text();
        project.description = self.text();
        project.settings = self.settings();
        for _ in 0..self.below(self.size + 1) {
            let (start, end) = self.date_pair();
            let cycle = Cycle { id: CycleId::from_random(self.bits()), name: self.title(), start, end };
            project.cycles.insert(cycle.id.clone(), cycle);
            let recipe = self.recipe();
            project.recipes.insert(recipe.id.clone(), recipe);
        }
        self.add_metrics(&mut project);
        self.add_goals(&mut project);
        self.add_records(&mut project);
        project.deck = self.deck(&project);
        project
    }

    fn settings(&mut self) -> Settings {
        let (decimal_mark, grouping) = self.pick(&[
            ('.', Grouping::Comma),
            (',', Grouping::Point),
            ('.', Grouping::None),
            (',', Grouping::Space),
            ('.', Grouping::Apostrophe),
        ]);
        Settings {
            as_of: self.maybe(Self::date),
            calendar: Calendar {
                fiscal_start_month: 1 + self.below(12) as u32,
                first_weekday: self.pick(&[Weekday::Mon, Weekday::Sat, Weekday::Sun]),
            },
            locale: Locale { decimal_mark, grouping },
            currency: self.pick(&["EUR", "USD", "CHF"]).to_owned(),
            status: StatusRules {
                preset: self.pick(&[StatusPreset::PointsBehind, StatusPreset::Ratio, StatusPreset::Likelihood]),
                objective: self.pick(&[ObjectiveStatus::OwnProgress, ObjectiveStatus::WorstChild]),
                points_behind_at_risk: 0.01 + self.share(),
                ratio_at_risk: 0.1 + self.share() / 4.0,
                ratio_on_track: 0.5 + self.share() / 2.0,
                likelihood_at_risk: 0.1 + self.share() / 4.0,
                likelihood_on_track: 0.5 + self.share() / 2.0,
            },
            check_in_cadence: self.pick(&Cadence::ALL),
            stage: self.maybe(Self::stage),
            roll_up_cap: 1.0 + self.share(),
            lint_off: self.many(2, Self::text).into_iter().collect(),
        }
    }

    fn stage(&mut self) -> ProductStage {
        self.pick(&[ProductStage::Planning, ProductStage::Launch, ProductStage::Growth, ProductStage::Maturity])
    }

    fn recipe(&mut self) -> ImportRecipe {
        let shape = match self.below(3) {
            0 => TableShape::Long { date: self.text(), value: self.text() },
            1 => TableShape::Wide { date: self.text(), columns: self.many(3, Self::text) },
            _ => TableShape::Tall { date: self.text(), metric: self.text(), value: self.text() },
        };
        ImportRecipe {
            id: RecipeId::from_random(self.bits()),
            name: self.text(),
            shape,
            delimiter: self.maybe(|dice| dice.pick(&[',', ';', '\t', '"', '\''])),
            encoding: self.maybe(Self::text),
            decimal_mark: self.maybe(|dice| dice.pick(&['.', ','])),
            date_format: self.maybe(Self::text),
            date_order: self.maybe(|dice| dice.pick(&[DateOrder::DayFirst, DateOrder::MonthFirst])),
            start: self.maybe(Self::date),
            sheet: self.maybe(Self::text),
            skip_rows: self.below(9) as u32,
            has_header: self.maybe(|dice| dice.pick(&[true, false])),
            filters: self.many(2, |dice| (dice.text(), dice.text())),
            percent: self.pick(&[PercentForm::Hundredths, PercentForm::Share]),
            percent_of: self.many(2, |dice| (dice.text(), dice.pick(&[PercentForm::Hundredths, PercentForm::Share]))).into_iter().collect(),
            on_duplicate: self.pick(&[OnDuplicate::Reject, OnDuplicate::Last, OnDuplicate::Sum, OnDuplicate::Mean]),
            mode: self.pick(&[ImportMode::Merge, ImportMode::Replace, ImportMode::FillGaps]),
        }
    }

    fn add_metrics(&mut self, project: &mut Project) {
        let recipes: Vec<RecipeId> = project.recipes.keys().cloned().collect();
        let mut recorded: Vec<MetricId> = Vec::new();
        for _ in 0..self.below(self.size + 1) {
            let id = MetricId::from_random(self.bits());
            let cadence = self.pick(&Cadence::ALL);
            let mut metric = self.metric(id.clone(), cadence);
            if self.rarely() && !recorded.is_empty() {
                let missing = self.pick(&[MissingInput::Missing, MissingInput::Zero]);
                metric.origin = Origin::Computed { formula: self.formula(&recorded), missing };
            } else {
                metric.series = Arc::new(self.series(cadence));
                if !recorded.is_empty() && self.rarely() {
                    metric.segment = Some(SegmentOf { whole: self.pick(&recorded), dimension: self.text(), value: self.text() });
                }
                if !recipes.is_empty() && self.rarely() {
                    metric.origin = Origin::Linked(LinkedSource {
                        path: self.text(),
                        recipe: self.pick(&recipes),
                        column: self.text(),
                        refreshed: self.maybe(Self::date),
                        failing: self.maybe(|dice| (dice.date(), dice.text())),
                    });
                }
                recorded.push(id.clone());
            }
            project.metrics.insert(id, Arc::new(metric));
        }
    }

    fn metric(&mut self, id: MetricId, cadence: Cadence) -> Metric {
        let units = [
            Unit::Count,
            Unit::Percent,
            Unit::Currency("USD".to_owned()),
            Unit::Seconds,
            Unit::Minutes,
            Unit::Hours,
            Unit::Days,
            Unit::Ratio,
            Unit::Score,
            Unit::Custom("notes: (all)".to_owned()),
        ];
        let lower = self.maybe(|dice| -dice.positive());
        let baseline = self.maybe(Self::date_pair);
        Metric {
            abbreviation: self.text(),
            synonyms: self.many(2, Self::text),
            description: self.text(),
            headline: self.maybe(Self::text),
            unit: self.pick(&units),
            decimals: self.below(10) as u8,
            direction: self.direction(),
            cadence,
            aggregation: self.pick(&[Aggregation::Sum, Aggregation::Mean, Aggregation::Last, Aggregation::Min, Aggregation::Max]),
            recording: self.pick(&[Recording::Increments, Recording::RunningTotals]),
            category: self.pick(&[
                Category::ProductUsage,
                Category::Revenue,
                Category::Satisfaction,
                Category::Retention,
                Category::Conversion,
                Category::MarketShare,
                Category::ProductPerformance,
                Category::Other,
            ]),
            level: self.pick(&[Level::Foundational, Level::Granular]),
            bounds: Bounds { lower, upper: self.maybe(Self::positive) },
            owner: self.text(),
            targets: self.dates(3).into_iter().map(|from| DatedTarget { from, limit: self.limit() }).collect(),
            thresholds: self.many(2, |dice| Threshold { label: dice.text(), limit: dice.limit() }),
            benchmarks: self.many(2, |dice| Benchmark {
                name: dice.text(),
                kind: dice.pick(&[BenchmarkKind::Competitor, BenchmarkKind::Industry]),
                value: dice.number(),
                date: dice.date(),
                source: dice.text(),
            }),
            xmr: XmrSettings { dividers: self.dates(3), baseline },
            ..Metric::new(id, self.title())
        }
    }

    fn direction(&mut self) -> Direction {
        self.pick(&[Direction::Up, Direction::Down, Direction::Within])
    }

    fn limit(&mut self) -> Limit {
        let (a, b) = (self.number(), self.number());
        self.pick(&[Limit::AtLeast(a), Limit::AtMost(b), Limit::Within { low: a.min(b), high: a.max(b) }])
    }

    fn formula(&mut self, inputs: &[MetricId]) -> Formula {
        let operator = self.pick(&[Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide]);
        let leaf = |dice: &mut Self| {
            let metric = dice.pick(inputs);
            let number = dice.positive();
            dice.pick(&[Formula::Metric(metric.clone()), Formula::Number(number), Formula::Segments(metric)])
        };
        let (left, right) = (Box::new(leaf(self)), Box::new(leaf(self)));
        let wrapped = self.pick(&[Formula::Previous, Formula::Growth, Formula::Negate])(left);
        Formula::Binary { operator, left: Box::new(wrapped), right }
    }

    fn series(&mut self, cadence: Cadence) -> Series {
        let days: BTreeSet<Date> = self.many(12, Self::date).into_iter().collect();
        Series::from_points(days.into_iter().map(|day| {
            let second = if cadence == Cadence::Hourly { self.below(86_400) as u32 } else { 0 };
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
            Point {
                at: Stamp::from_date_time(day.and_time(time)),
                value: self.number(),
                note: if self.rarely() { Some(self.text()) } else { None },
                data_to: if self.rarely() { Some(self.date()) } else { None },
            }
        }))
        .unwrap()
    }

    fn add_goals(&mut self, project: &mut Project) {
        let metrics: Vec<MetricId> = project.metrics.keys().cloned().collect();
        let cycles: Vec<CycleId> = project.cycles.keys().cloned().collect();
        let (mut objectives, mut key_results, mut all) = (Vec::<GoalId>::new(), Vec::<GoalId>::new(), Vec::<GoalId>::new());
        for _ in 0..self.below(self.size + 1) {
            let id = GoalId::from_random(self.bits());
            let mut goal = match self.below(3) {
                1 if !objectives.is_empty() => {
                    let key_result = self.key_result(&metrics);
                    key_results.push(id.clone());
                    Goal::key_result(id.clone(), self.pick(&objectives), self.title(), key_result)
                }
                2 if !objectives.is_empty() => {
                    let parent = if key_results.is_empty() || self.likely() { self.pick(&objectives) } else { self.pick(&key_results) };
                    Goal::initiative(id.clone(), parent, self.title(), self.initiative(&metrics))
                }
                _ => {
                    let parent = if objectives.is_empty() || self.rarely() { None } else { Some(self.pick(&objectives)) };
                    let mut goal = Goal::objective(id.clone(), parent, self.title());
                    goal.kind = GoalKind::Objective(Objective { answered_questions: self.many(2, Self::text).into_iter().collect() });
                    objectives.push(id.clone());
                    goal
                }
            };
            self.dress(&mut goal, &cycles, &all);
            project.goals.insert(id.clone(), Arc::new(goal));
            all.push(id);
        }
    }

    fn dress(&mut self, goal: &mut Goal, cycles: &[CycleId], earlier: &[GoalId]) {
        goal.order = self.pick(&[
            OrderKey::middle(),
            OrderKey::between(None, Some(&OrderKey::middle())),
            OrderKey::between(Some(&OrderKey::middle()), None),
        ]);
        goal.description = self.text();
        goal.owner = self.text();
        // A cycle's dates and own dates of the goal could contradict each other, so it has the one or the other, or both its own.
        let (start, due) = self.date_pair();
        match self.below(4) {
            0 => goal.start = Some(start),
            1 => goal.due = Some(due),
            2 => (goal.start, goal.due) = (Some(start), Some(due)),
            _ => {}
        }
        if !cycles.is_empty() && goal.start.is_some() == goal.due.is_some() {
            goal.cycle = self.maybe(|dice| dice.pick(cycles));
        }
        goal.contribution = self.pick(&[Contribution::Contributes, Contribution::Supports]);
        let (free, pinned) = (self.positive(), self.share() / (self.size as f64 + 1.0));
        goal.weight = self.pick(&[Weight::Free(0.0), Weight::Free(1.0), Weight::Free(free), Weight::Pinned(pinned)]);
        goal.state = match self.below(6) {
            0 => GoalState::Postponed { since: self.date(), note: self.text() },
            1 => GoalState::Abandoned { since: self.date(), note: self.text() },
            2 => GoalState::Closed(Closing { on: self.date(), score: self.share(), suggested: self.maybe(Self::share), note: self.text() }),
            _ => GoalState::Active,
        };
        goal.archived = self.rarely();
        goal.driven_by = self.maybe(|dice| dice.pick(&[DrivenBy::Customer, DrivenBy::Business]));
        goal.horizon = self.pick(&[Horizon::Committed, Horizon::Aspirational]);
        goal.stage = self.maybe(Self::stage);
        goal.tags = self.many(2, Self::text).into_iter().collect();
        goal.ledger = self.many(3, Self::ledger_entry);
        goal.ledger.sort_by_key(|entry| entry.on);
        if !earlier.is_empty() {
            goal.predecessor = self.maybe(|dice| dice.pick(earlier));
        }
        goal.check_in_cadence = self.maybe(|dice| dice.pick(&Cadence::ALL));
    }

    fn ledger_entry(&mut self) -> LedgerEntry {
        let change = match self.below(4) {
            0 => LedgerChange::Target { old: self.number(), new: self.number() },
            1 => LedgerChange::StartValue { old: self.number(), new: self.number() },
            2 => LedgerChange::StartDate { old: self.maybe(Self::date), new: self.maybe(Self::date) },
            _ => LedgerChange::Due { old: self.maybe(Self::date), new: self.maybe(Self::date) },
        };
        LedgerEntry { on: self.date(), change, why: self.text() }
    }

    fn key_result(&mut self, metrics: &[MetricId]) -> KeyResult {
        let metric = if metrics.is_empty() { None } else { self.maybe(|dice| dice.pick(metrics)) };
        let mut accumulating = false;
        let (low, more) = (self.positive(), self.positive());
        let required_share = self.pick(&[DEFAULT_REQUIRED_SHARE, 0.5, 1.0]);
        let aim = match self.below(8) {
            0 => Aim::Increase { start: low, target: low + more },
            1 => Aim::Decrease { start: low + more, target: low },
            2 => Aim::AtLeast { threshold: self.number(), required_share },
            3 => Aim::AtMost { threshold: self.number(), required_share },
            4 => Aim::Between { low, high: low + more, required_share },
            5 => Aim::Milestone { steps: self.steps() },
            6 => Aim::Baseline { direction: self.direction(), target: self.maybe(Self::number) },
            _ => {
                accumulating = true;
                Aim::Increase { start: 0.0, target: more }
            }
        };
        let stages: Vec<TargetStage> = self.dates(3).into_iter().map(|by| TargetStage { by, value: self.number() }).collect();
        let mut paces = vec![Pace::Linear, Pace::SCurve, Pace::Seasonal];
        if !accumulating {
            paces.push(Pace::Compound);
        }
        if !stages.is_empty() {
            paces.extend([Pace::Steps, Pace::Points]);
        }
        KeyResult { pace: self.pick(&paces), stages, accumulating, ..KeyResult::new(aim, metric) }
    }

    fn steps(&mut self) -> Vec<Step> {
        let more = self.below(3);
        (0..=more).map(|_| Step { title: self.text(), done_on: self.maybe(Self::date) }).collect()
    }

    fn initiative(&mut self, metrics: &[MetricId]) -> Initiative {
        let effects = if metrics.is_empty() {
            Vec::new()
        } else {
            self.many(2, |dice| DeclaredEffect {
                metric: dice.pick(metrics),
                from: dice.date(),
                change: dice.number(),
                relative: dice.rarely(),
                confidence: dice.share(),
            })
        };
        Initiative {
            steps: self.steps(),
            value: self.maybe(|dice| 1 + dice.below(5) as u8),
            effort: self.maybe(|dice| 1 + dice.below(5) as u8),
            effects,
        }
    }

    fn add_records(&mut self, project: &mut Project) {
        let metrics: Vec<MetricId> = project.metrics.keys().cloned().collect();
        let goals: Vec<GoalId> = project.goals.keys().cloned().collect();
        for _ in 0..self.below(self.size + 1) {
            let event = self.event(&metrics);
            project.events.insert(event.id.clone(), event);
            let entry = self.meeting_entry(&goals, &metrics);
            project.meeting_log.insert(entry.id.clone(), entry);
            if goals.is_empty() {
                continue;
            }
            let goal = self.pick(&goals);
            let check_in = self.check_in(goal.clone());
            project.check_ins.insert(check_in.id.clone(), check_in);
            if !metrics.is_empty() {
                let link = Link {
                    goal,
                    metric: self.pick(&metrics),
                    role: self.pick(&Role::ALL),
                    expected_lag_days: self.maybe(|dice| dice.below(400) as u32),
                };
                project.links.insert(link.key(), link);
            }
        }
    }

    fn event(&mut self, metrics: &[MetricId]) -> Event {
        let (date, until) = self.date_pair();
        let drawn_on: BTreeSet<MetricId> = metrics.iter().filter(|_| self.rarely()).cloned().collect();
        Event {
            id: EventId::from_random(self.bits()),
            date,
            until: self.maybe(|_| until),
            title: self.title(),
            description: self.text(),
            kind: self.pick(&[EventKind::Release, EventKind::Incident, EventKind::Campaign, EventKind::External, EventKind::Other]),
            metrics: drawn_on.into_iter().collect(),
        }
    }

    fn check_in(&mut self, goal: GoalId) -> CheckIn {
        CheckIn {
            id: CheckInId::from_random(self.bits()),
            goal,
            date: self.date(),
            value: self.maybe(Self::number),
            confidence: self.maybe(|dice| dice.below(11) as u8),
            status: self.maybe(|dice| StatusOverride {
                status: dice.pick(&Status::ALL),
                computed: dice.pick(&Status::ALL),
                why: dice.text(),
            }),
            note: self.text(),
            by: self.text(),
        }
    }

    fn meeting_entry(&mut self, goals: &[GoalId], metrics: &[MetricId]) -> MeetingEntry {
        MeetingEntry {
            id: MeetingEntryId::from_random(self.bits()),
            date: self.date(),
            kind: self.pick(&[MeetingEntryKind::Decision, MeetingEntryKind::Action, MeetingEntryKind::Note]),
            text: self.text(),
            owner: self.text(),
            due: self.maybe(Self::date),
            done_on: self.maybe(Self::date),
            outcome: self.text(),
            goal: if goals.is_empty() { None } else { self.maybe(|dice| dice.pick(goals)) },
            metric: if metrics.is_empty() { None } else { self.maybe(|dice| dice.pick(metrics)) },
        }
    }

    fn deck(&mut self, project: &Project) -> Deck {
        use SlideSubject::{Agreed, Appendix, Changes, Decisions, Summary, Title};
        let fixed = [Title, Agreed, Summary, Changes, Decisions, Appendix];
        let subjects = fixed
            .into_iter()
            .chain(project.goals.keys().cloned().map(SlideSubject::Objective))
            .chain(project.metrics.keys().cloned().map(SlideSubject::Kpi));
        let mut slides = BTreeMap::new();
        for subject in subjects {
            if self.rarely() {
                let slide = SlideEdit {
                    subject: subject.clone(),
                    hidden: self.rarely(),
                    title: self.maybe(Self::text),
                    note: self.text(),
                    order: self.maybe(|_| OrderKey::middle()),
                    mode: self.maybe(Self::text),
                    range: self.maybe(Self::date_pair),
                };
                slides.insert(subject, slide);
            }
        }
        Deck { title: self.text(), subtitle: self.text(), last_meeting: self.maybe(Self::date), slides: slides.into_values().collect() }
    }
}

mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arbitrary_projects_are_sound(project in super::projects(8)) {
            prop_assert_eq!(project.validate(), []);
        }
    }
}
