//! The values of a metric, recorded or computed by a formula.

use crate::model::{Cadence, Date, Metric, Project};

use super::regrain::{Regrained, regrain};

/// The values of a metric at a grain, as of a day.
pub fn metric_values(project: &Project, metric: &Metric, to: Cadence, as_of: Date) -> Regrained {
    regrain(&metric.series, metric.cadence, to, metric.aggregation, &project.settings.calendar, as_of)
}
