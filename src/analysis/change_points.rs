//! When did the level change: least-squares segmentation (Bai & Perron 2003), the number of breaks by BIC, as R's `strucchange`.

use super::statistics::{mean, sum};
use super::unsuited::{MOST_IN_PAIRS, Unsuited, suited};

/// With fewer values a step cannot be told from chance.
pub const FEWEST: usize = 12;
/// No level lasts less than this share of the series,
const SHORTEST_SHARE: f64 = 0.15;
/// nor fewer values.
const SHORTEST: usize = 3;

/// A change of level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangePoint {
    /// The place of the first value of the new level in the series.
    pub at: usize,
    /// The mean of the level that ended.
    pub before: f64,
    /// The mean of the level that began.
    pub after: f64,
}

/// The levels that explain a series best.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangePoints {
    /// Oldest first; empty where one level does.
    pub found: Vec<ChangePoint>,
    /// The Bayesian information criterion of 0, 1, … breaks; smaller is better.
    pub bic: Vec<f64>,
    /// A straight line explains the series better than steps do (by the same criterion): the changes are part of a steady trend.
    pub is_rather_a_line: bool,
}

/// The changes of level in one value a period; gaps are left out.
///
/// Every number of breaks that fits is tried with every placing (dynamic programming, O(n²) for each break), and therefore of no more than
/// `MOST_IN_PAIRS` values; a break costs 2 ln n. Adjust for the season first: [`super::decompose::Season::adjusted`].
pub fn change_points(values: &[Option<f64>]) -> Result<ChangePoints, Unsuited> {
    let (places, present): (Vec<usize>, Vec<f64>) = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).unzip();
    suited(&present, FEWEST)?;
    let n = present.len();
    if n > MOST_IN_PAIRS {
        return Err(Unsuited::TooLong);
    }
    let shortest = ((SHORTEST_SHARE * n as f64) as usize).max(SHORTEST);
    let costs = Costs::of(&present);
    let total = costs.of_level(0, n);
    let most = n.div_ceil(shortest).saturating_sub(2);
    let tables = tables(&costs, n, shortest, most);
    // A perfect fit would make every break worth it.
    let floor = total * 1e-20;
    let criterion = |rss: f64, parameters: f64| {
        let n = n as f64;
        n * (rss.max(floor).ln() + 1.0 - n.ln() + std::f64::consts::TAU.ln()) + n.ln() * parameters
    };
    if total <= 0.0 {
        return Ok(ChangePoints { found: Vec::new(), bic: Vec::new(), is_rather_a_line: false });
    }
    let bic: Vec<f64> =
        tables.iter().zip(1..).map_while(|(table, levels)| Some(criterion(table.best[n]?, 2.0 * f64::from(levels)))).collect();
    let breaks = (0..bic.len()).fold(0, |best, next| if bic[next] < bic[best] { next } else { best });
    let mut starts = vec![n];
    for table in tables[..=breaks].iter().rev() {
        starts.push(table.from[starts[starts.len() - 1]]);
    }
    starts.reverse();
    let level = |k: usize| mean(&present[starts[k]..starts[k + 1]]).unwrap_or_default();
    let found = (1..=breaks).map(|k| ChangePoint { at: places[starts[k]], before: level(k - 1), after: level(k) }).collect();
    let line = criterion(rss_of_line(&places, &present), 3.0);
    Ok(ChangePoints { found, is_rather_a_line: breaks > 0 && bic.get(breaks).is_some_and(|steps| line < *steps), bic })
}

