//! Every code that an error can have is worded in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use otklik_app::messages::{Language, message};

/// The files in which errors get their codes, and the sources of the interface, which names some of its own.
const PLACES: [&str; 12] = [
    "api/src",
    "app/src/error.rs",
    "backlog/src/error.rs",
    "demo/src/error.rs",
    "facts/src/error.rs",
    "metrics/src/error.rs",
    "platform/src/error.rs",
    "store/src/error.rs",
    "text/src/rule/error.rs",
    "voice/src/error.rs",
    "voice/src/files/error.rs",
    "voice/src/files/mapping.rs",
];

#[test]
fn every_code_has_its_own_words() {
    let codes: BTreeSet<String> = PLACES.iter().flat_map(|place| codes_of(&crates().join(place))).collect();
    assert!(codes.len() > 90 && codes.contains("wrong_credentials"), "{codes:?}");
    for language in Language::ALL {
        let general = word(language, "internal");
        let silent: Vec<&String> =
            codes.iter().filter(|code| *code != "internal" && word(language, code) == general).collect();
        assert!(silent.is_empty(), "{language:?} has no words for {silent:?}");
    }
}

#[test]
fn words_choose_their_form_by_what_they_tell() {
    let open = |language, count: &str| {
        message(language, "gate_open", &[("open".to_owned(), count.to_owned())].into())
    };
    assert_eq!(open(Language::Ru, "1"), "В чек-листе внедрения открыт 1 пункт.");
    assert_eq!(open(Language::Ru, "3"), "В чек-листе внедрения открыто 3 пункта.");
    assert_eq!(open(Language::Ru, "11"), "В чек-листе внедрения открыто 11 пунктов.");
    assert_eq!(open(Language::En, "1"), "1 line of the release gate is open.");
    let large =
        [("what".to_owned(), "workbook".to_owned()), ("limit".to_owned(), "1073741824".to_owned())].into();
    assert_eq!(
        message(Language::Ru, "file_too_large", &large),
        "После распаковки книга больше допустимого: не более 1073741824 байт."
    );
}

fn word(language: Language, code: &str) -> String {
    message(language, code, &BTreeMap::new())
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Codes as the sources write them: the words behind `=>` in a `fn code`, and those given to `ApiError`.
fn codes_of(place: &Path) -> Vec<String> {
    if place.is_dir() {
        let files = fs::read_dir(place).unwrap().map(|file| file.unwrap().path());
        return files.flat_map(|file| codes_of(&file)).collect();
    }
    let text = fs::read_to_string(place).unwrap();
    let given = text.split("new(StatusCode::").skip(1).filter_map(first_word);
    let bodies = text.split("fn code(").skip(1).filter_map(|rest| rest.split("\n    }\n").next());
    let matched =
        bodies.flat_map(|body| body.split("=> \"").skip(1)).filter_map(|rest| rest.split('"').next());
    given.chain(matched).filter(|code| is_code(code)).map(str::to_owned).collect()
}

/// The first text in quotes before the call ends.
fn first_word(rest: &str) -> Option<&str> {
    rest.split(')').next()?.split('"').nth(1)
}

fn is_code(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}
