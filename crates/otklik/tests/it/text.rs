//! `otklik text …`: files in, answers out, without a data folder.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::server::{answer, json_of, refusal};

const REVIEWS: &str = "id,text,topic\n\
    1,Карта заблокирована без причины,card\n\
    2,\"Перевод не дошёл, деньги потеряны\",transfer\n\
    3,Карту съел банкомат,card\n\
    4,Перевод отменили и не вернули деньги,transfer\n\
    5,Моя карта не работает,card\n\
    6,\"Отличный банк, спасибо за быстрый перевод!\",transfer\n\
    7,\"моя карта не работает!\",card\n\
    8,Hello from [email] the café,none\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("reviews.csv"), REVIEWS).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(REVIEWS.as_bytes()).unwrap();
    std::fs::write(folder.path().join("reviews.csv.gz"), packed.finish().unwrap()).unwrap();
    folder
}

fn column(folder: &Path, arguments: &[&str], name: &str) -> Vec<Value> {
    let rows = json_of(&answer(folder, &[&["text"], arguments, &["--text", "text", "--json"]].concat()));
    rows.as_array().unwrap().iter().map(|row| row[name].clone()).collect()
}

#[test]
fn every_row_has_sentiment_language_and_theme() {
    let folder = folder();
    let sentiment = column(folder.path(), &["sentiment", "reviews.csv.gz"], "sentiment");
    assert_eq!((sentiment.len(), &sentiment[1], &sentiment[5]), (8, &json!(-1), &json!(1)));
    let plain = answer(folder.path(), &["text", "sentiment", "reviews.csv", "--text", "text"]);
    assert!(plain.starts_with("sentiment,score,confidence,reasons\n-1,-"), "{plain}");
    assert_eq!(plain.lines().count(), 9);
    let languages = column(folder.path(), &["lang", "reviews.csv"], "language");
    assert_eq!((&languages[0], &languages[7]), (&json!("ru"), &json!("en")));
    let themes = column(folder.path(), &["themes", "reviews.csv", "--k", "3"], "theme");
    assert_eq!((themes.len(), &themes[4]), (8, &themes[6]), "{themes:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is written");
}

#[test]
fn alike_texts_and_duplicates_are_found() {
    let folder = folder();
    let rows =
        column(folder.path(), &["similar", "reviews.csv", "--to", "card is blocked", "--top", "2"], "row");
    assert_eq!((rows.len(), &rows[0]), (2, &json!(1)));
    let again = answer(folder.path(), &["text", "similar", "reviews.csv", "--text", "text"]);
    assert_eq!(again, "row,duplicate_of,text\n7,5,моя карта не работает!\n");
}

#[test]
fn a_column_is_masked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "n,t\n1,\"Пишите, ivan@example.com\"\n2,ок\n").unwrap();
    let masked = answer(folder.path(), &["text", "mask", "a.csv", "--text", "t"]);
    assert_eq!(masked, "text\n\"Пишите, [email]\"\nок\n");
}

#[test]
fn topics_are_learnt_and_tested() {
    let folder = folder();
    let files =
        ["text", "eval", "--train", "reviews.csv", "--text", "text", "--label", "topic", "--oos", "none"];
    let tested = [&files[..], &["--test", "reviews.csv.gz", "--json"]].concat();
    let quality = json_of(&answer(folder.path(), &tested));
    assert_eq!((&quality["accuracy"], &quality["macro_f1"]), (&json!(1.0), &json!(1.0)), "{quality}");
    for figure in ["oos_auroc", "train_s", "items_per_s"] {
        assert!(quality[figure].is_number(), "{quality}");
    }
    let crossed = [&files[..], &["--cv", "3", "--shots", "2", "--seed", "1", "--json"]].concat();
    let quality = json_of(&answer(folder.path(), &crossed));
    assert!((0.0..=1.0).contains(&quality["accuracy"].as_f64().unwrap()), "{quality}");
    let read = answer(folder.path(), &tested[..tested.len() - 1]);
    assert!(read.starts_with("accuracy\t100.0 %\n"), "{read}");
}

#[test]
fn what_is_wrong_is_said_in_the_language_of_the_terminal() {
    let folder = folder();
    std::fs::write(folder.path().join("bare.csv"), "text,topic\nпривет,\n").unwrap();
    for (language, column, label, file) in [
        (
            "C",
            "there is no column “words”. There are: id, text, topic",
            "no row has a label",
            "nowhere.csv: ",
        ),
        (
            "ru_RU.UTF-8",
            "нет столбца «words». Есть: id, text, topic",
            "ни в одной строке нет метки",
            "nowhere.csv: ",
        ),
    ] {
        let said = refusal(folder.path(), &["text", "lang", "reviews.csv", "--text", "words"], language);
        assert!(said.contains(column), "{said}");
        let eval = ["text", "eval", "--train", "bare.csv", "--cv", "2", "--text", "text", "--label", "topic"];
        assert!(refusal(folder.path(), &eval, language).contains(label));
        assert!(
            refusal(folder.path(), &["text", "lang", "nowhere.csv", "--text", "t"], language).contains(file)
        );
    }
}
