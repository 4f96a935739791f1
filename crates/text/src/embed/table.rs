//! The rows of all units, four bits a value.

use crate::archive::{Archive, ModelError};
use pulp::Arch;

/// Values of a row.
pub(super) const RANK: usize = 256;

/// Values that share a scale; the low nibbles of their bytes hold the first half of them, the high ones the second.
const GROUP: usize = 32;
const GROUP_BYTES: usize = GROUP / 2;
const GROUPS: usize = RANK / GROUP;
const ROW_BYTES: usize = RANK / 2;

/// A nibble stands for itself less this, times the scale of its group.
const MIDDLE: f32 = 8.0;

pub(super) struct Table {
    rows: &'static [[u8; ROW_BYTES]],
    scales: Vec<f32>,
    /// Tokens of the teacher that each unit stands for.
    tokens: &'static [u8],
}

/// The sum of a text's rows.
pub(super) struct Sum {
    pub row: [f32; RANK],
    /// Tokens of the teacher in the text.
    pub tokens: f32,
}

impl Table {
    /// Reads the rows (`rows`), the scales of their groups (`scal`) and the tokens (`ntok`) of `units` units.
    pub fn read(archive: &Archive<'static>, units: usize) -> Result<Self, ModelError> {
        let (rows, more) = archive.section(b"rows")?.as_chunks();
        let table = Self { rows, scales: archive.halves(b"scal")?, tokens: archive.section(b"ntok")? };
        let whole = more.is_empty()
            && rows.len() == units
            && table.scales.len() == units * GROUPS
            && table.tokens.len() == units;
        if whole { Ok(table) } else { Err(ModelError::Damaged) }
    }

    /// The sum of the rows of `units`.
    pub fn sum(&self, units: &[u32]) -> Sum {
        Arch::new().dispatch(
            #[inline(always)]
            || self.add_up(units),
        )
    }

    #[inline(always)]
    fn add_up(&self, units: &[u32]) -> Sum {
        let mut sum = Sum { row: [0.0; RANK], tokens: 0.0 };
        let mut middles = [0.0; GROUPS];
        for unit in units.iter().map(|unit| *unit as usize) {
            sum.tokens += f32::from(self.tokens[unit]);
            let scales = &self.scales[unit * GROUPS..][..GROUPS];
            let groups = self.rows[unit].as_chunks::<GROUP_BYTES>().0;
            let sums = sum.row.as_chunks_mut::<GROUP>().0;
            for (group, ((nibbles, scale), values)) in groups.iter().zip(scales).zip(sums).enumerate() {
                middles[group] += MIDDLE * scale;
                let (low, high) = values.split_at_mut(GROUP_BYTES);
                for ((low, high), nibble) in low.iter_mut().zip(high).zip(nibbles) {
                    *low += scale * f32::from(nibble & 15);
                    *high += scale * f32::from(nibble >> 4);
                }
            }
        }
        for (values, middle) in sum.row.as_chunks_mut::<GROUP>().0.iter_mut().zip(middles) {
            values.iter_mut().for_each(|value| *value -= middle);
        }
        sum
    }
}
