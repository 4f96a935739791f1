//! What a text shows to the sentiment model: hashed words beside the sentence vector and what its words say plainly.

use super::lexicon::Sense;
use crate::embed::{DIMENSIONS, Vector};
use crate::tokens::Tokens;
use crate::topic::features::{self, BUCKETS, HALF};
use std::ops::Range;

/// Numbers of the plain part: praise and complaints of the text and of its last contrasted clause, and the constant.
const PLAIN: usize = 7;

/// Numbers of the dense part.
pub(super) const DENSE: usize = DIMENSIONS + PLAIN;

/// Rows of the hashed part.
pub(super) const ROWS: usize = BUCKETS;

/// A text in numbers.
#[derive(Clone)]
pub(super) struct Features {
    /// Buckets and values, of length 1 together.
    pub sparse: Vec<(u32, f32)>,
    pub dense: [f32; DENSE],
}

impl Features {
    pub fn new(tokens: &Tokens, senses: &[Sense], vector: &Vector) -> Self {
        let mut buckets = Vec::new();
        for_each(tokens, senses, |bucket, _| buckets.push(bucket));
        buckets.sort_unstable();
        let mut sparse: Vec<(u32, f32)> =
            buckets.chunk_by(|a, b| a == b).map(|same| (same[0], 1.0 + (same.len() as f32).ln())).collect();
        let square: f32 = sparse.iter().map(|(_, value)| value * value).sum();
        let scale = if square > 0.0 { square.sqrt().recip() } else { 0.0 };
        sparse.iter_mut().for_each(|(_, value)| *value *= scale);
        Self { sparse, dense: dense(senses, vector) }
    }
}

/// Calls `found` with each bucket and the words that fill it. A negated word fills one of its own, and if it praises or
/// complains, no other.
pub(super) fn for_each(tokens: &Tokens, senses: &[Sense], mut found: impl FnMut(u32, Range<usize>)) {
    features::for_each(tokens, |bucket, words| {
        if !senses[words.clone()].iter().any(|sense| sense.negated && sense.polarity() != 0) {
            found(bucket, words);
        }
    });
    for (number, token) in tokens.iter().enumerate().filter(|(number, _)| senses[*number].negated) {
        let hash = token.stem.bytes().fold(NEGATED, |hash, byte| features::step(hash, u64::from(byte)));
        found(features::bucket(hash) % HALF, number..number + 1);
    }
}

/// Keeps a negated word apart from the word itself.
const NEGATED: u64 = 0x6a09_e667_f3bc_c909;

fn dense(senses: &[Sense], vector: &Vector) -> [f32; DENSE] {
    let mut dense = [0.0; DENSE];
    dense[..DIMENSIONS].copy_from_slice(vector);
    let count = |wanted: i32, only_contrasted: bool| {
        let fits = |sense: &&Sense| sense.polarity() == wanted && (sense.contrasted || !only_contrasted);
        senses.iter().filter(fits).count() as f32
    };
    let (praise, complaints) = (count(1, false), count(-1, false));
    let all = praise + complaints + 1.0;
    let (late_praise, late_complaints) = (count(1, true), count(-1, true));
    let plain = [
        praise / all,
        complaints / all,
        (1.0 + praise).ln(),
        (1.0 + complaints).ln(),
        late_praise / (late_praise + late_complaints + 1.0),
        late_complaints / (late_praise + late_complaints + 1.0),
        1.0,
    ];
    dense[DIMENSIONS..].copy_from_slice(&plain);
    dense
}

impl Features {
    pub fn dense_values(&self) -> impl Iterator<Item = (usize, f32)> {
        self.dense.iter().copied().enumerate()
    }

    /// Buckets, and the constant in the first.
    pub fn sparse_values(&self) -> impl Iterator<Item = (usize, f32)> {
        self.sparse.iter().map(|(bucket, value)| (*bucket as usize, *value))
    }
}
