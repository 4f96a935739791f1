//! Containers and foreign formats, known by their first bytes.

use crate::files::error::FileError;
use crate::files::input::Input;
use std::io::Read;

/// What the bytes of a file are wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Text,
    Gzip,
    Zip,
}

/// The container of an input that stands at its start, where it is left again.
pub fn container(input: &mut dyn Input) -> Result<Container, FileError> {
    let mut head = Vec::new();
    input.take(8).read_to_end(&mut head)?;
    input.rewind()?;
    if let Some(what) = unsupported(&head) {
        return Err(FileError::Unsupported { what });
    }
    Ok(match head.as_slice() {
        [b'P', b'K', 3, 4, ..] => Container::Zip,
        [0x1f, 0x8b, ..] => Container::Gzip,
        _ => Container::Text,
    })
}

/// The name of a format that is not read, by its first bytes.
pub fn unsupported(head: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 11] = [
        (b"%PDF", "pdf"),
        (b"PAR1", "parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"Rar!", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\xfd7zXZ\0", "xz"),
        (b"BZh", "bzip2"),
        (b"\x89PNG", "png"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"SQLite f", "sqlite"),
    ];
    KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name)
}

/// The name of a text format that is not read.
pub fn unsupported_text(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Some("html")
    } else if start.starts_with("<?xml") {
        Some("xml")
    } else if start.starts_with("{\\rtf") {
        Some("rtf")
    } else {
        None
    }
}
