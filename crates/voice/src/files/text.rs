//! A window of decoded text that slides over the file.

use super::error::FileError;
use super::format::Charset;
use encoding_rs::{Decoder, DecoderResult};
use std::collections::VecDeque;
use std::io::Read;

const CHUNK_BYTES: usize = 64 << 10;

/// Text of any encoding as UTF-8, a window at a time.
///
/// The reader looks at [`Text::bytes`], asks for more with [`Text::fill`] and lets go with [`Text::consume`]. Bytes
/// that are no characters become U+FFFD, and the place is remembered for [`Text::is_damaged`].
pub(super) struct Text {
    source: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    window: Vec<u8>,
    start: usize,
    /// Where the window begins in the decoded text.
    offset: u64,
    damaged: VecDeque<u64>,
    finished: bool,
}

impl Text {
    pub fn new(source: Box<dyn Read + Send>, charset: Charset) -> Self {
        Self {
            source,
            decoder: charset.0.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK_BYTES],
            window: Vec::new(),
            start: 0,
            offset: 0,
            damaged: VecDeque::new(),
            finished: false,
        }
    }

    /// The decoded text not yet consumed, cut between characters.
    pub fn bytes(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Nothing follows [`Text::bytes`].
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// Reads until at least `len` bytes are in the window, or the text ends.
    pub fn fill(&mut self, len: usize) -> Result<(), FileError> {
        while !self.finished && self.bytes().len() < len {
            let count = self.source.read(&mut self.raw)?;
            self.finished = count == 0;
            self.decode(count);
        }
        Ok(())
    }

    /// Lets the first `len` bytes go.
    pub fn consume(&mut self, len: usize) {
        self.start += len;
        self.offset += len as u64;
        while self.damaged.front().is_some_and(|at| *at < self.offset) {
            self.damaged.pop_front();
        }
        if self.start > self.window.len() / 2 {
            self.window.drain(..self.start);
            self.start = 0;
        }
    }

    /// Some of the first `len` bytes were no characters in the file.
    pub fn is_damaged(&self, len: usize) -> bool {
        self.damaged.front().is_some_and(|at| *at < self.offset + len as u64)
    }

    fn decode(&mut self, count: usize) {
        let mut source = &self.raw[..count];
        loop {
            let written = self.window.len();
            let room = self
                .decoder
                .max_utf8_buffer_length_without_replacement(source.len())
                .unwrap_or(CHUNK_BYTES * 4);
            self.window.resize(written + room, 0);
            let (result, read, added) = self.decoder.decode_to_utf8_without_replacement(
                source,
                &mut self.window[written..],
                self.finished,
            );
            self.window.truncate(written + added);
            source = &source[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.damaged.push_back(self.offset + (self.window.len() - self.start) as u64);
                    self.window.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
    }
}
