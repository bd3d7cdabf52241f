//! What is worked out for the sheet, once for each state of the project.

use crate::analysis::{NoStages, Part, can_follow, parts, rhythm_of, staged, usual_rhythm};
use crate::chart::ValueFormat;
use crate::document::Revision;
use crate::model::{Cadence, Date, Goal, Pace, TargetStage, Unit};
use crate::ui::scene::Scene;

use super::SHAPES;

/// Stages with their parts, and which shapes could be had.
#[derive(Clone)]
pub(super) struct Planned {
    key: Option<(Revision, Date, Option<Cadence>)>,
    /// Why there is nothing to plan.
    pub(super) none: Option<NoStages>,
    pub(super) rhythm: Cadence,
    /// The stages do not stand at the ends of any rhythm's periods.
    pub(super) irregular: bool,
    /// Those of the goal; where it has none, those that its pace would give.
    pub(super) stages: Vec<TargetStage>,
    /// Which of the stages lie between start and due, in order: each of them ends the part in the same place, the target the last.
    pub(super) inside: Vec<usize>,
    pub(super) parts: Vec<Part>,
    pub(super) reach: Vec<(Pace, Result<(), NoStages>)>,
    pub(super) format: ValueFormat,
    /// As the fields write values.
    pub(super) unit: Unit,
}

impl Default for Planned {
    fn default() -> Self {
        Self {
            key: None,
            none: None,
            rhythm: Cadence::Quarterly,
            irregular: false,
            stages: Vec::new(),
            inside: Vec::new(),
            parts: Vec::new(),
            reach: Vec::new(),
            format: ValueFormat { unit: Unit::Count, decimals: 0, locale: crate::model::Locale::default() },
            unit: Unit::Ratio,
        }
    }
}

impl Planned {
    /// Works it out anew where the project, the day or the chosen rhythm is another.
    pub(super) fn follow(&mut self, scene: &Scene<'_>, goal: &Goal, chosen: Option<Cadence>) {
        let key = Some((scene.document.revision(), scene.as_of, chosen));
        if self.key == key {
            return;
        }
        let project = scene.project;
        let metric = goal.as_key_result().and_then(|k| k.metric.as_ref()).and_then(|id| project.metric(id));
        *self = Self {
            key,
            none: can_follow(project, goal, Pace::Linear).err(),
            format: ValueFormat::of(project, metric),
            unit: metric.map_or(Unit::Ratio, |m| m.unit.clone()),
            ..Self::default()
        };
        let span = project.span(goal);
        let (Some(key_result), Some(start), Some(due)) = (goal.as_key_result(), span.start, span.due) else { return };
        let read_off = rhythm_of(project, goal);
        self.irregular = !key_result.stages.is_empty() && read_off.is_none();
        self.rhythm = read_off.or(chosen).unwrap_or_else(|| usual_rhythm(start, due));
        self.stages = if key_result.stages.is_empty() {
            staged(project, goal, key_result.pace, self.rhythm).unwrap_or_default()
        } else {
            key_result.stages.clone()
        };
        self.inside = (0..self.stages.len()).filter(|i| start < self.stages[*i].by && self.stages[*i].by < due).collect();
        self.parts = parts(project, goal, &self.stages, scene.as_of).unwrap_or_default();
        self.reach = SHAPES.iter().map(|(pace, _, _)| (*pace, can_follow(project, goal, *pace))).collect();
        if let Some((_, own)) = self.reach.iter_mut().find(|(pace, _)| *pace == Pace::Points)
            && self.stages.is_empty()
        {
            *own = Err(NoStages::TooShort);
        }
    }

    /// The stages along the goal's pace at another rhythm.
    pub(super) fn at_rhythm(scene: &Scene<'_>, goal: &Goal, rhythm: Cadence) -> Result<Vec<TargetStage>, NoStages> {
        staged(scene.project, goal, goal.as_key_result().map(|k| k.pace).unwrap_or_default(), rhythm)
    }

    /// "+12.3 %", "−4.0 %".
    pub(super) fn signed_percent(&self, share: f64) -> String {
        let sign = if share < 0.0 { "−" } else { "+" };
        format!("{sign}{}", self.format.locale.percent(share.abs(), 1))
    }
}
