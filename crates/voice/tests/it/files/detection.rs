//! What a file is, told by its content.

use super::sample::windows_1251;
use super::{detected, previewed};
use otklik_voice::files::{Charset, Format, Kind};

fn dialect(text: &str) -> (char, char, bool) {
    match detected(text).unwrap().kind {
        Kind::Csv { delimiter, quote, header } => (delimiter, quote, header),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_delimiter_is_the_one_on_which_rows_agree() {
    assert_eq!(dialect("id;text\n1;Да, хорошо, спасибо\n2;Нет, плохо\n"), (';', '"', true));
    assert_eq!(dialect("id,text\n1,\"a;b;c\"\n2,\"d;e\"\n"), (',', '"', true));
    assert_eq!(dialect("id\ttext\n1\ta,b\n2\tc;d\n"), ('\t', '"', true));
    assert_eq!(dialect("id|text\n1|a,b\n2|c\n"), ('|', '"', true));
    assert_eq!(dialect("'id','text'\n'1','one, two'\n"), (',', '\'', true));
    assert_eq!(dialect("2026-01-01,1\n2026-01-02,2\n"), (',', '"', false));
}

#[test]
fn russian_text_of_one_byte_a_character_is_windows_1251() {
    let charset = |text: &str| detected(windows_1251(text)).unwrap().encoding;
    assert_eq!(charset("id;отзыв\n1;Ждали доставку два часа, курьер не позвонил\n"), Charset::WINDOWS_1251);
    assert_eq!(charset("id;text;город\n1;ok;Пермь\n2;fine;Омск\n3;bad;Тула\n"), Charset::WINDOWS_1251);
    assert_eq!(charset("клиент;оценка\nИванов;5\nПетрова;4\n"), Charset::WINDOWS_1251);
}

#[test]
fn the_first_word_beyond_ascii_may_stand_far_down() {
    let mut text = String::from("id;text\n");
    for id in 0..60_000 {
        text += &format!("{id};ordinary text\n");
    }
    text += "60000;Первый русский отзыв в этом файле\n";
    assert!(text.len() > 1 << 20);
    assert_eq!(detected(windows_1251(&text)).unwrap().encoding, Charset::WINDOWS_1251);
    assert_eq!(detected(text).unwrap().encoding, Charset::UTF_8);
}

#[test]
fn a_format_is_kept_as_json() {
    let format = detected("id;text\n1;one\n").unwrap();
    let json = serde_json::to_string(&format).unwrap();
    assert_eq!(serde_json::from_str::<Format>(&json).unwrap(), format);
    let unknown = json.replace("UTF-8", "KLINGON");
    assert!(serde_json::from_str::<Format>(&unknown).is_err());
    assert_eq!(Charset::from_label("cp1251"), Some(Charset::WINDOWS_1251));
}

#[test]
fn names_of_columns_are_made_unique() {
    let found = previewed("text,,text, text \nпервый отзыв,2,3,4\n").unwrap();
    assert_eq!(found.columns.names, ["text", "column_2", "text_2", "text_3"]);
}
