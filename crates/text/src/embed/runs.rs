//! Runs: what the units of the embedding are, in the normal form of a text.

use crate::mask::Kind;
use crate::normalise::{is_letter_or_digit, normalise_into};

/// Characters of a run that are read; longer ones are no words.
const LONGEST_RUN: usize = 64;

/// Calls `found` with every run of `text`.
///
/// A text is cut at spaces, and its pieces where a letter, digit or underscore meets another character. The first run
/// of a piece begins with a space. Typed tokens that masking left (`[phone]`) are passed over.
///
/// `Не работает, don't` has the runs ` не`, ` работает`, `,`, ` don`, `'`, `t`.
pub(super) fn for_each(text: &str, mut found: impl FnMut(&str)) {
    let normal = normalise_without_tokens(text);
    let mut piece = String::new();
    for chunk in normal.split_whitespace() {
        piece.clear();
        piece.push(' ');
        piece.push_str(chunk);
        runs_of(&piece, &mut found);
    }
}

fn normalise_without_tokens(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        match Kind::read_token(&rest[at..]) {
            Some((_, bytes)) => {
                normalise_into(&rest[..at], &mut normal);
                normal.push(' ');
                rest = &rest[at + bytes..];
            }
            None => {
                normalise_into(&rest[..=at], &mut normal);
                rest = &rest[at + 1..];
            }
        }
    }
    normalise_into(rest, &mut normal);
    normal
}

/// The runs of a piece that begins with a space.
fn runs_of(piece: &str, found: &mut impl FnMut(&str)) {
    let (mut start, mut end) = (0, piece.len());
    let (mut kind, mut length) = (None, 0);
    for (at, c) in piece.char_indices().skip(1) {
        let own = is_letter_or_digit(c) || c == '_';
        if kind.is_some_and(|kind| kind != own) {
            found(&piece[start..end.min(at)]);
            (start, end, length) = (at, piece.len(), 0);
        }
        kind = Some(own);
        length += 1;
        if length == LONGEST_RUN {
            end = at + c.len_utf8();
        }
    }
    found(&piece[start..end]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(text: &str) -> Vec<String> {
        let mut runs = Vec::new();
        for_each(text, |run| runs.push(run.to_owned()));
        runs
    }

    #[test]
    fn text_is_cut_at_spaces_and_signs() {
        assert_eq!(runs("Не работает, don't"), [" не", " работает", ",", " don", "'", "t"]);
        assert_eq!(runs("тел. [phone] [x] №5_а!!"), [" тел", ".", " [", "x", "]", " no5_а", "!!"]);
        assert!(runs(" \n").is_empty());
        assert_eq!(runs(&"ы".repeat(200)), [format!(" {}", "ы".repeat(64))]);
    }

    proptest! {
        #[test]
        fn runs_are_parts_of_the_normal_form(text in "[а-яa-z0-9_,.!? \\[\\]]{0,80}") {
            let normal: String = crate::normalise(&text).split_whitespace().collect();
            prop_assert_eq!(runs(&text).concat().replace(' ', ""), normal);
        }
    }
}
