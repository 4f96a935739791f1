//! The file format of models: named sections, each with a checksum.
//!
//! | bytes | what |
//! |---|---|
//! | 7 | `OTKLIK` and a zero |
//! | 1 | version of the format |
//! | 8 | what the model is, ASCII, filled up with zeros |
//! | 4 | number of sections |
//! | 12 each | name of a section (4 ASCII), its length in bytes, CRC-32 of its bytes |
//! | … | the sections one after another |
//!
//! Numbers are little-endian; lengths and counts are `u32`.

/// The only version of the format so far.
const VERSION: u8 = 1;
const MAGIC: &[u8; 7] = b"OTKLIK\0";
const HEADER_BYTES: usize = 20;
const ENTRY_BYTES: usize = 12;

/// Name of a section.
pub(crate) type Name = [u8; 4];

/// What a model is.
pub(crate) type Kind = [u8; 8];

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes do not begin like a model, or are of another kind of model.
    #[error("not a model of this kind")]
    Kind,
    /// Written by a newer version of the program.
    #[error("the model has format {0}, which this version cannot read")]
    Version(u8),
    /// Cut short, changed, or not what its parts say of each other.
    #[error("the model is damaged")]
    Damaged,
}

impl ModelError {
    /// The stable name of the error.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "model_kind",
            Self::Version(_) => "model_version",
            Self::Damaged => "model_damaged",
        }
    }
}

/// The sections of a model, checked.
pub(crate) struct Archive<'a> {
    sections: Vec<(Name, &'a [u8])>,
}

impl<'a> Archive<'a> {
    pub fn read(bytes: &'a [u8], kind: Kind) -> Result<Self, ModelError> {
        let (header, rest) = bytes.split_at_checked(HEADER_BYTES).ok_or(ModelError::Kind)?;
        if &header[..7] != MAGIC || header[8..16] != kind {
            return Err(ModelError::Kind);
        }
        if header[7] != VERSION {
            return Err(ModelError::Version(header[7]));
        }
        let count = read_u32(&header[16..]) as usize;
        let table_bytes = count.checked_mul(ENTRY_BYTES).ok_or(ModelError::Damaged)?;
        let (table, mut rest) = rest.split_at_checked(table_bytes).ok_or(ModelError::Damaged)?;
        let mut sections = Vec::with_capacity(count);
        for entry in table.chunks_exact(ENTRY_BYTES) {
            let length = read_u32(&entry[4..]) as usize;
            let (section, after) = rest.split_at_checked(length).ok_or(ModelError::Damaged)?;
            if crc32fast::hash(section) != read_u32(&entry[8..]) {
                return Err(ModelError::Damaged);
            }
            sections.push(([entry[0], entry[1], entry[2], entry[3]], section));
            rest = after;
        }
        if rest.is_empty() { Ok(Self { sections }) } else { Err(ModelError::Damaged) }
    }

    /// The bytes of a section; a whole model has all sections of its kind.
    pub fn section(&self, name: &Name) -> Result<&'a [u8], ModelError> {
        let found = self.sections.iter().find(|(own, _)| own == name);
        found.map(|(_, section)| *section).ok_or(ModelError::Damaged)
    }

    pub fn floats(&self, name: &Name) -> Result<Vec<f32>, ModelError> {
        let numbers = whole(self.section(name)?.as_chunks::<4>())?;
        Ok(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    pub fn counts(&self, name: &Name) -> Result<Vec<u32>, ModelError> {
        let numbers = whole(self.section(name)?.as_chunks::<4>())?;
        Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    /// Numbers of two bytes (IEEE 754 binary16).
    pub fn halves(&self, name: &Name) -> Result<Vec<f32>, ModelError> {
        let numbers = whole(self.section(name)?.as_chunks::<2>())?;
        Ok(numbers.iter().map(|bytes| half(u16::from_le_bytes(*bytes))).collect())
    }
}

/// Writes the sections of a model.
pub(crate) fn write(kind: Kind, sections: &[(Name, Vec<u8>)]) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = [&MAGIC[..], &[VERSION], &kind, &length(sections.len())].concat();
    for (name, section) in sections {
        bytes.extend(name);
        bytes.extend(length(section.len()));
        bytes.extend(crc32fast::hash(section).to_le_bytes());
    }
    sections.iter().for_each(|(_, section)| bytes.extend(section));
    bytes
}

fn whole<'a, const N: usize>((numbers, more): (&'a [[u8; N]], &[u8])) -> Result<&'a [[u8; N]], ModelError> {
    if more.is_empty() { Ok(numbers) } else { Err(ModelError::Damaged) }
}

fn read_u32(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// The value of an IEEE 754 binary16 number; models hold no infinities.
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    match exponent {
        0 => sign * fraction * 2_f32.powi(-24),
        _ => sign * (1024.0 + fraction) * 2_f32.powi(exponent - 25),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KIND: Kind = *b"test\0\0\0\0";

    #[test]
    fn halves_are_read() {
        for (bits, value) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0, 0.0)]
        {
            assert_eq!(half(bits), value, "{bits:x}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let whole = write(KIND, &[(*b"data", vec![1, 2, 3, 4])]);
        let error = |bytes: &[u8]| Archive::read(bytes, KIND).err();
        assert_eq!(error(&whole), None);
        assert_eq!(error(b"id,text\n"), Some(ModelError::Kind));
        assert_eq!(Archive::read(&whole, *b"other\0\0\0").err(), Some(ModelError::Kind));
        assert_eq!(error(&whole[..whole.len() - 1]), Some(ModelError::Damaged));
        let newer = [&whole[..7], &[9], &whole[8..]].concat();
        assert_eq!(error(&newer), Some(ModelError::Version(9)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(sections in prop::collection::vec((any::<Name>(), any::<Vec<u8>>()), 0..4)) {
            let bytes = write(KIND, &sections);
            let archive = Archive::read(&bytes, KIND).unwrap();
            for (name, _) in &sections {
                let first = sections.iter().find(|(other, _)| other == name).unwrap();
                prop_assert_eq!(archive.section(name).unwrap(), &first.1[..]);
            }
        }

        #[test]
        fn a_changed_byte_is_noticed(bytes in any::<Vec<u8>>(), at in 0..60_usize, change in 1..=u8::MAX) {
            prop_assert!(Archive::read(&bytes, KIND).is_err());
            let mut whole = write(KIND, &[(*b"data", bytes)]);
            if let Some(byte) = whole.get_mut(at) {
                *byte ^= change;
                let section = Archive::read(&whole, KIND).and_then(|archive| archive.section(b"data").map(<[u8]>::len));
                prop_assert!(section.is_err());
            }
        }
    }
}
