//! Looks at a workbook before anything is loaded: what does it unpack to, and does it lie about itself?

use crate::files::error::{Damage, FileError, Part};
use crate::files::input::{Input, check_unpacked};
use crate::files::limits::Limits;
use memchr::{memchr, memmem, memrchr};
use std::io::{Read, SeekFrom};
use zip::ZipArchive;

/// A value of a cell can be no longer than this inside the XML of a workbook; Excel stops at 32,767 characters.
const VALUE_BYTES: usize = 16 << 20;
/// The shortest string in a list of strings, `<si/>`.
const STRING_BYTES_MIN: u64 = 5;

/// Unpacks every part of the workbook into nothing and refuses what goes past a limit. Leaves the input at its start.
pub fn check_workbook(input: &mut dyn Input, packed: u64, limits: &Limits) -> Result<(), FileError> {
    check_part_count(input, packed, limits)?;
    let mut archive = ZipArchive::new(&mut *input).map_err(damaged)?;
    if !archive.file_names_raw().any(|name| name == b"[Content_Types].xml") {
        return Err(FileError::Unsupported { what: "zip" });
    }
    if !archive.file_names_raw().any(|name| name.starts_with(b"xl/")) {
        return Err(FileError::Unsupported { what: "zip" });
    }
    let mut unpacked = 0;
    let mut buffer = vec![0; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let mut strings = name.ends_with("sharedstrings.xml").then(StringCount::default);
        let mut bytes = 0u64;
        let mut value_bytes = 0;
        loop {
            let count = part.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            let chunk = &buffer[..count];
            bytes += count as u64;
            unpacked += count as u64;
            check_unpacked(unpacked, packed, limits.workbook_bytes, Part::Workbook, limits)?;
            if name.ends_with(".xml") {
                value_bytes = longest_value(chunk, value_bytes)?;
            }
            if let Some(strings) = &mut strings {
                check_unpacked(bytes, packed, limits.workbook_strings_bytes, Part::WorkbookStrings, limits)?;
                strings.look(chunk);
            }
        }
        if strings.is_some_and(|strings| strings.claimed > bytes / STRING_BYTES_MIN + 1) {
            return Err(FileError::Damaged { what: Damage::Strings });
        }
    }
    drop(archive);
    input.rewind()?;
    Ok(())
}

/// Reads the number of parts from the end of the archive, before its directory is loaded.
fn check_part_count(input: &mut dyn Input, packed: u64, limits: &Limits) -> Result<(), FileError> {
    const TAIL_BYTES: u64 = 22 + u16::MAX as u64 + 20;
    input.seek(SeekFrom::Start(packed.saturating_sub(TAIL_BYTES)))?;
    let mut tail = Vec::new();
    input.take(TAIL_BYTES).read_to_end(&mut tail)?;
    input.rewind()?;
    let end = memmem::rfind(&tail, b"PK\x05\x06").and_then(|at| tail.get(at..at + 22).map(|end| (at, end)));
    let (at, end) = end.ok_or(FileError::Damaged { what: Damage::CutOff })?;
    // A 64-bit directory is for archives of more than 65,535 parts or 4 GiB: past every limit here.
    let is_64_bit = tail[..at].len() >= 20 && tail[at - 20..].starts_with(b"PK\x06\x07");
    let count = usize::from(u16::from_le_bytes([end[10], end[11]]));
    if is_64_bit || count > limits.workbook_parts {
        return Err(FileError::TooLarge { what: Part::WorkbookParts, limit: limits.workbook_parts as u64 });
    }
    Ok(())
}

/// The bytes since the last `<` at the end of the chunk, given those before it.
fn longest_value(chunk: &[u8], before: usize) -> Result<usize, FileError> {
    let first = before + memchr(b'<', chunk).unwrap_or(chunk.len());
    if first > VALUE_BYTES {
        return Err(FileError::TooLarge { what: Part::WorkbookCell, limit: VALUE_BYTES as u64 });
    }
    Ok(memrchr(b'<', chunk).map_or(first, |at| chunk.len() - at))
}

/// How many strings a list of strings claims to have: memory is reserved for that many before one is read.
#[derive(Default)]
struct StringCount {
    claimed: u64,
    tail: Vec<u8>,
}

impl StringCount {
    const NAME: &'static [u8] = b"uniqueCount";
    const NUMBER_BYTES: usize = 64;

    fn look(&mut self, chunk: &[u8]) {
        self.tail.extend_from_slice(chunk);
        for at in memmem::find_iter(&self.tail, Self::NAME) {
            let rest = &self.tail[at + Self::NAME.len()..];
            let digits = rest
                .iter()
                .skip_while(|byte| matches!(byte, b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n'));
            let claimed = digits
                .take_while(|byte| byte.is_ascii_digit())
                .fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            self.claimed = self.claimed.max(claimed);
        }
        let kept = self.tail.len().min(Self::NAME.len() + Self::NUMBER_BYTES);
        self.tail.drain(..self.tail.len() - kept);
    }
}

fn damaged(error: zip::result::ZipError) -> FileError {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
            FileError::Damaged { what: Damage::Password }
        }
        _ => FileError::Damaged { what: Damage::Archive },
    }
}
