//! The public data sets, where they lie beside the checkout.

use super::sample::{gzip, windows_1251};
use super::{Imported, assert_same, imported, previewed};
use expect_test::expect;
use otklik_voice::files::Target;
use rust_xlsxwriter::Workbook;
use std::io::Read;
use std::path::PathBuf;

/// The file, or nothing in a clone that lacks the data.
fn data(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared", "data", name].iter().collect();
    std::fs::read(path).ok()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn table(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// The same table as Windows-1251 with semicolons, with a mark, as a workbook, as JSON Lines. What Windows-1251 lacks
/// is written as `?` in all of them.
fn rewritten(text: &str) -> Vec<Vec<u8>> {
    let text: String = text
        .chars()
        .map(|c| if encoding_rs::WINDOWS_1251.encode(c.encode_utf8(&mut [0; 4])).2 { '?' } else { c })
        .collect();
    let table = table(&text);
    let mut semicolons = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut lines = String::new();
    for (index, row) in table.iter().enumerate() {
        semicolons.write_record(row).unwrap();
        for (column, value) in row.iter().enumerate() {
            sheet.write_string(index as u32, column as u16, value).unwrap();
        }
        if index > 0 {
            let object: serde_json::Map<_, _> =
                table[0].iter().zip(row).map(|(name, value)| (name.to_owned(), value.into())).collect();
            lines += &format!("{}\n", serde_json::Value::Object(object));
        }
    }
    vec![
        text.clone().into_bytes(),
        windows_1251(&String::from_utf8(semicolons.into_inner().unwrap()).unwrap()),
        format!("\u{feff}{text}").into_bytes(),
        workbook.save_to_buffer().unwrap(),
        gzip(lines.as_bytes()),
    ]
}

fn proposal(bytes: &[u8]) -> String {
    let mapping = previewed(bytes).unwrap().mapping;
    let pair = |column: &str, to: &Target| format!("{column} -> {}\n", String::from(to.clone()));
    mapping.columns.iter().map(|map| pair(&map.column, &map.to)).collect()
}

fn sum_of_scores(all: &Imported) -> (usize, u64) {
    let scores = all.records.iter().filter_map(|record| record.csat.or(record.nps));
    (scores.clone().count(), scores.map(u64::from).sum())
}

#[test]
fn reviews_of_a_bank() {
    let Some(bytes) = data("ru_bank_reviews_domrf.csv.gz") else { return };
    expect![[r#"
        id -> external_id
        bank -> attribute:bank
        created_at -> occurred_at
        rating -> csat
        status -> attribute:status
        bank_answered -> attribute:bank_answered
        comments -> attribute:comments
        title -> title
        text -> text
        text_truncated -> attribute:text_truncated
    "#]]
    .assert_eq(&proposal(&bytes));
    let all = imported(bytes.clone(), "");
    assert_eq!(all.issues, []);
    assert_eq!(all.records.len(), 2709);
    assert_eq!(sum_of_scores(&all), (2709, 1533 + 2 * 252 + 3 * 85 + 4 * 90 + 5 * 749));

    let mut files = rewritten(&unpacked(&bytes)).into_iter();
    let reference = imported(files.next().unwrap(), "").without_lines();
    assert_eq!(reference.len(), 2709);
    for file in files {
        assert_same(&imported(file, "").without_lines(), &reference, "rewritten");
    }
}

#[test]
fn answers_to_an_nps_survey() {
    let Some(bytes) = data("en_nps_survey_verbatims.csv.gz") else { return };
    expect![[r#"
        response_id -> external_id
        responded_at -> occurred_at
        touchpoint -> touchpoint
        nps_score -> nps
        nps_group -> attribute:nps_group
        quarter -> attribute:quarter
        text -> text
    "#]]
    .assert_eq(&proposal(&bytes));
    let all = imported(bytes, "nps=nps_score,touchpoint=touchpoint");
    assert_eq!(all.issues, []);
    assert_eq!(all.records.len(), 2385);
    assert_eq!(all.records.iter().filter(|record| record.nps.is_none()).count(), 32);
    assert_eq!(all.records.iter().filter(|record| record.nps == Some(0)).count(), 764);
}

#[test]
fn complaints_about_lenders() {
    let Some(bytes) = data("en_cfpb_loan_complaints.csv.gz") else { return };
    let all = imported(bytes, "");
    assert_eq!(all.issues, []);
    assert_eq!(all.records.len(), 2827);
}

#[test]
fn texts_of_other_sets_come_in_whole() {
    for (name, rows) in
        [("en_fr_app_reviews_clusters.csv.gz", 1_200), ("ru_restaurant_reviews_aspects.csv.gz", 404)]
    {
        let Some(bytes) = data(name) else { continue };
        let all = imported(bytes, "");
        assert_eq!(all.issues, [], "{name}");
        assert_eq!(all.records.len(), rows, "{name}");
    }
}
