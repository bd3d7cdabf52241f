//! Seeded random numbers for tests.

/// `SplitMix64` (Steele, Lea & Flood 2014).
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In 0…1, neither end included.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.uniform() * end as f64) as usize
    }

    /// Standard normal (Box & Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    pub(crate) fn normals(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.normal()).collect()
    }

    /// xₜ = φ·xₜ₋₁ + noise, from its stationary distribution on.
    pub(crate) fn autoregressive(&mut self, n: usize, phi: f64) -> Vec<f64> {
        let mut last = self.normal() / (1.0 - phi * phi).sqrt();
        let mut next = || {
            last = phi * last + self.normal();
            last
        };
        (0..n).map(|_| next()).collect()
    }

    pub(crate) fn walk(&mut self, n: usize) -> Vec<f64> {
        let mut at = 0.0;
        let mut next = || {
            at += self.normal();
            at
        };
        (0..n).map(|_| next()).collect()
    }
}
