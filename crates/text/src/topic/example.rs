//! A text as a topic model sees it: weighted buckets beside a sentence vector.

use super::features::{self, BUCKETS};
use crate::embed::{DIMENSIONS, Vector};
use crate::tokens::Tokens;

/// Length of the vector of word parts, beside the vector of words of length 1.
const PARTS_WEIGHT: f32 = 0.7;

/// Buckets that no text of the training had.
const NONE: u32 = u32::MAX;

/// From so many texts on, buckets that only one of them has are left out.
const MANY_TEXTS: usize = 1_000;

/// The buckets that the training saw, in rows, and how much each tells.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    /// Row of each bucket, or [`NONE`].
    rows: Vec<u32>,
    /// Bucket of each row, ascending.
    pub buckets: Vec<u32>,
    /// Inverse document frequency of each row: ln((1 + texts) / (1 + texts with it)) + 1.
    pub idf: Vec<f32>,
}

/// A text: rows with values, ascending, and the sentence vector.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub sparse: Vec<(u32, f32)>,
    pub dense: Vector,
}

/// The different buckets of a text, and how often each occurs.
pub(super) fn count(tokens: &Tokens) -> Vec<(u32, u32)> {
    let mut buckets = Vec::new();
    features::for_each(tokens, |bucket, _| buckets.push(bucket));
    buckets.sort_unstable();
    buckets.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

impl Vocabulary {
    /// Learns from the buckets of each text.
    pub fn learn(texts: &[Vec<(u32, u32)>]) -> Self {
        let mut frequency = vec![0_u32; BUCKETS];
        for (bucket, _) in texts.iter().flatten() {
            frequency[*bucket as usize] += 1;
        }
        let least = if texts.len() < MANY_TEXTS { 1 } else { 2 };
        let kept = (0..).zip(&frequency).filter(|(_, texts_with)| **texts_with >= least);
        let all = texts.len() as f32;
        let (buckets, idf) = kept
            .map(|(bucket, texts_with)| (bucket, ((1.0 + all) / (1.0 + *texts_with as f32)).ln() + 1.0))
            .unzip();
        Self::new(buckets, idf)
    }

    pub fn new(buckets: Vec<u32>, idf: Vec<f32>) -> Self {
        let mut rows = vec![NONE; BUCKETS];
        for (row, bucket) in (0..).zip(&buckets) {
            if let Some(place) = rows.get_mut(*bucket as usize) {
                *place = row;
            }
        }
        Self { rows, buckets, idf }
    }

    pub fn len(&self) -> usize {
        self.buckets.len()
    }

    /// Does each row have one bucket of its own and one frequency?
    pub fn is_whole(&self) -> bool {
        let within = self.buckets.last().is_none_or(|last| (*last as usize) < BUCKETS);
        within && self.idf.len() == self.buckets.len() && self.buckets.is_sorted_by(|a, b| a < b)
    }

    pub fn row(&self, bucket: u32) -> Option<u32> {
        Some(self.rows[bucket as usize]).filter(|row| *row != NONE)
    }

    /// Values (1 + ln n) × idf; those of words have length 1 together, those of parts [`PARTS_WEIGHT`].
    pub fn example(&self, counts: &[(u32, u32)], dense: Vector) -> Example {
        let value = |(bucket, times): &(u32, u32)| {
            let row = self.row(*bucket)?;
            Some((row, (1.0 + (*times as f32).ln()) * self.idf[row as usize]))
        };
        let mut sparse: Vec<(u32, f32)> = counts.iter().filter_map(value).collect();
        let words = sparse.partition_point(|(row, _)| !features::is_part(self.buckets[*row as usize]));
        let (words, parts) = sparse.split_at_mut(words);
        scale(words, 1.0);
        scale(parts, PARTS_WEIGHT);
        Example { sparse, dense }
    }
}

impl Example {
    /// Square of the length, the sentence vector weighing `weight`.
    pub fn square(&self, weight: f32) -> f32 {
        let sparse: f32 = self.sparse.iter().map(|(_, value)| value * value).sum();
        let dense: f32 = self.dense.iter().map(|value| value * value).sum();
        sparse + weight * weight * dense
    }

    /// Row and value of everything, rows of the sentence vector from `rows` on, the constant 1 last.
    pub fn all(&self, rows: usize, weight: f32) -> impl Iterator<Item = (usize, f32)> {
        let sparse = self.sparse.iter().map(|(row, value)| (*row as usize, *value));
        let dense = (rows..).zip(self.dense.iter().map(move |value| value * weight));
        let dense = dense.take(if weight == 0.0 { 0 } else { DIMENSIONS });
        sparse.chain(dense).chain([(rows + DIMENSIONS, 1.0)])
    }
}

fn scale(values: &mut [(u32, f32)], length: f32) {
    let square: f32 = values.iter().map(|(_, value)| value * value).sum();
    if square > 0.0 {
        let factor = length / square.sqrt();
        values.iter_mut().for_each(|(_, value)| *value *= factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_length_one_and_parts_less() {
        let texts = ["карта не работает", "карта потеряна"].map(|text| count(&Tokens::new(text)));
        let vocabulary = Vocabulary::learn(&texts);
        let example = vocabulary.example(&texts[0], [0.0; DIMENSIONS]);
        assert!((example.square(1.0) - 1.49).abs() < 1e-5);
        let unseen = vocabulary.example(&count(&Tokens::new("xyz")), [0.0; DIMENSIONS]);
        assert!(unseen.sparse.is_empty());
        // «карт» is in both of two texts: ln(3 / 3) + 1; «не» in one: ln(3 / 2) + 1.
        let mut idf = vocabulary.idf.clone();
        idf.sort_by(f32::total_cmp);
        assert_eq!(idf[0], 1.0);
        assert!((idf[idf.len() - 1] - 1.405_465).abs() < 1e-5);
    }
}
