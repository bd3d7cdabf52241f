//! Metrics that follow a file.

use super::Change;
use crate::document::Edit;
use crate::model::{Metric, Origin};

/// The metric keeps its points, which are its own from now on. `None` where it follows no file.
pub fn stop_following(metric: &Metric) -> Option<Change> {
    let Origin::Linked(source) = &metric.origin else { return None };
    let label = format!("Stop following {} for {}", source.path, super::shortened(metric.short_name()));
    Some(Change::new(label, Edit::from(Metric { origin: Origin::Recorded, ..metric.clone() })))
}
