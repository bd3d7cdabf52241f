//! The table behind what is shown, for a spreadsheet.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::Effect;
use super::{ChartOf, FigureOf, KpiMode, Screen, Selection, Severity, Workspace};
use crate::chart::board::{self, Line};
use crate::chart::map::{self, Map, Wanted};
use crate::chart::scorecard::{Ask, Scorecard, table_text};
use crate::chart::{Chart, Context};
use crate::model::{GoalId, MetricId, Stamp};

impl Workspace {
    /// Whether what is shown has a table, else what to do.
    pub(super) fn has_table(&self) -> Result<(), &'static str> {
        let project = self.project();
        let (holds, why_not) = match self.view.screen {
            Screen::Board => (!project.goals.is_empty(), "There is no goal on the board yet"),
            Screen::Scorecard => (!project.metrics.is_empty(), "There is no metric on the scorecard yet"),
            Screen::Kpi => (self.shown_metric().is_some(), "There is no metric to show"),
            Screen::Objective => (self.view.objective.is_some(), "There is no objective to show"),
            Screen::Map => (!(project.goals.is_empty() && project.metrics.is_empty()), "There is nothing on the map yet"),
            Screen::Roadmap | Screen::Review => (false, "Board, objective, KPI, map and scorecard have a table to copy"),
        };
        if holds { Ok(()) } else { Err(why_not) }
    }

    pub(super) fn copy_table(&mut self, effects: &mut Vec<Effect>) {
        let found = self.has_table().and_then(|()| match self.view.screen {
            Screen::Board => Ok(self.board_table()),
            Screen::Scorecard => Ok(self.scorecard_table()),
            Screen::Objective => Ok(self.objective_table()),
            Screen::Map => Ok(self.map_table()),
            _ => self.kpi_table().ok_or("There is no metric to show"),
        });
        match found {
            Ok(text) => {
                effects.push(Effect::CopyText(text));
                self.toast(Severity::Info, "Table copied. Paste it into a spreadsheet.".to_owned());
            }
            Err(why_not) => self.toast(Severity::Info, format!("{why_not}.")),
        }
    }

    /// Every goal that the board lists, once.
    fn board_table(&self) -> String {
        let shown = self.memos.board(&self.document, self.as_of(), &self.view);
        let mut seen: BTreeSet<&GoalId> = BTreeSet::new();
        let goals = shown.lines.iter().filter_map(|line| if let Line::Goal { id, .. } = line { Some(id) } else { None });
        let rows: Vec<_> =
            goals.filter(|id| seen.insert(*id)).filter_map(|id| self.memos.board_row(&self.document, self.as_of(), id)).collect();
        board::tab_separated(rows.iter().map(AsRef::as_ref))
    }

    /// The objective that is shown and the goals under it.
    fn objective_table(&self) -> String {
        let tree = self.tree();
        let shown = self.view.objective.iter().flat_map(|objective| tree.subtree(objective));
        let goals = shown.filter(|visit| self.project().goal(visit.goal).is_some_and(|goal| !goal.archived));
        let rows: Vec<_> = goals.filter_map(|visit| self.memos.board_row(&self.document, self.as_of(), visit.goal)).collect();
        board::tab_separated(rows.iter().map(AsRef::as_ref))
    }

    /// Every card of the map, those that are folded away as well.
    fn map_table(&self) -> String {
        let (project, tree, as_of) = (self.project(), self.tree(), self.as_of());
        let cycle = self.view.goals_of_cycle(project, &tree);
        let map = Map::of(project, &tree, Wanted { cycle: cycle.as_ref(), folded: &BTreeSet::new(), aspect: 1.0 });
        let evaluation = self.evaluation();
        let context = Context { project, evaluation: &evaluation };
        map::tab_separated(&context, &map, |metric| self.memos.sparkline(&self.document, as_of, metric))
    }

    fn scorecard_table(&self) -> String {
        let view = &self.view.arranged.scorecard;
        let now = Stamp::from_date(self.as_of()).days() + 1.0;
        let firsts = self.project().metrics.values().filter_map(|m| m.series.first()).map(|(at, _)| at.days());
        let data = (firsts.fold(now - 1.0, f64::min), now);
        let range = Chart::days_of(self.view.days(self.project(), self.as_of(), data));
        let ask = Ask { grain: view.grain, range, group: view.group, sort: view.sort };
        let shown: Arc<Scorecard> = self.memos.scorecard(&self.document, self.as_of(), &ask, self.view.cycle.as_ref());
        table_text(&shown, view.parts.parts())
    }

    fn shown_metric(&self) -> Option<&MetricId> {
        self.view.metric.as_ref().filter(|id| self.project().metric(id).is_some())
    }

    /// The values of the days shown, with what was expected of them where the selected key result pursues the metric.
    fn kpi_table(&self) -> Option<String> {
        let metric = self.shown_metric()?.clone();
        let goal = match &self.view.selected {
            Some(Selection::Goal(id)) => {
                self.project().goal(id).filter(|g| g.as_key_result().is_some_and(|k| k.metric.as_ref() == Some(&metric)))
            }
            Some(Selection::Metric(_)) | None => None,
        };
        let goal = goal.map(|g| g.id.clone());
        let over_time = ChartOf::Metric(metric.clone(), goal.clone());
        let data = self.memos.chart(&self.document, self.as_of(), &over_time).fit_x;
        let days = Chart::days_of(self.view.days(self.project(), self.as_of(), data));
        let of = FigureOf { metric, goal, mode: KpiMode::Table, days, with: Vec::new() };
        Some(self.memos.figure(&self.document, self.as_of(), &of)?.table.as_text())
    }
}
