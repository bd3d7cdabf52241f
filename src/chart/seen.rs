//! A chart as one drawing needs it: nothing outside the range, no more points than pixels can show.

use std::sync::Arc;

use super::{Chart, Line, decimate};

impl Chart {
    /// The same chart with its lines thinned to what a range shows on so many pixel columns. Domains and captions come out the
    /// same, at the price of the pixels instead of the points; [`Chart::values`] stay whole.
    #[must_use]
    pub fn seen(&self, range: (f64, f64), columns: usize) -> Self {
        let thin = |run: &Arc<[[f64; 2]]>| {
            let kept = decimate(run, range, columns);
            if kept.len() == run.len() { Arc::clone(run) } else { Arc::from(kept) }
        };
        let lines = self
            .lines
            .iter()
            .map(|line| Line { runs: line.runs.iter().map(thin).filter(|run| !run.is_empty()).collect(), ..line.clone() })
            .collect();
        Self { lines, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::LineId;
    use crate::chart::fixture::wave;

    #[test]
    fn a_thinned_chart_says_the_same() {
        let chart = wave(100_000);
        for range in [chart.fit_x, (chart.x.0 + 200.3, chart.x.0 + 1_500.0)] {
            let seen = chart.seen(range, 300);
            let points: usize = seen.lines.iter().filter(|l| l.id == LineId::Actual).flat_map(|l| &l.runs).map(|r| r.len()).sum();
            assert!(points <= 1_202, "{points}");
            assert_eq!(seen.y_domain(range), chart.y_domain(range));
            assert_eq!(seen.caption_in(range), chart.caption_in(range));
        }
    }
}
