//! Physical lines of a text: ended by `\n`, `\r\n` or a lone `\r`.

use memchr::{memchr2, memchr2_iter, memrchr2};

/// How many line ends the bytes hold.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .count() as u64
}

/// Where the line after the one at `from` begins; nothing where none follows.
pub(super) fn next_line(bytes: &[u8], from: usize) -> Option<usize> {
    let end = from + memchr2(b'\n', b'\r', &bytes[from..])?;
    let pair = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
    Some(if pair { end + 2 } else { end + 1 })
}

/// Where the line that holds `at` begins.
pub(super) fn line_start(bytes: &[u8], at: usize) -> usize {
    memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let text = b"a\nb\r\nc\rd";
        assert_eq!(count_lines(text), 3);
        let starts: Vec<usize> = std::iter::successors(Some(0), |at| next_line(text, *at)).collect();
        assert_eq!(starts, [0, 2, 5, 7]);
        assert_eq!([0, 2, 3, 6, 7].map(|at| line_start(text, at)), [0, 2, 2, 5, 7]);
    }
}
