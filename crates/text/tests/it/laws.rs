//! Laws that hold for every text, however odd.

use otklik_text::{Rule, RuleMatch, RuleSet, SearchQuery, Tokens, detect, highlight, mask, normalise, stems};
use proptest::prelude::*;

/// Pieces that recognisers care about.
const PIECES: [&str; 56] = [
    "Иванов ",
    "Иван ",
    "иванович ",
    "Петровна",
    "г-н ",
    "меня зовут ",
    "И.",
    "О. ",
    "сотрудник ",
    "спасибо ",
    "John ",
    "Smith ",
    "Mr. ",
    "+7",
    "8 ",
    "(916) ",
    "123-45-67",
    "4111 1111 1111 1111",
    "40817810500001234567",
    "45 10 ",
    "123456 ",
    "паспорт ",
    "№",
    "договор ",
    "claim no ",
    "тел. ",
    "ИНН ",
    "7707083893",
    "ул. Ленина",
    ", д. 5",
    " кв. 12",
    "12 Baker Street",
    "@",
    "mail.ru",
    "a.b",
    " рублей",
    "1 500 000",
    "12.05.2024",
    "[phone]",
    "[name] ",
    "[",
    "]",
    "\n",
    ". ",
    ", ",
    " ",
    "-",
    "/",
    "и ",
    "\u{ad}",
    "٣",
    "№ 12@b.com",
    "DE89370400440532013000",
    "х-ва ",
    "улица ",
    "PO Box 7",
];

/// Pieces thrown together at random.
fn personal() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,3}"],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

/// Rules made of few words, so that they match often.
fn rule() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec!["карта", "деньги", "банк", "не", "or", "card"])
            .prop_map(|word| format!("\"{word}\"")),
        prop::sample::select(vec![
            "ка*",
            "=банка",
            "\"деньги карта\"",
            "дом.рф",
            "card",
            "карты",
            "=\"card банк*\""
        ])
        .prop_map(str::to_owned),
    ];
    let near =
        (word.clone(), 1u32..6, word.clone()).prop_map(|(a, distance, b)| format!("{a} ~{distance} {b}"));
    prop_oneof![word, near].prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" | "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            inner.prop_map(|part| format!("карта -({part})")),
        ]
    })
}

/// Texts of the words that the rules are made of.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "карта",
        "деньгами",
        "банка",
        "банк",
        "не",
        "or",
        "cards",
        "дом",
        "рф",
        "и",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn masking_twice_is_masking_once(text in prop_oneof![personal(), any::<String>()]) {
        let masked = mask(&text);
        let mut end = 0;
        for span in &masked.spans {
            prop_assert!(end <= span.start);
            prop_assert_eq!(&masked.text[span.start..span.end], span.kind.token());
            end = span.end;
        }
        let again = mask(&masked.text);
        prop_assert_eq!(&again.text, &masked.text, "from {:?}", text);
        prop_assert_eq!(again.spans, masked.spans);
    }

    #[test]
    fn any_text_has_a_language_stems_and_a_search(text in any::<String>()) {
        prop_assert!(detect(&text).code().len() >= 2);
        prop_assert_eq!(stems(&text).is_empty(), Tokens::new(&text).is_empty());
        prop_assert_eq!(normalise(&normalise(&text)), normalise(&text));
        if let Some(query) = SearchQuery::parse(&text) {
            for span in highlight(&text, &query) {
                prop_assert!(text.get(span).is_some_and(|word| !word.is_empty()));
            }
        }
    }

    #[test]
    fn a_rule_is_parsed_or_refused(text in any::<String>(), more in "[а-яa-z()|~*=\"«»! 0-9-]{0,60}") {
        for text in [&text, &more] {
            match Rule::parse(text) {
                Ok(rule) => {
                    let written = rule.to_string();
                    prop_assert_eq!(Rule::parse(&written), Ok(rule), "{}", written);
                }
                Err(error) => prop_assert!(error.at <= text.chars().count(), "{error}"),
            }
        }
    }

    #[test]
    fn a_set_finds_what_each_rule_finds(rules in prop::collection::vec(rule(), 1..8), text in words()) {
        let rules: Vec<Rule> = rules.iter().filter_map(|rule| Rule::parse(rule).ok()).collect();
        let tokens = Tokens::new(&text);
        let alone: Vec<RuleMatch> = rules
            .iter()
            .enumerate()
            .filter_map(|(number, rule)| Some(RuleMatch { rule: number, spans: rule.find(&tokens)? }))
            .collect();
        prop_assert_eq!(RuleSet::new(rules).find(&tokens), alone);
    }
}

/// Texts that would take long if anything were quadratic.
#[test]
fn a_megabyte_of_one_thing_is_read_at_once() {
    let rule = Rule::parse("(a | bb*) ~5 (a | c) ~5 a \"a a\" -zz").unwrap();
    let things = [
        "a ",
        "Иванов ",
        "иванова иван ",
        "1 ",
        "89 ",
        "+",
        "(",
        "@",
        "a@b.",
        "[",
        "д. 5, ",
        "№",
        "е\u{308}",
        "И. ",
        "e\u{308}",
    ];
    for thing in things {
        let text = thing.repeat(200_000 / thing.len());
        let masked = mask(&text).text;
        assert_eq!(mask(&masked).text, masked, "{thing}");
        let tokens = Tokens::new(&text);
        assert_eq!(rule.find(&tokens).is_some(), thing == "a ", "{thing}");
        assert!(detect(&text).code().len() >= 2);
        assert_eq!(normalise(&text).is_empty(), text.is_empty());
    }
}
