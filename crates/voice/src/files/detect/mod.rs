//! What is this file? Answered from its content; the name proves nothing.

mod charset;
mod delimiter;
mod json;
mod magic;
mod sample;

use super::error::FileError;
use super::format::{Charset, Compression, Format, Kind};
use super::input::{Input, check_size};
use super::limits::Limits;
use super::xlsx::{check_workbook, first_sheet, list_sheets};
use magic::Container;
use sample::Sample;

/// Detects the format of a file, and leaves the file at its start.
///
/// A workbook answers with its first visible sheet that has a header and a row below it; where none has, with the first
/// that has a value.
///
/// # Errors
/// [`FileError`]: empty, too large, a bomb, not a format of feedback files, NUL bytes throughout, damaged.
pub fn detect(input: &mut dyn Input, limits: &Limits) -> Result<Format, FileError> {
    let bytes = check_size(input, limits)?;
    let container = magic::container(input)?;
    let format = match container {
        Container::Zip => {
            check_workbook(input, bytes, limits)?;
            let sheet = first_sheet(input)?.ok_or(FileError::Empty)?;
            Format {
                kind: Kind::Xlsx { sheet },
                encoding: Charset::UTF_8,
                bom: false,
                compression: Compression::None,
            }
        }
        Container::Gzip => text_format(input, Compression::Gzip, limits)?,
        Container::Text => text_format(input, Compression::None, limits)?,
    };
    input.rewind()?;
    Ok(format)
}

/// The visible sheets of a workbook, for the user to choose another.
///
/// # Errors
/// [`FileError`], as of [`detect`].
pub fn sheets(input: &mut dyn Input, limits: &Limits) -> Result<Vec<String>, FileError> {
    let bytes = check_size(input, limits)?;
    check_workbook(input, bytes, limits)?;
    let sheets = list_sheets(input)?;
    input.rewind()?;
    Ok(sheets)
}

fn text_format(
    input: &mut dyn Input,
    compression: Compression,
    limits: &Limits,
) -> Result<Format, FileError> {
    let sample = Sample::read(input, compression, limits)?;
    if let Some(what) = magic::unsupported(&sample.head) {
        return Err(FileError::Unsupported { what });
    }
    let (encoding, bom) = charset::detect(&sample);
    let text = charset::decode(&sample, encoding);
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
        return Err(if text.contains('\0') { FileError::NulBytes } else { FileError::Empty });
    }
    charset::refuse_nul(&text)?;
    if let Some(what) = magic::unsupported_text(&text) {
        return Err(FileError::Unsupported { what });
    }
    let kind = match json::detect(&text, sample.complete) {
        Some(kind) => kind,
        None => delimiter::detect(&text, sample.complete),
    };
    Ok(Format { kind, encoding, bom, compression })
}
