//! Files meant to hurt: refused with a code, or read without harm.

use super::sample::gzip;
use super::{detected, imported, imported_within, input, previewed, read};
use otklik_voice::files::IssueCode::*;
use otklik_voice::files::{FileError, Limits, detect, preview};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn code(bytes: impl Into<Vec<u8>>) -> &'static str {
    previewed(bytes).unwrap_err().code()
}

/// A workbook of one sheet with the given parts added or put in the place of its own.
fn workbook_with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "text").unwrap();
    sheet.write_string(1, 0, "Хороший отзыв").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).unwrap();
        if !parts.iter().any(|(name, _)| *name == part.name().unwrap()) {
            writer.raw_copy_file(part).unwrap();
        }
    }
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_no_feedback_are_named() {
    assert_eq!(code(""), "file_empty");
    assert_eq!(code(" \n\r\n\t\n"), "file_empty");
    assert_eq!(code("\u{feff}"), "file_empty");
    assert_eq!(code("id,date,text\n"), "file_without_rows");
    assert_eq!(code("[]"), "file_without_rows");
    assert_eq!(code(vec![0; 4096]), "file_of_nul_bytes");
    assert_eq!(code("id\0,text\n1,a\n"), "file_of_nul_bytes");
    assert_eq!(code(gzip(b"")), "file_empty");
    for (bytes, what) in [
        (&b"%PDF-1.7\n"[..], "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "xls"),
        (b"PAR1....", "parquet"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<?xml version=\"1.0\"?><a/>", "xml"),
    ] {
        match detected(bytes) {
            Err(FileError::Unsupported { what: found }) => assert_eq!(found, what),
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn an_archive_that_is_no_workbook_is_named() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("reviews.csv", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"id,text\n1,a\n").unwrap();
    assert_eq!(code(writer.finish().unwrap().into_inner()), "file_format_unsupported");
    assert_eq!(code(&b"PK\x03\x04 and nothing more"[..]), "file_damaged");
    let whole = workbook_with(&[]);
    assert_eq!(imported(whole.clone(), "").records.len(), 1);
    assert_eq!(code(&whole[..whole.len() / 2]), "file_damaged");
}

/// The ratio is looked at from the first megabyte on.
fn wary() -> Limits {
    Limits { ratio_from_bytes: 1 << 20, ..Limits::default() }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let code = |name, content: &[u8]| {
        detect(&mut *input(workbook_with(&[(name, content)])), &wary()).map_err(|error| error.code())
    };
    assert!(code("xl/worksheets/sheet9.xml", b"<c/>").is_ok());
    assert_eq!(code("xl/worksheets/sheet9.xml", &b"<c/>".repeat(3 << 20)), Err("file_is_a_bomb"));
    assert_eq!(code("xl/media/image1.png", &vec![0; 12 << 20]), Err("file_is_a_bomb"));
    // One value as long as a book.
    let value = detected(workbook_with(&[("xl/worksheets/sheet9.xml", &vec![b' '; 17 << 20])])).unwrap_err();
    assert_eq!(value.params()[0], ("what", "workbook_cell".to_owned()));
}

#[test]
fn a_workbook_past_its_limits_is_refused() {
    let limits = Limits { workbook_bytes: 4096, ..Limits::default() };
    let too_large = detect(&mut *input(workbook_with(&[])), &limits).unwrap_err();
    assert_eq!((too_large.code(), too_large.params()[0].1.as_str()), ("file_too_large", "workbook"));
    let limits = Limits { workbook_parts: 3, ..Limits::default() };
    let too_many = detect(&mut *input(workbook_with(&[])), &limits).unwrap_err();
    assert_eq!((too_many.code(), too_many.params()[0].1.as_str()), ("file_too_large", "workbook_parts"));
    let limits = Limits { workbook_strings_bytes: 64, ..Limits::default() };
    let strings = detect(&mut *input(workbook_with(&[])), &limits).unwrap_err();
    assert_eq!((strings.code(), strings.params()[0].1.as_str()), ("file_too_large", "workbook_strings"));
}

#[test]
fn a_workbook_that_lies_about_its_strings_is_refused() {
    let strings = br#"<?xml version="1.0"?><sst uniqueCount = "999999999999"><si><t>text</t></si></sst>"#;
    assert_eq!(code(workbook_with(&[("xl/sharedStrings.xml", strings)])), "file_damaged");
}

#[test]
fn a_workbook_with_a_cell_at_the_far_end_asks_for_no_memory() {
    let sheet = br#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>
        <row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Last review</t></is></c></row>
        </sheetData></worksheet>"#;
    let all = imported(workbook_with(&[("xl/worksheets/sheet1.xml", sheet)]), "");
    assert_eq!((all.records.len(), all.records[0].line), (1, 1_048_576));
    let wide = br#"<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>"#;
    assert_eq!(code(workbook_with(&[("xl/worksheets/sheet1.xml", wide)])), "file_too_many_columns");
}

#[test]
fn a_gzip_bomb_is_refused() {
    let mut bomb = b"id,text\n1,\"".to_vec();
    bomb.resize(4 << 20, b'a');
    let bomb = gzip(&bomb);
    assert!(bomb.len() < 10 << 10);
    assert_eq!(preview(input(bomb), None, &wary()).unwrap_err().code(), "file_is_a_bomb");
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let rows: String = (0..100_000).map(|id| format!("{id},Отзыв номер {id}\n")).collect();
    let packed = gzip(format!("id,text\n{rows}").as_bytes());
    let found = preview(input(packed.clone()), None, &limits).unwrap();
    let error = read(packed, &found.format, &found.mapping, &limits).unwrap_err();
    assert_eq!((error.code(), error.params()[0].1.as_str()), ("file_too_large", "unpacked"));
}

#[test]
fn a_file_too_large_is_refused_before_it_is_read() {
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    let file = "id,text\n".to_owned() + &"1,a\n".repeat(100);
    let error = detect(&mut *input(file), &limits).unwrap_err();
    assert_eq!(error.params(), [("what", "file".to_owned()), ("limit", "100".to_owned())]);
}

#[test]
fn a_cell_of_a_megabyte_costs_its_row() {
    let huge = "б".repeat(512 << 10);
    let csv = format!("id,text,shop\n1,Первый,А\n2,\"{huge}\",Б\n3,Третий,В\n");
    let lines = format!(
        "{{\"id\":1,\"text\":\"Первый\"}}\n{{\"id\":2,\"text\":\"{huge}\"}}\n{{\"id\":3,\"text\":\"Третий\"}}\n"
    );
    let array = format!("[{}]", lines.trim().replace("}\n", "},\n"));
    for file in [csv, lines, array] {
        let all = imported(file, "");
        assert_eq!(all.ids(), ["1", "3"]);
        assert_eq!((all.issues[0].code, all.issues[0].column.as_deref()), (CellTooLong, Some("text")));
        assert_eq!(all.issues.len(), 1);
    }
}

#[test]
fn a_row_without_end_is_passed_over() {
    let limits = Limits { row_bytes: 300 << 10, cell_bytes: 64 << 10, ..Limits::default() };
    let outcome = |file: String| {
        let all = imported_within(file, "", &limits);
        let ids: Vec<String> = all.ids().into_iter().map(str::to_owned).collect();
        (ids, all.reasons(), all.records.last().map(|record| record.line))
    };
    let sound = vec!["1".to_owned(), "3".to_owned()];
    let huge = "слово, ещё \"\"слово\"\"\n".repeat(20_000);
    let quoted = format!("id,text,shop\n1,Первый,А\n2,\"{huge}\",Б\n3,Третий,В\n");
    assert_eq!(outcome(quoted), (sound.clone(), vec![(3, CellTooLong)], Some(20_004)));

    let huge = "а".repeat(512 << 10);
    let plain = format!("id,text,shop\n1,Первый,А\n2,{huge},Б\n3,Третий,В\n");
    assert_eq!(outcome(plain), (sound.clone(), vec![(3, RowTooLong)], Some(4)));

    let object = format!("{{\"id\":2,\"text\":\"{huge}\"}}");
    let lines = format!("{{\"id\":1,\"text\":\"Первый\"}}\n{object}\n{{\"id\":3,\"text\":\"Третий\"}}\n");
    let array = format!("[{}]", lines.trim().replace("}\n", "},\n"));
    for file in [lines, array] {
        assert_eq!(outcome(file), (sound.clone(), vec![(2, RowTooLong)], Some(3)));
    }
}

#[test]
fn nul_bytes_cost_their_row() {
    let rows: String = (1..=40).map(|id| format!("{id},Отзыв номер {id}\n")).collect();
    let csv = format!("id,text\n{}", rows.replace("номер 7\n", "номер\0 7\n"));
    let all = imported(csv, "");
    assert_eq!((all.reasons(), all.records.len()), (vec![(8, NulByte)], 39));
    let json = "{\"id\":1,\"text\":\"один\\u0000два\"}\n{\"id\":2,\"text\":\"Обычный отзыв\"}\n";
    let all = imported(json, "");
    assert_eq!((all.reasons(), all.ids()), (vec![(1, NulByte)], vec!["2"]));
}

#[test]
fn too_many_columns_are_refused() {
    let names: Vec<String> = (0..600).map(|column| format!("c{column}")).collect();
    let row = vec!["1"; 600].join(",");
    let error = previewed(format!("{}\n{row}\n", names.join(","))).unwrap_err();
    assert_eq!(error.params(), [("count", "600".to_owned()), ("limit", "500".to_owned())]);
}

#[test]
fn markup_and_formulas_stay_words() {
    let text = "<img src=x onerror=alert(1)>; =cmd|' /C calc'!A0; '; drop table feedback; --";
    let all = imported(format!("id,text\n1,\"{text}\"\n"), "");
    assert_eq!(all.records[0].text.as_deref(), Some(text));
}

#[test]
fn brackets_nested_without_end_break_only_their_row() {
    let deep = format!("{{\"id\":2,\"text\":{}", "[".repeat(1 << 20));
    let lines = format!("{{\"id\":1,\"text\":\"Первый\"}}\n{deep}\n{{\"id\":3,\"text\":\"Третий\"}}\n");
    let array = format!("[{}]", lines.trim().replace("\n", ",\n"));
    for file in [lines, array] {
        let all = imported(file, "");
        assert_eq!((all.ids(), all.reasons()), (vec!["1", "3"], vec![(2, BadJson)]));
    }
}

/// Each of these would take very long if a few bytes could cost a look at everything that follows.
#[test]
fn damage_in_every_line_is_read_in_one_pass() {
    const TIMES: usize = 20_000;
    let outcome = |front: &str, damage: &str, times: usize| {
        let all = imported(format!("id,text\n1,Первый отзыв\n{}", damage.repeat(times)), front);
        (all.records.len(), all.issues.len())
    };
    assert_eq!(outcome("text=text", "\"a\n", TIMES), (1, 1));
    let (_, refused) = outcome("text=text,x=id", "1,\"a\nx\ny\"z\n2,b\n", TIMES);
    assert_eq!(refused, TIMES);
    let (_, refused) = outcome("text=text,x=id", "1,\"a\n2,b\n", TIMES);
    assert_eq!(refused, TIMES);
    let json = |damage: &str| {
        imported(format!("[{{\"text\":\"Отзыв\"}},\n{}", damage.repeat(TIMES)), "").records.len()
    };
    assert_eq!(json("{\"a\":1\n"), 1);
    assert_eq!(json("{\"a\":[{\"b\":\"x},\n"), 1);
    assert_eq!(json("{\"a\":\""), 1);
}
