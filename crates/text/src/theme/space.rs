//! Where texts lie: the sentence vector beside the principal directions of the words.

use crate::embed::{DIMENSIONS, Vector};
use crate::tokens::Tokens;
use pulp::Arch;
use rustc_hash::FxHashMap;

/// Directions of the words that are kept.
const DIRECTIONS: usize = 96;

/// Numbers of a point.
pub(super) const WIDTH: usize = DIMENSIONS + DIRECTIONS;

/// How much the words weigh beside the sentence vector.
const WORDS: f32 = 0.6;

/// Words and pairs of words that are read, the most frequent ones.
const MOST_WORDS: usize = 20_000;

/// Texts from which the directions are learnt.
const MOST_TEXTS: usize = 20_000;

const ROUNDS: usize = 4;

pub(super) type Point = [f32; WIDTH];

/// The points of all texts.
pub(super) struct Space {
    pub points: Vec<Point>,
}

type Words = Vec<(u32, f32)>;

impl Space {
    pub fn new(texts: &[(&Tokens, &Vector)]) -> Self {
        let words = weigh(texts);
        let axes = Arch::new().dispatch(
            #[inline(always)]
            || directions(&words),
        );
        let point = |(words, (_, vector)): (&Words, &(&Tokens, &Vector))| {
            let mut point = [0.0; WIDTH];
            point[..DIMENSIONS].copy_from_slice(&vector[..]);
            let own = project(words, &axes);
            let square: f32 = own.iter().map(|value| value * value).sum();
            let scale = if square > 0.0 { WORDS / square.sqrt() } else { 0.0 };
            point[DIMENSIONS..].iter_mut().zip(own).for_each(|(point, value)| *point = value * scale);
            to_length(&mut point, 1.0);
            point
        };
        Self { points: words.iter().zip(texts).map(point).collect() }
    }

    pub fn len(&self) -> usize {
        self.points.len()
    }
}

fn to_length(values: &mut [f32], length: f32) {
    let square: f32 = values.iter().map(|value| value * value).sum();
    if square > 0.0 {
        let scale = length / square.sqrt();
        values.iter_mut().for_each(|value| *value *= scale);
    }
}

/// Stems and pairs of stems of each text with (1 + ln n) × idf, of length 1.
fn weigh(texts: &[(&Tokens, &Vector)]) -> Vec<Words> {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut frequency: Vec<u32> = Vec::new();
    let mut counted: Vec<Vec<(u32, u32)>> = Vec::with_capacity(texts.len());
    for (tokens, _) in texts {
        let stems: Vec<&str> = tokens.iter().map(|token| token.stem).collect();
        let mut found: Vec<u32> = Vec::with_capacity(2 * stems.len());
        let mut see = |word: String| {
            let next = numbers.len() as u32;
            let number = *numbers.entry(word).or_insert(next);
            if number == next {
                frequency.push(0);
            }
            found.push(number);
        };
        stems.iter().for_each(|stem| see((*stem).to_owned()));
        stems.windows(2).for_each(|pair| see(pair.join(" ")));
        found.sort_unstable();
        let counts: Vec<(u32, u32)> =
            found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();
        counts.iter().for_each(|(number, _)| frequency[*number as usize] += 1);
        counted.push(counts);
    }
    let mut order: Vec<u32> =
        (0..frequency.len() as u32).filter(|word| frequency[*word as usize] > 1).collect();
    order.sort_by_key(|word| (std::cmp::Reverse(frequency[*word as usize]), *word));
    order.truncate(MOST_WORDS);
    let mut rows = vec![u32::MAX; frequency.len()];
    (0..).zip(&order).for_each(|(row, word)| rows[*word as usize] = row);
    let all = texts.len() as f32;
    let weigh = |counts: Vec<(u32, u32)>| {
        let value = |(word, times): (u32, u32)| {
            let idf = ((1.0 + all) / (1.0 + frequency[word as usize] as f32)).ln() + 1.0;
            (rows[word as usize], (1.0 + (times as f32).ln()) * idf)
        };
        let mut words: Words = counts.into_iter().map(value).filter(|(row, _)| *row != u32::MAX).collect();
        let square: f32 = words.iter().map(|(_, value)| value * value).sum();
        words.iter_mut().for_each(|(_, value)| *value /= square.sqrt());
        words
    };
    counted.into_iter().map(weigh).collect()
}

type Axis = [f32; DIRECTIONS];

/// The principal directions of the words, a row for each word: subspace iteration on the words' products.
#[inline(always)]
fn directions(texts: &[Words]) -> Vec<Axis> {
    let words = texts.iter().flatten().map(|(word, _)| *word as usize + 1).max().unwrap_or(0);
    let every = texts.len().div_ceil(MOST_TEXTS).max(1);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut axes: Vec<Axis> = (0..words)
        .map(|_| {
            std::array::from_fn(|_| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                (random >> 40) as f32 / 16_777_216.0 - 0.5
            })
        })
        .collect();
    for _ in 0..ROUNDS {
        make_orthogonal(&mut axes);
        let mut next = vec![[0.0; DIRECTIONS]; words];
        for text in texts.iter().step_by(every) {
            let own = project(text, &axes);
            for (word, value) in text {
                next[*word as usize].iter_mut().zip(&own).for_each(|(next, own)| *next += value * own);
            }
        }
        axes = next;
    }
    make_orthogonal(&mut axes);
    axes
}

#[inline(always)]
fn project(text: &Words, axes: &[Axis]) -> Axis {
    let mut own = [0.0; DIRECTIONS];
    for (word, value) in text {
        own.iter_mut().zip(&axes[*word as usize]).for_each(|(own, axis)| *own += value * axis);
    }
    own
}

/// Makes the columns of length 1 and at right angles, one after another (Gram and Schmidt); dependent ones are zeros.
#[inline(always)]
fn make_orthogonal(axes: &mut [Axis]) {
    for column in 0..DIRECTIONS {
        let mut products = [0.0_f32; DIRECTIONS];
        for row in axes.iter() {
            let own = row[column];
            products.iter_mut().zip(row).for_each(|(product, value)| *product += own * value);
        }
        let before = products[column].max(1e-20);
        let mut square = 0.0;
        for row in axes.iter_mut() {
            let gone: f32 = (0..column).map(|other| products[other] * row[other]).sum();
            row[column] -= gone;
            square += row[column] * row[column];
        }
        let scale = if square > before * 1e-6 { square.sqrt().recip() } else { 0.0 };
        axes.iter_mut().for_each(|row| row[column] *= scale);
    }
}
