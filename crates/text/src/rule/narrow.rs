//! What an index is asked for before a rule is applied: few texts to read in place of all.

use super::node::Node;
use crate::lexer::{How, Word};
use crate::search::SearchQuery;

/// A search that finds every text in which `node` can match, and others; `None` where no index can tell.
pub(super) fn narrow(node: &Node) -> Option<SearchQuery> {
    match node {
        Node::Word(word) => narrow_word(word),
        Node::Phrase(words) => every(words.iter().map(narrow_word)),
        Node::Near(left, right, _) => every([narrow(left), narrow(right)]),
        Node::All(nodes) => every(nodes.iter().map(narrow)),
        Node::Any(nodes) => nodes.iter().map(narrow).collect::<Option<Vec<_>>>().and_then(any),
        Node::Not(_) => None,
    }
}

fn narrow_word(word: &Word) -> Option<SearchQuery> {
    match word.how {
        How::Stem | How::Form if is_plain(&word.stem) => Some(SearchQuery::Word(word.stem.clone())),
        How::Prefix if is_cyrillic(&word.form) => any(beginnings(&word.form)),
        How::Prefix if is_latin(&word.form) => any(english_beginnings(&word.form)),
        _ => None,
    }
}

/// Russian stems are their words without an ending: a word that begins with `form` has a stem that begins so too, or
/// that is itself a beginning of `form`.
fn beginnings(form: &str) -> Vec<SearchQuery> {
    let shorter = form.char_indices().skip(1).map(|(end, _)| SearchQuery::Word(form[..end].to_owned()));
    shorter.chain([SearchQuery::Prefix(form.to_owned())]).collect()
}

/// What the English stemmer (Porter 2) puts in the place of an ending: «happy» becomes happi, «hoping» hope, «ability»
/// abl, «dying» die, «skies» sky.
const PUT_INSTEAD: [&str; 6] = ["e", "i", "l", "le", "ie", "y"];

/// So many letters of a beginning are enough to narrow by.
const LETTERS: usize = 12;

/// The same in English, whose stems end otherwise than their words: one that parts with `form` does so by one of
/// [`PUT_INSTEAD`].
fn english_beginnings(form: &str) -> Vec<SearchQuery> {
    let form = &form[..form.len().min(LETTERS)];
    let changed = (1..form.len()).flat_map(|end| PUT_INSTEAD.map(|put| format!("{}{put}", &form[..end])));
    let mut words: Vec<String> = changed.collect();
    words.sort_unstable();
    words.dedup();
    beginnings(form).into_iter().chain(words.into_iter().map(SearchQuery::Word)).collect()
}

fn is_latin(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_plain(stem: &str) -> bool {
    !stem.is_empty() && stem.chars().all(char::is_alphanumeric)
}

fn is_cyrillic(form: &str) -> bool {
    form.chars().all(|letter| matches!(letter, 'а'..='я'))
}

fn every(parts: impl IntoIterator<Item = Option<SearchQuery>>) -> Option<SearchQuery> {
    one_or(parts.into_iter().flatten().collect(), SearchQuery::And)
}

fn any(parts: Vec<SearchQuery>) -> Option<SearchQuery> {
    one_or(parts, SearchQuery::Or)
}

fn one_or(mut parts: Vec<SearchQuery>, join: fn(Vec<SearchQuery>) -> SearchQuery) -> Option<SearchQuery> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(join(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::SearchQuery;
    use crate::tokens::Tokens;

    fn finds(query: &SearchQuery, tokens: &Tokens) -> bool {
        let some = |is: &dyn Fn(&str) -> bool| (0..tokens.len()).any(|at| is(tokens.stem(at)));
        match query {
            SearchQuery::Word(stem) => some(&|it| it == stem),
            SearchQuery::Prefix(start) => some(&|it| it.starts_with(start.as_str())),
            SearchQuery::Phrase(stems) => stems.iter().all(|stem| some(&|it| it == stem)),
            SearchQuery::And(parts) => parts.iter().all(|part| finds(part, tokens)),
            SearchQuery::Or(parts) => parts.iter().any(|part| finds(part, tokens)),
            SearchQuery::Not(inner) => !finds(inner, tokens),
        }
    }

    #[test]
    fn no_text_of_a_rule_is_missed() {
        let texts = [
            "Взяли комиссию за перевод",
            "Платят и платно",
            "платить",
            "плата",
            "Еда, её вкус",
            "моя карта",
            "Ипотека и ипотечный центр",
            "happy people",
            "cards were blocked",
            "горячая линия",
            "линия горячая",
            "Списали вчера деньги",
            "дом.рф",
            "the app dies",
            "a dying battery, lying bots, skies",
            "unhappily hoping for stability and organization",
            "Заблокировали счёт",
            "ничего",
        ];
        let rules = [
            "комиссия",
            "плат*",
            "платят*",
            "платить*",
            "её*",
            "моя*",
            "ипотек*",
            "happ*",
            "card* блок*",
            "dy*",
            "skie*",
            "hopin*",
            "stabilit*",
            "organiza*",
            "«горячая линия»",
            "=\"горячая линия\"",
            "деньги ~3 (списать | снять)",
            "карта | счёт",
            "перевод -карта",
            "дом.рф",
            "(ипотек* | happ*) центр",
            "(карта | -счёт) моя",
        ];
        for rule in rules {
            let parsed = Rule::parse(rule).unwrap();
            let search = parsed.search();
            for text in texts {
                let tokens = Tokens::new(text);
                let found = parsed.find(&tokens).is_some();
                assert!(!found || search.as_ref().is_none_or(|it| finds(it, &tokens)), "{rule} in {text}");
            }
        }
    }

    /// Every beginning of every word that these roots and endings make.
    #[test]
    fn no_english_word_is_missed_by_its_beginning() {
        let roots = "hop run happ agenc stabl organ relat digit general posit fl tr cr sp us ag ic ow d l t sk hard help \
            hope univers commun sens abil log play say quick cancel transfer pay bank";
        let endings = "  s es ed ing ings y ies ied ier iest er ers ly ily ation ations ational ator ize izes izing \
            ization izer iser ity ities ive iveness ivity ability abilities able ably ible ibility al ally alism ality \
            ment ments ful fully fulness ness less lessly ous ously ousness ence ency ancy ance ance ic icate ical ically \
            icity ology ological ying ning ning led ling";
        for root in roots.split_whitespace() {
            for ending in endings.split(' ') {
                let word = format!("{root}{ending}");
                let tokens = Tokens::new(&word);
                for end in 2..=word.len() {
                    let rule = Rule::parse(&format!("{}*", &word[..end])).unwrap();
                    let search = rule.search().unwrap();
                    assert!(rule.find(&tokens).is_some(), "{rule} in {word}");
                    assert!(finds(&search, &tokens), "{rule} in {word}, stem {}", tokens.stem(0));
                }
            }
        }
    }

    #[test]
    fn what_an_index_cannot_tell_is_left_to_reading() {
        for rule in ["naïv*", "карта | naïv*"] {
            assert_eq!(Rule::parse(rule).unwrap().search(), None, "{rule}");
        }
        let narrowed = Rule::parse("карта -naïv*").unwrap().search();
        assert_eq!(narrowed, Some(SearchQuery::Word("карт".into())));
    }
}
