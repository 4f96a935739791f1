//! What a preview tells before an import: the sheets of a workbook, and what a mapping makes of the first rows.

use super::sample::workbook;
use super::{NOW, input, previewed};
use otklik_voice::files::{DateFormat, FileError, Format, IssueCode, Kind, Limits, Target, preview};
use rust_xlsxwriter::Workbook;

#[test]
fn a_workbook_tells_its_sheets_and_gives_the_one_that_is_chosen() {
    let found = previewed(workbook()).unwrap();
    assert_eq!(found.sheets, ["Пусто", "Отзывы"]);
    let sheet = |name: &str| {
        let format = Format { kind: Kind::Xlsx { sheet: name.to_owned() }, ..found.format.clone() };
        preview(input(workbook()), Some(format), &Limits::default()).unwrap()
    };
    assert_eq!(sheet("Отзывы").rows, found.rows, "the first with values is the one found");
    for (name, code) in [("Пусто", "file_empty"), ("Нет такого", "file_without_sheet")] {
        let refused = sheet(name);
        assert_eq!(refused.refusal.as_ref().map(FileError::code), Some(code));
        assert_eq!((refused.sheets, refused.rows.len()), (found.sheets.clone(), 0));
    }
    assert!(previewed("id,text\n1,Хорошо\n").unwrap().sheets.is_empty());
}

/// Sheets with so many rows each, the first of them a header.
fn sheets(rows: &[(&str, u32)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in rows {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for row in 0..*rows {
            sheet.write_string(row, 0, if row == 0 { "text" } else { "Долго ждали" }).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_without_rows_is_passed_over_and_others_can_be_chosen() {
    let found = previewed(sheets(&[("Обложка", 1), ("Пусто", 0), ("Отзывы", 3)])).unwrap();
    assert_eq!((found.format.kind, found.rows.len()), (Kind::Xlsx { sheet: "Отзывы".to_owned() }, 2));
    let found = previewed(sheets(&[("Пусто", 0), ("Обложка", 1)])).unwrap();
    assert_eq!(found.refusal.map(|refusal| refusal.code()), Some("file_without_rows"));
    assert_eq!(found.sheets, ["Пусто", "Обложка"]);
    assert_eq!(previewed(sheets(&[("Пусто", 0), ("И тут", 0)])).unwrap_err().code(), "file_empty");
    assert_eq!(previewed(sheets(&[("Обложка", 1)])).unwrap_err().code(), "file_without_rows");
}

#[test]
fn the_order_of_dates_is_that_of_the_column_which_the_mapping_takes() {
    let csv = "when,seen,text\n2026-02-01,03/25/2026,Хорошо\n2026-02-02,03/26/2026,Плохо\n";
    let mut found = previewed(csv).unwrap();
    assert_eq!(found.date_format, Some(DateFormat::Iso));
    let mut mapping = found.mapping.clone();
    mapping.apply_pairs("occurred_at=seen").unwrap();
    assert_eq!(found.date_format_of(&mapping), Some(DateFormat::MonthDayYear));
    mapping.date_format = DateFormat::MonthDayYear;
    found.try_mapping(mapping, NOW).unwrap();
    assert_eq!((found.date_format, found.issues.len()), (Some(DateFormat::MonthDayYear), 0));
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
    let mut found = previewed("id,text\n1,Хорошо\n").unwrap();
    let before = found.mapping.clone();
    let mut mapping = before.clone();
    mapping.set("text", Target::Ignore);
    assert_eq!(found.try_mapping(mapping, NOW).unwrap_err().code(), "mapping_nothing_said");
    assert_eq!((found.mapping, found.issues), (before, Vec::new()));
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
