//! The beginning of a file, and a stretch of it that shows the encoding.

use crate::files::error::FileError;
use crate::files::format::Compression;
use crate::files::input::{Input, unpack};
use crate::files::limits::Limits;
use std::io::{self, Read};

const HEAD_BYTES: usize = 512 << 10;
/// How far to look for a first byte that is not ASCII.
const SEARCHED_BYTES: usize = 64 << 20;

/// What detection looks at.
pub struct Sample {
    /// The first bytes, unpacked.
    pub head: Vec<u8>,
    /// The head is the whole file.
    pub complete: bool,
    /// Where the head is plain ASCII: the first stretch of the file that is not. Exports often begin with rows of
    /// codes and figures, and only a later word tells the encoding.
    pub telling: Option<Vec<u8>>,
}

impl Sample {
    pub fn read(input: &mut dyn Input, compression: Compression, limits: &Limits) -> Result<Self, FileError> {
        let mut stream = unpack(input, compression, limits);
        let mut head = Vec::new();
        let complete = match stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head) {
            Ok(count) => count < HEAD_BYTES,
            // A stream cut short still shows its beginning; the reader will report the end.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !head.is_empty() => false,
            Err(error) => return Err(error.into()),
        };
        let telling = if complete || !head.is_ascii() { None } else { find_telling(&mut *stream)? };
        Ok(Self { head, complete, telling })
    }
}

fn find_telling(stream: &mut dyn Read) -> Result<Option<Vec<u8>>, FileError> {
    let mut chunk = vec![0; HEAD_BYTES];
    let mut searched = 0;
    while searched < SEARCHED_BYTES {
        let count = match stream.read(&mut chunk) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(error.into()),
        };
        if count == 0 {
            return Ok(None);
        }
        searched += count;
        if let Some(at) = chunk[..count].iter().position(|byte| !byte.is_ascii()) {
            let mut telling = chunk[at..count].to_vec();
            stream.take(HEAD_BYTES as u64).read_to_end(&mut telling)?;
            return Ok(Some(telling));
        }
    }
    Ok(None)
}
