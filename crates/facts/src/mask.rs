//! A byte for each of some rows, and lists of rows made of them.

/// 1 for a row that passes, else 0: bytes, because a processor compares 16 of them at once.
#[derive(Debug, Default)]
pub struct Mask {
    bytes: Vec<u8>,
}

/// A number of eight bits: the positions of those that are set, from the lowest, then zeros; and how many there are.
#[derive(Clone, Copy)]
struct Bits {
    positions: [u8; 8],
    count: u8,
}

/// All numbers of eight bits.
static BITS: [Bits; 256] = {
    let mut table = [Bits { positions: [0; 8], count: 0 }; 256];
    let mut number = 0;
    while number < 256 {
        let mut position = 0;
        while position < 8 {
            if number >> position & 1 == 1 {
                let bits = &mut table[number];
                bits.positions[bits.count as usize] = position;
                bits.count += 1;
            }
            position += 1;
        }
        number += 1;
    }
    table
};

/// Times a word whose bytes are 0 or 1: byte n of the word becomes bit n of the highest byte.
const GATHER_BITS: u64 = 0x0102_0408_1020_4080;

impl Mask {
    /// The bytes, none of them left from before.
    pub fn cleared(&mut self) -> &mut Vec<u8> {
        self.bytes.clear();
        &mut self.bytes
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    pub fn passes(&self, position: usize) -> bool {
        self.bytes[position] != 0
    }

    /// How many rows pass.
    pub fn count(&self) -> usize {
        // Sums of few enough bytes fit a byte, which keeps 16 of them in one register.
        let sum = |bytes: &[u8]| bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
        self.bytes.chunks(255).map(|bytes| usize::from(sum(bytes))).sum()
    }

    /// Rows pass if they pass both.
    pub fn and(&mut self, other: &Self) {
        self.bytes.iter_mut().zip(&other.bytes).for_each(|(passes, other)| *passes &= other);
    }

    /// Rows pass if they pass either.
    pub fn or(&mut self, other: &Self) {
        self.bytes.iter_mut().zip(&other.bytes).for_each(|(passes, other)| *passes |= other);
    }

    /// Rows pass if they did not.
    pub fn negate(&mut self) {
        self.bytes.iter_mut().for_each(|passes| *passes ^= 1);
    }

    /// Lists the rows that pass, the first of all being row `start`.
    pub fn list(&self, start: usize, rows: &mut Vec<u16>) {
        rows.resize(self.bytes.len() + 8, 0);
        let (chunks, rest) = self.bytes.as_chunks::<64>();
        let mut listed = 0;
        for (chunk, bytes) in chunks.iter().enumerate() {
            listed += list_chunk(start + chunk * 64, bytes, &mut rows[listed..]);
        }
        let mut padded = [0; 64];
        padded[..rest.len()].copy_from_slice(rest);
        listed += list_chunk(start + chunks.len() * 64, &padded, &mut rows[listed..]);
        rows.truncate(listed);
    }
}

/// Lists the rows of a chunk that pass, and says how many they are; wants room for eight rows more.
fn list_chunk(start: usize, bytes: &[u8; 64], rows: &mut [u16]) -> usize {
    // Many masks are sparse: nothing in 64 rows is a few instructions.
    if bytes.iter().fold(0, |any, byte| any | byte) == 0 {
        return 0;
    }
    let mut listed = 0;
    for (eight, bytes) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let number = u64::from_le_bytes(*bytes).wrapping_mul(GATHER_BITS) >> 56;
        let Bits { positions, count } = &BITS[number as usize];
        let base = (start + eight * 8) as u16;
        // All eight are written, those that do not pass to be overwritten by the next: no branch to be guessed wrong.
        if let Some((places, _)) = rows[listed..].split_first_chunk_mut::<8>() {
            *places = positions.map(|position| base.wrapping_add(position.into()));
        }
        listed += usize::from(*count);
    }
    listed
}

/// Keeps of a list of rows those that pass, without a branch to be guessed wrong.
pub fn retain(rows: &mut Vec<u16>, passes: impl Fn(u16) -> bool) {
    let mut kept = 0;
    for place in 0..rows.len() {
        let row = rows[place];
        rows[kept] = row;
        kept += usize::from(passes(row));
    }
    rows.truncate(kept);
}

/// Lists of these rows those that pass.
pub fn filter(rows: &[u16], passing: &mut Vec<u16>, passes: impl Fn(u16) -> bool) {
    passing.clear();
    let (chunks, rest) = rows.as_chunks::<8>();
    for eight in chunks {
        let (mut places, mut kept) = ([0; 8], 0);
        for &row in eight {
            places[kept % 8] = row;
            kept += usize::from(passes(row));
        }
        let listed = passing.len();
        passing.extend_from_slice(&places);
        passing.truncate(listed + kept);
    }
    passing.extend(rest.iter().filter(|row| passes(**row)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_the_rows_that_pass() {
        for len in [0, 1, 7, 8, 63, 64, 65, 1000] {
            for step in [1, 2, 3, 61, 200] {
                let mut mask = Mask::default();
                mask.cleared().extend((0..len).map(|row| u8::from(row % step == 0)));
                let expected: Vec<u16> =
                    (0..len as u16).filter(|row| usize::from(*row) % step == 0).collect();
                let mut rows = vec![9; 3];
                mask.list(0, &mut rows);
                assert_eq!(rows, expected);
                assert_eq!(mask.count(), expected.len());
                mask.list(64_000, &mut rows);
                let moved: Vec<u16> = expected.iter().map(|row| row + 64_000).collect();
                assert_eq!(rows, moved);
                let fifths: Vec<u16> = moved.iter().copied().filter(|row| row % 5 == 0).collect();
                let mut filtered = vec![9; 3];
                filter(&rows, &mut filtered, |row| row % 5 == 0);
                retain(&mut rows, |row| row % 5 == 0);
                assert_eq!((rows, filtered), (fifths.clone(), fifths));
            }
        }
    }

    #[test]
    fn the_last_row_of_a_full_segment_is_listed() {
        let mut mask = Mask::default();
        mask.cleared().resize(1 << 16, 1);
        let mut rows = Vec::new();
        mask.list(0, &mut rows);
        assert!(rows.into_iter().eq(0..=u16::MAX));
        assert_eq!(mask.count(), 1 << 16);
    }
}
