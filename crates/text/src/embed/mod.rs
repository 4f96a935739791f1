//! Sentence vectors: what a text means, as 256 numbers (T6, T7).
//!
//! A table holds a row for each of about 83,000 units, words and pieces of words of Russian and English. The rows of a
//! text are added up, and a small network makes the vector of the sum. Rows and network were distilled from a larger
//! encoder by `tools/embedding`; `models/MODEL_CARD.md` says from what, and how good they are.

mod network;
mod quantise;
mod runs;
mod table;
mod units;

pub use quantise::{Quantised, quantise, similarity};

use crate::archive::{Archive, ModelError};
use network::{Network, TOGETHER};
use std::sync::LazyLock;
use table::{Sum, Table};
use units::Units;

/// Numbers of a vector.
pub const DIMENSIONS: usize = 256;

/// What a text means: a vector of length 1, or zeros for a text without words of ours.
///
/// The dot product of two vectors, from -1 to 1, says how alike two texts are.
pub type Vector = [f32; DIMENSIONS];

/// The model in the binary; a test reads it, so that it is whole.
static SHIPPED: LazyLock<Embedding> =
    LazyLock::new(|| Embedding::read(SHIPPED_BYTES).expect("the shipped model is whole"));

static SHIPPED_BYTES: &[u8] = include_bytes!("../../models/embedding.bin");

struct Embedding {
    units: Units,
    table: Table,
    network: Network,
}

/// The vector of `text`: see [`Vector`].
///
/// Reads the whole text in one pass; no input fails. The first call of a program reads the model.
///
/// `embed("карта заблокирована")` and `embed("my card is blocked")` have the dot product 0.76, with
/// `embed("обслуживание отличное")` the first has 0.07.
pub fn embed(text: &str) -> Vector {
    SHIPPED.run(&[text]).first().copied().unwrap_or([0.0; DIMENSIONS])
}

/// The vectors of many texts, about three times as fast as one by one.
pub fn embed_all(texts: &[&str]) -> Vec<Vector> {
    texts.chunks(TOGETHER).flat_map(|texts| SHIPPED.run(texts)).collect()
}

impl Embedding {
    fn read(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let archive = Archive::read(bytes, *b"embed\0\0\0")?;
        let units = Units::read(&archive)?;
        let table = Table::read(&archive, units.len())?;
        Ok(Self { units, table, network: Network::read(&archive)? })
    }

    /// The vectors of up to [`TOGETHER`] texts.
    fn run(&self, texts: &[&str]) -> Vec<Vector> {
        let units: Vec<Vec<u32>> = texts.iter().map(|text| self.units_of(text)).collect();
        let sums: Vec<Sum> = units.iter().map(|units| self.table.sum(units)).collect();
        let mut vectors = self.network.run(&sums);
        for (vector, _) in vectors.iter_mut().zip(&units).filter(|(_, units)| units.is_empty()) {
            *vector = [0.0; DIMENSIONS];
        }
        vectors
    }

    fn units_of(&self, text: &str) -> Vec<u32> {
        let mut units = Vec::new();
        runs::for_each(text, |run| self.units.find(run, &mut units));
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        assert!(Embedding::read(SHIPPED_BYTES).is_ok());
        assert!(Embedding::read(&SHIPPED_BYTES[..9_000_000]).is_err());
    }

    #[test]
    fn one_by_one_is_all_at_once() {
        let texts = ["карта не работает", "", "card does not work", "???", "спасибо", "[phone]"];
        let all = embed_all(&texts);
        for (text, vector) in texts.iter().zip(&all) {
            assert_eq!(embed(text), *vector, "{text}");
        }
        assert_eq!(all[1], [0.0; DIMENSIONS]);
        assert_eq!(all[5], [0.0; DIMENSIONS]);
    }
}
