//! Random draws: streams by purpose, weighted choice.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator of one independent stream.
pub type Stream = ChaCha8Rng;

/// What a stream is for; months take the numbers above.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    Customers,
    Calendar,
    Base,
    Month(usize),
}

/// The stream of `seed` for `purpose`.
pub fn stream(seed: u64, purpose: Purpose) -> Stream {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    stream.set_stream(match purpose {
        Purpose::Customers => 1,
        Purpose::Calendar => 2,
        Purpose::Base => 3,
        Purpose::Month(index) => 100 + index as u64,
    });
    stream
}

/// True with probability `share`; shares outside 0…1 are taken as the nearest of them.
pub fn chance(rng: &mut Stream, share: f64) -> bool {
    rng.random::<f64>() < share
}

/// One of the values, each as likely; `None` of an empty slice.
pub fn one_of<'a, T>(rng: &mut Stream, values: &'a [T]) -> Option<&'a T> {
    if values.is_empty() { None } else { values.get(rng.random_range(0..values.len())) }
}

/// Weights added up, for drawing an index in proportion to its weight.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    edges: Vec<f64>,
}

impl Weights {
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let edges = weights
            .into_iter()
            .map(|weight| {
                sum += weight.max(0.0);
                sum
            })
            .collect();
        Self { edges }
    }

    pub fn total(&self) -> f64 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    /// An index in proportion to its weight; 0 when nothing has weight.
    pub fn draw(&self, rng: &mut Stream) -> usize {
        self.at(rng.random())
    }

    /// The index at a place between 0 and 1 of all weights laid end to end.
    pub fn at(&self, place: f64) -> usize {
        let at = place * self.total();
        self.edges.partition_point(|edge| *edge <= at).min(self.edges.len().saturating_sub(1))
    }

    /// Each index's share of the total; nothing when nothing has weight.
    pub fn shares(&self) -> impl Iterator<Item = f64> {
        let starts = std::iter::once(&0.0).chain(&self.edges);
        self.edges
            .iter()
            .zip(starts)
            .map(|(end, start)| (end - start) / self.total())
            .filter(|share| share.is_finite())
    }
}
