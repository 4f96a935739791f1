//! What a preview tells before an import: the sheets of a workbook, and what a mapping makes of the first rows.

use super::sample::workbook;
use super::{NOW, input, previewed};
use otklik_voice::files::{Format, IssueCode, Kind, Limits, Target, preview};

#[test]
fn a_workbook_tells_its_sheets_and_gives_the_one_that_is_chosen() {
    let found = previewed(workbook()).unwrap();
    assert_eq!(found.sheets, ["Пусто", "Отзывы"]);
    let sheet = |name: &str| {
        let format = Format { kind: Kind::Xlsx { sheet: name.to_owned() }, ..found.format.clone() };
        preview(input(workbook()), Some(format), &Limits::default())
    };
    assert_eq!(sheet("Отзывы").unwrap(), found, "the first with values is the one found");
    assert_eq!(sheet("Пусто").unwrap_err().code(), "file_empty");
    assert_eq!(sheet("Нет такого").unwrap_err().code(), "file_without_sheet");
    assert!(previewed("id,text\n1,Хорошо\n").unwrap().sheets.is_empty());
}

#[test]
fn a_mapping_is_tried_on_the_first_rows() {
    let csv = "id,when,mark,text\n1,2026-02-01,9,Хорошо\n2,вчера,11,Плохо\n1,2026-02-02,5,Так себе\n";
    let mut found = previewed(csv).unwrap();
    assert_eq!(found.issues, []);
    let mut mapping = found.mapping.clone();
    mapping.apply_pairs("external_id=id,occurred_at=when,nps=mark,text=text").unwrap();
    found.try_mapping(mapping.clone(), NOW).unwrap();
    let reasons: Vec<_> = found.issues.iter().map(|issue| (issue.line, issue.code)).collect();
    let expected =
        [(3, IssueCode::BadDate), (3, IssueCode::ScoreOutOfRange), (4, IssueCode::DuplicateInFile)];
    assert_eq!(reasons, expected);
    assert_eq!(found.mapping, mapping);
}

#[test]
fn a_mapping_that_does_not_fit_leaves_the_preview_as_it_was() {
    let found = previewed("id,text\n1,Хорошо\n").unwrap();
    let mut mapping = found.mapping.clone();
    mapping.set("text", Target::Ignore);
    let mut tried = found.clone();
    assert_eq!(tried.try_mapping(mapping, NOW).unwrap_err().code(), "mapping_nothing_said");
    assert_eq!(tried, found);
}

#[test]
fn rows_beyond_those_that_are_shown_are_checked_too() {
    let row = |n: usize| format!("{n},{},Отзыв\n", if n == 150 { "вчера" } else { "2026-02-01" });
    let csv = format!("id,date,text\n{}", (1..=300).map(row).collect::<String>());
    let mut found = previewed(csv).unwrap();
    assert_eq!(found.rows.len(), 20);
    found.try_mapping(found.mapping.clone(), NOW).unwrap();
    assert_eq!(found.issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), [151]);
}
