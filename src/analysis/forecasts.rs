//! Where an evaluation gets the forecasts from that it asks for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Study;
use crate::model::{Date, Metric, MetricId};

use super::forecast::{MetricForecast, Reason, of_metric};
use super::values::kept_outlook;

/// What is known of where a metric is going.
#[derive(Clone, Debug, PartialEq)]
pub enum Outlook {
    Known(Arc<MetricForecast>),
    /// Its own past has not been looked back on yet, so that how wide its intervals are is not certain: no chance is told of it, while a
    /// status may go by it.
    Rough(Arc<MetricForecast>),
    /// It is being worked out elsewhere; goals are judged without it meanwhile.
    Pending,
    /// There is none.
    Unknown(Reason),
}

impl Outlook {
    /// Worked out here, the look back on the metric's past included; once where notes are taken.
    pub fn of<'a>(project: impl Into<Study<'a>>, metric: &Metric, as_of: Date) -> Self {
        let project = project.into();
        let made = || match of_metric(project, metric, as_of, None) {
            Ok(forecast) => Self::Known(Arc::new(forecast.calibrated())),
            Err(reason) => Self::Unknown(reason),
        };
        kept_outlook(project, metric, as_of, made)
    }

    pub fn known(self) -> Option<Arc<MetricForecast>> {
        match self {
            Self::Known(forecast) | Self::Rough(forecast) => Some(forecast),
            Self::Pending | Self::Unknown(_) => None,
        }
    }
}

/// Gives the forecasts of one day. Asked for the metrics of key results that are under way.
pub trait Forecasts {
    fn outlook(&self, metric: &Metric) -> Outlook;
}

/// For what no forecast decides: each is still to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoForecasts;

impl Forecasts for NoForecasts {
    fn outlook(&self, _: &Metric) -> Outlook {
        Outlook::Pending
    }
}

/// Forecasts worked out when they are asked for, each once.
#[derive(Debug)]
pub struct NewForecasts<'a> {
    project: Study<'a>,
    as_of: Date,
    known: RefCell<BTreeMap<MetricId, Outlook>>,
}

impl<'a> NewForecasts<'a> {
    pub fn new(project: impl Into<Study<'a>>, as_of: Date) -> Self {
        let project = project.into();
        Self { project, as_of, known: RefCell::default() }
    }
}

impl Forecasts for NewForecasts<'_> {
    fn outlook(&self, metric: &Metric) -> Outlook {
        if let Some(known) = self.known.borrow().get(&metric.id) {
            return known.clone();
        }
        let found = Outlook::of(self.project, metric, self.as_of);
        self.known.borrow_mut().insert(metric.id.clone(), found.clone());
        found
    }
}
