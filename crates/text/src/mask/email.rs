//! E-mail addresses.

use std::ops::Range;

/// Longest local part and domain that are looked at, in bytes (RFC 5321 has 64 and 255 characters).
const LONGEST_PART: usize = 512;

/// Bytes of every e-mail address, ascending. Cyrillic addresses count; a domain needs a dot and a last label of letters.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Most texts have none, and looking for one sign at a time is the quickest.
    if !text.contains('@') && !text.contains('＠') {
        return found;
    }
    for (at, sign) in text.match_indices(['@', '＠']) {
        let free_from = found.last().map_or(0, |last| last.end);
        let start = local_start(text, free_from, at);
        if let (true, Some(end)) = (start < at, domain_end(text, at + sign.len())) {
            found.push(start..end);
        }
    }
    found
}

fn local_start(text: &str, free_from: usize, at: usize) -> usize {
    let mut start = at;
    for (place, c) in text[free_from..at].char_indices().rev() {
        let place = free_from + place;
        let inner = matches!(c, '.' | '_' | '%' | '+' | '-');
        if !(c.is_alphanumeric() || inner) || at - place > LONGEST_PART {
            break;
        }
        if c != '.' {
            start = place;
        }
    }
    start
}

/// Where the domain that begins at `start` ends: after its last label of two or more letters, which is not its first.
fn domain_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let outside = |&(place, c): &(usize, char)| {
        !(c.is_alphanumeric() || matches!(c, '.' | '-')) || place >= LONGEST_PART
    };
    let length = rest.char_indices().find(outside).map_or(rest.len(), |(place, _)| place);
    let (mut place, mut end) = (start, None);
    for (number, label) in rest[..length].split('.').enumerate() {
        if label.is_empty() {
            break;
        }
        place += label.len() + usize::from(number > 0);
        if number > 0 && label.chars().all(char::is_alphabetic) && label.chars().nth(1).is_some() {
            end = Some(place);
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_domain_does() {
        for (text, address) in [
            ("пишите на ivan.petrov+1@mail.example.ru.", Some("ivan.petrov+1@mail.example.ru")),
            ("почта@домен.рф, ответ", Some("почта@домен.рф")),
            ("a@b", None),
            ("@company спасибо", None),
            ("x@y.1", None),
            ("a@b.com@c.org", Some("a@b.com")),
        ] {
            assert_eq!(find(text).first().map(|range| &text[range.clone()]), address, "{text}");
        }
    }
}
