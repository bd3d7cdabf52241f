//! Where somebody is, and what they come from.

use std::collections::BTreeSet;

use super::view::Stop;
use super::{Screen, Selection, Sheet, TimeRange, Workspace};
use crate::model::{GoalId, MetricId, Tree};

/// How far back leads.
const MOST_STOPS: usize = 100;

impl Workspace {
    /// The objective that a goal belongs to: itself, or the nearest one above.
    pub fn objective_of(&self, goal: &GoalId) -> Option<GoalId> {
        Tree::path(self.project(), goal).into_iter().rev().find(|g| g.is_objective()).map(|g| g.id.clone())
    }

    pub(super) fn select(&mut self, selection: &Selection) {
        let from = self.view.stop();
        let screen = self.view.screen;
        if !self.point_at(selection) {
            return;
        }
        self.view.screen = match (selection, screen) {
            // The KPI view has nothing to say of an objective or an initiative.
            (Selection::Goal(goal), Screen::Kpi) if !self.is_key_result(goal) => Screen::Objective,
            // The objective view shows only metrics of its own.
            (Selection::Metric(metric), Screen::Objective) if !self.objective_shows(metric) => Screen::Kpi,
            (_, screen) => screen,
        };
        if self.view.screen == Screen::Review {
            self.bring_up(selection);
        }
        self.leave(from);
    }

    pub(super) fn edit_project(&mut self) {
        let from = self.view.stop();
        self.view.selected = None;
        self.view.marked.clear();
        self.view.renaming = None;
        self.view.set_inspector(true);
        self.leave(from);
    }

    /// Selects several goals, of which one is looked at.
    pub(super) fn mark(&mut self, mut goals: BTreeSet<GoalId>, lead: GoalId) {
        goals.retain(|g| self.project().goals.contains_key(g));
        if !self.project().goals.contains_key(&lead) {
            return;
        }
        goals.insert(lead.clone());
        self.select(&Selection::Goal(lead));
        if goals.len() > 1 {
            self.view.marked = goals;
        }
    }

    /// The goals that are selected.
    pub fn chosen(&self) -> Vec<GoalId> {
        match &self.view.selected {
            Some(Selection::Goal(goal)) if !self.view.marked.contains(goal) => vec![goal.clone()],
            Some(Selection::Goal(_)) => self.view.marked.iter().cloned().collect(),
            Some(Selection::Metric(_)) | None => Vec::new(),
        }
    }

    pub(super) fn rename(&mut self, goal: Option<GoalId>) {
        self.view.renaming = goal.filter(|g| self.project().goals.contains_key(g));
        if let Some(goal) = self.view.renaming.clone() {
            self.reveal(&goal);
        }
    }

    /// Opens what is closed above a goal.
    fn reveal(&mut self, goal: &GoalId) {
        let above: Vec<GoalId> = Tree::path(self.project(), goal).into_iter().filter(|g| &g.id != goal).map(|g| g.id.clone()).collect();
        self.view.collapsed.retain(|g| !above.contains(g));
    }

    pub(super) fn visit(&mut self, selection: &Selection) {
        let from = self.view.stop();
        if !self.point_at(selection) {
            return;
        }
        self.view.screen = match selection {
            Selection::Goal(_) => Screen::Objective,
            Selection::Metric(_) => Screen::Kpi,
        };
        self.leave(from);
    }

    pub(super) fn show(&mut self, screen: Screen) {
        let from = self.view.stop();
        self.view.screen = screen;
        if screen == Screen::Kpi && self.view.metric.is_none() && !self.selects_key_result() {
            let shown = self.view.objective.as_ref().and_then(|o| self.metrics_under(o).into_iter().next());
            // Of a goal without a metric there is nothing to show, least of all the metric of another.
            let is_of_a_goal = matches!(self.view.selected, Some(Selection::Goal(_)));
            let any = || self.project().metrics.keys().next().filter(|_| !is_of_a_goal).cloned();
            self.view.metric = shown.or_else(any);
        }
        if screen == Screen::Objective && self.view.objective.is_none() {
            self.view.objective = self.first_objective();
        }
        if screen == Screen::Review {
            self.enter_review();
        }
        self.leave(from);
    }

    fn selects_key_result(&self) -> bool {
        matches!(&self.view.selected, Some(Selection::Goal(goal)) if self.is_key_result(goal))
    }

