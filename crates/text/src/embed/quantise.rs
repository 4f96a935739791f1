//! Vectors in a quarter of the memory, for searching among many.

use super::{DIMENSIONS, Vector};

/// A vector whose numbers are bytes: 256 bytes instead of 1,024.
pub type Quantised = [i8; DIMENSIONS];

/// Numbers of a vector that are larger are cut; texts of words have none.
const LARGEST: f32 = 0.6;
const STEPS: f32 = 127.0 / LARGEST;

/// Rounds the numbers of `vector` to bytes.
pub fn quantise(vector: &Vector) -> Quantised {
    std::array::from_fn(|at| (vector[at] * STEPS).round().clamp(-127.0, 127.0) as i8)
}

/// The dot product of the vectors that `a` and `b` stand for, within about 0.01.
pub fn similarity(a: &Quantised, b: &Quantised) -> f32 {
    let sum: i32 = a.iter().zip(b).map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b))).sum();
    sum as f32 / (STEPS * STEPS)
}
