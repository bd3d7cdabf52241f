//! Friedman's super smoother ("A variable span scatterplot smoother", Stanford 1984), for evenly spaced values of equal weight, with the
//! constants and the cross-validation of R's `supsmu`.

/// Shares of the series that running lines are fitted over: tweeter, midrange, woofer.
const SPANS: [f64; 3] = [0.05, 0.2, 0.5];
/// Slopes are not trusted where the places spread less than this share of the middle half of the series.
const LEAST_SPREAD: f64 = 1e-3;

/// The smooth curve through evenly spaced values: at each the span of the running line whose cross-validated residuals are least nearby.
pub fn super_smoother(values: &[f64]) -> Vec<f64> {
    let n = values.len();
    if n < 2 {
        return values.to_vec();
    }
    let smooths = SPANS.map(|span| running_line(values, span));
    // The residuals of each span are smoothed themselves, so that one lucky point decides nothing.
    let residuals = [0, 1, 2].map(|k| running_line(&smooths[k].residuals, SPANS[1]).smooth);
    let mut best = vec![0.0; n];
    for (at, best) in best.iter_mut().enumerate() {
        let mut least = 1e20;
        for k in 0..3 {
            if residuals[k][at] < least {
                (least, *best) = (residuals[k][at], SPANS[k]);
            }
        }
    }
    let spans = running_line(&best, SPANS[1]).smooth;
    let mixed: Vec<f64> = (0..n)
        .map(|at| {
            let span = spans[at].clamp(SPANS[0], SPANS[2]);
            let (other, share) = if span >= SPANS[1] {
                (2, (span - SPANS[1]) / (SPANS[2] - SPANS[1]))
            } else {
                (0, (SPANS[1] - span) / (SPANS[1] - SPANS[0]))
            };
            (1.0 - share) * smooths[1].smooth[at] + share * smooths[other].smooth[at]
        })
        .collect();
    running_line(&mixed, SPANS[0]).smooth
}

struct Running {
    smooth: Vec<f64>,
    /// Absolute residuals as they would be had the point not been used for its own line.
    residuals: Vec<f64>,
}

/// Moments of a window that points enter and leave.
#[derive(Default)]
struct Window {
    weight: f64,
    place: f64,
    value: f64,
    spread: f64,
    joint: f64,
}

impl Window {
    fn enter(&mut self, place: f64, value: f64) {
        let before = self.weight;
        self.weight += 1.0;
        self.place = (before * self.place + place) / self.weight;
        self.value = (before * self.value + value) / self.weight;
        if before > 0.0 {
            let pull = self.weight * (place - self.place) / before;
            self.spread += pull * (place - self.place);
            self.joint += pull * (value - self.value);
        }
    }

    fn leave(&mut self, place: f64, value: f64) {
        let before = self.weight;
        self.weight -= 1.0;
        if self.weight > 0.0 {
            let pull = before * (place - self.place) / self.weight;
            self.spread -= pull * (place - self.place);
            self.joint -= pull * (value - self.value);
            self.place = (before * self.place - place) / self.weight;
            self.value = (before * self.value - value) / self.weight;
        }
    }
}

/// A line fitted anew around each point, over a share of all; at the ends the window stays.
fn running_line(values: &[f64], span: f64) -> Running {
    let n = values.len();
    let half = ((0.5 * span * n as f64 + 0.5) as usize).max(2);
    let middle_half = (3 * (n / 4)).max(2) as f64 - (n / 4).max(1) as f64;
    let least_spread = (LEAST_SPREAD * middle_half).powi(2);
    let mut window = Window::default();
    for (at, value) in values.iter().enumerate().take((2 * half + 1).min(n)) {
        window.enter(at as f64, *value);
    }
    let mut found = Running { smooth: Vec::with_capacity(n), residuals: Vec::with_capacity(n) };
    for (at, value) in values.iter().enumerate() {
        if at > half && at + half < n {
            let (leaves, enters) = (at - half - 1, at + half);
            window.leave(leaves as f64, values[leaves]);
            window.enter(enters as f64, values[enters]);
        }
        let away = at as f64 - window.place;
        let has_slope = window.spread > least_spread;
        let slope = if has_slope { window.joint / window.spread } else { 0.0 };
        let smooth = slope * away + window.value;
        let leverage = 1.0 / window.weight + if has_slope { away * away / window.spread } else { 0.0 };
        let kept = 1.0 - leverage;
        found.residuals.push(if kept > 0.0 { (value - smooth).abs() / kept } else { found.residuals.last().copied().unwrap_or(0.0) });
        found.smooth.push(smooth);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::noise::Noise;

    #[test]
    fn lines_are_left_alone() {
        let line: Vec<f64> = (0..40).map(|i| 3.0 * f64::from(i) - 7.0).collect();
        for (smooth, value) in super_smoother(&line).iter().zip(&line) {
            assert!((smooth - value).abs() < 1e-9);
        }
        assert_eq!(super_smoother(&[5.0]), [5.0]);
        assert_eq!(super_smoother(&[]), [] as [f64; 0]);
    }

    #[test]
    fn noise_is_taken_out_and_the_curve_is_kept() {
        let mut noise = Noise::new(21);
        let curve: Vec<f64> = (0..200).map(|i| 10.0 * (f64::from(i) / 30.0).sin()).collect();
        let noisy: Vec<f64> = curve.iter().map(|v| v + noise.normal()).collect();
        let distance = |a: &[f64]| a.iter().zip(&curve).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / 200.0;
        let (smooth, raw) = (distance(&super_smoother(&noisy)), distance(&noisy));
        assert!(smooth < 0.25 * raw, "{smooth} of {raw}");
    }
}
