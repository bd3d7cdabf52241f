//! The normal distribution, and Student's t by way of it.

use std::f64::consts::{PI, SQRT_2};

/// From here on the continued fraction is both quick and exact; the series below it is.
const FAR: f64 = 3.0;

/// P(Z ≤ z) of a standard normal Z, to about 15 digits.
pub fn normal_cdf(z: f64) -> f64 {
    if z > 0.0 { 1.0 - normal_upper(z) } else { normal_upper(-z) }
}

/// P(Z > z) of a standard normal Z. Keeps its relative precision far out, where 1 − [`normal_cdf`] has none.
pub fn normal_upper(z: f64) -> f64 {
    if z.is_nan() {
        return f64::NAN;
    }
    if z < 0.0 {
        return 1.0 - normal_upper(-z);
    }
    if z > 38.6 {
        // Below the smallest double.
        return 0.0;
    }
    let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
    if z < FAR {
        // Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …) (Marsaglia 2004).
        let (mut term, mut total, mut k) = (z, z, 1.0);
        while term > total * 1e-17 {
            k += 2.0;
            term *= z * z / k;
            total += term;
        }
        return 0.5 - density * total;
    }
    // Mills' ratio 1/(z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz & Stegun 26.2.14), from the inside out.
    let inner = (1..=120).rev().fold(z, |below, k| z + f64::from(k) / below);
    density / inner
}

/// The z with P(Z ≤ z) = p, for 0 < p < 1, to about 14 digits: a rational start, and Newton's steps (Halley's form) from it.
/// −∞ and ∞ at the ends.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let tail = p.min(1.0 - p);
    // Abramowitz & Stegun 26.2.23, good to 4.5e-4.
    let t = (-2.0 * tail.ln()).sqrt();
    let mut z = t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    for _ in 0..3 {
        let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
        let step = (normal_upper(z) - tail) / density;
        z += step / (1.0 - step * z / 2.0);
    }
    if p < 0.5 { -z } else { z }
}

/// The t with P(T ≤ t) = p of Student's distribution. Exact for one and two degrees of freedom; above, the expansion of Abramowitz &
/// Stegun 26.7.5, which is good to 1 % at three and to 0.1 % from five on for p up to 0.99.
pub fn student_quantile(p: f64, degrees: f64) -> f64 {
    let z = normal_quantile(p);
    if !z.is_finite() || !degrees.is_finite() {
        return z;
    }
    if degrees < 1.5 {
        return (PI * (p - 0.5)).tan();
    }
    if degrees < 2.5 {
        let a = 2.0 * p - 1.0;
        return a * SQRT_2 / (1.0 - a * a).sqrt();
    }
    let n = degrees;
    let (z2, z3) = (z * z, z * z * z);
    let (z5, z7, z9) = (z3 * z2, z3 * z2 * z2, z3 * z2 * z2 * z2);
    let g1 = (z3 + z) / 4.0;
    let g2 = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let g3 = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    let g4 = (79.0 * z9 + 776.0 * z7 + 1482.0 * z5 - 1920.0 * z3 - 945.0 * z) / 92_160.0;
    z + g1 / n + g2 / (n * n) + g3 / (n * n * n) + g4 / (n * n * n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(found: f64, wanted: f64, relative: f64) {
        assert!((found / wanted - 1.0).abs() < relative, "{found}, not {wanted}");
    }

    #[test]
    fn the_normal_distribution_as_in_r() {
        // pnorm(c(1, 1.96, 2.999, 3.001)), pnorm(c(5, 10, 30), lower.tail = FALSE)
        close(normal_cdf(1.0), 0.841_344_746_068_542_9, 1e-14);
        close(normal_cdf(1.96), 0.975_002_104_851_779_5, 1e-14);
        close(normal_upper(5.0), 2.866_515_718_791_939e-7, 1e-13);
        close(normal_upper(10.0), 7.619_853_024_160_527e-24, 1e-12);
        close(normal_upper(30.0), 4.906_713_927_148_188e-198, 1e-11);
        // The two ways meet.
        close(normal_upper(FAR - 1e-12), normal_upper(FAR + 1e-12), 1e-10);
        assert_eq!((normal_cdf(f64::INFINITY), normal_cdf(f64::NEG_INFINITY)), (1.0, 0.0));
    }

    #[test]
    fn quantiles_lead_back() {
        for p in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999_999] {
            close(normal_cdf(normal_quantile(p)), p, 1e-12);
        }
        close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-13);
        // qt(.975, c(1, 2, 4, 10, 30))
        for (degrees, wanted, relative) in [
            (1.0, 12.706_204_7, 1e-8),
            (2.0, 4.302_652_7, 1e-7),
            (4.0, 2.776_445_1, 3e-3),
            (10.0, 2.228_138_9, 1e-4),
            (30.0, 2.042_272_5, 1e-6),
        ] {
            close(student_quantile(0.975, degrees), wanted, relative);
        }
    }
}
