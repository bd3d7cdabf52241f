//! Taking a season out: classical decomposition, several seasons at once, and the test whether there is one.

use crate::analysis::decompose::{Fitting, SeasonWindow, stl};
use crate::analysis::statistics::{autocorrelation, normal_quantile};

/// How a season acts on the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Additive,
    Multiplicative,
}

/// Classical decomposition with a centred moving average, as R's `decompose`: the figure (the first value's place first; offsets around 0 or
/// factors around 1) and the series without it. `None` under two full seasons, or where factors are wanted and one is (nearly) 0 or the
/// trend is.
pub(super) fn classical(values: &[f64], season: usize, kind: Kind) -> Option<(Vec<f64>, Vec<f64>)> {
    let n = values.len();
    if season < 2 || n < 2 * season {
        return None;
    }
    let half = season / 2;
    let mut sums = vec![(0.0, 0_u32); season];
    for middle in half..n - half {
        let window = &values[middle - half..=middle + half];
        let mut total: f64 = window.iter().sum();
        if season.is_multiple_of(2) {
            total -= 0.5 * (window[0] + window[season]);
        }
        let trend = total / season as f64;
        let part = match kind {
            Kind::Additive => values[middle] - trend,
            Kind::Multiplicative => values[middle] / trend,
        };
        let (sum, count) = &mut sums[middle % season];
        *sum += part;
        *count += 1;
    }
    let mut figure: Vec<f64> = sums.iter().map(|&(sum, count)| if count > 0 { sum / f64::from(count) } else { f64::NAN }).collect();
    let mean = figure.iter().sum::<f64>() / season as f64;
    for part in &mut figure {
        match kind {
            Kind::Additive => *part -= mean,
            Kind::Multiplicative => *part /= mean,
        }
    }
    // R's thetaf: indexes under 1e-4 are "close to zero" and the season is left in.
    let sound = |part: &f64| part.is_finite() && (kind == Kind::Additive || *part > 1e-4);
    if !figure.iter().all(sound) {
        return None;
    }
    let adjusted = values.iter().enumerate().map(|(i, &value)| match kind {
        Kind::Additive => value - figure[i % season],
        Kind::Multiplicative => value / figure[i % season],
    });
    let adjusted = adjusted.collect();
    Some((figure, adjusted))
}

/// Whether the autocorrelation at the season's lag stands out: `|r(m)| > 1.645·√((1 + 2Σ r(i)²)/n)`, i < m, for more than two seasons, as R's
/// `thetaf` does.
pub(super) fn is_seasonal(values: &[f64], season: usize) -> bool {
    let n = values.len();
    if season < 2 || n <= 2 * season {
        return false;
    }
    let Some(r) = (1..=season).map(|lag| autocorrelation(values, lag)).collect::<Option<Vec<f64>>>() else { return false };
    let noise = ((1.0 + 2.0 * r[..season - 1].iter().map(|r| r * r).sum::<f64>()) / n as f64).sqrt();
    r[season - 1].abs() > normal_quantile(0.95) * noise
}

/// The parts that repeat, one list a season, by STL with periodic seasons; for several seasons by MSTL (Bandara, Hyndman & Bergmeir 2021):
/// each season in turn, shortest first, from what the others leave, twice. `None` under two full seasons of the longest.
pub(super) fn repeating(values: &[f64], seasons: &[usize]) -> Option<Vec<Vec<f64>>> {
    let mut found = vec![vec![0.0; values.len()]; seasons.len()];
    for _ in 0..if seasons.len() > 1 { 2 } else { 1 } {
        for at in 0..seasons.len() {
            let others = |i: usize| found.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, parts)| parts[i]).sum::<f64>();
            let left: Vec<f64> = values.iter().enumerate().map(|(i, value)| value - others(i)).collect();
            found[at] = stl(&left, seasons[at], SeasonWindow::Periodic, Fitting::LeastSquares).ok()?.seasonal;
        }
    }
    found.iter().flatten().all(|part| part.is_finite()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reference::{air_passengers, nile};

    #[test]
    fn a_season_is_told_from_none() {
        assert!(is_seasonal(&air_passengers(), 12));
        assert!(!is_seasonal(&nile(), 12));
        assert!(!is_seasonal(&[1.0; 40], 12));
    }

    #[test]
    fn a_week_and_a_year_are_told_apart() {
        let week = |i: usize| [4.0, 1.0, 0.0, 0.0, -1.0, -2.0, -2.0][i % 7];
        let year = |i: usize| 10.0 * (std::f64::consts::TAU * i as f64 / 365.0).sin();
        let values: Vec<f64> = (0..1_095).map(|i| 100.0 + week(i) + year(i)).collect();
        let found = repeating(&values, &[7, 365]).unwrap();
        for (i, (w, y)) in found[0].iter().zip(&found[1]).enumerate() {
            assert!((w - week(i)).abs() < 0.1 && (y - year(i)).abs() < 0.3, "{i}: {w} {y}");
        }
    }

    #[test]
    fn a_made_season_is_found_exactly() {
        let figure = [5.0, -1.0, -4.0, 0.0];
        let values: Vec<f64> = (0..16).map(|i| 100.0 + 2.0 * f64::from(i) + figure[i as usize % 4]).collect();
        let (found, adjusted) = classical(&values, 4, Kind::Additive).unwrap();
        for (a, b) in found.iter().zip(figure) {
            assert!((a - b).abs() < 1e-12);
        }
        assert!((adjusted[15] - 130.0).abs() < 1e-12);
        assert_eq!(classical(&[0.0; 8], 4, Kind::Multiplicative), None);
        assert_eq!(classical(&values[..7], 4, Kind::Additive), None);
    }
}
