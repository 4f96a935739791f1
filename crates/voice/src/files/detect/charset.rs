//! The encoding of a text: a byte order mark, valid UTF-8, the pattern of UTF-16, or a guess by letter frequencies.

use super::sample::Sample;
use crate::files::error::FileError;
use crate::files::format::Charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// The encoding, and whether a byte order mark gives it.
pub fn detect(sample: &Sample) -> (Charset, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(&sample.head) {
        return (Charset(encoding), true);
    }
    if let Some(utf_16) = utf_16(&sample.head) {
        return (utf_16, false);
    }
    let bytes = sample.telling.as_deref().unwrap_or(&sample.head);
    let cut = !sample.complete || sample.telling.is_some();
    if is_utf_8(bytes, cut) {
        return (Charset::UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, !cut);
    (Charset(detector.guess(None, Utf8Detection::Deny)), false)
}

/// The head as text. A character cut at its end is left out.
pub fn decode(sample: &Sample, charset: Charset) -> String {
    let (text, _) = charset.0.decode_with_bom_removal(&sample.head);
    let text = if sample.complete { &*text } else { text.trim_end_matches('\u{fffd}') };
    text.to_owned()
}

/// Refuses a file of NUL bytes: in the first line, or in more than one line of ten. Fewer are matters of their rows.
pub fn refuse_nul(text: &str) -> Result<(), FileError> {
    let has_nul = |line: &&str| line.contains('\0');
    let lines = text.lines().count();
    let with_nul = text.lines().filter(has_nul).count();
    if text.lines().take(1).any(|line| has_nul(&line)) || with_nul * 10 > lines {
        return Err(FileError::NulBytes);
    }
    Ok(())
}

/// UTF-8, allowing for damage: less than one damaged place to ten sound characters beyond ASCII. Damage is a matter of
/// its rows; a text in another encoding has hardly a sound character.
fn is_utf_8(bytes: &[u8], cut: bool) -> bool {
    let mut sound = 0;
    let mut damaged = 0;
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // A character cut at the end of the sample is no damage.
    damaged = damaged.saturating_sub(usize::from(cut));
    damaged == 0 || damaged * 10 < sound
}

/// UTF-16 without a mark. Of each pair of bytes the high one is 0 in Latin text, 4 in Cyrillic, 0x20 or 0x21 in
/// punctuation; spaces and line ends give zeros to every text.
fn utf_16(bytes: &[u8]) -> Option<Charset> {
    let pairs = bytes.len() / 2;
    if pairs < 4 || !bytes.contains(&0) {
        return None;
    }
    let count = |offset: usize, passes: fn(u8) -> bool| {
        bytes.iter().skip(offset).step_by(2).take(pairs).filter(|byte| passes(**byte)).count()
    };
    let zeros = [0, 1].map(|offset| count(offset, |byte| byte == 0));
    let highs = [0, 1].map(|offset| count(offset, |byte| matches!(byte, 0 | 4 | 0x20 | 0x21)));
    let is_high = |offset: usize| {
        highs[offset] * 10 > pairs * 9 && zeros[offset] * 10 > pairs && zeros[1 - offset] * 10 < zeros[offset]
    };
    if is_high(1) {
        Some(Charset::UTF_16LE)
    } else if is_high(0) {
        Some(Charset::UTF_16BE)
    } else {
        None
    }
}
