use crate::analysis::Unsuited;
use crate::analysis::xmr::{Assurance, MetricXmr, Variation};
use crate::model::{Limit, capitalised, period_words};

use super::Row;

/// Signal and noise of a row in two marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// What the latest value is; `None` with too few values.
    pub variation: Option<Variation>,
    /// What the limits say of the target.
    pub assurance: Option<Assurance>,
    /// All of it in words.
    pub words: String,
}

impl Marks {
    /// The marks of a row, from the chart of its metric or why there is none. Assurance is of the metric's own target,
    /// else of the row's where a period can be held against that.
    pub fn of(row: &Row, xmr: Result<&MetricXmr, &Unsuited>) -> Self {
        let xmr = match xmr {
            Ok(xmr) => xmr,
            Err(why) => return Self { variation: None, assurance: None, words: capitalised(&why.to_string()) },
        };
        let latest = xmr.chart.points.last();
        let variation = latest.filter(|p| p.band.is_some()).map(|p| p.variation);
        let own: Option<Limit> = xmr.target;
        let assurance = own.or(row.target.filter(|_| !row.is_total)).and_then(|target| xmr.assurance_of(target));
        let when = xmr.periods.last().map(|p| period_words(&row.calendar, xmr.cadence, *p)).unwrap_or_default();
        let moved = match variation {
            Some(Variation::Improving) => "signals a change for the better",
            Some(Variation::Concerning) => "signals a change for the worse",
            Some(Variation::Neither) => "signals a change",
            Some(Variation::Common) => "is routine variation",
            None => "is not judged: its stretch has too few values",
        };
        let rules: Vec<&str> = latest.map(|p| p.rules.iter().map(|r| r.words()).collect()).unwrap_or_default();
        let mut words = format!("{when} {moved}");
        if !rules.is_empty() {
            words = format!("{words} ({})", rules.join("; "));
        }
        if let Some(assurance) = assurance {
            words = format!("{words}. The target of {} {}", row_target(row, own), assurance.words());
        }
        Self { variation, assurance, words }
    }
}

fn row_target(row: &Row, own: Option<Limit>) -> String {
    own.map_or_else(|| row.target_words.clone(), |limit| super::words::limit(limit, &row.format))
}
