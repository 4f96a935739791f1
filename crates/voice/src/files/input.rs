//! The bytes of a file: size checked, unpacked, counted while they flow.

use super::error::{FileError, Part};
use super::format::Compression;
use super::limits::Limits;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a file comes from: a file on disk, an upload, bytes in memory.
pub trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

/// Refuses a file that is too large or empty, and goes to its start. Returns its size.
pub(super) fn check_size(input: &mut dyn Input, limits: &Limits) -> Result<u64, FileError> {
    let bytes = input.seek(SeekFrom::End(0))?;
    input.rewind()?;
    match bytes {
        0 => Err(FileError::Empty),
        _ if bytes > limits.file_bytes => {
            Err(FileError::TooLarge { what: Part::File, limit: limits.file_bytes })
        }
        _ => Ok(bytes),
    }
}

/// The unpacked bytes of an input that stands at its start.
pub(super) fn unpack<'a>(
    input: impl Read + Send + 'a,
    compression: Compression,
    limits: &Limits,
) -> Box<dyn Read + Send + 'a> {
    match compression {
        Compression::None => Box::new(input),
        Compression::Gzip => {
            let packed = Arc::new(AtomicU64::new(0));
            let counted = Counted { inner: input, read: Arc::clone(&packed) };
            let gzip = MultiGzDecoder::new(BufReader::new(counted));
            Box::new(Guarded { gzip, packed, unpacked: 0, limits: limits.clone() })
        }
    }
}

/// Counts what is read through it.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buf)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Stops a gzip stream that unpacks to more than it may.
struct Guarded<R> {
    gzip: MultiGzDecoder<R>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.gzip.read(buf)?;
        self.unpacked += count as u64;
        check_unpacked(
            self.unpacked,
            self.packed.load(Ordering::Relaxed),
            self.limits.unpacked_bytes,
            Part::Unpacked,
            &self.limits,
        )?;
        Ok(count)
    }
}

/// Refuses what has grown past its limit, or past any plausible ratio to the packed bytes.
pub(super) fn check_unpacked(
    unpacked: u64,
    packed: u64,
    limit: u64,
    what: Part,
    limits: &Limits,
) -> Result<(), FileError> {
    let ratio = limits.unpack_ratio;
    if unpacked > limits.ratio_from_bytes && unpacked > packed.saturating_mul(ratio) {
        return Err(FileError::Bomb { ratio });
    }
    if unpacked > limit {
        return Err(FileError::TooLarge { what, limit });
    }
    Ok(())
}
