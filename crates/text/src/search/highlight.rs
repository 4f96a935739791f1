//! The words of a text that a search found.

use super::SearchQuery;
use crate::tokens::Tokens;
use std::ops::Range;

/// Bytes of every word of `text` that `query` looks for, ascending; what it excludes is not among them.
///
/// For the search `карта` in «Карты нет» this is 0..10.
pub fn highlight(text: &str, query: &SearchQuery) -> Vec<Range<usize>> {
    let tokens = Tokens::new(text);
    let mut words = Vec::new();
    collect(query, &tokens, &mut words);
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|at| tokens.span(at)).collect()
}

fn collect(query: &SearchQuery, tokens: &Tokens, words: &mut Vec<usize>) {
    match query {
        SearchQuery::Word(stem) => words.extend(tokens.positions(stem).iter().map(|&at| at as usize)),
        SearchQuery::Prefix(stem) => {
            words.extend((0..tokens.len()).filter(|&at| tokens.stem(at).starts_with(stem)))
        }
        SearchQuery::Phrase(stems) => {
            let first = stems.first().map(|stem| tokens.positions(stem)).unwrap_or_default();
            for &at in first {
                let places = at as usize..at as usize + stems.len();
                let found = places.end <= tokens.len()
                    && places.clone().zip(stems).all(|(at, stem)| tokens.stem(at) == stem);
                words.extend(places.filter(|_| found));
            }
        }
        SearchQuery::And(members) | SearchQuery::Or(members) => {
            members.iter().for_each(|member| collect(member, tokens, words));
        }
        SearchQuery::Not(_) => {}
    }
}
