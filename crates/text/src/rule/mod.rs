//! The rule language of topics (T2): words by stem, phrases, near, not.
//!
//! | written | matches a text that has |
//! |---|---|
//! | `комиссия` | the word in any of its forms («комиссии», «комиссию»): words with the same Snowball stem |
//! | `"горячая линия"`, `«горячая линия»` | these words one right after the other, each in any form |
//! | `=банк`, `="горячая линия"` | exactly this form (upper and lower case, `ё` and `е` are the same) |
//! | `плат*` | a word that begins so; at least two letters |
//! | `карта блок*`, `карта и блок*`, `карта & блок*` | both |
//! | `карта \| счёт`, `карта или счёт`, `card or account` | at least one |
//! | `-кредит`, `!кредит`, `не кредит`, `not loan` | no such word |
//! | `деньги ~5 (списать \| снять)` | both with at most five words' distance, in any order; `~` alone means `~5` |
//! | `(…)` | what is inside, taken together |
//!
//! `~` binds most tightly, then not, then and, then or. Only words, phrases, their alternatives and other `~` can be near
//! each other. «и», «или», «не», "and", "or", "not" are words of the text only inside quotation marks. Words joined by
//! punctuation (`дом.рф`, `интернет-банк`) are a phrase; other signs mean nothing: there are no regular expressions.
//!
//! A rule has at most 2,000 characters, 200 words and 20 levels, and some word has to occur for it to match. Matching
//! takes time in proportion to the text and the number of words in the rule.

mod error;
mod find;
mod narrow;
mod node;
mod parser;
mod set;

pub use error::{RuleError, RuleErrorKind};
pub use set::{RuleMatch, RuleSet};

use crate::language::Language;
use crate::search::SearchQuery;
use crate::tokens::Tokens;
use node::Node;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

/// A parsed rule. `Display` writes it in its shortest form, which parses to an equal rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    node: Node,
}

impl Rule {
    /// Parses a rule.
    ///
    /// # Errors
    ///
    /// Says what does not follow the language or its bounds, and at which character.
    ///
    /// `Rule::parse("карта (блок* | «не работает»")` fails at character 6: a parenthesis without its pair.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        parser::parse(text).map(|node| Self { node })
    }

    /// A search that finds every text which the rule can match, and others; `None` where stems cannot tell.
    ///
    /// `Rule::parse("деньги ~3 списать -карта")` narrows to And(Word деньг, Word списа).
    pub fn search(&self) -> Option<SearchQuery> {
        narrow::narrow(&self.node)
    }

    /// The words that make the rule match, as ascending byte ranges of the text; `None` when it does not match.
    ///
    /// `Rule::parse("деньги ~3 списать")` finds in «Деньги вчера списали» the ranges 0..12 and 24..38.
    pub fn find(&self, tokens: &Tokens) -> Option<Vec<Range<usize>>> {
        let words = find::find(&self.node, tokens)?;
        Some(words.into_iter().map(|at| tokens.span(at as usize)).collect())
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.node.fmt(f)
    }
}

/// A short description of the language for the person who writes rules.
pub fn help(language: Language) -> &'static str {
    match language {
        Language::Ru => include_str!("../../data/rule/help_ru.txt"),
        Language::En | Language::Other => include_str!("../../data/rule/help_en.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn check(rule: &str, text: &str) -> String {
        match Rule::parse(rule).map(|rule| rule.find(&Tokens::new(text))) {
            Ok(Some(spans)) => spans.into_iter().map(|span| &text[span]).collect::<Vec<_>>().join(","),
            Ok(None) => "-".into(),
            Err(error) => format!("{}@{}", error.kind.code(), error.at),
        }
    }

    #[test]
    fn each_sign_does_what_the_table_says() {
        for (rule, text, found) in [
            ("комиссия", "Взяли комиссию, потом комиссии", "комиссию,комиссии"),
            ("«горячая линия»", "на горячей линии; линия горячая", "горячей,линии"),
            ("=банк", "в банке; банк", "банк"),
            ("=\"горячая линия\"", "на горячей линии", "-"),
            ("плат*", "платежи и платно", "платежи,платно"),
            ("карта и блок*", "заблокировали карту, блокировка карты", "карту,блокировка,карты"),
            ("карта или счёт", "мой счет", "счет"),
            ("card OR account", "My accounts", "accounts"),
            ("карта -кредит", "карта и кредиты", "-"),
            ("карта не кредит", "карта", "карта"),
            ("деньги ~2 (списать | снять)", "списали вчера деньги", "списали,деньги"),
            ("деньги ~2 (списать | снять)", "списали вчера у меня деньги", "-"),
            ("дом.рф", "банк Дом РФ", "Дом,РФ"),
            ("\"не работает\"", "Приложение не работает", "не,работает"),
            ("карта ~5 карт*", "карта", "-"),
            ("a ~1 b ~1 c", "c a b c", "c,a,b,c"),
            ("a (b | -c)", "a", "a"),
            ("(a+)+$", "a", "a"),
        ] {
            assert_eq!(check(rule, text), found, "{rule} in {text}");
        }
    }

    #[test]
    fn errors_say_what_and_where() {
        let deep = "(".repeat(21) + "a";
        let long = "a".repeat(2_001);
        let many = "a ".repeat(201);
        for (rule, error) in [
            ("", "rule_empty@0"),
            ("*** + .", "rule_empty@0"),
            (long.as_str(), "rule_too_long@2000"),
            (many.as_str(), "rule_too_many_words@400"),
            (deep.as_str(), "rule_too_deep@20"),
            ("карта \"не", "rule_unclosed_quote@6"),
            ("карта (a", "rule_unclosed_parenthesis@6"),
            ("карта) a", "rule_unopened_parenthesis@5"),
            ("карта | ", "rule_missing_operand@8"),
            ("или карта", "rule_missing_operand@0"),
            ("a ()", "rule_missing_operand@3"),
            ("п*", "rule_short_prefix@0"),
            ("a ~51 b", "rule_distance@2"),
            ("a ~5 (b c)", "rule_near_operand@5"),
            ("-a ~5 b", "rule_only_excludes@0"),
            ("a | -b", "rule_only_excludes@0"),
        ] {
            assert_eq!(check(rule, ""), error, "{rule}");
        }
    }

    #[test]
    fn rules_are_written_in_their_shortest_form() {
        let show = |rule: &str| Rule::parse(rule).map(|rule| rule.to_string()).unwrap_or_default();
        expect!["карта -(кредит | вклад)"].assert_eq(&show("КАРТА и не (кредит или ВКЛАД)"));
        expect![[r#"("не" ~5 =банк | "дом рф") плат*"#]].assert_eq(&show("(\"не\" ~ =Банк | дом.рф) плат*"));
        expect!["a ~5 b ~3 (c | d) -(e f)"].assert_eq(&show("((a ~5 b)) ~3 (c | (d)) -(e f)"));
    }

    #[test]
    fn help_is_in_both_languages_and_its_examples_parse() {
        for text in [help(Language::Ru), help(Language::En)] {
            let examples: Vec<&str> =
                text.lines().filter_map(|line| line.split_once(" — ")).map(|pair| pair.0).collect();
            assert!(examples.len() >= 8, "{text}");
            for example in examples {
                assert!(Rule::parse(example).is_ok(), "{example}");
            }
        }
    }
}
