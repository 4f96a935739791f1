//! Finds the cells of one record in a window of text.

use memchr::{memchr, memchr3};

/// Which bytes part cells and enclose them. Both are ASCII.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    pub delimiter: u8,
    pub quote: u8,
}

/// One cell: where its content lies, quotes left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub start: usize,
    pub end: usize,
    pub quoted: bool,
}

impl Field {
    /// The content, with doubled quotes made single and line ends made `\n`.
    pub fn text(self, bytes: &[u8], quote: u8) -> String {
        let text = String::from_utf8_lossy(&bytes[self.start..self.end]);
        if !self.quoted {
            return text.into_owned();
        }
        let mut text = text.into_owned();
        if memchr(quote, text.as_bytes()).is_some() {
            let quote = quote as char;
            text = text.replace(&format!("{quote}{quote}"), &quote.to_string());
        }
        match memchr(b'\r', text.as_bytes()) {
            Some(_) => text.replace("\r\n", "\n").replace('\r', "\n"),
            None => text,
        }
    }
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With a line end or the end of the text, after so many bytes.
    Closed(usize),
    /// The window ended first, inside quotes or not.
    More { quoted: bool },
    /// The text ended inside quotes.
    Unclosed,
    /// The caller took a stray quote for a sign of damage.
    Damaged,
}

/// Finds the cells of the record that begins `bytes`; `last` says that nothing follows.
///
/// A quote inside quotes that neither is doubled nor ends the cell is *stray*: `on_stray` gets its place and decides
/// whether the record is damaged; otherwise the quote belongs to the content.
pub fn scan(
    bytes: &[u8],
    dialect: Dialect,
    last: bool,
    cells: &mut Vec<Field>,
    mut on_stray: impl FnMut(usize) -> bool,
) -> Ending {
    cells.clear();
    let mut at = 0;
    loop {
        let quoted = bytes.get(at) == Some(&dialect.quote);
        let (field, next) = if quoted {
            match quoted_end(bytes, at + 1, dialect, last, &mut on_stray) {
                Ok(end) => (Field { start: at + 1, end, quoted }, end + 1),
                Err(ending) => return ending,
            }
        } else {
            match memchr3(dialect.delimiter, b'\n', b'\r', &bytes[at..]) {
                Some(len) => (Field { start: at, end: at + len, quoted }, at + len),
                None if last => (Field { start: at, end: bytes.len(), quoted }, bytes.len()),
                None => return Ending::More { quoted },
            }
        };
        cells.push(field);
        match bytes.get(next) {
            Some(&byte) if byte == dialect.delimiter => at = next + 1,
            Some(b'\r') if next + 1 == bytes.len() && !last => return Ending::More { quoted: false },
            Some(b'\r') if bytes.get(next + 1) == Some(&b'\n') => return Ending::Closed(next + 2),
            Some(_) => return Ending::Closed(next + 1),
            None => return Ending::Closed(next),
        }
    }
}

/// Where the content of a quoted cell ends.
fn quoted_end(
    bytes: &[u8],
    start: usize,
    dialect: Dialect,
    last: bool,
    on_stray: &mut impl FnMut(usize) -> bool,
) -> Result<usize, Ending> {
    let mut at = start;
    loop {
        let Some(len) = memchr(dialect.quote, &bytes[at..]) else {
            return Err(if last { Ending::Unclosed } else { Ending::More { quoted: true } });
        };
        let quote = at + len;
        match bytes.get(quote + 1) {
            None if last => return Ok(quote),
            None => return Err(Ending::More { quoted: true }),
            Some(&byte) if byte == dialect.delimiter || byte == b'\n' || byte == b'\r' => return Ok(quote),
            Some(&byte) if byte == dialect.quote => at = quote + 2,
            Some(_) if on_stray(quote) => return Err(Ending::Damaged),
            Some(_) => at = quote + 1,
        }
    }
}
