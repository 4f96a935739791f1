//! The network that makes a sentence vector of a sum of rows: the teacher's last layers, and one that shortens.

use super::table::{RANK, Sum};
use super::{DIMENSIONS, Vector};
use crate::archive::{Archive, ModelError};
use pulp::Arch;

const FIRST: usize = 320;
const MIDDLE: usize = 512;
const LAST: usize = 512;

/// Tokens that the teacher puts around every sentence.
const MARKS: f32 = 2.0;

/// Columns of a layer that are computed together.
const COLUMNS: usize = 16;

/// Texts that are computed together: the weights are read once for all of them.
pub(super) const TOGETHER: usize = 32;

/// Texts whose sums of [`COLUMNS`] columns fit the registers.
const TILE: usize = 4;

pub(super) struct Network {
    /// Added for each token of a text, and once for the two marks.
    mean: Vec<f32>,
    marks: Vec<f32>,
    basis: Layer,
    d1: Layer,
    d2: Layer,
    p3: Layer,
    d3: Layer,
    turn: Layer,
}

/// A matrix in blocks of [`COLUMNS`] columns, each block row after row.
struct Layer {
    rows: usize,
    blocks: Vec<[f32; COLUMNS]>,
}

impl Network {
    /// Reads the vectors `mean` and `mark` and the layers of `netw`, each row after row.
    pub fn read(archive: &Archive<'_>) -> Result<Self, ModelError> {
        let weights = archive.halves(b"netw")?;
        let mut rest = &weights[..];
        let mut layer = |rows, columns| Layer::read(&mut rest, rows, columns);
        let network = Self {
            mean: archive.floats(b"mean")?,
            marks: archive.floats(b"mark")?,
            basis: layer(RANK, 2 * FIRST)?,
            d1: layer(FIRST, FIRST)?,
            d2: layer(FIRST, MIDDLE)?,
            p3: layer(FIRST, LAST)?,
            d3: layer(MIDDLE, LAST)?,
            turn: layer(LAST, DIMENSIONS)?,
        };
        let whole = rest.is_empty() && network.mean.len() == 2 * FIRST && network.marks.len() == 2 * FIRST;
        if whole { Ok(network) } else { Err(ModelError::Damaged) }
    }

    /// The vectors of up to [`TOGETHER`] texts, of length 1.
    pub fn run(&self, sums: &[Sum]) -> Vec<Vector> {
        let texts = sums.len();
        let rows: Vec<[f32; RANK]> = sums.iter().map(|sum| sum.row).collect();
        let mut hidden = vec![[0.0; 2 * FIRST]; texts];
        for (hidden, sum) in hidden.iter_mut().zip(sums) {
            for ((hidden, mean), mark) in hidden.iter_mut().zip(&self.mean).zip(&self.marks) {
                *hidden = sum.tokens * mean + mark;
            }
        }
        self.basis.add(&rows, &mut hidden);
        let mut y0 = vec![[0.0; FIRST]; texts];
        let mut y1 = vec![[0.0; FIRST]; texts];
        for (text, sum) in sums.iter().enumerate() {
            let scale = (sum.tokens + MARKS).sqrt().recip();
            let (left, right) = hidden[text].split_at(FIRST);
            y0[text].iter_mut().zip(left).for_each(|(y, h)| *y = (h * scale).max(0.0));
            y1[text].iter_mut().zip(right).for_each(|(y, h)| *y = h * scale);
        }
        self.d1.add(&y0, &mut y1);
        rectify(&mut y1);
        let mut y2 = vec![[0.0; MIDDLE]; texts];
        self.d2.add(&y1, &mut y2);
        rectify(&mut y2);
        let mut z = vec![[0.0; LAST]; texts];
        self.p3.add(&y1, &mut z);
        self.d3.add(&y2, &mut z);
        bend(z.as_flattened_mut());
        let mut vectors = vec![[0.0; DIMENSIONS]; texts];
        self.turn.add(&z, &mut vectors);
        vectors.iter_mut().for_each(to_unit_length);
        vectors
    }
}

