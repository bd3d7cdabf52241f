use crate::chart::ValueScale;
use crate::model::{MetricId, Project};

/// How the KPI view is arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KpiView {
    /// The value axis of the chart over time.
    pub scale: ValueScale,
    /// The metrics that the one in view is compared with, in the order of their choice.
    pub compared: Vec<MetricId>,
    /// Column and direction (downwards) that the table is sorted by; newest first where nobody chose.
    pub sorted: Option<(usize, bool)>,
    /// The driver that the one in view is held against; the first there is where nobody chose.
    pub driver: Option<MetricId>,
}

impl KpiView {
    /// The metrics that one is compared with: those chosen that are still there.
    pub fn others(&self, project: &Project, metric: &MetricId) -> Vec<MetricId> {
        self.compared.iter().filter(|id| *id != metric && project.metric(id).is_some()).cloned().collect()
    }
}