/// Sums that give the squared deviations of any stretch at once. Of values less their mean, so that few digits are lost.
struct Costs {
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Costs {
    fn of(values: &[f64]) -> Self {
        let centre = mean(values).unwrap_or_default();
        let (mut sums, mut squares) = (vec![0.0], vec![0.0]);
        for (i, value) in values.iter().enumerate() {
            sums.push(sums[i] + (value - centre));
            squares.push(squares[i] + (value - centre) * (value - centre));
        }
        Self { sums, squares }
    }

    /// Σ (x − x̄)² of the values from one place up to another.
    fn of_level(&self, from: usize, to: usize) -> f64 {
        let sum = self.sums[to] - self.sums[from];
        (self.squares[to] - self.squares[from] - sum * sum / (to - from) as f64).max(0.0)
    }
}

/// With a number of levels: the least cost of the values up to each place, and where the last level begins then.
struct Table {
    best: Vec<Option<f64>>,
    from: Vec<usize>,
}

/// One table for each number of levels from one on.
fn tables(costs: &Costs, n: usize, shortest: usize, most_breaks: usize) -> Vec<Table> {
    let one = (0..=n).map(|end| (end >= shortest).then(|| costs.of_level(0, end))).collect();
    let mut tables = vec![Table { best: one, from: vec![0; n + 1] }];
    for breaks in 1..=most_breaks {
        let before = &tables[breaks - 1];
        let mut next = Table { best: vec![None; n + 1], from: vec![0; n + 1] };
        for end in (breaks + 1) * shortest..=n {
            let (mut least, mut at) = (f64::INFINITY, 0);
            for start in breaks * shortest..=end - shortest {
                let Some(first) = before.best[start] else { continue };
                let cost = first + costs.of_level(start, end);
                if cost < least {
                    (least, at) = (cost, start);
                }
            }
            if at > 0 {
                (next.best[end], next.from[end]) = (Some(least), at);
            }
        }
        tables.push(next);
    }
    tables
}

/// Σ of squared distances from the least-squares line.
fn rss_of_line(places: &[usize], values: &[f64]) -> f64 {
    let times: Vec<f64> = places.iter().map(|&t| t as f64).collect();
    let (Some(middle), Some(centre)) = (mean(&times), mean(values)) else { return f64::INFINITY };
    let around = || times.iter().zip(values).map(|(t, y)| (t - middle, y - centre));
    let slope = sum(around().map(|(t, y)| t * y)) / sum(around().map(|(t, _)| t * t));
    sum(around().map(|(t, y)| (y - slope * t) * (y - slope * t)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::noise::Noise;
    use crate::analysis::reference;

    fn present(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn the_nile_as_in_r() {
        // strucchange::breakpoints(Nile ~ 1): after observation 28, the year 1898, when the first Aswan dam was begun.
        let nile = reference::nile();
        let found = change_points(&present(&nile)).unwrap();
        assert_eq!(found.found.iter().map(|c| c.at).collect::<Vec<_>>(), [28]);
        // BIC as printed, without decimals.
        assert_eq!(found.bic.iter().map(|b| b.round()).collect::<Vec<_>>(), [1318.0, 1270.0, 1276.0, 1285.0, 1292.0, 1311.0]);
        assert!((found.found[0].before - nile[..28].iter().sum::<f64>() / 28.0).abs() < 1e-9);
        assert!(!found.is_rather_a_line);
        // RSS as printed: 2835157, 1597457, …, 1659994.
        let costs = Costs::of(&nile);
        let rss: Vec<f64> = tables(&costs, 100, 15, 5).iter().map(|t| t.best[100].unwrap().round()).collect();
        assert_eq!(rss, [2_835_157.0, 1_597_457.0, 1_552_924.0, 1_538_097.0, 1_507_888.0, 1_659_994.0]);
    }

    #[test]
    fn steps_without_noise_are_found_and_no_more() {
        let mut values = present(&[5.0; 10]);
        values.extend(present(&[9.0; 10]));
        values[3] = None;
        let found = change_points(&values).unwrap();
        assert_eq!(found.found, [ChangePoint { at: 10, before: 5.0, after: 9.0 }]);
        assert_eq!(change_points(&present(&[5.0; 20])).unwrap().found, []);
        assert_eq!(change_points(&vec![Some(5.0); MOST_IN_PAIRS + 1]), Err(Unsuited::TooLong));
    }

    #[test]
    fn noise_rarely_has_a_step_and_a_line_is_not_a_stair() {
        let mut noise = Noise::new(9);
        let stepped = (0..500).filter(|_| !change_points(&present(&noise.normals(60))).unwrap().found.is_empty()).count();
        // BIC is not a test with a level; it is known to be strict.
        assert!(stepped < 50, "{stepped} of 500");
        let line: Vec<f64> = (0..60).map(|i| f64::from(i) + noise.normal()).collect();
        assert!(change_points(&present(&line)).unwrap().is_rather_a_line);
    }
}