impl Layer {
    fn read(rest: &mut &[f32], rows: usize, columns: usize) -> Result<Self, ModelError> {
        let (weights, after) = rest.split_at_checked(rows * columns).ok_or(ModelError::Damaged)?;
        *rest = after;
        let block = |first: usize| {
            let row = move |row: &[f32]| std::array::from_fn(|column| row[first + column]);
            weights.chunks_exact(columns).map(row)
        };
        Ok(Self { rows, blocks: (0..columns).step_by(COLUMNS).flat_map(block).collect() })
    }

    /// Adds `x` times the matrix to `y`, a row for each text.
    fn add<const N: usize, const M: usize>(&self, x: &[[f32; N]], y: &mut [[f32; M]]) {
        let (x_tiles, x_rest) = x.as_chunks::<TILE>();
        let (y_tiles, y_rest) = y.as_chunks_mut::<TILE>();
        let x_tiles: Vec<[[f32; TILE]; N]> = x_tiles.iter().map(transpose).collect();
        let x_rest: Vec<[[f32; 1]; N]> = x_rest.iter().map(|x| transpose(std::array::from_ref(x))).collect();
        for (number, block) in self.blocks.chunks_exact(self.rows).enumerate() {
            for (x, y) in x_tiles.iter().zip(y_tiles.iter_mut()) {
                add_columns(block, x, y, number * COLUMNS);
            }
            for (x, y) in x_rest.iter().zip(y_rest.iter_mut()) {
                add_columns(block, x, std::array::from_mut(y), number * COLUMNS);
            }
        }
    }
}

fn transpose<const T: usize, const N: usize>(x: &[[f32; N]; T]) -> [[f32; T]; N] {
    std::array::from_fn(|row| std::array::from_fn(|text| x[text][row]))
}

/// Adds `x` times a block of columns to `y`, from column `first` on.
fn add_columns<const T: usize, const N: usize, const M: usize>(
    block: &[[f32; COLUMNS]],
    x: &[[f32; T]; N],
    y: &mut [[f32; M]; T],
    first: usize,
) {
    let sums = Arch::new().dispatch(
        #[inline(always)]
        || multiply(block, x),
    );
    for (sums, y) in sums.iter().zip(y) {
        for (y, sum) in y[first..].iter_mut().zip(sums) {
            *y += sum;
        }
    }
}

/// `x` times a block of columns.
#[inline(always)]
fn multiply<const T: usize>(block: &[[f32; COLUMNS]], x: &[[f32; T]]) -> [[f32; COLUMNS]; T] {
    let mut sums = [[0.0_f32; COLUMNS]; T];
    for (weights, x) in block.iter().zip(x) {
        for (sums, x) in sums.iter_mut().zip(x) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += x * weight);
        }
    }
    sums
}

fn rectify<const N: usize>(rows: &mut [[f32; N]]) {
    rows.as_flattened_mut().iter_mut().for_each(|value| *value = value.max(0.0));
}

fn to_unit_length(vector: &mut Vector) {
    let square: f32 = vector.iter().map(|value| value * value).sum();
    if square > 0.0 {
        let scale = square.sqrt().recip();
        vector.iter_mut().for_each(|value| *value *= scale);
    }
}

fn bend(values: &mut [f32]) {
    Arch::new().dispatch(
        #[inline(always)]
        || values.iter_mut().for_each(|value| *value = tanh(*value)),
    );
}

/// The hyperbolic tangent by Lambert's continued fraction, right to 1e-4: many at once, unlike the one of `std`.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-6.0, 6.0);
    let s = x * x;
    let above = x * (34_459_425.0 + s * (4_729_725.0 + s * (135_135.0 + s * (990.0 + s))));
    let below = 34_459_425.0 + s * (16_216_200.0 + s * (945_945.0 + s * (13_860.0 + s * 45.0)));
    (above / below).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tanh_is_near_that_of_std(x in -20.0_f32..20.0) {
            prop_assert!((tanh(x) - x.tanh()).abs() < 1e-4, "{} is not {}", tanh(x), x.tanh());
        }
    }
}
