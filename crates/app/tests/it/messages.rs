//! Every code that an error can have is worded in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use otklik_app::AppError;
use otklik_app::messages::{Language, message};
use otklik_app::refusals::word_issue;
use otklik_voice::files::{Damage, FileError, Issue, IssueCode};

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

#[test]
fn what_is_wrong_with_a_file_is_said_in_the_language_of_the_reader() {
    for language in Language::ALL {
        let damages: BTreeSet<String> =
            Damage::ALL.iter().map(|what| said(language, FileError::Damaged { what: *what })).collect();
        assert_eq!(damages.len(), Damage::ALL.len(), "each has words of its own: {damages:?}");
    }
    let cut_off = || io::Error::new(io::ErrorKind::UnexpectedEof, "failed to fill whole buffer").into();
    assert_eq!(
        said(Language::Ru, cut_off()),
        "Файл обрывается на середине: похоже, он скопирован или скачан не до конца."
    );
    let full = || io::Error::from(io::ErrorKind::StorageFull).into();
    assert_eq!(said(Language::Ru, full()), "Файл не удалось прочитать: на диске не осталось места.");
    assert_eq!(said(Language::En, full()), "The file cannot be read: the disk is full.");
    let other = io::Error::from_raw_os_error(5).into();
    assert_eq!(said(Language::Ru, other), "Файл не удалось прочитать: ошибка системы 5.");
    let bad_json = Issue::of_row(1, IssueCode::BadJson).with("reason", "separator");
    assert_eq!(
        word_issue(&bad_json, Language::Ru),
        "Это не JSON: не хватает запятой или закрывающей скобки."
    );
}

fn said(language: Language, error: FileError) -> String {
    let error = AppError::from(error);
    message(language, error.code(), &error.params())
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
