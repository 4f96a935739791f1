//! How much a file may ask of the machine before it is refused.

/// The bounds of one file. Every number is a refusal with a code of its own, never a slow death.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The file as it was given, packed or not.
    pub file_bytes: u64,
    /// What a gzip stream may unpack to.
    pub unpacked_bytes: u64,
    /// How many times larger than the packed bytes the unpacked may be, once past
    /// [`Limits::ratio_from_bytes`]. Exports of real feedback pack 3 to 20 times, a bomb 200 to 1,000 times.
    pub unpack_ratio: u64,
    /// Below this unpacked size the ratio says nothing: a small file of equal rows packs very well.
    pub ratio_from_bytes: u64,
    /// One row as it stands in the file, quotes and brackets included.
    pub row_bytes: usize,
    /// One cell.
    pub cell_bytes: usize,
    /// Columns of the file.
    pub columns: usize,
    /// All parts of a workbook together, unpacked.
    pub workbook_bytes: u64,
    /// The strings of a workbook: the one part that is held in memory whole.
    pub workbook_strings_bytes: u64,
    /// Parts (entries) of a workbook.
    pub workbook_parts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            unpacked_bytes: 8 << 30,
            unpack_ratio: 100,
            ratio_from_bytes: 32 << 20,
            row_bytes: 2 << 20,
            cell_bytes: 256 << 10,
            columns: 500,
            workbook_bytes: 1 << 30,
            workbook_strings_bytes: 256 << 20,
            workbook_parts: 10_000,
        }
    }
}
