//! Random numbers of the kinds that answers and events have, from a fixed seed.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::function::gamma::ln_gamma;

/// Mean from which counts are drawn by rejection instead of one by one.
const MANY: f64 = 30.0;

pub struct Random(ChaCha8Rng);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0 to 1.
    pub fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Standard normal (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A Poisson count: by products of uniform numbers (Knuth), or by rejection (Hörmann 1993, PTRS).
    pub fn poisson(&mut self, mean: f64) -> u64 {
        if mean < MANY {
            let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
            while product > limit {
                product *= self.unit();
                count += 1;
            }
            return count;
        }
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.02483 * b;
        let shape = 1.1239 + 1.1328 / (b - 3.4);
        loop {
            let (u, v) = (self.unit() - 0.5, self.unit());
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2.0) {
                return k as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let bound = k * mean.ln() - mean - ln_gamma(k + 1.0);
            if (v * shape / (a / (us * us) + b)).ln() <= bound {
                return k as u64;
            }
        }
    }

    /// Counts of `n` draws among categories with the given chances.
    pub fn histogram<const K: usize>(&mut self, n: u64, chances: &[f64; K]) -> [u64; K] {
        let mut counts = [0; K];
        for _ in 0..n {
            let mut left = self.unit();
            let category = chances.iter().position(|chance| {
                left -= chance;
                left < 0.0
            });
            counts[category.unwrap_or(K - 1)] += 1;
        }
        counts
    }
}
