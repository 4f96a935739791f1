//! The one normal form of text: NFKC, lower case, `ё` written as `е`.

use unicode_normalization::UnicodeNormalization;

/// Returns `text` in normal form, the form that stems, rules and search words are compared in.
///
/// NFKC (ligatures, full-width digits and the like become plain), lower case, `ё` → `е`, and characters that nobody
/// sees (soft hyphen, zero-width space and joiners, byte order mark) are dropped. Idempotent.
///
/// `normalise("Счёт №５")` is `"счет no5"`.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    normalise_into(text, &mut normal);
    normal
}

/// Appends the normal form of `text` to `normal`. Says whether all of it is ASCII or Russian letters.
pub(crate) fn normalise_into(text: &str, normal: &mut String) -> bool {
    let start = normal.len();
    for c in text.chars() {
        match plain(c) {
            Some(c) => normal.push(c),
            None => {
                normal.truncate(start);
                normalise_slowly(text, normal);
                return false;
            }
        }
    }
    true
}

/// Is `c` a letter or a digit? Quick for ASCII and Russian, which is nearly all there is.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'А'..='я' | 'ё' | 'Ё' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Is `c` a letter? As quick as [`is_letter_or_digit`].
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'А'..='я' | 'ё' | 'Ё' => true,
        _ => c.is_alphabetic(),
    }
}

/// Is `c` a character that nobody sees and that may stand inside a word or a number?
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The normal form of a character of ASCII or of the Russian alphabet; `None` asks for the full algorithm.
fn plain(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        'а'..='я' => Some(c),
        'А'..='Я' => char::from_u32(c as u32 + 32),
        'ё' | 'Ё' => Some('е'),
        _ => None,
    }
}

/// The diaeresis is taken off `е` while it stands apart as a combining mark, so that no order of marks brings it back.
fn normalise_slowly(text: &str, normal: &mut String) {
    let mut after_e = false;
    let folded = text.nfkd().flat_map(char::to_lowercase).filter(move |&c| {
        if is_invisible(c) {
            return false;
        }
        let keep = !(after_e && c == '\u{308}');
        after_e = c == 'е' || after_e && unicode_normalization::char::is_combining_mark(c);
        keep
    });
    normal.extend(folded.nfkc());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_forms_of_one_word_together() {
        for (text, normal) in [
            ("Счёт №５", "счет no5"),
            ("СЧЕ\u{308}Т", "счет"),
            ("Йод и\u{306}од", "йод йод"),
            ("пере\u{ad}вод", "перевод"),
            ("ﬁnance", "finance"),
            ("", ""),
        ] {
            assert_eq!(normalise(text), normal, "{text}");
        }
    }

    proptest! {
        #[test]
        fn is_idempotent(text in any::<String>(), marks in "[еЕёЁ\u{308}\u{300}\u{ad}и]{0,12}") {
            let once = normalise(&(text + &marks));
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
