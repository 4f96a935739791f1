//! The public data sets through the whole import, where they lie beside the checkout.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use flate2::read::GzDecoder;
use otklik_app::App;
use otklik_testkit::{TestApp, both};
use rust_xlsxwriter::Workbook;

use crate::company::{count, counts, data, import};

const BANK: &str = "ru_bank_reviews_domrf.csv.gz";
const SURVEY: &str = "en_nps_survey_verbatims.csv.gz";

/// Rows of the file that are spelled anew and broken: enough to meet every kind of cell.
const ROWS: usize = 600;

/// How many rows are broken on purpose.
const BROKEN: usize = 50;

both! {
    async fn reviews_of_a_bank_come_in_once(store: TestStore) {
        let Some(bytes) = data(BANK) else { return };
        let app = TestApp::new(store).await;
        assert_eq!(import(&app, "bank", &bytes, "").await, (counts(2_709, 2_709, 0, 0, 0), Vec::new()));
        assert_eq!(import(&app, "bank", &bytes, "").await.0, counts(2_709, 0, 2_709, 0, 0));
        assert_eq!(count(&app.store, "select count(*) from feedback where csat is not null").await, 2_709);
    }

    async fn answers_to_a_survey_with_comments_that_have_no_score(store: TestStore) {
        let Some(bytes) = data(SURVEY) else { return };
        let app = TestApp::new(store).await;
        let pairs = "nps=nps_score,touchpoint=touchpoint";
        assert_eq!(import(&app, "survey", &bytes, pairs).await.0, counts(2_385, 2_385, 0, 0, 0));
        assert_eq!(import(&app, "survey", &bytes, pairs).await.0, counts(2_385, 0, 2_385, 0, 0));
        let comments = "select count(*) from feedback where nps is null and text is not null";
        assert_eq!(count(&app.store, comments).await, 32);
    }

    async fn the_same_file_in_five_spellings_gives_the_same_items(store: TestStore) {
        let Some(bytes) = data(BANK) else { return };
        let app = TestApp::new(store).await;
        let mut expected = None;
        for (name, file) in spellings(&table(&bytes)) {
            assert_eq!(import(&app, name, &file, "").await, (counts(ROWS as u64, ROWS as u64, 0, 0, 0), Vec::new()), "{name}");
            let stored = stored(&app, name).await;
            assert_eq!(stored.len(), ROWS, "{name}");
            assert!(*expected.get_or_insert_with(|| stored.clone()) == stored, "{name} differs from the CSV");
        }
    }

    async fn rows_broken_on_purpose_are_listed_and_the_others_come_in(store: TestStore) {
        let Some(bytes) = data(BANK) else { return };
        let app = TestApp::new(store).await;
        let (file, expected) = broken(&table(&bytes));
        let (found, issues) = import(&app, "bank", &file, "").await;
        assert_eq!(found, counts(ROWS as u64, (ROWS - BROKEN) as u64, 0, 0, BROKEN as u64));
        let listed: Vec<(u64, &str)> = issues.iter().map(|issue| (issue.line, issue.code.as_str())).collect();
        assert_eq!(listed, expected);
    }
}

type Table = Vec<Vec<String>>;

/// The file's table. What Windows-1251 lacks becomes `?`, so that all spellings can say the same.
fn table(bytes: &[u8]) -> Table {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    let is_foreign = |c: char| encoding_rs::WINDOWS_1251.encode(c.encode_utf8(&mut [0; 4])).2;
    let text: String = text.chars().map(|c| if is_foreign(c) { '?' } else { c }).collect();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().take(1 + ROWS).map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn delimited(table: &Table, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn spellings(table: &Table) -> Vec<(&'static str, Vec<u8>)> {
    let csv = delimited(table, b',');
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut lines = Vec::new();
    for (index, row) in table.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            sheet.write_string(index as u32, column as u16, value).unwrap();
        }
        if index > 0 {
            let object: serde_json::Map<String, serde_json::Value> =
                table[0].iter().cloned().zip(row.iter().cloned().map(Into::into)).collect();
            writeln!(lines, "{}", serde_json::Value::Object(object)).unwrap();
        }
    }
    vec![
        ("csv", csv.clone().into_bytes()),
        ("windows-1251", encoding_rs::WINDOWS_1251.encode(&delimited(table, b';')).0.into_owned()),
        ("bom", format!("\u{feff}{csv}").into_bytes()),
        ("xlsx", workbook.save_to_buffer().unwrap()),
        ("jsonl", lines),
    ]
}

/// Ids and hashes of all content of a source.
async fn stored(app: &App, source: &str) -> BTreeSet<(String, String)> {
    let sql =
        "select external_id, content_hash from feedback join source on source.id = source_id where name = $1";
    sqlx::query_as(sql).bind(source).fetch_all(app.store.reader()).await.unwrap().into_iter().collect()
}

/// The table with every 12th row broken in one of five ways; the line and code of each.
fn broken(table: &Table) -> (Vec<u8>, Vec<(u64, &'static str)>) {
    let column = |name: &str| table[0].iter().position(|column| column == name).unwrap();
    let (id, date, rating, text) = (column("id"), column("created_at"), column("rating"), column("text"));
    let (mut file, mut expected) = (delimited(&table[..1].to_vec(), b','), Vec::new());
    for (index, row) in table.iter().enumerate().skip(1) {
        let mut row = row.clone();
        if index % 12 == 0 && expected.len() < BROKEN {
            let line = file.lines().count() as u64 + 1;
            expected.push((
                line,
                match expected.len() % 5 {
                    0 => {
                        row[date] = "позавчера".to_owned();
                        "bad_date"
                    }
                    1 => {
                        row[rating] = "6".to_owned();
                        "score_out_of_range"
                    }
                    2 => {
                        row[id] = table[1][id].clone();
                        "duplicate_in_file"
                    }
                    3 => {
                        row[text] = "слово\0слово".to_owned();
                        "nul_byte"
                    }
                    _ => {
                        row.truncate(4);
                        "wrong_cell_count"
                    }
                },
            ));
        }
        file += &delimited(&vec![row], b',');
    }
    (file.into_bytes(), expected)
}