    fn is_key_result(&self, goal: &GoalId) -> bool {
        self.project().goal(goal).is_some_and(|g| g.as_key_result().is_some())
    }

    /// Selects, and moves the subjects of both screens along. False for what is not there.
    pub(super) fn point_at(&mut self, selection: &Selection) -> bool {
        match selection {
            Selection::Goal(id) => {
                let Some(goal) = self.project().goal(id) else { return false };
                let metric = goal.as_key_result().map(|k| k.metric.clone());
                let objective = self.objective_of(id);
                self.view.metric = metric.unwrap_or_else(|| self.metric_near(id));
                self.view.objective = objective;
            }
            Selection::Metric(id) => {
                if !self.project().metrics.contains_key(id) {
                    return false;
                }
                if !self.objective_shows(id)
                    && let Some(objective) = self.project().supported_goals(id).first().and_then(|(g, _)| self.objective_of(&g.id))
                {
                    self.view.objective = Some(objective);
                }
                self.view.metric = Some(id.clone());
            }
        }
        self.view.selected = Some(selection.clone());
        self.view.marked.clear();
        self.view.renaming = None;
        true
    }

    fn objective_shows(&self, metric: &MetricId) -> bool {
        self.view.objective.as_ref().is_some_and(|o| self.metrics_under(o).contains(metric))
    }

    /// What the KPI view shows of a goal that measures nothing itself: the metric of the key result that an initiative is for; of an
    /// objective what is shown already where it is one of its own, else the first of them.
    fn metric_near(&self, goal: &GoalId) -> Option<MetricId> {
        let path = Tree::path(self.project(), goal);
        let measured = path.iter().rev().find_map(|g| g.as_key_result()?.metric.clone());
        if measured.is_some() {
            return measured;
        }
        let own = self.metrics_under(&self.objective_of(goal)?);
        let shown = self.view.metric.clone().filter(|shown| own.contains(shown));
        shown.or_else(|| own.into_iter().next()).or_else(|| {
            let tree = self.tree();
            let mut below = tree.subtree(goal).into_iter();
            below.find_map(|visit| self.project().goal(visit.goal)?.as_key_result()?.metric.clone())
        })
    }

    /// The metrics of an objective's own key results and links, in the order of the tree.
    fn metrics_under(&self, objective: &GoalId) -> Vec<MetricId> {
        let tree = self.tree();
        let project = self.project();
        let of_key_results = tree.children(objective).iter().filter_map(|g| project.goal(g)?.as_key_result()?.metric.clone());
        of_key_results.chain(project.linked_metrics(objective).into_iter().map(|(m, _)| m.id.clone())).collect()
    }

    fn leave(&mut self, from: Stop) {
        if from == self.view.stop() {
            return;
        }
        self.view.forward.clear();
        self.view.back.push(from);
        if self.view.back.len() > MOST_STOPS {
            self.view.back.remove(0);
        }
    }

    pub(super) fn go_back(&mut self) {
        while let Some(stop) = self.view.back.pop() {
            if self.still_there(&stop) && stop != self.view.stop() {
                let here = self.view.stop();
                self.view.forward.push(here);
                self.arrive(stop);
                return;
            }
        }
    }

    pub(super) fn go_forward(&mut self) {
        while let Some(stop) = self.view.forward.pop() {
            if self.still_there(&stop) && stop != self.view.stop() {
                let here = self.view.stop();
                self.view.back.push(here);
                self.arrive(stop);
                return;
            }
        }
    }

    fn arrive(&mut self, stop: Stop) {
        self.view.go_to(stop);
        if let Some(selection) = self.view.selected.clone().filter(|_| self.view.screen == Screen::Review) {
            self.bring_up(&selection);
        }
    }

    fn still_there(&self, stop: &Stop) -> bool {
        let goal = |id: &GoalId| self.project().goals.contains_key(id);
        let metric = |id: &MetricId| self.project().metrics.contains_key(id);
        let objective = |id: &GoalId| self.project().goal(id).is_some_and(crate::model::Goal::is_objective);
        let selected = stop.selected.as_ref().is_none_or(|s| match s {
            Selection::Goal(id) => goal(id),
            Selection::Metric(id) => metric(id),
        });
        selected && stop.objective.as_ref().is_none_or(objective) && stop.metric.as_ref().is_none_or(metric)
    }

