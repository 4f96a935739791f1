//! From what was typed to a search; every input means something.

use super::SearchQuery;
use crate::lexer::{self, How, Lexeme, Word};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const LONGEST_SEARCH: usize = 1_000;
const MOST_WORDS: usize = 50;
const SHORTEST_PREFIX: usize = 2;

static STOP_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/search/stop.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

pub(super) fn parse(input: &str) -> Option<SearchQuery> {
    let end = input.char_indices().nth(LONGEST_SEARCH).map_or(input.len(), |(end, _)| end);
    let (mut alternatives, mut excluded) = (vec![Vec::new()], Vec::new());
    let (mut exclude, mut words_left) = (false, MOST_WORDS);
    for (_, lexeme) in lexer::read(&input[..end], operator) {
        match lexeme {
            Lexeme::Words { words, .. } => {
                let words: Vec<Word> = words.into_iter().take(words_left).collect();
                words_left -= words.len();
                let alternative = if exclude { Some(&mut excluded) } else { alternatives.last_mut() };
                alternative.into_iter().for_each(|list| list.extend(term(&words)));
                exclude = false;
            }
            Lexeme::Or => alternatives.push(Vec::new()),
            Lexeme::Not => exclude = true,
            Lexeme::And | Lexeme::Near(_) | Lexeme::Open | Lexeme::Close => {}
        }
    }
    let wanted =
        alternatives.into_iter().filter_map(|terms| joined(without_stop_words(terms), SearchQuery::And));
    let wanted = joined(wanted.collect(), SearchQuery::Or);
    let excluded = unique(excluded).into_iter().map(|(term, _)| SearchQuery::Not(Box::new(term)));
    joined(flat(wanted).into_iter().chain(excluded).collect(), SearchQuery::And)
}

/// Only capitals make an operator: «или» and "or" are words that people search with.
fn operator(word: &str) -> Option<Lexeme> {
    matches!(word, "OR" | "ИЛИ").then_some(Lexeme::Or)
}

/// What the words search for, and whether it is a stop word.
fn term(words: &[Word]) -> Option<(SearchQuery, bool)> {
    match words {
        [] => None,
        [word] if word.how == How::Prefix && word.form.chars().count() >= SHORTEST_PREFIX => {
            Some((SearchQuery::Prefix(beginning(word)), false))
        }
        [word] => Some((SearchQuery::Word(word.stem.clone()), STOP_WORDS.contains(word.form.as_str()))),
        words => Some((SearchQuery::Phrase(words.iter().map(|word| word.stem.clone()).collect()), false)),
    }
}

/// What `word` and its stem have in common: stems of longer words begin so.
fn beginning(word: &Word) -> String {
    let common = word.form.chars().zip(word.stem.chars()).take_while(|(a, b)| a == b);
    common.map(|(c, _)| c).collect()
}

fn without_stop_words(terms: Vec<(SearchQuery, bool)>) -> Vec<SearchQuery> {
    let all_stop = terms.iter().all(|&(_, stop)| stop);
    unique(terms).into_iter().filter(|&(_, stop)| all_stop || !stop).map(|(term, _)| term).collect()
}

fn unique(terms: Vec<(SearchQuery, bool)>) -> Vec<(SearchQuery, bool)> {
    let mut seen = FxHashSet::default();
    terms.into_iter().filter(|(term, _)| seen.insert(term.clone())).collect()
}

/// The only member, or all of them joined.
fn joined(mut members: Vec<SearchQuery>, join: fn(Vec<SearchQuery>) -> SearchQuery) -> Option<SearchQuery> {
    if members.len() > 1 { Some(join(members)) } else { members.pop() }
}

/// The members of an `And`, so that exclusions stand beside them.
fn flat(query: Option<SearchQuery>) -> Vec<SearchQuery> {
    match query {
        Some(SearchQuery::And(members)) => members,
        other => other.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn show(query: &SearchQuery) -> String {
        let list = |members: &[SearchQuery]| members.iter().map(show).collect::<Vec<_>>().join(" ");
        match query {
            SearchQuery::Word(stem) => stem.clone(),
            SearchQuery::Prefix(stem) => format!("{stem}*"),
            SearchQuery::Phrase(stems) => format!("{stems:?}"),
            SearchQuery::And(members) => format!("and({})", list(members)),
            SearchQuery::Or(members) => format!("or({})", list(members)),
            SearchQuery::Not(member) => format!("not({})", show(member)),
        }
    }

    #[test]
    fn every_input_means_something() {
        let read = |input: &str| parse(input).as_ref().map(show).unwrap_or_default();
        expect![[r#"and(карт ["горяч", "лин"] not(кредит))"#]]
            .assert_eq(&read("карты \"горячая линия\" -кредит"));
        expect!["and(не работа приложен телефон)"].assert_eq(&read("не работает приложение в телефоне"));
        expect!["and(or(карт счет платеж*) not(вклад))"].assert_eq(&read("карта ИЛИ счет -вклад | платежи*"));
        expect!["and(ил в)"].assert_eq(&read("или в"));
        expect!["not(банк)"].assert_eq(&read("-банк -банк"));
        expect![[r#"and(happ* карт ["не", "закрыт"])"#]]
            .assert_eq(&read("happy* карта карты (\"не закрыта | "));
        expect!["п"].assert_eq(&read(" \"\" - ( ) ~5 & п* | OR"));
        expect![[""]].assert_eq(&read(" \"\" - ( ) ~5 & | OR"));
    }
}
