//! The part of a text that shows best what a search found.

use super::{SearchQuery, highlight};
use std::ops::Range;

/// A part of a text with the found words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The part, without an ellipsis.
    pub text: String,
    /// Bytes of the found words in the part, ascending.
    pub highlights: Vec<Range<usize>>,
    /// Does the text go on before the part?
    pub cut_before: bool,
    /// Does the text go on after the part?
    pub cut_after: bool,
}

/// Cuts out at most `longest` characters of `text` that hold the most found words, with some words before them.
///
/// The part begins and ends between words unless a single word is longer than `longest`. Without a found word it is the
/// beginning of the text.
pub fn snippet(text: &str, query: &SearchQuery, longest: usize) -> Snippet {
    let found = highlight(text, query);
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let length = starts.len() - 1;
    let part = if length <= longest {
        0..text.len()
    } else {
        let first = densest(&found, &starts, longest).saturating_sub(longest / 4).min(length - longest);
        between_words(text, starts[first]..starts[first + longest])
    };
    let inside = |span: &&Range<usize>| part.start <= span.start && span.end <= part.end;
    let shift = |span: &Range<usize>| span.start - part.start..span.end - part.start;
    Snippet {
        highlights: found.iter().filter(inside).map(shift).collect(),
        cut_before: part.start > 0,
        cut_after: part.end < text.len(),
        text: text[part].to_owned(),
    }
}

/// The character at which the stretch with the most found words begins. A quarter of the snippet is left for the words
/// before it.
fn densest(found: &[Range<usize>], starts: &[usize], longest: usize) -> usize {
    let character = |byte: usize| starts.partition_point(|&start| start < byte);
    let room = longest - longest / 4;
    let (mut best, mut most, mut end) = (0, 0, 0);
    for (number, span) in found.iter().enumerate() {
        let first = character(span.start);
        while end < found.len() && character(found[end].end) <= first + room {
            end += 1;
        }
        end = end.max(number + 1);
        if end - number > most {
            (best, most) = (first, end - number);
        }
    }
    best
}

/// Shrinks `part` so that it cuts no word.
fn between_words(text: &str, part: Range<usize>) -> Range<usize> {
    let cuts_word = |at: usize| {
        text[..at].ends_with(|c: char| !c.is_whitespace())
            && text[at..].starts_with(|c: char| !c.is_whitespace())
    };
    let inside = &text[part.clone()];
    let first_space = inside.find(char::is_whitespace).filter(|_| cuts_word(part.start));
    let last_space = inside.rfind(char::is_whitespace).filter(|_| cuts_word(part.end));
    let start = part.start + first_space.unwrap_or(0);
    let end = last_space.map_or(part.end, |space| part.start + space);
    if start >= end {
        return part;
    }
    let trimmed = &text[start..end];
    let start = end - trimmed.trim_start().len();
    start..start + text[start..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(text: &str, query: &str, longest: usize) -> Option<String> {
        let snippet = snippet(text, &SearchQuery::parse(query)?, longest);
        let mut shown = snippet.text.clone();
        for span in snippet.highlights.iter().rev() {
            shown.replace_range(span.clone(), &format!("<{}>", &snippet.text[span.clone()]));
        }
        let dots = |cut: bool| if cut { "…" } else { "" };
        Some(format!("{}{shown}{}", dots(snippet.cut_before), dots(snippet.cut_after)))
    }

    #[test]
    fn the_densest_part_is_shown() {
        let text = "Карта пришла вовремя, спасибо. Потом на горячей линии сказали, что карта заблокирована и линия занята.";
        let shown = |query: &str, longest: usize| show(text, query, longest).unwrap_or_default();
        assert_eq!(shown("карта линия", 60), "…на горячей <линии> сказали, что <карта> заблокирована и…");
        assert_eq!(shown("вклад", 20), "Карта пришла…");
        assert_eq!(shown("\"горячая линия\" -карта", 200).matches('<').count(), 2);
    }

    proptest! {
        #[test]
        fn parts_are_short_and_highlights_lie_inside(text in any::<String>(), more in "[а-яa-z .\"-]{0,80}", longest in 0usize..60) {
            let text = text + &more;
            if let Some(query) = SearchQuery::parse(&more) {
                let part = snippet(&text, &query, longest);
                prop_assert!(part.text.chars().count() <= longest);
                prop_assert!(text.contains(&part.text));
                prop_assert!(part.highlights.iter().all(|span| part.text.get(span.clone()).is_some()));
            }
        }
    }
}