    pub(super) fn toggle_collapsed(&mut self, goal: GoalId) {
        if !self.view.collapsed.remove(&goal) {
            self.view.collapsed.insert(goal);
        }
    }

    fn first_objective(&self) -> Option<GoalId> {
        self.tree().roots().first().cloned()
    }

    /// The state of a project that was just opened.
    pub(super) fn look_at_first_goal(&mut self) {
        let first = self.first_objective();
        self.view.selected = first.clone().map(Selection::Goal);
        self.view.metric = first.as_ref().and_then(|o| self.metrics_under(o).into_iter().next());
        self.view.objective = first;
    }

    /// A project whose values all end before the days shown is shown whole: an old table must not open on empty charts.
    pub(super) fn look_where_there_is_data(&mut self) {
        let as_of = self.as_of();
        let last = self.project().metrics.values().filter_map(|m| m.series.last()).map(|(at, _)| at.days()).max_by(f64::total_cmp);
        let Some(last) = last else { return };
        if self.view.days(self.project(), as_of, (last, last)).0 > last {
            self.view.range = TimeRange::All;
        }
    }

    /// Goals above what is looked at, nearest first: where to go when it goes.
    pub(super) fn way_out(&self) -> Vec<GoalId> {
        let from = match &self.view.selected {
            Some(Selection::Goal(goal)) => Some(goal),
            Some(Selection::Metric(_)) | None => self.view.objective.as_ref(),
        };
        from.map(|goal| Tree::path(self.project(), goal).into_iter().rev().map(|g| g.id.clone()).collect()).unwrap_or_default()
    }

    /// A sheet about something that is not there stays closed.
    pub(super) fn open_sheet(&mut self, sheet: Sheet) {
        self.view.sheet = Some(sheet).filter(|s| s.is_about_something(self.project()));
    }

    /// After a change: nothing that is gone stays in view.
    pub(super) fn follow(&mut self, way_out: &[GoalId]) {
        let project = self.document.project();
        self.view.sheet = self.view.sheet.take().filter(|s| s.is_about_something(project));
        let goals = &project.goals;
        let view = &mut self.view;
        view.collapsed.retain(|g| goals.contains_key(g));
        view.cycle = view.cycle.take().filter(|c| project.cycles.contains_key(c));
        view.marked.retain(|g| goals.contains_key(g));
        if view.marked.len() < 2 {
            view.marked.clear();
        }
        view.renaming = view.renaming.take().filter(|g| goals.contains_key(g));
        if view.metric.as_ref().is_some_and(|m| !project.metrics.contains_key(m)) {
            view.metric = None;
        }
        let gone = match &view.selected {
            Some(Selection::Goal(goal)) => !goals.contains_key(goal),
            Some(Selection::Metric(metric)) => !project.metrics.contains_key(metric),
            None => false,
        };
        let objective_gone = view.objective.as_ref().is_some_and(|o| !project.goal(o).is_some_and(crate::model::Goal::is_objective));
        if !gone && !objective_gone {
            self.show_moved_selection(way_out);
            return;
        }
        let survivor = way_out.iter().find(|g| goals.contains_key(*g)).cloned().or_else(|| self.first_objective());
        if gone {
            self.view.selected = survivor.clone().map(Selection::Goal);
            self.view.marked.clear();
        }
        if objective_gone || gone {
            self.view.objective = survivor.and_then(|g| self.objective_of(&g));
        }
        if self.view.screen == Screen::Kpi && self.view.metric.is_none() && !self.selects_key_result() {
            self.view.screen = Screen::Objective;
        }
    }

    /// A goal that moved under another objective, or a key result with another metric, takes the view along.
    fn show_moved_selection(&mut self, way_out: &[GoalId]) {
        let Some(Selection::Goal(goal)) = self.view.selected.clone() else { return };
        let parent = self.project().goal(&goal).and_then(|g| g.parent.as_ref());
        if way_out.get(1) != parent {
            self.reveal(&goal);
        }
        if let Some(key_result) = self.project().goal(&goal).and_then(|g| g.as_key_result()) {
            self.view.metric.clone_from(&key_result.metric.clone());
        }
        self.view.objective = self.objective_of(&goal);
    }
}
