//! What a text shows to a topic model: hashed words, pairs of words and parts of words.

use crate::tokens::Tokens;
use std::ops::Range;

/// Buckets of words and pairs of words; as many follow for parts of words.
pub(crate) const HALF: u32 = 1 << 18;

/// All buckets.
pub(crate) const BUCKETS: usize = 2 * HALF as usize;

/// Characters of the parts of a word, one space before and after it included.
const SHORTEST_PART: usize = 3;
const LONGEST_PART: usize = 5;

/// Keeps a pair of words apart from one word of the same letters.
const PAIR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Is `bucket` one of a part of a word?
pub(super) fn is_part(bucket: u32) -> bool {
    bucket >= HALF
}

/// Calls `found` with each bucket and the numbers of the words that fill it.
///
/// Words and pairs of words are stems, parts of words come from their forms, so that what stemming cuts off counts too.
pub(crate) fn for_each(tokens: &Tokens, mut found: impl FnMut(u32, Range<usize>)) {
    let mut before = None;
    for (number, token) in tokens.iter().enumerate() {
        let word = token.stem.bytes().fold(START, |hash, byte| step(hash, u64::from(byte)));
        found(bucket(word), number..number + 1);
        if let Some(before) = before {
            found(bucket(step(step(PAIR, before), word)), number - 1..number + 1);
        }
        before = Some(word);
        parts(token.form, |hash| found(HALF + bucket(hash), number..number + 1));
    }
}

fn parts(form: &str, mut found: impl FnMut(u64)) {
    let mut rest = form.chars();
    let mut first = Some(' ');
    while let Some(start) = first {
        let after = rest.clone().chain([' ']).take(LONGEST_PART - 1);
        let mut hash = step(START, u64::from(start));
        for (length, c) in (2..).zip(after) {
            hash = step(hash, u64::from(c));
            if length >= SHORTEST_PART {
                found(hash);
            }
        }
        first = rest.next();
    }
}

/// FNV-1a: models are kept, so the hash may never change.
const START: u64 = 0xcbf2_9ce4_8422_2325;

pub(crate) fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0100_0000_01b3)
}

/// The upper half is mixed into the lower, which alone decides.
pub(crate) fn bucket(hash: u64) -> u32 {
    let mixed = (hash ^ hash >> 32).wrapping_mul(PAIR);
    (mixed >> 46) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(text: &str) -> Vec<(u32, Range<usize>)> {
        let mut buckets = Vec::new();
        for_each(&Tokens::new(text), |bucket, words| buckets.push((bucket, words)));
        buckets
    }

    #[test]
    fn words_pairs_and_parts_have_buckets() {
        // « да »: « да», « да », «да ».
        let one = buckets("да");
        assert_eq!(one.iter().filter(|(bucket, _)| is_part(*bucket)).count(), 3);
        assert_eq!(one.len(), 4);
        let two = buckets("да нет");
        assert_eq!(two.iter().filter(|(_, words)| words.len() == 2).count(), 1);
        assert_eq!(two[0], one[0]);
        assert!(buckets("карты")[0].0 == buckets("картой")[0].0);
        assert!(two.iter().all(|(bucket, _)| (*bucket as usize) < BUCKETS));
    }
}
