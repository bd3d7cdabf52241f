//! Nelder–Mead inside the unit box: no derivatives, no randomness, at most four dimensions.
//!
//! Nelder & Mead (1965), "A simplex method for function minimization", The Computer Journal 7, with their coefficients (reflect 1,
//! expand 2, contract ½, shrink ½). Points that leave the box are put back, a little short of its wall: on the wall the simplex would go
//! flat and never leave it again.

/// A point in the unit box; unused dimensions stay 0.
pub(super) type Point = [f64; 4];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Minimum {
    pub(super) at: Point,
    pub(super) value: f64,
}

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Effort {
    /// The worst corner of the simplex is this close to the best, in units of the function.
    pub(super) tolerance: f64,
    pub(super) evaluations: usize,
}

/// The share of the way from the wall to the simplex' centre at which a point is put back.
const SHORT_OF_WALL: f64 = 0.1;

/// Looks for the least value of `f` from `start`, with first steps of `step` in each of the first `dimensions` directions. A value that is
/// not a number counts as infinite. A simplex can shrink too early, so the search begins anew from what it found while that helps.
pub(super) fn minimise(dimensions: usize, start: Point, step: f64, effort: Effort, f: impl FnMut(&Point) -> f64) -> Minimum {
    let mut search = Search { f, dimensions, left: effort.evaluations };
    let mut best = search.evaluate(start);
    if dimensions == 0 {
        return best;
    }
    let mut step = step;
    loop {
        let found = search.descend(best, step, effort.tolerance);
        let gain = best.value - found.value;
        best = found;
        if gain.is_nan() || gain <= effort.tolerance || search.left == 0 {
            return best;
        }
        step *= 0.5;
    }
}

struct Search<F> {
    f: F,
    dimensions: usize,
    /// Evaluations.
    left: usize,
}

impl<F: FnMut(&Point) -> f64> Search<F> {
    fn evaluate(&mut self, at: Point) -> Minimum {
        self.left = self.left.saturating_sub(1);
        let value = (self.f)(&at);
        Minimum { at, value: if value.is_nan() { f64::INFINITY } else { value } }
    }

    /// One simplex to its end.
    fn descend(&mut self, start: Minimum, step: f64, tolerance: f64) -> Minimum {
        let dimensions = self.dimensions;
        let mut simplex = [start; 5];
        for d in 0..dimensions {
            let mut at = start.at;
            at[d] = if at[d] + step <= 1.0 { at[d] + step } else { at[d] - step };
            simplex[d + 1] = self.evaluate(at);
        }
        let corners = &mut simplex[..=dimensions];
        loop {
            corners.sort_by(|a, b| a.value.total_cmp(&b.value));
            let (best, second_worst, worst) = (corners[0], corners[dimensions - 1], corners[dimensions]);
            if worst.value - best.value <= tolerance || self.left == 0 {
                return best;
            }
            let mut centre = [0.0; 4];
            for corner in &corners[..dimensions] {
                for (sum, x) in centre.iter_mut().zip(corner.at) {
                    *sum += x / dimensions as f64;
                }
            }
            let along = |t: f64| {
                let mut at = [0.0; 4];
                for d in 0..dimensions {
                    let aim = centre[d] + t * (worst.at[d] - centre[d]);
                    let wall = aim.clamp(0.0, 1.0);
                    at[d] = if aim == wall { aim } else { wall + SHORT_OF_WALL * (centre[d] - wall) };
                }
                at
            };
            let reflected = self.evaluate(along(-1.0));
            if reflected.value < best.value {
                let expanded = self.evaluate(along(-2.0));
                corners[dimensions] = if expanded.value < reflected.value { expanded } else { reflected };
            } else if reflected.value < second_worst.value {
                corners[dimensions] = reflected;
            } else {
                let contracted = self.evaluate(along(if reflected.value < worst.value { -0.5 } else { 0.5 }));
                if contracted.value < worst.value.min(reflected.value) {
                    corners[dimensions] = contracted;
                } else {
                    for corner in &mut corners[1..] {
                        let mut at = corner.at;
                        for (x, towards) in at.iter_mut().zip(best.at) {
                            *x = towards + 0.5 * (*x - towards);
                        }
                        *corner = self.evaluate(at);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFORT: Effort = Effort { tolerance: 1e-12, evaluations: 2_000 };

    #[test]
    fn a_valley_is_followed_to_its_bottom() {
        // Rosenbrock's valley, its bottom at (0.6, 0.36).
        let f = |p: &Point| 100.0 * (p[1] - p[0] * p[0]).powi(2) + (0.6 - p[0]).powi(2);
        let found = minimise(2, [0.1, 0.9, 0.0, 0.0], 0.2, EFFORT, f);
        assert!((found.at[0] - 0.6).abs() < 1e-4 && (found.at[1] - 0.36).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn a_bottom_outside_the_box_is_met_on_its_wall() {
        let found = minimise(3, [0.5; 4], 0.1, EFFORT, |p| (p[0] - 2.0).powi(2) + (p[1] + 1.0).powi(2) + (p[2] - 0.25).powi(2));
        assert!(found.at[0] > 1.0 - 1e-6 && found.at[1] < 1e-6 && (found.at[2] - 0.25).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn what_is_no_number_is_avoided() {
        let found = minimise(1, [0.2, 0.0, 0.0, 0.0], 0.1, EFFORT, |p| if p[0] > 0.5 { f64::NAN } else { -p[0] });
        assert!(found.at[0] <= 0.5 && found.at[0] > 0.49, "{found:?}");
    }
}
