//! Search on both databases finds what a naive walk over the stems finds.

use std::collections::BTreeSet;

use otklik_store::Store;
use otklik_store::search::{Matches, match_feedback};
use otklik_testkit::both;
use otklik_text::search::SearchQuery;
use otklik_voice::feedback::Incoming;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::company::{add_source, item, put};

/// Words that share beginnings and stems, in two languages, with what spoils queries.
const WORDS: [&str; 16] = [
    "перевод",
    "переводы",
    "перевели",
    "банк",
    "банка",
    "не",
    "дошёл",
    "карта",
    "картой",
    "transfer",
    "transfers",
    "card",
    "didn't",
    "5G",
    "o'clock",
    "ё",
];

const SEARCHES: usize = 300;

both! {
    async fn every_search_gives_what_a_walk_over_the_stems_gives(store: TestStore) {
        let mut runner = TestRunner::deterministic();
        let text = prop::collection::vec(prop::sample::select(&WORDS[..]), 0..7).prop_map(|words| words.join(" "));
        let texts = prop::collection::vec(text, 200).new_tree(&mut runner).unwrap().current();
        let items: Vec<Incoming> = (1..).zip(&texts).map(|(n, text)| item(&format!("{n}"), text)).collect();
        put(&store, &add_source(&store, "a", None).await, &items).await;
        let stems: Vec<Vec<&str>> = items.iter().map(|i| i.stems.split_whitespace().collect()).collect();
        let (mut asked, mut found_some) = (0, 0);
        while asked < SEARCHES {
            let words = search().new_tree(&mut runner).unwrap().current();
            let Some(query) = SearchQuery::parse(&words) else { continue };
            asked += 1;
            let expected: BTreeSet<i64> =
                (1..).zip(&stems).filter(|(_, stems)| is_match(&query, stems)).map(|(n, _)| n).collect();
            found_some += usize::from(!expected.is_empty());
            assert_eq!(found(&store, &query, stems.len()).await, expected, "«{words}» is {query:?}");
        }
        assert!(found_some > SEARCHES / 3, "{found_some} of {SEARCHES} searches found something");
    }

    async fn hostile_words_are_only_words(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        put(&store, &source, &[item("1", "банк"), item("2", "карта")]).await;
        for words in ["банк'); drop table feedback; --", "\"банк\" NEAR(", "банк AND OR NOT", "банк:* & !", "words : банк",
            "^банк", "\\банк\\", "{банк} - \u{0}"]
        {
            let Some(query) = SearchQuery::parse(words) else { continue };
            found(&store, &query, 2).await;
        }
        assert_eq!(found(&store, &SearchQuery::parse("банк").unwrap(), 2).await, [1].into());
    }
}

/// Two terms of one kind or another, each wanted, unwanted or an alternative.
fn search() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(&WORDS[..]);
    let term = prop_oneof![
        4 => word().prop_map(str::to_owned),
        2 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        2 => word().prop_map(|w| format!("{}*", w.chars().take(4).collect::<String>())),
    ];
    let signed = (prop::sample::select(&["", "", "-", "| "][..]), term)
        .prop_map(|(sign, term)| format!("{sign}{term}"));
    prop::collection::vec(signed, 1..4).prop_map(|terms| terms.join(" "))
}

fn is_match(query: &SearchQuery, stems: &[&str]) -> bool {
    match query {
        SearchQuery::Word(stem) => stems.contains(&stem.as_str()),
        SearchQuery::Prefix(start) => stems.iter().any(|stem| stem.starts_with(start.as_str())),
        SearchQuery::Phrase(words) => stems.windows(words.len()).any(|window| window == words),
        SearchQuery::And(parts) => parts.iter().all(|part| is_match(part, stems)),
        SearchQuery::Or(parts) => parts.iter().any(|part| is_match(part, stems)),
        SearchQuery::Not(inner) => !is_match(inner, stems),
    }
}

async fn found(store: &Store, query: &SearchQuery, items: usize) -> BTreeSet<i64> {
    match match_feedback(store, query).await.unwrap() {
        Matches::Only(numbers) => numbers.into_iter().collect(),
        Matches::AllBut(numbers) => (1..=items as i64).filter(|n| !numbers.contains(n)).collect(),
    }
}
